# SPDX-License-Identifier: MIT
#
# What SQLite's test program printed on either side, test by test, for run.sh:
#
#     awk -f compare.awk -v file=NAME side=known known side=plain OUTPUT side=sealed OUTPUT
#
# With -v cut=1 the plain side was not let come to its end, and what only one has says nothing.
# Prints one line, and each difference that "known" does not explain: then it fails.

function keep() {
    if (test == "")
        return
    id = test "#" ++met[at, test]
    if (!(("plain", id) in came))
        order[++count] = id
    came[at, id] = text
    test = ""
}

function outcome(of, id) {
    return (of, id) in came ? came[of, id] : "(not run)"
}

function reason_of(id,    i) {
    sub(/#[0-9]+$/, "", id)
    for (i = 1; i <= reasons; i++)
        if (id ~ "^(" tests[i] ")$")
            return reason[i]
    return ""
}

# What began on the side before does not end here. Cut off, it did not come to anything.
FNR == 1 {
    if (cut)
        test = ""
    keep()
    at = side
}

side == "known" {
    if ($1 == file) {
        reason[++reasons] = $2
        tests[reasons] = $3
    }
    next
}

# The end of the tests; what follows is of the memory used.
/^SQLite [0-9]+-/ {
    keep()
    over[at] = 1
}

over[at] {
    next
}

/^[^!* ].*\.\.\. (Ok|Omitted)$/ {
    keep()
    test = $0
    sub(/\.\.\. [A-Za-z]+$/, "", test)
    text = $NF
    keep()
    next
}

/^[^!* ].*\.\.\.$/ {
    keep()
    test = substr($0, 1, length($0) - 3)
    text = ""
    next
}

test != "" {
    text = text "\n        " $0
}

END {
    if (cut)
        test = ""
    keep()
    for (i = 1; i <= count; i++) {
        id = order[i]
        plain = outcome("plain", id)
        sealed = outcome("sealed", id)
        if (cut && (plain == "(not run)" || sealed == "(not run)"))
            continue
        compared++
        if (plain == sealed)
            continue
        differ++
        why = reason_of(id)
        if (why != "" && ++met["", why] == 1)
            whys = whys " " why
        if (why == "") {
            unknown++
            unknowns = unknowns "\n  " id "\n    plain: " plain "\n    sealed: " sealed
        }
    }
    printf "%s: %d compared%s, %d differ%s%s\n", file, compared, cut ? " (cut short)" : "", differ,
        whys == "" ? "" : ":" whys, unknown ? ", " unknown " UNEXPLAINED" unknowns : ""
    print compared, differ, unknown + 0 >>totals
    exit unknown > 0
}

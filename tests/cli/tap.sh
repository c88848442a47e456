# SPDX-License-Identifier: MIT
# What the tests of the command line share: a folder that goes with them, a data folder with
# the made-up pack of the records' tests, and TAP. Sourced; needs $srcdir and $DISCERN.

srcdir=${srcdir:-.}
DISCERN=${DISCERN:-./discern}
number=0
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

unset DISCERN_DATA DISCERN_STORE
DISCERN_CONFIG=/dev/null
export DISCERN_CONFIG
cases=$srcdir/tests/cases
mkdir -p "$tmp/data/policy" "$tmp/data/agreements"
cp "$cases/record.ini" "$tmp/data/policy/record.ini"
cp "$cases/county.ini" "$tmp/data/agreements/county.ini"

# run CODE WHAT ARGS...: passes if Discern ends with that code. Keeps $tmp/out and $tmp/err.
run() {
    code=$1
    what=$2
    shift 2
    "$DISCERN" --data "$tmp/data" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    result=$?
    report "$what" test "$result" -eq "$code" || echo "# it ended with $result, not $code"
}

# report WHAT COMMAND...: passes if the command succeeds.
report() {
    number=$((number + 1))
    title=$1
    shift
    if "$@"; then
        echo "ok $number - $title"
        return 0
    fi
    echo "not ok $number - $title"
    sed 's/^/# /' "$tmp/out" "$tmp/err" 2>/dev/null
    return 1
}

# holds FILE TEXT: whether the text is there, wherever its lines were broken: that depends on what
# stands before it, on the length of today's date for one.
holds() {
    on_one_line <"$1" | grep -qF -- "$(printf '%s' "$2" | on_one_line)"
}

on_one_line() {
    tr -s ' \n' '  '
}

# said WHAT TEXT: passes if the last run printed the text; complained: on standard error.
said() {
    report "$1" holds "$tmp/out" "$2"
}

complained() {
    report "$1" holds "$tmp/err" "$2"
}

finish() {
    echo "1..$number"
}

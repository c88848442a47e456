#!/bin/sh
# SPDX-License-Identifier: MIT
# `discern policy`: the packs of the project are proved, faults are told with their place and
# the shortest answers, and what was told can be replayed. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

# --- the packs of the project ---------------------------------------------------------------

"$DISCERN" --data "$srcdir/data" policy check --strict --as-of 2026-11-22 \
    >"$tmp/out" 2>"$tmp/err" </dev/null
report 'every pack of the project is clean, alone and with its agreements' test $? -eq 0
said 'the totals say so' 'Errors: 0. Warnings: 0.'
for agreement in "$srcdir"/data/agreements/[a-z]*.ini; do
    id=$(basename "$agreement" .ini)
    said "it was checked with $id" "england-safeguarding 1.0 with $id:"
done
report 'an agreement of England is not joined to the pack of Wales' \
    sh -c "! grep -q '^wales-safeguarding [^:]* with ' '$tmp/out'"

# --- faults ---------------------------------------------------------------------------------

# fault SCRIPT: a pack with something wrong, made from the pack of the proof.
fault() {
    sed "$1" "$cases/proof.ini" >"$tmp/data/policy/proof.ini"
}

fault 's/^when = outcome is one of .*/when = outcome is share and harm includes others/'
line=$(grep -n '^\[never' "$tmp/data/policy/proof.ini" | cut -d: -f1)
run 3 'a never that can be met fails the check' policy check proof --as-of 2026-06-01 \
    --counter-examples "$tmp/examples"
said 'with file, line, severity and rule' "proof.ini:$line: error never-met: [never shared"
said 'with the answers that show it' '    harm = others'
run 0 'its example ends where it says' decide --dry-run --answers \
    "$tmp/examples/proof-never-met-never-shared-for-nothing.ini"
said 'which is what must never be' 'share'
run 3 'the same as JSON' policy check proof --as-of 2026-06-01 --json
said 'names the rule' '"rule":"never-met"'
run 0 'another day is no matter to it' policy map proof --dot
said 'the map is a graph' 'digraph'
run 0 'the pack can be printed' policy print proof
said 'with its never' 'shared-for-nothing'

fault 's/ask-first/seek-advice/'
run 0 'a warning alone does not fail the check' policy check proof --as-of 2026-06-01
said 'but is told' 'warning outcome-missing: [pack]'
run 3 'unless it is to be strict' policy check proof --as-of 2026-06-01 --strict
printf '\n[accept asking]\nrule = outcome-missing\nwhere = pack\nbecause = Nobody is asked here\n' \
    >>"$tmp/data/policy/proof.ini"
run 0 'what is accepted does not count' policy check proof --as-of 2026-06-01 --strict
said 'and is told with its reason' 'Nobody is asked here'

fault 's/^title = The Made-up Act/&\nverify = yes\nnote = Never seen/'
run 0 'what is still to be read is no fault' policy check proof --as-of 2026-06-01
report 'and told in one line, with how often it is cited' \
    grep -Eqx "  +$(grep -c '^cite = act' "$tmp/data/policy/proof.ini")  The Made-up Act" "$tmp/out"
run 0 'or in full' policy check proof --as-of 2026-06-01 --verbose
said 'with what is not sure' 'note source-verify: [source act]: Cited in'

fault ''
run 3 'an overdue pack fails on the day' policy check proof --as-of 2027-06-01
said 'and says so' 'error pack-overdue: [pack]'
run 2 'a day that is none is told' policy check proof --as-of soon
sed 's/^id = proof/id = later/; s/^from = 2026-09-30/from = 2026-10-31/' \
    "$cases/proof.ini" >"$tmp/data/policy/later.ini"
run 0 'two packs are compared' policy diff proof later
said 'what turns is told' 'share becomes seek-advice'
said 'with its day' '    date = 2026-09-30'
run 0 'a pack and itself' policy diff proof proof
said 'do not differ' 'ends as it did'
printf 'no pack\n' >"$tmp/data/policy/broken.ini"
run 3 'a file that is no pack' policy check broken
said 'is told with its line' 'broken.ini:1: error unreadable: '

finish

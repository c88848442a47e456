#!/bin/sh
# SPDX-License-Identifier: MIT
# `discern decide --dry-run`: practice answers give what they say, mistakes are told with their
# place. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

# change FILE LINE TEXT: a copy of an answer file with one line replaced.
change() {
    sed "$2s/.*/$3/" "$cases/$1" >"$tmp/changed.ini"
}

line_of() {
    grep -n "$2" "$cases/$1" | cut -d: -f1
}

# --- practice -------------------------------------------------------------------------------

practice=$(find "$srcdir/data/practice" -name '*.ini' | sort)
count=$(echo "$practice" | wc -l)
# The real packs stand in the place of the made-up one for this.
# shellcheck disable=SC2086
"$DISCERN" --data "$srcdir/data" decide --dry-run --answers $practice \
    >"$tmp/out" 2>"$tmp/err" </dev/null
report 'every practice decision gives the outcome that it names' test $? -eq 0
said 'a last line counts them' "$count of $count answer files gave what they should."
report 'there are at least eight' test "$count" -ge 8
for outcome in share-urgently share share-in-part ask-first seek-advice do-not-share; do
    # shellcheck disable=SC2086
    report "one expects $outcome" grep -qx "expect *= *$outcome" $practice
done

# --- what is printed ------------------------------------------------------------------------

run 0 'one file is walked without a store' decide --dry-run --answers "$cases/record-part.ini"
said 'its title is printed' 'Title: A school asks for more than it needs'
said 'its outcome is printed' 'Recommended: share in part'
said 'its findings are printed with their sources' 'Duty: '
said 'its trail is printed' 'What was asked for, and what is needed?'
run 0 'the same as JSON' decide --dry-run --json --answers "$cases/record-part.ini"
said 'JSON names the outcome' '"recommended":"share-in-part"'
said 'JSON names the rule' '"rule":"part"'
said 'JSON holds the trail' '"test":"items.withheld is some"'
run 0 'an agreement takes part' decide --dry-run --answers "$cases/record-part.ini"
said 'its title and state are printed' 'Agreement: The Made-up County Agreement (Review overdue)'
said 'and its programme' 'Programme: The weekly list'
said 'and who has signed' 'Asked by: Oak Lane School: signed up'
said 'and how each point is met' 'It is written down: The record holds why, in words.'
said 'or not' 'Partners trust each other: not shown.'
run 0 'the same as JSON' decide --dry-run --json --answers "$cases/record-part.ini"
said 'JSON holds what it says' '"state":"review-overdue","title":"The Made-up County Agreement"'
said 'JSON holds how it is met' '"id":"written","kind":"principle","met":true'
run 0 'a departure is printed' decide --dry-run --answers "$cases/record-refused.ini"
said 'with what was decided' 'Decided otherwise: do not share'

# --- mistakes -------------------------------------------------------------------------------

line=$(line_of record-part.ini '^expect')
change record-part.ini "$line" 'expect = share'
run 4 'an expectation that is not met is refused' decide --dry-run --answers "$tmp/changed.ini"
complained 'and says what was expected' '`share` was expected'
said 'and prints the trail' 'Why:'

line=$(line_of record-part.ini '^agreement')
change record-part.ini "$line" 'agreement = conty'
run 3 'an agreement that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: agreement: "
complained 'and the nearest' "Did you mean 'county'?"
change record-part.ini "$line" ''
run 3 'a programme of no agreement is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$((line + 1)): programme: "

line=$(line_of record-part.ini '^programme')
change record-part.ini "$line" 'programme = weekyl'
run 3 'a programme that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: programme: "
complained 'and the nearest' "Did you mean 'weekly'?"

line=$(line_of record-part.ini '^consent')
change record-part.ini "$line" 'consnt = unsafe'
run 3 'a question that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: "
complained 'and the nearest' "Did you mean 'consent'?"

change record-part.ini "$line" 'consent = unsaef'
run 3 'an option that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: "
complained 'and the nearest' "Did you mean 'unsafe'?"

line=$(line_of record-part.ini '^subject.born')
change record-part.ini "$line" 'subject.born = 31 February 2018'
run 3 'a day that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with the line of that part of the answer' "changed.ini:$line: "
complained 'with what was written' "'31 February 2018'"

line=$(line_of record-part.ini '^date')
change record-part.ini "$line" 'date = soon'
run 3 'a date that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: "

change record-part.ini "$line" 'date = 2031-01-01'
run 4 'a day on which the pack is not in force is refused' decide --dry-run \
    --answers "$tmp/changed.ini"

line=$(line_of record-part.ini '^pack')
change record-part.ini "$line" 'pack = recrod'
run 3 'a pack that there is not is told' decide --dry-run --answers "$tmp/changed.ini"
complained 'with file and line' "changed.ini:$line: "
complained 'and the nearest' "Did you mean 'record'?"

change record-part.ini 1 "\\x1b[31m; no comment"
run 3 'control characters are told' decide --dry-run --answers "$tmp/changed.ini"
report 'and never printed' sh -c "! grep -q '$(printf '\033')' '$tmp/err'"

run 6 'a file that is not there is told' decide --dry-run --answers "$tmp/nothing.ini"
run 2 'answers must be named' decide --dry-run

line=$(line_of record-part.ini '^consent')
change record-part.ini "$line" 'consnt = unsafe'
run 3 'one wrong file hides no other' decide --dry-run \
    --answers "$tmp/changed.ini" "$cases/record-urgent.ini"
said 'the other is walked' 'Recommended: share urgently'
said 'and counted' '1 of 2 answer files gave what they should.'

# --- packs ----------------------------------------------------------------------------------

run 0 'packs are listed' policy list
said 'with id and version' 'record  3  '
run 0 'a pack in order passes its check' policy check record
sed 's/^expect = .*/expect = seek-advice/' "$cases/record.ini" >"$tmp/wrong.ini"
run 3 'a scenario that does not hold fails it' policy check "$tmp/wrong.ini"
said 'with file and line' 'wrong.ini:'
run 6 'a pack that there is not is told' policy check recrd

# --- settings and output --------------------------------------------------------------------

printf '[screen]\ncolor = no\n' >"$tmp/discern.ini"
DISCERN_CONFIG=$tmp/discern.ini
run 3 'a setting that there is not is told' policy list
complained 'with file and line' "$tmp/discern.ini:2: "
run 0 'help does not need settings' help
DISCERN_CONFIG=/dev/null

"$DISCERN" --help >/dev/full 2>"$tmp/err"
report 'output that cannot be written is told' test $? -eq 7

finish

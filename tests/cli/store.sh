#!/bin/sh
# SPDX-License-Identifier: MIT
# A store by the command line alone: made, signed into, read, reviewed by another, exported,
# verified; and everything that is refused on the way. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

DISCERN_STORE=$tmp/store
nobody=RQF6-PQXY # a reference that no record has
export DISCERN_STORE

# secret NAME WORDS: a passphrase file of its own.
secret() {
    (umask 077 && printf '%s\n' "$2" >"$tmp/$1")
}

secret alex 'a long enough passphrase for alex'
secret sam 'another long enough passphrase for sam'
secret wrong 'this is not the passphrase of anybody'

as_alex() {
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user alex --passphrase-file "$tmp/alex" "$@"
}

as_sam() {
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user sam --passphrase-file "$tmp/sam" "$@"
}

# --- making it ------------------------------------------------------------------------------

run 6 'there is no store yet' user list
run 2 'a store needs a full name' init --user alex --passphrase-file "$tmp/alex"
cp "$tmp/alex" "$tmp/open" && chmod 644 "$tmp/open"
run 4 'a passphrase file that others can read is refused' init --user alex \
    --name 'Alex Morgan' --passphrase-file "$tmp/open"
complained 'and says what to do' 'chmod 600'
report 'nothing was made' test ! -e "$tmp/store"
run 5 'without a terminal there is nobody to ask' init --user alex --name 'Alex Morgan'
as_alex 0 'a store is made' init --name 'Alex Morgan' --team North
report 'nobody else may look into it' test "$(stat -c %a "$tmp/store")" = 700
as_alex 4 'it is not made twice' init --name 'Alex Morgan'
run 0 'its users are listed without a passphrase' user list
said 'by name and role' 'alex  practitioner'

# --- opening it -----------------------------------------------------------------------------

run 5 'a wrong passphrase leaves it locked' log --user alex --passphrase-file "$tmp/wrong"
run 6 'a user that there is not is told' log --user nobody --passphrase-file "$tmp/alex"
as_alex 0 'an empty log is listed' log
said 'in words' 'There are no such decisions.'

# --- signing --------------------------------------------------------------------------------

as_alex 0 'a decision is signed' decide --answers "$cases/record-part.ini"
reference=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
report 'it has a reference' test "${#reference}" -eq 9
sed 's/^expect = .*/expect = ask-first/' "$cases/record-part.ini" >"$tmp/unmet.ini"
as_alex 4 'what does not turn out as expected is refused' decide --answers "$tmp/unmet.ini"
as_alex 0 'the log lists what was signed' log
said 'the one' "$reference"
report 'and nothing else' test "$(wc -l <"$tmp/out")" -eq 1
as_alex 0 'the log is searched' log --search adebayo --json
said 'names are found without their marks' "\"reference\":\"$reference\""
as_alex 0 'what is not there is not found' log --search nobodyofthatname
said 'and it says so' 'There are no such decisions.'
as_alex 0 'a record is shown' show "$(echo "$reference" | tr 'A-Z-' 'a-z ')"
said 'with its reference' "$reference"
said 'and its state' 'Waiting for review'
said 'and its agreement' 'How it meets the agreement'
as_alex 0 'a record is shown as it was signed' show "$reference" --json
said 'with its kind' '"kind":"record"'
as_alex 2 'a reference that is misread is told' show ZZZZ-ZZZZ
as_alex 6 'a record that there is not is told' show "$nobody"

# --- reviewing ------------------------------------------------------------------------------

as_alex 4 'nobody reviews their own' review "$reference" --agree
as_alex 0 'a supervisor is added' user add sam --name 'Sam Okafor' --role supervisor \
    --new-passphrase-file "$tmp/sam"
run 2 'who opens it must now be said' log --passphrase-file "$tmp/alex"
as_sam 0 'the supervisor sees what waits' queue
said 'the decision' "$reference"
as_sam 0 'and reads it' show "$reference" --summary
as_sam 4 'nothing is returned without a message' review "$reference" --return necessity
as_sam 0 'it is returned' review "$reference" --return necessity --message 'Why the address?'
said 'and says so' 'Returned to its author'
as_sam 0 'nothing waits any more' queue
said 'the queue is empty' 'There are no such decisions.'
as_alex 0 'its author sees the review' show "$reference"
said 'with its message' 'Why the address?'

# --- leaving --------------------------------------------------------------------------------

as_alex 0 'a record is exported' export "$reference" --to "$tmp/record.txt"
report 'the file is its owner'"'"'s' test "$(stat -c %a "$tmp/record.txt")" = 600
report 'it holds the record' grep -q "$reference" "$tmp/record.txt"
as_alex 4 'no file is written over' export "$reference" --to "$tmp/record.txt"
as_alex 0 'all entries about it are exported' export "$reference" --json --to "$tmp/entries.json"
for kind in record view review export; do
    report "the $kind is among them" grep -q "\"kind\":\"$kind\"" "$tmp/entries.json"
done
as_alex 6 'one that there is not stops an export' export "$reference" "$nobody" \
    --to "$tmp/none.txt"
report 'before a file is made' test ! -e "$tmp/none.txt"
as_alex 2 'where to must be said' export "$reference"
as_alex 0 'the log verifies' verify
said 'and says so' 'entries are in order.'

# --- passphrases ----------------------------------------------------------------------------

secret newer 'a newer and longer passphrase for alex'
as_alex 0 'a passphrase is changed' passphrase --new-passphrase-file "$tmp/newer"
as_alex 5 'the old one no longer opens it' log
run 0 'the new one does' --user alex --passphrase-file "$tmp/newer" log

# --- practice -------------------------------------------------------------------------------

run 0 'practice needs no passphrase' decide --practice --answers "$cases/record-part.ini"
said 'and signs' 'Signed as: '
run 0 'but keeps nothing' --user alex --passphrase-file "$tmp/newer" log
report 'in the store' test "$(wc -l <"$tmp/out")" -eq 1

# --- at rest --------------------------------------------------------------------------------

report 'no word of it is on the disk in the clear' \
    sh -c "! grep -rqaE 'Lane School|1042|Why the address' '$tmp/store'"

finish

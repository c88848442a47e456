#!/bin/sh
# SPDX-License-Identifier: MIT
# Two stores: a practitioner's decision goes to a supervisor, is reviewed there, and the review
# comes back and counts - if it is from a store whose reviews count. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

umask 077
DISCERN_CONFIG=$tmp/discern.ini
echo 'a long enough passphrase for everybody' >"$tmp/secret"
mkdir "$tmp/there" "$tmp/back"

# jo CODE WHAT ARGS..., sam CODE WHAT ARGS...: each in a store of their own.
jo() {
    DISCERN_STORE=$tmp/jo
    export DISCERN_STORE
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user jo --passphrase-file "$tmp/secret" "$@"
}
sam() {
    DISCERN_STORE=$tmp/sam
    export DISCERN_STORE
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user sam --passphrase-file "$tmp/secret" "$@"
}

echo '[organisation]' >"$DISCERN_CONFIG"
jo 0 'a practitioner has a store' init --name 'Jo Bloggs'
sam 0 'a supervisor has another' init --name 'Sam Shaw' --role supervisor
jo 0 'each has a certificate' certificate
cp "$tmp/out" "$tmp/jo.pem"
jo 0 'with a fingerprint' certificate --fingerprint
jo_is=$(cat "$tmp/out")
sam 0 'the other as well' certificate
cp "$tmp/out" "$tmp/sam.pem"
sam 0 'with a fingerprint' certificate --fingerprint
sam_is=$(cat "$tmp/out")

jo 0 'a decision is signed' decide --answers "$cases/record-part.ini"
first=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
jo 0 'and another' decide --answers "$cases/record-urgent.ini"
second=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
jo 0 'one of them is sealed' bundle make "$first" --to "$tmp/there" --receiver "$tmp/sam.pem"
bundle=$(ls "$tmp/there"/*.discern)
sam 0 'the supervisor takes it in' import --trust "$jo_is" "$bundle"
sam 0 'and sees it' import list
said 'as what it is' "$first  jo"
report 'the other stayed where it was' sh -c "! grep -q '$second' '$tmp/out'"
sam 0 'reads it' import show "$first"
said 'in full' 'Lane School'
sam 6 'not what was not sent' import show "$second"
sam 0 'it is in no list of the store itself' log
said 'which is empty' 'There are no such decisions.'
sam 4 'nothing is returned without a message' import review "$first" --return necessity
sam 0 'and returns it' import review "$first" --return necessity --message 'Why the address?'

sam 0 'the review is sealed, and nothing else' bundle make --reviews --to "$tmp/back" \
    --receiver "$tmp/jo.pem"
review=$(ls "$tmp/back"/*.discern)
jo 0 'what came back is opened' bundle open "$review"
said 'it holds the review' 'Why the address?'
jo 0 'it is taken in' import --trust "$sam_is" "$review"
report 'but does not count' sh -c "! grep -q 'came back' '$tmp/out'"
jo 0 'the decision waits' log
said 'as before' 'Waiting for review'
printf '[upload]\nreviewers = %s\n' "$sam_is" >"$DISCERN_CONFIG"
jo 0 'once that store is one whose reviews count' import "$review"
said 'the review does' 'came back: 1'
jo 0 'the decision' log
said 'is returned' 'Returned to its author'
jo 0 'the same again' import "$review"
report 'changes nothing' sh -c "! grep -q 'came back' '$tmp/out'"
jo 0 'its log verifies' verify
sam 0 'the other one, too' verify

# --- older, and in pieces -------------------------------------------------------------------

jo 0 'the rest is sealed before an answer came' bundle make --to "$tmp/there" \
    --receiver "$tmp/sam.pem"
sam 0 'it is taken in' import "$(ls "$tmp/there"/*.discern | tail -n 1)"
sam 0 'both are there' import list
said 'the second' "$second"
sam 0 'an older bundle changes nothing' import "$bundle"
said 'and says so' 'taken in before'
jo 0 'the receipt for it is taken' receipt "$bundle.receipt" --receiver "$tmp/sam.pem"

# --- certificates renewed -------------------------------------------------------------------

jo 0 'a decision is sealed' decide --answers "$cases/record-part.ini"
jo 0 'to the certificate that is known' bundle make --to "$tmp/there" --receiver "$tmp/sam.pem"
late=$(ls "$tmp/there"/*.discern | tail -n 1)
cp "$late" "$tmp/late.discern"
sam 0 'the supervisor renews theirs' certificate --renew
cp "$tmp/out" "$tmp/both.pem"
cat "$tmp/sam.pem" >>"$tmp/both.pem"
report 'it is another' sh -c "! cmp -s '$tmp/out' '$tmp/sam.pem'"
sam 0 'what was sealed to the earlier one is opened' import "$late"
jo 0 'its receipt is believed' receipt "$late.receipt" --receiver "$tmp/both.pem"
jo 0 'with both known' upload --status --receiver "$tmp/both.pem"
said 'nothing has to be sent again' '3 of 3 decisions are accepted.'
jo 0 'the practitioner renews, too' certificate --renew
jo 0 'and decides' decide --answers "$cases/record-part.ini"
jo 0 'and seals to the new one' bundle make --to "$tmp/there" --receiver "$tmp/both.pem"
sam 0 'the log says whose it is' import "$(ls "$tmp/there"/*.discern | tail -n 1)"
said 'so it is taken' '1 decisions'
sam 0 'what the earlier one signed still verifies' import "$tmp/late.discern"
said 'and changes nothing' 'taken in before'
jo 0 'its log verifies' verify
sam 0 'so does the other' verify

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# A Record of Sharing and the register of agreements leave in bundles: opened by `openssl cms`
# alone, answered by the small receiver, taken in by another store. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

if ! command -v openssl >/dev/null || ! command -v python3 >/dev/null; then
    echo '1..0 # SKIP openssl and python3 are needed, and one of them is not installed'
    exit 0
fi

COURIER=${COURIER:-./discern-courier}
umask 077
echo 'a long enough passphrase for everybody' >"$tmp/secret"
mkdir "$tmp/team" "$tmp/there"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/team.key" \
    -out "$tmp/team.pem" -subj '/CN=standards team' -days 2 2>/dev/null

# in_store STORE CODE WHAT ARGS...
in_store() {
    DISCERN_STORE=$tmp/$1
    export DISCERN_STORE
    user=$1
    code=$2
    what=$3
    shift 3
    run "$code" "$what" --user "$user" --passphrase-file "$tmp/secret" "$@"
}
jo() {
    in_store jo "$@"
}
sam() {
    in_store sam "$@"
}

# opened FILE: the content of a bundle into $tmp/plain, without any part of Discern.
opened() {
    openssl cms -decrypt -inform DER -binary -in "$1" -recip "$tmp/team.pem" \
        -inkey "$tmp/team.key" -out "$tmp/signed.der" 2>"$tmp/err" &&
        openssl cms -verify -inform DER -binary -in "$tmp/signed.der" -CAfile "$tmp/jo.pem" \
            -purpose any -out "$tmp/plain" 2>"$tmp/err"
}

# document MEMBER: of the first document of $tmp/plain, into $tmp/out.
document() {
    python3 -c 'import json, sys
print(json.loads(open(sys.argv[1]).readline())["documents"][0][sys.argv[2]])' \
        "$tmp/plain" "$1" >"$tmp/out"
}

newest() {
    ls "$1"/*.discern | tail -n 1
}

jo 0 'a practitioner has a store' init --name 'Jo Bloggs'
sam 0 'a supervisor has another' init --name 'Sam Shaw' --role supervisor
jo 0 'the one has a certificate' certificate
cp "$tmp/out" "$tmp/jo.pem"
jo 0 'with a fingerprint' certificate --fingerprint
jo_is=$(cat "$tmp/out")
sam 0 'the other as well' certificate
cp "$tmp/out" "$tmp/sam.pem"
jo 0 'a decision is made under an agreement' decide --answers "$cases/record-part.ini"
part=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
jo 0 'and one under none' decide --answers "$cases/record-urgent.ini"
urgent=$(sed -n 's/^ *Signed as: //p' "$tmp/out")

# --- the Record of Sharing ------------------------------------------------------------------

jo 0 'its Record of Sharing is sealed' bundle make --document record-of-sharing "$part" \
    --to "$tmp/team" --receiver "$tmp/team.pem"
said 'and nothing else' '0 decisions and 1 documents in 1 bundles'
sharing=$(newest "$tmp/team")
report 'openssl opens it' opened "$sharing"
python3 "$srcdir/tests/outside/verify.py" "$tmp/plain" >"$tmp/out" 2>"$tmp/err"
said 'the chain in it verifies' 'the chain is whole'
report 'no decision is in it' sh -c "! grep -q 'stepfather\|C-1042\|justification' '$tmp/plain'"
document text
said 'the document is printed' "Record of Sharing $part"
said 'with who gets it' 'The records team of the county'
document body
said 'and is data' '"kind":"record-of-sharing"'
"$COURIER" receive "$tmp/team" "$tmp/team.pem" "$tmp/team.key" >"$tmp/out" 2>"$tmp/err"
said 'the small receiver answers' 'taken, 0 refused'
jo 0 'its receipt is taken' receipt "$sharing.receipt" --receiver "$tmp/team.pem"
jo 0 'which accepts no decision' upload --status --receiver "$tmp/team.pem"
said 'for none went' '0 of 2 decisions are accepted.'
jo 0 'fields can be left out of it' bundle make --document record-of-sharing "$part" \
    --redact items --to "$tmp/there" --receiver "$tmp/team.pem"
opened "$(newest "$tmp/there")"
document text
report 'and are' sh -c "! grep -q 'What is shared' '$tmp/out'"
rm "$tmp/there"/*
jo 6 'the decisions wait for a stick that is there' bundle make --to "$tmp/stick" \
    --receiver "$tmp/team.pem"
jo 0 'and go as before' bundle make --to "$tmp/team" --receiver "$tmp/team.pem"
said 'both of them' '2 decisions and 0 documents'

# --- the register of agreements -------------------------------------------------------------

jo 0 'the register of agreements is sealed' bundle make --document agreement-register \
    --to "$tmp/there" --receiver "$tmp/team.pem"
report 'openssl opens it' opened "$(newest "$tmp/there")"
document text
said 'it has the agreement' 'The Made-up County Agreement'
rm "$tmp/there"/*

# --- another store --------------------------------------------------------------------------

jo 0 'both are sealed for another store' bundle make --document record-of-sharing \
    --document agreement-register "$part" --to "$tmp/there" --receiver "$tmp/sam.pem"
both=$(newest "$tmp/there")
sam 0 'which opens them' bundle open "$both"
said 'the one' 'record-of-sharing'
said 'and the other' 'agreement-register'
sam 0 'and takes the bundle in' import --trust "$jo_is" "$both"
sam 0 'no decision came with it' import list
report 'that could be listed' sh -c "! grep -q '$part' '$tmp/out'"

# --- what is refused ------------------------------------------------------------------------

jo 2 'a document that there is not is told' bundle make --document record-of-sharin "$part" \
    --to "$tmp/there" --receiver "$tmp/team.pem"
complained 'with what was meant' "Did you mean 'record-of-sharing'?"
jo 2 'of what is not said' bundle make --document record-of-sharing --to "$tmp/there" \
    --receiver "$tmp/team.pem"
jo 2 'the register is of no decision' bundle make --document agreement-register "$part" \
    --to "$tmp/there" --receiver "$tmp/team.pem"
jo 4 'none is made where no agreement asks' bundle make --document record-of-sharing "$urgent" \
    --to "$tmp/there" --receiver "$tmp/team.pem"
complained 'which is said' 'No agreement asks for a Record of Sharing'
jo 0 'what is set aside' upload --set-aside --reason 'Ask first.' "$part" \
    --receiver "$tmp/team.pem"
jo 4 'stays here as a document, too' bundle make --document record-of-sharing "$part" \
    --to "$tmp/there" --receiver "$tmp/team.pem"
jo 0 'the log verifies' verify
finish

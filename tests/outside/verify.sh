#!/bin/sh
# SPDX-License-Identifier: MIT
# An export is verified by a program that shares nothing with Discern, and every change to it
# shows. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

if ! command -v python3 >/dev/null || ! command -v openssl >/dev/null; then
    echo '1..0 # SKIP python3 and openssl are needed, and one of them is not installed'
    exit 0
fi

DISCERN_STORE=$tmp/store
export DISCERN_STORE
(umask 077 && echo 'a long enough passphrase for alex' >"$tmp/alex")

as_alex() {
    "$DISCERN" --data "$tmp/data" --user alex --passphrase-file "$tmp/alex" "$@" \
        >"$tmp/out" 2>"$tmp/err" </dev/null
}

# verify CODE WHAT FILE [COUNT LINK]
verify() {
    code=$1
    what=$2
    shift 2
    python3 "$srcdir/tests/outside/verify.py" "$@" >"$tmp/out" 2>"$tmp/err"
    result=$?
    report "$what" test "$result" -eq "$code"
}

as_alex init --name 'Alex Morgan'
as_alex decide --answers "$cases/record-part.ini"
first=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
as_alex decide --answers "$cases/record-urgent.ini"
second=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
as_alex export "$second" --json --to "$tmp/one.json"
report 'entries are exported' as_alex export "$second" --chain --to "$tmp/chain.json"

verify 0 'chosen entries verify' "$tmp/one.json"
said 'as what they are' 'the links between them were not given'
verify 0 'the whole chain verifies' "$tmp/chain.json"
said 'as a chain' 'the chain is whole'
report 'the chain has no body that was not asked for' \
    sh -c "grep -c 'Lane School' '$tmp/chain.json' | grep -qx 0"
report 'but names the other decision by its reference' grep -q "$first" "$tmp/chain.json"

count=$(sed -n 's/.*"head":{"count":\([0-9]*\),.*/\1/p' "$tmp/chain.json")
verify 1 'a head that was taken of another log shows' "$tmp/chain.json" "$count" \
    0000000000000000000000000000000000000000000000000000000000000000

# change WHAT SED: what was changed shows.
change() {
    sed "$2" "$tmp/chain.json" >"$tmp/changed.json"
    report "($1: something was changed)" \
        sh -c "! cmp -s '$tmp/chain.json' '$tmp/changed.json'"
    verify 1 "$1 shows" "$tmp/changed.json"
}
change 'an outcome that was changed' 's/share-urgently/share-in-part/g'
change 'an author who was changed' 's/\\"author\\":\\"alex\\"/\\"author\\":\\"jo\\"/g'
change 'a signature of something else' 's/"signature":"[0-9a-f]\{8\}/"signature":"00000000/'
change 'a salt of something else' 's/"salt":"[0-9a-f]\{8\}/"salt":"00000000/'
change 'a log that was cut' 's/"head":{"count":[0-9]*/"head":{"count":99/'

finish

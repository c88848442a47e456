#!/bin/sh
# SPDX-License-Identifier: MIT
# The log against what others hold of it: a typed head, a printed record, an export, a receipt. It
# is the same log, has grown, was cut short, was rebuilt, or is another one. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

COURIER=${COURIER:-./discern-courier}
umask 077
if ! command -v openssl >/dev/null; then
    echo '1..0 # SKIP openssl is not installed'
    exit 0
fi
DISCERN_CONFIG=$tmp/discern.ini
export DISCERN_CONFIG
echo 'a long enough passphrase for alex' >"$tmp/alex"
mkdir "$tmp/folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/county.key" \
    -out "$tmp/county.pem" -subj '/CN=county' -days 2 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/liar.key" \
    -out "$tmp/liar.pem" -subj '/CN=county' -days 2 2>/dev/null
printf '[upload]\nreceiver = %s\nfolder = %s\n' "$tmp/county.pem" "$tmp/folder" \
    >"$DISCERN_CONFIG"

# at STORE CODE WHAT ARGS...: as alex, in that store.
at() {
    store=$tmp/$1
    code=$2
    what=$3
    shift 3
    run "$code" "$what" --store "$store" --user alex --passphrase-file "$tmp/alex" "$@"
}

decide() {
    at "$1" 0 'a decision is signed' decide --answers "$cases/record-urgent.ini"
}

at store 0 'a store is made' init --name 'Alex Morgan'
at store 0 'an early backup is made' backup "$tmp/early"
decide store
reference=$(sed -n 's/.*Signed as: *//p' "$tmp/out")
at store 0 'it is printed' export "$reference" --to "$tmp/paper.txt"
at store 0 'it is exported' export "$reference" --json --to "$tmp/export.json"
at store 0 'a bundle is put into a folder' upload
"$COURIER" receive "$tmp/folder" "$tmp/county.pem" "$tmp/county.key" >"$tmp/out" 2>"$tmp/err"
cp "$tmp/folder"/*.receipt "$tmp/receipt"
at store 0 'the log has a head' verify
sed -n 's/^Head: //p' "$tmp/out" >"$tmp/head"
decide store # the log goes on

for held in "$tmp/paper.txt" "$tmp/export.json" "$tmp/receipt" "$(cat "$tmp/head")"; do
    name=$(basename "$held" | cut -c 1-12)
    at store 0 "$name: the log that it is of, grown since" verify --against "$held"
    said "$name: is known again" 'is the one that the head was taken of'
    at early 8 "$name: a log that was cut short" verify --against "$held"
    complained "$name: lacks its end" 'its end is missing'
done

cp -r "$tmp/early" "$tmp/again"
for _ in 1 2 3 4 5 6; do
    decide again
done
for held in "$tmp/paper.txt" "$tmp/export.json" "$tmp/receipt" "$(cat "$tmp/head")"; do
    name=$(basename "$held" | cut -c 1-12)
    at again 8 "$name: a log that was rebuilt" verify --against "$held"
    complained "$name: is told as such" 'this is another log, or it was rebuilt'
done

at other 0 'a store of somebody else' init --name 'Alex Morgan'
at other 4 'a receipt of another store says nothing' verify --against "$tmp/receipt"
complained 'and is told as such' 'This receipt is for another store'
at store 4 'a receipt that the receiver did not sign' verify --against "$tmp/receipt" \
    --receiver "$tmp/liar.pem"
complained 'is not believed' 'somebody else than the receiver signed it'
head -c 300 "$tmp/receipt" >"$tmp/half"
at store 3 'half a receipt is none' verify --against "$tmp/half"
head -c 100000 /dev/urandom >"$tmp/noise"
printf 'x' | cat - "$tmp/noise" >"$tmp/bytes"
at store 3 'bytes of any kind are no head' verify --against "$tmp/bytes"
complained 'and what would be is said' 'a receipt or a printed record'
: >"$tmp/empty"
at store 3 'nor is an empty file' verify --against "$tmp/empty"
at store 6 'nor one that is not there' verify --against "$tmp/nowhere"
finish

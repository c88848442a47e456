#!/bin/sh
# SPDX-License-Identifier: MIT
# A store looked after by the command line alone: a user disabled, the recovery key, another
# key, a hold and an erasure, a backup and its way back. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

DISCERN_STORE=$tmp/store
export DISCERN_STORE

# secret NAME WORDS: a passphrase file of its own.
secret() {
    (umask 077 && printf '%s\n' "$2" >"$tmp/$1")
}

secret alex 'a long enough passphrase for alex'
secret new 'quite another passphrase for alex'

as_alex() {
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user alex --passphrase-file "$tmp/alex" "$@"
}

as_alex 0 'a store is made' init --name 'Alex Morgan' --team North --role guardian
as_alex 0 'a decision is signed' decide --answers "$cases/record-part.ini"
as_alex 0 'a backup is made' backup "$tmp/backup"
said 'and verified' 'has been verified'
head=$(sed -n 's/^Head: //p' "$tmp/out")
as_alex 0 'the log is verified against its head' verify --against "$head"
said 'which is in it' 'is the one that the head was taken of'
run 3 'a file without a head is refused' verify --against "$cases/record-part.ini"
as_alex 0 'nothing is due' due --as-of 2026-11-22
said 'in words' 'Nothing has been kept'
as_alex 4 'a hold says why' hold RQF6-PQXY
as_alex 0 'a recovery key is made' recovery make
(umask 077 && sed -n 's/^    //p' "$tmp/out" >"$tmp/code")
run 0 'it gives a new passphrase' recover --user alex --recovery-key-file "$tmp/code" \
    --new-passphrase-file "$tmp/new"
as_alex 5 'the old one is worth nothing' log
cp "$tmp/new" "$tmp/alex"
as_alex 0 'the store gets another key' rekey
as_alex 0 'and is in order' verify --against "$head"
cp -p "$tmp/new" "$tmp/alex"
secret alex 'a long enough passphrase for alex'
as_alex 5 'a backup is not put over a store that its passphrase does not open' \
    restore "$tmp/backup"
as_alex 0 'a backup is checked by itself' restore "$tmp/backup" --check
said 'entry by entry' 'All entries of the backup are in order'

finish

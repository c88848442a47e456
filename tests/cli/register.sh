#!/bin/sh
# SPDX-License-Identifier: MIT
# From a decision in a store to the county's register and back, by the command line alone: a
# bundle into a folder, a receipt out of it, and both sides say the same. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

here=$(dirname "$DISCERN")
if [ ! -x "$here/discern-register" ]; then
    echo '1..0 # SKIP discern-register was not built: libpq was not there'
    exit 0
fi
case $srcdir in /*) ;; *) srcdir=$PWD/$srcdir ;; esac
pg=$(mktemp -d) || exit 99
trap 'sh "$srcdir/tests/register/server.sh" stop "$pg"; rm -rf "$tmp" "$pg"' EXIT
where=$(sh "$srcdir/tests/register/server.sh" start "$pg") || {
    echo "1..0 # SKIP $where"
    exit 0
}

DISCERN_STORE=$tmp/store
DISCERN_REGISTER=$where
export DISCERN_STORE DISCERN_REGISTER
(umask 077 && echo 'a long enough passphrase for alex' >"$tmp/alex")
mkdir "$tmp/desk" "$tmp/folder"

as_alex() {
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user alex --passphrase-file "$tmp/alex" "$@"
}

# register CODE WHAT ARGS...: without the options that belong to Discern itself.
register() {
    code=$1
    what=$2
    shift 2
    "$DISCERN" register "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    result=$?
    report "$what" test "$result" -eq "$code" || echo "# it ended with $result, not $code"
}

register 6 'there is no register yet' figures
complained 'and it says what to do' 'register init'
register 2 'an option that there is not is told' figures --jsn
complained 'with what may be meant' '--json'
register 0 'a register is made' init --identity "$tmp/desk" --name 'County register'
register 0 'making it again changes nothing' init --identity "$tmp/desk"
report 'its key is its owner'"'"'s' test "$(stat -c %a "$tmp/desk/register.key")" = 600

as_alex 0 'a store is made' init --name 'Alex Morgan' --team North
as_alex 0 'a decision is signed' decide --answers "$cases/record-part.ini"
reference=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
as_alex 0 'the store has a certificate' certificate --fingerprint
fingerprint=$(cat "$tmp/out")
as_alex 0 'a bundle is made' bundle make --to "$tmp/folder" --receiver "$tmp/desk/register.crt"

register 0 'a stranger is answered' serve-folder "$tmp/folder" --identity "$tmp/desk" --once
said 'but not admitted' 'this store is not admitted'
store=$(sed -n 's/.*register admit \([0-9a-f]*\) .*/\1/p' "$tmp/out")
said 'with the fingerprint to compare' "$fingerprint"
register 2 'a wrong number is told' admit "$store" 1234 North
register 0 'the store is admitted' admit "$store" "$fingerprint" 'North team'
register 0 'the folder is served' serve-folder "$tmp/folder" --identity "$tmp/desk" --once
said 'the bundle is taken' 'taken: 1 accepted, 0 refused'
for receipt in "$tmp/folder"/*.receipt; do
    as_alex 0 'the receipt is taken in' receipt --receiver "$tmp/desk/register.crt" "$receipt"
done
said 'it is the register that accepted it' 'County register'
as_alex 0 'the store says where it is' upload --status --receiver "$tmp/desk/register.crt"
said 'accepted' '1 of 1'

register 0 'it is found by the beginning of a name' search adeb
said 'with its reference' "$reference"
register 0 'its figures are counted' figures --json
said 'one decision' '{"count":1,"label":"decisions","words":"decisions"}'
register 0 'its chain is followed' verify
said 'and whole' 'entries, whole. Head '
register 0 'its chain is written out' export "$store" --to "$tmp/chain.json"
if command -v python3 >/dev/null && command -v openssl >/dev/null; then
    report 'and verifies without Discern' sh -c \
        "python3 '$srcdir/tests/outside/verify.py' '$tmp/chain.json' | grep -q 'chain is whole'"
fi
register 0 'the same file again gets the same receipt' receive --identity "$tmp/desk" \
    "$tmp/folder"/*.discern
said 'and says so' 'taken before'

as_alex 0 'a Record of Sharing is sealed' bundle make --document record-of-sharing "$reference" \
    --to "$tmp/folder" --receiver "$tmp/desk/register.crt"
register 0 'the folder is served' serve-folder "$tmp/folder" --identity "$tmp/desk" --once
said 'a bundle of documents brings no decision' 'taken: 0 accepted, 0 refused'
register 0 'the chain goes on' verify
said 'and is whole' 'entries, whole. Head '

# The screen as plain prompts: the list, then the first record.
browse() {
    code=$1
    what=$2
    shift 2
    printf '1\n' | "$DISCERN" --plain register browse "$@" >"$tmp/out" 2>"$tmp/err"
    result=$?
    report "$what" test "$result" -eq "$code" || echo "# it ended with $result, not $code"
}
browse 0 'the register is shown on screen'
said 'which it is, and that nothing can be changed' 'Register postgres at this machine: to be read only'
said 'its decisions' "1. $reference"
said 'one of them in full' 'The decision'
report 'and nothing to change it with' sh -c "! grep -q 'Amend\|Review this' '$tmp/out'"
browse 0 'a register that is not there' --database 'host=/nowhere'
said 'is told of in words' 'was not reached'

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# A bundle is opened by openssl alone and verified by a program that shares nothing with
# Discern; it is made for any receiver, answered, and nothing that was changed is believed.
# Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

if ! command -v python3 >/dev/null || ! command -v openssl >/dev/null; then
    echo '1..0 # SKIP python3 and openssl are needed, and one of them is not installed'
    exit 0
fi

COURIER=${COURIER:-./discern-courier}
umask 077
mkdir "$tmp/stick"
echo 'a long enough passphrase for alex' >"$tmp/alex"

# store NAME CODE WHAT ARGS...: as alex in that store.
store() {
    DISCERN_STORE=$tmp/$1
    export DISCERN_STORE
    shift
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user alex --passphrase-file "$tmp/alex" "$@"
}

# receiver NAME KIND...: a key and certificate by openssl alone.
receiver() {
    name=$1
    shift
    openssl req -x509 -newkey "$@" -nodes -keyout "$tmp/$name.key" -out "$tmp/$name.pem" \
        -subj "/CN=$name" -days 30 >"$tmp/out" 2>"$tmp/err"
}

opened() {
    openssl cms -decrypt -inform DER -in "$1" -inkey "$tmp/$2.key" -recip "$tmp/$2.pem" \
        -out "$tmp/inside.der" -binary >"$tmp/out" 2>"$tmp/err"
}

verified() {
    openssl cms -verify -inform DER -in "$tmp/inside.der" -CAfile "$tmp/sender.pem" \
        -purpose any -out "$tmp/plain" -binary >"$tmp/out" 2>"$tmp/err"
}

# receive [FOLDER]: the county takes in what is there.
receive() {
    timeout 60 "$COURIER" receive "${1:-$tmp/stick}" "$tmp/county.pem" "$tmp/county.key" \
        >"$tmp/out" 2>"$tmp/err"
}

# --- making one -----------------------------------------------------------------------------

store one 0 'a store is made' init --name 'Alex Morgan'
receiver county ec -pkeyopt ec_paramgen_curve:P-256
receiver region rsa:2048
store one 6 'an empty store has nothing to send' bundle make --to "$tmp/stick" \
    --receiver "$tmp/county.pem"
store one 0 'a decision is signed' decide --answers "$cases/record-part.ini"
reference=$(sed -n 's/^ *Signed as: //p' "$tmp/out")
store one 2 'who receives must be said' bundle make --to "$tmp/stick"
store one 3 'a certificate must be one' bundle make --to "$tmp/stick" --receiver "$tmp/alex"
store one 6 'a folder must be there' bundle make --to "$tmp/none" --receiver "$tmp/county.pem"
store one 0 'a bundle is made' bundle make --to "$tmp/stick" --receiver "$tmp/county.pem"
bundle=$(ls "$tmp/stick"/*.discern)
report 'the file is its owner'"'"'s' test "$(stat -c %a "$bundle")" = 600
report 'no word of it is to be read' sh -c "! grep -qaE 'Lane School|Alex' '$bundle'"
store one 0 'its sender has a certificate' certificate
cp "$tmp/out" "$tmp/sender.pem"

# --- openssl alone --------------------------------------------------------------------------

report 'openssl decrypts it' opened "$bundle" county
report 'openssl verifies it' verified
report 'nobody else can decrypt it' sh -c "! openssl cms -decrypt -inform DER -in '$bundle' \
    -inkey '$tmp/region.key' -recip '$tmp/region.pem' -out '$tmp/nothing' 2>/dev/null"
report 'the chain in it is verified from outside' \
    python3 "$srcdir/tests/outside/verify.py" "$tmp/plain"
report 'the record is in it' grep -q "$reference" "$tmp/plain"
store one 0 'a bundle is made for a receiver with an RSA key' bundle make --to "$tmp" \
    --receiver "$tmp/region.pem"
report 'openssl decrypts that one, too' opened "$(ls "$tmp"/*.discern)" region
report 'and verifies it' verified

# --- leaving things out ---------------------------------------------------------------------

store one 2 'what makes it a record cannot be left out' bundle make --to "$tmp/stick" \
    --receiver "$tmp/region.pem" --redact reference
mkdir "$tmp/less"
store one 0 'what the receiver does not need is left out' bundle make --to "$tmp/less" \
    --receiver "$tmp/region.pem" --redact subject --redact justification
opened "$(ls "$tmp/less"/*.discern)" region
verified
report 'and is not there' sh -c "! grep -qE 'Chidi|1042' '$tmp/plain'"
report 'but named' grep -q '"redacted":\["subject","justification"\]' "$tmp/plain"
report 'the rest is' grep -q '\\"outcome\\":\\"share-in-part\\"' "$tmp/plain"
report 'no salt helps to guess it' \
    sh -c "grep '\"view\"' '$tmp/plain' | grep -c '\"salt\"' | grep -qx 0"
report 'the chain verifies nevertheless' \
    python3 "$srcdir/tests/outside/verify.py" "$tmp/plain"

# --- being answered -------------------------------------------------------------------------

store one 0 'what was sent is not accepted' upload --status --receiver "$tmp/county.pem"
said 'until a receipt says so' "$reference  Sent: no receipt yet"
report 'a receiver takes it in' receive
said 'and says so' 'taken, 0 refused'
report 'the receiver keeps no record in the clear' \
    sh -c "! grep -rqaE 'Lane School|Chidi' '$tmp/stick'"
cp "$bundle.receipt" "$tmp/receipt"
cp "$bundle" "$tmp/kept"
store one 4 'a receipt that somebody else signed is refused' receipt "$tmp/receipt" \
    --receiver "$tmp/region.pem"
head -c 200 "$tmp/receipt" >"$tmp/cut"
store one 3 'half a receipt is refused' receipt "$tmp/cut" --receiver "$tmp/county.pem"
store one 0 'the receipt is taken' receipt "$tmp/receipt" --receiver "$tmp/county.pem"
store one 0 'the same again changes nothing' receipt "$tmp/receipt" --receiver "$tmp/county.pem"
said 'and says so' 'was here already'
store one 0 'everything is accepted' upload --status --receiver "$tmp/county.pem"
said 'and counted' '1 of 1 decisions are accepted.'
store one 6 'there is nothing left to send' bundle make --to "$tmp/stick" \
    --receiver "$tmp/county.pem"

# --- what is believed -----------------------------------------------------------------------

receive
report 'the same bundle again is answered again' test -f "$bundle.receipt"
printf 'x' | dd of="$bundle" bs=1 seek=900 conv=notrunc 2>/dev/null
receive
said 'a bundle that was changed is not taken' 'not opened'
head -c 500 "$tmp/kept" >"$bundle"
receive
said 'nor one that was cut' 'not opened'
openssl cms -sign -signer "$tmp/region.pem" -inkey "$tmp/region.key" -in "$tmp/plain" -nodetach \
    -outform DER -binary -out "$tmp/forged.der" 2>/dev/null
openssl cms -encrypt -aes256 -in "$tmp/forged.der" -inform DER -outform DER -binary \
    -out "$bundle" "$tmp/county.pem" 2>/dev/null
rm -f "$tmp/stick"/*.receipt
receive
said 'nor one that somebody else signed' 'refused'

# --- a hostile folder -----------------------------------------------------------------------

mkdir "$tmp/hostile" "$tmp/hostile/folder.discern"
mkfifo "$tmp/hostile/pipe.discern"
ln -s "$tmp/county.key" "$tmp/hostile/link.discern"
ln -s /dev/zero "$tmp/hostile/zero.discern"
echo 'not sealed' >"$tmp/hostile/-rf..%2e$(printf '\033[2J\n').discern"
cp "$tmp/kept" "$tmp/hostile/last.discern"
report 'names, links and pipes in a folder lead nowhere' receive "$tmp/hostile"
report 'no name reaches the terminal as it is' \
    sh -c "! grep -q '$(printf '\033')' '$tmp/out'"
report 'the one bundle in it is taken' test -f "$tmp/hostile/last.discern.receipt"
report 'nothing else is answered' \
    test "$(find "$tmp/hostile" -name '*.receipt' | wc -l)" -eq 1

store two 0 'another store is made' init --name 'Somebody Else'
store two 4 'what is for another is refused' import "$tmp/kept"
store two 0 'it has a certificate' certificate
cp "$tmp/out" "$tmp/two.pem"
mkdir "$tmp/post"
store one 0 'a bundle is made for it' bundle make --to "$tmp/post" --receiver "$tmp/two.pem"
post=$(ls "$tmp/post"/*.discern)
store two 4 'a store that is not known is refused' import "$post"
complained 'with what to do' '--trust'
store one 0 'its owner reads the fingerprint out' certificate --fingerprint
fingerprint=$(cat "$tmp/out")
store two 0 'then it is taken in' import --trust "$fingerprint" "$post"
said 'with what is new' '1 decisions'
store two 0 'the same bundle again changes nothing' import "$post"
said 'and says so' 'taken in before'
store one 0 'the receipt for it is taken' receipt "$post.receipt" --receiver "$tmp/two.pem"
store two 0 'both logs verify' verify
store one 0 'both of them' verify

finish

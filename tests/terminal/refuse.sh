#!/bin/sh
# SPDX-License-Identifier: MIT
# refuse.sh FOLDER NAME: as the receiver whose NAME.pem and NAME.key stand beside the folder, answers
# the bundle in it by refusing the record in it. By openssl alone.

set -e
umask 077
bundle=$(ls "$1"/*.discern)
pem=$1/../$2.pem
key=$1/../$2.key
openssl cms -decrypt -inform DER -binary -in "$bundle" -recip "$pem" -inkey "$key" -out "$1/signed"
openssl cms -verify -inform DER -binary -in "$1/signed" -noverify -purpose any -out "$1/plain" \
    2>/dev/null
manifest=$(head -n 1 "$1/plain")
text() {
    printf '%s\n' "$manifest" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}
head=$(printf '%s\n' "$manifest" | sed -n 's/.*"head":\({[^}]*}\).*/\1/p')
sequence=$(grep '\\"kind\\":\\"record\\"' "$1/plain" | head -n 1 |
    sed -n 's/.*\\"seq\\":\([0-9]*\).*/\1/p')
digest=$(openssl dgst -sha256 -r "$bundle" | cut -c 1-64)
refused='"message":"It is no record that the receiver can read","reason":"unreadable"'
printf '{"accepted":[],"at":"%s","bundle":"%s","by":"county","digest":"%s","head":%s,' \
    "$(text at)" "$(text bundle)" "$digest" "$head" >"$1/answer"
printf '"kind":"receipt","refused":[{%s,"reference":"","sequence":%s}],"schema":1,"store":"%s"}' \
    "$refused" "$sequence" "$(text store)" >>"$1/answer"
openssl cms -sign -signer "$pem" -inkey "$key" -nodetach -outform DER -binary -in "$1/answer" \
    -out "$bundle.receipt" 2>/dev/null
rm "$1/signed" "$1/plain" "$1/answer"

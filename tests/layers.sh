#!/bin/sh
# SPDX-License-Identifier: MIT
# The walls between the rooms, and the habits of the house, read off the sources. Prints TAP.

cd "${srcdir:-.}" || exit 99

number=0
sources=$(find src ui tests -name '*.[ch]' | LC_ALL=C sort)
house=$(find src ui -name '*.[ch]' | LC_ALL=C sort)

# result WHAT FOUND: passes if nothing was found, else shows it.
result() {
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$2" | sed 's/^/# /'
    fi
}

skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# wall NAME FILES PATTERN: no file may include a header that the pattern does not name.
wall() {
    found=
    if [ -n "$2" ]; then
        # shellcheck disable=SC2086
        found=$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' /dev/null $2 |
            grep -vE "\"($3)")
    fi
    result "$1" "$found"
}

# only NAME HEADER PATTERN: a header is included in files of these names and nowhere else.
only() {
    # shellcheck disable=SC2086
    result "$1" "$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($2)" \
        /dev/null $house | grep -vE "^($3)")"
}

room() {
    find "src/$1" -name '*.[ch]' 2>/dev/null
}

pages=$(find ui -name '*.[ch]' ! -name 'term*' ! -name 'perform*' ! -name 'run*')

wall 'base knows no other room' "$(room base)" 'base/'
wall 'policy knows base' "$(room policy)" '(policy|base)/'
wall 'record knows policy and base' "$(room record)" '(record|policy|base)/'
wall 'store knows record, policy and base' "$(room store)" '(store|record|policy|base)/'
wall 'exchange knows store and below' "$(room exchange)" \
    '(exchange|store|record|policy|base)/'
bundle="$(find src/exchange -name 'courier*.[ch]') src/exchange/bundle.c src/exchange/bundle.h
    src/exchange/chain.c src/exchange/chain.h src/exchange/parts.c src/exchange/parts.h
    src/exchange/receipt.c src/exchange/receipt.h src/exchange/receive.c src/exchange/receive.h"
wall 'the courier and what it shares know record and base' "$bundle" \
    '(record|base)/|exchange/(bundle|chain|courier[a-z_]*|parts|receipt|receive)\.h'
wall 'pages know record, policy and base' "$pages" '(ui|record|policy|base)/'
wall 'the terminal knows pages and base' "$(find ui -name 'term*.[ch]')" '(ui|base)/'
# shellcheck disable=SC2086
result 'pages know neither the terminal nor what performs effects' \
    "$(grep -nE '#[[:space:]]*include[[:space:]]*"ui/(term|perform|run)' /dev/null $pages)"

only 'curses is in the terminal only' '(ncursesw?/)?(n?curses|term)\.h' 'ui/term[^/]*:'
only 'sqlite is in the store only' 'sqlite3' 'src/store/'
only 'libcrypto and libcurl are in the courier only' '(openssl|curl)/' 'src/exchange/courier[^/]*:'
only 'libpq is in the register only' '(postgresql/)?libpq' 'src/exchange/register'
only 'iniparser is in base only' 'iniparser|dictionary' 'src/base/'
only 'libsodium is in base and the store only' 'sodium' 'src/(base|store)/'
only 'jansson stays out of policy, base and the screen' 'jansson' \
    'src/(record|store|exchange|command)/'

# shellcheck disable=SC2086
result 'every file says its licence in its first line' \
    "$(for file in $sources; do
        head -n 1 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
    done)"

# shellcheck disable=SC2046,SC2086
result 'policy, record and pages read no clock' \
    "$(grep -nE '(^|[^a-z_])(time|gettimeofday|clock_gettime|localtime_r|moment_now)\(' \
        /dev/null $(room policy) $(room record) $pages | grep -vE ':[[:space:]]*(/?\*)')"

# shellcheck disable=SC2086
result 'no file of the program is over 500 lines' \
    "$(wc -l /dev/null $house | awk '$1 > 500 && $2 != "total" { print $2 ": " $1 " lines" }')"

# A flat table or switch may be longer, if the line above it says so: (flat).
long='no function is over 60 lines'
if ctags --version 2>/dev/null | grep -q Universal; then
    # shellcheck disable=SC2086
    result "$long" "$(ctags -x --c-kinds=f --_xformat='%F %n %e %N' $sources |
        awk '$3 - $2 >= 60 { print }' |
        while read -r file first last name; do
            sed -n "$((first - 1))p" "$file" | grep -q '(flat)' ||
                echo "$file:$first: $name: $((last - first + 1)) lines"
        done)"
else
    skip "$long" 'universal-ctags is not installed'
fi

echo "1..$number"

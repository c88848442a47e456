#!/bin/sh
# SPDX-License-Identifier: MIT
# What README.md says of files is so. The list of files between its marks is written anew with
# UPDATE_GOLDEN=1. Prints TAP.

cd "${srcdir:-.}" || exit 99

number=0
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

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

# One line a room: its folder and the names of its files without their ends.
list_rooms() {
    for room in src src/base src/policy src/record src/store src/exchange src/command ui; do
        names=$(find "$room" -maxdepth 1 -name '*.[ch]' ! -name schema.h |
            sed 's:.*/::; s/\.[ch]$//' | LC_ALL=C sort -u | tr '\n' ' ')
        echo "- \`$room/\`: ${names% }"
    done
}

list_rooms | fold -s -w 96 | sed 's/ *$//; /^- /!s/^/  /' >"$tmp/rooms"
{
    sed '/^<!-- \[files\] -->$/q' README.md
    cat "$tmp/rooms"
    sed -n '/^<!-- \[end of files\] -->$/,$p' README.md
} >"$tmp/README.md"
if [ -n "$UPDATE_GOLDEN" ]; then
    cp "$tmp/README.md" README.md
fi
result 'the list of files is what there is' "$(diff README.md "$tmp/README.md" 2>&1)"

# Names with an ellipsis or a placeholder in capitals are patterns, not files.
result 'every file that is named exists' \
    "$(grep -oE '`(src|ui|data|tests|man)/[^` ]*`' README.md | tr -d '`' | sort -u |
        while read -r name; do
            case $name in
            *[A-Z]*) ;;
            *) [ -e "$name" ] || [ -e "$name.h" ] || [ -e "$name.c" ] || echo "$name" ;;
            esac
        done)"

# The screen in README is a page of the pack as it stands.
result 'the screen says what the pack says' \
    "$(sed -n '/^<!-- \[screen\] -->$/,/^<!-- \[end of screen\] -->$/s/^.*[[(].[])] //p' README.md |
        while read -r label; do
            grep -qF "= $label" data/policy/england-safeguarding.ini || echo "$label"
        done)"

command -v groff >/dev/null && for page in man/*.[1-9]; do
    result "$page is well formed" "$(groff -Kutf8 -ww -mandoc -z -Tutf8 "$page" 2>&1)"
done

echo "1..$number"

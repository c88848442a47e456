#!/bin/sh
# SPDX-License-Identifier: MIT
# A supervisor's desk by the command line: looking things up, what must be done, incidents,
# figures, a person's own records; and who is refused what. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

DISCERN_STORE=$tmp/store
export DISCERN_STORE

# secret NAME: a passphrase file of its own.
secret() {
    (umask 077 && printf 'a long enough passphrase for %s\n' "$1" >"$tmp/$1")
}

# as USER CODE WHAT ARGS...
as() {
    user=$1
    code=$2
    what=$3
    shift 3
    run "$code" "$what" --user "$user" --passphrase-file "$tmp/$user" "$@"
}

secret alex
secret sam
secret jo
as alex 0 'a store is made' init --name 'Alex Ash' --role guardian
as alex 0 'with a supervisor' user add sam --name 'Sam Shaw' --role supervisor \
    --new-passphrase-file "$tmp/sam"
as alex 0 'and a practitioner' user add jo --name 'Jo Bloggs' --new-passphrase-file "$tmp/jo"
as jo 0 'who decides' decide --answers "$cases/record-part.ini"
part=$(grep -o '[34679ACDEFGHJKMNPQRTWXY]\{4\}-[34679ACDEFGHJKMNPQRTWXY]\{4\}' "$tmp/out" |
    head -n 1)
as jo 0 'twice' decide --answers "$cases/record-urgent.ini"
urgent=$(grep -o '[34679ACDEFGHJKMNPQRTWXY]\{4\}-[34679ACDEFGHJKMNPQRTWXY]\{4\}' "$tmp/out" |
    head -n 1)

# --- the log --------------------------------------------------------------------------------

as sam 0 'one outcome is asked for' log --outcome share-urgently
said 'and shown' "$urgent"
report 'alone' test "$(grep -c "$part" "$tmp/out")" = 0
as sam 0 'decisions are counted' log --count --author jo
report 'both' test "$(cat "$tmp/out")" = 2
as sam 2 'an outcome that there is not is told' log --outcome shar
complained 'with what was meant' "Did you mean 'share'?"
as sam 2 'a day that is none is told' log --from yesterday
as sam 0 'a filter is kept' log --urgent --save 'Urgent ones'
as sam 0 'and used' log --filter 'Urgent ones' --count
report 'for the same' test "$(cat "$tmp/out")" = 1
as jo 6 'by its owner only' log --filter 'Urgent ones'
as sam 0 'it is listed' log --filters
said 'with what it asks for' 'Urgent ones: urgent'
as sam 0 'it is forgotten' log --forget 'Urgent ones'
said 'and nothing is left' 'You have kept no filters.'
as sam 6 'it cannot be used then' log --filter 'Urgent ones'
as sam 6 'or forgotten again' log --forget 'Urgent ones'

# --- the queue ------------------------------------------------------------------------------

as sam 0 'what waits is listed' queue
said 'with what presses' 'URGENT; '
said 'and for how long' 'signed today, by jo'
report 'the urgent one first' test "$(head -n 1 "$tmp/out" | cut -c 1-9)" = "$urgent"

# --- what must be done ----------------------------------------------------------------------

as jo 0 'what must be done is listed' todo --json
duty=$(grep -o '"duty":"[a-z-]*"' "$tmp/out" | head -n 1 | cut -d '"' -f 4)
ref=$(grep -o '"reference":"[^"]*"' "$tmp/out" | head -n 1 | cut -d '"' -f 4)
as jo 4 'it is not done without a word' done "$ref" "$duty"
as jo 0 'it is done' done "$ref" "$duty" --message 'Told them by telephone.'
as jo 4 'once' done "$ref" "$duty" --message 'Again.'
as jo 4 'what need not be done is not done' done "$ref" cooking --message 'Soup.'
as sam 0 'a decision is returned' review "$part" --return more-detail --message 'Say more.'
as jo 0 'its author sees it' todo --mine
said 'with the reason' 'Say more.'
as jo 4 'which is done by amending' done "$part" amend --message 'Done.'

# --- incidents ------------------------------------------------------------------------------

as jo 6 'time limits are the law'"'"'s or an agreement'"'"'s, if they have any' incident report "$part" \
    --aware '2026-01-01 10:00' --message 'It went to the wrong house.'
complained 'another may be named' '--agreement'
as jo 6 'without an agreement one must be' incident report "$urgent" \
    --aware '2026-01-01 10:00' --message 'It went to the wrong house.'
complained 'as well' '--agreement'
cp "$srcdir/data/agreements/weisf.ini" "$tmp/data/agreements/"
as jo 4 'since when it is known as well' incident report "$part" --agreement weisf \
    --message 'It went to the wrong house.'
as jo 2 'in a form that is understood' incident report "$part" --agreement weisf \
    --aware 'last week' --message 'It went to the wrong house.'
as jo 4 'not in the future' incident report "$part" --agreement weisf \
    --aware '2090-01-01 10:00' --message 'It went to the wrong house.'
as jo 0 'an incident is reported' incident report "$part" --agreement weisf \
    --aware '1/1/2026 10:00' --who 'The duty desk' --kinds 'Address' --people 'a family of 3' \
    --message 'It went to the wrong house.'
said 'with who knew first' 'The duty desk'
said 'with its time limits' 'partners, by 3 January 2026, 10:00: Past its time'
incident=$(sed -n 's/^Incident \([0-9]*\),.*/\1/p' "$tmp/out")
as alex 4 'it is not closed while one runs' incident close "$incident" --message 'Check twice.'
as jo 0 'who was told is kept' incident update "$incident" --told partners --who 'The school' \
    --when '2026-01-02 09:00' --message 'By telephone.'
said 'and that it was in time' 'Told in time: The school, 2 January 2026, 09:00'
as jo 4 'a practitioner does not decide against it' incident update "$incident" \
    --not-notify regulator --message 'No risk.'
as sam 0 'a supervisor does' incident update "$incident" --not-notify regulator \
    --message 'The letter came back unopened.'
as sam 0 'and ends it' incident close "$incident" --message 'Two people check addresses.'
as jo 0 'no incident is open' incident list
said 'in words' 'There are no such incidents.'
as jo 0 'all are listed on request' incident list --all
said 'with what was learned' 'Two people check addresses.'
as jo 6 'another is not there' incident update 1 --message 'More.'

# --- counting -------------------------------------------------------------------------------

as sam 0 'figures are counted' figures
said 'in numbers' 'Decisions: 2'
as sam 0 'of a period' figures --until 2020-01-01
said 'nothing is nothing' 'Decisions: 0'
as sam 0 'an audit takes every second' sample --every 2
said 'and says of how many' '1 of 2 decisions.'
as sam 2 'or departures, not both' sample --every 2 --departures
as sam 0 'rows for statistics are written' statistics --to "$tmp/rows.csv"
report 'a heading and two' test "$(wc -l <"$tmp/rows.csv")" -eq 3
report 'with nobody in them' sh -c '! grep -q "Bloggs\|$1" "$2"' sh "$part" "$tmp/rows.csv"
as sam 4 'not over another file' statistics --to "$tmp/rows.csv"

# --- a person -------------------------------------------------------------------------------

as sam 0 'a person is found however the name is typed' subject adebayo '山田' 'שרה' \
    --born '3 4 2018' --pack "$tmp/pack.txt"
said 'with every decision' "$part"
report 'a pack is private' test "$(stat -c %a "$tmp/pack.txt")" = 600
report 'and names the record' grep -qF "$part" "$tmp/pack.txt"
as alex 0 'the log says who looked' verify
as sam 0 'and what they found is one' subject 'Adébáyò 山田 שרה' --born 2018-04-03
report 'decision' test "$(grep -c . "$tmp/out")" = 1
as sam 0 'and may not be there' subject Nobody Of-that-name
said 'which is said' 'Nothing is kept about a person of that name'
as sam 2 'a birthday is a day' subject Somebody --born soon
as sam 0 'the search is in the log' verify
as sam 0 'nothing of it is lost' log --count

# --- a person in forty records ---------------------------------------------------------------

# Each names somebody else: in what is about them, too, in who asks, and in why.
mkdir "$tmp/forty"
for i in $(seq 40); do
    sed -e "s/^subject = .*/subject = Forty Times/; s/^told = .*/told = yes/; /^not-told/d" \
        -e "s/^sensitivity = .*/sensitivity = no/; s/Zoë Müller/Asking-$i Person/" \
        -e "s/^what = That a plan .*/what = Their own fact number $i/" \
        -e "s/^what = The mother’s .*/what = What Third-$i Party has/" \
        -e "s/^what = The home .*/what = The hidden Lane-$i of somebody/" \
        -e "s/^advice = .*/advice = Advising-$i Person/" \
        "$cases/record-part.ini" >"$tmp/forty/$i.ini"
done
as jo 0 'forty decisions are about one person' decide --answers "$tmp"/forty/*.ini
report 'forty in all' test "$(grep -c 'Signed\|signed' "$tmp/out")" -ge 40
as sam 0 'all are found' subject Forty Times --born 2018-04-03 --pack "$tmp/forty.txt"
grep -o '^[34679ACDEFGHJKMNPQRTWXY]\{4\}-[34679ACDEFGHJKMNPQRTWXY]\{4\}' "$tmp/out" | sort -u \
    >"$tmp/forty/found"
report 'each once' test "$(wc -l <"$tmp/forty/found")" -eq 40
missing() {
    while read -r found; do
        grep -qF "$found" "$tmp/forty.txt" || return 0
    done <"$tmp/forty/found"
    return 1
}
report 'each is in the pack' test "$(missing && echo missing)" = ''
report 'with what is theirs' test "$(grep -c 'Their own fact number' "$tmp/forty.txt")" -eq 40
report 'and with nobody else' sh -c '! grep -E "Third|Lane-|Asking-|Advising-" "$1"' sh "$tmp/forty.txt"
report 'which it says' test "$(grep -c 'Things that are also about someone else' "$tmp/forty.txt")" \
    -eq 40

# --- who may not ----------------------------------------------------------------------------

as sam 0 'a supervisor decides' decide --answers "$cases/record-urgent.ini"
own=$(grep -o '[34679ACDEFGHJKMNPQRTWXY]\{4\}-[34679ACDEFGHJKMNPQRTWXY]\{4\}' "$tmp/out" |
    head -n 1)
as sam 4 'and does not review it' review "$own" --agree
as jo 4 'a practitioner reviews nothing' review "$own" --agree
as sam 4 'what was returned waits for its author' review "$part" --agree
as alex 4 'for a guardian as well' review "$part" --agree
secret kim
for user in jo sam; do
    as $user 4 "$user adds nobody" user add kim --name 'Kim' --new-passphrase-file "$tmp/kim"
    as $user 4 "$user disables nobody" user disable alex
    as $user 4 "$user holds nothing" hold "$part" --message 'An inquest.'
    as $user 4 "$user releases nothing" release "$part" --message 'It is over.'
    as $user 4 "$user erases nothing" erase "$part" --reason 'It is time.'
    as $user 4 "$user gives the store no other key" rekey
done
as alex 4 'a guardian does not disable themselves' user disable alex
finish

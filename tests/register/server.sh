#!/bin/sh
# SPDX-License-Identifier: MIT
# A PostgreSQL of the tests' own, in a folder that goes with them, behind a local socket.
#
#     server.sh start DIR    starts it, and prints what libpq must be told to reach it
#     server.sh network DIR off|on
#                            starts it anew so that it also answers at localhost, as `looker`, to
#                            whoever asks for TLS; without and with a certificate, server.crt
#     server.sh stop DIR     stops it
#
# Ends with 77 and the reason where there is no PostgreSQL, or nobody to run it as.

dir=$2
bin=$(for path in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null)"; do
    [ -x "$path/initdb" ] && echo "$path"
done | tail -n 1)

skip() {
    echo "$1"
    exit 77
}

# PostgreSQL does not run as root.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
    else
        "$@"
    fi
}

[ -n "$bin" ] || skip 'PostgreSQL is not installed (package postgresql)'
user=postgres
if [ "$(id -u)" -eq 0 ]; then
    id "$user" >/dev/null 2>&1 || user=nobody
    command -v setpriv >/dev/null || skip 'root cannot run PostgreSQL, and setpriv is not there'
fi

case $1 in
start)
    mkdir -p "$dir/server" && chmod 711 "$dir" || exit 1
    [ "$(id -u)" -ne 0 ] || chown "$user" "$dir/server" || exit 1
    cd "$dir/server" || exit 1
    as_user "$bin/initdb" -D "$dir/server/data" -U owner -A trust -E UTF8 --locale=C.UTF-8 \
        --no-sync >"$dir/initdb.log" 2>&1 ||
        skip "initdb does not run: $(tail -n 1 "$dir/initdb.log")"
    as_user "$bin/pg_ctl" -D "$dir/server/data" -w -l "$dir/server/log" \
        -o "-k '$dir/server' -c listen_addresses='' -c fsync=off" start >/dev/null 2>&1 ||
        skip "PostgreSQL does not start: $(tail -n 1 "$dir/server/log")"
    echo "host=$dir/server user=owner dbname=postgres"
    ;;
network)
    command -v openssl >/dev/null || skip 'openssl is not installed'
    cd "$dir/server" || exit 1
    for name in server other; do
        [ -e "$name.crt" ] || as_user openssl req -x509 -newkey ec -nodes -days 2 \
            -pkeyopt ec_paramgen_curve:P-256 -subj /CN=localhost \
            -addext subjectAltName=DNS:localhost -keyout "$name.key" -out "$name.crt" \
            2>/dev/null || skip 'openssl makes no certificate'
    done
    printf 'local all all trust\nhostssl all looker 127.0.0.1/32 trust\n' >data/pg_hba.conf
    as_user "$bin/pg_ctl" -D data -w stop >/dev/null 2>&1
    for try in 1 2 3 4 5 6 7 8 9; do # a port may be taken
        port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        as_user "$bin/pg_ctl" -D data -w -l log -o "-k '$PWD' -p $port -c fsync=off \
            -c listen_addresses=127.0.0.1 -c ssl=$3 -c ssl_cert_file='$PWD/server.crt' \
            -c ssl_key_file='$PWD/server.key'" start >/dev/null 2>&1 || continue
        echo "host=$PWD port=$port user=owner dbname=postgres"
        exit
    done
    skip "PostgreSQL does not start: $(tail -n 1 log)"
    ;;
stop)
    cd / && as_user "$bin/pg_ctl" -D "$dir/server/data" -m immediate stop >/dev/null 2>&1
    ;;
esac

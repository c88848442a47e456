#!/bin/sh
# SPDX-License-Identifier: MIT
# Uploads to real servers, started here on the loopback: nginx with WebDAV (TLS, a password, a
# certificate of the client), OpenSSH; stopped in the middle; answered with what is no receipt.
# Servers that fail and lie: courier.sh. Prints TAP.

. "${srcdir:-.}/tests/cli/tap.sh"

COURIER=${COURIER:-./discern-courier}
PATH=$PATH:/usr/sbin:/sbin
umask 077
servers=
stop_servers() {
    for server in $servers; do
        kill "$server" 2>/dev/null
    done
}
trap 'stop_servers; rm -rf "$tmp"' EXIT

# skip COUNT WHY: so many tests cannot be run here.
skip() {
    for _ in $(seq "$1"); do
        number=$((number + 1))
        echo "ok $number - # SKIP $2"
    done
}

if ! command -v openssl >/dev/null || ! command -v python3 >/dev/null; then
    echo '1..0 # SKIP openssl and python3 are needed, and one of them is not installed'
    exit 0
fi

# wait_for PORT: until somebody listens there, at most ten seconds.
wait_for() {
    python3 - "$1" <<'PY'
import socket, sys, time
end = time.monotonic() + 10
while time.monotonic() < end:
    with socket.socket() as s:
        s.settimeout(1)
        if s.connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0:
            sys.exit(0)
    time.sleep(0.02)
sys.exit(1)
PY
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# certificate NAME SUBJECT EXTRA: signed by the test's own authority.
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/$1.key" \
        -out "$tmp/$1.csr" -subj "/CN=$1" 2>/dev/null
    printf '%s\n' "$2" >"$tmp/ext"
    openssl x509 -req -in "$tmp/$1.csr" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" \
        -CAcreateserial -out "$tmp/$1.pem" -days 2 -extfile "$tmp/ext" 2>/dev/null
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$tmp/ca.key" \
    -out "$tmp/ca.pem" -subj '/CN=test authority' -days 2 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -keyout "$tmp/county.key" -out "$tmp/county.pem" -subj '/CN=county' -days 2 2>/dev/null
certificate server 'subjectAltName=IP:127.0.0.1'
certificate client 'extendedKeyUsage=clientAuth'

DISCERN_STORE=$tmp/store
DISCERN_CONFIG=$tmp/discern.ini
export DISCERN_STORE DISCERN_CONFIG
echo 'a long enough passphrase for alex' >"$tmp/alex"
echo 'open sesame' >"$tmp/password"

# settings LINE...: how to send from now on.
settings() {
    {
        printf '[upload]\nreceiver = %s\ntimeout = %s\n' "$tmp/county.pem" \
            "${timeout:-2}"
        printf '%s\n' "$@"
    } >"$DISCERN_CONFIG"
}

alex() {
    code=$1
    what=$2
    shift 2
    run "$code" "$what" --user alex --passphrase-file "$tmp/alex" "$@"
}

decide() {
    alex 0 'a decision is signed' decide --answers "$cases/record-urgent.ini"
}

# receive FOLDER: one receiver for all of them, so what it knows goes with it.
receive() {
    cp "$tmp/known"/*.chain "$1" 2>/dev/null
    "$COURIER" receive "$1" "$tmp/county.pem" "$tmp/county.key" >"$tmp/out" 2>"$tmp/err" &&
        mv "$1"/*.chain "$tmp/known"
}
mkdir "$tmp/known"

settings
alex 0 'a store is made' init --name 'Alex Morgan'
decide
alex 2 'nothing is sent unless it is set up' upload
complained 'and it says so' 'Upload is not set up'

# --- a folder -------------------------------------------------------------------------------

mkdir "$tmp/folder"
settings "folder = $tmp/folder"
alex 0 'a bundle is put into a folder' upload
said 'and not called accepted' '0 of 1 decisions are accepted.'
alex 0 'the next upload sends nothing twice' upload
report 'there is one bundle' test "$(ls "$tmp/folder"/*.discern | wc -l)" -eq 1
bundle=$(basename "$tmp/folder"/*.discern .discern | sed 's/.*-//')
alex 4 'a receipt is not chased without a word' done "$bundle" chase
alex 0 'it was chased' done "$bundle" chase --message 'Rang them.'
alex 6 'once' done "$bundle" chase --message 'Again.'
alex 6 'and only what was sent' done 0123456789abcdef chase --message 'Rang them.'
complained 'which is said' 'No receipt is waited for'
alex 0 'the log is whole' verify
report 'the receiver answers' receive "$tmp/folder"
alex 0 'the answer is found there' upload
said 'and believed' '1 of 1 decisions are accepted.'
settings "folder = $tmp/nothing"
decide
alex 6 'a stick that is not there is told' upload
settings "folder = $tmp/folder"
alex 0 'and taken up when it is there' upload
said 'one is sent' 'Sent: '
receive "$tmp/folder"
alex 0 'and answered' upload
said 'all are there' '2 of 2 decisions are accepted.'

# --- HTTPS and WebDAV -----------------------------------------------------------------------

start_nginx() {
    port=$(free_port)
    mkdir -p "$tmp/www/in" "$tmp/www/locked" "$tmp/www/client" "$tmp/nginx"
    printf 'alex:%s\n' "$(openssl passwd -apr1 'open sesame')" >"$tmp/htpasswd"
    chmod -R a+rwX "$tmp/www"
    modules=/usr/lib/nginx/modules
    cat >"$tmp/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $tmp/nginx/pid;
error_log $tmp/nginx/error.log;
user $(id -un);
events { worker_connections 16; }
http {
    access_log off;
    client_body_temp_path $tmp/nginx/body;
    proxy_temp_path $tmp/nginx/proxy;
    fastcgi_temp_path $tmp/nginx/fastcgi;
    uwsgi_temp_path $tmp/nginx/uwsgi;
    scgi_temp_path $tmp/nginx/scgi;
    client_max_body_size 64m;
    server {
        listen 127.0.0.1:$port ssl;
        ssl_certificate $tmp/server.pem;
        ssl_certificate_key $tmp/server.key;
        ssl_client_certificate $tmp/ca.pem;
        ssl_verify_client optional;
        root $tmp/www;
        location /in/ { dav_methods PUT DELETE MOVE; }
        location /locked/ {
            dav_methods PUT DELETE MOVE;
            auth_basic discern;
            auth_basic_user_file $tmp/htpasswd;
        }
        location /client/ {
            dav_methods PUT;
            if (\$ssl_client_verify != SUCCESS) { return 403; }
        }
    }
}
CONF
    [ -d "$modules" ] || modules=
    nginx -c "$tmp/nginx.conf" -p "$tmp/nginx" >"$tmp/nginx/said" 2>&1 &
    servers="$servers $!"
    wait_for "$port"
}

over_https() {
    decide
    settings "url = https://127.0.0.1:$port/in/"
    alex 4 'a server of an unknown authority is refused' upload
    complained 'in words' 'could not prove who it is'
    ca="authority = $tmp/ca.pem"
    settings "url = https://127.0.0.1:$port/locked/" "$ca"
    alex 4 'a login that is asked for is told' upload
    complained 'in words' 'did not accept the login'
    complained 'with what to do' 'Check the user, password'
    alex 0 'until then it waits' upload --status
    said 'in words' 'Waiting: in a bundle that was not sent yet'
    settings "url = https://127.0.0.1:$port/in/" "$ca"
    alex 0 'a bundle is sent' upload
    report 'it is there once, whole, under its name' \
        sh -c "ls '$tmp/www/in' | grep -c . | grep -qx 1"
    said 'it is not accepted by that' '2 of 3 decisions are accepted.'
    receive "$tmp/www/in"
    alex 0 'its receipt is fetched' upload
    said 'and believed' '3 of 3 decisions are accepted.'
    decide
    settings "url = https://127.0.0.1:$port/locked/" "$ca" 'user = alex' \
        "password-file = $tmp/password"
    alex 0 'a password is given' upload
    receive "$tmp/www/locked"
    alex 0 'and its receipt is fetched' upload
    said 'and believed' '4 of 4 decisions are accepted.'
    decide
    settings "url = https://127.0.0.1:$port/client/" "$ca" \
        "client-certificate = $tmp/client.pem" "client-key = $tmp/client.key"
    alex 0 'a certificate is shown, to a server that cannot move files' upload
    report 'it is there under its name' sh -c "ls '$tmp/www/client' | grep -q 'discern\$'"
    said 'one more is under way' '4 of 5 decisions are accepted.'
    receive "$tmp/www/client"
    alex 0 'and answered' upload
    said 'all are there' '5 of 5 decisions are accepted.'
    settings "url = http://127.0.0.1:$port/in/" 'user = alex' "password-file = $tmp/password"
    decide
    alex 2 'a password never goes over http' upload
    settings "url = https://127.0.0.1:$(free_port)/in/" "$ca"
    alex 7 'nobody who listens is told' upload
    settings "url = file:///tmp/"
    alex 2 'no other way is taken' upload
}

if command -v nginx >/dev/null; then
    if report 'nginx was started' start_nginx; then
        over_https
    fi
else
    skip 1 'nginx is not installed'
fi

# --- stopped in the middle ------------------------------------------------------------------

# A server that lets everybody wait, and says in files who has come and who is gone.
start_waiting_server() {
    waiting=$(free_port)
    python3 - "$waiting" "$tmp" <<'PY' &
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    while True:
        peer = listener.accept()[0]
        if peer.recv(1):
            open(sys.argv[2] + "/come", "w").close()
            while peer.recv(65536):
                pass
            open(sys.argv[2] + "/gone", "w").close()
PY
    servers="$servers $!"
    wait_for "$waiting"
}

# wait_for_file NAME: at most ten seconds.
wait_for_file() {
    python3 - "$1" <<'PY'
import os, sys, threading, time
end = time.monotonic() + 10
while not os.path.exists(sys.argv[1]) and time.monotonic() < end:
    threading.Event().wait(0.02)
sys.exit(not os.path.exists(sys.argv[1]))
PY
}

start_waiting_server
decide
timeout=60
settings "url = http://127.0.0.1:$waiting/"
"$DISCERN" --data "$tmp/data" --user alex --passphrase-file "$tmp/alex" upload \
    >"$tmp/out" 2>"$tmp/err" </dev/null &
upload=$!
report 'an upload is under way' wait_for_file "$tmp/come"
alex 4 'a second one has to wait' upload
complained 'and is told for whom' "(process $upload)"
kill "$upload"
report 'the courier ends with whoever sent it' wait_for_file "$tmp/gone"
wait "$upload" 2>/dev/null
timeout=
settings "folder = $tmp/folder"
alex 0 'nothing is in the way of the next' upload
said 'which brings it' 'Sent: '

# --- receipts that are none -----------------------------------------------------------------

receive "$tmp/folder"
newest=$(ls "$tmp/folder"/*.discern | tail -n 1)
other=$(ls "$tmp/folder"/*.receipt | head -n 1)
cp "$newest.receipt" "$tmp/receipt"
head -c 300 "$tmp/receipt" >"$newest.receipt"
alex 0 'half a receipt stops nothing' upload
said 'and is none' 'A receipt was not taken'
cp "$other" "$newest.receipt"
alex 0 'that of another bundle' upload
said 'counts for that bundle only' '6 of 7 decisions are accepted.'
cp "$tmp/receipt" "$newest.receipt"
alex 0 'the right one' upload
said 'is believed' '7 of 7 decisions are accepted.'
decide

# --- SFTP -----------------------------------------------------------------------------------

start_sshd() {
    ssh_port=$(free_port)
    mkdir -p "$tmp/ssh/in" && ssh-keygen -q -t ed25519 -N '' -f "$tmp/ssh/host" &&
        ssh-keygen -q -t ecdsa -N '' -f "$tmp/ssh/user" || return 1
    ssh-keygen -q -t ed25519 -N '' -f "$tmp/ssh/other"
    cp "$tmp/ssh/user.pub" "$tmp/ssh/authorized"
    cat >"$tmp/ssh/config" <<CONF
ListenAddress 127.0.0.1
Port $ssh_port
HostKey $tmp/ssh/host
PidFile $tmp/ssh/pid
AuthorizedKeysFile $tmp/ssh/authorized
PasswordAuthentication no
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
CONF
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
    "$(command -v sshd)" -D -f "$tmp/ssh/config" -E "$tmp/ssh/log" &
    servers="$servers $!"
    wait_for "$ssh_port" &&
        printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(cat "$tmp/ssh/host.pub")" >"$tmp/ssh/known"
}

# Whether sshd lets this user in at all: not if the account is locked or has no shell.
let_in() {
    echo pwd | sftp -q -b - -F none -i "$tmp/ssh/user" -P "$ssh_port" \
        -o "UserKnownHostsFile=$tmp/ssh/known" -o IdentitiesOnly=yes "$(id -un)@127.0.0.1" \
        >"$tmp/out" 2>"$tmp/err"
}

over_sftp() {
    url="url = sftp://127.0.0.1:$ssh_port$tmp/ssh/in/"
    who="user = $(id -un)"
    key="client-key = $tmp/ssh/user"
    settings "$url" "$who" "$key"
    alex 2 'the key of the server must be known' upload
    printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(cat "$tmp/ssh/other.pub")" >"$tmp/ssh/wrong"
    settings "$url" "$who" "$key" "known-hosts = $tmp/ssh/wrong"
    alex 4 'another key is refused' upload
    settings "$url" "$who" "client-key = $tmp/client.key" "known-hosts = $tmp/ssh/known"
    alex 4 'another user is refused' upload
    complained 'in words' 'did not accept the login'
    settings "$url" "$who" "$key" "known-hosts = $tmp/ssh/known"
    alex 0 'a bundle is sent by SFTP' upload
    report 'it is there once, under its name' sh -c "ls '$tmp/ssh/in' | grep -qx '.*discern'"
    receive "$tmp/ssh/in"
    alex 0 'its receipt is fetched' upload
    said 'and believed' '8 of 8 decisions are accepted.'
}

if command -v sshd >/dev/null && command -v ssh-keygen >/dev/null; then
    if report 'sshd was started' start_sshd; then
        if let_in; then
            over_sftp
        else
            skip 1 'sshd does not let this user in'
        fi
    fi
else
    skip 1 'openssh-server is not installed'
fi

alex 0 'the log verifies after all that' verify

finish

#!/bin/sh
# SPDX-License-Identifier: MIT
# Uploads to real servers, started here on the loopback: nginx with WebDAV (TLS, a password, a
# certificate of the client), OpenSSH; and servers that lie. Prints TAP.

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
        printf '[upload]\nreceiver = %s\ntimeout = 2\n' "$tmp/county.pem"
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
        location /portal/ { default_type text/html; return 200 "<html>Log in</html>"; }
        location /away/ { return 302 https://127.0.0.1:$port/portal/; }
        location /full/ { return 507; }
        location /broken/ { return 503; }
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
    for place in portal away; do
        settings "url = https://127.0.0.1:$port/$place/" "$ca"
        alex 7 "a page that answers instead is seen ($place)" upload
        complained 'for what it is' 'Something else answered'
    done
    settings "url = https://127.0.0.1:$port/full/" "$ca"
    alex 7 'a full server is told' upload
    complained 'in words' 'no room left'
    settings "url = https://127.0.0.1:$port/broken/" "$ca"
    alex 7 'a broken server is told' upload
    settings "url = https://127.0.0.1:$port/locked/" "$ca"
    alex 4 'a login that is asked for is told' upload
    complained 'in words' 'did not accept the login'
    settings "url = https://127.0.0.1:$port/client/" "$ca"
    alex 4 'a certificate that is asked for is told' upload
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

# --- servers that lie -----------------------------------------------------------------------

# A server of its own: takes what it is sent and answers as it is told.
start_liar() {
    liar=$(free_port)
    python3 - "$liar" "$1" <<'PY' &
import socket, sys, threading, time

def serve(peer, how):
    peer.settimeout(30)
    try:
        head = b""
        while b"\r\n\r\n" not in head:
            got = peer.recv(65536)
            if not got:
                return
            head += got
        method = head.split(b" ", 1)[0]
        if method == b"GET":
            peer.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        length = 0
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = head.split(b"\r\n\r\n", 1)[1]
        if how == "cuts":
            return
        if how == "silent":
            time.sleep(30)
            return
        if b"100-continue" in head:
            peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(body) < length:
            body += peer.recv(65536)
        peer.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    except OSError:
        pass
    finally:
        peer.close()

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen(8)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0], sys.argv[2]),
                     daemon=True).start()
PY
    servers="$servers $!"
    wait_for "$liar"
    settings "url = http://127.0.0.1:$liar/"
}

start_liar vanishes
alex 7 'a server that says 201 and has nothing is not believed' upload
complained 'in words' 'has it not'
start_liar cuts
alex 7 'a connection that is cut is told' upload
start_liar silent
alex 7 'a server that is silent is told in time' upload
complained 'in words' 'did not answer in time'

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
    said 'and believed' '6 of 6 decisions are accepted.'
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

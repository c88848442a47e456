# SPDX-License-Identifier: MIT
# What courier.py works with: TAP, the courier, certificates, and servers, proxies and relays on
# the loopback.

import os, shutil, socket, ssl, subprocess, tempfile, threading, time

COURIER = os.environ.get("COURIER", "./discern-courier")
NAME = "0123abcd-0000000001-00112233445566778899aabbccddeeff.discern"
DATA = b"\x30" + os.urandom(3000)
LARGE = b"\x30" + os.urandom(3 << 20)
LOGIN = "Proxy-Authorization: Basic YWxleDpvcGVuIHNlc2FtZQ=="  # alex:open sesame
tmp = tempfile.mkdtemp()
os.umask(0o077)
number = 0
started = []


def ok(what, holds, *seen):
    global number
    number += 1
    print("%sok %d - %s" % ("" if holds else "not ", number, what), flush=True)
    for one in seen if not holds else ():
        print("# " + repr(one)[:300], flush=True)


def path(name):
    return os.path.join(tmp, name)


# --- The courier ---------------------------------------------------------------------------


def begin(task, **parts):
    courier = subprocess.Popen([COURIER, task], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    given = b""
    for name, value in parts.items():
        value = value.encode() if isinstance(value, str) else value
        given += b"%s %d\n" % (name.replace("_", "-").encode(), len(value)) + value
    courier.stdin.write(given)
    courier.stdin.close()
    courier.stdin = None
    return courier


def finish(courier):
    out, said = courier.communicate(timeout=60)
    answer = {"progress": said.decode()}
    while out:
        label, out = out.split(b"\n", 1)
        name, length = label.split()
        answer[name.decode()], out = out[:int(length)], out[int(length):]
    return answer


def run(task, **parts):
    return finish(begin(task, **parts))


def way(url, **more):
    return {"url": url, "file_name": NAME, "authority": path("ca.pem"), "timeout": "2", **more}


def sends(what, url, data=DATA, **more):
    answer = run("send", sealed=data, **way(url, **more))
    ok(what, answer.get("end") == b"done", answer)
    return answer


# The trouble, and a word or two of the detail. Every trouble has a title and an action.
def fails(what, trouble, words, answer):
    ok(what, answer.get("trouble") == trouble.encode()
       and words in answer.get("detail", b"").decode(), answer)


def send_fails(what, trouble, words, url, **more):
    fails(what, trouble, words, run("send", sealed=more.pop("data", DATA), **way(url, **more)))


# --- Keys and certificates -----------------------------------------------------------------


def openssl(*arguments):
    subprocess.run(("openssl",) + arguments, check=True, cwd=tmp, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def day(offset):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + offset * 86400))


def self_signed(name):
    openssl("req", "-x509", *EC, "-keyout", name + ".key", "-out", name + ".pem", "-subj",
            "/CN=" + name, "-days", "2")


# Signed by the test's authority, valid between two days from today.
def certificate(name, extension="subjectAltName=IP:127.0.0.1", since=-1, until=2):
    with open(path("ext"), "w") as file:
        file.write(extension + "\n")
    openssl("req", *EC, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name)
    openssl("ca", "-batch", "-config", "ca.cnf", "-in", name + ".csr", "-out", name + ".pem",
            "-extfile", "ext", "-notext", "-startdate", day(since), "-enddate", day(until))


def make_certificates():
    with open(path("ca.cnf"), "w") as file:
        file.write("[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\n"
                   "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=p\n"
                   "unique_subject=no\n[p]\ncommonName=supplied\n")
    open(path("index"), "w").close()
    self_signed("ca")
    self_signed("stranger")
    certificate("server")
    certificate("expired", since=-9, until=-2)
    certificate("early", since=2, until=9)
    certificate("elsewhere", "subjectAltName=DNS:elsewhere.example")
    certificate("client", "extendedKeyUsage=clientAuth")
    certificate("client-expired", "extendedKeyUsage=clientAuth", since=-9, until=-2)


# --- Servers of our own --------------------------------------------------------------------


# What is said against a certificate must arrive before the end does.
def shake_hands(peer, tls):
    peer = tls.wrap_socket(peer, server_side=True, do_handshake_on_connect=False)
    try:
        peer.do_handshake()
    except ssl.SSLError:
        peer.shutdown(socket.SHUT_WR)
        socket.socket.recv(peer, 65536)
        raise
    return peer


# Serves each connection by handle(socket). Returns the port, and what came.
def listen(handle, tls=None):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    connections = []

    def serve(peer):
        peer.settimeout(30)
        try:
            handle(shake_hands(peer, tls) if tls else peer)
        except (OSError, ValueError):
            pass
        finally:
            peer.close()

    def accept():
        while True:
            peer = listener.accept()[0]
            connections.append(peer)
            threading.Thread(target=serve, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1], connections


def tls_of(name, client=False):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path(name + ".pem"), path(name + ".key"))
    if client:
        tls.verify_mode = ssl.CERT_REQUIRED
        tls.load_verify_locations(path("ca.pem"))
    return tls


def read_request(peer):
    text = b""
    while b"\r\n\r\n" not in text:
        got = peer.recv(65536)
        if not got:
            raise ValueError
        text += got
    head, body = text.split(b"\r\n\r\n", 1)
    head = head.decode()
    return head.split()[0], head.split()[1], head, body


def reply(peer, code, body=b"", *headers):
    lines = ["HTTP/1.1 %d Said" % code, "Content-Length: %d" % len(body), "Connection: close",
             *headers]
    peer.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def read_body(peer, head, body):
    length = [int(line[15:]) for line in head.lower().split("\r\n")
              if line.startswith("content-length:")]
    if "100-continue" in head:
        peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    while length and len(body) < length[0]:
        body += peer.recv(65536)


# --- Relays, proxies and programs -----------------------------------------------------------


# Copies both ways until one ends, or until `most` bytes went from a to b: then it stops, or
# cuts.
def join(a, b, most=None, reached=None, cuts=True):
    def copy(source, sink, most):
        try:
            while most is None or most > 0:
                got = source.recv(65536)
                if not got:
                    break
                sink.sendall(got)
                most = None if most is None else most - len(got)
            else:
                reached.set()
                if not cuts:
                    threading.Event().wait(60)
        except OSError:
            pass
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    back = threading.Thread(target=copy, args=(b, a, None), daemon=True)
    back.start()
    copy(a, b, most)
    back.join()


# A relay to a port that lets so many bytes through. Returns its port and when it has.
def relay(port, most, cuts):
    reached = threading.Event()

    def handle(peer):
        with socket.create_connection(("127.0.0.1", port)) as server:
            join(peer, server, most, reached, cuts)

    return listen(handle)[0], reached


def proxy(login):
    seen = []

    def handle(peer):
        method, address, head, body = read_request(peer)
        seen.append(head)
        if login and LOGIN not in head:
            reply(peer, 407, b"", 'Proxy-Authenticate: Basic realm="x"')
            return
        host, port = address.replace("http://", "").split("/")[0].split(":")
        with socket.create_connection((host, int(port))) as server:
            if method == "CONNECT":
                peer.sendall(b"HTTP/1.1 200 Yes\r\n\r\n")
            else:
                head = head.replace("http://%s:%s" % (host, port), "", 1)
                server.sendall(head.encode() + b"\r\n\r\n" + body)
            join(peer, server)

    return "http://127.0.0.1:%d" % listen(handle)[0], seen


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# Starts a server and waits until it listens. False if it ends instead.
def start(port, *command):
    log = open(path("log"), "ab")
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    started.append(server)
    end = time.monotonic() + 20
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return True
        threading.Event().wait(0.02)
    return False


def skip(what):
    global number
    number += 1
    print("ok %d - # SKIP %s" % (number, what), flush=True)


def end():
    for server in started:
        server.terminate()
        server.wait()
    shutil.rmtree(tmp, ignore_errors=True)
    print("1..%d" % number, flush=True)

# SPDX-License-Identifier: MIT
# The courier against servers and proxies that work, fail and lie, all on the loopback. Started
# by courier.sh; prints TAP. What Discern makes of it is tried in upload.sh.

import concurrent.futures, gzip, os, shutil, signal, subprocess, threading, time

from loopback import *

# --- What servers answer -------------------------------------------------------------------

HTML = "Content-Type: text/html; charset=utf-8"
heads = []


# Answers as the first folder of the address says.
def liar(peer):
    method, address, head, body = read_request(peer)
    how = address.split("/")[1]
    heads.append(head)
    if how.startswith("get-"):
        reply(peer, int(how[4:]))
    elif how == "portal":
        reply(peer, 200, b"<html>Log in</html>", HTML)
    elif how == "bare-portal":
        reply(peer, 200, b"<!doctype html>")
    elif how == "huge":
        peer.sendall(b"HTTP/1.1 200 Yes\r\nContent-Length: 99999999999\r\n\r\n")
        while True:
            peer.sendall(b"x" * 65536)
    elif how == "heads":
        peer.sendall(b"HTTP/1.1 200 Yes\r\n")
        while True:
            peer.sendall(b"X-Again: and again\r\n" * 1000)
    elif how == "drops":
        peer.sendall(b"HTTP/1.1 200 Yes\r\nContent-Length: 100000\r\n\r\n")
        while True:
            peer.sendall(b"x")
            threading.Event().wait(0.1)
    elif how == "silent":
        peer.recv(1)
    elif how == "cuts":
        peer.sendall(b"HTTP/1.1 200 Yes\r\nContent-Length: 1000\r\n\r\nhalf")
    elif how == "zipped":
        reply(peer, 200, zipped, "Content-Encoding: gzip")
    elif how.startswith("away-"):
        reply(peer, 302, b"", "Location: %s/in/" % targets[how])
    elif method == "GET":
        reply(peer, 404)
    elif how.startswith("put-"):
        read_body(peer, head, body)
        reply(peer, int(how[4:]))
    elif how == "vanishes":
        read_body(peer, head, body)
        reply(peer, 201)


zipped = gzip.compress(b"\0" * (10 << 20))
targets = {}


def try_answers():
    plain, reached = listen(liar)
    port, _ = listen(liar, tls_of("server"))
    base = "https://127.0.0.1:%d/" % port
    targets["away-host"] = "https://localhost:%d" % plain
    targets["away-http"] = "http://127.0.0.1:%d" % plain
    cases = [("get-401", "login", "asks for one"), ("put-401", "login", "asks for one"),
             ("put-403", "forbidden", "403"), ("put-404", "forbidden", "no such folder"),
             ("put-405", "forbidden", "405"), ("put-409", "forbidden", "no such folder"),
             ("put-413", "full", "413"), ("put-507", "full", "507"),
             ("put-429", "server", "429"),
             ("put-500", "server", "500"), ("get-503", "server", "503"),
             ("get-504", "silent", "504"), ("get-511", "portal", "511"),
             ("portal", "portal", "a page"), ("bare-portal", "portal", "a page"),
             ("away-host", "portal", "localhost"), ("away-http", "portal", "http://"),
             ("huge", "portal", ""), ("heads", "", ""), ("drops", "silent", ""),
             ("silent", "silent", ""), ("cuts", "cut", ""),
             ("vanishes", "unlike", "has it not")]

    def attempt(case):
        return run("send", sealed=DATA, **way(base + case[0] + "/", timeout="1"))

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, cases))
    for (how, trouble, words), answer in zip(cases, answers):
        fails("a server that answers %s is told of" % how,
              trouble or answer.get("trouble", b"nothing").decode(), words, answer)
    ok("no redirection was followed", not reached, len(reached))
    answer = run("fetch", **way(base + "zipped/"))
    ok("what is packed is not unpacked", answer.get("file") == zipped, answer.keys())
    ok("nor asked for", not [head for head in heads if "accept-encoding" in head.lower()])
    fails("no receipt yet is no fault", "absent", "", run("fetch", **way(base + "put-1/")))
    answer = run("fetch", **way(base + "get-403/"))
    fails("nor one that nobody may read", "absent", "403", answer)
    fails("a page is no receipt", "portal", "", run("fetch", **way(base + "portal/")))
    fails("no receipt is as long as this", "portal", "", run("fetch", **way(base + "huge/")))
    for name in ["../x.discern", "a/b.discern", ".hidden", "A.discern", "%2e%2e.discern", ""]:
        send_fails("the name %r leads nowhere" % name, "fault", "name", base, file_name=name)


# --- Certificates --------------------------------------------------------------------------


def dated(offset):
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + offset * 86400))
    return lambda peer: (read_request(peer), reply(peer, 404, b"", "Date: " + date))


def try_certificates():
    for name, days, trouble, words in [
            ("expired", 0, "certificate", "expired"), ("expired", -5, "clock", "there it is"),
            ("early", 0, "certificate", "not yet valid"), ("early", 3, "clock", "there it is"),
            ("elsewhere", 0, "certificate", "match"), ("stranger", 0, "certificate", "self")]:
        port, _ = listen(dated(days), tls_of(name))
        send_fails("%s, its clock %+d days: %s" % (name, days, trouble), trouble, words,
                   "https://127.0.0.1:%d/" % port, user="alex", password="open sesame")
    port, _ = listen(liar, tls_of("server", client=True))
    url = "https://127.0.0.1:%d/put-500/" % port
    send_fails("a certificate that is asked for is told of", "login", "required", url)
    for name, words in [("client-expired", "expired"), ("stranger", "unknown ca")]:
        send_fails("a server that does not take ours is told of: " + name, "login", words, url,
                   client_cert=path(name + ".pem"), client_key=path(name + ".key"))
    mine = {"client_cert": path("client.pem"), "client_key": path("client.key")}
    send_fails("ours is taken", "server", "500", url, **mine)
    send_fails("the key of another is told of", "setting", "", url,
               client_cert=path("client.pem"), client_key=path("stranger.key"))


# --- Ways through and ways that break ------------------------------------------------------


def try_proxies(url, folder):
    plain, _ = listen(liar)
    for login in (False, True):
        with_login = {"proxy_user": "alex", "proxy_pass": "open sesame"} if login else {}
        address, seen = proxy(login)
        words = ", with a login" if login else ""
        sends("through a proxy by CONNECT" + words, url, proxy=address, **with_login)
        ok("and by it only", seen and seen[-1].startswith("CONNECT"), seen)
        ok("the proxy sees no more", NAME not in "".join(seen), seen)
        os.unlink(os.path.join(folder, NAME))
        send_fails("through a proxy without TLS" + words, "server", "500",
                   "http://127.0.0.1:%d/put-500/" % plain, proxy=address, **with_login)
    send_fails("a proxy that asks for a login is told of", "proxy", "407", url, proxy=address)
    send_fails("also without TLS", "proxy", "login",
               "http://127.0.0.1:%d/put-500/" % plain, proxy=address)
    send_fails("a proxy that is not there is told of", "address", "", url,
               proxy="http://127.0.0.1:1")
    send_fails("a login stands in no address", "setting", "proxy-user", url,
               proxy="http://alex:secret@127.0.0.1:1")


# Stopped and killed in mid-transfer: nothing counts, and the next run brings it.
def try_stops(url, folder, port, **more):
    def name_there():
        return os.path.exists(os.path.join(folder, NAME))

    def through(most, cuts):
        there, reached = relay(port, most, cuts)
        return url.replace(":%d/" % port, ":%d/" % there), reached

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        address, reached = through(1 << 18, False)
        courier = begin("send", sealed=LARGE, **way(address, **more))
        ok("it is under way", reached.wait(30))
        courier.send_signal(number)
        answer = finish(courier)
        ok("%s stops it" % number.name, answer.get("trouble") == b"cancelled"
           or number == signal.SIGKILL and "end" not in answer, answer)
        ok("nothing counts", not name_there())
    address, reached = through(1 << 20, True)
    send_fails("a cut is told of", "cut", "", address, data=LARGE, **more)
    ok("it was in the middle", reached.is_set())
    ok("nothing counts after it", not name_there())
    answer = sends("the next run brings it", url, data=LARGE, **more)
    with open(os.path.join(folder, NAME), "rb") as file:
        ok("whole", file.read() == LARGE)
    ok("and nothing else", os.listdir(folder) == [NAME], os.listdir(folder))
    sends("once more changes nothing", url, data=LARGE, **more)
    send_fails("another under its name is not replaced", "other", "", url, **more)
    os.unlink(os.path.join(folder, NAME))
    return answer


# --- Real servers --------------------------------------------------------------------------


def try_nginx(nginx):
    port, folder = free_port(), path("www/in")
    os.makedirs(folder)
    os.makedirs(path("www/small"))
    subprocess.run(["chmod", "-R", "a+rwX", path("www")], check=True)
    places = "".join("%s_temp_path %s;\n" % (what, path("nginx-" + what))
                     for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    with open(path("nginx.conf"), "w") as file:
        file.write("""daemon off; worker_processes 1; pid %(tmp)s/nginx.pid; user %(user)s;
error_log %(tmp)s/nginx.log; events { worker_connections 64; }
http { access_log off; %(places)s ssl_certificate_key %(tmp)s/server.key;
    server { listen 127.0.0.1:%(port)d ssl; ssl_certificate %(tmp)s/server.pem;
        ssl_client_certificate %(tmp)s/ca.pem; ssl_verify_client optional; root %(tmp)s/www;
        location /in/ { dav_methods PUT DELETE MOVE; client_max_body_size 64m; }
        location /small/ { dav_methods PUT; client_max_body_size 1k; } } }
""" % {"tmp": tmp, "user": subprocess.getoutput("id -un"), "places": places, "port": port})
    if not start(port, nginx, "-c", path("nginx.conf"), "-p", tmp):
        ok("nginx was started", False, open(path("log")).read())
        return
    url = "https://127.0.0.1:%d/in/" % port
    try_proxies(url, folder)
    try_stops(url, folder, port)
    send_fails("a quota is told of", "full", "413", url.replace("/in/", "/small/"))
    send_fails("nginx does not take a certificate that has run out", "login", "400", url,
               client_cert=path("client-expired.pem"), client_key=path("client-expired.key"))


def start_sshd(sshd, port):
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", path(name)],
                       check=True)
    with open(path("sshd.conf"), "w") as file:
        file.write("ListenAddress 127.0.0.1\nPort %d\nHostKey %s\nPidFile none\n"
                   "StrictModes no\nAuthorizedKeysFile %s\nPasswordAuthentication no\nUsePAM no\n"
                   "MaxStartups 100\nSubsystem sftp internal-sftp\n"
                   % (port, path("host"), path("user.pub")))
    if os.getuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    return start(port, sshd, "-D", "-f", path("sshd.conf"), "-E", path("log"))


# Relays have ports of their own; the key of the server is the same on each.
def know_hosts(ports):
    with open(path("host.pub")) as file:
        key = file.read()
    with open(path("known"), "w") as file:
        for port in ports:
            file.write("[127.0.0.1]:%d %s" % (port, key))


def try_sshd(sshd):
    port, folder = free_port(), path("sftp")
    os.makedirs(folder)
    if not start_sshd(sshd, port):
        ok("sshd was started", False, open(path("log")).read())
        return
    me, socks = subprocess.getoutput("id -un"), free_port()
    know_hosts(range(1, 65536))
    url = "sftp://127.0.0.1:%d%s/" % (port, folder)
    mine = {"user": me, "client_key": path("user"), "known_hosts": path("known")}
    if not start(socks, "ssh", "-F", "none", "-N", "-D", "127.0.0.1:%d" % socks,
                 "-p", str(port), "-i", path("user"), "-o", "UserKnownHostsFile=" + path("known"),
                 "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", me + "@127.0.0.1"):
        skip("sshd does not let this user in")
        return
    said = try_stops(url, folder, port, **mine)["progress"].split("\n")
    sent = [line for line in said if line.endswith(" %d" % len(LARGE))]
    ok("by SFTP it is taken up where it stopped", int(sent[0].split()[0]) > 1 << 20, said)
    send_fails("a folder that is not there is told of", "forbidden", "no such folder",
               url.replace("/sftp/", "/nothing/"), **mine)
    sends("SFTP through a SOCKS proxy", url, proxy="socks5h://127.0.0.1:%d" % socks, **mine)
    os.unlink(os.path.join(folder, NAME))
    address, seen = proxy(True)
    sends("SFTP through a proxy with a login", url, proxy=address, proxy_user="alex",
          proxy_pass="open sesame", **mine)
    ok("by CONNECT", seen and seen[-1].startswith("CONNECT"), seen)


# --- Envelopes -----------------------------------------------------------------------------


def der(tag, *inside):
    body = b"".join(inside)
    length = len(body)
    if length < 128:
        return bytes([tag, length]) + body
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 + size]) + length.to_bytes(size, "big") + body


def oid(*numbers):
    return der(6, bytes(numbers))


PKCS7 = (0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07)
SHA256 = der(0x30, oid(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01))


def cms(kind, *inside):
    return der(0x30, oid(*PKCS7, kind), der(0xa0, der(0x30, der(2, b"\1"), *inside)))


def content(data):
    return der(0x30, oid(*PKCS7, 1), der(0xa0, der(4, data)))


def nested(depth):
    data = der(4, b"x")
    for _ in range(depth):
        data = der(0x24, data)
    return der(0x30, oid(*PKCS7, 1), der(0xa0, data))


def try_envelopes():
    me = run("identity", name="county", store="00")
    mine = {"certificate": me["certificate"], "key": me["key"]}
    sealed = run("seal", receiver=me["certificate"], plain=DATA, **mine)["sealed"]
    ok("what was sealed is opened", run("open", sealed=sealed, **mine).get("plain") == DATA)
    cuts = [run("open", sealed=sealed[:at], **mine).get("trouble")
            for at in range(0, len(sealed), len(sealed) // 24)]
    ok("what was cut is not, wherever", set(cuts) == {b"envelope"}, cuts)
    bombs = {
        "a digest taken ten thousand times": cms(2, der(0x31, SHA256 * 10000),
                                                 content(b"x" * (8 << 20)), der(0x31)),
        "a hundred thousand certificates": cms(2, der(0x31), content(b"x"),
                                               der(0xa0, der(0x30, b"") * 100000), der(0x31)),
        "a tower of strings": cms(2, der(0x31), nested(20000), der(0x31)),
        "a length of all there is": b"\x30\x88" + b"\x7f" * 8 + bytes(1000),
        "no length at all": b"\x30\x80" + oid(*PKCS7, 2) + b"\xa0\x80" * 10000,
        "content of another kind": der(0x30, oid(*PKCS7, 1), der(0xa0, der(4, b"x"))),
        "nothing": b"",
    }
    for what, bomb in bombs.items():
        begun = time.monotonic()
        fails("%s is no envelope" % what, "envelope", "", run("open", sealed=bomb))
        ok("and found so at once", time.monotonic() - begun < 10)
    many = cms(3, der(0x31, der(0x30, der(2, b"\0")) * 1000000), content(b"x"))
    fails("nor is one to a million", "envelope", "", run("open", sealed=many, **mine))


# --- All -----------------------------------------------------------------------------------


def main():
    make_certificates()
    try_envelopes()
    try_answers()
    try_certificates()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for name, attempt, package in [("nginx", try_nginx, "nginx-light"),
                                   ("sshd", try_sshd, "openssh-server")]:
        program = shutil.which(name)
        if program:
            attempt(program)
        else:
            skip(package + " is not installed")


try:
    main()
finally:
    end()

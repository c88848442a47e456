#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Checks an export (--json, --chain) or an opened bundle without any part of Discern, with
# nothing but SHA-256 and `openssl`: see discern-record(5), "Checking a log".
#
#     verify.py FILE [COUNT LINK]     COUNT and LINK: a head that you hold, on paper or elsewhere

import hashlib, json, pathlib, subprocess, sys, tempfile

def stop(entry, why):
    sys.exit("Entry %s is wrong: %s." % (entry, why))

def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

def signature_holds(key, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", bytes.fromhex("302a300506032b6570032100" + key)),
                              ("message", message), ("signature", bytes.fromhex(signature))):
            pathlib.Path(folder, name).write_bytes(content)
        return subprocess.run(
            "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in message "
            "-sigfile signature".split(), cwd=folder, capture_output=True).returncode == 0

lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
entries = lines[1:] if lines[0].get("kind") == "bundle" else lines[0]["entries"]
users, links, before, store, whole = {}, {}, None, None, True
for entry in entries:
    head = json.loads(entry["head"])
    seq, store = head["seq"], store or head["store"]
    if canonical(head) != entry["head"]:
        stop(seq, "its head is not written canonically")
    if head["store"] != store:
        stop(seq, "it is of another store")
    link = hashlib.sha256(b"discern/entry/1\0" + entry["head"].encode()).digest()
    if not signature_holds(head["key"], b"discern/sig/1\0" + link, entry["signature"]):
        stop(seq, "its signature does not hold")
    if "body" in entry:
        body = b"discern/body/1\0" + bytes.fromhex(entry["salt"]) + entry["body"].encode()
        if hashlib.sha256(body).hexdigest() != head["body"]:
            stop(seq, "its body has another fingerprint")
    if head["kind"] == "user" and "body" in entry:
        user = json.loads(entry["body"])
        users[user["name"]] = (user["public"], user["role"], bool(user.get("disabled")))
    if seq == 1 and head["prev"] != "0" * 64:
        stop(seq, "nothing comes before the first")
    if seq - 1 in links and head["prev"] != links[seq - 1]:
        stop(seq, "it does not follow the entry before it")
    whole = whole and seq == (before or 0) + 1
    if whole and users.get(head["author"]) != (head["key"], head["role"], False) \
            and head["kind"] != "user":
        stop(seq, "its author was no user of the store then")
    links[seq], before = link.hex(), seq
head = lines[0]["head"] if len(sys.argv) < 4 else \
    {"count": int(sys.argv[2]), "link": sys.argv[3]}
if whole and links.get(head["count"]) != head["link"] or \
        links.get(head["count"], head["link"]) != head["link"]:
    sys.exit("The head is not that of entry %d: the log was cut or rebuilt." % head["count"])
print("%d entries are as they were signed; %s." % (
    len(links), "the chain is whole" if whole else "the links between them were not given"))

/* SPDX-License-Identifier: MIT */
/*
 * What goes through the pipes between the program and the courier: named parts, one after the
 * other, "name length\n" and then the bytes. And what can go wrong on the way, by codes that
 * stay the same. Pure.
 */
#ifndef DISCERN_EXCHANGE_PARTS_H
#define DISCERN_EXCHANGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/* A run of bytes of someone else's. */
struct part {
    const char *bytes;
    size_t length;
};

void parts_put(struct buf *out, const char *name, const void *bytes, size_t length);
void parts_put_text(struct buf *out, const char *name, const char *text);

/* The part of that name. False if there is none, or the bytes are no parts up to there. */
bool parts_find(const struct buf *parts, const char *name, struct part *ret_part);

/* Appends its bytes; nothing if there is none. */
void parts_copy(const struct buf *parts, const char *name, struct buf *out);

/* As a text of the caller's, "" if there is none; free() it. */
char *parts_text(const struct buf *parts, const char *name);

/* What stops a courier. The title says what is wrong, the action what to do; what exactly
 * happened comes with it. Whether it is any use to try again as things are is the last column.
 */
/*    name, id, status, title, action, whether to try again */
#define TROUBLE_TABLE(X)                                                                       \
    X(LOGIN, "login", REFUSED, "The server did not accept the login",                          \
      "Check the user, password or key in the settings, then send again.", false)              \
    X(CERTIFICATE, "certificate", REFUSED, "The server could not prove who it is",             \
      "Check the address and the authority in the settings with whoever runs it.", false)      \
    X(PORTAL, "portal", IO, "Something else answered instead of the server",                   \
      "Log in to this network with a browser, or check the address in the settings.", false)   \
    X(CLOCK, "clock", REFUSED, "The clock of this machine and the server's differ",            \
      "Compare both with a clock that you trust; set this machine's if it is wrong.", false)   \
    X(FULL, "full", IO, "There is no room left where it should go",                            \
      "Free some space there, then send again.", false)                                        \
    X(ADDRESS, "address", IO, "The server was not found",                                      \
      "Check the address in the settings and that this machine is on the network.", true)      \
    X(PROXY, "proxy", IO, "The proxy did not let it through",                                  \
      "Check the proxy in the settings with whoever runs the network.", false)                 \
    X(SILENT, "silent", IO, "The server did not answer in time",                               \
      "Try again later: nothing is lost.", true)                                               \
    X(CUT, "cut", IO, "The connection was cut", "Try again: nothing is lost.", true)           \
    X(FORBIDDEN, "forbidden", REFUSED, "The server does not take files there",                 \
      "Check the address in the settings with whoever runs the server.", false)                \
    X(SERVER, "server", IO, "The server has a fault of its own",                               \
      "Try again later, and tell whoever runs the server if it stays so.", true)               \
    X(UNLIKE, "unlike", IO, "What arrived is not what was sent",                               \
      "Send it again; if it happens again, tell whoever runs the server.", true)               \
    X(OTHER, "other", REFUSED, "There is another file under this name already",                \
      "Tell whoever runs the server; this bundle was not replaced.", false)                    \
    X(ABSENT, "absent", NOT_FOUND, "It is not there yet", "Ask again later.", true)            \
    X(CANCELLED, "cancelled", FAILED, "It was stopped before its end",                         \
      "Send it again whenever you like: nothing is lost.", false)                              \
    X(ENVELOPE, "envelope", BAD_DATA, "This is not a sealed file that Discern can open",       \
      "Ask for it again.", false)                                                              \
    X(MISDIRECTED, "misdirected", REFUSED, "This was sealed for somebody else",                \
      "Send it back to whoever it came from, or delete it.", false)                            \
    X(SIGNATURE, "signature", REFUSED, "The signature does not hold",                          \
      "Do not use it. Ask whoever it came from.", false)                                       \
    X(RECEIVER, "receiver", BAD_DATA, "The certificate of the receiver cannot be used",        \
      "Ask the receiver for a certificate in PEM form.", false)                                \
    X(SETTING, "setting", USAGE, "A setting of the upload cannot be used",                     \
      "Correct it in the settings.", false)                                                    \
    X(FAULT, "fault", FAILED, "The courier failed",                                            \
      "Try again, and report it if it happens again.", false)
enum trouble {
#define X(name, id, status, title, action, again) TROUBLE_##name,
    TROUBLE_TABLE(X)
#undef X
        TROUBLE_COUNT
};
const char *trouble_id(enum trouble trouble);
const char *trouble_title(enum trouble trouble);
const char *trouble_action(enum trouble trouble);
bool trouble_again(enum trouble trouble);

/* The trouble of that id; TROUBLE_FAULT if there is none. */
enum trouble trouble_of(const char *id);

/* Fills the error: title, detail (may be ""), action. Returns the status of the table. */
enum status trouble_fail(enum trouble trouble, const char *detail, struct error *error);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Settings: discern.ini, read from /etc/discern.ini or the administrator's DISCERN_CONFIG, then
 * the environment, then the command line; the later wins. One table has each setting's name,
 * default and help; discern.ini(5) and data/discern.ini are made to agree with it by a test.
 */
#ifndef DISCERN_COMMAND_SETTINGS_H
#define DISCERN_COMMAND_SETTINGS_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/status.h"

/* What a value may be. */
enum setting_kind {
    SETTING_IS_TEXT,
    SETTING_IS_SWITCH,  /* yes or no */
    SETTING_IS_SECONDS, /* 5 to 3600 */
    SETTING_IS_DAYS     /* 1 to 365 */
};

/*    name, section, key, kind, default, help */
#define SETTING_TABLE(X)                                                                       \
    X(STORE, "store", "dir", TEXT, "",                                                         \
      "Folder of the store; empty: ~/.local/share/discern/store")                              \
    X(DATA, "data", "dir", TEXT, "",                                                           \
      "Folder of packs and agreements; empty: the installed one")                              \
    X(PACK, "data", "pack", TEXT, "england-safeguarding", "Policy pack for new decisions")     \
    X(AGREEMENT, "data", "agreement", TEXT, "", "Agreement for new decisions; empty: ask")     \
    X(ORGANISATION, "organisation", "name", TEXT, "",                                          \
      "Name of your organisation, as on records")                                              \
    X(BODY, "organisation", "body", TEXT, "",                                                  \
      "Its kind, as an option of the pack's question; empty: ask")                             \
    X(NATION, "organisation", "nation", TEXT, "",                                              \
      "england or wales; empty: as the pack has it")                                           \
    X(TEAM, "organisation", "team", TEXT, "", "Team of new users")                             \
    X(UPLOAD_FOLDER, "upload", "folder", TEXT, "",                                             \
      "Folder that bundles are put into; empty: none")                                         \
    X(UPLOAD_URL, "upload", "url", TEXT, "",                                                   \
      "Address of a folder, https:// or sftp://, that bundles are sent to; empty: none")       \
    X(UPLOAD_RECEIVER, "upload", "receiver", TEXT, "",                                         \
      "File with the certificate of the receiver, in PEM form; empty: nothing can leave")      \
    X(UPLOAD_REDACT, "upload", "redact", TEXT, "",                                             \
      "Fields of records that the receiver does not need, with blanks between them")           \
    X(UPLOAD_REVIEWERS, "upload", "reviewers", TEXT, "",                                       \
      "Fingerprints of the certificates of stores whose reviews of our decisions count")       \
    X(UPLOAD_AUTHORITY, "upload", "authority", TEXT, "",                                       \
      "File with the authorities that the server may be certified by; empty: the system's")    \
    X(UPLOAD_USER, "upload", "user", TEXT, "", "User name at the server")                      \
    X(UPLOAD_PASSWORD, "upload", "password-file", TEXT, "",                                    \
      "File with the password in its first line, readable by you only")                        \
    X(UPLOAD_CERTIFICATE, "upload", "client-certificate", TEXT, "",                            \
      "File with the certificate to show to the server, in PEM form")                          \
    X(UPLOAD_KEY, "upload", "client-key", TEXT, "",                                            \
      "File with its key, or with the private key for sftp")                                   \
    X(UPLOAD_HOSTS, "upload", "known-hosts", TEXT, "",                                         \
      "File with the keys of servers for sftp, as of ssh")                                     \
    X(UPLOAD_TIMEOUT, "upload", "timeout", TEXT, "60",                                         \
      "Seconds in which at least 1 KiB must move, or the server counts as silent")             \
    X(UPLOAD_PROXY, "upload", "proxy", TEXT, "",                                               \
      "Address of a proxy, http://, https:// or socks5h://; empty: none")                      \
    X(UPLOAD_PROXY_USER, "upload", "proxy-user", TEXT, "", "User name at the proxy")           \
    X(UPLOAD_PROXY_PASSWORD, "upload", "proxy-password-file", TEXT, "",                        \
      "File with the password for it in its first line, readable by you only")                 \
    X(UPLOAD_CHASE, "upload", "chase-after", DAYS, "7",                                        \
      "Days after which a receipt that did not come is to be chased; 1 to 365")                \
    X(IDLE, "screen", "lock-after", SECONDS, "600",                                            \
      "Seconds without a key until Discern locks; 5 to 3600")                                  \
    X(COLOUR, "screen", "colour", SWITCH, "yes", "yes or no; NO_COLOR turns it off as well")   \
    X(MOUSE, "screen", "mouse", SWITCH, "no",                                                  \
      "yes or no; yes breaks selecting text in the terminal")                                  \
    X(PLAIN, "screen", "plain", SWITCH, "no", "yes: numbered lines instead of the full screen")

enum setting {
#define X(name, section, key, kind, value, help) SETTING_##name,
    SETTING_TABLE(X)
#undef X
        SETTING_COUNT
};

struct settings {
    const char *value[SETTING_COUNT]; /* never NULL */
    struct arena arena;
};

/* Reads the settings. Without DISCERN_CONFIG a missing file is fine; a wrong one is
 * STATUS_BAD_DATA with its line. DISCERN_STORE and DISCERN_DATA override their settings.
 * Release with settings_release. */
MUST_CHECK enum status settings_load(struct settings *ret_settings, struct error *error);
void settings_release(struct settings *settings);

void settings_set(struct settings *settings, enum setting setting, const char *value);
const char *setting(const struct settings *settings, enum setting setting);
bool setting_yes(const struct settings *settings, enum setting setting);
int setting_number(const struct settings *settings, enum setting setting);

/* The folder of the store, of data; made from the settings; in their arena. */
const char *settings_store_dir(struct settings *settings);
const char *settings_data_dir(struct settings *settings);

/* The setting of [organisation] that a question's `preset = KEY` names ("body", "nation"), or
 * NULL if there is none of that key or it is empty. */
const char *settings_preset(const struct settings *settings, const char *key);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The command line as a table: every subcommand and option that there is, and what the help
 * says of it. A new subcommand is a file, a prototype in subcommands.h and a row here.
 */
#include <stdint.h>

#include "command/subcommands.h"

#define ANY SIZE_MAX /* operands, as many as one likes */

/* Options of one command: a list that ends with an empty row. */
#define OPTIONS(...)                                                                           \
    (const struct option_spec[])                                                               \
    {                                                                                          \
        __VA_ARGS__,                                                                           \
        {                                                                                      \
            0                                                                                  \
        }                                                                                      \
    }

#define JSON                                                                                   \
    {                                                                                          \
        "--json", NULL, "Print JSON instead of words", false                                   \
    }
#define FILTERS                                                                                \
    {"--search", "WORDS", "Only those with these words or beginnings of words", false},        \
        {"--state", "LIST", "Only those in these states (waiting, agreed, returned ...)",      \
         false},                                                                               \
        {"--outcome", "LIST", "Only those so decided (share, do-not-share ...)", false},       \
        {"--author", "USER", "Only those that this user signed", false},                       \
        {"--team", "TEAM", "Only those of this team", false},                                  \
        {"--agreement", "ID", "Only those under this agreement", false},                       \
        {"--programme", "ID", "Only those of this programme", false},                          \
        {"--purpose", "WORDS", "Only those for this purpose, as records have it", false},      \
        {"--from", "DATE", "Only those signed on this day or later", false},                   \
        {"--until", "DATE", "Only those signed on this day or earlier", false},                \
        {"--departed", NULL, "Only those decided otherwise than recommended", false},          \
        {"--urgent", NULL, "Only urgent ones", false},                                         \
        {"--countersign", NULL, "Only those that a guardian must agree to", false},            \
        {"--unfinished", NULL, "Only those with questions left open", false},                  \
        {"--overdue", NULL, "Only those of which something is overdue", false},                \
        {"--retention-due", NULL, "Only those kept to the end of their time", false},          \
        {"--mine", NULL, "Only those that you signed", false},                                 \
    {                                                                                          \
        "--filter", "NAME", "What your filter of this name asks for as well", false            \
    }
#define PERIOD                                                                                 \
    {"--from", "DATE", "From this day on", false},                                             \
    {                                                                                          \
        "--until", "DATE", "Until this day", false                                             \
    }
#define JOINED_TO                                                                              \
    {                                                                                          \
        "--pack", "PACK", "The policy pack to join with, if not that of the settings", false   \
    }
#define RECEIVER                                                                               \
    {                                                                                          \
        "--receiver", "FILE", "The receiver's certificate, if not that of the settings", false \
    }
#define REDACT                                                                                 \
    {                                                                                          \
        "--redact", "FIELD", "Leave this field of records out; may be given more than once",   \
            true                                                                               \
    }
#define DOCUMENT                                                                               \
    {                                                                                          \
        "--document", "KIND",                                                                  \
            "Not decisions, but the record-of-sharing of each, or the agreement-register",     \
            true                                                                               \
    }
#define NEW_PASSPHRASE                                                                         \
    {                                                                                          \
        "--new-passphrase-file", "FILE",                                                       \
            "Read the new passphrase from the first line of a file that only you can read",    \
            false                                                                              \
    }

const struct option_spec COMMON_OPTIONS[] = {
    {"--store", "DIR", "Use the store in this folder", false},
    {"--user", "NAME", "Open the store as this user", false},
    {"--passphrase-file", "FILE",
     "Read the passphrase from the first line of a file that only you can read", false},
    {"--data", "DIR", "Use the packs of this folder", false},
    {"--plain", NULL, "Numbered lines instead of the full screen, for screen readers", false},
    {"--practice", NULL, "Made-up people and a store that is thrown away", false},
    {"--help", NULL, "Explain Discern, or the command", false},
    {"--version", NULL, "Print the version", false},
    {0},
};

const struct option_spec HANDED_OVER[] = {{0}};

const struct command COMMANDS[] = {
    {"", "", "Open the full screen: decide, look things up, review",
     OPTIONS({"--replay", "FILE", "Open an answer file at its last question", false}), 0, 0,
     command_full_screen, false},
    {"practice", "", "Open the full screen with made-up people; nothing is kept", NULL, 0, 0,
     command_practice, false},
    {"init", "", "Make a store and its first user",
     OPTIONS({"--name", "NAME", "Full name, as signed on records", false},
             {"--team", "TEAM", "Team, as on records", false},
             {"--role", "ROLE", "practitioner (the default), supervisor or guardian", false}),
     0, 0, command_init, false},
    {"decide", "--answers FILE...", "Walk answer files without a screen and sign the decisions",
     OPTIONS(
         {"--answers", "FILE", "Answer file; more may follow it", true},
         {"--dry-run", NULL, "Only print what would be recommended; no store is needed", false},
         JSON),
     0, ANY, command_decide, false},
    {"log", "", "List the decisions, the newest first",
     OPTIONS(FILTERS, {"--order", "ORDER", "newest, oldest, author, due or retention", false},
             {"--save", "NAME", "Keep these filters under this name", false},
             {"--filters", NULL, "Only say which filters you kept", false},
             {"--forget", "NAME", "Forget your filter of this name", false},
             {"--count", NULL, "Only say how many there are", false},
             {"--limit", "N", "At most so many (50)", false}, JSON),
     0, 0, command_log, false},
    {"queue", "", "List the decisions that wait for your review",
     OPTIONS({"--limit", "N", "At most so many (50)", false}, JSON), 0, 0, command_queue,
     false},
    {"show", "REF", "Print a record in full",
     OPTIONS({"--summary", NULL, "One page", false},
             {"--json", NULL, "The record as it was signed (discern-record(5))", false}),
     1, 1, command_show, false},
    {"review", "REF", "Agree with a decision, return it, or disagree",
     OPTIONS({"--agree", NULL, "Agree with it", false},
             {"--return", "CODE", "Return it to its author, for this reason", false},
             {"--not-agreed", "CODE", "Disagree with it, for this reason", false},
             {"--message", "TEXT", "What to tell the author; needed unless you agree", false}),
     1, 1, command_review, false},
    {"todo", "", "List what must be done after decisions, the longest overdue first",
     OPTIONS({"--mine", NULL, "Only after your own decisions", false},
             {"--limit", "N", "At most so many (50)", false}, JSON),
     0, 0, command_todo, false},
    {"done", "REF DUTY",
     "Say that something that todo lists was done; of a bundle, BUNDLE chase",
     OPTIONS({"--message", "TEXT", "What was done; needed", false}), 2, 2, command_done, false},
    {"subject", "NAME...", "Find what is kept about a person; the log says so",
     OPTIONS(
         {"--born", "DATE", "Date of birth, as the records have it", false},
         {"--pack", "FILE", "Write what the person may see to this file, in the clear", false},
         {"--json", NULL, "Write it as JSON", false}),
     1, ANY, command_subject, false},
    {"incident report", "REF", "Report that something went wrong with information",
     OPTIONS({"--aware", "WHEN", "When the first person knew: 2026-09-30 14:30; needed", false},
             {"--who", "WHO", "Who knew first", false},
             {"--message", "TEXT", "What happened; needed", false},
             {"--kinds", "TEXT", "What kinds of data it is about", false},
             {"--people", "TEXT", "How many people it is about, as far as you know", false},
             {"--agreement", "ID",
              "Whose time limits hold beside the law's, if not the record's", false}),
     1, 1, command_incident_report, false},
    {"incident update", "NUMBER", "Say what is new, who was told, or why nobody is",
     OPTIONS(
         {"--told", "LIMIT", "Somebody was told: of this time limit, or anybody else", false},
         {"--who", "WHO", "Who was told; with --aware, who knew earlier", false},
         {"--when", "WHEN", "When they were told", false},
         {"--not-notify", "LIMIT", "Nobody is told for this time limit; not practitioners",
          false},
         {"--aware", "WHEN", "Somebody knew earlier than was thought", false},
         {"--kinds", "TEXT", "What kinds of data it is about after all", false},
         {"--people", "TEXT", "How many people it is about after all", false},
         {"--message", "TEXT", "What is new, what was said, or the reasons; needed", false}),
     1, 1, command_incident_update, false},
    {"incident close", "NUMBER", "End an incident with what was learned; not practitioners",
     OPTIONS({"--message", "TEXT", "What was learned; needed", false}), 1, 1,
     command_incident_close, false},
    {"incident list", "", "List the incidents that are open, and how much time is left",
     OPTIONS({"--all", NULL, "Closed ones as well", false}, JSON), 0, 0, command_incident_list,
     false},
    {"figures", "", "Count what was decided, and how long reviews took", OPTIONS(PERIOD, JSON),
     0, 0, command_figures, false},
    {"sample", "", "List decisions for an audit",
     OPTIONS({"--every", "N", "Every nth, in the order of signing", false},
             {"--departures", NULL, "All that departed from what was recommended", false},
             FILTERS),
     0, 0, command_sample, false},
    {"statistics", "", "Write rows without personal data to a file; the log says so",
     OPTIONS({"--to", "FILE", "The file to make; it must not exist", false}, FILTERS,
             {"--json", NULL, "JSON instead of CSV", false}),
     0, 0, command_statistics, false},
    {"export", "REF...", "Write records to a file in the clear; the log says so",
     OPTIONS({"--to", "FILE", "The file to make; it must not exist", false},
             {"--summary", NULL, "One page each", false},
             {"--json", NULL, "All entries about each, for another program to verify", false},
             {"--chain", NULL, "As --json, with the links of all other entries between them",
              false}),
     1, ANY, command_export, false},
    {"certificate", "", "Print the certificate of this store, for those who send to it",
     OPTIONS({"--fingerprint", NULL, "Only its fingerprint, to be read out", false},
             {"--renew", NULL, "Make another first, which signs from now on", false}),
     0, 0, command_certificate, false},
    {"bundle make", "[REF...]", "Seal decisions (all that the receiver lacks) into a file",
     OPTIONS({"--to", "FOLDER", "The folder, such as a stick, to put it into", false},
             {"--reviews", NULL, "Only our reviews of the receiver's own decisions", false},
             DOCUMENT, RECEIVER, REDACT),
     0, ANY, command_bundle_make, false},
    {"bundle open", "FILE", "Print what is in a bundle that is for this store",
     OPTIONS({"--to", "FILE", "Write it to this file, in the clear, instead", false}), 1, 1,
     command_bundle_open, false},
    {"upload", "[REF...]", "Send what the receiver lacks, and fetch its receipts",
     OPTIONS(
         {"--status", NULL, "Send nothing; say where every decision is", false},
         {"--again", NULL, "Send again what has no receipt yet", false},
         {"--set-aside", NULL, "Send nothing; keep these decisions here from now on", false},
         {"--put-back", NULL, "Send nothing; let these decisions leave again", false},
         {"--reason", "TEXT", "Why they are set aside", false}, DOCUMENT, RECEIVER, REDACT,
         JSON),
     0, ANY, command_upload, false},
    {"receipt", "FILE...", "Take in receipts that came by hand", OPTIONS(RECEIVER), 1, ANY,
     command_receipt, false},
    {"import", "FILE...", "Take in bundles of other stores, beside the own log",
     OPTIONS({"--trust", "FINGERPRINT",
              "The certificate of a store that is not known yet, as its owner read it out",
              false},
             {"--receipts", "FOLDER", "Put the receipts into this folder; else beside FILE",
              false}),
     1, ANY, command_import, false},
    {"import list", "", "List the decisions of other stores that were taken in", OPTIONS(JSON),
     0, 0, command_import_list, false},
    {"import show", "REF", "Print a decision of another store",
     OPTIONS({"--summary", NULL, "One page", false}), 1, 1, command_import_show, false},
    {"import review", "REF", "Review a decision of another store; a bundle carries it back",
     OPTIONS({"--agree", NULL, "Agree with it", false},
             {"--return", "CODE", "Return it to its author, for this reason", false},
             {"--not-agreed", "CODE", "Disagree with it, for this reason", false},
             {"--message", "TEXT", "What to tell the author; needed unless you agree", false}),
     1, 1, command_import_review, false},
    {"verify", "", "Check every entry of the log: signatures, links, order, decisions",
     OPTIONS({"--against", "HEAD|FILE",
              "Also against a head: NUMBER:LINK, an export, a receipt, or a printed record",
              false}),
     0, 0, command_verify, false},
    {"due", "", "List the decisions that were kept to the end of their time",
     OPTIONS({"--as-of", "DATE", "On this day, not today", false}, JSON), 0, 0, command_due,
     false},
    {"hold", "REF", "Keep a decision beyond its time; guardians only",
     OPTIONS({"--message", "TEXT", "Why; needed", false}), 1, 1, command_hold, false},
    {"release", "REF", "Let go of a decision that was held; guardians only",
     OPTIONS({"--message", "TEXT", "Why; needed", false}), 1, 1, command_release, false},
    {"erase", "REF", "Remove what is written about a decision; guardians only",
     OPTIONS({"--reason", "TEXT", "Why; needed", false}), 1, 1, command_erase, false},
    {"backup", "FOLDER", "Make a sealed copy of the store, while it is in use", NULL, 1, 1,
     command_backup, false},
    {"restore", "FOLDER", "Verify a backup and put it in the place of the store, which is kept",
     OPTIONS({"--check", NULL, "Only verify it", false},
             {"--older", NULL, "Even if it lacks the newest entries of the store", false}),
     1, 1, command_restore, false},
    {"policy list", "", "List the policy packs: version, in force, review due", OPTIONS(JSON),
     0, 0, command_policy_list, false},
    {"policy check", "[PACK...]",
     "Prove packs (all; or an id, or a file), or show what is wrong",
     OPTIONS({"--as-of", "DATE", "Judge what is overdue on this day, not today", false},
             {"--strict", NULL, "Fail for warnings as well as for errors", false},
             {"--counter-examples", "DIR", "Write each as an answer file for --replay", false},
             {"--verbose", NULL, "Say of each source what is still to be checked", false},
             JSON),
     0, ANY, command_policy_check, false},
    {"policy diff", "PACK PACK", "Show which situations end differently in another pack",
     OPTIONS(JSON), 2, 2, command_policy_diff, false},
    {"policy map", "[PACK...]", "Show what leads to what in a pack",
     OPTIONS({"--dot", NULL, "As a graph for Graphviz", false}), 0, ANY, command_policy_map,
     false},
    {"policy print", "[PACK...]", "Print a pack for its owner, with how easily it reads", NULL,
     0, ANY, command_policy_print, false},
    {"agreement list", "", "List the agreements: in force, review overdue, withdrawn",
     OPTIONS(JSON), 0, 0, command_agreement_list, false},
    {"agreement show", "AGREEMENT", "Print all that an agreement says, and what of it is past",
     OPTIONS(JOINED_TO), 1, 1, command_agreement_show, false},
    {"agreement check", "[AGREEMENT...]",
     "Check agreements (all; or an id, or a file): what they lack, what no longer holds",
     OPTIONS(JOINED_TO, JSON), 0, ANY, command_agreement_check, false},
    {"user add", "USER", "Add a user to the store; guardians only, once there is one",
     OPTIONS({"--name", "NAME", "Full name, as signed on records", false},
             {"--team", "TEAM", "Team, as on records", false},
             {"--role", "ROLE", "practitioner (the default), supervisor or guardian", false},
             NEW_PASSPHRASE),
     1, 1, command_user_add, false},
    {"user list", "", "List who uses the store", OPTIONS(JSON), 0, 0, command_user_list, false},
    {"user disable", "USER", "Keep a user out of the store; guardians only", NULL, 1, 1,
     command_user_disable, false},
    {"user enable", "USER", "Let a user who was disabled in again; guardians only", NULL, 1, 1,
     command_user_enable, false},
    {"user hand-over", "USER USER", "Give the drafts of a disabled user to another", NULL, 2, 2,
     command_user_hand_over, false},
    {"recovery make", "", "Print a new recovery key, once, to be kept on paper", NULL, 0, 0,
     command_recovery_make, false},
    {"recover", "", "Choose a new passphrase with the recovery key",
     OPTIONS({"--recovery-key-file", "FILE",
              "Read the recovery key from the first line of a file that only you can read",
              false},
             NEW_PASSPHRASE),
     0, 0, command_recover, false},
    {"rekey", "", "Give the store another key; nobody else may have it open", NULL, 0, 0,
     command_rekey, false},
    {"passphrase", "", "Change your passphrase", OPTIONS(NEW_PASSPHRASE), 0, 0,
     command_passphrase, false},
    {"register", "COMMAND...", "Receive for a county: see discern-register(1)", HANDED_OVER, 1,
     ANY, command_register, true},
    {"register browse", "", "Show the county's register on screen, to be read only",
     OPTIONS({"--database", "CONNINFO", "Where PostgreSQL is, as libpq reads it", false}), 0, 0,
     command_register_browse, false},
    {"help", "[COMMAND]", "Explain a command", NULL, 0, 2, command_help, true},
    {0},
};

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
     OPTIONS({"--search", "WORDS", "Only those with these words or beginnings of words", false},
             {"--mine", NULL, "Only those that you signed", false},
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
    {"export", "REF...", "Write records to a file in the clear; the log says so",
     OPTIONS({"--to", "FILE", "The file to make; it must not exist", false},
             {"--summary", NULL, "One page each", false},
             {"--json", NULL, "All entries about each, for another program to verify", false},
             {"--chain", NULL, "As --json, with the links of all other entries between them",
              false}),
     1, ANY, command_export, false},
    {"verify", "", "Check every entry of the log: signatures, links, order", NULL, 0, 0,
     command_verify, false},
    {"policy list", "", "List the policy packs: version, in force, review due", OPTIONS(JSON),
     0, 0, command_policy_list, false},
    {"policy check", "[PACK...]",
     "Prove packs (all; or an id, or a file), or show what is wrong",
     OPTIONS({"--as-of", "DATE", "Judge what is overdue on this day, not today", false},
             {"--strict", NULL, "Fail for warnings as well as for errors", false},
             {"--counter-examples", "DIR", "Write each as an answer file for --replay", false},
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
    {"passphrase", "", "Change your passphrase", OPTIONS(NEW_PASSPHRASE), 0, 0,
     command_passphrase, false},
    {"help", "[COMMAND]", "Explain a command", NULL, 0, 2, command_help, true},
    {0},
};

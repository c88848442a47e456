/* SPDX-License-Identifier: MIT */
/*
 * An answer file walked: what `discern decide` does with each file it is given, apart from
 * printing and signing it.
 */
#ifndef DISCERN_COMMAND_ATTEMPT_H
#define DISCERN_COMMAND_ATTEMPT_H

#include "command/command.h"
#include "record/decision.h"
#include "record/json.h"

struct attempt {
    const char *path;
    struct ini ini;
    struct answer_file head;
    const struct volume *volume;
    struct decision decision;
    struct walk walk;
    const struct outcome_rule *rule; /* that the pack recommends by; NULL until it is ready */
    int64_t sequence;                /* of its entry once signed, 0 before */
};

/* Reads the file, finds its pack, gives its answers and walks. A zeroed attempt may be
 * released, and so must one that failed. STATUS_BAD_DATA with file, line and field,
 * STATUS_NOT_FOUND, STATUS_REFUSED if the pack is not in force on the day or something is
 * not decided. */
MUST_CHECK enum status attempt_read(struct context *context, const char *path,
                                    struct attempt *attempt, struct error *error);
void attempt_release(struct attempt *attempt);

/* STATUS_REFUSED if the file expects another outcome than the pack recommends. */
MUST_CHECK enum status attempt_check(const struct attempt *attempt, struct error *error);

/* Composes the record, signs it into the log and notes its sequence. STATUS_REFUSED if a stop
 * of the pack holds. */
MUST_CHECK enum status attempt_sign(struct attempt *attempt, struct store *store,
                                    struct moment now, struct error *error);

/* Prints it in words. */
void attempt_print(const struct attempt *attempt, struct context *context);

/* The same as JSON (discern(1), JSON). The caller owns it. */
json_t *attempt_json(const struct attempt *attempt);

#endif

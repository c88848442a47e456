/* SPDX-License-Identifier: MIT */
/*
 * An errand: the courier started for one task, over pipes. This is the only door between the
 * program and the network, and nothing goes through it unasked.
 */
#ifndef DISCERN_EXCHANGE_ERRAND_H
#define DISCERN_EXCHANGE_ERRAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "exchange/parts.h"

/* Where the courier is, and who wants to know how far it is. */
struct courier {
    const char *path; /* of the program */
    /* Called several times a second, also when nothing moves; false stops the courier. `total`
     * is 0 as long as it is not known. May be NULL. */
    bool (*progress)(int64_t done, int64_t total, void *data);
    void *data;
};

/* Gives the courier `in` and appends what it answers to *out. *ret_trouble (may be NULL) is the
 * trouble if it had one: the error has its words. STATUS_IO if it could not be started. */
MUST_CHECK enum status errand_run(const struct courier *courier, const char *task,
                                  const struct buf *in, struct buf *out,
                                  enum trouble *ret_trouble, struct error *error);

/* The path of the courier, or of another program of Discern's: beside this program, else where
 * it is installed. free() it. */
char *courier_find(void);
char *program_find(const char *name);

#endif

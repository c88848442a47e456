/* SPDX-License-Identifier: MIT */
/* What the commands that send and take in share: the courier, the receiver, what is wished. */
#ifndef DISCERN_COMMAND_LEAVE_H
#define DISCERN_COMMAND_LEAVE_H

#include "command/command.h"
#include "exchange/upload.h"

/* Everything but the store. Texts live in the arena of the context. */
struct leave {
    struct courier courier;
    struct receiver receiver;
    struct wish wish;
    struct route route;
};

/* The courier alone, and what this store is called. */
void leave_courier(struct context *context, struct courier *ret_courier);
const char *leave_name(struct context *context);

/* Reads the receiver's certificate and the wish: operands, fields, settings. STATUS_USAGE if no
 * receiver is named, STATUS_BAD_DATA if its certificate cannot be used. */
MUST_CHECK enum status leave_read(struct context *context, struct leave *ret_leave,
                                  struct error *error);

/* The verdict that --agree, --return or --not-agreed gives (review.c). STATUS_USAGE. */
MUST_CHECK enum status review_options(const struct context *context, struct review *review,
                                      struct error *error);

/* Real records only: a store of practice sends nothing. STATUS_REFUSED. */
MUST_CHECK enum status leave_check(const struct context *context, struct error *error);

#endif

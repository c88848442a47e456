/* SPDX-License-Identifier: MIT */
/* What the commands that send and take in share: the courier, the receiver, what is wished. */
#ifndef DISCERN_COMMAND_LEAVE_H
#define DISCERN_COMMAND_LEAVE_H

#include "command/command.h"
#include "exchange/upload.h"

/* Everything but the store. Texts live in the arena that it was read into, or in the settings.
 */
struct leave {
    struct courier courier;
    struct receiver receiver;
    struct contents contents;
    struct route route;
    const char *folder; /* that bundles are put into; NULL: the route is taken */
};

/* What the settings say, but for who receives and what is left out. The courier tells nobody
 * how far it is. */
void leave_settings(const struct settings *settings, struct arena *arena,
                    struct leave *ret_leave);

/* What this store is called. */
const char *leave_name(const struct settings *settings);

/* Adds the fields named in a text, with blanks between them, to what is left out. STATUS_USAGE
 * if they are too many. */
MUST_CHECK enum status leave_redact(const char *text, struct arena *arena, struct leave *leave,
                                    struct error *error);

/* Reads the receiver's certificate. STATUS_USAGE if `path` is "", STATUS_BAD_DATA if the
 * certificate cannot be used. */
MUST_CHECK enum status leave_receiver(const char *path, struct arena *arena,
                                      struct leave *leave, struct error *error);

/* All of it, as options and settings say; operands are the references of decisions. */
MUST_CHECK enum status leave_read(struct context *context, struct leave *ret_leave,
                                  struct error *error);

/* The documents that --document asks for, in place of decisions (document.c): of those that the
 * operands name, and of the data folder. STATUS_USAGE, STATUS_REFUSED. */
MUST_CHECK enum status leave_documents(struct context *context, struct store *store,
                                       struct leave *leave, struct error *error);

/* The verdict that --agree, --return or --not-agreed gives (review.c). STATUS_USAGE. */
MUST_CHECK enum status review_options(const struct context *context, struct review *review,
                                      struct error *error);

/* The courier, which shows how far it is, and the store. STATUS_REFUSED in practice: nothing of
 * that leaves. */
MUST_CHECK enum status leave_open(struct context *context, struct courier *ret_courier,
                                  struct store **ret_store, struct error *error);

#endif

/* SPDX-License-Identifier: MIT */
/* Effects about records that leave and what comes back. For perform.c only. */
#ifndef DISCERN_UI_PERFORM_SENDING_H
#define DISCERN_UI_PERFORM_SENDING_H

#include "ui/perform.h"

/* How many decisions are where, for the start page. No receiver is no failure, nor one whose
 * certificate cannot be read: the page that is asked for says so. */
MUST_CHECK enum status perform_counts(struct performer *performer, struct world *world,
                                      struct error *error);

/* EFFECT_WHERE, EFFECT_ASIDE (perform_where.c). */
MUST_CHECK enum status perform_where(struct performer *performer, struct app *app,
                                     struct error *error);
MUST_CHECK enum status perform_aside(struct performer *performer, struct app *app,
                                     struct moment now, struct error *error);

/* Carries one effect out that is about them; any other is done by doing nothing. */
MUST_CHECK enum status perform_sending(struct performer *performer, struct app *app,
                                       enum effect_kind effect, struct moment now,
                                       struct error *error);

#endif

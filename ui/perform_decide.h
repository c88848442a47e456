/* SPDX-License-Identifier: MIT */
/* The effects that begin a decision or take one up again, and the register of agreements. For
 * perform.c only. */
#ifndef DISCERN_UI_PERFORM_DECIDE_H
#define DISCERN_UI_PERFORM_DECIDE_H

#include "ui/perform.h"

MUST_CHECK enum status perform_agreements(struct performer *performer, struct app *app,
                                          struct error *error);
MUST_CHECK enum status perform_begin(struct performer *performer, struct app *app,
                                     struct moment now, struct error *error);
MUST_CHECK enum status perform_resume(struct performer *performer, struct app *app,
                                      struct error *error);
MUST_CHECK enum status perform_amend(struct performer *performer, struct app *app,
                                     struct moment now, struct error *error);
MUST_CHECK enum status perform_beside(struct performer *performer, struct app *app,
                                      struct moment now, struct error *error);

#endif

/* SPDX-License-Identifier: MIT */
/* What a list of the screen asks of the store. For perform*.c only. */
#ifndef DISCERN_UI_PERFORM_QUERY_H
#define DISCERN_UI_PERFORM_QUERY_H

#include "store/store.h"
#include "ui/app.h"

/* Texts are borrowed from the wish. */
struct log_query query_of_wish(const struct wish *wish, struct moment now);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Effects about what is in the log: lists, one record, reviews, filters, what is to be done,
 * figures. For perform.c only.
 */
#ifndef DISCERN_UI_PERFORM_LOG_H
#define DISCERN_UI_PERFORM_LOG_H

#include "ui/perform.h"

/* Whether the user answers for the decisions of others as well. */
bool perform_sees_all(const struct performer *performer);

struct row;
struct world_row world_row_of(const struct row *row);

#define PERFORM(name)                                                                          \
    MUST_CHECK enum status perform_##name(struct performer *performer, struct app *app,        \
                                          struct moment now, struct error *error)
PERFORM(list);
PERFORM(record);
PERFORM(review);
PERFORM(export);
PERFORM(answer);
PERFORM(statistics);
PERFORM(filter_save);
PERFORM(duties);
PERFORM(follow_up);
PERFORM(figures);
PERFORM(incidents);
PERFORM(incident);
PERFORM(incident_note);
#undef PERFORM
MUST_CHECK enum status perform_filters(struct performer *performer, struct app *app,
                                       struct error *error);
MUST_CHECK enum status perform_filter_take(struct performer *performer, struct app *app,
                                           struct error *error);

/* What stands beside the record that is shown: what amendments changed in it, by all that is in
 * the log about it; and decisions made beside it. */
struct entry;
void perform_changes(struct world *world, const struct entry *entry, size_t count);
MUST_CHECK enum status perform_siblings(struct performer *performer, struct world *world,
                                        struct error *error);

/* The rows of a sample that the wish asks for: every nth, with as little read as that takes. */
struct log_query;
struct window;
MUST_CHECK enum status perform_sample(struct performer *performer, const struct wish *wish,
                                      struct log_query query, struct arena *arena,
                                      struct window *ret_window, struct error *error);

/* How many incidents are open, and how many of those have little or no time left. */
MUST_CHECK enum status perform_pressing(struct performer *performer, struct world *world,
                                        struct moment now, struct error *error);

/* Looks for decisions that the one being made may repeat, and warns once when there are more
 * than before. What cannot be looked for is no reason not to go on. */
void perform_duplicates(struct performer *performer, struct app *app, struct moment now);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Entries of incidents as the command line and the screen make them alike: when somebody knew,
 * as people write it; which time limits hold; the entry itself. What an incident is stands in
 * record/incident.h, who may say what of it in the database.
 */
#ifndef DISCERN_COMMAND_INCIDENT_ENTRY_H
#define DISCERN_COMMAND_INCIDENT_ENTRY_H

#include "command/library.h"
#include "command/settings.h"
#include "store/store.h"

/* A day and a time on the wall here, "2026-09-30 14:30" or "30 9 2026 14:30"; or RFC 3339, with
 * its offset. False if it is neither. */
bool when_parse(const char *text, struct moment *ret_moment);

/* Puts into a report the time limits of the law, and those of the agreement that is named
 * (NULL: of the record's, or of the settings'). Borrowed from the library. */
MUST_CHECK enum status incident_limits(struct library *library, const struct settings *settings,
                                       const struct summary *record, const char *agreement,
                                       struct incident_note *note, struct error *error);

/* Checks and appends it. */
MUST_CHECK enum status incident_append(struct store *store, const struct incident_note *note,
                                       struct moment now, int64_t *ret_sequence,
                                       struct error *error);

#endif

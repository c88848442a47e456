/* SPDX-License-Identifier: MIT */
/* The agreements of a data folder, each read once and only when it is asked for: the part of
 * the library (library.h) that knows them. */
#ifndef DISCERN_COMMAND_SHELF_H
#define DISCERN_COMMAND_SHELF_H

#include "command/library.h"

struct shelf;

/* The shelf of a folder. Nothing is read yet. Free with shelf_free. */
struct shelf *shelf_new(const char *data_dir);
void shelf_free(struct shelf *shelf);

/* As library_agreement, library_agreements and library_agreement_file have them. */
MUST_CHECK enum status shelf_find(struct shelf *shelf, const char *id,
                                  const struct agreement_volume **ret_volume,
                                  struct error *error);
MUST_CHECK enum status shelf_all(struct shelf *shelf, const struct agreement_volume **ret_list,
                                 size_t *ret_count, struct error *error);
MUST_CHECK enum status shelf_file(struct shelf *shelf, const char *path,
                                  const struct agreement_volume **ret_volume,
                                  struct error *error);

/* The path of the table of clauses. */
const char *shelf_clauses(const struct shelf *shelf);

#endif

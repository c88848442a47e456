/* SPDX-License-Identifier: MIT */
/*
 * The library: the packs in the data folder, read when first asked for. A pack keeps its text,
 * since a store keeps with each record the pack it was walked with.
 */
#ifndef DISCERN_COMMAND_LIBRARY_H
#define DISCERN_COMMAND_LIBRARY_H

#include <stddef.h>

#include "base/status.h"
#include "policy/agreement.h"
#include "policy/pack.h"

struct library;

struct volume {
    const char *path; /* of its file */
    const char *text; /* its bytes, NUL-terminated */
    size_t length;
    const struct pack *pack;           /* NULL if it could not be read: see error */
    const struct agreement *agreement; /* that it is joined with; NULL if none */
    struct error error;
};

/* Opens the library of a data folder. Nothing is read yet. Free with library_free. */
struct library *library_new(const char *data_dir);
void library_free(struct library *library);

/* The pack of that id (a file data/policy/ID.ini). Borrowed until library_free.
 * STATUS_NOT_FOUND with "did you mean", or what reading it said. */
MUST_CHECK enum status library_pack(struct library *library, const char *id,
                                    const struct volume **ret_volume, struct error *error);

/* All packs, sorted by file name; those that cannot be read have their error. */
MUST_CHECK enum status library_packs(struct library *library, const struct volume **ret_list,
                                     size_t *ret_count, struct error *error);

/* A pack from any file, as `discern policy check FILE` names it. */
MUST_CHECK enum status library_file(struct library *library, const char *path,
                                    const struct volume **ret_volume, struct error *error);

/* A pack from text that a store kept, joined with an agreement or not. */
MUST_CHECK enum status library_kept(struct library *library, const char *text, size_t length,
                                    const struct volume **ret_volume, struct error *error);

/* An agreement and its text. */
struct agreement_volume {
    const char *path; /* of its file */
    const char *text; /* its bytes, NUL-terminated */
    size_t length;
    const struct agreement *agreement; /* NULL if it could not be read: see error */
    struct error error;
};

/* The agreement of that id (a file data/agreements/ID.ini), all of them, or one from any file:
 * as with packs. Files whose name begins with a capital are not agreements. */
MUST_CHECK enum status library_agreement(struct library *library, const char *id,
                                         const struct agreement_volume **ret_volume,
                                         struct error *error);
MUST_CHECK enum status library_agreements(struct library *library,
                                          const struct agreement_volume **ret_list,
                                          size_t *ret_count, struct error *error);
MUST_CHECK enum status library_agreement_file(struct library *library, const char *path,
                                              const struct agreement_volume **ret_volume,
                                              struct error *error);

/* The path of the table of clauses, data/agreements/CLAUSES.ini. */
const char *library_clauses(const struct library *library);

/* A pack with what an agreement adds. The text of the volume is what a store keeps of it
 * (pack_kept_text); its path is the pack's. By ids, and of what has been read. */
MUST_CHECK enum status library_joined(struct library *library, const char *pack_id,
                                      const char *agreement_id,
                                      const struct volume **ret_volume, struct error *error);
MUST_CHECK enum status library_join(struct library *library, const struct volume *pack,
                                    const struct agreement_volume *agreement,
                                    const struct volume **ret_volume, struct error *error);

#endif

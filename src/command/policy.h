/* SPDX-License-Identifier: MIT */
/* What the subcommands of `discern policy` share: packs by name, examples, large numbers. */
#ifndef DISCERN_COMMAND_POLICY_H
#define DISCERN_COMMAND_POLICY_H

#include "command/command.h"
#include "policy/proof.h"
#include "record/json.h"

/* A pack by its id or, if the name looks like one, from a file. As library_pack. */
MUST_CHECK enum status policy_named(struct context *context, const char *name,
                                    const struct volume **ret_volume, struct error *error);

/* Runs `each` on the packs that were named, or on all. */
typedef enum status policy_each(struct context *context, const struct pack *pack,
                                struct error *error);
MUST_CHECK enum status policy_for_each(struct context *context, policy_each *each,
                                       struct error *error);

/* Prints an example as the lines of an answer file, and its day where the pack tells days
 * apart. */
void policy_print_example(struct context *context, const struct pack *pack,
                          const struct example *example);
json_t *policy_example_json(const struct pack *pack, const struct example *example);

/* Prints a fault on one line, so that `sort` and other programs can work with it; or as JSON.
 */
void policy_print_fault(struct context *context, const struct fault *fault);
json_t *policy_fault_json(const struct fault *fault);

/* A count that may be beyond what an integer holds, "13456" or "3.2e13", in the arena. */
const char *policy_count(struct context *context, long double count);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the rows of the table run: one function a subcommand, in the file of its name. Each has
 * checked operands and options in its context, prints to context->out and returns what the
 * process should exit with.
 */
#ifndef DISCERN_COMMAND_SUBCOMMANDS_H
#define DISCERN_COMMAND_SUBCOMMANDS_H

#include "command/command.h"

enum status command_full_screen(struct context *context, struct error *error);
enum status command_practice(struct context *context, struct error *error);
enum status command_init(struct context *context, struct error *error);
enum status command_decide(struct context *context, struct error *error);
enum status command_todo(struct context *context, struct error *error);
enum status command_done(struct context *context, struct error *error);
enum status command_subject(struct context *context, struct error *error);
enum status command_incident_report(struct context *context, struct error *error);
enum status command_incident_update(struct context *context, struct error *error);
enum status command_incident_close(struct context *context, struct error *error);
enum status command_incident_list(struct context *context, struct error *error);
enum status command_figures(struct context *context, struct error *error);
enum status command_sample(struct context *context, struct error *error);
enum status command_statistics(struct context *context, struct error *error);
enum status command_log(struct context *context, struct error *error);
enum status command_queue(struct context *context, struct error *error);
enum status command_show(struct context *context, struct error *error);
enum status command_review(struct context *context, struct error *error);
enum status command_export(struct context *context, struct error *error);
enum status command_bundle_make(struct context *context, struct error *error);
enum status command_bundle_open(struct context *context, struct error *error);
enum status command_certificate(struct context *context, struct error *error);
enum status command_upload(struct context *context, struct error *error);
enum status command_receipt(struct context *context, struct error *error);
enum status command_import(struct context *context, struct error *error);
enum status command_import_list(struct context *context, struct error *error);
enum status command_import_show(struct context *context, struct error *error);
enum status command_import_review(struct context *context, struct error *error);
enum status command_verify(struct context *context, struct error *error);
enum status command_policy_list(struct context *context, struct error *error);
enum status command_policy_check(struct context *context, struct error *error);
enum status command_policy_diff(struct context *context, struct error *error);
enum status command_policy_map(struct context *context, struct error *error);
enum status command_policy_print(struct context *context, struct error *error);
enum status command_agreement_list(struct context *context, struct error *error);
enum status command_agreement_show(struct context *context, struct error *error);
enum status command_agreement_check(struct context *context, struct error *error);
enum status command_user_add(struct context *context, struct error *error);
enum status command_user_list(struct context *context, struct error *error);
enum status command_user_disable(struct context *context, struct error *error);
enum status command_user_enable(struct context *context, struct error *error);
enum status command_user_hand_over(struct context *context, struct error *error);
enum status command_recovery_make(struct context *context, struct error *error);
enum status command_recover(struct context *context, struct error *error);
enum status command_rekey(struct context *context, struct error *error);
enum status command_due(struct context *context, struct error *error);
enum status command_hold(struct context *context, struct error *error);
enum status command_release(struct context *context, struct error *error);
enum status command_erase(struct context *context, struct error *error);
enum status command_backup(struct context *context, struct error *error);
enum status command_restore(struct context *context, struct error *error);
enum status command_passphrase(struct context *context, struct error *error);
enum status command_register(struct context *context, struct error *error);
enum status command_register_browse(struct context *context, struct error *error);
enum status command_help(struct context *context, struct error *error);

#endif

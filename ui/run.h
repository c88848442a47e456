/* SPDX-License-Identifier: MIT */
/*
 * Runs the program at a terminal: waits for input, updates the app, performs its effects,
 * paints. The one loop, for the full screen and for the plain prompts alike.
 */
#ifndef DISCERN_UI_RUN_H
#define DISCERN_UI_RUN_H

#include <stdbool.h>

#include "base/status.h"
#include "command/library.h"
#include "command/settings.h"

struct run_options {
    struct settings *settings;
    struct library *library;
    bool practice;      /* begin in practice, without a store */
    bool plain;         /* plain prompts on standard input and output */
    bool browse;        /* look into the county's register instead of a store */
    const char *user;   /* who unlocks, unless another is chosen; NULL: the first */
    const char *replay; /* an answer file to open at its last question; NULL for none */
    char **argv;        /* to start anew with when locked */
};

/* Runs until the user leaves. Returns what the process should exit with as a status. A terminal
 * that cannot be used falls back to plain prompts, saying so once. */
MUST_CHECK enum status run(const struct run_options *options, struct error *error);

#endif

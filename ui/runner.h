/* SPDX-License-Identifier: MIT */
/* What the two loops share: the app, what performs its effects, and how both end. For run*.c.
 */
#ifndef DISCERN_UI_RUNNER_H
#define DISCERN_UI_RUNNER_H

#include "ui/app.h"
#include "ui/perform.h"
#include "ui/run.h"

enum ending {
    ENDING_NONE,
    ENDING_QUIT, /* the user left, or we were told to end */
    ENDING_LOCK  /* start anew, at the page that unlocks */
};

struct runner {
    const struct run_options *options;
    struct app app;
    struct performer performer;
    struct page page;    /* what is shown */
    struct frame *frame; /* where it goes on the screen */
    bool plain;
    bool watching;         /* an upload goes on: what is fed does not wait for it */
    struct moment pressed; /* when something came from the keyboard last */
    long long told;        /* bundles sent, as the plain prompts said last */
    enum ending ending;
};

/* Gives the app one event and carries out what follows, until it asks for nothing more. */
void runner_feed(struct runner *runner, struct event event);

/* Keeps what is typed and closes the store, without asking. */
void runner_hang_up(struct runner *runner);

/* Plain prompts, until the app ends. */
void runner_plain(struct runner *runner);

/* Says how far an upload is, in plain prompts; for performer.watch. */
void runner_plain_watch(void *data);

#endif

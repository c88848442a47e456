/* SPDX-License-Identifier: MIT */
/*
 * Carries out the effects that the app asks for: opens the store, keeps drafts, signs, lists,
 * exports. What it brings stands in app->world. The one place where pages and store meet; it
 * decides nothing and shows nothing.
 */
#ifndef DISCERN_UI_PERFORM_H
#define DISCERN_UI_PERFORM_H

#include "command/library.h"
#include "command/settings.h"
#include "store/store.h"
#include "ui/app.h"
#include "ui/perform_source.h"

struct performer {
    struct settings *settings; /* borrowed, as the library */
    struct library *library;
    const char *replay;       /* an answer file that the first decision starts from; or NULL */
    struct store *store;      /* NULL until one is open */
    struct log_source source; /* of lists, records and figures: that store, or a register */
    const struct volume *volume; /* the pack of the decision */
    /* Called several times a second during an upload, with what is new in app->world.sending,
     * and when the store is upgraded, with world.upgrading; feeds the app, which ends an upload
     * by sending.stop. May be NULL. */
    void (*watch)(void *data);
    void *watch_data;
    struct arena arena; /* texts that live until performer_release */
};

/* Tells the app whether a store is there, for EVENT_START, and who is to unlock it (may be
 * NULL). `practice` goes to practice at once. A store that cannot be looked at is told when it
 * is opened. */
void performer_start(struct performer *performer, struct app *app, bool practice,
                     const char *user);

/* Looks into the county's register instead: nothing is opened, and nothing can be changed. What
 * is given must live until performer_release. */
void performer_look(struct performer *performer, struct app *app, struct log_source source);

/* Closes the store. */
void performer_release(struct performer *performer);

/* Counts what the list in app->world holds in all, as long as `going` (may be NULL) returns
 * true: behind the page that shows it. A count that was dropped is still wanted. */
void performer_count(struct performer *performer, struct app *app, struct moment now,
                     bool (*going)(void *data), void *data);

/* Carries one effect out. Not for SUSPEND, REPAINT and QUIT, which are the loop's. LOCK keeps
 * the draft and closes the store. */
MUST_CHECK enum status perform(struct performer *performer, struct app *app,
                               enum effect_kind effect, struct moment now, struct error *error);

#endif

/* SPDX-License-Identifier: MIT */
/* A world for the app without a store: effects are carried out in memory, at a fixed time, with
 * the pack of tests/cases/record.ini. */
#ifndef DISCERN_TESTS_UI_WORLD_H
#define DISCERN_TESTS_UI_WORLD_H

#include "base/buf.h"
#include "ui/app.h"

struct ui_world {
    struct app app;
    struct page page;
    struct pack *pack;
    struct pack *joined;            /* the same with the agreement */
    struct agreement *county;       /* the only one in the register; NULL: there is none */
    struct buf draft;               /* as saved last; empty: none */
    struct buf record;              /* as signed last */
    char reference[REFERENCE_SIZE]; /* of it */
    struct arena arena;
    struct moment now;
    int saves, lists;
    enum state state; /* of the record */
    bool more;        /* lists go on before and after the window */
    size_t followed;
    bool amended;            /* the record was, and another was decided beside it */
    bool twice;              /* a list has its row twice */
    bool chased;             /* a receipt is overdue */
    int told;                /* notes of an incident that end its clocks, or it */
    enum effect_kind last;   /* the last effect that was carried out */
    enum effect_kind refuse; /* this one fails, with an error of the store's */
    bool usual;              /* the settings name the agreement */
    bool no_receiver;        /* upload is not set up */
    bool reviewer;           /* the user is a supervisor, records are by somebody else */
    bool ended;              /* the app asked to quit */
    bool locked;             /* the app asked to lock */
};

/* At the start: a store with one user, or none. */
void ui_world_init(struct ui_world *world, bool store_there);
/* With the agreement of tests/cases/county.ini in the register. */
void ui_world_agree(struct ui_world *world);
void ui_world_release(struct ui_world *world);

/* What an effect does to the world and brings to the app (ui_world_effects.c). */
void ui_carry_out(struct ui_world *world, enum effect_kind effect);

void ui_feed(struct ui_world *world, struct event event);
void ui_press(struct ui_world *world, enum press_kind kind);
void ui_ctrl(struct ui_world *world, char letter);
void ui_type(struct ui_world *world, const char *text); /* '\n' is Enter */

/* Moves the focus with Down to what begins with these words, and presses Enter. Fails the test
 * if it cannot be reached that way. */
void ui_choose(struct ui_world *world, const char *words);
void ui_focus(struct ui_world *world, const char *words);

/* Whether the page says these words anywhere. */
bool ui_says(struct ui_world *world, const char *words);
void assert_ui_says(struct ui_world *world, const char *words);

/* The answer to the question of that id, given or not. */
const struct answer *ui_answer_of(struct ui_world *world, const char *id);

/* To a new decision in practice: its first question. */
void ui_begin(struct ui_world *world);
/* Answers the questions until the answers can be checked: sharing in part. */
void ui_answer_all(struct ui_world *world);

/* Fails the test if the page is not that of tests/golden/page-NAME, in both forms. */
void assert_page(struct ui_world *world, const char *name);

#endif

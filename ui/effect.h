/* SPDX-License-Identifier: MIT */
/*
 * Effects and events: the only way between the pages, which are pure, and the world. A page
 * never calls the store; it returns one effect, perform carries it out and answers with one
 * event. Time comes in with events.
 */
#ifndef DISCERN_UI_EFFECT_H
#define DISCERN_UI_EFFECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/secret.h"
#include "base/status.h"
#include "record/record.h"
#include "record/review.h"
#include "ui/press.h"

enum effect_kind {
    EFFECT_NONE,
    EFFECT_CREATE,      /* make the store with its first user; passphrase */
    EFFECT_UNLOCK,      /* open the store; user, passphrase */
    EFFECT_PRACTISE,    /* open a throw-away store with made-up people */
    EFFECT_AS,          /* carry on in practice as somebody else; user */
    EFFECT_HOME,        /* figures and drafts for the start page */
    EFFECT_AGREEMENTS,  /* the register of agreements */
    EFFECT_BEGIN,       /* begin a decision: fresh reference, pack; agreement, programme */
    EFFECT_RESUME,      /* load a draft; reference */
    EFFECT_AMEND,       /* begin an amendment of a record; reference */
    EFFECT_BESIDE,      /* begin a decision beside a record; reference, beside */
    EFFECT_SAVE,        /* keep the draft of the decision now */
    EFFECT_DROP,        /* throw a draft away; reference */
    EFFECT_SIGN,        /* sign the decision into the log */
    EFFECT_LIST,        /* a window of the log; list */
    EFFECT_RECORD,      /* one record as text, and its standing; reference */
    EFFECT_REVIEW,      /* append a review */
    EFFECT_FILTERS,     /* the user's saved filters */
    EFFECT_FILTER_SAVE, /* name; filter */
    EFFECT_FILTER_DROP, /* name */
    EFFECT_FILTER_TAKE, /* a saved filter, to be shown and used; words */
    EFFECT_DUTIES,      /* what is still to be done */
    EFFECT_FOLLOW_UP,   /* that something was done; follow_up */
    EFFECT_FIGURES,     /* counts of a period; from */
    EFFECT_INCIDENTS,   /* those that are open, or closed */
    EFFECT_INCIDENT,    /* one of them, with all that was said of it; incident */
    EFFECT_NOTE,        /* append what is said of one, or the report of one; note */
    EFFECT_EXPORT,      /* write a record to a file; reference, path, form */
    EFFECT_ANSWER,      /* write what a person may be shown; person, path, form */
    EFFECT_STATISTICS,  /* write rows about nobody; from, path, form */
    EFFECT_SENDING,     /* where decisions are, to whom they go and how */
    EFFECT_UPLOAD,      /* send, or put a bundle into a folder; sending */
    EFFECT_WHERE,       /* a window of where decisions are */
    EFFECT_ASIDE,       /* set a decision aside, or put it back; reference */
    EFFECT_TAKE,        /* take in a receipt or a bundle from a file */
    EFFECT_LOCK, /* keep the draft, close the store, start anew: nothing comes after it */
    EFFECT_SUSPEND,
    EFFECT_REPAINT,
    EFFECT_QUIT
};

enum event_kind {
    EVENT_START,  /* first: whether a store is there and who uses it */
    EVENT_PRESS,  /* press */
    EVENT_CHOOSE, /* a block chosen directly by its id (plain prompts); id */
    EVENT_ACT,    /* an act asked for directly (plain prompts); act */
    EVENT_WRITE,  /* the text of a field given whole (plain prompts); id, text */
    EVENT_PASTE,  /* text */
    EVENT_RESIZE, /* rows, cols */
    EVENT_IDLE,   /* nobody pressed a key for long: lock */
    EVENT_DONE,   /* the effect was carried out; what it brought is in app->world */
    EVENT_FAILED  /* it was not: error */
};

struct event {
    enum event_kind kind;
    struct moment now;
    struct press press;
    enum act act;
    int id;
    const char *text;
    int rows, cols;
    const struct error *error;
};

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Presses and acts. A press is what the keyboard sent, free of curses; an act is what it means
 * where the focus is. One table (ACT_TABLE) gives each act its keys, its name in the footer and
 * its sentence in the help page and in discern(1): they cannot drift apart.
 */
#ifndef DISCERN_UI_PRESS_H
#define DISCERN_UI_PRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum press_kind {
    PRESS_TEXT, /* a character: in press.text */
    PRESS_CTRL, /* Ctrl and a letter: in press.letter, 'a' .. 'z' or '_' */
    PRESS_ENTER,
    PRESS_ESC,
    PRESS_TAB,
    PRESS_BACKTAB,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_WORD_LEFT,  /* Ctrl and an arrow */
    PRESS_WORD_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_F1,
    PRESS_OTHER /* a key that has no name here */
};

struct press {
    enum press_kind kind;
    char letter;  /* PRESS_CTRL */
    char text[8]; /* PRESS_TEXT: one character as UTF-8 with its NUL */
};

/* Where keys have different meanings. A set: an act belongs to one or more. */
enum reach {
    REACH_EVERYWHERE = 1,
    REACH_LIST = 2,   /* the focus is on something to choose, not in a text */
    REACH_TEXT = 4,   /* the focus is in a text field */
    REACH_LINES = 8   /* in a text field of several lines */
};

/*      act, reach, keys as shown (the first stands in the footer; a NUL between them), name in
 *      the footer, what the help says */
#define ACT_TABLE(X)                                                                           \
    X(CHOOSE, REACH_LIST, "Enter", "choose", "Choose what the cursor is on, or continue")      \
    X(CONTINUE, REACH_TEXT, "Enter", "continue", "Finish the field and go on (Tab leaves a field of several lines)") \
    X(TICK, REACH_LIST, "Space", "tick", "Tick or untick what the cursor is on")               \
    X(BACK, REACH_EVERYWHERE, "Esc", "back", "Go back one page; nothing that was answered is lost") \
    X(UP, REACH_LIST, "Up\0k", "", "Move up")                                                   \
    X(DOWN, REACH_LIST, "Down\0j", "", "Move down")                                             \
    X(NEXT, REACH_EVERYWHERE, "Tab", "", "Move to the next thing on the page")                 \
    X(PREVIOUS, REACH_EVERYWHERE, "Shift-Tab", "", "Move to the one before")                   \
    X(PAGE_UP, REACH_EVERYWHERE, "PgUp", "", "A page up")                                      \
    X(PAGE_DOWN, REACH_EVERYWHERE, "PgDn", "", "A page down")                                  \
    X(FIRST, REACH_LIST, "Home\0g", "", "To the first")                                         \
    X(LAST, REACH_LIST, "End\0G", "", "To the last")                                            \
    X(NUMBER, REACH_LIST, "1-9", "", "Choose by number")                                       \
    X(HELP, REACH_LIST, "?\0F1", "why we ask", "Why this is asked, the guidance and where it stands, and the keys") \
    X(HELP_TYPING, REACH_TEXT, "F1", "why we ask", "As ?, also while typing")                  \
    X(SO_FAR, REACH_LIST, "o", "so far", "What the answers so far establish")                  \
    X(CHECK, REACH_LIST, "c", "check answers", "All answers on one page, each to be changed")  \
    X(SAVE_LEAVE, REACH_LIST, "w", "save and leave", "Keep the unfinished decision and go to the start page") \
    X(SEARCH, REACH_LIST, "/", "search", "Search the log")                                     \
    X(FILTER, REACH_LIST, "f", "filter", "Choose which of the decisions are listed, and in which order") \
    X(NEW_LINE, REACH_LINES, "Enter", "new line", "Begin a new line")                          \
    X(HIDE, REACH_EVERYWHERE, "Ctrl-X", "hide", "Blank the screen and lock at once")           \
    X(QUIT, REACH_LIST, "q", "leave", "Leave; what is unfinished is kept")                     \
    X(INTERRUPT, REACH_EVERYWHERE, "Ctrl-C", "", "As q, also while typing")                    \
    X(SUSPEND, REACH_EVERYWHERE, "Ctrl-Z", "", "Clear the screen and stop until resumed from the shell") \
    X(REPAINT, REACH_EVERYWHERE, "Ctrl-L", "", "Paint the screen anew")                        \
    X(TYPE, REACH_TEXT, "", "", "")                                                            \
    X(LEFT, REACH_TEXT, "Left", "", "Move in the text")                                        \
    X(RIGHT, REACH_TEXT, "Right", "", "Move in the text")                                      \
    X(WORD_LEFT, REACH_TEXT, "Ctrl-Left", "", "A word to the left")                            \
    X(WORD_RIGHT, REACH_TEXT, "Ctrl-Right", "", "A word to the right")                         \
    X(LINE_START, REACH_TEXT, "Home\0Ctrl-A", "", "To the start of the line")                   \
    X(LINE_END, REACH_TEXT, "End\0Ctrl-E", "", "To the end of the line")                        \
    X(LINE_UP, REACH_LINES, "Up", "", "A line up")                                             \
    X(LINE_DOWN, REACH_LINES, "Down", "", "A line down")                                       \
    X(RUB_OUT, REACH_TEXT, "Backspace", "", "Delete the character before the cursor")          \
    X(DELETE, REACH_TEXT, "Delete\0Ctrl-D", "", "Delete the character at the cursor")           \
    X(RUB_OUT_WORD, REACH_TEXT, "Ctrl-W", "", "Delete the word before the cursor")             \
    X(CUT_TO_START, REACH_TEXT, "Ctrl-U", "", "Delete to the start of the line")               \
    X(CUT_TO_END, REACH_TEXT, "Ctrl-K", "", "Delete to the end of the line")                   \
    X(UNDO, REACH_TEXT, "Ctrl-_\0Ctrl-Y", "", "Undo the last change of the text")

enum act {
    ACT_NONE,
#define X(name, reach, keys, footer, help) ACT_##name,
    ACT_TABLE(X)
#undef X
        ACT_COUNT
};

/* What a press means where `reach` (REACH_LIST, or REACH_TEXT with or without REACH_LINES)
 * holds; ACT_NONE if nothing. For ACT_NUMBER, press.text holds the digit. A key that types
 * nothing and has no meaning of its own in a text means there what it means in a list: F1 is
 * help, and Up and Down leave a text of one line. */
enum act act_of(const struct press *press, unsigned reach);

/* The nth key of an act as shown, from 0: "Esc"; NULL if it has no more. */
const char *act_key(enum act act, size_t nth);

/* The first key of an act as shown, "" if none; its name in the footer, its help, its reach. */
const char *act_keys(enum act act);
const char *act_name(enum act act);
const char *act_help(enum act act);
unsigned act_reach(enum act act);

#endif

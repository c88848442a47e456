/* SPDX-License-Identifier: MIT */
/* Random keys, pastes, sizes and failures: whatever is pressed, the focus is on something, a
 * hidden page shows nothing, Esc loses nothing that was typed, and every place can be left. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/unit/ui_world.h"
#include "ui/layout.h"

#define EVENTS 50000
#define ROUND 400 /* events until it is tried whether the start page can be reached */

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static struct event any_press(void)
{
    static const char *const TEXTS[] = {"a", "3", "2", " ", "\u00e9", "?",      "o",     "c",
                                        "w", "/", "1", "j", "k",      "\u4e2d", "\u0301"};
    static const enum press_kind KINDS[] = {
        PRESS_ENTER, PRESS_ENTER,     PRESS_ENTER,   PRESS_DOWN, PRESS_DOWN,  PRESS_UP,
        PRESS_TAB,   PRESS_TAB,       PRESS_BACKTAB, PRESS_ESC,  PRESS_HOME,  PRESS_END,
        PRESS_LEFT,  PRESS_PAGE_DOWN, PRESS_PAGE_UP, PRESS_F1,   PRESS_OTHER, PRESS_BACKSPACE,
    };
    struct event event = {.kind = EVENT_PRESS};

    if (any(3) == 0) {
        event.press.kind = PRESS_TEXT;
        strcpy(event.press.text, TEXTS[any(COUNT(TEXTS))]);
    } else if (any(30) == 0) {
        event.press = (struct press){.kind = PRESS_CTRL, .letter = (char)('a' + any(26))};
    } else {
        event.press.kind = KINDS[any(COUNT(KINDS))];
    }
    return event;
}

static struct event any_event(void)
{
    switch (any(40)) {
    case 0:
        return (struct event){.kind = EVENT_PASTE, .text = "pasted\n\033[2J 3 4 2018\n"};
    case 1:
        return (struct event){
            .kind = EVENT_RESIZE, .rows = (int)any(60), .cols = (int)any(140)};
    case 2:
        return (struct event){.kind = EVENT_CHOOSE, .id = (int)any(360)};
    case 3:
        return (struct event){.kind = EVENT_WRITE, .id = 100 + (int)any(60), .text = "Written"};
    case 4:
        return (struct event){.kind = any(20) ? EVENT_ACT : EVENT_IDLE, .act = ACT_SEARCH};
    default:
        return any_press();
    }
}

static void check_page(struct ui_world *world, struct frame *frame)
{
    const struct page *page = &world->page;

    app_view(&world->app, &world->page);
    frame_layout(frame, page, world->app.rows, world->app.cols);
    if (world->app.place == AT_HIDDEN) {
        assert_true(page->blank);
        assert_int_equal(page->count, 0);
        return;
    }
    assert_true(page->focus < page->count);
    assert_int_not_equal(page->block[page->focus].id, 0);
    if (frame->rows > 0 && frame->cols > 0) {
        assert_in_range(frame->cursor_row, 0, frame->rows - 1);
        assert_in_range(frame->cursor_col, 0, frame->cols - 1);
    }
}

/* What the focused field holds, and where. */
static const struct edit *focused_edit(struct ui_world *world)
{
    const struct page *page = &world->page;

    app_view(&world->app, &world->page);
    if (page->focus >= page->count || page->block[page->focus].kind != BLOCK_FIELD)
        return NULL;
    return page->block[page->focus].edit;
}

static void press_esc(struct ui_world *world)
{
    const struct edit *edit = focused_edit(world);
    /* Blanks alone say nothing: a field that holds no more counts as empty everywhere. */
    bool said = edit && !edit->secret && !utf8_blank(edit_text(edit));
    char *text = said ? xstrdup(edit_text(edit)) : NULL;
    size_t question = world->app.question;
    bool asks = world->app.place == AT_QUESTION;

    ui_press(world, PRESS_ESC);
    if (text &&
        !(asks && world->app.deciding && world->app.decision.answers.answer[question].given)) {
        if (!asks || world->app.deciding)
            assert_string_equal(edit_text(edit), text);
        else
            assert_string_equal(text, "");
    }
    free(text);
}

static void start_anew(struct ui_world *world)
{
    struct buf draft = world->draft, record = world->record;
    char reference[REFERENCE_SIZE];

    memcpy(reference, world->reference, sizeof(reference));
    world->draft = world->record = (struct buf){0};
    ui_world_release(world);
    ui_world_init(world, any(2));
    ui_world_agree(world);
    buf_release(&world->draft);
    world->draft = draft;
    world->record = record;
    memcpy(world->reference, reference, sizeof(reference));
}

static bool is_root(enum place place)
{
    return place == AT_HOME || place == AT_START || place == AT_UNLOCK;
}

static void check_leavable(struct ui_world *world)
{
    enum place from = world->app.place;

    world->refuse = EFFECT_NONE;
    for (int n = 0; n < 80 && !is_root(world->app.place); n++)
        press_esc(world);
    if (!is_root(world->app.place))
        fail_msg("no way out of place %d to place %d", (int)from, (int)world->app.place);
}

static void holds_whatever_is_pressed(void **state)
{
    static const enum effect_kind REFUSED[] = {EFFECT_NONE, EFFECT_NONE, EFFECT_NONE,
                                               EFFECT_SAVE, EFFECT_SIGN, EFFECT_LIST};
    bool seen[PLACE_COUNT] = {false};
    struct ui_world world;
    struct frame frame = {0};

    (void)state;
    ui_world_init(&world, false);
    ui_world_agree(&world);
    for (int n = 0; n < EVENTS; n++) {
        struct event event = any_event();

        if (n % ROUND == 0) {
            check_leavable(&world);
            world.app.rows = 24;
            world.app.cols = 80;
            world.reviewer = any(3) == 0;
            world.app.world.me.role = world.reviewer ? ROLE_SUPERVISOR : ROLE_PRACTITIONER;
            world.followed = 0;
            world.more = any(2);
            world.no_receiver = world.more;
            world.state = any(2) ? STATE_WAITING : (enum state)any(STATE_COUNT);
            world.refuse = REFUSED[any(COUNT(REFUSED))];
        }
        if (event.kind == EVENT_PRESS && event.press.kind == PRESS_ESC)
            press_esc(&world);
        else
            ui_feed(&world, event);
        check_page(&world, &frame);
        seen[world.app.place] = true;
        if (world.ended || world.locked)
            start_anew(&world);
    }
    frame_release(&frame);
    ui_world_release(&world);
    assert_true(seen[AT_QUESTION] && seen[AT_ITEM] && seen[AT_CHECK] && seen[AT_OUTCOME]);
    assert_true(seen[AT_SIGNED] && seen[AT_RECORD] && seen[AT_HELP] && seen[AT_VOID]);
    assert_true(seen[AT_FILTER] && seen[AT_TO_DO] && seen[AT_DONE] && seen[AT_FIGURES]);
    assert_true(seen[AT_PATH] && seen[AT_SEARCH]);
    assert_true(seen[AT_AGREEMENT] && seen[AT_PROGRAMME] && seen[AT_TERMS]);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {cmocka_unit_test(holds_whatever_is_pressed)};

    secret_init();
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The app of a test: its events, keys, ways through it, and pages compared with goldens. */
#include "tests/unit/unit.h"
#include "tests/unit/ui_world.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/record_cases.h"
#include "ui/layout.h"
#include "ui/plain.h"

void ui_feed(struct ui_world *world, struct event event)
{
    struct error error;
    enum effect_kind effect;

    event.now = world->now;
    while ((effect = app_update(&world->app, &event)) != EFFECT_NONE) {
        world->last = effect;
        world->ended = world->ended || effect == EFFECT_QUIT;
        world->locked = world->locked || effect == EFFECT_LOCK;
        event.kind = EVENT_DONE;
        if (world->ended || world->locked)
            return;
        if (effect == world->refuse) {
            event.kind = EVENT_FAILED;
            (void)!(fail)(&error, STATUS_IO, "Free some space.", "The disk is full.");
            event.error = &error;
        } else {
            ui_carry_out(world, effect);
        }
    }
}

void ui_world_init(struct ui_world *world, bool store_there)
{
    static struct world_user user = {"a.example", ROLE_PRACTITIONER};

    *world = (struct ui_world){.now = test_moment(), .pack = pack_for_tests()};
    app_init(&world->app);
    page_init(&world->page);
    world->app.world.store_there = store_there;
    world->app.world.user = &user;
    world->app.world.user_count = store_there;
    ui_feed(world, (struct event){.kind = EVENT_START});
}

void ui_world_agree(struct ui_world *world)
{
    world->county = agreement_for_tests("county");
    world->joined = pack_joined_for_tests("county");
}

void ui_world_release(struct ui_world *world)
{
    app_release(&world->app);
    page_release(&world->page);
    buf_release(&world->draft);
    buf_release(&world->record);
    pack_free(world->pack);
    pack_free(world->joined);
    arena_release(&world->arena);
    agreement_free(world->county);
}

/* --- Keys --------------------------------------------------------------------------------- */

void ui_press(struct ui_world *world, enum press_kind kind)
{
    ui_feed(world, (struct event){.kind = EVENT_PRESS, .press = {.kind = kind}});
}

void ui_ctrl(struct ui_world *world, char letter)
{
    ui_feed(world, (struct event){.kind = EVENT_PRESS,
                                  .press = {.kind = PRESS_CTRL, .letter = letter}});
}

void ui_type(struct ui_world *world, const char *text)
{
    for (; *text; text++) {
        struct event event = {.kind = EVENT_PRESS,
                              .press = {.kind = PRESS_TEXT, .text = {*text}}};

        if (*text == '\n')
            event.press.kind = PRESS_ENTER;
        ui_feed(world, event);
    }
}

static const char *words_of(const struct block *block)
{
    return block->column_count > 0 ? block->column[0].text : block->text;
}

static bool begins(const char *text, const char *words)
{
    return strncmp(text, words, strlen(words)) == 0;
}

void ui_focus(struct ui_world *world, const char *words)
{
    ui_press(world, PRESS_PAGE_UP);
    for (int n = 0; n < 200; n++) {
        app_view(&world->app, &world->page);
        if (world->page.focus < world->page.count &&
            begins(words_of(&world->page.block[world->page.focus]), words))
            return;
        ui_press(world, PRESS_TAB);
    }
    fail_msg("the focus never came to '%s' on '%s'", words, world->page.title);
}

void ui_choose(struct ui_world *world, const char *words)
{
    ui_focus(world, words);
    ui_press(world, PRESS_ENTER);
}

const struct answer *ui_answer_of(struct ui_world *world, const char *id)
{
    return &world->app.decision.answers.answer[pack_find_question(world->pack, id)];
}

bool ui_says(struct ui_world *world, const char *words)
{
    const struct page *page = &world->page;

    app_view(&world->app, &world->page);
    if (strstr(page->title, words) || strstr(page->place, words) ||
        (page->message && strstr(page->message, words)))
        return true;
    for (size_t n = 0; n < page->count; n++) {
        const struct block *block = &page->block[n];

        if (strstr(words_of(block), words) || (block->detail && strstr(block->detail, words)))
            return true;
        for (size_t column = 1; column < block->column_count; column++)
            if (strstr(block->column[column].text, words))
                return true;
    }
    return false;
}

void assert_ui_says(struct ui_world *world, const char *words)
{
    struct buf out = {0};

    if (ui_says(world, words))
        return;
    plain_print(&world->page, &out);
    fail_msg("the page does not say '%s':\n%s", words, buf_text(&out));
}

/* --- Ways through ------------------------------------------------------------------------- */

void ui_begin(struct ui_world *world)
{
    ui_choose(world, "Practise");
    ui_choose(world, "Make a new decision");
}

void ui_answer_all(struct ui_world *world)
{
    ui_choose(world, "No");
    ui_choose(world, "We were asked");
    ui_choose(world, "Once");
    ui_type(world, "North School\n\n\n\n");
    ui_choose(world, "I called back");
    ui_choose(world, "To protect a child");
    ui_type(world, "Amy Example\n3 4 2018\n\n");
    ui_choose(world, "Yes, and they refused");
    ui_choose(world, "Yes");
    ui_choose(world, "A child could be hurt");
    ui_choose(world, "Continue");
    ui_type(world, "The family may stop coming\n");
    ui_type(world, "East Police\n\n\n\n");
    ui_choose(world, "By secure mail");
    ui_choose(world, "Add the first item");
    ui_type(world, "Attendance this term\n");
    ui_choose(world, "Yes, it was asked for");
    ui_choose(world, "Share it");
    ui_type(world, "They can help if they know how often\n");
    ui_choose(world, "Keep this item");
    ui_choose(world, "Add another item");
    ui_type(world, "The mother's health\n");
    ui_choose(world, "Yes, it was asked for");
    ui_choose(world, "Withhold it");
    ui_type(world, "It does not bear on the child's safety\n");
    ui_choose(world, "Keep this item");
    ui_choose(world, "That is all");
    ui_choose(world, "I have nothing to say");
    ui_choose(world, "Yes");
    ui_choose(world, "Yes, all of it");
}

/* --- Goldens ------------------------------------------------------------------------------ */

void assert_page(struct ui_world *world, const char *name)
{
    struct frame frame = {0};
    struct buf out = {0};
    char file[80];

    app_view(&world->app, &world->page);
    frame_layout(&frame, &world->page, 24, 80);
    for (int row = 0; row < frame.rows; row++)
        buf_printf(&out, "%s\n", frame.row[row].text);
    buf_printf(&out, "cursor %d,%d\n", frame.cursor_row, frame.cursor_col);
    snprintf(file, sizeof(file), "page-%s.80x24", name);
    assert_golden(file, &out);
    buf_clear(&out);
    world->app.plain = true;
    app_view(&world->app, &world->page);
    plain_print(&world->page, &out);
    snprintf(file, sizeof(file), "page-%s.plain", name);
    assert_golden(file, &out);
    world->app.plain = false;
    buf_release(&out);
    frame_release(&frame);
}

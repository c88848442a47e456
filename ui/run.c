/* SPDX-License-Identifier: MIT */
/*
 * The loop: input, app, effects, paint. Keys that wait are dealt with before anything is
 * painted, so a held key costs one paint; an effect is carried out before the paint that
 * follows it, so what the screen shows as answered is saved.
 */
#include "ui/run.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "exchange/browse.h"
#include "ui/runner.h"
#include "ui/term.h"

/* --- Events and effects
 * ------------------------------------------------------------------------ */

static void carry_out(struct runner *runner, enum effect_kind effect, struct event *event)
{
    static struct error error;
    event->kind = EVENT_DONE;
    event->now = moment_now();
    if (effect == EFFECT_SUSPEND) {
        term_suspend();
    } else if (effect == EFFECT_REPAINT) {
        term_repaint();
    } else if (perform(&runner->performer, &runner->app, effect, event->now, &error) !=
               STATUS_OK) {
        event->kind = EVENT_FAILED;
        event->error = &error;
    }
}

/* Of what follows only the terminal's own is done at once. */
static void feed_meanwhile(struct runner *runner, const struct event *event)
{
    enum effect_kind effect = app_update(&runner->app, event);
    if (effect == EFFECT_SUSPEND)
        term_suspend();
    else if (effect == EFFECT_REPAINT)
        term_repaint();
}

void runner_feed(struct runner *runner, struct event event)
{
    event.now = moment_now();
    if (runner->watching) {
        feed_meanwhile(runner, &event);
        return;
    }
    for (;;) {
        enum effect_kind effect = app_update(&runner->app, &event);
        if (effect == EFFECT_NONE)
            return;
        if (runner->ending == ENDING_NONE && (effect == EFFECT_QUIT || effect == EFFECT_LOCK))
            runner->ending = effect == EFFECT_QUIT ? ENDING_QUIT : ENDING_LOCK;
        if (effect == EFFECT_LOCK && !runner->plain)
            term_close();
        if (effect == EFFECT_LOCK)
            carry_out(runner, effect, &event);
        if (runner->ending != ENDING_NONE)
            return;
        carry_out(runner, effect, &event);
    }
}

void runner_hang_up(struct runner *runner)
{
    runner_feed(runner, (struct event){.kind = EVENT_IDLE});
    runner->ending = ENDING_QUIT;
}

/* --- The full screen
 * ---------------------------------------------------------------------------- */

static void resize(struct runner *runner)
{
    struct event event = {.kind = EVENT_RESIZE};
    term_size(&event.rows, &event.cols);
    runner_feed(runner, event);
}

static void paint(struct runner *runner)
{
    app_view(&runner->app, &runner->page);
    frame_layout(runner->frame, &runner->page, runner->app.rows, runner->app.cols);
    term_paint(runner->frame);
}

/* PgUp and PgDn where the focus has nowhere to go scroll what is written. */
static void press(struct runner *runner, const struct press *press)
{
    const struct app *app = &runner->app;
    enum place place = app->place;
    int focus = app->focus;
    runner_feed(runner, (struct event){.kind = EVENT_PRESS, .press = *press});
    if (app->place != place || app->focus != focus || runner->ending != ENDING_NONE)
        return;
    if (press->kind == PRESS_PAGE_UP || press->kind == PRESS_PAGE_DOWN)
        frame_scroll(runner->frame, press->kind == PRESS_PAGE_UP ? -1 : 1);
}

/* Signals wait like keys: they are blocked but in term_wait. */
static bool nobody_types(void *data)
{
    sigset_t waiting;
    (void)data;
    return !term_waits() && sigpending(&waiting) == 0 && sigisemptyset(&waiting);
}

/* What costs more the longer the log is comes behind the page, and gives way to any key. */
static void count_behind(struct runner *runner)
{
    struct world *world = &runner->app.world;
    if (world->counting != COUNT_WANTED || !nobody_types(NULL))
        return;
    performer_count(&runner->performer, &runner->app, moment_now(), nobody_types, NULL);
    if (world->counting == COUNT_KNOWN)
        paint(runner);
}

static void take_input(struct runner *runner, int seconds)
{
    const char *text;
    struct press key;
    do {
        switch (term_wait(seconds, &key, &text)) {
        case TERM_PRESS:
            press(runner, &key);
            break;
        case TERM_PASTE:
            runner_feed(runner, (struct event){.kind = EVENT_PASTE, .text = text});
            break;
        case TERM_RESIZE:
            resize(runner);
            break;
        case TERM_IDLE:
            runner_feed(runner, (struct event){.kind = EVENT_IDLE});
            break;
        case TERM_HANGUP:
            runner_hang_up(runner);
            break;
        }
    } while (term_waits() && runner->ending == ENDING_NONE);
}

/* During an upload: shows how far it is, and takes what is typed. */
static void watch(void *data)
{
    struct runner *runner = data;
    int seconds = setting_number(runner->options->settings, SETTING_IDLE);
    runner->watching = true;
    if (!nobody_types(NULL)) {
        take_input(runner, seconds);
        runner->pressed = moment_now();
    } else if (moment_now().us - runner->pressed.us > seconds * 1000000LL) {
        runner_feed(runner, (struct event){.kind = EVENT_IDLE});
    }
    paint(runner);
    runner->watching = false;
}

static void run_screen(struct runner *runner)
{
    struct frame frame = {0};
    int seconds = setting_number(runner->options->settings, SETTING_IDLE);
    runner->frame = &frame;
    while (runner->ending == ENDING_NONE) {
        paint(runner);
        count_behind(runner);
        take_input(runner, seconds);
        runner->pressed = moment_now();
    }
    frame_release(&frame);
}

/* --- Both
 * ---------------------------------------------------------------------------------------- */

/* A fresh address space holds nothing of what was open. */
static enum status start_anew(const struct run_options *options, struct error *error)
{
    execv("/proc/self/exe", options->argv);
    execvp(options->argv[0], options->argv);
    return fail(error, STATUS_IO, "Start Discern again.",
                "Discern is locked and could not start itself again.");
}

static bool open_screen(struct runner *runner, const char **ret_notice)
{
    struct term_options options = {
        .colour = setting_yes(runner->options->settings, SETTING_COLOUR),
    };
    struct error error;
    if (runner->options->plain)
        return false;
    if (term_open(&options, ret_notice, &error) == STATUS_OK)
        return true;
    printf("The full screen cannot be used here: %s\nThese are plain prompts instead.\n\n",
           error.what);
    return false;
}

enum status run(const struct run_options *options, struct error *error)
{
    struct runner runner = {
        .options = options,
        .performer = {.settings = options->settings,
                      .library = options->library,
                      .replay = options->replay},
    };
    const char *notice = NULL;
    enum ending ending;
    struct browse browse;
    app_init(&runner.app);
    page_init(&runner.page);
    browse_init(&browse);
    if (options->browse)
        performer_look(&runner.performer, &runner.app, source_register(&browse));
    else
        performer_start(&runner.performer, &runner.app, options->practice, options->user);
    runner.plain = !open_screen(&runner, &notice);
    runner.app.plain = runner.plain;
    runner.performer.watch = runner.plain ? runner_plain_watch : watch;
    runner.performer.watch_data = &runner;
    if (!runner.plain)
        resize(&runner);
    runner_feed(&runner, (struct event){.kind = EVENT_START});
    if (notice != NULL)
        runner.app.world.notice = notice;
    if (runner.plain)
        runner_plain(&runner);
    else
        run_screen(&runner);
    term_close();
    ending = runner.ending;
    performer_release(&runner.performer);
    page_release(&runner.page);
    app_release(&runner.app);
    browse_release(&browse);
    return ending == ENDING_LOCK ? start_anew(options, error) : STATUS_OK;
}

/* SPDX-License-Identifier: MIT */
/*
 * What a person at the screen waits for, with a log of 1,000 entries and with one of 1,000,000:
 * the built program in a pseudo-terminal, keys typed at it, and the time until the page that
 * they ask for is whole. `bench_screen SMALL LARGE`, two folders that make_log made; DISCERN
 * and DISCERN_DATA name the program and its packs. `make bench-screen` runs it.
 *
 * Read the ratios, not the milliseconds: both logs and the floor, a bare list in ncurses, take
 * turns in one run. Wanted are at most 1.2 between the logs (memory 1.5), at most 2 between a
 * page down and the floor's, and 10 ms in the median and 30 ms at p95 for each letter of a
 * search. Unlocking is a matter of the passphrase and is left out.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/bench/log_maker.h"
#include "tests/terminal/vt.h"

#define ROUNDS 5 /* sessions of each, turn about */
#define TIMES 12 /* of each key in a session */
#define SAMPLES 400

enum thing { FIRST_PAGE, PAGE_DOWN, THE_END, FILTER, RARE, COMMON, MEMORY, THINGS };

static const char *const names[THINGS] = {
    "first page of the log", "page down",           "jump to the end", "change of filter",
    "search, rare word",     "search, common word", "memory, MiB",
};

struct samples {
    double took[SAMPLES]; /* milliseconds */
    size_t count;
};

struct session {
    struct vt *vt;
    double began;
    struct samples *samples; /* THINGS of them */
};

static double now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void add(struct samples *samples, double value)
{
    if (samples->count < SAMPLES)
        samples->took[samples->count++] = value;
}

/* --- keys and pages ----------------------------------------------------------------------- */

static void must(bool came)
{
    if (!came)
        die("The page that was waited for did not come.");
}

static void press(struct session *session, const char *keys)
{
    session->began = now_ms();
    vt_send(session->vt, keys);
}

static void seen(struct session *session, enum thing thing)
{
    add(&session->samples[thing], now_ms() - session->began);
}

struct cursor {
    int row;
    char text[400];
};

static struct cursor cursor_of(struct vt *vt)
{
    struct cursor cursor;
    int col;

    vt_cursor(vt, &cursor.row, &col);
    snprintf(cursor.text, sizeof(cursor.text), "%s", vt_row(vt, cursor.row));
    return cursor;
}

/* A count that comes to its end behind a colon moves nothing. */
static bool has_moved(struct vt *vt, const void *about)
{
    const struct cursor *was = about;
    struct cursor is = cursor_of(vt);
    size_t length = strcspn(is.text, ":");

    return is.row != was->row || length != strcspn(was->text, ":") ||
           memcmp(is.text, was->text, length) != 0;
}

static void press_and_wait(struct session *session, const char *keys)
{
    struct cursor was = cursor_of(session->vt);

    press(session, keys);
    must(vt_wait(session->vt, has_moved, &was));
}

static void press_and_see(struct session *session, const char *keys, enum thing thing)
{
    press_and_wait(session, keys);
    seen(session, thing);
}

/* Moves with a key until the cursor stands on the words. */
static void move_to(struct vt *vt, const char *key, const char *words)
{
    struct cursor was = cursor_of(vt);

    for (; !strstr(was.text, words); was = cursor_of(vt)) {
        vt_send(vt, key);
        must(vt_wait(vt, has_moved, &was));
    }
}

/* --- a session ---------------------------------------------------------------------------- */

static void open_log(struct session *session)
{
    struct vt *vt = session->vt;

    must(vt_wait_text(vt, "Unlock Discern"));
    move_to(vt, VT_DOWN, "sam.1");
    vt_send(vt, " ");
    must(vt_wait_text(vt, "> Passphrase"));
    vt_send(vt, LOG_PASSPHRASE "\r");
    must(vt_wait_text(vt, "What do you want to do?"));
    move_to(vt, VT_DOWN, "Read the log");
    press_and_see(session, "\r", FIRST_PAGE);
}

static void turn_pages(struct session *session)
{
    for (int i = 0; i < TIMES; i++)
        press_and_see(session, VT_PAGE_DOWN, PAGE_DOWN);
    for (int i = 0; i < TIMES; i++) {
        press_and_see(session, "G", THE_END);
        press_and_wait(session, "g");
    }
}

/* Each adds something to the filter before. */
static void change_filters(struct session *session)
{
    static const char *const ticks[] = {"[ ] Departs", "[ ] Urgent", "[ ] Asks for a guardian"};
    struct vt *vt = session->vt;

    for (size_t i = 0; i < COUNT(ticks); i++) {
        move_to(vt, "\t", "Filter and sort");
        vt_send(vt, "\r");
        must(vt_wait_text(vt, "Show them"));
        move_to(vt, "\t", ticks[i]);
        press_and_wait(session, " ");
        move_to(vt, VT_BACKTAB, "Show them");
        press(session, "\r");
        must(vt_wait_text(vt, "ith: ")); /* "With: ", or a count and "with: " */
        seen(session, FILTER);
    }
}

static void search(struct session *session, const char *word, enum thing thing)
{
    char typed[40] = "";

    for (size_t i = 0; word[i]; i++) {
        const char letter[] = {word[i], '\0'};

        strcat(typed, letter);
        press(session, letter);
        must(vt_wait_cursor(session->vt, typed));
        seen(session, thing);
    }
    vt_send(session->vt, VT_CTRL('u'));
    must(vt_wait_gone(session->vt, typed));
}

/* MiB of the program in memory. */
static double memory_of(const struct vt *vt)
{
    char *path = xasprintf("/proc/%d/statm", (int)vt_pid(vt));
    FILE *file = fopen(path, "r");
    long all, resident = 0;

    if (!file || fscanf(file, "%ld %ld", &all, &resident) != 2)
        die("How much memory it takes cannot be read.");
    fclose(file);
    free(path);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static void end(struct session *session)
{
    int status;

    must(vt_wait_end(session->vt, &status));
    vt_end(session->vt);
}

static void look_at(const char *dir, struct samples *samples)
{
    const char *program = getenv("DISCERN");
    const char *arguments[] = {program ? program : "./discern", "--store", dir, NULL};
    struct session session = {.samples = samples};

    session.vt = vt_start(&(struct vt_options){.arguments = arguments});
    open_log(&session);
    turn_pages(&session);
    change_filters(&session);
    vt_send(session.vt, "/");
    must(vt_wait_text(session.vt, "Words or their beginnings"));
    search(&session, LOG_RARE, RARE);
    search(&session, LOG_COMMON, COMMON);
    add(&samples[MEMORY], memory_of(session.vt));
    vt_signal(session.vt, SIGTERM);
    end(&session);
}

static void look_at_floor(struct samples *samples)
{
    const char *arguments[] = {"tests/bench/floor", NULL};
    struct session session = {.samples = samples};

    session.vt = vt_start(&(struct vt_options){.arguments = arguments});
    must(vt_wait_text(session.vt, "q leave"));
    /* It paints in pieces: a page is there with its last row, the 23rd of 24. */
    for (int page = 2; page < 2 + TIMES; page++) {
        char last[16];

        snprintf(last, sizeof(last), "R%07d", 23 * page + 22);
        press(&session, VT_PAGE_DOWN);
        must(vt_wait_text(session.vt, last));
        seen(&session, PAGE_DOWN);
    }
    vt_send(session.vt, "q");
    end(&session);
}

/* --- what came of it ---------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return (one > other) - (one < other);
}

/* Of a hundred samples so many are less. */
static double at(struct samples *samples, size_t hundredth)
{
    qsort(samples->took, samples->count, sizeof(samples->took[0]), compare);
    return samples->took[samples->count * hundredth / 100];
}

static void print_all(struct samples *small, struct samples *large, struct samples *floor)
{
    printf("%-24s %9s %9s %9s %9s\n", "milliseconds, medians", "small", "large", "ratio",
           "large p95");
    for (size_t i = 0; i < THINGS; i++)
        printf("%-24s %9.3f %9.3f %9.2f %9.3f\n", names[i], at(&small[i], 50),
               at(&large[i], 50), at(&large[i], 50) / at(&small[i], 50), at(&large[i], 95));
    printf("%-24s %9.3f %9.3f %9.2f\n", "page down and the floor", at(&floor[PAGE_DOWN], 50),
           at(&large[PAGE_DOWN], 50), at(&large[PAGE_DOWN], 50) / at(&floor[PAGE_DOWN], 50));
}

int main(int argc, char **argv)
{
    static struct samples small[THINGS], large[THINGS], floor[THINGS];

    if (argc < 3) {
        fprintf(stderr, "Usage: bench_screen SMALL LARGE\n");
        return 2;
    }
    for (int round = 0; round < ROUNDS; round++) {
        look_at(argv[1], small);
        look_at(argv[2], large);
        look_at_floor(floor);
    }
    print_all(small, large, floor);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * What looking things up costs in a log of 1,000 entries and in one of 1,000,000, in one run:
 * `bench_log SMALL LARGE`, two folders that make_log made; `make bench-log` makes and gives
 * them. Each log is looked at by a process of its own, as a user's would be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/bench/log_maker.h"

#define ROWS 18   /* of a page, as on a screen of 24 lines */
#define TIMES 300 /* of each */

static double now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void must(enum status status, const struct error *error)
{
    if (status != STATUS_OK)
        die("%s %s", error->what, error->remedy);
}

/* --- What is measured --------------------------------------------------------------------- */

/* One page; what it is of changes with the turn. */
struct bench {
    struct store *store;
    int turn;
    int64_t after; /* where the last page ended */
    struct arena arena;
};

static void page(struct bench *bench, struct log_query query)
{
    struct window window;
    struct error error;

    query.limit = ROWS;
    must(store_list(bench->store, &query, &bench->arena, &window, &error), &error);
    bench->after = window.count ? window.row[window.count - 1].sequence : 0;
    arena_release(&bench->arena);
}

static void first_page(struct bench *bench)
{
    page(bench, (struct log_query){0});
}

static void page_down(struct bench *bench)
{
    page(bench, (struct log_query){.after = bench->after});
}

static void jump_to_end(struct bench *bench)
{
    page(bench, (struct log_query){.backwards = bench->turn % 2, .order = LOG_NEWEST_FIRST});
}

static void change_filter(struct bench *bench)
{
    const date day = 20500; /* in 2026 */
    const struct log_query queries[] = {
        {.outcomes = 1u << OUTCOME_SHARE},
        {.departed = true},
        {.author = "jo.3", .urgent = true},
        {.states = 1u << STATE_AGREED, .agreement = "weisf"},
        {.purpose = "Protect an adult", .outcomes = 1u << OUTCOME_SEEK_ADVICE},
        {.states = 1u << STATE_WAITING},
        {.from = day, .until = day + 60, .departed = true},
        {.agreement = "essex", .departed = true, .urgent = true},
        {.reviewable = true, .order = LOG_OLDEST_FIRST},
        {.overdue = true, .today = day},
        {.order = LOG_BY_AUTHOR},
        {.author = "jo.1", .states = 1u << STATE_RETURNED},
    };

    page(bench, queries[(size_t)bench->turn % COUNT(queries)]);
}

/* Letter by letter, with the hits in their context. */
static void type_word(struct bench *bench, const char *word)
{
    size_t letters = 1 + (size_t)bench->turn % strlen(word);
    char *typed = xstrndup(word, letters);
    struct log_query query = {.search = typed, .limit = ROWS};
    struct excerpt excerpt;
    struct window window;
    struct error error;

    must(store_list(bench->store, &query, &bench->arena, &window, &error), &error);
    for (size_t i = 0; i < window.count; i++)
        must(store_excerpt(bench->store, window.row[i].sequence, typed, 70, &bench->arena,
                           &excerpt, &error),
             &error);
    arena_release(&bench->arena);
    free(typed);
}

static void search_rare(struct bench *bench)
{
    type_word(bench, LOG_RARE);
}

static void search_common(struct bench *bench)
{
    type_word(bench, bench->turn % 2 ? LOG_COMMON : "police");
}

static void search_two(struct bench *bench)
{
    type_word(bench, bench->turn % 2 ? "police vandrelomi" : "marsh knife");
}

static void look_at_todo(struct bench *bench)
{
    struct duty_query query = {.mine = bench->turn % 2, .limit = ROWS};
    struct duty_window window;
    struct error error;

    must(store_duties(bench->store, &query, &bench->arena, &window, &error), &error);
    arena_release(&bench->arena);
}

static void look_at_figures(struct bench *bench)
{
    struct figure *list;
    struct error error;
    size_t count;

    must(store_figure(bench->store, FIGURE_OUTCOME, 20200, 20500, &bench->arena, &list, &count,
                      &error),
         &error);
    arena_release(&bench->arena);
}

static void start_screen(struct bench *bench)
{
    struct figures figures;
    struct error error;

    must(store_figures(bench->store, &figures, &error), &error);
}

static const struct {
    const char *name;
    void (*run)(struct bench *bench);
} benches[] = {
    {"first page", first_page},
    {"page down", page_down},
    {"jump to the end", jump_to_end},
    {"change of filter", change_filter},
    {"search, rare word", search_rare},
    {"search, common word", search_common},
    {"search, two words", search_two},
    {"to do", look_at_todo},
    {"figures of a year", look_at_figures},
    {"start screen", start_screen},
};

/* --- Measuring ---------------------------------------------------------------------------- */

struct result {
    double median, late; /* milliseconds; late: 95 in 100 are quicker */
};

struct results {
    struct result open, bench[COUNT(benches)];
    long memory; /* KiB at most */
};

static int compare(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return (one > other) - (one < other);
}

static struct result measure(struct bench *bench, void (*run)(struct bench *bench))
{
    double took[TIMES];

    for (bench->turn = 0; bench->turn < TIMES; bench->turn++) {
        double began = now_ms();

        run(bench);
        took[bench->turn] = now_ms() - began;
    }
    qsort(took, TIMES, sizeof(took[0]), compare);
    return (struct result){took[TIMES / 2], took[TIMES * 95 / 100]};
}

/* The first page of a store that was just opened; opening itself is a matter of the passphrase,
 * not of the log. */
static struct result measure_open(const char *dir)
{
    double took[9];

    for (size_t i = 0; i < COUNT(took); i++) {
        struct bench bench = {0};
        struct error error;
        double began;

        must(log_open(dir, "sam.1", &bench.store, &error), &error);
        began = now_ms();
        first_page(&bench);
        took[i] = now_ms() - began;
        store_close(bench.store);
    }
    qsort(took, COUNT(took), sizeof(took[0]), compare);
    return (struct result){took[COUNT(took) / 2], took[COUNT(took) - 1]};
}

static void look_at(const char *dir, struct results *results)
{
    struct bench bench = {0};
    struct rusage usage;
    struct error error;

    results->open = measure_open(dir);
    must(log_open(dir, "sam.1", &bench.store, &error), &error);
    for (size_t i = 0; i < COUNT(benches); i++)
        results->bench[i] = measure(&bench, benches[i].run);
    store_close(bench.store);
    getrusage(RUSAGE_SELF, &usage);
    results->memory = usage.ru_maxrss;
}

/* In a process of its own, so that its memory is its own. */
static struct results look_apart(const char *dir)
{
    struct results results = {0};
    int way[2], status;
    pid_t child;

    if (pipe(way) != 0 || (child = fork()) < 0)
        die("No process can be started.");
    if (child == 0) {
        look_at(dir, &results);
        _exit(write(way[1], &results, sizeof(results)) == (ssize_t)sizeof(results) ? 0 : 1);
    }
    close(way[1]);
    if (read(way[0], &results, sizeof(results)) != (ssize_t)sizeof(results))
        die("Looking at %s failed.", dir);
    close(way[0]);
    waitpid(child, &status, 0);
    return results;
}

static void print_row(const char *name, struct result small, struct result large)
{
    printf("%-22s %9.3f %9.3f %9.2f %9.3f\n", name, small.median, large.median,
           large.median / small.median, large.late);
}

static void print_results(const struct results *small, const struct results *large)
{
    printf("%-22s %9s %9s %9s %9s\n", "milliseconds", "small", "large", "ratio", "large p95");
    print_row("first page, opened", small->open, large->open);
    for (size_t i = 0; i < COUNT(benches); i++)
        print_row(benches[i].name, small->bench[i], large->bench[i]);
    printf("%-22s %8ldK %8ldK %9.2f\n", "memory at most", small->memory, large->memory,
           (double)large->memory / (double)small->memory);
}

int main(int argc, char **argv)
{
    struct results small, large;

    if (argc < 3) {
        fprintf(stderr, "Usage: bench_log SMALL LARGE\n");
        return 2;
    }
    secret_init();
    small = look_apart(argv[1]);
    large = look_apart(argv[2]);
    print_results(&small, &large);
    return 0;
}

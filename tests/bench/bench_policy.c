/* SPDX-License-Identifier: MIT */
/*
 * What the proof costs. A pack is proved with more and more questions added to it that nothing
 * else looks at, each with a finding of its own: the time should grow as the pack does, not as
 * its paths. Then all installed packs are proved, alone and with each agreement. Prints; judges
 * only what the project promises, and fails if that is not kept.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "policy/agreement.h"
#include "policy/proof.h"

#define RUNS 5            /* of which the fastest counts */
#define TWICE_AT_MOST 2.0 /* what doubling the questions may cost */
#define ALL_AT_MOST 2.0   /* seconds, for all packs with all agreements */

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* others use the machine too */
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void give_up(const struct error *error)
{
    char line[1200];

    error_line(error, line, sizeof(line));
    fprintf(stderr, "%s\n", line);
    exit(1);
}

static char *load(const char *path)
{
    struct buf text = {0};
    struct error error;

    if (file_read(path, INI_FILE_MAX, &text, &error))
        give_up(&error);
    return buf_take(&text);
}

/* --- more questions ----------------------------------------------------------------------- */

/* The pack with so many questions added before its outcomes; its own promise of a length no
 * longer counts. */
static char *with_questions(const char *text, size_t count)
{
    const char *outcomes = strstr(text, "\n[outcome ");
    const char *step = strstr(text, "\nstep = ");
    const char *cite = strstr(text, "\n[source ") + strlen("\n[source ");
    size_t step_length = strcspn(step + 1, "\n"), cite_length = strcspn(cite, "]");
    struct buf out = {0};

    buf_add(&out, text, (size_t)(outcomes + 1 - text));
    for (size_t i = 0; i < count; i++)
        buf_printf(&out,
                   "[question added-%zu]\n%.*s\ntype = choice\nask = Which of these is it?\n"
                   "option.first = The first\noption.second = The second\n"
                   "option.third = The third\nunknown = yes\nwhy = To measure.\n\n"
                   "[finding found-%zu]\nkind = prompt\nwhen = added-%zu is one of first, "
                   "second\nsays = It is one of these.\ncite = %.*s\n\n",
                   i, (int)step_length, step + 1, i, i, (int)cite_length, cite);
    buf_puts(&out, outcomes + 1);
    return buf_take(&out);
}

struct measure {
    double seconds;
    size_t questions, states;
    long double paths;
};

static struct measure measure(const char *name, const char *text)
{
    struct measure best = {.seconds = 1e9};
    struct pack *pack;
    struct error error;

    if (pack_read(name, text, strlen(text), &pack, &error))
        give_up(&error);
    for (int run = 0; run < RUNS; run++) {
        double begun = now();
        struct proof proof;

        proof_run(pack, DATE_NONE, &proof);
        if (now() - begun < best.seconds)
            best = (struct measure){now() - begun, pack->question_count, proof.states,
                                    proof.paths};
        proof_release(&proof);
    }
    pack_free(pack);
    return best;
}

/* Whether twice the questions cost at most twice the time. */
static bool measure_growth(const char *path)
{
    char *text = load(path);
    size_t own = measure(path, text).questions;
    double once = 0, ratio = 0;

    for (size_t times = 1; times <= 8; times *= 2) {
        char *more = with_questions(text, own * (times - 1));
        struct measure cost = measure(path, more);

        printf("%s: %zu questions, %.1Le paths: %.2f ms, %zu states\n", path, cost.questions,
               cost.paths, cost.seconds * 1e3, cost.states);
        if (times == 1)
            once = cost.seconds;
        if (times == 2)
            ratio = cost.seconds / once;
        free(more);
    }
    printf("twice the questions cost %.2f times as much\n", ratio);
    free(text);
    return ratio <= TWICE_AT_MOST;
}

/* --- all packs ---------------------------------------------------------------------------- */

struct files {
    char *dir, **name;
    size_t count;
};

static struct files list(const char *data, const char *folder)
{
    struct files files = {.dir = path_join(data, folder)};
    struct error error;

    if (file_list(files.dir, ".ini", &files.name, &files.count, &error))
        give_up(&error);
    return files;
}

static void release(struct files *files)
{
    free(files->name);
    free(files->dir);
}

static void prove(const struct pack *pack)
{
    struct proof proof;

    proof_run(pack, DATE_NONE, &proof);
    proof_release(&proof);
}

/* The pack with the agreement; one that does not fit the pack is passed over. */
static bool prove_joined(const char *pack_path, const char *pack_text, const char *path)
{
    char *text = load(path);
    struct pack *joined;
    struct error error;
    bool fits = pack_join(pack_path, pack_text, strlen(pack_text), path, text, strlen(text),
                          &joined, &error) == STATUS_OK;

    if (fits) {
        prove(joined);
        pack_free(joined);
    }
    free(text);
    return fits;
}

static size_t prove_with_all(const char *path, const struct files *agreements)
{
    char *text = load(path);
    struct pack *pack;
    struct error error;
    size_t proved = 1;

    if (pack_read(path, text, strlen(text), &pack, &error))
        give_up(&error);
    prove(pack);
    pack_free(pack);
    for (size_t i = 0; i < agreements->count; i++) {
        char *agreement = path_join(agreements->dir, agreements->name[i]);
        const char first = agreements->name[i][0];

        if (first >= 'a' && first <= 'z') /* a capital begins what is no agreement */
            proved += prove_joined(path, text, agreement);
        free(agreement);
    }
    free(text);
    return proved;
}

static bool measure_all(const char *data)
{
    struct files packs = list(data, "policy"), agreements = list(data, "agreements");
    double begun = now(), seconds;
    size_t proved = 0;

    for (size_t i = 0; i < packs.count; i++) {
        char *path = path_join(packs.dir, packs.name[i]);

        proved += prove_with_all(path, &agreements);
        free(path);
    }
    seconds = now() - begun;
    printf("packs, alone and with each agreement: %zu in %.3f seconds\n", proved, seconds);
    release(&agreements);
    release(&packs);
    return seconds <= ALL_AT_MOST;
}

int main(void)
{
    const char *srcdir = getenv("srcdir");
    char *data = path_join(srcdir ? srcdir : ".", "data");
    char *small = path_join(srcdir ? srcdir : ".", "tests/cases/small.ini");
    char *england = path_join(data, "policy/england-safeguarding.ini");
    bool kept = measure_growth(small);

    kept &= measure_growth(england);
    kept &= measure_all(data);
    puts(kept ? "what is promised is kept" : "what is promised is not kept");
    free(england);
    free(small);
    free(data);
    return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: MIT */
/* What it costs the register to receive a bundle, against COPY of the very same rows into bare
 * tables of the same server in the same run; what verifying them costs against that; and what a
 * decision takes up there. */
#include "tests/register/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RECORDS 2500
#define ROUNDS 3
#define SEARCHED 1000 /* bytes that a person typed */
#define WORDED 7000   /* bytes of questions, findings and the like */

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The k-th of some words that look alike enough: short and common ones, and rarer long ones. */
static void spell(unsigned k, char word[16])
{
    size_t length = 0;

    for (k = k * 7919u + 26u; k > 0; k /= 23)
        word[length++] = (char)('a' + k % 23);
    word[length] = '\0';
}

/* Text as people write it: of 5,000 words, half the time one of the 50 commonest. */
static void fill(char *words, size_t size, unsigned seed)
{
    size_t at = 0;

    for (;;) {
        char word[16];

        seed = seed * 1103515245u + 12345u;
        spell((seed >> 16) % ((seed >> 30) < 2 ? 50 : 5000), word);
        if (at + strlen(word) + 2 > size)
            break;
        at += (size_t)snprintf(words + at, size - at, "%s ", word);
    }
    words[at] = '\0';
}

static double receive(struct rig *rig, const struct buf *sealed)
{
    struct received received;
    struct buf receipt = {0};
    struct error error;
    double start = seconds();

    if (register_receive(&rig->county, &rig->desk, sealed, &received, &receipt, &error) !=
            STATUS_OK ||
        received.accepted != RECORDS)
        die("The bundle was not taken: %s", error.what);
    buf_release(&receipt);
    return seconds() - start;
}

static void run(struct rig *rig, const char *sql)
{
    struct error error;

    if (county_run(&rig->county, sql, &error) != STATUS_OK)
        die("%s: %s", sql, error.what);
}

/* The rows of this store, written out once, then timed on their way back in. */
static double copy(struct rig *rig, const struct team *team, const char *where)
{
    static const char *const tables[] = {"place", "entry", "body", "step", "decision"};
    double start, sum = 0;

    for (size_t i = 0; i < COUNT(tables); i++) {
        char *make = xasprintf("CREATE TEMP TABLE bare AS SELECT * FROM %s WHERE store = '%s'",
                               tables[i], team->id);
        char *out = xasprintf("COPY bare TO '%s/server/rows'", where);
        char *in = xasprintf("COPY bare FROM '%s/server/rows'", where);

        run(rig, make);
        run(rig, out);
        run(rig, "TRUNCATE bare");
        start = seconds();
        run(rig, in);
        sum += seconds() - start;
        run(rig, "DROP TABLE bare");
        free(make);
        free(out);
        free(in);
    }
    return sum;
}

static void add_record(struct team *team, int number)
{
    char reference[REFERENCE_SIZE], typed[SEARCHED], worded[WORDED];
    struct buf body = {0};

    fill(typed, sizeof(typed), (unsigned)number);
    fill(worded, sizeof(worded), (unsigned)number * 31u);
    record_body(reference_from(number, reference), typed, &body);
    buf_cut(&body, body.length - 1);
    buf_printf(&body, ",\"worded\":\"%s\"}", worded);
    team_add(team, "record", reference, buf_text(&body));
    buf_release(&body);
}

static void round_trip(struct rig *rig, int number, double *ret_received, double *ret_copied)
{
    struct buf plain = {0}, sealed = {0};
    struct team team;

    team_make(rig, &team, true);
    for (int i = 0; i < RECORDS; i++)
        add_record(&team, 100000 + number * RECORDS + i);
    team_plain(rig, &team, 0, team.count, true, &plain);
    team_seal(rig, &team, &plain, &sealed);
    *ret_received = receive(rig, &sealed);
    *ret_copied = copy(rig, &team, rig->folder);
    printf("round %d: received %.0f records/s (%.1f MB/s), COPY %.0f, ratio %.2f\n", number + 1,
           RECORDS / *ret_received, (double)sealed.length / 1e6 / *ret_received,
           RECORDS / *ret_copied, *ret_copied / *ret_received);
    buf_release(&plain);
    buf_release(&sealed);
    team_release(&team);
}

static double verify(struct rig *rig)
{
    double start = seconds();
    struct error error;

    if (register_verify(&rig->county, stdout, &error) != STATUS_OK)
        die("%s", error.what);
    return seconds() - start;
}

int main(void)
{
    double received = 0, copied = 0, one, other;
    struct rig rig;
    char *why = rig_start(&rig);

    if (why) {
        printf("register: not measured: %s\n", why);
        free(why);
        return 0;
    }
    for (int i = 0; i < ROUNDS; i++) {
        round_trip(&rig, i, &one, &other);
        received += one;
        copied += other;
    }
    printf("register: verifying goes at %.1f times the speed of receiving\n",
           received / verify(&rig));
    printf("register: receiving goes at %.2f of the speed of COPY of the same rows; "
           "%lld bytes a record in the database\n",
           copied / received,
           rig_count(&rig,
                     "SELECT sum(pg_total_relation_size(c.oid))::bigint / (SELECT count(*) "
                     "FROM decision) FROM pg_class c JOIN pg_namespace n "
                     "ON n.oid = c.relnamespace WHERE n.nspname = 'discern' "
                     "AND c.relkind = 'r'"));
    rig_stop(&rig);
    return 0;
}

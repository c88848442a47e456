/* SPDX-License-Identifier: MIT */
/* `make_log DIR COUNT [SEED]`: a store with a log of so many made-up entries, to try things on
 * and to show. Its users and their passphrase are in log_maker.h. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/log_maker.h"

static void show(int64_t done, int64_t count)
{
    if (done % 50000 < 2000 || done == count)
        fprintf(stderr, "%lld of %lld entries\n", (long long)done, (long long)count);
}

int main(int argc, char **argv)
{
    long long count = argc > 2 ? atoll(argv[2]) : 0;
    unsigned long long seed = argc > 3 ? strtoull(argv[3], NULL, 10) : LOG_SEED;
    char line[sizeof(struct error) + 32];
    struct error error;

    if (argc < 3 || count < 1) {
        fprintf(stderr, "Usage: make_log DIR COUNT [SEED]\n");
        return 2;
    }
    secret_init();
    if (log_make(argv[1], count, seed, show, &error) == STATUS_OK)
        return 0;
    error_line(&error, line, sizeof(line));
    fprintf(stderr, "%s\n", line);
    return 1;
}

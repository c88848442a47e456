/* SPDX-License-Identifier: MIT */
/* How far something long is, for whoever waits at a terminal. */
#include <unistd.h>

#include "command/command.h"

bool progress_say(int64_t done, int64_t count, void *data)
{
    struct progress *progress = data;

    if (!isatty(fileno(progress->err)) || done < progress->next || done >= count)
        return true;
    fprintf(progress->err, "%s: %lld of %lld entries.\n", progress->what, (long long)done,
            (long long)count);
    progress->next = done + count / 10 + 1;
    return true;
}

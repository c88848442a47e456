/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target over files: those given as arguments, those of folders given, or, without
 * arguments, those of the corpus kept beside the targets (fuzz_pack: corpus-pack). Prints TAP.
 * For build machines without a fuzzer; with one, link the target alone with
 * clang -fsanitize=fuzzer.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/fuzz/target.h"

#define FILE_MAX_BYTES (16u << 20)

/* One file; the target ends the program if anything is wrong with it. */
static void replay_file(const char *path, size_t number)
{
    struct buf bytes = {0};
    struct error error = {0};

    if (file_read(path, FILE_MAX_BYTES, &bytes, &error))
        die("%s: %s", path, error.what);
    LLVMFuzzerTestOneInput((const uint8_t *)buf_text(&bytes), bytes.length);
    buf_release(&bytes);
    printf("ok %zu - %s\n", number, path);
    fflush(stdout);
}

/* All files of a folder, or the file itself; returns how many were replayed by then. */
static size_t replay_path(const char *path, size_t done)
{
    struct error error = {0};
    size_t count = 0;
    char **name;

    if (file_list(path, "", &name, &count, &error)) {
        replay_file(path, done + 1);
        return done + 1;
    }
    for (size_t i = 0; i < count; i++) {
        char *file = path_join(path, name[i]);

        replay_file(file, ++done);
        free(file);
    }
    free(name);
    return done;
}

static char *own_corpus(const char *program)
{
    const char *base = strrchr(program, '/'), *source = getenv("srcdir"), *name;

    base = base ? base + 1 : program;
    name = strstr(base, "fuzz_"); /* libtool and the like may put something before it */
    if (!name)
        die("The corpus of %s is not known; name it.", program);
    return xasprintf("%s/tests/fuzz/corpus-%s", source ? source : ".", name + strlen("fuzz_"));
}

int main(int count, char **argument)
{
    size_t done = 0;

    if (count == 1) {
        char *corpus = own_corpus(argument[0]);

        done = replay_path(corpus, done);
        free(corpus);
    }
    for (int i = 1; i < count; i++)
        done = replay_path(argument[i], done);
    printf("1..%zu\n", done);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong, once for the whole program.
 *
 * A function that can fail returns an enum status and takes, last, a struct error to say
 * what happened. One table gives each status its name, its exit code for scripts and the
 * sentence that introduces it. Nothing below main, command and the terminal prints or exits.
 *
 *     enum status f(inputs..., T *ret_x, struct error *error);
 *
 * Outputs are named ret_... and are untouched on failure.
 */
#ifndef DISCERN_BASE_STATUS_H
#define DISCERN_BASE_STATUS_H

#include <stddef.h>

/*       name         exit  the sentence that introduces it */
#define STATUS_TABLE(X)                                                                        \
    X(OK, 0, "Done")                                                                           \
    X(FAILED, 1, "This did not work")                                                          \
    X(USAGE, 2, "This command was not understood")                                             \
    X(BAD_DATA, 3, "There is a problem with this file")                                        \
    X(REFUSED, 4, "This is not allowed")                                                       \
    X(LOCKED, 5, "The store stays locked")                                                     \
    X(NOT_FOUND, 6, "This was not found")                                                      \
    X(IO, 7, "Something could not be read or written")                                         \
    X(DAMAGED, 8, "The store has been damaged or altered")                                     \
    X(UNSUPPORTED, 9, "This was made by another version of Discern")

enum status {
#define X(name, exit_code, sentence) STATUS_##name,
    STATUS_TABLE(X)
#undef X
};

/* What went wrong, in words for the person who must put it right. Plain data: copy it freely.
 * An empty string, and line 0, mean "not applicable". */
struct error {
    enum status status;
    char what[400];   /* one sentence: what is wrong */
    char remedy[300]; /* one sentence: what to do; empty if there is nothing to do */
    char file[160];   /* the file it is in */
    char field[120];  /* the section, key, question or option it is about */
    int line;         /* counted from 1 */
};

/* Every caller must look at what it got. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* The exit code of a status, as documented in discern(1), EXIT STATUS. */
int status_exit_code(enum status status);

/* A few words that say what kind of failure this is. Never NULL; lives for ever. */
const char *status_sentence(enum status status);

/* Sets *error to the status, the remedy (may be NULL) and the formatted sentence, clears its
 * place, and returns the status: `return fail(error, STATUS_IO, "Free some space.", ...)`.
 * Text that came from outside is made safe to show (utf8.h, utf8_printable). */
enum status fail(struct error *error, enum status status, const char *remedy,
                 const char *what_format, ...) __attribute__((format(printf, 4, 5)));

/* As fail(), and adds where: file, line (0 if none) and field (may be NULL). */
enum status fail_at(struct error *error, enum status status, const char *file, int line,
                    const char *field, const char *remedy, const char *what_format, ...)
    __attribute__((format(printf, 7, 8)));

/* Writes the error as one line, "file:line: field: what Remedy", into text of size bytes. */
void error_line(const struct error *error, char *text, size_t size);

#endif

/* SPDX-License-Identifier: MIT */
/* What tests of the policy room share: the small pack of tests/cases, and answers written on
 * one line, "emergency = no; consent = refused; subject.born = 3 4 2018". */
#ifndef DISCERN_TESTS_POLICY_H
#define DISCERN_TESTS_POLICY_H

#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/mem.h"
#include "policy/answers.h"
#include "policy/pack.h"

static inline void fail_with(const struct error *error)
{
    char line[1000];

    error_line(error, line, sizeof(line));
    fail_msg("%s", line);
}

/* The text of a file of the project; free it. */
static inline char *source_text(const char *name)
{
    struct buf text = {0};
    struct error error = {0};
    char *path = xasprintf("%s/%s", getenv("srcdir") ? getenv("srcdir") : ".", name);

    if (file_read(path, INI_FILE_MAX, &text, &error))
        fail_with(&error);
    free(path);
    return buf_take(&text);
}

static inline char *cases_text(const char *name)
{
    char *path = xasprintf("tests/cases/%s", name), *text = source_text(path);

    free(path);
    return text;
}

static inline struct pack *cases_pack(const char *name)
{
    char *text = cases_text(name);
    struct error error = {0};
    struct pack *pack = NULL;

    if (pack_read(name, text, strlen(text), &pack, &error))
        fail_with(&error);
    free(text);
    return pack;
}

/* Text without the blanks around it; changes it. */
static inline char *trimmed(char *text)
{
    size_t length;

    text += strspn(text, " \t\n");
    length = strlen(text);
    while (length && strchr(" \t\n", text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* Gives one answer, "question = words" or "question.field = words". */
static inline enum status give_one(struct answers *answers, char *text, struct error *error)
{
    char *equals = strchr(text, '='), *dot, *id;
    const char *field = "";
    size_t question;

    assert_non_null(equals);
    *equals = '\0';
    id = trimmed(text);
    dot = strchr(id, '.');
    if (dot) {
        *dot = '\0';
        field = dot + 1;
    }
    question = pack_find_question(answers->pack, id);
    if (question == PACK_NONE)
        fail_msg("there is no question '%s'", id);
    return answer_from_words(answers, question, field, trimmed(equals + 1),
                             (struct moment){1, 0}, error);
}

/* Gives the answers of one line. */
static inline void give(struct answers *answers, const char *line)
{
    char *copy = xstrdup(line), *rest = copy, *text;
    struct error error = {0};

    while ((text = strsep(&rest, ";"))) {
        if (*trimmed(text) && give_one(answers, text, &error))
            fail_with(&error);
    }
    free(copy);
}

#endif

/* SPDX-License-Identifier: MIT */
/* What tests of the policy room share: the packs of tests/cases, as they are and with a change,
 * answers written on one line, "emergency = no; consent = refused; subject.born = 3 4 2018",
 * and the fixture of tests that answer the small pack. */
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
#include "policy/walk.h"

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

static inline struct pack *read_pack(const char *name, const char *text)
{
    struct error error = {0};
    struct pack *pack = NULL;

    if (pack_read(name, text, strlen(text), &pack, &error))
        fail_with(&error);
    return pack;
}

static inline struct pack *cases_pack(const char *name)
{
    char *text = cases_text(name);
    struct pack *pack = read_pack(name, text);

    free(text);
    return pack;
}

/* --- a text with a change ---------------------------------------------------------------- */

/* The first `from` becomes `to`; free it. */
static inline char *mutate(const char *text, const char *from, const char *to)
{
    const char *place = strstr(text, from);

    if (!place)
        fail_msg("the file has no '%s'", from);
    return xasprintf("%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
}

/* The line on which the part begins. */
static inline int line_of(const char *text, const char *part)
{
    const char *place = strstr(text, part);
    int line = 1;

    if (!place)
        fail_msg("the mutated file has no '%s'", part);
    for (const char *at = text; at < place; at++)
        line += *at == '\n';
    return line;
}

/* Gives the text with each line lost, doubled and cut in turn. */
static inline void each_lost_line(const char *text,
                                  void (*look)(const char *changed, const void *data),
                                  const void *data)
{
    for (const char *start = text, *end; (end = strchr(start, '\n')); start = end + 1) {
        size_t before = (size_t)(start - text), length = (size_t)(end - start) + 1;
        char *changed[3] = {
            xasprintf("%.*s%s", (int)before, text, end + 1),
            xasprintf("%.*s%.*s%s", (int)before, text, (int)length, start, start),
            xstrndup(text, before + length / 2),
        };

        for (size_t i = 0; i < COUNT(changed); i++) {
            look(changed[i], data);
            free(changed[i]);
        }
    }
}

/* --- answers ----------------------------------------------------------------------------- */

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

/* --- the fixture ------------------------------------------------------------------------- */

struct setting {
    struct pack *pack;
    struct answers answers;
    struct walk walk;
};

static inline int set_up(void **state)
{
    struct setting *setting = xcalloc(1, sizeof(*setting));

    setting->pack = cases_pack("small.ini");
    answers_init(&setting->answers, setting->pack);
    *state = setting;
    return 0;
}

static inline int tear_down(void **state)
{
    struct setting *setting = *state;

    walk_release(&setting->walk);
    answers_release(&setting->answers);
    pack_free(setting->pack);
    free(setting);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static inline size_t question(const struct setting *setting, const char *id)
{
    size_t number = pack_find_question(setting->pack, id);

    assert_int_not_equal(number, PACK_NONE);
    return number;
}

#endif

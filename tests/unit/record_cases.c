/* SPDX-License-Identifier: MIT */
/* Decisions for the tests of records. */
#include "tests/unit/unit.h"
#include "tests/unit/record_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

const struct person test_signer = {"a.example", "Ann Example", "East team", ROLE_PRACTITIONER};
const unsigned char test_key[DIGEST_SIZE] = {1, 2, 3};

struct moment test_moment(void)
{
    struct moment moment;

    assert_true(moment_parse("2026-11-20T14:30:00+00:00", &moment));
    return moment;
}

static char *source_path(const char *dir, const char *name)
{
    const char *srcdir = getenv("srcdir");

    return xasprintf("%s/tests/%s/%s", srcdir ? srcdir : ".", dir, name);
}

static void read_case(const char *name, struct buf *text)
{
    char *path = source_path("cases", name);
    struct error error;

    if (file_read(path, INI_FILE_MAX, text, &error) != STATUS_OK)
        fail_msg("%s: %s", path, error.what);
    free(path);
}

struct pack *pack_for_tests(void)
{
    struct buf text = {0};
    struct pack *pack = NULL;
    struct error error;
    char line[800];

    read_case("record.ini", &text);
    if (pack_read("record.ini", buf_text(&text), text.length, &pack, &error) != STATUS_OK) {
        error_line(&error, line, sizeof(line));
        fail_msg("%s", line);
    }
    buf_release(&text);
    return pack;
}

static char *agreement_file(const char *id, struct buf *text)
{
    char *name = xasprintf("%s.ini", id);

    read_case(name, text);
    return name;
}

struct agreement *agreement_for_tests(const char *id)
{
    struct agreement *agreement = NULL;
    struct buf text = {0};
    char *name = agreement_file(id, &text);
    struct error error;

    assert_int_equal(agreement_read(name, buf_text(&text), text.length, &agreement, &error),
                     STATUS_OK);
    buf_release(&text);
    free(name);
    return agreement;
}

struct pack *pack_joined_for_tests(const char *agreement)
{
    struct buf pack_text = {0}, text = {0};
    char *name = agreement_file(agreement, &text);
    struct pack *pack = NULL;
    struct error error;
    char line[800];

    read_case("record.ini", &pack_text);
    if (pack_join("record.ini", buf_text(&pack_text), pack_text.length, name, buf_text(&text),
                  text.length, &pack, &error) != STATUS_OK) {
        error_line(&error, line, sizeof(line));
        fail_msg("%s", line);
    }
    buf_release(&pack_text);
    buf_release(&text);
    free(name);
    return pack;
}

/* The pack that the decision is made with, and what its agreement says. */
static void made_pack(struct made *made, const char *agreement)
{
    made->pack = agreement[0] ? pack_joined_for_tests(agreement) : pack_for_tests();
    made->terms = agreement[0] ? agreement_for_tests(agreement) : NULL;
}

void made_walk(struct made *made)
{
    walk_release(&made->walk);
    walk_init(&made->walk, &made->decision.answers, made->decision.day);
}

void made_init(struct made *made, const char *name)
{
    static const unsigned char random[REFERENCE_RANDOM] = {9, 8, 7, 6, 5, 4, 3};
    struct moment begun = test_moment();
    struct answer_file head;
    struct error error;
    struct ini ini;
    char line[800];

    *made = (struct made){0};
    begun.us -= (int64_t)600 * 1000000;
    read_case(name, &made->text);
    if (ini_read(name, buf_text(&made->text), made->text.length, &ini, &error) != STATUS_OK ||
        answer_file_head(&ini, &head, &error) != STATUS_OK)
        goto bad;
    made_pack(made, head.agreement);
    decision_init(&made->decision, made->pack, head.day, begun, random);
    if (head.agreement[0])
        made->decision.agreement = xstrdup(head.agreement);
    if (head.programme[0])
        made->decision.programme = xstrdup(head.programme);
    made->decision.terms = made->terms;
    if (answer_file_apply(&ini, &made->decision, &error) != STATUS_OK)
        goto bad;
    made_walk(made);
    if (decision_complete(&made->decision, &made->walk, &error) != STATUS_OK)
        goto bad;
    assert_true(head.expects);
    assert_string_equal(outcome_id(made->pack->outcome[made->walk.outcome].recommends),
                        outcome_id(head.expect));
    ini_release(&ini);
    return;
bad:
    error_line(&error, line, sizeof(line));
    fail_msg("%s", line);
}

void made_release(struct made *made)
{
    walk_release(&made->walk);
    decision_release(&made->decision);
    pack_free(made->pack);
    agreement_free(made->terms);
    buf_release(&made->text);
}

struct buf made_record(const struct made *made)
{
    struct buf out = {0};

    record_compose(&made->decision, &made->walk, &test_signer, test_moment(), test_key, &out);
    return out;
}

static void show_difference(const char *name, const char *expected, const char *found)
{
    size_t line = 1, at = 0;

    for (; expected[at] && expected[at] == found[at]; at++)
        line += expected[at] == '\n';
    while (at > 0 && expected[at - 1] != '\n')
        at--;
    fail_msg("%s:%zu: expected \"%.*s\", found \"%.*s\"", name, line,
             (int)strcspn(expected + at, "\n"), expected + at, (int)strcspn(found + at, "\n"),
             found + at);
}

void assert_golden(const char *name, const struct buf *text)
{
    char *path = source_path("golden", name);
    const char *update = getenv("UPDATE_GOLDEN");
    struct buf expected = {0};
    struct error error;

    if (update && strcmp(update, "1") == 0) {
        assert_int_equal(file_write(path, buf_text(text), text->length, true, &error),
                         STATUS_OK);
    } else {
        assert_int_equal(file_read(path, INI_FILE_MAX, &expected, &error), STATUS_OK);
        if (strcmp(buf_text(&expected), buf_text(text)) != 0)
            show_difference(name, buf_text(&expected), buf_text(text));
    }
    buf_release(&expected);
    free(path);
}

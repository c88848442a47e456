/* SPDX-License-Identifier: MIT */
/*
 * The supervisor's desk in the built program: a real store of two people, a decision returned,
 * amended and agreed; a record written to a file; an answer file replayed; and the same review
 * played by one person in practice.
 */
#include "../unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "drive.h"

/* From the end of a long page up to the line that holds the words, and Enter. */
static void choose_last(struct vt *vt, const char *page, const char *words)
{
    assert_true(vt_wait_text(vt, page));
    vt_send(vt, "G");
    assert_true(vt_wait_cursor(vt, "> Go back"));
    for (int n = 0; n < 8; n++) {
        int row, col;
        char was[400];

        vt_cursor(vt, &row, &col);
        snprintf(was, sizeof(was), "%s", vt_row(vt, row));
        if (strstr(was, words))
            break;
        vt_send(vt, VT_BACKTAB);
        assert_true(vt_wait_at(vt, row - 1, 1));
    }
    assert_true(vt_wait_cursor(vt, words));
    vt_send(vt, "\r");
}

/* From the first thing of a page down to the line that holds the words, and Enter. */
static void choose_first(struct vt *vt, const char *first, const char *words)
{
    assert_true(vt_wait_text(vt, first));
    vt_send(vt, "g");
    assert_true(vt_wait_cursor(vt, first));
    focus(vt, words);
    vt_send(vt, "\r");
}

/* That a text has the words, whatever the lines that they stand on. */
static void assert_words(const char *text, const char *words)
{
    for (; *text; text++) {
        const char *at = text, *word = words;

        while (*word && (*at == *word || (*word == ' ' && *at == '\n'))) {
            at += *word == ' ' ? strspn(at, " \n") : 1;
            word++;
        }
        if (!*word)
            return;
    }
    fail_msg("it does not say '%s'", words);
}

static void decide(struct vt *vt)
{
    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    answer_rest(vt);
    sign(vt);
}

static void add_supervisor(const struct place_apart *apart)
{
    const char *program = getenv("DISCERN");
    char *file = xasprintf("%s/passphrase", apart->dir);
    char *command = xasprintf("%s %s %s %s user add sam --user ann --name 'Sam Example' "
                              "--team East --role supervisor --passphrase-file %s "
                              "--new-passphrase-file %s >/dev/null",
                              apart->store, apart->data, apart->settings,
                              program ? program : "./discern", file, file);

    write_file(file, PASSPHRASE "\n");
    assert_int_equal(chmod(file, 0600), 0);
    assert_int_equal(system(command), 0);
    free(command);
    free(file);
}

static struct vt *start_as(const struct place_apart *apart, const char *name)
{
    char *option = xasprintf("--user=%s", name);
    struct vt *vt = start(apart, option);

    free(option);
    assert_true(vt_wait_text(vt, "> Passphrase"));
    vt_send(vt, PASSPHRASE "\r");
    return vt;
}

static void return_it(struct vt *vt)
{
    choose(vt, "Review decisions (1 waiting)", "Review decisions");
    type(vt, "Decisions waiting for your review", "\r");
    choose_last(vt, "Waiting for review.", "See how it was decided");
    assert_true(vt_wait_text(vt, "It follows the recommendation."));
    choose_last(vt, "How it was decided", "Review this decision");
    choose(vt, "Your review of the decision", "I return it");
    assert_true(vt_wait_cursor(vt, "( ) More detail is needed"));
    vt_send(vt, "\r");
    type(vt, "> Message to its author", "Say what the school saw\t\r");
    assert_true(vt_wait_text(vt, "Your review is signed and in the log."));
    assert_true(vt_wait_text(vt, "There is nothing here."));
}

static void amend_it(struct vt *vt)
{
    assert_true(vt_wait_cursor(vt, "> Returned to you: 1 decision"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Decisions returned to you"));
    assert_true(vt_wait_cursor(vt, "Returned"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "More detail is needed."));
    assert_true(vt_wait_text(vt, "They say:"));
    choose_last(vt, "Returned to its author.", "Amend it");
    assert_true(vt_wait_text(vt, "Why do you amend"));
    assert_true(vt_wait_text(vt, "More detail is needed."));
    type(vt, "Why do you amend", "It says now what the school saw\t\r");
    sign(vt);
}

static void agree_to_it(struct vt *vt)
{
    choose(vt, "Review decisions (1 waiting)", "Review decisions");
    type(vt, "Decisions waiting for your review", "\r");
    choose_last(vt, "Waiting for review.", "Review this decision");
    choose(vt, "Your review of the decision", "I agree");
    assert_true(vt_wait_text(vt, "you say that you read the record"));
    assert_true(vt_wait_cursor(vt, "Sign this review"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Your review is signed and in the log."));
}

/* The record on paper has the whole story. */
static void write_out(struct vt *vt, const struct place_apart *apart)
{
    static const char *const STORY[] = {
        "first signed by ann",
        "Returned by sam: More detail is needed: Say what the school saw",
        "It says now what the school saw",
        "Agreed by sam",
    };
    char *path = xasprintf("%s/story.txt", apart->dir);
    struct buf text = {0};
    struct error error;

    vt_send(vt, "\r");
    choose_last(vt, "Agreed.", "Write it to a file");
    type(vt, "Where should the record be written?", VT_CTRL('u'));
    assert_true(vt_wait_gone(vt, "discern-"));
    vt_send(vt, path);
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Written to"));
    assert_int_equal(file_read(path, 1u << 20, &text, &error), STATUS_OK);
    for (size_t n = 0; n < COUNT(STORY); n++)
        assert_words(buf_text(&text), STORY[n]);
    vt_send(vt, VT_ESC);
    assert_true(vt_wait_text(vt, "Log of decisions"));
    buf_release(&text);
    free(path);
}

static void returns_amends_and_agrees(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt = start(apart, NULL);

    set_up_store(vt);
    decide(vt);
    vt_send(vt, "q");
    check_end(vt);
    add_supervisor(apart);

    vt = start_as(apart, "sam");
    return_it(vt);
    vt_send(vt, "q");
    check_end(vt);

    vt = start_as(apart, "ann");
    amend_it(vt);
    vt_send(vt, "q");
    check_end(vt);

    vt = start_as(apart, "sam");
    agree_to_it(vt);
    vt_send(vt, VT_ESC);
    choose_first(vt, "Make a new decision", "Read the log");
    assert_true(vt_wait_text(vt, "Agreed"));
    write_out(vt, apart);
    vt_send(vt, "/");
    type(vt, "Names, references, recipients", "sch");
    assert_true(vt_wait_text(vt, "1 decision in all."));
    vt_send(vt, "q");
    assert_true(vt_wait_text(vt, "Nothing has these words."));
    vt_send(vt, VT_CTRL('c'));
    check_end(vt);
}

static void plays_both_sides_in_practice(void **state)
{
    struct vt *vt = start(*state, "--practice");

    decide(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose(vt, "What do you want to do?", "who reviews");
    return_it(vt);
    vt_send(vt, VT_ESC);
    choose_first(vt, "Make a new decision", "who decides");
    amend_it(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose(vt, "What do you want to do?", "who reviews");
    agree_to_it(vt);
    vt_send(vt, "q");
    check_end(vt);
}

static void writes_a_record_to_a_file_once(void **state)
{
    struct place_apart *apart = *state;
    char *path = xasprintf("%s/record.txt", apart->dir);
    struct vt *vt = start(apart, NULL);
    struct buf text = {0};
    struct error error;

    set_up_store(vt);
    decide(vt);
    for (int n = 0; n < 2; n++) {
        choose(vt, "The record is in the log.", "Write it to a file");
        type(vt, "Where should the record be written?", VT_CTRL('u'));
        assert_true(vt_wait_gone(vt, "discern-"));
        vt_send(vt, path);
        vt_send(vt, "\r");
        assert_true(vt_wait_text(vt, n == 0 ? "Written to" : "Error: "));
    }
    assert_true(vt_wait_text(vt, "There is a file of this name already."));
    assert_true(vt_wait_cursor(vt, "record.txt"));
    assert_int_equal(file_read(path, 1u << 20, &text, &error), STATUS_OK);
    assert_non_null(strstr(buf_text(&text), "Amy Example"));
    vt_send(vt, VT_CTRL('c'));
    check_end(vt);
    buf_release(&text);
    free(path);
}

static void replays_an_answer_file(void **state)
{
    struct place_apart *apart = *state;
    char *path = xasprintf("%s/answers.ini", apart->dir);
    char *option = xasprintf("--replay=%s", path);
    struct vt *vt;

    write_file(path, "[decision]\npack = record\ndate = 2026-11-20\n\n"
                     "[answers]\nemergency = no\n");
    vt = start(apart, option);
    assert_true(vt_wait_text(vt, "Practice"));
    assert_true(vt_wait_text(vt, "What made you think"));
    vt_send(vt, VT_ESC);
    assert_true(vt_wait_cursor(vt, "(*) No"));
    vt_send(vt, "q");
    check_end(vt);
    free(option);
    free(path);
}

/* --- What follows a decision ---------------------------------------------------------------
 */

/* The pack of the tests, with a time limit for incidents. */
static void give_clock(const struct place_apart *apart)
{
    static const char CLOCK[] = "[clock partners]\ntitle = The partners are told\n"
                                "hours = 48\nwarn = 24\ncite = act:s.1\n\n";
    char *path = xasprintf("%s/data/policy/record.ini", apart->dir);
    struct buf text = {0}, out = {0};
    struct error error;
    const char *scenario;

    assert_int_equal(file_read(path, 1u << 20, &text, &error), STATUS_OK);
    scenario = strstr(buf_text(&text), "[scenario");
    assert_non_null(scenario);
    buf_printf(&out, "%.*s%s%s", (int)(scenario - buf_text(&text)), buf_text(&text), CLOCK,
               scenario);
    write_file(path, buf_text(&out));
    buf_release(&text);
    buf_release(&out);
    free(path);
}

static void open_record(struct vt *vt)
{
    choose_first(vt, "Make a new decision", "Read the log");
    type(vt, "Log of decisions", "\r");
    assert_true(vt_wait_text(vt, "Decision record"));
}

/* Types into the field that the words name. */
static void fill(struct vt *vt, const char *field, const char *text)
{
    focus(vt, field);
    write_words(vt, text);
}

static void report(struct vt *vt)
{
    open_record(vt);
    choose_last(vt, "Waiting for review.", "Report a breach");
    assert_true(vt_wait_text(vt, "What went wrong with this information?"));
    fill(vt, "> When they knew", "yesterday");
    fill(vt, "> Who knew first", "The duty desk");
    fill(vt, "> What happened", "It went to the wrong house.");
    focus(vt, "> Report this breach");
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "This is not a day and a time."));
    assert_true(vt_wait_cursor(vt, "yesterday"));
    vt_send(vt, VT_CTRL('u'));
    write_words(vt, "1 2 2026 10:30");
    focus(vt, "> Report this breach");
    vt_send(vt, "\r");
    assert_true(
        vt_wait_text(vt, "Known since 1 February 2026, 10:30, first to The duty desk."));
    assert_true(vt_wait_text(vt, "Past its time. By 3 February 2026, 10:30"));
}

static void say_who_was_told(struct vt *vt)
{
    choose(vt, "Incident", "Say who was told");
    choose(vt, "For which time limit?", "( ) The partners are told");
    assert_true(vt_wait_text(vt, "> When they were told"));
    write_words(vt, "2 2 2026 9.00");
    fill(vt, "> Who was told", "East Police");
    fill(vt, "> What they were told", "By telephone");
    focus(vt, "> Sign who was told");
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "Told in time: East Police, on 2 February 2026, 09:00."));
}

static void reports_an_incident_and_closes_it(void **state)
{
    struct place_apart *apart = *state;
    struct vt *vt;

    give_clock(apart);
    vt = start(apart, NULL);
    set_up_store(vt);
    decide(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    report(vt);
    assert_true(vt_wait_text(vt, "A supervisor or a guardian decides"));
    vt_send(vt, "q");
    check_end(vt);
    add_supervisor(apart);

    vt = start_as(apart, "sam");
    assert_true(vt_wait_text(vt, "The time to tell somebody of an incident"));
    choose_first(vt, "Make a new decision", "See incidents (1 open, 1 PRESSING)");
    type(vt, "Incidents that are open", "\r");
    say_who_was_told(vt);
    choose(vt, "Incident", "Close it with what was learned");
    assert_true(vt_wait_text(vt, "> What was learned"));
    write_words(vt, "Two people check addresses");
    focus(vt, "> Close the incident");
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, ": closed"));
    vt_send(vt, VT_ESC);
    assert_true(vt_wait_text(vt, "There is nothing here."));
    vt_send(vt, VT_ESC);
    assert_true(vt_wait_gone(vt, "PRESSING"));
    vt_send(vt, "q");
    check_end(vt);
}

static void keeps_a_filter_and_uses_it(void **state)
{
    struct vt *vt = start(*state, NULL);

    set_up_store(vt);
    decide(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose_first(vt, "Make a new decision", "Read the log");
    choose(vt, "Log of decisions", "Filter and sort");
    assert_true(vt_wait_text(vt, "Which decisions?"));
    fill(vt, "> Words or their beginnings", "attend");
    fill(vt, "> By somebody of the team", "East");
    fill(vt, "> A name to keep this filter under", "Ours");
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "The filter is kept."));
    vt_send(vt, VT_ESC);
    choose(vt, "Log of decisions", "Filter and sort");
    choose(vt, "Filters that you kept:", "> Ours");
    assert_true(vt_wait_text(vt, "1 with: team East; search attend"));
    assert_true(vt_wait_text(vt, "Amy Example"));
    choose(vt, "Log of decisions", "Filter and sort");
    focus(vt, "> By somebody of the team");
    vt_send(vt, VT_CTRL('u'));
    write_words(vt, "West");
    vt_send(vt, VT_PAGE_UP VT_PAGE_UP VT_PAGE_UP VT_PAGE_UP);
    assert_true(vt_wait_cursor(vt, "> Show them"));
    vt_send(vt, "\r");
    assert_true(vt_wait_text(vt, "0 with: team West; search attend"));
    assert_true(vt_wait_text(vt, "There is nothing here."));
    vt_send(vt, "q");
    check_end(vt);
}

static void does_what_is_to_be_done(void **state)
{
    struct vt *vt = start(*state, NULL);

    set_up_store(vt);
    decide(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
    choose(vt, "What do you want to do?", "See what is to be done");
    choose(vt, "What is still to be done", "Send it");
    choose(vt, "What was done, when and by whom", "Sign that it is done");
    assert_true(vt_wait_text(vt, "It does not say what was done."));
    vt_send(vt, "Sent by secure mail\t\r");
    assert_true(vt_wait_text(vt, "Signed and in the log."));
    assert_true(vt_wait_gone(vt, "Send it"));
    vt_send(vt, VT_ESC);
    open_record(vt);
    vt_send(vt, "G");
    assert_true(vt_wait_cursor(vt, "> Go back"));
    vt_send(vt, VT_PAGE_UP VT_PAGE_UP);
    assert_true(vt_wait_text(vt, "done by ann"));
    vt_send(vt, "q");
    check_end(vt);
}

#define SEEN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        SEEN(returns_amends_and_agrees),    SEEN(reports_an_incident_and_closes_it),
        SEEN(keeps_a_filter_and_uses_it),   SEEN(does_what_is_to_be_done),
        SEEN(plays_both_sides_in_practice), SEEN(writes_a_record_to_a_file_once),
        SEEN(replays_an_answer_file),
    };

    return cmocka_run_group_tests(TESTS, NULL, NULL);
}

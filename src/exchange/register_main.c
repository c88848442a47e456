/* SPDX-License-Identifier: MIT */
/* The register's command line: one table of what it can be told to do, and what that needs. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/suggest.h"
#include "exchange/register.h"

/*    member, option, value ("" for a switch), help */
#define OPTION_TABLE(X)                                                                        \
    X(database, "--database", "CONNINFO", "Where PostgreSQL is, as libpq reads it")            \
    X(identity, "--identity", "DIR", "Folder of the register's key and certificate")           \
    X(name, "--name", "NAME", "What the register is called, in its certificate")               \
    X(limit, "--limit", "N", "At most so many decisions (50)")                                 \
    X(since, "--since", "DAY", "Count from this day on, such as 2026-04-01")                   \
    X(every, "--every", "SECONDS", "How often to look into the folder (10)")                   \
    X(to, "--to", "FILE", "The file to make; it must not exist")                               \
    X(once, "--once", "", "Receive what is there, then end")                                   \
    X(json, "--json", "", "Print JSON instead of words")

struct asked {
#define X(member, option, value, help) const char *member;
    OPTION_TABLE(X)
#undef X
    const char **operand;
    size_t count;
    char *courier;
};

static const struct {
    const char *name, *value, *help;
    size_t offset;
} options[] = {
#define X(member, option, value, help) {option, value, help, offsetof(struct asked, member)},
    OPTION_TABLE(X)
#undef X
};

/* --- What it can be told ------------------------------------------------------------------ */

static enum status do_init(struct county *county, const struct asked *asked,
                           struct error *error)
{
    enum status status = register_init(county, error);
    struct desk desk;

    if (status == STATUS_OK)
        status = desk_make(asked->identity, asked->courier,
                           asked->name ? asked->name : "Register", error);
    if (status == STATUS_OK)
        status = desk_load(asked->identity, asked->courier, &desk, error);
    if (status != STATUS_OK)
        return status;
    printf("The register is ready. Give %s/" DESK_CERTIFICATE
           " to the teams. Its fingerprint, to "
           "be read out:\n%s\n",
           asked->identity, desk.fingerprint);
    desk_release(&desk);
    return STATUS_OK;
}

static enum status do_admit(struct county *county, const struct asked *asked,
                            struct error *error)
{
    enum status status =
        register_admit(county, asked->operand[0], asked->operand[1], asked->operand[2], error);

    if (status == STATUS_OK)
        printf("The store %s is admitted.\n", asked->operand[0]);
    return status;
}

/* One that cannot be opened does not stop the others; the last that failed is told. */
static enum status do_receive(struct county *county, const struct asked *asked,
                              struct error *error)
{
    enum status status, worst = STATUS_OK;
    struct received received;
    struct error why;
    struct desk desk;

    status = desk_load(asked->identity, asked->courier, &desk, error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < asked->count && status != STATUS_IO; i++) {
        status = register_file(county, &desk, asked->operand[i], stdout, &received, &why);
        if (status == STATUS_OK && !received.taken)
            status = fail_at(&why, STATUS_REFUSED, asked->operand[i], 0, NULL,
                             "See its receipt.", "This bundle was refused.");
        if (status != STATUS_OK) {
            worst = status;
            *error = why;
        }
    }
    desk_release(&desk);
    return worst;
}

static enum status read_number(const char *text, const char *option, long least, long most,
                               long otherwise, long *ret_number, struct error *error)
{
    char *end;
    long number = otherwise;

    if (text) {
        number = strtol(text, &end, 10);
        if (!*text || *end || number < least || number > most)
            return fail(error, STATUS_USAGE, NULL, "%s takes a number from %ld to %ld.", option,
                        least, most);
    }
    *ret_number = number;
    return STATUS_OK;
}

static enum status do_serve(struct county *county, const struct asked *asked,
                            struct error *error)
{
    struct desk desk;
    long seconds = 0;
    enum status status = read_number(asked->every, "--every", 1, 86400, 10, &seconds, error);

    if (status == STATUS_OK)
        status = desk_load(asked->identity, asked->courier, &desk, error);
    if (status != STATUS_OK)
        return status;
    status = register_serve(county, &desk, asked->operand[0],
                            asked->once ? 0 : (unsigned)seconds, stdout, error);
    desk_release(&desk);
    return status;
}

static enum status do_search(struct county *county, const struct asked *asked,
                             struct error *error)
{
    struct buf words = {0};
    long limit;
    enum status status = read_number(asked->limit, "--limit", 1, 10000, 50, &limit, error);

    for (size_t i = 0; i < asked->count; i++)
        buf_printf(&words, "%s ", asked->operand[i]);
    if (status == STATUS_OK)
        status =
            register_search(county, buf_text(&words), (int)limit, asked->json, stdout, error);
    buf_release(&words);
    return status;
}

static enum status do_figures(struct county *county, const struct asked *asked,
                              struct error *error)
{
    char since[DATE_SIZE] = "1970-01-01";
    date day;

    if (asked->since && !date_parse(asked->since, &day))
        return fail(error, STATUS_USAGE, NULL, "--since takes a day, such as 2026-04-01.");
    if (asked->since)
        date_iso(day, since);
    return register_figures(county, since, asked->json, stdout, error);
}

static enum status do_export(struct county *county, const struct asked *asked,
                             struct error *error)
{
    if (!asked->to)
        return fail(error, STATUS_USAGE, NULL, "Say where to with --to FILE.");
    return register_export(county, asked->operand[0], asked->to, stdout, error);
}

static enum status do_verify(struct county *county, const struct asked *asked,
                             struct error *error)
{
    (void)asked;
    return register_verify(county, stdout, error);
}

static enum status do_answer(struct county *county, const struct asked *asked,
                             struct error *error)
{
    (void)asked;
    return register_answer(county, error);
}

#define ANY 100000
#define ANSWER "answer" /* is for the screen: help does not tell of it */

static const struct task {
    const char *name, *operands, *summary;
    size_t least, most;
    bool identity; /* needs --identity */
    enum status (*run)(struct county *county, const struct asked *asked, struct error *error);
} tasks[] = {
    {"init", "",
     "Make the tables, roles and the register's certificate, or bring them up to date", 0, 0,
     true, do_init},
    {"admit", "STORE FINGERPRINT NAME", "Let a team's store in, by its id and its certificate",
     3, 3, false, do_admit},
    {"receive", "FILE...", "Receive bundles and put the receipts beside them", 1, ANY, true,
     do_receive},
    {"serve-folder", "DIR", "Receive what is in a folder, and what comes", 1, 1, true,
     do_serve},
    {"search", "WORDS...", "Find decisions of all teams by words or beginnings of words", 1,
     ANY, false, do_search},
    {"figures", "", "Count what is held", 0, 0, false, do_figures},
    {"export", "STORE", "Write what is held of a store to a file, for others to verify", 1, 1,
     false, do_export},
    {"verify", "", "Follow the chain of every store as it is held", 0, 0, false, do_verify},
    {ANSWER, "", NULL, 0, 0, false, do_answer},
};

/* --- Understanding it ------------------------------------------------------------------------
 */

static void print_help(void)
{
    puts("Usage: discern register COMMAND [OPTIONS]\n");
    for (size_t i = 0; i < COUNT(tasks) && tasks[i].summary; i++)
        printf("  %s%s%s\n      %s\n", tasks[i].name, tasks[i].operands[0] ? " " : "",
               tasks[i].operands, tasks[i].summary);
    puts("");
    for (size_t i = 0; i < COUNT(options); i++)
        printf("  %s%s%s\n      %s\n", options[i].name, options[i].value[0] ? " " : "",
               options[i].value, options[i].help);
    puts("\nSee discern-register(1).");
}

static const struct task *find_task(const char *name)
{
    for (size_t i = 0; i < COUNT(tasks); i++) {
        if (strcmp(tasks[i].name, name) == 0)
            return &tasks[i];
    }
    return NULL;
}

static enum status unknown(const char *what, const char *word, struct error *error)
{
    struct suggest suggest = {.wrong = word};
    char text[200];

    for (size_t i = 0; word[0] != '-' && i < COUNT(tasks) && tasks[i].summary; i++)
        suggest_offer(&suggest, tasks[i].name);
    for (size_t i = 0; word[0] == '-' && i < COUNT(options); i++)
        suggest_offer(&suggest, options[i].name);
    suggest_text(&suggest, "See `discern register --help`.", text, sizeof(text));
    return fail(error, STATUS_USAGE, text, "There is no %s '%s'.", what, word);
}

/* Takes the option at argv[*at], and its value. */
static enum status take_option(char **argv, int *at, struct asked *asked, struct error *error)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        const char **member = (const char **)(void *)((char *)asked + options[i].offset);

        if (strcmp(options[i].name, argv[*at]) != 0)
            continue;
        if (options[i].value[0] && !argv[*at + 1])
            return fail(error, STATUS_USAGE, NULL, "%s needs a value: %s.", options[i].name,
                        options[i].value);
        *member = options[i].value[0] ? argv[++*at] : "";
        return STATUS_OK;
    }
    return unknown("option", argv[*at], error);
}

static enum status read_words(int argc, char **argv, const struct task *task,
                              struct asked *asked, struct error *error)
{
    enum status status = STATUS_OK;

    for (int at = 2; status == STATUS_OK && at < argc; at++) {
        if (argv[at][0] == '-')
            status = take_option(argv, &at, asked, error);
        else
            asked->operand[asked->count++] = argv[at];
    }
    if (status == STATUS_OK && (asked->count < task->least || asked->count > task->most))
        status = fail(error, STATUS_USAGE, NULL, "Write: discern register %s %s", task->name,
                      task->operands);
    if (status == STATUS_OK && task->identity && !asked->identity)
        status = fail(error, STATUS_USAGE, NULL,
                      "Say where the register's key and certificate are with --identity DIR.");
    return status;
}

static enum status run(int argc, char **argv, struct asked *asked, struct error *error)
{
    const char *where = getenv("DISCERN_REGISTER");
    const struct task *task;
    struct county county;
    enum status status;

    if (argc < 2)
        return fail(error, STATUS_USAGE, "See `discern register --help`.",
                    "Say what to do with the register.");
    task = find_task(argv[1]);
    if (!task)
        return unknown("command", argv[1], error);
    status = read_words(argc, argv, task, asked, error);
    if (status == STATUS_OK)
        status = county_open(asked->database ? asked->database
                             : where         ? where
                                             : "",
                             &county, error);
    if (status != STATUS_OK)
        return status;
    status = task->run(&county, asked, error);
    county_close(&county);
    return status;
}

int main(int argc, char **argv)
{
    struct asked asked = {0};
    struct error error = {0};
    char line[sizeof(error) + 32];
    enum status status;

    secret_init();
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help();
        return 0;
    }
    asked.operand = xcalloc((size_t)argc + 1, sizeof(*asked.operand));
    asked.courier = courier_find();
    status = run(argc, argv, &asked, &error);
    free(asked.operand);
    free(asked.courier);
    if (status == STATUS_OK && (fflush(stdout) != 0 || ferror(stdout)))
        status = fail(&error, STATUS_IO, "Check where the output goes.",
                      "What was to be printed could not be written.");
    if (status != STATUS_OK && argc > 1 && strcmp(argv[1], ANSWER) == 0) {
        register_answer_failed(status, &error);
    } else if (status != STATUS_OK) {
        error_line(&error, line, sizeof(line));
        fprintf(stderr, "discern-register: %s.\n%s\n", status_sentence(status), line);
    }
    return status_exit_code(status);
}

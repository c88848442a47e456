/* SPDX-License-Identifier: MIT */
/* Questions to the register and its answers, as the store would give them. */
#include "exchange/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/chain.h"
#include "record/json.h"

#define NAME "discern-register"

void browse_init(struct browse *browse)
{
    *browse = (struct browse){.path = program_find(NAME), .where = "of the county"};
}

void browse_release(struct browse *browse)
{
    free(browse->path);
    *browse = (struct browse){0};
}

/* --- Asking ------------------------------------------------------------------------------- */

/* What the register could not do it says in its own words. */
static enum status understand(const struct buf *parts, json_t **ret_answer, struct error *error)
{
    char *number = parts_text(parts, "status"), *what = parts_text(parts, "what");
    char *remedy = parts_text(parts, "remedy");
    struct part answer = {"", 0};
    enum status status = STATUS_FAILED;
    long said = strtol(number, NULL, 10);

    if (said > STATUS_OK && said <= STATUS_UNSUPPORTED)
        status = fail(error, (enum status)said, remedy, "%s", what);
    else if (parts_find(parts, "answer", &answer))
        status = body_read(answer.bytes, answer.length, "answer", ret_answer, error);
    else
        status = fail(error, STATUS_FAILED, "Install the same version of both.",
                      "The register's answer is none.");
    free(number);
    free(what);
    free(remedy);
    return status;
}

/* Takes the query over. */
static enum status ask(struct browse *browse, const char *what, json_t *query,
                       struct courier *program, json_t **ret_answer, struct error *error)
{
    struct buf text = {0}, in = {0}, out = {0};
    enum status status = STATUS_OK;

    program->path = browse->path;
    body_put_text(query, "ask", what);
    body_write(query, &text);
    parts_put(&in, "query", buf_text(&text), text.length);
    if (access(browse->path, X_OK) != 0)
        status = fail_at(error, STATUS_NOT_FOUND, browse->path, 0, NULL,
                         "Install it: it is the part of Discern that reaches the register.",
                         "The program " NAME " is not there.");
    if (status == STATUS_OK)
        status = errand_run(program, "answer", &in, &out, NULL, error);
    if (status == STATUS_OK)
        status = understand(&out, ret_answer, error);
    if (status == STATUS_OK)
        snprintf(browse->where, sizeof(browse->where), "%s at %s",
                 body_text(*ret_answer, "database"), body_text(*ret_answer, "where"));
    buf_release(&text);
    buf_release(&in);
    buf_release(&out);
    return status;
}

/* --- Lists -------------------------------------------------------------------------------- */

static void put_mark(json_t *list, const char *what, const char *name)
{
    struct buf mark = {0};

    if (name && name[0]) {
        buf_printf(&mark, "%s %s", what, name);
        body_append(list, json_stringn(mark.text, mark.length));
    }
    buf_release(&mark);
}

static void put_set(json_t *query, const char *name, unsigned set, int count, const char *what,
                    const char *(*id)(int value))
{
    json_t *list = body_list();

    for (int i = 0; i < count; i++) {
        if (set >> i & 1)
            put_mark(list, what, id(i));
    }
    body_put_list(query, name, list);
}

static const char *state_name(int value)
{
    return state_id((enum state)value);
}

static const char *outcome_name(int value)
{
    return outcome_id((enum outcome)value);
}

static void put_day(json_t *query, const char *name, date day)
{
    if (day)
        body_put_day(query, name, day);
}

static json_t *query_json(const struct log_query *query)
{
    json_t *object = body_object(), *all = body_list();
    const struct {
        const char *name;
        bool asked;
    } flags[] = {{"departed", query->departed},
                 {"urgent", query->urgent},
                 {"countersign", query->countersign},
                 {"unfinished", query->unfinished}};

    put_mark(all, "author", query->author);
    put_mark(all, "team", query->team);
    put_mark(all, "agreement", query->agreement);
    put_mark(all, "programme", query->programme);
    put_mark(all, "purpose", query->purpose);
    for (size_t i = 0; i < COUNT(flags); i++) {
        if (flags[i].asked)
            body_append(all, json_string(flags[i].name));
    }
    body_put_list(object, "all", all);
    put_set(object, "states", query->states, STATE_COUNT, "state", state_name);
    put_set(object, "outcomes", query->outcomes, OUTCOME_COUNT, "outcome", outcome_name);
    body_put_text(object, "search", query->search);
    put_day(object, "from", query->from);
    put_day(object, "until", query->until);
    body_put_flag(object, "oldest", query->order == LOG_OLDEST_FIRST);
    body_put_flag(object, "backwards", query->backwards);
    body_put_number(object, "after", query->after);
    body_put_number(object, "limit", (long long)query->limit);
    return object;
}

static const struct field row_fields[] = {
    {"reference", FIELD_TEXT, true, offsetof(struct summary, reference), NULL},
    {"author", FIELD_TEXT, false, offsetof(struct summary, author), NULL},
    {"subject", FIELD_TEXT, false, offsetof(struct summary, subject), NULL},
    {"requester", FIELD_TEXT, false, offsetof(struct summary, requester), NULL},
    {"recipient", FIELD_TEXT, false, offsetof(struct summary, recipient), NULL},
    {"purpose", FIELD_TEXT, false, offsetof(struct summary, purpose), NULL},
    {"agreement", FIELD_TEXT, false, offsetof(struct summary, agreement), NULL},
    {"programme", FIELD_TEXT, false, offsetof(struct summary, programme), NULL},
    {"recommended", FIELD_NAME, false, offsetof(struct summary, recommended), &outcome_names},
    {"decided", FIELD_NAME, false, offsetof(struct summary, decided), &outcome_names},
    {"departed", FIELD_FLAG, true, offsetof(struct summary, departed), NULL},
    {"urgent", FIELD_FLAG, true, offsetof(struct summary, urgent), NULL},
    {"countersign", FIELD_FLAG, true, offsetof(struct summary, countersign), NULL},
    {"unfinished", FIELD_FLAG, true, offsetof(struct summary, unfinished), NULL},
    {"restricted", FIELD_FLAG, true, offsetof(struct summary, restricted), NULL},
};

static enum status read_row(const json_t *object, struct arena *arena, struct row *ret_row,
                            struct error *error)
{
    struct row row = {.sequence = body_number(object, "number")};
    struct summary *summary = &row.summary;
    const char *team = body_text(object, "team");
    enum status status =
        fields_read(object, row_fields, COUNT(row_fields), "row", arena, summary, error);

    if (status != STATUS_OK)
        return status;
    if (!state_parse(body_text(object, "state"), &row.state))
        return fail(error, STATUS_BAD_DATA, "Install the same version of both.",
                    "The register names a state that is not known here.");
    summary->team =
        arena_printf(arena, "%s%s%s", body_text(object, "store"), team[0] ? ", " : "", team);
    summary->signed_at =
        (struct moment){body_number(object, "at"), (int16_t)body_number(object, "zone")};
    summary->amends = summary->sibling_of = summary->pseudonym = "";
    summary->pack = summary->retention = summary->exemptions = "";
    summary->due = summary->review = summary->keep_until = DATE_NONE;
    *ret_row = row;
    return STATUS_OK;
}

/* The register gives what was asked backwards in the order in which it looked. */
static enum status read_rows(const json_t *answer, bool backwards, struct arena *arena,
                             struct window *window, struct error *error)
{
    enum status status = STATUS_OK;

    window->count = body_count(answer, "rows");
    window->row = arena_alloc(arena, (window->count + 1) * sizeof(*window->row));
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++) {
        size_t at = backwards ? window->count - 1 - i : i;

        status = read_row(body_element(answer, "rows", i), arena, &window->row[at], error);
    }
    return status;
}

enum status browse_list(struct browse *browse, const struct log_query *query,
                        struct arena *arena, struct window *ret_window, struct error *error)
{
    struct courier program = {0};
    struct window window = {0};
    json_t *answer;
    enum status status = ask(browse, "list", query_json(query), &program, &answer, error);
    bool more;

    if (status != STATUS_OK)
        return status;
    more = body_flag(answer, "more");
    window.more_before = query->backwards ? more : query->after != 0;
    window.more_after = query->backwards ? query->after != 0 : more;
    status = read_rows(answer, query->backwards, arena, &window, error);
    json_decref(answer);
    if (status == STATUS_OK)
        *ret_window = window;
    return status;
}

/* --- Counting ----------------------------------------------------------------------------- */

struct waiting {
    bool (*going)(void *data);
    void *data;
};

static bool go_on(int64_t done, int64_t total, void *data)
{
    const struct waiting *waiting = data;

    (void)done;
    (void)total;
    return !waiting->going || waiting->going(waiting->data);
}

enum status browse_count(struct browse *browse, const struct log_query *query,
                         bool (*going)(void *data), void *data, int64_t *ret_count,
                         struct error *error)
{
    struct waiting waiting = {going, data};
    struct courier program = {.progress = go_on, .data = &waiting};
    json_t *answer;
    enum status status = ask(browse, "count", query_json(query), &program, &answer, error);

    if (status != STATUS_OK)
        return status;
    *ret_count = body_number(answer, "count");
    json_decref(answer);
    return STATUS_OK;
}

/* --- One decision ------------------------------------------------------------------------- */

static enum status read_entry(const json_t *object, struct arena *arena, struct entry *entry,
                              struct error *error)
{
    const char *head = body_text(object, "head"), *body = body_text(object, "body");
    struct link link;
    enum status status = link_read_head(head, strlen(head), &link, error);

    if (status == STATUS_OK && !entry_kind_parse(link.kind, &entry->kind))
        status = fail(error, STATUS_UNSUPPORTED, "Install a later Discern.",
                      "The register has an entry of a later Discern.");
    if (status != STATUS_OK)
        return status;
    body = body[0] ? body : body_text(object, "view");
    entry->sequence = link.sequence;
    entry->at = link.at;
    entry->link = link.link;
    snprintf(entry->author, sizeof(entry->author), "%s", link.author);
    memcpy(entry->reference, link.reference, sizeof(entry->reference));
    entry->length = strlen(body);
    entry->body = body[0] ? arena_strdup(arena, body) : NULL;
    return STATUS_OK;
}

enum status browse_record(struct browse *browse, int64_t number, struct arena *arena,
                          struct row *ret_row, struct entry **ret_entries, size_t *ret_count,
                          struct error *error)
{
    struct courier program = {0};
    json_t *query = body_object(), *answer;
    struct entry *entry;
    enum status status;
    size_t count;

    body_put_number(query, "number", number);
    status = ask(browse, "record", query, &program, &answer, error);
    if (status != STATUS_OK)
        return status;
    count = body_count(answer, "entries");
    entry = arena_alloc(arena, (count + 1) * sizeof(*entry));
    memset(entry, 0, (count + 1) * sizeof(*entry));
    status = read_row(body_at(answer, "row"), arena, ret_row, error);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = read_entry(body_element(answer, "entries", i), arena, &entry[i], error);
    json_decref(answer);
    if (status == STATUS_OK) {
        *ret_entries = entry;
        *ret_count = count;
    }
    return status;
}

/* --- Figures ------------------------------------------------------------------------------ */

static size_t count_figures(const json_t *answer)
{
    size_t all = 0;

    for (size_t i = 0; i < body_count(answer, "figures"); i++)
        all += body_count(body_element(answer, "figures", i), "rows");
    return all;
}

enum status browse_figures(struct browse *browse, date since, struct arena *arena,
                           struct browse_figure **ret_list, size_t *ret_count,
                           struct error *error)
{
    struct courier program = {0};
    json_t *query = body_object(), *answer;
    struct browse_figure *list;
    char day[DATE_SIZE] = "1970-01-01";
    enum status status;
    size_t count = 0;

    if (since != DATE_NONE)
        date_iso(since, day);
    body_put_text(query, "since", day);
    status = ask(browse, "figures", query, &program, &answer, error);
    if (status != STATUS_OK)
        return status;
    list = arena_alloc(arena, (count_figures(answer) + 1) * sizeof(*list));
    for (size_t i = 0; i < body_count(answer, "figures"); i++) {
        const json_t *figure = body_element(answer, "figures", i);
        const char *heading = arena_strdup(arena, body_text(figure, "title"));

        for (size_t n = 0; n < body_count(figure, "rows"); n++) {
            const json_t *row = body_element(figure, "rows", n);

            list[count++] =
                (struct browse_figure){heading, arena_strdup(arena, body_text(row, "words")),
                                       body_number(row, "count")};
        }
    }
    json_decref(answer);
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}

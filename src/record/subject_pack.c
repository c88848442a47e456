/* SPDX-License-Identifier: MIT */
/* Chooses, field by field, what of a record may be shown to the person it is about. */
#include "record/subject_pack.h"

#include <string.h>

#include "record/json.h"
#include "record/paper.h"

static const char *const omissions[] = {
#define X(name, id, words) [OMISSION_##name] = words,
    OMISSION_TABLE(X)
#undef X
};

const char *omission_words(enum omission omission)
{
    return omissions[omission];
}

static bool is_answered(const json_t *body, const char *name)
{
    return body_text(body, name)[0] != '\0';
}

static enum omission omission_of(const json_t *body)
{
    if (body_flag(body, "restricted"))
        return OMISSION_RESTRICTED;
    return is_answered(body, "not-told.words") ? OMISSION_NOT_TOLD : OMISSION_NONE;
}

/* --- Items -------------------------------------------------------------------------------- */

/* Returns how many were left out. */
static size_t put_items(const json_t *body, json_t *shown)
{
    json_t *list = body_list();
    size_t left_out = 0;

    for (size_t i = 0; i < body_count(body, "items"); i++) {
        const json_t *item = body_element(body, "items", i);
        json_t *one;

        if (body_flag(item, "leave-out")) {
            left_out++;
            continue;
        }
        one = body_object();
        body_put_text(one, "what", body_text(item, "what"));
        body_put_flag(one, "shared", body_flag(item, "shared"));
        body_put_flag(one, "requested", body_flag(item, "requested"));
        body_append(list, one);
    }
    body_put_list(shown, "items", list);
    return left_out;
}

/* --- One record --------------------------------------------------------------------------- */

/* The type of the question that an answer under a name of its own was given to. */
static const char *type_of(const json_t *body, const char *path)
{
    const char *question = body_text(body, path);

    for (size_t i = 0; i < body_count(body, "path"); i++) {
        const json_t *entry = body_element(body, "path", i);

        if (strcmp(body_text(entry, "id"), question) == 0)
            return body_text(entry, "type");
    }
    return "";
}

/* Reasons of the program's own are made from the answers: with them goes what others said. */
static void put_left_out(const json_t *body, size_t items, bool recipient, json_t *shown)
{
    json_t *list = body_list();

    if (items)
        body_append(list, json_string("Things that are also about someone else"));
    if (is_answered(body, "requester.words") || is_answered(body, "trigger.words"))
        body_append(list, json_string("Who asked for it, or what set it off"));
    if (!recipient && is_answered(body, "recipient.words"))
        body_append(list, json_string("The name of the person who received it"));
    body_append(list, json_string("The reasons as they were written"));
    body_put_list(shown, "left-out", list);
}

static void put_findings(const json_t *body, json_t *shown)
{
    static const char *const kinds[] = {"basis", "condition", "duty", "gateway", "right"};
    json_t *list = body_list();

    for (size_t i = 0; i < body_count(body, "findings"); i++) {
        const json_t *finding = body_element(body, "findings", i);

        for (size_t j = 0; j < COUNT(kinds); j++) {
            if (strcmp(body_text(finding, "kind"), kinds[j]) == 0)
                body_append(list, json_string(body_text(finding, "says")));
        }
    }
    body_put_list(shown, "law", list);
}

static json_t *show(const json_t *body, size_t *items_left_out)
{
    json_t *shown = body_object();
    bool recipient = strcmp(type_of(body, "recipient.question"), "person") != 0;
    enum outcome decided;
    size_t items;

    body_put_text(shown, "reference", body_text(body, "reference"));
    body_put_text(shown, "signed", body_text(body, "times.signed"));
    if (outcome_parse(body_text(body, "decision.outcome"), &decided))
        body_put_text(shown, "decided", outcome_words(decided));
    body_put_text(shown, "purpose", body_text(body, "purpose.short"));
    if (recipient)
        body_put_text(shown, "recipient", body_text(body, "recipient.short"));
    body_put_text(shown, "agreement", body_text(body, "terms.title"));
    body_put_text(shown, "consent", body_text(body, "consent.words"));
    body_put_text(shown, "kept", body_text(body, "retention.title"));
    body_put_text(shown, "kept-until", body_text(body, "retention.review"));
    put_findings(body, shown);
    items = put_items(body, shown);
    put_left_out(body, items, recipient, shown);
    *items_left_out += items;
    return shown;
}

static enum status take(const struct subject_record *record, json_t *shown, json_t *left_out,
                        enum omission *omission, size_t *items, struct error *error)
{
    json_t *body = NULL;
    enum status status = STATUS_OK;

    *omission = OMISSION_ERASED;
    if (record->bytes) {
        status = body_read(record->bytes, record->length, "record", &body, error);
        if (status != STATUS_OK)
            return status;
        *omission = omission_of(body);
    }
    if (*omission == OMISSION_NONE)
        body_append(shown, show(body, items));
    else
        body_append(left_out, json_string(record->reference));
    json_decref(body);
    return STATUS_OK;
}

enum status subject_pack_json(const char *name, const struct subject_record *record,
                              size_t count, struct moment at, struct arena *arena,
                              json_t **ret_pack, struct subject_report *ret_report,
                              struct error *error)
{
    struct subject_report report = {
        .omission = arena_alloc(arena, (count + 1) * sizeof(*report.omission))};
    json_t *pack = body_object(), *shown = body_list(), *left_out = body_list();
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = take(&record[i], shown, left_out, &report.omission[i], &report.items_left_out,
                      error);
    report.shown = json_array_size(shown);
    report.left_out = json_array_size(left_out);
    body_put_number(pack, "schema", RECORD_SCHEMA);
    body_put_text(pack, "kind", "subject-access");
    body_put_text(pack, "name", name);
    body_put_moment(pack, "at", at);
    body_put(pack, "records", shown);
    body_put(pack, "left-out", left_out);
    if (status != STATUS_OK) {
        json_decref(pack);
        return status;
    }
    *ret_pack = pack;
    *ret_report = report;
    return STATUS_OK;
}

/* --- Paper -------------------------------------------------------------------------------- */

static void print_list(struct paper *paper, const json_t *record, const char *name,
                       const char *title)
{
    if (!body_count(record, name))
        return;
    paper_text(paper, 0, title);
    for (size_t i = 0; i < body_count(record, name); i++)
        paper_hung(paper, 2, "- ", json_string_value(body_element(record, name, i)));
}

static void print_items(struct paper *paper, const json_t *record)
{
    if (body_count(record, "items"))
        paper_text(paper, 0, "What it is about:");
    for (size_t i = 0; i < body_count(record, "items"); i++) {
        const json_t *item = body_element(record, "items", i);

        paper_hung(paper, 2, "- ",
                   arena_printf(&paper->arena, "%s (%s)", body_text(item, "what"),
                                body_flag(item, "shared")      ? "to be shared"
                                : body_flag(item, "requested") ? "asked for and withheld"
                                                               : "not shared"));
    }
}

static void print_record(struct paper *paper, const json_t *record)
{
    static const char *const rows[][2] = {
        {"Decided", "decided"},     {"Purpose", "purpose"}, {"To", "recipient"},
        {"Agreement", "agreement"}, {"Consent", "consent"}, {"Kept", "kept"},
    };
    char words[MOMENT_WORDS_SIZE] = "", until[DATE_WORDS_SIZE] = "";
    struct moment at;
    date day;

    if (moment_parse(body_text(record, "signed"), &at))
        moment_words(at, words);
    paper_heading(paper, arena_printf(&paper->arena, "%s, signed %s",
                                      body_text(record, "reference"), words));
    for (size_t i = 0; i < COUNT(rows); i++)
        paper_row(paper, rows[i][0], body_text(record, rows[i][1]), 0);
    if (date_parse(body_text(record, "kept-until"), &day))
        date_words(day, until);
    paper_row(paper, "Until about", until, 0);
    print_items(paper, record);
    print_list(paper, record, "law", "What the law says here:");
    print_list(paper, record, "left-out", "Left out:");
}

void subject_pack_print(const json_t *pack, struct buf *out)
{
    const struct paper_frame frame = {
        .title = "Records about you", .banner = "", .foot = "Personal: for this person only"};
    struct paper paper = {0};
    char words[MOMENT_WORDS_SIZE] = "";
    struct moment at;

    if (moment_parse(body_text(pack, "at"), &at))
        moment_words(at, words);
    paper_row(&paper, "Name", body_text(pack, "name"), 0);
    paper_row(&paper, "Made", words, 0);
    paper_row(&paper, "Records",
              arena_printf(&paper.arena, "%zu shown, %zu left out", body_count(pack, "records"),
                           body_count(pack, "left-out")),
              0);
    for (size_t i = 0; i < body_count(pack, "records"); i++)
        print_record(&paper, body_element(pack, "records", i));
    if (body_count(pack, "left-out")) {
        paper_heading(&paper, "Left out");
        paper_text(&paper, 0,
                   "These records are kept back for now. You may ask why, and you may "
                   "complain.");
        for (size_t i = 0; i < body_count(pack, "left-out"); i++)
            paper_hung(&paper, 2, "- ", json_string_value(body_element(pack, "left-out", i)));
    }
    paper_print(&paper, &frame, out);
    paper_release(&paper);
}

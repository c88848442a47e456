/* SPDX-License-Identifier: MIT */
/* What of a record is looked through. Not the labels of options, which would match everything,
 * nor a justification that nobody edited, which only repeats them. */
#include "record/texts.h"

#include "base/mem.h"
#include "record/json.h"

struct giving {
    text_each *each;
    void *data;
    bool going;
};

static void give(struct giving *giving, const char *text, bool free_text)
{
    if (giving->going && text[0])
        giving->going = giving->each(text, free_text, giving->data);
}

static void give_names(struct giving *giving, const json_t *entry)
{
    json_t *fields = body_at(entry, "fields");
    const char *name;
    json_t *text;

    json_object_foreach(fields, name, text)
        give(giving, json_is_string(text) ? json_string_value(text) : "", false);
}

void texts_each(const json_t *body, text_each *each, void *data)
{
    static const char *const names[] = {
        "reference", "amends",    "sibling-of",  "practitioner.name",     "practitioner.full",
        "agreement", "programme", "terms.title", "terms.programme.title",
    };
    struct giving giving = {each, data, true};

    for (size_t i = 0; i < COUNT(names); i++)
        give(&giving, body_text(body, names[i]), false);
    for (size_t i = 0; i < body_count(body, "path"); i++)
        give_names(&giving, body_element(body, "path", i));
    give(&giving, body_text(body, "decision.reason"), true);
    give(&giving, body_text(body, "amendment"), true);
    for (size_t i = 0; i < body_count(body, "path"); i++)
        give(&giving, body_text(body_element(body, "path", i), "text"), true);
    for (size_t i = 0; i < body_count(body, "items"); i++) {
        give(&giving, body_text(body_element(body, "items", i), "what"), true);
        give(&giving, body_text(body_element(body, "items", i), "reason"), true);
    }
    if (body_flag(body, "justification.edited"))
        give(&giving, body_text(body, "justification.text"), true);
}

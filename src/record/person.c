/* SPDX-License-Identifier: MIT */
/* Roles and pseudonyms. Never sees where the key comes from. */
#include <string.h>

#include "base/utf8.h"
#include "record/record.h"

static const struct {
    const char *id, *words;
} roles[] = {
#define X(name, id, words) [ROLE_##name] = {id, words},
    ROLE_TABLE(X)
#undef X
};

const char *role_id(enum role role)
{
    return roles[role].id;
}

const char *role_words(enum role role)
{
    return roles[role].words;
}

bool role_parse(const char *id, enum role *ret_role)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (strcmp(roles[i].id, id) == 0) {
            *ret_role = (enum role)i;
            return true;
        }
    }
    return false;
}

/* The name folded, with one space between words: what differs by spelling only is the same. */
static void fold_name(const char *name, struct buf *out)
{
    struct buf folded = {0};
    const char *at;

    utf8_fold(&folded, name, strlen(name));
    for (at = buf_text(&folded); *(at += strspn(at, " \t\n"));) {
        size_t length = strcspn(at, " \t\n");

        if (out->length)
            buf_putc(out, ' ');
        buf_add(out, at, length);
        at += length;
    }
    buf_release(&folded);
}

void pseudonym_of(const unsigned char key[DIGEST_SIZE], const char *name, const char *born,
                  char hex[DIGEST_HEX_SIZE])
{
    struct buf folded = {0};
    char day[DATE_SIZE] = "";
    struct digest digest;
    date parsed;

    fold_name(name, &folded);
    if (date_parse(born, &parsed)) {
        date_iso(parsed, day);
        born = day;
    }
    const struct span span[] = {
        {buf_text(&folded), folded.length},
        {"", 1}, /* a NUL keeps the two apart */
        {born, strlen(born)},
    };
    digest = digest_keyed(key, span, COUNT(span));
    digest_hex(&digest, hex);
    buf_release(&folded);
}

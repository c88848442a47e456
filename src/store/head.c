/* SPDX-License-Identifier: MIT */
/* The head of an entry, read from its bytes. It has one spelling: its members in this order, no
 * blanks, nothing escaped. Any other is refused, and reading just this one takes a tenth of
 * what reading JSON does. */
#include <sodium.h>
#include <stddef.h>
#include <string.h>

#include "record/json.h"
#include "store/log.h"

enum how { NUMBER, SMALL_NUMBER, FLAG, TEXT, HEX, KIND, ROLE };
static const struct member {
    const char *name;
    enum how how;
    bool optional;
    size_t offset, size;
} members[] = {
#define MEMBER(name, how, optional, member)                                                    \
    {                                                                                          \
        "\"" name "\":", how, optional, offsetof(struct head_fields, member),                  \
            sizeof(((struct head_fields *)NULL)->member)                                       \
    }
    MEMBER("at", NUMBER, false, at.us),
    MEMBER("author", TEXT, false, author),
    MEMBER("back", FLAG, true, back),
    MEMBER("body", HEX, false, body.byte),
    MEMBER("key", HEX, false, key),
    MEMBER("kind", KIND, false, kind),
    MEMBER("prev", HEX, false, previous.byte),
    MEMBER("ref", TEXT, true, reference),
    MEMBER("role", ROLE, false, role),
    MEMBER("seq", NUMBER, false, sequence),
    MEMBER("store", HEX, false, store),
    MEMBER("v", NUMBER, false, version),
    MEMBER("zone", SMALL_NUMBER, false, at.offset_minutes),
#undef MEMBER
};

#define WORD_SIZE 33 /* of a kind, a role, or an author */

/* Where reading a head is, and its end. */
struct reading {
    const char *at, *end;
};

static bool skip(struct reading *reading, const char *text)
{
    size_t length = strlen(text);

    if ((size_t)(reading->end - reading->at) < length || memcmp(reading->at, text, length) != 0)
        return false;
    reading->at += length;
    return true;
}

/* What stands in quotes, of fewer bytes than `size`. */
static bool read_quoted(struct reading *reading, char *text, size_t size)
{
    size_t length = 0;

    if (!skip(reading, "\""))
        return false;
    while (reading->at + length < reading->end && reading->at[length] != '"') {
        char c = reading->at[length];

        if (c < ' ' || c > '~' || c == '\\' || length + 1 == size)
            return false;
        text[length++] = c;
    }
    text[length] = '\0';
    reading->at += length;
    return skip(reading, "\"");
}

static bool read_hex(struct reading *reading, unsigned char *bytes, size_t size)
{
    size_t got;

    if (!skip(reading, "\"") || (size_t)(reading->end - reading->at) < 2 * size ||
        sodium_hex2bin(bytes, size, reading->at, 2 * size, NULL, &got, NULL) != 0 ||
        got != size)
        return false;
    reading->at += 2 * size;
    return skip(reading, "\"");
}

/* Digits as a number is written back, so no leading zero and no -0. */
static bool read_number(struct reading *reading, int64_t *ret_number)
{
    bool minus = skip(reading, "-");
    const char *from = reading->at;
    int64_t number = 0;

    for (; reading->at < reading->end && *reading->at >= '0' && *reading->at <= '9';
         reading->at++) {
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *reading->at - '0', &number))
            return false;
    }
    if (reading->at == from || (*from == '0' && (reading->at - from > 1 || minus)))
        return false;
    *ret_number = minus ? -number : number;
    return true;
}

static bool read_small_number(struct reading *reading, int16_t *ret_number)
{
    int64_t number;

    if (!read_number(reading, &number) || number < INT16_MIN || number > INT16_MAX)
        return false;
    *ret_number = (int16_t)number;
    return true;
}

static bool read_member(struct reading *reading, const struct member *member, void *into)
{
    char word[WORD_SIZE];

    switch (member->how) {
    case NUMBER:
        return read_number(reading, into);
    case SMALL_NUMBER:
        return read_small_number(reading, into);
    case FLAG:
        return *(bool *)into = skip(reading, "true");
    case TEXT:
        return read_quoted(reading, into, member->size);
    case HEX:
        return read_hex(reading, into, member->size);
    case KIND:
        return read_quoted(reading, word, sizeof(word)) && entry_kind_parse(word, into);
    case ROLE:
        return read_quoted(reading, word, sizeof(word)) && role_parse(word, into);
    }
    return false;
}

static bool read_members(const char *bytes, size_t length, struct head_fields *fields)
{
    struct reading reading = {bytes, bytes + length};
    const char *before = "{";

    for (size_t i = 0; i < COUNT(members); i++) {
        struct reading here = reading;

        if (!skip(&here, before) || !skip(&here, members[i].name)) {
            if (members[i].optional)
                continue;
            return false;
        }
        if (!read_member(&here, &members[i], (char *)fields + members[i].offset))
            return false;
        reading = here;
        before = ",";
    }
    return skip(&reading, "}") && reading.at == reading.end;
}

/* Why a head cannot be read: later ones may have other members. */
static enum status misread(int64_t sequence, const char *bytes, size_t length,
                           struct error *error)
{
    long long version;
    json_t *head;

    if (body_read(bytes, length, "head", &head, error) != STATUS_OK)
        return entry_damaged(sequence, "its head cannot be read", error);
    version = body_number(head, "v");
    json_decref(head);
    if (version > ENTRY_VERSION)
        return fail(error, STATUS_UNSUPPORTED, "Install a later Discern.",
                    "Entry %lld of the log was written by a later Discern.",
                    (long long)sequence);
    return entry_damaged(sequence, "its head is not one", error);
}

enum status head_read(int64_t sequence, const char *bytes, size_t length,
                      struct head_fields *ret_head, struct error *error)
{
    struct head_fields fields = {0};

    if (!read_members(bytes, length, &fields) || fields.version != ENTRY_VERSION ||
        fields.sequence != sequence)
        return misread(sequence, bytes, length, error);
    *ret_head = fields;
    return STATUS_OK;
}

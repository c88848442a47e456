/* SPDX-License-Identifier: MIT */
/* `discern verify`: every entry of the log against its signature and its place, and against a
 * head that somebody else holds. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/subcommands.h"
#include "record/json.h"

#define FILE_MAX_SIZE ((size_t)256 << 20)

/* --- A head that somebody holds ----------------------------------------------------------- */

static int digit_of(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;

    return found ? (int)(found - digits) : -1;
}

/* 64 digits, in groups or not. */
static bool read_link(const char *text, struct digest *link)
{
    size_t count = 0;

    for (; count < 2 * DIGEST_SIZE; text++) {
        int digit = digit_of(*text);

        if (digit < 0 && (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r'))
            continue;
        if (digit < 0)
            return false;
        link->byte[count / 2] = (unsigned char)(link->byte[count / 2] << 4 | digit);
        count++;
    }
    return digit_of(*text) < 0;
}

static bool read_count(const char *text, char **ret_end, int64_t *ret_count)
{
    long long count = strtoll(text, ret_end, 10);

    *ret_count = count;
    return *ret_end != text && count > 0;
}

/* "27:" and the link, as programs print it. */
static bool read_typed(const char *text, struct head *head)
{
    char *end;

    return read_count(text, &end, &head->count) && *end == ':' &&
           read_link(end + 1, &head->link);
}

/* What a printed record ends with: "Entry 27", and the link in groups. */
static bool read_printed(const char *text, struct head *head)
{
    static const char entry[] = "Entry ";
    const char *at = NULL, *colon;
    char *end;

    for (const char *next = strstr(text, entry); next; next = strstr(next + 1, entry))
        at = next;
    if (!at || !read_count(at + sizeof(entry) - 1, &end, &head->count))
        return false;
    colon = strchr(end, ':');
    return colon && read_link(colon + 1, &head->link);
}

/* An export, or whatever else has a "head" with "count" and "link". */
static bool read_json(const char *text, size_t length, struct head *head)
{
    struct error ignored;
    json_t *body;
    bool read;

    if (body_read(text, length, "file", &body, &ignored) != STATUS_OK)
        return false;
    head->count = body_number(body, "head.count");
    read = head->count > 0 && read_link(body_text(body, "head.link"), &head->link);
    json_decref(body);
    return read;
}

static enum status read_against(const char *text, struct head *ret_head, struct error *error)
{
    struct head head = {0};
    struct buf bytes = {0};
    enum status status;

    if (read_typed(text, &head)) {
        *ret_head = head;
        return STATUS_OK;
    }
    status = file_read(text, FILE_MAX_SIZE, &bytes, error);
    head = (struct head){0};
    if (status == STATUS_OK && !read_json(buf_text(&bytes), bytes.length, &head)) {
        head = (struct head){0};
        if (!read_printed(buf_text(&bytes), &head))
            status = fail_at(error, STATUS_BAD_DATA, text, 0, NULL,
                             "Give NUMBER:LINK, an export, a receipt or a printed record.",
                             "There is no head of a log in this file.");
    }
    buf_release(&bytes);
    if (status == STATUS_OK)
        *ret_head = head;
    return status;
}

/* --- The check ---------------------------------------------------------------------------- */

static enum status check(struct context *context, struct store *store,
                         const struct head *against, struct error *error)
{
    struct progress progress = {context->err, "Checking", 0};
    char hex[DIGEST_HEX_SIZE];
    struct head head;
    enum status status = store_verify(store, against, progress_say, &progress, error);

    if (status == STATUS_OK)
        status = store_head(store, &head, error);
    if (status != STATUS_OK)
        return status;
    digest_hex(&head.link, hex);
    fprintf(context->out, "All %lld entries are in order.\n", (long long)head.count);
    if (against)
        fprintf(context->out, "Entry %lld is the one that the head was taken of.\n",
                (long long)against->count);
    fprintf(context->out, "Head: %lld:%s\n", (long long)head.count, hex);
    return STATUS_OK;
}

enum status command_verify(struct context *context, struct error *error)
{
    const char *text = context_option(context, "--against", 0);
    struct head against = {0};
    struct store *store;
    enum status status = STATUS_OK;

    if (text)
        status = read_against(text, &against, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = check(context, store, text ? &against : NULL, error);
    store_close(store);
    return status;
}

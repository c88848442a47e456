/* SPDX-License-Identifier: MIT */
/* `discern verify`: every entry of the log against its signature and its place, and against a
 * head that somebody else holds. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/leave.h"
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

/* What somebody holds: a head, and the store that it is of, "" if that is not said. */
struct held {
    struct head head;
    const char *store;
};

/* A signed message: DER, or text around it. */
static bool is_envelope(const struct buf *file)
{
    static const char begin[] = "-----BEGIN ";

    return file->length > 0 &&
           (file->text[0] == '\x30' || strncmp(file->text, begin, sizeof(begin) - 1) == 0);
}

/* A receipt is believed as it is when it is taken in: signed by the receiver. */
static enum status read_receipt(struct context *context, const struct buf *file,
                                struct held *held, struct error *error)
{
    struct receipt receipt;
    struct leave leave;
    enum status status = leave_read(context, &leave, error);

    if (status == STATUS_OK)
        status = receipt_look(&leave.courier, &leave.receiver, file, &context->arena, &receipt,
                              error);
    if (status == STATUS_OK && !receipt.head.count)
        status = fail(error, STATUS_BAD_DATA, "Give another receipt.",
                      "The receiver had nothing of this log when it signed this receipt.");
    if (status == STATUS_OK)
        *held = (struct held){{receipt.head.count, receipt.head.link}, receipt.store};
    return status;
}

static enum status read_against(struct context *context, const char *text, struct held *held,
                                struct error *error)
{
    struct buf file = {0};
    enum status status;

    *held = (struct held){.store = ""};
    if (read_typed(text, &held->head))
        return STATUS_OK;
    status = file_read(text, FILE_MAX_SIZE, &file, error);
    if (status == STATUS_OK && is_envelope(&file))
        status = read_receipt(context, &file, held, error);
    else if (status == STATUS_OK && !read_json(buf_text(&file), file.length, &held->head) &&
             !read_printed(buf_text(&file), &held->head))
        status = fail_at(error, STATUS_BAD_DATA, text, 0, NULL,
                         "Give NUMBER:LINK, an export, a receipt or a printed record.",
                         "There is no head of a log in this file.");
    buf_release(&file);
    return status;
}

/* --- The check ---------------------------------------------------------------------------- */

static enum status check_store(struct store *store, const struct held *held,
                               struct error *error)
{
    char id[STORE_ID_HEX_SIZE];

    store_id(store, id);
    if (!held->store[0] || strcmp(held->store, id) == 0)
        return STATUS_OK;
    return fail(error, STATUS_REFUSED, "Give a receipt for a bundle of this store.",
                "This receipt is for another store, so it says nothing of this log.");
}

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
    struct held held = {.store = ""};
    struct store *store;
    enum status status = STATUS_OK;

    if (text)
        status = read_against(context, text, &held, error);
    if (status == STATUS_OK)
        status = context_store(context, &store, error);
    if (status != STATUS_OK)
        return status;
    status = check_store(store, &held, error);
    if (status == STATUS_OK)
        status = check(context, store, text ? &held.head : NULL, error);
    store_close(store);
    return status;
}

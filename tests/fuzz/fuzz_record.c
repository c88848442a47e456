/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as a record, a draft and a review. Either an error that says what is
 * wrong, or something that can be printed, walked, composed and read again. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/record.h"
#include "record/review.h"
#include "tests/fuzz/target.h"

static const unsigned char key[DIGEST_SIZE] = {1};

static struct pack *load_pack(void)
{
    const char *srcdir = getenv("srcdir");
    char *path = path_join(srcdir ? srcdir : ".", "tests/cases/record.ini");
    struct buf text = {0};
    struct pack *pack = NULL;
    struct error error = {0};

    if (file_read(path, INI_FILE_MAX, &text, &error) ||
        pack_read("record.ini", buf_text(&text), text.length, &pack, &error))
        die("%s: %s", path, error.what);
    buf_release(&text);
    free(path);
    return pack;
}

static void check_error(enum status status, const struct error *error)
{
    if (status && (error->status != status || !error->what[0]))
        die("an error does not say enough");
}

/* What was read is a whole decision: kept as a draft it comes back the same, and if it can be
 * signed the record is canonical. */
static void check_decision(struct decision *decision)
{
    static const struct person signer = {"a", "A", "T", ROLE_PRACTITIONER};
    struct buf draft = {0}, again = {0}, body = {0};
    struct decision read;
    struct walk walk = {0};
    struct error error = {0};

    draft_write(decision, &draft);
    if (draft_read(draft.text, draft.length, decision->pack, &read, NULL, &error))
        die("a draft is not read back: %s", error.what);
    draft_write(&read, &again);
    if (strcmp(draft.text, again.text) != 0)
        die("a draft changed when it was read back");
    walk_init(&walk, &decision->answers, decision->day);
    if (decision_complete(decision, &walk, &error) == STATUS_OK) {
        record_compose(decision, &walk, &signer, decision->begun, key, &body);
        if (record_check(body.text, body.length, &error))
            die("a record is not canonical: %s", error.what);
    }
    walk_release(&walk);
    decision_release(&read);
    buf_release(&draft);
    buf_release(&again);
    buf_release(&body);
}

static void try_decisions(const struct pack *pack, const char *bytes, size_t size)
{
    struct decision decision;
    struct error error = {0};
    enum status status = record_reopen(bytes, size, pack, &decision, &error);

    check_error(status, &error);
    if (status == STATUS_OK) {
        check_decision(&decision);
        decision_release(&decision);
    }
    status = draft_read(bytes, size, pack, &decision, NULL, &error);
    check_error(status, &error);
    if (status == STATUS_OK) {
        check_decision(&decision);
        decision_release(&decision);
    }
}

static void try_summaries(const char *bytes, size_t size)
{
    struct arena arena = {0};
    struct summary summary;
    struct draft_summary draft;
    struct review review;
    struct buf out = {0};
    struct error error = {0};

    check_error(record_summarise(bytes, size, &arena, &summary, &error), &error);
    check_error(draft_summarise(bytes, size, &arena, &draft, &error), &error);
    check_error(review_read(bytes, size, &arena, &review, &error), &error);
    check_error(record_words(bytes, size, &out, &error), &error);
    check_error(record_check(bytes, size, &error), &error);
    check_error(record_print(bytes, size, NULL, true, &out, &error), &error);
    check_error(record_print(bytes, size, NULL, false, &out, &error), &error);
    check_error(record_unroll(bytes, size, NULL, 40, &out, &error), &error);
    if (strchr(buf_text(&out), '\x1b'))
        die("paper holds a control character");
    buf_release(&out);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct pack *pack = load_pack();

    try_decisions(pack, (const char *)bytes, size);
    try_summaries((const char *)bytes, size);
    pack_free(pack);
    return 0;
}

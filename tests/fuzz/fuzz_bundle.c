/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as a bundle, a receipt and the parts of an answer. Either an error
 * that says what is wrong, or something that is followed, answered and written back. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/parts.h"
#include "exchange/receive.h"
#include "tests/fuzz/target.h"

static void check_error(enum status status, const struct error *error)
{
    if (status && (error->status != status || !error->what[0] || !error->remedy[0]))
        die("an error does not say enough");
}

static bool nothing_known(int64_t sequence, struct digest *ret_link, void *data)
{
    (void)sequence;
    (void)ret_link;
    (void)data;
    return false;
}

/* A receipt can be written, and is read back as it was. */
static void check_receipt(const struct receipt *receipt)
{
    struct buf text = {0}, again = {0};
    struct arena arena = {0};
    struct receipt read;
    struct error error = {0};

    receipt_write(receipt, &text);
    if (receipt_read(buf_text(&text), text.length, &arena, &read, &error))
        die("a receipt is not read back: %s", error.what);
    receipt_write(&read, &again);
    if (strcmp(buf_text(&text), buf_text(&again)) != 0)
        die("a receipt changed when it was read back");
    arena_release(&arena);
    buf_release(&text);
    buf_release(&again);
}

/* Whatever a bundle says, it is answered; what it brings is not more than it has. */
static void answer(const struct bundle *bundle)
{
    struct receiving receiving = {.me = bundle->manifest.to,
                                  .name = "county",
                                  .signer = bundle->manifest.certificate,
                                  .now = bundle->manifest.at,
                                  .known = nothing_known};
    struct chain chain = {0};
    struct arena arena = {0};
    struct receipt receipt;

    if (receive_bundle(bundle, &receiving, &chain, &arena, &receipt) &&
        chain.count != bundle->manifest.head.count)
        die("a chain does not end where its bundle does");
    check_receipt(&receipt);
    arena_release(&arena);
    chain_release(&chain);
}

static void try_bundle(const char *bytes, size_t size)
{
    struct bundle bundle;
    struct error error = {0};
    enum status status = bundle_read(bytes, size, &bundle, &error);

    check_error(status, &error);
    if (status == STATUS_OK) {
        answer(&bundle);
        bundle_release(&bundle);
    }
}

static void try_receipt(const char *bytes, size_t size)
{
    struct arena arena = {0};
    struct receipt receipt;
    struct error error = {0};
    enum status status = receipt_read(bytes, size, &arena, &receipt, &error);

    check_error(status, &error);
    if (status == STATUS_OK)
        check_receipt(&receipt);
    arena_release(&arena);
}

static void try_parts(const char *bytes, size_t size)
{
    struct buf parts = {0};
    struct part part;

    buf_add(&parts, bytes, size);
    free(parts_text(&parts, "end"));
    if (parts_find(&parts, "plain", &part) &&
        (part.bytes < parts.text || part.bytes + part.length > parts.text + parts.length))
        die("a part is not in what it is a part of");
    buf_release(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    try_bundle((const char *)bytes, size);
    try_receipt((const char *)bytes, size);
    try_parts((const char *)bytes, size);
    return 0;
}

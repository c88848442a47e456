/* SPDX-License-Identifier: MIT */
/*
 * The small receiver: takes in the bundles of a folder and puts a signed receipt beside each.
 * Of what it takes it keeps the heads only, so that it can follow each store's chain and say
 * what it had before; for keeping records there is the register.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "exchange/courier.h"
#include "exchange/receive.h"
#include "record/json.h"

#define STATE_MAX ((size_t)1 << 30)

/* What is known of a store: the heads of its entries, with the bodies that the chain needs. */
struct shelf {
    struct chain chain;
    struct digest *link; /* of entry 1, 2, ... */
    size_t room;
    char *path;
    struct buf lines;
};

static void shelf_release(struct shelf *shelf)
{
    chain_release(&shelf->chain);
    free(shelf->link);
    free(shelf->path);
    buf_release(&shelf->lines);
}

static void note_link(struct shelf *shelf, const struct link *link)
{
    size_t number = (size_t)link->sequence;

    if (number > shelf->room) {
        shelf->room = number + 1024;
        shelf->link = xrealloc(shelf->link, shelf->room, sizeof(*shelf->link));
    }
    shelf->link[number - 1] = link->link;
}

/* The bodies that say who may sign are needed; no others are kept. */
static void keep_line(struct shelf *shelf, const struct link *link)
{
    struct link bare = *link;

    if (strcmp(link->kind, "user") != 0 && strcmp(link->kind, "identity") != 0)
        bare.body = bare.view = NULL;
    bundle_add(&bare, &shelf->lines);
    note_link(shelf, link);
}

static bool load_line(struct shelf *shelf, const char *line, size_t length)
{
    struct arena arena = {0};
    struct error error;
    struct link link;
    json_t *object;
    bool done = body_read(line, length, "entry", &object, &error) == STATUS_OK;

    if (done) {
        done = link_read(object, &arena, &link, &error) == STATUS_OK &&
               chain_follow(&shelf->chain, &link, &error) == STATUS_OK;
        json_decref(object);
    }
    if (done)
        note_link(shelf, &link);
    arena_release(&arena);
    return done;
}

static bool shelf_load(const char *folder, const char *store, struct shelf *shelf,
                       struct mishap *mishap)
{
    char *name = xasprintf("%s.chain", store);
    struct error error;
    enum status status;
    const char *line, *end;

    shelf->path = path_join(folder, name);
    free(name);
    status = file_read(shelf->path, STATE_MAX, &shelf->lines, &error);
    if (status == STATUS_NOT_FOUND)
        return true;
    if (status != STATUS_OK)
        return mishap_set(mishap, TROUBLE_FAULT, "%s: %s", shelf->path, error.what);
    line = buf_text(&shelf->lines);
    end = line + shelf->lines.length;
    while (line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));

        if (!newline || !load_line(shelf, line, (size_t)(newline - line)))
            return mishap_set(mishap, TROUBLE_FAULT, "%s was changed", shelf->path);
        line = newline + 1;
    }
    return true;
}

static bool known(int64_t sequence, struct digest *ret_link, void *data)
{
    const struct shelf *shelf = data;

    if (sequence < 1 || sequence > shelf->chain.count)
        return false;
    *ret_link = shelf->link[sequence - 1];
    return true;
}

static bool save(struct shelf *shelf, const struct bundle *bundle, int64_t before,
                 struct mishap *mishap)
{
    struct error error;

    for (size_t i = 0; i < bundle->count; i++) {
        if (bundle->entry[i].sequence > before)
            keep_line(shelf, &bundle->entry[i]);
    }
    if (file_write(shelf->path, buf_text(&shelf->lines), shelf->lines.length, true, &error) ==
        STATUS_OK)
        return true;
    return mishap_set(mishap, TROUBLE_FULL, "%s", error.what);
}

/* --- One bundle --------------------------------------------------------------------------- */

struct receiver {
    const char *folder, *key, *certificate;
    char fingerprint[DIGEST_HEX_SIZE];
    struct buf name;
    struct buf *said;
};

static bool write_receipt(const struct receiver *receiver, const char *path,
                          const struct receipt *receipt, struct mishap *mishap)
{
    char *to = xasprintf("%s" RECEIPT_SUFFIX, path);
    struct buf text = {0}, sealed = {0};
    struct error error;
    bool done;

    receipt_write(receipt, &text);
    done = envelope_sign(receiver->key, receiver->certificate,
                         (struct part){buf_text(&text), text.length}, &sealed, mishap);
    if (done && file_write(to, buf_text(&sealed), sealed.length, true, &error) != STATUS_OK)
        done = mishap_set(mishap, TROUBLE_FULL, "%s", error.what);
    buf_release(&text);
    buf_release(&sealed);
    free(to);
    return done;
}

static bool take_bundle(const struct receiver *receiver, const char *path,
                        const struct bundle *bundle, const char *signer, struct digest digest,
                        struct mishap *mishap)
{
    struct receiving receiving = {.me = receiver->fingerprint,
                                  .name = receiver->name.text ? receiver->name.text : "",
                                  .signer = signer,
                                  .digest = digest,
                                  .now = moment_now(),
                                  .known = known};
    struct arena arena = {0};
    struct shelf shelf = {0};
    struct receipt receipt;
    bool done = shelf_load(receiver->folder, bundle->manifest.store, &shelf, mishap);
    int64_t before = shelf.chain.count;
    bool taken = false;

    receiving.data = &shelf;
    if (done)
        taken = receive_bundle(bundle, &receiving, &shelf.chain, &arena, &receipt);
    if (taken)
        done = save(&shelf, bundle, before, mishap);
    if (done)
        done = write_receipt(receiver, path, &receipt, mishap);
    if (done && taken)
        buf_printf(receiver->said, "%s: taken, %zu refused\n", path, receipt.refused_count);
    else if (done)
        buf_printf(receiver->said, "%s: refused: %s\n", path, receipt.refused[0].message);
    arena_release(&arena);
    shelf_release(&shelf);
    return done;
}

/* A file that cannot be opened gets no receipt: there is nobody to send one to. */
static bool take_file(const struct receiver *receiver, const char *path, struct mishap *mishap)
{
    struct buf sealed = {0}, plain = {0}, signer = {0}, name = {0};
    char fingerprint[DIGEST_HEX_SIZE];
    struct bundle bundle = {0};
    struct mishap why = {0};
    struct error error = {0};
    bool done = true;
    bool opened = file_read(path, 2 * BUNDLE_MAX, &sealed, &error) == STATUS_OK;

    if (opened)
        opened = envelope_open(receiver->key, receiver->certificate,
                               (struct part){buf_text(&sealed), sealed.length}, &plain, &signer,
                               &why) &&
                 certificate_look(buf_text(&signer), fingerprint, &name, &why);
    if (opened && bundle_read(buf_text(&plain), plain.length, &bundle, &error) == STATUS_OK)
        done =
            take_bundle(receiver, path, &bundle, fingerprint,
                        digest_of(&(struct span){buf_text(&sealed), sealed.length}, 1), mishap);
    else
        buf_printf(receiver->said, "%s: not opened: %s %s\n", path,
                   error.what[0] ? error.what : trouble_title(why.trouble), why.detail);
    bundle_release(&bundle);
    buf_release(&sealed);
    buf_wipe(&plain);
    buf_release(&signer);
    buf_release(&name);
    return done;
}

/* A pipe would keep us waiting, and a link lead to what is not in the folder. */
static bool is_file(const char *path)
{
    struct stat found;

    return lstat(path, &found) == 0 && S_ISREG(found.st_mode);
}

bool receive_folder(const char *folder, const char *key, const char *certificate,
                    struct buf *said, struct mishap *mishap)
{
    struct receiver receiver = {
        .folder = folder, .key = key, .certificate = certificate, .said = said};
    char **names = NULL;
    size_t count = 0;
    struct error error;
    bool done = certificate_look(certificate, receiver.fingerprint, &receiver.name, mishap);

    if (done && file_list(folder, BUNDLE_SUFFIX, &names, &count, &error) != STATUS_OK)
        done = mishap_set(mishap, TROUBLE_SETTING, "%s: %s", folder, error.what);
    for (size_t i = 0; done && i < count && !courier_stopped(); i++) {
        char *path = path_join(folder, names[i]);

        if (is_file(path))
            done = take_file(&receiver, path, mishap);
        else
            buf_printf(said, "%s: not opened: it is no file\n", path);
        free(path);
    }
    free(names);
    buf_release(&receiver.name);
    return done;
}

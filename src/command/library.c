/* SPDX-License-Identifier: MIT */
/* Packs by name, each file read once and only when it is asked for. Never writes. */
#include "command/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/suggest.h"
#include "command/shelf.h"

#define SUFFIX ".ini"

/* A pack that is not in the data folder: from a file that was named, kept by a store, or joined
 * with an agreement. */
struct loose {
    struct volume volume;
    struct loose *next;
};

struct library {
    char *dir;             /* of the policy packs */
    char **name;           /* file names, sorted; NULL until the folder was listed */
    struct volume *volume; /* by file name */
    bool *was_read;        /* by file name */
    size_t count;
    struct loose *loose; /* in the arena */
    struct pack **pack;  /* those to be freed */
    size_t pack_count;
    struct agreement **agreement; /* those to be freed that are not on the shelf */
    size_t agreement_count;
    struct shelf *shelf; /* of the agreements */
    struct arena arena;  /* paths and texts */
};

struct library *library_new(const char *data_dir)
{
    struct library *library = xcalloc(1, sizeof(*library));

    library->dir = path_join(data_dir, "policy");
    library->shelf = shelf_new(data_dir);
    return library;
}

void library_free(struct library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->pack_count; i++)
        pack_free(library->pack[i]);
    for (size_t i = 0; i < library->agreement_count; i++)
        agreement_free(library->agreement[i]);
    shelf_free(library->shelf);
    free(library->agreement);
    free(library->pack);
    free(library->volume);
    free(library->was_read);
    free(library->name);
    free(library->dir);
    arena_release(&library->arena);
    free(library);
}

static void volume_take(struct library *library, struct volume *volume, struct pack *pack)
{
    volume->pack = pack;
    library->pack = xrealloc(library->pack, library->pack_count + 1, sizeof(pack));
    library->pack[library->pack_count++] = pack;
}

/* How a text becomes a pack: pack_read or pack_read_kept. */
typedef enum status pack_reading(const char *name, const char *text, size_t length,
                                 struct pack **ret_pack, struct error *error);

/* Reads text into a volume whose path is set. */
static enum status volume_read(struct library *library, struct volume *volume, const char *text,
                               size_t length, pack_reading *reading)
{
    struct pack *pack;
    enum status status;

    volume->text = memcpy(arena_alloc(&library->arena, length + 1), text, length);
    volume->length = length;
    status = reading(volume->path, volume->text, length, &pack, &volume->error);
    if (status == STATUS_OK)
        volume_take(library, volume, pack);
    return status;
}

static enum status volume_load(struct library *library, struct volume *volume)
{
    struct buf text = {0};
    enum status status = file_read(volume->path, INI_FILE_MAX, &text, &volume->error);

    if (status == STATUS_OK)
        status = volume_read(library, volume, buf_text(&text), text.length, pack_read);
    buf_release(&text);
    return status;
}

static enum status list_folder(struct library *library, struct error *error)
{
    enum status status;

    if (library->name)
        return STATUS_OK;
    status = file_list(library->dir, SUFFIX, &library->name, &library->count, error);
    if (status != STATUS_OK)
        return status;
    library->volume = xcalloc(library->count, sizeof(*library->volume));
    library->was_read = xcalloc(library->count, sizeof(*library->was_read));
    for (size_t i = 0; i < library->count; i++)
        library->volume[i].path =
            arena_printf(&library->arena, "%s/%s", library->dir, library->name[i]);
    return STATUS_OK;
}

static size_t stem_length(const char *name)
{
    return strlen(name) - strlen(SUFFIX);
}

/* Whoever looks for the pack of an id must find it by its file, so the two agree. */
static enum status check_id(struct volume *volume, const char *name)
{
    const char *id = volume->pack->id;

    if ((strlen(id) == stem_length(name) && strncmp(id, name, strlen(id)) == 0))
        return STATUS_OK;
    return fail_at(&volume->error, STATUS_BAD_DATA, volume->path, 0, "id",
                   "Give the file the name of its pack's id.",
                   "This is pack '%s', but its file is called %s.", id, name);
}

static const struct volume *volume_at(struct library *library, size_t number)
{
    struct volume *volume = &library->volume[number];

    if (!library->was_read[number]) {
        if (volume_load(library, volume) == STATUS_OK &&
            check_id(volume, library->name[number]) != STATUS_OK)
            volume->pack = NULL;
        library->was_read[number] = true;
    }
    return volume;
}

static enum status no_such_pack(struct library *library, const char *id, struct error *error)
{
    struct suggest suggest = {.wrong = id};
    struct arena arena = {0};
    char text[120];

    for (size_t i = 0; i < library->count; i++)
        suggest_offer(&suggest,
                      arena_strndup(&arena, library->name[i], stem_length(library->name[i])));
    suggest_text(&suggest, "See `discern policy list`.", text, sizeof(text));
    arena_release(&arena);
    return fail_at(error, STATUS_NOT_FOUND, library->dir, 0, NULL, text,
                   "There is no policy pack '%s' here.", id);
}

enum status library_pack(struct library *library, const char *id,
                         const struct volume **ret_volume, struct error *error)
{
    enum status status = list_folder(library, error);
    const struct volume *volume;
    size_t number = 0;

    if (status != STATUS_OK)
        return status;
    while (number < library->count && (strlen(id) != stem_length(library->name[number]) ||
                                       strncmp(id, library->name[number], strlen(id)) != 0))
        number++;
    if (number == library->count)
        return no_such_pack(library, id, error);
    volume = volume_at(library, number);
    if (!volume->pack) {
        *error = volume->error;
        return error->status;
    }
    *ret_volume = volume;
    return STATUS_OK;
}

enum status library_packs(struct library *library, const struct volume **ret_list,
                          size_t *ret_count, struct error *error)
{
    enum status status = list_folder(library, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < library->count; i++)
        (void)volume_at(library, i);
    *ret_list = library->volume;
    *ret_count = library->count;
    return STATUS_OK;
}

/* The pack outside the folder that has this text, or NULL. */
static const struct volume *find_loose(const struct library *library, const char *text,
                                       size_t length)
{
    for (const struct loose *loose = library->loose; loose; loose = loose->next) {
        if (loose->volume.length == length && memcmp(loose->volume.text, text, length) == 0)
            return &loose->volume;
    }
    return NULL;
}

static struct volume *keep_loose(struct library *library, struct loose *loose)
{
    loose->next = library->loose;
    library->loose = loose;
    return &loose->volume;
}

/* A pack that has no place in the folder. What could not be read stays until library_free. */
static enum status add_loose(struct library *library, const char *path, const char *text,
                             size_t length, pack_reading *reading, struct volume **ret_volume,
                             struct error *error)
{
    struct loose *loose = arena_alloc(&library->arena, sizeof(*loose));

    loose->volume.path = arena_strdup(&library->arena, path);
    if (volume_read(library, &loose->volume, text, length, reading) != STATUS_OK) {
        *error = loose->volume.error;
        return error->status;
    }
    *ret_volume = keep_loose(library, loose);
    return STATUS_OK;
}

enum status library_file(struct library *library, const char *path,
                         const struct volume **ret_volume, struct error *error)
{
    struct buf text = {0};
    struct volume *volume;
    enum status status = file_read(path, INI_FILE_MAX, &text, error);

    if (status == STATUS_OK)
        status =
            add_loose(library, path, buf_text(&text), text.length, pack_read, &volume, error);
    buf_release(&text);
    if (status == STATUS_OK)
        *ret_volume = volume;
    return status;
}

/* The agreement that a kept text holds beside its pack, if any. */
static enum status take_kept_agreement(struct library *library, struct volume *volume,
                                       struct error *error)
{
    struct agreement *agreement = NULL;
    enum status status =
        agreement_read_kept(volume->path, volume->text, volume->length, &agreement, error);

    if (status != STATUS_OK || !agreement)
        return status;
    volume->agreement = agreement;
    library->agreement =
        xrealloc(library->agreement, library->agreement_count + 1, sizeof(agreement));
    library->agreement[library->agreement_count++] = agreement;
    return STATUS_OK;
}

enum status library_kept(struct library *library, const char *text, size_t length,
                         const struct volume **ret_volume, struct error *error)
{
    const struct volume *known = find_loose(library, text, length);
    enum status status = STATUS_OK;
    struct volume *fresh;

    if (!known) {
        status = add_loose(library, "pack kept with the record", text, length, pack_read_kept,
                           &fresh, error);
        if (status == STATUS_OK)
            status = take_kept_agreement(library, fresh, error);
        known = fresh;
    }
    if (status == STATUS_OK)
        *ret_volume = known;
    return status;
}

/* --- agreements -------------------------------------------------------------------------- */

enum status library_agreement(struct library *library, const char *id,
                              const struct agreement_volume **ret_volume, struct error *error)
{
    return shelf_find(library->shelf, id, ret_volume, error);
}

enum status library_agreements(struct library *library,
                               const struct agreement_volume **ret_list, size_t *ret_count,
                               struct error *error)
{
    return shelf_all(library->shelf, ret_list, ret_count, error);
}

enum status library_agreement_file(struct library *library, const char *path,
                                   const struct agreement_volume **ret_volume,
                                   struct error *error)
{
    return shelf_file(library->shelf, path, ret_volume, error);
}

const char *library_clauses(const struct library *library)
{
    return shelf_clauses(library->shelf);
}

/* A pack joined anew, whose kept text is known. */
static enum status add_joined(struct library *library, const struct volume *pack,
                              const struct agreement_volume *agreement, const struct buf *text,
                              const struct volume **ret_volume, struct error *error)
{
    struct loose *loose;
    struct pack *joined;
    enum status status = pack_join(pack->path, pack->text, pack->length, agreement->path,
                                   agreement->text, agreement->length, &joined, error);

    if (status != STATUS_OK)
        return status;
    loose = arena_alloc(&library->arena, sizeof(*loose));
    loose->volume =
        (struct volume){.path = pack->path,
                        .text = arena_strndup(&library->arena, buf_text(text), text->length),
                        .length = text->length,
                        .agreement = agreement->agreement};
    volume_take(library, &loose->volume, joined);
    *ret_volume = keep_loose(library, loose);
    return STATUS_OK;
}

enum status library_join(struct library *library, const struct volume *pack,
                         const struct agreement_volume *agreement,
                         const struct volume **ret_volume, struct error *error)
{
    struct buf text = {0};
    const struct volume *known;
    enum status status = STATUS_OK;

    pack_kept_text(pack->text, pack->length, agreement->text, agreement->length, &text);
    known = find_loose(library, buf_text(&text), text.length);
    if (known)
        *ret_volume = known;
    else
        status = add_joined(library, pack, agreement, &text, ret_volume, error);
    buf_release(&text);
    return status;
}

enum status library_joined(struct library *library, const char *pack_id,
                           const char *agreement_id, const struct volume **ret_volume,
                           struct error *error)
{
    const struct agreement_volume *agreement;
    const struct volume *pack;
    enum status status = library_pack(library, pack_id, &pack, error);

    if (status == STATUS_OK)
        status = library_agreement(library, agreement_id, &agreement, error);
    if (status == STATUS_OK)
        status = library_join(library, pack, agreement, ret_volume, error);
    return status;
}

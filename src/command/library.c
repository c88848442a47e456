/* SPDX-License-Identifier: MIT */
/* Packs by name, each file read once and only when it is asked for. Never writes. */
#include "command/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/suggest.h"

#define SUFFIX ".ini"

/* A pack that is not in the data folder: from a file that was named, or kept by a store. */
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
    struct arena arena; /* paths and texts */
};

struct library *library_new(const char *data_dir)
{
    struct library *library = xcalloc(1, sizeof(*library));

    library->dir = path_join(data_dir, "policy");
    return library;
}

void library_free(struct library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->pack_count; i++)
        pack_free(library->pack[i]);
    free(library->pack);
    free(library->volume);
    free(library->was_read);
    free(library->name);
    free(library->dir);
    arena_release(&library->arena);
    free(library);
}

/* Reads text into a volume whose path is set. */
static enum status volume_read(struct library *library, struct volume *volume, const char *text,
                               size_t length)
{
    struct pack *pack;
    enum status status;

    volume->text = memcpy(arena_alloc(&library->arena, length + 1), text, length);
    volume->length = length;
    status = pack_read(volume->path, volume->text, length, &pack, &volume->error);
    if (status != STATUS_OK)
        return status;
    volume->pack = pack;
    library->pack = xrealloc(library->pack, library->pack_count + 1, sizeof(pack));
    library->pack[library->pack_count++] = pack;
    return STATUS_OK;
}

static enum status volume_load(struct library *library, struct volume *volume)
{
    struct buf text = {0};
    enum status status = file_read(volume->path, INI_FILE_MAX, &text, &volume->error);

    if (status == STATUS_OK)
        status = volume_read(library, volume, buf_text(&text), text.length);
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

/* A pack that has no place in the folder. What could not be read stays until library_free. */
static enum status add_loose(struct library *library, const char *path, const char *text,
                             size_t length, const struct volume **ret_volume,
                             struct error *error)
{
    struct loose *loose = arena_alloc(&library->arena, sizeof(*loose));

    loose->volume.path = arena_strdup(&library->arena, path);
    if (volume_read(library, &loose->volume, text, length) != STATUS_OK) {
        *error = loose->volume.error;
        return error->status;
    }
    loose->next = library->loose;
    library->loose = loose;
    *ret_volume = &loose->volume;
    return STATUS_OK;
}

enum status library_file(struct library *library, const char *path,
                         const struct volume **ret_volume, struct error *error)
{
    struct buf text = {0};
    enum status status = file_read(path, INI_FILE_MAX, &text, error);

    if (status == STATUS_OK)
        status = add_loose(library, path, buf_text(&text), text.length, ret_volume, error);
    buf_release(&text);
    return status;
}

enum status library_kept(struct library *library, const char *text, size_t length,
                         const struct volume **ret_volume, struct error *error)
{
    for (const struct loose *loose = library->loose; loose; loose = loose->next) {
        if (loose->volume.length == length && memcmp(loose->volume.text, text, length) == 0) {
            *ret_volume = &loose->volume;
            return STATUS_OK;
        }
    }
    return add_loose(library, "pack kept with the record", text, length, ret_volume, error);
}

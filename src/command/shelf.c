/* SPDX-License-Identifier: MIT */
/* Agreements by name. Never writes. */
#include "command/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/suggest.h"

#define SUFFIX ".ini"

struct shelf {
    const char *dir, *clauses;
    char **name; /* file names of agreements, sorted; NULL until the folder was listed */
    struct agreement_volume *volume; /* by file name */
    bool *was_read;                  /* by file name */
    size_t count;
    struct agreement **agreement; /* those to be freed */
    size_t agreement_count;
    struct arena arena; /* paths and texts */
};

struct shelf *shelf_new(const char *data_dir)
{
    struct shelf *shelf = xcalloc(1, sizeof(*shelf));
    char *dir = path_join(data_dir, "agreements");

    shelf->dir = arena_strdup(&shelf->arena, dir);
    shelf->clauses = arena_printf(&shelf->arena, "%s/CLAUSES.ini", dir);
    free(dir);
    return shelf;
}

void shelf_free(struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->agreement_count; i++)
        agreement_free(shelf->agreement[i]);
    free(shelf->agreement);
    free(shelf->volume);
    free(shelf->was_read);
    free(shelf->name);
    arena_release(&shelf->arena);
    free(shelf);
}

const char *shelf_clauses(const struct shelf *shelf)
{
    return shelf->clauses;
}

static enum status volume_load(struct shelf *shelf, struct agreement_volume *volume)
{
    struct agreement *agreement;
    struct buf text = {0};
    enum status status = file_read(volume->path, INI_FILE_MAX, &text, &volume->error);

    if (status == STATUS_OK) {
        volume->text = arena_strndup(&shelf->arena, buf_text(&text), text.length);
        volume->length = text.length;
        status = agreement_read(volume->path, buf_text(&text), text.length, &agreement,
                                &volume->error);
    }
    buf_release(&text);
    if (status != STATUS_OK)
        return status;
    volume->agreement = agreement;
    shelf->agreement =
        xrealloc(shelf->agreement, shelf->agreement_count + 1, sizeof(agreement));
    shelf->agreement[shelf->agreement_count++] = agreement;
    return STATUS_OK;
}

/* Files in capitals help those who write agreements, and are none themselves. */
static void keep_agreements(struct shelf *shelf)
{
    size_t kept = 0;

    for (size_t i = 0; i < shelf->count; i++) {
        if (shelf->name[i][0] >= 'a' && shelf->name[i][0] <= 'z')
            shelf->name[kept++] = shelf->name[i];
    }
    shelf->count = kept;
}

static enum status list_folder(struct shelf *shelf, struct error *error)
{
    enum status status;

    if (shelf->name)
        return STATUS_OK;
    status = file_list(shelf->dir, SUFFIX, &shelf->name, &shelf->count, error);
    if (status != STATUS_OK)
        return status;
    keep_agreements(shelf);
    shelf->volume = xcalloc(shelf->count + 1, sizeof(*shelf->volume));
    shelf->was_read = xcalloc(shelf->count + 1, sizeof(*shelf->was_read));
    for (size_t i = 0; i < shelf->count; i++)
        shelf->volume[i].path =
            arena_printf(&shelf->arena, "%s/%s", shelf->dir, shelf->name[i]);
    return STATUS_OK;
}

static size_t stem_length(const char *name)
{
    return strlen(name) - strlen(SUFFIX);
}

static bool is_file_of(const char *name, const char *id)
{
    return strlen(id) == stem_length(name) && strncmp(id, name, strlen(id)) == 0;
}

static const struct agreement_volume *volume_at(struct shelf *shelf, size_t number)
{
    struct agreement_volume *volume = &shelf->volume[number];
    const char *name = shelf->name[number];

    if (shelf->was_read[number])
        return volume;
    shelf->was_read[number] = true;
    if (volume_load(shelf, volume) == STATUS_OK && !is_file_of(name, volume->agreement->id) &&
        fail_at(&volume->error, STATUS_BAD_DATA, volume->path, 1, "[agreement] id",
                "Give the file the name of its agreement's id.",
                "This is agreement '%s', but its file is called %s.", volume->agreement->id,
                name) != STATUS_OK)
        volume->agreement = NULL;
    return volume;
}

static enum status no_such_agreement(struct shelf *shelf, const char *id, struct error *error)
{
    struct suggest suggest = {.wrong = id};
    char text[120];

    for (size_t i = 0; i < shelf->count; i++)
        suggest_offer(&suggest, arena_strndup(&shelf->arena, shelf->name[i],
                                              stem_length(shelf->name[i])));
    suggest_text(&suggest, "See `discern agreement list`.", text, sizeof(text));
    return fail_at(error, STATUS_NOT_FOUND, shelf->dir, 0, NULL, text,
                   "There is no agreement '%s' here.", id);
}

static enum status give(const struct agreement_volume *volume,
                        const struct agreement_volume **ret_volume, struct error *error)
{
    if (!volume->agreement) {
        *error = volume->error;
        return error->status;
    }
    *ret_volume = volume;
    return STATUS_OK;
}

enum status shelf_find(struct shelf *shelf, const char *id,
                       const struct agreement_volume **ret_volume, struct error *error)
{
    enum status status = list_folder(shelf, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < shelf->count; i++) {
        if (is_file_of(shelf->name[i], id))
            return give(volume_at(shelf, i), ret_volume, error);
    }
    return no_such_agreement(shelf, id, error);
}

enum status shelf_all(struct shelf *shelf, const struct agreement_volume **ret_list,
                      size_t *ret_count, struct error *error)
{
    enum status status = list_folder(shelf, error);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < shelf->count; i++)
        (void)volume_at(shelf, i);
    *ret_list = shelf->volume;
    *ret_count = shelf->count;
    return STATUS_OK;
}

enum status shelf_file(struct shelf *shelf, const char *path,
                       const struct agreement_volume **ret_volume, struct error *error)
{
    struct agreement_volume *volume = arena_alloc(&shelf->arena, sizeof(*volume));

    volume->path = arena_strdup(&shelf->arena, path);
    (void)!volume_load(shelf, volume);
    return give(volume, ret_volume, error);
}

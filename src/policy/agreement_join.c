/* SPDX-License-Identifier: MIT */
/*
 * A policy pack with what an agreement adds to it: the sections of both files are put into the
 * order of one pack and read as one. The agreement can only add, so nothing of the pack is lost
 * or changes its place among the pack's own.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "policy/agreement_parts.h"

/* Stands between the two texts of a joined pack. A comment, but one that no pack can hold: the
 * reader of INI files refuses the separator character (U+001E) in it. */
static const char joint[] = "\n; \x1E the agreement follows\n";

/* Where an agreement's sections stand in a pack: before the first section of a later kind. Its
 * clocks stay with it: they are among what it says (agreement.h), not a pack's. */
static const struct {
    const char *kind;
    int place;
} places[] = {
    {"pack", 0}, {"source", 1}, {"step", 2},  {"question", 3},  {"finding", 3},  {"outcome", 4},
    {"must", 5}, {"stop", 6},   {"never", 7}, {"retention", 8}, {"scenario", 9}, {"accept", 10},
};

#define PLACE_COUNT 11
#define NOT_OF_A_PACK (-1)

static int place_of(const char *section)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        size_t length = strlen(places[i].kind);

        if (!strncmp(section, places[i].kind, length) &&
            (!section[length] || section[length] == ' '))
            return places[i].place;
    }
    return NOT_OF_A_PACK;
}

/* --- merging ----------------------------------------------------------------------------- */

static enum status check_unlike(const struct ini *pack, const struct ini *agreement,
                                struct error *error)
{
    for (size_t i = 0; i < agreement->section_count; i++) {
        const struct ini_section *section = &agreement->section[i];
        const struct ini_section *same = ini_find_section(pack, section->name);
        char field[120];

        if (!same || place_of(section->name) == NOT_OF_A_PACK)
            continue;
        snprintf(field, sizeof(field), "[%s]", section->name);
        return fail_at(error, STATUS_BAD_DATA, section->file, section->line, field,
                       "Give it a name that begins with that of the agreement.",
                       "The policy pack has a section of this name, on line %d of %s.",
                       same->line, same->file);
    }
    return STATUS_OK;
}

static void add_section(struct ini *merged, const struct ini *from,
                        const struct ini_section *section)
{
    struct ini_section *into = &merged->section[merged->section_count];

    *into = *section;
    into->first = merged->key_count;
    for (size_t i = 0; i < section->count; i++) {
        struct ini_key *key = &merged->key[merged->key_count++];

        *key = from->key[section->first + i];
        key->section = merged->section_count;
    }
    merged->section_count++;
}

/* The agreement's sections that belong at places below `place`, from *next on. */
static void add_until(struct ini *merged, const struct ini *agreement, size_t *next, int place)
{
    for (; *next < agreement->section_count; ++*next) {
        const struct ini_section *section = &agreement->section[*next];
        int own = place_of(section->name);

        if (own >= place)
            return;
        if (own != NOT_OF_A_PACK)
            add_section(merged, agreement, section);
    }
}

/* One list of sections; texts stay those of the two. The agreement's order has been checked. A
 * section of the pack that has no place, or the wrong one, is left for the reader to refuse. */
static struct ini merge(const struct ini *pack, const struct ini *agreement)
{
    struct ini merged = {.file = pack->file};
    size_t next = 0;
    int place = 0;

    merged.section =
        arena_alloc(&merged.arena,
                    (pack->section_count + agreement->section_count) * sizeof(*merged.section));
    merged.key = arena_alloc(&merged.arena, (pack->key_count + agreement->key_count + 1) *
                                                sizeof(*merged.key));
    for (size_t i = 0; i < pack->section_count; i++) {
        int own = place_of(pack->section[i].name);

        if (own > place)
            place = own;
        add_until(&merged, agreement, &next, place);
        add_section(&merged, pack, &pack->section[i]);
    }
    add_until(&merged, agreement, &next, PLACE_COUNT);
    return merged;
}

/* --- joining ----------------------------------------------------------------------------- */

static enum status join(const struct ini *pack, const struct ini *agreement,
                        const struct digest *fingerprint, struct pack **ret_pack,
                        struct error *error)
{
    struct agreement *read = NULL;
    enum status status = agreement_read_ini(agreement, &read, error);
    struct ini merged;

    agreement_free(read);
    if (!status)
        status = check_unlike(pack, agreement, error);
    if (status)
        return status;
    merged = merge(pack, agreement);
    status = pack_read_sections(&merged, fingerprint, ret_pack, error);
    ini_release(&merged);
    return status;
}

static struct digest fingerprint_of(const struct span *pack, const struct span *agreement)
{
    const struct span spans[] = {*pack, {joint, strlen(joint)}, *agreement};

    return digest_of(spans, COUNT(spans));
}

enum status pack_join(const char *pack_name, const char *pack_text, size_t pack_length,
                      const char *agreement_name, const char *agreement_text,
                      size_t agreement_length, struct pack **ret_pack, struct error *error)
{
    const struct span texts[] = {{pack_text, pack_length}, {agreement_text, agreement_length}};
    struct digest fingerprint = fingerprint_of(&texts[0], &texts[1]);
    struct ini pack = {0}, agreement = {0};
    enum status status = ini_read(pack_name, pack_text, pack_length, &pack, error);

    if (!status)
        status = ini_read(agreement_name, agreement_text, agreement_length, &agreement, error);
    if (!status)
        status = join(&pack, &agreement, &fingerprint, ret_pack, error);
    ini_release(&agreement);
    ini_release(&pack);
    return status;
}

/* --- what a store keeps ------------------------------------------------------------------ */

void pack_kept_text(const char *pack_text, size_t pack_length, const char *agreement_text,
                    size_t agreement_length, struct buf *out)
{
    buf_add(out, pack_text, pack_length);
    buf_puts(out, joint);
    buf_add(out, agreement_text, agreement_length);
}

enum status agreement_read_kept(const char *name, const char *text, size_t length,
                                struct agreement **ret_agreement, struct error *error)
{
    const char *at = memmem(text, length, joint, strlen(joint));

    if (at)
        return agreement_read(name, at + strlen(joint),
                              length - (size_t)(at - text) - strlen(joint), ret_agreement,
                              error);
    *ret_agreement = NULL;
    return STATUS_OK;
}

enum status pack_read_kept(const char *name, const char *text, size_t length,
                           struct pack **ret_pack, struct error *error)
{
    const char *at = memmem(text, length, joint, strlen(joint));
    const char *agreement = at ? at + strlen(joint) : NULL;
    struct buf agreement_name = {0};
    enum status status;

    if (!at)
        return pack_read(name, text, length, ret_pack, error);
    buf_printf(&agreement_name, "%s, agreement", name);
    status = pack_join(name, text, (size_t)(at - text), buf_text(&agreement_name), agreement,
                       length - (size_t)(agreement - text), ret_pack, error);
    buf_release(&agreement_name);
    return status;
}

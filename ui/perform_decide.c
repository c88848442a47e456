/* SPDX-License-Identifier: MIT */
/*
 * Decisions handed to the app: new ones with what the settings answer beforehand, drafts,
 * records reopened to be amended, answer files to be replayed. Never walks and never judges
 * them.
 */
#include "ui/perform_decide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/json.h"

/* That an agreement is past its day keeps nobody from deciding, but is said. */
static void warn_of_state(struct performer *performer, struct app *app,
                          const struct decision *decision)
{
    const struct agreement *terms = decision->terms;
    struct buf standing = {0};
    if (terms == NULL || agreement_state(terms, decision->day) == AGREEMENT_IN_FORCE)
        return;
    agreement_standing(terms, decision->day, &standing);
    app->world.notice = arena_printf(
        &performer->arena, "%s: %s. Ask its owner whether it can still be relied on: %s.",
        terms->title, buf_text(&standing), terms->owner);
    buf_release(&standing);
}

static void bring(struct performer *performer, struct app *app, struct decision *decision)
{
    decision->terms = performer->volume->agreement;
    warn_of_state(performer, app, decision);
    if (app->world.has_brought)
        decision_release(&app->world.brought);
    app->world.brought = *decision;
    app->world.has_brought = true;
    app->world.lost = "";
}

/* What the whole organisation answers alike. A setting that does not fit its question is said
 * and asked for instead: it must not keep anyone from deciding. */
static void give_presets(struct performer *performer, struct app *app,
                         struct decision *decision, struct moment now)
{
    const struct pack *pack = decision->pack;
    for (size_t n = 0; n < pack->question_count; n++) {
        const char *name = pack->question[n].preset;
        const char *value = name[0] != '\0' ? settings_preset(performer->settings, name) : NULL;
        struct error error;
        if (value == NULL ||
            answer_from_words(&decision->answers, n, "", value, now, &error) == STATUS_OK)
            continue;
        app->world.notice = arena_printf(
            &performer->arena,
            "The setting \"%s\" in discern.ini does not fit its question, so you will be asked. "
            "Tell whoever looks after discern.ini.",
            name);
    }
}

/* --- The register of agreements
 * ---------------------------------------------------------------------- */

/* The agreement that the settings name for new decisions. A name that means none is said, and
 * the agreement asked for: it must not keep anyone from deciding. */
static const struct agreement *find_usual(struct performer *performer, struct app *app)
{
    const char *id = setting(performer->settings, SETTING_AGREEMENT);
    const struct agreement_volume *volume;
    struct error error;
    if (id[0] == '\0')
        return NULL;
    if (library_agreement(performer->library, id, &volume, &error) == STATUS_OK)
        return volume->agreement;
    app->world.notice = arena_printf(
        &performer->arena,
        "The agreement '%s' in discern.ini cannot be used, so you will be asked. Tell whoever "
        "looks after discern.ini.",
        id);
    return NULL;
}

static void fill_register(struct performer *performer, struct app *app,
                          const struct agreement_volume *volume, size_t count)
{
    struct world *world = &app->world;
    const struct volume *pack = NULL;
    struct error error;
    bool known = library_pack(performer->library, setting(performer->settings, SETTING_PACK),
                              &pack, &error) == STATUS_OK;
    size_t unread = 0;
    for (size_t n = 0; n < count; n++) {
        const struct agreement *agreement = volume[n].agreement;
        if (agreement == NULL)
            unread++;
        else
            world->agreement[world->agreement_count++] = (struct world_agreement){
                agreement, known && agreement_for_pack(agreement, pack->pack)};
    }
    if (unread > 0)
        world->notice =
            arena_printf(&performer->arena,
                         "%zu agreement%s cannot be read. Tell whoever looks after them to run "
                         "`discern agreement check`.",
                         unread, unread == 1 ? "" : "s");
}

enum status perform_agreements(struct performer *performer, struct app *app,
                               struct error *error)
{
    struct world *world = &app->world;
    const struct agreement_volume *volume = NULL;
    size_t count = 0;
    enum status status = library_agreements(performer->library, &volume, &count, error);
    if (status == STATUS_NOT_FOUND) /* a folder of one's own may have none */
        count = 0;
    else if (status != STATUS_OK)
        return status;
    arena_release(&world->register_arena);
    world->agreement =
        arena_alloc(&world->register_arena, (count + 1) * sizeof *world->agreement);
    world->agreement_count = 0;
    fill_register(performer, app, volume, count);
    world->usual = find_usual(performer, app);
    return STATUS_OK;
}

/* --- A new decision
 * ---------------------------------------------------------------------------------- */

/* Gives the answers of a file, to look at them on screen: where they lead is not judged here.
 */
static enum status give_file(const char *path, struct decision *decision, struct error *error)
{
    struct ini ini = {0};
    enum status status = ini_load(path, &ini, error);
    if (status == STATUS_OK)
        status = answer_file_apply(&ini, decision, error);
    ini_release(&ini);
    return status;
}

static enum status head_of(struct performer *performer, struct answer_file *ret_head,
                           struct error *error)
{
    struct ini ini = {0};
    struct answer_file head;
    enum status status = ini_load(performer->replay, &ini, error);
    if (status == STATUS_OK)
        status = answer_file_head(&ini, &head, error);
    if (status == STATUS_OK) {
        *ret_head = head;
        ret_head->pack = arena_strdup(&performer->arena, head.pack);
        ret_head->agreement = arena_strdup(&performer->arena, head.agreement);
        ret_head->programme = arena_strdup(&performer->arena, head.programme);
    }
    ini_release(&ini);
    return status;
}

/* The pack, joined with the agreement if one is named. */
static enum status volume_for(struct performer *performer, const char *pack,
                              const char *agreement, const struct volume **ret_volume,
                              struct error *error)
{
    if (agreement[0] == '\0')
        return library_pack(performer->library, pack, ret_volume, error);
    return library_joined(performer->library, pack, agreement, ret_volume, error);
}

static enum status pack_for(struct performer *performer, const struct answer_file *head,
                            date day, struct error *error)
{
    const struct volume *volume;
    enum status status = volume_for(performer, head->pack, head->agreement, &volume, error);
    if (status == STATUS_OK)
        status = pack_in_force(volume->pack, day, error);
    if (status == STATUS_OK && head->programme[0] != '\0' && volume->agreement != NULL)
        status = agreement_find_programme(volume->agreement, head->programme, error);
    if (status == STATUS_OK)
        performer->volume = volume;
    return status;
}

enum status perform_begin(struct performer *performer, struct app *app, struct moment now,
                          struct error *error)
{
    const struct wish *wish = &app->wish;
    struct answer_file head = {.pack = setting(performer->settings, SETTING_PACK),
                               .agreement = wish->agreement ? wish->agreement->id : "",
                               .programme = wish->programme ? wish->programme->id : "",
                               .day = DATE_NONE};
    unsigned char random[REFERENCE_RANDOM];
    struct decision decision = {0};
    enum status status = STATUS_OK;
    if (performer->replay != NULL)
        status = head_of(performer, &head, error);
    date day = head.day == DATE_NONE ? moment_date(now) : head.day;
    if (status == STATUS_OK)
        status = pack_for(performer, &head, day, error);
    if (status != STATUS_OK)
        return status;
    random_bytes(random, sizeof random);
    decision_init(&decision, performer->volume->pack, day, now, random);
    decision.practice = app->world.practice;
    decision.agreement = head.agreement[0] != '\0' ? xstrdup(head.agreement) : NULL;
    decision.programme = head.programme[0] != '\0' ? xstrdup(head.programme) : NULL;
    give_presets(performer, app, &decision, now);
    if (performer->replay != NULL)
        status = give_file(performer->replay, &decision, error);
    performer->replay = NULL;
    if (status == STATUS_OK)
        bring(performer, app, &decision);
    else
        decision_release(&decision);
    return status;
}

/* --- A draft
 * ---------------------------------------------------------------------------------- */

/* The pack of a draft. Without its agreement it goes on without what that added. */
static enum status volume_of_draft(struct performer *performer,
                                   const struct draft_summary *summary, struct buf *lost,
                                   struct error *error)
{
    const struct volume *volume;
    enum status status =
        volume_for(performer, summary->pack, summary->agreement, &volume, error);
    if (status != STATUS_OK && summary->agreement[0] != '\0') {
        buf_printf(lost, "The agreement '%s' cannot be used any more. ", summary->agreement);
        status = library_pack(performer->library, summary->pack, &volume, error);
    }
    if (status == STATUS_OK)
        performer->volume = volume;
    return status;
}

/* What the decision was under, where that is not there any more. */
static void forget_terms(struct decision *decision, const struct agreement *terms)
{
    if (terms == NULL) {
        free(decision->agreement);
        decision->agreement = NULL;
    }
    if (decision->programme == NULL ||
        (terms != NULL && agreement_programme(terms, decision->programme) != NULL))
        return;
    free(decision->programme);
    decision->programme = NULL;
}

static enum status read_draft(struct performer *performer, struct app *app,
                              const struct draft *draft, struct error *error)
{
    struct draft_summary summary;
    struct decision decision = {0};
    struct buf lost = {0};
    enum status status =
        draft_summarise(draft->bytes, draft->length, &performer->arena, &summary, error);
    if (status == STATUS_OK)
        status = volume_of_draft(performer, &summary, &lost, error);
    if (status == STATUS_OK)
        status = draft_read(draft->bytes, draft->length, performer->volume->pack, &decision,
                            &lost, error);
    if (status == STATUS_OK) {
        forget_terms(&decision, performer->volume->agreement);
        bring(performer, app, &decision);
        if (lost.length > 0)
            app->world.lost = arena_printf(
                &performer->arena,
                "The questions have changed since. Look again at these answers, which no "
                "longer fit: %s",
                buf_text(&lost));
    }
    buf_release(&lost);
    return status;
}

enum status perform_resume(struct performer *performer, struct app *app, struct error *error)
{
    struct arena arena = {0};
    struct draft *draft;
    size_t count;
    enum status status = store_drafts(performer->store, &arena, &draft, &count, error);
    size_t found = 0;
    if (status == STATUS_OK) {
        while (found < count && strcmp(draft[found].reference, app->wish.reference) != 0)
            found++;
        if (found == count)
            status = fail(error, STATUS_NOT_FOUND, "Go back to the start page.",
                          "That unfinished decision is no longer there.");
        else
            status = read_draft(performer, app, &draft[found], error);
    }
    arena_release(&arena);
    return status;
}

/* --- A record
 * ---------------------------------------------------------------------------------- */

static bool digest_of_hex(const char *hex, struct digest *ret_digest)
{
    static const char DIGITS[] = "0123456789abcdef";
    if (strlen(hex) != DIGEST_HEX_SIZE - 1 || strspn(hex, DIGITS) != DIGEST_HEX_SIZE - 1)
        return false;
    for (size_t n = 0; n < DIGEST_SIZE; n++)
        ret_digest->byte[n] = (unsigned char)((strchr(DIGITS, hex[2 * n]) - DIGITS) << 4 |
                                              (strchr(DIGITS, hex[2 * n + 1]) - DIGITS));
    return true;
}

/* The very pack that a record was made with: the store keeps it with the record. */
static enum status pack_of_record(struct performer *performer, const struct entry *entry,
                                  struct arena *arena, struct error *error)
{
    struct digest digest;
    const char *text;
    size_t length;
    json_t *body;
    bool known;
    enum status status = body_read(entry->body, entry->length, "record", &body, error);
    if (status != STATUS_OK)
        return status;
    known = digest_of_hex(body_text(body, "pack.fingerprint"), &digest);
    json_decref(body);
    if (!known)
        return fail(error, STATUS_DAMAGED, "Run `discern verify`.",
                    "The record does not say which pack it was made with.");
    status = store_pack(performer->store, &digest, arena, &text, &length, error);
    if (status == STATUS_OK)
        status = library_kept(performer->library, text, length, &performer->volume, error);
    return status;
}

static void make_amendment(const struct wish *wish, struct decision *decision,
                           struct moment now)
{
    unsigned char random[REFERENCE_RANDOM];
    (void)wish;
    random_bytes(random, sizeof random);
    free(decision->amends);
    decision->amends = xstrdup(decision->reference);
    reference_make(random, decision->reference);
    free(decision->amendment);
    decision->amendment = NULL;
    decision->begun = now;
}

/* Answers that are asked anew when the person is another, or the recipient. */
static bool is_asked_anew(enum beside beside, enum keep keep)
{
    switch (keep) {
    case KEEP_RECIPIENT:
    case KEEP_METHOD:
        return beside == BESIDE_RECIPIENT;
    case KEEP_SUBJECT:
    case KEEP_CONSENT:
    case KEEP_CAPACITY:
    case KEEP_RISK_OF_SHARING:
    case KEEP_RISK_OF_NOT_SHARING:
    case KEEP_TOLD:
    case KEEP_NOT_TOLD:
    case KEEP_SENSITIVITY:
        return beside == BESIDE_PERSON;
    default:
        return false;
    }
}

static void set_text(char **text, const char *value)
{
    char *copy = value != NULL ? xstrdup(value) : NULL;
    free(*text);
    *text = copy;
}

/* Siblings are all beside the first of them. What was decided is decided anew. */
static void make_sibling(const struct wish *wish, struct decision *decision, struct moment now)
{
    unsigned char random[REFERENCE_RANDOM];
    const struct pack *pack = decision->pack;
    for (size_t n = 0; n < pack->question_count; n++)
        if (is_asked_anew(wish->beside, pack->question[n].keep))
            answer_forget(&decision->answers, n);
    if (decision->sibling_of == NULL)
        set_text(&decision->sibling_of, wish->reference);
    set_text(&decision->amends, NULL);
    set_text(&decision->amendment, NULL);
    set_text(&decision->departure, NULL);
    set_text(&decision->justification, NULL);
    decision->stance = STANCE_OPEN;
    random_bytes(random, sizeof random);
    reference_make(random, decision->reference);
    decision->begun = now;
    decision->day = moment_date(now);
}

/* A decision made of a record, whatever it is to become. */
static enum status reopen(struct performer *performer, struct app *app, struct moment now,
                          void (*make)(const struct wish *wish, struct decision *decision,
                                       struct moment now),
                          struct error *error)
{
    struct arena arena = {0};
    struct decision decision = {0};
    struct entry entry = {0};
    struct row row;
    enum status status = store_find(performer->store, app->wish.reference, &arena, &row, error);
    if (status == STATUS_OK)
        status = store_entry(performer->store, row.sequence, &arena, &entry, error);
    if (status == STATUS_OK && entry.body == NULL)
        status = fail(error, STATUS_NOT_FOUND, "Make a new decision instead.",
                      "The record %s has been erased.", app->wish.reference);
    if (status == STATUS_OK)
        status = pack_of_record(performer, &entry, &arena, error);
    if (status == STATUS_OK)
        status =
            record_reopen(entry.body, entry.length, performer->volume->pack, &decision, error);
    if (status == STATUS_OK) { /* an amendment has a name of its own */
        snprintf(app->wish.reference, sizeof app->wish.reference, "%s", row.summary.reference);
        make(&app->wish, &decision, now);
        bring(performer, app, &decision);
    }
    arena_release(&arena);
    return status;
}

enum status perform_amend(struct performer *performer, struct app *app, struct moment now,
                          struct error *error)
{
    return reopen(performer, app, now, make_amendment, error);
}

enum status perform_beside(struct performer *performer, struct app *app, struct moment now,
                           struct error *error)
{
    return reopen(performer, app, now, make_sibling, error);
}

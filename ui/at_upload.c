/* SPDX-License-Identifier: MIT */
/*
 * Upload: what would be sent, to whom and how, asked before anything is; how far it is; what
 * came of it. Sent is never called accepted. Where nothing is set up the page says whom to ask
 * what.
 */
#include "ui/place.h"

/* --- Words ---------------------------------------------------------------------------------
 */

static const char *plural(long long count)
{
    return count == 1 ? "" : "s";
}

const char *words_accepted(const struct sent_counts *counts, struct page *page)
{
    return page_format(page, "%lld of %lld accepted", counts->accepted, counts->all);
}

const char *words_counts(const struct sent_counts *counts, struct page *page)
{
    const struct {
        long long count;
        const char *words;
    } parts[] = {{counts->waiting, "waiting"},
                 {counts->sent, "sent, without a receipt yet"},
                 {counts->refused, "refused"},
                 {counts->aside, "set aside"}};
    const char *text = "";
    char at[MOMENT_WORDS_SIZE];
    for (size_t n = 0; n < COUNT(parts); n++)
        if (parts[n].count > 0)
            text = page_format(page, "%s%s%lld %s", text, text[0] != '\0' ? "; " : "",
                               parts[n].count, parts[n].words);
    if (counts->accepted_at.us == 0)
        return text;
    moment_words(counts->accepted_at, at);
    return page_format(page, "%s%sLast accepted: %s", text, text[0] != '\0' ? ". " : "", at);
}

static void row(struct page *page, const char *name, const char *text)
{
    struct column columns[] = {{.text = name, .cells = 10}, {.text = text}};
    page_row(page, 0, columns, COUNT(columns))->wraps = true;
}

/* --- Before --------------------------------------------------------------------------------
 */

enum effect_kind upload_open(struct app *app)
{
    (void)app;
    return EFFECT_SENDING;
}

static void view_practice(struct page *page)
{
    page_add(page, BLOCK_HEADING, "What is made in practice never leaves");
    page_action(page, ID_BACK, "Go back")->spaced = true;
}

static void view_not_set_up(const struct sending *sending, struct page *page)
{
    page_add(page, BLOCK_HEADING, "Upload is not set up");
    if (sending->problem[0] != '\0')
        page_addf(page, BLOCK_WARNING, "%s %s", sending->problem, sending->remedy);
    page_add(page, BLOCK_TEXT,
             "Nothing leaves this machine until whoever looks after Discern here names who "
             "receives. Ask them to set, under [upload] in its settings:");
    row(page, "receiver", "the file with the certificate of whoever receives the records");
    row(page, "folder", "a folder that bundles are put into, or");
    row(page, "url", "an address, https:// or sftp://, that they are sent to");
    page_add(page, BLOCK_HINT, "discern.ini(5) has all of it.");
}

/* The question, and what stands behind it. */
static void view_ready(const struct sending *sending, struct page *page)
{
    const struct sent_counts *counts = &sending->counts;
    bool by_hand = sending->folder[0] == '\0' && sending->url[0] == '\0';
    if (counts->waiting > 0)
        page_addf(page, BLOCK_HEADING, "Send %lld decision%s?", counts->waiting,
                  plural(counts->waiting));
    else
        page_add(page, BLOCK_HEADING,
                 counts->sent > 0 ? "Ask for receipts?" : "Everything has been sent");
    row(page, "To",
        page_format(page, "%s (certificate %.16s...)", sending->receiver,
                    sending->fingerprint));
    row(page, "How",
        by_hand ? "by hand: no folder and no address is set"
        : sending->folder[0] != '\0'
            ? page_format(page, "into %s", sending->folder)
            : page_format(page, "over the network, to %s", sending->url));
    if (sending->redact[0] != '\0')
        row(page, "Without", sending->redact);
    row(page, "So far", words_accepted(counts, page));
    row(page, "", words_counts(counts, page));
    if (!by_hand)
        page_action(page, ID_SEND,
                    counts->waiting > 0 ? "Send now"
                                        : "Look for receipts, and send what has come since")
            ->spaced = true;
}

void at_upload_view(const struct app *app, struct page *page)
{
    const struct sending *sending = &app->world.sending;
    if (app->world.practice) {
        view_practice(page);
        return;
    }
    if (sending->ready)
        view_ready(sending, page);
    else
        view_not_set_up(sending, page);
    if (sending->ready) {
        page_action(page, ID_WHERE, "See where every decision is");
        page_action(page, ID_BUNDLE, "Put a bundle into a folder or onto a stick");
    }
    page_action(page, ID_TAKE, "Take in a receipt, or a bundle of another store");
    for (size_t n = 0; n < sending->peer_count; n++)
        page_action(page, ID_PEER + (int)n,
                    page_format(page, "Carry reviews back to %s", sending->peer[n].name));
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind upload_begin(struct app *app)
{
    app->world.sending.stop = false;
    place_go(app, AT_UPLOADING);
    return EFFECT_UPLOAD;
}

enum effect_kind at_upload_choose(struct app *app, int id)
{
    app->wish.sending = (struct sending_wish){0};
    switch (id) {
    case ID_SEND:
        return upload_begin(app);
    case ID_WHERE:
        return where_open(app);
    case ID_TAKE:
        place_go(app, AT_TAKE);
        return EFFECT_NONE;
    case ID_BACK:
        return place_back(app);
    default:
        return bundle_open(app,
                           id == ID_BUNDLE ? NULL : app->world.sending.peer[id - ID_PEER].id);
    }
}

/* --- While it is sent ----------------------------------------------------------------------
 */

void at_uploading_view(const struct app *app, struct page *page)
{
    const struct sending *sending = &app->world.sending;
    page_add(page, BLOCK_HEADING, sending->stop ? "Stopping" : "Sending");
    page_addf(page, BLOCK_TEXT, "%lld of %lld decisions sent, in %lld bundle%s.",
              sending->decisions,
              sending->counts.waiting > sending->decisions ? sending->counts.waiting
                                                           : sending->decisions,
              sending->bundles, plural(sending->bundles));
    if (sending->total > 0)
        page_addf(page, BLOCK_PROGRESS, "The bundle on its way: %lld of %lld kB.",
                  (sending->done + 999) / 1000, (sending->total + 999) / 1000);
    else
        page_add(page, BLOCK_PROGRESS, "Sealing, or waiting for an answer.");
    page_action(page, ID_STOP, "Stop: nothing is lost, and it is taken up where it stopped")
        ->spaced = true;
}

enum effect_kind at_uploading_back(struct app *app)
{
    app->world.sending.stop = true;
    return EFFECT_NONE;
}

enum effect_kind at_uploading_choose(struct app *app, int id)
{
    (void)id;
    return at_uploading_back(app);
}

/* --- What came of it -----------------------------------------------------------------------
 */

void upload_end(struct app *app, bool failed)
{
    struct sending *sending = &app->world.sending;
    sending->result.stopped = failed && sending->stop;
    while (app->depth > 0 && place_before(app) == AT_UPLOADING)
        app->depth--;
    if (app->place != AT_HIDDEN)
        place_replace(app, AT_SENT);
}

static enum effect_kind go(struct app *app, enum place place)
{
    if (app->place != place)
        place_go(app, place);
    return EFFECT_NONE;
}

enum effect_kind sending_done(struct app *app, enum effect_kind done, enum effect_kind then)
{
    switch (done) {
    case EFFECT_SENDING:
        return go(app, AT_UPLOAD);
    case EFFECT_UPLOAD:
        upload_end(app, false);
        return then;
    case EFFECT_WHERE:
        return where_come(app);
    case EFFECT_ASIDE:
        return place_back(app);
    case EFFECT_TAKE:
        return go(app, AT_SENT);
    default:
        return EFFECT_NONE;
    }
}

static void view_sent(const struct app *app, struct page *page)
{
    const struct sending *sending = &app->world.sending;
    const struct sent_result *result = &sending->result;
    bool reviews = result->kind == SENT_REVIEWS;
    page_add(page, BLOCK_HEADING,
             result->stopped        ? "Stopped: nothing is lost"
             : app->failed          ? "Not everything was sent"
             : result->bundles == 0 ? "There was nothing new to send"
                                    : "Sent");
    if (result->bundles > 0 && reviews)
        page_addf(page, BLOCK_TEXT, "Your reviews are in a bundle in %s.", result->place);
    else if (result->bundles > 0)
        page_addf(page, BLOCK_TEXT, "%lld decision%s went in %lld bundle%s to %s.",
                  result->decisions, plural(result->decisions), result->bundles,
                  plural(result->bundles), result->place);
    if (result->stopped || app->failed)
        page_add(page, BLOCK_TEXT,
                 "What was not sent waits here, and goes with the next "
                 "upload.");
    if (result->receipts > 0)
        page_addf(page, BLOCK_TEXT, "%lld receipt%s came.", result->receipts,
                  plural(result->receipts));
    if (result->problem[0] != '\0')
        page_addf(page, BLOCK_WARNING, "A receipt was not taken: %s %s", result->problem,
                  result->remedy);
    if (reviews)
        return;
    page_addf(page, BLOCK_TEXT, "%s. %s.", words_accepted(&sending->counts, page),
              words_counts(&sending->counts, page));
    if (sending->counts.sent > 0)
        page_add(
            page, BLOCK_HINT,
            "Sent is not accepted: that says the receipt, which the next upload asks for.");
}

static void view_taken(const struct sent_result *result, struct page *page)
{
    page_add(page, BLOCK_HEADING,
             result->known                  ? "It was here already: nothing has changed"
             : result->kind == SENT_RECEIPT ? "The receipt is in the log"
                                            : "The bundle is taken in");
    if (result->kind == SENT_RECEIPT)
        page_addf(page, BLOCK_TEXT, "%s has accepted %lld entries.", result->from,
                  result->entries);
    else if (!result->known)
        page_addf(page, BLOCK_TEXT, "From %s: %lld decision%s, %lld new entries.", result->from,
                  result->decisions, plural(result->decisions), result->entries);
    if (result->reviews > 0)
        page_addf(page, BLOCK_TEXT, "%lld review%s of your decisions came back.",
                  result->reviews, plural(result->reviews));
    if (result->refused > 0)
        page_addf(page, BLOCK_WARNING, "%lld not accepted; %s.", result->refused,
                  result->kind == SENT_RECEIPT ? "see where every decision is"
                                               : "the receipt says why");
    if (result->place[0] != '\0')
        page_addf(page, BLOCK_TEXT, "Give the receipt to whoever sent it: %s", result->place);
}

void at_sent_view(const struct app *app, struct page *page)
{
    const struct sent_result *result = &app->world.sending.result;
    bool taken = result->kind == SENT_TAKEN || result->kind == SENT_RECEIPT;
    if (taken)
        view_taken(result, page);
    else
        view_sent(app, page);
    page_action(page, ID_HOME, "Go to the start page")->spaced = true;
    if (app->world.sending.ready)
        page_action(page, ID_WHERE, "See where every decision is");
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_sent_choose(struct app *app, int id)
{
    if (id == ID_WHERE)
        return where_open(app);
    return id == ID_HOME ? place_home(app) : place_back(app);
}

/* SPDX-License-Identifier: MIT */
/*
 * By hand: a bundle put into a folder or onto a stick, and what came back or from others taken
 * in.
 */
#include "ui/place.h"

enum effect_kind bundle_open(struct app *app, const char *peer)
{
    const struct sending *sending = &app->world.sending;
    app->wish.sending.peer = peer;
    if (form_empty(app, FORM_FOLDER))
        edit_set(&app->form[FORM_FOLDER], sending->folder);
    edit_set(&app->form[FORM_REDACT], sending->redact);
    place_go(app, AT_BUNDLE);
    return EFFECT_NONE;
}

void at_bundle_view(const struct app *app, struct page *page)
{
    const struct sending *sending = &app->world.sending;
    bool reviews = app->wish.sending.peer != NULL;
    page_add(page, BLOCK_HEADING,
             reviews ? "Where should the reviews be put?" : "Where should the bundle be put?");
    page_add(page, BLOCK_HINT,
             reviews ? "Reviews only, sealed to the store that they are for."
                     : page_format(page,
                                   "Everything that is not accepted, sealed to %s: nobody else "
                                   "can read it.",
                                   sending->receiver));
    page_field(page, ID_FORM + FORM_FOLDER, "Folder, or where the stick is",
               &app->form[FORM_FOLDER]);
    if (!reviews)
        page_field(page, ID_FORM + FORM_REDACT,
                   "Fields to leave out, with blanks between them (subject, justification ...)",
                   &app->form[FORM_REDACT]);
    page_action(page, ID_CONTINUE, "Put it there")->spaced = true;
    page_action(page, ID_BACK, "Go back without it");
}

enum effect_kind at_bundle_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (form_empty(app, FORM_FOLDER))
        return place_refuse(app, ID_FORM + FORM_FOLDER, "The folder has no name.",
                            "Enter a folder.");
    app->wish.sending.folder = form_text(app, FORM_FOLDER);
    app->wish.sending.redact = app->wish.sending.peer ? "" : form_text(app, FORM_REDACT);
    return upload_begin(app);
}

/* --- Taking in -----------------------------------------------------------------------------
 */

void at_take_view(const struct app *app, struct page *page)
{
    page_add(page, BLOCK_HEADING, "What do you want to take in?");
    page_add(page, BLOCK_HINT,
             "A receipt for what you sent, or a bundle of another store that is sealed to "
             "yours.");
    page_field(page, ID_FORM + FORM_FILE, "File", &app->form[FORM_FILE]);
    page_field(page, ID_FORM + FORM_TRUST,
               "Only for a store that is new here: the fingerprint of its certificate, as its "
               "owner told you",
               &app->form[FORM_TRUST]);
    page_action(page, ID_CONTINUE, "Take it in")->spaced = true;
    page_action(page, ID_BACK, "Go back");
}

enum effect_kind at_take_choose(struct app *app, int id)
{
    if (id == ID_BACK)
        return place_back(app);
    if (form_empty(app, FORM_FILE))
        return place_refuse(app, ID_FORM + FORM_FILE, "The file has no name.",
                            "Enter the file.");
    app->wish.sending.file = form_text(app, FORM_FILE);
    app->wish.sending.trust = form_text(app, FORM_TRUST);
    return EFFECT_TAKE;
}

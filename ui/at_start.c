/* SPDX-License-Identifier: MIT */
/*
 * Before a store is open: the first page, unlocking, and setting up. A passphrase stands in
 * guarded memory only and is never on a page.
 */
#include <string.h>

#include "ui/place.h"

/* --- No store yet ---------------------------------------------------------------------------
 */

void at_start_view(const struct app *app, struct page *page)
{
    (void)app;
    page_add(page, BLOCK_HEADING, "Deciding whether to share information about someone");
    page_add(page, BLOCK_TEXT,
             "Discern asks one question at a time, recommends what to do and why, and keeps a "
             "signed record of what you decide. It advises; you decide.");
    page_action(page, ID_PRACTISE, "Practise with made-up people")->spaced = true;
    page_action(page, ID_SETUP, "Set up for real decisions");
    page_action(page, ID_LEAVE, "Leave");
}

enum effect_kind at_start_choose(struct app *app, int id)
{
    if (id == ID_PRACTISE)
        return EFFECT_PRACTISE;
    if (id == ID_LEAVE)
        return leave_quit(app);
    if (id == ID_SETUP) {
        edit_set(&app->form[FORM_TEAM], app->world.team);
        place_go(app, AT_SETUP);
    }
    return EFFECT_NONE;
}

/* What stands for a passphrase on a page: nothing of it, only whether there is one. */
static const struct edit *shown(const struct app *app, size_t which)
{
    bool typed = app->secret[which] != NULL && app->secret[which]->length > 0;
    return &app->secret_edit[typed];
}

/* --- Unlocking ------------------------------------------------------------------------------
 */

/* Nothing can be done but wait, and whoever cannot wait is told that nothing is lost. */
static void view_upgrade(const struct world *world, struct page *page)
{
    page_add(page, BLOCK_HEADING, "Bringing your store up to date");
    page_add(page, BLOCK_TEXT,
             "It was made by an earlier Discern. It is copied, and the copy is changed and "
             "verified before it takes the store's place. With a long log this takes minutes.");
    page_addf(page, BLOCK_PROGRESS, "%lld of %lld entries verified.", world->upgraded,
              world->upgrading);
    page_add(page, BLOCK_HINT,
             "Until then the store stays as it is, even if this machine is turned off.");
}

void at_unlock_view(const struct app *app, struct page *page)
{
    const struct world *world = &app->world;
    if (world->upgrading > 0) {
        view_upgrade(world, page);
        return;
    }
    page_add(page, BLOCK_HEADING, "Unlock Discern");
    for (size_t n = 0; n < world->user_count && world->user_count > 1; n++)
        page_choice(page, ID_OPTION + (int)n, false, n == app->chosen, world->user[n].name,
                    NULL);
    if (world->user_count == 1)
        page_addf(page, BLOCK_TEXT, "You are signing in as %s.", world->user[0].name);
    page_field(page, ID_SECRET, "Passphrase", shown(app, 0))->spaced = true;
    page_add(page, BLOCK_HINT, "What you type is not shown.");
    page_action(page, ID_CONTINUE, "Unlock");
    page_action(page, ID_PRACTISE, "Practise with made-up people instead")->spaced = true;
    page_action(page, ID_LEAVE, "Leave");
}

enum effect_kind at_unlock_choose(struct app *app, int id)
{
    const struct world *world = &app->world;
    if (id == ID_PRACTISE)
        return EFFECT_PRACTISE;
    if (id == ID_LEAVE)
        return leave_quit(app);
    if (id >= ID_OPTION && id < ID_OPTION + (int)world->user_count) {
        app->chosen = (size_t)(id - ID_OPTION);
        app->focus = ID_SECRET;
        return EFFECT_NONE;
    }
    if (app->secret[0] == NULL || app->secret[0]->length == 0)
        return place_refuse(app, ID_SECRET, "The passphrase is empty.",
                            "Type your passphrase.");
    app->wish.user = world->user_count > 0 ? world->user[app->chosen].name : "";
    return EFFECT_UNLOCK;
}

/* --- Setting up -----------------------------------------------------------------------------
 */

void at_setup_view(const struct app *app, struct page *page)
{
    page->place = "1 of 2";
    page_add(page, BLOCK_HEADING, "Who will use this store?");
    page_field(page, ID_FORM + FORM_FULL, "Your full name, as on signed records",
               &app->form[FORM_FULL]);
    page_field(page, ID_FORM + FORM_NAME, "A short name to sign in with",
               &app->form[FORM_NAME]);
    page_field(page, ID_FORM + FORM_TEAM, "Your team", &app->form[FORM_TEAM]);
    page_add(page, BLOCK_TEXT, "Your role")->spaced = true;
    for (int n = 0; n < ROLE_COUNT; n++)
        page_choice(page, ID_OPTION + n, false, app->has_role && (int)app->role == n,
                    role_words((enum role)n), NULL);
    page_action(page, ID_CONTINUE, "Continue")->spaced = true;
}

enum effect_kind at_setup_choose(struct app *app, int id)
{
    if (id >= ID_OPTION && id < ID_OPTION + ROLE_COUNT) {
        app->role = (enum role)(id - ID_OPTION);
        app->has_role = true;
        app->focus = ID_CONTINUE;
        return EFFECT_NONE;
    }
    if (form_empty(app, FORM_FULL))
        return place_refuse(app, ID_FORM + FORM_FULL, "Your full name is missing.",
                            "Enter it as it should stand on signed records.");
    if (form_empty(app, FORM_NAME))
        return place_refuse(app, ID_FORM + FORM_NAME, "The short name is missing.",
                            "Enter lower case letters and digits, for example your initials.");
    if (!app->has_role)
        return place_refuse(app, ID_OPTION, "Your role is missing.", "Choose your role.");
    place_go(app, AT_PASSPHRASE);
    return EFFECT_NONE;
}

static const char *strength(const struct passphrase *secret)
{
    if (secret == NULL || secret->length == 0)
        return "Four or more words that only you would put together are easy to remember.";
    return strength_words(passphrase_strength(secret));
}

void at_passphrase_view(const struct app *app, struct page *page)
{
    page->place = "2 of 2";
    page_add(page, BLOCK_HEADING, "Choose a passphrase");
    page_add(page, BLOCK_TEXT,
             "It locks everything that Discern keeps. If it is lost, what is kept cannot be "
             "read by anyone.");
    page_field(page, ID_SECRET, "Passphrase", shown(app, 0));
    page_add(page, BLOCK_HINT, strength(app->secret[0]));
    page_field(page, ID_SECRET + 1, "The same passphrase again", shown(app, 1));
    page_add(page, BLOCK_HINT, "What you type is not shown.");
    page_action(page, ID_CONTINUE, "Make the store")->spaced = true;
}

enum effect_kind at_passphrase_choose(struct app *app, int id)
{
    (void)id;
    if (app->secret[0] == NULL || app->secret[0]->length == 0)
        return place_refuse(app, ID_SECRET, "The passphrase is empty.",
                            "Type a passphrase of several words.");
    if (app->secret[1] == NULL || !passphrase_equal(app->secret[0], app->secret[1])) {
        secrets_clear(app);
        return place_refuse(app, ID_SECRET, "The two passphrases were not the same.",
                            "Type it again, twice.");
    }
    app->wish.first = (struct person){.name = form_text(app, FORM_NAME),
                                      .full = form_text(app, FORM_FULL),
                                      .team = form_text(app, FORM_TEAM),
                                      .role = app->role};
    return EFFECT_CREATE;
}

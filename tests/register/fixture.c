/* SPDX-License-Identifier: MIT */
#include "tests/register/fixture.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "record/json.h"

/* --- The server --------------------------------------------------------------------------- */

static const char *script(void)
{
    static char path[400];
    const char *source = getenv("srcdir");

    snprintf(path, sizeof(path), "%s/tests/register/server.sh", source ? source : ".");
    return path;
}

/* Runs the script; its one line of output goes into `line`. */
static int run_script(const char *what, const char *folder, const char *more, char *line,
                      size_t size)
{
    char *command = xasprintf("sh '%s' %s '%s' %s", script(), what, folder, more);
    FILE *pipe = popen(command, "r");
    int result;

    line[0] = '\0';
    if (!pipe || !fgets(line, (int)size, pipe))
        line[0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    result = pipe ? pclose(pipe) : -1;
    free(command);
    return result;
}

static void remove_folder(char *folder)
{
    char *command = xasprintf("rm -rf '%s'", folder);

    if (system(command) != 0)
        fprintf(stderr, "%s stays behind\n", folder);
    free(command);
    free(folder);
}

/* Beside the program that is tested. */
static char *courier_path(void)
{
    const char *program = getenv("DISCERN"), *slash = program ? strrchr(program, '/') : NULL;

    return slash ? xasprintf("%.*s/discern-courier", (int)(slash - program), program)
                 : xstrdup("./discern-courier");
}

static bool make_desk(struct rig *rig, struct error *error)
{
    char *path = courier_path();
    bool made = desk_make(rig->folder, path, "County register", error) == STATUS_OK &&
                desk_load(rig->folder, path, &rig->desk, error) == STATUS_OK;

    free(path);
    return made;
}

char *rig_start(struct rig *rig)
{
    char folder[] = "/tmp/discern-register-XXXXXX";
    struct error error;

    secret_init();
    *rig = (struct rig){0};
    if (!mkdtemp(folder))
        return xstrdup("no folder could be made below /tmp");
    rig->folder = xstrdup(folder);
    if (run_script("start", folder, "", rig->where, sizeof(rig->where)) != 0) {
        remove_folder(rig->folder);
        return xstrdup(rig->where[0] ? rig->where : "PostgreSQL was not started");
    }
    if (county_open(rig->where, &rig->county, &error) != STATUS_OK ||
        register_init(&rig->county, &error) != STATUS_OK || !make_desk(rig, &error))
        die("%s", error.what);
    return NULL;
}

void rig_stop(struct rig *rig)
{
    char line[300];

    county_close(&rig->county);
    desk_release(&rig->desk);
    run_script("stop", rig->folder, "", line, sizeof(line));
    remove_folder(rig->folder);
}

char *rig_network(struct rig *rig, bool certificate)
{
    struct error error;
    char line[300];

    county_close(&rig->county);
    if (run_script("network", rig->folder, certificate ? "on" : "off", line, sizeof(line)) != 0)
        return xstrdup(line);
    snprintf(rig->where, sizeof(rig->where), "%s", line);
    if (county_open(rig->where, &rig->county, &error) != STATUS_OK)
        die("%s", error.what);
    return NULL;
}

struct county rig_as(const struct rig *rig, const char *role)
{
    char *sql = xasprintf("SET SESSION AUTHORIZATION %s", role);
    struct county county;
    struct error error;

    if (county_open(rig->where, &county, &error) != STATUS_OK ||
        county_run(&county, sql, &error) != STATUS_OK)
        die("%s", error.what);
    free(sql);
    return county;
}

long long rig_count(struct rig *rig, const char *sql)
{
    struct error error;
    PGresult *result;
    long long number;

    if (county_query(&rig->county, sql, NULL, 0, &result, &error) != STATUS_OK)
        die("%s: %s", sql, error.what);
    number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return number;
}

/* --- A team ------------------------------------------------------------------------------- */

static struct buf courier(const struct rig *rig, const char *task, struct buf *in)
{
    struct courier courier = {.path = rig->desk.courier};
    struct buf out = {0};
    struct error error;

    if (errand_run(&courier, task, in, &out, NULL, &error) != STATUS_OK)
        die("%s: %s", task, error.what);
    buf_release(in);
    return out;
}

static void add_user(struct team *team)
{
    char key[2 * SIGN_KEY_SIZE + 1];

    hex_write(team->public, SIGN_KEY_SIZE, key);
    team_add(team, "user", "",
             arena_printf(&team->arena,
                          "{\"full\":\"Jo Bloggs\",\"name\":\"jo\",\"public\":\"%s\","
                          "\"role\":\"practitioner\",\"schema\":1}",
                          key));
}

void team_renew(const struct rig *rig, struct team *team)
{
    struct buf in = {0}, out;
    char *fingerprint;

    parts_put_text(&in, "name", "Team");
    parts_put_text(&in, "store", team->id);
    out = courier(rig, "identity", &in);
    free(team->key);
    free(team->certificate);
    team->key = parts_text(&out, "key");
    team->certificate = parts_text(&out, "certificate");
    fingerprint = parts_text(&out, "fingerprint");
    snprintf(team->fingerprint, sizeof(team->fingerprint), "%s", fingerprint);
    free(fingerprint);
    buf_release(&out);
    team_add(
        team, "identity", "",
        arena_printf(&team->arena, "{\"certificate\":\"%s\",\"schema\":1}", team->fingerprint));
}

void team_make(const struct rig *rig, struct team *team, bool admit)
{
    unsigned char id[16];
    struct error error;
    struct county county = rig->county;

    *team = (struct team){0};
    random_bytes(id, sizeof(id));
    hex_write(id, sizeof(id), team->id);
    crypto_sign_keypair(team->public, team->secret);
    add_user(team);
    team_renew(rig, team);
    if (admit &&
        register_admit(&county, team->id, team->fingerprint, "North", &error) != STATUS_OK)
        die("%s", error.what);
}

void team_release(struct team *team)
{
    free(team->key);
    free(team->certificate);
    free(team->entry);
    arena_release(&team->arena);
}

/* As discern-record(5) has it. */
static void sign_link(const struct team *team, struct link *link)
{
    unsigned char message[sizeof("discern/sig/1") + DIGEST_SIZE];

    memcpy(message, "discern/sig/1", sizeof("discern/sig/1"));
    memcpy(message + sizeof("discern/sig/1"), link->link.byte, DIGEST_SIZE);
    crypto_sign_detached(link->signature, NULL, message, sizeof(message), team->secret);
}

static void put_hex(json_t *object, const char *name, const void *bytes, size_t size)
{
    char text[2 * SIGN_SIZE + 1];

    hex_write(bytes, size, text);
    body_put_text(object, name, text);
}

static const char *make_head(struct team *team, const char *kind, const char *reference,
                             const struct digest *body)
{
    json_t *head = body_object();
    struct digest none = {0};
    struct buf text = {0};
    const char *kept;

    put_hex(head, "body", body->byte, DIGEST_SIZE);
    put_hex(head, "key", team->public, SIGN_KEY_SIZE);
    put_hex(head, "prev", team->count ? team->entry[team->count - 1].link.byte : none.byte,
            DIGEST_SIZE);
    body_put_text(head, "author", "jo");
    body_put_text(head, "kind", kind);
    body_put_text(head, "ref", reference);
    body_put_text(head, "role", "practitioner");
    body_put_text(head, "store", team->id);
    body_put_number(head, "at", 1795312800000000 + team->count);
    body_put_number(head, "seq", team->count + 1);
    body_put_number(head, "v", 1);
    body_put_number(head, "zone", 0);
    body_write(head, &text);
    kept = arena_strdup(&team->arena, buf_text(&text));
    buf_release(&text);
    return kept;
}

void team_add(struct team *team, const char *kind, const char *reference, const char *body)
{
    unsigned char salt[CHAIN_SALT_SIZE];
    struct span span[] = {{"discern/body/1", sizeof("discern/body/1")},
                          {salt, sizeof(salt)},
                          {body, strlen(body)}};
    struct link link;
    struct error error;
    struct digest digest;
    const char *head;

    random_bytes(salt, sizeof(salt));
    digest = digest_of(span, COUNT(span));
    head = make_head(team, kind, reference, &digest);
    if (link_read_head(head, strlen(head), &link, &error) != STATUS_OK)
        die("%s", error.what);
    sign_link(team, &link);
    link.body = arena_strdup(&team->arena, body);
    link.length = strlen(body);
    memcpy(link.salt, salt, sizeof(salt));
    team->entry = xrealloc(team->entry, (size_t)team->count + 1, sizeof(*team->entry));
    team->entry[team->count++] = link;
}

/* --- Records ------------------------------------------------------------------------------ */

const char *reference_from(int number, char text[REFERENCE_SIZE])
{
    unsigned char random[REFERENCE_RANDOM] = {
        (unsigned char)(number >> 16), (unsigned char)(number >> 8), (unsigned char)number};

    reference_make(random, text);
    return text;
}

void record_body(const char *reference, const char *word, struct buf *out)
{
    buf_printf(
        out,
        "{\"countersign\":false,\"decision\":{\"outcome\":\"share\",\"stance\":\"follow\"},"
        "\"justification\":{\"edited\":true,\"text\":\"Because of %s.\"},\"kind\":\"record\","
        "\"pack\":{\"id\":\"p\"},\"practice\":false,\"practitioner\":{\"name\":\"jo\","
        "\"team\":\"North team\"},\"recommendation\":{\"outcome\":\"share\"},"
        "\"reference\":\"%s\",\"restricted\":false,\"schema\":1,"
        "\"subject\":[{\"short\":\"Ad\xc3\xa9"
        "bayo %s\"}],"
        "\"times\":{\"signed\":\"2026-11-20T14:30:00+00:00\"}}",
        word, reference, word);
}

void team_record(struct team *team, int number, const char *word)
{
    char reference[REFERENCE_SIZE];
    struct buf body = {0};

    record_body(reference_from(number, reference), word, &body);
    team_add(team, "record", reference, buf_text(&body));
    buf_release(&body);
}

/* --- Bundles ------------------------------------------------------------------------------ */

static bool always_whole(const struct link *link)
{
    return strcmp(link->kind, "user") == 0 || strcmp(link->kind, "identity") == 0;
}

void team_plain(const struct rig *rig, const struct team *team, int64_t since, int64_t head,
                bool bodies, struct buf *out)
{
    unsigned char random[(BUNDLE_ID_SIZE - 1) / 2];
    char id[BUNDLE_ID_SIZE];
    struct manifest manifest = {.bundle = id,
                                .store = team->id,
                                .name = "North",
                                .certificate = team->fingerprint,
                                .to = rig->desk.fingerprint,
                                .at = moment_now(),
                                .by = "jo",
                                .since = {since, {{0}}},
                                .head = {head, team->entry[head - 1].link},
                                .entries = head - since};

    random_bytes(random, sizeof(random));
    hex_write(random, sizeof(random), id);
    if (since)
        manifest.since.link = team->entry[since - 1].link;
    manifest_write(&manifest, out);
    for (int64_t i = since; i < head; i++) {
        struct link link = team->entry[i];

        if (!bodies && !always_whole(&link))
            link.body = NULL;
        bundle_add(&link, out);
    }
}

void team_seal(const struct rig *rig, const struct team *team, const struct buf *plain,
               struct buf *out)
{
    struct buf in = {0}, answer;
    struct part part = {"", 0};

    parts_put_text(&in, "key", team->key);
    parts_put_text(&in, "certificate", team->certificate);
    parts_put_text(&in, "receiver", rig->desk.certificate);
    parts_put(&in, "plain", buf_text(plain), plain->length);
    answer = courier(rig, "seal", &in);
    parts_find(&answer, "sealed", &part);
    buf_add(out, part.bytes, part.length);
    buf_release(&answer);
}

/* SPDX-License-Identifier: MIT */
/* The courier's command line: one table of what it can be told to do. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "exchange/courier.h"

#define INPUT_MAX (3 * BUNDLE_MAX)
#define PEM_MAX ((size_t)1 << 16)

/* A signal can leave word nowhere else. */
static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void)number;
    stopped = 1;
}

bool courier_stopped(void)
{
    return stopped != 0;
}

/* --- What it can be told ------------------------------------------------------------------ */

static bool do_identity(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    char *name = parts_text(in, "name"), *store = parts_text(in, "store");
    bool done = identity_make(name, store, out, mishap);

    free(store);
    free(name);
    return done;
}

static bool do_look(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    char *receiver = parts_text(in, "receiver"), fingerprint[DIGEST_HEX_SIZE];
    struct buf name = {0}, all = {0};
    bool done = certificate_look(receiver, fingerprint, &name, mishap);

    if (done) {
        certificate_list(receiver, &all);
        parts_put_text(out, "all", buf_text(&all));
        parts_put_text(out, "fingerprint", fingerprint);
        parts_put_text(out, "name", buf_text(&name));
    }
    buf_release(&name);
    buf_release(&all);
    free(receiver);
    return done;
}

/* Seals if there is a receiver, else signs only. */
static bool do_seal(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    char *key = parts_text(in, "key"), *certificate = parts_text(in, "certificate");
    char *receiver = parts_text(in, "receiver");
    struct part plain = {"", 0};
    struct buf sealed = {0};
    bool done = parts_find(in, "plain", &plain) ||
                mishap_set(mishap, TROUBLE_FAULT, "there is nothing to seal");

    if (done)
        done = receiver[0] ? envelope_seal(key, certificate, receiver, plain, &sealed, mishap)
                           : envelope_sign(key, certificate, plain, &sealed, mishap);
    if (done)
        parts_put(out, "sealed", buf_text(&sealed), sealed.length);
    buf_release(&sealed);
    secret_wipe(key, strlen(key));
    free(key);
    free(certificate);
    free(receiver);
    return done;
}

/* Opens if there is a key, else verifies only. */
static bool do_open(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    char *key = parts_text(in, "key"), *certificate = parts_text(in, "certificate");
    char fingerprint[DIGEST_HEX_SIZE];
    struct buf plain = {0}, signer = {0}, name = {0};
    struct part sealed = {"", 0};
    struct mishap ignored;
    bool done = parts_find(in, "sealed", &sealed) ||
                mishap_set(mishap, TROUBLE_FAULT, "there is nothing to open");

    if (done)
        done = key[0] ? envelope_open(key, certificate, sealed, &plain, &signer, mishap)
                      : envelope_verify(sealed, &plain, &signer, mishap);
    if (done && !certificate_look(buf_text(&signer), fingerprint, &name, &ignored))
        done = mishap_set(mishap, TROUBLE_SIGNATURE, "%s", ignored.detail);
    if (done) {
        parts_put(out, "plain", buf_text(&plain), plain.length);
        parts_put_text(out, "signer", buf_text(&signer));
        parts_put_text(out, "fingerprint", fingerprint);
        parts_put_text(out, "name", buf_text(&name));
    }
    buf_wipe(&plain);
    buf_release(&signer);
    buf_release(&name);
    secret_wipe(key, strlen(key));
    free(key);
    free(certificate);
    return done;
}

static void way_read(const struct buf *in, struct way *way)
{
    char *timeout = parts_text(in, "timeout");

    way->url = parts_text(in, "url");
    way->name = parts_text(in, "file-name");
    way->authority = parts_text(in, "authority");
    way->user = parts_text(in, "user");
    way->password = parts_text(in, "password");
    way->proxy = parts_text(in, "proxy");
    way->proxy_user = parts_text(in, "proxy-user");
    way->proxy_password = parts_text(in, "proxy-pass");
    way->client_certificate = parts_text(in, "client-cert");
    way->client_key = parts_text(in, "client-key");
    way->known_hosts = parts_text(in, "known-hosts");
    way->timeout = strtol(timeout, NULL, 10);
    free(timeout);
}

static void way_release(struct way *way)
{
    secret_wipe(way->password, strlen(way->password));
    secret_wipe(way->proxy_password, strlen(way->proxy_password));
    free(way->url);
    free(way->name);
    free(way->authority);
    free(way->user);
    free(way->password);
    free(way->proxy);
    free(way->proxy_user);
    free(way->proxy_password);
    free(way->client_certificate);
    free(way->client_key);
    free(way->known_hosts);
}

static bool do_send(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    struct part file = {"", 0};
    struct way way;
    bool done;

    way_read(in, &way);
    done = parts_find(in, "sealed", &file) ||
           mishap_set(mishap, TROUBLE_FAULT, "there is nothing to send");
    if (done)
        done = way_send(&way, file, mishap);
    if (done)
        parts_put_text(out, "sent", way.name);
    way_release(&way);
    return done;
}

static bool do_fetch(const struct buf *in, struct buf *out, struct mishap *mishap)
{
    struct buf file = {0};
    struct way way;
    bool done;

    way_read(in, &way);
    done = way_fetch(&way, &file, mishap);
    if (done)
        parts_put(out, "file", buf_text(&file), file.length);
    buf_release(&file);
    way_release(&way);
    return done;
}

static const struct {
    const char *name;
    bool (*run)(const struct buf *in, struct buf *out, struct mishap *mishap);
} tasks[] = {
    {"identity", do_identity}, {"look", do_look}, {"seal", do_seal},
    {"open", do_open},         {"send", do_send}, {"fetch", do_fetch},
};

/* --- Running ------------------------------------------------------------------------------ */

/* An answer that is cut off is no answer, so the last part says how it went. */
static int answer(bool done, const struct mishap *mishap, struct buf *out)
{
    if (!done) {
        buf_clear(out);
        parts_put_text(out, "trouble", trouble_id(mishap->trouble));
        parts_put_text(out, "detail", mishap->detail);
    }
    parts_put_text(out, "end", done ? "done" : "failed");
    if (fwrite(buf_text(out), 1, out->length, stdout) != out->length || fflush(stdout) != 0)
        return 1;
    return done ? 0 : 1;
}

static int run_task(bool (*run)(const struct buf *, struct buf *, struct mishap *))
{
    struct mishap mishap = {.trouble = TROUBLE_FAULT};
    struct buf in = {0}, out = {0};
    struct error error;
    int code;
    bool done = file_read("/dev/stdin", INPUT_MAX, &in, &error) == STATUS_OK;

    if (!done)
        mishap_set(&mishap, TROUBLE_FAULT, "%s", error.what);
    if (done)
        done = run(&in, &out, &mishap);
    code = answer(done, &mishap, &out);
    buf_wipe(&in);
    buf_wipe(&out);
    return code;
}

static bool read_pem(const char *path, struct buf *out, struct mishap *mishap)
{
    struct error error;

    if (file_read(path, PEM_MAX, out, &error) == STATUS_OK)
        return true;
    return mishap_set(mishap, TROUBLE_SETTING, "%s: %s", path, error.what);
}

/* discern-courier receive FOLDER CERTIFICATE KEY, by hand. */
static int run_receive(char **argv)
{
    struct buf key = {0}, certificate = {0}, said = {0}, safe = {0};
    struct mishap mishap = {.trouble = TROUBLE_FAULT};
    bool done = read_pem(argv[3], &certificate, &mishap) && read_pem(argv[4], &key, &mishap) &&
                receive_folder(argv[2], buf_text(&key), buf_text(&certificate), &said, &mishap);

    utf8_printable(&safe, buf_text(&said), said.length, true);
    fputs(buf_text(&safe), stdout);
    if (!done)
        fprintf(stderr, "discern-courier: %s: %s. %s\n", trouble_title(mishap.trouble),
                mishap.detail, trouble_action(mishap.trouble));
    buf_wipe(&key);
    buf_release(&certificate);
    buf_release(&said);
    buf_release(&safe);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_signal};

    secret_init();
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (argc == 5 && strcmp(argv[1], "receive") == 0)
        return run_receive(argv);
    for (size_t i = 0; argc == 2 && i < COUNT(tasks); i++) {
        if (strcmp(argv[1], tasks[i].name) == 0)
            return run_task(tasks[i].run);
    }
    fputs("discern-courier is started by discern(1). By hand:\n"
          "    discern-courier receive FOLDER CERTIFICATE KEY\n"
          "See discern-courier(1).\n",
          stderr);
    return 2;
}

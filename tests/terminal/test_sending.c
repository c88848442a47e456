/* SPDX-License-Identifier: MIT */
/*
 * Uploads in the built program: into a folder, answered there, and said on the start page; one
 * that is refused, told why and put back; one that hangs, stopped by Esc with nothing lost.
 */
#include "../unit/unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "drive.h"

static void run(char *command)
{
    if (system(command) != 0)
        fail_msg("this failed: %s", command);
    free(command);
}

static bool openssl_there(void)
{
    return system("openssl version >/dev/null 2>&1") == 0;
}

/* Who receives, and how: a line of the settings. */
static void configure(const struct place_apart *apart, const char *way)
{
    char *path = xasprintf("%s/discern.ini", apart->dir);
    char *text = xasprintf("[data]\npack = record\n[upload]\nreceiver = %s/county.pem\n%s\n",
                           apart->dir, way);

    run(xasprintf("umask 077; mkdir -p %s/out; test -f %s/county.pem || openssl req -x509 "
                  "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s/county.key "
                  "-out %s/county.pem -subj /CN=county -days 2 2>/dev/null",
                  apart->dir, apart->dir, apart->dir, apart->dir));
    write_file(path, text);
    free(text);
    free(path);
}

static void into_folder(const struct place_apart *apart)
{
    char *way = xasprintf("folder = %s/out", apart->dir);

    configure(apart, way);
    free(way);
}

static void decide(struct vt *vt)
{
    choose(vt, "What do you want to do?", "Make a new decision");
    answer_some(vt);
    answer_rest(vt);
    sign(vt);
    choose(vt, "The record is in the log.", "Go to the start page");
}

/* To the page that asks, and through it. */
static void send_now(struct vt *vt, const char *before)
{
    choose(vt, before, "Upload (");
    type(vt, "So far", "\r");
}

static void one_of_one(void **state)
{
    const struct place_apart *apart = *state;
    const char *courier = getenv("COURIER");
    struct vt *vt;

    if (!openssl_there()) {
        print_message("openssl is not installed\n");
        return;
    }
    into_folder(apart);
    vt = start(apart, NULL);
    set_up_store(vt);
    decide(vt);
    send_now(vt, "Upload (0 of 1 accepted; 1 waiting)");
    choose(vt, "1 decision went in 1 bundle", "Go to the start page");
    assert_true(vt_wait_text(vt, "0 of 1 accepted; 1 sent"));
    run(xasprintf("%s receive %s/out %s/county.pem %s/county.key >/dev/null",
                  courier ? courier : "./discern-courier", apart->dir, apart->dir, apart->dir));
    send_now(vt, "Upload (0 of 1");
    choose(vt, "1 receipt came.", "Go to the start page");
    assert_true(vt_wait_text(vt, "Upload (1 of 1 accepted; Last accepted"));
    vt_send(vt, "q");
    check_end(vt);
}

static void refused_and_put_back(void **state)
{
    const struct place_apart *apart = *state;
    const char *srcdir = getenv("srcdir");
    struct vt *vt;

    if (!openssl_there())
        return;
    into_folder(apart);
    vt = start(apart, NULL);
    set_up_store(vt);
    decide(vt);
    send_now(vt, "Upload (0 of 1 accepted; 1 waiting)");
    assert_true(vt_wait_text(vt, "1 decision went in 1 bundle"));
    run(xasprintf("sh %s/tests/terminal/refuse.sh %s/out county", srcdir ? srcdir : ".",
                  apart->dir));
    choose(vt, "1 decision went", "Go back");
    type(vt, "Ask for receipts?", "\r");
    choose(vt, "0 of 1 accepted. 1 refused", "See where every decision is");
    type(vt, "It is no record that the receiver can read", "\r");
    choose(vt, "Put it back: the next", "Put it back");
    assert_true(vt_wait_text(vt, "Final: in no bundle yet"));
    vt_send(vt, "q");
    check_end(vt);
}

/* A server that never answers: 127.0.0.1 and the port. The kernel accepts for it. */
static int listen_in_silence(int *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(fd, 5), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static void stopped_by_esc(void **state)
{
    const struct place_apart *apart = *state;
    struct vt *vt;
    int port, server;
    char *way;

    if (!openssl_there())
        return;
    server = listen_in_silence(&port);
    way = xasprintf("url = http://127.0.0.1:%d/", port);
    configure(apart, way);
    free(way);
    vt = start(apart, NULL);
    set_up_store(vt);
    decide(vt);
    send_now(vt, "Upload (0 of 1 accepted; 1 waiting)");
    assert_true(vt_wait_text(vt, "0 of 1 decisions sent"));
    vt_resize(vt, 20, 70);
    assert_true(vt_wait_text(vt, "Stop: nothing is lost"));
    vt_send(vt, "\033");
    assert_true(vt_wait_text(vt, "Stopped: nothing is lost"));
    assert_true(vt_wait_text(vt, "0 of 1 accepted. 1 waiting"));
    vt_send(vt, "q");
    check_end(vt);
    close(server);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(one_of_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_and_put_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stopped_by_esc, set_up, tear_down),
    };

    return cmocka_run_group_tests(TESTS, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Growable text, memory and the sentences of failures. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static void test_buf_grows(void **state)
{
    struct buf buf = {0};

    (void)state;
    assert_string_equal(buf_text(&buf), "");
    buf_puts(&buf, "abc");
    buf_printf(&buf, "%d", 42);
    assert_string_equal(buf_text(&buf), "abc42");
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_buf_grows)};

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

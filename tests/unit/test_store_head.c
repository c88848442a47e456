/* SPDX-License-Identifier: MIT */
/* The head of an entry has one spelling, and no other is read. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/log.h"

#define HEX32 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HEAD                                                                                   \
    "{\"at\":1764590400000000,\"author\":\"jo.1\",\"back\":true,\"body\":\"" HEX32             \
    "\",\"key\":\"" HEX32 "\",\"kind\":\"record\",\"prev\":\"" HEX32                           \
    "\",\"ref\":\"ABCD-EFGH\",\"role\":\"practitioner\",\"seq\":27,\"store\":"                 \
    "\"00112233445566778899aabbccddeeff\",\"v\":1,\"zone\":-60}"

static enum status read_head(const char *text, size_t length, struct head_fields *fields)
{
    struct error error;
    enum status status = head_read(27, text, length, fields, &error);

    if (status != STATUS_OK)
        assert_int_equal(error.status, status);
    return status;
}

/* The text with what stands there first put in place of another. */
static enum status read_changed(const char *was, const char *is)
{
    const char *at = strstr(HEAD, was);
    struct head_fields fields;
    struct buf text = {0};
    enum status status;

    assert_non_null(at);
    buf_add(&text, HEAD, (size_t)(at - HEAD));
    buf_puts(&text, is);
    buf_puts(&text, at + strlen(was));
    status = read_head(text.text, text.length, &fields);
    buf_release(&text);
    return status;
}

static void a_head_is_read_whole(void **state)
{
    struct head_fields fields;

    (void)state;
    assert_int_equal(read_head(HEAD, strlen(HEAD), &fields), STATUS_OK);
    assert_int_equal(fields.at.us, INT64_C(1764590400000000));
    assert_int_equal(fields.at.offset_minutes, -60);
    assert_true(fields.back);
    assert_int_equal(fields.kind, ENTRY_RECORD);
    assert_int_equal(fields.role, ROLE_PRACTITIONER);
    assert_int_equal(fields.sequence, 27);
    assert_string_equal(fields.author, "jo.1");
    assert_string_equal(fields.reference, "ABCD-EFGH");
    assert_int_equal(fields.previous.byte[1], 0x11);
    assert_int_equal(fields.body.byte[31], 0xff);
    assert_int_equal(fields.key[2], 0x22);
    assert_int_equal(fields.store[15], 0xff);
}

static void what_may_be_missing_may(void **state)
{
    (void)state;
    assert_int_equal(read_changed("\"back\":true,", ""), STATUS_OK);
    assert_int_equal(read_changed("\"ref\":\"ABCD-EFGH\",", ""), STATUS_OK);
}

static void no_other_spelling_is_read(void **state)
{
    static const char *const changes[][2] = {
        {"{\"at\"", "{ \"at\""},
        {":27", ": 27"},
        {":27", ":027"},
        {":27", ":+27"},
        {":27", ":2.7e1"},
        {":27", ":\"27\""},
        {":27", ":28"},
        {":27", ":27,\"seq\":27"},
        {":27", ":99999999999999999999"},
        {"-60", "-0"},
        {"-60", "32768"},
        {"jo.1", "\\u006ao.1"},
        {"jo.1", "jo\n1"},
        {"jo.1", "j\xc3\xb6.1"},
        {"jo.1", "a-name-that-is-longer-than-a-name-can-be"},
        {"\"author\":\"jo.1\",", ""},
        {"true", "false"},
        {"\"record\"", "\"recipe\""},
        {"\"practitioner\"", "\"king\""},
        {"\"key\":\"00", "\"key\":\"0"},
        {"\"key\":\"00", "\"key\":\"0g"},
        {"\"v\":1", "\"v\":0"},
        {"}", ",\"zoo\":1}"},
        {"}", "} "},
        {"}", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        if (read_changed(changes[i][0], changes[i][1]) != STATUS_DAMAGED)
            fail_msg("'%s' for '%s' was read", changes[i][1], changes[i][0]);
    }
}

static void a_head_cut_anywhere_is_none(void **state)
{
    struct head_fields fields;

    (void)state;
    for (size_t length = 0; length < strlen(HEAD); length++) {
        char *cut = xstrndup(HEAD, length); /* so that reading past its end shows */

        assert_int_equal(read_head(cut, length, &fields), STATUS_DAMAGED);
        free(cut);
    }
}

static void a_later_head_is_told_from_a_wrong_one(void **state)
{
    (void)state;
    assert_int_equal(read_changed("\"v\":1", "\"v\":2"), STATUS_UNSUPPORTED);
    assert_int_equal(read_changed("\"v\":1,", "\"v\":2,\"w\":[1],"), STATUS_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_is_read_whole),
        cmocka_unit_test(what_may_be_missing_may),
        cmocka_unit_test(no_other_spelling_is_read),
        cmocka_unit_test(a_head_cut_anywhere_is_none),
        cmocka_unit_test(a_later_head_is_told_from_a_wrong_one),
    };

    return cmocka_run_group_tests_name("heads of entries", tests, NULL, NULL);
}

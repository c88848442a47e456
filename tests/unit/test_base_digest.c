/* SPDX-License-Identifier: MIT */
/* Fingerprints are those of the standards: FIPS 180-4 and RFC 4231 give these examples. */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/digest.h"

static void expect(struct digest digest, const char *wanted)
{
    char text[DIGEST_HEX_SIZE];

    digest_hex(&digest, text);
    assert_string_equal(text, wanted);
}

static void test_plain(void **state)
{
    const struct span whole = {"abc", 3};
    const struct span parts[] = {{"a", 1}, {NULL, 0}, {"bc", 2}};

    (void)state;
    expect(digest_of(NULL, 0),
           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(digest_of(&whole, 1),
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(digest_of(parts, 3),
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_keyed(void **state)
{
    /* The standard's key has 20 bytes; a key is filled up with zeros, so ours gives the same.
     */
    const unsigned char key[DIGEST_SIZE] = {11, 11, 11, 11, 11, 11, 11, 11, 11, 11,
                                            11, 11, 11, 11, 11, 11, 11, 11, 11, 11};
    const struct span parts[] = {{"Hi ", 3}, {"There", 5}};

    (void)state;
    expect(digest_keyed(key, parts, 2),
           "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_keyed),
    };

    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Packs with a slip in them. Each line of a pack is deleted, doubled, swapped with the next,
 * cut short, misspelt and given a byte that is no UTF-8. What comes of it is refused or found
 * by the check, with its place and what to do, or it says the same as before, or else the
 * change shows: in the comparison with the old pack, or in the pack on paper. It is never
 * passed over.
 */
#include "tests/unit/policy.h"

#include "policy/difference.h"
#include "policy/map.h"
#include "policy/proof.h"

#define AS_OF "2026-06-01"

enum slip { DELETE, DOUBLE, SWAP, CUT, MISSPELL, BAD_BYTE, SLIP_COUNT };
static const char *const SLIPS[] = {"deleted",   "doubled",  "swapped with the next",
                                    "cut short", "misspelt", "given a bad byte"};

/* What has become of the slips. */
struct tally {
    size_t refused, found, same, compared, on_paper;
};

/* The pack without a slip, and all that is asked of it. */
struct original {
    char *name, *text;
    struct pack *pack;
    struct proof proof;
    struct buf paper;
    struct ini ini;
    struct tally tally;
};

static void prove(const struct pack *pack, struct proof *proof)
{
    date day;

    assert_true(date_parse(AS_OF, &day));
    proof_run(pack, day, proof);
}

static void begin(struct original *original, const char *name)
{
    struct error error = {0};

    *original = (struct original){.name = xstrdup(name), .text = source_text(name)};
    if (pack_read(name, original->text, strlen(original->text), &original->pack, &error) ||
        ini_read(name, original->text, strlen(original->text), &original->ini, &error))
        fail_with(&error);
    prove(original->pack, &original->proof);
    map_print(original->pack, &original->paper);
}

static void end(struct original *original)
{
    struct tally *tally = &original->tally;

    print_message("%s: refused %zu, found %zu, the same %zu, compared %zu, on paper %zu\n",
                  original->name, tally->refused, tally->found, tally->same, tally->compared,
                  tally->on_paper);
    buf_release(&original->paper);
    proof_release(&original->proof);
    ini_release(&original->ini);
    pack_free(original->pack);
    free(original->text);
    free(original->name);
}

/* --- slips -------------------------------------------------------------------------------- */

static size_t line_length(const char *at)
{
    size_t length = strcspn(at, "\n");

    return length + (at[length] == '\n');
}

/* A letter near the middle becomes the next of the alphabet. */
static void misspell(struct buf *out, const char *line, size_t length)
{
    size_t at = length / 2;

    while (at < length && !(line[at] >= 'a' && line[at] <= 'y'))
        at++;
    buf_add(out, line, at);
    if (at < length) {
        buf_putc(out, (char)(line[at] + 1));
        buf_add(out, line + at + 1, length - at - 1);
    }
}

/* The text with a slip in the line at `at`; free it. */
static char *slip_at(const char *text, const char *at, enum slip slip)
{
    struct buf out = {0};
    size_t length = line_length(at), next = line_length(at + length);

    buf_add(&out, text, (size_t)(at - text));
    if (slip == DOUBLE)
        buf_add(&out, at, length);
    if (slip == SWAP)
        buf_add(&out, at + length, next);
    if (slip == CUT)
        buf_add(&out, at, length / 2);
    if (slip == CUT)
        buf_putc(&out, '\n');
    if (slip == BAD_BYTE)
        buf_add(&out, at, length / 2);
    if (slip == BAD_BYTE)
        buf_putc(&out, '\xFF');
    if (slip == BAD_BYTE)
        buf_add(&out, at + length / 2, length - length / 2);
    if (slip == MISSPELL)
        misspell(&out, at, length);
    if (slip == DOUBLE || slip == SWAP)
        buf_add(&out, at, length);
    buf_puts(&out, at + length + (slip == SWAP ? next : 0));
    return buf_take(&out);
}

/* --- what comes of them ------------------------------------------------------------------- */

static void assert_helps(const char *file, int line, const char *what, const char *remedy)
{
    assert_true(file[0]);
    assert_true(line > 0);
    assert_true(what[0]);
    assert_true(remedy[0]);
}

static bool is_known(const struct proof *proof, const struct fault *fault)
{
    for (size_t i = 0; i < proof->report.count; i++)
        if (proof->report.fault[i].rule == fault->rule &&
            !strcmp(proof->report.fault[i].field, fault->field))
            return true;
    return false;
}

static bool check_finds(const struct original *original, const struct pack *pack)
{
    struct proof proof;
    bool found = false;

    prove(pack, &proof);
    for (size_t i = 0; i < proof.report.count; i++) {
        assert_helps(pack->file, proof.report.fault[i].line, proof.report.fault[i].what,
                     proof.report.fault[i].remedy);
        found |= !is_known(&original->proof, &proof.report.fault[i]);
    }
    found |= proof.report.count < original->proof.report.count;
    proof_release(&proof);
    return found;
}

static bool comparison_shows(const struct original *original, const struct pack *pack)
{
    struct difference difference;
    bool shows;

    difference_find(original->pack, pack, &difference);
    assert_true(difference.complete);
    shows = difference.turn_count || difference.only_count;
    difference_release(&difference);
    return shows;
}

static bool paper_shows(const struct original *original, const struct pack *pack)
{
    struct buf paper = {0};
    bool shows;

    map_print(pack, &paper);
    shows = strcmp(buf_text(&paper), buf_text(&original->paper)) != 0;
    buf_release(&paper);
    return shows;
}

/* Whether the sections, in order, hold the same keys with the same values, in any order. */
static bool says_the_same(const struct ini *a, const struct ini *b)
{
    if (a->section_count != b->section_count || a->key_count != b->key_count)
        return false;
    for (size_t s = 0; s < a->section_count; s++) {
        const struct ini_section *section = &a->section[s];

        if (strcmp(section->name, b->section[s].name) || section->count != b->section[s].count)
            return false;
        for (size_t k = section->first; k < section->first + section->count; k++) {
            const struct ini_key *key = ini_find(b, &b->section[s], a->key[k].name);

            if (!key || strcmp(key->value, a->key[k].value))
                return false;
        }
    }
    return true;
}

/* A pack that could still be read: the slip is found, is none, or shows. */
static void check_read(struct original *original, const struct pack *pack, const char *text,
                       bool prove_all, int line, enum slip slip)
{
    struct tally *tally = &original->tally;
    struct error error = {0};
    struct ini ini;
    bool same;

    if (ini_read(original->name, text, strlen(text), &ini, &error))
        fail_with(&error);
    same = says_the_same(&original->ini, &ini);
    ini_release(&ini);
    if (same) {
        assert_false(prove_all && check_finds(original, pack));
        assert_false(prove_all && comparison_shows(original, pack));
        tally->same++;
    } else if (prove_all && check_finds(original, pack)) {
        tally->found++;
    } else if (prove_all && comparison_shows(original, pack)) {
        tally->compared++;
    } else if (paper_shows(original, pack)) {
        tally->on_paper++;
    } else if (check_finds(original, pack)) {
        tally->found++;
    } else {
        fail_msg("%s:%d: the line can be %s, and nothing shows it", original->name, line,
                 SLIPS[slip]);
    }
}

static void check_slip(struct original *original, const char *at, int line, enum slip slip,
                       bool prove_all)
{
    char *text = slip_at(original->text, at, slip);
    struct error error = {0};
    struct pack *pack;

    if (!strcmp(text, original->text)) {
        original->tally.same++;
    } else if (pack_read(original->name, text, strlen(text), &pack, &error)) {
        assert_int_equal(error.status, STATUS_BAD_DATA);
        assert_helps(error.file, error.line, error.what, error.remedy);
        original->tally.refused++;
    } else {
        check_read(original, pack, text, prove_all, line, slip);
        pack_free(pack);
    }
    free(text);
}

/* Every slip in every line. */
static void check_whole(const char *name)
{
    struct original original;
    int line = 1;

    begin(&original, name);
    for (const char *at = original.text; *at; at += line_length(at), line++)
        for (unsigned slip = 0; slip < SLIP_COUNT; slip++)
            check_slip(&original, at, line, (enum slip)slip, true);
    assert_true(original.tally.refused > 0);
    assert_true(original.tally.found > 0);
    end(&original);
}

/* One slip in every so many lines, another each time; the proof only where nothing else shows
 * it, since it takes longer than the rest. */
static void check_sample(const char *name, int every)
{
    struct original original;
    unsigned slip = 0;
    int line = 1;

    begin(&original, name);
    for (const char *at = original.text; *at; at += line_length(at), line++)
        if (line % every == 0)
            check_slip(&original, at, line, (enum slip)(slip++ % SLIP_COUNT), false);
    assert_true(original.tally.refused > 0);
    end(&original);
}

static void test_the_small_pack(void **state)
{
    (void)state;
    check_whole("tests/cases/small.ini");
}

static void test_the_pack_of_the_proof(void **state)
{
    (void)state;
    check_whole("tests/cases/proof.ini");
}

/* The packs that are installed are long: a slip in one line of a hundred takes its time. */
static void test_the_installed_packs(void **state)
{
    struct error error = {0};
    const char *srcdir = getenv("srcdir");
    char *dir = path_join(srcdir ? srcdir : ".", "data/policy"), **name;
    size_t count;

    (void)state;
    if (file_list(dir, ".ini", &name, &count, &error))
        fail_with(&error);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        char *path = path_join("data/policy", name[i]);

        check_sample(path, 97);
        free(path);
    }
    free(name);
    free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_small_pack),
        cmocka_unit_test(test_the_pack_of_the_proof),
        cmocka_unit_test(test_the_installed_packs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Fuzz target: any text as a condition of a small pack. Either an error that says where, or a
 * condition whose trail and truth agree. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/pack.h"
#include "tests/fuzz/target.h"

static const char pack_text[] =
    "[pack]\nkind = policy\nid = p\nversion = 1\ntitle = t\nowner = o\njurisdiction = j\n"
    "from = 2026-01-01\nreview-by = 2027-01-01\nchanged = c\nurgent-questions = 1\n"
    "most-questions = 9\n"
    "[source s]\ntitle = t\nat = a\nchecked = 2026-01-01\nreview-by = 2027-01-01\n"
    "[step a]\ntitle = t\n"
    "[question single]\nstep = a\ntype = choice\nask = q\noption.yes = y\noption.no = n\n"
    "unknown = yes\n"
    "[question many]\nstep = a\ntype = choices\nask = q\noption.a = a\noption.b = b\nnone = n\n"
    "[question text]\nstep = a\ntype = text\nask = q\n"
    "[question items]\nstep = a\ntype = items\nask = q\noption.fact = f\n"
    "[finding f]\nkind = basis\nsays = s\ncite = s\n"
    "[outcome o]\nrecommends = share\nbecause = b\ncite = s\n"
    "[retention r]\ntitle = t\nkeep-for = decide\n";

/* What the leaves of a trail are counted in. */
struct tally {
    size_t leaves;
};

static void count_leaf(const struct condition *leaf, bool holds, void *data)
{
    struct tally *tally = data;

    (void)holds;
    if (!leaf->text || !leaf->text[0])
        die("a leaf has no words");
    tally->leaves++;
}

static void check_truth(const struct pack *pack, const struct condition *condition)
{
    size_t count = pack_variable_count(pack);
    bits *value = xcalloc(count, sizeof(*value));
    bool *known = xcalloc(count, sizeof(*known));
    struct facts facts = {pack->from, value, NULL};
    enum truth certain = condition_eval(condition, &facts), open;
    struct tally tally = {0};

    condition_trail(condition, &facts, count_leaf, &tally);
    facts.known = known;
    open = condition_eval(condition, &facts);
    if (certain == TRUTH_UNKNOWN || !tally.leaves)
        die("a condition is unknown though everything is known");
    if (open != TRUTH_UNKNOWN && open != certain)
        die("a condition was settled before its time, and wrongly");
    free(value);
    free(known);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = xstrndup((const char *)bytes, size);
    const struct condition *condition = NULL;
    struct pack *pack = NULL;
    struct arena arena = {0};
    struct error error = {0};

    if (pack_read("fuzz.ini", pack_text, strlen(pack_text), &pack, &error))
        die("%d: %s", error.line, error.what);
    if (condition_parse(text, pack, pack->rule_count, true, "fuzz", 1, "when", &arena,
                        &condition, &error)) {
        if (error.status != STATUS_BAD_DATA || !error.what[0] || !error.remedy[0])
            die("an error does not say enough: %s", error.what);
    } else {
        check_truth(pack, condition);
    }
    arena_release(&arena);
    pack_free(pack);
    free(text);
    return 0;
}

/*
 * test_shards.c - a county split into shards has the same people, cases and places, to
 * the bit, as one that is not; and which counties are split.
 */
#include "models/shards.h"

#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/executive.h"
#include "tests/dali.h"
#include "tests/inn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { YANGBI = 532922, XIANGYUN = 532923, COUNTIES = 2, MONTHS = 30, MOST = 10 };

/* Homes alone, in two counties; people move between them and across the border. */
static const char homes[] =
    "base: base.yaml\n"
    "title: two counties with homes\n"
    "start: 2021-01-01\n"
    "end: 2023-06-30\n"
    "replicates: 1\n"
    "seed: 11\n"
    "county:\n"
    "  table: {value: counties.csv, source: test, quality: assumption}\n"
    "population:\n"
    "  people: {value: people.csv, source: test, quality: assumption}\n"
    "fertility:\n"
    "  level: {value: {2021.5: 1.1}, source: test, quality: assumption}\n"
    "migration:\n"
    "  net: {value: migration.csv, source: test, quality: assumption}\n"
    "  between: {value: 0.05, unit: 1/yr, source: test, quality: assumption}\n"
    "workforce:\n"
    "  caregivers: {value: 150, unit: person, source: test, quality: assumption}\n"
    "facility:\n"
    "  facilities: {value: homes.csv, source: test, quality: assumption}\n";

static const char beds[] =
    "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,operating,source,"
    "quality\n"
    "a,532922,a,a,public_home,2,100,20,1,test,assumption\n"
    "b,532922,b,b,private_home,1,20,20,1,test,assumption\n"
    "c,532923,c,c,public_home,3,300,100,1,test,assumption\n"
    "d,532923,d,d,private_home,2,60,60,1,test,assumption\n";

struct fixture {
    struct scratch scratch;
    struct dali whole; /* not split */
    struct result result;
};

static void
run(struct fixture *f, struct dali *dali, struct result *result, const char *split,
    int threads)
{
    dali_open(dali, scratch_path(&f->scratch, "homes.yaml"), &split, 1);
    dali_run(dali, result, threads);
}

static int
open_homes(void **state)
{
    static const int64_t code[] = {YANGBI, XIANGYUN};
    struct fixture *f = mem_alloc(1, sizeof *f);

    *state = f;
    scratch_open(&f->scratch);
    dali_copy(&f->scratch, code, COUNTIES);
    scratch_write(&f->scratch, "homes.yaml", homes);
    scratch_write(&f->scratch, "homes.csv", beds);
    run(f, &f->whole, &f->result, "county.split=0", 1);
    return 0;
}

static int
close_homes(void **state)
{
    struct fixture *f = *state;

    result_free(&f->result);
    dali_close(&f->whole);
    scratch_close(&f->scratch);
    mem_free(f);
    return 0;
}

/* Results of a model that differ, by month and county. */
static int
differing(const struct result *a, const struct result *b, int model)
{
    size_t size = setup_out_bytes(a->setup, model);
    int n = 0;

    for (int t = 0; size > 0 && t < a->setup->n_times; t++)
        for (int k = 0; k < a->setup->n_regions; k++)
            n += memcmp(result_at(a, model, 0, t, k), result_at(b, model, 0, t, k),
                     size) != 0;
    return n;
}

/* Births, deaths, moves both ways, people waiting and placed: there is something to
 * compare. */
static void
much_happens(void **state)
{
    static const char *const name[] = {"births", "deaths", "moved_in", "immigrants",
        "worsened", "applied", "admitted", "widowed"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        double n = 0.0;
        for (int t = 1; t <= MONTHS; t++)
            n += dali_value(&f->result, name[i], 0, 0, t, -1);
        assert_true(n > 0.0);
    }
}

/* However many shards, on one thread and on two. */
static void
the_same_bits(void **state)
{
    static const struct {
        const char *split;
        int threads, shards; /* people below 39 to a shard: 44,653 and 196,000 */
    } how[] = {{"county.split=100000", 1, 3}, {"county.split=40000", 2, 7},
        {"county.split=25000", 1, MOST}, {"county.split=25000", 2, MOST}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
        struct dali *dali = mem_alloc(1, sizeof *dali);
        struct result result;
        run(f, dali, &result, how[i].split, how[i].threads);
        assert_int_equal(dali->setup.n_shards, how[i].shards);
        for (int m = 0; m < dali->setup.n_models; m++)
            assert_int_equal(differing(&f->result, &result, m), 0);
        result_free(&result);
        dali_close(dali);
        mem_free(dali);
    }
}

/* The first person of a county who lives, has no spouse, and is young for the whole run
 * or not. */
static uint32_t
somebody(const struct county *c, bool young)
{
    uint32_t i = 0;

    while (!c->person[i].alive || c->person[i].spouse != PERSON_NONE ||
           (c->person[i].birth >= c->tab->young_from) != young)
        i++;
    return i;
}

/* Rows break ties (whom a visit finds first, who of two that apply in a minute): among
 * those who would live in the seat they are in the same order when the young live there
 * too, as nobody gets a row that one of the others has left. */
static void
rows_are_apart(void **state)
{
    struct fixture *f = *state;
    struct region r;

    region_init(&r, &f->whole.setup, 0, rng_run(1, 0));
    const struct county *c = county_of(&r);
    for (int young = 0; young < 2; young++) {
        uint32_t left = somebody(c, young == 1), stays = somebody(c, young == 0);
        struct person same = c->person[left], other = c->person[stays];
        county_remove(&r, left);
        assert_int_not_equal(county_add(&r, &other, 0), left);
        assert_int_equal(county_add(&r, &same, 0), left);
    }
    region_free(&r);
}

/* The shards of a county hold its people, all of them once. */
static void
shares_people_out(void **state)
{
    struct fixture *f = *state;
    struct dali *dali = mem_alloc(1, sizeof *dali);
    const char *split = "county.split=25000";
    struct result start;
    double rows = 0.0;

    dali_open(dali, scratch_path(&f->scratch, "homes.yaml"), &split, 1);
    const struct setup *s = &dali->setup;
    for (int i = 0; i < s->n_shards; i++) {
        assert_true(s->shard[i].load.work > 0.0);
        rows += s->shard[i].load.rows;
    }
    assert_true((int64_t)(rows + 0.5) ==
                (int64_t)dali_value(&f->result, "people", 0, 0, 0, -1));
    struct setup eve = *s;
    eve.n_times = 1;
    result_init(&start, &eve, 1);
    executive_start(&eve, 2, &start);
    for (int m = 0; m < s->n_models; m++)
        assert_int_equal(differing(&start, &f->result, m), 0);
    result_free(&start);
    dali_close(dali);
    mem_free(dali);
}

/* Who moves as an adult that may turn 60 comes to the seat, a child to one of the
 * shards, always the same. */
static void
movers_find_their_shard(void **state)
{
    struct fixture *f = *state;
    struct dali *dali = mem_alloc(1, sizeof *dali);
    const char *split = "county.split=25000";
    struct person old = {.key = 7, .birth = (int32_t)(-50 * MINUTES_A_YEAR)};
    bool seen[MOST] = {false};

    dali_open(dali, scratch_path(&f->scratch, "homes.yaml"), &split, 1);
    const struct setup *s = &dali->setup;
    assert_int_equal(shards_of(s, 1, &old), 1);
    for (uint64_t key = 0; key < 64; key++) {
        struct person child = {.key = key, .birth = (int32_t)(-5 * MINUTES_A_YEAR)};
        uint32_t to = shards_of(s, 1, &child);
        assert_in_range(to, COUNTIES, (uint32_t)s->n_shards - 1);
        assert_int_equal(s->shard[to].region, 1);
        assert_int_equal(shards_of(s, 1, &child), to);
        seen[to] = true;
    }
    for (int k = 1; k <= s->region[1].more; k++)
        assert_true(seen[setup_shard(s, 1, k)]);
    dali_close(dali);
    mem_free(dali);
}

static int
shards_with(struct fixture *f, const char *path, const char *more)
{
    struct dali *dali = mem_alloc(1, sizeof *dali);
    const char *const set[] = {"county.split=25000", more};

    dali_open(dali, scratch_path(&f->scratch, path), set, 2);
    int n = dali->setup.n_shards;
    dali_close(dali);
    mem_free(dali);
    return n;
}

/* Where services are for the young too (nurseries, or what serves another for its own
 * ages), or premiums, or nobody is young for the whole of a long run, counties stay
 * whole. */
static void
not_split(void **state)
{
    static const char insured[] =
        "base: homes.yaml\n"
        "lever:\n"
        "  levers:\n"
        "    - {name: fund, title: fund, kind: insure, service: nursing_home,\n"
        "       from: 2022-01-01, value: 0.5, grade_from: 2, source: test,\n"
        "       quality: assumption}\n";
    static const char kin[] = "base: homes.yaml\n"
                              "service:\n"
                              "  services:\n"
                              "    - {name: public_home, age_from: 20}\n";
    struct fixture *f = *state;

    scratch_write(&f->scratch, "insured.yaml", insured);
    assert_int_equal(shards_with(f, "homes.yaml", "seed=1"), MOST);
    assert_int_equal(shards_with(f, "insured.yaml", "seed=1"), COUNTIES);
    scratch_write(&f->scratch, "kin.yaml", kin);
    assert_int_equal(shards_with(f, "kin.yaml", "seed=1"), COUNTIES);
    assert_int_equal(shards_with(f, "plan.yaml", "plan.targets=[]"), COUNTIES);
    assert_int_equal(shards_with(f, "homes.yaml", "end=2079-12-31"), COUNTIES);
}

static void
mistakes_are_named(void **state)
{
    static const struct {
        const char *set[2], *text;
    } table[] = {
        {{"county.split=0.5", NULL},
            "0.5 people to a shard, expected 0 or 1000 and more"},
        {{"start=2020-12-31", NULL},
            "a run starts on the first day of a month, so that ages at month ends are "
            "exact"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int n;
        char *text = inn_mistake(table[i].set, &n);
        assert_int_equal(n, 1);
        assert_string_equal(text, table[i].text);
        mem_free(text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(much_happens),
        cmocka_unit_test(the_same_bits),
        cmocka_unit_test(rows_are_apart),
        cmocka_unit_test(shares_people_out),
        cmocka_unit_test(movers_find_their_shard),
        cmocka_unit_test(not_split),
        cmocka_unit_test(mistakes_are_named),
    };

    return cmocka_run_group_tests_name("shards", tests, open_homes, close_homes);
}

/*
 * Rules that residential care keeps whatever the numbers: in two counties of Dali whose
 * rates are raised, so that everything happens often.
 */
#include "models/care.h"
#include "models/cases.h"

#include "models/models.h"
#include "models/workforce.h"
#include "sim/date.h"
#include "tests/audit.h"
#include "tests/dali.h"
#include "tests/hall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { COUNTIES = 2, SETS_MOST = 24 };

static const int64_t counties[COUNTIES] = {532922, 532928};

/* Six years in which many want a bed, few are there, and people move. */
static const char many_want[] =
    "service.services=[{name: nursing_home, willing_rural: 0.5, willing_urban: 0.6, "
    "refusal: 0.1, discharge: 0.5, patience: 200}]";
static const char *const raised[] = {"end=2026-12-31", "replicates=1", many_want,
    "grade.onset=1.5", "migration.between=0.05", "workforce.caregivers=2000"};

enum { RAISED = sizeof raised / sizeof raised[0] };

static const char *const projects =
    "id,adcode,name,name_zh,kind,ordinary_beds,nursing_beds,opens,cost_cny\n"
    "more,532922,More,More,private_home,%d,%d,2022-03-15,1000000\n";

struct town {
    struct scratch scratch;
    struct hall hall;
    struct result result;
    const struct model *list[MODELS_COUNT + 2];
    char project[320];
};

/* Runs the counties with one project of `beds` of each type, or none when < 0. */
static void
town_run(struct town *self, int beds, const char *const *more, int n_more)
{
    const char *set[SETS_MOST];
    char text[512];
    int n = 0;

    scratch_open(&self->scratch);
    dali_copy(&self->scratch, counties, COUNTIES);
    snprintf(text, sizeof text, projects, beds, beds);
    scratch_write(&self->scratch, "more.csv", text);
    snprintf(self->project, sizeof self->project, "facility.projects=%s",
        beds < 0 ? "[]" : scratch_path(&self->scratch, "more.csv"));
    for (int i = 0; i < RAISED; i++)
        set[n++] = raised[i];
    set[n++] = self->project;
    for (int i = 0; i < n_more; i++)
        set[n++] = more[i];
    hall_open(&self->hall, scratch_path(&self->scratch, "plan.yaml"),
        audit_models(self->list), set, n);
    hall_run(&self->hall, &self->result);
}

static void
town_close(struct town *self)
{
    result_free(&self->result);
    hall_close(&self->hall);
    scratch_close(&self->scratch);
}

static const struct care_out *
care_at(const struct town *town, int time, int region)
{
    return result_at(&town->result, MODELS_CARE, 0, time, region);
}

/* The applicants' side of homes: the first service of base.yaml. */
static const struct service_out *
desk_at(const struct town *town, int time, int region)
{
    return result_at(&town->result, MODELS_SERVICE, 0, time, region);
}

static int64_t
sum(const int64_t *x, int n)
{
    int64_t all = 0;

    for (int i = 0; i < n; i++)
        all += x[i];
    return all;
}

/* The sum of an array of the desk's results over all months of a region. */
static int64_t
total(const struct town *town, int region, size_t offset, int n)
{
    int64_t all = 0;

    for (int t = 0; t < town->hall.setup.n_times; t++) {
        const struct service_out *o = desk_at(town, t, region);
        const int64_t *x = (const int64_t *)(const void *)((const char *)o + offset);
        all += sum(x, n);
    }
    return all;
}

#define TOTAL(town, region, member)                           \
    total(town, region, offsetof(struct service_out, member), \
        (int)(sizeof((struct service_out *)0)->member / sizeof(int64_t)))

/* True when all results of a model in a region are the same bytes, month by month. */
static bool
same(const struct town *a, const struct town *b, int model, int region)
{
    size_t size = setup_out_bytes(&a->hall.setup, model);

    assert_int_equal(a->hall.setup.n_times, b->hall.setup.n_times);
    for (int t = 0; t < a->hall.setup.n_times; t++)
        if (size > 0 && memcmp(result_at(&a->result, model, 0, t, region),
                            result_at(&b->result, model, 0, t, region), size) != 0)
            return false;
    return true;
}

/* Who is there is who was there, plus who came, less who went; one month, one county.
 */
static void
check_month(const struct town *town, int t, int region)
{
    const struct care_out *was = care_at(town, t - 1, region);
    const struct care_out *is = care_at(town, t, region);
    const struct service_out *desk = desk_at(town, t, region);
    int64_t admitted = sum(desk->admitted, GRADES);

    assert_int_equal(is->residents, was->residents + admitted - desk->discharged -
                                        desk->died_using - desk->moved_using);
    assert_int_equal(is->waiting, was->waiting + sum(desk->applied, GRADES) - admitted -
                                      desk->refused - desk->gave_up - desk->withdrew -
                                      desk->died_waiting - desk->moved_waiting);
    assert_int_equal(is->residents, sum(is->residents_by_grade, GRADES));
    assert_int_equal(is->waiting, sum(desk->waiting_by_class, CLASSES));
    assert_int_equal(is->waiting, sum(desk->waiting_since, SERVICE_WAITS));
    assert_int_equal(admitted, sum(desk->admitted_after, SERVICE_WAITS));
    assert_true(is->vacant_beds >= 0);
    assert_true(is->usable_beds <= is->vacant_beds + is->residents);
    assert_true(desk->wait_days >= 0.0);
    for (int g = 0; g < GRADES; g++) {
        assert_true(is->residents_by_grade[g] >= 0);
        assert_true(desk->needing[g] <= desk->considered[g]);
        assert_true(desk->willing[g] <= desk->needing[g]);
        assert_true(desk->able[g] <= desk->willing[g]);
    }
}

static void
flows_balance(void **state)
{
    static struct town town;

    (void)state;
    town_run(&town, 100, NULL, 0);
    for (int region = 0; region < COUNTIES; region++) {
        for (int t = 1; t < town.hall.setup.n_times; t++)
            check_month(&town, t, region);
        /* every flow has flowed, or the balance says little */
        assert_true(TOTAL(&town, region, admitted) > 100);
        assert_true(TOTAL(&town, region, refused) > 10);
        assert_true(TOTAL(&town, region, gave_up) > 10);
        assert_true(TOTAL(&town, region, withdrew) > 0);
        assert_true(TOTAL(&town, region, died_waiting) > 0);
        assert_true(TOTAL(&town, region, moved_waiting) > 0);
        assert_true(TOTAL(&town, region, discharged) > 10);
        assert_true(TOTAL(&town, region, died_using) > 10);
        assert_true(TOTAL(&town, region, moved_using) > 0);
    }
    town_close(&town);
}

/* What the models keep is what the people say, at every month's end. */
static void
state_fits(void **state)
{
    static struct town town;
    struct audit_out all = {.people = 0};

    (void)state;
    town_run(&town, 100, NULL, 0);
    for (int region = 0; region < COUNTIES; region++)
        for (int t = 0; t < town.hall.setup.n_times; t++) {
            const struct audit_out *o =
                result_at(&town.result, AUDIT_MODEL, 0, t, region);
            all.people += o->people;
            all.grades += o->grades;
            all.load += o->load;
            all.beds += o->beds;
            all.lines += o->lines;
            all.gates += o->gates;
            all.looked += o->looked;
        }
    assert_true(all.looked > 10000);
    assert_int_equal(all.people, 0);
    assert_int_equal(all.load, 0);
    assert_int_equal(all.beds, 0);
    assert_int_equal(all.lines, 0);
    assert_int_equal(all.gates, 0);
    assert_int_equal(all.grades, 0);
    town_close(&town);
}

static const int lives[] = {MODELS_COUNTY, MODELS_GRADE, MODELS_MORTALITY,
    MODELS_FERTILITY, MODELS_POPULATION, MODELS_MIGRATION};

static bool
same_lives(const struct town *a, const struct town *b)
{
    bool all = true;

    for (int region = 0; region < COUNTIES; region++)
        for (size_t i = 0; i < sizeof lives / sizeof lives[0]; i++)
            all = all && same(a, b, lives[i], region);
    return all;
}

/* Beds in one county change no birth, death, move or grade anywhere, and nothing at all
 * in the other county; another seed changes everything. */
static void
lives_are_common(void **state)
{
    static const char *const seed[] = {"seed=99"};
    static struct town without, with, other;

    (void)state;
    town_run(&without, -1, NULL, 0);
    town_run(&with, 100, NULL, 0);
    town_run(&other, -1, seed, 1);
    assert_true(same_lives(&without, &with));
    assert_false(same_lives(&without, &other));
    for (int m = 0; m < MODELS_COUNT; m++)
        assert_true(same(&without, &with, m, 1));
    assert_true(TOTAL(&with, 0, admitted) > TOTAL(&without, 0, admitted) + 50);
    town_close(&without);
    town_close(&with);
    town_close(&other);
}

/* A lever that does nothing leaves every bit of care as it was. */
static void
nothing_changes_nothing(void **state)
{
    static const char *const same_value[] = {"care.backlog=365"};
    static struct town without, empty, again;

    (void)state;
    town_run(&without, -1, NULL, 0);
    town_run(&empty, 0, NULL, 0); /* a project without beds */
    town_run(&again, -1, same_value, 1);
    for (int region = 0; region < COUNTIES; region++) {
        assert_true(same(&without, &empty, MODELS_CARE, region));
        assert_true(same(&without, &empty, MODELS_HOUSEHOLD, region));
        for (int m = 0; m < MODELS_COUNT; m++)
            assert_true(same(&without, &again, m, region));
    }
    assert_true(same_lives(&without, &empty));
    assert_false(same(&without, &empty, MODELS_FACILITY, 0));
    town_close(&without);
    town_close(&empty);
    town_close(&again);
}

/* Where caregivers are short, beds change no admission; where they are not, they do. */
static void
staff_binds(void **state)
{
    static const char want[] = "service.services=[{name: nursing_home, willing_rural: "
                               "0.9, willing_urban: 0.9}]";
    static const char *const few[] = {"workforce.caregivers=12", "workforce.recruits=0",
        "workforce.quits=0", "workforce.retires=200", want};
    static struct town without, with;

    (void)state;
    town_run(&without, -1, few, 5);
    town_run(&with, 400, few, 5);
    int last = with.hall.setup.n_times - 1;
    assert_int_equal(care_at(&with, last, 0)->vacant_beds,
        care_at(&without, last, 0)->vacant_beds + 800);
    for (int t = 0; t <= last; t++) {
        const struct care_out *a = care_at(&without, t, 0), *b = care_at(&with, t, 0);
        assert_true(a->waiting > 0 || t == 0);
        assert_int_equal(a->waiting, b->waiting);
        assert_int_equal(a->residents, b->residents);
        assert_memory_equal(desk_at(&without, t, 0)->admitted,
            desk_at(&with, t, 0)->admitted, sizeof desk_at(&with, t, 0)->admitted);
        assert_true(b->usable_beds == b->staffed_beds);
    }
    assert_true(TOTAL(&with, 0, admitted) > 0);
    town_close(&without);
    town_close(&with);
}

/* Without rounds the first caregiver who joins is given residents in the same minute:
 * signed up after a day, trained for 90. */
static void
new_caregivers_place_at_once(void **state)
{
    static const char *const set[] = {"replicates=1",
        "service.services=[{name: nursing_home, round: 0, willing_rural: 0.5}]",
        "workforce.caregivers=0", "workforce.recruits=365.2425", "workforce.drop_out=0",
        "facility.projects=[]", "care.backlog=30"};
    static struct scratch scratch;
    static struct hall hall;
    static struct region r;
    const struct model *list[MODELS_COUNT + 2];
    const int32_t joins = 91 * MINUTES_A_DAY;

    (void)state;
    scratch_open(&scratch);
    dali_copy(&scratch, counties, 1);
    hall_open(&hall, scratch_path(&scratch, "plan.yaml"), audit_models(list), set,
        (int)(sizeof set / sizeof set[0]));
    region_init(&r, &hall.setup, 0, rng_run(1, 0));
    const struct station *line = cases_of(&r)->desk[0].line;
    region_run(&r, joins);
    assert_int_equal(workforce_capacity(&r, STAFF_CAREGIVER), 0);
    assert_int_equal(workforce_staff(&r, STAFF_CAREGIVER)->load, 0);
    assert_true(line[0].waiting + line[1].waiting > 10);
    region_run(&r, joins + 1);
    assert_int_equal(workforce_capacity(&r, STAFF_CAREGIVER), WORKFORCE_WORKER);
    assert_true(workforce_staff(&r, STAFF_CAREGIVER)->load > WORKFORCE_WORKER / 2);
    region_free(&r);
    hall_close(&hall);
    scratch_close(&scratch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_balance),
        cmocka_unit_test(state_fits),
        cmocka_unit_test(lives_are_common),
        cmocka_unit_test(nothing_changes_nothing),
        cmocka_unit_test(staff_binds),
        cmocka_unit_test(new_caregivers_place_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

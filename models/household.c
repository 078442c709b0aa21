/*
 * household.c - who lives with whom: spouses, living arrangement, widowhood.
 *
 * At the start people of 40 and over are married by the shares of the table and matched
 * within county and residence in order of age; who lives "as a couple" has a spouse or
 * is counted as living with family. When a spouse dies or moves away the other lives
 * alone or joins the family, by a draw of their own. Nobody marries during the run: who
 * is below 40 at its start is below 60 for its first twenty years.
 */
#include "models/axes.h"
#include "models/county.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/item.h"

struct marriage_row {
    int32_t sex;
    int64_t age_from, age_to;
    double share;
};

struct household_par {
    struct rows marriage;
    double joins_family;
};

struct household_out {
    int64_t elders_by_living[LIVINGS];
    int64_t elders_alone, widowed, spouses;
};

static const struct field marriage_columns[] = {
    {FIELD_AS(struct marriage_row, sex, FIELD_CHOICE), .unit = "1",
        .choices = axes_sexes, .required = true, .doc = "sex"},
    {FIELD(struct marriage_row, age_from), .unit = "yr", .lo = 0, .hi = 120,
        .required = true, .doc = "first age"},
    {FIELD(struct marriage_row, age_to), .unit = "yr", .lo = 0, .hi = 120,
        .required = true, .doc = "last age"},
    {FIELD(struct marriage_row, share), .unit = "1", .lo = 0, .hi = 1, .required = true,
        .doc = "share with a spouse"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct household_par, marriage), .unit = "1", .required = true,
        .doc = "share of people with a spouse, by sex and age",
        .columns = marriage_columns, .row_size = sizeof(struct marriage_row)},
    {FIELD(struct household_par, joins_family), .unit = "1", .def = 0.5, .lo = 0,
        .hi = 1, .doc = "share of the widowed of a couple who join the family",
        .source = "judged: half of widowed elders live with children",
        .quality = "assumption"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct household_out, elders_by_living), .unit = "person",
        .doc = "people aged 60 and over at home, by living arrangement",
        .zh = "居家老年人(按居住方式)", .axis = {&axes_living}},
    {FIELD(struct household_out, elders_alone), .unit = "person",
        .doc = "people aged 60 and over who live alone", .zh = "独居老年人"},
    {FIELD(struct household_out, widowed), .unit = "person", .method = FIELD_SUM,
        .doc = "people who lost their spouse by death", .zh = "丧偶人数"},
    {FIELD(struct household_out, spouses), .unit = "person",
        .doc = "people with a spouse in the county, of those who were 40 or older "
               "at the start",
        .zh = "有配偶人数"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void finish(struct region *r);
static void observe(struct region *r);
static void died(struct region *r, uint32_t i);
static void gone(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_DIED] = died,
    [SIGNAL_GONE] = gone,
};

struct household_tab {
    double share[SEXES][AGES];
};

/* A region's own: how many people have a spouse. */
struct household {
    int64_t spouses;
};

const struct model household_model = {
    .name = "household",
    .doc = "spouses, living arrangement, widowhood",
    .source = "shares from the scenario's table",
    .par_size = sizeof(struct household_par),
    .par = par_table,
    .tab_size = sizeof(struct household_tab),
    .prepare = prepare,
    .out_size = sizeof(struct household_out),
    .out = out_table,
    .start = start,
    .finish = finish,
    .observe = observe,
    .on = on,
    .n_signals = SIGNALS,
    .shards = true,
};

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct household_par *par = s->par[MODELS_HOUSEHOLD];
    const struct marriage_row *row = par->marriage.row;
    struct household_tab *t = tab;

    for (int64_t i = 0; i < par->marriage.n; i++) {
        if (row[i].age_to < row[i].age_from)
            report_mistake(report,
                (struct place){par->marriage.file, par->marriage.line[i], 1},
                "ages from %lld to %lld, expected the last not before the first",
                (long long)row[i].age_from, (long long)row[i].age_to);
        for (int64_t a = row[i].age_from; a <= row[i].age_to && a < AGES; a++)
            t->share[row[i].sex][a] = row[i].share;
    }
}

/* True when a person of 40 or over is to be matched: all couples, and of those with
 * family as many as bring the share with a spouse to the table's. */
static bool
married(const struct region *r, const struct person *p,
    const double couples[SEXES][AGES], int age)
{
    const struct household_tab *t = r->setup->tab[MODELS_HOUSEHOLD];

    if (age < MARRIED_FROM || p->living == ALONE || p->living == COLLECTIVE)
        return false;
    if (p->living == COUPLE)
        return true;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_MARRIAGE, 0);
    return rng_uniform32(b.word[0]) < couples[p->sex][age] * t->share[p->sex][age];
}

/*
 * What the table's share must be multiplied by for people with family, so that couples
 * (all married) and people alone (none) leave the share of all as it is.
 */
static void
family_factor(
    const struct county *c, const double share[SEXES][AGES], double factor[SEXES][AGES])
{
    double n[SEXES][AGES] = {{0.0}}, couples[SEXES][AGES] = {{0.0}};
    double family[SEXES][AGES] = {{0.0}};

    for (uint32_t i = 0; i < c->n; i++) {
        const struct person *p = &c->person[i];
        int age = (int)person_age(p, 0);
        age = age < AGES ? age : AGES - 1;
        n[p->sex][age] += 1.0;
        couples[p->sex][age] += p->living == COUPLE;
        family[p->sex][age] += p->living == FAMILY;
    }
    for (int sex = 0; sex < SEXES; sex++)
        for (int a = 0; a < AGES; a++) {
            double need = n[sex][a] * share[sex][a] - couples[sex][a];
            factor[sex][a] = need > 0.0 && share[sex][a] > 0.0 && family[sex][a] > 0.0
                                 ? need / family[sex][a] / share[sex][a]
                                 : 0.0;
        }
}

/* Those of one residence and sex who are to be matched, youngest first; ties by row. */
struct list {
    struct item *who; /* [n] time: minutes of life before the start; subject: row */
    size_t n;
};

static void
sort(struct list *list)
{
    struct item *sorted = mem_grow(NULL, list->n, sizeof *sorted);
    uint32_t *count = mem_grow(NULL, item_counters(list->n), sizeof *count);

    item_sort(sorted, list->who, list->n,
        (int64_t)((MARRIED_FROM - 1) * MINUTES_A_YEAR),
        (int64_t)((AGES + 1) * MINUTES_A_YEAR), count);
    mem_free(count);
    mem_free(list->who);
    list->who = sorted;
}

static void
match(struct region *r, struct list *men, struct list *women)
{
    struct county *c = county_of(r);
    struct household *own = r->own[MODELS_HOUSEHOLD];
    size_t n = men->n < women->n ? men->n : women->n;

    sort(men);
    sort(women);
    for (size_t i = 0; i < n; i++) {
        uint32_t man = item_event(men->who[i]).subject;
        uint32_t woman = item_event(women->who[i]).subject;
        c->person[man].spouse = woman;
        c->person[woman].spouse = man;
    }
    own->spouses += 2 * (int64_t)n;
}

/* Couples for whom no match was left live with family. */
static void
settle_unmatched(struct county *c)
{
    for (uint32_t i = 0; i < c->n; i++) {
        struct person *p = &c->person[i];
        if (p->living != COUPLE || p->spouse != PERSON_NONE)
            continue;
        if (person_age(p, 0) < MARRIED_FROM)
            continue; /* their couples are not followed */
        county_uncount(c, p);
        p->living = FAMILY;
        county_count(c, p);
    }
}

static void
start(struct region *r)
{
    const struct household_tab *t = r->setup->tab[MODELS_HOUSEHOLD];
    struct county *c = county_of(r);
    double factor[SEXES][AGES];
    struct list list[RESIDENCES][SEXES];

    r->own[MODELS_HOUSEHOLD] = mem_alloc(1, sizeof(struct household));
    if (r->number > 0)
        return; /* nobody there is old enough */
    family_factor(c, t->share, factor);
    for (int k = 0; k < RESIDENCES * SEXES; k++)
        list[k / SEXES][k % SEXES] =
            (struct list){.who = mem_grow(NULL, c->n, sizeof *list[0][0].who)};
    for (uint32_t i = 0; i < c->n; i++) {
        const struct person *p = &c->person[i];
        struct list *of = &list[p->residence][p->sex];
        int age = (int)person_age(p, 0);
        if (married(r, p, (const double(*)[AGES])factor, age < AGES ? age : AGES - 1))
            of->who[of->n++] = item_of((struct event){.time = -p->birth, .subject = i});
    }
    for (int residence = 0; residence < RESIDENCES; residence++) {
        match(r, &list[residence][MALE], &list[residence][FEMALE]);
        mem_free(list[residence][MALE].who);
        mem_free(list[residence][FEMALE].who);
    }
    settle_unmatched(c);
}

static void
finish(struct region *r)
{
    mem_free(r->own[MODELS_HOUSEHOLD]);
}

static void
died(struct region *r, uint32_t i)
{
    struct household_out *out = r->out[MODELS_HOUSEHOLD];

    if (county_of(r)->person[i].spouse != PERSON_NONE)
        out->widowed++;
}

/* The one who stays, whether by death or by moving. */
static void
gone(struct region *r, uint32_t i)
{
    const struct household_par *par = r->setup->par[MODELS_HOUSEHOLD];
    struct household *own = r->own[MODELS_HOUSEHOLD];
    struct county *c = county_of(r);
    uint32_t k = c->person[i].spouse;

    if (k == PERSON_NONE)
        return;
    struct person *p = &c->person[k];
    BUG_IF(p->spouse != i);
    p->spouse = PERSON_NONE;
    c->person[i].spouse = PERSON_NONE;
    own->spouses -= 2;
    if (p->living != COUPLE)
        return;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_WIDOWED, 0);
    county_uncount(c, p);
    p->living = rng_uniform32(b.word[0]) < par->joins_family ? FAMILY : ALONE;
    county_count(c, p);
    region_signal(r, SIGNAL_LIVING, k);
}

static void
observe(struct region *r)
{
    struct household_out *out = r->out[MODELS_HOUSEHOLD];
    const struct household *own = r->own[MODELS_HOUSEHOLD];
    const struct county *c = county_of(r);

    for (int l = 0; l < LIVINGS; l++)
        out->elders_by_living[l] = county_living(c, (enum person_living)l);
    out->elders_alone = county_living(c, ALONE);
    out->spouses = own->spouses;
}

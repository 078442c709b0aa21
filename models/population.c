/*
 * population.c - the people of the base year, and counts of people.
 *
 * Census groups by county, age and sex become single years of age (monotone spline of
 * the cumulated count; the open group by the life table), then a joint table with
 * residence, living arrangement and income (joint.h), then people, one by one. Every
 * census margin of age and sex holds exactly.
 */
#include "models/axes.h"
#include "models/county.h"
#include "models/joint.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/shards.h"
#include "models/traits.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <gsl/gsl_interp.h>
#include <math.h>
#include <string.h>

struct people_row {
    int64_t adcode;
    int32_t sex;
    int64_t age_from, age_to, persons;
};

struct joining_row {
    int64_t adcode;
    int32_t sex;
    int64_t year, persons;
};

struct population_out {
    int64_t people, elders, elders_80, urban_elders, joined;
    int64_t people_by_age[AGE_GROUPS * SEXES];
    int64_t elders_by_income[INCOMES];
};

static const struct field people_columns[] = {
    {FIELD(struct people_row, adcode), .unit = "1", .required = true, .doc = "county"},
    {FIELD_AS(struct people_row, sex, FIELD_CHOICE), .unit = "1", .choices = axes_sexes,
        .required = true, .doc = "sex"},
    {FIELD(struct people_row, age_from), .unit = "yr", .lo = 0, .hi = 109,
        .required = true, .doc = "first age of the group"},
    {FIELD(struct people_row, age_to), .unit = "yr", .lo = 0, .hi = 120,
        .required = true, .doc = "last age of the group; 110 or more: open"},
    {FIELD(struct people_row, persons), .unit = "person", .lo = 0, .hi = 1e8,
        .required = true, .doc = "people counted"},
    {.name = NULL},
};

static const struct field joining_columns[] = {
    {FIELD(struct joining_row, adcode), .unit = "1", .required = true, .doc = "county"},
    {FIELD_AS(struct joining_row, sex, FIELD_CHOICE), .unit = "1",
        .choices = axes_sexes, .required = true, .doc = "sex"},
    {FIELD(struct joining_row, year), .unit = "yr", .lo = 1900, .hi = 2200,
        .required = true, .doc = "calendar year"},
    {FIELD(struct joining_row, persons), .unit = "person", .lo = 0, .hi = 1e9,
        .required = true, .doc = "people who turn 60 in that year"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct population_par, people), .unit = "1", .required = true,
        .doc = "people of each county by sex and age group", .columns = people_columns,
        .row_size = sizeof(struct people_row)},
    {FIELD(struct population_par, joining), .unit = "1",
        .doc = "people who join on their 60th birthday, for runs of elders only",
        .columns = joining_columns, .row_size = sizeof(struct joining_row)},
    {FIELD(struct population_par, income_rural), .unit = "1", .def = 0.25, .lo = 0,
        .hi = 1, .source = "none: the scenario gives them", .quality = "assumption",
        .doc = "shares of destitute, allowance, resident and employee pension, rural"},
    {FIELD(struct population_par, income_urban), .unit = "1", .def = 0.25, .lo = 0,
        .hi = 1, .source = "none: the scenario gives them", .quality = "assumption",
        .doc = "shares of destitute, allowance, resident and employee pension, urban"},
    {FIELD(struct population_par, living_elders), .unit = "1", .def = 0.25, .lo = 0,
        .hi = 1, .source = "none: the scenario gives them", .quality = "assumption",
        .doc = "shares of people aged 60 and over alone, couple, family, collective"},
    {FIELD(struct population_par, couples_below_60), .unit = "1", .def = 0.12, .lo = 0,
        .hi = 1, .doc = "share of people below 60 who live as a couple only",
        .source = "judged", .quality = "assumption"},
    {FIELD(struct population_par, elder_urban_odds), .unit = "1", .def = 0.75,
        .lo = 0.01, .hi = 100,
        .doc = "odds of urban residence from 60 on against below, before fitting",
        .source = "judged: elders are more rural than the rest",
        .quality = "assumption"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct population_out, people), .unit = "person", .doc = "residents",
        .zh = "常住人口"},
    {FIELD(struct population_out, elders), .unit = "person",
        .doc = "residents aged 60 and over", .zh = "60岁及以上人口"},
    {FIELD(struct population_out, elders_80), .unit = "person",
        .doc = "residents aged 80 and over", .zh = "80岁及以上人口"},
    {FIELD(struct population_out, urban_elders), .unit = "person",
        .doc = "urban residents aged 60 and over", .zh = "城镇60岁及以上人口"},
    {FIELD(struct population_out, joined), .unit = "person", .method = FIELD_SUM,
        .doc = "people who joined on their 60th birthday, in runs of elders only",
        .zh = "年满60岁进入人数"},
    {FIELD(struct population_out, people_by_age), .unit = "person",
        .doc = "residents by age and sex", .zh = "常住人口(按年龄和性别)",
        .axis = {&axes_age, &axes_sex}},
    {FIELD(struct population_out, elders_by_income), .unit = "person",
        .doc = "residents aged 60 and over by income class",
        .zh = "60岁及以上人口(按收入类别)", .axis = {&axes_income}},
    {.name = NULL},
};

static void join(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"join", join, "a person turns 60 and joins a run of elders only"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void start(struct region *r);
static void observe(struct region *r);

const struct model population_model = {
    .name = "population",
    .doc = "every resident of the base year, from census margins",
    .source =
        "census of 2020, tabulation by county; Deming and Stephan, Ann. Math. Stat. "
        "11 (1940) 427-444 for fitting",
    .par_size = sizeof(struct population_par),
    .par = par_table,
    .tab_size = sizeof(struct population_tab),
    .prepare = prepare,
    .out_size = sizeof(struct population_out),
    .out = out_table,
    .handlers = handlers,
    .start = start,
    .observe = observe,
    .shards = true,
};

/* Whole people: `n` shared by `weight`, largest remainders, ties to the lower index. */
static void
share_out(const double *weight, int cells, int64_t n, int64_t *count)
{
    double sum = 0.0, rest[AGES];
    int64_t given = 0;

    for (int k = 0; k < cells; k++)
        sum += weight[k];
    for (int k = 0; k < cells; k++) {
        double x = sum > 0.0 ? (double)n * weight[k] / sum : 0.0;
        count[k] = (int64_t)x;
        rest[k] = x - (double)count[k];
        given += count[k];
    }
    for (; given < n; given++) {
        int best = 0;
        for (int k = 1; k < cells; k++)
            best = rest[k] > rest[best] ? k : best;
        count[best]++;
        rest[best] = -1.0;
    }
}

struct groups {
    int n;
    int64_t from[AGES], to[AGES], persons[AGES];
};

/*
 * Single years of age from groups: increments of Steffen's monotone spline through the
 * cumulated counts; an open last group follows the survivors of the life table.
 *
 * count    person, [AGES]; each group's sum is exact
 */
static void
single_ages(const struct groups *g, const double *rate, int64_t *count)
{
    double x[AGES + 1], y[AGES + 1], weight[AGES];
    int n = g->n;

    x[0] = y[0] = 0.0;
    for (int k = 0; k < n; k++) {
        x[k + 1] = (double)(g->to[k] < AGES ? g->to[k] + 1 : AGES);
        y[k + 1] = y[k] + (double)g->persons[k];
    }
    gsl_interp *spline = gsl_interp_alloc(gsl_interp_steffen, (size_t)n + 1);
    gsl_interp_init(spline, x, y, (size_t)n + 1);
    for (int k = 0; k < n; k++) {
        int from = (int)g->from[k], to = (int)x[k + 1];
        double alive = 1.0;
        for (int a = from; a < to; a++) {
            weight[a] = gsl_interp_eval(spline, x, y, a + 1.0, NULL) -
                        gsl_interp_eval(spline, x, y, a, NULL);
            if (g->to[k] >= AGES) {
                weight[a] = alive;
                alive *= num_exp(-rate[a]);
            }
        }
        share_out(weight + from, to - from, g->persons[k], count + from);
    }
    gsl_interp_free(spline);
}

/* Groups of each county and sex in rising order without gap from 0; else mistakes. What
 * is given for a group of counties is shared out over them. */
static void
read_groups(const struct setup *s, const struct rows *rows, struct groups (*g)[SEXES],
    struct report *report)
{
    const struct people_row *row = rows->row;

    for (int64_t i = 0; i < rows->n; i++) {
        struct county_span span = county_span_or(s, row[i].adcode, rows, i, report);
        for (int k = 0; k < span.n; k++) {
            struct groups *of = &g[span.first + k][row[i].sex];
            int64_t next = of->n == 0 ? 0 : of->to[of->n - 1] + 1;
            if (row[i].age_from != next || row[i].age_to < next || of->n == AGES) {
                report_mistake(report, (struct place){rows->file, rows->line[i], 1},
                    "ages %lld to %lld, expected a group that begins with %lld",
                    (long long)row[i].age_from, (long long)row[i].age_to,
                    (long long)next);
                break;
            }
            of->from[of->n] = next;
            of->to[of->n] = row[i].age_to;
            of->persons[of->n++] = county_part(&span, k, row[i].persons);
        }
    }
}

static void
count_groups(const struct groups *g, int64_t *people, int64_t *elders)
{
    *people = *elders = 0;
    for (int sex = 0; sex < SEXES; sex++)
        for (int k = 0; k < g[sex].n; k++) {
            *people += g[sex].persons[k];
            *elders += g[sex].from[k] >= ELDER_AGE ? g[sex].persons[k] : 0;
        }
}

/* Members of a group have the people that the table gives them, not a census of theirs.
 */
static void
count_members(const struct setup *s, struct groups (*g)[SEXES])
{
    const struct county_par *par = s->par[MODELS_COUNTY];
    const struct county_tab *counties = s->tab[MODELS_COUNTY];

    for (int64_t k = 0; k < par->groups.n; k++)
        for (int i = 0; i < counties->group[k].n; i++) {
            int region = counties->group[k].first + i;
            int64_t people, elders;
            count_groups(g[region], &people, &elders);
            counties->row[region]->population = (double)people;
            counties->row[region]->pop_60plus = (double)elders;
        }
}

/* People of a county in the table of groups against the table of counties. */
static void
check_totals(
    const struct setup *s, const struct groups *g, int region, struct report *report)
{
    const struct population_par *par = s->par[MODELS_POPULATION];
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    const struct county_row *row = counties->row[region];
    struct place at = {par->people.file, 0, 0};
    int64_t people, elders;

    count_groups(g, &people, &elders);
    for (int sex = 0; sex < SEXES; sex++) {
        int n = g[sex].n;
        if (n < 2 || g[sex].to[n - 1] < AGES)
            report_mistake(report, at,
                "%s (%lld), %s: ages end at %lld, expected two groups or more that end "
                "at 110 or later",
                row->name_en, (long long)row->adcode, axes_sexes[sex],
                n == 0 ? -1LL : (long long)g[sex].to[n - 1]);
    }
    if ((double)people != row->population)
        report_mistake(report, at,
            "%s (%lld): the groups add up to %lld people, the table of counties has "
            "%.0f",
            row->name_en, (long long)row->adcode, (long long)people, row->population);
    if ((double)elders != row->pop_60plus)
        report_mistake(report, at,
            "%s (%lld): %lld people aged 60 and over, the table of counties has %.0f",
            row->name_en, (long long)row->adcode, (long long)elders, row->pop_60plus);
}

static void
check_shares(const struct setup *s, const char *name, const double *share, int n,
    struct report *report)
{
    double sum = 0.0;

    for (int k = 0; k < n; k++)
        sum += share[k];
    if (fabs(sum - 1.0) > 1e-9)
        report_mistake(
            report, setup_place(s, name), "%s adds up to %g, expected 1", name, sum);
}

/* A margin that no table can meet is named. */
static void
check_margins(const struct setup *s, int region, struct report *report)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    const struct population_par *par = s->par[MODELS_POPULATION];
    const struct county_row *row = counties->row[region];
    struct place at = {
        ((const struct county_par *)s->par[MODELS_COUNTY])->table.file, 0, 0};
    double young = row->population - row->pop_60plus;
    double alone =
        row->one_person_households - par->living_elders[ALONE] * row->pop_60plus;
    double collective =
        row->collective_population - par->living_elders[COLLECTIVE] * row->pop_60plus;

    /* shares of totals may miss whole people by one */
    if (alone < -1.0 || collective < -1.0 ||
        alone + collective + par->couples_below_60 * young > young + 2.0)
        report_mistake(report, at,
            "%s (%lld): one_person_households %.0f and collective_population %.0f do "
            "not "
            "fit %.0f people of whom %.0f are aged 60 and over live as living_elders "
            "says",
            row->name_en, (long long)row->adcode, row->one_person_households,
            row->collective_population, row->population, row->pop_60plus);
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    const struct population_par *par = s->par[MODELS_POPULATION];
    const struct mortality_tab *lives = s->tab[MODELS_MORTALITY];
    struct population_tab *t = tab;
    size_t n = (size_t)s->n_regions;
    struct groups(*g)[SEXES] = mem_alloc(n, sizeof *g);

    check_shares(s, "population.income_rural", par->income_rural, INCOMES, report);
    check_shares(s, "population.income_urban", par->income_urban, INCOMES, report);
    check_shares(s, "population.living_elders", par->living_elders, LIVINGS, report);
    read_groups(s, &par->people, g, report);
    count_members(s, g);
    for (int64_t i = 0; i < par->joining.n; i++)
        county_span_or(s, ((const struct joining_row *)par->joining.row)[i].adcode,
            &par->joining, i, report);
    for (int i = 0; i < s->n_regions; i++) {
        check_totals(s, g[i], i, report);
        check_margins(s, i, report);
    }
    t->people = mem_arena(&s->arena, n, sizeof *t->people);
    for (int i = 0; i < s->n_regions && report->mistakes == 0; i++)
        for (int sex = 0; sex < SEXES; sex++)
            single_ages(&g[i][sex], lives->table[lives->of_region[i]].rate[sex],
                t->people[i][sex]);
    mem_free(g);
}

static void
margins(const struct region *r, struct joint_margins *m)
{
    const struct population_par *par = r->setup->par[MODELS_POPULATION];
    const struct population_tab *tab = r->setup->tab[MODELS_POPULATION];
    const struct county_row *row = county_of(r)->row;
    double young = row->population - row->pop_60plus;

    m->people = (const int64_t(*)[AGES])tab->people[r->index];
    m->urban = row->urban_share * row->population;
    m->elder_urban_odds = par->elder_urban_odds;
    for (int l = 0; l < LIVINGS; l++)
        m->living[1][l] = par->living_elders[l] * row->pop_60plus;
    m->living[0][ALONE] = fmax(0.0, row->one_person_households - m->living[1][ALONE]);
    m->living[0][COLLECTIVE] =
        fmax(0.0, row->collective_population - m->living[1][COLLECTIVE]);
    m->living[0][COUPLE] = par->couples_below_60 * young;
    m->living[0][FAMILY] =
        young - m->living[0][ALONE] - m->living[0][COLLECTIVE] - m->living[0][COUPLE];
    for (int i = 0; i < INCOMES; i++) {
        m->income[RURAL][i] = par->income_rural[i];
        m->income[URBAN][i] = par->income_urban[i];
    }
}

/* Adds those who live in this shard of `n` people who share everything but their draws;
 * `ordinal` counts all people of the county. */
static void
add_people(
    struct region *r, const struct person *like, int age, int64_t n, uint32_t *ordinal)
{
    struct traits_births births = traits_births(r->setup, 0, age);

    for (int64_t i = 0; i < n; i++) {
        struct person p = *like;
        uint32_t k = (*ordinal)++;
        if (!shards_mine(r, age, k))
            continue;
        p.key = person_key(r->code, k);
        struct rng_block b = rng_block(r->run, p.key, PURPOSE_START, 1);
        p.birth = traits_birth(births, rng_uniform32(b.word[0]));
        person_thresholds(&p, r->run);
        county_add(r, &p, 0);
    }
}

/* What goes on from one sex and age to the next. */
struct counting {
    double carry[SEXES][JOINT_TRAITS * GRADES]; /* remainders of rounding */
    uint32_t ordinal;                           /* of the next person */
};

static void
add_age(struct region *r, const struct joint *joint, int sex, int age,
    struct counting *counting)
{
    const struct population_tab *tab = r->setup->tab[MODELS_POPULATION];
    const struct mortality_tab *lives = r->setup->tab[MODELS_MORTALITY];
    static const double intact[1] = {1.0};
    bool elder = age >= ELDER_AGE;
    int grades = elder ? GRADES : 1;
    int64_t count[JOINT_TRAITS * GRADES];

    joint_round(&joint->cell[age][sex][0][0][0],
        elder ? lives->table[lives->of_region[r->index]].share[sex][age - ELDER_AGE]
              : intact,
        grades, tab->people[r->index][sex][age], counting->carry[sex], count);
    for (int k = 0; k < JOINT_TRAITS * grades; k++) {
        unsigned trait = (unsigned)(k / grades);
        struct person like = {.sex = (unsigned)sex & 1,
            .elder = elder,
            .grade = (unsigned)(k % grades) & 7,
            .income = trait % INCOMES & 3,
            .living = trait / INCOMES % LIVINGS & 7,
            .residence = trait / INCOMES / LIVINGS & 1,
            .spouse = PERSON_NONE,
            .care = PERSON_NONE,
            .death_due = NEVER,
            .course_due = NEVER,
            .move_due = NEVER};
        add_people(r, &like, age, count[k], &counting->ordinal);
    }
}

/* The next of `persons` who join in the year that begins at `from`, evenly spaced. */
static void
schedule_join(struct region *r, int64_t row, int64_t number)
{
    const struct population_par *par = r->setup->par[MODELS_POPULATION];
    const struct joining_row *j = par->joining.row;
    struct county_span span = county_span_of(r->setup, j[row].adcode);
    int64_t persons = county_part(&span, (int)r->index - span.first, j[row].persons);
    int32_t from = date_day((int)j[row].year, 1, 1) - r->setup->first_day;
    int32_t to = date_day((int)j[row].year + 1, 1, 1) - r->setup->first_day;

    if (number >= persons)
        return;
    double t = ((double)from +
                   (double)(to - from) * ((double)number + 0.5) / (double)persons) *
               MINUTES_A_DAY;
    if (t >= 0.0)
        region_schedule(r, MODELS_POPULATION, 0, (uint32_t)row, (uint32_t)number,
            t < r->setup->end ? (int32_t)t : NEVER);
}

static void
start_joining(struct region *r)
{
    const struct population_par *par = r->setup->par[MODELS_POPULATION];
    const struct joining_row *j = par->joining.row;

    for (int64_t i = 0; i < par->joining.n; i++) {
        struct county_span span = county_span_of(r->setup, j[i].adcode);
        int k = (int)r->index - span.first;
        if (k >= 0 && k < span.n)
            schedule_join(r, i, 0);
    }
}

static void
join(struct region *r, const struct event *e)
{
    const struct population_par *par = r->setup->par[MODELS_POPULATION];
    const struct joining_row *j =
        (const struct joining_row *)par->joining.row + e->subject;
    struct population_out *out = r->out[MODELS_POPULATION];
    struct person p = {.key = person_key_joining(
                           r->code, (uint32_t)(j->year * SEXES + j->sex), e->serial),
        .sex = (unsigned)j->sex & 1};

    traits_draw(r, &p, ELDER_AGE - 1);
    p.birth = traits_births(r->setup, region_now(r), ELDER_AGE - 1).first;
    person_thresholds(&p, r->run);
    out->joined++;
    county_add(r, &p, e->time);
    schedule_join(r, e->subject, (int64_t)e->serial + 1);
}

static void
start(struct region *r)
{
    struct joint *joint = mem_alloc(1, sizeof *joint);
    struct counting counting = {.ordinal = 0};
    struct joint_margins m;

    margins(r, &m);
    joint_fit(joint, &m);
    int ages = r->number > 0 ? county_of(r)->tab->young : AGES;
    for (int age = 0; age < ages; age++)
        for (int sex = 0; sex < SEXES; sex++)
            add_age(r, joint, sex, age, &counting);
    mem_free(joint);
    if (r->number == 0)
        start_joining(r);
}

static void
observe(struct region *r)
{
    struct population_out *out = r->out[MODELS_POPULATION];
    const struct county *c = county_of(r);
    int now = county_month(r->setup, region_now(r));

    for (int m = 0; m < c->tab->months && m < now; m++) {
        int age = county_age(now, m), group = axes_age_group(age);
        int64_t n = (int64_t)c->born[m][MALE] + c->born[m][FEMALE];
        for (int sex = 0; sex < SEXES; sex++)
            out->people_by_age[group * SEXES + sex] += c->born[m][sex];
        out->people += n;
        out->elders += age >= ELDER_AGE ? n : 0;
        out->elders_80 += age >= 80 ? n : 0;
    }
    out->urban_elders = c->urban;
    for (int i = 0; i < INCOMES; i++)
        out->elders_by_income[i] = c->income[i];
}

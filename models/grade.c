/*
 * grade.c - the care grade of people aged 60 and over.
 *
 * Five grades (0 intact ... 4 total loss), a continuous-time process with recovery
 * whose rates depend on sex and single year of age. Everybody below 60 is intact; on
 * the 60th birthday a grade is drawn from the prevalence at that age. The rates come
 * from a table of yearly probabilities by the generator nearest to their matrix
 * logarithm (matrix6.h); its last column gives the mortality of a grade relative to
 * grade 0.
 */
#include "models/axes.h"
#include "models/county.h"
#include "models/matrix6.h"
#include "models/models.h"
#include "models/rates.h"
#include "sim/date.h"
#include "sim/num.h"

#include <math.h>

struct transition_row {
    int32_t sex;
    int64_t age, grade;
    double to_0, to_1, to_2, to_3, to_4, death;
};

struct entry_row {
    int32_t sex;
    int64_t grade;
    double share;
};

struct grade_par {
    struct rows transitions, entry;
    double onset, recovery, adapted_risk;
};

struct grade_out {
    int64_t elders_by_grade[GRADES * SEXES];
    int64_t disabled;
    int64_t turned_60, worsened, recovered, averted;
};

static const struct field transition_table[] = {
    {FIELD_AS(struct transition_row, sex, FIELD_CHOICE), .unit = "1",
        .choices = axes_sexes, .required = true, .doc = "sex"},
    {FIELD(struct transition_row, age), .unit = "yr", .lo = 60, .hi = 109,
        .required = true, .doc = "age in full years"},
    {FIELD(struct transition_row, grade), .unit = "1", .lo = 0, .hi = 4,
        .required = true, .doc = "grade at the beginning of the year"},
    {FIELD(struct transition_row, to_0), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of grade 0 a year later"},
    {FIELD(struct transition_row, to_1), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of grade 1 a year later"},
    {FIELD(struct transition_row, to_2), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of grade 2 a year later"},
    {FIELD(struct transition_row, to_3), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of grade 3 a year later"},
    {FIELD(struct transition_row, to_4), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of grade 4 a year later"},
    {FIELD(struct transition_row, death), .unit = "1", .lo = 0, .hi = 1,
        .required = true, .doc = "probability of death within the year"},
    {.name = NULL},
};

static const struct field entry_table[] = {
    {FIELD_AS(struct entry_row, sex, FIELD_CHOICE), .unit = "1", .choices = axes_sexes,
        .required = true, .doc = "sex"},
    {FIELD(struct entry_row, grade), .unit = "1", .lo = 0, .hi = 4, .required = true,
        .doc = "care grade"},
    {FIELD(struct entry_row, share), .unit = "1", .lo = 0, .hi = 1, .required = true,
        .doc = "share of people at their 60th birthday"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct grade_par, transitions), .unit = "1", .required = true,
        .doc = "probabilities of grades and death a year later, by sex, age and grade",
        .columns = transition_table, .row_size = sizeof(struct transition_row)},
    {FIELD(struct grade_par, entry), .unit = "1", .required = true,
        .doc = "shares of grades at the 60th birthday", .columns = entry_table,
        .row_size = sizeof(struct entry_row)},
    {FIELD(struct grade_par, onset), .unit = "1", .def = 1, .lo = 0, .hi = 5,
        .doc = "factor on all rates to a worse grade", .quality = "assumption",
        .source = "neutral; halve or double in a sensitivity run"},
    {FIELD(struct grade_par, recovery), .unit = "1", .def = 1, .lo = 0, .hi = 5,
        .doc = "factor on all rates to a better grade", .quality = "assumption",
        .source = "neutral; halve or double in a sensitivity run"},
    {FIELD(struct grade_par, adapted_risk), .unit = "1", .def = 1, .lo = 0, .hi = 1,
        .doc = "factor on rates to a worse grade in a home that was adapted; 1: none",
        .source =
            "off; Clemson 2008 (doi 10.1177/0898264308324672) has 0.79 for falls, "
            "0.61 for people at high risk; what falls mean for grades is judged",
        .quality = "assumption"},
    {.name = NULL},
};

static const struct field out_table[] = {
    {FIELD(struct grade_out, elders_by_grade), .unit = "person",
        .doc = "people aged 60 and over by care grade and sex",
        .zh = "60岁及以上人口(按能力等级和性别)", .axis = {&axes_grade, &axes_sex}},
    {FIELD(struct grade_out, disabled), .unit = "person",
        .doc = "people aged 60 and over with care grade 1 to 4", .zh = "失能老年人口"},
    {FIELD(struct grade_out, turned_60), .unit = "person", .method = FIELD_SUM,
        .doc = "people who turned 60", .zh = "年满60岁人数"},
    {FIELD(struct grade_out, worsened), .unit = "person", .method = FIELD_SUM,
        .doc = "changes to a worse care grade", .zh = "能力等级下降人次"},
    {FIELD(struct grade_out, recovered), .unit = "person", .method = FIELD_SUM,
        .doc = "changes to a better care grade", .zh = "能力等级好转人次"},
    {FIELD(struct grade_out, averted), .unit = "person", .method = FIELD_SUM,
        .doc = "changes to a worse care grade that an adapted home averted",
        .zh = "适老化改造避免的能力下降人次"},
    {.name = NULL},
};

/* A yearly table may differ from what its rates give by this much: half a per cent. */
#define EMBEDDED 0.005

enum { TURN_60, CHANGE };
static void turn_60(struct region *r, const struct event *e);
static void change(struct region *r, const struct event *e);
static const struct handler handlers[] = {
    {"turn 60", turn_60, "the person turns 60 and gets a first care grade"},
    {"change grade", change, "the person's care grade changes"},
    {.name = NULL},
};

static void prepare(struct setup *s, void *tab, struct report *report);
static void observe(struct region *r);
static void added(struct region *r, uint32_t i);
static void due(struct region *r, uint32_t i);
static void leaves(struct region *r, uint32_t i);
static void (*const on[SIGNALS])(struct region *, uint32_t) = {
    [SIGNAL_ADDED] = added,
    [SIGNAL_DUE] = due,
    [SIGNAL_LEAVES] = leaves,
};

const struct model grade_model = {
    .name = "grade",
    .doc = "care grades of GB/T 42195-2022 as a multi-state process with recovery",
    .source = "GB/T 42195-2022; rates from the scenario's table",
    .par_size = sizeof(struct grade_par),
    .par = par_table,
    .tab_size = sizeof(struct grade_tab),
    .prepare = prepare,
    .out_size = sizeof(struct grade_out),
    .out = out_table,
    .handlers = handlers,
    .observe = observe,
    .on = on,
    .n_signals = SIGNALS,
    .shards = true,
};

/*
 * Rates and relative mortality of one sex and age from its five rows.
 *
 * Returns  largest difference between the table and what the rates give in a year
 */
static double
set_age(struct grade_tab *t, const struct grade_par *par, int sex, int age,
    const struct matrix6 *p)
{
    struct matrix6 q = matrix6_generator(p), back = matrix6_exp(&q, 1.0);
    double gap = 0.0;

    for (int g = 0; g < GRADES; g++)
        for (int h = 0; h < MATRIX6; h++)
            gap = fmax(gap, fabs(back.a[g][h] - p->a[g][h]));

    for (int g = 0; g < GRADES; g++) {
        for (int h = 0; h < GRADES; h++)
            t->rate[sex][age][g][h] =
                h == g ? 0.0 : q.a[g][h] * (h > g ? par->onset : par->recovery);
        t->risk[sex][age][g] = q.a[g][GRADES] / q.a[0][GRADES];
    }
    return gap;
}

static void
read_matrices(const struct grade_par *par, struct matrix6 p[SEXES][ELDER_AGES],
    int seen[SEXES][ELDER_AGES], struct report *report)
{
    const struct transition_row *row = par->transitions.row;

    for (int64_t i = 0; i < par->transitions.n; i++) {
        const double v[] = {row[i].to_0, row[i].to_1, row[i].to_2, row[i].to_3,
            row[i].to_4, row[i].death};
        int a = (int)row[i].age - ELDER_AGE, g = (int)row[i].grade;
        double sum = 0.0;
        for (int k = 0; k < MATRIX6; k++)
            sum += p[row[i].sex][a].a[g][k] = v[k];
        p[row[i].sex][a].a[GRADES][GRADES] = 1.0;
        seen[row[i].sex][a] |= 1 << g;
        /* printed with five decimals: six rounded numbers miss 1 by 3e-5 at most */
        if (fabs(sum - 1.0) > 3.01e-5 || v[g] <= 0.0 || v[GRADES] <= 0.0)
            report_mistake(report,
                (struct place){par->transitions.file, par->transitions.line[i], 1},
                "probabilities add up to %.5f, to stay %.5f, to die %.5f; expected 1 "
                "and "
                "the others above 0",
                sum, v[g], v[GRADES]);
    }
}

/* Ages after the last of the table take its last; ages missing in between are mistakes.
 */
static void
transitions(struct setup *s, struct grade_tab *t, struct report *report)
{
    const struct grade_par *par = s->par[MODELS_GRADE];
    struct matrix6(*p)[ELDER_AGES] =
        mem_arena(&s->arena, SEXES * ELDER_AGES, sizeof(struct matrix6));
    int seen[SEXES][ELDER_AGES] = {{0}};
    enum { WHOLE = (1 << GRADES) - 1 };

    read_matrices(par, p, seen, report);
    for (int sex = 0; sex < SEXES; sex++) {
        int last = 0;
        for (int a = 0; a < ELDER_AGES; a++)
            last = seen[sex][a] ? a : last;
        for (int a = 0; a <= last; a++)
            if (seen[sex][a] != WHOLE)
                report_mistake(report, (struct place){par->transitions.file, 0, 0},
                    "rows are missing for %s, age %d, expected one for each grade 0 to "
                    "4",
                    axes_sexes[sex], a + ELDER_AGE);
        if (report->mistakes > 0)
            return;
        for (int a = 0; a < ELDER_AGES; a++) {
            double gap = set_age(t, par, sex, a, &p[sex][a < last ? a : last]);
            if (!(gap < EMBEDDED))
                report_mistake(report, (struct place){par->transitions.file, 0, 0},
                    "%s, age %d: no rates give these yearly probabilities, the nearest "
                    "differ by %.3f; expected less than %.3f",
                    axes_sexes[sex], a + ELDER_AGE, gap, EMBEDDED);
        }
    }
}

static void
entry(const struct grade_par *par, struct grade_tab *t, struct report *report)
{
    const struct entry_row *row = par->entry.row;

    for (int64_t i = 0; i < par->entry.n; i++)
        t->entry[row[i].sex][row[i].grade] = row[i].share;
    for (int sex = 0; sex < SEXES; sex++) {
        double sum = 0.0;
        for (int g = 0; g < GRADES; g++)
            sum += t->entry[sex][g];
        if (fabs(sum - 1.0) > 3e-5) /* five rounded shares */
            report_mistake(report, (struct place){par->entry.file, 0, 0},
                "shares of %s at 60 add up to %.5f, expected 1", axes_sexes[sex], sum);
        t->entry[sex][0] += 1.0 - sum;
    }
}

static void
prepare(struct setup *s, void *tab, struct report *report)
{
    struct grade_tab *t = tab;

    entry(s->par[MODELS_GRADE], t, report);
    transitions(s, t, report);
    if (report->mistakes > 0)
        return;
    for (int sex = 0; sex < SEXES; sex++)
        for (int g = 0; g < GRADES; g++) {
            double rate[ELDER_AGES];
            for (int a = 0; a < ELDER_AGES; a++) {
                rate[a] = 0.0;
                for (int h = 0; h < GRADES; h++)
                    rate[a] += t->rate[sex][a][g][h];
            }
            hazard_init(&t->leave[sex][g], ELDER_AGE, ELDER_AGES, 1, 0, &s->arena);
            hazard_set(&t->leave[sex][g], 0, rate);
        }
}

static void
schedule(struct region *r, uint32_t i)
{
    const struct grade_tab *t = r->setup->tab[MODELS_GRADE];
    struct person *p = &county_of(r)->person[i];

    p->course_due = hazard_time(
        &t->leave[p->sex][p->grade], p->birth, p->course, region_now(r), r->setup->end);
    county_schedule(r, MODELS_GRADE, CHANGE, i, 0, p->course_due);
}

/* Minute of the 60th birthday by the calendar: the same day of the year, same minute.
 */
static int32_t
birthday_60(const struct setup *s, const struct person *p)
{
    int32_t day = p->birth >= 0 ? p->birth / MINUTES_A_DAY
                                : -((-p->birth + MINUTES_A_DAY - 1) / MINUTES_A_DAY);
    struct date d = date_of(s->first_day + day);
    bool leap = d.month == 2 && d.day == 29;
    int32_t to = date_day(d.year + ELDER_AGE, d.month, leap ? 28 : d.day);

    return (to - s->first_day) * MINUTES_A_DAY + (p->birth - day * MINUTES_A_DAY);
}

/* Tells whom an event was meant for when a row has passed to another: of the base
 * year's people the lower half of the key is the row itself. */
static uint32_t
tag_of(const struct person *p)
{
    return (uint32_t)rng_mix(p->key, PURPOSE_ENTRY);
}

/* Makes a person an elder on the 60th birthday `t`, at most now. */
static void
first_grade(struct region *r, uint32_t i, int32_t t)
{
    const struct grade_tab *tab = r->setup->tab[MODELS_GRADE];
    struct grade_out *out = r->out[MODELS_GRADE];
    struct county *c = county_of(r);
    struct person *p = &c->person[i];
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_ENTRY, 0);
    double u = rng_uniform32(b.word[0]);
    uint32_t g = 0;

    while (g + 1 < GRADES && u >= tab->entry[p->sex][g])
        u -= tab->entry[p->sex][g++];
    county_uncount(c, p);
    c->grade_before = p->grade;
    p->elder = 1;
    p->grade = g & 7;
    county_count(c, p);
    out->turned_60++;
    p->course = (float)(-num_log(rng_uniform32(b.word[1])) +
                        hazard_level(&tab->leave[p->sex][g], p->birth, t));
    schedule(r, i);
}

static void
added(struct region *r, uint32_t i)
{
    const struct grade_tab *t = r->setup->tab[MODELS_GRADE];
    struct county *c = county_of(r);
    struct person *p = &c->person[i];

    if (p->elder) {
        p->course = (float)(p->course + (hazard_level(&t->leave[p->sex][p->grade],
                                            p->birth, c->since)));
        schedule(r, i);
        return;
    }
    if (p->birth > r->setup->end - (int32_t)(59.9 * MINUTES_A_YEAR))
        return;
    int32_t day = birthday_60(r->setup, p);
    if (day < region_now(r))
        first_grade(r, i, day); /* it came on the way from one county to another */
    else
        county_schedule(r, MODELS_GRADE, TURN_60, i, tag_of(p), day);
}

static void
due(struct region *r, uint32_t i)
{
    const struct county *c = county_of(r);
    const struct person *p = &c->person[i];

    if (p->elder) {
        if (county_newly_due(c, p->course_due))
            county_schedule(r, MODELS_GRADE, CHANGE, i, 0, p->course_due);
    } else if (p->birth <= c->horizon - (int32_t)(59.9 * MINUTES_A_YEAR)) {
        int32_t day = birthday_60(r->setup, p);
        if (county_newly_due(c, day))
            county_schedule(r, MODELS_GRADE, TURN_60, i, tag_of(p), day);
    }
}

static void
leaves(struct region *r, uint32_t i)
{
    const struct grade_tab *t = r->setup->tab[MODELS_GRADE];
    struct person *p = &county_of(r)->person[i];

    if (p->elder)
        p->course = (float)(p->course - (hazard_level(&t->leave[p->sex][p->grade],
                                            p->birth, region_now(r))));
}

static void
turn_60(struct region *r, const struct event *e)
{
    const struct person *p = &county_of(r)->person[e->subject];

    if (!p->alive || p->elder || e->serial != tag_of(p))
        return; /* of someone who has died or moved since */
    first_grade(r, e->subject, e->time);
    region_signal(r, SIGNAL_GRADE, e->subject);
}

/* The grade after `from`, by the share of each in the rate of leaving. */
static uint32_t
destination(const double rate[GRADES], uint32_t from, double u)
{
    double sum = 0.0;
    uint32_t to = from;

    for (uint32_t h = 0; h < GRADES; h++)
        sum += rate[h];
    u *= sum;
    for (uint32_t h = 0; h < GRADES; h++) {
        if (rate[h] <= 0.0)
            continue;
        to = h;
        if (u < rate[h])
            break;
        u -= rate[h];
    }
    return to;
}

static void
change(struct region *r, const struct event *e)
{
    const struct grade_par *par = r->setup->par[MODELS_GRADE];
    const struct grade_tab *t = r->setup->tab[MODELS_GRADE];
    struct grade_out *out = r->out[MODELS_GRADE];
    struct county *c = county_of(r);
    struct person *p = &c->person[e->subject];

    if (e->time != p->course_due || !p->elder)
        return;
    struct rng_block b = rng_block(r->run, p->key, PURPOSE_GRADE, p->changes);
    int a = (int)person_age(p, e->time) - ELDER_AGE;
    a = a < 0 ? 0 : a < ELDER_AGES ? a : ELDER_AGES - 1;
    uint32_t from = p->grade;
    uint32_t to = destination(t->rate[p->sex][a][from], from, rng_uniform32(b.word[1]));
    if (to > from && p->adapted && rng_uniform32(b.word[2]) >= par->adapted_risk) {
        out->averted++; /* thinned: as if the rate were so much lower */
        to = from;
    }
    county_uncount(c, p);
    c->grade_before = from;
    p->grade = to & 7;
    county_count(c, p);
    p->changes = (p->changes + 1u) & 255;
    if (to != from)
        *(to > from ? &out->worsened : &out->recovered) += 1;
    p->course = (float)(-num_log(rng_uniform32(b.word[0])) +
                        hazard_level(&t->leave[p->sex][to], p->birth, e->time));
    schedule(r, e->subject);
    if (to != from)
        region_signal(r, SIGNAL_GRADE, e->subject);
}

static void
observe(struct region *r)
{
    struct grade_out *out = r->out[MODELS_GRADE];
    const struct county *c = county_of(r);

    for (int g = 0; g < GRADES; g++)
        for (int sex = 0; sex < SEXES; sex++)
            out->elders_by_grade[g * SEXES + sex] = c->grades[g][sex];
    out->disabled = 0;
    for (int g = 1; g < GRADES; g++)
        for (int sex = 0; sex < SEXES; sex++)
            out->disabled += out->elders_by_grade[g * SEXES + sex];
}

#include "models/turnover.h"

#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/num.h"

#include <math.h>

enum { KEY_SUCCESSOR = 0x7375 };

/* Of PURPOSE_QUIT, words 0 and 1 are the threshold. */
enum { WORD_REPLACED = 2, WORD_AGE = 3 };
/* Of PURPOSE_TRAINEE; word 0 says who drops out. */
enum { WORD_CERTIFIED = 1 };

static const struct workforce_par *
par_of(const struct region *r)
{
    return r->setup->par[MODELS_WORKFORCE];
}

/* x to the power y, the same bits everywhere; x > 0. */
static double
power(double x, double y)
{
    return num_exp(y * num_log(x));
}

/* One pending event a kind: the next quit at the present rate. */
static void
schedule_quit(struct region *r, enum staff_kind k)
{
    struct staff *s = workforce_staff(r, k);
    int32_t due;

    staff_next(s, &due);
    if (due == s->due)
        return;
    s->due = due;
    region_schedule(r, MODELS_WORKFORCE, WORKFORCE_QUIT, k, 0, due);
}

/* A trainee becomes a member, of an age drawn between `from` and `to`, who holds the
 * certificate with a probability. */
static void
join(struct region *r, enum staff_kind k, uint32_t row, const double age[2],
    double certified)
{
    struct staff *s = workforce_staff(r, k);
    uint64_t key = s->row[row].key;
    struct rng_block life = rng_block(r->run, key, PURPOSE_QUIT, 0);
    struct rng_block skill = rng_block(r->run, key, PURPOSE_TRAINEE, 0);
    double years = par_of(r)->retires - age[0] -
                   rng_uniform32(life.word[WORD_AGE]) * (age[1] - age[0]);
    double t = region_now(r) + fmax(0.0, ceil(years * MINUTES_A_YEAR));

    staff_join(s, row, rng_exponential(life, 0),
        rng_uniform32(skill.word[WORD_CERTIFIED]) < certified, region_now(r));
    region_schedule(r, MODELS_WORKFORCE, WORKFORCE_RETIRE, row * STAFF_KINDS + k,
        s->row[row].spell, t < r->setup->end ? (int32_t)t : NEVER);
    schedule_quit(r, k);
}

void
turnover_start(struct region *r, enum staff_kind k, uint64_t key)
{
    const double age[2] = {par_of(r)->age_start_from, par_of(r)->age_start_to};

    join(r, k, staff_begin(workforce_staff(r, k), key), age, par_of(r)->certified);
}

void
turnover_join(struct region *r, enum staff_kind k, uint32_t row)
{
    const double age[2] = {par_of(r)->age_entry_from, par_of(r)->age_entry_to};

    join(r, k, row, age, par_of(r)->certifies);
}

/* Somebody from the trade takes the post, with the share of the start certified. */
static void
hire(struct region *r, enum staff_kind k, uint64_t key)
{
    const double age[2] = {par_of(r)->age_entry_from, par_of(r)->age_entry_to};

    join(r, k, staff_begin(workforce_staff(r, k), key), age, par_of(r)->certified);
}

/* Whether a post is filled belongs to who leaves it, and so does the successor's key.
 */
static void
leave(struct region *r, enum staff_kind k, uint32_t row)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    struct staff *s = workforce_staff(r, k);
    uint64_t key = s->row[row].key;
    struct rng_block b = rng_block(r->run, key, PURPOSE_QUIT, 0);

    staff_leave(s, row);
    if (rng_uniform32(b.word[WORD_REPLACED]) >= par_of(r)->replaced)
        return;
    out->replaced[k]++;
    hire(r, k, rng_mix(key, KEY_SUCCESSOR));
}

void
turnover_change(struct region *r, enum staff_kind k)
{
    struct staff *s = workforce_staff(r, k);
    double wage = power(s->wage, -par_of(r)->wage_elasticity);

    staff_change(s, par_of(r)->quits[k] * s->pressure * wage, region_now(r));
    schedule_quit(r, k);
}

/*
 * How much more staff quit than at normal load: (load / capacity / normal)^exponent,
 * the ratio kept between its bounds.
 *
 * Returns  1, >= 0; 1 where nobody works
 */
static double
pressure(const struct region *r, enum staff_kind k)
{
    const struct workforce_par *par = par_of(r);
    int64_t capacity = workforce_capacity(r, k);

    if (capacity <= 0 || par->load_exponent <= 0.0)
        return 1.0;
    double load = (double)workforce_staff(r, k)->load / (double)capacity;
    double relative =
        fmin(fmax(load / par->normal_load, par->load_least), par->load_most);
    return relative > 0.0 ? power(relative, par->load_exponent) : 0.0;
}

void
turnover_month(struct region *r, const struct event *e)
{
    const struct setup *s = r->setup;
    uint32_t next = e->subject + 1;

    for (int k = 0; k < STAFF_KINDS; k++) {
        enum staff_kind kind = (enum staff_kind)k;
        workforce_staff(r, kind)->pressure = pressure(r, kind);
        turnover_change(r, kind);
    }
    if (next < (uint32_t)s->n_times)
        region_schedule(r, MODELS_WORKFORCE, WORKFORCE_MONTH, next, 0, s->time[next]);
}

void
turnover_quit(struct region *r, const struct event *e)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    enum staff_kind k = (enum staff_kind)e->subject;
    struct staff *s = workforce_staff(r, k);
    int32_t due;

    /* an event from before the rate or the staff changed finds nobody */
    for (uint32_t row = staff_next(s, &due); due <= e->time;
         row = staff_next(s, &due)) {
        out->quit[k]++;
        leave(r, k, row);
    }
    schedule_quit(r, k);
}

void
turnover_retire(struct region *r, const struct event *e)
{
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    enum staff_kind k = (enum staff_kind)(e->subject % STAFF_KINDS);
    uint32_t row = e->subject / STAFF_KINDS;
    struct staff *s = workforce_staff(r, k);

    if (s->row[row].state != STAFF_MEMBER || s->row[row].spell != e->serial)
        return; /* quit before */
    out->retired[k]++;
    leave(r, k, row);
    schedule_quit(r, k);
}

#include "models/training.h"

#include "models/models.h"
#include "models/turnover.h"
#include "sim/date.h"

#include <math.h>

/* The next recruit signs up when the cumulated intake has grown by one. */
static void
schedule(struct region *r, enum staff_kind k, uint32_t number)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    const struct workforce_tab *t = r->setup->tab[MODELS_WORKFORCE];
    double now = region_now(r), left = 1.0;

    while (now < r->setup->end) {
        double year = setup_year(r->setup, (int32_t)now);
        double rate = field_path(&par->recruits[k], year) * t->share[k][r->index];
        double step = 30.0 * MINUTES_A_DAY; /* paths change slowly against a month */
        double gain = rate * step / MINUTES_A_YEAR;
        if (gain >= left) {
            now += ceil(left / rate * MINUTES_A_YEAR);
            region_schedule(r, MODELS_WORKFORCE, WORKFORCE_RECRUIT,
                number * STAFF_KINDS + k, 0,
                now < r->setup->end ? (int32_t)now : NEVER);
            return;
        }
        left -= gain;
        now += step;
    }
}

void
training_start(struct region *r, enum staff_kind k)
{
    schedule(r, k, 0);
}

void
training_enrol(struct region *r, enum staff_kind k, uint64_t key)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    struct staff *s = workforce_staff(r, k);
    double t = region_now(r) + par->training[k] * MINUTES_A_DAY;

    out->recruited[k]++;
    uint32_t row = staff_begin(s, key);
    region_schedule(r, MODELS_WORKFORCE, WORKFORCE_FINISH, row * STAFF_KINDS + k, 0,
        t < r->setup->end ? (int32_t)t : NEVER);
}

void
training_recruit(struct region *r, const struct event *e)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    double between = par->cohort * MINUTES_A_DAY;
    double t = between > 0.0 ? ceil(ceil(e->time / between) * between) : e->time;

    region_schedule(r, MODELS_WORKFORCE, WORKFORCE_BEGIN, e->subject, 0,
        t < r->setup->end ? (int32_t)t : NEVER);
    schedule(
        r, (enum staff_kind)(e->subject % STAFF_KINDS), e->subject / STAFF_KINDS + 1);
}

void
training_begin(struct region *r, const struct event *e)
{
    enum staff_kind k = (enum staff_kind)(e->subject % STAFF_KINDS);

    training_enrol(
        r, k, workforce_key(r, WORKFORCE_RECRUITED, k, e->subject / STAFF_KINDS));
}

void
training_finish(struct region *r, const struct event *e)
{
    const struct workforce_par *par = r->setup->par[MODELS_WORKFORCE];
    struct workforce_out *out = r->out[MODELS_WORKFORCE];
    enum staff_kind k = (enum staff_kind)(e->subject % STAFF_KINDS);
    uint32_t row = e->subject / STAFF_KINDS;
    struct staff *s = workforce_staff(r, k);
    struct rng_block b = rng_block(r->run, s->row[row].key, PURPOSE_TRAINEE, 0);

    if (rng_uniform32(b.word[0]) < par->drop_out[k]) {
        out->dropped_out[k]++;
        staff_drop(s, row);
        return;
    }
    out->trained[k]++;
    out->schooled[k]++;
    turnover_join(r, k, row);
    region_signal(r, SIGNAL_STAFF, k);
}

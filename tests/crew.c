#include "tests/crew.h"

#include "models/county.h"
#include "sim/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct region_name names[CREW_REGIONS] = {
    {.code = 532901, .name = "A", .name_zh = "A", .load.rows = 1.0},
    {.code = 532922, .name = "B", .name_zh = "B", .load.rows = 1.0},
    {.code = 532923, .name = "C", .name_zh = "C", .load.rows = 1.0},
};

/* Elders 1:2:7, residents 2:5:3. */
static const double elders[CREW_REGIONS] = {100, 200, 700};
static const double people[CREW_REGIONS] = {2000, 5000, 3000};

static void
prepare_counties(struct setup *s, void *tab, struct report *report)
{
    const struct crew_county *par = s->par[MODELS_COUNTY];
    struct county_tab *t = tab;

    (void)report;
    s->n_regions = (int)par->regions;
    s->region = mem_arena(&s->arena, CREW_REGIONS, sizeof *s->region);
    t->row = mem_arena(&s->arena, CREW_REGIONS, sizeof *t->row);
    for (int i = 0; i < CREW_REGIONS; i++) {
        s->region[i] = names[i];
        t->row[i] = mem_arena(&s->arena, 1, sizeof *t->row[i]);
        t->row[i]->pop_60plus = elders[i];
        t->row[i]->population = people[i];
    }
}

static void
hear(struct region *r, uint32_t kind)
{
    struct crew_heard *heard = r->own[CREW_MODELS - 1];

    heard->staff[kind]++;
}

static void
start_hearing(struct region *r)
{
    r->own[CREW_MODELS - 1] = mem_alloc(1, sizeof(struct crew_heard));
}

static void
stop_hearing(struct region *r)
{
    mem_free(r->own[CREW_MODELS - 1]);
}

static void (*const on[SIGNALS])(struct region *, uint32_t) = {[SIGNAL_STAFF] = hear};

static const struct model county_stub = {.name = "county",
    .doc = "made up",
    .tab_size = sizeof(struct county_tab),
    .prepare = prepare_counties};
static const struct model nothing = {.name = "nothing", .doc = "holds a place"};
static const struct model listener = {.name = "listener",
    .doc = "counts signals",
    .start = start_hearing,
    .finish = stop_hearing,
    .on = on,
    .n_signals = SIGNALS};

/* The models that the workforce needs in their places, nothing in the others. */
static void
list_models(const struct model *list[CREW_MODELS + 1])
{
    for (int i = 0; i < CREW_MODELS; i++)
        list[i] = &nothing;
    list[MODELS_COUNTY] = &county_stub;
    list[MODELS_WORKFORCE] = &workforce_model;
    list[CREW_MODELS - 1] = &listener;
    list[CREW_MODELS] = NULL;
}

void
crew_init(struct crew *self)
{
    memset(self, 0, sizeof *self);
    field_defaults(workforce_model.par, &self->par);
    self->par.retires = 200.0;
    self->busy = -1.0;
}

void
crew_open(struct crew *self, int regions, uint64_t seed)
{
    self->county.regions = regions;
    self->pars[MODELS_COUNTY] = &self->county;
    self->pars[MODELS_WORKFORCE] = &self->par;
    self->setup.seed = seed;
    list_models(self->list);
    setup_init(&self->setup, self->list, self->pars, date_day(2021, 1, 1),
        date_day(2030, 12, 31), &self->report);
    for (int i = 0; i < regions && self->report.mistakes == 0; i++)
        region_init(&self->region[i], &self->setup, (uint32_t)i, rng_run(seed, 0));
}

void
crew_close(struct crew *self)
{
    for (int i = 0; i < CREW_REGIONS; i++)
        region_free(&self->region[i]);
    setup_free(&self->setup);
    report_free(&self->report);
}

void
crew_run(struct crew *self, int region, int32_t t)
{
    region_run(&self->region[region], t);
}

/* What the month's event at the month's start will find. */
static void
occupy(struct crew *self, int region)
{
    for (int k = 0; k < STAFF_KINDS && self->busy >= 0.0; k++) {
        struct staff *s = workforce_staff(&self->region[region], (enum staff_kind)k);
        s->load = (int64_t)(self->busy * (double)s->stock * WORKFORCE_WORKER + 0.5);
    }
}

void
crew_month(struct crew *self)
{
    int32_t end = self->setup.time[++self->months];

    for (int i = 0; i < self->county.regions; i++) {
        struct region *r = &self->region[i];
        occupy(self, i);
        region_run(r, end);
        workforce_model.observe(r);
        memcpy(&self->out[i], r->out[MODELS_WORKFORCE], sizeof self->out[i]);
        memset(r->out[MODELS_WORKFORCE], 0, sizeof self->out[i]);
    }
}

static void
note(const struct staff *s, int n, int32_t t, struct crew_leaving *leaving)
{
    for (int i = 0; i < n; i++)
        if (leaving->minute[i] == NEVER &&
            (s->row[i].state != STAFF_MEMBER || s->row[i].spell > 0))
            leaving->minute[i] = t;
}

void
crew_watch(struct crew *self, enum staff_kind k, int n, int32_t t,
    struct crew_leaving *leaving)
{
    struct region *r = &self->region[0];
    const struct staff *s = workforce_staff(r, k);

    while (region_now(r) < t) {
        int32_t now = region_now(r), stop;
        if (now == self->setup.time[self->months + 1])
            self->months++;
        stop = self->setup.time[self->months + 1];
        stop = stop < t ? stop : t;
        if (now == self->setup.time[self->months]) {
            occupy(self, 0);
            stop = now + 1; /* the month's event */
        } else if (s->due < stop) {
            stop = s->due + 1;
        }
        region_run(r, stop);
        note(s, n, stop - 1, leaving);
    }
}

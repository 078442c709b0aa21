#include "models/stay.h"

#include "models/county.h"
#include "models/guests.h"
#include "models/models.h"
#include "models/rates.h"
#include "models/sojourn.h"
#include "models/traits.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>
#include <string.h>

/* Blocks of a guest's draws; STAYS takes as many as it needs. */
enum { COMES, CHOICES, SETTLES, STAYS };

/* Whether guests may take a place at a desk. */
static bool
takes_guests(const struct setup *s, int desk)
{
    const struct service_tab *t = service_of(s);

    for (int k = 0; k < t->n; k++)
        if (t->desk[k] == desk && t->row[k].guests)
            return true;
    return false;
}

/* One name in `uses`: its desk, or -1 with a mistake. */
static int
read_use(const struct setup *s, int origin, const char *name, struct report *report)
{
    const struct sojourn_par *par = s->par[MODELS_SOJOURN];
    const struct rows *rows = &par->origins;
    const struct service_tab *t = service_of(s);
    int k = service_find_or(s, name, rows, origin, report);

    if (k < 0)
        return -1;
    if (!t->row[k].unlimited && t->row[k].kind != ONCE && takes_guests(s, t->desk[k]))
        return t->desk[k];
    report_mistake(report, (struct place){rows->file, rows->line[origin], 1},
        "service '%s' has no places for guests, expected one with places and guests: 1",
        name);
    return -1;
}

/* Adds a desk to the list; false when it is full. */
static bool
list_use(const struct setup *s, int origin, int desk, int *uses, struct report *report)
{
    const struct sojourn_par *par = s->par[MODELS_SOJOURN];
    const struct sojourn_origin *o = (const struct sojourn_origin *)par->origins.row;
    struct place at = {par->origins.file, par->origins.line[origin], 1};
    int n = 0;

    for (; uses[n] >= 0; n++)
        if (uses[n] == desk)
            report_mistake(report, at,
                "guests of '%s' take places of '%s' twice, expected once",
                o[origin].name, service_of(s)->row[desk].name);
    if (n == STAY_USES) {
        report_mistake(report, at, "guests of '%s' use more than %d services",
            o[origin].name, STAY_USES);
        return false;
    }
    uses[n] = desk;
    uses[n + 1] = -1;
    return true;
}

void
stay_read_uses(struct setup *s, int origin, int *uses, struct report *report)
{
    const struct sojourn_par *par = s->par[MODELS_SOJOURN];
    const char *text = ((const struct sojourn_origin *)par->origins.row)[origin].uses;
    char *word = mem_arena_text(&s->arena, text != NULL ? text : "");

    uses[0] = -1;
    for (word += strspn(word, " "); *word != '\0'; word += strspn(word, " ")) {
        char *name = word;
        word += strcspn(word, " ");
        if (*word != '\0')
            *word++ = '\0';
        int desk = read_use(s, origin, name, report);
        if (desk >= 0 && !list_use(s, origin, desk, uses, report))
            return;
    }
}

static uint64_t
key_of(const struct region *r, int origin, uint32_t number)
{
    return person_key_guest(r->code, sojourn_of(r->setup)->key[origin], number);
}

static double
choice(const struct region *r, const struct stay *x, int i)
{
    return rng_uniform32(rng_block(r->run, x->key, PURPOSE_GUEST, CHOICES).word[i]);
}

double
stay_threshold(const struct region *r, int origin, uint32_t number)
{
    struct rng_block b =
        rng_block(r->run, key_of(r, origin, number), PURPOSE_GUEST, COMES);

    return rng_exponential(b, 0);
}

/*
 * A draw from the standard normal by the polar method.
 *
 * Source  Marsaglia and Bray, SIAM Review 6 (1964) 260-264
 */
static double
normal(struct rng_run run, uint64_t key)
{
    double u, v, s;
    uint32_t n = STAYS;

    do {
        struct rng_block b = rng_block(run, key, PURPOSE_GUEST, n++);
        u = 2.0 * rng_uniform(b, 0) - 1.0;
        v = 2.0 * rng_uniform(b, 1) - 1.0;
        s = u * u + v * v;
    } while (s >= 1.0 || s <= 0.0);
    return u * sqrt(-2.0 * num_log(s) / s);
}

/* How long a guest means to stay, days; the lognormal's mean is `mean` too. */
static double
intended(
    const struct region *r, const struct sojourn_origin *o, uint64_t key, double mean)
{
    if (o->shape == STAY_EXPONENTIAL)
        return mean * rng_exponential(rng_block(r->run, key, PURPOSE_GUEST, STAYS), 0);
    double variance = num_log(1.0 + o->spread * o->spread);
    double z = sqrt(variance) * normal(r->run, key) - 0.5 * variance;
    return mean * num_exp(z < 20.0 ? z : 20.0);
}

/* Sets when the guest leaves; whoever leaves early does so at any part of the stay. */
static void
set_leave(const struct region *r, struct stay *x, int32_t arrived)
{
    const struct sojourn_tab *t = sojourn_of(r->setup);
    const struct sojourn_origin *o = &t->row[x->origin];
    double mean = season_stay(&t->season, (int)r->index, x->origin, arrived);
    double days = intended(r, o, x->key, mean);

    x->early = choice(r, x, 0) < o->early;
    if (x->early)
        days *= choice(r, x, 1);
    double leaves = arrived + floor(days * MINUTES_A_DAY + 0.5);
    x->leaves = leaves < r->setup->end ? (int32_t)leaves : NEVER;
}

static bool
is_lodging(const struct region *r, int desk)
{
    return service_of(r->setup)->row[desk].kind == RESIDENCE;
}

/* A bed of the first residence that has one, else a room outside; false: neither. */
static bool
lodge(struct region *r, struct stay *x)
{
    const struct sojourn_tab *t = sojourn_of(r->setup);
    const int *desk = t->uses[x->origin];
    bool wanted = false;

    for (int k = 0; desk[k] >= 0; k++) {
        if (!is_lodging(r, desk[k]))
            continue;
        wanted = true;
        x->site[k] = guests_take(r, desk[k]);
        if (x->site[k] >= 0)
            return true;
    }
    x->homestay = !wanted || choice(r, x, 2) < t->row[x->origin].homestay;
    return x->homestay;
}

/* Places of the other services; returns how many were not to be had. */
static int
use_others(struct region *r, struct stay *x)
{
    const int *desk = sojourn_of(r->setup)->uses[x->origin];
    int missed = 0;

    for (int k = 0; desk[k] >= 0; k++) {
        if (is_lodging(r, desk[k]))
            continue;
        x->site[k] = guests_take(r, desk[k]);
        missed += x->site[k] < 0;
    }
    return missed;
}

/* Counts a guest in or out, after the time so far. */
static void
count(struct region *r, const struct stay *x, int by)
{
    struct sojourn_flow *f = &sojourn_state(r)->flow[x->origin];

    sojourn_clock(r, x->origin);
    f->present += by;
    f->in_homestays += x->homestay ? by : 0;
}

static uint32_t
new_row(struct sojourn *s)
{
    if (s->free != PERSON_NONE) {
        uint32_t i = s->free;
        s->free = s->guest[i].next;
        return i;
    }
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->guest = mem_grow(s->guest, s->room, sizeof *s->guest);
    }
    return s->n++;
}

void
stay_begin(struct region *r, int origin, uint32_t number, int32_t arrived)
{
    struct sojourn_out *out = (struct sojourn_out *)r->out[MODELS_SOJOURN] + origin;
    struct stay x = {.key = key_of(r, origin, number), .origin = origin};
    int in_run = arrived >= 0;

    for (int k = 0; k < STAY_USES; k++)
        x.site[k] = -1;
    set_leave(r, &x, arrived);
    if (!in_run && x.leaves <= 0)
        return;
    if (!lodge(r, &x)) {
        out->turned_away += in_run;
        return;
    }
    int missed = use_others(r, &x);
    out->guests_unserved += in_run ? missed : 0;
    out->guests_arrived += in_run;
    uint32_t i = new_row(sojourn_state(r));
    sojourn_state(r)->guest[i] = x;
    count(r, &x, 1);
    region_schedule(r, MODELS_SOJOURN, SOJOURN_LEAVE, i, number, x.leaves);
}

/* Sex and age of who settles: as of the county's people at the start, within the
 * origin's ages; where there are none, any of these alike. */
static int
draw_age(const struct region *r, const struct sojourn_origin *o, struct person *p)
{
    const struct population_tab *t = r->setup->tab[MODELS_POPULATION];
    const int64_t(*people)[AGES] = (const int64_t(*)[AGES])t->people[r->index];
    int64_t all = 0, n = o->age_to - o->age_from + 1;
    double u = rng_uniform32(rng_block(r->run, p->key, PURPOSE_GUEST, SETTLES).word[0]);

    for (int64_t k = 0; k < 2 * n; k++)
        all += people[k / n][o->age_from + k % n];
    double left = u * (double)(all > 0 ? all : 2 * n);
    for (int64_t k = 0; k < 2 * n; k++) {
        double here = all > 0 ? (double)people[k / n][o->age_from + k % n] : 1.0;
        p->sex = k / n == 0 ? MALE : FEMALE;
        if (left < here)
            return (int)(o->age_from + k % n);
        left -= here;
    }
    return (int)o->age_to;
}

static void
settle(struct region *r, const struct stay *x)
{
    const struct sojourn_origin *o = &sojourn_of(r->setup)->row[x->origin];
    struct sojourn_out *out = r->out[MODELS_SOJOURN];
    struct person p = {.key = x->key};
    int age = draw_age(r, o, &p);

    traits_draw(r, &p, age);
    if (p.grade > o->grade_to)
        p.grade = 7 & (unsigned)o->grade_to;
    person_thresholds(&p, r->run);
    out[x->origin].settled++;
    county_add(r, &p, region_now(r));
}

/* The guest is gone; the row is free. */
static void
depart(struct region *r, uint32_t row, bool early)
{
    struct sojourn *s = sojourn_state(r);
    struct sojourn_out *out = r->out[MODELS_SOJOURN];
    struct stay x = s->guest[row];

    count(r, &x, -1);
    s->guest[row] = (struct stay){.origin = -1, .leaves = NEVER, .next = s->free};
    s->free = row;
    for (int k = 0; k < STAY_USES; k++)
        if (x.site[k] >= 0)
            guests_leave(r, x.site[k]);
    out[x.origin].left_early += early;
    if (!early && choice(r, &x, 3) < sojourn_of(r->setup)->row[x.origin].settles)
        settle(r, &x);
}

void
stay_end(struct region *r, uint32_t row)
{
    depart(r, row, sojourn_state(r)->guest[row].early);
}

/* Another bed, or a room outside; true when the guest stays. */
static bool
move_on(struct region *r, uint32_t row, int use)
{
    struct sojourn *s = sojourn_state(r);
    struct stay *x = &s->guest[row];
    int desk = sojourn_of(r->setup)->uses[x->origin][use];

    guests_leave(r, x->site[use]);
    x->site[use] = -1;
    if (!is_lodging(r, desk)) {
        x->site[use] = guests_take(r, desk);
        return true;
    }
    bool stays = lodge(r, x);
    sojourn_clock(r, x->origin);
    s->flow[x->origin].in_homestays += x->homestay;
    return stays;
}

void
stay_displaced(struct region *r, uint32_t facility)
{
    const struct sojourn *s = sojourn_state(r);

    for (uint32_t i = 0; i < s->n; i++) {
        bool stays = true;
        for (int k = 0; k < STAY_USES && s->guest[i].origin >= 0 && stays; k++)
            if (s->guest[i].site[k] == (int32_t)facility)
                stays = move_on(r, i, k);
        if (!stays)
            depart(r, i, true);
    }
}

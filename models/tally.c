#include "models/tally.h"

#include "models/cases.h"
#include "models/county.h"
#include "models/funnel.h"
#include "models/models.h"
#include "models/rounds.h"
#include "models/workforce.h"

#include <string.h>

/* Users of a site that changed hands are tallied under the new kind of supplier. */
static void
rename_users(struct region *r, int32_t facility)
{
    const struct care *c = cases_of(r);

    for (uint32_t i = 0; i < c->n; i++)
        if (c->row[i].state == USING && c->row[i].facility == facility)
            cases_update(r, i);
}

/* The kind of supplier that a site was when last seen, -1 for a new one; and is now. */
static int
seen(struct care *c, int32_t facility, int now)
{
    while (c->n_kinds <= facility) {
        if (c->n_kinds == c->kinds_room) {
            c->kinds_room = c->kinds_room ? 2 * c->kinds_room : 16;
            c->kind_of =
                mem_grow(c->kind_of, (size_t)c->kinds_room, sizeof *c->kind_of);
        }
        c->kind_of[c->n_kinds++] = -1;
    }
    int before = c->kind_of[facility];
    c->kind_of[facility] = now;
    return before;
}

static bool
supplies(const struct desk *d, int32_t facility)
{
    for (int32_t k = 0; k < d->n; k++)
        if (d->supplier[k] == facility)
            return true;
    return false;
}

static void
list(struct desk *d, int32_t facility)
{
    if (d->n == d->room) {
        d->room = d->room ? 2 * d->room : 8;
        d->supplier = mem_grow(d->supplier, (size_t)d->room, sizeof *d->supplier);
    }
    d->supplier[d->n++] = facility;
}

static void
unlist(struct desk *d, int32_t facility)
{
    int32_t kept = 0;

    for (int32_t k = 0; k < d->n; k++)
        if (d->supplier[k] != facility)
            d->supplier[kept++] = d->supplier[k];
    d->n = kept;
}

/* Users that all suppliers of a desk hold at once, by bed. */
static void
add_up(const struct region *r, struct desk *d)
{
    const struct service_row *row = service_of(r->setup)->row;

    for (int b = 0; b < BEDS; b++) {
        d->line[b].capacity = 0;
        for (int32_t k = 0; k < d->n; k++) {
            const struct facility *x = &facility_of(r)->row[d->supplier[k]];
            d->line[b].capacity += service_slots(&row[x->service], x->bed[b]);
        }
    }
}

/* Whether a bed of a supplier is new to some people: the first of its type, cheaper
 * than the others', or for people whom they do not take. */
static bool
opens_doors(const struct region *r, const struct desk *d, int32_t facility, int bed)
{
    const struct facilities *f = facility_of(r);
    int service = f->row[facility].service;
    double price = service_of(r->setup)->row[service].price[bed];
    const struct service_terms *terms = service_terms(r, service);

    for (int32_t k = 0; k < d->n; k++) {
        const struct facility *y = &f->row[d->supplier[k]];
        const struct service_terms *other = service_terms(r, y->service);
        if (d->supplier[k] != facility && y->bed[bed] > 0 &&
            service_of(r->setup)->row[y->service].price[bed] * other->price <=
                price * terms->price &&
            other->income_to >= terms->income_to &&
            other->grade_from <= terms->grade_from)
            return false;
    }
    return true;
}

/* Who has given up tries again only when a site means something new: it is nearer,
 * cheaper, of another type, or for other people. */
static bool
is_news(const struct region *r, const struct desk *d, int desk, int32_t facility)
{
    const struct facility *x = &facility_of(r)->row[facility];

    for (int b = 0; b < BEDS; b++)
        if (x->bed[b] > 0 && (service_of(r->setup)->row[desk].near_km > 0.0 ||
                                 opens_doors(r, d, facility, b)))
            return true;
    return false;
}

int
tally_supply(struct region *r, int32_t facility)
{
    struct care *c = cases_of(r);
    const struct facility *x = &facility_of(r)->row[facility];
    int service = x->service, desk = service_of(r->setup)->desk[service];
    struct desk *d = &c->desk[desk];
    const struct service_row *row = &service_of(r->setup)->row[desk];
    int before = seen(c, facility, service);

    if (row->unlimited || row->kind == ONCE)
        return desk;
    if (x->open && x->operating && is_news(r, d, desk, facility))
        d->look = true;
    if (x->open && x->operating && !supplies(d, facility))
        list(d, facility);
    if (!x->open || !x->operating)
        unlist(d, facility);
    add_up(r, d);
    if (before >= 0 && before != service)
        rename_users(r, facility);
    return desk;
}

/* Sites cover as many communities (townships) as there are, at most. */
static void
observe_sites(const struct region *r, int service, struct service_out *out)
{
    const struct facilities *f = facility_of(r);
    const struct facility_par *par = r->setup->par[MODELS_FACILITY];
    const struct service_row *row = &service_of(r->setup)->row[service];

    for (int32_t i = 0; i < f->n; i++) {
        const struct facility *x = &f->row[i];
        int64_t nursing = x->bed[BED_NURSING] + x->bed[BED_DEMENTIA];
        if (!x->open || x->service != service)
            continue;
        out->places += x->bed[BED_ORDINARY] + nursing;
        out->nursing_places += nursing;
        out->sites += x->homes;
        if (x->bed[BED_ORDINARY] + nursing >= par->large * x->homes)
            out->large_sites += x->homes;
    }
    out->units = county_units(county_of(r), row->tier, row->residence);
    out->covered_units = out->sites < out->units ? out->sites : out->units;
}

static void
observe_users(const struct region *r, int service, struct service_out *out)
{
    care_tally *tally = &cases_of(r)->tally[service];

    for (int b = 0; b < BEDS; b++)
        for (int g = 0; g < GRADES; g++)
            for (int i = 0; i < INCOMES; i++) {
                out->users_by_grade[g] += (*tally)[b][g][i];
                out->users += (*tally)[b][g][i];
            }
}

/* Users the free staff of a kind could still look after, at a middling grade. */
static int64_t
staff_left(const struct region *r, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    enum staff_kind kind = (enum staff_kind)(row->staff - 1);

    if (row->staff == 0)
        return INT64_MAX;
    int64_t left = workforce_capacity(r, kind) - workforce_staff(r, kind)->load;
    int32_t load = cases_load(r, service, 2);
    return left > 0 ? left / (load > 0 ? load : 1) : 0;
}

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Whether anybody in a line could use and pay one of the free places. */
static bool
suits(const struct region *r, int desk, int bed)
{
    const struct station *line = &cases_of(r)->desk[desk].line[bed];
    int tried = 0;

    for (uint32_t t = station_first(line); t != STATION_NONE && tried < 100;
         t = station_after(line, t), tried++) {
        const struct care_case *x = &cases_of(r)->row[line->ticket[t].subject];
        const struct person *p = &county_of(r)->person[x->person];
        if (cases_choose(r, p, desk, bed) != -1)
            return true;
    }
    return false;
}

/*
 * Vacant while someone waits, by the first cause that explains a place: nobody to staff
 * it, another type of bed wanted, nobody in its line can use or pay it, or nothing but
 * the time until the next round.
 */
static void
observe_ghosts(const struct region *r, int desk, struct service_out *out)
{
    const struct desk *d = &cases_of(r)->desk[desk];
    int64_t staff = staff_left(r, desk), waiting = 0;

    for (int b = 0; b < BEDS; b++)
        waiting += d->line[b].waiting;
    for (int b = 0; b < BEDS && waiting > 0; b++) {
        const struct station *line = &d->line[b];
        int64_t ghosts = least(line->capacity - line->busy, waiting);
        if (ghosts <= 0)
            continue;
        int64_t unstaffed = ghosts > staff ? ghosts - staff : 0;
        int64_t here = least(ghosts - unstaffed, line->waiting);
        out->ghost_staff += unstaffed;
        out->ghost_type += ghosts - unstaffed - here;
        *(suits(r, desk, b) ? &out->ghost_lag : &out->ghost_price) += here;
        waiting -= ghosts;
        staff -= least(ghosts - unstaffed, staff);
    }
}

/*
 * Placed within 90 days, of all whose first 90 days are over: who was placed or left
 * before, and who has waited that long, be it that they still wait.
 */
static void
observe_waits(struct desk *d, struct service_out *out)
{
    int64_t waiting = 0, gone = 0;

    for (int k = 0; k < SERVICE_WAITS; k++) {
        bool early = k < SERVICE_LONG;
        out->placed_90 += early ? out->admitted_after[k] : 0;
        out->decided_90 += early ? out->admitted_after[k] + out->left_after[k] : 0;
        waiting += early ? 0 : out->waiting_since[k];
        gone += early ? 0 : out->admitted_after[k] + out->left_after[k];
    }
    out->decided_90 += waiting - d->long_waiting + gone;
    d->long_waiting = waiting;
}

/* Who is past 60, by grade, income and residence. */
static int64_t
eligible_elders(const struct region *r, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    const struct service_terms *terms = service_terms(r, service);
    const struct county *c = county_of(r);
    bool home = row->kind == RESIDENCE;
    int64_t n = 0;

    for (int g = terms->grade_from; g <= row->grade_to; g++)
        for (int i = 0; i <= terms->income_to; i++)
            for (int k = 0; k < RESIDENCES; k++)
                if (row->residence == ANYWHERE ||
                    (k == RURAL) == (row->residence == RURAL_ONLY))
                    n += c->elders[g][i][k] - (home ? 0 : c->housed[g][i][k]);
    return n;
}

/* Who is of the ages of a service that is for all grades, incomes and residences. */
static int64_t
eligible_ages(const struct region *r, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    const struct county *c = county_of(r);
    int now = county_month(r->setup, region_now(r));
    int64_t n = 0;

    for (int m = 0; m < c->tab->months && m < now; m++) {
        int age = county_age(now, m);
        if (age >= row->age_from && age <= row->age_to)
            n += (int64_t)c->born[m][MALE] + c->born[m][FEMALE];
    }
    return n;
}

/* One by one, for what no count is kept of. */
static int64_t
eligible_people(const struct region *r, int service)
{
    const struct county *c = county_of(r);
    bool home = service_of(r->setup)->row[service].kind == RESIDENCE;
    int64_t n = 0;

    for (uint32_t i = 0; i < c->n; i++)
        n += c->person[i].alive && (home || c->person[i].place == AT_HOME) &&
             funnel_eligible(r, &c->person[i], service);
    return n;
}

/*
 * People who may use a service by age, grade, residence and income; what comes to the
 * home, or is attended from there, is not for those who live in homes. Where no count
 * is kept of them they are counted at the turn of the year, and stand until the next.
 */
static int64_t
eligible(const struct region *r, int service)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    const struct service_terms *terms = service_terms(r, service);
    int64_t *last = &cases_of(r)->eligible[service];

    if (row->age_from == ELDER_AGE && row->age_to >= AGES)
        return eligible_elders(r, service);
    if (row->residence == ANYWHERE && terms->income_to == EMPLOYEE_PENSION &&
        terms->grade_from == 0 && row->grade_to == GRADES - 1)
        return eligible_ages(r, service);
    if (county_month(r->setup, region_now(r)) % 12 == 0 || region_now(r) == 0)
        *last = eligible_people(r, service);
    return *last;
}

/* Who goes before all others stands in the first class, whatever the own. */
static enum service_class
class_of(const struct region *r, const struct station_ticket *ticket)
{
    if (ticket->joined >= 0)
        return (enum service_class)ticket->class;
    return funnel_class(
        &county_of(r)->person[cases_of(r)->row[ticket->subject].person]);
}

/* Applicants; users who ask for another bed are none, and only where beds are exchanged
 * are there any. Who applies is in line since then, whose site closed since it did: so
 * there is no need to look at every case, which is far away. */
static void
observe_line(const struct region *r, int desk, int bed, struct service_out *out)
{
    const struct care *c = cases_of(r);
    const struct station *line = &c->desk[desk].line[bed];
    bool transfer = service_of(r->setup)->row[desk].transfer != 0;

    for (uint32_t t = 0; t < line->n; t++) {
        const struct station_ticket *ticket = &line->ticket[t];
        if (ticket->subject == STATION_NONE ||
            (transfer && c->row[ticket->subject].state != WAITING))
            continue;
        int32_t since =
            ticket->joined < 0 ? ticket->joined - CASES_FIRST : ticket->joined;
        out->waiting_list++;
        out->waiting_by_class[class_of(r, ticket)]++;
        out->waiting_since[rounds_waited(region_now(r) - since)]++;
    }
}

static void
observe_desk(const struct region *r, int desk, struct service_out *out)
{
    struct desk *d = &cases_of(r)->desk[desk];
    const struct service_row *row = &service_of(r->setup)->row[desk];
    int64_t capacity = 0, busy = 0;

    for (int b = 0; b < BEDS; b++)
        observe_line(r, desk, b, out);
    observe_waits(d, out);
    out->hours = (double)cases_of(r)->formal[desk] / 60.0;
    if (row->unlimited)
        return;
    for (int b = 0; b < BEDS; b++) {
        capacity += d->line[b].capacity;
        busy += d->line[b].busy;
    }
    out->vacant = capacity > busy ? capacity - busy : 0;
    int64_t staff = staff_left(r, desk);
    out->usable = staff > out->vacant ? capacity : busy + staff;
    if (row->kind != ONCE)
        observe_ghosts(r, desk, out);
}

/* A supplier counts for itself and for the service that it serves. */
static void
add_to_desk(const struct region *r, int service)
{
    struct service_out *own = service_results(r, service);
    int desk = service_of(r->setup)->desk[service];
    struct service_out *all = service_results(r, desk);

    all->served += own->users;
    all->offered += own->places;
    if (desk == service)
        return;
    own->served += own->users;
    own->offered += own->places;
}

static void
add_home(struct care_out *all, const struct service_out *out)
{
    all->waiting += out->waiting_list;
    all->vacant_beds += out->vacant;
}

/* Hours by who gives them, from counts of people at home by grade, company and child.
 */
static void
observe_hours(const struct region *r, struct care_out *out)
{
    const struct care_par *par = cases_par(r);
    const struct county *c = county_of(r);
    double *by[LIVINGS] = {
        &out->hours_other, &out->hours_spouse, &out->hours_child, &out->hours_other};

    for (int g = 0; g < GRADES; g++) {
        double need = par->need_hours[g];
        out->hours_needed += need * (double)out->residents_by_grade[g];
        for (int l = 0; l < LIVINGS; l++)
            for (int near = 0; near < 2; near++) {
                double n = (double)c->home[g][l][near];
                double given =
                    need < par->informal_hours[l] ? need : par->informal_hours[l];
                double left = need - given, child = near ? par->near_child_hours : 0.0;
                out->hours_needed += n * need;
                *by[l] += n * given;
                if (l != FAMILY)
                    out->hours_near_child += n * (child < left ? child : left);
            }
    }
}

void
tally_observe(struct region *r)
{
    const struct service_tab *t = service_of(r->setup);
    struct care_out *all = r->out[MODELS_CARE];
    int64_t left = 0;    /* residents that free caregivers could look after */
    int64_t staffed = 0; /* usable beds of homes that need caregivers */

    for (int k = 0; k < t->n; k++) {
        struct service_out *out = service_results(r, k);
        observe_sites(r, k, out);
        observe_users(r, k, out);
        out->eligible = eligible(r, k);
        add_to_desk(r, k);
        if (t->desk[k] == k)
            observe_desk(r, k, out);
        all->hours_formal += t->desk[k] == k ? out->hours : 0.0;
        if (t->row[k].kind != RESIDENCE)
            continue;
        all->residents += out->users;
        for (int g = 0; g < GRADES; g++)
            all->residents_by_grade[g] += out->users_by_grade[g];
        if (t->desk[k] == k)
            add_home(all, out);
        if (t->desk[k] == k && t->row[k].staff > 0) {
            left = staff_left(r, k);
            staffed += out->usable;
        } else {
            all->usable_beds += out->usable;
        }
    }
    all->staffed_beds = all->residents + left;
    all->usable_beds += least(staffed, all->staffed_beds); /* shared by all homes */
    observe_hours(r, all);
    all->hours_unmet = all->hours_needed - all->hours_spouse - all->hours_child -
                       all->hours_near_child - all->hours_other - all->hours_formal;
}

#include "models/gain.h"

#include "models/facility.h"
#include "models/models.h"

#include <math.h>
#include <string.h>

static bool
is(const struct agenda_entry *e, const char *kind)
{
    return strcmp(e->kind, kind) == 0;
}

static double
all_places(const struct agenda_entry *e)
{
    return e->place_of[BED_ORDINARY] + e->place_of[BED_NURSING] +
           e->place_of[BED_DEMENTIA];
}

static double
nursing_places(const struct agenda_entry *e)
{
    return e->place_of[BED_NURSING] + e->place_of[BED_DEMENTIA];
}

static bool
grows(const struct agenda_entry *e)
{
    return is(e, "build") || is(e, "extend");
}

/* Whether sites or beds go to another service, or away; the market may open and close
 * some. */
static bool
moves(const struct agenda_entry *e)
{
    return is(e, "market") || is(e, "merge") || is(e, "close") || is(e, "hand_over") ||
           (is(e, "convert") && e->to_service >= 0);
}

/* What entry `e` adds to a result, of `item` or (-1) of all. */
struct asked {
    const struct setup *setup;
    const struct agenda_entry *e;
    const struct service_row *row; /* of the entry's service */
    int item;
};

static double
adds_beds(const struct asked *q)
{
    if (moves(q->e))
        return is(q->e, "hand_over") ? 0.0 : NAN;
    return grows(q->e) ? all_places(q->e) : 0.0;
}

static double
adds_new_beds(const struct asked *q)
{
    if (is(q->e, "market"))
        return NAN;
    return grows(q->e) ? all_places(q->e) : 0.0;
}

static double
adds_working_beds(const struct asked *q)
{
    return q->e->operating ? adds_beds(q) : 0.0;
}

/* Beds that are converted become nursing beds where they stand. */
static double
adds_nursing_beds(const struct asked *q)
{
    if (!q->e->operating)
        return 0.0;
    if (moves(q->e))
        return is(q->e, "hand_over") ? 0.0 : NAN;
    return grows(q->e) || is(q->e, "convert") ? nursing_places(q->e) : 0.0;
}

static double
adds_private_beds(const struct asked *q)
{
    if (moves(q->e))
        return NAN;
    return q->row->owner != OWNER_PUBLIC ? adds_working_beds(q) : 0.0;
}

static double
adds_public_beds(const struct asked *q)
{
    return q->row->owner != OWNER_PRIVATE ? adds_new_beds(q) : 0.0;
}

static double
adds_public_nursing(const struct asked *q)
{
    bool counts = q->row->owner != OWNER_PRIVATE && grows(q->e);

    return counts ? nursing_places(q->e) : 0.0;
}

static double
adds_cost(const struct asked *q)
{
    return q->e->project ? q->e->cost : 0.0;
}

static bool
of_item(const struct asked *q, int service)
{
    return q->item < 0 || service == q->item;
}

/* Places where `from` and `to` say whether the services of the entry count: what
 * changes hands between two that count stays. */
static double
adds_places_of(const struct asked *q, bool from, bool to)
{
    if (moves(q->e))
        return (from && to && is(q->e, "hand_over")) || (!from && !to) ? 0.0 : NAN;
    return grows(q->e) && from ? all_places(q->e) : 0.0;
}

static double
adds_places(const struct asked *q)
{
    bool to = q->e->to_service >= 0 && of_item(q, q->e->to_service);

    return adds_places_of(q, of_item(q, q->e->service), to);
}

/* With what serves the service that is asked for. */
static double
adds_offered(const struct asked *q)
{
    const int *desk = service_of(q->setup)->desk;
    int from = q->e->service, to = q->e->to_service;

    return adds_places_of(q, of_item(q, from) || of_item(q, desk[from]),
        to >= 0 && (of_item(q, to) || of_item(q, desk[to])));
}

static double
adds_new_places(const struct asked *q)
{
    return of_item(q, q->e->service) ? adds_new_beds(q) : 0.0;
}

/* Sites that change hands leave one service for the other. */
static double
adds_sites(const struct asked *q)
{
    const struct agenda_entry *e = q->e;
    bool from = of_item(q, e->service);
    bool to = e->to_service >= 0 && !is(e, "merge") && of_item(q, e->to_service);

    if (is(e, "build"))
        return from ? e->sites : 0.0;
    if (!moves(e) || from == to)
        return 0.0;
    if (e->sites == 0.0)
        return NAN;
    return to ? e->sites : -e->sites;
}

static double
adds_new_sites(const struct asked *q)
{
    if (is(q->e, "market"))
        return of_item(q, q->e->service) ? NAN : 0.0;
    return is(q->e, "build") && of_item(q, q->e->service) ? q->e->sites : 0.0;
}

static double
adds_large_sites(const struct asked *q)
{
    const struct facility_par *par = q->setup->par[MODELS_FACILITY];
    const struct agenda_entry *e = q->e;

    if (moves(e) || is(e, "extend"))
        return of_item(q, e->service) ? NAN : 0.0;
    return all_places(e) >= (double)par->large * e->sites ? adds_new_sites(q) : 0.0;
}

static double
adds_pieces(const struct asked *q)
{
    return is(q->e, "retrofit") && of_item(q, q->e->service) ? q->e->amount : 0.0;
}

static double
adds_recruited(const struct asked *q)
{
    bool counts = is(q->e, "recruit") && (q->item < 0 || q->e->staff == q->item);

    return counts ? q->e->amount : 0.0;
}

/* A wage keeps some who would leave: how many, only a run can tell. */
static double
adds_staff(const struct asked *q)
{
    if (is(q->e, "wage") && (q->item < 0 || q->e->staff == q->item))
        return NAN;
    return adds_recruited(q);
}

static double
adds_caregivers(const struct asked *q)
{
    struct asked as = *q;

    as.item = STAFF_CAREGIVER;
    return adds_staff(&as);
}

static double
adds_certified(const struct asked *q)
{
    bool counts = is(q->e, "train") && (q->item < 0 || q->e->staff == q->item);

    return counts ? q->e->amount : adds_staff(q);
}

enum about { ABOUT_BEDS, ABOUT_SITES, ABOUT_STAFF };

static const struct {
    const char *result;
    enum about about; /* beds: of residences only */
    double (*adds)(const struct asked *q);
} results[] = {
    {"beds", ABOUT_BEDS, adds_beds},
    {"institution_beds", ABOUT_BEDS, adds_working_beds},
    {"nursing_beds", ABOUT_BEDS, adds_nursing_beds},
    {"private_beds", ABOUT_BEDS, adds_private_beds},
    {"new_beds", ABOUT_BEDS, adds_new_beds},
    {"new_public_beds", ABOUT_BEDS, adds_public_beds},
    {"new_public_nursing", ABOUT_BEDS, adds_public_nursing},
    {"construction", ABOUT_SITES, adds_cost},
    {"places", ABOUT_SITES, adds_places},
    {"offered", ABOUT_SITES, adds_offered},
    {"new_places", ABOUT_SITES, adds_new_places},
    {"sites", ABOUT_SITES, adds_sites},
    {"new_sites", ABOUT_SITES, adds_new_sites},
    {"large_sites", ABOUT_SITES, adds_large_sites},
    {"covered_units", ABOUT_SITES, adds_sites}, /* at most */
    {"pieces", ABOUT_SITES, adds_pieces},
    {"caregivers", ABOUT_STAFF, adds_caregivers},
    {"staff", ABOUT_STAFF, adds_staff},
    {"recruited", ABOUT_STAFF, adds_recruited},
    {"trained", ABOUT_STAFF, adds_staff},
    {"certified", ABOUT_STAFF, adds_certified},
};

enum { RESULTS = sizeof results / sizeof results[0] };

static int
find(const char *result)
{
    for (int k = 0; k < RESULTS; k++)
        if (strcmp(results[k].result, result) == 0)
            return k;
    return -1;
}

bool
gain_knows(const char *result)
{
    return find(result) >= 0;
}

bool
gain_of_staff(const char *result)
{
    int k = find(result);

    return k >= 0 && results[k].about == ABOUT_STAFF;
}

double
gain_of(
    const struct setup *s, const struct agenda_entry *e, const char *result, int item)
{
    const struct service_row *row = service_of(s)->row;
    struct asked q = {s, e, e->service >= 0 ? &row[e->service] : NULL, item};
    int k = find(result);

    if (k < 0)
        return 0.0;
    if (results[k].about != ABOUT_STAFF && e->service < 0)
        return 0.0;
    if (results[k].about == ABOUT_BEDS && q.row->kind != RESIDENCE)
        return 0.0;
    return results[k].adds(&q);
}

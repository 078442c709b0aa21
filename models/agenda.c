#include "models/agenda.h"

#include "models/axes.h"
#include "models/gain.h"
#include "models/market.h"
#include "models/models.h"
#include "models/workforce.h"
#include "sim/column.h"
#include "sim/date.h"
#include "sim/mem.h"

#include <math.h>
#include <string.h>

static void
read_projects(struct agenda *self)
{
    const struct setup *s = self->setup;
    struct column_table t = column_table(s, "facility.projects");

    for (int64_t i = 0; i < t.n; i++) {
        int32_t opens = (int32_t)column_number(&t, i, "opens");
        self->entry[self->n++] = (struct agenda_entry){.name = column_text(&t, i, "id"),
            .place = column_place(&t, i),
            .project = true,
            .kind = "build",
            .service = service_find(s, column_text(&t, i, "kind")),
            .to_service = -1,
            .staff = -1,
            .from = opens,
            .to = opens,
            .place_of = {column_number(&t, i, "ordinary_beds") +
                             column_number(&t, i, "places"),
                column_number(&t, i, "nursing_beds"),
                column_number(&t, i, "dementia_beds")},
            .sites = column_number(&t, i, "homes"),
            .cost = column_number(&t, i, "cost_cny"),
            .operating = column_number(&t, i, "operating") > 0.0};
    }
}

static int
staff_of(const char *name)
{
    for (int k = 0; k < STAFF_KINDS; k++)
        if (strcmp(axes_staffs[k], name) == 0)
            return k;
    return -1;
}

/* Amounts are of all counties together, unless they are of each. */
static void
read_lever(struct agenda *self, const struct column_table *t, int64_t i)
{
    const struct setup *s = self->setup;
    const char *bed = column_text(t, i, "bed");
    int32_t from = (int32_t)column_number(t, i, "from");
    int32_t to = (int32_t)column_number(t, i, "to");
    bool each = column_number(t, i, "each") > 0.0 && column_number(t, i, "adcode") <= 0;
    double times = each ? s->n_regions : 1.0;
    struct agenda_entry e = {.name = column_text(t, i, "name"),
        .title = column_text(t, i, "title"),
        .title_zh = column_text(t, i, "title_zh"),
        .place = column_place(t, i),
        .kind = column_text(t, i, "kind"),
        .service = service_find(s, column_text(t, i, "service")),
        .to_service = service_find(s, column_text(t, i, "to_service")),
        .staff = staff_of(column_text(t, i, "staff")),
        .from = from != 0 ? from : s->first_day,
        .to = to != 0 ? to : s->last_day,
        .amount = column_number(t, i, "amount") * times,
        .sites = column_number(t, i, "homes") * times,
        .operating = true};
    bool of_sites = strcmp(e.kind, "merge") == 0 || strcmp(e.kind, "close") == 0 ||
                    strcmp(e.kind, "hand_over") == 0;
    if (strcmp(e.kind, "build") == 0 && e.sites == 0.0)
        e.sites = times;
    if (of_sites && e.sites == 0.0)
        e.sites = e.amount;
    e.place_of[strcmp(bed, "nursing") == 0    ? BED_NURSING
               : strcmp(bed, "dementia") == 0 ? BED_DEMENTIA
                                              : BED_ORDINARY] = e.amount;
    e.cost = column_number(t, i, "cost_cny") * e.amount;
    self->entry[self->n++] = e;
}

/* A market that is on may open and close private homes: nobody knows how many. */
static void
read_market(struct agenda *self)
{
    const struct setup *s = self->setup;
    const struct market_par *par = s->par[MODELS_MARKET];

    if (!par->on)
        return;
    self->entry[self->n++] = (struct agenda_entry){.name = "market",
        .kind = "market",
        .service = service_find(s, par->service),
        .to_service = -1,
        .staff = -1,
        .from = s->first_day,
        .to = s->last_day,
        .operating = true};
}

void
agenda_init(struct agenda *self, const struct setup *s, struct arena *arena)
{
    struct column_table levers = column_table(s, "lever.levers");
    struct column_table projects = column_table(s, "facility.projects");

    *self = (struct agenda){.setup = s};
    self->entry =
        mem_arena(arena, (size_t)(levers.n + projects.n) + 2, sizeof *self->entry);
    read_projects(self);
    read_market(self);
    for (int64_t i = 0; i < levers.n; i++)
        read_lever(self, &levers, i);
}

/* The kinds of staff that the item of a result means. */
static bool
means(const char *result, int item, int kind)
{
    if (strcmp(result, "caregivers") == 0)
        return kind == STAFF_CAREGIVER;
    return item < 0 || kind == item;
}

/* By the path of recruits, to a result about staff. */
static double
by_path(
    const struct agenda *self, const char *result, int item, int32_t after, int32_t by)
{
    double sum = 0.0;

    if (!gain_of_staff(result))
        return 0.0;
    for (int kind = 0; kind < STAFF_KINDS; kind++)
        if (means(result, item, kind))
            sum += agenda_recruits(self, (enum staff_kind)kind, after, by);
    return sum;
}

bool
agenda_touches(const struct agenda *self, const char *result, int item)
{
    const struct setup *s = self->setup;

    for (int i = 0; i < self->n; i++) {
        double x = gain_of(s, &self->entry[i], result, item);
        if (isnan(x) || x > 0.0 || x < 0.0)
            return true;
    }
    return by_path(self, result, item, s->first_day - 1, s->last_day) > 0.0;
}

double
agenda_part(const struct agenda_entry *e, int32_t after, int32_t by)
{
    double days = e->to - e->from + 1;
    double first = after + 1 > e->from ? after + 1 : e->from;
    double last = by < e->to ? by : e->to;

    return last < first ? 0.0 : (last - first + 1.0) / days;
}

double
agenda_added(
    const struct agenda *self, const char *result, int item, int32_t after, int32_t by)
{
    const struct setup *s = self->setup;
    double sum = by_path(self, result, item, after, by);

    for (int i = 0; i < self->n; i++) {
        double share = agenda_part(&self->entry[i], after, by);
        if (share > 0.0)
            sum += share * gain_of(s, &self->entry[i], result, item);
    }
    return sum;
}

double
agenda_recruits(
    const struct agenda *self, enum staff_kind kind, int32_t after, int32_t by)
{
    const struct workforce_par *par = self->setup->par[MODELS_WORKFORCE];
    double sum = 0.0;

    /* a day is short against the years between knots */
    for (int32_t day = after + 1; day <= by; day++)
        sum += field_path(&par->recruits[kind], date_year(day)) / 365.2425;
    return sum;
}

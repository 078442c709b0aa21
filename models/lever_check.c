#include "models/lever_check.h"

#include "models/county.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "models/sojourn.h"
#include "sim/date.h"
#include "sim/record.h"

#include <string.h>

enum { TEXT = 160 };

/* A row while it is checked. */
struct checked {
    const struct setup *setup;
    const struct lever_row *row;
    const struct lever_plan *plan;
    struct report *report;
    struct place at;
};

/* Names of a set of columns: a, b and c. */
static const char *
names(unsigned set, const char *and, char *text)
{
    size_t used = 0;

    text[0] = '\0';
    for (int i = 0; i < LEVER_COLUMNS; i++) {
        if (!(set & 1u << i))
            continue;
        const char *before = used == 0 ? "" : set >> i == 1 ? and : ", ";
        int n = snprintf(text + used, TEXT - used, "%s%s", before, lever_row_names[i]);
        used += n > 0 ? (size_t)n : 0;
    }
    return text;
}

/* What the kind needs must be given; what it does not look at is better not said. */
static void
check_columns(const struct checked *c)
{
    const struct lever_kind *kind = c->plan->kind;
    unsigned given = lever_row_given(c->row), missing = kind->needs & ~given;
    unsigned idle = given & ~(kind->needs | kind->either | kind->takes);
    char text[TEXT];

    if (missing != 0)
        report_mistake(c->report, c->at, "lever '%s' of kind %s lacks %s: %s",
            c->row->name, kind->name, names(missing, " and ", text), kind->doc);
    if (kind->either != 0 && (given & kind->either) == 0)
        report_mistake(c->report, c->at, "lever '%s' of kind %s lacks %s: %s",
            c->row->name, kind->name, names(kind->either, " or ", text), kind->doc);
    if (idle != 0)
        report_warning(c->report, c->at, "lever '%s' of kind %s does not look at %s",
            c->row->name, kind->name, names(idle, " and ", text));
}

static void
check_dates(const struct checked *c)
{
    const struct setup *s = c->setup;
    const struct lever_row *row = c->row;
    char from[16], to[16];

    if (row->from != 0 && row->to != 0 && row->to < row->from)
        report_mistake(c->report, c->at,
            "lever '%s' is from %s to %s, expected the end "
            "not before the beginning",
            row->name, date_text(row->from, from), date_text(row->to, to));
    else if (row->from > s->last_day)
        report_warning(c->report, c->at,
            "lever '%s' acts after the run: from %s, the run "
            "ends on %s",
            row->name, date_text(row->from, from), date_text(s->last_day, to));
    else if (row->to != 0 && row->to < s->first_day)
        report_warning(c->report, c->at,
            "lever '%s' acts before the run: to %s, the run "
            "starts on %s",
            row->name, date_text(row->to, to), date_text(s->first_day, from));
    else if (row->from != 0 && row->from < s->first_day &&
             c->plan->kind->deliver != NULL)
        report_warning(c->report, c->at,
            "lever '%s' begins before the run, on %s: what "
            "is due before %s is taken to stand already",
            row->name, date_text(row->from, from), date_text(s->first_day, to));
}

static void
check_value(const struct checked *c)
{
    const struct lever_kind *kind = c->plan->kind;
    double value = c->row->value;

    if (value < 0.0)
        return;
    if (kind->asks & LEVER_SHARE && value > 1.0)
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s has value %g, expected a "
            "share from 0 to 1",
            c->row->name, kind->name, value);
    if (kind->asks & LEVER_POSITIVE && !(value > 0.0))
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s has value %g, expected "
            "more than 0",
            c->row->name, kind->name, value);
}

static void
check_service(const struct checked *c)
{
    const struct service_tab *services = service_of(c->setup);
    const struct service_row *row = &services->row[c->plan->service];
    const struct lever_kind *kind = c->plan->kind;
    const char *name = c->row->name;

    if (kind->asks & LEVER_OF_PLACES && (row->unlimited || row->kind == ONCE))
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: service '%s' has no "
            "sites with places",
            name, kind->name, row->name);
    if (kind->asks & LEVER_OF_PIECES && row->kind != ONCE)
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: service '%s' is not "
            "given out by pieces, expected one of kind once",
            name, kind->name, row->name);
    if (kind->asks & LEVER_OF_PRIVATE &&
        (row->owner != OWNER_PRIVATE || row->kind != RESIDENCE))
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: service '%s' is no "
            "private residence",
            name, kind->name, row->name);
    if (kind->asks & LEVER_OF_DESK && row->serves != NULL)
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: service '%s' has no "
            "applicants of its own, expected '%s', which it serves",
            name, kind->name, row->name, row->serves);
}

/* Beds are of a residence, and only ordinary ones are converted. */
static void
check_beds(const struct checked *c)
{
    const struct lever_plan *p = c->plan;
    int to = p->to_service >= 0 ? p->to_service : p->service;
    bool home = service_of(c->setup)->row[to].kind == RESIDENCE;
    bool convert = p->kind->either & LEVER_TO_SERVICE;

    if (c->row->bed != LEVER_ANY && !home)
        report_mistake(c->report, c->at,
            "lever '%s' gives a type of bed, but '%s' is no "
            "residence",
            c->row->name, service_of(c->setup)->row[to].name);
    if (c->row->bed != LEVER_ANY && c->row->income_to != LEVER_ANY)
        report_mistake(c->report, c->at,
            "lever '%s' is about beds and gives income_to: "
            "a subsidy of beds asks for no income",
            c->row->name);
    if (!convert)
        return;
    if (p->to_service < 0 && c->row->bed == BED_ORDINARY + 1)
        report_mistake(c->report, c->at,
            "lever '%s' converts ordinary beds into ordinary "
            "beds, expected bed: nursing or dementia",
            c->row->name);
    if (p->to_service < 0 && c->row->amount == 0)
        report_mistake(c->report, c->at,
            "lever '%s' of kind convert lacks amount, the "
            "beds that change",
            c->row->name);
    if (p->to_service >= 0 && c->row->homes == 0)
        report_mistake(c->report, c->at,
            "lever '%s' of kind convert lacks homes, the "
            "sites that become '%s'",
            c->row->name, c->row->to_service);
}

static void
check_to_service(const struct checked *c)
{
    const struct service_tab *t = service_of(c->setup);
    const struct lever_plan *p = c->plan;
    const struct service_row *to = &t->row[p->to_service];

    if (p->service == p->to_service && p->kind->needs & LEVER_TO_SERVICE)
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s leads from '%s' to "
            "itself",
            c->row->name, p->kind->name, to->name);
    if (p->kind->asks & LEVER_SAME_DESK &&
        t->desk[p->service] != t->desk[p->to_service])
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: '%s' and '%s' do not "
            "serve the same applicants, see kind convert",
            c->row->name, p->kind->name, t->row[p->service].name, to->name);
    if (to->unlimited || to->kind == ONCE)
        report_mistake(c->report, c->at,
            "lever '%s' of kind %s: service '%s' has no "
            "sites with places",
            c->row->name, p->kind->name, to->name);
}

static void
check_origin(const struct checked *c)
{
    const struct sojourn_tab *t = sojourn_of(c->setup);
    const char **known = mem_arena(&c->report->arena, (size_t)t->n + 1, sizeof *known);

    if (c->row->origin == NULL || sojourn_find(c->setup, c->row->origin) >= 0)
        return;
    for (int i = 0; i < t->n; i++)
        known[i] = t->row[i].name;
    const char *near = report_nearest(c->row->origin, known);
    report_mistake(c->report, c->at, "lever '%s': nobody comes from '%s'%s%s%s",
        c->row->name, c->row->origin,
        near != NULL ? "; did you mean '" : ", expected a name of sojourn.origins",
        near != NULL ? near : "", near != NULL ? "'?" : "");
}

static void
check_row(const struct checked *c, const struct rows *rows, int64_t i)
{
    check_columns(c);
    check_dates(c);
    check_value(c);
    check_origin(c);
    if (c->row->adcode != 0)
        county_span_or(c->setup, c->row->adcode, rows, i, c->report);
    if (c->plan->service >= 0) {
        check_service(c);
        check_beds(c);
    }
    if (c->plan->service >= 0 && c->plan->to_service >= 0)
        check_to_service(c);
}

void
lever_check(const struct setup *s, struct lever_tab *t, const struct rows *rows,
    struct report *report)
{
    for (int i = 0; i < t->n; i++) {
        const struct lever_row *row = &t->row[i];
        struct lever_plan *p = &t->plan[i];
        struct checked c = {s, row, p, report, record_place(rows, i)};
        p->kind = &lever_kind_list[row->kind];
        p->service = p->to_service = -1;
        if (row->service != NULL)
            p->service = service_find_or(s, row->service, rows, i, report);
        if (row->to_service != NULL)
            p->to_service = service_find_or(s, row->to_service, rows, i, report);
        check_row(&c, rows, i);
    }
}

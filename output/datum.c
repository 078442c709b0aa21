#include "output/datum.h"

#include "models/plan.h"
#include "sim/date.h"
#include "sim/err.h"

#include <math.h>
#include <string.h>

static int
counties_met(const struct reader *r, const struct reader_target *t)
{
    int n = 0;

    for (int k = 0; k < r->n_counties; k++)
        n += t->county_met[k] >= 0.5;
    return n;
}

static double
month_of(int month)
{
    return month == 0 ? NAN : (double)month;
}

int
datum_fill(struct datum *data, struct datum_text *text, const struct reader *r,
    const struct reader_target *t)
{
    const struct reader_county *worst = &r->county[t->worst];
    struct wording words = wording_result(t);

    text->wording = wording_long(&words, false);
    text->wording_zh = wording_long(&words, true);
    const struct datum all[] = {
        {"name", t->name, 0},
        {"title", wording_title(t, false), 0},
        {"title_zh", wording_title(t, true), 0},
        {"indicator", t->indicator, 0},
        {"item", t->item, 0},
        {"unit", t->unit, 0},
        {"area", t->area, 0},
        {"over", t->over, 0},
        {"month_from", NULL, month_of(t->month_from)},
        {"month_to", NULL, month_of(t->month_to)},
        {"since", t->since < 0 ? NULL : date_text(t->since, text->since), NAN},
        {"bound", t->bound, 0},
        {"value", NULL, t->value},
        {"due", date_text(t->due, text->due), 0},
        {"mean", NULL, t->mean},
        {"standard_error", NULL, t->standard_error},
        {"margin", NULL, t->margin},
        {"probability", NULL, t->probability},
        {"verdict", plan_verdict_names[t->verdict], 0},
        {"first_met", t->first_met < 0 ? NULL : date_text(t->first_met, text->first),
            NAN},
        {"counties", NULL, r->n_counties},
        {"counties_met", NULL, counties_met(r, t)},
        {"worst_county", worst->name, 0},
        {"worst_county_zh", worst->name_zh, 0},
        {"worst_county_mean", NULL, t->county_value[t->worst]},
        {"replicates", NULL, r->n_replicates},
        {"source", t->source, 0},
        {"quality", t->quality, 0},
        {"wording", text->wording.text, 0},
        {"wording_zh", text->wording_zh.text, 0},
    };
    int n = (int)(sizeof all / sizeof all[0]);

    BUG_IF(n > DATUM_MOST);
    memcpy(data, all, sizeof all);
    return n;
}

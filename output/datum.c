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

/* 0 stands for none. */
static double
number_or_nan(int n)
{
    return n > 0 ? n : (double)NAN;
}

int
datum_fill(struct datum *data, struct datum_text *text, const struct reader *r,
    const struct reader_target *t)
{
    const struct reader_county *worst = &r->county[t->worst];
    struct wording words = wording_result(t);
    bool ruled = r->most_replicates > 0;

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
        {"month_from", NULL, number_or_nan(t->month_from)},
        {"month_to", NULL, number_or_nan(t->month_to)},
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
        {"probability_lower", NULL, ruled ? t->lower : NAN},
        {"probability_upper", NULL, ruled ? t->upper : NAN},
        {"decided_after", NULL, number_or_nan(t->decided_after)},
        {"error", NULL, ruled ? r->error : NAN},
        {"most_replicates", NULL, number_or_nan(r->most_replicates)},
    };
    int n = (int)(sizeof all / sizeof all[0]);

    BUG_IF(n > DATUM_MOST);
    memcpy(data, all, sizeof all);
    return n;
}

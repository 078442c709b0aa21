#include "models/measure.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/mem.h"

#include <math.h>

static bool
is_flow(const struct setup *s, const char *name)
{
    struct result_row row =
        name == NULL ? (struct result_row){-1, NULL, NULL} : result_find(s, name);

    return row.model >= 0 && row.field->method == FIELD_SUM;
}

void
measure_init(
    struct measure *self, const struct indicator *indicator, const struct setup *s)
{
    size_t n = (size_t)s->n_times;

    *self = (struct measure){.n = s->n_times,
        .top = mem_alloc(n, sizeof *self->top),
        .bottom = mem_alloc(n, sizeof *self->bottom),
        .top_sums = is_flow(s, indicator->numerator),
        .bottom_sums = is_flow(s, indicator->denominator),
        .counts = indicator->denominator == NULL,
        .scale = indicator->scale};
}

void
measure_free(struct measure *self)
{
    mem_free(self->top);
    mem_free(self->bottom);
    *self = (struct measure){0};
}

bool
measure_sums(const struct indicator *indicator, const struct setup *s)
{
    return is_flow(s, indicator->numerator);
}

void
measure_read(struct measure *self, const struct indicator *indicator,
    const struct result *r, struct indicator_part part)
{
    BUG_IF(self->n != r->setup->n_times);
    indicator_parts(indicator, r, part, self->top, self->bottom);
}

double
measure_over(const struct measure *self, int first, int last)
{
    double top = 0.0, bottom = 0.0, n = last - first + 1;

    BUG_IF(first < 0 || first > last || last >= self->n);
    for (int k = first; k <= last; k++) {
        top += self->top[k];
        bottom += self->bottom[k];
    }
    /* Scaled before it is divided, as indicator_value() does: counts are exact. */
    top *= self->scale;
    if (self->counts)
        return self->top_sums ? top : top / n;
    if (bottom == 0.0)
        return NAN;
    if (self->top_sums == self->bottom_sums)
        return top / bottom;
    return self->top_sums ? top * n / bottom : top / (n * bottom);
}

double
measure_window(const struct measure *self, struct measure_span span, int i)
{
    int first = span.first - 12 * i, last = span.last - 12 * i;
    double value = measure_over(self, first, last);

    if (span.lag == 0)
        return value;
    return value - measure_over(self, first - span.lag, last - span.lag);
}

int
measure_time(const struct setup *s, int32_t day)
{
    int time = 0;

    while (time + 1 < s->n_times &&
           s->time[time + 1] / MINUTES_A_DAY <= day + 1 - s->first_day)
        time++;
    return time;
}

int
measure_month(const struct setup *s, int k)
{
    struct date d = date_of(s->first_day);

    return 12 * d.year + d.month - 1 + k - 1;
}

int
measure_first_whole(const struct setup *s)
{
    return date_of(s->first_day).day == 1 ? 1 : 2;
}

int
measure_last_whole(const struct setup *s)
{
    return date_of(s->last_day + 1).day == 1 ? s->n_times - 1 : s->n_times - 2;
}

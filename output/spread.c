#include "output/spread.h"

#include "output/quote.h"
#include "sim/date.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

/* One area at one time, of the replicates in which it is defined. */
static void
fill(struct spread *self, const struct reader_indicator *indicator, int area, int time,
    double *values)
{
    const struct reader *r = self->reader;
    size_t n = 0, at = (size_t)(area * r->n_times + time);

    for (int i = 0; i < r->n_replicates; i++) {
        double x = indicator->value[((size_t)i * (size_t)r->n_times + (size_t)time) *
                                        (size_t)self->n_areas +
                                    (size_t)area];
        if (isfinite(x))
            values[n++] = x;
    }
    self->mean[at] = self->low[at] = self->high[at] = NAN;
    if (n == 0)
        return;
    gsl_sort(values, 1, n);
    self->mean[at] = gsl_stats_mean(values, 1, n);
    self->low[at] = gsl_stats_quantile_from_sorted_data(values, 1, n, 0.05);
    self->high[at] = gsl_stats_quantile_from_sorted_data(values, 1, n, 0.95);
    self->most = fmax(self->most, self->high[at]);
}

void
spread_init(struct spread *self, const struct reader *r,
    const struct reader_indicator *indicator)
{
    *self = (struct spread){.reader = r, .n_areas = 1 + r->n_counties};
    size_t n = (size_t)self->n_areas * (size_t)r->n_times;
    double *values = mem_alloc((size_t)r->n_replicates, sizeof *values);

    self->mean = mem_alloc(n, sizeof *self->mean);
    self->low = mem_alloc(n, sizeof *self->low);
    self->high = mem_alloc(n, sizeof *self->high);
    for (int a = 0; a < self->n_areas; a++)
        for (int t = 0; t < r->n_times; t++)
            fill(self, indicator, a, t, values);
    mem_free(values);
}

void
spread_free(struct spread *self)
{
    mem_free(self->mean);
    mem_free(self->low);
    mem_free(self->high);
    *self = (struct spread){.reader = NULL};
}

void
spread_csv(const struct spread *self, FILE *out)
{
    const struct reader *r = self->reader;
    char date[16];

    fputs("date,year", out);
    for (int a = 0; a < self->n_areas; a++) {
        const char *name = a == 0 ? "prefecture" : r->county[a - 1].name;
        const char *const part[] = {"", " low", " high"};
        for (int i = 0; i < 3; i++) {
            char head[256];
            snprintf(head, sizeof head, "%s%s", name, part[i]);
            fputc(',', out);
            quote_csv(out, head);
        }
    }
    for (int t = 0; t < r->n_times; t++) {
        fprintf(out, "\n%s,%.6f", date_text(r->day[t], date), date_year(r->day[t] + 1));
        for (int a = 0; a < self->n_areas; a++) {
            size_t at = (size_t)(a * r->n_times + t);
            const double part[] = {self->mean[at], self->low[at], self->high[at]};
            for (int i = 0; i < 3; i++) {
                fputc(',', out);
                if (isfinite(part[i]))
                    fprintf(out, "%.10g", part[i]);
            }
        }
    }
    fputc('\n', out);
}

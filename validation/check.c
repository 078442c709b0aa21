#include "validation/check.h"

#include "sim/mem.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdarg.h>

void
check_add(struct check_rows *self, struct check_row row, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(row.label, sizeof row.label, format, args);
    va_end(args);
    if (self->n == self->room) {
        self->room = self->room ? 2 * self->room : 16;
        self->row = mem_grow(self->row, (size_t)self->room, sizeof *self->row);
    }
    self->row[self->n++] = row;
}

void
check_free(struct check_rows *self)
{
    mem_free(self->row);
    exhibit_free(&self->shown);
    *self = (struct check_rows){.n = 0};
}

bool
check_agrees(const struct check_row *row)
{
    double most = CHECK_ERRORS * row->error + row->tolerance;

    return fabs(row->found - row->expected) <= most; /* false when one is NAN */
}

double
check_distance(const struct check_row *row)
{
    return row->error > 0.0 && row->tolerance == 0.0
               ? (row->found - row->expected) / row->error
               : NAN;
}

int
check_wrong(const struct check_rows *self)
{
    int n = 0;

    for (int i = 0; i < self->n; i++)
        n += !check_agrees(&self->row[i]);
    return n;
}

void
check_allowed(const struct check_row *row, char text[CHECK_TEXT])
{
    if (row->error > 0.0 && row->tolerance > 0.0)
        snprintf(text, CHECK_TEXT, "%.2g (± %.2g)", row->error, row->tolerance);
    else if (row->error > 0.0)
        snprintf(text, CHECK_TEXT, "%.2g", row->error);
    else if (row->tolerance > 0.0)
        snprintf(text, CHECK_TEXT, "± %.2g", row->tolerance);
    else
        snprintf(text, CHECK_TEXT, "exact");
}

const struct check_row *
check_furthest(const struct check_rows *rows)
{
    const struct check_row *worst = NULL;
    double most = -1.0;

    for (int i = 0; i < rows->n; i++) {
        const struct check_row *row = &rows->row[i];
        double off = fabs(row->found - row->expected);
        double allowed = CHECK_ERRORS * row->error + row->tolerance;
        double x = off == 0.0 ? 0.0 : off / allowed; /* INFINITY when exact */
        if (isnan(x))
            x = INFINITY;
        if (x > most) {
            worst = row;
            most = x;
        }
    }
    return worst;
}

void
check_gap(const struct check_row *row, char text[CHECK_TEXT])
{
    double z = row == NULL ? NAN : check_distance(row);

    if (row == NULL)
        snprintf(text, CHECK_TEXT, "-");
    else if (!isnan(z))
        snprintf(text, CHECK_TEXT, "%.1f errors", fabs(z));
    else if (row->found == row->expected)
        snprintf(text, CHECK_TEXT, "equal");
    else
        snprintf(text, CHECK_TEXT, "%.4g apart", fabs(row->found - row->expected));
}

void
check_number(double x, char text[CHECK_TEXT])
{
    snprintf(text, CHECK_TEXT, x == floor(x) && fabs(x) < 1e15 ? "%.0f" : "%.8g", x);
}

void
check_print(const struct check_rows *self, FILE *out)
{
    char found[CHECK_TEXT], expected[CHECK_TEXT], allowed[CHECK_TEXT];

    fprintf(out, "%-64s %13s %13s %15s %8s\n", "measure", "found", "closed form",
        "standard error", "errors");
    for (int i = 0; i < self->n; i++) {
        const struct check_row *row = &self->row[i];
        double z = check_distance(row);
        check_number(row->found, found);
        check_number(row->expected, expected);
        check_allowed(row, allowed);
        fprintf(out, "%-64s %13s %13s %15s ", row->label, found, expected, allowed);
        if (isnan(z))
            fprintf(out, "%8s", "-");
        else
            fprintf(out, "%+8.2f", z);
        fprintf(out, "  %s\n", check_agrees(row) ? "agrees" : "DIFFERS");
    }
}

void
check_count(struct check_mean *self, double x)
{
    double off = x - self->mean;

    self->n++;
    self->mean += off / self->n;
    self->square += off * (x - self->mean);
}

double
check_error(const struct check_mean *self)
{
    return sqrt(self->square / (self->n - 1.0) / self->n);
}

double
check_share_error(double p, double n)
{
    double few = n * fmax(fmin(p, 1.0 - p), 0.0), sd = sqrt(few * (1.0 - few / n));
    double rare = gsl_cdf_ugaussian_Q(CHECK_ERRORS);
    unsigned most = 0;

    while (few > 0.0 && few < 100.0 && gsl_cdf_poisson_Q(most, few) > rare)
        most++;
    return fmax(sd, (most - few) / CHECK_ERRORS) / n;
}

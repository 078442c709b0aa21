#include "validation/factors.h"

#include "sim/err.h"

#include <math.h>
#include <string.h>

enum { YEARS = 5, FIRST_YEAR = 1900 };

/* Every number of a parameter, or of a column in the rows that count. */
struct numbers {
    struct variant_table table; /* of a column */
    void *parameter;            /* else */
    const struct field *field;  /* of the numbers */
    int64_t n;                  /* rows; 1 for a parameter */
};

static struct numbers
numbers_of(const struct factor *self, const struct variant *v)
{
    if (self->column == NULL)
        return (struct numbers){.parameter = variant_parameter(v, self->setting),
            .field = self->field,
            .n = 1};
    struct numbers out = {
        .table = variant_table(v, self->setting), .field = self->column};
    out.n = out.table.rows->n;
    return out;
}

static bool
is_low(const char *quality)
{
    return quality == NULL || *quality == '\0' || strcmp(quality, "assumption") == 0 ||
           strcmp(quality, "recalled") == 0;
}

/* The numbers of one row; NULL when its quality is better. */
static void *
row_of(const struct numbers *self, int64_t row)
{
    if (self->parameter != NULL)
        return self->parameter;
    return is_low(*(const char **)variant_cell(&self->table, row, "quality"))
               ? variant_cell(&self->table, row, self->field->name)
               : NULL;
}

static bool
is_path(const struct numbers *self)
{
    return self->field->kind == FIELD_PATH;
}

static int
count_of(const struct numbers *self, const void *row)
{
    return is_path(self) ? (int)((const struct path *)row)->n : self->field->count;
}

static double
value_of(const struct numbers *self, const void *row, int i)
{
    if (is_path(self))
        return ((const struct path *)row)->value[i];
    return self->field->kind == FIELD_INT ? (double)((const int64_t *)row)[i]
                                          : ((const double *)row)[i];
}

/* Within the row's range, when it has one. */
static double
within(const struct field *f, double x)
{
    return f->lo != 0.0 || f->hi != 0.0 ? fmin(fmax(x, f->lo), f->hi) : x;
}

static void
put(const struct numbers *self, void *row, int i, double x)
{
    const struct field *f = self->field;

    x = within(f, x);
    if (is_path(self))
        ((struct path *)row)->value[i] = x;
    else if (f->kind == FIELD_INT)
        ((int64_t *)row)[i] = (int64_t)floor(x + 0.5);
    else
        ((double *)row)[i] = x;
}

static bool
is_zero(const struct numbers *self)
{
    for (int64_t k = 0; k < self->n; k++) {
        const void *row = row_of(self, k);
        for (int i = 0; row != NULL && i < count_of(self, row); i++)
            if (value_of(self, row, i) != 0.0)
                return false;
    }
    return true;
}

static enum factor_kind
kind_of(const struct numbers *self)
{
    const struct field *f = self->field;
    double sum = 0.0, first;

    if (self->parameter == NULL)
        return FACTOR_SCALE;
    first = value_of(self, self->parameter, 0);
    for (int i = 0; i < count_of(self, self->parameter); i++)
        sum += value_of(self, self->parameter, i);
    if (!is_path(self) && f->count > 1 && fabs(sum - 1.0) < 1e-9)
        return FACTOR_SHARES;
    if (f->unit != NULL && strcmp(f->unit, "yr") == 0 && first >= FIRST_YEAR)
        return FACTOR_YEAR;
    return f->kind == FIELD_INT ? FACTOR_WHOLE : FACTOR_SCALE;
}

static void
leave(struct factors *self, const char *name, const char *why)
{
    BUG_IF(self->n_left == FACTORS_MOST);
    struct factor_left *left = &self->left[self->n_left++];
    snprintf(left->name, sizeof left->name, "%s", name);
    snprintf(left->why, sizeof left->why, "%s", why);
}

static void
add(struct factors *self, const struct variant *v, const struct setting *setting,
    const struct field *column)
{
    struct factor f = {
        .quality = setting->quality, .field = setting->field, .column = column};

    snprintf(f.setting, sizeof f.setting, "%s", setting->name);
    snprintf(f.name, sizeof f.name, "%s%s%s", setting->name, column != NULL ? "." : "",
        column != NULL ? column->name : "");
    if (column != NULL)
        f.quality = "row by row";
    struct numbers numbers = numbers_of(&f, v);
    if (is_zero(&numbers)) {
        leave(self, f.name, "0, nothing of it is in this scenario");
        return;
    }
    f.kind = kind_of(&numbers);
    BUG_IF(self->n == FACTORS_MOST);
    self->item[self->n++] = f;
}

/* Columns of real numbers: whole ones are ages, grades and switches, which are rules.
 */
static void
add_table(struct factors *self, const struct variant *v, const struct setting *setting)
{
    const struct field *columns = setting->field->columns;
    struct variant_table table = variant_table(v, setting->name);
    const struct field *quality = field_find(columns, "quality");
    bool low = false;

    for (int64_t i = 0; i < table.rows->n && quality != NULL; i++)
        low |= is_low(*(const char **)variant_cell(&table, i, "quality"));
    if (quality == NULL && table.rows->n > 0 && is_low(setting->quality))
        leave(self, setting->name, "a whole table; what scales it is varied");
    for (const struct field *f = columns; f->name != NULL && low; f++)
        if (f->kind == FIELD_REAL)
            add(self, v, setting, f);
}

void
factors_init(struct factors *self, const struct variant *v)
{
    self->n = self->n_left = 0;
    for (int i = 0; i < v->scenario.n_settings; i++) {
        const struct setting *setting = &v->scenario.setting[i];
        enum field_kind kind = setting->field->kind;
        if (strchr(setting->name, '.') == NULL)
            continue; /* of the run, not of the world */
        if (kind == FIELD_ROWS)
            add_table(self, v, setting);
        else if (!is_low(setting->quality))
            continue;
        else if (kind == FIELD_REAL || kind == FIELD_INT || kind == FIELD_PATH)
            add(self, v, setting, NULL);
        else
            leave(self, setting->name, "no number");
    }
}

/* Share i times (1 + m)^(i - middle), so that later ones gain what earlier ones lose.
 */
static void
tilt(const struct numbers *self, void *row, double m)
{
    int n = count_of(self, row);
    double sum = 0.0, weight[64];

    BUG_IF(n > 64);
    for (int i = 0; i < n; i++)
        sum += weight[i] = value_of(self, row, i) * pow(1.0 + m, i - 0.5 * (n - 1));
    for (int i = 0; i < n; i++)
        put(self, row, i, weight[i] / sum);
}

void
factors_apply(const struct factor *self, struct variant *v, double x)
{
    struct numbers numbers = numbers_of(self, v);
    double m = (2.0 * x - 1.0) * FACTORS_PART;

    if (m == 0.0)
        return;
    for (int64_t k = 0; k < numbers.n; k++) {
        void *row = row_of(&numbers, k);
        if (row != NULL && self->kind == FACTOR_SHARES)
            tilt(&numbers, row, m);
        for (int i = 0; row != NULL && i < count_of(&numbers, row); i++) {
            double value = value_of(&numbers, row, i);
            double step = m * value;
            if (self->kind == FACTOR_SHARES || isnan(value))
                break; /* done; or a number that was left open */
            if (self->kind == FACTOR_YEAR)
                step = m / FACTORS_PART * YEARS;
            if (self->kind == FACTOR_WHOLE && fabs(x - 0.5) == 0.5)
                step = copysign(fmax(fabs(step), 1.0), m);
            put(&numbers, row, i, value + step);
        }
    }
}

int
factors_farther(const struct factor *self, const struct variant *v)
{
    struct numbers numbers = numbers_of(self, v);
    double down = 0.0, up = 0.0;

    for (int64_t k = 0; k < numbers.n && self->kind != FACTOR_SHARES; k++) {
        const void *row = row_of(&numbers, k);
        for (int i = 0; row != NULL && i < count_of(&numbers, row); i++) {
            double x = value_of(&numbers, row, i);
            double step = self->kind == FACTOR_YEAR ? YEARS : FACTORS_PART * x;
            if (isnan(x))
                continue;
            down += x - within(numbers.field, x - step);
            up += within(numbers.field, x + step) - x;
        }
    }
    return down > up * (1.0 + 1e-9) ? 0 : 1;
}

void
factors_text(
    const struct factor *self, const struct variant *v, char text[FACTORS_NAME])
{
    struct numbers numbers = numbers_of(self, v);
    const void *row = NULL;

    for (int64_t k = 0; k < numbers.n && row == NULL; k++)
        row = row_of(&numbers, k);
    int n = row != NULL ? count_of(&numbers, row) : 0;
    snprintf(text, FACTORS_NAME, "%.4g%s", n > 0 ? value_of(&numbers, row, 0) : 0.0,
        n > 1 || numbers.n > 1 ? " ..." : "");
}

int
factors_find(const struct factors *self, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->item[i].name, name) == 0)
            return i;
    return -1;
}

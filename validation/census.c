#include "validation/census.h"

#include "models/axes.h"
#include "sim/err.h"
#include "validation/sheet.h"

struct count {
    int64_t adcode;
    int32_t sex;
    int64_t age_from, age_to, persons;
};

static const struct field columns[] = {
    {FIELD(struct count, adcode), .required = true, .doc = "county"},
    {FIELD_AS(struct count, sex, FIELD_CHOICE), .choices = axes_sexes, .required = true,
        .doc = "sex"},
    {FIELD(struct count, age_from), .required = true, .doc = "first age"},
    {FIELD(struct count, age_to), .required = true, .doc = "last age"},
    {FIELD(struct count, persons), .required = true, .doc = "people counted"},
    {.name = NULL},
};

static struct census_county *
county(struct census *self, int64_t adcode)
{
    for (int i = 0; i < self->n; i++)
        if (self->county[i].adcode == adcode)
            return &self->county[i];
    return NULL;
}

void
census_read(struct census *self, const char *path)
{
    struct sheet sheet;

    sheet_read(&sheet, path, columns, sizeof(struct count));
    self->n = 0;
    for (int64_t i = 0; i < sheet.rows.n; i++) {
        const struct count *row = (const struct count *)sheet.rows.row + i;
        struct census_county *c = county(self, row->adcode);
        if (c == NULL) {
            BUG_IF(self->n == CENSUS_MOST);
            c = &self->county[self->n++];
            *c = (struct census_county){.adcode = row->adcode};
        }
        int group = census_group((int)row->age_from);
        BUG_IF(census_age(group) != row->age_from);
        c->people[row->sex][group] += (double)row->persons;
    }
    sheet_free(&sheet);
}

const struct census_county *
census_find(const struct census *self, int64_t adcode)
{
    for (int i = 0; i < self->n; i++)
        if (self->county[i].adcode == adcode)
            return &self->county[i];
    BUG_IF(self->n >= 0);
    return NULL;
}

int
census_group(int age)
{
    if (age < 5)
        return age > 0;
    return age < 85 ? age / 5 + 1 : CENSUS_GROUPS - 1;
}

int
census_age(int group)
{
    return group < 2 ? group : 5 * (group - 1);
}

double
census_from(const double people[SEXES][CENSUS_GROUPS], int age)
{
    double sum = 0.0;

    for (int sex = 0; sex < SEXES; sex++)
        for (int g = census_group(age); g < CENSUS_GROUPS; g++)
            sum += people[sex][g];
    return sum;
}

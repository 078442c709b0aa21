#include "models/indicator.h"

#include "sim/err.h"

#include <math.h>
#include <string.h>

const struct indicator indicator_list[] = {
    {.name = "beds_per_1000_elders",
        .unit = "1/1000",
        .doc = "beds per 1,000 elders (60+)",
        .zh = "每千名老年人养老床位",
        .numerator = "beds",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "nursing_share",
        .unit = "%",
        .doc = "share of nursing beds in institutions",
        .zh = "护理型床位占比",
        .numerator = "nursing_beds",
        .denominator = "institution_beds",
        .scale = 100.0},
    {.name = "caregivers",
        .unit = "person",
        .doc = "caregivers",
        .zh = "养老护理员人数",
        .numerator = "caregivers",
        .scale = 1.0},
    {.name = "caregivers_per_1000_elders",
        .unit = "1/1000",
        .doc = "caregivers per 1,000 elders (60+)",
        .zh = "每千名老年人养老护理员",
        .numerator = "caregivers",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "occupancy",
        .unit = "%",
        .doc = "share of institution beds in use",
        .zh = "养老机构床位使用率",
        .numerator = "residents",
        .denominator = "institution_beds",
        .scale = 100.0},
    {.name = "residents_per_1000_elders",
        .unit = "1/1000",
        .doc = "residents of institutions per 1,000 elders (60+)",
        .zh = "每千名老年人入住机构人数",
        .numerator = "residents",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "waiting_per_1000_elders",
        .unit = "1/1000",
        .doc = "people waiting for a bed per 1,000 elders (60+)",
        .zh = "每千名老年人等候床位人数",
        .numerator = "waiting",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "elder_share",
        .unit = "%",
        .doc = "share of elders (60+) in the population",
        .zh = "60岁及以上人口占比",
        .numerator = "elders",
        .denominator = "people",
        .scale = 100.0},
    {.name = "disabled_share",
        .unit = "%",
        .doc = "share of the disabled among elders (60+)",
        .zh = "失能老年人占比",
        .numerator = "disabled",
        .denominator = "elders",
        .scale = 100.0},
    {.name = "alone_share",
        .unit = "%",
        .doc = "share of elders (60+) who live alone",
        .zh = "独居老年人占比",
        .numerator = "elders_alone",
        .denominator = "elders",
        .scale = 100.0},
    {.name = NULL},
};

const struct indicator *
indicator_find(const char *name)
{
    for (const struct indicator *i = indicator_list; i->name != NULL; i++)
        if (strcmp(i->name, name) == 0)
            return i;
    return NULL;
}

/* Where a result is asked for: < 0 is all regions, all items. */
struct spot {
    int replicate, time, region, item;
};

/* A result, of regions and items in order of index. */
static double
total(const char *name, const struct result *r, struct spot at)
{
    struct result_row row = result_find(r->setup, name);
    int first = at.region < 0 ? 0 : at.region;
    int last = at.region < 0 ? r->setup->n_regions - 1 : first;
    double sum = 0.0;

    BUG_IF(row.model < 0);
    for (int k = first; k <= last; k++)
        sum += result_sum(
            r->setup, row, result_at(r, row.model, at.replicate, at.time, k), at.item);
    return sum;
}

double
indicator_value(const struct indicator *self, const struct result *r, int replicate,
    int time, int region, int item)
{
    struct spot at = {replicate, time, region, item};

    /* Scaled before it is divided: counts are exact, so that 29 of 100 is 29 %, no
     * less. */
    double value = self->scale * total(self->numerator, r, at);

    if (self->denominator == NULL)
        return value;
    double base = total(self->denominator, r, at);
    return base == 0.0 ? NAN : value / base;
}

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
    {.name = "guests",
        .unit = "person",
        .doc = "seasonal elders who are there",
        .zh = "在住旅居老年人",
        .numerator = "guests",
        .scale = 1.0},
    {.name = "guest_nights",
        .unit = "day",
        .doc = "days and nights that seasonal elders spent",
        .zh = "旅居老年人住宿夜次",
        .numerator = "guest_nights",
        .scale = 1.0},
    {.name = "private_bed_share",
        .unit = "%",
        .doc = "share of home beds that are run privately",
        .zh = "社会力量运营床位占比",
        .numerator = "private_beds",
        .denominator = "institution_beds",
        .scale = 100.0},
    {.name = "new_beds",
        .unit = "bed",
        .doc = "beds that were added",
        .zh = "新增床位",
        .numerator = "new_beds",
        .scale = 1.0},
    {.name = "new_nursing_share",
        .unit = "%",
        .doc = "share of nursing beds among new public beds",
        .zh = "新增公办床位护理型占比",
        .numerator = "new_public_nursing",
        .denominator = "new_public_beds",
        .scale = 100.0},
    {.name = "construction",
        .unit = "CNY",
        .doc = "cost of the projects that opened",
        .zh = "建设投资",
        .numerator = "construction",
        .scale = 1.0},
    {.name = "places",
        .unit = "1",
        .doc = "places (beds) of a service",
        .zh = "服务容量",
        .numerator = "places",
        .scale = 1.0},
    {.name = "places_per_1000_elders",
        .unit = "1/1000",
        .doc = "places of a service, and of what serves it, per 1,000 elders (60+)",
        .zh = "每千名老年人服务容量",
        .numerator = "offered",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "places_per_1000_people",
        .unit = "1/1000",
        .doc = "places of a service, and of what serves it, per 1,000 people",
        .zh = "每千人口服务容量",
        .numerator = "offered",
        .denominator = "people",
        .scale = 1000.0},
    {.name = "sites",
        .unit = "1",
        .doc = "sites of a service",
        .zh = "服务点数",
        .numerator = "sites",
        .scale = 1.0},
    {.name = "large_homes",
        .unit = "1",
        .doc = "sites with at least facility.large beds",
        .zh = "大型机构数",
        .numerator = "large_sites",
        .scale = 1.0},
    {.name = "coverage",
        .unit = "%",
        .doc = "share of communities (townships) with a site of a service",
        .zh = "服务覆盖率",
        .numerator = "covered_units",
        .denominator = "units",
        .scale = 100.0},
    {.name = "users",
        .unit = "person",
        .doc = "users of a service",
        .zh = "服务对象人数",
        .numerator = "users",
        .scale = 1.0},
    {.name = "served_share",
        .unit = "%",
        .doc = "users of a service, and of what serves it, per 100 who may use it",
        .zh = "服务享有率",
        .numerator = "served",
        .denominator = "eligible",
        .scale = 100.0},
    {.name = "admitted",
        .unit = "person",
        .doc = "admissions to a service",
        .zh = "接收人次",
        .numerator = "admitted",
        .scale = 1.0},
    {.name = "new_places",
        .unit = "1",
        .doc = "places of a service that were added",
        .zh = "新增服务容量",
        .numerator = "new_places",
        .scale = 1.0},
    {.name = "new_sites",
        .unit = "1",
        .doc = "sites of a service that were added",
        .zh = "新增服务点",
        .numerator = "new_sites",
        .scale = 1.0},
    {.name = "pieces",
        .unit = "1",
        .doc = "pieces given out",
        .zh = "完成件数",
        .numerator = "pieces",
        .scale = 1.0},
    {.name = "within_90_days",
        .unit = "%",
        .doc = "share of applicants placed within 90 days",
        .zh = "90天内获得服务的比例",
        .numerator = "placed_90",
        .denominator = "decided_90",
        .scale = 100.0},
    {.name = "staff",
        .unit = "person",
        .doc = "staff of a kind",
        .zh = "从业人员数",
        .numerator = "staff",
        .scale = 1.0},
    {.name = "staff_per_1000_elders",
        .unit = "1/1000",
        .doc = "staff of a kind per 1,000 elders (60+)",
        .zh = "每千名老年人从业人员",
        .numerator = "staff",
        .denominator = "elders",
        .scale = 1000.0},
    {.name = "trained",
        .unit = "person",
        .doc = "people who finished training, staff certified in their post",
        .zh = "完成培训人数",
        .numerator = "schooled",
        .scale = 1.0},
    {.name = "certified_share",
        .unit = "%",
        .doc = "share of staff of a kind with a certificate",
        .zh = "持证率",
        .numerator = "certified",
        .denominator = "staff",
        .scale = 100.0},
    {.name = "unmet_hours_share",
        .unit = "%",
        .doc = "share of the hours of care needed that nobody gives",
        .zh = "未满足照护时数占比",
        .numerator = "hours_unmet",
        .denominator = "hours_needed",
        .scale = 100.0},
    {.name = "spending",
        .unit = "CNY",
        .doc = "money that an account pays for care",
        .zh = "养老支出",
        .numerator = "paid",
        .scale = 0.01},
    {.name = "spending_share",
        .unit = "%",
        .doc = "share of an account's budget that goes to care",
        .zh = "资金用于养老的比例",
        .numerator = "paid",
        .denominator = "budget",
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
total(struct result_row row, const struct result *r, struct spot at)
{
    int first = at.region < 0 ? 0 : at.region;
    int last = at.region < 0 ? r->setup->n_regions - 1 : first;
    double sum = 0.0;

    for (int k = first; k <= last; k++)
        sum += result_sum(
            r->setup, row, result_at(r, row.model, at.replicate, at.time, k), at.item);
    return sum;
}

static struct result_row
row_of(const struct result *r, const char *name)
{
    struct result_row row = result_find(r->setup, name);

    BUG_IF(row.model < 0);
    return row;
}

void
indicator_parts(const struct indicator *self, const struct result *r,
    struct indicator_part part, double *top, double *bottom)
{
    const char *const name[] = {self->numerator, self->denominator};
    double *const out[] = {top, bottom};

    for (int i = 0; i < 2; i++) {
        if (name[i] == NULL) {
            for (int k = 0; k < r->setup->n_times; k++)
                out[i][k] = 1.0;
            continue;
        }
        struct result_row row = row_of(r, name[i]);
        for (int k = 0; k < r->setup->n_times; k++)
            out[i][k] =
                total(row, r, (struct spot){part.replicate, k, part.region, part.item});
    }
}

double
indicator_ratio(const struct indicator *self, double top, double bottom)
{
    /* Scaled before it is divided: counts are exact, so that 29 of 100 is 29 %, no
     * less. */
    double value = self->scale * top;

    if (self->denominator == NULL)
        return value;
    return bottom == 0.0 ? NAN : value / bottom;
}

double
indicator_value(const struct indicator *self, const struct result *r, int replicate,
    int time, int region, int item)
{
    struct spot at = {replicate, time, region, item};
    double top = total(row_of(r, self->numerator), r, at);

    return indicator_ratio(self, top,
        self->denominator == NULL ? 1.0 : total(row_of(r, self->denominator), r, at));
}

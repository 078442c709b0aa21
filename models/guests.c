#include "models/guests.h"

#include "models/cases.h"
#include "models/models.h"
#include "models/rounds.h"
#include "models/stock.h"

int32_t
guests_take(struct region *r, int desk)
{
    struct desk *d = &cases_of(r)->desk[desk];
    const struct service_tab *t = service_of(r->setup);

    for (int32_t k = 0; k < d->n; k++) {
        int32_t i = d->supplier[k];
        struct facility *x = &facility_of(r)->row[i];
        if (!t->row[x->service].guests || !x->operating ||
            !station_open(&d->line[BED_ORDINARY]) ||
            x->used[BED_ORDINARY] >=
                service_slots(&t->row[x->service], x->bed[BED_ORDINARY]))
            continue;
        station_take(&d->line[BED_ORDINARY], region_now(r));
        x->used[BED_ORDINARY]++;
        return i;
    }
    return -1;
}

void
guests_leave(struct region *r, int32_t facility)
{
    const struct service_tab *t = service_of(r->setup);
    int desk = t->desk[facility_of(r)->row[facility].service];

    station_release(&cases_of(r)->desk[desk].line[BED_ORDINARY], region_now(r));
    bool changed = stock_vacate(r, facility, BED_ORDINARY);
    if (!facility_of(r)->row[facility].operating)
        return; /* it is closing: nobody may be offered the place */
    if (changed)
        region_signal(r, SIGNAL_BEDS, (uint32_t)facility);
    rounds_at_once(r, desk);
}

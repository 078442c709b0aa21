#include "models/stock.h"

#include "models/models.h"
#include "sim/err.h"

int32_t
stock_add(struct region *r, const struct facility *as)
{
    struct facilities *f = facility_of(r);

    BUG_IF(as->service < 0 || as->open);
    if (f->n == f->room) {
        f->room = f->room ? 2 * f->room : 16;
        f->row = mem_grow(f->row, (size_t)f->room, sizeof *f->row);
    }
    f->row[f->n] = *as;
    return f->n++;
}

/* What was there at the start is not new. */
static void
count_new(struct region *r, const struct facility *x, int bed, int64_t n)
{
    struct service_out *out = service_results(r, x->service);
    struct facility_out *all = r->out[MODELS_FACILITY];
    const struct service_row *row = &service_of(r->setup)->row[x->service];

    if (x->since < 0 && region_now(r) == 0)
        return;
    out->new_places += n;
    out->new_nursing += bed != BED_ORDINARY ? n : 0;
    if (row->kind != RESIDENCE)
        return;
    all->new_beds += n;
    all->new_public_beds += row->owner != OWNER_PRIVATE ? n : 0;
    all->new_public_nursing +=
        row->owner != OWNER_PRIVATE && bed != BED_ORDINARY ? n : 0;
}

void
stock_open(struct region *r, int32_t i)
{
    struct facilities *f = facility_of(r);
    struct facility *x = &f->row[i];

    BUG_IF(x->open);
    if (x->since >= 0 || region_now(r) > 0) {
        x->since = region_now(r);
        service_results(r, x->service)->new_sites += x->homes;
    }
    x->open = true;
    f->sites[x->service] += x->homes;
    for (int b = 0; b < BEDS; b++)
        count_new(r, x, b, x->bed[b]);
}

int32_t
stock_build(struct region *r, const struct facility *as)
{
    int32_t i = stock_add(r, as);

    facility_of(r)->row[i].since = region_now(r);
    stock_open(r, i);
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
    return i;
}

int64_t
stock_extend(struct region *r, int32_t i, int bed, int64_t n)
{
    struct facility *x = &facility_of(r)->row[i];
    const struct service_row *row = &service_of(r->setup)->row[x->service];
    int64_t vacant = x->bed[bed] - service_places(row, x->used[bed]);

    BUG_IF(!x->open);
    if (n < 0 && -n > vacant)
        n = -vacant;
    x->bed[bed] += n;
    if (n > 0)
        count_new(r, x, bed, n);
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
    return n;
}

int64_t
stock_convert(struct region *r, int32_t i, int bed, int64_t n)
{
    struct facility *x = &facility_of(r)->row[i];
    int64_t left = x->bed[BED_ORDINARY];
    int64_t vacant = left - x->used[BED_ORDINARY];

    BUG_IF(!x->open || bed == BED_ORDINARY);
    for (int b = 0; b < BEDS; b++)
        left -= x->becoming[b];
    n = n < left ? n : left;
    int64_t now = n < vacant ? n : vacant;
    x->bed[BED_ORDINARY] -= now;
    x->bed[bed] += now;
    x->becoming[bed] += n - now;
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
    return n;
}

bool
stock_vacate(struct region *r, int32_t i, int bed)
{
    struct facility *x = &facility_of(r)->row[i];

    BUG_IF(x->used[bed] <= 0);
    x->used[bed]--;
    if (bed != BED_ORDINARY)
        return false;
    for (int b = BED_NURSING; b < BEDS; b++)
        if (x->becoming[b] > 0) {
            x->becoming[b]--;
            x->bed[BED_ORDINARY]--;
            x->bed[b]++;
            return true;
        }
    return false;
}

void
stock_close(struct region *r, int32_t i)
{
    struct facilities *f = facility_of(r);

    BUG_IF(!f->row[i].open);
    f->row[i].operating = false;
    for (int b = 0; b < BEDS; b++)
        f->row[i].becoming[b] = 0; /* no longer worth it */
    region_signal(r, SIGNAL_CLOSES, (uint32_t)i);
    struct facility *x = &f->row[i];
    f->sites[x->service] -= x->homes;
    x->open = false;
    for (int b = 0; b < BEDS; b++) {
        BUG_IF(x->used[b] != 0);
        x->bed[b] = 0;
    }
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
}

void
stock_hand_over(struct region *r, int32_t i, int service)
{
    struct facilities *f = facility_of(r);
    struct facility *x = &f->row[i];
    const struct service_tab *t = service_of(r->setup);

    BUG_IF(!x->open || t->desk[x->service] != t->desk[service]);
    f->sites[x->service] -= x->homes;
    f->sites[service] += x->homes;
    x->service = service;
    region_signal(r, SIGNAL_BEDS, (uint32_t)i);
}

#include "models/tariff.h"

#include "models/ledger.h"
#include "models/models.h"

#include <math.h>

static int64_t
fen(double cny)
{
    return (int64_t)floor(cny * 100.0 + 0.5);
}

int64_t
tariff_operating(const struct region *r, int service, int bed, unsigned grade)
{
    if (service_of(r->setup)->row[service].kind != RESIDENCE)
        return 0;
    return fen(ledger_of(r)->operating[(service * BEDS + bed) * GRADES + (int)grade]);
}

double
tariff_wage(const struct region *r, enum staff_kind kind)
{
    const struct ledger_par *par = ledger_par(r);
    const struct workforce *w = r->own[MODELS_WORKFORCE];
    const double wage[STAFF_KINDS] = {[STAFF_CAREGIVER] = par->wage_caregiver,
        [STAFF_HOME_CARER] = par->wage_home_carer,
        [STAFF_SOCIAL_WORKER] = par->wage_social_worker,
        [STAFF_CHILD_CARER] = par->wage_child_carer};

    return 100.0 * wage[kind] * w->staff[kind].wage;
}

double
tariff_others(const struct region *r, enum staff_kind kind)
{
    return kind == STAFF_CAREGIVER ? ledger_par(r)->other_staff : 0.0;
}

int
tariff_kind(const struct service_row *row)
{
    return row->staff - 1; /* `none` comes first */
}

double
tariff_need(const struct service_row *row, unsigned grade)
{
    return tariff_kind(row) < 0 ? 0.0 : 1.0 / row->clients[grade];
}

double
tariff_staff(const struct region *r, int service, unsigned grade)
{
    const struct service_row *row = &service_of(r->setup)->row[service];
    int kind = tariff_kind(row);

    if (kind < 0)
        return 0.0;
    return tariff_need(row, grade) * tariff_wage(r, (enum staff_kind)kind) *
           (1.0 + tariff_others(r, (enum staff_kind)kind));
}

int64_t
tariff_user(const struct region *r, int service, int bed)
{
    const struct ledger_par *par = ledger_par(r);
    const struct service_row *row = &service_of(r->setup)->row[service];

    switch ((enum service_kind)row->kind) {
    case RESIDENCE:
        return fen(par->resident_cost);
    case ATTENDANCE:
        return fen(par->attendance_share * row->price[bed]);
    case VISIT:
        return fen(par->visit_share * row->price[bed]);
    case ONCE:
        return fen(par->piece_share * row->price[bed]);
    case SERVICE_KINDS:
        break;
    }
    return 0;
}

int64_t
tariff_site(const struct region *r, const struct facility *x)
{
    const struct ledger_par *par = ledger_par(r);
    bool home = service_of(r->setup)->row[x->service].kind == RESIDENCE;
    double each = (home ? par->bed_cost : par->place_cost) + (x->lease ? par->rent : 0);
    int64_t places = 0;

    for (int b = 0; b < BEDS; b++)
        places += x->bed[b];
    return places * fen(each);
}

#include "tests/offer.h"

#include <stdio.h>
#include <string.h>

/* Writes a site (or nothing) for a service called `name`. */
static int
write_site(char *to, const char *name, const struct offer *o)
{
    bool home = strcmp(o->kind, "residence") == 0;

    if (strcmp(o->kind, "once") == 0 || strcmp(o->kind, "staff") == 0)
        return 0;
    return sprintf(to, "%s,999001,S,S,%s,1,%d,0,0,%d\n", name, name, home ? o->n : 0,
        home ? 0 : o->n);
}

static int
write_row(char *to, const char *name, const struct offer *o)
{
    bool staffed = strcmp(o->kind, "staff") == 0;

    return sprintf(to,
        "    - {name: %s, kind: %s, need_above: -1, willing_rural: 0.999999, "
        "willing_urban: 0.999999, odds_disabled: 1000, application: 0, patience: "
        "1000000, rule: first_come, discharge: %g, residence: %s%s%s}\n",
        name, staffed ? "visit" : o->kind, o->discharge, o->where,
        staffed ? ", unlimited: 1, staff: home_carer, clients: 1" : "", o->more);
}

void
offer_open(struct ward *w, const struct offer *o, int n, struct offer_folk folk)
{
    char sites[1024], delta[4096], *s = sites, *d = delta;
    int carers = 0;

    s += sprintf(s, "%s", WARD_SITES);
    d += sprintf(d, "base: hall.yaml\nfacility: {facilities: sites.csv}\n");
    for (int i = 0; i < n; i++)
        carers += strcmp(o[i].kind, "staff") == 0 ? o[i].n : 0;
    d += sprintf(d,
        "workforce: {home_carers: %d, quits_home: 0, retires: 200}\nservice:\n  "
        "services:\n",
        carers);
    for (int i = 0; i < n; i++) {
        const char name[] = {(char)('a' + i), '\0'};
        s += write_site(s, name, &o[i]);
        d += write_row(d, name, &o[i]);
    }
    ward_write(w, sites);
    hall_people(&w->scratch, folk.elders, folk.death);
    ward_open(w, delta, NULL, 0, folk.replicate);
    for (int i = 0; i < n; i++)
        if (strcmp(o[i].kind, "once") == 0)
            care_add_pieces(
                &w->region, ward_service(w, (char[]){(char)('a' + i), '\0'}), o[i].n);
}

#include "models/pot.h"

#include "models/ledger.h"
#include "models/models.h"

#include <math.h>

enum { SHARERS = 3 }; /* prefecture, province, lottery */

struct shares {
    double of[SHARERS];
};

static struct shares
shares_of(const struct ledger_par *par, enum pot pot)
{
    const struct shares all[POTS] = {
        [POT_SUPPORT] = {{par->support_prefecture, par->support_province,
            par->support_lottery}},
        [POT_SUBSIDY] = {{par->subsidy_prefecture, par->subsidy_province,
            par->subsidy_lottery}},
        [POT_BUILDING] = {{par->building_prefecture, par->building_province,
            par->building_lottery}},
    };

    return all[pot];
}

/* Each bears what is due up to it less what is due up to the one before. */
void
pot_pay(struct region *r, enum pot pot, int to, int purpose, int64_t fen)
{
    struct shares x = shares_of(ledger_par(r), pot);
    int64_t borne = 0;
    double share = 0.0;

    for (int i = 0; i < SHARERS; i++) {
        share += x.of[i];
        int64_t upto = (int64_t)floor((double)fen * share + 0.5);
        upto = upto < fen ? upto : fen;
        ledger_pay(r, ACCOUNT_PREFECTURE + i, to, purpose, upto - borne);
        borne = upto;
    }
    ledger_pay(r, ACCOUNT_COUNTY, to, purpose, fen - borne);
}

void
pot_check(const struct setup *s, struct report *report)
{
    static const char *const first[POTS] = {"ledger.support_prefecture",
        "ledger.subsidy_prefecture", "ledger.building_prefecture"};

    for (int i = 0; i < POTS; i++) {
        struct shares x = shares_of(s->par[MODELS_LEDGER], (enum pot)i);
        double sum = x.of[0] + x.of[1] + x.of[2];
        if (sum > 1.0 + 1e-9)
            report_mistake(report, setup_place(s, first[i]),
                "shares of prefecture, province and lottery add up to %g, expected at "
                "most 1",
                sum);
    }
}

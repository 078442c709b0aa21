/*
 * ledger.h - the money of care: who paid whom for what, double entry, to the fen.
 *
 * Every payment takes from one account and gives to another, so that all accounts of a
 * county sum to zero; every observation checks it. Bills are made once a month, in its
 * last minute (models/billing.h): whoever uses a service then pays for the month. Rates
 * that levers change live here, by county.
 */
#ifndef MODELS_LEDGER_H
#define MODELS_LEDGER_H

#include "models/payment.h"
#include "models/service.h"

struct ledger_par {
    /* shares of public money that others than the county bear, see models/pot.h */
    double support_prefecture, support_province, support_lottery;
    double subsidy_prefecture, subsidy_province, subsidy_lottery;
    double building_prefecture, building_province, building_lottery;
    double destitute_covered, deficit_covered;
    double operating_public, operating_handed_over, operating_private; /* CNY/month */
    double operating_bed[BEDS], operating_grade[GRADES];
    double build_subsidy, build_lease; /* CNY/bed; share */
    double premium, premium_household, fund,
        benefit_cap; /* CNY/yr, 1, CNY, CNY/month */
    int64_t insurance_may_owe;
    double wage_caregiver, wage_home_carer, wage_social_worker, wage_child_carer;
    double other_staff, idle_paid;
    double bed_cost, resident_cost, place_cost, rent; /* CNY/month */
    double attendance_share, visit_share, piece_share;
    double budget_county, budget_prefecture, budget_province; /* CNY/yr */
    double budget_lottery, budget_charity;
};

/* Of a month, fen. */
struct ledger_out {
    int64_t paid[ACCOUNTS], received[ACCOUNTS], budget[ACCOUNTS];
    int64_t spent[PURPOSES], paid_for[PAYERS * PURPOSES];
    int64_t insurance_fund, benefits_cut;
};

/* Prepared. */
struct ledger_tab {
    double *share; /* [n_regions] of people aged 60 and over, for budgets */
    int32_t
        *purpose; /* [services] of public money for users, or PURPOSES: by its kind */
};

/* Parts of fees, fen; see service_fee(). */
struct ledger_bill {
    int64_t own, insured, subsidised;
};

/* In region.own[MODELS_LEDGER]. */
struct ledger {
    int64_t paid[ACCOUNTS], received[ACCOUNTS], spent[PURPOSES]; /* since the start */
    int64_t opening;      /* fen in the insurance fund at the start */
    double build_subsidy; /* CNY a new private bed */
    double *operating;    /* [services][BEDS][GRADES] CNY/month; owned */
    int32_t *piece;       /* [services][GRADES][INCOMES] since the last bill; owned */
    struct ledger_bill (*bill)[2]; /* [services] the destitute's, others'; of billing;
                                      owned */
    int64_t *beds;                 /* [rows] most beds that a facility has had; owned */
    int32_t rows, room;
    bool counted; /* the beds of the start */
};

struct ledger *ledger_of(const struct region *r);
const struct ledger_par *ledger_par(const struct region *r);

/* One payment of `fen` >= 0 between two accounts, now. */
void ledger_pay(struct region *r, int from, int to, int purpose, int64_t fen);

/* A piece of a service of kind once has been given out; billed at the month's end. */
void ledger_piece(struct region *r, int service, unsigned grade, unsigned income);

/* What the insurance fund holds, fen; < 0 when it owes. */
int64_t ledger_fund(const struct region *r);

/* From now on: CNY for each new bed of a private home, `build_lease` of it when the
 * building is leased; CNY/month for an occupied bed from a grade on. */
void ledger_set_build_subsidy(struct region *r, double cny);
void ledger_set_operating(
    struct region *r, int service, int bed, unsigned grade_from, double cny);

#endif

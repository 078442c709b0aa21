#include "models/lever_kind.h"

#include "models/lever_people.h"
#include "models/lever_stock.h"
#include "models/lever_terms.h"

/* clang-format off */
#define LIST(E)                                                                  \
    E(build) E(extend) E(convert) E(merge) E(close) E(hand_over) E(open)         \
    E(recruit) E(train) E(wage) E(subsidise) E(build_subsidy) E(insure)          \
    E(retrofit) E(priority) E(eligibility) E(price) E(willingness) E(visit)
#define NAME(kind) #kind,
#define INDEX(kind) KIND_##kind,
/* clang-format on */

enum { LIST(INDEX) KINDS };
const char *const lever_kind_names[KINDS + 1] = {LIST(NAME) NULL};

enum { WHOM = LEVER_INCOME | LEVER_GRADE, SITES = LEVER_AMOUNT | LEVER_HOMES };

#define BUILDING .purpose = PAY_CONSTRUCTION, .to = ACCOUNT_BUILDERS
#define TRAINING .purpose = PAY_TRAINING, .to = ACCOUNT_SUPPLIERS

const struct lever_kind lever_kind_list[KINDS + 1] = {
    [KIND_build] = {.name = "build",
        .doc = "new sites (`homes`, 1 unless given) with `amount` places or beds",
        .unit = "place",
        .effect = "places that opened",
        .needs = LEVER_SERVICE | LEVER_AMOUNT,
        .takes = LEVER_HOMES | LEVER_BED | LEVER_LEASE | LEVER_COST,
        .asks = LEVER_OF_PLACES,
        .sites = true,
        .places = true,
        BUILDING,
        .deliver = lever_stock_build},
    [KIND_extend] = {.name = "extend",
        .doc = "more places or beds at sites that stand, the smallest first; visits "
               "need no site to begin with",
        .unit = "place",
        .effect = "places added",
        .needs = LEVER_SERVICE | LEVER_AMOUNT,
        .takes = LEVER_BED | LEVER_COST,
        .asks = LEVER_OF_PLACES,
        BUILDING,
        .deliver = lever_stock_extend},
    [KIND_convert] = {.name = "convert",
        .doc = "`amount` ordinary beds become beds of type `bed`; or `homes` sites "
               "close and open again, after `lag`, as sites of `to_service`",
        .unit = "place",
        .effect = "beds or places that change",
        .needs = LEVER_SERVICE,
        .either = LEVER_BED | LEVER_TO_SERVICE,
        .takes = SITES | LEVER_COST,
        .asks = LEVER_OF_PLACES,
        .sites = true,
        BUILDING,
        .deliver = lever_stock_convert},
    [KIND_merge] = {.name = "merge",
        .doc = "sites close, a neighbour (of `to_service` where given) grows by as "
               "many beds as were in use",
        .unit = "site",
        .effect = "sites merged into others",
        .needs = LEVER_SERVICE,
        .either = SITES,
        .takes = LEVER_TO_SERVICE | LEVER_COST,
        .asks = LEVER_OF_PLACES | LEVER_SAME_DESK,
        .sites = true,
        BUILDING,
        .deliver = lever_stock_merge},
    [KIND_close] = {.name = "close",
        .doc = "sites close; users go to other sites or to the head of the line",
        .unit = "site",
        .effect = "sites closed",
        .needs = LEVER_SERVICE,
        .either = SITES,
        .takes = LEVER_COST,
        .asks = LEVER_OF_PLACES,
        .sites = true,
        BUILDING,
        .deliver = lever_stock_close},
    [KIND_hand_over] = {.name = "hand_over",
        .doc = "sites become sites of `to_service`, with their users",
        .unit = "site",
        .effect = "sites handed over",
        .needs = LEVER_SERVICE | LEVER_TO_SERVICE,
        .either = SITES,
        .takes = LEVER_COST,
        .asks = LEVER_OF_PLACES | LEVER_SAME_DESK,
        .sites = true,
        BUILDING,
        .deliver = lever_stock_hand_over},
    [KIND_open] = {.name = "open",
        .doc = "vacant places are open to every income class; the share 1 - `value` is "
               "kept for the destitute",
        .unit = "person-month",
        .effect = "users and applicants who could not be without it, at month ends",
        .needs = LEVER_SERVICE | LEVER_VALUE,
        .asks = LEVER_SHARE,
        .apply = lever_terms_open,
        .differs = lever_terms_people},
    [KIND_recruit] = {.name = "recruit",
        .doc = "people begin training as `staff`",
        .unit = "person",
        .effect = "people who began training",
        .needs = LEVER_STAFF | LEVER_AMOUNT,
        .takes = LEVER_COST,
        TRAINING,
        .deliver = lever_people_recruit},
    [KIND_train] = {.name = "train",
        .doc = "staff get the certificate, longest in service first",
        .unit = "person",
        .effect = "staff certified",
        .needs = LEVER_STAFF | LEVER_AMOUNT,
        .takes = LEVER_COST,
        TRAINING,
        .deliver = lever_people_train},
    [KIND_wage] = {.name = "wage",
        .doc = "the wage of `staff` is `value` times that of the start",
        .unit = "person",
        .effect = "quits fewer, as the rates expect",
        .needs = LEVER_STAFF | LEVER_VALUE,
        .takes = LEVER_RAMP,
        .asks = LEVER_POSITIVE,
        .apply = lever_terms_wage,
        .differs = lever_terms_quits},
    [KIND_subsidise] = {.name = "subsidise",
        .doc = "`value` CNY a month more for each user, off the fee; with `bed`, for "
               "each such bed in use, to the operator",
        .unit = "CNY",
        .effect = "fees and beds subsidised, at month ends",
        .needs = LEVER_SERVICE | LEVER_VALUE,
        .takes = WHOM | LEVER_BED | LEVER_RAMP,
        .pays = true,
        .apply = lever_terms_subsidise,
        .differs = lever_terms_subsidised},
    [KIND_build_subsidy] = {.name = "build_subsidy",
        .doc = "at least `value` CNY for each new bed of a private home, less on lease "
               "(ledger.build_lease)",
        .unit = "CNY",
        .effect = "new beds subsidised",
        .needs = LEVER_VALUE,
        .takes = LEVER_SERVICE | LEVER_RAMP,
        .asks = LEVER_OF_PRIVATE,
        .pays = true,
        .apply = lever_terms_build_subsidy,
        .differs = lever_terms_new_beds},
    [KIND_insure] = {.name = "insure",
        .doc =
            "insurance pays the share `value` of the fee of users from `grade_from` on",
        .unit = "CNY",
        .effect = "fees insured, at month ends",
        .needs = LEVER_SERVICE | LEVER_VALUE | LEVER_GRADE,
        .takes = LEVER_RAMP,
        .asks = LEVER_SHARE,
        .pays = true,
        .apply = lever_terms_insure,
        .differs = lever_terms_insured},
    [KIND_retrofit] = {.name = "retrofit",
        .doc = "`amount` pieces of a service to be given out, while it lasts only to "
               "whom `income_to` and `grade_from` say",
        .unit = "piece",
        .effect = "pieces given out",
        .needs = LEVER_SERVICE | LEVER_AMOUNT,
        .takes = WHOM | LEVER_COST,
        .asks = LEVER_OF_PIECES | LEVER_OF_DESK,
        .purpose = PAY_RETROFIT,
        .to = ACCOUNT_SUPPLIERS,
        .deliver = lever_people_retrofit,
        .apply = lever_terms_narrow},
    [KIND_priority] = {.name = "priority",
        .doc = "free places are offered by another `rule`",
        .unit = "person-month",
        .effect = "applicants whose place in the line is another, at month ends",
        .needs = LEVER_SERVICE | LEVER_RULE,
        .asks = LEVER_OF_DESK,
        .apply = lever_terms_priority,
        .differs = lever_terms_order},
    [KIND_eligibility] = {.name = "eligibility",
        .doc = "the service is for others: up to `income_to`, from `grade_from` on",
        .unit = "person-month",
        .effect = "users and applicants who could not be without it, at month ends",
        .needs = LEVER_SERVICE,
        .either = WHOM,
        .apply = lever_terms_eligibility,
        .differs = lever_terms_people},
    [KIND_price] = {.name = "price",
        .doc = "the fee is `value` times that of the start",
        .unit = "CNY",
        .effect = "fees of users more (less: < 0), at month ends",
        .needs = LEVER_SERVICE | LEVER_VALUE,
        .takes = LEVER_RAMP,
        .apply = lever_terms_price,
        .differs = lever_terms_fees},
    [KIND_willingness] = {.name = "willingness",
        .doc = "the odds of being willing are `value` times as high",
        .unit = "person-month",
        .effect = "users and applicants who would not be without it, at month ends",
        .needs = LEVER_SERVICE | LEVER_VALUE,
        .takes = LEVER_RAMP,
        .asks = LEVER_OF_DESK,
        .apply = lever_terms_willingness,
        .differs = lever_terms_people},
    [KIND_visit] = {.name = "visit",
        .doc = "each year the share `value` of people in need without any care (of "
               "those `service` is for) are found and consider every service anew",
        .unit = "person",
        .effect = "people found who then apply",
        .needs = LEVER_VALUE,
        .takes = LEVER_SERVICE | WHOM,
        .asks = LEVER_SHARE,
        .month = lever_people_visit},
    [KINDS] = {.name = NULL},
};

bool
lever_kind_works(const struct lever_kind *self, const struct lever_row *row)
{
    return self == &lever_kind_list[KIND_convert] && row->to_service != NULL;
}

bool
lever_kind_of_sites(const struct lever_kind *self, const struct lever_row *row)
{
    return self == &lever_kind_list[KIND_convert] ? row->to_service != NULL
                                                  : self->sites;
}

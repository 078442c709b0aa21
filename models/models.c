#include "models/models.h"

extern const struct model county_model, grade_model, mortality_model, fertility_model,
    migration_model, population_model, household_model, service_model, ledger_model,
    workforce_model, facility_model, care_model, market_model, sojourn_model,
    lever_model, plan_model;

const struct model *const models_list[MODELS_COUNT + 1] = {
    [MODELS_COUNTY] = &county_model,
    [MODELS_GRADE] = &grade_model,
    [MODELS_MORTALITY] = &mortality_model,
    [MODELS_FERTILITY] = &fertility_model,
    [MODELS_POPULATION] = &population_model,
    [MODELS_MIGRATION] = &migration_model,
    [MODELS_HOUSEHOLD] = &household_model,
    [MODELS_SERVICE] = &service_model,
    [MODELS_LEDGER] = &ledger_model,
    [MODELS_WORKFORCE] = &workforce_model,
    [MODELS_FACILITY] = &facility_model,
    [MODELS_CARE] = &care_model,
    [MODELS_MARKET] = &market_model,
    [MODELS_SOJOURN] = &sojourn_model,
    [MODELS_LEVER] = &lever_model,
    [MODELS_PLAN] = &plan_model,
};

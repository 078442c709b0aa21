/*
 * payment.h - between whom money goes and what for: accounts, purposes, their labels.
 */
#ifndef MODELS_PAYMENT_H
#define MODELS_PAYMENT_H

#include "sim/field.h"

/* Payers first, who put money in; then those who run care, and whom they pay. */
enum payment_account {
    ACCOUNT_HOUSEHOLD,
    ACCOUNT_COUNTY,
    ACCOUNT_PREFECTURE,
    ACCOUNT_PROVINCE,
    ACCOUNT_LOTTERY, /* public-welfare fund of the welfare lottery */
    ACCOUNT_CHARITY,
    ACCOUNT_INSURANCE, /* long-term-care insurance fund */
    PAYERS,
    ACCOUNT_PUBLIC = PAYERS, /* operators, in the order of enum service_owner */
    ACCOUNT_HANDED_OVER,
    ACCOUNT_PRIVATE,
    ACCOUNT_STAFF,
    ACCOUNT_BUILDERS,
    ACCOUNT_SUPPLIERS, /* food, energy, rent, materials */
    ACCOUNTS
};

enum payment_purpose {
    PAY_CONSTRUCTION,
    PAY_BUILD_SUBSIDY,
    PAY_OPERATING, /* subsidy of occupied beds */
    PAY_SERVICE,   /* public part of a fee, ... */
    PAY_CANTEEN,   /* ... of a canteen's */
    PAY_FEE,       /* by households, and by the public for the destitute */
    PAY_BENEFIT,   /* insurance's part of a fee */
    PAY_PREMIUM,
    PAY_WAGE,
    PAY_RUNNING,
    PAY_TRAINING,
    PAY_RETROFIT, /* home adaptations and devices */
    PAY_CARER,    /* support of family carers */
    PAY_DEFICIT,  /* of public operators */
    PAY_OTHER,
    PURPOSES
};

/* Labelled dimensions of results: [ACCOUNTS], [PAYERS], [PURPOSES]. */
extern const struct axis payment_accounts, payment_payers, payment_purposes;

/* Names for FIELD_CHOICE of who pays: county, prefecture, province, lottery, charity,
 * insurance, operator; ends with NULL. */
extern const char *const payment_choices[];

/* The account that such a choice means, for a site of an owner. */
int payment_choice(int choice, int owner);

/* What public money for users of a service of that name is for, or PURPOSES when the
 * name says nothing about it. */
int32_t payment_purpose(const char *service);

#endif

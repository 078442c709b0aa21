/*
 * shop.h - a model with a row of every kind, for tests of the input.
 */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H

#include "sim/model.h"

enum { SHOP_AGES = 3 };

struct shop_item {
    const char *name;
    double price;  /* CNY */
    int64_t count; /* piece */
    int32_t since; /* days since 1970-01-01 */
    int32_t kind;  /* 0 public, 1 private */
    double size[3];
    int64_t sold[2];
};

struct shop_par {
    double rate, ages[SHOP_AGES];
    int64_t staff, steps[2];
    const char *label;
    int32_t opened, kind;
    struct path trend;
    struct rows items; /* of struct shop_item */
    struct rows spare; /* likewise, keyed */
};

/* Named "shop": `label` and `items` are required. "till" has one row, `fee`. */
extern const struct model shop_model, shop_till;

/* shop, a model without parameters, till. */
extern const struct model *const shop_models[];

#endif

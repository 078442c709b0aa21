#include "tests/shop.h"

static const char *const kinds[] = {"public", "private", NULL};

static const struct field item_table[] = {
    {FIELD(struct shop_item, name), .doc = "name of the item", .required = true},
    {FIELD(struct shop_item, price), .unit = "CNY", .doc = "price", .required = true,
        .hi = 1e8},
    {FIELD(struct shop_item, count), .unit = "piece", .doc = "how many there are",
        .def = 1, .hi = 50},
    {FIELD_AS(struct shop_item, since, FIELD_DATE), .doc = "sold since"},
    {FIELD_AS(struct shop_item, kind, FIELD_CHOICE), .doc = "whose", .choices = kinds},
    {FIELD(struct shop_item, size), .unit = "m", .doc = "sides", .def = 0.5, .hi = 9},
    {FIELD(struct shop_item, sold), .unit = "piece", .doc = "sold on two days"},
    {.name = NULL},
};

static const struct field par_table[] = {
    {FIELD(struct shop_par, rate), .unit = "1/yr", .doc = "rate of sale", .def = 0.5,
        .hi = 10, .source = "a book", .quality = "published_estimate"},
    {FIELD(struct shop_par, ages), .unit = "yr", .doc = "ages of keepers", .def = 40},
    {FIELD(struct shop_par, staff), .unit = "person", .doc = "who works there",
        .def = 2, .lo = -5, .hi = 0x1p53},
    {FIELD(struct shop_par, steps), .unit = "1", .doc = "steps at the door"},
    {FIELD(struct shop_par, label), .doc = "what it is called", .required = true},
    {FIELD_AS(struct shop_par, opened, FIELD_DATE), .doc = "first day", .lo = 0,
        .hi = 20000},
    {FIELD_AS(struct shop_par, kind, FIELD_CHOICE), .doc = "whose", .choices = kinds},
    {FIELD(struct shop_par, trend), .unit = "1", .doc = "trend", .def = 1, .hi = 2},
    {FIELD(struct shop_par, items), .doc = "what it sells", .required = true,
        .columns = item_table, .row_size = sizeof(struct shop_item)},
    {FIELD(struct shop_par, spare), .doc = "what lies in the cellar",
        .columns = item_table, .row_size = sizeof(struct shop_item), .keyed = true},
    {.name = NULL},
};

const struct model shop_model = {
    .name = "shop",
    .doc = "a shop",
    .par_size = sizeof(struct shop_par),
    .par = par_table,
};

struct till_par {
    double fee;
};

static const struct field till_table[] = {
    {FIELD(struct till_par, fee), .unit = "CNY", .doc = "fee of a sale", .def = 3},
    {.name = NULL},
};

const struct model shop_till = {
    .name = "till",
    .doc = "a till",
    .par_size = sizeof(struct till_par),
    .par = till_table,
};

static const struct model silent = {.name = "silent", .doc = "has no parameters"};

const struct model *const shop_models[] = {&shop_model, &silent, &shop_till, NULL};

/*
 * lever_stock.h - levers that change sites: each delivers one unit of its row.
 *
 * Which site: public before handed over before private, the smallest first (places a
 * site), then by key. What closes takes sites that stand idle before others; beds are
 * added and changed only where users are taken. A row that stands for several sites
 * lets one go, with its share of places and users.
 */
#ifndef MODELS_LEVER_STOCK_H
#define MODELS_LEVER_STOCK_H

#include "models/lever_kind.h"

/* For struct lever_kind, `deliver`. */
struct lever_done lever_stock_build(struct region *r, int lever, int64_t k);
struct lever_done lever_stock_extend(struct region *r, int lever, int64_t k);
struct lever_done lever_stock_convert(struct region *r, int lever, int64_t k);
struct lever_done lever_stock_merge(struct region *r, int lever, int64_t k);
struct lever_done lever_stock_close(struct region *r, int lever, int64_t k);
struct lever_done lever_stock_hand_over(struct region *r, int lever, int64_t k);

#endif

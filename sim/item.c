#include "sim/item.h"

#include <string.h>

enum { SMALL = 24 }; /* below this, insertion is quickest */

/* One digit of a key: its bits from `shift` on, above `base`. */
struct digit {
    uint64_t base;
    int shift;
    bool low; /* of item.low, as all item.high are equal */
};

static uint64_t
digit_of(struct digit d, struct item a)
{
    return ((d.low ? a.low : a.high) - d.base) >> d.shift;
}

static void
insertion(struct item *a, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct item x = a[i];
        size_t j = i;

        for (; j > 0 && item_less(x, a[j - 1]); j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

/* The digit that splits `a` best into at most `bins`; false when all keys are equal. */
static bool
best_digit(const struct item *a, size_t n, size_t bins, struct digit *d)
{
    uint64_t high_min = UINT64_MAX, high_max = 0, low_min = UINT64_MAX, low_max = 0;

    for (size_t i = 0; i < n; i++) {
        high_min = a[i].high < high_min ? a[i].high : high_min;
        high_max = a[i].high > high_max ? a[i].high : high_max;
    }
    *d = (struct digit){.base = high_min};
    uint64_t range = high_max - high_min;
    if (range == 0) {
        for (size_t i = 0; i < n; i++) {
            low_min = a[i].low < low_min ? a[i].low : low_min;
            low_max = a[i].low > low_max ? a[i].low : low_max;
        }
        *d = (struct digit){.base = low_min, .low = true};
        range = low_max - low_min;
    }
    for (; range >> d->shift >= bins; d->shift++)
        continue;
    return range > 0;
}

/* Scatters `from` into `to` by digit; returns the size of the largest group. */
static uint32_t
scatter(struct item *to, const struct item *from, size_t n, struct digit d, size_t bins,
    uint32_t *count)
{
    uint32_t sum = 0, largest = 0;

    memset(count, 0, bins * sizeof *count);
    for (size_t i = 0; i < n; i++)
        count[digit_of(d, from[i])]++;
    for (size_t i = 0; i < bins; i++) {
        uint32_t c = count[i];

        largest = c > largest ? c : largest;
        count[i] = sum;
        sum += c;
    }
    for (size_t i = 0; i < n; i++)
        to[count[digit_of(d, from[i])]++] = from[i];
    return largest;
}

void
item_sort(struct item *to, struct item *from, size_t n, uint32_t *count)
{
    struct digit d;
    size_t bins = SMALL;

    for (bins = 32; bins < 2 * n && bins < ITEM_DIGITS; bins *= 2)
        continue;
    if (n <= SMALL || !best_digit(from, n, bins, &d)) {
        memcpy(to, from, n * sizeof *to);
        insertion(to, n);
        return;
    }
    if (scatter(to, from, n, d, bins, count) > SMALL)
        for (size_t i = 0, j = 0; i < n; i = j) {
            while (j < n && digit_of(d, to[j]) == digit_of(d, to[i]))
                j++;
            if (j - i > SMALL) {
                memcpy(from + i, to + i, (j - i) * sizeof *to);
                item_sort(to + i, from + i, j - i, count);
            }
        }
    insertion(to, n);
}

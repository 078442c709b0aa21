#include "sim/item.h"

enum {
    SMALL = 24, /* below this, insertion is quickest */
    LEAST_BINS = 32,
    MOST_BINS = 1 << 14 /* their counters fill the cache next to the processor */
};

/* One digit of a key: its bits from `shift` on, above `base`. */
struct digit {
    uint64_t base;
    int shift;
    bool low; /* of item.low, as all item.high are equal */
    size_t bins;
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

        if (x.high > a[i - 1].high)
            continue;
        for (; j > 0 && item_less(x, a[j - 1]); j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
}

size_t
item_counters(size_t n)
{
    size_t bins = LEAST_BINS;

    while (bins < n && bins < MOST_BINS)
        bins *= 2;
    return bins;
}

/* The digit that splits keys of `range` above `base` into about n bins. */
static struct digit
digit_for(uint64_t base, uint64_t range, size_t n, bool low)
{
    struct digit d = {.base = base, .low = low};
    size_t bins = item_counters(n);

    while (range >> d.shift >= bins)
        d.shift++;
    d.bins = (size_t)(range >> d.shift) + 1;
    return d;
}

/* The digit for items of which nothing is known; one bin when all are equal. */
static struct digit
digit_found(const struct item *a, size_t n)
{
    uint64_t least = UINT64_MAX, most = 0;

    for (size_t i = 0; i < n; i++) {
        least = a[i].high < least ? a[i].high : least;
        most = a[i].high > most ? a[i].high : most;
    }
    if (least < most)
        return digit_for(least, most - least, n, false);

    least = UINT64_MAX;
    most = 0;
    for (size_t i = 0; i < n; i++) {
        least = a[i].low < least ? a[i].low : least;
        most = a[i].low > most ? a[i].low : most;
    }
    return digit_for(least, most - least, n, true);
}

/* Scatters `from` into `to` by digit; returns the size of the largest group. */
static uint32_t
scatter(
    struct item *to, const struct item *from, size_t n, struct digit d, uint32_t *count)
{
    uint32_t sum = 0, largest = 0;

    memset(count, 0, d.bins * sizeof *count);
    for (size_t i = 0; i < n; i++)
        count[digit_of(d, from[i])]++;
    for (size_t i = 0; i < d.bins; i++) {
        uint32_t c = count[i];

        largest = c > largest ? c : largest;
        count[i] = sum;
        sum += c;
    }
    for (size_t i = 0; i < n; i++)
        to[count[digit_of(d, from[i])]++] = from[i];
    return largest;
}

static void sort_unknown(struct item *to, struct item *from, size_t n, uint32_t *count);

/* Sorts by `d` and then every group of one digit; the rest is left to insertion. */
static void
sort_by(struct item *to, struct item *from, size_t n, struct digit d, uint32_t *count)
{
    if (scatter(to, from, n, d, count) <= SMALL)
        return;
    for (size_t i = 0, j = 0; i < n; i = j) {
        while (j < n && digit_of(d, to[j]) == digit_of(d, to[i]))
            j++;
        if (j - i > SMALL) {
            memcpy(from + i, to + i, (j - i) * sizeof *to);
            sort_unknown(to + i, from + i, j - i, count);
        }
    }
}

static void
sort_unknown(struct item *to, struct item *from, size_t n, uint32_t *count)
{
    struct digit d = digit_found(from, n);

    if (d.bins > 1)
        sort_by(to, from, n, d, count);
}

void
item_sort(struct item *to, struct item *from, size_t n, int64_t first, int64_t last,
    uint32_t *count)
{
    uint64_t base = (uint64_t)first << 32;

    if (n <= SMALL)
        memcpy(to, from, n * sizeof *to);
    else
        sort_by(to, from, n,
            digit_for(base, (((uint64_t)last << 32) | UINT32_MAX) - base, n, false),
            count);
    insertion(to, n);
}

#include "models/wait.h"

#include <math.h>
#include <string.h>

void
wait_begin(struct wait_counts *self, const struct service_out *month)
{
    *self = (struct wait_counts){.joined = 0};
    memcpy(self->before, month->waiting_since, sizeof self->before);
    memcpy(self->after, month->waiting_since, sizeof self->after);
}

void
wait_add(struct wait_counts *self, const struct service_out *month)
{
    self->joined += month->joined_line;
    for (int k = 0; k < SERVICE_WAITS; k++) {
        self->admitted[k] += month->admitted_after[k];
        self->left[k] += month->left_after[k];
    }
    memcpy(self->after, month->waiting_since, sizeof self->after);
}

void
wait_join(struct wait_counts *self, const struct wait_counts *other)
{
    self->joined += other->joined;
    for (int k = 0; k < SERVICE_WAITS; k++) {
        self->before[k] += other->before[k];
        self->admitted[k] += other->admitted[k];
        self->left[k] += other->left[k];
        self->after[k] += other->after[k];
    }
}

/* The part of `seen` to which something happened; NAN of nobody. */
static double
part(double happened, double seen)
{
    return seen > 0.0 ? happened / seen : (double)NAN;
}

struct wait_shares
wait_shares(const struct wait_counts *self)
{
    struct wait_shares s;
    double reached = (double)self->joined, placed = 0.0, left = 0.0, unplaced = 1.0;

    for (int k = 0; k < SERVICE_WAITS; k++) {
        bool last = k == SERVICE_WAITS - 1;
        double before = (double)self->before[k], after = (double)self->after[k];
        double in = (double)self->admitted[k], out = (double)self->left[k];
        double seen = last ? in + out : reached + (before - after) / 2.0;
        double waiting = 1.0 - placed - left;
        if (waiting > 0.0) {
            placed += waiting * part(in, seen);
            left += waiting * part(out, seen);
        }
        unplaced *= last ? 0.0 : 1.0 - part(in, seen - out / 2.0);
        s.placed[k] = placed;
        s.left[k] = left;
        s.waiting[k] = 1.0 - placed - left;
        s.unplaced[k] = unplaced;
        reached += before - in - out - after;
    }
    return s;
}

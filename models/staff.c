#include "models/staff.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/mem.h"
#include "sim/setup.h"

#include <math.h>
#include <string.h>

void
staff_init(struct staff *self)
{
    *self = (struct staff){.wage = 1.0,
        .pressure = 1.0,
        .due = NEVER,
        .free = STAFF_NONE,
        .first = STAFF_NONE,
        .last = STAFF_NONE};
}

void
staff_free(struct staff *self)
{
    heap_free(&self->levels);
    mem_free(self->row);
    staff_init(self);
}

uint32_t
staff_begin(struct staff *self, uint64_t key)
{
    uint32_t row = self->free, spell = 0;

    if (row != STAFF_NONE) {
        self->free = self->row[row].after;
        spell = self->row[row].spell + 1;
    } else {
        if (self->n == self->room) {
            self->room = self->room ? 2 * self->room : 64;
            self->row = mem_grow(self->row, self->room, sizeof *self->row);
        }
        row = self->n++;
    }
    self->row[row] =
        (struct staff_member){.key = key, .spell = spell, .state = STAFF_TRAINEE};
    self->in_training++;
    return row;
}

static void
free_row(struct staff *self, uint32_t row)
{
    self->row[row].state = STAFF_GONE;
    self->row[row].after = self->free;
    self->free = row;
}

void
staff_drop(struct staff *self, uint32_t row)
{
    BUG_IF(self->row[row].state != STAFF_TRAINEE);
    self->in_training--;
    free_row(self, row);
}

/* To the end of the uncertified. */
static void
line_up(struct staff *self, uint32_t row)
{
    struct staff_member *m = &self->row[row];

    m->before = self->last;
    m->after = STAFF_NONE;
    if (self->last != STAFF_NONE)
        self->row[self->last].after = row;
    else
        self->first = row;
    self->last = row;
}

/* Out of the uncertified, from wherever it stands. */
static void
step_out(struct staff *self, uint32_t row)
{
    const struct staff_member *m = &self->row[row];

    if (m->before != STAFF_NONE)
        self->row[m->before].after = m->after;
    else
        self->first = m->after;
    if (m->after != STAFF_NONE)
        self->row[m->after].before = m->before;
    else
        self->last = m->before;
}

/* The heap orders numbers: those of doubles >= 0 stand in the order of the doubles. */
static struct item
item_for(const struct staff *self, uint32_t row)
{
    const struct staff_member *m = &self->row[row];
    struct item a = {.low = (uint64_t)row << 32 | m->spell};

    memcpy(&a.high, &m->level, sizeof a.high);
    return a;
}

void
staff_join(
    struct staff *self, uint32_t row, double threshold, bool certified, int32_t now)
{
    struct staff_member *m = &self->row[row];

    BUG_IF(m->state != STAFF_TRAINEE || !(threshold > 0.0));
    m->state = STAFF_MEMBER;
    m->certified = certified;
    m->level = staff_hazard(self, now) + threshold;
    heap_push(&self->levels, item_for(self, row));
    self->in_training--;
    self->stock++;
    if (certified)
        self->certified++;
    else
        line_up(self, row);
}

void
staff_leave(struct staff *self, uint32_t row)
{
    BUG_IF(self->row[row].state != STAFF_MEMBER);
    if (self->row[row].certified)
        self->certified--;
    else
        step_out(self, row);
    self->stock--;
    free_row(self, row);
}

double
staff_hazard(const struct staff *self, int32_t now)
{
    BUG_IF(now < self->since);
    return self->hazard + self->rate * ((now - self->since) / MINUTES_A_YEAR);
}

void
staff_change(struct staff *self, double rate, int32_t now)
{
    self->hazard = staff_hazard(self, now);
    self->since = now;
    self->rate = rate;
}

/* When the hazard reaches `level`, rounded up to a whole minute. */
static int32_t
time_of(const struct staff *self, double level)
{
    if (self->rate <= 0.0)
        return NEVER;
    double wait = ceil((level - self->hazard) / self->rate * MINUTES_A_YEAR);
    double t = self->since + fmax(wait, 0.0);

    return t < NEVER ? (int32_t)t : NEVER;
}

uint32_t
staff_next(struct staff *self, int32_t *due)
{
    while (self->levels.n > 0) {
        struct item a = self->levels.item[0];
        uint32_t row = (uint32_t)(a.low >> 32);
        const struct staff_member *m = &self->row[row];
        if (m->state == STAFF_MEMBER && m->spell == (uint32_t)a.low) {
            *due = time_of(self, m->level);
            return row;
        }
        heap_pop(&self->levels); /* left before */
    }
    *due = NEVER;
    return STAFF_NONE;
}

int64_t
staff_certify(struct staff *self, int64_t n)
{
    int64_t done = 0;

    for (; done < n && self->first != STAFF_NONE; done++) {
        uint32_t row = self->first;
        step_out(self, row);
        self->row[row].certified = true;
    }
    self->certified += done;
    return done;
}

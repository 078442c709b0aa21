#include "sim/station.h"

#include "sim/err.h"
#include "sim/mem.h"

void
station_init(struct station *self, int64_t capacity, uint32_t classes)
{
    *self = (struct station){.capacity = capacity, .classes = classes};
    self->head = mem_alloc(classes, sizeof *self->head);
    self->tail = mem_alloc(classes, sizeof *self->tail);
    self->free = STATION_NONE;
    for (uint32_t c = 0; c < classes; c++)
        self->head[c] = self->tail[c] = STATION_NONE;
}

void
station_free(struct station *self)
{
    mem_free(self->head);
    mem_free(self->tail);
    mem_free(self->ticket);
    *self = (struct station){.capacity = 0};
}

void
station_clock(struct station *self, int32_t now)
{
    double d = (double)now - self->since;

    BUG_IF(d < 0.0);
    self->busy_minutes += d * (double)self->busy;
    self->waiting_minutes += d * (double)self->waiting;
    self->since = now;
}

static uint32_t
new_ticket(struct station *self)
{
    if (self->free != STATION_NONE) {
        uint32_t k = self->free;
        self->free = self->ticket[k].next;
        return k;
    }
    if (self->n == self->room) {
        self->room = self->room ? 2 * self->room : 16;
        self->ticket = mem_grow(self->ticket, self->room, sizeof *self->ticket);
    }
    return self->n++;
}

uint32_t
station_join(struct station *self, uint32_t subject, uint32_t class, int32_t now)
{
    return station_rejoin(self, subject, class, now, now);
}

uint32_t
station_rejoin(
    struct station *self, uint32_t subject, uint32_t class, int32_t joined, int32_t now)
{
    BUG_IF(class >= self->classes || joined > now);
    station_clock(self, now);
    uint32_t k = new_ticket(self), before = self->tail[class], next = STATION_NONE;

    while (before != STATION_NONE && self->ticket[before].joined > joined) {
        next = before;
        before = self->ticket[before].before;
    }
    self->ticket[k] = (struct station_ticket){subject, next, before, joined, class};
    *(before == STATION_NONE ? &self->head[class] : &self->ticket[before].next) = k;
    *(next == STATION_NONE ? &self->tail[class] : &self->ticket[next].before) = k;
    self->waiting++;
    self->joined++;
    return k;
}

/* Takes a ticket out of its class's list and gives its row back. */
static void
unlink_ticket(struct station *self, uint32_t k)
{
    struct station_ticket *t = &self->ticket[k];

    if (t->before == STATION_NONE)
        self->head[t->class] = t->next;
    else
        self->ticket[t->before].next = t->next;
    if (t->next == STATION_NONE)
        self->tail[t->class] = t->before;
    else
        self->ticket[t->next].before = t->before;
    t->subject = STATION_NONE;
    t->next = self->free;
    self->free = k;
    self->waiting--;
}

void
station_leave(struct station *self, uint32_t ticket, int32_t now)
{
    station_clock(self, now);
    unlink_ticket(self, ticket);
    self->left++;
}

static uint32_t
first_from(const struct station *self, uint32_t class)
{
    for (; class < self->classes; class ++)
        if (self->head[class] != STATION_NONE)
            return self->head[class];
    return STATION_NONE;
}

uint32_t
station_first(const struct station *self)
{
    return first_from(self, 0);
}

uint32_t
station_after(const struct station *self, uint32_t ticket)
{
    const struct station_ticket *t = &self->ticket[ticket];

    return t->next != STATION_NONE ? t->next : first_from(self, t->class + 1);
}

bool
station_open(const struct station *self)
{
    return self->busy < self->capacity;
}

void
station_serve(struct station *self, uint32_t ticket, int32_t now)
{
    station_take(self, now);
    unlink_ticket(self, ticket);
    self->served++;
}

void
station_take(struct station *self, int32_t now)
{
    BUG_IF(!station_open(self));
    station_clock(self, now);
    self->busy++;
}

void
station_release(struct station *self, int32_t now)
{
    BUG_IF(self->busy == 0);
    station_clock(self, now);
    self->busy--;
}

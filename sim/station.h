/*
 * station.h - places, and those who wait for them.
 *
 * A station has `capacity` places and one line. Who waits has a class; lower classes go
 * first, within a class who joined first (non-preemptive priority, first come first
 * served). A ticket names a place in the line; joining, leaving from anywhere and
 * serving cost O(1) whatever the length. When capacity shrinks below the places in use
 * nobody is sent away: no one is served until enough have left.
 *
 * The station keeps the integrals that Little's law needs.
 */
#ifndef SIM_STATION_H
#define SIM_STATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATION_NONE UINT32_MAX

struct station_ticket {
    uint32_t subject;      /* STATION_NONE: the ticket is void */
    uint32_t next, before; /* in the line, or the free list */
    int32_t joined;        /* minutes; rises along a class */
    uint32_t class;
};

struct station {
    int64_t capacity, busy, waiting;
    uint32_t classes;
    uint32_t *head, *tail;         /* [classes] tickets; owned */
    struct station_ticket *ticket; /* [n]; owned */
    uint32_t n, room, free;

    int32_t since;                /* minutes, up to when the integrals go */
    double busy_minutes;          /* integral of busy over time, minute */
    double waiting_minutes;       /* integral of waiting over time, minute */
    int64_t joined, served, left; /* so far; joined = served + left + waiting */
};

void station_init(struct station *self, int64_t capacity, uint32_t classes);
void station_free(struct station *self);

/* Brings the integrals up to `now`. */
void station_clock(struct station *self, int32_t now);

/* Puts `subject` at the end of a class; returns its ticket. */
uint32_t station_join(
    struct station *self, uint32_t subject, uint32_t class, int32_t now);

/* The same for who is in line since `joined`, at most now: before all of the class who
 * joined later. O(those). */
uint32_t station_rejoin(struct station *self, uint32_t subject, uint32_t class,
    int32_t joined, int32_t now);

/* Takes a ticket out of the line without a place. */
void station_leave(struct station *self, uint32_t ticket, int32_t now);

/* The ticket whose turn it is, and the one after a ticket; STATION_NONE at the end. */
uint32_t station_first(const struct station *self);
uint32_t station_after(const struct station *self, uint32_t ticket);

/* True when a place is free. */
bool station_open(const struct station *self);

/* Gives a place to a ticket, which is then void. */
void station_serve(struct station *self, uint32_t ticket, int32_t now);

/* Takes and returns a place without any line (who is there from the start). */
void station_take(struct station *self, int32_t now);
void station_release(struct station *self, int32_t now);

#endif

/*
 * rounds.h - free places are offered to those who wait at a desk, by its rule.
 *
 * priority      classes strictly in order, within a class who joined first
 * first_come    who joined first, whatever the class
 * accumulating  who has gathered most: weight of the class times the time waited
 * quota         the class that is furthest behind its share (weight) of all offers
 *
 * An offer goes on to the next in line when there is no suitable place for the first.
 */
#ifndef MODELS_ROUNDS_H
#define MODELS_ROUNDS_H

#include "models/care.h"

/* Offers what is free at a desk now. */
void rounds_hold(struct region *r, int desk);

/* The same, when the desk places people at once. */
void rounds_at_once(struct region *r, int desk);

/* The same, after the round that is being held, else with the next at any desk. */
void rounds_later(struct region *r, int desk);

/* How many of those in line at a desk stand elsewhere than they would under another
 * rule (enum service_rule). */
int64_t rounds_moved(const struct region *r, int desk, int32_t rule);

/* Schedules the end of patience of a case in line: or of looking elsewhere, or of being
 * young enough, whichever is first. */
void rounds_wait(struct region *r, uint32_t i);

/* The same for who has found no place elsewhere; false when patience, or youth, is at
 * its end. */
bool rounds_wait_on(struct region *r, uint32_t i);

/* What ends an application without a place: rests for another try, or closes. */
void rounds_turn_away(struct region *r, uint32_t i);

/* Class of waiting time (SERVICE_WAITS) of so many minutes. */
int rounds_waited(int32_t minutes);

#endif

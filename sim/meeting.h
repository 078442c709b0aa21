/*
 * meeting.h - a barrier for short waits: who comes first looks around for some
 * microseconds before going to sleep.
 *
 * Waking a sleeper takes as long as a thousand events. On a busy machine, where the
 * others may be long in coming, a thread still sleeps most of the time it waits.
 */
#ifndef SIM_MEETING_H
#define SIM_MEETING_H

#include <pthread.h>
#include <stdatomic.h>

struct meeting {
    int threads;
    atomic_int here, round;
    pthread_mutex_t lock;
    pthread_cond_t met;
};

void meeting_init(struct meeting *self, int threads);
void meeting_free(struct meeting *self);

/* Returns when all threads have come. What each did before is seen by all after. */
void meeting_wait(struct meeting *self);

#endif

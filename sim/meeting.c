#define _POSIX_C_SOURCE 200809L
#include "sim/meeting.h"

/* Looks before sleep, about 20 microseconds. */
enum { LOOKS = 500 };

void
meeting_init(struct meeting *self, int threads)
{
    self->threads = threads;
    atomic_init(&self->here, 0);
    atomic_init(&self->round, 0);
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->met, NULL);
}

void
meeting_free(struct meeting *self)
{
    pthread_cond_destroy(&self->met);
    pthread_mutex_destroy(&self->lock);
}

static void
pause_a_moment(void)
{
#if defined __x86_64__
    __builtin_ia32_pause();
#endif
}

/* The last one opens the next round; the lock keeps the call from coming between a
 * sleeper's last look and the sleep. */
static void
open_round(struct meeting *self)
{
    atomic_store(&self->here, 0);
    pthread_mutex_lock(&self->lock);
    atomic_fetch_add(&self->round, 1);
    pthread_cond_broadcast(&self->met);
    pthread_mutex_unlock(&self->lock);
}

void
meeting_wait(struct meeting *self)
{
    int round = atomic_load(&self->round);

    if (atomic_fetch_add(&self->here, 1) + 1 == self->threads) {
        open_round(self);
        return;
    }
    for (int i = 0; i < LOOKS; i++) {
        if (atomic_load(&self->round) != round)
            return;
        pause_a_moment();
    }
    pthread_mutex_lock(&self->lock);
    while (atomic_load(&self->round) == round)
        pthread_cond_wait(&self->met, &self->lock);
    pthread_mutex_unlock(&self->lock);
}

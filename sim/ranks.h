/*
 * ranks.h - the processes that share the work, when carecap is built for MPI.
 *
 * Built without MPI there is one rank and every function is trivial, so that nobody who
 * calls them asks how carecap was built. Shards belong to ranks; messages between those
 * of different ranks travel here, and are sorted by content where they arrive,
 * so that the number of ranks changes no bit. Rank 0 alone writes and prints.
 */
#ifndef SIM_RANKS_H
#define SIM_RANKS_H

#include "sim/region.h"

#include <stdbool.h>

/* Call first and last in main(). */
void ranks_start(int *argc, char ***argv);
void ranks_stop(void);

int ranks_me(void);
int ranks_count(void);

/*
 * Spreads shards over ranks, the one of most work first to the rank with the least.
 *
 * owner    [n_shards], filled
 */
void ranks_spread(const struct setup *s, int ranks, int *owner);

/*
 * Ranks that run a replicate together while other teams run others: the largest shard
 * limits how many ranks can share one replicate, and nothing how many can share many.
 */
struct ranks_team {
    int teams, team; /* how many there are; which one this rank belongs to */
    int ranks, me;   /* how many are in it; which of them this is */
    void *inside;    /* owned */
};

/* Teams of as many ranks, but for one; all ranks call it together. */
void ranks_team_init(struct ranks_team *self, int teams);
void ranks_team_free(struct ranks_team *self);

/*
 * How many teams of workers, ranks or threads, finish `replicates` first, by the loads
 * of the shards. Of those about equal the fewest take least memory, as each team holds
 * all regions; with the most a window waits for fewer workers.
 */
enum ranks_wish { RANKS_FEW, RANKS_MANY };
int ranks_best_teams(
    const struct setup *s, int workers, int replicates, enum ranks_wish wish);

/* Messages that ranks give each other; zeroed storage is empty. */
struct ranks_mail {
    struct message *in; /* [n_in] for shards of this rank; owned */
    size_t n_in, room;
    struct message *out; /* [n_out] of this rank, for all; owned by the caller */
    size_t n_out;
    bool stop; /* in: this rank wants to stop; out: some rank does */
};

/* Gives every message to the owner of its receiver; all ranks of a team (NULL: all
 * ranks) call it together. */
void ranks_exchange(
    struct ranks_mail *self, const int *owner, const struct ranks_team *team);
void ranks_mail_free(struct ranks_mail *self);

/* Adds up `n` numbers of all ranks into rank 0's `data`. */
void ranks_add(uint64_t *data, size_t n);

/* Brings bytes that are 0 wherever they are another rank's to rank 0. */
void ranks_gather(unsigned char *data, size_t bytes);

/* The number that rank 0 has, everywhere. */
int ranks_agree(int value);

/* The least of all ranks' numbers, everywhere. */
int ranks_least(int value);

#endif

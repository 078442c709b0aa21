#define _POSIX_C_SOURCE 200809L
#include "sim/ranks.h"

#include "sim/err.h"

#include <string.h>

/* Loads foretell time about as well: what is within this of the least is as good. */
#define ABOUT 1.1

void
ranks_spread(const struct setup *s, int ranks, int *owner)
{
    int n = s->n_shards;
    double *load = mem_alloc((size_t)ranks, sizeof *load);
    char *done = mem_alloc((size_t)n, 1);

    for (int k = 0; k < n; k++) {
        int largest = -1, least = 0;
        for (int i = 0; i < n; i++)
            if (!done[i] &&
                (largest < 0 || s->shard[i].load.work > s->shard[largest].load.work))
                largest = i;
        for (int i = 1; i < ranks; i++)
            least = load[i] < load[least] ? i : least;
        done[largest] = 1;
        owner[largest] = least;
        load[least] += s->shard[largest].load.work;
    }
    mem_free(load);
    mem_free(done);
}

/* Load of the busiest of so many ranks. */
static double
busiest(const struct setup *s, int ranks, int *owner)
{
    double *load = mem_alloc((size_t)ranks, sizeof *load), most = 0.0;

    ranks_spread(s, ranks, owner);
    for (int i = 0; i < s->n_shards; i++)
        load[owner[i]] += s->shard[i].load.work;
    for (int k = 0; k < ranks; k++)
        most = load[k] > most ? load[k] : most;
    mem_free(load);
    return most;
}

int
ranks_best_teams(
    const struct setup *s, int workers, int replicates, enum ranks_wish wish)
{
    int most = workers < replicates ? workers : replicates, best = 0;
    int *owner = mem_alloc((size_t)s->n_shards, sizeof *owner);
    double *time = mem_alloc((size_t)most + 1, sizeof *time), least = 0.0;

    for (int teams = 1; teams <= most; teams++) {
        int rounds = (replicates + teams - 1) / teams;
        time[teams] = rounds * busiest(s, workers / teams, owner);
        if (teams == 1 || time[teams] < least)
            least = time[teams];
    }
    for (int teams = 1; teams <= most; teams++)
        if (time[teams] <= ABOUT * least && (best == 0 || wish == RANKS_MANY))
            best = teams;
    mem_free(owner);
    mem_free(time);
    return best;
}

void
ranks_mail_free(struct ranks_mail *self)
{
    mem_free(self->in);
    self->in = NULL;
    self->n_in = self->room = 0;
}

static void
make_room(struct ranks_mail *self, size_t n)
{
    if (n > self->room) {
        self->room = 2 * n;
        self->in = mem_grow(self->in, self->room, sizeof *self->in);
    }
    self->n_in = n;
}

/* All mail is for this rank. */
static void
keep(struct ranks_mail *self)
{
    make_room(self, self->n_out);
    if (self->n_out > 0)
        memcpy(self->in, self->out, self->n_out * sizeof *self->in);
}

#ifdef CARECAP_MPI

#include <limits.h>
#include <mpi.h>
#include <signal.h>

enum { PIECE = 1 << 28 }; /* bytes a call: MPI counts in int */

/* Threads of MPI's own take no signals: they would end a run that holds them back. */
void
ranks_start(int *argc, char ***argv)
{
    sigset_t stop, before;
    int level;

    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigprocmask(SIG_BLOCK, &stop, &before);
    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &level);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void
ranks_stop(void)
{
    MPI_Finalize();
}

int
ranks_me(void)
{
    int me;

    MPI_Comm_rank(MPI_COMM_WORLD, &me);
    return me;
}

int
ranks_count(void)
{
    int n;

    MPI_Comm_size(MPI_COMM_WORLD, &n);
    return n;
}

static MPI_Comm
comm_of(const struct ranks_team *team)
{
    return team != NULL && team->inside != NULL ? *(MPI_Comm *)team->inside
                                                : MPI_COMM_WORLD;
}

void
ranks_team_init(struct ranks_team *self, int teams)
{
    int me = ranks_me(), ranks = ranks_count();
    MPI_Comm *comm = mem_alloc(1, sizeof *comm);

    BUG_IF(teams < 1 || teams > ranks);
    *self = (struct ranks_team){.teams = teams, .team = me * teams / ranks};
    self->inside = comm;
    MPI_Comm_split(MPI_COMM_WORLD, self->team, me, comm);
    MPI_Comm_size(*comm, &self->ranks);
    MPI_Comm_rank(*comm, &self->me);
}

void
ranks_team_free(struct ranks_team *self)
{
    if (self->inside != NULL)
        MPI_Comm_free(self->inside);
    mem_free(self->inside);
    self->inside = NULL;
}

/* Messages by rank of the receiver's owner, as one array; count and first in bytes. */
static struct message *
sorted(
    const struct ranks_mail *self, const int *owner, int ranks, int *bytes, int *first)
{
    struct message *to = mem_alloc(self->n_out, sizeof *to);
    int *next = mem_alloc((size_t)ranks, sizeof *next);

    BUG_IF(self->n_out * sizeof *to > INT_MAX);
    memset(bytes, 0, (size_t)ranks * sizeof *bytes);
    for (size_t i = 0; i < self->n_out; i++)
        bytes[owner[self->out[i].to]] += (int)sizeof *to;
    for (int r = 0, sum = 0; r < ranks; sum += bytes[r++])
        next[r] = first[r] = sum;
    for (size_t i = 0; i < self->n_out; i++) {
        int r = owner[self->out[i].to];
        to[(size_t)next[r] / sizeof *to] = self->out[i];
        next[r] += (int)sizeof *to;
    }
    mem_free(next);
    return to;
}

static void
exchange(struct ranks_mail *self, const int *owner, int ranks, MPI_Comm comm)
{
    int stop = self->stop, any;
    int *bytes = mem_alloc(4 * (size_t)ranks, sizeof *bytes);
    int *first = bytes + ranks, *got = first + ranks, *at = got + ranks;
    struct message *to = sorted(self, owner, ranks, bytes, first);
    size_t total = 0;

    MPI_Allreduce(&stop, &any, 1, MPI_INT, MPI_MAX, comm);
    MPI_Alltoall(bytes, 1, MPI_INT, got, 1, MPI_INT, comm);
    for (int r = 0; r < ranks; total += (size_t)got[r++])
        at[r] = (int)total;
    make_room(self, total / sizeof *to);
    MPI_Alltoallv(to, bytes, first, MPI_BYTE, self->in, got, at, MPI_BYTE, comm);
    self->stop = any != 0;
    mem_free(to);
    mem_free(bytes);
}

/* A team of one may be a thread of several, and MPI is for the first thread alone. */
void
ranks_exchange(struct ranks_mail *self, const int *owner, const struct ranks_team *team)
{
    int ranks = team != NULL ? team->ranks : ranks_count();

    if (ranks > 1)
        exchange(self, owner, ranks, comm_of(team));
    else
        keep(self);
}

void
ranks_add(uint64_t *data, size_t n)
{
    MPI_Reduce(ranks_me() == 0 ? MPI_IN_PLACE : data, data, (int)n, MPI_UINT64_T,
        MPI_SUM, 0, MPI_COMM_WORLD);
}

void
ranks_gather(unsigned char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += PIECE) {
        int n = bytes - i < PIECE ? (int)(bytes - i) : PIECE;
        MPI_Reduce(ranks_me() == 0 ? MPI_IN_PLACE : data + i, data + i, n, MPI_BYTE,
            MPI_BOR, 0, MPI_COMM_WORLD);
    }
}

int
ranks_agree(int value)
{
    MPI_Bcast(&value, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return value;
}

int
ranks_least(int value)
{
    int least;

    MPI_Allreduce(&value, &least, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    return least;
}

#else

void
ranks_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
}

void
ranks_stop(void)
{
}

int
ranks_me(void)
{
    return 0;
}

int
ranks_count(void)
{
    return 1;
}

void
ranks_team_init(struct ranks_team *self, int teams)
{
    BUG_IF(teams != 1);
    *self = (struct ranks_team){.teams = 1, .ranks = 1};
}

void
ranks_team_free(struct ranks_team *self)
{
    (void)self;
}

void
ranks_exchange(struct ranks_mail *self, const int *owner, const struct ranks_team *team)
{
    (void)owner;
    (void)team;
    keep(self);
}

void
ranks_add(uint64_t *data, size_t n)
{
    (void)data;
    (void)n;
}

void
ranks_gather(unsigned char *data, size_t bytes)
{
    (void)data;
    (void)bytes;
}

int
ranks_agree(int value)
{
    return value;
}

int
ranks_least(int value)
{
    return value;
}

#endif

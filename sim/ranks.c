#include "sim/ranks.h"

#include "sim/err.h"

#include <string.h>

void
ranks_spread(const struct setup *s, int ranks, int *owner)
{
    int n = s->n_regions;
    double *load = mem_alloc((size_t)ranks, sizeof *load);
    char *done = mem_alloc((size_t)n, 1);

    for (int k = 0; k < n; k++) {
        int largest = -1, least = 0;
        for (int i = 0; i < n; i++)
            if (!done[i] &&
                (largest < 0 || s->region[i].load > s->region[largest].load))
                largest = i;
        for (int i = 1; i < ranks; i++)
            least = load[i] < load[least] ? i : least;
        done[largest] = 1;
        owner[largest] = least;
        load[least] += s->region[largest].load;
    }
    mem_free(load);
    mem_free(done);
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

#ifdef CARECAP_MPI

#include <limits.h>
#include <mpi.h>

enum { PIECE = 1 << 28 }; /* bytes a call: MPI counts in int */

void
ranks_start(int *argc, char ***argv)
{
    int level;

    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &level);
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

void
ranks_exchange(struct ranks_mail *self, const int *owner)
{
    int ranks = ranks_count(), stop = self->stop, any;
    int *bytes = mem_alloc(4 * (size_t)ranks, sizeof *bytes);
    int *first = bytes + ranks, *got = first + ranks, *at = got + ranks;
    struct message *to = sorted(self, owner, ranks, bytes, first);
    size_t total = 0;

    MPI_Allreduce(&stop, &any, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    MPI_Alltoall(bytes, 1, MPI_INT, got, 1, MPI_INT, MPI_COMM_WORLD);
    for (int r = 0; r < ranks; total += (size_t)got[r++])
        at[r] = (int)total;
    make_room(self, total / sizeof *to);
    MPI_Alltoallv(
        to, bytes, first, MPI_BYTE, self->in, got, at, MPI_BYTE, MPI_COMM_WORLD);
    self->stop = any != 0;
    mem_free(to);
    mem_free(bytes);
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
ranks_exchange(struct ranks_mail *self, const int *owner)
{
    (void)owner;
    make_room(self, self->n_out);
    if (self->n_out > 0)
        memcpy(self->in, self->out, self->n_out * sizeof *self->in);
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

#endif

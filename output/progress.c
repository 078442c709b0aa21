#define _POSIX_C_SOURCE 200809L
#include "output/progress.h"

#include "sim/date.h"

#include <time.h>
#include <unistd.h>

enum { BAR = 40 };

/* s between two drawings of the bar: often enough to look alive; and two lines. */
#define PAUSE 0.1
#define LINE_PAUSE 1.0

static double
clock_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void
progress_init(struct progress *self, const struct setup *s, int replicates, FILE *out)
{
    *self = (struct progress){.setup = s, .replicates = replicates, .out = out};
    self->terminal = out != NULL && isatty(fileno(out));
    self->began = clock_s();
}

double
progress_seconds(const struct progress *self)
{
    return clock_s() - self->began;
}

static const char *
limit(const struct progress *self)
{
    return self->at_most ? "at most " : "";
}

/* The time left, and the state. */
static void
print_left(const struct progress *self, double seconds)
{
    FILE *out = self->out;
    int s = (int)(seconds + 0.5);

    fputs(limit(self), out);
    if (s >= 3600)
        fprintf(out, "%d h %02d min left", s / 3600, s / 60 % 60);
    else if (s >= 60)
        fprintf(out, "%d min %02d s left", s / 60, s % 60);
    else
        fprintf(out, "%d s left", s);
    fprintf(out, "%s%s", self->state[0] != '\0' ? ", " : "", self->state);
}

static void
draw(struct progress *self, int replicate, double share, struct date d)
{
    double now = clock_s();
    int full = (int)(share * BAR);

    if (now - self->drawn < PAUSE && share < 1.0)
        return;
    self->drawn = now;
    fputs("\r[", self->out);
    for (int i = 0; i < BAR; i++)
        fputc(i < full ? '#' : '.', self->out);
    fprintf(self->out, "] %3d %%  %04d-%02d", (int)(100.0 * share), d.year, d.month);
    if (self->replicates > 1)
        fprintf(self->out, "  replicate %d of %s%d", replicate + 1, limit(self),
            self->replicates);
    fputs("  ", self->out);
    print_left(self, (now - self->began) * (1.0 - share) / share);
    fputs("\033[K", self->out);
    fflush(self->out);
}

static void
print_line(struct progress *self, int replicate, double share, struct date d)
{
    double spent = progress_seconds(self), now = self->began + spent;

    if (self->replicates > 1 && share < 1.0 && now - self->drawn < LINE_PAUSE)
        return;
    self->drawn = now;
    if (self->replicates > 1)
        fprintf(self->out, "replicate %d of %s%d, ", replicate + 1, limit(self),
            self->replicates);
    fprintf(self->out, "year %04d done, %d %%, %.1f s, ", d.year, (int)(100.0 * share),
        spent);
    print_left(self, spent * (1.0 - share) / share);
    fputc('\n', self->out);
    fflush(self->out);
}

void
progress_month(void *context, int replicate, int time)
{
    struct progress *self = context;
    const struct setup *s = self->setup;

    if (self->out == NULL || time == 0)
        return;
    int teams = self->teams > 1 ? self->teams : 1, before = replicate / teams * teams;
    int running = self->replicates - before < teams ? self->replicates - before : teams;
    double share =
        (before + running * (double)time / (s->n_times - 1)) / self->replicates;
    share = self->share = share > self->share ? share : self->share;
    struct date d = date_of(s->first_day + s->time[time] / MINUTES_A_DAY - 1);
    if (self->terminal)
        draw(self, replicate, share, d);
    else if (d.month == 12 || time == s->n_times - 1)
        print_line(self, replicate, share, d);
}

void
progress_say(struct progress *self, const char *line)
{
    if (self->out == NULL)
        return;
    fprintf(self->out, "%s%s\n", self->terminal ? "\r\033[K" : "", line);
    fflush(self->out);
}

void
progress_done(struct progress *self)
{
    if (self->out != NULL && self->terminal && self->drawn > 0.0) {
        fputs("\r\033[K", self->out);
        fflush(self->out);
    }
}

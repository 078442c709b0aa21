#include "output/chance.h"

#include <math.h>

enum { END = 16 };

/* 0 and 1 are exact; between them three decimals, never nearer to the share. */
static void
end_text(double p, double (*outward)(double), char text[END])
{
    if (p <= 0.0 || p >= 1.0)
        snprintf(text, END, "%.0f", p);
    else
        snprintf(text, END, "%.3f", outward(1000.0 * p) / 1000.0);
}

const char *
chance_text(double share, double lower, double upper, char text[CHANCE_TEXT])
{
    char from[END], to[END];

    end_text(lower, floor, from);
    end_text(upper, ceil, to);
    snprintf(text, CHANCE_TEXT, "%.*f, %s to %s", share <= 0.0 || share >= 1.0 ? 2 : 3,
        share, from, to);
    return text;
}

const char *
chance_of(const struct reader *r, const struct reader_target *t, char text[CHANCE_TEXT])
{
    int n = snprintf(text, CHANCE_TEXT, "%.0f %%", 100.0 * t->probability);

    if (r->most_replicates > 0)
        snprintf(text + n, CHANCE_TEXT - (size_t)n, ", %.0f-%.0f",
            floor(100.0 * t->lower), ceil(100.0 * t->upper));
    return text;
}

void
chance_rule(const struct reader *r, int undecided, bool zh, FILE *out)
{
    if (r->most_replicates == 0)
        return;
    if (zh)
        fprintf(out,
            "概率为达标次数的百分比及其置信区间；每项结论出错的概率不超过%g。"
            "\n逐次重复至各项均判定为止，最多%d次；未定%d项。\n",
            r->error, r->most_replicates, undecided);
    else
        fprintf(out,
            "PROB.: share of replicates, and where the probability lies. Replicates "
            "were added until each\ntarget was decided, at most %d: %d undecided. A "
            "verdict is wrong with probability %g at most.\n",
            r->most_replicates, undecided, r->error);
}

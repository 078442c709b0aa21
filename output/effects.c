#include "output/effects.h"

#include "models/lever.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "sim/mem.h"

#include <math.h>

/* Totals of a lever over months and counties, means over replicates. */
struct totals {
    double effect, cost, units;
    double moved; /* of effects, whatever their sign */
};

static struct totals
totals_of(const struct result *result, int lever)
{
    const struct setup *s = result->setup;
    struct totals sum = {0.0, 0.0, 0.0, 0.0};
    double n = result->replicates;

    for (int i = 0; i < result->replicates; i++)
        for (int t = 0; t < s->n_times; t++)
            for (int k = 0; k < s->n_regions; k++) {
                const struct lever_out *o = result_at(result, MODELS_LEVER, i, t, k);
                sum.effect += o[lever].lever_effect / n;
                sum.moved += fabs(o[lever].lever_effect);
                sum.cost += o[lever].lever_cost / n;
                sum.units += (double)o[lever].lever_units / n;
            }
    return sum;
}

/* A run of other models has none. */
static int
levers(const struct result *result)
{
    const struct setup *s = result->setup;

    return s->n_models > MODELS_LEVER &&
                   s->models[MODELS_LEVER] == models_list[MODELS_LEVER]
               ? lever_of(s)->n
               : 0;
}

/* What a column says of each lever. */
struct columns {
    double *effect, *cost, *units;
    const char **kind, **unit, **counts;
    int8_t *nothing;
};

static struct columns
columns_of(const struct result *result, size_t n, struct arena *arena)
{
    struct columns c = {mem_arena(arena, n, sizeof(double)),
        mem_arena(arena, n, sizeof(double)), mem_arena(arena, n, sizeof(double)),
        mem_arena(arena, n, sizeof(char *)), mem_arena(arena, n, sizeof(char *)),
        mem_arena(arena, n, sizeof(char *)), mem_arena(arena, n, sizeof(int8_t))};

    for (size_t i = 0; i < n; i++) {
        const struct lever_kind *kind = lever_of(result->setup)->plan[i].kind;
        struct totals t = totals_of(result, (int)i);
        c.effect[i] = t.effect;
        c.cost[i] = t.cost;
        c.units[i] = t.units;
        c.kind[i] = kind->name;
        c.unit[i] = kind->unit;
        c.counts[i] = kind->effect;
        c.nothing[i] = !(t.moved > 0.0);
    }
    return c;
}

static void
put(struct hdf *file, const char *path, enum hdf_type type, const void *data, int n,
    const char *doc)
{
    struct hdf_shape shape = {.rank = 1, .n = {(hsize_t)n}, .scale = {"/lever"}};

    hdf_put(file, path, type, &shape, data);
    hdf_note(file, path, "long_name", doc);
}

void
effects_write(struct hdf *file, const struct result *result)
{
    struct arena arena = {NULL};
    int n = levers(result);

    if (n == 0)
        return;
    struct columns c = columns_of(result, (size_t)n, &arena);
    hdf_group(file, "/levers");
    put(file, "/levers/kind", HDF_TEXT, c.kind, n, "kind of lever");
    put(file, "/levers/effect", HDF_REAL, c.effect, n,
        "total effect, mean over replicates");
    put(file, "/levers/effect_unit", HDF_TEXT, c.unit, n, "unit of the effect");
    put(file, "/levers/effect_counts", HDF_TEXT, c.counts, n, "what the effect counts");
    put(file, "/levers/units", HDF_REAL, c.units, n,
        "units delivered, mean over replicates");
    put(file, "/levers/cost", HDF_REAL, c.cost, n, "cost, mean over replicates");
    hdf_note(file, "/levers/cost", "units", "CNY");
    put(file, "/levers/changed_nothing", HDF_INT8, c.nothing, n,
        "whether the lever had no effect in any replicate");
    hdf_note_flags(
        file, "/levers/changed_nothing", 2, "changed_something changed_nothing");
    mem_arena_free(&arena);
}

void
effects_tell(const struct result *result, FILE *out)
{
    for (int i = 0; i < levers(result); i++) {
        const struct lever_kind *kind = lever_of(result->setup)->plan[i].kind;
        if (!(totals_of(result, i).moved > 0.0))
            fprintf(out, "lever '%s' (%s) changed nothing: no %s\n",
                lever_of(result->setup)->row[i].name, kind->name, kind->effect);
    }
}

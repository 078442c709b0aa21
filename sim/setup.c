#include "sim/setup.h"

#include "sim/date.h"
#include "sim/err.h"
#include "sim/scenario.h"

#include <string.h>

enum { WINDOW = 7 * MINUTES_A_DAY };

/* The first day of the month after that of `day`. */
static int32_t
next_month(int32_t day)
{
    struct date d = date_of(day);

    return d.month == 12 ? date_day(d.year + 1, 1, 1)
                         : date_day(d.year, d.month + 1, 1);
}

static void
make_clock(struct setup *self)
{
    int32_t after = self->last_day + 1;
    size_t months = 0;

    BUG_IF(self->last_day < self->first_day);
    BUG_IF(after - self->first_day >= NEVER / MINUTES_A_DAY);
    for (int32_t day = self->first_day; day < after; day = next_month(day))
        months++;
    self->end = (after - self->first_day) * MINUTES_A_DAY;
    self->time = mem_arena(&self->arena, months + 1, sizeof *self->time);
    self->n_times = 1;
    for (int32_t day = self->first_day; day < after;) {
        day = next_month(day);
        self->time[self->n_times++] =
            ((day < after ? day : after) - self->first_day) * MINUTES_A_DAY;
    }
}

static int
count_handlers(const struct model *m)
{
    int n = 0;

    while (m->handlers != NULL && m->handlers[n].name != NULL)
        n++;
    return n;
}

static void
list_handlers(struct setup *self)
{
    self->first_kind = mem_arena(&self->arena, (size_t)self->n_models, sizeof(int));
    for (int i = 0; i < self->n_models; i++) {
        self->first_kind[i] = self->n_kinds;
        self->n_kinds += count_handlers(self->models[i]);
    }
    BUG_IF(self->n_kinds > UINT16_MAX);
    self->handler =
        mem_arena(&self->arena, (size_t)self->n_kinds, sizeof(const struct handler *));
    for (int i = 0; i < self->n_models; i++)
        for (int k = 0; k < count_handlers(self->models[i]); k++)
            self->handler[self->first_kind[i] + k] = &self->models[i]->handlers[k];
}

static int
times_named(const struct setup *self, const char *name)
{
    int n = 0;

    for (int i = 0; i < self->n_models; i++)
        if (self->models[i]->out != NULL)
            n += field_find(self->models[i]->out, name) != NULL;
    return n;
}

/* A result has one name over all models, and as many elements as its axes say. */
static void
check_results(const struct setup *self)
{
    for (int i = 0; i < self->n_models; i++) {
        const struct field *f = self->models[i]->out;
        for (; f != NULL && f->name != NULL; f++) {
            int n = 1;
            for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++)
                n *= f->axis[k]->n;
            BUG_IF(times_named(self, f->name) != 1);
            BUG_IF(n != f->count);
        }
    }
}

static void
ask_items(struct setup *self)
{
    const struct axis **items =
        mem_arena(&self->arena, (size_t)self->n_models, sizeof(const struct axis *));

    for (int m = 0; m < self->n_models; m++) {
        items[m] = setup_items(self, m);
        const struct field *f = self->models[m]->out;
        BUG_IF(items[m] != NULL && (items[m]->n < 0 || f == NULL));
        for (; items[m] != NULL && f->name != NULL; f++)
            for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++)
                BUG_IF(strcmp(f->axis[k]->name, items[m]->name) == 0);
    }
    self->items = items;
}

static struct shard_load
load_of(struct shard_load given)
{
    return (struct shard_load){given.rows, given.work > 0.0 ? given.work : given.rows};
}

static void
list_shards(struct setup *self)
{
    self->n_shards = self->n_regions;
    for (int i = 0; i < self->n_regions; i++)
        self->n_shards += self->region[i].more;
    self->shard = mem_arena(&self->arena, (size_t)self->n_shards, sizeof *self->shard);
    int next = self->n_regions;
    for (int i = 0; i < self->n_regions; i++) {
        struct region_name *name = &self->region[i];
        name->first_more = next;
        self->shard[i] = (struct shard){i, 0, load_of(name->load)};
        for (int k = 1; k <= name->more; k++)
            self->shard[next++] = (struct shard){i, k, load_of(name->each)};
    }
}

int
setup_shard(const struct setup *self, int region, int number)
{
    return number == 0 ? region : self->region[region].first_more + number - 1;
}

static void
prepare(struct setup *self, struct report *report)
{
    size_t n = (size_t)self->n_models;

    self->tab = mem_arena(&self->arena, n, sizeof(void *));
    for (size_t i = 0; i < n; i++)
        self->tab[i] = mem_arena(&self->arena, 1, self->models[i]->tab_size);
    for (size_t i = 0; i < n && report->mistakes == 0; i++)
        if (self->models[i]->prepare != NULL)
            self->models[i]->prepare(self, self->tab[i], report);
    if (report->mistakes > 0)
        return;
    BUG_IF(self->n_regions <= 0);
    for (int i = 1; i < self->n_regions; i++)
        BUG_IF(self->region[i - 1].code >= self->region[i].code);
    ask_items(self);
    list_shards(self);
}

void
setup_init(struct setup *self, const struct model *const *models, void **par,
    int32_t first_day, int32_t last_day, struct report *report)
{
    *self = (struct setup){
        .models = models,
        .par = par,
        .seed = self->seed,
        .first_day = first_day,
        .last_day = last_day,
        .window = self->window > 0 ? self->window : WINDOW,
        .scenario = self->scenario,
    };
    while (models[self->n_models] != NULL)
        self->n_models++;
    make_clock(self);
    list_handlers(self);
    check_results(self);
    prepare(self, report);
}

void
setup_free(struct setup *self)
{
    mem_arena_free(&self->arena);
    *self = (struct setup){0};
}

const struct axis *
setup_items(const struct setup *self, int model)
{
    if (self->items != NULL)
        return self->items[model];
    if (self->models[model]->items == NULL)
        return NULL;
    const struct axis *items = self->models[model]->items(self);
    BUG_IF(items == NULL);
    return items;
}

size_t
setup_out_bytes(const struct setup *self, int model)
{
    const struct axis *items = setup_items(self, model);

    return self->models[model]->out_size * (items != NULL ? (size_t)items->n : 1);
}

double
setup_year(const struct setup *self, int32_t t)
{
    int32_t day = self->first_day + t / MINUTES_A_DAY;
    double part = (double)(t % MINUTES_A_DAY) / MINUTES_A_DAY;
    double year = date_year(day);

    BUG_IF(t < 0);
    return part == 0 ? year : year + part * (date_year(day + 1) - year);
}

struct place
setup_place(const struct setup *self, const char *name)
{
    return self->scenario != NULL ? scenario_place(self->scenario, name)
                                  : (struct place){0};
}

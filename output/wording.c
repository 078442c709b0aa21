#include "output/wording.h"

#include "models/indicator.h"
#include "models/target.h"
#include "output/width.h"
#include "sim/date.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const month_name[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void add(struct wording_text *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct wording_text *out, const char *format, ...)
{
    size_t n = strlen(out->text);
    va_list list;

    va_start(list, format);
    vsnprintf(out->text + n, sizeof out->text - n, format, list);
    va_end(list);
}

static bool
has_season(const struct wording *self)
{
    return self->month_from != 0;
}

struct wording
wording_target(const struct target *t, const char *unit)
{
    return (struct wording){.over = t->over,
        .bound = t->bound,
        .month_from = (int)t->month_from,
        .month_to = (int)t->month_to,
        .since = t->since,
        .by = t->by,
        .value = target_bound(t),
        .unit = unit};
}

struct wording
wording_result(const struct reader_target *t)
{
    return (struct wording){.over = reader_choice(plan_over_names, t->over),
        .bound = reader_choice(plan_bound_names, t->bound),
        .month_from = t->month_from,
        .month_to = t->month_to,
        .since = t->since < 0 ? 0 : t->since,
        .by = t->due,
        .value = t->value,
        .unit = t->unit};
}

const char *
wording_title(const struct reader_target *t, bool zh)
{
    const struct indicator *i = indicator_find(t->indicator);
    const char *own = zh ? t->title_zh : t->title;
    const char *other = zh ? t->title : t->title_zh;

    if (own[0] != '\0' || other[0] != '\0')
        return own[0] != '\0' ? own : other;
    return i == NULL ? t->name : zh ? i->zh : i->doc;
}

const char *
wording_unit(const char *unit, bool zh)
{
    if (strcmp(unit, "1/1000") == 0)
        return zh ? "每千人" : "per 1,000";
    if (strcmp(unit, "person") == 0)
        return zh ? "人" : "persons";
    return unit;
}

bool
wording_level(const struct wording *self)
{
    return self->over == PLAN_POINT && !has_season(self) && !wording_change(self);
}

bool
wording_change(const struct wording *self)
{
    return self->bound == PLAN_RISES || self->bound == PLAN_FALLS;
}

static void
add_value(struct wording_text *out, const struct wording *self, bool zh)
{
    const char *unit = "";

    if (strcmp(self->unit, "%") == 0 && wording_change(self))
        unit = zh ? "个百分点" : " points";
    else if (strcmp(self->unit, "%") == 0)
        unit = " %";
    else if (strcmp(self->unit, "CNY") == 0)
        unit = zh ? "元" : " CNY";
    add(out, "%.10g%s", self->value, unit);
}

/* Nov-Mar, 11月至3月; a single month has one name. */
static struct wording_text
season(const struct wording *self, bool zh)
{
    struct wording_text s = {""};
    int from = self->month_from, to = self->month_to;

    if (zh)
        add(&s, "%d月", from);
    else
        add(&s, "%s", month_name[from - 1]);
    if (from != to && zh)
        add(&s, "至%d月", to);
    else if (from != to)
        add(&s, "-%s", month_name[to - 1]);
    return s;
}

struct wording_text
wording_short(const struct wording *self, bool zh)
{
    static const char *const sign[PLAN_BOUNDS][2] = {[PLAN_AT_LEAST] = {"≥ ", "≥ "},
        [PLAN_AT_MOST] = {"≤ ", "≤ "},
        [PLAN_RISES] = {"rises", "上升"},
        [PLAN_FALLS] = {"falls", "下降"}};
    static const char *const when[PLAN_OVERS][2] = {[PLAN_POINT] = {"", ""},
        [PLAN_YEAR] = {" in year", "全年"},
        [PLAN_RUN] = {" in all", "累计"},
        [PLAN_WORST_YEAR] = {" each year", "每年"}};
    const char *over = when[self->over][zh];
    struct wording_text s = {""};
    bool change = wording_change(self), worst = self->over == PLAN_WORST_YEAR;

    if (zh && has_season(self))
        add(&s, "%s%s", worst ? "每年" : "", season(self, zh).text);
    else if (zh)
        add(&s, "%s", worst && change ? "逐年" : over);
    if (s.text[0] != '\0' && !change)
        add(&s, " ");
    add(&s, "%s", sign[self->bound][zh]);
    if (change && self->value > 0.0)
        add(&s, " ≥ ");
    if (!change || self->value > 0.0)
        add_value(&s, self, zh);
    if (!zh && has_season(self))
        add(&s, "%s %s", worst ? " each" : "", season(self, zh).text);
    else if (!zh)
        add(&s, "%s", over);
    return s;
}

/* The end of a day: of a year, of a month, or simply the day. */
static struct wording_text
end_of(int32_t day, bool zh)
{
    struct wording_text s = {""};
    struct date d = date_of(day);
    char text[16];
    bool ends = date_of(day + 1).day == 1;

    if (ends && d.month == 12)
        add(&s, zh ? "%d年底" : "the end of %d", d.year);
    else if (ends)
        add(&s, zh ? "%d年%d月底" : "the end of %d-%02d", d.year, d.month);
    else if (zh)
        add(&s, "%d年%d月%d日", d.year, d.month, d.day);
    else
        add(&s, "%s", date_text(day, text));
    return s;
}

static struct wording_text
since_of(const struct wording *self, bool zh)
{
    struct wording_text s = {""};
    struct date d = date_of(self->since);
    char text[16];

    if (self->since == 0)
        add(&s, zh ? "期初" : "the start");
    else if (zh)
        add(&s, "%d年%d月%d日", d.year, d.month, d.day);
    else
        add(&s, "%s", date_text(self->since, text));
    return s;
}

/* The first year that begins on or after `since`. */
static int
first_year(const struct wording *self)
{
    struct date d = date_of(self->since);

    return d.month == 1 && d.day == 1 ? d.year : d.year + 1;
}

/* The last year, or the year of the last season, that is over when it is due. */
static int
last_year(const struct wording *self)
{
    struct date d = date_of(self->by + 1); /* the day after */
    int end = has_season(self) ? self->month_to : 12;

    return d.month > end ? d.year : d.year - 1;
}

static void
add_year(struct wording_text *out, const struct wording *self, bool zh)
{
    struct date d = date_of(self->by);
    struct wording_text upto = {""}, first = {""};
    struct wording_text end = end_of(self->by, zh);

    if (date_of(self->by + 1).year == d.year)
        add(&upto, zh ? "(至%s)" : " up to %s", end.text);
    if (self->since == 0)
        add(&first, zh ? "首年" : "the first year");
    else
        add(&first, zh ? "%d年" : "%d", first_year(self));
    if (wording_change(self))
        add(out, zh ? "从%s到%d年%s" : "from %s to %d%s", first.text, d.year,
            upto.text);
    else
        add(out, zh ? "%d年%s" : "in %d%s", d.year, upto.text);
}

/* The season that ends in the year of the due date. */
static void
add_season(struct wording_text *out, const struct wording *self, bool zh)
{
    int year = date_of(self->by).year;
    bool wraps = self->month_from > self->month_to;
    struct wording_text name = season(self, zh), own = {""}, since = {""};

    if (wraps && zh)
        add(&own, "%d年%d月至%d年%d月", year - 1, self->month_from, year,
            self->month_to);
    else if (wraps)
        add(&own, "%s %d-%s %d", month_name[self->month_from - 1], year - 1,
            month_name[self->month_to - 1], year);
    else if (zh)
        add(&own, "%d年%s", year, name.text);
    else
        add(&own, "%s %d", name.text, year);
    if (self->since != 0)
        add(&since, zh ? "%s起" : " since %s", since_of(self, zh).text);
    if (wording_change(self) && zh)
        add(out, "从%s首个%s到%s", since.text, name.text, own.text);
    else if (wording_change(self))
        add(out, "from the first season %s%s to that of %s", name.text, since.text,
            own.text);
    else
        add(out, zh ? "%s" : "in the season %s", own.text);
}

static void
add_worst(struct wording_text *out, const struct wording *self, bool zh)
{
    struct wording_text name =
        has_season(self) ? season(self, zh) : (struct wording_text){""};
    bool change = wording_change(self);

    if (zh) {
        if (self->since != 0)
            add(out, "从%s", since_of(self, zh).text);
        add(out, "到%d年%s%s", last_year(self), change ? "逐年" : "每年", name.text);
        return;
    }
    if (!change && !has_season(self))
        add(out, "a year ");
    add(out, "in every %s%s", has_season(self) ? "season " : "year", name.text);
    if (self->since != 0 && has_season(self))
        add(out, " since %s,", since_of(self, zh).text);
    else if (self->since != 0)
        add(out, " from %d", first_year(self));
    add(out, " to %d", last_year(self));
}

/* The months that count. */
static void
add_when(struct wording_text *out, const struct wording *self, bool zh)
{
    struct wording_text since = since_of(self, zh), end = end_of(self->by, zh);

    if (self->over == PLAN_WORST_YEAR)
        add_worst(out, self, zh);
    else if (has_season(self))
        add_season(out, self, zh);
    else if (self->over == PLAN_YEAR)
        add_year(out, self, zh);
    else if (self->over == PLAN_RUN)
        add(out, zh ? "从%s到%s累计" : "in all from %s to %s", since.text, end.text);
    else if (wording_change(self))
        add(out, zh ? "从%s到%s" : "from %s to %s", since.text, end.text);
    else
        add(out, zh ? "%s" : "by %s", end.text);
}

struct wording_text
wording_long(const struct wording *self, bool zh)
{
    static const char *const what[PLAN_BOUNDS][2] = {
        [PLAN_AT_LEAST] = {"at least ", "不低于"},
        [PLAN_AT_MOST] = {"at most ", "不高于"},
        [PLAN_RISES] = {"rises", "上升"},
        [PLAN_FALLS] = {"falls", "下降"}};
    struct wording_text s = {""};
    bool change = wording_change(self);

    if (zh)
        add_when(&s, self, zh);
    add(&s, "%s", what[self->bound][zh]);
    if (change && self->value > 0.0)
        add(&s, "%s", zh ? "不少于" : " by at least ");
    if (!change || self->value > 0.0)
        add_value(&s, self, zh);
    if (!zh) {
        add(&s, " ");
        add_when(&s, self, zh);
    }
    return s;
}

enum { LINE = 140 }; /* columns */

struct wording_line
wording_others(
    const struct reader_target *targets, int n, const char *indicator, bool zh)
{
    struct wording_line line = {""};
    size_t used = 0;

    for (int i = 0; i < n; i++) {
        const struct reader_target *t = &targets[i];
        struct wording words = wording_result(t);
        if (strcmp(t->indicator, indicator) != 0 || wording_level(&words))
            continue;
        bool counties = strcmp(t->area, plan_area_names[PLAN_PREFECTURE]) != 0;
        struct wording_text text = wording_long(&words, zh);
        const char *area = !counties ? "" : zh ? "各县市" : "each county ";
        const char *between = zh ? "；" : "; ";
        if (used == 0)
            between = zh ? "另有要求：" : "Also asked: ";
        bool full = width_of(line.text) + width_of(text.text) > LINE;
        used += (size_t)snprintf(line.text + used, sizeof line.text - used, "%s%s%s",
            between, full ? "…" : area, full ? "" : text.text);
        if (full)
            break;
    }
    return line;
}

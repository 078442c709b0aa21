#include "output/board.h"

#include "models/indicator.h"
#include "models/plan.h"
#include "output/chance.h"
#include "output/datum.h"
#include "output/quote.h"
#include "output/width.h"
#include "output/wording.h"
#include "sim/date.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* HEADING_LEAST: `WORST COUNTY` over two columns and the gap between them. */
enum { CELL = 256, GAP = 2, COUNTY_MOST = 14, HEADING_LEAST = 10, TITLE_LEAST = 8 };

/* Columns of the text. */
enum {
    TARGET,
    DUE,
    VALUE,
    BOUND,
    VERDICT,
    MARGIN,
    CHANCE,
    WORST,
    WORST_VALUE,
    COLUMNS
};

/* Texts in English and in Chinese. */
static const char *const heading[COLUMNS][2] = {
    [TARGET] = {"TARGET", "目标"},
    [DUE] = {"DUE", "期限"},
    [VALUE] = {"VALUE", "结果"},
    [BOUND] = {"BOUND", "要求"},
    [VERDICT] = {"VERDICT", "结论"},
    [MARGIN] = {"MARGIN", "余量"},
    [CHANCE] = {"PROB.", "概率"},
    [WORST] = {"WORST COUNTY", "最差县市"},
    [WORST_VALUE] = {"", ""},
};
static const char *const verdict_text[PLAN_VERDICTS][2] = {
    [PLAN_MET] = {"met", "达标"},
    [PLAN_MISSED] = {"MISSED", "未达标"},
    [PLAN_TOO_CLOSE] = {"too close", "难以判定"},
    [PLAN_UNDECIDED] = {"undecided", "未定"},
};
static const bool right[COLUMNS] = {
    [VALUE] = true, [MARGIN] = true, [CHANCE] = true, [WORST_VALUE] = true};

struct line {
    char cell[COLUMNS][CELL];
};

static const char *
pick(const char *en, const char *zh, bool want_zh)
{
    if (want_zh)
        return zh[0] != '\0' ? zh : en;
    return en[0] != '\0' ? en : zh;
}

/* From here on a tenth says nothing. */
#define THOUSAND 1000.0

/* Decimals with which value and bound do not look equal unless they are. */
static int
decimals_of(const struct reader_target *t)
{
    int n = strcmp(t->unit, "person") == 0 || fabs(t->mean) >= THOUSAND ? 0 : 1;
    double step = n == 0 ? 1.0 : 0.1;

    while (n < 6 && t->margin != 0.0 && fabs(t->margin) < 0.5 * step) {
        n++;
        step /= 10.0;
    }
    return n;
}

static void
put_number(char *cell, double x, int decimals, bool sign)
{
    if (isnan(x))
        snprintf(cell, CELL, "-");
    else
        snprintf(cell, CELL, sign ? "%+.*f" : "%.*f", decimals, x);
}

/* A month's end needs no day. */
static void
put_due(char *cell, int32_t day)
{
    struct date d = date_of(day);

    date_text(day, cell);
    if (date_of(day + 1).month != d.month)
        cell[strlen("2021-12")] = '\0';
}

/* A part of a prefecture's count is not better or worse than another part. */
static bool
compares_counties(const struct board *self, const struct reader_target *t)
{
    const struct indicator *i = indicator_find(t->indicator);
    bool prefecture = strcmp(t->area, plan_area_names[PLAN_PREFECTURE]) == 0;

    return self->reader->n_counties > 0 &&
           (i == NULL || i->denominator != NULL || !prefecture);
}

static void
fill(const struct board *self, const struct reader_target *t, struct line *l)
{
    struct wording words = wording_result(t);
    bool change = wording_change(&words);
    int decimals = decimals_of(t);
    char chance[CHANCE_TEXT];

    snprintf(l->cell[TARGET], CELL, "%s", wording_title(t, self->zh));
    put_due(l->cell[DUE], t->due);
    put_number(l->cell[VALUE], t->mean, decimals, change);
    snprintf(l->cell[BOUND], CELL, "%s", wording_short(&words, self->zh).text);
    snprintf(l->cell[VERDICT], CELL, "%s", verdict_text[t->verdict][self->zh]);
    put_number(l->cell[MARGIN], t->margin, decimals, true);
    snprintf(l->cell[CHANCE], CELL, "%s", chance_of(self->reader, t, chance));
    if (!compares_counties(self, t)) {
        snprintf(l->cell[WORST], CELL, "-");
        snprintf(l->cell[WORST_VALUE], CELL, " ");
        return;
    }
    const struct reader_county *c = &self->reader->county[t->worst];
    snprintf(l->cell[WORST], CELL, "%s", pick(c->name, c->name_zh, self->zh));
    put_number(l->cell[WORST_VALUE], t->county_value[t->worst], decimals, change);
}

/* Natural widths, then the title is broken, so that a line keeps to BOARD_WIDTH. */
static void
measure(const struct line *lines, int n, int *width)
{
    int rest = (COLUMNS - 1) * GAP;

    for (int k = 0; k < COLUMNS; k++) {
        width[k] = 0;
        for (int i = k == WORST; i < n; i++) /* its heading spans two columns */
            if (width_of(lines[i].cell[k]) > width[k])
                width[k] = width_of(lines[i].cell[k]);
        if (k == WORST && width[k] > COUNTY_MOST)
            width[k] = COUNTY_MOST;
        if (k == WORST_VALUE && width[k] + width[WORST] < HEADING_LEAST)
            width[k] = HEADING_LEAST - width[WORST];
        if (k != TARGET)
            rest += width[k];
    }
    if (width[TARGET] > BOARD_WIDTH - rest)
        width[TARGET] =
            BOARD_WIDTH - rest > TITLE_LEAST ? BOARD_WIDTH - rest : TITLE_LEAST;
}

/* Prints as much of a title as a line of `width` holds; returns what is left. */
static const char *
print_title(const char *title, int width, bool padded, FILE *out)
{
    char part[CELL];
    size_t n = width_fit(title, width);

    snprintf(part, sizeof part, "%.*s", (int)n, title);
    width_print(out, part, padded ? width : width_of(part), false);
    title += n;
    return title + strspn(title, " ");
}

/* A title that is too long goes on below. */
static void
print_line(const struct line *l, const int *width, FILE *out)
{
    const char *title = print_title(l->cell[TARGET], width[TARGET], true, out);

    for (int k = DUE; k < WORST; k++) {
        fprintf(out, "%*s", GAP, "");
        width_print(out, l->cell[k], width[k], right[k]);
    }
    fprintf(out, "%*s", GAP, "");
    if (l->cell[WORST_VALUE][0] == '\0') {
        fprintf(out, "%s\n", l->cell[WORST]);
        return;
    }
    width_print(out, l->cell[WORST], width[WORST], false);
    fprintf(out, "%*s", GAP, "");
    width_print(out, l->cell[WORST_VALUE], width[WORST_VALUE], true);
    fputc('\n', out);
    while (*title != '\0') {
        fprintf(out, "%*s", GAP, "");
        title = print_title(title, width[TARGET] - GAP, false, out);
        fputc('\n', out);
    }
}

static int
least(int a, int b)
{
    return a < b ? a : b;
}

/* What targets that are no level on a day ask for, at more length than a cell has. */
static void
print_words(const struct board *self, FILE *out)
{
    bool first = true;

    for (int i = 0; i < self->n; i++) {
        const struct reader_target *t = &self->target[i];
        struct wording words = wording_result(t);
        if (wording_level(&words))
            continue;
        struct wording_text text = wording_long(&words, self->zh);
        int said = width_of(text.text), title = width_of(wording_title(t, self->zh));
        said = least(said, BOARD_WIDTH - GAP - TITLE_LEAST);
        fputs(first ? "\n" : "", out);
        first = false;
        width_print(out, wording_title(t, self->zh),
            least(title, BOARD_WIDTH - GAP - said), false);
        fputs(self->zh ? "：" : ": ", out); /* GAP wide, both */
        width_print(out, text.text, said, false);
        fputc('\n', out);
    }
}

static void
print_footer(const struct board *self, FILE *out)
{
    const struct reader *r = self->reader;
    char first[16], last[16];
    int met = board_count(self, PLAN_MET), missed = board_count(self, PLAN_MISSED);
    int close = board_count(self, PLAN_TOO_CLOSE);

    date_text(r->day[0] + 1, first);
    date_text(r->day[r->n_times - 1], last);
    if (self->zh)
        fprintf(out,
            "\n共%d项目标：达标%d，未达标%d，难以判定%d。%s至%s，重复%d次，种子%" PRId64
            "。\n结果为到期时各次重复的平均值；按县考核的目标取最差的县市。"
            "余量为正表示好于要求。\n",
            self->n, met, missed, close, first, last, r->n_replicates, r->seed);
    else
        fprintf(out,
            "\n%d target%s: %d met, %d missed, %d too close to call. %s to %s, "
            "%d replicate%s, seed %" PRId64
            ".\nVALUE: mean when due, of the worst county "
            "for targets of counties. MARGIN > 0: better than bound.\n",
            self->n, self->n == 1 ? "" : "s", met, missed, close, first, last,
            r->n_replicates, r->n_replicates == 1 ? "" : "s", r->seed);
}

void
board_text(const struct board *self, FILE *out)
{
    const struct reader *r = self->reader;
    int width[COLUMNS];

    fprintf(out, "%s\n\n", pick(r->title, r->title_zh, self->zh));
    if (self->n == 0) {
        fputs(self->zh ? "没有可评判的目标。\n" : "There are no targets to judge.\n",
            out);
        return;
    }
    struct line *lines = mem_alloc((size_t)self->n + 1, sizeof *lines);
    for (int k = 0; k < COLUMNS; k++)
        snprintf(lines[0].cell[k], CELL, "%s", heading[k][self->zh]);
    for (int i = 0; i < self->n; i++)
        fill(self, &self->target[i], &lines[i + 1]);
    measure(lines, self->n + 1, width);
    for (int i = 0; i <= self->n; i++)
        print_line(&lines[i], width, out);
    print_words(self, out);
    print_footer(self, out);
    chance_rule(r, board_count(self, PLAN_UNDECIDED), self->zh, out);
    mem_free(lines);
}

int
board_count(const struct board *self, int verdict)
{
    int n = 0;

    for (int i = 0; i < self->n; i++)
        n += self->target[i].verdict == verdict;
    return n;
}

void
board_csv(const struct board *self, FILE *out)
{
    struct datum d[DATUM_MOST];
    struct datum_text text;

    for (int i = 0; i < self->n; i++) {
        int n = datum_fill(d, &text, self->reader, &self->target[i]);
        for (int k = 0; k < n && i == 0; k++)
            fprintf(out, "%s%c", d[k].name, k == n - 1 ? '\n' : ',');
        for (int k = 0; k < n; k++) {
            if (d[k].text != NULL)
                quote_csv(out, d[k].text);
            else
                quote_number(out, d[k].number, "");
            fputc(k == n - 1 ? '\n' : ',', out);
        }
    }
}

static void
print_counties(const struct board *self, const struct reader_target *t, FILE *out)
{
    fputs(", \"by_county\": [", out);
    for (int k = 0; k < self->reader->n_counties; k++) {
        const struct reader_county *c = &self->reader->county[k];
        fprintf(out, "%s\n     {\"code\": %" PRId64 ", \"name\": ", k > 0 ? "," : "",
            c->code);
        quote_json(out, c->name);
        fputs(", \"name_zh\": ", out);
        quote_json(out, c->name_zh);
        fputs(", \"mean\": ", out);
        quote_number(out, t->county_value[k], "null");
        fputs(", \"probability\": ", out);
        quote_number(out, t->county_met[k], "null");
        fputc('}', out);
    }
    fputs("],\n   \"by_replicate\": [", out);
    for (int i = 0; i < self->reader->n_replicates; i++) {
        fputs(i > 0 ? ", " : "", out);
        quote_number(out, t->replicate_value[i], "null");
    }
    fputc(']', out);
}

void
board_json(const struct board *self, FILE *out)
{
    struct datum d[DATUM_MOST];
    struct datum_text text;

    fputs("{\"title\": ", out);
    quote_json(out, self->reader->title);
    fputs(", \"title_zh\": ", out);
    quote_json(out, self->reader->title_zh);
    fputs(", \"digest\": ", out);
    quote_json(out, self->reader->digest);
    fputs(", \"targets\": [", out);
    for (int i = 0; i < self->n; i++) {
        int n = datum_fill(d, &text, self->reader, &self->target[i]);
        fputs(i > 0 ? ",\n  {" : "\n  {", out);
        for (int k = 0; k < n; k++) {
            fprintf(out, "%s\"%s\": ", k > 0 ? ", " : "", d[k].name);
            if (d[k].text != NULL)
                quote_json(out, d[k].text);
            else
                quote_number(out, d[k].number, "null");
        }
        print_counties(self, &self->target[i], out);
        fputc('}', out);
    }
    fputs("\n]}\n", out);
}

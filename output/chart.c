#include "output/chart.h"

#include "models/indicator.h"
#include "models/plan.h"
#include "output/quote.h"
#include "output/wording.h"
#include "sim/date.h"

#include <math.h>
#include <string.h>

/* Places on the page, in pixels from its top left. */
enum {
    WIDTH = 1000,
    LEFT = 74,
    RIGHT = 20,
    MAIN_TOP = 134,
    MAIN_HEIGHT = 330,
    PANELS_TOP = MAIN_TOP + MAIN_HEIGHT + 92,
    SQUASHED = 2, /* an axis so much longer than needed is not shared */
    PANEL_COLUMNS = 4,
    PANEL_HEIGHT = 104,
    PANEL_STEP = 160,
    PANEL_GAP = 22,
    FOOT = 34,
    YEAR_LABELS = 12, /* at most, in the main panel */
    FIRST_COLUMN = 3  /* of the CSV, with numbers of the prefecture */
};

/* Source: Okabe and Ito, Color Universal Design (2008): told apart by every eye. */
#define BLUE "#0072B2"
#define ORANGE "#D55E00"
#define BAND "#C6DEED"
#define GREY "#8A8A8A"
#define PALE "#E4E4E4"

struct box {
    int left, right, top, bottom; /* pixels */
};

static const char *
pick(const char *en, const char *zh, bool want_zh)
{
    if (want_zh)
        return zh[0] != '\0' ? zh : en;
    return en[0] != '\0' ? en : zh;
}

/* Counts add up over counties: a county is not to be held against the prefecture. */
static bool
adds_up(const struct chart *self)
{
    const struct indicator *i = indicator_find(self->indicator->name);

    return i != NULL && i->denominator == NULL;
}

/* Whether a target is drawn in the main panel, or in those of the counties;
 * put_titles() puts others in words. */
static bool
shown(const struct chart *self, const struct reader_target *t, bool county)
{
    bool prefecture = strcmp(t->area, plan_area_names[PLAN_PREFECTURE]) == 0;

    struct wording words = wording_result(t);
    if (strcmp(t->indicator, self->indicator->name) != 0 || !wording_level(&words))
        return false;
    return county ? !prefecture || !adds_up(self) : prefecture;
}

/* The end of an axis for the areas `first` and up to `last`, and their targets. */
static double
top_of(const struct chart *self, int first, int last, bool county)
{
    const struct spread *s = &self->spread;
    double top = 0.0;

    for (int i = first * self->reader->n_times; i < (last + 1) * self->reader->n_times;
         i++)
        top = fmax(top, s->high[i]);
    for (int i = 0; i < self->n_targets; i++)
        if (shown(self, &self->target[i], county))
            top = fmax(top, self->target[i].value);
    return top > 0.0 ? 1.12 * top : 1.0;
}

void
chart_init(struct chart *self, const struct reader *r,
    const struct reader_indicator *indicator, const struct reader_target *target,
    int n_targets)
{
    *self = (struct chart){
        .reader = r, .indicator = indicator, .target = target, .n_targets = n_targets};
    spread_init(&self->spread, r, indicator);
    self->top = top_of(self, 0, 0, false);
    self->county_top = top_of(self, 1, r->n_counties, true);
    if (!adds_up(self) && self->county_top <= SQUASHED * self->top)
        self->top = self->county_top = fmax(self->top, self->county_top);
}

void
chart_free(struct chart *self)
{
    spread_free(&self->spread);
}

/* Results stand at the end of a day: 2025-12-31 is where 2026 begins. */
static double
place_of(int32_t day)
{
    return date_year(day + 1);
}

static int
page_height(const struct chart *self)
{
    int rows = (self->reader->n_counties + PANEL_COLUMNS - 1) / PANEL_COLUMNS;

    return PANELS_TOP + rows * PANEL_STEP + FOOT;
}

/* A label at a pixel of the page; `font` is a gnuplot font such as ',15'. */
static void
put_label(const struct chart *self, int x, int y, const char *text, const char *font,
    const char *colour, FILE *out)
{
    fputs("set label ", out);
    quote_gnuplot(out, text);
    fprintf(out, " at screen %.5f,%.5f left font '%s' tc rgb '%s' noenhanced\n",
        (double)x / WIDTH, 1.0 - (double)y / page_height(self), font, colour);
}

static void
put_head(const struct chart *self, const char *stem, FILE *out)
{
    int height = page_height(self);

    fputs("# Drawn by carecap. To draw it again, in the folder of this file:\n"
          "# gnuplot -e \"kind='svg'\" THIS_FILE     (or png, or pdf)\n"
          "if (!exists('kind')) kind = 'svg'\n"
          "set encoding utf8\n"
          "set datafile separator ','\n"
          "set datafile missing ''\n",
        out);
    fprintf(out,
        "if (kind eq 'svg') {\n"
        "    set terminal svg noenhanced size %d,%d font 'Noto Sans CJK SC,13' "
        "background rgb 'white'\n"
        "} else { if (kind eq 'png') {\n"
        "    set terminal pngcairo noenhanced size %d,%d fontscale 2 linewidth 2 "
        "pointscale 2 "
        "font 'Noto Sans CJK SC,10'\n"
        "} else {\n"
        "    set terminal pdfcairo noenhanced size %.3fin,%.3fin "
        "font 'Noto Sans CJK SC,10'\n"
        "}}\n",
        WIDTH, height, 2 * WIDTH, 2 * height, WIDTH / 96.0, height / 96.0);
    /* The dot keeps gnuplot from taking a name for a command (`|x`, `<x`). */
    char name[512];
    snprintf(name, sizeof name, "./%s.", stem);
    fputs("set output ", out);
    quote_gnuplot(out, name);
    fputs(".kind\nfile = ", out);
    quote_gnuplot(out, name);
    fputs(".'csv'\n", out);
}

/* Names of years stand in the middle of their year; pale lines part the years. */
static void
put_years(const struct chart *self, int most, FILE *out)
{
    const struct reader *r = self->reader;
    int first = date_of(r->day[0] + 1).year;
    int last = date_of(r->day[r->n_times - 1]).year;
    int step = 1;

    while ((last - first) / step + 1 > most)
        step = step == 1 ? 2 : step == 2 ? 5 : 2 * step;
    fputs("set xtics scale 0 (", out);
    for (int y = first; y <= last; y += step)
        fprintf(out, "%s'%d' %d.5", y > first ? ", " : "", y, y);
    fputs(")\n", out);
    int gap = step > 2 ? step : 1;
    for (int y = first + gap; y <= last; y += gap)
        fprintf(out,
            "set arrow from first %d, graph 0 to first %d, graph 1 nohead lc rgb '" PALE
            "' lw 1 back\n",
            y, y);
}

/* A target holds from the due date of the one before it, so that stages make stairs. */
static double
target_from(const struct chart *self, int i)
{
    const struct reader *r = self->reader;
    int32_t from = r->day[0];

    for (int k = 0; k < self->n_targets; k++) {
        const struct reader_target *t = &self->target[k], *own = &self->target[i];
        struct wording words = wording_result(t);
        if (strcmp(t->indicator, own->indicator) == 0 && wording_level(&words) &&
            strcmp(t->area, own->area) == 0 && strcmp(t->bound, own->bound) == 0 &&
            t->due < own->due && t->due > from)
            from = t->due;
    }
    return place_of(from);
}

/* Lines and markers of the targets as data blocks; returns how many there are. */
static int
put_targets(const struct chart *self, bool county, FILE *out)
{
    const char *const block[] = {"$line", "$due"};
    int n = 0;

    for (int b = 0; b < 2; b++) {
        fprintf(out, "%s << END\n", block[b]);
        n = 0;
        for (int i = 0; i < self->n_targets; i++) {
            const struct reader_target *t = &self->target[i];
            if (!shown(self, t, county))
                continue;
            if (b == 0) /* an empty line ends a stroke */
                fprintf(out, "%.6f,%.10g\n%.6f,%.10g\n\n", target_from(self, i),
                    t->value, place_of(t->due), t->value);
            else
                fprintf(out, "%.6f,%.10g\n", place_of(t->due), t->value);
            n++;
        }
        fputs("END\n", out);
    }
    return n;
}

/* The numbers of the targets, left of their markers and above the lines. */
static void
put_bounds(const struct chart *self, FILE *out)
{
    for (int i = 0; i < self->n_targets; i++) {
        const struct reader_target *t = &self->target[i];
        struct wording words = wording_result(t);
        if (shown(self, t, false))
            fprintf(out,
                "set label '%s' at first %.6f, first %.10g right offset "
                "character -0.8,0.7 tc rgb '" ORANGE "' noenhanced front\n",
                wording_short(&words, self->zh).text, place_of(t->due), t->value);
    }
}

static void
put_box(const struct chart *self, struct box b, FILE *out)
{
    double height = page_height(self);

    fprintf(out,
        "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
        "set bmargin at screen %.5f\nset tmargin at screen %.5f\n",
        (double)b.left / WIDTH, (double)b.right / WIDTH, 1.0 - b.bottom / height,
        1.0 - b.top / height);
}

static void
put_main(const struct chart *self, FILE *out)
{
    const char *const key[][2] = {{"prefecture", "全州（市）"},
        {"9 in 10 replicates", "九成模拟的范围"},
        {"target, due at the marker", "目标（标记处到期）"}};
    int c = FIRST_COLUMN;

    put_box(
        self, (struct box){LEFT, WIDTH - RIGHT, MAIN_TOP, MAIN_TOP + MAIN_HEIGHT}, out);
    put_years(self, YEAR_LABELS, out);
    put_bounds(self, out);
    int targets = put_targets(self, false, out);
    fprintf(out,
        "set key at screen %.5f,%.5f left bottom horizontal Left reverse samplen 2.5 "
        "width -1\nplot ",
        (double)LEFT / WIDTH, 1.0 - (MAIN_TOP - 18.0) / page_height(self));
    if (self->reader->n_replicates > 1)
        fprintf(out,
            "file skip 1 using 2:%d:%d with filledcurves fc rgb '" BAND
            "' title '%s', \\\n    ",
            c + 1, c + 2, key[1][self->zh]);
    if (targets > 0)
        fprintf(out,
            "$line using 1:2 with lines lw 1.6 dt 2 lc rgb '" ORANGE "' notitle, \\\n"
            "    $due using 1:2 with linespoints lw 1.6 dt 2 pt 13 ps 0.9 lc rgb "
            "'" ORANGE "' title '%s', \\\n    ",
            key[2][self->zh]);
    fprintf(out,
        "file skip 1 using 2:%d with lines lw 2.5 lc rgb '" BLUE "' title '%s'\n", c,
        key[0][self->zh]);
    fputs("unset label\nunset arrow\nunset key\nset ylabel\n", out);
}

static void
put_panel(const struct chart *self, int k, int targets, FILE *out)
{
    const struct reader_county *county = &self->reader->county[k];
    int width =
        (WIDTH - LEFT - RIGHT - (PANEL_COLUMNS - 1) * PANEL_GAP) / PANEL_COLUMNS;
    int left = LEFT + k % PANEL_COLUMNS * (width + PANEL_GAP);
    int top = PANELS_TOP + k / PANEL_COLUMNS * PANEL_STEP;
    int c = FIRST_COLUMN + 3 * (k + 1);

    put_box(self, (struct box){left, left + width, top, top + PANEL_HEIGHT}, out);
    put_label(self, left, top - 12, pick(county->name, county->name_zh, self->zh),
        ",12", "#202020", out);
    fprintf(out, "set format y '%s'\nplot ", k % PANEL_COLUMNS == 0 ? "%g" : "");
    if (self->reader->n_replicates > 1)
        fprintf(out,
            "file skip 1 using 2:%d:%d with filledcurves fc rgb '" BAND "', \\\n    ",
            c + 1, c + 2);
    if (!adds_up(self))
        fprintf(out,
            "file skip 1 using 2:%d with lines lw 1 lc rgb '" GREY "', \\\n    ",
            FIRST_COLUMN);
    if (targets > 0)
        fputs("$line using 1:2 with lines lw 1 dt 2 lc rgb '" ORANGE "', \\\n"
              "    $due using 1:2 with points pt 13 ps 0.5 lc rgb '" ORANGE
              "', \\\n    ",
            out);
    fprintf(out, "file skip 1 using 2:%d with lines lw 2 lc rgb '" BLUE "'\n", c);
    fputs("unset label\n", out);
}

/* A round distance of marks, three to seven of which go into `top`. */
static double
step_for(double top)
{
    double ten = pow(10.0, floor(log10(top / 3.0)));
    double share = top / 3.0 / ten;

    return ten * (share >= 5.0 ? 5.0 : share >= 2.0 ? 2.0 : 1.0);
}

static void
put_titles(const struct chart *self, FILE *out)
{
    const struct reader *r = self->reader;
    const char *label = self->zh ? self->indicator->zh : self->indicator->doc;
    char text[512];

    snprintf(text, sizeof text, "%s", label);
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    put_label(self, 16, 28, text, ",19", "#000000", out);
    put_label(
        self, 16, 58, pick(r->title, r->title_zh, self->zh), ",13", "#505050", out);
    struct wording_line others =
        wording_others(self->target, self->n_targets, self->indicator->name, self->zh);
    if (others.text[0] != '\0')
        put_label(self, 16, 80, others.text, ",12", ORANGE, out);
    put_label(self, LEFT, PANELS_TOP - 40,
        adds_up(self) ? (self->zh ? "各县市" : "By county")
        : self->zh    ? "各县市（灰线为全州、市）"
                      : "By county (grey: the prefecture)",
        ",14", "#000000", out);
    snprintf(text, sizeof text,
        self->zh ? "carecap  种子 %lld  重复 %d 次  结果摘要 %.16s"
                 : "carecap  seed %lld  %d replicates  digest %.16s",
        (long long)r->seed, r->n_replicates, r->digest);
    put_label(self, 16, page_height(self) - 14, text, ",10", GREY, out);
    fputs("set ylabel ", out);
    quote_gnuplot(out, wording_unit(self->indicator->unit, self->zh));
    fputs(" offset character 1,0 noenhanced\n", out);
}

void
chart_script(const struct chart *self, const char *stem, FILE *out)
{
    const struct reader *r = self->reader;

    put_head(self, stem, out);
    fputs("set multiplot\nset border 3 lc rgb '#606060'\nset tics nomirror out\n"
          "set grid ytics back lc rgb '" PALE "' lw 1 lt 1\n",
        out);
    double first = place_of(r->day[0]), last = place_of(r->day[r->n_times - 1]);
    /* A little room on the right for markers on the last day. */
    fprintf(out, "set xrange [%.6f:%.6f]\nset yrange [0:%.6g]\n", first,
        last + 0.008 * (last - first), self->top);
    put_titles(self, out);
    put_main(self, out);
    put_years(self, 3, out);
    fprintf(out, "set yrange [0:%.6g]\nset ytics %.6g\n", self->county_top,
        step_for(self->county_top));
    int targets = put_targets(self, true, out);
    fputs("set xtics font ',10'\nset ytics font ',10'\n", out);
    for (int k = 0; k < r->n_counties; k++)
        put_panel(self, k, targets, out);
    fputs("unset multiplot\nset output\n", out);
}

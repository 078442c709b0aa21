#include "output/findings.h"

#include "models/county.h"
#include "models/models.h"
#include "output/quote.h"
#include "output/width.h"
#include "sim/executive.h"

#include <omp.h>
#include <string.h>

enum { LINE = 96, INDENT = 4 }; /* columns */

#define PEOPLE_MOST 5e7

static double
people(const struct setup *s)
{
    const struct county_tab *counties = s->tab[MODELS_COUNTY];
    double sum = 0.0;

    for (int i = 0; i < s->n_regions; i++)
        sum += counties->row[i]->population;
    return sum;
}

void
findings_init(struct findings *self, const struct setup *s, const struct result *result)
{
    memset(self, 0, sizeof *self);
    if (result == NULL && lint_wants_start(s) && people(s) <= PEOPLE_MOST) {
        self->eve = *s;
        self->eve.n_times = 1;
        self->made = true;
        result_init(&self->start, &self->eve, 1);
        executive_start(s, omp_get_max_threads(), &self->start);
        result = &self->start;
    }
    lint_init(&self->lint, s, result);
}

void
findings_free(struct findings *self)
{
    lint_free(&self->lint);
    if (self->made)
        result_free(&self->start);
}

/* Whether a character is one of a text of characters. */
static bool
among(uint32_t c, const char *all)
{
    while (*all != '\0')
        if (width_next(&all) == c)
            return true;
    return false;
}

/* Bytes and columns of the next piece that stays on one line: a word, or a Chinese
 * character with the marks that belong to it. */
static size_t
piece_at(const char *text, int *columns)
{
    const char *at = text;
    bool open = true; /* more may be put to it */

    for (*columns = 0; *at != '\0' && !(*at == ' ' && at[1] != '%');) {
        const char *next = at;
        char one[8];
        uint32_t c = width_next(&next);
        bool closes = among(c, "，。；：、）");
        snprintf(one, sizeof one, "%.*s", (int)(next - at), at);
        bool wide = width_of(one) > 1;
        if (!closes && ((wide && at > text) || !open))
            break;
        open = open && (!wide || among(c, "（"));
        *columns += width_of(one);
        at = next;
    }
    return (size_t)(at - text);
}

/* Prints a sentence on as many lines as it takes. */
static void
print_wrapped(const char *text, FILE *out)
{
    int used = INDENT, blank = 0;

    fprintf(out, "%*s", INDENT, "");
    while (*text != '\0') {
        int columns;
        size_t n = piece_at(text, &columns);
        if (used > INDENT && used + blank + columns > LINE) {
            fprintf(out, "\n%*s", INDENT, "");
            used = INDENT;
            blank = 0;
        }
        fprintf(out, "%*s%.*s", blank, "", (int)n, text);
        used += blank + columns;
        blank = text[n] == ' ';
        text += n + (size_t)blank;
    }
    fputc('\n', out);
}

static void
print_place(struct place at, FILE *out)
{
    if (at.file != NULL && at.line > 0)
        fprintf(out, "%s:%d", at.file, at.line);
    else
        fputs(at.file != NULL ? at.file : "-", out);
}

void
findings_text(const struct findings *self, bool zh, FILE *out)
{
    const struct lint *lint = &self->lint;

    if (lint->start == NULL && lint_wants_start(lint->setup))
        fprintf(out, "%s\n",
            zh ? "人口过多,未建立期初状态;需要期初状态的规则未检查"
               : "too many people: the state at the start was not made, rules that "
                 "need it were left out");
    fprintf(out, zh ? "发现      %d\n" : "findings  %d\n", lint->n);
    for (int i = 0; i < lint->n; i++) {
        const struct lint_finding *f = &lint->finding[i];
        fputs("  ", out);
        print_place(f->about.place, out);
        fprintf(out, "  %s  %s\n", f->rule->name, f->about.name);
        print_wrapped(zh ? f->text_zh : f->text, out);
    }
}

static void
json_text(const char *key, const char *text, FILE *out)
{
    fprintf(out, ", \"%s\": ", key);
    quote_json(out, text);
}

void
findings_json(const struct findings *self, FILE *out)
{
    const struct lint *lint = &self->lint;

    fprintf(out, "{\"state_at_start\": %s, \"findings\": [",
        lint->start != NULL ? "true" : "false");
    for (int i = 0; i < lint->n; i++) {
        const struct lint_finding *f = &lint->finding[i];
        fprintf(out, "%s\n  {\"rule\": ", i > 0 ? "," : "");
        quote_json(out, f->rule->name);
        json_text("about", f->about.name, out);
        json_text("file", f->about.place.file != NULL ? f->about.place.file : "", out);
        fprintf(out, ", \"line\": %d", f->about.place.line);
        json_text("text", f->text, out);
        json_text("text_zh", f->text_zh, out);
        fputc('}', out);
    }
    fputs(lint->n > 0 ? "\n]}\n" : "]}\n", out);
}

void
findings_list(FILE *out)
{
    for (const struct lint_rule *r = lint_rules; r->name != NULL; r++)
        fprintf(out, "%s\n    %s\n    %s\n", r->name, r->doc, r->zh);
}

enum { TEXTS = 4 };

void
findings_write(struct hdf *file, const struct lint *lint)
{
    static const char *const path[TEXTS] = {"/provenance/findings",
        "/provenance/findings_zh", "/provenance/finding_about",
        "/provenance/finding_place"};
    static const char *const doc[TEXTS] = {"what is odd about the plan",
        "what is odd about the plan, in Chinese",
        "target, statement, project or lever that it is about", "file and line"};
    size_t n = (size_t)lint->n;
    const char **rule = mem_alloc(n + 1, sizeof *rule), **cell[TEXTS];
    struct hdf_shape shape = {
        .rank = 1, .n = {(hsize_t)n}, .scale = {"/provenance/finding"}};
    struct arena arena = {.block = NULL};

    for (int k = 0; k < TEXTS; k++)
        cell[k] = mem_arena(&arena, n + 1, sizeof **cell);
    for (size_t i = 0; i < n; i++) {
        const struct lint_finding *f = &lint->finding[i];
        size_t size =
            strlen(f->about.place.file != NULL ? f->about.place.file : "") + 16;
        char *place = mem_arena(&arena, size, 1);
        snprintf(place, size, "%s:%d",
            f->about.place.file != NULL ? f->about.place.file : "",
            f->about.place.line);
        const char *const text[TEXTS] = {f->text, f->text_zh, f->about.name, place};
        rule[i] = f->rule->name;
        for (int k = 0; k < TEXTS; k++)
            cell[k][i] = text[k];
    }
    if (n > 0)
        hdf_scale(file, "/provenance/finding", HDF_TEXT, n, rule);
    for (int k = 0; n > 0 && k < TEXTS; k++) {
        hdf_put(file, path[k], HDF_TEXT, &shape, cell[k]);
        hdf_note(file, path[k], "long_name", doc[k]);
    }
    mem_arena_free(&arena);
    mem_free(rule);
}

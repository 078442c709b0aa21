#include "output/reference.h"

#include "models/indicator.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "sim/date.h"
#include "sim/err.h"
#include "sim/scenario.h"

#include <math.h>
#include <stdbool.h>

enum { AXES_MOST = 64 };

static const char head[] =
    "# Reference of the models\n"
    "\n"
    "Written by `make reference` from the tables in the code; do not edit. "
    "[README.md](README.md) has the equations, [STRESS-DES.md](STRESS-DES.md) the "
    "checklist. A model stands below in the order in which models prepare and hear "
    "signals.\n"
    "\n"
    "Units: `1` is a pure number, a name or a choice. Defaults hold unless a scenario "
    "gives another value; what a run used, with unit, source and quality, is in its "
    "result under `/provenance/parameters`. A *path* is a value over calendar years, "
    "linear between its knots and constant outside them. A result is a *state* at the "
    "month's end or a *total* of the month; all are by time and county, and those by "
    "*item* also by service, origin or lever, as the scenario names them.\n";

/* Text in a cell of a table, where some signs would end it or be marks. */
static void
put(const char *text, FILE *out)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '|' || *text == '*' || *text == '<')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void
put_number(const struct field *f, double value, FILE *out)
{
    char text[16];

    fputs(f->kind == FIELD_DATE ? date_text((int32_t)value, text)
                                : field_number(value).text,
        out);
}

static void
put_default(const struct field *f, FILE *out)
{
    bool none = isnan(f->def) || (f->kind == FIELD_DATE && f->def == 0.0);

    if (f->required)
        fputs("required", out);
    else if (f->kind == FIELD_TEXT)
        put(f->text != NULL && f->text[0] != '\0' ? f->text : "none", out);
    else if (f->kind == FIELD_CHOICE)
        put(f->choices[(int)f->def], out);
    else if (f->kind == FIELD_ROWS)
        fputs("no row", out);
    else if (none)
        fputs("none", out);
    else
        put_number(f, f->def, out);
}

static void
put_allowed(const struct field *f, FILE *out)
{
    static const char *const kind[FIELD_KINDS] = {[FIELD_REAL] = "number",
        [FIELD_INT] = "whole number",
        [FIELD_TEXT] = "text",
        [FIELD_DATE] = "date",
        [FIELD_CHOICE] = "one of",
        [FIELD_PATH] = "number or path",
        [FIELD_ROWS] = "table"};

    if (f->count > 1)
        fprintf(out, "%d values, each a ", f->count);
    fputs(kind[f->kind], out);
    if (f->keyed)
        fputs(", merged with the base's by name", out);
    for (int i = 0; f->kind == FIELD_CHOICE && f->choices[i] != NULL; i++) {
        fputs(i == 0 ? " " : ", ", out);
        put(f->choices[i], out);
    }
    if (f->lo != 0.0 || f->hi != 0.0) {
        fputs(" from ", out);
        put_number(f, f->lo, out);
        fputs(" to ", out);
        put_number(f, f->hi, out);
    }
}

static bool
has_sources(const struct field *table)
{
    for (; table->name != NULL; table++)
        if (table->source != NULL || table->quality != NULL)
            return true;
    return false;
}

/* Parameters, or columns of a table. */
static void
put_fields(const struct field *table, FILE *out)
{
    bool sources = has_sources(table);

    fprintf(out,
        "\n| name | unit | what | default | allowed |%s\n|---|---|---|---|---|%s\n",
        sources ? " source of the default | quality |" : "", sources ? "---|---|" : "");
    for (const struct field *f = table; f->name != NULL; f++) {
        fprintf(out, "| `%s` | %s | ", f->name, f->unit != NULL ? f->unit : "1");
        put(f->doc, out);
        fputs(" | ", out);
        put_default(f, out);
        fputs(" | ", out);
        put_allowed(f, out);
        if (sources) {
            fputs(" | ", out);
            put(f->source, out);
            fprintf(out, " | %s", f->quality != NULL ? f->quality : "");
        }
        fputs(" |\n", out);
    }
}

static void
put_parameters(const char *section, const struct field *table, FILE *out)
{
    fputs("\n### Parameters\n", out);
    put_fields(table, out);
    for (const struct field *f = table; f->name != NULL; f++) {
        if (f->kind != FIELD_ROWS)
            continue;
        fprintf(out, "\n#### Columns of `%s.%s`\n", section, f->name);
        put_fields(f->columns, out);
    }
}

static void
put_events(const struct handler *h, FILE *out)
{
    fputs("\n### Events\n\n| event | what happens |\n|---|---|\n", out);
    for (; h->name != NULL; h++) {
        fprintf(out, "| %s | ", h->name);
        put(h->doc, out);
        fputs(" |\n", out);
    }
}

static void
put_results(const struct model *m, FILE *out)
{
    fputs("\n### Results\n\n| name | unit | what | 中文 | by | kind |\n"
          "|---|---|---|---|---|---|\n",
        out);
    for (const struct field *f = m->out; f->name != NULL; f++) {
        const char *before = "";
        fprintf(out, "| `%s` | %s | ", f->name, f->unit);
        put(f->doc, out);
        fputs(" | ", out);
        put(f->zh, out);
        fputs(" | ", out);
        if (m->items != NULL) {
            fputs("item", out);
            before = ", ";
        }
        for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++, before = ", ")
            fprintf(out, "%s%s", before, f->axis[k]->name);
        fprintf(out, " | %s |\n", f->method == FIELD_SUM ? "total" : "state");
    }
}

static void
put_model(const struct model *m, FILE *out)
{
    fprintf(out, "\n## %s\n\n", m->name);
    put(m->doc, out);
    fputs(". Source: ", out);
    put(m->source != NULL ? m->source : "none", out);
    fputs(".\n", out);
    if (m->par != NULL)
        put_parameters(m->name, m->par, out);
    if (m->handlers != NULL)
        put_events(m->handlers, out);
    if (m->out != NULL)
        put_results(m, out);
}

/* The dimensions of all results, each once; returns how many. */
static int
all_axes(const struct axis *axes[AXES_MOST])
{
    int n = 0;

    for (int i = 0; models_list[i] != NULL; i++)
        for (const struct field *f = models_list[i]->out; f != NULL && f->name; f++)
            for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++) {
                int j = 0;
                while (j < n && axes[j] != f->axis[k])
                    j++;
                BUG_IF(j == AXES_MOST);
                axes[j] = f->axis[k];
                n += j == n;
            }
    return n;
}

static void
put_axes(FILE *out)
{
    const struct axis *axes[AXES_MOST];
    int n = all_axes(axes);

    fputs("\n## Dimensions of results\n\n| name | what | 中文 | labels |\n"
          "|---|---|---|---|\n",
        out);
    for (int j = 0; j < n; j++) {
        fprintf(out, "| `%s` | ", axes[j]->name);
        put(axes[j]->doc, out);
        fprintf(out, " | %s | ", axes[j]->zh);
        for (int i = 0; i < axes[j]->n; i++) {
            fputs(i == 0 ? "" : "; ", out);
            put(axes[j]->label != NULL ? axes[j]->label[i]
                                       : field_number(axes[j]->value[i]).text,
                out);
        }
        fputs(" |\n", out);
    }
}

static void
put_indicators(FILE *out)
{
    fputs(
        "\n## Indicators\n\nWhat targets are about: a result, or a ratio of two. "
        "Numerator and denominator are summed over counties (and over months, where a "
        "target says so) before they are divided.\n\n"
        "| name | unit | what | 中文 | formula |\n|---|---|---|---|---|\n",
        out);
    for (const struct indicator *i = indicator_list; i->name != NULL; i++) {
        fprintf(out, "| `%s` | %s | ", i->name, i->unit);
        put(i->doc, out);
        fprintf(out, " | %s | ", i->zh);
        if (i->scale != 1.0)
            fprintf(out, "%g × ", i->scale);
        fprintf(out, "`%s`", i->numerator);
        if (i->denominator != NULL)
            fprintf(out, " / `%s`", i->denominator);
        fputs(" |\n", out);
    }
}

static void
put_columns(unsigned set, FILE *out)
{
    const char *before = "";

    for (int i = 0; i < LEVER_COLUMNS; i++)
        if (set & 1u << i) {
            fprintf(out, "%s%s", before, lever_row_names[i]);
            before = ", ";
        }
    fputs(" | ", out);
}

static void
put_levers(FILE *out)
{
    fputs(
        "\n## Kinds of levers\n\nColumns of `lever.levers` that a kind must be given "
        "(all; one of) and may be; name, kind, adcode, each, from, to, lag, "
        "delivered and payer are for all kinds.\n\n"
        "| kind | what it does | needs | one of | takes | effect | unit of the effect "
        "|\n|---|---|---|---|---|---|---|\n",
        out);
    for (const struct lever_kind *k = lever_kind_list; k->name != NULL; k++) {
        fprintf(out, "| `%s` | ", k->name);
        put(k->doc, out);
        fputs(" | ", out);
        put_columns(k->needs, out);
        put_columns(k->either, out);
        put_columns(k->takes, out);
        put(k->effect, out);
        fprintf(out, " | %s |\n", k->unit);
    }
}

static void
put_contents(FILE *out)
{
    fputs(
        "\n| model | what |\n|---|---|\n| [run](#the-run) | the keys of the top level "
        "|\n",
        out);
    for (int i = 0; models_list[i] != NULL; i++) {
        fprintf(out, "| [%s](#%s) | ", models_list[i]->name, models_list[i]->name);
        put(models_list[i]->doc, out);
        fputs(" |\n", out);
    }
    fputs("\nAfter the models: [dimensions of results](#dimensions-of-results), "
          "[indicators](#indicators), [kinds of levers](#kinds-of-levers).\n",
        out);
}

void
reference_write(FILE *out)
{
    fputs(head, out);
    fputs("\nQualities, best first:", out);
    for (int i = 0; field_quality[i] != NULL; i++)
        fprintf(out, "%s %s", i == 0 ? "" : ",", field_quality[i]);
    fputs(".\n", out);
    put_contents(out);
    fputs("\n## The run\n", out);
    put_fields(scenario_run_par, out);
    for (int i = 0; models_list[i] != NULL; i++)
        put_model(models_list[i], out);
    put_axes(out);
    put_indicators(out);
    put_levers(out);
}

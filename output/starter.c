#include "output/starter.h"

#include "models/models.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static const char head[] =
    "# Your plan: a copy of `%s` for you to change, from the top down. README.md says "
    "what first.\n"
    "#\n"
    "#   carecap check scenario.yaml     what it says, or every mistake with its line\n"
    "#   carecap run scenario.yaml       which targets are met; the result is in "
    "results/\n"
    "#\n"
    "# A section is a model, a key one of its parameters. `carecap list parameters` "
    "has "
    "all of them,\n"
    "# with unit, range and default; what does not stand here is in base/ or has its "
    "default.\n"
    "# A value is a number, a path over years {2021: 800, 2026: 300} that is linear in "
    "between, a list,\n"
    "# or a table beside this file. It may say unit, source and quality: measured,\n"
    "# published_estimate, plan_statement, assumption or recalled. What nobody "
    "measured is an assumption.\n"
    "\n";

static const char base[] =
    "\n# the file that this one stands on; the same key here wins\n";

static const char what_if[] =
    "# A question to the plan: here stands only what differs from scenario.yaml.\n"
    "#\n"
    "#   carecap run what-if.yaml\n"
    "#\n"
    "# Both runs have the same people with the same lives, so that what differs comes "
    "from here.\n"
    "base: scenario.yaml\n"
    "\n"
    "title: What if projects come a year late\n"
    "title_zh: 若项目推迟一年\n"
    "\n"
    "facility:\n"
    "  delay:\n"
    "    value: 365\n"
    "    unit: day\n"
    "    source: what if\n"
    "    quality: assumption\n"
    "\n"
    "# Another, to try in its place:\n"
    "# workforce:\n"
    "#   recruits: {value: 400, unit: 1/yr, source: what if, quality: assumption}\n";

static const char readme[] =
    "    carecap check scenario.yaml\n"
    "    carecap run scenario.yaml          # the result is results/scenario.h5\n"
    "    carecap run what-if.yaml           # results/what-if.h5; again: --force\n"
    "    carecap targets results/scenario.h5 --format csv\n"
    "\n"
    "The folder stands alone: it needs nothing but the program. `--until 2021-12-31` "
    "gives a short run to try\nthings, `--until-decided` as many runs as the verdicts "
    "take.\n"
    "\n"
    "## What to change first\n"
    "\n"
    "1. `scenario.yaml`: title, start and end, and the section `plan`: what is wanted, "
    "where, by when. Run\n   `carecap check` after every change; it names all mistakes "
    "at once, with their lines.\n"
    "2. The tables of counties and people, then those of homes and projects. Every "
    "county of one table has to be\n   in the others; a row says its source and its "
    "quality.\n"
    "3. `what-if.yaml`: a question is a few lines on top of the plan. Copy it for the "
    "next one.\n"
    "4. `base/` last: rates, tastes and prices that plans share. Change one with a "
    "source, in `scenario.yaml`.\n"
    "\n"
    "## Tables\n"
    "\n"
    "| file | rows | what | key |\n"
    "|---|---|---|---|\n";

static const struct model *
find_model(const char *name)
{
    for (int i = 0; models_list[i] != NULL; i++)
        if (strcmp(models_list[i]->name, name) == 0)
            return models_list[i];
    return NULL;
}

/* The key that stands `indent` blanks into the line, into `key`; false when none does.
 */
static bool
key_of(const char *line, size_t indent, char key[64])
{
    size_t n = strspn(line, " ");
    size_t length = strspn(line + n, "abcdefghijklmnopqrstuvwxyz_0123456789");

    if (n != indent || length == 0 || length >= 64 || line[n + length] != ':')
        return false;
    memcpy(key, line + n, length);
    key[length] = '\0';
    return true;
}

static void
remark(const struct field *f, const char *indent, FILE *out)
{
    bool unit = f->unit != NULL && strcmp(f->unit, "1") != 0;

    fprintf(out, "%s# %s%s%s%s", indent, f->doc, unit ? " [" : "", unit ? f->unit : "",
        unit ? "]" : "");
    if (f->lo != f->hi && f->kind != FIELD_DATE)
        fprintf(
            out, ", from %s to %s", field_number(f->lo).text, field_number(f->hi).text);
    fputc('\n', out);
}

/* A table that is a list in the file itself: says what its rows may hold. */
static void
remark_columns(const struct field *f, const char *line, FILE *out)
{
    const char *next = strchr(line, '\n');

    if (f->kind != FIELD_ROWS || next == NULL || next[strspn(next, " \n")] != '-')
        return;
    for (const struct field *c = f->columns; c->name != NULL; c++) {
        fprintf(out, "  #   %s: %s", c->name, c->doc);
        for (int i = 0; c->choices != NULL && c->choices[i] != NULL; i++)
            fprintf(out, "%s%s", i == 0 ? ": " : ", ", c->choices[i]);
        fputc('\n', out);
    }
}

/* Says what the key of the line is, and which section the lines after it are in. */
static void
explain(const char *line, const struct model **section, FILE *out)
{
    const struct field *f = NULL;
    char key[64];

    if (key_of(line, 0, key)) {
        *section = find_model(key);
        f = field_find(scenario_run_par, key);
        if (*section != NULL)
            fprintf(out, "# %s\n", (*section)->doc);
        else if (f != NULL)
            remark(f, "", out);
        else if (strcmp(key, "base") == 0)
            fputs(base, out);
    } else if (*section != NULL && (*section)->par != NULL && key_of(line, 2, key)) {
        f = field_find((*section)->par, key);
        if (f == NULL)
            return;
        remark(f, "  ", out);
        remark_columns(f, line, out);
    }
}

/* Whether `name` begins a path at `i` of the line: `value: ../x`, `"../x"`. */
static bool
path_begins(const char *line, size_t n, size_t i, const char *name)
{
    size_t length = strlen(name);

    return i > 0 && n - i >= length && strncmp(line + i, name, length) == 0 &&
           strchr(" \"'", line[i - 1]) != NULL;
}

/* Copies a line; paths in it that begin with `from` begin with `to` then. */
static void
copy_line(const char *line, size_t n, const char *from, const char *to, FILE *out)
{
    for (size_t i = 0; i < n;) {
        if (line[i] == '#' && (i == 0 || line[i - 1] == ' ')) {
            fwrite(line + i, 1, n - i, out); /* a comment, to the end of the line */
            return;
        }
        if (path_begins(line, n, i, from)) {
            fputs(to, out);
            i += strlen(from);
        } else {
            fputc(line[i++], out);
        }
    }
}

static size_t
line_length(const char *text)
{
    size_t n = strcspn(text, "\n");

    return text[n] == '\n' ? n + 1 : n;
}

void
starter_scenario(const struct starter *self, const char *text, FILE *out)
{
    const struct model *section = NULL;

    fprintf(out, head, self->from);
    for (size_t n; *text != '\0'; text += n) {
        n = line_length(text);
        explain(text, &section, out);
        copy_line(text, n, "../", "", out);
    }
}

void
starter_copy(const char *text, const char *from, const char *to, FILE *out)
{
    for (size_t n; *text != '\0'; text += n) {
        n = line_length(text);
        copy_line(text, n, from, to, out);
    }
}

void
starter_what_if(FILE *out)
{
    fputs(what_if, out);
}

void
starter_readme(const struct starter *self, FILE *out)
{
    fprintf(out, "# A plan for carecap, copied from `%s`\n\n%s.\n\n", self->from,
        self->title);
    fputs(readme, out);
    for (int i = 0; i < self->n_tables; i++) {
        const struct starter_table *t = &self->table[i];
        fprintf(out, "| `%s` | %" PRId64 " | %s | `%s.%s` |\n", t->name, t->rows,
            t->field->doc, t->model->name, t->field->name);
    }
    fputs("\nWhere the numbers of the copy come from is in SOURCES.md; a source that "
          "says README.md means that\npage.\n",
        out);
}

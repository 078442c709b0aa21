#include "output/inspect.h"

#include "models/indicator.h"
#include "models/lever_kind.h"
#include "models/models.h"
#include "models/plan.h"
#include "output/digest.h"
#include "output/findings.h"
#include "output/load.h"
#include "output/plot.h"
#include "output/reference.h"
#include "output/width.h"
#include "output/wording.h"
#include "sim/date.h"

#include <inttypes.h>
#include <string.h>

enum { QUALITIES = 32, NAMES_A_LINE = 3, NAME_WIDTH = 30, NAMES_MOST = 20 };

/* Titles of what is shown, in columns of their own. */
enum label { TITLE, PERIOD, RUN, COUNTIES, TARGETS, SETTINGS, FILES, DIGEST, LABELS };

static const struct phrase_word labels[LABELS] = {
    [TITLE] = {"title     ", "标题      "},
    [PERIOD] = {"period    ", "时段      "},
    [RUN] = {"run       ", "运行      "},
    [COUNTIES] = {"counties  ", "县市      "},
    [TARGETS] = {"targets   ", "指标      "},
    [SETTINGS] = {"settings  ", "参数      "},
    [FILES] = {"files     ", "文件      "},
    [DIGEST] = {"digest    ", "摘要      "},
};

static const char *
label(enum label k, bool zh)
{
    return zh ? labels[k].zh : labels[k].en;
}

static void
print_regions(const struct setup *s, bool zh)
{
    char text[256];
    int n = s->n_regions < NAMES_MOST ? s->n_regions : NAMES_MOST;

    printf("%s%d\n", label(COUNTIES, zh), s->n_regions);
    for (int i = 0; i < n; i++) {
        const struct region_name *r = &s->region[i];
        bool last = i % NAMES_A_LINE == NAMES_A_LINE - 1 || i == n - 1;
        snprintf(text, sizeof text, "%s %s", r->name, r->name_zh);
        fputs("  ", stdout);
        width_print(stdout, text, last ? width_of(text) : NAME_WIDTH, false);
        fputs(last ? "\n" : "", stdout);
    }
    if (n < s->n_regions)
        printf(zh ? "  另有%d个\n" : "  and %d more\n", s->n_regions - n);
}

static void
print_targets(const struct plan_par *plan, bool zh)
{
    printf("%s%" PRId64 "\n", label(TARGETS, zh), plan->targets.n);
    for (int64_t i = 0; i < plan->targets.n; i++) {
        const struct target *t = (const struct target *)plan->targets.row + i;
        struct wording words = wording_target(t, indicator_find(t->indicator)->unit);
        bool item = t->item != NULL && t->item[0] != '\0';
        printf("  %-28s %s%s%s %s, %s\n", t->name, t->indicator, item ? " of " : "",
            item ? t->item : "", wording_long(&words, zh).text,
            plan_area_names[t->area]);
    }
}

/* How many settings are of each quality: what is assumed should be known. */
static void
print_qualities(const struct scenario *s, bool zh)
{
    const char *quality[QUALITIES];
    int count[QUALITIES] = {0}, n = 0, given = 0;

    for (int i = 0; i < s->n_settings; i++) {
        int k = 0;
        while (k < n && strcmp(quality[k], s->setting[i].quality) != 0)
            k++;
        if (k == QUALITIES)
            continue;
        if (k == n)
            quality[n++] = s->setting[i].quality;
        count[k]++;
        given += s->setting[i].place.file != NULL;
    }
    printf(zh ? "%s%d,其中给定%d,默认%d;按可靠程度:\n"
              : "%s%d, of which %d given and %d defaults; by quality:\n",
        label(SETTINGS, zh), s->n_settings, given, s->n_settings - given);
    for (int k = 0; k < n; k++)
        printf("  %5d %s\n", count[k],
            quality[k][0] != '\0' ? quality[k]
            : zh                  ? "未注明"
                                  : "not stated");
}

static void
print_head(const struct load *load, bool zh)
{
    const struct run_par *run = &load->scenario.run;
    char start[16], end[16];

    printf("%s%s\n", label(TITLE, zh), run->title != NULL ? run->title : "");
    if (run->title_zh != NULL && run->title_zh[0] != '\0')
        printf("          %s\n", run->title_zh);
    printf(zh ? "%s%s至%s,%d个月\n" : "%s%s to %s, %d months\n", label(PERIOD, zh),
        date_text(run->start, start), date_text(run->end, end),
        load->setup.n_times - 1);
    if (zh)
        printf("%s%" PRId64 "次,随机种子%" PRId64 "\n", label(RUN, zh), run->replicates,
            run->seed);
    else
        printf("%s%" PRId64 " replicate%s, seed %" PRId64 "\n", label(RUN, zh),
            run->replicates, run->replicates == 1 ? "" : "s", run->seed);
}

static void
print_plan(const struct load *load, bool zh)
{
    char digest[DIGEST_TEXT];

    digest_scenario(&load->scenario, &load->setup, digest);
    print_head(load, zh);
    print_regions(&load->setup, zh);
    print_targets(load->scenario.par[MODELS_PLAN], zh);
    print_qualities(&load->scenario, zh);
    printf("%s%d\n", label(FILES, zh), load->scenario.n_files);
    for (int i = 0; i < load->scenario.n_files; i++)
        printf("  %s\n", load->scenario.file[i].path);
    printf("%s%s\n", label(DIGEST, zh), digest);
    if (zh)
        printf("没有错误,%d条警告\n", load->report.warnings);
    else
        printf("no mistakes, %d warning%s\n", load->report.warnings,
            load->report.warnings == 1 ? "" : "s");
}

int
inspect_check(const struct command_line *line)
{
    const char *format = line->value[COMMAND_FORMAT];
    bool json = format != NULL && strcmp(format, "json") == 0, zh = command_zh(line);
    struct load load;
    struct findings findings;

    if (format != NULL && !json && strcmp(format, "text") != 0)
        return err_set(ERR_USAGE, "--format '%s': must be text or json", format);
    int status = load_init(&load, line);
    if (status != 0)
        return status;
    findings_init(&findings, &load.setup, NULL);
    if (json) {
        findings_json(&findings, stdout);
    } else {
        print_plan(&load, zh);
        findings_text(&findings, zh, stdout);
    }
    fflush(stdout);
    report_print(&load.report, stderr);
    bool strict = line->value[COMMAND_STRICT] != NULL && findings.lint.n > 0;
    findings_free(&findings);
    load_free(&load);
    return strict ? INSPECT_FOUND : 0;
}

static void
list_findings(const struct command_line *line)
{
    (void)line;
    findings_list(stdout);
}

static void
list_parameters(const struct command_line *line)
{
    (void)line;
    printf("top level: the run\n\n");
    field_help(scenario_run_par, stdout);
    for (int i = 0; models_list[i] != NULL; i++) {
        const struct model *m = models_list[i];
        if (m->par == NULL)
            continue;
        printf("\nsection %s: %s\n\n", m->name, m->doc);
        field_help(m->par, stdout);
    }
}

static void
list_indicators(const struct command_line *line)
{
    (void)line;
    for (const struct indicator *i = indicator_list; i->name != NULL; i++) {
        printf("%s [%s]\n    %s, %s\n    ", i->name, i->unit, i->doc, i->zh);
        if (i->scale != 1.0)
            printf("%g ", i->scale);
        printf("%s%s%s\n", i->numerator, i->denominator ? " / " : "",
            i->denominator ? i->denominator : "");
    }
}

static void
list_models(const struct command_line *line)
{
    (void)line;
    for (int i = 0; models_list[i] != NULL; i++)
        printf("%s\n    %s\n    Source: %s\n", models_list[i]->name,
            models_list[i]->doc,
            models_list[i]->source != NULL ? models_list[i]->source : "none");
}

static void
list_results(const struct command_line *line)
{
    (void)line;
    for (int i = 0; models_list[i] != NULL; i++) {
        const struct field *f = models_list[i]->out;
        for (; f != NULL && f->name != NULL; f++) {
            const char *before = " by ";
            printf("%s [%s]", f->name, f->unit);
            if (models_list[i]->items != NULL) { /* the scenario names them */
                printf("%sitem", before);
                before = ", ";
            }
            for (int k = 0; k < FIELD_AXES && f->axis[k] != NULL; k++, before = ", ")
                printf("%s%s", before, f->axis[k]->name);
            printf("\n    %s, %s; %s\n", f->doc, f->zh != NULL ? f->zh : "",
                f->method == FIELD_SUM ? "total of the month" : "at the month's end");
        }
    }
}

static void
print_columns(const char *what, unsigned set)
{
    const char *before = what;

    for (int i = 0; i < LEVER_COLUMNS; i++)
        if (set & 1u << i) {
            printf("%s%s", before, lever_row_names[i]);
            before = ", ";
        }
    fputs(set != 0 ? "\n" : "", stdout);
}

/* What each kind does, which columns it looks at, what its effect counts. */
static void
list_levers(const struct command_line *line)
{
    (void)line;
    for (const struct lever_kind *k = lever_kind_list; k->name != NULL; k++) {
        printf("%s\n    %s\n", k->name, k->doc);
        print_columns("    needs       ", k->needs);
        print_columns("    needs one of ", k->either);
        print_columns("    takes       ", k->takes);
        printf("    effect [%s]  %s\n", k->unit, k->effect);
    }
}

static void
list_commands(const struct command_line *line)
{
    for (const struct command *c = line->commands; c->name != NULL; c++)
        printf("%s %s\n    %s\n", c->name, c->words, c->doc);
}

static void
list_figures(const struct command_line *line)
{
    (void)line;
    for (const struct figure *f = plot_figures; f->name != NULL; f++)
        printf("%s\n    %s\n", f->name, f->doc);
}

static void
list_reference(const struct command_line *line)
{
    (void)line;
    reference_write(stdout);
}

static const struct {
    const char *name;
    void (*list)(const struct command_line *line);
} kinds[] = {
    {"parameters", list_parameters},
    {"indicators", list_indicators},
    {"models", list_models},
    {"results", list_results},
    {"levers", list_levers},
    {"commands", list_commands},
    {"figures", list_figures},
    {"findings", list_findings},
    {"reference", list_reference},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

int
inspect_list(const struct command_line *line)
{
    const char *names[KINDS + 1] = {NULL};

    for (int i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (strcmp(kinds[i].name, line->word[0]) != 0)
            continue;
        kinds[i].list(line);
        return 0;
    }
    const char *near = report_nearest(line->word[0], names);
    return err_set(ERR_USAGE, "'%s' is not a kind to list%s%s%s", line->word[0],
        near ? "; did you mean '" : "; see carecap list --help", near ? near : "",
        near ? "'?" : "");
}

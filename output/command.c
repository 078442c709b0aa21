#include "output/command.h"

#include "sim/report.h"
#include "sim/value.h"

#include <errno.h>
#include <string.h>

enum { NAMES = 64, HELP_COLUMN = 26 };

static const struct {
    const char *name;
    char letter;       /* 0 for none */
    const char *value; /* how its value is called; NULL for a flag */
    const char *doc;
} options[COMMAND_OPTIONS] = {
    [COMMAND_OUTPUT] = {"output", 'o', "PATH", "where the output goes"},
    [COMMAND_REPLICATES] = {"replicates", 0, "N", "runs that differ only by chance"},
    [COMMAND_SEED] = {"seed", 0, "S", "names the random numbers"},
    [COMMAND_THREADS] = {"threads", 0, "T",
        "threads to run on; they change no number (default: all)"},
    [COMMAND_TEAMS] = {"teams", 0, "G",
        "replicates run at once, by teams of ranks or threads, each with all people in "
        "memory (default: what ends first)"},
    [COMMAND_SET] = {"set", 0, "NAME=VALUE",
        "a parameter other than in the scenario; may stand many times"},
    [COMMAND_UNTIL] = {"until", 0, "DATE", "last day of the run, YYYY-MM-DD"},
    [COMMAND_UNTIL_DECIDED] = {"until-decided", 0, NULL,
        "add replicates until each target is met, missed or too close to call"},
    [COMMAND_ERROR] = {"error", 0, "E",
        "with --until-decided: chance that a target's verdict is wrong (0.05)"},
    [COMMAND_MOST] = {"most", 0, "N", "with --until-decided: replicates at most (400)"},
    [COMMAND_FROM] = {"from", 0, "PLAN", "the plan to copy (default: dali)"},
    [COMMAND_FORMAT] = {"format", 0, "KIND",
        "targets: text, csv or json; check: text or json; plot: svg, png, pdf, with "
        "commas between"},
    [COMMAND_REQUIRE] = {"require", 0, NULL, "exit with 3 when a target is missed"},
    [COMMAND_STRICT] = {"strict", 0, NULL, "exit with 3 when anything is found"},
    [COMMAND_FORCE] = {"force", 0, NULL, "overwrite a file that is there"},
    [COMMAND_QUIET] = {"quiet", 0, NULL, "no progress and no warnings"},
    [COMMAND_LANG] = {"lang", 0, "zh|en", "language of tables and figures"},
    [COMMAND_HELP] = {"help", 'h', NULL, "this text"},
};

static bool
takes(const struct command *c, int option)
{
    return option == COMMAND_HELP || (c->options & COMMAND_TAKES(option)) != 0;
}

static int
unknown_command(const struct command *commands, const char *word)
{
    const char *names[NAMES];
    int n = 0;

    for (; commands[n].name != NULL && n + 1 < NAMES; n++)
        names[n] = commands[n].name;
    names[n] = NULL;
    const char *near = report_nearest(word, names);
    return err_set(ERR_USAGE, "'%s' is not a command%s%s%s", word,
        near ? "; did you mean '" : "; see carecap --help", near ? near : "",
        near ? "'?" : "");
}

static int
unknown_option(const struct command *c, const char *arg)
{
    const char *names[COMMAND_OPTIONS + 1];
    const char *word = arg + strspn(arg, "-");
    int n = 0;

    for (int i = 0; i < COMMAND_OPTIONS; i++)
        if (takes(c, i))
            names[n++] = options[i].name;
    names[n] = NULL;
    const char *near = report_nearest(word, names);
    return err_set(ERR_USAGE, "'%s' is not an option of %s%s%s%s", arg, c->name,
        near ? "; did you mean '--" : "; see --help", near ? near : "",
        near ? "'?" : "");
}

/* The option that `arg` names, and the value that stands in it behind `=`; -1: none. */
static int
find_option(const struct command *c, const char *arg, const char **value)
{
    size_t n = strcspn(arg, "=");

    *value = arg[n] == '=' ? arg + n + 1 : NULL;
    for (int i = 0; i < COMMAND_OPTIONS; i++) {
        if (!takes(c, i))
            continue;
        if (arg[0] == '-' && arg[1] == options[i].letter && n == 2 && options[i].letter)
            return i;
        if (n > 2 && strlen(options[i].name) == n - 2 && strncmp(arg, "--", 2) == 0 &&
            strncmp(arg + 2, options[i].name, n - 2) == 0)
            return i;
    }
    return -1;
}

/* Takes the option at argv[*i], and moves behind what it uses. */
static int
take_option(struct command_line *self, int *i)
{
    const char *arg = self->argv[*i], *value;
    int option = find_option(self->command, arg, &value);

    if (option < 0)
        return unknown_option(self->command, arg);
    const char *name = options[option].name;
    if (options[option].value == NULL && value != NULL)
        return err_set(ERR_USAGE, "--%s takes no value", name);
    if (options[option].value == NULL)
        value = "";
    if (value == NULL) {
        value = *i + 1 < self->argc ? self->argv[++*i] : NULL;
        if (value == NULL || strncmp(value, "--", 2) == 0)
            return err_set(
                ERR_USAGE, "--%s needs a value: %s", name, options[option].value);
    }
    if (option == COMMAND_SET)
        self->set[self->n_set++] = value;
    else if (self->value[option] != NULL)
        return err_set(ERR_USAGE, "--%s is given twice", name);
    self->value[option] = value;
    return 0;
}

static int
check_words(const struct command_line *self)
{
    const struct command *c = self->command;

    if (self->value[COMMAND_HELP] != NULL)
        return 0;
    if (self->n_words < c->least)
        return err_set(ERR_USAGE, "%s needs %s; see carecap %s --help", c->name,
            c->words, c->name);
    if (self->n_words > c->most)
        return err_set(ERR_USAGE, "%s does not take '%s'; see carecap %s --help",
            c->name, self->word[c->most], c->name);
    const char *lang = self->value[COMMAND_LANG];
    if (lang != NULL && strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
        return err_set(ERR_USAGE, "--lang '%s': must be zh or en", lang);
    return 0;
}

static int
read_rest(struct command_line *self)
{
    bool only_words = false;

    for (int i = 2; i < self->argc; i++) {
        const char *arg = self->argv[i];
        if (!only_words && strcmp(arg, "--") == 0) {
            only_words = true;
        } else if (!only_words && arg[0] == '-' && arg[1] != '\0') {
            int status = take_option(self, &i);
            if (status != 0)
                return status;
        } else {
            self->word[self->n_words++] = arg;
        }
    }
    return check_words(self);
}

int
command_read(struct command_line *self, const struct command *commands, int argc,
    char *const *argv)
{
    size_t room = argc > 0 ? (size_t)argc : 1;

    *self = (struct command_line){.commands = commands, .argc = argc, .argv = argv};
    self->set = mem_arena(&self->arena, room, sizeof *self->set);
    self->word = mem_arena(&self->arena, room, sizeof *self->word);
    if (argc < 2)
        return 0;
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "--version") == 0) {
        self->word[self->n_words++] = argv[1];
        return 0;
    }
    for (const struct command *c = commands; c->name != NULL; c++)
        if (strcmp(c->name, argv[1]) == 0)
            self->command = c;
    return self->command == NULL ? unknown_command(commands, argv[1]) : read_rest(self);
}

void
command_free(struct command_line *self)
{
    mem_arena_free(&self->arena);
    *self = (struct command_line){.commands = NULL};
}

static void
print_row(const char *left, const char *doc, FILE *out)
{
    fprintf(out, "  %-*s  %s\n", HELP_COLUMN, left, doc);
}

void
command_help(const struct command *commands, FILE *out)
{
    char left[128];

    fputs("carecap: which targets of an elder-care plan will be met, where and when\n\n"
          "usage: carecap COMMAND ...     carecap COMMAND --help     carecap "
          "--version\n\n",
        out);
    for (const struct command *c = commands; c->name != NULL; c++) {
        snprintf(left, sizeof left, "%s %s", c->name, c->words);
        print_row(left, c->doc, out);
    }
    fputs(
        "\nExit status: 0 done; 1 failed while running; 2 wrong usage or input; 3 a "
        "required target\nis missed, or a strict check found something; 75 stopped on "
        "request.\n",
        out);
}

void
command_help_one(const struct command *command, FILE *out)
{
    char left[128];

    fprintf(out, "usage: carecap %s %s [OPTION]...\n\n%s\n\n", command->name,
        command->words, command->doc);
    for (int i = 0; i < COMMAND_OPTIONS; i++) {
        if (!takes(command, i))
            continue;
        snprintf(left, sizeof left, "%c%c%s--%s%s%s", options[i].letter ? '-' : ' ',
            options[i].letter ? options[i].letter : ' ',
            options[i].letter ? ", " : "  ", options[i].name,
            options[i].value ? " " : "", options[i].value ? options[i].value : "");
        print_row(left, options[i].doc, out);
    }
}

int
command_number(const struct command_line *self, enum command_option option, int64_t lo,
    int64_t hi, int64_t otherwise, int64_t *value)
{
    const char *text = self->value[option];
    char *end;

    *value = otherwise;
    if (text == NULL)
        return 0;
    errno = 0;
    long long x = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || strchr(" \t\n+", text[0]) != NULL ||
        errno != 0 || x < lo || x > hi)
        return err_set(ERR_USAGE, "--%s '%s': must be a whole number of %lld to %lld",
            options[option].name, text, (long long)lo, (long long)hi);
    *value = x;
    return 0;
}

int
command_share(const struct command_line *self, enum command_option option,
    double otherwise, double *value)
{
    const char *text = self->value[option];

    *value = otherwise;
    if (text != NULL && (!value_number(text, value) || *value <= 0.0 || *value >= 1.0))
        return err_set(ERR_USAGE, "--%s '%s': must be a number between 0 and 1",
            options[option].name, text);
    return 0;
}

bool
command_zh(const struct command_line *self)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *lang = self->value[COMMAND_LANG];

    if (lang != NULL)
        return strcmp(lang, "zh") == 0;
    lang = getenv("LANGUAGE");
    for (size_t i = 0; (lang == NULL || lang[0] == '\0') &&
                       i < sizeof variables / sizeof variables[0];
         i++)
        lang = getenv(variables[i]);
    return lang != NULL && strncmp(lang, "zh", 2) == 0;
}

#include "validation/markdown.h"

#include "output/provenance.h"

#include <math.h>

/* A cell of a table: bars would end it. */
static void
put(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|' || *text == '<')
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void
put_contents(FILE *out, const struct book *book)
{
    char text[CHECK_TEXT];

    fputs("| Question | Id | Rows | Furthest | Verdict | Twin |\n"
          "|---|---|---:|---:|---|---|\n",
        out);
    for (int i = 0; i < book->n; i++) {
        const struct book_entry *e = &book->entry[i];
        check_gap(check_furthest(&e->rows), text);
        fputs("| ", out);
        put(out, e->check->question);
        fprintf(out, " | `%s` | %d | %s | %s | %s |\n", e->check->id, e->rows.n, text,
            e->passed ? "passes" : "**FAILS**",
            e->noticed ? "noticed" : "**NOT NOTICED**");
    }
}

static void
put_bands(FILE *out, const struct book_sum *sum)
{
    fputs("\n## Are the standard errors honest?\n\n"
          "| Distance in standard errors | Rows by the normal law | Rows found |\n"
          "|---|---:|---:|\n",
        out);
    for (int k = 0; k < BOOK_BANDS; k++)
        fprintf(out, "| %s | %.1f | %d |\n", book_bands[k], book_band(k) * sum->random,
            sum->band[k]);
}

static void
put_row(FILE *out, const struct check_row *row)
{
    double z = check_distance(row);
    char expected[CHECK_TEXT], found[CHECK_TEXT], allowed[CHECK_TEXT];

    check_number(row->expected, expected);
    check_number(row->found, found);
    check_allowed(row, allowed);
    fputs("| ", out);
    put(out, row->label);
    fprintf(out, " | %s | %s | %s | ", expected, found, allowed);
    if (isnan(z))
        fputs("- | ", out);
    else
        fprintf(out, "%+.2f | ", z);
    fputs(check_agrees(row) ? "agrees |\n" : "**DIFFERS** |\n", out);
}

/* A table to be read. */
static void
put_exhibit(FILE *out, const struct exhibit *x)
{
    const char *at = x->text;
    char cell[EXHIBIT_CELL];
    bool last, header = true;
    int columns = 0;

    fputs("\n", out);
    put(out, x->title);
    fputs("\n\n|", out);
    while (exhibit_cell(&at, cell, &last)) {
        fputs(" ", out);
        put(out, cell);
        fputs(last ? " |\n" : " |", out);
        columns += header;
        if (last && header)
            for (int i = 0; i <= columns; i++)
                fputs(i < columns ? "|---" : "|\n", out);
        header = header && !last;
        if (last && *at != '\0')
            fputs("|", out);
    }
}

static void
put_twin(FILE *out, const struct book_entry *e)
{
    const struct check_row *worst = check_furthest(&e->twin);
    char expected[CHECK_TEXT], found[CHECK_TEXT], gap[CHECK_TEXT];

    fprintf(out, "\nBroken on purpose: %s. Then %d of %d rows differ", e->check->twin,
        check_wrong(&e->twin), e->twin.n);
    if (worst != NULL && e->noticed) {
        check_number(worst->expected, expected);
        check_number(worst->found, found);
        check_gap(worst, gap);
        fprintf(out, ", most of all \"%s\": expected %s, found %s (%s)", worst->label,
            expected, found, gap);
    }
    fputs(e->noticed ? ": noticed.\n" : ": **NOT NOTICED**.\n", out);
}

static void
put_entry(FILE *out, const struct book_entry *e)
{
    fprintf(out, "\n### %s\n\nMethod: %s", e->check->question, e->check->method);
    if (e->replicates > 1)
        fprintf(out, "; %d replicates", e->replicates);
    fprintf(out,
        ".  \nExpected from: %s.  \nAlone: `make validate OPTIONS=\"--only %s\"`\n\n"
        "| What | Expected | Found | Standard error | Distance | Verdict |\n"
        "|---|---:|---:|---:|---:|---|\n",
        e->check->source, e->check->id);
    for (int i = 0; i < e->rows.n; i++)
        put_row(out, &e->rows.row[i]);
    for (int i = 0; i < e->rows.shown.n; i++)
        put_exhibit(out, &e->rows.shown.item[i]);
    put_twin(out, e);
}

void
markdown_print(const struct book *book, FILE *out)
{
    struct book_sum sum = book_sum(book);

    fprintf(out,
        "# carecap: validation book\n\ncarecap %s, seed %llu, %s\n\n%s\n\n"
        "%d of %d checks pass, %d of %d rows agree, %d of %d broken twins noticed.\n\n",
        provenance_version(), (unsigned long long)book->options.seed, book_extent(book),
        book_intro, sum.checks - sum.failed, sum.checks, sum.rows - sum.wrong, sum.rows,
        sum.checks - sum.unnoticed, sum.checks);
    put_contents(out, book);
    if (sum.random > 0)
        put_bands(out, &sum);
    for (int i = 0; i < book->n; i++) {
        const struct book_section *s = book->entry[i].section;
        if (i == 0 || s != book->entry[i - 1].section)
            fprintf(out, "\n## %s\n\n%s\n", s->title, s->about);
        put_entry(out, &book->entry[i]);
    }
}

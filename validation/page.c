#include "validation/page.h"

#include "output/provenance.h"

#include <math.h>

static const char style[] =
    ":root{--ink:#1c2430;--soft:#5b6675;--line:#dde2e8;--back:#fff;--shade:#f5f7f9;"
    "--good:#1d7a46;--bad:#b3261e;--goodback:#e3f3e9;--badback:#fbe4e2;--mark:#2a5db0}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e8ee;--soft:#9aa5b4;"
    "--line:#333c48;--back:#14181e;--shade:#1c222a;--good:#6fce96;--bad:#ff8a80;"
    "--goodback:#17301f;--badback:#3c1a18;--mark:#8ab4f8}}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:66rem;color:var(--ink);"
    "background:var(--back);font:16px/1.55 system-ui,'Noto Sans','DejaVu Sans',"
    "sans-serif}"
    "h1{font-size:1.9rem;margin:0 0 .2rem}"
    "h2{font-size:1.35rem;margin:3rem 0 .4rem;padding-top:1rem;"
    "border-top:2px solid var(--line)}"
    "h3{font-size:1.05rem;margin:2.2rem 0 .3rem}"
    "p{max-width:46rem;margin:.4rem 0}"
    "a{color:var(--mark);text-decoration:none}a:hover{text-decoration:underline}"
    "code{font-size:.9em;background:var(--shade);padding:.05em .3em;border-radius:3px}"
    ".soft{color:var(--soft);font-size:.9rem}"
    ".cards{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.4rem 0}"
    ".card{flex:1 1 11rem;border:1px solid var(--line);border-radius:8px;"
    "padding:.7rem 1rem}.card b{display:block;font-size:1.7rem;line-height:1.2;"
    "font-variant-numeric:tabular-nums}"
    ".wide{overflow-x:auto;margin:.6rem 0}"
    "table{border-collapse:collapse;width:100%;font-size:.875rem;"
    "font-variant-numeric:tabular-nums}"
    "th{text-align:left;font-weight:600;color:var(--soft);white-space:nowrap}"
    "th,td{padding:.28rem .6rem;border-bottom:1px solid var(--line);"
    "vertical-align:baseline}"
    "tbody tr:hover{background:var(--shade)}"
    ".n{text-align:right;white-space:nowrap}"
    ".tag{font-size:.8rem;font-weight:600;padding:.08rem .5rem;border-radius:9px;"
    "white-space:nowrap;color:var(--good);background:var(--goodback)}"
    ".tag.bad{color:var(--bad);background:var(--badback)}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;"
    "margin:.3rem 0;font-size:.9rem;max-width:52rem}"
    "dt{color:var(--soft)}dd{margin:0}"
    ".z{display:inline-block;position:relative;width:5.5rem;height:.7rem;"
    "background:linear-gradient(var(--ink),var(--ink)) 50%/1px 100% no-repeat,"
    "linear-gradient(var(--line),var(--line)) 50%/40% 100% no-repeat,var(--shade)}"
    ".z i{position:absolute;top:-.05rem;width:3px;margin-left:-1px;height:.8rem;"
    "background:var(--mark)}.z i.bad{background:var(--bad)}"
    "@media print{body{max-width:none;font-size:11px}.wide{overflow:visible}}";

/* Text made safe for HTML; what stands between back quotes becomes code. */
static void
put(FILE *out, const char *text)
{
    bool code = false;

    for (; *text != '\0'; text++)
        if (*text == '`') {
            fputs(code ? "</code>" : "<code>", out);
            code = !code;
        } else if (*text == '&') {
            fputs("&amp;", out);
        } else if (*text == '<') {
            fputs("&lt;", out);
        } else if (*text == '>') {
            fputs("&gt;", out);
        } else {
            fputc(*text, out);
        }
}

static void
put_tag(FILE *out, bool good, const char *yes, const char *no)
{
    fprintf(
        out, "<span class=\"tag%s\">%s</span>", good ? "" : " bad", good ? yes : no);
}

static void
put_distance(FILE *out, const struct check_row *row)
{
    double z = check_distance(row);

    if (isnan(z)) {
        fputs("<td class=\"n\">-</td><td></td>", out);
        return;
    }
    /* the strip is 10 errors wide, its middle band 4: two on either side */
    double at = 50.0 + 10.0 * fmin(fmax(z, -5.0), 5.0);
    fprintf(out,
        "<td class=\"n\">%+.2f</td><td><span class=\"z\"><i%s style=\"left:%.1f%%\">"
        "</i></span></td>",
        z, check_agrees(row) ? "" : " class=\"bad\"", at);
}

static void
put_row(FILE *out, const struct check_row *row)
{
    char expected[CHECK_TEXT], found[CHECK_TEXT], allowed[CHECK_TEXT];

    check_number(row->expected, expected);
    check_number(row->found, found);
    check_allowed(row, allowed);
    fputs("<tr><td>", out);
    put(out, row->label);
    fprintf(out,
        "</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>",
        expected, found, allowed);
    put_distance(out, row);
    fputs("<td>", out);
    put_tag(out, check_agrees(row), "agrees", "differs");
    fputs("</td></tr>\n", out);
}

/* A table to be read: numbers to the right. */
static void
put_exhibit(FILE *out, const struct exhibit *x)
{
    const char *at = x->text;
    char cell[EXHIBIT_CELL], tag[] = "th";
    bool last = true;

    fputs("<p>", out);
    put(out, x->title);
    fputs("</p>\n<div class=\"wide\"><table>\n<tr>", out);
    while (exhibit_cell(&at, cell, &last)) {
        fprintf(out, "<%s%s>", tag, exhibit_is_number(cell) ? " class=\"n\"" : "");
        put(out, cell);
        fprintf(out, "</%s>", tag);
        if (last)
            fputs(*at == '\0' ? "</tr>\n" : "</tr>\n<tr>", out);
        tag[1] = last ? 'd' : tag[1];
    }
    fputs("</table></div>\n", out);
}

static void
put_twin(FILE *out, const struct book_entry *e)
{
    const struct check_row *worst = check_furthest(&e->twin);
    char expected[CHECK_TEXT], found[CHECK_TEXT], gap[CHECK_TEXT];

    fputs("<p class=\"soft\">Broken on purpose: ", out);
    put(out, e->check->twin);
    fprintf(out, ". Then %d of %d rows differ", check_wrong(&e->twin), e->twin.n);
    if (worst != NULL && e->noticed) {
        check_number(worst->expected, expected);
        check_number(worst->found, found);
        check_gap(worst, gap);
        fputs(", most of all \xe2\x80\x9c", out);
        put(out, worst->label);
        fprintf(out, "\xe2\x80\x9d: expected %s, found %s (%s)", expected, found, gap);
    }
    fputs(". ", out);
    put_tag(out, e->noticed, "noticed", "not noticed");
    fputs("</p>\n", out);
}

static void
put_entry(FILE *out, const struct book_entry *e)
{
    fprintf(out, "<h3 id=\"%s\">", e->check->id);
    put(out, e->check->question);
    fputs(" ", out);
    put_tag(out, e->passed, "passes", "fails");
    fputs("</h3>\n<dl><dt>Method</dt><dd>", out);
    put(out, e->check->method);
    if (e->replicates > 1)
        fprintf(out, "; %d replicates", e->replicates);
    fputs("</dd><dt>Expected from</dt><dd>", out);
    put(out, e->check->source);
    fprintf(out,
        "</dd><dt>Run it alone</dt><dd><code>make validate OPTIONS=\"--only "
        "%s\"</code></dd></dl>\n"
        "<div class=\"wide\"><table><thead><tr><th>What</th><th class=\"n\">Expected"
        "</th><th class=\"n\">Found</th><th class=\"n\">Standard error</th>"
        "<th "
        "class=\"n\">Distance</th><th></th><th>Verdict</th></tr></thead>\n<tbody>\n",
        e->check->id);
    for (int i = 0; i < e->rows.n; i++)
        put_row(out, &e->rows.row[i]);
    fputs("</tbody></table></div>\n", out);
    for (int i = 0; i < e->rows.shown.n; i++)
        put_exhibit(out, &e->rows.shown.item[i]);
    put_twin(out, e);
}

static void
put_bands(FILE *out, const struct book_sum *sum)
{
    fprintf(out,
        "<h2 id=\"errors\">Are the standard errors honest?</h2>\n<p>%d rows carry a "
        "standard error. Were each of them right and every row a draw of its own, so "
        "many would lie so far from what is expected. Rows of one run hang together, "
        "so "
        "this is a view, not a test.</p>\n<div class=\"wide\"><table><thead><tr>"
        "<th>Distance in standard errors</th><th class=\"n\">Rows by the normal law"
        "</th><th class=\"n\">Rows found</th></tr></thead>\n<tbody>\n",
        sum->random);
    for (int k = 0; k < 5; k++)
        fprintf(out,
            "<tr><td>%s</td><td class=\"n\">%.1f</td><td class=\"n\">%d</td></tr>\n",
            book_bands[k], book_band(k) * sum->random, sum->band[k]);
    fputs("</tbody></table></div>\n", out);
}

static void
put_contents(FILE *out, const struct book *book)
{
    char text[CHECK_TEXT];

    fputs("<h2 id=\"contents\">Contents</h2>\n<div class=\"wide\"><table><thead><tr>"
          "<th>Question</th><th class=\"n\">Rows</th><th class=\"n\">Furthest</th>"
          "<th>Verdict</th><th>Twin</th></tr></thead>\n<tbody>\n",
        out);
    for (int i = 0; i < book->n; i++) {
        const struct book_entry *e = &book->entry[i];
        if (i == 0 || e->section != book->entry[i - 1].section)
            fprintf(out, "<tr><th colspan=\"5\"><a href=\"#%s\">%s</a></th></tr>\n",
                e->section->id, e->section->title);
        check_gap(check_furthest(&e->rows), text);
        fprintf(out, "<tr><td><a href=\"#%s\">", e->check->id);
        put(out, e->check->question);
        fprintf(out, "</a></td><td class=\"n\">%d</td><td class=\"n\">%s</td><td>",
            e->rows.n, text);
        put_tag(out, e->passed, "passes", "fails");
        fputs("</td><td>", out);
        put_tag(out, e->noticed, "noticed", "not noticed");
        fputs("</td></tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

static void
put_card(FILE *out, int part, int of, const char *what, const char *but)
{
    fprintf(out, "<div class=\"card\"><b>%d of %d</b>%s ", part, of, what);
    put_tag(out, part == of && of > 0, "all", but);
    fputs("</div>\n", out);
}

void
page_print(const struct book *book, FILE *out)
{
    struct book_sum sum = book_sum(book);

    fprintf(out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<title>carecap: validation book</title>\n<style>%s</style></head>\n<body>\n"
        "<h1>carecap: validation book</h1>\n<p class=\"soft\">carecap %s, seed %llu, %s"
        "</p>\n<p>%s</p>\n<div class=\"cards\">\n",
        style, provenance_version(), (unsigned long long)book->options.seed,
        book_extent(book), book_intro);
    put_card(out, sum.checks - sum.failed, sum.checks, "checks pass", "not all");
    put_card(out, sum.rows - sum.wrong, sum.rows, "rows agree", "not all");
    put_card(
        out, sum.checks - sum.unnoticed, sum.checks, "broken twins noticed", "not all");
    fputs("</div>\n", out);
    put_contents(out, book);
    if (sum.random > 0)
        put_bands(out, &sum);
    for (int i = 0; i < book->n; i++) {
        const struct book_section *s = book->entry[i].section;
        if (i == 0 || s != book->entry[i - 1].section) {
            fprintf(out, "<h2 id=\"%s\">%s</h2>\n<p>", s->id, s->title);
            put(out, s->about);
            fputs("</p>\n", out);
        }
        put_entry(out, &book->entry[i]);
    }
    fputs("</body></html>\n", out);
}

#include "output/quote.h"

#include "output/width.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
quote_csv(FILE *out, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void
quote_json(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text != '\0') {
        const char *start = text;
        uint32_t c = width_next(&text);
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", (char)c);
        else if (c < 0x20 || c == 0xfffd)
            fprintf(out, "\\u%04x", (unsigned)c);
        else
            fwrite(start, 1, (size_t)(text - start), out);
    }
    fputc('"', out);
}

void
quote_number(FILE *out, double x, const char *undefined)
{
    char text[32];

    if (!isfinite(x)) {
        fputs(undefined, out);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    fputs(text, out);
}

void
quote_gnuplot(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\'')
            fputs("’", out);
        else
            fputc(c < 0x20 || c == 0x7f ? ' ' : c, out);
    }
    fputc('\'', out);
}

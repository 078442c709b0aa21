#include "output/width.h"

struct range {
    uint32_t first, last;
};

/* Source: Unicode 15.1, EastAsianWidth.txt, classes W and F, joined over small gaps. */
static const struct range wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e},
    {0x3041, 0x4dbf}, {0x4e00, 0xa4cf}, {0xa960, 0xa97f}, {0xac00, 0xd7a3},
    {0xf900, 0xfaff}, {0xfe10, 0xfe19}, {0xfe30, 0xfe6f}, {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

/* Source: Unicode 15.1, DerivedGeneralCategory.txt, the marks likely in names. */
static const struct range none[] = {{0x300, 0x36f}, {0x200b, 0x200f}, {0x20d0, 0x20ff},
    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};

static bool
within(uint32_t c, const struct range *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= table[i].first && c <= table[i].last)
            return true;
    return false;
}

uint32_t
width_next(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    int n = *p < 0x80   ? 1
            : *p < 0xc0 ? 0
            : *p < 0xe0 ? 2
            : *p < 0xf0 ? 3
            : *p < 0xf8 ? 4
                        : 0;

    (*text)++;
    if (n == 1)
        return *p;
    if (n == 0)
        return 0xfffd;
    uint32_t c = *p & (0x7fu >> n);
    for (int i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0xfffd;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0xfffd;
    *text += n - 1;
    return c;
}

static bool
unfit(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2028 && c <= 0x2029);
}

static int
columns_of(uint32_t c)
{
    if (within(c, none, sizeof none / sizeof none[0]))
        return 0;
    return within(c, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

int
width_of(const char *text)
{
    int n = 0;

    while (*text != '\0')
        n += columns_of(width_next(&text));
    return n;
}

size_t
width_fit(const char *text, int columns)
{
    const char *p = text, *end = text, *blank = NULL;
    int used = 0;

    while (*p != '\0') {
        const char *start = p;
        used += columns_of(width_next(&p));
        if (*start == ' ')
            blank = start;
        if (used > columns && end > text && *start != ' ')
            return (size_t)((blank != NULL ? blank : end) - text);
        end = p;
    }
    return (size_t)(end - text);
}

static void
blanks(FILE *out, int n)
{
    for (; n > 0; n--)
        fputc(' ', out);
}

/* Prints characters as long as they fit into `room`; returns what is left of it. */
static int
print_within(FILE *out, const char *text, int room)
{
    while (*text != '\0') {
        const char *start = text;
        uint32_t c = width_next(&text);
        if (columns_of(c) > room)
            break;
        room -= columns_of(c);
        if (unfit(c))
            fputc('?', out);
        else
            fwrite(start, 1, (size_t)(text - start), out);
    }
    return room;
}

void
width_print(FILE *out, const char *text, int columns, bool right)
{
    int n = width_of(text);

    if (n > columns) {
        int left = print_within(out, text, columns - 1);
        fputs("…", out);
        blanks(out, left);
        return;
    }
    if (right)
        blanks(out, columns - n);
    print_within(out, text, columns);
    if (!right)
        blanks(out, columns - n);
}

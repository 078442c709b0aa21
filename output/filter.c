#include "output/filter.h"

#include "sim/err.h"

#include <stdint.h>
#include <zlib.h>

enum { WIDTH = 8, MOST = 1 << 20, SUM = 4 }; /* bytes, elements, bytes */

size_t
filter_room(size_t n)
{
    return compressBound(n * WIDTH) + SUM;
}

/* The first bytes of all elements, then the second bytes, and so on. */
static void
shuffle(unsigned char *to, const unsigned char *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < WIDTH; b++)
            to[b * n + i] = from[i * WIDTH + b];
}

/* Modulo 65535, where only nothing gives 0. */
static uint32_t
fold(uint64_t sum)
{
    return sum == 0 ? 0 : (uint32_t)((sum - 1) % 65535) + 1;
}

/*
 * Fletcher's checksum of words of 16 bits, the high byte first; a last odd byte is a
 * high one. The sums of 2^22 words are below 2^60.
 *
 * Source   Fletcher, IEEE Trans. Commun. 30 (1982) 247-252
 */
static uint32_t
checksum(const unsigned char *p, size_t n)
{
    uint64_t first = 0, second = 0;

    for (size_t i = 0; i < n; i += 2) {
        first += (uint64_t)p[i] << 8 | (i + 1 < n ? p[i + 1] : 0);
        second += first;
    }
    return fold(second) << 16 | fold(first);
}

size_t
filter_pack(unsigned char *to, const unsigned char *from, size_t n, unsigned char *work)
{
    uLongf size = compressBound(n * WIDTH);

    BUG_IF(n > MOST);
    shuffle(work, from, n);
    if (compress2(to, &size, work, n * WIDTH, FILTER_LEVEL) != Z_OK)
        return 0;
    uint32_t sum = checksum(to, size);
    for (int i = 0; i < SUM; i++)
        to[size + (size_t)i] = (unsigned char)(sum >> (8 * i));
    return size + SUM;
}

/*
 * filter.h - packs a chunk of a dataset as HDF5's own filters would: shuffled,
 * deflated, summed.
 *
 * HDF5 works for one thread at a time, and packing is most of what writing a result
 * takes. What is packed here may be packed on any thread; hdf_chunk() takes it.
 */
#ifndef OUTPUT_FILTER_H
#define OUTPUT_FILTER_H

#include <stddef.h>

enum { FILTER_LEVEL = 1 }; /* of deflation: the fastest */

/* Bytes that `n` elements of 8 bytes take at most when they are packed. */
size_t filter_room(size_t n);

/*
 * Packs `n` elements of 8 bytes, at most 2^20.
 *
 * to, work  [filter_room(n)], [8 n]; apart
 * Returns   bytes in `to`; 0 when there is no memory
 */
size_t filter_pack(
    unsigned char *to, const unsigned char *from, size_t n, unsigned char *work);

#endif

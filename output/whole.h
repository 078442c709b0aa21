/*
 * whole.h - files that appear whole or not at all.
 *
 * The bytes go to a temporary file in the same folder, reach the disk, and only then
 * get their name: a killed program or a full disk leaves no file that looks finished.
 */
#ifndef OUTPUT_WHOLE_H
#define OUTPUT_WHOLE_H

#include "sim/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether `path` could be written now, asked before long work.
 *
 * Fails    ERR_INPUT when a file is there and `force` is not set, ERR_IO when the
 * folder cannot be written
 */
int whole_probe(const char *path, bool force) MUST_USE;

/*
 * Writes `n` bytes; a file of that name stays as it is unless `force`.
 *
 * Fails    as whole_probe(), and ERR_IO; nothing is left behind
 */
int whole_write(const char *path, const void *data, size_t n, bool force) MUST_USE;

#endif

/*
 * err.h - what happens when something goes wrong.
 *
 * Outside world  the function returns a code < 0 made by err_set(); callers pass it
 *                up; main() prints err_text() and turns the code into an exit status.
 * Wrong input    is collected, all mistakes in one go, in a struct report.
 * No memory      mem_alloc() prints a line and exits; nobody tests for NULL.
 * A bug          BUG_IF() prints the condition and aborts, in every build.
 */
#ifndef SIM_ERR_H
#define SIM_ERR_H

#include <stdio.h>
#include <stdlib.h>

#define MUST_USE __attribute__((warn_unused_result))

#define ERR_LIST(E)                                 \
    E(ERR_IO, -1, "file cannot be read or written") \
    E(ERR_INPUT, -2, "input is wrong")              \
    E(ERR_USAGE, -3, "the command line is wrong")   \
    E(ERR_STOPPED, -4, "stopped on request")

#define ERR_AS_ENUM(name, code, text) name = code,
enum err { ERR_NONE = 0, ERR_LIST(ERR_AS_ENUM) };

/* Records where and why, for err_text(), and returns `code`. */
int err_set(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The message of this thread's last err_set(); never NULL. */
const char *err_text(void);

#define BUG_IF(cond)                                                        \
    do {                                                                    \
        if (cond) {                                                         \
            fprintf(stderr, "%s:%d: bug: %s\n", __FILE__, __LINE__, #cond); \
            abort();                                                        \
        }                                                                   \
    } while (0)

#endif

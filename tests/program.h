/*
 * program.h - runs ./carecap as a user would, for tests of its commands: exit status,
 * what it prints, which files it leaves.
 */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

enum { PROGRAM_PATH = 512 };

struct program {
    char path[PROGRAM_PATH];   /* of carecap: beside the tests, else ./carecap */
    char folder[PROGRAM_PATH]; /* for files of the test; made and removed */
    char *out, *err;           /* what the last run printed; owned */
};

/* `self_path` is argv[0] of the test. */
void program_init(struct program *self, const char *self_path);
void program_free(struct program *self);

/* Runs carecap with `arguments`, as a shell would read them; @ stands for the folder.
 * Returns its exit status, -1 when it crashed. */
int program_run(struct program *self, const char *arguments);

/* Runs `command` in a shell with carecap as $0 and the folder as $1; likewise. */
int program_shell(struct program *self, const char *command);

/* The text of a file of the folder, NULL when there is none; by mem_free(). */
char *program_file(const struct program *self, const char *name);

#endif

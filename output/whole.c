#define _GNU_SOURCE
#include "output/whole.h"

#include "sim/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Name of the temporary file beside `path`; in `arena`. */
static char *
beside(const char *path, struct arena *arena)
{
    size_t size = strlen(path) + 32;
    char *text = mem_arena(arena, size, 1);

    snprintf(text, size, "%s.tmp-%ld", path, (long)getpid());
    return text;
}

static char *
folder_of(const char *path, struct arena *arena)
{
    char *text = mem_arena_text(arena, path);
    char *slash = strrchr(text, '/');

    if (slash == NULL)
        return mem_arena_text(arena, ".");
    slash[slash == text] = '\0'; /* the root keeps its stroke */
    return text;
}

static int
trouble(const char *path)
{
    return err_set(ERR_IO, "%s: %s", path, strerror(errno));
}

static int
taken(const char *path)
{
    return err_set(ERR_INPUT, "%s exists already; --force overwrites it", path);
}

/* What stands in the way at `path` itself. */
static int
check_target(const char *path, bool force)
{
    struct stat there;

    if (stat(path, &there) != 0)
        return 0; /* the folder is asked next */
    if (!S_ISREG(there.st_mode))
        return err_set(ERR_INPUT, "%s is not a regular file", path);
    return force ? 0 : taken(path);
}

/* A new file of our own; what a killed process of the same number left is removed. */
static int
open_new(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd >= 0 || errno != EEXIST || unlink(path) != 0)
        return fd;
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

int
whole_probe(const char *path, bool force)
{
    struct arena arena = {NULL};
    int status = check_target(path, force);

    if (status == 0) {
        char *temporary = beside(path, &arena);
        int fd = open_new(temporary);
        if (fd < 0)
            status = trouble(path);
        else if (close(fd) != 0 || unlink(temporary) != 0)
            status = trouble(path);
    }
    mem_arena_free(&arena);
    return status;
}

static bool
write_bytes(int fd, const unsigned char *data, size_t n)
{
    enum { MOST = 1 << 30 }; /* Linux takes no more in one call */

    while (n > 0) {
        ssize_t did = write(fd, data, n < MOST ? n : MOST);
        if (did < 0 && errno == EINTR)
            continue;
        if (did < 0)
            return false;
        data += did;
        n -= (size_t)did;
    }
    return true;
}

/* Fills and closes `fd`; false, with errno, when the bytes may not be on the disk. */
static bool
fill(int fd, const void *data, size_t n)
{
    bool good = write_bytes(fd, data, n) && fsync(fd) == 0;
    int why = errno;

    if (close(fd) != 0 && good)
        return false;
    errno = why;
    return good;
}

/* Gives the file its name; unless `force`, never in place of another. */
static bool
settle(const char *temporary, const char *path, bool force)
{
    if (force)
        return rename(temporary, path) == 0;
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return link(temporary, path) == 0 && unlink(temporary) == 0;
}

/* A name is safe only when its folder is; some file systems cannot, and need not. */
static void
sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

int
whole_write(const char *path, const void *data, size_t n, bool force)
{
    struct arena arena = {NULL};
    char *temporary = beside(path, &arena);
    int status = check_target(path, force);
    int fd = status == 0 ? open_new(temporary) : -1;

    if (status == 0 && fd < 0)
        status = trouble(path);
    if (fd >= 0) {
        if (!fill(fd, data, n))
            status = trouble(path);
        else if (!settle(temporary, path, force))
            status = errno == EEXIST ? taken(path) : trouble(path);
        if (status < 0)
            unlink(temporary);
        else
            sync_folder(folder_of(path, &arena));
    }
    mem_arena_free(&arena);
    return status;
}

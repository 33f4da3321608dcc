/* Stands between a process and the C library: notes what it does to the files below one folder.
 *
 * CALLS_FOLDER  the folder; other paths are passed through in silence
 * CALLS_LOG     each call becomes a line here: verb, tab, path
 * CALLS_KILL    the process is killed instead of making this call, counted from 1
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_below(const char *path) {
    const char *folder = getenv("CALLS_FOLDER");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static void log_line(const char *verb, const char *path) {
    static int log_fd = -1;
    char line[PATH_MAX + 32];
    const char *name = getenv("CALLS_LOG");
    if (!name) return;
    if (log_fd < 0)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_APPEND | O_CREAT, 0600);
    int length = snprintf(line, sizeof line, "%s\t%s\n", verb, path);
    if (syscall(SYS_write, log_fd, line, (size_t)length) != length) abort();
}

/* Before a call: die here if it is the chosen one. */
static void count(const char *path) {
    static long calls = 0;
    const char *chosen = getenv("CALLS_KILL");
    if (chosen && is_below(path) && __sync_add_and_fetch(&calls, 1) == atol(chosen))
        kill(getpid(), SIGKILL);
}

static const char *path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

static void note(const char *verb, const char *path) {
    if (is_below(path)) log_line(verb, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define ON_FD(verb, result, name, arguments, values)      \
    result name arguments {                               \
        char path[PATH_MAX];                              \
        count(path_of(fd, path));                         \
        result done = NEXT(name) values;                  \
        if (done >= 0) note(verb, path);                  \
        return done;                                      \
    }

ON_FD("write", ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
ON_FD("write", ssize_t, writev, (int fd, const struct iovec *data, int parts), (fd, data, parts))
ON_FD("write", ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at),
      (fd, data, size, at))
ON_FD("write", ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at),
      (fd, data, size, at))
ON_FD("write", int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD("write", int, ftruncate64, (int fd, off64_t size), (fd, size))
ON_FD("sync", int, fsync, (int fd), (fd))
ON_FD("sync", int, fdatasync, (int fd), (fd))

int rename(const char *old, const char *new) {
    count(new);
    int done = NEXT(rename)(old, new);
    if (done == 0) note("remove", old);
    if (done == 0) note("create", new);
    return done;
}

#define ON_PATH(verb, name, arguments, values)  \
    int name arguments {                        \
        count(path);                            \
        int done = NEXT(name) values;           \
        if (done == 0) note(verb, path);        \
        return done;                            \
    }

ON_PATH("create", mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH("remove", unlink, (const char *path), (path))
ON_PATH("remove", remove, (const char *path), (path))

/* The four ways to open a file; `existed` tells whether a name is new. */
#define OPEN(name, fixed, values)                                       \
    int name fixed {                                                    \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;       \
        va_end(rest);                                                   \
        struct stat found;                                              \
        int existed = !(flags & O_CREAT) || stat(path, &found) == 0;    \
        if (!existed) count(path);                                      \
        int done = NEXT(name) values;                                   \
        if (done >= 0 && !existed) note("create", path);                \
        if (done >= 0 && existed && flags & O_TRUNC) note("write", path); \
        return done;                                                    \
    }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode))

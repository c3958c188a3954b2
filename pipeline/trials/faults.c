/* Preloaded into a process, counts the calls that change a folder and lets the Nth fail or kill.
   Built and armed by pipeline/trials/faults.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static char prefix[PATH_MAX];
static long countdown; /* calls until the fault; 0: not armed */
static int fault;      /* an errno; 0: SIGKILL */
static long seen;

void fault_arm(const char *folder, long nth, int error) {
    strncpy(prefix, folder, sizeof prefix - 1);
    countdown = nth;
    fault = error;
    seen = 0;
}

long fault_seen(void) { return seen; }

static int strikes(const char *path) {
    if (!prefix[0] || !path || strncmp(path, prefix, strlen(prefix))) return 0;
    if (++seen != countdown) return 0;
    if (fault) return errno = fault, 1;
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int strikes_fd(int fd) {
    if (!prefix[0]) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return strikes(path);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT))
#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...) {                                \
        va_list rest; va_start(rest, flags);                                    \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;             \
        va_end(rest);                                                           \
        REAL(name);                                                             \
        return WRITES(flags) && strikes(path) ? -1 : real(path, flags, mode);   \
    }
#define OPENAT(name)                                                            \
    int name(int folder, const char *path, int flags, ...) {                    \
        va_list rest; va_start(rest, flags);                                    \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;             \
        va_end(rest);                                                           \
        REAL(name);                                                             \
        return WRITES(flags) && strikes(path) ? -1                              \
                                              : real(folder, path, flags, mode); \
    }
#define ON_PATH(name, result, arguments, call) \
    result name arguments { REAL(name); return strikes(path) ? -1 : real call; }
#define ON_FD(name, result, arguments, call) \
    result name arguments { REAL(name); return strikes_fd(fd) ? -1 : real call; }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
ON_PATH(rename, int, (const char *path, const char *to), (path, to))
ON_PATH(mkdir, int, (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, int, (const char *path), (path))
ON_PATH(rmdir, int, (const char *path), (path))
int symlink(const char *target, const char *path) {
    REAL(symlink);
    return strikes(path) ? -1 : real(target, path);
}
ON_FD(write, ssize_t, (int fd, const void *bytes, size_t size), (fd, bytes, size))
ON_FD(pwrite64, ssize_t, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
ON_FD(writev, ssize_t, (int fd, const struct iovec *parts, int n), (fd, parts, n))
ON_FD(fsync, int, (int fd), (fd))
ON_FD(ftruncate64, int, (int fd, off64_t size), (fd, size))

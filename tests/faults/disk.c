/* A disk that fails when it is told to, and one that remembers everything: preloaded into the programs of the tests.

   Only files whose path begins with $DISK_WATCH are looked at.  disk_fail(n, error, sticky, kinds) makes the n-th of the
   writes (1), forces (2) and truncations (4) from now on fail (sticky: and every later one, of any kind); a write that
   fails has written half.  disk_record(path)
   writes down, in order, what is done to those files, for whoever wants to know what a power cut may leave of it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long countdown, seen, failed;
static int error_given, sticky_given, kinds_given, log_fd = -1;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);

static int watched(const char *path) {
    const char *watch = getenv("DISK_WATCH");
    size_t length = strlen(path);
    if (!watch || strncmp(path, watch, strlen(watch))) return 0;
    return length < 4 || strcmp(path + length - 4, "-shm");
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return !strstr(path, " (deleted)") && watched(path);
}

void disk_fail(long nth, int error, int sticky, int kinds) {
    pthread_mutex_lock(&lock);
    countdown = nth; error_given = error; sticky_given = sticky; kinds_given = kinds; seen = failed = 0;
    pthread_mutex_unlock(&lock);
}

long disk_failed(void) { return failed; }

static int fails(int kind) {
    int now = 0;
    pthread_mutex_lock(&lock);
    if (countdown > 0) {
        now = sticky_given && failed;
        if (!now && (kind & kinds_given)) now = ++seen == countdown;
        failed += now;
    }
    pthread_mutex_unlock(&lock);
    return now;
}

struct head { uint8_t kind; uint8_t rest[3]; uint32_t path, other, data; uint64_t offset; };

static void record(char kind, const char *path, const char *other, const void *data, size_t length, uint64_t offset) {
    REAL(ssize_t, "writev", int, const struct iovec *, int)
    if (log_fd < 0) return;
    int kept = errno;
    struct head head = {(uint8_t)kind, {0}, strlen(path), strlen(other), length, offset};
    struct iovec parts[4] = {{&head, sizeof head}, {(void *)path, strlen(path)}, {(void *)other, strlen(other)},
                             {(void *)data, length}};
    pthread_mutex_lock(&lock);
    if (real(log_fd, parts, 4) < 0) abort();
    pthread_mutex_unlock(&lock);
    errno = kept;
}

void disk_record(const char *path) {
    REAL(int, "open64", const char *, int, ...)
    log_fd = real(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0) abort();
}

void disk_note(const char *text) { record('A', "", "", text, strlen(text), 0); }

#define WRITES(NAME, OFFSET) \
ssize_t NAME(int fd, const void *data, size_t length, OFFSET offset) { \
    REAL(ssize_t, #NAME, int, const void *, size_t, OFFSET) \
    char path[PATH_MAX]; \
    if (!path_of(fd, path)) return real(fd, data, length, offset); \
    if (fails(1)) { if (length > 1) real(fd, data, length / 2, offset); errno = error_given; return -1; } \
    ssize_t done = real(fd, data, length, offset); \
    if (done > 0) record('W', path, "", data, done, offset); \
    return done; \
}
WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t)
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, data, length);
    if (fails(1)) { if (length > 1) (void)!real(fd, data, length / 2); errno = error_given; return -1; }
    ssize_t done = real(fd, data, length);
    if (done > 0) record('W', path, "", data, done, lseek(fd, 0, SEEK_CUR) - done);
    return done;
}

#define FORCES(NAME) \
int NAME(int fd) { \
    REAL(int, #NAME, int) \
    char path[PATH_MAX]; \
    if (!path_of(fd, path)) return real(fd); \
    if (fails(2)) { errno = error_given; return -1; } \
    int done = real(fd); \
    if (!done) record('S', path, "", "", 0, 0); \
    return done; \
}
FORCES(fsync)
FORCES(fdatasync)

#define TRUNCATES(NAME, OFFSET) \
int NAME(int fd, OFFSET length) { \
    REAL(int, #NAME, int, OFFSET) \
    char path[PATH_MAX]; \
    if (!path_of(fd, path)) return real(fd, length); \
    if (fails(4)) { errno = error_given; return -1; } \
    int done = real(fd, length); \
    if (!done) record('T', path, "", "", 0, length); \
    return done; \
}
TRUNCATES(ftruncate, off_t)
TRUNCATES(ftruncate64, off64_t)

static int there(const char *path) { struct stat found; return !stat(path, &found); }

#define OPENS(NAME) \
int NAME(const char *path, int flags, ...) { \
    REAL(int, #NAME, const char *, int, ...) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    int ours = log_fd >= 0 && watched(path), before = ours && there(path), fd = real(path, flags, mode); \
    if (ours && fd >= 0 && (flags & O_CREAT) && !before) record('C', path, "", "", 0, 0); \
    else if (ours && fd >= 0 && (flags & O_TRUNC)) record('T', path, "", "", 0, 0); \
    return fd; \
}
OPENS(open)
OPENS(open64)

int unlink(const char *path) {
    REAL(int, "unlink", const char *)
    int done = real(path);
    if (!done && watched(path)) record('U', path, "", "", 0, 0);
    return done;
}

#define NAMES(NAME, KIND) \
int NAME(const char *from, const char *to) { \
    REAL(int, #NAME, const char *, const char *) \
    int done = real(from, to); \
    if (!done && watched(from)) record(KIND, from, to, "", 0, 0); \
    return done; \
}
NAMES(rename, 'R')
NAMES(link, 'L')

/* Records what a process does to the files of one folder: LD_PRELOAD this, with RECORD_FOLDER and RECORD_LOG set.
 *
 * Each record is: one byte (W write, T truncate, S sync of a file, D sync of the folder, U unlink), the length of the name (u32),
 * an offset or new length (u64), the length of the bytes (u64), the name, the bytes. A record is written after the act has
 * succeeded, and acts are made one at a time, so that the order of the records is the order of the acts.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 1024
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char *names[MOST_FILES];

static void put(char act, const char *name, uint64_t offset, const void *bytes, uint64_t length) {
    static int log_file = -1;
    uint32_t name_length = (uint32_t)strlen(name);
    char head[21];
    if (log_file < 0) log_file = REAL(open)(getenv("RECORD_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    head[0] = act;
    memcpy(head + 1, &name_length, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    if (REAL(write)(log_file, head, sizeof head) < 0 || REAL(write)(log_file, name, name_length) < 0) abort();
    if (length && REAL(write)(log_file, bytes, length) != (ssize_t)length) abort();
}

/* The part of a path below the folder, "" for the folder itself, NULL for anything that is not recorded. */
static const char *inside(const char *path) {
    const char *folder = getenv("RECORD_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return path + length;
    if (path[length] != '/' || strstr(path, "-shm") || strstr(path, ".lock")) return NULL;
    return path + length + 1;
}

static int opened(int file, const char *path) {
    const char *name = file >= 0 && file < MOST_FILES ? inside(path) : NULL;
    if (file >= 0 && file < MOST_FILES) {
        free(names[file]);
        names[file] = name ? strdup(name) : NULL;
    }
    return file;
}

static const char *name_of(int file) { return file >= 0 && file < MOST_FILES ? names[file] : NULL; }

#define OPEN(function)                                       \
    int function(const char *path, int flags, ...) {         \
        va_list more;                                        \
        va_start(more, flags);                               \
        mode_t mode = (mode_t)va_arg(more, int);             \
        va_end(more);                                        \
        pthread_mutex_lock(&one_at_a_time);                  \
        int file = opened(REAL(function)(path, flags, mode), path); \
        pthread_mutex_unlock(&one_at_a_time);                \
        return file;                                         \
    }
OPEN(open)
OPEN(open64)

int close(int file) {
    pthread_mutex_lock(&one_at_a_time);
    opened(file, "");
    int result = REAL(close)(file);
    pthread_mutex_unlock(&one_at_a_time);
    return result;
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (!name_of(file)) return REAL(write)(file, bytes, length);
    pthread_mutex_lock(&one_at_a_time);
    ssize_t done = REAL(write)(file, bytes, length);
    if (done > 0) put('W', names[file], (uint64_t)(lseek(file, 0, SEEK_CUR) - done), bytes, (uint64_t)done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

#define PWRITE(function, offset_type)                                                             \
    ssize_t function(int file, const void *bytes, size_t length, offset_type offset) {            \
        if (!name_of(file)) return REAL(function)(file, bytes, length, offset);                   \
        pthread_mutex_lock(&one_at_a_time);                                                       \
        ssize_t done = REAL(function)(file, bytes, length, offset);                               \
        if (done > 0) put('W', names[file], (uint64_t)offset, bytes, (uint64_t)done);             \
        pthread_mutex_unlock(&one_at_a_time);                                                     \
        return done;                                                                              \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(function, offset_type)                                                           \
    int function(int file, offset_type length) {                                                  \
        if (!name_of(file)) return REAL(function)(file, length);                                  \
        pthread_mutex_lock(&one_at_a_time);                                                       \
        int result = REAL(function)(file, length);                                                \
        if (!result) put('T', names[file], (uint64_t)length, NULL, 0);                            \
        pthread_mutex_unlock(&one_at_a_time);                                                     \
        return result;                                                                            \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(function)                                                                            \
    int function(int file) {                                                                      \
        if (!name_of(file)) return REAL(function)(file);                                          \
        pthread_mutex_lock(&one_at_a_time);                                                       \
        int result = REAL(function)(file);                                                        \
        if (!result) put(*names[file] ? 'S' : 'D', names[file], 0, NULL, 0);                      \
        pthread_mutex_unlock(&one_at_a_time);                                                     \
        return result;                                                                            \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    const char *name = inside(path);
    pthread_mutex_lock(&one_at_a_time);
    int result = REAL(unlink)(path);
    if (!result && name && *name) put('U', name, 0, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return result;
}

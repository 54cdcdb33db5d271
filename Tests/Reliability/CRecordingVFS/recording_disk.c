/* The log of what reaches the kernel. See CRecordingVFS.h. */
#define _GNU_SOURCE
#include "CRecordingVFS.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FDS 4096
#define FOLDER_FD (1 << 30)

static atomic_int is_on;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char prefix[PATH_MAX];
static size_t prefix_length;

static recording_event *events;
static int64_t count, room;
static uint8_t *bytes;
static int64_t bytes_count, bytes_room;
static char **names;
static int32_t names_count;
/* By name: its node, or -1. */
static int32_t *nodes;
static int32_t nodes_count;
/* By descriptor: node + 1; FOLDER_FD + name for a folder; 0 for what is not ours. */
static int32_t of_fd[FDS];

static recording_event *add(int kind, int32_t node) {
  if (count == room) {
    room = room ? 2 * room : 4096;
    events = realloc(events, (size_t)room * sizeof *events);
    if (!events) abort();
  }
  recording_event *event = &events[count++];
  *event = (recording_event){.kind = kind, .node = node, .name = -1, .other = -1};
  return event;
}

static int64_t keep(const void *data, int64_t length) {
  if (bytes_count + length > bytes_room) {
    bytes_room = 2 * (bytes_count + length);
    bytes = realloc(bytes, (size_t)bytes_room);
    if (!bytes) abort();
  }
  memcpy(bytes + bytes_count, data, (size_t)length);
  bytes_count += length;
  return bytes_count - length;
}

static int is_ours(const char *path) {
  return path && strncmp(path, prefix, prefix_length) == 0
         && (path[prefix_length] == '/' || path[prefix_length] == 0);
}

static int32_t name_of(const char *path) {
  for (int32_t name = 0; name < names_count; name++)
    if (strcmp(names[name], path) == 0) return name;
  names = realloc(names, (size_t)(names_count + 1) * sizeof *names);
  nodes = realloc(nodes, (size_t)(names_count + 1) * sizeof *nodes);
  if (!names || !nodes) abort();
  names[names_count] = strdup(path);
  nodes[names_count] = -1;
  return names_count++;
}

/* The node of a name that is there. */
static int32_t node_of(int32_t name) {
  if (nodes[name] < 0) {
    nodes[name] = nodes_count++;
    add(RECORDING_EXISTS, nodes[name])->name = name;
  }
  return nodes[name];
}

int recording_begin(const char *folder) {
  pthread_mutex_lock(&lock);
  int can = !atomic_load(&is_on) && strlen(folder) < sizeof prefix;
  if (can) {
    strcpy(prefix, folder);
    prefix_length = strlen(prefix);
    for (int32_t name = 0; name < names_count; name++) free(names[name]);
    count = bytes_count = names_count = nodes_count = 0;
    memset(of_fd, 0, sizeof of_fd);
    atomic_store(&is_on, 1);
  }
  pthread_mutex_unlock(&lock);
  return can ? 0 : -1;
}

void recording_end(void) { atomic_store(&is_on, 0); }

void recording_mark(int64_t number) {
  if (!atomic_load(&is_on)) return;
  pthread_mutex_lock(&lock);
  add(RECORDING_MARK, -1)->offset = number;
  pthread_mutex_unlock(&lock);
}

void recording_note(int kind) {
  if (!atomic_load(&is_on)) return;
  pthread_mutex_lock(&lock);
  add(kind, -1);
  pthread_mutex_unlock(&lock);
}

int64_t recording_count(void) { return count; }
const recording_event *recording_events(void) { return events; }
const uint8_t *recording_bytes(void) { return bytes; }
int64_t recording_bytes_count(void) { return bytes_count; }
const char *recording_name(int32_t name) {
  return name >= 0 && name < names_count ? names[name] : "";
}

/* What a descriptor is: a node, or -1. */
static int32_t node_of_fd(int fd) {
  if (fd < 0 || fd >= FDS) return -1;
  int32_t found = of_fd[fd];
  return found > 0 && found < FOLDER_FD ? found - 1 : -1;
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  if (!atomic_load(&is_on) || !is_ours(path)) {
    int other = (int)syscall(SYS_openat, folder, path, flags, mode);
    /* Whoever closed it last may have done so behind our back. */
    if (other >= 0 && other < FDS) of_fd[other] = 0;
    return other;
  }
  pthread_mutex_lock(&lock);
  struct stat before;
  int was_there = fstatat(folder, path, &before, 0) == 0;
  int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
  int code = errno;
  if (fd >= 0 && fd < FDS) {
    int32_t name = name_of(path);
    if (was_there && S_ISDIR(before.st_mode)) {
      of_fd[fd] = FOLDER_FD + name;
    } else if (was_there) {
      of_fd[fd] = node_of(name) + 1;
      if (flags & O_TRUNC && before.st_size > 0) add(RECORDING_TRUNCATE, nodes[name]);
    } else {
      nodes[name] = nodes_count++;
      add(RECORDING_CREATE, nodes[name])->name = name;
      of_fd[fd] = nodes[name] + 1;
    }
  }
  pthread_mutex_unlock(&lock);
  errno = code;
  return fd;
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPENS(function, head, folder)                   \
  int function {                                        \
    va_list rest;                                       \
    va_start(rest, flags);                              \
    mode_t mode = mode_of(flags, rest);                 \
    va_end(rest);                                       \
    return open_at(folder, path, flags | head, mode);   \
  }
OPENS(open(const char *path, int flags, ...), 0, AT_FDCWD)
OPENS(open64(const char *path, int flags, ...), O_LARGEFILE, AT_FDCWD)
OPENS(openat(int folder, const char *path, int flags, ...), 0, folder)
OPENS(openat64(int folder, const char *path, int flags, ...), O_LARGEFILE, folder)

int creat(const char *path, mode_t mode) {
  return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd) {
  if (fd >= 0 && fd < FDS) of_fd[fd] = 0;
  return (int)syscall(SYS_close, fd);
}

static void note_write(int32_t node, const void *data, ssize_t length, int64_t offset) {
  if (length <= 0) return;
  int64_t kept = keep(data, length);
  recording_event *event = add(RECORDING_WRITE, node);
  event->offset = offset;
  event->length = length;
  event->data = kept;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!atomic_load(&is_on) || node_of_fd(fd) < 0) return syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&lock);
  ssize_t done = syscall(SYS_write, fd, data, length);
  int code = errno;
  if (done > 0) note_write(node_of_fd(fd), data, done, lseek(fd, 0, SEEK_CUR) - done);
  pthread_mutex_unlock(&lock);
  errno = code;
  return done;
}

static ssize_t write_at(int fd, const void *data, size_t length, off64_t offset) {
  if (!atomic_load(&is_on) || node_of_fd(fd) < 0)
    return syscall(SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock(&lock);
  ssize_t done = syscall(SYS_pwrite64, fd, data, length, offset);
  int code = errno;
  note_write(node_of_fd(fd), data, done, offset);
  pthread_mutex_unlock(&lock);
  errno = code;
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return write_at(fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  return write_at(fd, data, length, offset);
}

static int cut_to(int fd, off64_t length) {
  if (!atomic_load(&is_on) || node_of_fd(fd) < 0) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_ftruncate, fd, length);
  int code = errno;
  if (done == 0) add(RECORDING_TRUNCATE, node_of_fd(fd))->length = length;
  pthread_mutex_unlock(&lock);
  errno = code;
  return done;
}

int ftruncate(int fd, off_t length) { return cut_to(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut_to(fd, length); }

/* The log has the sync where it returned: only then does it promise anything. */
static int sync_by(long call, int fd) {
  int done = (int)syscall(call, fd);
  if (!atomic_load(&is_on) || done != 0 || fd < 0 || fd >= FDS) return done;
  pthread_mutex_lock(&lock);
  if (of_fd[fd] >= FOLDER_FD)
    add(RECORDING_SYNC_FOLDER, -1)->name = of_fd[fd] - FOLDER_FD;
  else if (node_of_fd(fd) >= 0)
    add(RECORDING_SYNC, node_of_fd(fd));
  pthread_mutex_unlock(&lock);
  return done;
}

int fsync(int fd) { return sync_by(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }

static int unlink_at(int folder, const char *path, int flags) {
  if (!atomic_load(&is_on) || !is_ours(path) || flags)
    return (int)syscall(SYS_unlinkat, folder, path, flags);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_unlinkat, folder, path, flags);
  int code = errno;
  if (done == 0) {
    int32_t name = name_of(path);
    add(RECORDING_UNLINK, -1)->name = name;
    nodes[name] = -1;
  }
  pthread_mutex_unlock(&lock);
  errno = code;
  return done;
}

int unlink(const char *path) { return unlink_at(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlink_at(folder, path, flags); }

static int two_names(int kind, int from, const char *path, int to, const char *target, int flags) {
  long call = kind == RECORDING_RENAME ? SYS_renameat2 : SYS_linkat;
  if (!atomic_load(&is_on) || !is_ours(path) || !is_ours(target))
    return (int)syscall(call, from, path, to, target, flags);
  pthread_mutex_lock(&lock);
  int32_t name = name_of(path), other = name_of(target);
  struct stat status;
  int32_t node = fstatat(from, path, &status, 0) == 0 ? node_of(name) : -1;
  int done = (int)syscall(call, from, path, to, target, flags);
  int code = errno;
  if (done == 0) {
    recording_event *event = add(kind, node);
    event->name = name;
    event->other = other;
    nodes[other] = node;
    if (kind == RECORDING_RENAME) nodes[name] = -1;
  }
  pthread_mutex_unlock(&lock);
  errno = code;
  return done;
}

int rename(const char *path, const char *target) {
  return two_names(RECORDING_RENAME, AT_FDCWD, path, AT_FDCWD, target, 0);
}
int renameat(int from, const char *path, int to, const char *target) {
  return two_names(RECORDING_RENAME, from, path, to, target, 0);
}
int renameat2(int from, const char *path, int to, const char *target, unsigned flags) {
  return two_names(RECORDING_RENAME, from, path, to, target, (int)flags);
}
int link(const char *path, const char *target) {
  return two_names(RECORDING_LINK, AT_FDCWD, path, AT_FDCWD, target, 0);
}
int linkat(int from, const char *path, int to, const char *target, int flags) {
  return two_names(RECORDING_LINK, from, path, to, target, flags);
}

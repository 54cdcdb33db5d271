/* The VFS above the log: counts what SQLite asks for, and hears of checkpoints. See CRecordingVFS.h. */
#include "CRecordingVFS.h"

#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

typedef struct {
  sqlite3_file base;
  int is_written_database;
  /* The file of the VFS underneath follows. */
} recording_file;

#define UNDER(file) ((sqlite3_file *)((recording_file *)(file) + 1))

static sqlite3_vfs shim;
static sqlite3_vfs *under;
static recording_totals totals;
static int characteristics = -1;
static int promises_powersafe;

static int x_close(sqlite3_file *file) { return UNDER(file)->pMethods->xClose(UNDER(file)); }

static int x_read(sqlite3_file *file, void *data, int length, sqlite3_int64 offset) {
  return UNDER(file)->pMethods->xRead(UNDER(file), data, length, offset);
}

static int x_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 offset) {
  int code = UNDER(file)->pMethods->xWrite(UNDER(file), data, length, offset);
  if (code == SQLITE_OK) {
    totals.writes++;
    totals.bytes_written += length;
  }
  return code;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size) {
  totals.truncates++;
  return UNDER(file)->pMethods->xTruncate(UNDER(file), size);
}

static int x_sync(sqlite3_file *file, int flags) {
  totals.syncs++;
  return UNDER(file)->pMethods->xSync(UNDER(file), flags);
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return UNDER(file)->pMethods->xFileSize(UNDER(file), size);
}

static int x_lock(sqlite3_file *file, int level) {
  return UNDER(file)->pMethods->xLock(UNDER(file), level);
}

static int x_unlock(sqlite3_file *file, int level) {
  return UNDER(file)->pMethods->xUnlock(UNDER(file), level);
}

static int x_check_reserved_lock(sqlite3_file *file, int *is_held) {
  return UNDER(file)->pMethods->xCheckReservedLock(UNDER(file), is_held);
}

static int x_file_control(sqlite3_file *file, int operation, void *argument) {
  if (operation == SQLITE_FCNTL_CKPT_START) {
    totals.checkpoints++;
    recording_note(RECORDING_CHECKPOINT_BEGAN);
  }
  if (operation == SQLITE_FCNTL_CKPT_DONE) recording_note(RECORDING_CHECKPOINT_ENDED);
  return UNDER(file)->pMethods->xFileControl(UNDER(file), operation, argument);
}

static int x_sector_size(sqlite3_file *file) {
  return UNDER(file)->pMethods->xSectorSize(UNDER(file));
}

static int x_device_characteristics(sqlite3_file *file) {
  int answer = UNDER(file)->pMethods->xDeviceCharacteristics(UNDER(file));
  if (promises_powersafe) answer |= SQLITE_IOCAP_POWERSAFE_OVERWRITE;
  if (((recording_file *)file)->is_written_database) characteristics = answer;
  return answer;
}

/* Shared memory does not survive: it is passed through, and never part of the log. */
static int x_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **where) {
  return UNDER(file)->pMethods->xShmMap(UNDER(file), page, size, extends, where);
}

static int x_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return UNDER(file)->pMethods->xShmLock(UNDER(file), offset, count, flags);
}

static void x_shm_barrier(sqlite3_file *file) { UNDER(file)->pMethods->xShmBarrier(UNDER(file)); }

static int x_shm_unmap(sqlite3_file *file, int deletes) {
  return UNDER(file)->pMethods->xShmUnmap(UNDER(file), deletes);
}

/* Version 2: without the fetching of pages by mapped memory, which would hide nothing but could. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_file_size,
    .xLock = x_lock,
    .xUnlock = x_unlock,
    .xCheckReservedLock = x_check_reserved_lock,
    .xFileControl = x_file_control,
    .xSectorSize = x_sector_size,
    .xDeviceCharacteristics = x_device_characteristics,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
  (void)vfs;
  file->pMethods = NULL;
  ((recording_file *)file)->is_written_database =
      (flags & SQLITE_OPEN_MAIN_DB) && (flags & SQLITE_OPEN_READWRITE);
  memset(UNDER(file), 0, (size_t)under->szOsFile);
  int code = under->xOpen(under, name, UNDER(file), flags, given);
  if (UNDER(file)->pMethods) file->pMethods = &methods;
  return code;
}

static int x_delete(sqlite3_vfs *vfs, const char *name, int syncs_folder) {
  (void)vfs;
  totals.deletes++;
  return under->xDelete(under, name, syncs_folder);
}

static int x_access(sqlite3_vfs *vfs, const char *name, int flags, int *answer) {
  (void)vfs;
  return under->xAccess(under, name, flags, answer);
}

static int x_full_pathname(sqlite3_vfs *vfs, const char *name, int room, char *path) {
  (void)vfs;
  return under->xFullPathname(under, name, room, path);
}

int recording_vfs_register(void) {
  if (under) return 0;
  under = sqlite3_vfs_find(NULL);
  if (!under) return SQLITE_ERROR;
  shim = *under;
  shim.zName = "recording";
  shim.szOsFile = (int)sizeof(recording_file) + under->szOsFile;
  shim.pNext = NULL;
  shim.xOpen = x_open;
  shim.xDelete = x_delete;
  shim.xAccess = x_access;
  shim.xFullPathname = x_full_pathname;
  return sqlite3_vfs_register(&shim, 1);
}

recording_totals recording_vfs_totals(void) { return totals; }

int recording_vfs_characteristics(void) { return characteristics; }

void recording_vfs_promise_powersafe(int promises) { promises_powersafe = promises; }

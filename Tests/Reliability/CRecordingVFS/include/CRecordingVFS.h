#ifndef SKIN2VEC_CRECORDINGVFS_H
#define SKIN2VEC_CRECORDINGVFS_H

#include <stdint.h>

/* A disk that keeps a log of everything done to the files of one folder, and a SQLite VFS above it.
 *
 * The log is taken where the kernel begins: this target defines open, write, pwrite, ftruncate,
 * fsync, rename, unlink and their kin for the whole program, SQLite's library and Foundation
 * included, and each goes on to the kernel. So it holds what SQLite's own unix VFS does, under the
 * very characteristics that the station runs with, and also the files that SQLite never sees: locks,
 * manifests, names that change.
 *
 * The VFS above counts what SQLite asks for, so that the log can be held against it, and says when a
 * checkpoint begins and ends. Nothing is recorded outside recording_begin and recording_end. */

enum recording_kind {
  RECORDING_EXISTS = 1,   /* name has been there since before the log: it is node from now on */
  RECORDING_CREATE = 2,   /* name is a new file: node */
  RECORDING_WRITE = 3,    /* node, offset, length, data */
  RECORDING_TRUNCATE = 4, /* node, length */
  RECORDING_SYNC = 5,     /* node */
  RECORDING_SYNC_FOLDER = 6, /* name */
  RECORDING_UNLINK = 7,   /* name */
  RECORDING_RENAME = 8,   /* name, other */
  RECORDING_LINK = 9,     /* name, other */
  RECORDING_MARK = 10,    /* offset is the mark's number */
  RECORDING_CHECKPOINT_BEGAN = 11,
  RECORDING_CHECKPOINT_ENDED = 12,
};

typedef struct {
  int32_t kind;
  int32_t node;
  int64_t offset;
  int64_t length;
  int64_t data; /* where the bytes begin in recording_bytes */
  int32_t name;
  int32_t other;
} recording_event;

/* Begins a log of a folder and the folders in it; its path is absolute, without links. */
int recording_begin(const char *folder);
/* Ends the log, which can be read until the next one begins. */
void recording_end(void);
/* Puts a mark between two events. */
void recording_mark(int64_t number);

int64_t recording_count(void);
const recording_event *recording_events(void);
const uint8_t *recording_bytes(void);
int64_t recording_bytes_count(void);
const char *recording_name(int32_t name);

/* What SQLite asked of the VFS since the log began. */
typedef struct {
  int64_t writes;
  int64_t bytes_written;
  int64_t truncates;
  int64_t syncs;
  int64_t deletes;
  int64_t checkpoints;
} recording_totals;

/* Makes the VFS the one that SQLite opens files with; 0 if it could. */
int recording_vfs_register(void);
recording_totals recording_vfs_totals(void);
/* xDeviceCharacteristics as SQLite last heard it of a database that it may write; -1 before. */
int recording_vfs_characteristics(void);
/* A planted defect: promises that a torn write spoils no byte beside it, whatever was asked for. */
void recording_vfs_promise_powersafe(int promises);

/* For the recorder's own two halves. */
void recording_note(int kind);

#endif

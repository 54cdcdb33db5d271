#ifndef SKIN2VEC_CRECORDINGVFS_H
#define SKIN2VEC_CRECORDINGVFS_H
/* A SQLite VFS that keeps a log of what is written and synced. */
void recording_vfs_version(void);
#endif

#include "CRecordingVFS.h"
void recording_vfs_version(void) {}

/*
 * bad_disk.h - a disk that fails on command: SQLite's own file layer, with calls that can be made to go wrong.
 */
#ifndef RCC_TEST_BAD_DISK_H
#define RCC_TEST_BAD_DISK_H

#include <sqlite3.h>

/* From which call on, counted from now, which error is given; 0 = never. */
struct bad_disk {
	int fail_from; /* the n-th write or sync, and every later one */
	int error;     /* SQLITE_FULL, SQLITE_IOERR_FSYNC, ... */
	int only_sync; /* 1: writes pass and only syncs are counted */
	int calls;     /* counted since the last bad_disk_set */
};

/* Becomes the default file layer of this program. */
void bad_disk_install(void);
void bad_disk_set(int fail_from, int error, int only_sync);
/* Writes and syncs since then. */
int bad_disk_calls(void);

#endif

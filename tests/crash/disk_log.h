/*
 * disk_log.h - what a program did to the files of one directory, in order: the format between the recorder and the replayer.
 *
 * A record is a struct disk_record and `len` bytes behind it. It stands in the log before the call for what may reach the disk at any
 * moment from then on, and after the call for what has reached it when the call returns.
 */
#ifndef RCC_TEST_DISK_LOG_H
#define RCC_TEST_DISK_LOG_H

#include <stdint.h>

enum disk_op {
	DISK_CREATE = 1,   /* bytes: the name; a new file, empty */
	DISK_WRITE = 2,    /* bytes at `offset` */
	DISK_TRUNCATE = 3, /* to `offset` */
	DISK_SYNC = 4,     /* all of this file before it has reached the disk */
	DISK_UNLINK = 5,   /* bytes: the name */
	DISK_RENAME = 6,   /* bytes: the old name, a zero byte, the new name */
	DISK_SYNC_DIR = 7, /* all names before it have reached the disk */
};

struct disk_record {
	int64_t at_ns; /* CLOCK_MONOTONIC: one clock for all programs of a machine */
	uint32_t op;
	uint32_t file; /* a number that is never given again; 0 with names alone */
	uint64_t offset;
	uint64_t len;
};

#endif

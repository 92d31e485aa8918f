#include "bad_disk.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The real file stands right behind ours. */
struct bad_file {
	sqlite3_file base;
	sqlite3_file real[];
};

static struct bad_disk disk;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs bad_vfs;
static sqlite3_io_methods bad_methods;

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return ((struct bad_file *)file)->real;
}

static int
is_failing(int is_sync)
{
	if (disk.only_sync && !is_sync)
		return 0;
	disk.calls++;
	return disk.fail_from != 0 && disk.calls >= disk.fail_from;
}

static int
bad_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
	return is_failing(0) ? disk.error : real_of(file)->pMethods->xWrite(real_of(file), bytes, len, at);
}

static int
bad_sync(sqlite3_file *file, int flags)
{
	return is_failing(1) ? disk.error : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int
bad_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int
bad_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int
bad_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), bytes, len, at);
}

static int
bad_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), ret_size);
}

static int
bad_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
bad_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
bad_reserved(sqlite3_file *file, int *ret_is)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret_is);
}

static int
bad_control(sqlite3_file *file, int op, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int
bad_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
bad_device(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
bad_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret_memory)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret_memory);
}

static int
bad_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void
bad_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
bad_shm_unmap(sqlite3_file *file, int delete_it)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), delete_it);
}

static int
bad_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	(void)vfs;
	int rc = real_vfs->xOpen(real_vfs, name, real_of(file), flags, ret_flags);
	file->pMethods = rc == SQLITE_OK ? &bad_methods : NULL;
	return rc;
}

void
bad_disk_install(void)
{
	real_vfs = sqlite3_vfs_find(NULL);
	assert_non_null(real_vfs);
	bad_methods = (sqlite3_io_methods){
	    .iVersion = 2,
	    .xClose = bad_close,
	    .xRead = bad_read,
	    .xWrite = bad_write,
	    .xTruncate = bad_truncate,
	    .xSync = bad_sync,
	    .xFileSize = bad_size,
	    .xLock = bad_lock,
	    .xUnlock = bad_unlock,
	    .xCheckReservedLock = bad_reserved,
	    .xFileControl = bad_control,
	    .xSectorSize = bad_sector,
	    .xDeviceCharacteristics = bad_device,
	    .xShmMap = bad_shm_map,
	    .xShmLock = bad_shm_lock,
	    .xShmBarrier = bad_shm_barrier,
	    .xShmUnmap = bad_shm_unmap,
	};
	bad_vfs = *real_vfs;
	bad_vfs.zName = "bad";
	bad_vfs.szOsFile += (int)sizeof(struct bad_file);
	bad_vfs.xOpen = bad_open;
	assert_int_equal(sqlite3_vfs_register(&bad_vfs, 1), SQLITE_OK);
}

void
bad_disk_set(int fail_from, int error, int only_sync)
{
	disk = (struct bad_disk){.fail_from = fail_from, .error = error, .only_sync = only_sync};
}

int
bad_disk_calls(void)
{
	return disk.calls;
}

#include "feed/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/log.h"
#include "rcc/units.h"

#define TAKEN "taken"
#define REFUSED "refused"
/* Folder, subfolder, name, and a time when that name is there already. */
#define PATH_SIZE (RCC_FEED_PLACE_MAX + RCC_FEED_NAME_MAX + 64)
#define WATCHED (IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR)
#define EVENTS_SIZE 4096
/* Reads of the watch in one turn. */
#define READS_MAX 64

static int
make_subfolder(const struct rcc_feed_folder *folder, const char *name)
{
	char path[PATH_SIZE];
	(void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
	return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

enum rcc_status
rcc_feed_folder_open(struct rcc_feed_folder *folder, const char *path, bool keeps, struct rcc_fault *ret_fault)
{
	memset(folder, 0, sizeof *folder);
	folder->keeps = keeps;
	folder->watch_fd = folder->fd = -1;
	if (strlen(path) >= sizeof folder->path) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, "the folder's name is too long");
	}
	memcpy(folder->path, path, strlen(path) + 1);
	if (!keeps && (make_subfolder(folder, TAKEN) != 0 || make_subfolder(folder, REFUSED) != 0)) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: cannot make the folders %s and %s in it: %s", path,
		                     TAKEN, REFUSED, strerror(errno));
	}
	folder->watch_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (folder->watch_fd < 0 || inotify_add_watch(folder->watch_fd, path, WATCHED) < 0) {
		int failed = errno;
		rcc_feed_folder_close(folder);
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: cannot be watched: %s", path, strerror(failed));
	}
	return RCC_OK;
}

static void
close_file(struct rcc_feed_folder *folder)
{
	if (folder->fd >= 0) {
		(void)close(folder->fd);
		folder->fd = -1;
	}
}

void
rcc_feed_folder_close(struct rcc_feed_folder *folder)
{
	close_file(folder);
	if (folder->watch_fd >= 0) {
		(void)close(folder->watch_fd);
		folder->watch_fd = -1;
	}
}

/* One more name that is complete. Without room it is found by looking through the folder, a little later. */
static void
add_ready(struct rcc_feed_folder *folder, const char *name)
{
	size_t len = strlen(name);
	if (name[0] == '.' || len > RCC_FEED_NAME_MAX || folder->ready_count == RCC_FEED_READY_MAX) {
		return;
	}
	memcpy(folder->ready[folder->ready_count++], name, len + 1);
}

static void
read_watch(struct rcc_feed_folder *folder)
{
	_Alignas(struct inotify_event) char bytes[EVENTS_SIZE];
	for (int reads = 0; reads < READS_MAX; reads++) {
		ssize_t got = read(folder->watch_fd, bytes, sizeof bytes);
		if (got <= 0) {
			return;
		}
		for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)got;) {
			struct inotify_event event;
			memcpy(&event, bytes + at, sizeof event);
			if (event.len > 0 && (event.mask & IN_ISDIR) == 0) {
				add_ready(folder, bytes + at + sizeof event);
			}
			at += sizeof event + event.len;
		}
	}
}

/* A file that holds something: an empty one was only announced. */
static bool
is_file(const struct rcc_feed_folder *folder, const char *name, struct stat *ret_about)
{
	char path[PATH_SIZE];
	(void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
	return lstat(path, ret_about) == 0 && S_ISREG(ret_about->st_mode) && ret_about->st_size > 0;
}

static bool
is_settled(const struct rcc_feed_folder *folder, const char *name, int64_t at_ms)
{
	struct stat about;
	if (!is_file(folder, name, &about)) {
		return false;
	}
	int64_t age_ms = at_ms - ((int64_t)about.st_mtim.tv_sec * RCC_MS_PER_S + about.st_mtim.tv_nsec / 1000000);
	/* One from the future has been written under another clock. */
	return age_ms >= RCC_FEED_SETTLED_MS || age_ms <= -RCC_FEED_SETTLED_MS;
}

/* The first settled file by name behind folder->passed, into folder->name. */
static bool
look(struct rcc_feed_folder *folder, int64_t at_ms)
{
	DIR *dir = opendir(folder->path);
	folder->name[0] = '\0';
	/* The same watch again if it is there; a new one if the folder was away. */
	if (dir == NULL || inotify_add_watch(folder->watch_fd, folder->path, WATCHED) < 0) {
		if (!folder->lost_told) {
			rcc_feed_log(RCC_FEED_ERROR, "input_lost",
			             "the folder %s cannot be read: %s; trying again until it can", folder->path,
			             strerror(errno));
		}
		folder->lost_told = true;
		(void)(dir == NULL ? 0 : closedir(dir));
		return false;
	}
	folder->lost_told = false;
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		const char *name = entry->d_name;
		bool is_next = name[0] != '.' && strlen(name) < sizeof folder->name &&
		               strcmp(name, folder->passed) > 0 &&
		               (folder->name[0] == '\0' || strcmp(name, folder->name) < 0);
		if (is_next && is_settled(folder, name, at_ms)) {
			memcpy(folder->name, name, strlen(name) + 1);
		}
	}
	(void)closedir(dir);
	return folder->name[0] != '\0';
}

/* The next name that was told to be complete, into folder->name. */
static bool
take_ready(struct rcc_feed_folder *folder)
{
	while (folder->ready_count > 0) {
		struct stat about;
		memcpy(folder->name, folder->ready[0], sizeof folder->name);
		folder->ready_count--;
		memmove(folder->ready[0], folder->ready[1], folder->ready_count * sizeof folder->ready[0]);
		if (is_file(folder, folder->name, &about)) {
			return true;
		}
	}
	return false;
}

static bool
open_file(struct rcc_feed_folder *folder)
{
	char path[PATH_SIZE];
	(void)snprintf(path, sizeof path, "%s/%s", folder->path, folder->name);
	folder->fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (folder->fd >= 0) {
		folder->open_told = false;
		return true;
	}
	if (!folder->open_told) {
		rcc_feed_log(RCC_FEED_ERROR, "input_failed", "%s cannot be read: %s; trying again until it can", path,
		             strerror(errno));
	}
	folder->open_told = true;
	memcpy(folder->passed, folder->name, sizeof folder->passed);
	return false;
}

/* Out of the way, under another name if that one is taken there. False: it is still where it was. */
static bool
move_file(struct rcc_feed_folder *folder, int64_t at_ms)
{
	char from[PATH_SIZE];
	char to[PATH_SIZE];
	struct stat about;
	(void)snprintf(from, sizeof from, "%s/%s", folder->path, folder->name);
	(void)snprintf(to, sizeof to, "%s/%s/%s", folder->path, folder->move_to, folder->name);
	if (lstat(to, &about) == 0) {
		(void)snprintf(to, sizeof to, "%s/%s/%s.%lld", folder->path, folder->move_to, folder->name,
		               (long long)at_ms);
	}
	if (rename(from, to) == 0 || errno == ENOENT) {
		folder->move_to = NULL;
		folder->move_told = false;
		return true;
	}
	if (!folder->move_told) {
		rcc_feed_log(RCC_FEED_ERROR, "input_failed",
		             "%s is sent, but cannot be moved to %s: %s; no other file is taken until it can", from, to,
		             strerror(errno));
	}
	folder->move_told = true;
	return false;
}

enum rcc_status
rcc_feed_folder_next(struct rcc_feed_folder *folder, int64_t at_ms, int64_t mono_ms)
{
	bool is_due = mono_ms >= folder->look_mono_ms;
	if (folder->move_to != NULL && (!is_due || !move_file(folder, at_ms))) {
		folder->look_mono_ms = is_due ? mono_ms + RCC_FEED_SETTLED_MS : folder->look_mono_ms;
		return RCC_E_AGAIN;
	}
	read_watch(folder);
	if (take_ready(folder) && open_file(folder)) {
		return RCC_OK;
	}
	if (!is_due) {
		return RCC_E_AGAIN;
	}
	if (look(folder, at_ms)) {
		/* The next look is at once: there may be another one. */
		return open_file(folder) ? RCC_OK : RCC_E_AGAIN;
	}
	if (!folder->keeps) {
		folder->passed[0] = '\0';
	}
	folder->look_mono_ms = mono_ms + RCC_FEED_SETTLED_MS;
	return RCC_E_AGAIN;
}

void
rcc_feed_folder_done(struct rcc_feed_folder *folder, bool is_refused, int64_t at_ms)
{
	if (folder->keeps) {
		rcc_feed_folder_skip(folder);
		return;
	}
	close_file(folder);
	folder->move_to = is_refused ? REFUSED : TAKEN;
	(void)move_file(folder, at_ms);
}

void
rcc_feed_folder_skip(struct rcc_feed_folder *folder)
{
	close_file(folder);
	memcpy(folder->passed, folder->name, sizeof folder->passed);
}

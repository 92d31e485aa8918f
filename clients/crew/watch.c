#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"

/* How often a session asks whether the watch is free, and after how long it says that it is not: longer than a single verb. */
#define TRY_MS 1000
#define TELL_MS 15000

/*
 * The key file itself is locked: the centre tells programs apart by their key, so two with one key would draw the calls from
 * each other, whatever store they use. Who came first has them; the next one asks for them when that one has ended.
 */
void
rcc_crew_watch_take(struct rcc_crew *crew)
{
	if (crew->watch == CREW_WATCH_OURS) {
		return;
	}
	crew->watch_tried_ms = rcc_crew_now_ms();
	int fd = open(crew->settings.client.key_file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		crew->watch = CREW_WATCH_NONE;
		return;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		/* A file system without locks says something else than "taken": then nobody can hold one either. */
		crew->watch = errno == EWOULDBLOCK ? CREW_WATCH_TAKEN : CREW_WATCH_NONE;
		close(fd);
		return;
	}
	crew->watch_fd = fd;
	crew->watch = CREW_WATCH_OURS;
}

void
rcc_crew_watch_retry(struct rcc_crew *crew)
{
	int64_t now_ms = rcc_crew_now_ms();

	if (crew->watch == CREW_WATCH_OURS || now_ms - crew->watch_tried_ms < TRY_MS) {
		return;
	}
	bool was_taken = crew->watch == CREW_WATCH_TAKEN;
	rcc_crew_watch_take(crew);
	if (crew->watch == CREW_WATCH_OURS && was_taken) {
		rcc_client_take_calls(crew->client);
		if (crew->is_watch_told) {
			rcc_crew_say(crew, "%s", _("the other rcc-crew has ended: the centre's calls come here"));
		}
		crew->is_watch_told = false;
	}
	if (crew->watch == CREW_WATCH_TAKEN && !crew->is_watch_told && now_ms - crew->watch_since_ms > TELL_MS) {
		crew->is_watch_told = true;
		rcc_crew_say(crew, "%s",
		             _("WARNING: another rcc-crew with this key is running, and the centre's calls come to it "
		               "alone: no alarm sounds here; end one of them"));
	}
}

void
rcc_crew_watch_end(struct rcc_crew *crew)
{
	if (crew->watch == CREW_WATCH_OURS) {
		close(crew->watch_fd);
	}
	crew->watch = CREW_WATCH_NONE;
}

/*
 * witness.c - keeps the centre's signed checkpoints on another machine: a line for each, on the disk before the next is waited
 * for. A chain alone cannot show that its tail was cut; this file can, and needs nothing else.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "build_stamp.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/client.h"
#include "rcc/units.h"
#include "replay/replay.h"

#define LINE_SIZE (RCC_CHECKPOINT_TEXT_SIZE + 2)
/* A checkpoint comes once a minute. */
#define LOOK_EVERY_MS 1000

struct witness {
	const struct rcc_replay *replay;
	int fd;
	bool has_last;
	struct rcc_checkpoint last; /* kept last */
	uint64_t kept;              /* by this process */
	bool is_cut;                /* of the last line the end is missing, and nothing else */
	bool is_failed;
};

/* ---- the file ---- */

/* What is there already is read to its end: it must be a witness's, and of one journal. */
static bool
read_kept(struct witness *witness, FILE *file)
{
	struct rcc_checkpoint checkpoint = {0};
	char line[LINE_SIZE];
	off_t begin = 0; /* of this line */

	for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
		bool is_cut = strchr(line, '\n') == NULL && feof(file) != 0;
		off_t begun = begin;
		begin = ftello(file);
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		bool is_one = rcc_checkpoint_parse(line, &checkpoint) == RCC_OK;
		/* The power went while it was written: what is whole is gone on with. */
		witness->is_cut = is_cut && is_one;
		if (is_cut && !is_one && witness->has_last) {
			fprintf(stderr, _("rcc-replay: %s:%u: the last line was cut off, and is taken away\n"),
			        witness->replay->output, number);
			return truncate(witness->replay->output, begun) == 0;
		}
		if (!is_one || (witness->has_last &&
		                memcmp(&checkpoint.journal, &witness->last.journal, sizeof checkpoint.journal) != 0)) {
			fprintf(stderr,
			        _("rcc-replay: %s:%u: is no checkpoint of one journal; give --output another file\n"),
			        witness->replay->output, number);
			return false;
		}
		witness->has_last = true;
		witness->last = checkpoint;
	}
	return true;
}

/* The name of a new file survives a power cut only when its directory has been synced too. */
static bool
sync_directory(const char *path)
{
	char directory[RCC_JOURNAL_NAME_MAX + 1];
	const char *slash = strrchr(path, '/');
	int len = slash == NULL ? snprintf(directory, sizeof directory, ".")
	                        : snprintf(directory, sizeof directory, "%.*s/", (int)(slash - path), path);
	int fd = len < 0 || (size_t)len >= sizeof directory ? -1 : open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return is_synced;
}

static bool
open_file(struct witness *witness)
{
	const char *path = witness->replay->output;
	FILE *file = fopen(path, "re");
	bool is_good = file != NULL ? read_kept(witness, file) : errno == ENOENT;

	if (file != NULL)
		fclose(file);
	else if (!is_good)
		fprintf(stderr, _("rcc-replay: cannot open %s: %s\n"), path, strerror(errno));
	if (!is_good)
		return false;
	witness->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
	bool is_ready = witness->fd >= 0 && (!witness->is_cut || write(witness->fd, "\n", 1) == 1);
	if (is_ready && sync_directory(path))
		return true;
	fprintf(stderr, _("rcc-replay: cannot write %s: %s\n"), path, strerror(errno));
	return false;
}

/* One write for a line, so that a power cut leaves a whole one or a cut last one, which the next start takes away. */
static void
keep(void *context, const struct rcc_checkpoint *checkpoint)
{
	struct witness *witness = context;
	char line[LINE_SIZE];

	if (witness->is_failed || (witness->has_last && checkpoint->link.seq <= witness->last.link.seq))
		return;
	rcc_checkpoint_format(line, checkpoint);
	size_t len = strlen(line);
	line[len++] = '\n';
	if (write(witness->fd, line, len) != (ssize_t)len || fsync(witness->fd) != 0) {
		fprintf(stderr, _("rcc-replay: cannot write %s: %s\n"), witness->replay->output, strerror(errno));
		witness->is_failed = true;
		return;
	}
	witness->has_last = true;
	witness->last = *checkpoint;
	witness->kept++;
	printf(_("kept: entry %llu\n"), (unsigned long long)checkpoint->link.seq);
	fflush(stdout);
}

/* ---- a journal that grows ---- */

static int
follow_journal(struct witness *witness)
{
	const struct rcc_replay *replay = witness->replay;
	struct rcc_fault fault = {0};

	for (;;) {
		enum rcc_status status = rcc_journal_follow(
		    replay->journal, replay->has_key ? &replay->key : NULL, witness->has_last ? &witness->last : NULL,
		    witness->has_last ? witness->last.link.seq : 0, keep, witness, &fault);
		if (status != RCC_OK) {
			fprintf(stderr, "rcc-replay: %s\n", fault.text);
			return RCC_EXIT_FAILED;
		}
		if (witness->is_failed)
			return RCC_EXIT_FAILED;
		if (replay->is_once)
			return RCC_EXIT_OK;
		(void)poll(NULL, 0, LOOK_EVERY_MS);
	}
}

/* ---- what a centre publishes ---- */

static bool
is_same_journal(const struct witness *witness, const struct rcc_checkpoint *checkpoint)
{
	return !witness->has_last ||
	       memcmp(&witness->last.journal, &checkpoint->journal, sizeof checkpoint->journal) == 0;
}

/* The same number with another hash, or a lower one: the centre has lost its tail, or has begun anew. */
static bool
take_published(struct witness *witness, const struct rcc_checkpoint *checkpoint)
{
	const struct rcc_link *last = &witness->last.link;

	if (!is_same_journal(witness, checkpoint)) {
		fprintf(stderr, _("rcc-replay: the centre has another journal now; give --output another file\n"));
		return false;
	}
	bool is_other = witness->has_last && checkpoint->link.seq == last->seq &&
	                memcmp(&checkpoint->link.hash, &last->hash, sizeof last->hash) != 0;
	if (is_other || (witness->has_last && checkpoint->link.seq < last->seq)) {
		fprintf(stderr,
		        _("rcc-replay: the centre signs entry %llu, and had signed %llu before: its record is not "
		          "what it was\n"),
		        (unsigned long long)checkpoint->link.seq, (unsigned long long)last->seq);
		return false;
	}
	keep(witness, checkpoint);
	return !witness->is_failed;
}

static int64_t
monotonic_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

static int
follow_centre(struct witness *witness, struct rcc_live *live)
{
	const struct rcc_envelope *message = NULL;
	const struct rcc_replay *replay = witness->replay;
	int64_t heard_ms = monotonic_ms();

	for (;;) {
		enum rcc_status status = rcc_live_next(live, LOOK_EVERY_MS, &message);
		if (status == RCC_OK)
			heard_ms = monotonic_ms();
		if (monotonic_ms() - heard_ms > (int64_t)replay->silence_s * RCC_MS_PER_S) {
			fprintf(stderr,
			        _("rcc-replay: %s has said nothing for %u s: is it the live port, --server-key its "
			          "key, and "
			          "--key enrolled there as auditor?\n"),
			        replay->endpoint, replay->silence_s);
			if (replay->is_once)
				return RCC_EXIT_UNREACHABLE;
			heard_ms = monotonic_ms();
		}
		if (status != RCC_OK || message->kind != RCC_BODY_CHECKPOINT)
			continue;
		if (!take_published(witness, &message->u.checkpoint))
			return RCC_EXIT_FAILED;
		if (witness->replay->is_once)
			return RCC_EXIT_OK;
	}
}

static int
listen_to_centre(struct witness *witness)
{
	const struct rcc_replay *replay = witness->replay;
	struct rcc_client_config config = {.link = RCC_LINK_SHORE};
	struct rcc_live *live = NULL;
	struct rcc_fault fault = {0};

	if (!rcc_replay_link(replay, &config))
		return RCC_EXIT_USAGE;
	enum rcc_status status = rcc_client_init();
	if (status != RCC_OK)
		(void)rcc_fault_set(&fault, status, "%s", rcc_status_text(status));
	else
		status = rcc_live_open(&config, "", &live, &fault);
	if (status != RCC_OK) {
		fprintf(stderr, "rcc-replay: %s\n", fault.text);
		return rcc_exit_of(status);
	}
	int exit_code = follow_centre(witness, live);
	rcc_live_close(&live);
	return exit_code;
}

bool
rcc_replay_link(const struct rcc_replay *replay, struct rcc_client_config *ret_config)
{
	if (replay->server_key == NULL || replay->key_file == NULL) {
		fprintf(stderr, _("rcc-replay: to speak to a centre takes --server-key KEY and --key FILE\n"));
		return false;
	}
	if (strlen(replay->endpoint) > RCC_ENDPOINT_MAX || strlen(replay->key_file) > RCC_ENDPOINT_MAX) {
		fprintf(stderr, _("rcc-replay: --to and --key are %d characters at most\n"), RCC_ENDPOINT_MAX);
		return false;
	}
	*ret_config = (struct rcc_client_config){.link = RCC_LINK_SHORE, .needs_key = true};
	(void)snprintf(ret_config->endpoint, sizeof ret_config->endpoint, "%s", replay->endpoint);
	(void)snprintf(ret_config->key_file, sizeof ret_config->key_file, "%s", replay->key_file);
	(void)snprintf(ret_config->version, sizeof ret_config->version, "rcc-replay %s", RCC_BUILD);
	if (rcc_public_key_read(replay->server_key, &ret_config->server_key) == RCC_OK)
		return true;
	fprintf(stderr, _("rcc-replay: --server-key is 40 characters, or a file that holds them\n"));
	return false;
}

int
rcc_replay_witness(const struct rcc_replay *replay)
{
	struct witness witness = {.replay = replay, .fd = -1};
	int exit_code = RCC_EXIT_FAILED;

	if (replay->output == NULL) {
		fprintf(stderr, _("rcc-replay: witness takes --output FILE, which it grows\n"));
		return RCC_EXIT_USAGE;
	}
	if (open_file(&witness))
		exit_code = replay->endpoint != NULL ? listen_to_centre(&witness) : follow_journal(&witness);
	if (exit_code == RCC_EXIT_OK && replay->is_once && witness.kept == 0 && witness.has_last)
		printf(_("nothing new: entry %llu is kept already\n"), (unsigned long long)witness.last.link.seq);
	if (witness.fd >= 0 && close(witness.fd) != 0)
		exit_code = RCC_EXIT_FAILED;
	return exit_code;
}

/*
 * record_make.c - makes a long record for tests/bench/replay: the real core decides, the real journal writes, and the tracks of
 * the ships lie beside it. Night after night one ship calls for help, the others are told, store it, some read and answer it,
 * the case is cancelled and closed.
 *
 * Usage: record_make DIR ENTRIES     DIR is made; it gets journal.db and tracks.db
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "build_stamp.h"
#include "core/state.h"
#include "journal/journal.h"
#include "journal/track.h"
#include "proto/wire.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "sys/config.h"

#define SHIPS 1000
#define OFFICER 1
/* The ships are the peers after the officer. */
#define FIRST_SHIP 2
#define FIRST_MMSI 247000100
#define BATCH 1000
#define PATH_SIZE 1024
/* 2026-01-15T03:00:00Z */
#define START_MS INT64_C(1768446000000)

static struct rcc_core core;
static struct rcc_entry entry;
static struct rcc_journal journal;
static struct rcc_track_store tracks;
static uint8_t payload[RCC_PAYLOAD_MAX];
static int64_t now_ms = START_MS;
static uint64_t wanted, made, messages;
static uint32_t batched;
static uint32_t delivered[SHIPS]; /* number of the last one that was sent */

static void
give_up(const char *what, const char *why)
{
	fprintf(stderr, "record_make: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static void
must(enum rcc_status status, const char *what)
{
	if (status != RCC_OK)
		give_up(what, rcc_status_text(status));
}

static struct rcc_key
key_of(uint32_t peer)
{
	struct rcc_key key = {{1}};

	key.b[1] = (uint8_t)(peer >> 8);
	key.b[2] = (uint8_t)peer;
	return key;
}

static struct rcc_mmsi
mmsi_of(uint32_t ship)
{
	return (struct rcc_mmsi){FIRST_MMSI + ship};
}

static struct rcc_pos
pos_of(uint32_t ship)
{
	int64_t drift = now_ms / RCC_MS_PER_MIN % 2000;

	return (struct rcc_pos){.lat_e7 = 340000000 + (int32_t)(ship % 10) * 3000000 + (int32_t)drift * 300,
	                        .lon_e7 = 120000000 + (int32_t)(ship / 10) * 3000000};
}

/* Begins a command, some milliseconds after the last one; peer 0 is the centre itself. */
static struct rcc_command *
command(enum rcc_command_kind kind, uint32_t peer, enum rcc_role role)
{
	struct rcc_command *cause = &entry.cause;

	rcc_entry_clear(&entry);
	now_ms += 150;
	cause->kind = kind;
	cause->at_ms = now_ms;
	cause->origin.role = role;
	cause->origin.class = RCC_CLASS_LIVE;
	cause->origin.peer.v = peer;
	if (peer == 0)
		return cause;
	cause->origin.key = key_of(peer);
	cause->origin.claimed_at_ms = now_ms;
	messages++;
	/* As random as a client makes them. */
	const uint64_t id[2] = {messages, messages * UINT64_C(0x9e3779b97f4a7c15)};
	memcpy(cause->origin.msg_id.b, id, sizeof id);
	cause->origin.fingerprint = messages;
	/* As the daemon keeps a ship's message: some eighty bytes. */
	cause->received_len = 80;
	memset(cause->received, (int)(messages & 0x7f), cause->received_len);
	return cause;
}

static void
commit(void)
{
	struct rcc_checkpoint checkpoint;

	must(rcc_journal_commit(&journal), "commit");
	enum rcc_status status = rcc_journal_checkpoint(&journal, now_ms, RCC_CHECKPOINT_IF_DUE, &checkpoint);
	if (status != RCC_E_AGAIN)
		must(status, "checkpoint");
	must(rcc_track_flush(&tracks), "tracks");
	batched = 0;
}

/* One turn of the daemon: decides, appends, and commits when the batch is full. */
static void
turn(void)
{
	struct rcc_link link;
	size_t len = 0;

	rcc_core_step(&core, &entry);
	if (entry.event_count == 0)
		return;
	must(rcc_wire_encode_entry(&entry, payload, sizeof payload, &len), "encode");
	must(rcc_journal_append(&journal, &entry, payload, len, &link), "append");
	made = link.seq;
	if (++batched == BATCH)
		commit();
}

static void
take_clocks(void)
{
	while (rcc_core_due(&core, now_ms, &entry.cause)) {
		entry.event_count = 0;
		turn();
	}
}

static void
enrol(uint32_t peer, const char *name, enum rcc_role role, struct rcc_mmsi mmsi, enum rcc_owner_kind owner)
{
	struct rcc_enrol *body = &command(RCC_COMMAND_ENROL, 0, RCC_ROLE_ADMIN)->u.enrol;

	(void)snprintf(body->name, sizeof body->name, "%s", name);
	body->role = role;
	body->mmsi = mmsi;
	body->owner = owner;
	body->key = key_of(peer);
	turn();
}

static void
set_up(void)
{
	static struct rcc_config config;
	char name[RCC_NAME_MAX + 1];

	rcc_config_init(&config);
	struct rcc_run *run = &command(RCC_COMMAND_RUN, 0, RCC_ROLE_ADMIN)->u.run;
	(void)snprintf(run->build, sizeof run->build, "%s", RCC_BUILD);
	(void)snprintf(run->centre, sizeof run->centre, "MRCC BENCH");
	run->rules = config.rules;
	/* Neither a flood nor parity over the whole ledger each quarter of an hour is the question here. */
	run->rules.flood_per_min = 0;
	run->rules.parity_every_ms = 0;
	turn();
	enrol(OFFICER, "OFFICER ROSSI", RCC_ROLE_OFFICER, (struct rcc_mmsi){0}, RCC_OWNER_NOT_STATED);
	for (uint32_t ship = 0; ship < SHIPS; ship++) {
		(void)snprintf(name, sizeof name, "SHIP %03u", ship);
		enrol(FIRST_SHIP + ship, name, RCC_ROLE_VESSEL, mmsi_of(ship),
		      (enum rcc_owner_kind)(1 + ship % RCC_OWNER_LAST));
	}
}

static void
fill_scene(struct rcc_scene *scene)
{
	scene->count = SHIPS;
	for (uint32_t ship = 0; ship < SHIPS; ship++)
		scene->ship[ship] = (struct rcc_scene_ship){
		    .mmsi = mmsi_of(ship), .pos = pos_of(ship), .sog_dkn = 120, .seen_at_ms = now_ms};
}

static void
keep_tracks(void)
{
	for (uint32_t ship = 0; ship < SHIPS; ship++) {
		struct rcc_report report = {.mmsi = mmsi_of(ship),
		                            .pos = pos_of(ship),
		                            .at_ms = now_ms,
		                            .sog_dkn = 120,
		                            .cog_ddeg = 10,
		                            .heading_deg = RCC_HEADING_UNKNOWN_DEG};
		must(rcc_track_add(&tracks, &report, (struct rcc_peer_id){FIRST_SHIP + ship}, now_ms, false), "track");
	}
}

/* What is in `sent` comes back as stored; every third line is read as well. */
static void
acknowledge(const struct rcc_sent *sent)
{
	for (uint32_t i = 0; i < sent->count; i++) {
		command(RCC_COMMAND_STORED, sent->row[i].peer.v, RCC_ROLE_VESSEL)->u.stored =
		    (struct rcc_stored){.number = sent->row[i].number, .stored_at_ms = now_ms};
		turn();
		if (i % 3 != 0)
			continue;
		command(RCC_COMMAND_READ, sent->row[i].peer.v, RCC_ROLE_VESSEL)->u.read =
		    (struct rcc_read){.number = sent->row[i].number, .read_at_ms = now_ms, .by = "the mate"};
		turn();
	}
}

/* Every line that was queued goes out. */
static void
deliver(void)
{
	struct rcc_sent sent = {0};

	for (uint32_t ship = 0; ship < SHIPS; ship++) {
		const struct rcc_peer *peer = &core.peer[FIRST_SHIP + ship - 1];
		/* A case makes one at a time. */
		if (peer->delivery_last != delivered[ship])
			sent.row[sent.count++] = (struct rcc_delivery_ref){peer->id, peer->delivery_last};
		delivered[ship] = peer->delivery_last;
		if (sent.count == 0 || (sent.count < RCC_SENT_ROWS_MAX && ship + 1 < SHIPS))
			continue;
		command(RCC_COMMAND_SENT, 0, RCC_ROLE_ADMIN)->u.sent = sent;
		turn();
		acknowledge(&sent);
		sent.count = 0;
	}
}

static void
answer(struct rcc_incident_id incident, uint32_t casualty)
{
	for (uint32_t ship = 0; ship < SHIPS; ship += 7) {
		if (ship == casualty)
			continue;
		struct rcc_answer *body = &command(RCC_COMMAND_ANSWER, FIRST_SHIP + ship, RCC_ROLE_VESSEL)->u.answer;
		*body = (struct rcc_answer){.incident = incident,
		                            .kind = RCC_ANSWER_UNABLE,
		                            .reason = RCC_REASON_TOO_FAR,
		                            .eta_min = RCC_ETA_UNKNOWN_MIN};
		(void)snprintf(body->text, sizeof body->text, "nine hours away");
		turn();
	}
}

static void
end_case(struct rcc_incident_id incident)
{
	struct rcc_cancel *cancel = &command(RCC_COMMAND_CANCEL, OFFICER, RCC_ROLE_OFFICER)->u.cancel;

	cancel->incident = incident;
	(void)snprintf(cancel->reason, sizeof cancel->reason, "pumps hold, under way again");
	turn();
	deliver();
	struct rcc_close *close = &command(RCC_COMMAND_CLOSE, OFFICER, RCC_ROLE_OFFICER)->u.close;
	close->incident = incident;
	close->outcome = RCC_OUTCOME_FALSE_ALERT;
	(void)snprintf(close->reason, sizeof close->reason, "no help was needed");
	turn();
}

/* One case from the call to its end. */
static void
live_through(uint32_t casualty)
{
	struct rcc_alert *alert = &command(RCC_COMMAND_ALERT, FIRST_SHIP + casualty, RCC_ROLE_VESSEL)->u.alert;

	alert->source = RCC_SOURCE_CREW;
	alert->class = RCC_CLASS_LIVE;
	alert->category = RCC_CATEGORY_DISTRESS;
	alert->casualty = mmsi_of(casualty);
	alert->nature = RCC_NATURE_FLOODING;
	alert->pos = pos_of(casualty);
	alert->pos_at_ms = now_ms;
	alert->persons = 12;
	(void)snprintf(alert->text, sizeof alert->text, "water in the engine room");
	fill_scene(&entry.cause.scene);
	turn();
	struct rcc_incident_id incident = {core.incident_last};
	deliver();
	answer(incident, casualty);
	keep_tracks();
	end_case(incident);
	take_clocks();
}

static void
open_files(const char *dir, struct rcc_sign_key *key)
{
	struct rcc_fault fault = {0};
	char path[PATH_SIZE];

	if (mkdir(dir, S_IRWXU) != 0)
		give_up(dir, strerror(errno));
	(void)snprintf(path, sizeof path, "%s/journal.db", dir);
	rcc_sign_key_generate(key);
	if (rcc_journal_open(&journal, path, key, now_ms, NULL, NULL, &fault) != RCC_OK)
		give_up(path, fault.text);
	(void)snprintf(path, sizeof path, "%s/tracks.db", dir);
	if (rcc_track_open(&tracks, path, &fault) != RCC_OK)
		give_up(path, fault.text);
}

int
main(int argc, char **argv)
{
	static struct rcc_sign_key key;
	char *end = NULL;

	wanted = argc == 3 ? strtoull(argv[2], &end, 10) : 0;
	if (wanted == 0 || *end != '\0') {
		fputs("usage: record_make DIR ENTRIES\n", stderr);
		return 2;
	}
	must(rcc_chain_init(), "cryptographic library");
	open_files(argv[1], &key);
	rcc_core_init(&core);
	set_up();
	for (uint32_t night = 0; made < wanted; night++) {
		live_through(night % SHIPS);
		now_ms += 20 * RCC_MS_PER_MIN;
	}
	commit();
	rcc_journal_close(&journal);
	rcc_track_close(&tracks);
	printf("%llu entries\n", (unsigned long long)made);
	return EXIT_SUCCESS;
}

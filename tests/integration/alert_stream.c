/*
 * alert_stream.c - clients with durable outboxes that report one distress after the other, whatever happens to the centre.
 *
 * Usage: alert_stream ENDPOINT SERVER_KEY FOLDER CLIENTS SHIP [PERIOD_MS]
 * Client n uses FOLDER/n.key and FOLDER/n.db; SHIP 1: the last client is a ship, which stores what it is sent instead of
 * reporting. Each receipt is a line of FOLDER/receipts: message id, sender's key, entry number, its hash (hexadecimal),
 * and when it came (nanoseconds of CLOCK_MONOTONIC). A client posts no faster than every PERIOD_MS, 40 unless told: when
 * memory's tables are full (RCC_ALERTS_MAX, RCC_INCIDENTS_MAX), no case is opened any more and the ship is told of none.
 * At the end of standard input nothing new is posted, and the program ends when everything is accepted.
 */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rcc/client.h"
#include "rcc/text.h"

#define CLIENTS_MAX 16
/* Alerts in a row from one beacon: the first opens an incident, the others are heard again, so that incidents stay few. */
#define BURST 8
/* Alerts of one client that wait for their answer at the same time. */
#define WINDOW 4
#define POST_EVERY_MS 40
#define POST_EVERY_MAX_MS 60000
/* After this nothing more is waited for. */
#define DRAIN_MS 90000
#define LOOK_EVERY_MS 20
/* A ship has stored everything when it heard nothing new for this long after the last alert was accepted. */
#define PATH_SIZE 512

struct reporter {
	struct rcc_client *client;
	uint32_t index, posted, accepted, not_confirmed, lost;
	int64_t next_post_ms;
	bool is_ship;
};

struct stream {
	struct reporter reporter[CLIENTS_MAX];
	uint32_t count;
	uint32_t post_every_ms;
	FILE *receipts;
	bool is_broken;
	struct rcc_envelope message;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
broken(struct stream *stream, const struct reporter *reporter, const char *what)
{
	fprintf(stderr, "client %u: %s\n", reporter->index, what);
	stream->is_broken = true;
}

static void
write_receipt(struct stream *stream, struct reporter *reporter, const struct rcc_envelope *message)
{
	const struct rcc_accepted *accepted = &message->u.accepted;
	struct rcc_key key = rcc_client_public_key(reporter->client);
	char id[RCC_HEX_SIZE(RCC_MSG_ID_SIZE)];
	char sender[RCC_HEX_SIZE(RCC_KEY_SIZE)];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];

	reporter->accepted++;
	if (accepted->is_signed == 0)
		broken(stream, reporter, "a receipt without signature");
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	fprintf(stream->receipts, "%s %s %llu %s %lld\n", rcc_hex_format(id, message->reply_to.b, RCC_MSG_ID_SIZE),
	        rcc_hex_format(sender, key.b, RCC_KEY_SIZE), (unsigned long long)accepted->entry.seq,
	        rcc_hex_format(hash, accepted->entry.hash.b, RCC_HASH_SIZE),
	        (long long)now.tv_sec * 1000000000 + now.tv_nsec);
}

static void
listen(struct stream *stream, struct reporter *reporter)
{
	const struct rcc_envelope *message = NULL;

	for (;;) {
		switch (rcc_client_next(reporter->client, 0, &message)) {
		case RCC_CLIENT_NOTHING:
			return;
		case RCC_CLIENT_ACCEPTED:
			write_receipt(stream, reporter, message);
			break;
		case RCC_CLIENT_REFUSED:
			broken(stream, reporter, message->u.refused.text);
			break;
		case RCC_CLIENT_SUSPECT:
			broken(stream, reporter, "an answer that is not what it claims to be");
			break;
		case RCC_CLIENT_NOT_CONFIRMED:
			reporter->not_confirmed++;
			break;
		case RCC_CLIENT_LOST:
			reporter->lost++;
			break;
		case RCC_CLIENT_WELCOME:
		case RCC_CLIENT_DELIVERY:
		case RCC_CLIENT_BEAT:
		case RCC_CLIENT_OTHER:
			break;
		}
	}
}

/* Alert number `posted` of a client: its words differ, so that no two are the same report. */
static void
post(struct stream *stream, struct reporter *reporter)
{
	struct rcc_alert *alert = &stream->message.u.alert;

	stream->message.kind = RCC_BODY_ALERT;
	stream->message.class = RCC_CLASS_LIVE;
	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_AIS_BEACON;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_BEACON;
	alert->casualty.v = 970000000u + reporter->index * 100000u + reporter->posted / BURST;
	alert->pos.lat_e7 = 350000000 + (int32_t)(reporter->posted / BURST % 1000) * 1000;
	alert->pos.lon_e7 = 120000000 + (int32_t)reporter->index * 1000000;
	(void)snprintf(alert->text, sizeof alert->text, "SART ACTIVE, signal %u of client %u", reporter->posted + 1,
	               reporter->index);
	if (rcc_client_post(reporter->client, &stream->message) != RCC_OK)
		broken(stream, reporter, "the outbox does not take an alert");
	else
		reporter->posted++;
}

static bool
open_reporter(struct stream *stream, char **argv, uint32_t index, bool is_ship)
{
	struct reporter *reporter = &stream->reporter[index];
	struct rcc_client_config config = {.link = RCC_LINK_SHORE, .wants_deliveries = is_ship, .retry_first_ms = 500};
	struct rcc_fault fault = {0};

	(void)snprintf(config.endpoint, sizeof config.endpoint, "%s", argv[1]);
	(void)snprintf(config.key_file, sizeof config.key_file, "%s/%u.key", argv[3], index);
	(void)snprintf(config.store, sizeof config.store, "%s/%u.db", argv[3], index);
	(void)snprintf(config.version, sizeof config.version, "alert_stream");
	*reporter = (struct reporter){.index = index, .is_ship = is_ship};
	if (rcc_key_parse(argv[2], &config.server_key) != RCC_OK ||
	    rcc_client_open(&config, &reporter->client, &fault) != RCC_OK) {
		fprintf(stderr, "alert_stream: %s\n", fault.text[0] != '\0' ? fault.text : "the centre's key is none");
		return false;
	}
	stream->count = index + 1;
	return true;
}

/* Waits for news from any client, or for the end of standard input (descriptor -1 once it was seen). */
static bool
wait_for_news(struct stream *stream, int input)
{
	struct pollfd fd[CLIENTS_MAX + 1];
	char byte;

	for (uint32_t i = 0; i < stream->count; i++)
		fd[i] = (struct pollfd){.fd = rcc_client_fd(stream->reporter[i].client), .events = POLLIN};
	fd[stream->count] = (struct pollfd){.fd = input, .events = POLLIN};
	(void)poll(fd, stream->count + 1, LOOK_EVERY_MS);
	return fd[stream->count].revents != 0 && read(input, &byte, 1) == 0;
}

static uint32_t
waiting(struct stream *stream)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < stream->count; i++)
		sum += rcc_client_outbox_count(stream->reporter[i].client);
	return sum;
}

static void
run(struct stream *stream)
{
	int input = STDIN_FILENO;
	int64_t give_up_ms = INT64_MAX;

	while (!stream->is_broken && now_ms() < give_up_ms && (input >= 0 || waiting(stream) > 0)) {
		for (uint32_t i = 0; i < stream->count; i++) {
			struct reporter *reporter = &stream->reporter[i];
			listen(stream, reporter);
			if (input < 0 || reporter->is_ship || now_ms() < reporter->next_post_ms ||
			    rcc_client_outbox_count(reporter->client) >= WINDOW)
				continue;
			reporter->next_post_ms = now_ms() + stream->post_every_ms;
			post(stream, reporter);
		}
		if (wait_for_news(stream, input)) {
			input = -1;
			give_up_ms = now_ms() + DRAIN_MS;
		}
	}
}

static uint32_t
highest_delivery(struct stream *stream)
{
	struct reporter *ship = &stream->reporter[stream->count - 1];

	return ship->is_ship ? rcc_client_inbox_last(ship->client) : 0;
}

/* The centre has as many deliveries for the ship as it opened incidents; each must be on the ship's disk. */
static void
wait_for_ship(struct stream *stream, uint32_t wanted)
{
	struct reporter *ship = &stream->reporter[stream->count - 1];
	int64_t give_up_ms = now_ms() + DRAIN_MS;

	while (ship->is_ship && now_ms() < give_up_ms && rcc_client_inbox_whole(ship->client) < wanted) {
		/* To the others too: news that nobody takes would wake it again and again. */
		for (uint32_t i = 0; i < stream->count; i++)
			listen(stream, &stream->reporter[i]);
		(void)wait_for_news(stream, -1);
	}
	if (ship->is_ship && rcc_client_inbox_whole(ship->client) != wanted)
		broken(stream, ship, "deliveries are missing on the ship's disk");
}

int
main(int argc, char **argv)
{
	static struct stream stream;
	char path[PATH_SIZE];
	uint32_t posted = 0;
	uint32_t accepted = 0;
	uint32_t beacons = 0;

	unsigned long clients = argc == 6 || argc == 7 ? strtoul(argv[4], NULL, 10) : 0;
	unsigned long period_ms = argc == 7 ? strtoul(argv[6], NULL, 10) : POST_EVERY_MS;
	if (clients < 1 || clients > CLIENTS_MAX || period_ms < 1 || period_ms > POST_EVERY_MAX_MS ||
	    rcc_client_init() != RCC_OK) {
		fprintf(stderr, "usage: alert_stream ENDPOINT SERVER_KEY FOLDER CLIENTS SHIP [PERIOD_MS]\n");
		return EXIT_FAILURE;
	}
	stream.post_every_ms = (uint32_t)period_ms;
	(void)snprintf(path, sizeof path, "%s/receipts", argv[3]);
	stream.receipts = fopen(path, "w");
	for (uint32_t i = 0; i < clients && stream.receipts != NULL && !stream.is_broken; i++)
		stream.is_broken = !open_reporter(&stream, argv, i, argv[5][0] == '1' && i + 1 == clients);
	if (stream.receipts == NULL || stream.is_broken)
		return EXIT_FAILURE;
	run(&stream);
	for (uint32_t i = 0; i < stream.count; i++) {
		posted += stream.reporter[i].posted;
		accepted += stream.reporter[i].accepted;
		beacons += (stream.reporter[i].posted + BURST - 1) / BURST;
	}
	wait_for_ship(&stream, beacons);
	printf("posted %u, accepted %u, beacons %u, stored on the ship %u\n", posted, accepted, beacons,
	       highest_delivery(&stream));
	for (uint32_t i = 0; i < stream.count; i++)
		rcc_client_close(&stream.reporter[i].client);
	if (fclose(stream.receipts) != 0 || posted == 0 || posted != accepted)
		stream.is_broken = true;
	return stream.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

/*
 * udp_to_ship.c - how long a distress takes from a sentence on gpsd's UDP port to the broadcast on a ship's socket (OB50).
 *
 * Usage: udp_to_ship ENDPOINT SERVER_KEY FOLDER UDP_PORT GPSD_PORT SAMPLES
 * FOLDER holds ship.key (an enrolled ship's) and direct.key (an enrolled feed's). This one process sends each sentence, watches
 * gpsd and is the ship, so that every figure is a difference of one clock. One signal is under way at a time. Beside the whole
 * way it measures bare ones, in turns: the same sentence to a bare client of gpsd, an alert from a bare client of the centre to
 * the same ship, and one page written to FOLDER and forced onto the disk. Prints one JSON object per figure.
 */
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "rcc/client.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "sim/ais_encode.h"
#include "sim/nmea.h"

/* Three signals a round, each an incident of its own, and all of them fit into the centre's memory. */
#define SAMPLES_MAX 300
/* Rounds before the first that counts: gpsd learns what it hears, programs and caches are warm. */
#define WARM_UP 8
#define ARRIVAL_MS 15000
/* Between two signals, a little longer each time, so that none meets the same moment of somebody's clock. */
#define GAP_MS 5
#define GAP_MORE_MS 20
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000

enum signal { SIGNAL_SART, SIGNAL_DSC, SIGNAL_DIRECT, SIGNALS };
enum place { PLACE_GPSD, PLACE_SOCKET, PLACE_DISK, PLACES };

struct figure {
	uint32_t count;
	int64_t ns[SAMPLES_MAX];
};

/* The signal that is under way. */
struct flight {
	uint32_t mmsi;
	char sentence[RCC_NMEA_TEXT_SIZE];
	size_t len; /* without its line end; 0 = it does not go through gpsd */
	int64_t at_ns[PLACES];
};

struct bench {
	struct rcc_client *ship, *direct;
	int udp, gpsd;
	size_t line_len;
	char line[4096];
	struct flight flight;
	struct figure figure[SIGNALS][PLACES];
	int file;
	struct figure sync;
	struct rcc_envelope message;
	bool is_broken;
};

static const char *const signal_words[SIGNALS] = {"ais-sart", "dsc-distress", "alert"};
static const char *const from_words[SIGNALS] = {"udp", "udp", "bare-client"};
static const char *const place_words[PLACES] = {"bare-gpsd-client", "ship-socket", "ship-disk"};

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void
broken(struct bench *bench, const char *what)
{
	fprintf(stderr, "udp_to_ship: %s\n", what);
	bench->is_broken = true;
}

/* ---- what arrives ---- */

static void
take_line(struct bench *bench, int64_t at_ns)
{
	struct flight *flight = &bench->flight;
	bool is_ours = flight->len > 0 && bench->line_len >= flight->len &&
	               memcmp(bench->line, flight->sentence, flight->len) == 0;

	if (is_ours && flight->at_ns[PLACE_GPSD] == 0)
		flight->at_ns[PLACE_GPSD] = at_ns;
}

static void
listen_gpsd(struct bench *bench)
{
	char bytes[4096];
	ssize_t got = recv(bench->gpsd, bytes, sizeof bytes, MSG_DONTWAIT);
	int64_t at_ns = now_ns();

	if (got == 0)
		broken(bench, "gpsd hung up");
	for (ssize_t i = 0; i < got; i++) {
		if (bytes[i] == '\n') {
			take_line(bench, at_ns);
			bench->line_len = 0;
		} else if (bench->line_len < sizeof bench->line) {
			bench->line[bench->line_len++] = bytes[i];
		}
	}
}

/* A delivery is reported when it is on the ship's disk; it was on the socket when we began to look. */
static void
listen_ship(struct bench *bench)
{
	struct flight *flight = &bench->flight;
	const struct rcc_envelope *message = NULL;

	for (;;) {
		int64_t before_ns = now_ns();
		enum rcc_client_event event = rcc_client_next(bench->ship, 0, &message);
		if (event == RCC_CLIENT_NOTHING)
			return;
		if (event != RCC_CLIENT_DELIVERY || message->u.delivery.casualty.v != flight->mmsi ||
		    flight->at_ns[PLACE_SOCKET] != 0)
			continue;
		flight->at_ns[PLACE_SOCKET] = before_ns;
		flight->at_ns[PLACE_DISK] = now_ns();
	}
}

static void
listen_direct(struct bench *bench)
{
	const struct rcc_envelope *message = NULL;
	enum rcc_client_event event = RCC_CLIENT_NOTHING;

	do {
		event = rcc_client_next(bench->direct, 0, &message);
		if (event == RCC_CLIENT_REFUSED || event == RCC_CLIENT_NOT_CONFIRMED)
			broken(bench, "the centre does not take an alert");
	} while (event != RCC_CLIENT_NOTHING);
}

static void
listen_all(struct bench *bench, int wait_ms)
{
	struct pollfd fd[] = {{.fd = rcc_client_fd(bench->ship), .events = POLLIN},
	                      {.fd = bench->gpsd, .events = POLLIN},
	                      {.fd = rcc_client_fd(bench->direct), .events = POLLIN}};

	(void)poll(fd, 3, wait_ms);
	if (fd[1].revents != 0)
		listen_gpsd(bench);
	listen_ship(bench);
	listen_direct(bench);
}

static bool
has_arrived(const struct flight *flight)
{
	return flight->at_ns[PLACE_DISK] != 0 && (flight->len == 0 || flight->at_ns[PLACE_GPSD] != 0);
}

static void
await_arrival(struct bench *bench, const char *what)
{
	int64_t give_up_ns = now_ns() + (int64_t)ARRIVAL_MS * NS_PER_MS;

	while (!bench->is_broken && !has_arrived(&bench->flight) && now_ns() < give_up_ns)
		listen_all(bench, GAP_MORE_MS);
	if (!has_arrived(&bench->flight))
		broken(bench, what);
}

/* ---- what is sent ---- */

/* Each is a case of its own, half a mile and more from the others. */
static struct rcc_pos
pos_of(uint32_t number)
{
	uint32_t row = number / 60;
	uint32_t column = number % 60;

	return (struct rcc_pos){.lat_e7 = 345000000 + (int32_t)row * 500000,
	                        .lon_e7 = 155000000 + (int32_t)column * 500000};
}

static void
write_sart(struct flight *flight, uint32_t number)
{
	struct rcc_pos pos = pos_of(number);
	struct rcc_ais_bits bits = {.count = 0};
	struct rcc_ais_message message = {.type = RCC_AIS_POSITION_A,
	                                  .mmsi = 970400000 + number,
	                                  .nav_status = RCC_NAV_STATUS_SART,
	                                  .rot = RCC_AIS_ROT_NONE,
	                                  .is_accurate = true,
	                                  .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                  .lat = (int32_t)((int64_t)pos.lat_e7 * 600000 / 10000000),
	                                  .lon = (int32_t)((int64_t)pos.lon_e7 * 600000 / 10000000)};

	flight->mmsi = message.mmsi;
	if (rcc_ais_encode(&message, &bits) == RCC_OK)
		flight->len = rcc_nmea_ais(flight->sentence, &bits, 'A', 0) - 2;
}

static void
write_dsc(struct flight *flight, uint32_t number)
{
	struct rcc_pos pos = pos_of(number);
	struct tm utc;
	time_t now = time(NULL);
	unsigned lat_min = (unsigned)((int64_t)pos.lat_e7 * 60 / 10000000);
	unsigned lon_min = (unsigned)((int64_t)pos.lon_e7 * 60 / 10000000);

	(void)gmtime_r(&now, &utc);
	flight->mmsi = 247400000 + number;
	int len = snprintf(flight->sentence, sizeof flight->sentence,
	                   "$CDDSC,12,%09u0,12,05,00,0%02u%02u%03u%02u,%02d%02d,,,S,E", flight->mmsi, lat_min / 60,
	                   lat_min % 60, lon_min / 60, lon_min % 60, utc.tm_hour, utc.tm_min);
	uint8_t sum = rcc_nmea_checksum(flight->sentence + 1, (size_t)len - 1);
	len += snprintf(flight->sentence + len, sizeof flight->sentence - (size_t)len, "*%02X\r\n", sum);
	flight->len = (size_t)len - 2;
}

static void
send_sentence(struct bench *bench)
{
	size_t len = bench->flight.len + 2;

	if (bench->flight.len == 0 || send(bench->udp, bench->flight.sentence, len, 0) != (ssize_t)len)
		broken(bench, "a sentence cannot be sent");
}

static void
send_alert(struct bench *bench, uint32_t number)
{
	struct rcc_alert *alert = &bench->message.u.alert;

	bench->flight.mmsi = 970700000 + number;
	bench->message.kind = RCC_BODY_ALERT;
	bench->message.class = RCC_CLASS_LIVE;
	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_AIS_BEACON;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_BEACON;
	alert->casualty.v = bench->flight.mmsi;
	alert->pos = pos_of(number);
	if (rcc_client_post(bench->direct, &bench->message) != RCC_OK)
		broken(bench, "the client takes no alert");
}

static void
measure(struct bench *bench, enum signal signal, uint32_t round, bool counts)
{
	static const char *const lost[SIGNALS] = {"a beacon did not arrive", "a call did not arrive",
	                                          "an alert did not arrive"};
	uint32_t number = round * SIGNALS + signal;

	memset(&bench->flight, 0, sizeof bench->flight);
	if (signal == SIGNAL_SART)
		write_sart(&bench->flight, number);
	if (signal == SIGNAL_DSC)
		write_dsc(&bench->flight, number);
	int64_t sent_ns = now_ns();
	if (signal == SIGNAL_DIRECT)
		send_alert(bench, number);
	else
		send_sentence(bench);
	await_arrival(bench, lost[signal]);
	for (int place = 0; place < PLACES && counts && !bench->is_broken; place++) {
		struct figure *figure = &bench->figure[signal][place];
		if (bench->flight.at_ns[place] != 0)
			figure->ns[figure->count++] = bench->flight.at_ns[place] - sent_ns;
	}
	int64_t until_ns = now_ns() + (int64_t)(GAP_MS + number * 7 % GAP_MORE_MS) * NS_PER_MS;
	while (now_ns() < until_ns)
		listen_all(bench, 1);
}

/* What one durable write costs here: the feed's outbox and the centre's record each wait for one before a ship is told. */
static void
measure_sync(struct bench *bench, bool counts)
{
	static const char page[4096];
	int64_t began_ns = now_ns();

	if (write(bench->file, page, sizeof page) != (ssize_t)sizeof page || fdatasync(bench->file) != 0)
		broken(bench, "the disk takes nothing");
	else if (counts)
		bench->sync.ns[bench->sync.count++] = now_ns() - began_ns;
}

/* ---- what is told ---- */

static int
compare_ns(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Nearest rank of a sorted figure, in milliseconds. */
static double
percentile_ms(const struct figure *figure, uint32_t percent)
{
	return (double)figure->ns[(figure->count * percent + 99) / 100 - 1] / NS_PER_MS;
}

static void
tell_figure(struct figure *figure, const char *signal, const char *from, const char *to)
{
	qsort(figure->ns, figure->count, sizeof figure->ns[0], compare_ns);
	printf("{\"class\":\"FIGURE\",\"signal\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"samples\":%u,\"p50_ms\":%.3f,"
	       "\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
	       signal, from, to, figure->count, percentile_ms(figure, 50), percentile_ms(figure, 99),
	       percentile_ms(figure, 100));
}

/* Of the median of the whole way: gpsd's and the centre's as measured bare, the feed's (its outbox included) is the rest. */
static void
tell_shares(const struct bench *bench, enum signal signal)
{
	double whole_ms = percentile_ms(&bench->figure[signal][PLACE_SOCKET], 50);
	double gpsd_ms = percentile_ms(&bench->figure[signal][PLACE_GPSD], 50);
	double centre_ms = percentile_ms(&bench->figure[SIGNAL_DIRECT][PLACE_SOCKET], 50);

	printf("{\"class\":\"SHARES\",\"signal\":\"%s\",\"of\":\"p50 to ship-socket\",\"gpsd\":%.2f,\"feed\":%.2f,"
	       "\"centre\":%.2f,\"whole_to_gpsd\":%.1f,\"whole_to_centre\":%.1f}\n",
	       signal_words[signal], gpsd_ms / whole_ms, (whole_ms - gpsd_ms - centre_ms) / whole_ms,
	       centre_ms / whole_ms, whole_ms / gpsd_ms, whole_ms / centre_ms);
}

static void
tell(struct bench *bench)
{
	for (int signal = 0; signal < SIGNALS; signal++) {
		for (int place = 0; place < PLACES; place++) {
			if (bench->figure[signal][place].count > 0)
				tell_figure(&bench->figure[signal][place], signal_words[signal], from_words[signal],
				            place_words[place]);
		}
	}
	tell_figure(&bench->sync, "page", "write", "fdatasync");
	tell_shares(bench, SIGNAL_SART);
	tell_shares(bench, SIGNAL_DSC);
}

/* ---- who takes part ---- */

static int
open_port(const char *port, int kind)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, kind, 0);

	address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	return fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0 ? -1 : fd;
}

static bool
watch_gpsd(struct bench *bench, const char *port)
{
	static const char watch[] = "?WATCH={\"enable\":true,\"json\":false,\"raw\":1};\n";

	bench->gpsd = open_port(port, SOCK_STREAM);
	return bench->gpsd >= 0 && send(bench->gpsd, watch, sizeof watch - 1, 0) == (ssize_t)sizeof watch - 1;
}

static int
open_file(const char *folder)
{
	char path[RCC_ENDPOINT_MAX + 1];

	(void)snprintf(path, sizeof path, "%s/pages", folder);
	return open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
}

/* The ship keeps what it is sent, as ships do; the bare client keeps nothing. */
static struct rcc_client *
open_client(char **argv, const char *name, bool is_ship)
{
	struct rcc_client_config config = {.link = RCC_LINK_SHORE, .wants_deliveries = is_ship};
	struct rcc_client *client = NULL;
	struct rcc_fault fault = {0};

	(void)snprintf(config.endpoint, sizeof config.endpoint, "%s", argv[1]);
	(void)snprintf(config.key_file, sizeof config.key_file, "%s/%s.key", argv[3], name);
	(void)snprintf(config.version, sizeof config.version, "udp_to_ship");
	if (is_ship)
		(void)snprintf(config.store, sizeof config.store, "%s/%s.db", argv[3], name);
	if (rcc_key_parse(argv[2], &config.server_key) != RCC_OK || rcc_client_open(&config, &client, &fault) != RCC_OK)
		fprintf(stderr, "udp_to_ship: %s\n", fault.text[0] != '\0' ? fault.text : "the centre's key is none");
	return client;
}

static void
await_links(struct bench *bench)
{
	int64_t give_up_ns = now_ns() + (int64_t)ARRIVAL_MS * NS_PER_MS;

	while (!rcc_client_is_linked(bench->ship) || !rcc_client_is_linked(bench->direct)) {
		if (now_ns() > give_up_ns) {
			broken(bench, "the centre does not answer");
			return;
		}
		listen_all(bench, GAP_MORE_MS);
	}
}

int
main(int argc, char **argv)
{
	static struct bench bench;
	unsigned long samples = argc == 7 ? strtoul(argv[6], NULL, 10) : 0;

	if (samples < 1 || samples > SAMPLES_MAX || rcc_client_init() != RCC_OK) {
		fprintf(stderr, "usage: udp_to_ship ENDPOINT SERVER_KEY FOLDER UDP_PORT GPSD_PORT SAMPLES (1..%d)\n",
		        SAMPLES_MAX);
		return EXIT_FAILURE;
	}
	bench.ship = open_client(argv, "ship", true);
	bench.direct = open_client(argv, "direct", false);
	bench.udp = open_port(argv[4], SOCK_DGRAM);
	bench.file = open_file(argv[3]);
	if (bench.ship == NULL || bench.direct == NULL || bench.udp < 0 || bench.file < 0 ||
	    !watch_gpsd(&bench, argv[5])) {
		broken(&bench, "not everybody can take part");
		return EXIT_FAILURE;
	}
	await_links(&bench);
	for (uint32_t round = 0; round < WARM_UP + samples && !bench.is_broken; round++) {
		measure(&bench, SIGNAL_SART, round, round >= WARM_UP);
		measure(&bench, SIGNAL_DSC, round, round >= WARM_UP);
		measure(&bench, SIGNAL_DIRECT, round, round >= WARM_UP);
		measure_sync(&bench, round >= WARM_UP);
	}
	if (!bench.is_broken)
		tell(&bench);
	rcc_client_close(&bench.ship);
	rcc_client_close(&bench.direct);
	(void)close(bench.udp);
	(void)close(bench.gpsd);
	(void)close(bench.file);
	return bench.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

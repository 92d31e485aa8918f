/*
 * sea_link.c - a ship's radio link between two network namespaces: slow, far away and lossy, and every byte of it is counted.
 *
 * A TUN device stands at each end. What the kernel routes into one comes out of the other after it has waited for the
 * transmitter (--rate, --queue), crossed the sky (--delay), or was lost there (--loss). Bytes are those of the IP packets, as a
 * provider counts them. Orders come by standard input, one a line: "count", "loss PERCENT", "down", "up"; each is answered
 * by a line on standard output. Ends when standard input does. Takes the right to make devices (CAP_NET_ADMIN).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* Packets between the transmitter and the other shore: 600 ms of a line of 20 Mbit/s. */
#define FLIGHT_MAX 4096
#define PACKET_MAX 1500
#define LINE_SIZE 64
#define US_PER_S INT64_C(1000000)

struct packet {
	int64_t arrive_us;
	bool is_lost;
	uint16_t len;
	uint8_t bytes[PACKET_MAX];
};

struct count {
	uint64_t packets, bytes; /* that went on the air, lost ones too: they cost the same */
	uint64_t lost;           /* on the way */
	uint64_t dropped;        /* before it: the queue was full, or the link down */
};

/* One way over the link. */
struct way {
	const char *name;
	int from_fd, to_fd;
	int64_t free_us; /* when the transmitter has sent all that it was given */
	struct packet *flight;
	uint32_t first, count;
	struct count counted;
};

struct link {
	int64_t delay_us;
	int64_t rate_bps;    /* 0: no limit */
	int64_t queue_bytes; /* that may wait for the transmitter */
	double loss;         /* 0..1 */
	int mtu;
	bool is_down;
	uint64_t random;
	struct way way[2];
};

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "sea_link: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * US_PER_S + now.tv_nsec / 1000;
}

/* xorshift64*: the same seed loses the same packets. */
static double
next_random(struct link *link)
{
	link->random ^= link->random >> 12;
	link->random ^= link->random << 25;
	link->random ^= link->random >> 27;
	return (double)((link->random * UINT64_C(0x2545F4914F6CDD1D)) >> 11) / (double)(UINT64_C(1) << 53);
}

/* ---- the two ends ---- */

static void
enter(const char *namespace)
{
	char path[128];

	snprintf(path, sizeof path, "/run/netns/%s", namespace);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET) != 0)
		die(path);
	close(fd);
}

static void
set_address(int control, unsigned long request, struct ifreq *ifr, const char *address)
{
	struct sockaddr_in in = {.sin_family = AF_INET};

	if (inet_pton(AF_INET, address, &in.sin_addr) != 1)
		die(address);
	memcpy(&ifr->ifr_addr, &in, sizeof in);
	if (ioctl(control, request, ifr) != 0)
		die(address);
}

/* A device in that namespace, up, with an address of its own and the one at the other end. */
static int
open_end(const char *namespace, const char *device, const char *own, const char *other, int mtu)
{
	struct ifreq ifr = {.ifr_flags = IFF_TUN | IFF_NO_PI};

	enter(namespace);
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
	int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || control < 0)
		die("/dev/net/tun");
	snprintf(ifr.ifr_name, sizeof ifr.ifr_name, "%s", device);
	if (ioctl(fd, TUNSETIFF, &ifr) != 0)
		die(device);
	set_address(control, SIOCSIFADDR, &ifr, own);
	set_address(control, SIOCSIFDSTADDR, &ifr, other);
	ifr.ifr_mtu = mtu;
	if (ioctl(control, SIOCSIFMTU, &ifr) != 0)
		die("mtu");
	ifr.ifr_flags = IFF_UP | IFF_RUNNING | IFF_POINTOPOINT;
	if (ioctl(control, SIOCSIFFLAGS, &ifr) != 0)
		die("up");
	close(control);
	return fd;
}

/* ---- packets ---- */

static void
take_off(struct link *link, struct way *way, int64_t at_us)
{
	uint8_t bytes[PACKET_MAX];
	ssize_t len;

	while ((len = read(way->from_fd, bytes, sizeof bytes)) > 0) {
		int64_t start_us = way->free_us > at_us ? way->free_us : at_us;
		int64_t backlog = link->rate_bps > 0 ? (start_us - at_us) * link->rate_bps / 8 / US_PER_S : 0;
		/* Only IPv4 is meant: what the kernel asks of neighbours in IPv6 would be counted as the ship's. */
		if (bytes[0] >> 4 != 4)
			continue;
		if (link->is_down || way->count == FLIGHT_MAX || backlog + len > link->queue_bytes) {
			way->counted.dropped++;
			continue;
		}
		way->free_us = start_us + (link->rate_bps > 0 ? len * 8 * US_PER_S / link->rate_bps : 0);
		struct packet *packet = &way->flight[(way->first + way->count++) % FLIGHT_MAX];
		packet->arrive_us = way->free_us + link->delay_us;
		packet->is_lost = next_random(link) < link->loss;
		packet->len = (uint16_t)len;
		memcpy(packet->bytes, bytes, (size_t)len);
		way->counted.packets++;
		way->counted.bytes += (uint64_t)len;
	}
}

static void
land(struct link *link, struct way *way, int64_t at_us)
{
	while (way->count > 0 && way->flight[way->first].arrive_us <= at_us) {
		const struct packet *packet = &way->flight[way->first];
		if (packet->is_lost || link->is_down || write(way->to_fd, packet->bytes, packet->len) != packet->len)
			way->counted.lost++;
		way->first = (way->first + 1) % FLIGHT_MAX;
		way->count--;
	}
}

static int64_t
next_landing_us(const struct link *link)
{
	int64_t at_us = INT64_MAX;

	for (int i = 0; i < 2; i++) {
		const struct way *way = &link->way[i];
		if (way->count > 0 && way->flight[way->first].arrive_us < at_us)
			at_us = way->flight[way->first].arrive_us;
	}
	return at_us;
}

/* ---- orders ---- */

static void
print_count(const struct link *link)
{
	char before = '{';

	for (int i = 0; i < 2; i++) {
		const struct count *c = &link->way[i].counted;
		printf("%c\"%s\":{\"packets\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"lost\":%" PRIu64
		       ",\"dropped\":%" PRIu64 "}",
		       before, link->way[i].name, c->packets, c->bytes, c->lost, c->dropped);
		before = ',';
	}
	puts("}");
}

static void
obey(struct link *link, const char *order)
{
	double percent;

	if (strcmp(order, "count") == 0) {
		print_count(link);
	} else if (strcmp(order, "down") == 0 || strcmp(order, "up") == 0) {
		link->is_down = order[0] == 'd';
		puts(order);
	} else if (sscanf(order, "loss %lf", &percent) == 1) {
		link->loss = percent / 100;
		puts(order);
	} else {
		printf("no such order: %s\n", order);
	}
	fflush(stdout);
}

/* Whole lines alone; false when nobody gives orders any more. */
static bool
take_orders(struct link *link)
{
	static char line[LINE_SIZE];
	static size_t len;
	char *end;
	ssize_t got = read(STDIN_FILENO, line + len, sizeof line - 1 - len);

	if (got <= 0)
		return false;
	len += (size_t)got;
	line[len] = '\0';
	while ((end = strchr(line, '\n')) != NULL) {
		*end = '\0';
		obey(link, line);
		len -= (size_t)(end + 1 - line);
		memmove(line, end + 1, len + 1);
	}
	return len < sizeof line - 1;
}

static void
carry(struct link *link)
{
	struct pollfd fds[] = {{.fd = link->way[0].from_fd, .events = POLLIN},
	                       {.fd = link->way[1].from_fd, .events = POLLIN},
	                       {.fd = STDIN_FILENO, .events = POLLIN}};

	for (;;) {
		int64_t next_us = next_landing_us(link), left_us = next_us - now_us();
		struct timespec wait = {.tv_sec = left_us / US_PER_S, .tv_nsec = left_us % US_PER_S * 1000};
		if (left_us < 0)
			wait = (struct timespec){0};
		if (ppoll(fds, 3, next_us == INT64_MAX ? NULL : &wait, NULL) < 0 && errno != EINTR)
			die("poll");
		int64_t at_us = now_us();
		for (int i = 0; i < 2; i++) {
			take_off(link, &link->way[i], at_us);
			land(link, &link->way[i], at_us);
		}
		if (fds[2].revents != 0 && !take_orders(link))
			return;
	}
}

static int
usage(void)
{
	fputs("usage: sea_link [--delay MS] [--rate BIT/S] [--loss PERCENT] [--queue BYTES] [--mtu BYTES] [--seed N]\n"
	      "                SHORE_NAMESPACE SHIP_NAMESPACE NUMBER\n"
	      "The shore's end is 10.77.NUMBER.1 on the device seaNUMBER, the ship's is 10.77.NUMBER.2.\n",
	      stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {{"delay", required_argument, NULL, 'd'},
	                                        {"rate", required_argument, NULL, 'r'},
	                                        {"loss", required_argument, NULL, 'l'},
	                                        {"queue", required_argument, NULL, 'q'},
	                                        {"mtu", required_argument, NULL, 'm'},
	                                        {"seed", required_argument, NULL, 's'},
	                                        {NULL, 0, NULL, 0}};
	struct link link = {.delay_us = 600000, .rate_bps = 2400, .queue_bytes = 6000, .mtu = 576, .random = 1};
	char device[16], shore[16], ship[16];
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'd':
			link.delay_us = strtoll(optarg, NULL, 10) * 1000;
			break;
		case 'r':
			link.rate_bps = strtoll(optarg, NULL, 10);
			break;
		case 'l':
			link.loss = strtod(optarg, NULL) / 100;
			break;
		case 'q':
			link.queue_bytes = strtoll(optarg, NULL, 10);
			break;
		case 'm':
			link.mtu = (int)strtol(optarg, NULL, 10);
			break;
		case 's':
			link.random = strtoull(optarg, NULL, 10) * UINT64_C(0x9E3779B97F4A7C15) | 1;
			break;
		default:
			return usage();
		}
	}
	if (argc - optind != 3 || link.mtu > PACKET_MAX)
		return usage();
	unsigned long number = strtoul(argv[optind + 2], NULL, 10) & 0xff;
	snprintf(device, sizeof device, "sea%lu", number);
	snprintf(shore, sizeof shore, "10.77.%lu.1", number);
	snprintf(ship, sizeof ship, "10.77.%lu.2", number);
	int shore_fd = open_end(argv[optind], device, shore, ship, link.mtu);
	int ship_fd = open_end(argv[optind + 1], device, ship, shore, link.mtu);
	link.way[0] = (struct way){.name = "to_shore", .from_fd = ship_fd, .to_fd = shore_fd};
	link.way[1] = (struct way){.name = "to_ship", .from_fd = shore_fd, .to_fd = ship_fd};
	for (int i = 0; i < 2; i++) {
		link.way[i].flight = calloc(FLIGHT_MAX, sizeof *link.way[i].flight);
		if (link.way[i].flight == NULL)
			die("memory");
	}
	puts("open");
	fflush(stdout);
	carry(&link);
	print_count(&link);
	for (int i = 0; i < 2; i++)
		free(link.way[i].flight);
	return 0;
}

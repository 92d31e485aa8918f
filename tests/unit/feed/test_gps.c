/* The connection to gpsd, against a socket of our own that speaks for one: lines, silence, loss, return. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/input.h"

/* Rounds of at most WAIT_MS that a step may take: bounds a test that waits for the kernel's loopback. */
#define ROUNDS 200
#define WAIT_MS 50

struct fixture {
	int listener;
	int peer; /* the gpsd end of the connection */
	struct rcc_feed_gps gps;
};

static struct fixture fixture;

static int
setup(void **state)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	char where[64];
	(void)state;
	memset(&fixture, 0, sizeof fixture);
	fixture.peer = -1;
	fixture.listener = socket(AF_INET, SOCK_STREAM, 0);
	if (fixture.listener < 0 || bind(fixture.listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(fixture.listener, 8) != 0 ||
	    getsockname(fixture.listener, (struct sockaddr *)&address, &size) != 0) {
		return -1;
	}
	(void)snprintf(where, sizeof where, "127.0.0.1:%u", (unsigned int)ntohs(address.sin_port));
	return rcc_feed_gps_init(&fixture.gps, where, 1000) == RCC_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	rcc_feed_gps_close(&fixture.gps);
	if (fixture.peer >= 0) {
		(void)close(fixture.peer);
	}
	return close(fixture.listener);
}

/* Drives the connection until it is up, and takes the end that libgps opened (the one before it only knocked). */
static void
connect_at(int64_t mono_ms)
{
	for (int i = 0; i < ROUNDS && fixture.gps.state != RCC_FEED_GPS_UP; i++) {
		rcc_feed_gps_turn(&fixture.gps, mono_ms);
		struct pollfd fd = {.events = POLLOUT};
		fd.fd = rcc_feed_gps_fd(&fixture.gps, &fd.events);
		fd.events = POLLOUT;
		(void)poll(&fd, 1, WAIT_MS);
	}
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_UP);
	int knock = accept(fixture.listener, NULL, NULL);
	assert_true(knock >= 0);
	(void)close(knock);
	fixture.peer = accept(fixture.listener, NULL, NULL);
	assert_true(fixture.peer >= 0);
}

static void
say(const char *text)
{
	assert_int_equal(send(fixture.peer, text, strlen(text), 0), (ssize_t)strlen(text));
}

static enum rcc_status
read_line(int64_t mono_ms)
{
	enum rcc_status status = RCC_E_AGAIN;
	for (int i = 0; i < ROUNDS && status == RCC_E_AGAIN; i++) {
		status = rcc_feed_gps_read(&fixture.gps, mono_ms);
		struct pollfd fd = {.fd = -1, .events = POLLIN};
		fd.fd = status == RCC_E_AGAIN ? rcc_feed_gps_fd(&fixture.gps, &fd.events) : -1;
		(void)poll(&fd, 1, status == RCC_E_AGAIN ? WAIT_MS : 0);
	}
	return status;
}

static void
takes_addresses(void **state)
{
	(void)state;
	struct rcc_feed_gps gps;
	assert_int_equal(rcc_feed_gps_init(&gps, "bridge:1234", 0), RCC_OK);
	assert_string_equal(gps.dial.host, "bridge");
	assert_string_equal(gps.dial.port, "1234");
	assert_int_equal(rcc_feed_gps_init(&gps, "bridge", 0), RCC_OK);
	assert_string_equal(gps.dial.port, "2947");
	assert_int_equal(rcc_feed_gps_init(&gps, "[::1]:2948", 0), RCC_OK);
	assert_string_equal(gps.dial.host, "::1");
	assert_string_equal(gps.dial.port, "2948");
	assert_int_equal(rcc_feed_gps_init(&gps, "[::1]", 0), RCC_OK);
	assert_string_equal(gps.dial.port, "2947");
	const char *bad[] = {"", ":2947", "host:", "[::1", "[::1]x", "[]:1"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(rcc_feed_gps_init(&gps, bad[i], 0), RCC_E_MALFORMED);
	}
}

static void
one_connection_gives_objects_and_raw_lines(void **state)
{
	(void)state;
	char asked[256] = "";
	connect_at(1000);
	assert_true(recv(fixture.peer, asked, sizeof asked - 1, 0) > 0);
	assert_non_null(strstr(asked, "\"json\":true"));
	assert_non_null(strstr(asked, "\"raw\":1"));
	say("$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A\r\n"
	    "{\"class\":\"AIS\",\"device\":\"d\",\"type\":14,\"repeat\":0,\"mmsi\":970123456,\"scaled\":false,"
	    "\"text\":\"SART ACTIVE\"}\r\n");
	assert_int_equal(read_line(1000), RCC_OK);
	assert_non_null(rcc_feed_nmea_dsc((const uint8_t *)fixture.gps.line, strlen(fixture.gps.line)));
	assert_int_equal(fixture.gps.data.set & AIS_SET, 0);
	assert_int_equal(read_line(1000), RCC_OK);
	assert_true((fixture.gps.data.set & AIS_SET) != 0);
	assert_int_equal(fixture.gps.data.ais.mmsi, 970123456);
	assert_string_equal(fixture.gps.data.ais.type14.text, "SART ACTIVE");
	assert_int_equal(rcc_feed_gps_read(&fixture.gps, 1000), RCC_E_AGAIN);
}

/* The raw stream is judged as a receiver's own line is: what may be a call goes on, whatever is wrong with it. */
static void
damaged_calls_of_the_raw_stream_go_on(void **state)
{
	(void)state;
	static struct rcc_feed feed;
	static struct rcc_feed_gpsd_input input;
	const struct rcc_feed_now now = {.at_ms = INT64_C(1795403527000), .mono_ms = 1000};
	rcc_feed_batch_init(&feed.batch, 1000);
	rcc_feed_repeats_init(&feed.repeats);
	/* Without a client everything is printed. */
	rcc_feed_out_init(&feed.out, NULL, "test", false);
	connect_at(1000);
	say("$CDDSC\r\n"
	    "$cddsc,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A\r\n"
	    "$CDDSX,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A\r\n"
	    "!AIVDX,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D\r\n"
	    "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D\r\n"
	    "$GPHDT,274.07,T*03\r\n"
	    "b5620107\r\n");
	input.gps = fixture.gps;
	for (int i = 0; i < ROUNDS && feed.tally.lines < 7; i++) {
		struct pollfd fd = {.events = POLLIN};
		fd.fd = rcc_feed_gps_fd(&input.gps, &fd.events);
		(void)poll(&fd, 1, WAIT_MS);
		rcc_feed_gpsd_turn(&input, &feed, now);
	}
	fixture.gps = input.gps;
	assert_int_equal(feed.tally.lines, 7);
	assert_int_equal(feed.tally.fate[RCC_FEED_FATE_RAW], 4);
	/* gpsd reads a whole AIS sentence itself: its object follows. */
	assert_int_equal(feed.tally.fate[RCC_FEED_FATE_OTHER], 3);
}

static void
line_in_two_pieces(void **state)
{
	(void)state;
	connect_at(1000);
	say("$CDDSC,12,33804");
	struct pollfd fd = {.events = POLLIN};
	fd.fd = rcc_feed_gps_fd(&fixture.gps, &fd.events);
	assert_int_equal(poll(&fd, 1, ROUNDS * WAIT_MS), 1);
	assert_int_equal(rcc_feed_gps_read(&fixture.gps, 1000), RCC_E_AGAIN);
	say("00790,12*6A\r\n");
	assert_int_equal(read_line(1000), RCC_OK);
	rcc_feed_nmea_trim(fixture.gps.line);
	assert_string_equal(fixture.gps.line, "$CDDSC,12,3380400790,12*6A");
}

static void
nonsense_and_long_lines_do_no_harm(void **state)
{
	(void)state;
	char longer[3000];
	connect_at(1000);
	say("{\"class\":\"AIS\",\"type\":\r\n{}\r\n{\"class\":\"NEWS\"}\r\n\x01\x02\xff\r\n");
	for (int i = 0; i < 4; i++) {
		assert_int_equal(read_line(1000), RCC_OK);
		assert_int_equal(fixture.gps.data.set & MODE_SET, 0);
	}
	memset(longer, 'A', sizeof longer);
	longer[0] = '$';
	longer[sizeof longer - 2] = '\n';
	longer[sizeof longer - 1] = '\0';
	say(longer);
	assert_int_equal(read_line(1000), RCC_OK);
	assert_int_equal(strlen(fixture.gps.line), RCC_FEED_RAW_LINE_MAX);
	say("$CDDSC,12*00\n");
	assert_int_equal(read_line(1000), RCC_OK);
	assert_string_equal(fixture.gps.line, "$CDDSC,12*00");
}

static void
lost_gpsd_is_found_again(void **state)
{
	(void)state;
	connect_at(1000);
	(void)close(fixture.peer);
	fixture.peer = -1;
	assert_int_equal(read_line(2000), RCC_E_UNREACHABLE);
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_DOWN);
	rcc_feed_gps_turn(&fixture.gps, 2999);
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_DOWN);
	connect_at(3000);
	say("$CDDSC,12*00\n");
	assert_int_equal(read_line(3000), RCC_OK);
}

static void
nobody_there_is_asked_less_and_less(void **state)
{
	(void)state;
	int64_t wait_ms = 0;
	int64_t now_ms = 1000;
	(void)close(fixture.listener);
	for (int i = 0; i < 8; i++) {
		rcc_feed_gps_turn(&fixture.gps, now_ms);
		for (int round = 0; round < ROUNDS && fixture.gps.state == RCC_FEED_GPS_CONNECTING; round++) {
			rcc_feed_gps_turn(&fixture.gps, now_ms);
		}
		assert_int_equal(fixture.gps.state, RCC_FEED_GPS_DOWN);
		int64_t next_ms = fixture.gps.retry_mono_ms - now_ms;
		assert_true(next_ms >= wait_ms && next_ms <= 30000);
		wait_ms = next_ms;
		now_ms = fixture.gps.retry_mono_ms;
	}
	assert_int_equal(wait_ms, 30000);
	assert_true(fixture.gps.down_told);
	fixture.listener = socket(AF_INET, SOCK_STREAM, 0);
}

static void
silence_is_told_and_a_dead_peer_is_dropped(void **state)
{
	(void)state;
	char asked[512] = "";
	connect_at(1000);
	assert_true(recv(fixture.peer, asked, sizeof asked - 1, 0) > 0);
	rcc_feed_gps_turn(&fixture.gps, 60999);
	assert_false(fixture.gps.silence_told);
	rcc_feed_gps_turn(&fixture.gps, 61000);
	assert_true(fixture.gps.silence_told);
	memset(asked, 0, sizeof asked);
	assert_true(recv(fixture.peer, asked, sizeof asked - 1, 0) > 0);
	assert_non_null(strstr(asked, "?VERSION"));
	/* An answer shows that gpsd lives; its receivers are silent all the same. */
	say("{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}\n");
	assert_int_equal(read_line(62000), RCC_OK);
	assert_true(fixture.gps.silence_told);
	rcc_feed_gps_turn(&fixture.gps, 121999);
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_UP);
	rcc_feed_gps_turn(&fixture.gps, 122000);
	rcc_feed_gps_turn(&fixture.gps, 136999);
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_UP);
	rcc_feed_gps_turn(&fixture.gps, 137000);
	assert_int_equal(fixture.gps.state, RCC_FEED_GPS_DOWN);
}

static void
data_ends_the_silence(void **state)
{
	(void)state;
	connect_at(1000);
	rcc_feed_gps_turn(&fixture.gps, 61000);
	assert_true(fixture.gps.silence_told);
	say("!AIVDM,1,1,,A,>>M;`h1<59B04=@UHD,2*39\r\n");
	assert_int_equal(read_line(61500), RCC_OK);
	assert_false(fixture.gps.silence_told);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_addresses),
	    cmocka_unit_test_setup_teardown(one_connection_gives_objects_and_raw_lines, setup, teardown),
	    cmocka_unit_test_setup_teardown(damaged_calls_of_the_raw_stream_go_on, setup, teardown),
	    cmocka_unit_test_setup_teardown(line_in_two_pieces, setup, teardown),
	    cmocka_unit_test_setup_teardown(nonsense_and_long_lines_do_no_harm, setup, teardown),
	    cmocka_unit_test_setup_teardown(lost_gpsd_is_found_again, setup, teardown),
	    cmocka_unit_test_setup_teardown(nobody_there_is_asked_less_and_less, setup, teardown),
	    cmocka_unit_test_setup_teardown(silence_is_told_and_a_dead_peer_is_dropped, setup, teardown),
	    cmocka_unit_test_setup_teardown(data_ends_the_silence, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

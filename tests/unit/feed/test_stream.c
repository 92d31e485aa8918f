/* Places: what can be written for one, and what cannot; a dial that is not answered is tried again, ever less often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/stream.h"

static void
places(void **state)
{
	(void)state;
	static const struct {
		const char *place, *path, *host, *port;
		enum rcc_feed_stream_kind kind;
		uint32_t baud;
	} rows[] = {
	    {"-", "-", "", "", RCC_FEED_STREAM_FILE, 0},
	    {"/var/log/ais.nmea", "/var/log/ais.nmea", "", "", RCC_FEED_STREAM_FILE, 0},
	    {"udp://127.0.0.1:10110", "127.0.0.1:10110", "127.0.0.1", "10110", RCC_FEED_STREAM_UDP, 0},
	    {"udp://*:10110", "*:10110", "*", "10110", RCC_FEED_STREAM_UDP, 0},
	    {"tcp://[::1]:10110", "[::1]:10110", "::1", "10110", RCC_FEED_STREAM_TCP, 0},
	    {"serial:///dev/ttyUSB0", "/dev/ttyUSB0", "", "", RCC_FEED_STREAM_SERIAL, 4800},
	    {"serial:///dev/ttyS1?baud=38400", "/dev/ttyS1", "", "", RCC_FEED_STREAM_SERIAL, 38400},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rcc_feed_stream stream;
		assert_int_equal(rcc_feed_stream_init(&stream, rows[i].place, 0), RCC_OK);
		assert_int_equal(stream.kind, rows[i].kind);
		assert_string_equal(stream.path, rows[i].path);
		assert_string_equal(stream.dial.host, rows[i].host);
		assert_string_equal(stream.dial.port, rows[i].port);
		assert_int_equal(stream.baud, rows[i].baud);
		assert_int_equal(rcc_feed_stream_is_finite(&stream), rows[i].kind == RCC_FEED_STREAM_FILE);
	}
}

static void
no_places(void **state)
{
	(void)state;
	const char *bad[] = {"",
	                     "udp://",
	                     "udp://10110",
	                     "udp://:10110",
	                     "tcp://host",
	                     "tcp://host:",
	                     "http://host:80",
	                     "serial://",
	                     "serial://dev/ttyS0",
	                     "serial:///dev/ttyS0?baud=",
	                     "serial:///dev/ttyS0?baud=4801",
	                     "serial:///dev/ttyS0?baud=9600x",
	                     "serial:///dev/ttyS0?parity=n"};
	char long_path[RCC_FEED_PLACE_MAX + 2];
	struct rcc_feed_stream stream;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(rcc_feed_stream_init(&stream, bad[i], 0), RCC_E_MALFORMED);
	}
	memset(long_path, 'x', sizeof long_path - 1);
	long_path[sizeof long_path - 1] = '\0';
	assert_int_equal(rcc_feed_stream_init(&stream, long_path, 0), RCC_E_MALFORMED);
}

static void
what_is_not_there_is_looked_for_less_and_less(void **state)
{
	(void)state;
	struct rcc_feed_stream stream;
	int64_t now_ms = 1000;
	int64_t wait_ms = 0;
	size_t got = 0;
	uint8_t byte = 0;
	assert_int_equal(rcc_feed_stream_init(&stream, "serial:///no/such/line", now_ms), RCC_OK);
	for (int i = 0; i < 8; i++) {
		rcc_feed_stream_turn(&stream, now_ms);
		assert_int_equal(stream.state, RCC_FEED_STREAM_DOWN);
		assert_int_equal(rcc_feed_stream_read(&stream, &byte, 1, now_ms, &got), RCC_E_AGAIN);
		assert_true(stream.retry_mono_ms - now_ms >= wait_ms);
		wait_ms = stream.retry_mono_ms - now_ms;
		now_ms = stream.retry_mono_ms;
	}
	assert_int_equal(wait_ms, RCC_BACKOFF_MAX_MS);
	assert_true(stream.down_told);
	assert_true(stream.quiet_told);
	rcc_feed_stream_close(&stream);
	rcc_feed_stream_close(&stream);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places),
	    cmocka_unit_test(no_places),
	    cmocka_unit_test(what_is_not_there_is_looked_for_less_and_less),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

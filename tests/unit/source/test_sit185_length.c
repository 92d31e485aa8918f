/* Where one SIT 185 message ends in a stream of several: with and without envelopes, closing lines and numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/sit185.h"

static void
a_stream_is_cut_into_its_messages(void **state)
{
	static const char *const row[][3] = {
	    /* envelopes and trailers */
	    {"/00001 00000/2470/26 001 0000\n/185/247C/012/01\n1. DISTRESS COSPAS-SARSAT ALERT\nEND OF "
	     "MESSAGE\n/LASSIT\n"
	     "/ENDMSG\n\n",
	     "/00002 00000/2470/26 001 0001\r\n1. DISTRESS COSPAS-SARSAT ALERT\r\nend of message\r\n/ENDMSG\r\n",
	     "1. DISTRESS COSPAS-SARSAT ALERT"},
	    /* titles alone; the lines above the second belong to it */
	    {"1. DISTRESS COSPAS-SARSAT ALERT\n2. MSG NO 1\nEND OF MESSAGE\n",
	     "FROM: MCC\n(1) SHIP SECURITY ALERT\n2. MSG NO 2\n", "1 distress cospas-sarsat alert\n"},
	    /* without END OF MESSAGE; a title without number begins one only behind an end */
	    {"1. DISTRESS COSPAS-SARSAT ALERT\n16. REMARKS SEE\nDISTRESS COSPAS-SARSAT ALERT OF MONDAY\nEND OF "
	     "MESSAGE\n",
	     "DISTRESS COSPAS-SARSAT ALERT\nMSG NO 2\n", "/00003 00000/2470/26 001 0001\n"},
	};
	static char text[1024];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "%s%s%s", row[i][0], row[i][1], row[i][2]);
		size_t len = strlen(text);
		size_t at = 0;
		for (size_t j = 0; j < 3; j++) {
			size_t used = rcc_sit185_length((const uint8_t *)text + at, len - at);
			assert_int_equal(used, strlen(row[i][j]));
			at += used;
		}
	}
	/* What stands behind the last message stays with it. */
	(void)snprintf(text, sizeof text, "1. DISTRESS COSPAS-SARSAT ALERT\nEND OF MESSAGE\nRCC406E.FMT\n");
	assert_int_equal(rcc_sit185_length((const uint8_t *)text, strlen(text)), strlen(text));
	assert_int_equal(rcc_sit185_length((const uint8_t *)text, 0), 0);
	assert_int_equal(rcc_sit185_length((const uint8_t *)"x", 1), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_stream_is_cut_into_its_messages)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

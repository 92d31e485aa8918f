/* The words that go to ships with a call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

#define FIRST_SHIP 200000001u

static struct watch watch;

/* She calls anew after ships were told that it is over, and says nothing more: what she said then is not what she says now. */
static void
test_words_of_a_call_that_is_over(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, FIRST_SHIP);

	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 2);
	watch_text(alert.text, sizeof alert.text, "abandoning now");
	watch_say(&watch, 1, &alert);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text, "abandoning now");
	watch.now_ms += 60000;
	watch_cancel(&watch, 1, "no distress");
	watch.now_ms += 60000;
	memset(alert.text, 0, sizeof alert.text);
	alert.nature = RCC_NATURE_SINKING;
	watch_say(&watch, 1, &alert);
	const struct rcc_event *told = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);
	assert_non_null(told);
	assert_int_equal(told->u.broadcast.incident.v, 1);
	assert_string_equal(told->u.broadcast.text, "");
	/* An officer who calls ships back after a cancel by mistake does it in the words that there are. */
	watch_start(&watch);
	watch_fleet(&watch, FIRST_SHIP, 2);
	watch_text(alert.text, sizeof alert.text, "abandoning now");
	watch_say(&watch, 1, &alert);
	watch.now_ms += 60000;
	watch_cancel(&watch, 1, "by mistake");
	watch.now_ms += 60000;
	assert_true(watch_relay(&watch, 1, RCC_RELAY_RELEASE, "") > 0);
	assert_string_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text, "abandoning now");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words_of_a_call_that_is_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Default deny: the whole table, once more, as the documents have it: what each role may say and is told (R15), and that no other role, of
 * those who look for somebody, is there (R11, R60). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/core.h"

#define GUEST 1
#define VESSEL 2
#define FEED 4
#define OFFICER 8
#define AUDITOR 16
#define ADMIN 32
#define PEER 64
#define AGENCY 128
#define EVERYBODY (GUEST | VESSEL | FEED | OFFICER | AUDITOR | ADMIN | PEER | AGENCY)

static void
test_table(void **state)
{
	(void)state;
	static const uint8_t may[] = {
	    [RCC_BODY_HELLO] = EVERYBODY,
	    [RCC_BODY_ALERT] = EVERYBODY, /* no distress is refused without being recorded */
	    [RCC_BODY_ALERT_RAW] = EVERYBODY,
	    [RCC_BODY_POSITION] = VESSEL | FEED,
	    [RCC_BODY_POSITION_BATCH] = VESSEL | FEED,
	    [RCC_BODY_STATIC_BATCH] = VESSEL | FEED,
	    [RCC_BODY_STORED] = VESSEL,
	    [RCC_BODY_READ] = VESSEL,
	    [RCC_BODY_ANSWER] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_PLAN] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_DRILL] = VESSEL,
	    [RCC_BODY_FEED_TALLY] = FEED,
	    [RCC_BODY_PACK] = VESSEL,
	    [RCC_BODY_CENTRE] = PEER,
	    [RCC_BODY_PLACE_REQUEST] = PEER,
	    [RCC_BODY_ENROL] = ADMIN,
	    [RCC_BODY_REVOKE] = ADMIN,
	    [RCC_BODY_INVITE] = ADMIN,
	    [RCC_BODY_ADMIT] = GUEST,
	    [RCC_BODY_REKEY] = EVERYBODY & ~GUEST,
	    [RCC_BODY_RELAY] = OFFICER | ADMIN,
	    [RCC_BODY_CANCEL] = OFFICER | ADMIN,
	    [RCC_BODY_CLOSE] = OFFICER | ADMIN,
	    [RCC_BODY_DECIDE] = OFFICER | ADMIN,
	    [RCC_BODY_OPEN] = OFFICER | ADMIN,
	    [RCC_BODY_PHASE] = OFFICER | ADMIN,
	    [RCC_BODY_SUSPEND] = OFFICER | ADMIN,
	    [RCC_BODY_RESUME] = OFFICER | ADMIN,
	    [RCC_BODY_CLASSIFY] = OFFICER | ADMIN,
	    [RCC_BODY_JOIN] = OFFICER | ADMIN,
	    [RCC_BODY_SPLIT] = OFFICER | ADMIN,
	    [RCC_BODY_GROUP] = OFFICER | ADMIN,
	    [RCC_BODY_UNSEAL] = OFFICER | ADMIN,
	    [RCC_BODY_SURVIVORS] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_NEED] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_PROFILE] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_PLACE] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_TASK] = OFFICER | ADMIN,
	    [RCC_BODY_PERSONS] = OFFICER | ADMIN,
	    [RCC_BODY_REFERRAL] = OFFICER | ADMIN,
	    [RCC_BODY_NOTE] = VESSEL | OFFICER | ADMIN,
	    [RCC_BODY_SMC] = OFFICER | ADMIN,
	    [RCC_BODY_WATCH] = OFFICER | ADMIN,
	    [RCC_BODY_COMMS] = OFFICER | ADMIN,
	    [RCC_BODY_SITREP] = OFFICER | ADMIN,
	    [RCC_BODY_HANDOVER] = OFFICER | ADMIN,
	    [RCC_BODY_DUTY] = OFFICER | ADMIN,
	    [RCC_BODY_REQUEST] = OFFICER | ADMIN,
	    [RCC_BODY_CIRCULAR] = OFFICER | ADMIN,
	    [RCC_BODY_RETENTION] = OFFICER | ADMIN,
	    [RCC_BODY_VIEW] = OFFICER | AUDITOR | ADMIN | AGENCY,
	    [RCC_BODY_CATCHUP] = OFFICER | AUDITOR | ADMIN,
	};

	for (unsigned role = 1; role <= RCC_ROLE_LAST; role++) {
		for (unsigned body = 0; body < 300; body++) {
			unsigned allowed = body < sizeof may ? may[body] : 0;
			assert_int_equal(rcc_role_may((enum rcc_role)role, (enum rcc_body_kind)body),
			                 allowed >> (role - 1) & 1);
		}
	}
}

/* An agency is told whom to prepare for, and nothing of who called, who was sent, or what is noted. */
static void
test_views_of_an_agency(void **state)
{
	(void)state;
	for (unsigned what = 1; what <= RCC_VIEW_LAST; what++) {
		bool is_theirs = what == RCC_VIEW_PERSONS || what == RCC_VIEW_NEEDS || what == RCC_VIEW_PLACES;
		assert_int_equal(rcc_role_may_view(RCC_ROLE_AGENCY, (enum rcc_view_kind)what), is_theirs);
		assert_true(rcc_role_may_view(RCC_ROLE_OFFICER, (enum rcc_view_kind)what));
		assert_true(rcc_role_may_view(RCC_ROLE_AUDITOR, (enum rcc_view_kind)what));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_views_of_an_agency)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A word for every value of every enum, each different, each read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/work_text.h"

#define WORD_OF(name, type)                                                                                            \
	static const char *name##_word(unsigned v)                                                                     \
	{                                                                                                              \
		return rcc_##name##_word((type)v);                                                                     \
	}
WORD_OF(class, enum rcc_class)
WORD_OF(role, enum rcc_role)
WORD_OF(owner, enum rcc_owner_kind)
WORD_OF(source, enum rcc_source)
WORD_OF(nature, enum rcc_nature)
WORD_OF(lane, enum rcc_lane)
WORD_OF(verdict, enum rcc_verdict)
WORD_OF(phase, enum rcc_phase)
WORD_OF(incident_status, enum rcc_incident_status)
WORD_OF(outcome, enum rcc_outcome)
WORD_OF(broadcast, enum rcc_broadcast_kind)
WORD_OF(delivery, enum rcc_delivery_state)
WORD_OF(answer, enum rcc_answer_kind)
WORD_OF(reason, enum rcc_reason)
WORD_OF(refusal, enum rcc_refusal)
WORD_OF(beacon_kind, enum rcc_beacon_kind)
WORD_OF(category, enum rcc_category)
WORD_OF(join, enum rcc_join)
WORD_OF(plan, enum rcc_plan_action)
WORD_OF(form, enum rcc_form)

#define PARSE_OF(name, type)                                                                                           \
	static enum rcc_status name##_parse(const char *word, unsigned *ret_v)                                         \
	{                                                                                                              \
		type v;                                                                                                \
		enum rcc_status status = rcc_##name##_parse(word, &v);                                                 \
		if (status == RCC_OK)                                                                                  \
			*ret_v = (unsigned)v;                                                                          \
		return status;                                                                                         \
	}
PARSE_OF(class, enum rcc_class)
PARSE_OF(role, enum rcc_role)
PARSE_OF(owner, enum rcc_owner_kind)
PARSE_OF(source, enum rcc_source)
PARSE_OF(nature, enum rcc_nature)
PARSE_OF(beacon_kind, enum rcc_beacon_kind)
PARSE_OF(category, enum rcc_category)
PARSE_OF(phase, enum rcc_phase)
PARSE_OF(plan, enum rcc_plan_action)
PARSE_OF(form, enum rcc_form)
PARSE_OF(outcome, enum rcc_outcome)
PARSE_OF(answer, enum rcc_answer_kind)
PARSE_OF(reason, enum rcc_reason)

struct vocabulary {
	const char *(*word)(unsigned v);
	enum rcc_status (*parse)(const char *word, unsigned *ret_v); /* NULL = is only written */
	unsigned first, last;
	const char *first_word, *last_word;
};

static const struct vocabulary vocabularies[] = {
    {class_word, class_parse, 1, RCC_CLASS_LAST, "live", "exercise"},
    {role_word, role_parse, 1, RCC_ROLE_LAST, "guest", "agency"},
    {owner_word, owner_parse, 0, RCC_OWNER_LAST, "not-stated", "pleasure"},
    {source_word, source_parse, 1, RCC_SOURCE_LAST, "crew", "rcc"},
    {nature_word, nature_parse, 0, RCC_NATURE_LAST, "not-stated", "beacon"},
    {lane_word, NULL, 1, RCC_LANE_LAST, "incident", "dismissed"},
    {verdict_word, NULL, 1, RCC_VERDICT_LAST, "match", "flood"},
    {phase_word, phase_parse, 1, RCC_PHASE_LAST, "uncertainty", "distress"},
    {incident_status_word, NULL, 1, RCC_INCIDENT_STATUS_LAST, "new", "transferred"},
    {outcome_word, outcome_parse, 1, RCC_OUTCOME_LAST, "rescued", "joined"},
    {broadcast_word, NULL, 1, RCC_BROADCAST_LAST, "distress-relay", "conduct-card"},
    {delivery_word, NULL, 1, RCC_DELIVERY_LAST, "queued", "unreachable"},
    {answer_word, answer_parse, 1, RCC_ANSWER_LAST, "proceeding", "done"},
    {reason_word, reason_parse, 0, RCC_REASON_LAST, "none", "other"},
    {refusal_word, NULL, 1, RCC_REFUSAL_LAST, "malformed", "too-many"},
    {beacon_kind_word, beacon_kind_parse, 0, RCC_BEACON_LAST, "not-stated", "plb"},
    {category_word, category_parse, 0, RCC_CATEGORY_LAST, "not-stated", "distress"},
    {join_word, NULL, 1, RCC_JOIN_LAST, "mmsi", "left-on"},
    {plan_word, plan_parse, 1, RCC_PLAN_ACTION_LAST, "file", "cancel"},
    {form_word, form_parse, 1, RCC_FORM_LAST, "voice", "after-action"},
};

static void
check_word(const struct vocabulary *vocabulary, unsigned value)
{
	const char *word = vocabulary->word(value);
	unsigned back = 4711;
	assert_string_not_equal(word, "unknown");
	/* Lower case with dashes: fit for JSON, scripts and file names. */
	assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(word));
	for (unsigned other = vocabulary->first; other < value; other++)
		assert_string_not_equal(word, vocabulary->word(other));
	if (vocabulary->parse == NULL)
		return;
	assert_int_equal(vocabulary->parse(word, &back), RCC_OK);
	assert_int_equal(back, value);
}

static void
test_every_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
		const struct vocabulary *vocabulary = &vocabularies[i];
		for (unsigned value = vocabulary->first; value <= vocabulary->last; value++)
			check_word(vocabulary, value);
		assert_string_equal(vocabulary->word(vocabulary->first), vocabulary->first_word);
		assert_string_equal(vocabulary->word(vocabulary->last), vocabulary->last_word);
		assert_string_equal(vocabulary->word(vocabulary->last + 1), "unknown");
		assert_string_equal(vocabulary->word(UINT32_MAX), "unknown");
		if (vocabulary->first == 1)
			assert_string_equal(vocabulary->word(0), "unknown");
		if (vocabulary->parse == NULL)
			continue;
		unsigned back = 4711;
		assert_int_equal(vocabulary->parse("", &back), RCC_E_NOT_FOUND);
		assert_int_equal(vocabulary->parse("unknown", &back), RCC_E_NOT_FOUND);
		assert_int_equal(vocabulary->parse("LIVE", &back), RCC_E_NOT_FOUND);
		assert_int_equal(back, 4711);
	}
}

static void
test_refusals_say_what_to_do(void **state)
{
	(void)state;
	for (unsigned v = 1; v <= RCC_REFUSAL_LAST; v++) {
		const char *text = rcc_refusal_text((enum rcc_refusal)v);
		assert_in_range(strlen(text), 20, RCC_TEXT_MAX);
		assert_int_equal(text[strlen(text) - 1], '.');
		for (unsigned other = 1; other < v; other++)
			assert_string_not_equal(text, rcc_refusal_text((enum rcc_refusal)other));
	}
	unsigned beyond = RCC_REFUSAL_LAST + 1;
	assert_string_equal(rcc_refusal_text((enum rcc_refusal)beyond),
	                    "The message was refused for a reason that this version does not know.");
	beyond = 0;
	assert_string_equal(rcc_refusal_text((enum rcc_refusal)beyond),
	                    "The message was refused for a reason that this version does not know.");
}

/* Each mark of an alert has a word and a sentence of its own; what is no mark has none. */
static void
test_marks(void **state)
{
	(void)state;
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		assert_string_not_equal(rcc_mark_word(mark), "unknown");
		assert_string_not_equal(rcc_mark_text(mark), "unknown");
		for (uint32_t other = 1; other < mark; other <<= 1)
			assert_string_not_equal(rcc_mark_word(mark), rcc_mark_word(other));
	}
	assert_string_equal(rcc_mark_word(0), "unknown");
	assert_string_equal(rcc_mark_text(RCC_ALERT_MARKS_ALL + 1), "unknown");
}

/* Checks of a place of safety: any of the four, in any order, or none; nothing else. */
static void
test_checks(void **state)
{
	(void)state;
	char words[RCC_CHECKS_TEXT_SIZE];
	for (uint32_t checks = 0; checks <= RCC_CHECKS_ALL; checks++) {
		uint32_t back = 99;
		assert_int_equal(rcc_checks_parse(rcc_checks_format(words, checks), &back), RCC_OK);
		assert_int_equal(back, checks);
	}
	assert_string_equal(rcc_checks_format(words, RCC_CHECKS_ALL), "rescue-ends,safety,needs,onward");
	static const char *const bad[] = {"", "all", "safety,", ",safety", "safety, needs", "safet", "none,safety"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		uint32_t back = 99;
		assert_int_equal(rcc_checks_parse(bad[i], &back), RCC_E_NOT_FOUND);
		assert_int_equal(back, 99);
	}
	for (uint32_t block = 1; block <= RCC_PLACE_BLOCKS_ALL; block <<= 1) {
		assert_string_not_equal(rcc_place_block_word(block), "unknown");
		assert_string_not_equal(rcc_place_block_text(block), "unknown");
	}
	assert_string_equal(rcc_check_word(3), "unknown");
	assert_string_equal(rcc_place_block_word(16), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_marks),
	    cmocka_unit_test(test_every_word),
	    cmocka_unit_test(test_refusals_say_what_to_do),
	    cmocka_unit_test(test_checks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

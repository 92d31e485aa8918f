#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bridge.h"
#include "rcc/text.h"

static void
test_words_of_a_line(void **state)
{
	char line[] = "  read 7 \"A. Mate, 2nd\"  --text=\"two words\" # a remark";
	char open_quote[] = "read \"nobody";
	char many[] = "a b c d e f g";
	char *words[6];

	(void)state;
	assert_int_equal(rcc_crew_split(line, words, 6), 4);
	assert_string_equal(words[0], "read");
	assert_string_equal(words[1], "7");
	assert_string_equal(words[2], "A. Mate, 2nd");
	assert_string_equal(words[3], "--text=two words");
	assert_int_equal(rcc_crew_split(open_quote, words, 6), -1);
	assert_int_equal(rcc_crew_split(many, words, 6), -1);
	char empty[] = " \t# only a remark";
	char seconds[] = "position 35°30'15\"N \"12°10'30\"E\" \"say \\\"35\\\" and \\\\\" \"at 15\"";
	assert_int_equal(rcc_crew_split(seconds, words, 6), 5);
	assert_string_equal(words[1], "35°30'15\"N");
	assert_string_equal(words[2], "12°10'30\"E");
	assert_string_equal(words[3], "say \"35\" and \\");
	assert_string_equal(words[4], "at 15");
	assert_int_equal(rcc_crew_split(empty, words, 6), 0);
}

static void
test_a_distress_takes_two_steps(void **state)
{
	struct bridge *place = *state;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	bridge_play(place, "distress --pos \"35-12.40N 012-36.05E\" --nature sinking --persons 23\nno\n", output);
	assert_non_null(strstr(output, "sinking at 35-12.40N 012-36.05E, 23 persons"));
	assert_non_null(strstr(output, "nothing was sent"));
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	bridge_play(place, "distress --nature sinking\nsend it\n", output);
	bridge_play(place, "distress --nature sinking\n\n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	/* In capitals or not, with a space too many or not. */
	bridge_play(place, "distress --nature sinking\n send \n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 1);
	bridge_play(place, "distress --nature sinking\nSend\n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 2);
	bridge_play(place, "distress --pos \"35-12.40N 012-36.05E\" --nature sinking\nSEND\n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 3);
	assert_int_equal(place->crew.message->kind, RCC_BODY_ALERT);
	assert_int_equal(place->crew.message->u.alert.source, RCC_SOURCE_CREW);
	assert_int_equal(place->crew.message->u.alert.nature, RCC_NATURE_SINKING);
	assert_int_equal(place->crew.message->u.alert.pos.lat_e7, 352066667);
	assert_true(place->crew.message->u.alert.pos_at_ms > 0);
	assert_non_null(strstr(output, "not yet accepted: 3"));
}

static void
test_mistakes_send_nothing_and_end_a_script(void **state)
{
	struct bridge *place = *state;
	static const char *const wrong[] = {
	    "distress --pos nowhere --yes\ndistress --yes\n",
	    "distress --nature boredom --yes\ndistress --yes\n",
	    "distress --persons -3 --yes\ndistress --yes\n",
	    "answer latest unable\ndistress --yes\n",
	    "answer latest gladly\ndistress --yes\n",
	    "answer 2026-0001 done\ndistress --yes\n",
	    "show 7\ndistress --yes\n",
	    "wait nothing 1\ndistress --yes\n",
	    "plan\ndistress --yes\n",
	    "plan lost\ndistress --yes\n",
	    "plan file\ndistress --yes\n",
	    "plan file --every 0\ndistress --yes\n",
	    "plan file --eta soon\ndistress --yes\n",
	    "plan file --eta 2020-01-01T00:00:00Z\ndistress --yes\n",
	    "plan report --every 60\ndistress --yes\n",
	    "plan arrived --eta 1h\ndistress --yes\n",
	    "plan file --eta 1h --pos nowhere\ndistress --yes\n",
	    "drill\ndistress --yes\n",
	    "drill maybe\ndistress --yes\n",
	};
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	place->crew.is_strict = true;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		bridge_play(place, wrong[i], output);
		assert_int_not_equal(place->crew.exit, RCC_EXIT_OK);
		assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	}
}

static void
test_a_sailing_plan_and_drills(void **state)
{
	struct bridge *place = *state;
	const struct rcc_plan *plan = &place->crew.message->u.plan;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	place->crew.settings.mmsi.v = 232001000;
	snprintf(place->crew.settings.name, sizeof place->crew.settings.name, "MV Alba");
	bridge_play(place,
	            "plan file --eta 6h --every 60 --persons 4 --pos \"35-12.40N 012-36.05E\" --text \"to Licata\"\n",
	            output);
	assert_int_equal(place->crew.exit, RCC_EXIT_OK);
	assert_int_equal(place->crew.message->kind, RCC_BODY_PLAN);
	assert_int_equal(plan->action, RCC_PLAN_FILE);
	assert_int_equal(plan->mmsi.v, 232001000);
	assert_string_equal(plan->name, "MV Alba");
	assert_int_equal(plan->interval_min, 60);
	assert_int_equal(plan->persons, 4);
	assert_int_equal(plan->pos.lat_e7, 352066667);
	assert_int_equal(place->crew.own.lat_e7, 352066667);
	assert_true(plan->eta_at_ms > 0);
	assert_string_equal(plan->text, "to Licata");
	assert_non_null(strstr(output, "plan report every 60 min"));
	bridge_play(place, "plan report\n", output);
	assert_int_equal(plan->action, RCC_PLAN_REPORT);
	assert_false(rcc_pos_is_known(plan->pos));
	bridge_play(place, "plan arrived\n", output);
	assert_int_equal(plan->action, RCC_PLAN_ARRIVED);
	bridge_play(place, "plan cancel\n", output);
	assert_int_equal(plan->action, RCC_PLAN_CANCEL);
	bridge_play(place, "drill join\n", output);
	assert_int_equal(place->crew.message->kind, RCC_BODY_DRILL);
	assert_int_equal(place->crew.message->u.drill.is_joining, 1);
	bridge_play(place, "drill leave\n", output);
	assert_int_equal(place->crew.message->u.drill.is_joining, 0);
	/* What was said without a link is kept like any word of a crew. */
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 6);
}

/* What the centre says, as the session shows it. */
static void
report(struct bridge *place, enum rcc_client_event event, enum rcc_role role, char output[OUTPUT_MAX])
{
	struct rcc_envelope *message = place->crew.message;

	memset(&message->u.welcome, 0, sizeof message->u.welcome);
	memset(&message->u.refused, 0, sizeof message->u.refused);
	memset(&message->reply_to, 0, sizeof message->reply_to);
	if (event == RCC_CLIENT_WELCOME) {
		message->u.welcome.role = role;
		snprintf(message->u.welcome.centre, sizeof message->u.welcome.centre, "RCC TEST");
	} else {
		message->u.refused.reason = RCC_REFUSAL_UNKNOWN_KEY;
	}
	bridge_listen(place);
	rcc_crew_report(&place->crew, event, message);
	bridge_heard(place, output);
}

static void
test_welcome_is_said_when_something_changed(void **state)
{
	struct bridge *place = *state;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_VESSEL, output);
	assert_non_null(strstr(output, "welcome: RCC TEST takes you for vessel"));
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_VESSEL, output);
	assert_string_equal(output, "");
	report(place, RCC_CLIENT_LOST, RCC_ROLE_VESSEL, output);
	assert_non_null(strstr(output, "LOST"));
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_VESSEL, output);
	assert_non_null(strstr(output, "welcome:"));
}

static void
test_a_key_that_the_centre_does_not_know_is_shown_loudly(void **state)
{
	struct bridge *place = *state;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_GUEST, output);
	assert_non_null(strstr(output, "THE CENTRE DOES NOT KNOW OUR KEY: you will get no relays"));
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_VESSEL, output);
	assert_null(strstr(output, "OUR KEY"));
	report(place, RCC_CLIENT_REFUSED, RCC_ROLE_VESSEL, output);
	assert_non_null(strstr(output, "THE CENTRE NO LONGER KNOWS OUR KEY: you will get no relays"));
	assert_non_null(strstr(output, "quarantine; call the centre"));
	/* The same news by the next Welcome is none; being known again is. */
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_GUEST, output);
	assert_string_equal(output, "");
	report(place, RCC_CLIENT_WELCOME, RCC_ROLE_VESSEL, output);
	assert_non_null(strstr(output, "takes you for vessel"));
}

static void
test_help_in_a_session_lists_the_verbs(void **state)
{
	struct bridge *place = *state;
	static const char *const lines[] = {"help\n", "?\n"};
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		bridge_play(place, lines[i], output);
		assert_int_equal(place->crew.exit, RCC_EXIT_OK);
		for (const struct rcc_verb *verb = rcc_crew_program.verbs; verb->name != NULL; verb++) {
			assert_non_null(strstr(output, verb->name));
		}
	}
}

/* Every word that the parsers know and a crew may say stands in --help. */
static void
test_help_names_every_nature_and_reason(void **state)
{
	(void)state;
	for (int i = RCC_NATURE_FIRE; i <= RCC_NATURE_MOB; i++) {
		assert_non_null(
		    strstr(rcc_crew_program.options[CREW_NATURE].help, rcc_nature_word((enum rcc_nature)i)));
	}
	for (int i = RCC_REASON_DISABLED; i <= RCC_REASON_LAST; i++) {
		assert_non_null(
		    strstr(rcc_crew_program.options[CREW_REASON].help, rcc_reason_word((enum rcc_reason)i)));
	}
}

static void
test_one_program_of_a_ship_has_the_watch(void **state)
{
	struct bridge *place = *state;
	static struct rcc_crew other;
	char wait[] = "wait", alert[] = "alert", seconds[] = "60";
	char *operands[] = {wait, alert, seconds};
	struct rcc_parsed parsed = {.operand_count = 3, .operand = operands};

	bridge_open_offline(place);
	other = place->crew;
	rcc_crew_watch_take(&place->crew);
	assert_int_equal(place->crew.watch, CREW_WATCH_OURS);
	other.is_session = false;
	rcc_crew_watch_take(&other);
	assert_int_equal(other.watch, CREW_WATCH_TAKEN);
	assert_true(rcc_crew_wants_calls(&parsed));
	/* At once, not after a minute in which nothing can come. */
	int64_t start_ms = rcc_crew_now_ms();
	rcc_crew_do(&other, &parsed);
	assert_int_equal(other.exit, RCC_EXIT_FAILED);
	assert_true(rcc_crew_now_ms() - start_ms < 30000);
	rcc_crew_watch_end(&place->crew);
	rcc_crew_watch_take(&other);
	assert_int_equal(other.watch, CREW_WATCH_OURS);
	rcc_crew_watch_end(&other);
	parsed.operand = operands + 1;
	assert_false(rcc_crew_wants_calls(&parsed));
}

static void
write_conf(const struct bridge *place, const char *content)
{
	FILE *file = fopen(place->conf, "w");

	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
test_settings_from_file_and_line(void **state)
{
	struct bridge *place = *state;
	struct rcc_crew_settings settings;
	struct rcc_parsed parsed;
	struct rcc_fault fault;

	memset(&parsed, 0, sizeof parsed);
	parsed.value[CREW_CONFIG] = place->conf;
	write_conf(place, "to = \"tcp://centre:8406\";\nkey = \"/k\";\nname = \"MV Alba\";\nmmsi = \"232001000\";\n");
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_OK);
	assert_string_equal(settings.client.endpoint, "tcp://centre:8406");
	assert_string_equal(settings.client.store, "/k.db");
	assert_string_equal(settings.name, "MV Alba");
	assert_int_equal(settings.mmsi.v, 232001000);
	assert_int_equal(settings.client.link, RCC_LINK_SHIP);
	assert_int_equal(settings.timeout_ms, 30000);
	parsed.value[CREW_NAME] = "MV Beta";
	parsed.value[CREW_LINK] = "shore";
	parsed.value[CREW_TIMEOUT] = "5";
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_OK);
	assert_string_equal(settings.name, "MV Beta");
	assert_int_equal(settings.client.link, RCC_LINK_SHORE);
	assert_int_equal(settings.timeout_ms, 5000);

	write_conf(place, "to = \"x\";\n\nserverkey = \"y\";\n");
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, ":3: serverkey"));
	/* The file is shared with rcc-feed, which takes an MMSI as a number. */
	write_conf(place, "mmsi = 232001000;\noutbox = \"/o\";\nbatch_ms = 500;\nown_every_s = 10;\ngpsd = \"x:1\";\n"
	                  "feed: { name = \"F\"; batch_ms = 5; };\n");
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_OK);
	assert_int_equal(settings.mmsi.v, 232001000);
	write_conf(place, "mmsi = \"12\";\n");
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "mmsi: nine digits"));
	assert_int_equal(unlink(place->conf), 0);
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_E_CONFIG);
}

/* What was typed is usage (2), what stands in a file is configuration (78). */
static void
test_exit_codes_tell_usage_from_configuration(void **state)
{
	struct bridge *place = *state;
	static const struct {
		enum rcc_crew_option option;
		const char *value, *told;
	} wrong[] = {{CREW_MMSI, "12", "--mmsi"},
	             {CREW_SERVER_KEY, "short", "--server-key"},
	             {CREW_LINK, "fast", "--link"},
	             {CREW_TIMEOUT, "0", "--timeout"}};
	struct rcc_crew_settings settings;
	struct rcc_parsed parsed;
	struct rcc_fault fault;

	write_conf(place, "");
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		memset(&parsed, 0, sizeof parsed);
		parsed.value[CREW_CONFIG] = place->conf;
		parsed.value[wrong[i].option] = wrong[i].value;
		enum rcc_status status = rcc_crew_settings_read(&parsed, &settings, &fault);
		assert_int_equal(rcc_exit_of(status), RCC_EXIT_USAGE);
		assert_non_null(strstr(fault.text, wrong[i].told));
	}
	memset(&parsed, 0, sizeof parsed);
	parsed.value[CREW_CONFIG] = place->conf;
	assert_int_equal(rcc_crew_settings_read(&parsed, &settings, &fault), RCC_OK);
	assert_int_equal(rcc_exit_of(rcc_crew_settings_check(&settings, &fault)), RCC_EXIT_USAGE);
	assert_non_null(strstr(fault.text, "--to"));
	write_conf(place, "mmsi = \"12\";\n");
	assert_int_equal(rcc_exit_of(rcc_crew_settings_read(&parsed, &settings, &fault)), RCC_EXIT_CONFIG);
	assert_int_equal(unlink(place->conf), 0);
	assert_int_equal(rcc_exit_of(rcc_crew_settings_read(&parsed, &settings, &fault)), RCC_EXIT_CONFIG);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, bridge_setup, bridge_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_words_of_a_line),
	    TEST(test_a_distress_takes_two_steps),
	    TEST(test_mistakes_send_nothing_and_end_a_script),
	    TEST(test_a_sailing_plan_and_drills),
	    TEST(test_settings_from_file_and_line),
	    TEST(test_exit_codes_tell_usage_from_configuration),
	    TEST(test_welcome_is_said_when_something_changed),
	    TEST(test_a_key_that_the_centre_does_not_know_is_shown_loudly),
	    TEST(test_help_in_a_session_lists_the_verbs),
	    TEST(test_help_names_every_nature_and_reason),
	    TEST(test_one_program_of_a_ship_has_the_watch),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

#include "crew/crew.h"
#include "rcc/text.h"

#define OUTPUT_MAX 8192

struct place {
	char folder[64], key[128], store[128], conf[128];
	struct rcc_crew crew;
	FILE *output;
	int saved;
};

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	snprintf(place->folder, sizeof place->folder, "/tmp/rcc-crew-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->key, sizeof place->key, "%s/key", place->folder);
	snprintf(place->store, sizeof place->store, "%s/key.db", place->folder);
	snprintf(place->conf, sizeof place->conf, "%s/conf", place->folder);
	place->crew.message = calloc(1, sizeof *place->crew.message);
	assert_non_null(place->crew.message);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char path[160];

	rcc_client_close(&place->crew.client);
	rcc_crew_watch_end(&place->crew);
	for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		snprintf(path, sizeof path, "%s%s", place->store, suffix[i]);
		unlink(path);
	}
	unlink(place->key);
	unlink(place->conf);
	assert_int_equal(rmdir(place->folder), 0);
	free(place->crew.message);
	free(place);
	return 0;
}

/* What a crew would read, standard output and error together. */
static void
listen(struct place *place)
{
	fflush(NULL);
	place->output = tmpfile();
	assert_non_null(place->output);
	place->saved = dup(STDOUT_FILENO);
	assert_true(place->saved >= 0);
	assert_true(dup2(fileno(place->output), STDOUT_FILENO) >= 0);
}

static void
heard(struct place *place, char output[OUTPUT_MAX])
{
	fflush(NULL);
	assert_true(dup2(place->saved, STDOUT_FILENO) >= 0);
	close(place->saved);
	rewind(place->output);
	output[fread(output, 1, OUTPUT_MAX - 1, place->output)] = '\0';
	fclose(place->output);
}

/* A centre that is not there: what is posted stays in the outbox. */
static void
open_offline(struct place *place)
{
	struct rcc_client_config *config = &place->crew.settings.client;
	struct rcc_fault fault;

	config->link = RCC_LINK_SHIP;
	config->server_key.b[0] = 1;
	snprintf(config->endpoint, sizeof config->endpoint, "ipc://%s/nobody", place->folder);
	snprintf(config->key_file, sizeof config->key_file, "%s", place->key);
	snprintf(config->store, sizeof config->store, "%s", place->store);
	assert_int_equal(rcc_client_open(config, &place->crew.client, &fault), RCC_OK);
	place->crew.is_session = true;
	place->crew.settings.timeout_ms = 1;
}

/* Plays lines as if they were typed. */
static void
play(struct place *place, const char *lines, char output[OUTPUT_MAX])
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_true(fputs(lines, file) >= 0);
	rewind(file);
	place->crew.is_over = false;
	listen(place);
	rcc_crew_session(&place->crew, file);
	heard(place, output);
	fclose(file);
}

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
	assert_int_equal(rcc_crew_split(empty, words, 6), 0);
}

static void
test_a_distress_takes_two_steps(void **state)
{
	struct place *place = *state;
	char output[OUTPUT_MAX];

	open_offline(place);
	play(place, "distress --pos \"35-12.40N 012-36.05E\" --nature sinking --persons 23\nno\n", output);
	assert_non_null(strstr(output, "sinking at 35-12.40N 012-36.05E, 23 persons"));
	assert_non_null(strstr(output, "nothing was sent"));
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	play(place, "distress --nature sinking\nsend\n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	play(place, "distress --pos \"35-12.40N 012-36.05E\" --nature sinking\nSEND\n", output);
	assert_int_equal(rcc_client_outbox_count(place->crew.client), 1);
	assert_int_equal(place->crew.message->kind, RCC_BODY_ALERT);
	assert_int_equal(place->crew.message->u.alert.source, RCC_SOURCE_CREW);
	assert_int_equal(place->crew.message->u.alert.nature, RCC_NATURE_SINKING);
	assert_int_equal(place->crew.message->u.alert.pos.lat_e7, 352066667);
	assert_true(place->crew.message->u.alert.pos_at_ms > 0);
	assert_non_null(strstr(output, "not yet accepted: 1"));
}

static void
test_mistakes_send_nothing_and_end_a_script(void **state)
{
	struct place *place = *state;
	static const char *const wrong[] = {
	    "distress --pos nowhere --yes\ndistress --yes\n",
	    "distress --nature boredom --yes\ndistress --yes\n",
	    "distress --persons -3 --yes\ndistress --yes\n",
	    "answer latest unable\ndistress --yes\n",
	    "answer latest gladly\ndistress --yes\n",
	    "answer 2026-0001 done\ndistress --yes\n",
	    "show 7\ndistress --yes\n",
	    "wait nothing 1\ndistress --yes\n",
	};
	char output[OUTPUT_MAX];

	open_offline(place);
	place->crew.is_strict = true;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		play(place, wrong[i], output);
		assert_int_not_equal(place->crew.exit, RCC_EXIT_OK);
		assert_int_equal(rcc_client_outbox_count(place->crew.client), 0);
	}
}

static void
test_what_is_not_live_never_looks_live(void **state)
{
	struct place *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.number = 4;
	row.delivery.incident_year = 2026;
	row.delivery.incident_number = 12;
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.nature = RCC_NATURE_FIRE;
	row.delivery.source = RCC_SOURCE_DSC;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = 43522;
	row.delivery.bearing_ddeg = 3597;
	row.delivery.eta_min = 95;
	row.delivery.called_on = 1;
	listen(place);
	rcc_crew_show(&place->crew, &row);
	heard(place, output);
	assert_non_null(strstr(output, "MAYDAY RELAY: incident 2026-0012, delivery 4"));
	assert_non_null(strstr(output, "YOU ARE CALLED ON TO RESPOND"));
	assert_non_null(strstr(output, "NOT YET VERIFIED"));
	assert_non_null(strstr(output, "SOLAS V/33.1"));
	assert_non_null(strstr(output, "from you: 23.5 NM, bearing 000 degrees true, about 1 h 35 min"));
	for (int i = RCC_CLASS_TEST; i <= RCC_CLASS_EXERCISE; i++) {
		row.delivery.class = (enum rcc_class)i;
		listen(place);
		rcc_crew_show(&place->crew, &row);
		heard(place, output);
		assert_null(strstr(output, "MAYDAY"));
		assert_null(strstr(output, "CALLED ON"));
		assert_non_null(strstr(output, i == RCC_CLASS_TEST ? "TEST" : "EXERCISE EXERCISE EXERCISE"));
		assert_non_null(strstr(output, "nobody is in danger"));
	}
}

static void
test_the_casualty_is_not_told_of_itself_as_of_another(void **state)
{
	struct place *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.casualty.v = 232001000;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = 43522;
	place->crew.settings.mmsi.v = 232001000;
	listen(place);
	rcc_crew_show(&place->crew, &row);
	heard(place, output);
	assert_non_null(strstr(output, "this is your own distress"));
	assert_null(strstr(output, "from you"));
	row.delivery.kind = RCC_BROADCAST_CANCEL;
	listen(place);
	rcc_crew_show(&place->crew, &row);
	heard(place, output);
	assert_non_null(strstr(output, "cancelled by the centre"));
	assert_null(strstr(output, "resume your voyage"));
	place->crew.settings.mmsi.v = 232001001;
	listen(place);
	rcc_crew_show(&place->crew, &row);
	heard(place, output);
	assert_non_null(strstr(output, "resume your voyage"));
	assert_non_null(strstr(output, "from you: 23.5 NM"));
}

/* What the centre says, as the session shows it. */
static void
report(struct place *place, enum rcc_client_event event, enum rcc_role role, char output[OUTPUT_MAX])
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
	listen(place);
	rcc_crew_report(&place->crew, event, message);
	heard(place, output);
}

static void
test_welcome_is_said_when_something_changed(void **state)
{
	struct place *place = *state;
	char output[OUTPUT_MAX];

	open_offline(place);
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
	struct place *place = *state;
	char output[OUTPUT_MAX];

	open_offline(place);
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
	struct place *place = *state;
	static const char *const lines[] = {"help\n", "?\n"};
	char output[OUTPUT_MAX];

	open_offline(place);
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		play(place, lines[i], output);
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
	struct place *place = *state;
	static struct rcc_crew other;
	char wait[] = "wait", alert[] = "alert", seconds[] = "60";
	char *operands[] = {wait, alert, seconds};
	struct rcc_parsed parsed = {.operand_count = 3, .operand = operands};

	open_offline(place);
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
write_conf(const struct place *place, const char *content)
{
	FILE *file = fopen(place->conf, "w");

	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
test_settings_from_file_and_line(void **state)
{
	struct place *place = *state;
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
	struct place *place = *state;
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
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_words_of_a_line),
	    TEST(test_a_distress_takes_two_steps),
	    TEST(test_mistakes_send_nothing_and_end_a_script),
	    TEST(test_what_is_not_live_never_looks_live),
	    TEST(test_settings_from_file_and_line),
	    TEST(test_exit_codes_tell_usage_from_configuration),
	    TEST(test_the_casualty_is_not_told_of_itself_as_of_another),
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

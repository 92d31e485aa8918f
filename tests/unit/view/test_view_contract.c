/* docs/json.md and the code say the same: every key that can be written is documented, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "contract.h"
#include "world.h"

#define SOURCE_MAX 65536

static struct contract contract;

static void
assert_documented(const json_t *row, const char *class_name)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)row, key, value)
	{
		if (strcmp(key, "class") != 0 && !contract_has(&contract, class_name, key))
			fail_msg("docs/json.md does not tell key \"%s\" of class %s", key, class_name);
		if (json_is_object(value))
			assert_documented(value, class_name);
		assert_false(json_is_null(value));
	}
}

static void
check_page(const struct world *world)
{
	for (const char *at = world->rows->bytes; *at != '\0'; at = strchr(at, '\n') + 1) {
		json_t *row = json_loads(at, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(row);
		assert_memory_equal(at, "{\"class\":\"", 10);
		assert_documented(row, json_string_value(json_object_get(row, "class")));
		json_decref(row);
	}
}

/* Another centre is asked for a place, and asks for one. */
static void
ask_for_places(struct world *world)
{
	const struct rcc_peer *peer = rcc_peer_find_name(world->core, "MRCC NEXT");
	struct rcc_command *command = world_command(world, RCC_COMMAND_PLACE, 0, NOW_MS);

	command->u.place = (struct rcc_place){.incident = {1},
	                                      .step = RCC_PLACE_ASKED,
	                                      .name = "PORT N",
	                                      .authority = "MRCC NEXT",
	                                      .ship = {244670316},
	                                      .pos = {359000000, 145000000},
	                                      .text = "tonight"};
	command->scene.count = 1;
	command->scene.ship[0] = (struct rcc_scene_ship){{244670316}, {352000000, 126000000}, 120, NOW_MS - 5000};
	assert_true(world_step(world) > 0);
	for (uint32_t turn = 0; turn <= 1; turn++) {
		command = world_command(world, RCC_COMMAND_PLACE_REQUEST, 0, NOW_MS);
		command->origin.role = RCC_ROLE_PEER;
		command->origin.peer = peer->id;
		command->origin.key = peer->key;
		command->u.place_request = (struct rcc_place_request){.request = {{0xb0}},
		                                                      .step = RCC_REQUEST_ASK,
		                                                      .number = 31,
		                                                      .year = 2026,
		                                                      .place = "PORT Z",
		                                                      .officer = "Lt Vella",
		                                                      .needs = "water 3",
		                                                      .aboard = {.men = 3},
		                                                      .turn = turn,
		                                                      .record = {.seq = 12},
		                                                      .pos = RCC_POS_NONE,
		                                                      .ship_pos = RCC_POS_NONE};
		if (turn == 1) {
			command->u.place_request.request = world->core->request[0].asked.request;
			command->u.place_request.step = RCC_REQUEST_OFFER;
			command->u.place_request.pos = (struct rcc_pos){358000000, 144000000};
		}
		assert_true(world_step(world) > 0);
	}
}

static void
test_every_line_is_as_documented(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_doubts(world);
	world_places(world);
	world_persons(world);
	world_profile(world);
	world_sitrep(world, true);
	world_circular(world);
	ask_for_places(world);
	for (uint32_t what = RCC_VIEW_STATUS; what <= RCC_VIEW_LAST; what++) {
		if (VIEW_IS_UNUSED(what))
			continue;
		uint32_t id = what == RCC_VIEW_FLOOD ? RADIO : 1;
		if (what == RCC_VIEW_CIRCULARS)
			id = world->core->broadcast_last;
		assert_int_equal(world_view(world, (enum rcc_view_kind)what, id), RCC_OK);
		assert_true(world->rows->len > 0);
		check_page(world);
		if (getenv("SHOW"))
			fputs(world->rows->bytes, stderr);
	}
}

static void
test_every_example_is_as_documented(void **state)
{
	(void)state;
	assert_true(contract.examples >= 10);
	for (size_t i = 0; i < contract.examples; i++) {
		json_t *row = json_loads(contract.example[i].line, JSON_REJECT_DUPLICATES, NULL);
		if (row == NULL)
			fail_msg("not JSON: %s", contract.example[i].line);
		const char *class_name = json_string_value(json_object_get(row, "class"));
		assert_non_null(class_name);
		assert_string_equal(class_name, contract.example[i].class_name);
		assert_documented(row, class_name);
		json_decref(row);
	}
}

static const char *const sources[] = {
    "daemon/view/view_status.c",     "daemon/view/view_vessel.c",   "daemon/view/view_incident.c",
    "daemon/view/view_alert.c",      "daemon/view/view_delivery.c", "daemon/view/view_peer.c",
    "daemon/view/view_plan.c",       "daemon/view/view_persons.c",  "daemon/view/view_place.c",
    "daemon/view/view_note.c",       "daemon/view/view_course.c",   "daemon/view/view_handover.c",
    "daemon/view/view_request.c",    "daemon/view/view_duty.c",     "daemon/view/view_rank.c",
    "daemon/view/view_profile.c",    "daemon/view/view_parity.c",   "daemon/view/view_text.c",
    "daemon/view/view_circular.c",   "daemon/view/page.c",          "daemon/view/json.c",
    "clients/replay/lines.c",        "clients/replay/company.c",    "clients/replay/company_gaps.c",
    "clients/replay/review_print.c", "clients/replay/research.c"};
static char text[sizeof sources / sizeof sources[0]][SOURCE_MAX];

static void
read_sources(void)
{
	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
		char path[512];
		snprintf(path, sizeof path, "%s/%s", RCC_SOURCE_DIR, sources[i]);
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		size_t len = fread(text[i], 1, SOURCE_MAX - 1, file);
		assert_true(len > 0 && len < SOURCE_MAX - 1);
		fclose(file);
	}
}

/* The key literal of a call like rcc_json_uint(json, "id", ...); false if the key is not a literal. */
static bool
literal_key(const char *call, char key[CONTRACT_NAME_SIZE])
{
	const char *open = strchr(call, '(');
	const char *comma = open == NULL ? NULL : strchr(open, ',');
	const char *end = comma == NULL ? NULL : strchr(comma, ';');
	const char *quote = comma == NULL ? NULL : strchr(comma, '"');
	if (quote == NULL || strcspn(open, ");") < (size_t)(comma - open) || quote > end ||
	    strspn(comma + 1, " ") != (size_t)(quote - comma - 1))
		return false;
	size_t len = strcspn(quote + 1, "\"");
	assert_true(len > 0 && len < CONTRACT_NAME_SIZE);
	memcpy(key, quote + 1, len);
	key[len] = '\0';
	return true;
}

/* What can be written, whether or not a test makes it happen. */
static void
test_every_key_in_the_code_is_documented(void **state)
{
	(void)state;
	size_t found = 0;
	read_sources();
	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
		/* Views write by rcc_json_*, reports by rcc_lines_*; the class of a line is no key. */
		for (const char *at = strstr(text[i], "rcc_"); at != NULL; at = strstr(at + 1, "rcc_")) {
			char key[CONTRACT_NAME_SIZE];
			bool writes = strncmp(at, "rcc_json_", 9) == 0 || strncmp(at, "rcc_lines_", 10) == 0;
			if (!writes || !literal_key(at, key) || strcmp(key, "class") == 0 || key[0] < 'a')
				continue;
			found++;
			if (!contract_has(&contract, NULL, key))
				fail_msg("docs/json.md does not tell key \"%s\" of %s", key, sources[i]);
		}
	}
	assert_true(found > 100);
}

/* AUDIT and ASOF are rcc-replay's own: written there as parts of a format, with the quotation marks escaped. */
static const char *const replay_sources[] = {"verify.c", "asof.c", "erasure.c"};

static bool
is_of_replay(const char *class_name)
{
	return strcmp(class_name, "AUDIT") == 0 || strcmp(class_name, "ASOF") == 0;
}

/* A key in the document that no code writes is a promise nobody keeps. EVENT, ENTRY, TASK, KEY, CONTACT and NOTE_TEXT are rccctl's own. */
static void
test_every_documented_key_is_in_the_code(void **state)
{
	(void)state;
	read_sources();
	for (size_t k = 0; k < contract.keys; k++) {
		char quoted[CONTRACT_NAME_SIZE + 2];
		const char *class_name = contract.key[k].class_name;
		bool is_found = strcmp(class_name, "EVENT") == 0 || strcmp(class_name, "ENTRY") == 0 ||
		                strcmp(class_name, "KEY") == 0 || strcmp(class_name, "CONTACT") == 0 ||
		                strcmp(class_name, "TASK") == 0 || strcmp(class_name, "NOTE_TEXT") == 0 ||
		                is_of_replay(class_name);
		snprintf(quoted, sizeof quoted, "\"%s\"", contract.key[k].key);
		for (size_t i = 0; i < sizeof sources / sizeof sources[0] && !is_found; i++)
			is_found = strstr(text[i], quoted) != NULL;
		if (!is_found)
			fail_msg("no code writes key %s of class %s", quoted, class_name);
	}
}

static bool
is_in_replay(const char *key)
{
	char path[512];
	char quoted[CONTRACT_NAME_SIZE + 8];
	bool is_found = false;

	snprintf(quoted, sizeof quoted, "\\\"%s\\\":", key);
	for (size_t i = 0; i < sizeof replay_sources / sizeof replay_sources[0] && !is_found; i++) {
		snprintf(path, sizeof path, "%s/clients/replay/%s", RCC_SOURCE_DIR, replay_sources[i]);
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		size_t len = fread(text[0], 1, SOURCE_MAX - 1, file);
		text[0][len] = '\0';
		fclose(file);
		is_found = strstr(text[0], quoted) != NULL;
	}
	return is_found;
}

static void
test_every_key_of_an_audit_is_in_the_code(void **state)
{
	size_t found = 0;

	(void)state;
	for (size_t k = 0; k < contract.keys; k++) {
		if (!is_of_replay(contract.key[k].class_name) || strchr(contract.key[k].key, ' ') != NULL)
			continue;
		found++;
		if (!is_in_replay(contract.key[k].key))
			fail_msg("no code of rcc-replay writes key \"%s\" of class %s", contract.key[k].key,
			         contract.key[k].class_name);
	}
	assert_true(found > 20);
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	world_open(world);
	contract_read(&contract);
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	world_close(*state);
	free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_line_is_as_documented),
	    cmocka_unit_test(test_every_example_is_as_documented),
	    cmocka_unit_test(test_every_key_in_the_code_is_documented),
	    cmocka_unit_test(test_every_documented_key_is_in_the_code),
	    cmocka_unit_test(test_every_key_of_an_audit_is_in_the_code),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

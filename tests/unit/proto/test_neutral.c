/*
 * Nobody who is saved is asked who they are (R42): reads every field of every message, every column of the journal and every key of
 * the views. Persons are counts (SAR Convention annex 2.1.10; s003 par. 38: whatever the nationality, status or circumstances).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rcc.pb-c.h"

/* In no field anywhere: who somebody is. Words between underscores, by their beginning. */
static const char *const nowhere[] = {
    "nation",  "citizen",   "migrant",  "migration", "refugee",   "asylum",   "ethnic", "race",
    "religio", "faith",     "passport", "visa",      "smuggl",    "gender",   "birth",  "biometr",
    "photo",   "stateless", "tribe",    "illegal",   "irregular", "traffick",
};
/* In no field about persons, survivors or needs, beside those above. */
static const char *const of_nobody[] = {"name",   "surname",  "firstname", "age",   "status",  "route",   "fingerprint",
                                        "origin", "document", "identity",  "phone", "address", "language"};
/* The only text in what tells of persons: why, where the ship goes, how they are. */
static const char *const texts[] = {"reason", "next_port", "text"};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Is one of the words between the underscores of `name` of this list? NULL, or the entry. */
static const char *
forbidden(const char *name, const char *const *words, size_t count, bool by_beginning)
{
	for (const char *at = name; *at != '\0'; at += strspn(at, "_")) {
		size_t len = strcspn(at, "_");
		for (size_t i = 0; i < count; i++) {
			size_t word_len = strlen(words[i]);
			if (len >= word_len && memcmp(at, words[i], word_len) == 0 && (by_beginning || len == word_len))
				return words[i];
		}
		at += len;
	}
	return NULL;
}

/* ---- messages ---- */

#define SEEN_MAX 256
struct visit {
	const ProtobufCMessageDescriptor *seen[SEEN_MAX];
	size_t count, fields;
};

static bool
is_new(struct visit *visit, const ProtobufCMessageDescriptor *message)
{
	for (size_t i = 0; i < visit->count; i++) {
		if (visit->seen[i] == message)
			return false;
	}
	assert_true(visit->count < SEEN_MAX);
	visit->seen[visit->count++] = message;
	return true;
}

/* Walks along `seen`, which grows with every message that a field holds. */
static void
visit_all(struct visit *visit)
{
	for (size_t next = 0; next < visit->count; next++) {
		const ProtobufCMessageDescriptor *message = visit->seen[next];
		for (unsigned f = 0; f < message->n_fields; f++) {
			const ProtobufCFieldDescriptor *field = &message->fields[f];
			const char *word = forbidden(field->name, nowhere, COUNT_OF(nowhere), true);
			if (word != NULL)
				fail_msg("%s.%s: \"%s\"", message->short_name, field->name, word);
			visit->fields++;
			if (field->type == PROTOBUF_C_TYPE_MESSAGE)
				(void)is_new(visit, field->descriptor);
		}
	}
}

static void
test_no_field_asks_who_somebody_is(void **state)
{
	struct visit visit = {.count = 0};
	(void)state;
	(void)is_new(&visit, &rcc__v1__envelope__descriptor);
	(void)is_new(&visit, &rcc__v1__command__descriptor);
	(void)is_new(&visit, &rcc__v1__event__descriptor);
	visit_all(&visit);
	/* All of the schema was read, and the lists below are of it. */
	assert_true(visit.count > 80 && visit.fields > 500);
	assert_false(is_new(&visit, &rcc__v1__persons__descriptor));
	assert_false(is_new(&visit, &rcc__v1__survivors_reported__descriptor));
}

static void
test_persons_are_counts(void **state)
{
	const ProtobufCMessageDescriptor *persons = &rcc__v1__persons__descriptor;
	(void)state;
	assert_int_equal(persons->n_fields, 10);
	for (unsigned f = 0; f < persons->n_fields; f++)
		assert_int_equal(persons->fields[f].type, PROTOBUF_C_TYPE_UINT32);
}

/* Text about persons is why something was done and how they are; everything else is a count, a flag, a ship or a time. */
static void
test_text_about_persons(void **state)
{
	static const ProtobufCMessageDescriptor *const messages[] = {
	    &rcc__v1__persons__descriptor,       &rcc__v1__move_persons__descriptor,
	    &rcc__v1__survivors__descriptor,     &rcc__v1__need__descriptor,
	    &rcc__v1__persons_moved__descriptor, &rcc__v1__survivors_reported__descriptor,
	    &rcc__v1__need_changed__descriptor,
	};
	(void)state;
	for (size_t m = 0; m < COUNT_OF(messages); m++) {
		for (unsigned f = 0; f < messages[m]->n_fields; f++) {
			const ProtobufCFieldDescriptor *field = &messages[m]->fields[f];
			const char *word = forbidden(field->name, of_nobody, COUNT_OF(of_nobody), false);
			bool is_listed = false;
			for (size_t i = 0; i < COUNT_OF(texts); i++)
				is_listed = is_listed || strcmp(texts[i], field->name) == 0;
			bool is_text = field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES;
			if (word != NULL || (is_text && !is_listed))
				fail_msg("%s.%s has no place here", messages[m]->short_name, field->name);
		}
	}
}

/* ---- what is stored and shown ---- */

#define FILE_MAX 131072
static char file_text[FILE_MAX];

static void
read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t len = fread(file_text, 1, FILE_MAX - 1, file);
	assert_true(len > 0 && len < FILE_MAX - 1);
	fclose(file);
	file_text[len] = '\0';
}

#define WORD_CHARACTERS "abcdefghijklmnopqrstuvwxyz_"

/* Each word of `text` up to `end`, as a name with underscores. */
static size_t
assert_words_are_neutral(const char *text, const char *end, const char *where)
{
	size_t count = 0;
	for (const char *at = text; at < end;) {
		char name[64] = "";
		size_t len = strspn(at, WORD_CHARACTERS);
		if (len > 0 && len < sizeof name) {
			memcpy(name, at, len);
			const char *word = forbidden(name, nowhere, COUNT_OF(nowhere), true);
			if (word != NULL)
				fail_msg("%s: %s: \"%s\"", where, name, word);
			count++;
		}
		at += len > 0 ? len : 1;
	}
	return count;
}

/* A table that has a column `name` is of keys, vessels or cases: no table is of people. */
static void
test_no_column_asks_who_somebody_is(void **state)
{
	static const char *const named[] = {"peer", "alert", "incident", "plan"};
	size_t tables = 0;
	(void)state;
	read_file(RCC_SOURCE_DIR "/daemon/journal/schema.c");
	for (const char *at = strstr(file_text, "CREATE TABLE "); at != NULL; at = strstr(at + 1, "CREATE TABLE ")) {
		const char *table = at + strlen("CREATE TABLE ");
		const char *end = strchr(table, ';');
		const char *column = strstr(table, " name ");
		size_t len = strspn(table, WORD_CHARACTERS);
		bool is_allowed = false;
		assert_non_null(end);
		for (size_t i = 0; i < COUNT_OF(named); i++)
			is_allowed = is_allowed || (strlen(named[i]) == len && memcmp(named[i], table, len) == 0);
		if (column != NULL && column < end && !is_allowed)
			fail_msg("table %.*s has a column for names", (int)len, table);
		assert_true(assert_words_are_neutral(table, end, "schema.c") >= 3);
		tables++;
	}
	assert_true(tables > 10);
}

static void
test_no_key_of_a_view_asks_who_somebody_is(void **state)
{
	bool is_of_persons = false;
	size_t keys = 0;
	(void)state;
	read_file(RCC_SOURCE_DIR "/docs/json.md");
	for (char *line = file_text, *end = NULL; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		char *cell = strncmp(line, "| `", 3) == 0 ? strchr(line + 1, '|') : NULL;
		if (strncmp(line, "## ", 3) == 0)
			is_of_persons = strncmp(line, "## PERSONS\n", 11) == 0 ||
			                strncmp(line, "## BALANCE\n", 11) == 0 || strncmp(line, "## NEED\n", 8) == 0;
		if (cell == NULL)
			continue;
		keys += assert_words_are_neutral(line, cell, "json.md");
		for (const char *key = line + 2; is_of_persons && key < cell; key++) {
			char name[64] = "";
			size_t len = strspn(key, WORD_CHARACTERS);
			assert_true(len < sizeof name);
			memcpy(name, key, len);
			if (forbidden(name, of_nobody, COUNT_OF(of_nobody), false) != NULL)
				fail_msg("json.md: key %s has no place among persons", name);
			key += len;
		}
	}
	assert_true(keys > 300);
}

/* The test itself sees what it looks for. */
static void
test_what_would_be_found(void **state)
{
	(void)state;
	assert_non_null(forbidden("nationality", nowhere, COUNT_OF(nowhere), true));
	assert_non_null(forbidden("flag_of_nation", nowhere, COUNT_OF(nowhere), true));
	assert_non_null(forbidden("asylum_stated", nowhere, COUNT_OF(nowhere), true));
	assert_non_null(forbidden("survivor_name", of_nobody, COUNT_OF(of_nobody), false));
	assert_non_null(forbidden("status", of_nobody, COUNT_OF(of_nobody), false));
	assert_null(forbidden("next_port", of_nobody, COUNT_OF(of_nobody), false));
	assert_null(forbidden("protection_stated", nowhere, COUNT_OF(nowhere), true));
	assert_null(forbidden("languages", of_nobody, COUNT_OF(of_nobody), false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_field_asks_who_somebody_is),
	    cmocka_unit_test(test_persons_are_counts),
	    cmocka_unit_test(test_text_about_persons),
	    cmocka_unit_test(test_no_column_asks_who_somebody_is),
	    cmocka_unit_test(test_no_key_of_a_view_asks_who_somebody_is),
	    cmocka_unit_test(test_what_would_be_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Keys of sealed particulars by their contract: kept, private, found again, and gone when they are destroyed. */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bad_disk.h"
#include "journal/sealed.h"

#define T0 STORY_START
/* Several pages of keys, so that pages are split and merged around what is destroyed. */
#define KEYS 400

static struct rcc_seal_key
key_of(uint32_t n)
{
	struct rcc_seal_key key;

	/* Bytes that stand nowhere else in a file. */
	for (size_t i = 0; i < sizeof key.b; i++)
		key.b[i] = (uint8_t)((n * 2654435761u + 40503u * (uint32_t)i * (n | 1)) >> 7);
	memcpy(key.b, &n, sizeof n);
	return key;
}

static struct rcc_seal_id
id_of(uint32_t n)
{
	struct rcc_seal_id id = {{0}};

	/* Spread, as random ones are. */
	uint32_t spread = n * 2654435761u;
	memcpy(id.b, &spread, sizeof spread);
	memcpy(id.b + 4, &n, sizeof n);
	return id;
}

static const char *
path_of(struct desk *desk)
{
	static char path[DESK_PATH_SIZE];

	snprintf(path, sizeof path, "%s", desk_file(desk, "sealed.db"));
	return path;
}

static enum rcc_status
open_with(struct desk *desk, struct rcc_sealed_store *store, uint32_t fresh, struct rcc_seal_key *ret_secret)
{
	struct rcc_seal_key secret = key_of(fresh);

	return rcc_sealed_open(store, path_of(desk), &secret, ret_secret, &desk->fault);
}

static enum rcc_status
put(struct rcc_sealed_store *store, uint32_t n)
{
	struct rcc_seal_id id = id_of(n);
	struct rcc_seal_key key = key_of(n);

	return rcc_sealed_put(store, &id, &key, RCC_CLASS_LIVE, T0);
}

static enum rcc_status
get(struct rcc_sealed_store *store, uint32_t n)
{
	struct rcc_seal_id id = id_of(n);
	struct rcc_seal_key wanted = key_of(n);
	struct rcc_seal_key key = {{0}};
	enum rcc_status status = rcc_sealed_get(store, &id, &key);

	if (status == RCC_OK)
		assert_memory_equal(&key, &wanted, sizeof key);
	return status;
}

/* Do these bytes stand in the file? */
static bool
holds(const char *path, const struct rcc_seal_key *key)
{
	FILE *file = fopen(path, "rb");
	static uint8_t bytes[4 << 20];
	size_t len;
	bool is_found = false;

	if (file == NULL)
		return false;
	len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	assert_true(len < sizeof bytes);
	for (size_t i = 0; i + sizeof key->b <= len && !is_found; i++)
		is_found = memcmp(bytes + i, key->b, sizeof key->b) == 0;
	return is_found;
}

static bool
is_on_disk(struct desk *desk, uint32_t n)
{
	struct rcc_seal_key key = key_of(n);
	char log[DESK_PATH_SIZE + 8];

	snprintf(log, sizeof log, "%s-wal", path_of(desk));
	return holds(path_of(desk), &key) || holds(log, &key);
}

static mode_t
mode_of(const char *path)
{
	struct stat info;

	assert_int_equal(stat(path, &info), 0);
	return info.st_mode & 0777;
}

static void
test_reopen(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret = {{0}};
	struct rcc_seal_key first = key_of(1000);
	char log[DESK_PATH_SIZE + 8];
	mode_t mask = umask(0);

	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	assert_memory_equal(&secret, &first, sizeof secret);
	assert_int_equal(put(&store, 1), RCC_OK);
	assert_int_equal(mode_of(path_of(desk)), 0600);
	snprintf(log, sizeof log, "%s-wal", path_of(desk));
	assert_int_equal(mode_of(log), 0600);
	umask(mask);
	/* An id has one key for ever. */
	struct rcc_seal_id id = id_of(1);
	struct rcc_seal_key other = key_of(2);
	assert_int_not_equal(rcc_sealed_put(&store, &id, &other, RCC_CLASS_LIVE, T0), RCC_OK);
	assert_int_equal(get(&store, 1), RCC_OK);
	rcc_sealed_close(&store);
	rcc_sealed_close(&store);
	/* The second run offers another secret: the first one holds. */
	assert_int_equal(open_with(desk, &store, 1001, &secret), RCC_OK);
	assert_memory_equal(&secret, &first, sizeof secret);
	assert_int_equal(get(&store, 1), RCC_OK);
	assert_int_equal(get(&store, 2), RCC_E_NOT_FOUND);
	rcc_sealed_close(&store);
}

static void
test_two_openers(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store one = {NULL};
	struct rcc_sealed_store two = {NULL};
	struct rcc_seal_key secret_one = {{0}};
	struct rcc_seal_key secret_two = {{0}};

	assert_int_equal(open_with(desk, &one, 1000, &secret_one), RCC_OK);
	assert_int_equal(open_with(desk, &two, 1001, &secret_two), RCC_OK);
	assert_memory_equal(&secret_one, &secret_two, sizeof secret_one);
	assert_int_equal(put(&one, 1), RCC_OK);
	assert_int_equal(put(&two, 2), RCC_OK);
	assert_int_equal(get(&one, 2), RCC_OK);
	assert_int_equal(get(&two, 1), RCC_OK);
	struct rcc_seal_id id = id_of(1);
	assert_int_equal(rcc_sealed_destroy(&two, &id), RCC_OK);
	assert_int_equal(get(&one, 1), RCC_E_NOT_FOUND);
	assert_false(is_on_disk(desk, 1));
	rcc_sealed_close(&one);
	rcc_sealed_close(&two);
}

static void
test_destroyed(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret;
	struct rcc_seal_id id;

	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	for (uint32_t n = 0; n < KEYS; n++)
		assert_int_equal(put(&store, n), RCC_OK);
	assert_true(is_on_disk(desk, 3));
	for (uint32_t n = 3; n < KEYS; n += 3) {
		id = id_of(n);
		assert_int_equal(rcc_sealed_destroy(&store, &id), RCC_OK);
		assert_int_equal(rcc_sealed_destroy(&store, &id), RCC_E_NOT_FOUND);
	}
	for (uint32_t n = 0; n < KEYS; n++) {
		bool is_destroyed = n > 0 && n % 3 == 0;
		assert_int_equal(get(&store, n), is_destroyed ? RCC_E_NOT_FOUND : RCC_OK);
		if (is_on_disk(desk, n) == is_destroyed)
			fail_msg("key %u is %son the disk", n, is_destroyed ? "" : "not ");
	}
	rcc_sealed_close(&store);
}

/* A reader in a transaction of its own keeps the log: the key is gone for everybody who asks, and the caller is told. */
static void
test_destroyed_under_a_reader(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret;
	struct rcc_seal_id id = id_of(1);
	sqlite3 *reader = NULL;

	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	assert_int_equal(put(&store, 1), RCC_OK);
	assert_int_equal(sqlite3_open(path_of(desk), &reader), SQLITE_OK);
	desk_sql(reader, "BEGIN; SELECT count(*) FROM seal_key");
	assert_int_equal(rcc_sealed_destroy(&store, &id), RCC_E_BUSY);
	assert_int_equal(get(&store, 1), RCC_E_NOT_FOUND);
	desk_sql(reader, "COMMIT");
	sqlite3_close(reader);
	assert_int_equal(rcc_sealed_destroy(&store, &id), RCC_E_NOT_FOUND);
	assert_false(is_on_disk(desk, 1));
	rcc_sealed_close(&store);
}

static void
test_not_ours(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret = key_of(5);
	struct rcc_seal_key before = secret;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path_of(desk), &db), SQLITE_OK);
	desk_sql(db, "CREATE TABLE other(x)");
	sqlite3_close(db);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_E_CORRUPT);
	assert_true(store.impl == NULL);
	assert_non_null(strstr(desk->fault.text, "sealed.db"));
	assert_int_equal(desk_int(path_of(desk), "SELECT count(*) FROM sqlite_schema"), 1);
	FILE *file = fopen(path_of(desk), "wb");
	assert_non_null(file);
	for (int i = 0; i < 1000; i++)
		fputs("no database at all\n", file);
	fclose(file);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_E_CORRUPT);
	assert_int_equal(unlink(path_of(desk)), 0);
	assert_int_equal(mkdir(path_of(desk), 0700), 0);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_E_IO);
	assert_int_equal(rmdir(path_of(desk)), 0);
	assert_memory_equal(&secret, &before, sizeof secret);
}

/* Bytes that are no key are never used as one. */
static void
test_damaged_keys(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret;
	sqlite3 *db = NULL;

	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	assert_int_equal(put(&store, 1), RCC_OK);
	rcc_sealed_close(&store);
	assert_int_equal(sqlite3_open(path_of(desk), &db), SQLITE_OK);
	desk_sql(db, "PRAGMA ignore_check_constraints=ON; UPDATE tag_secret SET secret = x'00';"
	             "UPDATE seal_key SET key = x'00'");
	sqlite3_close(db);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_E_CORRUPT);
	assert_int_equal(sqlite3_open(path_of(desk), &db), SQLITE_OK);
	desk_sql(db, "DELETE FROM tag_secret");
	sqlite3_close(db);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	assert_int_equal(get(&store, 1), RCC_E_CORRUPT);
	rcc_sealed_close(&store);
}

/* A full or failing disk: the put says so, nothing half is kept, and it works again when the disk does. */
static void
test_bad_disk(void **state)
{
	static const int errors[] = {SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_WRITE};
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret;

	bad_disk_set(1, SQLITE_FULL, 0);
	assert_int_not_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	assert_true(store.impl == NULL);
	bad_disk_set(0, 0, 0);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	for (uint32_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		bad_disk_set(1, errors[i], errors[i] == SQLITE_IOERR_FSYNC);
		assert_int_not_equal(put(&store, 10 + i), RCC_OK);
		bad_disk_set(0, 0, 0);
		rcc_sealed_close(&store);
		assert_int_equal(open_with(desk, &store, 1001, &secret), RCC_OK);
		assert_int_equal(put(&store, 20 + i), RCC_OK);
		assert_int_equal(get(&store, 20 + i), RCC_OK);
	}
	/* A put that returned has asked the disk to keep it. */
	bad_disk_set(0, 0, 1);
	assert_int_equal(put(&store, 30), RCC_OK);
	assert_true(bad_disk_calls() >= 1);
	bad_disk_set(1, SQLITE_FULL, 0);
	struct rcc_seal_id id = id_of(30);
	assert_int_not_equal(rcc_sealed_destroy(&store, &id), RCC_OK);
	bad_disk_set(0, 0, 0);
	assert_int_equal(get(&store, 30), RCC_OK);
	assert_int_equal(rcc_sealed_destroy(&store, &id), RCC_OK);
	rcc_sealed_close(&store);
}

/* Whoever looks from outside sees which keys are gone, and no key. */
static void
test_counted_from_outside(void **state)
{
	struct desk *desk = *state;
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key secret;
	const struct rcc_seal_id ids[] = {id_of(1), id_of(2), id_of(3)};
	size_t there = 99;

	assert_int_equal(rcc_sealed_count_file(path_of(desk), ids, 3, &there, &desk->fault), RCC_E_NOT_FOUND);
	assert_int_equal(open_with(desk, &store, 1000, &secret), RCC_OK);
	for (uint32_t n = 1; n <= 3; n++)
		assert_int_equal(put(&store, n), RCC_OK);
	assert_int_equal(rcc_sealed_count_file(path_of(desk), ids, 3, &there, &desk->fault), RCC_OK);
	assert_int_equal(there, 3);
	assert_int_equal(rcc_sealed_destroy(&store, &ids[1]), RCC_OK);
	rcc_sealed_close(&store);
	assert_int_equal(rcc_sealed_count_file(path_of(desk), ids, 3, &there, &desk->fault), RCC_OK);
	assert_int_equal(there, 2);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_reopen),   TEST(test_two_openers),  TEST(test_destroyed), TEST(test_destroyed_under_a_reader),
	    TEST(test_not_ours), TEST(test_damaged_keys), TEST(test_bad_disk),  TEST(test_counted_from_outside),
	};

	bad_disk_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

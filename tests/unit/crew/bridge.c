#define _POSIX_C_SOURCE 200809L
#include "bridge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int
bridge_setup(void **state)
{
	struct bridge *place = calloc(1, sizeof *place);

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

int
bridge_teardown(void **state)
{
	struct bridge *place = *state;
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

void
bridge_listen(struct bridge *place)
{
	fflush(NULL);
	place->output = tmpfile();
	assert_non_null(place->output);
	place->saved = dup(STDOUT_FILENO);
	assert_true(place->saved >= 0);
	assert_true(dup2(fileno(place->output), STDOUT_FILENO) >= 0);
}

void
bridge_heard(struct bridge *place, char output[OUTPUT_MAX])
{
	fflush(NULL);
	assert_true(dup2(place->saved, STDOUT_FILENO) >= 0);
	close(place->saved);
	rewind(place->output);
	output[fread(output, 1, OUTPUT_MAX - 1, place->output)] = '\0';
	fclose(place->output);
}

void
bridge_open_offline(struct bridge *place)
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

void
bridge_play(struct bridge *place, const char *lines, char output[OUTPUT_MAX])
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_true(fputs(lines, file) >= 0);
	rewind(file);
	place->crew.is_over = false;
	bridge_listen(place);
	rcc_crew_session(&place->crew, file);
	bridge_heard(place, output);
	fclose(file);
}

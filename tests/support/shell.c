#define _GNU_SOURCE
#include "shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "batch.h"
#include "intake.h"

#define REMOVE "rm -rf "

void
shell_open(struct shell *shell, const struct rcc_rules *rules)
{
	static struct rcc_config config;
	struct rcc_fault fault = {0};

	memset(shell, 0, sizeof *shell);
	(void)snprintf(shell->folder, sizeof shell->folder, "/tmp/rcc_app_XXXXXX");
	assert_non_null(mkdtemp(shell->folder));
	rcc_config_init(&config);
	(void)snprintf(config.state_dir, sizeof config.state_dir, "%s", shell->folder);
	(void)snprintf(config.control, sizeof config.control, "%s/control.sock", shell->folder);
	(void)snprintf(config.ships, sizeof config.ships, "tcp://127.0.0.1:*");
	(void)snprintf(config.operations, sizeof config.operations, "tcp://127.0.0.1:*");
	(void)snprintf(config.live, sizeof config.live, "tcp://127.0.0.1:*");
	if (rules != NULL)
		config.rules = *rules;
	if (rcc_app_open(&shell->app, &config, &fault) != RCC_OK)
		fail_msg("%s", fault.text);
	shell->app.now_ms = rcc_clock_now_ms(&shell->app.clock);
	shell->app.monotonic_ms = rcc_clock_monotonic_ms();
}

void
shell_close(struct shell *shell)
{
	char command[sizeof REMOVE + sizeof shell->folder];

	rcc_app_close(&shell->app);
	(void)snprintf(command, sizeof command, "%s%s", REMOVE, shell->folder);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a name that this file made */
	shell->folder[0] = '\0';
}

struct rcc_envelope *
shell_begin(struct shell *shell, enum rcc_body_kind kind)
{
	struct rcc_envelope *envelope = &shell->envelope;

	memset(envelope, 0, sizeof *envelope);
	shell->messages++;
	for (size_t i = 0; i < sizeof shell->messages; i++)
		envelope->id.b[sizeof envelope->id.b - 1 - i] = (uint8_t)(shell->messages >> (8 * i));
	envelope->protocol = RCC_PROTOCOL_MAX;
	envelope->claimed_at_ms = shell->app.now_ms;
	envelope->class = RCC_CLASS_LIVE;
	envelope->kind = kind;
	return envelope;
}

void
shell_say(struct shell *shell, enum rcc_port port, const struct rcc_key *key)
{
	struct rcc_inbound *inbound = &shell->app.inbound;

	memset(inbound, 0, offsetof(struct rcc_inbound, bytes));
	inbound->port = port;
	if (key != NULL)
		inbound->key = *key;
	enum rcc_status status =
	    rcc_wire_encode(&shell->envelope, inbound->bytes, sizeof inbound->bytes, &inbound->len);
	assert_int_equal(status, RCC_OK);
	shell_say_again(shell);
}

void
shell_say_again(struct shell *shell)
{
	if (!rcc_batch_has_room(&shell->app))
		shell_commit(shell);
	rcc_intake(&shell->app);
}

void
shell_commit(struct shell *shell)
{
	assert_int_equal(rcc_journal_commit(&shell->app.journal), RCC_OK);
	rcc_batch_clear(&shell->app);
}

void
shell_wait(struct shell *shell, int64_t ms)
{
	struct rcc_app *app = &shell->app;

	app->now_ms += ms;
	app->monotonic_ms += ms;
	rcc_entry_clear(&app->entry);
	while (rcc_core_due(&app->core, app->now_ms, &app->entry.cause)) {
		if (!rcc_batch_has_room(app))
			shell_commit(shell);
		assert_int_equal(rcc_batch_take(app, NULL, NULL), RCC_OK);
		rcc_entry_clear(&app->entry);
	}
}

struct rcc_peer_id
shell_enrol(struct shell *shell, enum rcc_role role, uint32_t mmsi, const struct rcc_key *key)
{
	struct rcc_enrol *enrol = &shell_begin(shell, RCC_BODY_ENROL)->u.enrol;
	uint32_t before = shell->app.core.peer_count;

	(void)snprintf(enrol->name, sizeof enrol->name, "%u PEER", (unsigned)before + 1);
	enrol->role = role;
	enrol->mmsi.v = mmsi;
	enrol->key = *key;
	shell_say(shell, RCC_PORT_CONTROL, NULL);
	assert_int_equal(shell->app.core.peer_count, before + 1);
	return (struct rcc_peer_id){before + 1};
}

/*
 * play_send.c - alerts of a record into a centre for training, as exercises. Two walls keep them from a real one: the centre itself
 * must say that it is for training, and no message is made here whose class is live.
 */
#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/play.h"

/* For a connection with its handshake, and for an answer after a commit. */
#define WAIT_MS 10000
/* What the centre that recorded it added: of another place and time. */
#define MARKS_ADDED (RCC_ALERT_DOUBTS | RCC_ALERT_CONTACT_LOST | RCC_ALERT_CODED_TEST)

static int64_t
wall_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

static bool
await_welcome(struct rcc_client *client)
{
	const struct rcc_envelope *message = NULL;
	int64_t until_ms = wall_ms() + WAIT_MS;

	while (rcc_client_welcome(client) == NULL && wall_ms() < until_ms)
		(void)rcc_client_next(client, 200, &message);
	return rcc_client_welcome(client) != NULL;
}

static bool
may_be_played_to(const struct rcc_welcome *welcome, int *ret_exit)
{
	*ret_exit = RCC_EXIT_NOT_ALLOWED;
	if (welcome->training == 0)
		fprintf(
		    stderr,
		    _("rcc-replay: %s runs no exercise: it does not say that it is for training (training = 1 in its "
		      "rccd.conf). Nothing was sent\n"),
		    welcome->centre);
	/* From a feed, what a crew or an officer said waits in quarantine: an exercise would stop there. */
	else if (welcome->role != RCC_ROLE_OFFICER && welcome->role != RCC_ROLE_ADMIN)
		fprintf(stderr,
		        _("rcc-replay: %s does not know our key as an officer's: enrol it there. Nothing was sent\n"),
		        welcome->centre);
	else
		return true;
	return false;
}

bool
rcc_play_sender_open(struct rcc_play_sender *sender, const struct rcc_replay *replay, int *ret_exit)
{
	struct rcc_client_config config = {0};
	struct rcc_fault fault = {0};

	*ret_exit = RCC_EXIT_USAGE;
	if (!rcc_replay_link(replay, &config))
		return false;
	sender->message = calloc(1, sizeof *sender->message);
	enum rcc_status status = sender->message == NULL ? RCC_E_FULL : rcc_client_init();
	if (status != RCC_OK)
		(void)rcc_fault_set(&fault, status, "%s", rcc_status_text(status));
	else
		status = rcc_client_open(&config, &sender->client, &fault);
	if (status != RCC_OK) {
		fprintf(stderr, "rcc-replay: %s\n", fault.text);
		*ret_exit = rcc_exit_of(status);
		return false;
	}
	if (!await_welcome(sender->client)) {
		fprintf(stderr, _("rcc-replay: %s does not answer\n"), replay->endpoint);
		*ret_exit = RCC_EXIT_UNREACHABLE;
		return false;
	}
	return may_be_played_to(rcc_client_welcome(sender->client), ret_exit);
}

void
rcc_play_sender_close(struct rcc_play_sender *sender)
{
	rcc_client_close(&sender->client);
	free(sender->message);
	sender->message = NULL;
}

static int64_t
moved(int64_t at_ms, int64_t recorded_at_ms, int64_t now_ms)
{
	return at_ms == 0 ? 0 : now_ms - (recorded_at_ms - at_ms);
}

bool
rcc_play_exercise(struct rcc_alert *alert, int64_t recorded_at_ms, int64_t now_ms)
{
	if ((alert->marks & RCC_ALERT_RESTRICTED) != 0)
		return false;
	if (alert->class != RCC_CLASS_TEST)
		alert->class = RCC_CLASS_EXERCISE;
	alert->pos_at_ms = moved(alert->pos_at_ms, recorded_at_ms, now_ms);
	alert->signal_at_ms = moved(alert->signal_at_ms, recorded_at_ms, now_ms);
	alert->marks &= ~MARKS_ADDED;
	/* A caller's particulars stay where they are, sealed. */
	alert->contact = 0;
	alert->sealed_len = 0;
	memset(alert->sealed, 0, sizeof alert->sealed);
	return true;
}

static void
tell_answer(const struct rcc_envelope *reply)
{
	if (reply->kind == RCC_BODY_ACCEPTED)
		printf(_("  sent as %s: accepted, entry %llu there\n"), rcc_class_word(RCC_CLASS_EXERCISE),
		       (unsigned long long)reply->u.accepted.entry.seq);
	else if (reply->kind == RCC_BODY_REFUSED)
		printf(_("  sent as %s: refused, %s %s\n"), rcc_class_word(RCC_CLASS_EXERCISE),
		       rcc_refusal_word(reply->u.refused.reason), reply->u.refused.field);
	else
		puts(_("  sent: the centre could not record it"));
	fflush(stdout);
}

bool
rcc_play_send(struct rcc_play_sender *sender, const struct rcc_alert *alert, int64_t recorded_at_ms)
{
	struct rcc_envelope *message = sender->message;
	const struct rcc_envelope *reply = NULL;

	*message = (struct rcc_envelope){.kind = RCC_BODY_ALERT, .class = RCC_CLASS_EXERCISE};
	message->u.alert = *alert;
	if (!rcc_play_exercise(&message->u.alert, recorded_at_ms, wall_ms())) {
		puts(_("  not sent: it was for officers alone"));
		return true;
	}
	message->class = message->u.alert.class;
	assert(message->class != RCC_CLASS_LIVE && message->u.alert.class != RCC_CLASS_LIVE);
	enum rcc_status status = rcc_client_request(sender->client, message, WAIT_MS, &reply);
	if (status != RCC_OK) {
		fprintf(stderr, _("rcc-replay: the centre does not answer: %s\n"), rcc_status_text(status));
		return false;
	}
	tell_answer(reply);
	return true;
}

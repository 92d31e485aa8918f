#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "proto/chain.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define WAIT_MAX_S 86400
/* Nothing more is shown for so long: that was all. */
#define QUIET_MS 100
#define DRAIN_MS 3000 /* for what came together with the alert that was waited for */

/* ---- small helpers ---- */

void
rcc_crew_fail(struct rcc_crew *crew, int exit_code, const char *sentence)
{
	rcc_crew_complain("%s", sentence);
	crew->exit = exit_code;
}

bool
rcc_crew_number(const char *text, uint32_t max, uint32_t *ret_number)
{
	char *end = NULL;
	unsigned long value = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || value > max) {
		return false;
	}
	*ret_number = (uint32_t)value;
	return true;
}

const char *
rcc_crew_operand(const struct rcc_parsed *parsed, int index)
{
	return index < parsed->operand_count ? parsed->operand[index] : NULL;
}

/* A single verb waits for its answer: whoever typed it must know. In a session the answer is a line of its own. */
static void
await_answer(struct rcc_crew *crew)
{
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.timeout_ms;

	while (!crew->is_answered && rcc_crew_now_ms() < deadline_ms) {
		(void)rcc_crew_take(crew, deadline_ms - rcc_crew_now_ms());
	}
	if (!crew->is_answered) {
		rcc_crew_fail(
		    crew, RCC_EXIT_UNREACHABLE,
		    _("NOT CONFIRMED: the centre has not answered in time; use another channel; the message is kept "
		      "and goes "
		      "on when this program runs again"));
	}
}

void
rcc_crew_post(struct rcc_crew *crew)
{
	enum rcc_status status = rcc_client_post(crew->client, crew->message);

	if (status != RCC_OK) {
		rcc_crew_complain(_("not sent: %s"), rcc_status_text(status));
		crew->exit = RCC_EXIT_FAILED;
		return;
	}
	const char *fault = rcc_client_store_fault(crew->client);
	if (fault != NULL) {
		rcc_crew_complain(
		    _("this computer cannot store the message (%s); do not switch it off before it is accepted"),
		    fault);
	}
	crew->posted = crew->message->id;
	crew->is_posted = true;
	crew->is_answered = false;
	if (crew->board != NULL) {
		struct rcc_posted posted = {.id = crew->message->id, .posted_at_ms = crew->message->claimed_at_ms};

		rcc_board_posted(crew->board, crew->message, &posted);
	}
	if (!crew->is_session) {
		await_answer(crew);
	}
}

/* ---- the rest ---- */

static void
do_trust(struct rcc_crew *crew)
{
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.timeout_ms;

	while (rcc_client_welcome(crew->client) == NULL && rcc_crew_now_ms() < deadline_ms) {
		(void)rcc_crew_take(crew, deadline_ms - rcc_crew_now_ms());
	}
	enum rcc_status status = rcc_client_trust(crew->client);
	if (status != RCC_OK) {
		rcc_crew_complain(_("the signing key was not taken: %s"), rcc_status_text(status));
		crew->exit = status == RCC_E_UNREACHABLE ? RCC_EXIT_UNREACHABLE : RCC_EXIT_FAILED;
		return;
	}
	rcc_crew_say(crew, "%s", _("the centre's signing key is taken as genuine"));
}

/* What a script may wait for: each happening can be waited for once. */
static uint32_t *
waited_of(struct rcc_crew *crew, const char *what, const uint32_t **ret_count)
{
	if (strcmp(what, "alert") == 0) {
		*ret_count = &crew->alerts;
		return &crew->waited_alerts;
	}
	if (strcmp(what, "accepted") == 0) {
		*ret_count = &crew->answers;
		return &crew->waited_answers;
	}
	if (strcmp(what, "welcome") == 0) {
		*ret_count = &crew->welcomes;
		return &crew->waited_welcomes;
	}
	return NULL;
}

static void
do_wait(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *what = rcc_crew_operand(parsed, 1), *seconds = rcc_crew_operand(parsed, 2);
	const uint32_t *count = NULL;
	uint32_t wait_s = 0;
	uint32_t *waited = what != NULL ? waited_of(crew, what, &count) : NULL;

	if (waited == NULL || seconds == NULL || !rcc_crew_number(seconds, WAIT_MAX_S, &wait_s)) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("wait alert|accepted|welcome SECONDS"));
		return;
	}
	if (!crew->is_session && crew->watch != CREW_WATCH_OURS && strcmp(what, "alert") == 0) {
		rcc_crew_fail(
		    crew, RCC_EXIT_FAILED,
		    _("wait: another rcc-crew with this key is running, and the alerts come to it; wait there"));
		return;
	}
	/* What lies here unshown is no news beside what waits at the centre: all of it is shown, the newest last. */
	if (!crew->is_session && count == &crew->alerts) {
		rcc_crew_fetch(crew);
	}
	int64_t deadline_ms = rcc_crew_now_ms() + wait_s * RCC_MS_PER_S;
	while (*count == *waited && rcc_crew_now_ms() < deadline_ms) {
		(void)rcc_crew_take(crew, deadline_ms - rcc_crew_now_ms());
	}
	if (*count == *waited) {
		rcc_crew_complain(_("wait: no %s within %u s"), what, wait_s);
		crew->exit = RCC_EXIT_FAILED;
		return;
	}
	++*waited;
	if (!crew->is_session) {
		/* What came with it is shown as well, not by the next call. */
		deadline_ms = rcc_crew_now_ms() + DRAIN_MS;
		bool goes_on = count == &crew->alerts;
		while (goes_on && rcc_crew_now_ms() < deadline_ms) {
			goes_on = rcc_crew_take(crew, QUIET_MS) || rcc_client_waiting(crew->client) > 0;
		}
		/* It is on the screen; coming back for more says so, or the next call would sound it again. */
		(void)rcc_crew_take(crew, 0);
	}
}

/* The line that an auditor holds against the centre's record: no tail can be cut below it unseen. */
static void
do_witness(struct rcc_crew *crew)
{
	struct rcc_checkpoint checkpoint;
	char text[RCC_CHECKPOINT_TEXT_SIZE];

	if (rcc_client_checkpoint(crew->client, &checkpoint) != RCC_OK) {
		rcc_crew_complain("%s", _("no checkpoint of the centre's record has reached this computer yet"));
		crew->exit = RCC_EXIT_FAILED;
		return;
	}
	rcc_checkpoint_format(text, &checkpoint);
	printf("%s\n", text);
}

static void
do_key(struct rcc_crew *crew)
{
	struct rcc_key key = rcc_client_public_key(crew->client);
	char text[RCC_KEY_TEXT_SIZE];

	printf("%s\n", rcc_key_format(text, &key));
}

static void
do_silence(struct rcc_crew *crew)
{
	rcc_alarm_silence(&crew->alarm, rcc_crew_now_ms());
	rcc_crew_say(crew, "%s", _("silent for two minutes; that acknowledges nothing: say read, or answer"));
}

/* What needs nothing but the crew. */
static bool
do_short(struct rcc_crew *crew, const char *verb)
{
	static const struct {
		const char *name;
		void (*run)(struct rcc_crew *crew);
	} table[] = {
	    {"inbox", rcc_crew_inbox},
	    {"status", rcc_crew_status},
	    {"witness", do_witness},
	    {"trust", do_trust},
	    {"key", do_key},
	    {"silence", do_silence},
	    {"watch", rcc_crew_tell_watch},
	    {"plot", rcc_crew_tell_plot},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (strcmp(verb, table[i].name) == 0) {
			table[i].run(crew);
			return true;
		}
	}
	return false;
}

/* What is said with words and options. */
static bool
do_long(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	static const struct {
		const char *name;
		void (*run)(struct rcc_crew *crew, const struct rcc_parsed *parsed);
	} table[] = {
	    {"distress", rcc_crew_distress},
	    {"withdraw", rcc_crew_withdraw},
	    {"show", rcc_crew_show_one},
	    {"read", rcc_crew_read},
	    {"answer", rcc_crew_answer},
	    {"plan", rcc_crew_plan},
	    {"drill", rcc_crew_drill},
	    {"profile", rcc_crew_profile},
	    {"survivors", rcc_crew_survivors},
	    {"need", rcc_crew_need},
	    {"pack", rcc_crew_pack},
	    {"place", rcc_crew_place},
	    {"wait", do_wait},
	    {"position", rcc_crew_position},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (strcmp(parsed->operand[0], table[i].name) == 0) {
			table[i].run(crew, parsed);
			return true;
		}
	}
	return false;
}

/* How many words stand behind a verb at most, by what its help shows; positions and lists are as long as they are. */
static int
most_operands(const char *name)
{
	const struct rcc_verb *verb = rcc_crew_program.verbs;
	int count = 0;

	while (verb->name != NULL && strcmp(verb->name, name) != 0) {
		verb++;
	}
	const char *at = verb->name != NULL ? verb->operands : "...";
	if (strstr(at, "...") != NULL || strstr(at, "POS") != NULL) {
		return RCC_CREW_WORDS_MAX;
	}
	for (; *at != '\0'; at += strspn(at, " ")) {
		at += strcspn(at, " ");
		count++;
	}
	return count;
}

/* A word that is left out changes what is said: "proceeding 95min" would be an answer without a time. */
static bool
has_too_many(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *verb = parsed->operand[0];
	const char *surplus = rcc_crew_operand(parsed, 1 + most_operands(verb));

	if (surplus == NULL) {
		return false;
	}
	rcc_crew_complain(_("'%s' is a word too many for %s: an option is written --name, several words \"in quotes\"; "
	                    "`help %s` tells what it takes"),
	                  surplus, verb, verb);
	/* Nothing holds up a distress: it is shown before it goes. */
	if (strcmp(verb, "distress") == 0 || strcmp(verb, "withdraw") == 0) {
		return false;
	}
	crew->exit = RCC_EXIT_USAGE;
	return true;
}

void
rcc_crew_do(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *verb = parsed->operand[0];

	crew->exit = RCC_EXIT_OK;
	if (has_too_many(crew, parsed)) {
		return;
	}
	if (do_short(crew, verb) || do_long(crew, parsed)) {
		return;
	}
	if (strcmp(verb, "verify-pack") == 0) {
		crew->exit = rcc_crew_verify_pack(crew, parsed);
	} else if (strcmp(verb, "observe") == 0) {
		rcc_crew_observe(crew, parsed);
	} else if (strcmp(verb, "log") == 0) {
		crew->exit = rcc_crew_log(crew, parsed);
	} else if (strcmp(verb, "help") == 0) {
		crew->exit = rcc_crew_help(rcc_crew_operand(parsed, 1)) ? crew->exit : RCC_EXIT_USAGE;
	} else {
		assert(strcmp(verb, "quit") == 0);
		crew->is_over = true;
	}
}

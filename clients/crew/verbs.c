#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "proto/chain.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define PERSONS_MAX 100000
#define WAIT_MAX_S 86400
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
	if (!crew->is_session) {
		await_answer(crew);
	}
}

static enum rcc_class
class_of(const struct rcc_parsed *parsed)
{
	if (parsed->value[CREW_TEST] != NULL) {
		return RCC_CLASS_TEST;
	}
	return parsed->value[CREW_EXERCISE] != NULL ? RCC_CLASS_EXERCISE : RCC_CLASS_LIVE;
}

/* ---- distress ---- */

bool
rcc_crew_pos(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_pos *ret_pos)
{
	const char *text = parsed->value[CREW_POS];
	struct timespec now = {0};

	if (text == NULL) {
		return true;
	}
	if (rcc_pos_parse(text, ret_pos) != RCC_OK) {
		rcc_crew_complain(_("position '%s' cannot be read; write 35-12.40N 012-36.05E or 35.2067 12.6008"),
		                  text);
		return false;
	}
	(void)clock_gettime(CLOCK_REALTIME, &now);
	crew->own = *ret_pos;
	crew->own_at_ms = (int64_t)now.tv_sec * RCC_MS_PER_S;
	return true;
}

bool
rcc_crew_persons(const struct rcc_parsed *parsed, uint32_t *ret_persons)
{
	const char *text = parsed->value[CREW_PERSONS];

	if (text == NULL || rcc_crew_number(text, PERSONS_MAX, ret_persons)) {
		return true;
	}
	rcc_crew_complain(_("persons '%s' is not a number from 0 to %d"), text, PERSONS_MAX);
	return false;
}

static bool
fill_alert(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_alert *alert)
{
	const char *nature = parsed->value[CREW_NATURE], *text = parsed->value[CREW_TEXT];

	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_CREW;
	alert->class = class_of(parsed);
	alert->casualty = crew->settings.mmsi;
	alert->pos = RCC_POS_NONE;
	memcpy(alert->name, crew->settings.name, sizeof alert->name);
	if (!rcc_crew_pos(crew, parsed, &alert->pos)) {
		return false;
	}
	if (nature != NULL && rcc_nature_parse(nature, &alert->nature) != RCC_OK) {
		rcc_crew_complain(
		    _("nature '%s' is not known: fire, flooding, collision, grounding, capsizing, sinking, "
		      "adrift, undesignated, abandoning, piracy, man-overboard"),
		    nature);
		return false;
	}
	if (!rcc_crew_persons(parsed, &alert->persons)) {
		return false;
	}
	if (text != NULL) {
		/* A remark that is too long or holds an odd character must not hold up a distress. */
		rcc_text_copy_lossy(alert->text, sizeof alert->text, text, strlen(text));
	}
	return true;
}

static void
send_alert(struct rcc_crew *crew)
{
	crew->message->class = crew->draft_class;
	crew->message->kind = RCC_BODY_ALERT;
	crew->message->u.alert = crew->draft;
	if (rcc_pos_is_known(crew->draft.pos)) {
		struct timespec now = {0};

		(void)clock_gettime(CLOCK_REALTIME, &now);
		crew->message->u.alert.pos_at_ms = (int64_t)now.tv_sec * RCC_MS_PER_S;
	}
	crew->has_draft = false;
	if (crew->draft_class == RCC_CLASS_LIVE) {
		rcc_crew_say(crew, "%s", _("sending; until it says \"accepted\" use your radio too"));
	} else {
		rcc_crew_say(crew, _("%ssending"), rcc_crew_class_mark(crew->draft_class));
	}
	rcc_crew_post(crew);
}

static void
do_distress(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_alert alert;

	/* A report that waited for SEND is not what SEND means from here on. */
	crew->has_draft = false;
	crew->is_draft_survivors = false;
	if (!fill_alert(crew, parsed, &alert)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	crew->draft = alert;
	crew->draft_class = alert.class;
	if (parsed->value[CREW_YES] != NULL) {
		send_alert(crew);
		return;
	}
	rcc_crew_show_draft(&alert, alert.class);
	if (!crew->is_session) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("nothing was sent: add --yes to send this distress"));
		return;
	}
	crew->has_draft = true;
	rcc_crew_say(crew, _("%stype SEND to send this distress, anything else to drop it"),
	             rcc_crew_class_mark(alert.class));
}

static bool
is_send(const char *line)
{
	char word[8];

	line += strspn(line, " \t");
	size_t len = strlen(line);
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL) {
		len--;
	}
	if (len >= sizeof word) {
		return false;
	}
	memcpy(word, line, len);
	word[len] = '\0';
	return strcasecmp(word, "SEND") == 0;
}

void
rcc_crew_confirm(struct rcc_crew *crew, const char *line)
{
	crew->exit = RCC_EXIT_OK;
	/* In capitals or not: whoever types it twice under stress means it. */
	if (is_send(line) && crew->is_draft_survivors) {
		rcc_crew_send_survivors(crew);
		return;
	}
	if (is_send(line)) {
		send_alert(crew);
		return;
	}
	crew->has_draft = false;
	crew->is_draft_survivors = false;
	rcc_crew_say(crew, "%s", _("dropped: nothing was sent"));
	crew->exit = RCC_EXIT_FAILED;
}

/* ---- answers ---- */

bool
rcc_crew_find_incident(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	char name[32];
	uint32_t last = rcc_client_inbox_last(crew->client);

	for (uint32_t number = last; number > 0; number--) {
		struct rcc_inbox_row row;

		if (rcc_client_inbox(crew->client, number, &row) != RCC_OK) {
			continue;
		}
		snprintf(name, sizeof name, "%04u-%04u", row.delivery.incident_year, row.delivery.incident_number);
		bool is_latest = strcmp(which, "latest") == 0;
		bool same = is_latest || strcmp(which, name) == 0;
		if (is_latest) {
			rcc_crew_say_latest(crew, &row, name);
		}
		snprintf(name, sizeof name, "%u", row.delivery.incident.v);
		if (same || strcmp(which, name) == 0) {
			*ret_row = row;
			return true;
		}
	}
	if (last == 0) {
		rcc_crew_complain(
		    "%s", _("nothing to answer: no call of the centre is on this computer yet; `inbox` fetches what "
		            "waits there"));
	} else if (strcmp(which, "latest") == 0) {
		rcc_crew_complain("%s", _("nothing to answer: no call in the inbox can be read"));
	} else {
		rcc_crew_complain(_("incident %s: the inbox holds no call about it"), which);
	}
	crew->exit = RCC_EXIT_FAILED;
	return false;
}

static bool
fill_answer(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_answer *answer)
{
	const char *kind = rcc_crew_operand(parsed, 2), *reason = parsed->value[CREW_REASON],
	           *eta = parsed->value[CREW_ETA];
	const char *text = parsed->value[CREW_TEXT], *by = parsed->value[CREW_BY];

	memset(answer, 0, sizeof *answer);
	answer->eta_min = RCC_ETA_UNKNOWN_MIN;
	if (kind == NULL || rcc_answer_parse(kind, &answer->kind) != RCC_OK) {
		rcc_crew_complain("%s", _("an answer is proceeding, unable, need-detail, on-scene or done"));
		return false;
	}
	if (reason != NULL && rcc_reason_parse(reason, &answer->reason) != RCC_OK) {
		rcc_crew_complain(
		    _("reason '%s' is not known: disabled, danger-to-ship, cargo-hazard, too-far, not-at-sea, "
		      "other-rescue, released, other"),
		    reason);
		return false;
	}
	if (answer->kind == RCC_ANSWER_UNABLE && answer->reason == RCC_REASON_NONE) {
		rcc_crew_complain("%s", _("unable needs --reason: SOLAS V/33.1 has it written in the ship's log"));
		return false;
	}
	if (eta != NULL && rcc_minutes_parse(eta[0] == '+' ? eta + 1 : eta, &answer->eta_min) != RCC_OK) {
		rcc_crew_complain(_("time '%s' cannot be read; write 95min, 2h or 1h35"), eta);
		return false;
	}
	if (text != NULL) {
		rcc_text_copy_lossy(answer->text, sizeof answer->text, text, strlen(text));
	}
	by = by != NULL ? by : crew->settings.name;
	rcc_text_copy_lossy(answer->by, sizeof answer->by, by, strlen(by));
	return true;
}

static void
do_answer(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_inbox_row row;
	struct rcc_answer answer;
	const char *which = rcc_crew_operand(parsed, 1);

	if (!fill_answer(crew, parsed, &answer)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (!rcc_crew_find_incident(crew, which, &row)) {
		return;
	}
	answer.incident = row.delivery.incident;
	answer.number = row.delivery.number;
	crew->message->class = row.delivery.class;
	crew->message->kind = RCC_BODY_ANSWER;
	crew->message->u.answer = answer;
	rcc_crew_post(crew);
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
		while (count == &crew->alerts && rcc_client_waiting(crew->client) > 0 &&
		       rcc_crew_now_ms() < deadline_ms) {
			(void)rcc_crew_take(crew, deadline_ms - rcc_crew_now_ms());
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

void
rcc_crew_do(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *verb = parsed->operand[0];

	crew->exit = RCC_EXIT_OK;
	if (strcmp(verb, "distress") == 0) {
		do_distress(crew, parsed);
	} else if (strcmp(verb, "inbox") == 0) {
		rcc_crew_inbox(crew);
	} else if (strcmp(verb, "show") == 0) {
		rcc_crew_show_one(crew, parsed);
	} else if (strcmp(verb, "read") == 0) {
		rcc_crew_read(crew, parsed);
	} else if (strcmp(verb, "answer") == 0) {
		do_answer(crew, parsed);
	} else if (strcmp(verb, "plan") == 0) {
		rcc_crew_plan(crew, parsed);
	} else if (strcmp(verb, "drill") == 0) {
		rcc_crew_drill(crew, parsed);
	} else if (strcmp(verb, "profile") == 0) {
		rcc_crew_profile(crew, parsed);
	} else if (strcmp(verb, "survivors") == 0) {
		rcc_crew_survivors(crew, parsed);
	} else if (strcmp(verb, "need") == 0) {
		rcc_crew_need(crew, parsed);
	} else if (strcmp(verb, "pack") == 0) {
		rcc_crew_pack(crew, parsed);
	} else if (strcmp(verb, "verify-pack") == 0) {
		crew->exit = rcc_crew_verify_pack(crew, parsed);
	} else if (strcmp(verb, "observe") == 0) {
		rcc_crew_observe(crew, parsed);
	} else if (strcmp(verb, "place") == 0) {
		rcc_crew_place(crew, parsed);
	} else if (strcmp(verb, "status") == 0) {
		rcc_crew_status(crew);
	} else if (strcmp(verb, "witness") == 0) {
		do_witness(crew);
	} else if (strcmp(verb, "trust") == 0) {
		do_trust(crew);
	} else if (strcmp(verb, "wait") == 0) {
		do_wait(crew, parsed);
	} else if (strcmp(verb, "key") == 0) {
		struct rcc_key key = rcc_client_public_key(crew->client);
		char text[RCC_KEY_TEXT_SIZE];

		printf("%s\n", rcc_key_format(text, &key));
	} else if (strcmp(verb, "help") == 0) {
		crew->exit = rcc_crew_help(rcc_crew_operand(parsed, 1)) ? crew->exit : RCC_EXIT_USAGE;
	} else {
		assert(strcmp(verb, "quit") == 0);
		crew->is_over = true;
	}
}

/* story_words.c - one line of a story as a message. Values are key=value; what is left is taken in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/text.h"
#include "sim/story.h"

struct words {
	char **word;
	size_t count;
	struct rcc_fault *fault;
	enum rcc_status status;
};

static void
fail(struct words *words, const char *what, const char *text)
{
	if (words->status == RCC_OK)
		words->status = rcc_fault_set(words->fault, RCC_E_CONFIG, "%s: \"%s\"", what, text);
}

/* The value of key=..., or NULL. */
static const char *
value_of(const struct words *words, const char *key)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < words->count; i++) {
		if (strncmp(words->word[i], key, len) == 0 && words->word[i][len] == '=')
			return words->word[i] + len + 1;
	}
	return NULL;
}

/* The n-th word that is not key=value, or "". */
static const char *
plain(const struct words *words, size_t n)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strchr(words->word[i], '=') == NULL && n-- == 0)
			return words->word[i];
	}
	return "";
}

static uint32_t
number(struct words *words, const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || value > UINT32_MAX) {
		fail(words, "not a number", text);
		return 0;
	}
	return (uint32_t)value;
}

/* "I1", "A2" or a plain number. */
static uint32_t
id(struct words *words, const char *text)
{
	return number(words, text[0] == 'I' || text[0] == 'A' ? text + 1 : text);
}

static void
copy(struct words *words, char *array, size_t size, const char *text)
{
	if (rcc_text_copy(array, size, text, strlen(text)) != RCC_OK)
		fail(words, "too long, or not text", text);
}

static struct rcc_pos
position(struct words *words, const char *key)
{
	const char *text = value_of(words, key);
	char spaced[RCC_POS_TEXT_SIZE];
	struct rcc_pos pos = RCC_POS_NONE;

	if (text == NULL)
		return pos;
	(void)snprintf(spaced, sizeof spaced, "%s", text);
	char *comma = strchr(spaced, ',');
	if (comma != NULL)
		*comma = ' ';
	if (rcc_pos_parse(spaced, &pos) != RCC_OK)
		fail(words, "not a position", text);
	return pos;
}

static struct rcc_mmsi
mmsi(struct words *words, const char *text)
{
	struct rcc_mmsi value = {0};

	if (text != NULL && rcc_mmsi_parse(text, &value) != RCC_OK)
		fail(words, "not an MMSI", text);
	return value;
}

static void
parse_position(struct words *words, struct rcc_story_message *message)
{
	const char *sog = value_of(words, "sog");
	struct rcc_report *report = &message->u.position;

	*report = (struct rcc_report){.mmsi = mmsi(words, plain(words, 1)),
	                              .pos = position(words, "pos"),
	                              .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                              .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	                              .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                              .nav_status = RCC_NAV_STATUS_UNKNOWN,
	                              .message_type = 1};
	if (sog != NULL)
		report->sog_dkn = 10 * number(words, sog);
	if (!rcc_pos_is_known(report->pos))
		fail(words, "a position needs", "pos=");
}

static void
parse_alert(struct words *words, const struct rcc_story_actor *actor, struct rcc_story_message *message)
{
	struct rcc_alert *alert = &message->u.alert;
	const char *nature = value_of(words, "nature");
	const char *class = value_of(words, "class");
	const char *persons = value_of(words, "persons");
	const char *text = value_of(words, "text");
	const char *casualty = value_of(words, "mmsi");

	alert->class = RCC_CLASS_LIVE;
	if (rcc_source_parse(plain(words, 1), &alert->source) != RCC_OK)
		fail(words, "not a source", plain(words, 1));
	if (nature != NULL && rcc_nature_parse(nature, &alert->nature) != RCC_OK)
		fail(words, "not a nature of distress", nature);
	if (class != NULL && rcc_class_parse(class, &alert->class) != RCC_OK)
		fail(words, "not a class", class);
	alert->casualty = casualty == NULL ? actor->mmsi : mmsi(words, casualty);
	alert->pos = position(words, "pos");
	if (persons != NULL)
		alert->persons = number(words, persons);
	if (text != NULL)
		copy(words, alert->text, sizeof alert->text, text);
	message->class = alert->class;
}

static void
parse_answer(struct words *words, struct rcc_story_message *message)
{
	struct rcc_answer *answer = &message->u.answer;
	const char *reason = value_of(words, "reason");
	const char *eta = value_of(words, "eta");
	const char *text = value_of(words, "text");

	answer->incident.v = id(words, plain(words, 1));
	answer->eta_min = RCC_ETA_UNKNOWN_MIN;
	if (rcc_answer_parse(plain(words, 2), &answer->kind) != RCC_OK)
		fail(words, "not an answer", plain(words, 2));
	if (reason != NULL && rcc_reason_parse(reason, &answer->reason) != RCC_OK)
		fail(words, "not a reason", reason);
	if (eta != NULL && rcc_minutes_parse(eta, &answer->eta_min) != RCC_OK)
		fail(words, "not a time to get there", eta);
	if (text != NULL)
		copy(words, answer->text, sizeof answer->text, text);
}

static void
parse_raw(struct words *words, struct rcc_story_message *message)
{
	const char *text = value_of(words, "text");

	copy(words, message->u.alert_raw.source_name, sizeof message->u.alert_raw.source_name, plain(words, 1));
	size_t len = text == NULL ? 0 : strlen(text);
	if (len == 0 || len > RCC_RAW_MAX) {
		fail(words, "a raw alert needs", "text=");
		return;
	}
	memcpy(message->u.alert_raw.raw, text, len);
	message->u.alert_raw.raw_len = (uint32_t)len;
}

/* What officers do: "relay I1", "hold I1 why", "cancel I1 why", "close I1 outcome why", "accept A1 why", "dismiss A1 why". */
static void
parse_order(struct words *words, const char *verb, struct rcc_story_message *message)
{
	const char *reason = value_of(words, "why");

	reason = reason == NULL ? "" : reason;
	if (message->kind == RCC_BODY_RELAY) {
		message->u.relay.incident.v = id(words, plain(words, 1));
		message->u.relay.action = strcmp(verb, "hold") == 0 ? RCC_RELAY_HOLD : RCC_RELAY_RELEASE;
		copy(words, message->u.relay.reason, sizeof message->u.relay.reason, reason);
	} else if (message->kind == RCC_BODY_CANCEL) {
		message->u.cancel.incident.v = id(words, plain(words, 1));
		copy(words, message->u.cancel.reason, sizeof message->u.cancel.reason, reason);
	} else if (message->kind == RCC_BODY_CLOSE) {
		message->u.close.incident.v = id(words, plain(words, 1));
		if (rcc_outcome_parse(plain(words, 2), &message->u.close.outcome) != RCC_OK)
			fail(words, "not an outcome", plain(words, 2));
		copy(words, message->u.close.reason, sizeof message->u.close.reason, reason);
	} else if (message->kind == RCC_BODY_DECIDE) {
		message->u.decide.alert.v = id(words, plain(words, 1));
		message->u.decide.decision = strcmp(verb, "accept") == 0 ? RCC_DECISION_ACCEPT : RCC_DECISION_DISMISS;
		copy(words, message->u.decide.reason, sizeof message->u.decide.reason, reason);
	} else if (message->kind == RCC_BODY_REVOKE) {
		copy(words, message->u.revoke.name, sizeof message->u.revoke.name, plain(words, 1));
		copy(words, message->u.revoke.reason, sizeof message->u.revoke.reason, reason);
	}
}

static const struct {
	const char *verb;
	enum rcc_body_kind kind;
} verbs[] = {
    {"position", RCC_BODY_POSITION}, {"alert", RCC_BODY_ALERT},   {"raw", RCC_BODY_ALERT_RAW},
    {"stored", RCC_BODY_STORED},     {"read", RCC_BODY_READ},     {"answer", RCC_BODY_ANSWER},
    {"relay", RCC_BODY_RELAY},       {"hold", RCC_BODY_RELAY},    {"cancel", RCC_BODY_CANCEL},
    {"close", RCC_BODY_CLOSE},       {"accept", RCC_BODY_DECIDE}, {"dismiss", RCC_BODY_DECIDE},
    {"revoke", RCC_BODY_REVOKE},
};

enum rcc_status
rcc_story_parse_message(char **word, size_t count, const struct rcc_story_actor *actor,
                        struct rcc_story_message *ret_message, struct rcc_fault *ret_fault)
{
	struct words words = {word, count, ret_fault, RCC_OK};
	struct rcc_story_message message = {.class = RCC_CLASS_LIVE};

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(verbs[i].verb, word[0]) == 0)
			message.kind = verbs[i].kind;
	}
	if (message.kind == 0)
		fail(&words, "not something to say", word[0]);
	else if (message.kind == RCC_BODY_POSITION)
		parse_position(&words, &message);
	else if (message.kind == RCC_BODY_ALERT)
		parse_alert(&words, actor, &message);
	else if (message.kind == RCC_BODY_ALERT_RAW)
		parse_raw(&words, &message);
	else if (message.kind == RCC_BODY_STORED)
		message.u.stored.number = number(&words, plain(&words, 1));
	else if (message.kind == RCC_BODY_READ) {
		message.u.read.number = number(&words, plain(&words, 1));
		copy(&words, message.u.read.by, sizeof message.u.read.by, plain(&words, 2));
	} else if (message.kind == RCC_BODY_ANSWER)
		parse_answer(&words, &message);
	else
		parse_order(&words, word[0], &message);
	if (words.status == RCC_OK)
		*ret_message = message;
	return words.status;
}

/* story_words.c - one line of a story as a message. Values are key=value; what is left is taken in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "sim/story.h"
#include "sim/story_words.h"
#include "sim/story_work.h"

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

/* "I1", "A2", "N3" or a plain number. */
static uint32_t
id(struct words *words, const char *text)
{
	return number(words, text[0] == 'I' || text[0] == 'A' || text[0] == 'N' ? text + 1 : text);
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
	const char *sog = value_of(words, "sog"), *cog = value_of(words, "cog");
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
	if (cog != NULL)
		report->cog_ddeg = 10 * number(words, cog);
	if (!rcc_pos_is_known(report->pos))
		fail(words, "a position needs", "pos=");
}

static void
copy_value(struct words *words, const char *key, char *array, size_t size)
{
	const char *text = value_of(words, key);

	if (text != NULL)
		copy(words, array, size, text);
}

/* What identifies a caller or a casualty beside its MMSI. */
static void
parse_identity(struct words *words, struct rcc_alert *alert)
{
	const char *category = value_of(words, "category");
	const char *contact = value_of(words, "contact");

	if (category != NULL && rcc_category_parse(category, &alert->category) != RCC_OK)
		fail(words, "not a category", category);
	/* The tag that the daemon gives a caller's number. */
	if (contact != NULL)
		alert->contact = number(words, contact);
	copy_value(words, "name", alert->name, sizeof alert->name);
	copy_value(words, "callsign", alert->callsign, sizeof alert->callsign);
	copy_value(words, "beacon", alert->beacon, sizeof alert->beacon);
}

static void
parse_alert(struct words *words, const struct rcc_story_actor *actor, struct rcc_alert *alert)
{
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
	parse_identity(words, alert);
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
	answer->number = rcc_story_number(words, "number");
	answer->ship = mmsi(words, value_of(words, "ship")); /* typed by an officer: what her master says by radio */
}

static void
parse_raw(struct words *words, struct rcc_story_message *message)
{
	struct rcc_alert_raw *raw = &message->u.alert_raw;
	const char *text = value_of(words, "text");

	copy(words, raw->source_name, sizeof raw->source_name, plain(words, 1));
	size_t len = text == NULL ? 0 : strlen(text);
	if (len == 0 || len > RCC_RAW_WIRE_MAX) {
		fail(words, "a raw alert needs", "text=");
		return;
	}
	/* "\n" is a line end: a text of several lines stands on one line of the story. */
	for (size_t i = 0; i < len; i++) {
		bool is_line_end = text[i] == '\\' && text[i + 1] == 'n';
		raw->raw[raw->raw_len++] = is_line_end ? '\n' : (uint8_t)text[i];
		i += is_line_end ? 1 : 0;
	}
}

/* "notice I1 minutes=90 why="; minutes from now: the player adds the time. Without them, as long as the rules say. */
static void
parse_notice(struct words *words, struct rcc_relay *relay)
{
	const char *minutes = value_of(words, "minutes");

	relay->action = RCC_RELAY_NOTICE;
	relay->expires_at_ms = minutes == NULL ? 0 : (int64_t)number(words, minutes) * RCC_MS_PER_MIN;
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
		if (strcmp(verb, "notice") == 0)
			parse_notice(words, &message->u.relay);
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

/* "phase I1 distress why=", "suspend I1 hours=6 why=", "resume I1 why=", "classify I1 pos= persons= nature= why=". */
static void
parse_case(struct words *words, struct rcc_story_message *message)
{
	const char *reason = value_of(words, "why");
	const char *hours = value_of(words, "hours");
	const char *nature = value_of(words, "nature");
	const char *persons = value_of(words, "persons");
	struct rcc_incident_id incident = {id(words, plain(words, 1))};

	reason = reason == NULL ? "" : reason;
	if (message->kind == RCC_BODY_PHASE) {
		message->u.phase.incident = incident;
		if (rcc_phase_parse(plain(words, 2), &message->u.phase.phase) != RCC_OK)
			fail(words, "not a phase", plain(words, 2));
		copy(words, message->u.phase.reason, sizeof message->u.phase.reason, reason);
	} else if (message->kind == RCC_BODY_SUSPEND) {
		/* Hours from now: the player adds the time. */
		message->u.suspend.incident = incident;
		message->u.suspend.review_at_ms = (int64_t)number(words, hours == NULL ? "6" : hours) * RCC_MS_PER_HOUR;
		copy(words, message->u.suspend.reason, sizeof message->u.suspend.reason, reason);
	} else if (message->kind == RCC_BODY_RESUME) {
		message->u.resume.incident = incident;
		copy(words, message->u.resume.reason, sizeof message->u.resume.reason, reason);
	} else {
		message->u.classify.incident = incident;
		message->u.classify.pos = position(words, "pos");
		message->u.classify.casualty = mmsi(words, value_of(words, "mmsi"));
		message->u.classify.persons = persons == NULL ? 0 : number(words, persons);
		message->u.classify.verified = value_of(words, "verified") != NULL;
		if (nature != NULL && rcc_nature_parse(nature, &message->u.classify.nature) != RCC_OK)
			fail(words, "not a nature of distress", nature);
		copy(words, message->u.classify.reason, sizeof message->u.classify.reason, reason);
	}
}

/* "join A3 I1 why=", "join I2 I1 why=", "split A3 why=", "group I2 I1 why=", "group I2 alone why=". */
static void
parse_belonging(struct words *words, struct rcc_story_message *message)
{
	const char *reason = value_of(words, "why");
	const char *what = plain(words, 1);

	reason = reason == NULL ? "" : reason;
	if (message->kind == RCC_BODY_JOIN) {
		if (what[0] == 'I')
			message->u.join.from.v = id(words, what);
		else
			message->u.join.alert.v = id(words, what);
		message->u.join.incident.v = id(words, plain(words, 2));
		copy(words, message->u.join.reason, sizeof message->u.join.reason, reason);
	} else if (message->kind == RCC_BODY_SPLIT) {
		message->u.split.alert.v = id(words, what);
		copy(words, message->u.split.reason, sizeof message->u.split.reason, reason);
	} else {
		message->u.group.incident.v = id(words, what);
		if (strcmp(plain(words, 2), "alone") != 0)
			message->u.group.parent.v = id(words, plain(words, 2));
		copy(words, message->u.group.reason, sizeof message->u.group.reason, reason);
	}
}

/* "plan file every=60 eta=120 name=... pos=...", "plan report"; times in minutes from now, which the player adds. */
static void
parse_plan(struct words *words, struct rcc_story_message *message)
{
	struct rcc_plan *plan = &message->u.plan;
	const char *every = value_of(words, "every");
	const char *eta = value_of(words, "eta");
	const char *persons = value_of(words, "persons");

	if (rcc_plan_parse(plain(words, 1), &plan->action) != RCC_OK)
		fail(words, "not something to do with a plan", plain(words, 1));
	plan->mmsi = mmsi(words, value_of(words, "mmsi"));
	plan->pos = position(words, "pos");
	plan->interval_min = every == NULL ? 0 : number(words, every);
	plan->eta_at_ms = eta == NULL ? 0 : (int64_t)number(words, eta) * RCC_MS_PER_MIN;
	plan->persons = persons == NULL ? 0 : number(words, persons);
	copy_value(words, "name", plan->name, sizeof plan->name);
	copy_value(words, "text", plan->text, sizeof plan->text);
}

static void
parse_open(struct words *words, struct rcc_story_message *message)
{
	static const struct rcc_story_actor nobody;
	const char *incident = value_of(words, "in");

	parse_alert(words, &nobody, &message->u.open.alert);
	if (incident != NULL)
		message->u.open.incident.v = id(words, incident);
	copy_value(words, "public", message->u.open.public_reason, sizeof message->u.open.public_reason);
	message->class = message->u.open.alert.class;
}

/* ---- for story_persons.c and story_profile.c ---- */

const char *
rcc_story_word(const struct words *words, size_t n)
{
	return n < words->count ? words->word[n] : NULL;
}

const char *
rcc_story_value(const struct words *words, const char *key)
{
	return value_of(words, key);
}

const char *
rcc_story_plain(const struct words *words, size_t n)
{
	return plain(words, n);
}

uint32_t
rcc_story_number(struct words *words, const char *key)
{
	const char *text = value_of(words, key);

	return text == NULL ? 0 : number(words, text);
}

uint32_t
rcc_story_id(struct words *words, const char *text)
{
	return id(words, text);
}

struct rcc_mmsi
rcc_story_mmsi(struct words *words, const char *key)
{
	return mmsi(words, value_of(words, key));
}

void
rcc_story_copy(struct words *words, const char *key, char *array, size_t size)
{
	copy_value(words, key, array, size);
}

void
rcc_story_fail(struct words *words, const char *what, const char *text)
{
	fail(words, what, text);
}

/* ---- the verbs ---- */

static const struct {
	const char *verb;
	enum rcc_body_kind kind;
} verbs[] = {
    {"position", RCC_BODY_POSITION}, {"alert", RCC_BODY_ALERT},   {"raw", RCC_BODY_ALERT_RAW},
    {"stored", RCC_BODY_STORED},     {"read", RCC_BODY_READ},     {"answer", RCC_BODY_ANSWER},
    {"relay", RCC_BODY_RELAY},       {"hold", RCC_BODY_RELAY},    {"cancel", RCC_BODY_CANCEL},
    {"close", RCC_BODY_CLOSE},       {"accept", RCC_BODY_DECIDE}, {"dismiss", RCC_BODY_DECIDE},
    {"revoke", RCC_BODY_REVOKE},     {"open", RCC_BODY_OPEN},     {"phase", RCC_BODY_PHASE},
    {"suspend", RCC_BODY_SUSPEND},   {"resume", RCC_BODY_RESUME}, {"classify", RCC_BODY_CLASSIFY},
    {"join", RCC_BODY_JOIN},         {"split", RCC_BODY_SPLIT},   {"group", RCC_BODY_GROUP},
    {"plan", RCC_BODY_PLAN},         {"drill", RCC_BODY_DRILL},   {"survivors", RCC_BODY_SURVIVORS},
    {"persons", RCC_BODY_PERSONS},   {"need", RCC_BODY_NEED},     {"profile", RCC_BODY_PROFILE},
    {"notice", RCC_BODY_RELAY},
};

static void
parse_body(struct words *words, const char *verb, const struct rcc_story_actor *actor,
           struct rcc_story_message *message)
{
	enum rcc_body_kind kind = message->kind;

	if (kind == RCC_BODY_POSITION)
		parse_position(words, message);
	else if (kind == RCC_BODY_ALERT) {
		parse_alert(words, actor, &message->u.alert);
		message->class = message->u.alert.class;
	} else if (kind == RCC_BODY_ALERT_RAW)
		parse_raw(words, message);
	else if (kind == RCC_BODY_STORED)
		message->u.stored.number = number(words, plain(words, 1));
	else if (kind == RCC_BODY_READ) {
		message->u.read.number = number(words, plain(words, 1));
		copy(words, message->u.read.by, sizeof message->u.read.by, plain(words, 2));
	} else if (kind == RCC_BODY_ANSWER)
		parse_answer(words, message);
	else if (kind == RCC_BODY_OPEN)
		parse_open(words, message);
	else if (kind == RCC_BODY_PLAN)
		parse_plan(words, message);
	else if (rcc_story_parse_persons(words, message))
		return;
	else if (kind == RCC_BODY_PROFILE)
		rcc_story_parse_profile(words, message);
	else if (kind == RCC_BODY_DRILL)
		message->u.drill.is_joining = strcmp(plain(words, 1), "join") == 0;
	else if (kind == RCC_BODY_PHASE || kind == RCC_BODY_SUSPEND || kind == RCC_BODY_RESUME ||
	         kind == RCC_BODY_CLASSIFY)
		parse_case(words, message);
	else if (kind == RCC_BODY_JOIN || kind == RCC_BODY_SPLIT || kind == RCC_BODY_GROUP)
		parse_belonging(words, message);
	else
		parse_order(words, verb, message);
}

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
		message.kind = rcc_story_work_body(word[0]);
	if (rcc_story_work_body(word[0]) != 0)
		words.status = rcc_story_work_parse(word, count, &message, ret_fault);
	else if (message.kind == 0)
		fail(&words, "not something to say", word[0]);
	else
		parse_body(&words, word[0], actor, &message);
	if (words.status == RCC_OK)
		*ret_message = message;
	return words.status;
}

/* story_work.c - the work of an incident in a story: every value as key=value, by one table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "sim/story.h"
#include "sim/story_work.h"

enum field_kind { FIELD_ID = 1, FIELD_NUMBER, FIELD_FLAG, FIELD_MMSI, FIELD_TEXT, FIELD_POS, FIELD_WORD };

typedef enum rcc_status (*parse_word)(const char *word, unsigned *ret_value);

struct field {
	enum rcc_body_kind body;
	const char *key;
	enum field_kind kind;
	size_t offset, size;
	parse_word parse; /* of FIELD_WORD */
};

#define WORDS(name, type)                                                                                              \
	static enum rcc_status name##_value(const char *word, unsigned *ret_value)                                     \
	{                                                                                                              \
		type value = (type)0;                                                                                  \
		enum rcc_status status = rcc_##name##_parse(word, &value);                                             \
		*ret_value = (unsigned)value;                                                                          \
		return status;                                                                                         \
	}
WORDS(task, enum rcc_task_kind)
WORDS(where, enum rcc_where)
WORDS(family, enum rcc_family)
WORDS(need, enum rcc_need_kind)
WORDS(need_state, enum rcc_need_state)
WORDS(place, enum rcc_place_step)
WORDS(service, enum rcc_service)
WORDS(note, enum rcc_note_kind)
WORDS(duty_state, enum rcc_duty_state)
WORDS(handover, enum rcc_handover_step)
WORDS(request, enum rcc_request_step)
WORDS(retention, enum rcc_retention_step)
WORDS(kept, enum rcc_kept)
WORDS(nature, enum rcc_nature)

/* "bulletin" or "conduct-card". */
static enum rcc_status
circular_value(const char *word, unsigned *ret_value)
{
	*ret_value = strcmp(word, "bulletin") == 0 ? RCC_BROADCAST_BULLETIN : RCC_BROADCAST_CONDUCT_CARD;
	return strcmp(word, rcc_broadcast_word((enum rcc_broadcast_kind) * ret_value)) == 0 ? RCC_OK : RCC_E_RANGE;
}

/* "rescue-ends,safety,needs,onward". */
static enum rcc_status
checks_value(const char *word, unsigned *ret_value)
{
	uint32_t checks = 0;
	enum rcc_status status = rcc_checks_parse(word, &checks);

	*ret_value = checks;
	return status;
}

#define AT(S, f) offsetof(struct rcc_##S, f), sizeof(((struct rcc_##S *)0)->f)
#define ID(B, S, f)                                                                                                    \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_ID, AT(S, f), NULL                                                             \
	}
#define NUM(B, S, f)                                                                                                   \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_NUMBER, AT(S, f), NULL                                                         \
	}
#define FLAG(B, S, f)                                                                                                  \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_FLAG, AT(S, f), NULL                                                           \
	}
#define SHIP(B, S, f)                                                                                                  \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_MMSI, AT(S, f), NULL                                                           \
	}
#define TEXT(B, S, f)                                                                                                  \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_TEXT, AT(S, f), NULL                                                           \
	}
#define POS(B, S, f)                                                                                                   \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_POS, AT(S, f), NULL                                                            \
	}
#define WORD(B, S, f, p)                                                                                               \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_WORD, AT(S, f), p##_value                                                      \
	}
#define COUNT(B, S, m, f)                                                                                              \
	{                                                                                                              \
		RCC_BODY_##B, #f, FIELD_NUMBER, AT(S, m.f), NULL                                                       \
	}
#define PERSONS(B, S, m)                                                                                               \
	COUNT(B, S, m, men), COUNT(B, S, m, women), COUNT(B, S, m, adults), COUNT(B, S, m, children),                  \
	    COUNT(B, S, m, unaccompanied), COUNT(B, S, m, infants), COUNT(B, S, m, pregnant), COUNT(B, S, m, injured), \
	    COUNT(B, S, m, disabled), COUNT(B, S, m, families)

static const struct field fields[] = {
    SHIP(TASK, task, ship),
    NUM(TASK, task, contact_min),
    FLAG(TASK, task, others_comply),
    TEXT(TASK, task, text),
    TEXT(TASK, task, consulted),
    WORD(TASK, task, kind, task),
    SHIP(SURVIVORS, survivors, ship),
    PERSONS(SURVIVORS, survivors, aboard),
    NUM(SURVIVORS, survivors, dead),
    FLAG(SURVIVORS, survivors, protection_stated),
    NUM(SURVIVORS, survivors, safe_hours),
    FLAG(SURVIVORS, survivors, languages),
    TEXT(SURVIVORS, survivors, next_port),
    TEXT(SURVIVORS, survivors, text),
    WORD(PERSONS, move_persons, from, where),
    WORD(PERSONS, move_persons, to, where),
    SHIP(PERSONS, move_persons, from_ship),
    SHIP(PERSONS, move_persons, to_ship),
    ID(PERSONS, move_persons, place),
    PERSONS(PERSONS, move_persons, count),
    WORD(PERSONS, move_persons, family, family),
    FLAG(PERSONS, move_persons, more_found),
    TEXT(PERSONS, move_persons, reason),
    ID(NEED, need, need),
    WORD(NEED, need, state, need_state),
    WORD(NEED, need, kind, need),
    SHIP(NEED, need, ship),
    NUM(NEED, need, quantity),
    TEXT(NEED, need, text),
    ID(PLACE, place, place),
    WORD(PLACE, place, step, place),
    TEXT(PLACE, place, name),
    POS(PLACE, place, pos),
    SHIP(PLACE, place, ship),
    TEXT(PLACE, place, authority),
    WORD(PLACE, place, checks, checks),
    FLAG(PLACE, place, is_unsafe),
    FLAG(PLACE, place, is_override),
    NUM(PLACE, place, extra_nm),
    NUM(PLACE, place, extra_h),
    TEXT(PLACE, place, text),
    WORD(REFERRAL, referral, service, service),
    NUM(REFERRAL, referral, persons),
    TEXT(REFERRAL, referral, to),
    FLAG(REFERRAL, referral, is_accepted),
    TEXT(REFERRAL, referral, text),
    WORD(NOTE, note, kind, note),
    SHIP(NOTE, note, ship),
    TEXT(NOTE, note, authority),
    TEXT(NOTE, note, text),
    /* A number stands for the digest of a file. */
    {RCC_BODY_NOTE, "file", FIELD_NUMBER, offsetof(struct rcc_note, digest), sizeof(uint32_t), NULL},
    {RCC_BODY_NOTE, "size", FIELD_NUMBER, offsetof(struct rcc_note, size), sizeof(uint32_t), NULL},
    WORD(CIRCULAR, circular, kind, circular),
    TEXT(CIRCULAR, circular, text),
    TEXT(SMC, smc, officer),
    TEXT(SMC, smc, reason),
    TEXT(WATCH, watch, officer),
    TEXT(WATCH, watch, text),
    TEXT(COMMS, comms, control),
    TEXT(COMMS, comms, on_scene),
    TEXT(COMMS, comms, monitor),
    TEXT(COMMS, comms, text),
    FLAG(SITREP, sitrep, is_full),
    FLAG(SITREP, sitrep, is_final),
    TEXT(SITREP, sitrep, to),
    TEXT(SITREP, sitrep, text),
    WORD(HANDOVER, handover, step, handover),
    TEXT(HANDOVER, handover, centre),
    TEXT(HANDOVER, handover, officer),
    TEXT(HANDOVER, handover, reason),
    /* Another centre's own: a number names the handover, and its case there. */
    {RCC_BODY_CENTRE, "handover", FIELD_NUMBER, offsetof(struct rcc_centre, handover), sizeof(uint32_t), NULL},
    NUM(CENTRE, centre, number),
    WORD(CENTRE, centre, step, handover),
    TEXT(CENTRE, centre, officer),
    TEXT(CENTRE, centre, reason),
    {RCC_BODY_CENTRE, "mmsi", FIELD_MMSI, AT(centre, snapshot[0].casualty), NULL},
    {RCC_BODY_CENTRE, "pos", FIELD_POS, AT(centre, snapshot[0].pos), NULL},
    {RCC_BODY_CENTRE, "persons", FIELD_NUMBER, AT(centre, snapshot[0].persons), NULL},
    {RCC_BODY_CENTRE, "nature", FIELD_WORD, AT(centre, snapshot[0].nature), nature_value},
    {RCC_BODY_CENTRE, "text", FIELD_TEXT, AT(centre, snapshot[0].text), NULL},
    WORD(REQUEST, request_order, step, request),
    TEXT(REQUEST, request_order, officer),
    POS(REQUEST, request_order, pos),
    TEXT(REQUEST, request_order, text),
    /* Another centre's own, likewise; what it answers is our request of this number. */
    {RCC_BODY_PLACE_REQUEST, "request", FIELD_NUMBER, offsetof(struct rcc_place_request, request), sizeof(uint32_t),
     NULL},
    NUM(PLACE_REQUEST, place_request, number),
    WORD(PLACE_REQUEST, place_request, step, request),
    TEXT(PLACE_REQUEST, place_request, officer),
    TEXT(PLACE_REQUEST, place_request, text),
    NUM(PLACE_REQUEST, place_request, turn),
    TEXT(PLACE_REQUEST, place_request, place),
    POS(PLACE_REQUEST, place_request, pos),
    SHIP(PLACE_REQUEST, place_request, ship),
    PERSONS(PLACE_REQUEST, place_request, aboard),
    TEXT(PLACE_REQUEST, place_request, needs),
    WORD(RETENTION, retention, step, retention),
    ID(RETENTION, retention, alert),
    NUM(RETENTION, retention, note),
    WORD(RETENTION, retention, what, kept),
    TEXT(RETENTION, retention, reason),
    ID(DUTY, duty_order, duty),
    WORD(DUTY, duty_order, state, duty_state),
    TEXT(DUTY, duty_order, reason),
};

static const struct {
	const char *verb;
	enum rcc_body_kind body;
} verbs[] = {
    {"task", RCC_BODY_TASK},
    {"place", RCC_BODY_PLACE},
    {"referral", RCC_BODY_REFERRAL},
    {"note", RCC_BODY_NOTE},
    {"smc", RCC_BODY_SMC},
    {"watch", RCC_BODY_WATCH},
    {"comms", RCC_BODY_COMMS},
    {"sitrep", RCC_BODY_SITREP},
    {"duty", RCC_BODY_DUTY},
    {"handover", RCC_BODY_HANDOVER},
    {"centre", RCC_BODY_CENTRE},
    {"request", RCC_BODY_REQUEST},
    {"place-request", RCC_BODY_PLACE_REQUEST},
    {"circular", RCC_BODY_CIRCULAR},
    {"retention", RCC_BODY_RETENTION},
};

enum rcc_body_kind
rcc_story_work_body(const char *verb)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(verbs[i].verb, verb) == 0)
			return verbs[i].body;
	}
	return (enum rcc_body_kind)0;
}

static bool
read_number(const char *text, uint32_t *ret_value)
{
	char *end;
	/* "I1", "N2", "P3", "D4": an incident, a need, a place, a duty. */
	const char *digits = text[0] >= 'A' && text[0] <= 'Z' ? text + 1 : text;
	unsigned long value = strtoul(digits, &end, 10);

	*ret_value = (uint32_t)value;
	return digits[0] >= '0' && digits[0] <= '9' && *end == '\0' && value <= UINT32_MAX;
}

static bool
read_pos(const char *text, struct rcc_pos *ret_pos)
{
	char spaced[RCC_POS_TEXT_SIZE];

	(void)snprintf(spaced, sizeof spaced, "%s", text);
	char *comma = strchr(spaced, ',');
	if (comma != NULL)
		*comma = ' ';
	return rcc_pos_parse(spaced, ret_pos) == RCC_OK;
}

/* Sets one value; false if it is none of that kind. */
static bool
set_field(const struct field *field, const char *text, uint8_t *body)
{
	void *at = body + field->offset;
	struct rcc_mmsi mmsi = {0};
	unsigned word = 0;

	switch (field->kind) {
	case FIELD_ID:
	case FIELD_NUMBER:
	case FIELD_FLAG:
		return read_number(text, at);
	case FIELD_MMSI:
		if (rcc_mmsi_parse(text, &mmsi) != RCC_OK)
			return false;
		memcpy(at, &mmsi, sizeof mmsi);
		return true;
	case FIELD_TEXT:
		return rcc_text_copy(at, field->size, text, strlen(text)) == RCC_OK;
	case FIELD_POS:
		return read_pos(text, at);
	case FIELD_WORD:
		if (field->parse(text, &word) != RCC_OK)
			return false;
		memcpy(at, &word, sizeof word);
		return true;
	}
	return false;
}

static const struct field *
find_field(enum rcc_body_kind body, const char *key, size_t len)
{
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		if (fields[i].body == body && strlen(fields[i].key) == len && strncmp(fields[i].key, key, len) == 0)
			return &fields[i];
	}
	return NULL;
}

/* What another centre offers is a distress, wherever nothing else is said. */
static void
complete_offer(struct rcc_centre *said)
{
	said->incident.v = said->number;
	said->year = 2026;
	if (said->step != RCC_HANDOVER_OFFER)
		return;
	said->snapshot_count = 1;
	said->snapshot[0].source = RCC_SOURCE_RCC;
	said->snapshot[0].class = RCC_CLASS_LIVE;
	said->snapshot[0].category = RCC_CATEGORY_DISTRESS;
}

enum rcc_status
rcc_story_work_parse(char **word, size_t count, struct rcc_story_message *message, struct rcc_fault *ret_fault)
{
	uint8_t *body = (uint8_t *)&message->u;
	uint32_t incident = 0;

	if (message->kind == RCC_BODY_PLACE)
		message->u.place.pos = RCC_POS_NONE;
	if (message->kind == RCC_BODY_CENTRE)
		message->u.centre.snapshot[0].pos = RCC_POS_NONE;
	if (message->kind == RCC_BODY_REQUEST)
		message->u.request.pos = RCC_POS_NONE;
	if (message->kind == RCC_BODY_PLACE_REQUEST)
		message->u.place_request.pos = message->u.place_request.ship_pos = RCC_POS_NONE;
	for (size_t i = 1; i < count; i++) {
		const char *equals = strchr(word[i], '=');
		/* The word without a key is the incident; every body that has one begins with it. */
		if (equals == NULL) {
			if (!read_number(word[i], &incident))
				return rcc_fault_set(ret_fault, RCC_E_CONFIG, "not an incident: \"%s\"", word[i]);
			memcpy(body, &incident, sizeof incident);
			continue;
		}
		const struct field *field = find_field(message->kind, word[i], (size_t)(equals - word[i]));
		if (field == NULL)
			return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s has no such value: \"%s\"", word[0], word[i]);
		if (!set_field(field, equals + 1, body))
			return rcc_fault_set(ret_fault, RCC_E_CONFIG, "not what it should be: \"%s\"", word[i]);
	}
	if (message->kind == RCC_BODY_CENTRE)
		complete_offer(&message->u.centre);
	if (message->kind == RCC_BODY_PLACE_REQUEST) {
		message->u.place_request.incident.v = message->u.place_request.number;
		message->u.place_request.year = 2026;
		message->u.place_request.record.seq = 500; /* of its record, which no story has */
	}
	return RCC_OK;
}

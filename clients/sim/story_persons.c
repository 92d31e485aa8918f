/* story_persons.c - lines of a story about persons, survivors and needs as messages. */
#include <string.h>

#include "rcc/text.h"
#include "rcc/work_text.h"
#include "sim/story_words.h"

static void
parse_counts(struct words *words, struct rcc_persons *persons)
{
	persons->men = rcc_story_number(words, "men");
	persons->women = rcc_story_number(words, "women");
	persons->adults = rcc_story_number(words, "adults");
	persons->children = rcc_story_number(words, "children");
	persons->unaccompanied = rcc_story_number(words, "unaccompanied");
	persons->infants = rcc_story_number(words, "infants");
	persons->pregnant = rcc_story_number(words, "pregnant");
	persons->injured = rcc_story_number(words, "injured");
	persons->disabled = rcc_story_number(words, "disabled");
	persons->families = rcc_story_number(words, "families");
}

/* "survivors I1 men=40 women=20 families=9 dead=1 safe-hours=12 protection=yes next-port=... text=...", an officer: ship=. */
static void
parse_survivors(struct words *words, struct rcc_survivors *said)
{
	said->incident.v = rcc_story_id(words, rcc_story_plain(words, 1));
	said->ship = rcc_story_mmsi(words, "ship");
	parse_counts(words, &said->aboard);
	said->dead = rcc_story_number(words, "dead");
	said->safe_hours = rcc_story_number(words, "safe-hours");
	said->protection_stated = rcc_story_value(words, "protection") != NULL;
	said->languages = rcc_story_value(words, "interpreter") != NULL;
	rcc_story_copy(words, "next-port", said->next_port, sizeof said->next_port);
	rcc_story_copy(words, "text", said->text, sizeof said->text);
}

static void
parse_where(struct words *words, const char *key, enum rcc_where *ret_where)
{
	const char *word = rcc_story_value(words, key);

	if (word == NULL || rcc_where_parse(word, ret_where) != RCC_OK)
		rcc_story_fail(words, "not where persons are", word == NULL ? key : word);
}

/* "persons I1 from=at-risk to=aboard ship=247320100 men=40 family=together why=..."; from a ship: from-ship=; more-found=yes. */
static void
parse_move(struct words *words, struct rcc_move_persons *move)
{
	const char *family = rcc_story_value(words, "family");

	move->incident.v = rcc_story_id(words, rcc_story_plain(words, 1));
	parse_where(words, "from", &move->from);
	parse_where(words, "to", &move->to);
	move->from_ship = rcc_story_mmsi(words, "from-ship");
	move->to_ship = rcc_story_mmsi(words, "ship");
	move->place.v = rcc_story_number(words, "place");
	move->more_found = rcc_story_value(words, "more-found") != NULL;
	parse_counts(words, &move->count);
	if (family != NULL && rcc_family_parse(family, &move->family) != RCC_OK)
		rcc_story_fail(words, "families stay together or are split, not", family);
	rcc_story_copy(words, "why", move->reason, sizeof move->reason);
}

/* "need I1 kind=water quantity=200 text=..." asks; "need N1 state=promised text=..." changes it, of I1 or in=I2. */
static void
parse_need(struct words *words, struct rcc_need *need)
{
	const char *which = rcc_story_plain(words, 1);
	const char *kind = rcc_story_value(words, "kind");
	const char *state = rcc_story_value(words, "state");
	const char *incident = rcc_story_value(words, "in");

	if (which[0] == 'N') {
		need->need.v = rcc_story_id(words, which);
		need->incident.v = incident == NULL ? 1 : rcc_story_id(words, incident);
	} else {
		need->incident.v = rcc_story_id(words, which);
	}
	need->state = RCC_NEED_ASKED;
	if (kind != NULL && rcc_need_parse(kind, &need->kind) != RCC_OK)
		rcc_story_fail(words, "nothing that people need", kind);
	if (state != NULL && rcc_need_state_parse(state, &need->state) != RCC_OK)
		rcc_story_fail(words, "not a state of a need", state);
	need->ship = rcc_story_mmsi(words, "ship");
	need->quantity = rcc_story_number(words, "quantity");
	rcc_story_copy(words, "text", need->text, sizeof need->text);
}

bool
rcc_story_parse_persons(struct words *words, struct rcc_story_message *message)
{
	if (message->kind == RCC_BODY_SURVIVORS)
		parse_survivors(words, &message->u.survivors);
	else if (message->kind == RCC_BODY_PERSONS)
		parse_move(words, &message->u.persons);
	else if (message->kind == RCC_BODY_NEED)
		parse_need(words, &message->u.need);
	else
		return false;
	return true;
}

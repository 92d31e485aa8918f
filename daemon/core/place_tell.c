/*
 * place_tell.c - what a ship is told of a place of safety: as a message of her own, with a line in her ledger.
 *
 * A master who is sent to a place that two officers chose against a warning is told so, and told what protects him: his
 * objection is kept, and no law obliges him to take people where life or freedom is at risk (SAR Convention annex 3.1.9; IMO
 * MSC.167(78) 6.17; s003 par. 45).
 */
#include <string.h>

#include "core/place_internal.h"
#include "rcc/phrases.h"
#include "rcc/text.h"

static void
say(struct rcc_place_words *words, const char *text)
{
	size_t len = strlen(text);

	if (words->is_cut || len > RCC_TEXT_MAX - words->len) {
		words->is_cut = true;
		return;
	}
	memcpy(words->text + words->len, text, len + 1);
	words->len += len;
}

/* The reasons, one after the other. */
static void
say_blocks(struct rcc_place_words *words, uint32_t blocks)
{
	static const struct {
		uint32_t block;
		const char *text;
	} reasons[] = {
	    {RCC_PLACE_BLOCK_UNSAFE, "it is flagged unsafe"},
	    {RCC_PLACE_BLOCK_FEARED, "survivors fear it"},
	    {RCC_PLACE_BLOCK_UNCHECKED, "not every check is answered yes"},
	    {RCC_PLACE_BLOCK_REFUSED, "its authority refuses"},
	};
	const char *between = "";

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		if ((blocks & reasons[i].block) == 0)
			continue;
		say(words, between);
		say(words, reasons[i].text);
		between = ", ";
	}
	say(words, ". ");
}

void
rcc_place_words_assigned(struct rcc_place_words *words, const struct rcc_place_sent *sent)
{
	char pos[RCC_POS_TEXT_SIZE];

	*words = (struct rcc_place_words){.pos = sent->pos};
	say(words, RCC_PHRASE_PLACED);
	say(words, sent->name);
	if (rcc_pos_is_known(sent->pos)) {
		say(words, ", ");
		say(words, rcc_pos_format(pos, sent->pos));
	}
	if (sent->former != NULL) {
		say(words, ". It replaces ");
		say(words, sent->former);
	}
	say(words, ".");
	if (sent->overridden == 0) {
		say(words, sent->text[0] == '\0' ? "" : " ");
		say(words, sent->text);
		return;
	}
	say(words, " Two officers decided so although ");
	say_blocks(words, sent->overridden);
	if (sent->has_objection)
		say(words, "Your objection is on record and never counts against your ship. ");
	say(words, "No law obliges a master to go where life is at risk.");
}

void
rcc_place_words_withdrawn(struct rcc_place_words *words, const char *name, uint32_t blocked, const char *text)
{
	*words = (struct rcc_place_words){.pos = RCC_POS_NONE};
	say(words, RCC_PHRASE_PLACE_WITHDRAWN);
	say(words, name);
	if (blocked != 0) {
		say(words, ", because ");
		say_blocks(words, blocked);
	} else {
		say(words, ". ");
	}
	say(words, "Do not go there; the centre seeks another.");
	say(words, text[0] == '\0' ? "" : " ");
	say(words, text);
}

void
rcc_place_words_reached(struct rcc_place_words *words, const char *former, const char *name)
{
	*words = (struct rcc_place_words){.pos = RCC_POS_NONE};
	say(words, RCC_PHRASE_PLACE_OVER);
	say(words, former);
	say(words, " any more: those whom you had aboard are ashore at ");
	say(words, name);
	say(words, ".");
}

void
rcc_place_tell_nobody(struct rcc_core *core)
{
	memset(core->leg, 0, core->peer_count * sizeof core->leg[0]);
}

void
rcc_place_make_room(struct rcc_step *step)
{
	(void)(rcc_room_for_broadcast(step, RCC_BROADCAST_TASK, RCC_SHIPS_OF_PLACE_MAX) &&
	       rcc_room_for_deliveries(step, RCC_BROADCAST_TASK, RCC_SHIPS_OF_PLACE_MAX));
}

bool
rcc_place_tell_also(struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, ship);

	if (peer == NULL || incident->is_restricted || !rcc_peer_hears(peer, incident->class, core->at_ms))
		return false;
	/* With full tables a withdrawal stands all the same: she is told by voice, and the record says so. */
	if (core->broadcast_count >= rcc_broadcasts_limit(RCC_BROADCAST_TASK) ||
	    rcc_ledger_used(core) + RCC_SHIPS_OF_PLACE_MAX > rcc_ledger_limit(RCC_BROADCAST_TASK))
		return false;
	core->leg[peer - core->peer].is_recipient = true;
	return true;
}

void
rcc_place_tell(struct rcc_step *step, struct rcc_incident_id incident, const struct rcc_place_words *words)
{
	rcc_broadcast_direct_to(step, incident, words->pos, words->text);
}

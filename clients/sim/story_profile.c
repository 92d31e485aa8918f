/* story_profile.c - what a ship declares of herself, as a story says it. */
#include <string.h>

#include "rcc/units.h"
#include "sim/story_words.h"

/* Words that are no value of the table of profiles. */
static bool
is_beside_values(const char *word)
{
	static const char *const keys[] = {"mmsi=", "checked=", "missing=", "company=", "contact=", "policy="};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (strncmp(word, keys[i], strlen(keys[i])) == 0)
			return true;
	}
	return strchr(word, '=') == NULL;
}

/*
 * "profile max-speed=14 freeboard=2.5 checked=30 missing=... company=... contact=... policy=...", with mmsi= from an officer;
 * checked so many minutes ago.
 */
void
rcc_story_parse_profile(struct words *words, struct rcc_story_message *message)
{
	struct rcc_profile_order *order = &message->u.profile;
	const char *word;

	order->ship = rcc_story_mmsi(words, "mmsi");
	if (rcc_story_value(words, "checked") != NULL)
		order->checked_at_ms = -(int64_t)rcc_story_number(words, "checked") * RCC_MS_PER_MIN - 1;
	rcc_story_copy(words, "missing", order->missing, sizeof order->missing);
	rcc_story_copy(words, "company", order->company, sizeof order->company);
	rcc_story_copy(words, "contact", order->company_contact, sizeof order->company_contact);
	rcc_story_copy(words, "policy", order->policy, sizeof order->policy);
	for (size_t i = 0; (word = rcc_story_word(words, i)) != NULL; i++) {
		if (!is_beside_values(word) && rcc_profile_add(order, word) != RCC_OK)
			rcc_story_fail(words, "not a value of a profile", word);
	}
}

#include "ctl/words.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define PLACES_SIZE 512

struct words {
	char *text;
	size_t len;
};

static void __attribute__((format(printf, 2, 3))) add(struct words *words, const char *format, ...)
{
	va_list arguments;
	if (words->len + 1 >= RCC_CTL_WORDS_SIZE)
		return;
	size_t room = RCC_CTL_WORDS_SIZE - words->len;
	va_start(arguments, format);
	int len = vsnprintf(words->text + words->len, room, format, arguments);
	va_end(arguments);
	if (len < 0 || (size_t)len + 2 > room) {
		/* Half a sentence says something else. */
		words->text[words->len] = '\0';
		return;
	}
	words->len += (size_t)len;
	memcpy(words->text + words->len, "\n", 2);
	words->len++;
}

static const char *
text_of(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? "" : text;
}

static long long
number_of(const json_t *row, const char *key)
{
	return (long long)json_integer_value(json_object_get(row, key));
}

static bool
is_true(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

/* Without milliseconds: nobody reviews a case to the second. */
static void
time_of(const json_t *row, const char *key, char text[RCC_TIME_TEXT_SIZE])
{
	snprintf(text, RCC_TIME_TEXT_SIZE, "%s", text_of(row, key));
	char *fraction = strchr(text, '.');
	if (fraction != NULL)
		memcpy(fraction, "Z", sizeof "Z");
}

struct rcc_pos
rcc_ctl_row_pos(const json_t *row)
{
	const json_t *lat = json_object_get(row, "lat");
	const json_t *lon = json_object_get(row, "lon");
	if (!json_is_number(lat) || !json_is_number(lon) || fabs(json_number_value(lat)) > 90.0 ||
	    fabs(json_number_value(lon)) > 180.0)
		return RCC_POS_NONE;
	return (struct rcc_pos){.lat_e7 = rcc_e7_of_deg(json_number_value(lat)),
	                        .lon_e7 = rcc_e7_of_deg(json_number_value(lon))};
}

bool
rcc_ctl_places_format(const json_t *row, char *text, size_t size)
{
	json_t *places = json_object_get(row, "places");
	size_t index;
	json_t *place;
	size_t len = 0;
	text[0] = '\0';
	json_array_foreach(places, index, place)
	{
		char pos[RCC_POS_TEXT_SIZE];
		long long percent = number_of(place, "percent");
		int added = snprintf(text + len, size - len, "%s%s", len == 0 ? "" : _(" or "),
		                     rcc_pos_format(pos, rcc_ctl_row_pos(place)));
		if (added > 0 && len + (size_t)added < size)
			len += (size_t)added;
		added = percent == 0 ? 0 : snprintf(text + len, size - len, " (%lld %%)", percent);
		if (added > 0 && len + (size_t)added < size)
			len += (size_t)added;
	}
	return len > 0;
}

static void
add_places(struct words *words, const json_t *row)
{
	char places[PLACES_SIZE];
	if (!rcc_ctl_places_format(row, places, sizeof places)) {
		if (is_true(row, "conflict"))
			add(words, _("CONFLICT: its sources contradict each other"));
		return;
	}
	if (is_true(row, "conflict"))
		add(words, _("CONFLICT: its sources contradict each other; it may be at %s; classify --pos settles it"),
		    places);
	else
		add(words, _("it may be at %s"), places);
}

/* Why its place or time may be wrong. */
static void
add_doubts(struct words *words, const json_t *row)
{
	const json_t *doubt;
	size_t i;

	json_array_foreach(json_object_get(row, "doubts"), i, doubt)
	    add(words, _("DOUBTFUL: %s"), json_string_value(doubt));
}

/* On its way from one centre to another: who is to act, in words. */
static void
add_handover(struct words *words, const json_t *handover)
{
	const char *centre = text_of(handover, "centre");
	const char *stage = text_of(handover, "stage");
	bool is_in = strcmp(text_of(handover, "direction"), "in") == 0;
	if (!json_is_object(handover))
		return;
	if (strcmp(stage, "contested") == 0)
		add(words, _("CONTESTED with %s: %s"), centre, text_of(handover, "who"));
	else if (is_in)
		add(words, _("offered by %s, %s: %s"), centre, stage, text_of(handover, "who"));
	else
		add(words, _("offered to %s, %s: %s"), centre, stage, text_of(handover, "who"));
	if (is_true(handover, "overdue") && strcmp(stage, "offered") == 0)
		add(words,
		    _("NO ANSWER from %s in time: telephone, withdraw it (rccctl handover INC withdraw), or wait"),
		    centre);
}

static void
add_incident(struct words *words, const json_t *row)
{
	char review[RCC_TIME_TEXT_SIZE];
	time_of(row, "review", review);
	add_doubts(words, row);
	if (is_true(row, "legal_hold"))
		add(words, _("on LEGAL HOLD: nothing of it is erased or purged"));
	if (is_true(row, "restricted"))
		add(words, _("RESTRICTED: ship security, for officers alone, never for ships"));
	if (is_true(row, "review_due"))
		add(words, _("REVIEW IS DUE since %s: resume it, close it, or suspend it anew"), review);
	else if (review[0] != '\0')
		add(words, _("suspended until %s, or until new developments"), review);
	add_handover(words, json_object_get(row, "handover"));
	if (is_true(row, "no_position_overdue"))
		add(words, _("NO POSITION in time: find one (classify --pos)"));
	if (json_is_object(json_object_get(row, "part_of")))
		add(words, _("part of %s"), text_of(json_object_get(row, "part_of"), "incident"));
	if (number_of(row, "parts") == 0)
		return;
	if (number_of(row, "persons_in_parts") != 0)
		add(words, _("mass rescue: parts %lld, of them open %lld, persons in the parts %lld"),
		    number_of(row, "parts"), number_of(row, "parts_open"), number_of(row, "persons_in_parts"));
	else
		add(words, _("mass rescue: parts %lld, of them open %lld"), number_of(row, "parts"),
		    number_of(row, "parts_open"));
}

/* What the machine saw in common: its word in JSON, its sentence here. */
static const char *
join_text(const char *word)
{
	for (int i = 1; i <= RCC_JOIN_LAST; i++) {
		if (strcmp(rcc_join_word((enum rcc_join)i), word) == 0)
			return rcc_join_text((enum rcc_join)i);
	}
	return word;
}

static void
add_suggestions(struct words *words, const json_t *row)
{
	size_t index;
	json_t *item;
	json_array_foreach(json_object_get(row, "suggestions"), index, item)
	{
		const char *incident = text_of(item, "incident");
		add(words, _("may belong to %s: %s, %lld of 100 (rccctl join %lld %s)"), incident,
		    join_text(text_of(item, "why")), number_of(item, "score"), number_of(row, "id"), incident);
	}
}

/* What the machine keeps apart, a person compares. */
static void
add_beside(struct words *words, const json_t *row)
{
	size_t index;
	json_t *item;
	json_array_foreach(json_object_get(row, "same_beacon"), index, item)
	    add(words, _("SAME BEACON as alert %lld, which is %s (%s): compare them (rccctl alert %lld)"),
	        number_of(item, "alert"), text_of(item, "mode"), text_of(item, "lane"), number_of(item, "alert"));
}

static void
add_flood(struct words *words, const json_t *row)
{
	long long more = number_of(row, "flood_alerts") - 1;
	const char *sender = text_of(row, "sender");
	if (more <= 0)
		return;
	if (strchr(sender, ' ') != NULL)
		add(words, _("and %lld more like it: rccctl flood \"%s\""), more, sender);
	else if (sender[0] != '\0')
		add(words, _("and %lld more like it: rccctl flood %s"), more, sender);
	else
		add(words, _("and %lld more like it: rccctl flood %lld"), more, number_of(row, "flood_sender"));
}

static void
add_alert(struct words *words, const json_t *row)
{
	size_t index;
	json_t *note;
	const char *beacon = text_of(row, "beacon");
	json_array_foreach(json_object_get(row, "notes"), index, note)
	    add(words, _("note: %s"), json_is_string(note) ? json_string_value(note) : "");
	if (is_true(row, "escalated"))
		add(words, _("IT HAS WAITED TOO LONG: accept or dismiss it"));
	if (beacon[0] != '\0')
		add(words, _("beacon %s"), beacon);
	if (is_true(row, "contact_sealed"))
		add(words, _("who called, and how to call back, is sealed in the record"));
	add_suggestions(words, row);
	add_beside(words, row);
	add_flood(words, row);
}

/* Both numbers where they differ, and what a table has no column for. */
static void
add_persons(struct words *words, const json_t *row)
{
	const json_t *reported = json_object_get(row, "reported");
	long long dead = number_of(reported, "dead");
	const char *counter = text_of(reported, "counted_by");
	if (is_true(row, "disputed") && counter[0] != '\0')
		add(words, _("DISPUTED: %s counted %lld, the ledger has %lld; a move or a report settles it"), counter,
		    number_of(reported, "persons"), number_of(row, "persons"));
	else if (is_true(row, "disputed"))
		add(words, _("DISPUTED: she says %lld, the ledger has %lld; a move or another report settles it"),
		    number_of(reported, "persons"), number_of(row, "persons"));
	if (text_of(reported, "passed_on_by")[0] != '\0')
		add(words, _("what she says came through %s"), text_of(reported, "passed_on_by"));
	if (dead != 0)
		add(words, _("she reports dead: %lld"), dead);
	if (is_true(row, "family_split"))
		add(words, _("A FAMILY WAS SPLIT HERE: the record says why; bring it together again"));
	if (is_true(row, "protection_stated"))
		add(words, _("some have stated a fear or a need of protection"));
	if (is_true(reported, "interpreter"))
		add(words, _("interpreters are needed"));
	if (text_of(reported, "next_port")[0] != '\0')
		add(words, _("her next port: %s"), text_of(reported, "next_port"));
	if (text_of(reported, "text")[0] != '\0')
		add(words, _("she says: %s"), text_of(reported, "text"));
}

/* Which command takes it out of the way. */
static void
add_obstacle(struct words *words, const json_t *row)
{
	const char *number = text_of(row, "incident");
	const char *kind = text_of(row, "kind");
	const char *mmsi = text_of(row, "mmsi");
	long long duty = number_of(row, "duty");
	if (strcmp(kind, "persons") == 0)
		add(words,
		    _("count them where they are: rccctl persons %s --from at-risk --to WHERE --men N ...; who was "
		      "never "
		      "in danger: --to never --reason TEXT"),
		    number);
	else if (strcmp(kind, "aboard") == 0)
		add(words, _("when they are ashore: rccctl persons %s --from-ship %s --to landed --men N ..."), number,
		    mmsi);
	else if (strcmp(kind, "missing") == 0)
		add(words, _("rccctl persons %s --from missing --to WHERE --men N ..."), number);
	else if (strcmp(kind, "number") == 0)
		add(words,
		    _("nobody has told how many they were: rccctl classify %s --persons N --reason TEXT states it"),
		    number);
	else if (strcmp(kind, "disputed") == 0 && mmsi[0] != '\0')
		add(words,
		    _("she reports anew, or rccctl survivors %s --ship %s --men N ..., or the ledger is wrong: rccctl "
		      "persons %s"),
		    number, mmsi, number);
	else if (strcmp(kind, "disputed") == 0)
		add(words,
		    _("ships report them: rccctl persons %s --from WHERE --to dead --men N ...; told wrongly: rccctl "
		      "survivors %s --ship MMSI --men N ... --dead N --text WHY"),
		    number, number);
	else if (strcmp(kind, "sent") == 0)
		add(words, _("she is sent to a place of safety: rccctl place %s NAME reached or withdrawn --ship %s"),
		    number, mmsi);
	else if (strcmp(kind, "untold") == 0 && json_is_true(json_object_get(row, "by_voice")))
		add(words, _("by voice, then: rccctl release %s --ship %s --text TEXT"), number, mmsi);
	else if (strcmp(kind, "untold") == 0 && duty == 0)
		add(words, _("no end has gone to her: rccctl cancel %s --reason TEXT, or rccctl release %s --ship %s"),
		    number, number, mmsi);
	else if (strcmp(kind, "untold") == 0)
		add(words, _("by another channel; when all know: rccctl duty %lld discharged --reason TEXT"), duty);
	else if (strcmp(kind, "duty") == 0 && strcmp(text_of(row, "obligation"), "OB43") == 0)
		add(words, "rccctl smc %s --name NAME", number);
	else if (strcmp(kind, "duty") == 0 && strcmp(text_of(row, "obligation"), "OB42") == 0)
		add(words, _("with those who said it, place by place: rccctl place %s NAME reviewed --text TEXT"),
		    number);
	else if (strcmp(kind, "duty") == 0 && strcmp(text_of(row, "obligation"), "R39") == 0)
		add(words,
		    _("rccctl referral %s SERVICE --authority NAME --persons N --accepted; all of them by several: "
		      "rccctl "
		      "duty %lld discharged; none wants it: excused, with the reason"),
		    number, duty);
	else if (strcmp(kind, "duty") == 0 && strcmp(text_of(row, "obligation"), "OB48") == 0)
		add(words, _("rccctl needs %s, then each: rccctl need --id N --state met"), number);
	else if (strcmp(kind, "duty") == 0)
		add(words, _("done otherwise, or not owed: rccctl duty %lld discharged --reason TEXT (or excused)"),
		    duty);
	else if (strcmp(kind, "part") == 0)
		add(words, "rccctl closing %s", text_of(json_object_get(row, "part"), "incident"));
}

static void
add_balance(struct words *words, const json_t *row)
{
	if (number_of(row, "at_risk") != 0)
		add(words, _("NOT CLOSED: %lld of %lld are not counted anywhere"), number_of(row, "at_risk"),
		    number_of(row, "total"));
	if (number_of(row, "dead_unmoved") != 0)
		add(words, _("ships have reported %lld dead that nobody has counted yet: persons --to dead"),
		    number_of(row, "dead_unmoved"));
	if (is_true(row, "disputed"))
		add(words, _("NOT CLOSED: a ship says another number than the ledger"));
	/* What nobody told has to be stated before it is closed; what was told may be, while it is open. */
	bool is_closed = is_true(row, "case_closed");
	const char *number = text_of(row, "incident");
	if (!is_true(row, "total_told") && is_closed)
		add(words, _("nobody ever said how many there were"));
	else if (!is_true(row, "total_told"))
		add(words,
		    _("nobody has said how many there are: rccctl classify %s --persons N --reason TEXT states it"),
		    number);
	else if (!is_true(row, "total_stated") && !is_closed)
		add(words,
		    _("no officer vouches for the total yet: rccctl classify %s --persons N --reason TEXT states it"),
		    number);
}

static void
add_sentence(void *context, const char *sentence)
{
	add(context, "%s", sentence);
}

void
rcc_ctl_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE])
{
	struct words words = {.text = text};
	const char *class_name = text_of(row, "class");
	text[0] = '\0';
	if (strcmp(class_name, "INCIDENT") == 0 || strcmp(class_name, "ALERT") == 0 ||
	    strcmp(class_name, "BROADCAST") == 0)
		add_places(&words, row);
	if (strcmp(class_name, "INCIDENT") == 0)
		add_incident(&words, row);
	else if (strcmp(class_name, "ALERT") == 0)
		add_alert(&words, row);
	else if (strcmp(class_name, "PERSONS") == 0)
		add_persons(&words, row);
	else if (strcmp(class_name, "OBSTACLE") == 0)
		add_obstacle(&words, row);
	else if (strcmp(class_name, "BALANCE") == 0)
		add_balance(&words, row);
	else if (strcmp(class_name, "NEED") == 0 && is_true(row, "overdue"))
		add(&words, _("NOBODY HAS SEEN TO IT IN TIME: need --id %lld --state promised, met or refused"),
		    number_of(row, "id"));
	else if (strcmp(class_name, "PLACE") == 0)
		rcc_ctl_place_words(row, add_sentence, &words);
	else if (strcmp(class_name, "HANDOVER") == 0)
		rcc_ctl_handover_words(row, add_sentence, &words);
	else if (strcmp(class_name, "SUGGESTION") == 0)
		add(&words, "rccctl join %lld %s --reason TEXT", number_of(row, "alert"), text_of(row, "incident"));
	else if (strcmp(class_name, "PLAN") == 0 && is_true(row, "overdue"))
		add(&words, _("OVERDUE: no report or arrival as promised; its case stands in `rccctl incidents`"));
	else if (strcmp(class_name, "STATUS") == 0 && number_of(row, "duties_lost") > 0)
		add(&words, _("THE DUTY LEDGER IS FULL: %lld lines found no place; close what is over"),
		    number_of(row, "duties_lost"));
	else if (strcmp(class_name, "STATUS") == 0 && is_true(row, "not_told_alike"))
		add(&words, _("SHIPS ARE NOT TOLD ALIKE: see `rccctl parity`"));
	else if (text[0] == '\0')
		rcc_ctl_rank_words_format(row, text);
}

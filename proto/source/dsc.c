/*
 * dsc.c - digital selective calling (ITU-R M.493) and its expansion (ITU-R M.821), as a receiver writes them down in DSC
 * and DSE sentences (IEC 61162-1).
 *
 * A call is distress by its format, by its category, or by a telecommand that only distress has. It is routine only if
 * everything it says is; between the two a person reads it. A wrong checksum stops nothing, yet then no ship is called by
 * a machine. The text holds no time, which pos_at_ms tells: the daemon counts calls that say the same as repeats.
 */
#include "proto/source/dsc_expansion.h"
#include "proto/source/nmea.h"
#include "proto/source/source.h"

/*
 * The minutes of a call are cut off, not rounded: a refinement is added to them. The ship is in the square of one minute
 * beyond the position, at most 1852 m times the square root of 2 away.
 */
#define WHOLE_MINUTE_RADIUS_M 2620

enum sense {
	SENSE_DISTRESS = 1,
	SENSE_RELAY = 2,
	SENSE_ACKNOWLEDGE = 3,
	SENSE_URGENCY = 4,
	SENSE_ROUTINE = 5,
	SENSE_UNCLEAR = 6, /* it contradicts itself, or what it is cannot be read */
};

struct call {
	const struct rcc_nmea *nmea;
	int format, category, first, second, nature;
	struct rcc_mmsi sender; /* 0 = not stated, or the address is an area */
	struct rcc_mmsi named;  /* the ship in distress, of another sender's call */
	bool is_naming;         /* the field of the ship in distress is neither empty nor all zeros */
	enum sense sense;
	struct place place;
};

/* Expansions in the same bytes that are put together side by side: of more ships than that none calls at once. */
#define GROUPS_MAX 4

/* All sentences of the same bytes. */
struct reading {
	struct said best; /* what matters most of what was read so far */
	uint32_t groups;
	struct said group[GROUPS_MAX]; /* expansions, in the order in which they began */
	bool is_all_read, is_all_told;
};

static enum sense
sense_of(const struct call *call)
{
	bool is_relay = call->first == TELECOMMAND_RELAY, is_ack = call->first == TELECOMMAND_ACKNOWLEDGE;
	bool is_about_distress = is_relay || is_ack || call->is_naming || rcc_nmea_field(call->nmea, 8)[0] != '\0';

	if (call->format == FORMAT_DISTRESS)
		return SENSE_DISTRESS;
	if (call->category == CATEGORY_DISTRESS || (call->category == CODE_EMPTY && (is_relay || is_ack))) {
		if (is_relay)
			return SENSE_RELAY;
		return is_ack ? SENSE_ACKNOWLEDGE : SENSE_DISTRESS;
	}
	if (call->category == CATEGORY_URGENCY)
		return SENSE_URGENCY;
	bool is_routine = call->category == CATEGORY_ROUTINE || call->category == CATEGORY_SAFETY;
	return is_routine && is_known_format(call->format) && !is_about_distress ? SENSE_ROUTINE : SENSE_UNCLEAR;
}

static struct call
call_of(const struct rcc_nmea *nmea)
{
	struct call call = {.nmea = nmea,
	                    .format = code_of(rcc_nmea_field(nmea, 0)),
	                    .category = code_of(rcc_nmea_field(nmea, 2)),
	                    .first = code_of(rcc_nmea_field(nmea, 3)),
	                    .second = code_of(rcc_nmea_field(nmea, 4)),
	                    .named = mmsi_of(rcc_nmea_field(nmea, 7)),
	                    .is_naming = rcc_nmea_field(nmea, 7)[strspn(rcc_nmea_field(nmea, 7), "0")] != '\0'};

	if (call.format != FORMAT_AREA)
		call.sender = mmsi_of(rcc_nmea_field(nmea, 1));
	call.nature = code_of(rcc_nmea_field(nmea, call.format == FORMAT_DISTRESS ? 3 : 8));
	call.sense = sense_of(&call);
	/* What is not ten digits long in a call other than distress is a channel or a frequency. */
	bool is_channel = call.sense == SENSE_URGENCY && strlen(rcc_nmea_field(nmea, 5)) != 10;
	call.place = place_of(is_channel ? "" : rcc_nmea_field(nmea, 5));
	return call;
}

/* Who is in danger, and who says so. */
static void
set_stations(const struct call *call, struct rcc_alert *alert)
{
	bool is_own = call->format == FORMAT_DISTRESS;
	bool is_same = call->named.v != 0 && call->named.v == call->sender.v;
	bool is_reference = call->sense == SENSE_RELAY || call->sense == SENSE_ACKNOWLEDGE;

	alert->casualty = call->sender;
	if (is_same && (is_own || call->sense == SENSE_ACKNOWLEDGE)) {
		alert->marks |= RCC_ALERT_SELF_CANCEL;
		return;
	}
	if (is_own) {
		if (call->sender.v == 0)
			alert->casualty = call->named;
		return;
	}
	/* No coast station is in distress: one that calls does so for somebody. */
	if (is_reference || (call->is_naming && !is_same) || rcc_station_of(call->sender) == RCC_STATION_COAST) {
		alert->casualty = call->named;
		alert->relay = call->sender;
		alert->marks |= call->sense == SENSE_ACKNOWLEDGE ? RCC_ALERT_ACKNOWLEDGED : RCC_ALERT_RELAYED;
	}
}

/* Where an urgency message will be heard: M.493 writes VHF channels as 90 and four digits, frequencies in 100 Hz. */
static void
say_channel(struct words *words, const struct call *call)
{
	const char *field = rcc_nmea_field(call->nmea, 5);
	bool is_channel = is_digits(field, 6) || is_digits(field, 12);

	say(words, ": announces a message by ");
	say(words, call->first == 6 || call->first == 13 || call->first == 15 ? "data" : "telephony");
	if (is_channel && field[0] == '9')
		say_number(words, " on channel ", number_at(field, 2, 4), "");
	else if (is_channel && field[0] <= '2')
		say_tenths(words, " on ", number_at(field, 0, 6), " kHz");
	if (call->second == SECOND_MEDICAL)
		say(words, "; medical transport");
	else if (call->second == SECOND_NEUTRAL)
		say(words, "; ship or aircraft that is no party to an armed conflict");
}

static void
say_subject(struct words *words, const struct call *call, const struct rcc_alert *alert)
{
	bool is_answer = rcc_nmea_field(call->nmea, 9)[0] == 'B';

	if ((alert->marks & RCC_ALERT_SELF_CANCEL) != 0)
		say(words, "DSC distress withdrawn by its sender");
	else if (call->sense == SENSE_RELAY)
		say(words, is_answer ? "DSC distress relay acknowledged" : "DSC distress relay");
	else if (call->sense == SENSE_ACKNOWLEDGE)
		say(words, "DSC distress acknowledged");
	else if (call->sense == SENSE_URGENCY)
		say(words, "DSC urgency call");
	else
		say(words, call->sense == SENSE_UNCLEAR ? "DSC call that may be distress" : "DSC distress");
	if (alert->relay.v != 0)
		say_mmsi(words, " by ", alert->relay);
	if (call->format == FORMAT_AREA)
		say(words, " to ships in an area");
	if (call->sense == SENSE_URGENCY)
		say_channel(words, call);
	else if (alert->nature != RCC_NATURE_NOT_STATED || call->sense == SENSE_DISTRESS) {
		say(words, ": ");
		say(words, nature_words(alert->nature));
	}
}

/* What the alert's values cannot hold, in the characters that came. */
static void
say_unread(struct words *words, const struct call *call, const struct rcc_alert *alert)
{
	const struct rcc_nmea *nmea = call->nmea;
	bool is_own = call->format == FORMAT_DISTRESS;
	const char *nature = rcc_nmea_field(nmea, is_own ? 3 : 8);
	const char *time = rcc_nmea_field(nmea, 6);

	if (call->sender.v == 0 && call->format != FORMAT_AREA)
		say_no_sender(words, rcc_nmea_field(nmea, 1));
	if (call->named.v == 0 && call->is_naming)
		say_field(words, "; ship in distress \"", rcc_nmea_field(nmea, 7), "\" is no MMSI");
	else if (call->named.v != 0 && call->named.v != alert->casualty.v)
		say_mmsi(words, "; names ", call->named);
	if (alert->nature == RCC_NATURE_UNDESIGNATED && call->nature != RCC_NATURE_UNDESIGNATED - RCC_NATURE_FIRE)
		say_field(words, "; nature \"", nature, "\" is not defined");
	if (call->place.kind == PLACE_UNREADABLE)
		say_field(words, "; position \"", rcc_nmea_field(nmea, 5), "\" cannot be read");
	else if (call->place.kind == PLACE_KNOWN && alert->pos_at_ms == 0 && time[0] != '\0' &&
	         strcmp(time, "8888") != 0)
		say_field(words, "; time \"", time, "\" cannot be read");
}

static enum rcc_category
category_of(const struct call *call)
{
	if (call->sense != SENSE_URGENCY && call->sense != SENSE_UNCLEAR)
		return RCC_CATEGORY_DISTRESS;
	if (call->category == CATEGORY_URGENCY)
		return RCC_CATEGORY_URGENCY;
	if (call->category == CATEGORY_SAFETY)
		return RCC_CATEGORY_SAFETY;
	return call->category == CATEGORY_ROUTINE ? RCC_CATEGORY_ROUTINE : RCC_CATEGORY_NOT_STATED;
}

static void
read_alert(const struct call *call, int64_t at_ms, struct said *ret_said)
{
	struct rcc_alert *alert = &ret_said->heard.alert;
	bool is_wrong = call->nmea->checksum != RCC_NMEA_CHECKSUM_GOOD;

	ret_said->heard.kind = RCC_HEARD_ALERT;
	*alert = rcc_source_alert(RCC_SOURCE_DSC);
	alert->category = category_of(call);
	alert->nature = nature_of(call->nature);
	alert->marks = is_wrong ? RCC_ALERT_CHECKSUM_WRONG | RCC_ALERT_NEEDS_READING : 0;
	/* A call without an address is a fragment, however right its checksum. */
	if (call->sense == SENSE_UNCLEAR || call->nmea->count < 2)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	set_stations(call, alert);
	alert->pos = pos_of(&call->place, 0);
	if (rcc_pos_is_known(alert->pos)) {
		alert->pos_at_ms = time_of(rcc_nmea_field(call->nmea, 6), at_ms);
		alert->pos_radius_m = WHOLE_MINUTE_RADIUS_M;
	}
	say_subject(&ret_said->words, call, alert);
	say_unread(&ret_said->words, call, alert);
	say_checksum(&ret_said->words, call->nmea->checksum);
}

/* A ship's position, if the call is sound and states one; it is as old as the call says, never of a time to come. */
static void
read_routine(const struct call *call, int64_t at_ms, struct said *ret_said)
{
	int64_t time_ms = time_of(rcc_nmea_field(call->nmea, 6), at_ms);
	bool is_position = call->nmea->checksum == RCC_NMEA_CHECKSUM_GOOD && call->first == TELECOMMAND_POSITION &&
	                   call->sender.v != 0 && call->place.kind == PLACE_KNOWN;

	ret_said->heard.kind = is_position ? RCC_HEARD_POSITION : RCC_HEARD_ROUTINE;
	if (!is_position)
		return;
	ret_said->heard.report = (struct rcc_report){.mmsi = call->sender,
	                                             .pos = pos_of(&call->place, 0),
	                                             .at_ms = time_ms != 0 && time_ms < at_ms ? time_ms : at_ms,
	                                             .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                                             .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	                                             .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                             .nav_status = RCC_NAV_STATUS_UNKNOWN};
}

static void
read_dsc(const struct rcc_nmea *nmea, int64_t at_ms, struct said *ret_said)
{
	struct call call = call_of(nmea);
	bool is_sound = nmea->checksum == RCC_NMEA_CHECKSUM_GOOD;

	ret_said->place = call.place;
	if (call.sense == SENSE_ROUTINE && (is_sound || is_harmless(call.first)))
		read_routine(&call, at_ms, ret_said);
	else
		read_alert(&call, at_ms, ret_said);
}

/*
 * How many bytes the next sentence has: up to a line feed, or to a dollar, which none has inside, if a line feed was lost.
 * Behind the backslash of a tag block the same sentence goes on.
 */
static size_t
length_of_next(const uint8_t *bytes, size_t len)
{
	size_t end = 1;

	while (end < len && bytes[end - 1] != '\n' && (bytes[end] != '$' || bytes[end - 1] == '\\'))
		end++;
	return end;
}

/* Of several sentences in the same bytes the one that matters most is told. */
static int
weight_of(const struct said *said)
{
	uint32_t marks = said->heard.alert.marks;

	if (said->heard.kind != RCC_HEARD_ALERT)
		return said->heard.kind == 0 ? 0 : 1;
	if (said->is_dse)
		return 2;
	if ((marks & RCC_ALERT_SELF_CANCEL) != 0)
		return 3;
	if ((marks & RCC_ALERT_NEEDS_READING) != 0)
		return 4;
	return said->heard.alert.category == RCC_CATEGORY_DISTRESS ? 6 : 5;
}

/* The DSE of a call that came with it: no need to wait for the daemon to put them together. */
static bool
refine_by(struct said *said, const struct said *dse)
{
	struct rcc_alert *alert = &said->heard.alert;
	const struct rcc_alert *more = &dse->heard.alert;

	if (said->is_dse || !dse->is_dse || !dse->is_sound || said->heard.kind == 0 ||
	    dse->heard.kind != RCC_HEARD_ALERT || strcmp(said->address, dse->address) != 0)
		return false;
	struct rcc_pos pos = pos_of(&said->place, more->refine);
	bool is_refined = more->refine != 0 && rcc_pos_is_known(pos);
	if (is_refined && said->heard.kind == RCC_HEARD_POSITION)
		said->heard.report.pos = pos;
	if (said->heard.kind != RCC_HEARD_ALERT)
		return true;
	if (is_refined) {
		alert->pos = pos;
		alert->pos_radius_m = 0;
	}
	/* The expansion speaks of its sender, which in a relay is not the casualty: the text has it. */
	if ((alert->marks & (RCC_ALERT_RELAYED | RCC_ALERT_ACKNOWLEDGED)) == 0) {
		if (more->persons != 0)
			alert->persons = more->persons;
		if (more->name[0] != '\0')
			memcpy(alert->name, more->name, sizeof alert->name);
		if (more->callsign[0] != '\0')
			memcpy(alert->callsign, more->callsign, sizeof alert->callsign);
	}
	return true;
}

/* Puts one more sentence to what was read before; false if an alert in it cannot be told. */
static bool
take(struct said *best, const struct said *said)
{
	const struct said before = *best;

	if (refine_by(best, said)) {
		say(&best->words, said->words.text + strlen(EXPANSION_LEAD));
		return true;
	}
	if (weight_of(said) <= weight_of(best))
		return said->heard.kind != RCC_HEARD_ALERT;
	*best = *said;
	if (!refine_by(best, &before))
		return before.heard.kind != RCC_HEARD_ALERT;
	say(&best->words, before.words.text + strlen(EXPANSION_LEAD));
	return true;
}

/* What a DSC sentence says, to what was read before. */
static void
take_call(struct reading *reading, const struct rcc_nmea *nmea, int64_t at_ms)
{
	struct said said;

	memset(&said, 0, sizeof said);
	said.is_sound = nmea->checksum == RCC_NMEA_CHECKSUM_GOOD;
	(void)snprintf(said.address, sizeof said.address, "%.*s", SHOWN_MAX, rcc_nmea_field(nmea, 1));
	read_dsc(nmea, at_ms, &said);
	/* The field of time dates the position alone (ITU-R M.493); the call's own time is what the station's tag block says. */
	if (said.heard.kind == RCC_HEARD_ALERT)
		said.heard.alert.signal_at_ms = nmea->tag_at_ms;
	reading->is_all_told = take(&reading->best, &said) && reading->is_all_told;
}

static void
end_expansion(struct reading *reading, struct said *said)
{
	rcc_dsc_expansion_end(said);
	reading->is_all_told = take(&reading->best, said) && reading->is_all_told;
}

/* Puts a DSE to the one expansion that it continues; which of two, nobody can know. */
static void
take_expansion(struct reading *reading, const struct rcc_nmea *nmea)
{
	struct said *found = NULL;
	unsigned count = 0;

	for (uint32_t i = 0; i < reading->groups; i++) {
		if (rcc_dsc_expansion_continues(&reading->group[i], nmea)) {
			found = &reading->group[i];
			count++;
		}
	}
	if (count == 1) {
		rcc_dsc_expansion_add(nmea, found);
		return;
	}
	if (reading->groups == GROUPS_MAX) {
		end_expansion(reading, &reading->group[0]);
		memmove(&reading->group[0], &reading->group[1], (GROUPS_MAX - 1) * sizeof reading->group[0]);
		reading->groups--;
	}
	found = &reading->group[reading->groups++];
	memset(found, 0, sizeof *found);
	rcc_dsc_expansion_begin(nmea, found);
}

static void
read_sentence(struct reading *reading, const uint8_t *bytes, size_t len, int64_t at_ms)
{
	struct rcc_nmea nmea;
	size_t used = 0;

	if (rcc_nmea_split(bytes, len, &nmea, &used) != RCC_OK)
		reading->is_all_read = false;
	else if (rcc_nmea_is(&nmea, "DSC"))
		take_call(reading, &nmea, at_ms);
	else if (rcc_nmea_is(&nmea, "DSE"))
		take_expansion(reading, &nmea);
	else
		reading->is_all_read = false;
}

/* Words and marks about the bytes as a whole. */
static void
say_rest(struct reading *reading)
{
	struct said *best = &reading->best;
	struct rcc_alert *alert = &best->heard.alert;

	if (!reading->is_all_read || !reading->is_all_told)
		say(&best->words, "; more came with it: read the bytes");
	if (!reading->is_all_read && (best->is_dse || (alert->marks & RCC_ALERT_SELF_CANCEL) != 0))
		alert->marks |= RCC_ALERT_NEEDS_READING;
	/* Expansions of two ships, or one of nobody: only a person can tell them apart. */
	if (!reading->is_all_told && best->is_dse)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	rcc_text_copy_lossy(alert->text, sizeof alert->text, best->words.text, best->words.len);
}

enum rcc_status
rcc_dsc_decode(const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	struct reading reading;
	size_t len = 0;

	memset(&reading.best, 0, sizeof reading.best);
	reading.groups = 0;
	reading.is_all_read = reading.is_all_told = true;
	for (size_t at = 0; at < raw->len; at += len) {
		len = length_of_next(raw->bytes + at, raw->len - at);
		if (!is_blank(raw->bytes + at, len))
			read_sentence(&reading, raw->bytes + at, len, raw->at_ms);
	}
	for (uint32_t i = 0; i < reading.groups; i++)
		end_expansion(&reading, &reading.group[i]);
	enum rcc_heard_kind kind = reading.best.heard.kind;
	/* Bytes that cannot be read beside an ordinary call may be distress. */
	if (kind == 0 || (kind != RCC_HEARD_ALERT && !reading.is_all_read))
		return RCC_E_MALFORMED;
	if (kind == RCC_HEARD_ALERT)
		say_rest(&reading);
	*ret_heard = reading.best.heard;
	return RCC_OK;
}

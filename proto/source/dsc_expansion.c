/* dsc_expansion.c - see dsc_expansion.h. */
#include "proto/source/dsc_expansion.h"

/* Places of a DSE's fields. */
enum field { FIELD_TOTAL, FIELD_NUMBER, FIELD_FLAG, FIELD_ADDRESS, FIELD_ITEMS };

/* Letters with a digit among them and no blank are a call sign, anything else is a name. */
static void
set_identity(struct said *said, const char *data)
{
	struct rcc_alert *alert = &said->heard.alert;
	char text[IDENTITY_MAX + 1];

	identity_of(data, text);
	size_t len = strlen(text);
	size_t plain = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	bool is_mixed = strcspn(text, "0123456789") < len && strspn(text, "0123456789") < len;
	if (is_mixed && plain == len && len <= RCC_CALLSIGN_MAX)
		rcc_text_copy_lossy(alert->callsign, sizeof alert->callsign, text, len);
	else
		rcc_text_copy_lossy(alert->name, sizeof alert->name, text, len);
	say_field(&said->words, "; identification ", text, "");
}

/* One data item; false if it is none that is known, in the form that it must have. */
static bool
take_item(struct said *said, int code, const char *data)
{
	struct rcc_alert *alert = &said->heard.alert;

	switch (code) {
	case 0:
		if (!is_digits(data, 8))
			return false;
		alert->refine = RCC_REFINE(number_at(data, 0, 4), number_at(data, 4, 4));
		say(&said->words, "; finer position");
		return true;
	case 1:
		if (!is_digits(data, 6))
			return false;
		say(&said->words, number_at(data, 0, 2) == 0 ? "; position not valid" : "");
		say(&said->words, number_at(data, 4, 2) == 0 ? "" : "; position not in WGS 84");
		return true;
	case 2:
		if (!is_digits(data, 4))
			return false;
		say_tenths(&said->words, "; speed ", number_at(data, 0, 4), " kn");
		return true;
	case 3:
		if (!is_digits(data, 4))
			return false;
		say_tenths(&said->words, "; course ", number_at(data, 0, 4), " degrees");
		return true;
	case 4:
		set_identity(said, data);
		return true;
	case 6:
		if (!is_digits(data, 4))
			return false;
		alert->persons = number_at(data, 0, 4);
		say_number(&said->words, "; ", alert->persons, " persons on board");
		return true;
	default:
		return false;
	}
}

static void
take_items(const struct rcc_nmea *nmea, struct said *said)
{
	for (uint32_t i = FIELD_ITEMS; i < nmea->count; i += 2) {
		const char *code = rcc_nmea_field(nmea, i), *data = rcc_nmea_field(nmea, i + 1);
		if (is_stated(data) && !take_item(said, code_of(code), data)) {
			say_field(&said->words, "; item ", code, "");
			say_field(&said->words, " is \"", data, "\"");
		}
	}
}

/* False: it does not state in a way that can be read which part of how many it is. */
static bool
parts_of(const struct rcc_nmea *nmea, uint32_t *ret_total, uint32_t *ret_number)
{
	const char *total = rcc_nmea_field(nmea, FIELD_TOTAL), *number = rcc_nmea_field(nmea, FIELD_NUMBER);

	if (!is_digits(total, 1) || !is_digits(number, 1))
		return false;
	*ret_total = number_at(total, 0, 1);
	*ret_number = number_at(number, 0, 1);
	return *ret_number >= 1 && *ret_number <= *ret_total;
}

void
rcc_dsc_expansion_begin(const struct rcc_nmea *nmea, struct said *ret_said)
{
	struct rcc_alert *alert = &ret_said->heard.alert;
	const char *address = rcc_nmea_field(nmea, FIELD_ADDRESS);
	uint32_t number = 0;

	ret_said->is_dse = true;
	ret_said->checksum = nmea->checksum;
	ret_said->is_sound = nmea->checksum == RCC_NMEA_CHECKSUM_GOOD;
	(void)snprintf(ret_said->address, sizeof ret_said->address, "%.*s", SHOWN_MAX, address);
	if (parts_of(nmea, &ret_said->total, &number))
		ret_said->have = 1u << (number - 1);
	else
		ret_said->total = 0;
	ret_said->heard.kind = RCC_HEARD_ROUTINE;
	if (ret_said->is_sound && strcmp(rcc_nmea_field(nmea, FIELD_FLAG), "Q") == 0)
		return;
	ret_said->heard.kind = RCC_HEARD_ALERT;
	*alert = rcc_source_alert(RCC_SOURCE_DSC);
	alert->casualty = mmsi_of(address);
	alert->marks = RCC_ALERT_REVISION;
	alert->signal_at_ms = nmea->tag_at_ms;
	if (!ret_said->is_sound)
		alert->marks |= RCC_ALERT_CHECKSUM_WRONG;
	if (!ret_said->is_sound || alert->casualty.v == 0)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	say(&ret_said->words, EXPANSION_LEAD);
	if (ret_said->total == 0) {
		say_field(&ret_said->words, "; says that it is part \"", rcc_nmea_field(nmea, FIELD_NUMBER), "\"");
		say_field(&ret_said->words, " of \"", rcc_nmea_field(nmea, FIELD_TOTAL), "\"");
	}
	if (alert->casualty.v == 0)
		say_no_sender(&ret_said->words, address);
	take_items(nmea, ret_said);
}

bool
rcc_dsc_expansion_continues(const struct said *said, const struct rcc_nmea *nmea)
{
	const char *address = rcc_nmea_field(nmea, FIELD_ADDRESS);
	uint32_t total = 0, number = 0;

	if (!said->is_sound || said->address[0] == '\0' || nmea->checksum != RCC_NMEA_CHECKSUM_GOOD ||
	    !parts_of(nmea, &total, &number) || total != said->total)
		return false;
	/* Its own bit, and for one without a name all above it, must be free. */
	if (address[0] == '\0')
		return said->have >> (number - 1) == 0;
	return (said->have & 1u << (number - 1)) == 0 && strcmp(said->address, address) == 0;
}

void
rcc_dsc_expansion_add(const struct rcc_nmea *nmea, struct said *said)
{
	uint32_t total = 0, number = 0;

	if (!parts_of(nmea, &total, &number))
		return;
	said->have |= 1u << (number - 1);
	if (rcc_nmea_field(nmea, FIELD_ADDRESS)[0] == '\0')
		said->unnamed |= 1u << (number - 1);
	/* A query asks for data and gives none. */
	if (said->heard.kind == RCC_HEARD_ALERT)
		take_items(nmea, said);
}

/* A sentence that is missing may have held what the rest does not say: that comes first. */
static void
say_parts(const struct said *said, struct words *words)
{
	for (uint32_t n = 1; n <= said->total && said->total > 1; n++) {
		bool is_there = (said->have >> (n - 1) & 1u) != 0, is_last = said->have >> (n - 1) == 0;
		char text[SHOWN_MAX * 2];
		if (is_there && (said->unnamed >> (n - 1) & 1u) == 0)
			continue;
		(void)snprintf(text, sizeof text, "; part %u of %u %s", (unsigned)n, (unsigned)said->total,
		               is_there  ? "names no ship"
		               : is_last ? "has not come"
		                         : "is missing");
		say(words, text);
	}
}

void
rcc_dsc_expansion_end(struct said *said)
{
	struct words words = {.len = 0};

	if (said->heard.kind != RCC_HEARD_ALERT)
		return;
	say(&words, EXPANSION_LEAD);
	say_parts(said, &words);
	say(&words, said->words.text + strlen(EXPANSION_LEAD));
	say_checksum(&words, said->checksum);
	said->words = words;
}

#include "ctl/form.h"

#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Clocks differ a little; more is a typing error. */
#define AHEAD_MAX_MS (5 * RCC_MS_PER_MIN)
#define CMIN_PER_DEG 6000u
#define E7_PER_DEG 10000000u

static const char *const by_words[] = {NULL, "phone", "radio", "email", "rcc"};

static void
say(char text[RCC_CTL_SENTENCE_SIZE], const char *sentence)
{
	snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s", sentence);
}

static bool
copy(char *array, size_t size, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	if (rcc_text_copy(array, size, text, strlen(text)) == RCC_OK)
		return true;
	snprintf(why, RCC_CTL_SENTENCE_SIZE, _("that must be UTF-8 text of at most %zu bytes"), size - 1);
	return false;
}

/* ---- where ---- */

static bool
set_pos(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	if (rcc_pos_parse(text, &form->open.alert.pos) == RCC_OK)
		return true;
	snprintf(
	    why, RCC_CTL_SENTENCE_SIZE,
	    _("'%.60s' is not a position: write 35-12.40N 012-36.05E, or 35.2067 12.6008, or 35 12 24 N 12 36 3 E"),
	    text);
	return false;
}

/* 0.01 minute is 18 m; a swapped hemisphere is half the earth: said in words, it is heard. */
static void
show_coordinate(char *text, size_t size, int32_t e7, const char *positive, const char *negative)
{
	uint32_t deg_e7 = e7 < 0 ? 0u - (uint32_t)e7 : (uint32_t)e7;
	uint32_t cmin = (uint32_t)(((uint64_t)deg_e7 * CMIN_PER_DEG + E7_PER_DEG / 2) / E7_PER_DEG);
	snprintf(text, size, _("%u degrees %u.%02u minutes %s"), cmin / CMIN_PER_DEG, cmin % CMIN_PER_DEG / 100,
	         cmin % 100, e7 < 0 ? negative : positive);
}

static void
show_pos(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	struct rcc_pos pos = form->open.alert.pos;
	char lat[96];
	char lon[96];
	char short_form[RCC_POS_TEXT_SIZE];
	show_coordinate(lat, sizeof lat, pos.lat_e7, _("NORTH"), _("SOUTH"));
	show_coordinate(lon, sizeof lon, pos.lon_e7, _("EAST"), _("WEST"));
	snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s (%s, %s)", rcc_pos_format(short_form, pos), lat, lon);
}

static bool
set_pos_time(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	int64_t at_ms;
	if (!rcc_ctl_when_parse(text, form->now_ms, &at_ms)) {
		snprintf(why, RCC_CTL_SENTENCE_SIZE,
		         _("'%.60s' is not a time: write 14:20 (UTC), -20min, or 2026-11-23T14:20:00Z"), text);
		return false;
	}
	if (at_ms > form->now_ms + AHEAD_MAX_MS) {
		say(why, _("that time is still to come: when was it there, in UTC?"));
		return false;
	}
	form->open.alert.pos_at_ms = at_ms;
	return true;
}

static void
show_pos_time(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	char time[RCC_TIME_TEXT_SIZE];
	int64_t min = (form->now_ms - form->open.alert.pos_at_ms) / RCC_MS_PER_MIN;
	rcc_time_format(time, form->open.alert.pos_at_ms);
	if (min < 60)
		snprintf(text, RCC_CTL_SENTENCE_SIZE, _("%s, %lld min ago"), time, (long long)(min < 0 ? 0 : min));
	else
		snprintf(text, RCC_CTL_SENTENCE_SIZE, _("%s, %lld h %02lld min ago"), time, (long long)(min / 60),
		         (long long)(min % 60));
}

static bool
set_radius(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	if (rcc_ctl_nm_parse(text, &form->open.alert.pos_radius_m))
		return true;
	say(why, _("give nautical miles as a number: 0.5, or 3"));
	return false;
}

static void
show_radius(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	snprintf(text, RCC_CTL_SENTENCE_SIZE, _("within %.2f nautical miles"),
	         (double)form->open.alert.pos_radius_m / RCC_M_PER_NM);
}

/* ---- what, how many ---- */

static bool
set_nature(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	char natures[RCC_CTL_NATURES_SIZE];
	if (rcc_nature_parse(text, &form->open.alert.nature) == RCC_OK &&
	    form->open.alert.nature != RCC_NATURE_NOT_STATED)
		return true;
	snprintf(why, RCC_CTL_SENTENCE_SIZE, _("one of these words: %s"), rcc_ctl_natures(natures));
	return false;
}

static void
show_nature(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, rcc_nature_word(form->open.alert.nature));
}

static bool
set_category(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	enum rcc_category category;
	if (rcc_category_parse(text, &category) == RCC_OK && category >= RCC_CATEGORY_SAFETY) {
		form->open.alert.category = category;
		return true;
	}
	say(why, _("distress, urgency or safety"));
	return false;
}

static void
show_category(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, rcc_category_word(form->open.alert.category));
}

static bool
set_persons(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	uint64_t persons;
	if (!rcc_ctl_uint_parse(text, RCC_CTL_PERSONS_MAX, &persons)) {
		snprintf(why, RCC_CTL_SENTENCE_SIZE, _("a number from 1 to %d, or nothing when nobody knows"),
		         RCC_CTL_PERSONS_MAX);
		return false;
	}
	form->open.alert.persons = (uint32_t)persons;
	return true;
}

static void
show_persons(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	uint32_t persons = form->open.alert.persons;
	snprintf(text, RCC_CTL_SENTENCE_SIZE, persons == 1 ? _("%u person") : _("%u persons"), persons);
}

/* ---- who ---- */

static bool
set_name(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	return copy(form->open.alert.name, sizeof form->open.alert.name, text, why);
}

static void
show_name(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->open.alert.name);
}

static bool
set_callsign(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	return copy(form->open.alert.callsign, sizeof form->open.alert.callsign, text, why);
}

static void
show_callsign(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->open.alert.callsign);
}

static bool
set_mmsi(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	if (rcc_mmsi_parse(text, &form->open.alert.casualty) == RCC_OK && form->open.alert.casualty.v != 0)
		return true;
	say(why, _("an MMSI has nine digits"));
	return false;
}

static void
show_mmsi(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	say(text, rcc_mmsi_format(mmsi, form->open.alert.casualty));
}

static bool
set_beacon(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	size_t len = strlen(text);
	if ((len != 15 && len != RCC_BEACON_MAX) || strspn(text, "0123456789abcdefABCDEF") != len) {
		say(why, _("a 406 MHz beacon's identity has 15 or 23 hexadecimal digits"));
		return false;
	}
	for (size_t i = 0; i <= len; i++)
		form->open.alert.beacon[i] = (char)(text[i] >= 'a' ? text[i] - 'a' + 'A' : text[i]);
	return true;
}

static void
show_beacon(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->open.alert.beacon);
}

static bool
set_contact(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	return copy(form->open.contact, sizeof form->open.contact, text, why);
}

static void
show_contact(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->open.contact);
}

/* ---- how it came in ---- */

static bool
set_by(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	for (int i = RCC_CTL_BY_PHONE; i <= RCC_CTL_BY_RCC; i++) {
		if (strcmp(by_words[i], text) == 0)
			form->by = (enum rcc_ctl_by)i;
	}
	if (form->by == 0) {
		say(why, _("phone, radio, email, or rcc for another centre's alert"));
		return false;
	}
	form->open.alert.source = form->by == RCC_CTL_BY_RCC ? RCC_SOURCE_RCC : RCC_SOURCE_OFFICER;
	return true;
}

static void
show_by(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, by_words[form->by]);
}

static bool
set_centre(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	return copy(form->centre, sizeof form->centre, text, why);
}

static void
show_centre(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->centre);
}

static bool
set_words(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	return copy(form->words, sizeof form->words, text, why);
}

static void
show_words(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->words);
}

static bool
set_incident(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	uint32_t year;
	uint32_t number;
	uint64_t id;
	if (!rcc_ctl_number_parse(text, &year, &number) && !rcc_ctl_uint_parse(text, UINT32_MAX, &id)) {
		say(why, _("give the case as YYYY-NNNN, as `rccctl incidents` shows it"));
		return false;
	}
	return copy(form->incident, sizeof form->incident, text, why);
}

static void
show_incident(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	say(text, form->incident);
}

static bool
set_class(struct rcc_ctl_form *form, const char *text, char why[RCC_CTL_SENTENCE_SIZE])
{
	if (rcc_class_parse(text, &form->open.alert.class) == RCC_OK)
		return true;
	say(why, _("live, exercise or test"));
	return false;
}

static void
show_class(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	enum rcc_class class = form->open.alert.class;
	if (class == RCC_CLASS_LIVE)
		say(text, _("live"));
	else if (class == RCC_CLASS_EXERCISE)
		say(text, _("EXERCISE: reaches only ships that take part"));
	else
		say(text, _("TEST: is recorded and raises nothing"));
}

const struct rcc_ctl_field rcc_ctl_field[RCC_CTL_FIELDS] = {
    {RCC_CTL_OPTION_POS, N_("Where is it?"), N_("35-12.40N 012-36.05E, or 35.2067 12.6008, or 35 12 24 N 12 36 3 E"),
     N_("position"), set_pos, show_pos},
    {RCC_CTL_OPTION_POS_TIME, N_("When was it there (UTC)?"), N_("14:20, -20min, or 2026-11-23T14:20:00Z"),
     N_("it was there"), set_pos_time, show_pos_time},
    {RCC_CTL_OPTION_RADIUS, N_("How sure is that, within how many nautical miles?"), N_("0.5, or 3"), N_("sure"),
     set_radius, show_radius},
    {RCC_CTL_OPTION_NATURE, N_("What is wrong?"),
     N_("fire, flooding, collision, grounding, capsizing, sinking, adrift, undesignated, abandoning, piracy, "
        "man-overboard or beacon"),
     N_("nature"), set_nature, show_nature},
    {RCC_CTL_OPTION_CATEGORY, N_("How grave is it?"),
     N_("distress: grave and imminent danger; urgency: help is needed; safety: a warning"), N_("category"),
     set_category, show_category},
    {RCC_CTL_OPTION_PERSONS, N_("How many persons, on board and in the water?"), N_("a number"), N_("persons"),
     set_persons, show_persons},
    {RCC_CTL_OPTION_NAME, N_("Who is it: the vessel's name?"), N_("as it was said, at most 40 bytes"), N_("name"),
     set_name, show_name},
    {RCC_CTL_OPTION_CALLSIGN, N_("Its call sign?"), N_("letters and digits, at most 8"), N_("call sign"), set_callsign,
     show_callsign},
    {RCC_CTL_OPTION_MMSI, N_("Its MMSI?"), N_("nine digits"), N_("MMSI"), set_mmsi, show_mmsi},
    {RCC_CTL_OPTION_BEACON, N_("Its 406 MHz beacon?"), N_("15 or 23 hexadecimal digits"), N_("beacon"), set_beacon,
     show_beacon},
    {RCC_CTL_OPTION_CONTACT, N_("Who calls, and how do we call back?"),
     N_("NAME, NUMBER; the centre seals it: it stands readable in no view"), N_("call back"), set_contact,
     show_contact},
    {RCC_CTL_OPTION_BY, N_("How did it come in?"), N_("phone, radio, email, or rcc for another centre's alert"),
     N_("came by"), set_by, show_by},
    {RCC_CTL_OPTION_CENTRE, N_("Which centre?"), N_("its name, MRCC ROMA"), N_("centre"), set_centre, show_centre},
    {RCC_CTL_OPTION_TEXT, N_("What else: weather, description, intentions?"),
     N_("one line; the ships are told it with the alert"), N_("text"), set_words, show_words},
    {RCC_CTL_OPTION_INCIDENT, N_("Is it a further call in a case?"),
     N_("YYYY-NNNN; nothing: the machine looks for one"), N_("case"), set_incident, show_incident},
    {RCC_CTL_OPTION_CLASS, N_("Live, exercise or test?"), N_("live (as it is without an answer), exercise or test"),
     N_("class"), set_class, show_class},
};

void
rcc_ctl_form_init(struct rcc_ctl_form *form, int64_t now_ms)
{
	*form = (struct rcc_ctl_form){.now_ms = now_ms};
	form->open.alert.source = RCC_SOURCE_OFFICER;
	form->open.alert.class = RCC_CLASS_LIVE;
	form->open.alert.pos = RCC_POS_NONE;
}

bool
rcc_ctl_form_wants(const struct rcc_ctl_form *form, enum rcc_ctl_option option)
{
	if (option == RCC_CTL_OPTION_POS_TIME || option == RCC_CTL_OPTION_RADIUS)
		return rcc_pos_is_known(form->open.alert.pos);
	return option != RCC_CTL_OPTION_CENTRE || form->by == RCC_CTL_BY_RCC;
}

static bool
is_empty(const struct rcc_ctl_form *form)
{
	const struct rcc_alert *alert = &form->open.alert;
	return !rcc_pos_is_known(alert->pos) && alert->nature == RCC_NATURE_NOT_STATED && alert->persons == 0 &&
	       alert->name[0] == '\0' && alert->callsign[0] == '\0' && alert->casualty.v == 0 &&
	       alert->beacon[0] == '\0' && form->open.contact[0] == '\0' && form->words[0] == '\0';
}

/* The ships read it: how the centre knows, then the words. */
static const char *
origin(const struct rcc_ctl_form *form, char text[RCC_CTL_SENTENCE_SIZE])
{
	static const char *const words[] = {"", "by telephone", "by radio", "by e-mail", "from another centre"};
	if (form->by == RCC_CTL_BY_RCC && form->centre[0] != '\0')
		snprintf(text, RCC_CTL_SENTENCE_SIZE, "from %s", form->centre);
	else
		say(text, words[form->by]);
	return text;
}

bool
rcc_ctl_form_finish(struct rcc_ctl_form *form, char why[RCC_CTL_SENTENCE_SIZE])
{
	const struct rcc_alert *alert = &form->open.alert;
	char from[RCC_CTL_SENTENCE_SIZE];
	char text[2 * RCC_CTL_SENTENCE_SIZE];
	bool is_placed = rcc_pos_is_known(alert->pos);
	if (is_empty(form)) {
		say(why, _("nothing is known yet: give at least a position, a nature, a vessel, a caller or a text"));
		return false;
	}
	if (!is_placed && (alert->pos_at_ms != 0 || alert->pos_radius_m != 0)) {
		say(why, _("a time or a radius without a position says nothing: give --pos"));
		return false;
	}
	if (form->centre[0] != '\0' && form->by != RCC_CTL_BY_RCC) {
		say(why, _("--centre NAME goes with --by rcc"));
		return false;
	}
	if (form->by == RCC_CTL_BY_RCC && form->centre[0] == '\0') {
		say(why, _("another centre's alert names that centre: --centre NAME"));
		return false;
	}
	origin(form, from);
	snprintf(text, sizeof text, "%s%s%s", from, from[0] != '\0' && form->words[0] != '\0' ? ": " : "", form->words);
	if (rcc_text_copy(form->open.alert.text, sizeof form->open.alert.text, text, strlen(text)) != RCC_OK) {
		snprintf(why, RCC_CTL_SENTENCE_SIZE,
		         _("the text has %zu bytes with \"%.60s\" before it, and %d at most fit: shorten it by %zu"),
		         strlen(text), from, RCC_TEXT_MAX, strlen(text) - RCC_TEXT_MAX);
		return false;
	}
	return true;
}

/* What a line of ranking, of a profile or of parity tells beside its columns. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctl/words.h"
#include "librcc/i18n.h"

struct words {
	char *text;
	size_t len;
};

/* Part of a sentence; what does not fit is left out. */
static void __attribute__((format(printf, 2, 3))) put(struct words *words, const char *format, ...)
{
	va_list arguments;
	size_t room = RCC_CTL_WORDS_SIZE - words->len;
	va_start(arguments, format);
	int len = vsnprintf(words->text + words->len, room, format, arguments);
	va_end(arguments);
	if (len > 0)
		words->len += (size_t)len < room ? (size_t)len : room - 1;
}

static bool
is_there(const json_t *row, const char *key)
{
	return json_object_get(row, key) != NULL;
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

static double
real_of(const json_t *row, const char *key)
{
	return json_number_value(json_object_get(row, key));
}

/* "a, b, c", broken before a line is too long for a screen. */
static void
put_list(struct words *words, const char *head, json_t *list)
{
	size_t index;
	json_t *item;
	size_t start = words->len;
	if (json_array_size(list) == 0)
		return;
	put(words, "%s", head);
	json_array_foreach(list, index, item)
	{
		const char *text = json_string_value(item);
		if (text == NULL)
			continue;
		if (words->len - start + strlen(text) > 72) {
			put(words, "\n  ");
			start = words->len;
		}
		put(words, "%s%s", text, index + 1 < json_array_size(list) ? ", " : "");
	}
	put(words, "\n");
}

static void
put_identity(struct words *words, const json_t *row)
{
	const char *name = text_of(row, "name");
	put(words, "%s%s%s", name[0] != '\0' ? name : _("name not known"),
	    text_of(row, "callsign")[0] != '\0' ? ", " : "", text_of(row, "callsign"));
	put(words, "%s",
	    json_is_true(json_object_get(row, "registered")) ? "" : _(", not registered: call her by DSC"));
	put(words, _("; position %lld min old, %.1f kn"), number_of(row, "age_s") / 60, real_of(row, "speed_kn"));
	if (is_there(row, "answer"))
		put(words, _("; answered: %s"), text_of(row, "answer"));
	put(words, "\n");
}

/* The figures behind good, poor and unknown. */
static void
put_terms(struct words *words, const json_t *row)
{
	bool is_any = is_there(row, "freeboard_m") || is_there(row, "rescue_boats") || is_there(row, "places_free") ||
	              is_there(row, "fuel_h") || is_there(row, "doctors") || is_there(row, "paramedics");
	if (is_there(row, "freeboard_m"))
		put(words, _("freeboard %.1f m, "), real_of(row, "freeboard_m"));
	if (is_there(row, "rescue_boats"))
		put(words, _("boats %lld, "), number_of(row, "rescue_boats"));
	if (is_there(row, "boat_sea"))
		put(words, _("to sea %lld, "), number_of(row, "boat_sea"));
	if (is_there(row, "places_free"))
		put(words, _("places %lld, "), number_of(row, "places_free"));
	if (is_there(row, "doctors"))
		put(words, _("doctors %lld, "), number_of(row, "doctors"));
	if (is_there(row, "paramedics"))
		put(words, _("paramedics %lld, "), number_of(row, "paramedics"));
	if (is_there(row, "fuel_h"))
		put(words, _("fuel %lld h of %lld h, "), number_of(row, "fuel_h"), number_of(row, "need_h"));
	if (!is_any)
		return;
	words->len -= 2;
	put(words, "\n");
}

static void
put_rank(struct words *words, const json_t *row)
{
	put_identity(words, row);
	put_terms(words, row);
	put_list(words, _("LACKS: "), json_object_get(row, "lacks"));
	put_list(words, _("not told: "), json_object_get(row, "not_told"));
	if (text_of(row, "missing")[0] != '\0')
		put(words, _("her check of %.10s found missing: %s\n"), text_of(row, "checked"),
		    text_of(row, "missing"));
}

static void
put_ranking(struct words *words, const json_t *row)
{
	if (number_of(row, "places") == 0)
		put(words, "%s\n", _("the case has no position: nothing can be ranked (classify --pos)"));
	if (!is_there(row, "persons"))
		put(words, "%s\n", _("persons not known: places are compared with nobody (classify --persons)"));
	if (!is_there(row, "sea_state"))
		put(words, "%s\n",
		    _("sea state not known: note it (a scene note with \"sea 4\"), boats may depend on it"));
	put(words, "%s\n",
	    _("order: time to get there by classes (30 min, 1, 2, 3, 4, 6, 12 h), then lift, places, medical, fuel"));
}

static void
put_parity(struct words *words, const json_t *row)
{
	if (json_is_true(json_object_get(row, "rates_differ")))
		put(words, _("NOT TOLD ALIKE: delivery rates are more than %lld percent points apart\n"),
		    number_of(row, "points"));
	if (json_is_true(json_object_get(row, "latencies_differ")))
		put(words, _("NOT TOLD ALIKE: median times differ by more than %lld times and %.0f s\n"),
		    number_of(row, "times"), real_of(row, "apart_s"));
	put(words,
	    _("kinds of owner with fewer than %lld ships are not compared; nothing else reads the kind of owner\n"),
	    number_of(row, "least_ships"));
}

void
rcc_ctl_rank_words_format(const json_t *row, char text[RCC_CTL_WORDS_SIZE])
{
	struct words words = {.text = text};
	const char *class_name = text_of(row, "class");
	text[0] = '\0';
	if (strcmp(class_name, "RANK") == 0)
		put_rank(&words, row);
	else if (strcmp(class_name, "RANKING") == 0)
		put_ranking(&words, row);
	else if (strcmp(class_name, "PROFILE") == 0)
		put_list(&words, _("NOT DECLARED: "), json_object_get(row, "undeclared"));
	else if (strcmp(class_name, "PARITY_STATE") == 0)
		put_parity(&words, row);
}

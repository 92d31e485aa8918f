/* What a line of ranking, of a profile or of parity tells beside its columns. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctl/table.h"
#include "ctl/words.h"
#include "librcc/i18n.h"

/* Behind the indent of what stands under a row. */
#define LINE_WIDTH 74

struct words {
	char *text;
	size_t len;
};

/* "HEAD a, b, c", over as many lines as it takes. */
struct list {
	const char *head;
	size_t count, width;
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

static void
put_item(struct words *words, struct list *list, const char *item)
{
	size_t width = rcc_ctl_text_width(item);
	bool is_long = list->count > 0 && list->width + width + 2 > LINE_WIDTH;
	put(words, "%s%s", list->count == 0 ? list->head : is_long ? ",\n  " : ", ", item);
	if (list->count == 0)
		list->width = rcc_ctl_text_width(list->head);
	list->width = (is_long ? 0 : list->width) + width + 2;
	list->count++;
}

static void
end_list(struct words *words, const struct list *list)
{
	if (list->count > 0)
		put(words, "\n");
}

/* A list of texts under its head; nothing if it is empty. */
static void
put_list(struct words *words, const char *head, json_t *texts)
{
	struct list list = {.head = head};
	size_t index;
	json_t *item;
	json_array_foreach(texts, index, item)
	{
		if (json_is_string(item))
			put_item(words, &list, json_string_value(item));
	}
	end_list(words, &list);
}

static void
put_identity(struct words *words, const json_t *row)
{
	const char *name = text_of(row, "name");
	put(words, "%s%s%s", name[0] != '\0' ? name : _("name not known"),
	    text_of(row, "callsign")[0] != '\0' ? ", " : "", text_of(row, "callsign"));
	put(words, _("; position %lld min old, %.1f kn\n"), number_of(row, "age_s") / 60, real_of(row, "speed_kn"));
	if (!json_is_true(json_object_get(row, "registered")))
		put(words, "%s\n", _("not registered: call her by DSC or voice"));
	if (is_there(row, "answer"))
		put(words, _("answered: %s\n"), text_of(row, "answer"));
}

/* The figures behind good, poor and unknown. */
static void
put_terms(struct words *words, const json_t *row)
{
	static const struct {
		const char *key, *label;
	} counts[] = {
	    {"rescue_boats", N_("boats")}, {"boat_sea", N_("to sea")},       {"places_free", N_("places")},
	    {"doctors", N_("doctors")},    {"paramedics", N_("paramedics")},
	};
	struct list list = {.head = ""};
	char item[80];
	if (is_there(row, "freeboard_m")) {
		snprintf(item, sizeof item, _("freeboard %.1f m"), real_of(row, "freeboard_m"));
		put_item(words, &list, item);
	}
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		if (!is_there(row, counts[i].key))
			continue;
		snprintf(item, sizeof item, "%s %lld", gettext(counts[i].label), number_of(row, counts[i].key));
		put_item(words, &list, item);
	}
	if (is_there(row, "fuel_h")) {
		snprintf(item, sizeof item, _("fuel %lld h, needs %lld h"), number_of(row, "fuel_h"),
		         number_of(row, "need_h"));
		put_item(words, &list, item);
	}
	end_list(words, &list);
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
		put(words, "%s\n", _("persons not known: nothing to compare places with (classify --persons)"));
	if (!is_there(row, "sea_state"))
		put(words, "%s\n", _("sea state not known: a scene note with \"sea 4\" tells it"));
	put(words, "%s\n", _("order: time to get there, by classes (30 min, 1, 2, 3, 4, 6, 12 h), then"));
	put(words, "%s\n", _("lift, places, medical, fuel; unknown stands between good and poor"));
}

static void
put_parity(struct words *words, const json_t *row)
{
	if (json_is_true(json_object_get(row, "rates_differ")))
		put(words, _("NOT TOLD ALIKE: delivery rates are more than %lld points apart\n"),
		    number_of(row, "points"));
	if (json_is_true(json_object_get(row, "latencies_differ")))
		put(words, _("NOT TOLD ALIKE: median times differ by more than %lld times and %.0f s\n"),
		    number_of(row, "times"), real_of(row, "apart_s"));
	put(words, _("kinds of owner with fewer than %lld ships are not compared\n"), number_of(row, "least_ships"));
	put(words, "%s\n", _("statistics: nothing else reads the kind of owner"));
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

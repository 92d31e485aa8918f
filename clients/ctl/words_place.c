/* A place of safety in sentences: what stands against it, and what is said of each ship there. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctl/words.h"
#include "librcc/i18n.h"

/* Longest sentence: two texts and two names. */
#define SENTENCE_SIZE 1200

struct telling {
	rcc_ctl_say_fn *say;
	void *context;
};

static void __attribute__((format(printf, 2, 3))) tell(const struct telling *telling, const char *format, ...)
{
	char sentence[SENTENCE_SIZE];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(sentence, sizeof sentence, format, arguments);
	va_end(arguments);
	telling->say(telling->context, sentence);
}

static const char *
text_of(const json_t *row, const char *key, const char *otherwise)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? otherwise : text;
}

/* "2026-11-23T02:50Z": nobody decides about a place to the second. */
struct moment {
	char text[40];
};
static struct moment
time_of(const json_t *row, const char *key)
{
	struct moment moment;
	(void)snprintf(moment.text, sizeof moment.text, "%.16sZ", text_of(row, key, "?"));
	return moment;
}

static bool
is_true(const json_t *row, const char *key)
{
	return json_is_true(json_object_get(row, key));
}

/* The local socket has no name. */
static const char *
officer_of(const json_t *row, const char *key)
{
	return text_of(row, key, _("the local socket"));
}

static void
tell_missing(const struct telling *telling, const json_t *row)
{
	char list[128] = "";
	size_t len = 0;
	size_t index;
	json_t *item;
	json_array_foreach(json_object_get(row, "missing"), index, item)
	{
		const char *word = json_string_value(item);
		int added =
		    snprintf(list + len, sizeof list - len, "%s%s", len == 0 ? "" : ", ", word == NULL ? "?" : word);
		len += added > 0 && len + (size_t)added < sizeof list ? (size_t)added : 0;
	}
	if (json_object_get(row, "checked") == NULL)
		tell(telling, _("BLOCKED: its four checks have not been answered (place checked)"));
	else
		tell(telling, _("BLOCKED: these checks are not answered yes: %s"), list);
}

static void
tell_block(const struct telling *telling, const json_t *row, const char *word)
{
	const json_t *elsewhere = json_object_get(row, "unsafe_in");

	if (strcmp(word, "unchecked") == 0)
		tell_missing(telling, row);
	else if (strcmp(word, "unsafe") == 0 && elsewhere != NULL && json_object_get(row, "unsafe_since") == NULL)
		tell(telling, _("BLOCKED: UNSAFE, said in %s at %s by %s: %s"), text_of(elsewhere, "incident", "?"),
		     time_of(elsewhere, "since").text, officer_of(elsewhere, "by"), text_of(elsewhere, "reason", ""));
	else if (strcmp(word, "unsafe") == 0)
		tell(telling, _("BLOCKED: UNSAFE since %s, said by %s: %s"), time_of(row, "unsafe_since").text,
		     officer_of(row, "unsafe_by"), text_of(row, "unsafe_reason", ""));
	else if (strcmp(word, "feared") == 0 && json_object_get(row, "fear") == NULL)
		tell(telling, "%s",
		     _("BLOCKED: survivors have stated a fear, and no officer has reviewed that (place reviewed)"));
	else if (strcmp(word, "feared") == 0)
		tell(telling, _("BLOCKED: survivors fear it, and no officer has reviewed that (place reviewed): %s"),
		     text_of(row, "fear", "-"));
	else if (strcmp(word, "refused") == 0)
		tell(telling, _("BLOCKED: %s refuses: %s"), text_of(row, "authority", "?"),
		     text_of(row, "refusal", "-"));
	else
		tell(telling, _("BLOCKED: %s"), word);
}

static void
tell_fear(const struct telling *telling, const json_t *row)
{
	if (json_object_get(row, "reviewed") != NULL)
		tell(telling, _("a fear was reviewed by %s at %s: %s"), officer_of(row, "reviewed_by"),
		     time_of(row, "reviewed").text, text_of(row, "review", ""));
}

static void
tell_assignment(const struct telling *telling, const json_t *ship, const char *name)
{
	const char *state = text_of(ship, "state", "");
	if (strcmp(state, "assigned") == 0)
		tell(telling, _("%s is sent here since %s by %s; the message to her: %s"), name,
		     time_of(ship, "assigned").text, officer_of(ship, "by"), text_of(ship, "told", "?"));
	else if (strcmp(state, "reached") == 0)
		tell(telling, _("%s has reached it at %s"), name, time_of(ship, "reached").text);
	else if (strcmp(state, "withdrawn") == 0)
		tell(telling, _("%s is not sent here any more since %s"), name, time_of(ship, "withdrawn").text);
	if (is_true(ship, "unassigned"))
		tell(telling, _("NOBODY HAD SENT %s HERE"), name);
	if (is_true(ship, "override"))
		tell(telling, _("OVER A WARNING, by two officers: %s (%s) and %s (%s)"), officer_of(ship, "first"),
		     text_of(ship, "first_reason", ""), officer_of(ship, "by"), text_of(ship, "text", ""));
}

static void
tell_ship(const struct telling *telling, const json_t *ship)
{
	const char *name = text_of(ship, "ship", text_of(ship, "mmsi", "?"));
	if (json_object_get(ship, "preferred") != NULL)
		tell(telling, _("the master of %s would go here"), name);
	if (json_object_get(ship, "objection") != NULL)
		tell(telling, _("THE MASTER OF %s OBJECTS, which never counts against the ship: %s"), name,
		     text_of(ship, "objection", ""));
	tell_assignment(telling, ship, name);
	if (json_object_get(ship, "waits_after") != NULL)
		tell(telling,
		     _("NOTHING IS DECIDED for %s: %s wants it (%s); another officer decides until %s with place ... "
		       "assigned "
		       "--override --text"),
		     name, text_of(ship, "waits_after", "?"), text_of(ship, "waits_reason", ""),
		     time_of(ship, "waits_until").text);
	if (json_object_get(ship, "extra_nm") != NULL || json_object_get(ship, "extra_h") != NULL)
		tell(telling, _("%s deviates %lld nm and %lld h for it"), name,
		     (long long)json_integer_value(json_object_get(ship, "extra_nm")),
		     (long long)json_integer_value(json_object_get(ship, "extra_h")));
}

void
rcc_ctl_place_words(const json_t *row, rcc_ctl_say_fn *say, void *context)
{
	const struct telling telling = {.say = say, .context = context};
	size_t index;
	json_t *item;
	json_array_foreach(json_object_get(row, "blocked"), index, item)
	{
		if (json_is_string(item))
			tell_block(&telling, row, json_string_value(item));
	}
	tell_fear(&telling, row);
	json_array_foreach(json_object_get(row, "ships"), index, item) tell_ship(&telling, item);
}

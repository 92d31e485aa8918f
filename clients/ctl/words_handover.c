/* The ships that go along with a case that is offered, in sentences: what each said, what she is ordered. */
#include <stdio.h>
#include <string.h>

#include "ctl/words.h"
#include "librcc/i18n.h"

/* Longest sentence: a name, a text and a place. */
#define SENTENCE_SIZE 480

static const char *
text_of(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? "" : text;
}

/* Adds what fits. */
static void
add(char sentence[SENTENCE_SIZE], const char *text)
{
	size_t len = strlen(sentence);
	(void)snprintf(sentence + len, SENTENCE_SIZE - len, "%s", text);
}

static void
add_orders(const json_t *ship, char sentence[SENTENCE_SIZE])
{
	size_t index;
	const json_t *order;
	json_array_foreach(json_object_get(ship, "orders"), index, order)
	{
		const char *word = json_string_value(order);
		add(sentence, "; ");
		if (strcmp(word, "requisition") == 0)
			add(sentence, _("REQUISITIONED"));
		else if (strcmp(word, "coordinate") == 0)
			add(sentence, _("ON-SCENE COORDINATOR"));
		else
			add(sentence, _("has a task"));
	}
	if (json_is_true(json_object_get(ship, "unanswered")))
		add(sentence, _(" (not answered yet)"));
	if (text_of(ship, "order")[0] != '\0') {
		add(sentence, ": ");
		add(sentence, text_of(ship, "order"));
	}
}

static void
add_answer(const json_t *ship, char sentence[SENTENCE_SIZE])
{
	const char *answer = text_of(ship, "answer");
	const char *eta = text_of(ship, "eta");
	if (answer[0] == '\0') {
		add(sentence, _("has not answered"));
		return;
	}
	add(sentence, answer);
	if (text_of(ship, "cannot")[0] != '\0') {
		add(sentence, ", ");
		add(sentence, text_of(ship, "cannot"));
	}
	/* "2026-11-23T04:10:00.000Z": to the minute. */
	if (eta[0] != '\0') {
		char minute[40];
		(void)snprintf(minute, sizeof minute, ", ETA %.16sZ", eta);
		add(sentence, minute);
	}
}

void
rcc_ctl_handover_words(const json_t *row, rcc_ctl_say_fn *say, void *context)
{
	size_t index;
	const json_t *ship;
	json_array_foreach(json_object_get(row, "ships"), index, ship)
	{
		char sentence[SENTENCE_SIZE] = "";
		add(sentence, _("ship "));
		add(sentence, text_of(ship, "ship")[0] != '\0' ? text_of(ship, "ship") : text_of(ship, "mmsi"));
		add(sentence, ": ");
		add_answer(ship, sentence);
		add_orders(ship, sentence);
		if (text_of(ship, "place")[0] != '\0') {
			/* Who says that she cannot is on her way nowhere, whatever she was ordered. */
			add(sentence, strcmp(text_of(ship, "answer"), "unable") == 0 ? _("; was sent to ")
			                                                             : _("; on her way to "));
			add(sentence, text_of(ship, "place"));
		}
		say(context, sentence);
	}
	if (json_is_true(json_object_get(row, "cut")))
		say(context, _("NOT ALL THAT IS KNOWN WENT ALONG: read their report (rccctl handover INC report)"));
}

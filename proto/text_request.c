/* text_request.c - places of safety asked between centres, in words. */
#include "proto/text_request.h"

#include <assert.h>
#include <stdio.h>

#include "proto/text_line.h"
#include "proto/text_table.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

static const char *const request_words[] = {NULL, "asked", "offered", "refused", "withdrawn", "stored", "silent"};
static const char *const request_stage_words[] = {NULL, "asked", "offered", "refused", "withdrawn", "not-taken"};

static_assert(COUNT_OF(request_words) == RCC_REQUEST_STEP_LAST + 1, "a word for each");
static_assert(COUNT_OF(request_stage_words) == RCC_REQUEST_STAGE_LAST + 1, "a word for each");

DEFINE_WORD(request, enum rcc_request_step)
DEFINE_WORD(request_stage, enum rcc_request_stage)
DEFINE_PARSE(request, enum rcc_request_step)

/* Who decided, where, and the words. */
static void
put_decided(struct line *line, const char *officer, struct rcc_pos where, const char *words)
{
	char pos[RCC_POS_TEXT_SIZE];

	if (officer[0] != '\0')
		rcc_line_put(line, " by %s", officer);
	if (rcc_pos_is_known(where))
		rcc_line_put(line, ", at %s", rcc_pos_format(pos, where));
	if (words[0] != '\0')
		rcc_line_put(line, ", \"%s\"", words);
}

/* The ship with the survivors, how many they are, what they need. */
static void
put_facts(struct line *line, const struct rcc_place_request *said)
{
	char mmsi[RCC_MMSI_TEXT_SIZE], persons[RCC_PERSONS_TEXT_SIZE];

	if (said->ship.v != 0)
		rcc_line_put(line, ", ship %s", rcc_mmsi_format(mmsi, said->ship));
	if (said->ship_name[0] != '\0')
		rcc_line_put(line, " %s", said->ship_name);
	if (rcc_persons_sum(&said->aboard) != 0)
		rcc_line_put(line, ", aboard: %s", rcc_persons_format(persons, &said->aboard));
	if (said->needs[0] != '\0')
		rcc_line_put(line, ", needs: %s", said->needs);
	if (said->range_m != 0)
		rcc_line_put(line, ", %.1f nm", (double)said->range_m / RCC_M_PER_NM);
	if (said->eta_min != 0)
		rcc_line_put(line, ", %u min", said->eta_min);
}

size_t
rcc_request_order_format(char *text, size_t size, const struct rcc_request_order *order)
{
	struct line line = {text, size, 0};

	rcc_line_put(&line, "request %u: %s", order->request.v, rcc_request_word(order->step));
	put_decided(&line, order->officer, order->pos, order->text);
	return line.len;
}

size_t
rcc_request_said_format(char *text, size_t size, const struct rcc_place_request *said)
{
	struct line line = {text, size, 0};

	rcc_line_put(&line, "request of case %u-%04u", said->year, said->number);
	if (said->place[0] != '\0')
		rcc_line_put(&line, ", %s", said->place);
	rcc_line_put(&line, ": %s", rcc_request_word(said->step));
	put_decided(&line, said->officer, said->pos, said->text);
	put_facts(&line, said);
	if (said->refusal != 0)
		rcc_line_put(&line, ", refused: %s", rcc_refusal_word(said->refusal));
	return line.len;
}

size_t
rcc_request_changed_format(char *text, size_t size, const struct rcc_request_changed *changed)
{
	const struct rcc_place_request *body = &changed->body;
	struct line line = {text, size, 0};

	rcc_line_put(&line, "request %u %s %s, %s: %s%s", changed->id.v, changed->is_incoming != 0 ? "from" : "to",
	             changed->centre, body->place, rcc_request_word(body->step),
	             changed->is_heard != 0 ? ", they say" : "");
	put_decided(&line, body->officer, body->pos, body->text);
	put_facts(&line, body);
	if (body->refusal != 0)
		rcc_line_put(&line, ", refused: %s", rcc_refusal_word(body->refusal));
	rcc_line_put(&line, ", now %s", rcc_request_stage_word(changed->stage));
	return line.len;
}

/* What we say to the centre, as the board shows it: answers, reports, our own distress; and what has become of each. */
#include <string.h>

#include "crew/board.h"
#include "rcc/units.h"

static bool
is_same_id(const struct rcc_msg_id *a, const struct rcc_msg_id *b)
{
	return memcmp(a->b, b->b, sizeof a->b) == 0;
}

static struct rcc_board_word
word_of(const struct rcc_posted *posted)
{
	return (struct rcc_board_word){.id = posted->id,
	                               .at_ms = posted->posted_at_ms,
	                               .entry_seq = posted->entry_seq,
	                               .entry_at_ms = posted->entry_at_ms,
	                               .refusal = posted->refusal};
}

/* What is not said again stands as it was said. */
static void
keep_facts(struct rcc_board_distress *distress, const struct rcc_alert *alert)
{
	if (alert->nature != RCC_NATURE_NOT_STATED) {
		distress->nature = alert->nature;
	}
	if (rcc_pos_is_known(alert->pos)) {
		distress->pos = alert->pos;
	}
	if (alert->persons != 0) {
		distress->persons = alert->persons;
	}
}

static void
post_alert(struct rcc_board_distress *distress, const struct rcc_envelope *message, const struct rcc_posted *posted)
{
	const struct rcc_alert *alert = &message->u.alert;

	/* A test raises nothing, and no drill may hide a distress. */
	if (message->class == RCC_CLASS_TEST ||
	    (message->class != RCC_CLASS_LIVE && distress->is_on && distress->class == RCC_CLASS_LIVE)) {
		return;
	}
	if ((alert->marks & RCC_ALERT_SELF_CANCEL) != 0) {
		distress->withdrawal = word_of(posted);
		return;
	}
	/* What is added to a distress that the centre has takes nothing back of that it has it. */
	bool is_more = distress->is_on && distress->class == message->class && distress->word.entry_seq != 0;
	if (is_more) {
		distress->more = word_of(posted);
		memset(&distress->withdrawal, 0, sizeof distress->withdrawal);
		keep_facts(distress, alert);
		return;
	}
	*distress = (struct rcc_board_distress){.is_on = posted->refusal == 0,
	                                        .class = message->class,
	                                        .nature = alert->nature,
	                                        .pos = alert->pos,
	                                        .persons = alert->persons,
	                                        .incident = posted->incident,
	                                        .word = word_of(posted)};
}

/* Who is there, or was, or is sent elsewhere, and says to a task that she goes or cannot, says nothing else of the call by it. */
static void
post_answer(const struct rcc_board *board, struct rcc_board_case *c, const struct rcc_answer *answer,
            const struct rcc_posted *posted)
{
	bool is_word = answer->kind == RCC_ANSWER_PROCEEDING || answer->kind == RCC_ANSWER_UNABLE;

	c->aboard = answer->kind == RCC_ANSWER_DONE ? 0 : c->aboard;
	if (is_word && rcc_board_is_to_order(board, c, answer->number)) {
		c->order_answer = *answer;
		c->order_word = word_of(posted);
		return;
	}
	c->answer = *answer;
	c->answer_word = word_of(posted);
	c->is_order_answered = true;
	c->is_named_open = false;
	/* Nor does she coordinate who says that she cannot come, or is done: the centre takes it so. */
	if (c->is_coordinator && (answer->kind == RCC_ANSWER_UNABLE || answer->kind == RCC_ANSWER_DONE)) {
		c->is_coordinator = false;
	}
}

static void
post_place(struct rcc_board_case *c, const struct rcc_place *place, const struct rcc_posted *posted)
{
	if (place->step == RCC_PLACE_OBJECTED) {
		c->is_objected = true;
		/* What was answered keeps its own receipt. */
		c->order_word = c->order_answer.kind == 0 ? word_of(posted) : c->order_word;
	}
}

/*
 * Has the centre ended our distress, and do ships hold a call of it? Compared are the centre's own times, of its word and of its receipt of
 * ours: what it said before it had ours ends nothing of it, and what it has not received yet it cannot have ended. While one case of ours
 * is open (another was joined to it, say) it is on.
 */
void
rcc_board_settle_distress(struct rcc_board *board)
{
	struct rcc_board_distress *distress = &board->distress;
	int64_t since_ms = distress->word.entry_at_ms, ended_at_ms = 0;
	bool is_received = distress->word.entry_seq != 0;

	if (distress->more.at_ms != 0 && distress->more.refusal == 0) {
		since_ms = distress->more.entry_at_ms;
		is_received = is_received && distress->more.entry_seq != 0;
	}
	distress->is_relayed = false;
	for (uint32_t i = 0; i < board->case_count && distress->is_on; i++) {
		const struct rcc_board_case *c = &board->cases[i];

		if (!rcc_board_is_ours(board, &c->last) || c->last.class != distress->class || c->is_lost) {
			continue;
		}
		distress->is_relayed |= !c->is_over;
		if (c->is_over && is_received && c->last.issued_at_ms >= since_ms &&
		    c->last.issued_at_ms > ended_at_ms) {
			ended_at_ms = c->last.issued_at_ms;
		}
	}
	if (ended_at_ms != 0 && !distress->is_relayed) {
		distress->is_on = false;
		distress->ended_at_ms = ended_at_ms;
	}
}

void
rcc_board_posted(struct rcc_board *board, const struct rcc_envelope *message, const struct rcc_posted *posted)
{
	struct rcc_incident_id incident = {0};

	if (message->kind == RCC_BODY_ALERT) {
		post_alert(&board->distress, message, posted);
	} else if (message->kind == RCC_BODY_DRILL) {
		board->is_in_drill = message->u.drill.is_joining != 0;
		board->drill = word_of(posted);
	} else if (message->kind == RCC_BODY_ANSWER) {
		incident = message->u.answer.incident;
	} else if (message->kind == RCC_BODY_SURVIVORS) {
		incident = message->u.survivors.incident;
	} else if (message->kind == RCC_BODY_PLACE) {
		incident = message->u.place.incident;
	}
	for (uint32_t i = 0; incident.v != 0 && i < board->case_count; i++) {
		struct rcc_board_case *c = &board->cases[i];

		if (c->last.incident.v != incident.v) {
			continue;
		}
		if (message->kind == RCC_BODY_SURVIVORS) {
			c->survivors_word = word_of(posted);
			c->aboard = (uint32_t)rcc_persons_sum(&message->u.survivors.aboard);
		} else if (message->kind == RCC_BODY_PLACE) {
			post_place(c, &message->u.place, posted);
		} else {
			post_answer(board, c, &message->u.answer, posted);
		}
	}
	if (message->kind == RCC_BODY_ALERT) {
		rcc_board_settle_distress(board);
	}
	if (posted->entry_seq != 0) {
		board->receipt = word_of(posted);
	}
}

static void
keep_oldest(int64_t *since_ms, const struct rcc_board_word *word)
{
	bool waits = word->at_ms != 0 && word->entry_seq == 0 && word->refusal == 0;

	if (waits && (*since_ms == 0 || word->at_ms < *since_ms)) {
		*since_ms = word->at_ms;
	}
}

int64_t
rcc_board_waits_since(const struct rcc_board *board)
{
	int64_t since_ms = 0;

	keep_oldest(&since_ms, &board->distress.word);
	keep_oldest(&since_ms, &board->distress.more);
	keep_oldest(&since_ms, &board->distress.withdrawal);
	for (uint32_t i = 0; i < board->case_count; i++) {
		keep_oldest(&since_ms, &board->cases[i].answer_word);
		keep_oldest(&since_ms, &board->cases[i].order_word);
		keep_oldest(&since_ms, &board->cases[i].survivors_word);
	}
	return since_ms;
}

static struct rcc_board_word *
find_word(struct rcc_board *board, const struct rcc_msg_id *id)
{
	struct rcc_board_word *const fixed[] = {&board->distress.word, &board->distress.withdrawal,
	                                        &board->distress.more, &board->drill};

	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		if (is_same_id(&fixed[i]->id, id)) {
			return fixed[i];
		}
	}
	for (uint32_t i = 0; i < board->case_count; i++) {
		struct rcc_board_case *c = &board->cases[i];

		if (is_same_id(&c->answer_word.id, id)) {
			return &c->answer_word;
		}
		if (is_same_id(&c->order_word.id, id)) {
			return &c->order_word;
		}
		if (is_same_id(&c->survivors_word.id, id)) {
			return &c->survivors_word;
		}
	}
	return NULL;
}

void
rcc_board_accepted(struct rcc_board *board, const struct rcc_msg_id *id, const struct rcc_accepted *accepted)
{
	struct rcc_board_word *word = find_word(board, id);

	board->receipt =
	    (struct rcc_board_word){.id = *id, .entry_seq = accepted->entry.seq, .entry_at_ms = accepted->entry.at_ms};
	if (word == NULL) {
		return;
	}
	board->receipt.at_ms = word->at_ms;
	word->entry_seq = accepted->entry.seq;
	word->entry_at_ms = accepted->entry.at_ms;
	if (word == &board->distress.word) {
		board->distress.incident = accepted->incident;
	}
	if (word == &board->distress.word || word == &board->distress.more) {
		rcc_board_settle_distress(board);
	}
}

void
rcc_board_refused(struct rcc_board *board, const struct rcc_msg_id *id, enum rcc_refusal reason)
{
	struct rcc_board_word *word = find_word(board, id);

	if (word != NULL) {
		word->refusal = reason;
	}
}

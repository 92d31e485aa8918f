/* What a session minds beside what is typed: the board of cases, our own position, and the alarm. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

int64_t
rcc_crew_at_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

/* ---- the board ---- */

/* Had this come when that was said? By our clock alone where an earlier version of the store does not tell. */
static bool
has_come_before(const struct rcc_inbox_row *row, const struct rcc_posted *posted)
{
	return posted->after_row >= 0 ? row->row <= posted->after_row : row->stored_at_ms <= posted->posted_at_ms;
}

/* What came and what was said, in the order in which it was: an answer is to what was known when it was given. */
static void
load(struct rcc_crew *crew, struct rcc_board *board, struct rcc_envelope *message)
{
	struct rcc_inbox_row row;
	struct rcc_posted posted = {.row = 0};
	bool has_row = rcc_client_inbox_after(crew->client, 0, &row) == RCC_OK;
	bool has_word = rcc_client_posted(crew->client, 0, message, &posted) == RCC_OK;

	while (has_row || has_word) {
		if (has_row && (!has_word || has_come_before(&row, &posted))) {
			rcc_board_take(board, &row);
			has_row = rcc_client_inbox_after(crew->client, row.row, &row) == RCC_OK;
			continue;
		}
		rcc_board_posted(board, message, &posted);
		has_word = rcc_client_posted(crew->client, posted.row, message, &posted) == RCC_OK;
	}
}

/* As the store tells it: NULL if there is no memory for it. */
static struct rcc_board *
read_board(struct rcc_crew *crew)
{
	struct rcc_envelope *message = calloc(1, sizeof *message);
	struct rcc_board *board = calloc(1, sizeof *board);

	if (message != NULL && board != NULL) {
		rcc_board_init(board, crew->settings.mmsi);
		load(crew, board, message);
	} else {
		free(board);
		board = NULL;
	}
	free(message);
	return board;
}

enum rcc_status
rcc_crew_board_open(struct rcc_crew *crew)
{
	crew->board = read_board(crew);
	if (crew->board == NULL) {
		return RCC_E_FULL;
	}
	crew->store_changes = rcc_client_store_changes(crew->client);
	/* The clock of a silence begins with the session. */
	crew->alarm.fresh = crew->board->fresh;
	return RCC_OK;
}

/* Calls that came by another program, and that nobody has read: they sound as if they had come here. */
static uint32_t
count_new(const struct rcc_board *before, const struct rcc_board *now)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < now->case_count; i++) {
		const struct rcc_board_case *c = &now->cases[i], *old = rcc_board_find(before, c->last.incident);

		for (uint32_t j = 0; j < c->unread_count; j++) {
			count += old == NULL || c->unread[j] > old->last_number ? 1 : 0;
		}
	}
	return count;
}

/* Whoever has only lines reads what another program of this ship has said or got. */
static void
tell_others(struct rcc_crew *crew, const struct rcc_board *before, const struct rcc_board *now)
{
	bool has_said = now->fresh > before->fresh || now->distress.is_on != before->distress.is_on;

	for (uint32_t i = 0; i < now->case_count && !has_said; i++) {
		const struct rcc_board_case *c = &now->cases[i], *old = rcc_board_find(before, c->last.incident);

		has_said = old == NULL || old->answer_word.at_ms != c->answer_word.at_ms ||
		           old->order_word.at_ms != c->order_word.at_ms;
	}
	if (has_said) {
		rcc_crew_say(
		    crew, "%s",
		    _("another rcc-crew with this ship's store has said or got something: `watch` shows what stands"));
	}
}

/* Another program with our store has written to it: an answer, an acknowledgement, a call that came there. */
static void
mind_store(struct rcc_crew *crew)
{
	uint64_t changes = rcc_client_store_changes(crew->client);

	/* What the disk did not take is on the board alone. */
	if (changes == crew->store_changes || rcc_client_store_fault(crew->client) != NULL) {
		return;
	}
	struct rcc_board *now = read_board(crew);
	struct rcc_board *before = crew->board;
	if (now == NULL) {
		return;
	}
	crew->store_changes = changes;
	now->own = before->own;
	now->fresh = before->fresh + count_new(before, now);
	now->ship_count = before->ship_count;
	memcpy(now->ship, before->ship, sizeof now->ship);
	tell_others(crew, before, now);
	/* Screens have a pointer to it. */
	*before = *now;
	free(now);
}

static void
take_delivery(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	struct rcc_inbox_row row;

	if (rcc_client_inbox(crew->client, delivery->number, &row) != RCC_OK ||
	    row.delivery.issued_at_ms != delivery->issued_at_ms) {
		/* The disk did not take it: a person must see it all the same. */
		row = (struct rcc_inbox_row){.delivery = *delivery, .stored_at_ms = rcc_crew_at_ms()};
	}
	rcc_board_take(crew->board, &row);
}

void
rcc_crew_happened(struct rcc_crew *crew, enum rcc_client_event event, const struct rcc_envelope *message)
{
	bool is_final = event == RCC_CLIENT_ACCEPTED || event == RCC_CLIENT_REFUSED;

	if (crew->is_posted && is_final && memcmp(message->reply_to.b, crew->posted.b, sizeof crew->posted.b) == 0) {
		crew->is_answered = true;
		/* A script goes by the exit code alone; whoever sits at a session reads it. */
		if (event == RCC_CLIENT_REFUSED && !crew->is_session) {
			crew->exit = RCC_EXIT_FAILED;
		}
	}
	crew->welcomes += event == RCC_CLIENT_WELCOME ? 1 : 0;
	crew->alerts += event == RCC_CLIENT_DELIVERY ? 1 : 0;
	crew->answers += event == RCC_CLIENT_ACCEPTED ? 1 : 0;
	crew->is_loss_due = crew->is_loss_due || event == RCC_CLIENT_LOST;
	if (crew->board != NULL && event == RCC_CLIENT_DELIVERY) {
		take_delivery(crew, &message->u.delivery);
	} else if (crew->board != NULL && event == RCC_CLIENT_ACCEPTED) {
		rcc_board_accepted(crew->board, &message->reply_to, &message->u.accepted);
	} else if (crew->board != NULL && event == RCC_CLIENT_REFUSED) {
		rcc_board_refused(crew->board, &message->reply_to, message->u.refused.reason);
	}
	rcc_crew_report(crew, event, message);
	if (event == RCC_CLIENT_WELCOME && rcc_client_set_back_from(crew->client) != 0) {
		rcc_crew_set_back(crew, message->u.welcome.head.seq, rcc_client_set_back_from(crew->client));
	}
}

/* ---- where we are ---- */

static void
mind_position(struct rcc_crew *crew, int64_t now_ms, int64_t at_ms)
{
	struct rcc_board_own *own = &crew->board->own;

	if (rcc_receiver_turn(&crew->receiver, crew->board, now_ms, at_ms)) {
		crew->own = own->pos;
		crew->own_at_ms = own->at_ms;
	} else if (crew->own_at_ms > own->at_ms) {
		*own = (struct rcc_board_own){.pos = crew->own,
		                              .at_ms = crew->own_at_ms,
		                              .sog_dkn = RCC_SOG_UNKNOWN_DKN,
		                              .cog_ddeg = RCC_COG_UNKNOWN_DDEG};
	}
}

/* Times are typed and written down by our clock; the record of the centre goes by its own. */
static void
mind_clock(struct rcc_crew *crew)
{
	bool is_off = rcc_client_clock_off_ms(crew->client) != 0;

	if (is_off && !crew->is_clock_told) {
		rcc_crew_say(crew, _("%s; times typed and logged here go by it"), rcc_crew_clock_words(crew));
	}
	crew->is_clock_told = is_off;
}

bool
rcc_crew_turn(struct rcc_crew *crew)
{
	int64_t now_ms = rcc_crew_now_ms(), at_ms = rcc_crew_at_ms();

	if (crew->board == NULL) {
		return false;
	}
	mind_store(crew);
	mind_clock(crew);
	mind_position(crew, now_ms, at_ms);
	rcc_crew_tell_position(crew);
	bool sounds = rcc_alarm_turn(&crew->alarm, rcc_board_sound(crew->board, at_ms), crew->board->fresh, now_ms);
	if (sounds) {
		rcc_alarm_start_command(&crew->alarm, crew->settings.alarm_command, crew->board, at_ms);
	} else {
		rcc_alarm_mind_command(&crew->alarm);
	}
	/* Silence of the centre is heard as well, once: nobody can acknowledge it away. */
	bool rings = sounds || crew->is_loss_due;
	crew->is_loss_due = false;
	return rings;
}

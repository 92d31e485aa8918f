/* What of the board comes first, how far it is, and what makes a sound. */
#include <string.h>

#include "crew/board.h"
#include "crew/crew.h"
#include "rcc/units.h"

/* A ship that drifts will not go on drifting once she proceeds: her speed of the moment counts from here on. */
#define UNDER_WAY_DKN 30
#define MIN_PER_HOUR 60.0
#define FARTHEST_NM 1e6
/* An order about a place as far from the casualty as this is about another place. */
#define ELSEWHERE_NM 2.0

enum rcc_board_duty
rcc_board_duty(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms)
{
	bool is_expired = c->last.kind == RCC_BROADCAST_MISSING_NOTICE && c->last.expires_at_ms != 0 &&
	                  c->last.expires_at_ms <= now_ms;

	if ((c->is_over || c->is_released) && c->aboard > 0 && !rcc_board_is_ours(board, &c->last)) {
		return RCC_BOARD_CARRYING;
	}
	if (c->is_over || is_expired) {
		return RCC_BOARD_OVER;
	}
	if (c->last.kind == RCC_BROADCAST_SUSPENDED) {
		return RCC_BOARD_SUSPENDED;
	}
	if (rcc_board_is_ours(board, &c->last)) {
		return RCC_BOARD_OURS;
	}
	if (c->is_requisitioned) {
		return RCC_BOARD_REQUISITIONED;
	}
	if (c->is_coordinator) {
		return RCC_BOARD_COORDINATOR;
	}
	if (c->has_order && c->order == RCC_BROADCAST_TASK) {
		return RCC_BOARD_TASKED;
	}
	if (c->is_released) {
		return RCC_BOARD_RELEASED;
	}
	if (c->last.kind == RCC_BROADCAST_MISSING_NOTICE) {
		return RCC_BOARD_NOTICE;
	}
	return c->last.called_on != 0 ? RCC_BOARD_CALLED_ON : RCC_BOARD_INFORMED;
}

/* ---- how far ---- */

static bool
is_own_usable(const struct rcc_board *board, int64_t now_ms)
{
	return board->own.at_ms != 0 && rcc_pos_is_known(board->own.pos) &&
	       now_ms - board->own.at_ms <= RCC_BOARD_OWN_MAX_MS;
}

struct rcc_pos
rcc_board_place(const struct rcc_board *board, const struct rcc_board_case *c)
{
	struct rcc_pos nearest = c->last.pos;
	double best_nm = 0, nm = 0, deg = 0;

	if (c->last.candidate_count < 2 || !rcc_pos_is_known(board->own.pos)) {
		return nearest;
	}
	for (uint32_t i = 0; i < c->last.candidate_count && i < RCC_CANDIDATES_MAX; i++) {
		rcc_crew_range(board->own.pos, c->last.candidate[i].pos, &nm, &deg);
		if (i == 0 || nm < best_nm) {
			best_nm = nm;
			nearest = c->last.candidate[i].pos;
		}
	}
	return nearest;
}

/* The speed that the centre reckoned with, which knows what the ship declared; 0 = none. */
static double
centre_kn(const struct rcc_delivery_msg *delivery)
{
	if (delivery->range_m == RCC_RANGE_UNKNOWN_M || delivery->eta_min == RCC_ETA_UNKNOWN_MIN ||
	    delivery->eta_min == 0) {
		return 0;
	}
	return (double)delivery->range_m / RCC_M_PER_NM * MIN_PER_HOUR / delivery->eta_min;
}

struct rcc_board_way
rcc_board_way(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms)
{
	struct rcc_board_way way = {.eta_min = RCC_ETA_UNKNOWN_MIN};
	struct rcc_pos place = rcc_board_place(board, c);
	const struct rcc_board_own *own = &board->own;
	bool is_under_way = own->sog_dkn != RCC_SOG_UNKNOWN_DKN && own->sog_dkn >= UNDER_WAY_DKN;

	if (is_own_usable(board, now_ms) && rcc_pos_is_known(place)) {
		way.is_known = way.is_ours = way.has_bearing = true;
		rcc_crew_range(own->pos, place, &way.nm, &way.deg);
		way.kn = centre_kn(&c->last);
		way.is_centres_kn = way.kn > 0;
		if (is_under_way && own->sog_dkn / 10.0 > way.kn) {
			way.kn = own->sog_dkn / 10.0;
			way.is_centres_kn = false;
		}
		if (way.kn > 0) {
			way.eta_min = (uint32_t)(way.nm / way.kn * MIN_PER_HOUR + 0.5);
		}
		return way;
	}
	if (c->last.range_m != RCC_RANGE_UNKNOWN_M) {
		way.is_known = true;
		way.nm = (double)c->last.range_m / RCC_M_PER_NM;
		way.has_bearing = c->last.bearing_ddeg != RCC_BEARING_UNKNOWN_DDEG;
		way.deg = way.has_bearing ? c->last.bearing_ddeg / 10.0 : 0;
		way.eta_min = c->last.eta_min;
		way.kn = centre_kn(&c->last);
		way.is_centres_kn = way.kn > 0;
	}
	return way;
}

/* ---- what sounds ---- */

static bool
is_binding(enum rcc_broadcast_kind kind)
{
	return kind == RCC_BROADCAST_DISTRESS_RELAY || kind == RCC_BROADCAST_TASK ||
	       kind == RCC_BROADCAST_REQUISITION || kind == RCC_BROADCAST_COORDINATE;
}

/* What was said before she was asked by name is no answer to that. */
static bool
is_order_open(const struct rcc_board_case *c)
{
	return c->has_order && !c->is_order_answered && c->order_word.at_ms == 0;
}

bool
rcc_board_is_elsewhere(const struct rcc_board *board, const struct rcc_board_case *c)
{
	struct rcc_pos there = rcc_board_place(board, c);
	double nm = 0, deg = 0;

	if (rcc_pos_is_known(c->order_pos) && rcc_pos_is_known(there)) {
		rcc_crew_range(there, c->order_pos, &nm, &deg);
	}
	return nm > ELSEWHERE_NM;
}

bool
rcc_board_is_to_order(const struct rcc_board *board, const struct rcc_board_case *c, uint32_t number)
{
	bool has_come = c->answer.kind == RCC_ANSWER_ON_SCENE || c->answer.kind == RCC_ANSWER_DONE;

	return c->has_order && c->order == RCC_BROADCAST_TASK && number == c->order_number &&
	       (has_come || rcc_crew_is_of_place(c->order_text) || rcc_board_is_elsewhere(board, c));
}

bool
rcc_board_owes_answer(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms)
{
	enum rcc_board_duty duty = rcc_board_duty(board, c, now_ms);

	bool is_answered = c->answer_word.at_ms != 0 && !is_order_open(c) && !c->is_named_open;

	return duty >= RCC_BOARD_REQUISITIONED && duty <= RCC_BOARD_CALLED_ON && !is_answered &&
	       c->last.class != RCC_CLASS_TEST;
}

enum rcc_board_sound
rcc_board_case_sound(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms)
{
	enum rcc_board_duty duty = rcc_board_duty(board, c, now_ms);

	/* To have read it is no answer: whoever put it aside is reminded. */
	if (c->unread_count == 0 && c->read_at_ms != 0 && now_ms - c->read_at_ms >= RCC_BOARD_REMIND_MS &&
	    rcc_board_owes_answer(board, c, now_ms)) {
		return RCC_BOARD_CHIME;
	}
	if (c->unread_count == 0 || c->last.class == RCC_CLASS_TEST) {
		return RCC_BOARD_QUIET;
	}
	if (duty == RCC_BOARD_OURS || duty >= RCC_BOARD_NOTICE) {
		return RCC_BOARD_CHIME;
	}
	for (uint32_t i = 0; i < c->unread_count; i++) {
		/* An update that came before anybody had read of the case is the call itself. */
		if (is_binding(c->unread_kind[i]) || c->read_at_ms == 0) {
			return RCC_BOARD_ALARM;
		}
	}
	return RCC_BOARD_CHIME;
}

enum rcc_board_sound
rcc_board_sound(const struct rcc_board *board, int64_t now_ms)
{
	enum rcc_board_sound loudest = RCC_BOARD_QUIET;

	for (uint32_t i = 0; i < board->case_count; i++) {
		enum rcc_board_sound sound = rcc_board_case_sound(board, &board->cases[i], now_ms);

		loudest = sound > loudest ? sound : loudest;
	}
	return loudest;
}

bool
rcc_board_alarms_above(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms)
{
	bool is_alarm = rcc_board_case_sound(board, c, now_ms) == RCC_BOARD_ALARM;

	for (uint32_t i = 0; i < board->case_count; i++) {
		const struct rcc_board_case *other = &board->cases[i];
		bool is_above = !is_alarm || (other->last.class == RCC_CLASS_LIVE && c->last.class != RCC_CLASS_LIVE);

		if (other != c && is_above && rcc_board_case_sound(board, other, now_ms) == RCC_BOARD_ALARM) {
			return true;
		}
	}
	return false;
}

uint32_t
rcc_board_unread(const struct rcc_board *board)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < board->case_count; i++) {
		count += board->cases[i].unread_count > 0 ? 1 : 0;
	}
	return count;
}

/* ---- the order ---- */

struct place_in_line {
	uint32_t index;
	int class_rank;
	enum rcc_board_duty duty;
	bool is_alarming;
	uint32_t eta_min;
	double nm; /* where nobody knows how fast we are, near is soon */
	uint32_t number;
};

static int class_rank(enum rcc_class class)
{
	switch (class) {
	case RCC_CLASS_LIVE:
		return 0;
	case RCC_CLASS_EXERCISE:
		return 1;
	case RCC_CLASS_TEST:
		break;
	}
	return 2;
}

static bool
is_before(const struct place_in_line *a, const struct place_in_line *b)
{
	if (a->class_rank != b->class_rank) {
		return a->class_rank < b->class_rank;
	}
	bool is_ours = a->duty == RCC_BOARD_OURS || b->duty == RCC_BOARD_OURS;
	/* What nobody has acknowledged is not hidden below what was answered. */
	if (!is_ours && a->is_alarming != b->is_alarming) {
		return a->is_alarming;
	}
	if (a->duty != b->duty) {
		return a->duty < b->duty;
	}
	if (a->eta_min != b->eta_min) {
		return a->eta_min < b->eta_min;
	}
	if (a->nm < b->nm || a->nm > b->nm) {
		return a->nm < b->nm;
	}
	return a->number > b->number;
}

uint32_t
rcc_board_list(const struct rcc_board *board, int64_t now_ms, uint32_t ret_order[RCC_BOARD_CASES_MAX])
{
	struct place_in_line line[RCC_BOARD_CASES_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < board->case_count; i++) {
		const struct rcc_board_case *c = &board->cases[i];
		struct rcc_board_way way = rcc_board_way(board, c, now_ms);
		struct place_in_line place = {.index = i,
		                              .class_rank = class_rank(c->last.class),
		                              .duty = rcc_board_duty(board, c, now_ms),
		                              .is_alarming = c->unread_count > 0 &&
		                                             rcc_board_case_sound(board, c, now_ms) == RCC_BOARD_ALARM,
		                              .eta_min = way.eta_min,
		                              .nm = way.is_known ? way.nm : FARTHEST_NM,
		                              .number = c->last_number};
		if (place.duty == RCC_BOARD_OVER && c->unread_count == 0) {
			continue;
		}
		uint32_t at = count++;
		for (; at > 0 && is_before(&place, &line[at - 1]); at--) {
			line[at] = line[at - 1];
		}
		line[at] = place;
	}
	for (uint32_t i = 0; i < count; i++) {
		ret_order[i] = line[i].index;
	}
	return count;
}

/* The board in words, for who has no screens: what is open, what is owed, how far it is, who is near. */
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Ships of an AIS picture that are older than this are no help to anybody. */
#define SHIP_MAX_MS INT64_C(600000)
#define SHIPS_TOLD_MAX 20

const char *
rcc_crew_duty_word(enum rcc_board_duty duty)
{
	switch (duty) {
	case RCC_BOARD_OURS:
		return _("OUR OWN DISTRESS");
	case RCC_BOARD_REQUISITIONED:
		return _("REQUISITIONED");
	case RCC_BOARD_COORDINATOR:
		return _("ON-SCENE COORDINATOR");
	case RCC_BOARD_TASKED:
		return _("TASK FOR US");
	case RCC_BOARD_CALLED_ON:
		return _("CALLED ON");
	case RCC_BOARD_CARRYING:
		return _("SURVIVORS ABOARD");
	case RCC_BOARD_INFORMED:
		return _("informed");
	case RCC_BOARD_NOTICE:
		return _("look-out");
	case RCC_BOARD_RELEASED:
		return _("released");
	case RCC_BOARD_SUSPENDED:
		return _("suspended");
	case RCC_BOARD_OVER:
		break;
	}
	return _("ENDED");
}

const char *
rcc_crew_reason_words(enum rcc_reason reason)
{
	switch (reason) {
	case RCC_REASON_DISABLED:
		return _("our ship is disabled, or not able to manoeuvre");
	case RCC_REASON_DANGER_TO_SHIP:
		return _("it would put our own ship and those aboard in danger");
	case RCC_REASON_CARGO_HAZARD:
		return _("our cargo would endanger those whom we rescue");
	case RCC_REASON_TOO_FAR:
		return _("we are too far away to arrive in time to help");
	case RCC_REASON_NOT_AT_SEA:
		return _("our ship is not at sea");
	case RCC_REASON_OTHER_RESCUE:
		return _("we are engaged in another rescue");
	case RCC_REASON_RELEASED:
		return _("we are told that our help is not needed");
	case RCC_REASON_OTHER:
		return _("another reason, in the words that follow");
	case RCC_REASON_NONE:
		break;
	}
	return "";
}

const char *
rcc_crew_answer_words(enum rcc_answer_kind kind)
{
	switch (kind) {
	case RCC_ANSWER_PROCEEDING:
		return _("PROCEEDING");
	case RCC_ANSWER_UNABLE:
		return _("UNABLE");
	case RCC_ANSWER_NEED_DETAIL:
		return _("WE NEED DETAIL");
	case RCC_ANSWER_ON_SCENE:
		return _("ON SCENE");
	case RCC_ANSWER_DONE:
		return _("DONE");
	}
	return "";
}

void
rcc_crew_said_words(char text[RCC_CREW_SAID_SIZE], const struct rcc_answer *answer)
{
	if (answer->kind == RCC_ANSWER_PROCEEDING && answer->eta_min != RCC_ETA_UNKNOWN_MIN) {
		snprintf(text, RCC_CREW_SAID_SIZE, _("PROCEEDING, %u h %02u min"), answer->eta_min / 60,
		         answer->eta_min % 60);
	} else {
		snprintf(text, RCC_CREW_SAID_SIZE, "%s", rcc_crew_answer_words(answer->kind));
	}
}

/* What was said, and what has become of it. */
static void
word_line(char *text, size_t size, const char *what, const struct rcc_board_word *word)
{
	char time[32];

	if (word->refusal != 0) {
		snprintf(text, size, _("%s: REFUSED (%s)"), what, rcc_crew_term(rcc_refusal_word(word->refusal)));
	} else if (word->entry_at_ms != 0) {
		snprintf(text, size, _("%s: the centre has it, %s, entry %llu"), what,
		         rcc_crew_time(time, word->entry_at_ms), (unsigned long long)word->entry_seq);
	} else {
		snprintf(text, size, _("%s: NOT YET ACCEPTED"), what);
	}
}

void
rcc_crew_answer_line(char *text, size_t size, const struct rcc_board_case *c)
{
	char what[RCC_CREW_SAID_SIZE];

	text[0] = '\0';
	if (c->answer_word.at_ms == 0) {
		return;
	}
	rcc_crew_said_words(what, &c->answer);
	word_line(text, size, what, &c->answer_word);
}

void
rcc_crew_order_line(char *text, size_t size, const struct rcc_board_case *c)
{
	char what[2 * RCC_CREW_SAID_SIZE];

	text[0] = '\0';
	if (c->order_word.at_ms == 0) {
		return;
	}
	char answer[RCC_CREW_SAID_SIZE] = "";
	if (c->order_answer.kind != 0) {
		rcc_crew_said_words(answer, &c->order_answer);
	}
	snprintf(what, sizeof what, "%s%s%s", answer, answer[0] != '\0' && c->is_objected ? ", " : "",
	         c->is_objected ? _("WE OBJECT") : "");
	word_line(text, size, what, &c->order_word);
}

void
rcc_crew_way_line(char *text, size_t size, const struct rcc_board_way *way)
{
	char bearing[24] = "", eta[64] = "";

	if (!way->is_known) {
		snprintf(text, size, "%s", _("range unknown"));
		return;
	}
	if (way->has_bearing) {
		snprintf(bearing, sizeof bearing, _(" %03d T"), (int)(way->deg + 0.5) % 360);
	}
	if (way->eta_min != RCC_ETA_UNKNOWN_MIN && way->kn > 0) {
		snprintf(eta, sizeof eta, _(", %u h %02u min at %.1f kn"), way->eta_min / 60, way->eta_min % 60,
		         way->kn);
	} else if (way->eta_min != RCC_ETA_UNKNOWN_MIN) {
		snprintf(eta, sizeof eta, _(", %u h %02u min"), way->eta_min / 60, way->eta_min % 60);
	}
	snprintf(text, size,
	         way->is_ours ? _("%.1f NM%s%s") : _("%.1f NM%s%s, as the centre reckoned it when it called"), way->nm,
	         bearing, eta);
}

static void
tell_own(const struct rcc_crew *crew)
{
	const struct rcc_board_own *own = &crew->board->own;
	char pos[RCC_POS_TEXT_SIZE], time[32];

	if (own->at_ms == 0) {
		printf("%s\n", _("our position: nobody has said (--gpsd HOST:PORT, or --pos)"));
		return;
	}
	printf(_("our position: %s at %s, %s\n"), rcc_crew_pos_words(pos, own->pos), rcc_crew_time(time, own->at_ms),
	       own->is_fix ? _("as the receiver says") : _("as we said"));
}

static void
tell_case(const struct rcc_crew *crew, const struct rcc_board_case *c, int64_t at_ms)
{
	struct rcc_board_way way = rcc_board_way(crew->board, c, at_ms);
	char headline[RCC_CREW_LINE_MAX], line[160], answer[200];
	const char *mark = rcc_crew_line_mark(c->last.class);

	rcc_crew_headline(headline, sizeof headline, &c->last);
	rcc_crew_way_line(line, sizeof line, &way);
	rcc_crew_answer_line(answer, sizeof answer, c);
	printf("%s\n", headline);
	printf("  %s%s, %s%s\n", mark, rcc_crew_duty_word(rcc_board_duty(crew->board, c, at_ms)), line,
	       c->unread_count > 0 ? _(", NOT ACKNOWLEDGED") : "");
	if (c->is_lost) {
		printf("  %s%s\n", mark,
		       _("LOST BY THE CENTRE, whose record was set back: tell it of this case, by radio too"));
	}
	if (answer[0] != '\0') {
		printf("  %s%s\n", mark, answer);
	}
	rcc_crew_order_line(answer, sizeof answer, c);
	if (answer[0] != '\0') {
		printf(_("  %sto %u we said: %s\n"), mark, c->order_number, answer);
	}
	if (rcc_board_owes_answer(crew->board, c, at_ms)) {
		printf("  %s%s\n", mark, _("NOT ANSWERED"));
	}
}

/* A single verb has no board yet. */
static bool
needs_board(struct rcc_crew *crew)
{
	if (crew->board == NULL) {
		rcc_crew_fetch(crew);
	}
	if (crew->board != NULL || rcc_crew_board_open(crew) == RCC_OK) {
		return true;
	}
	rcc_crew_fail(crew, RCC_EXIT_FAILED, _("no memory"));
	return false;
}

/* What we said of it, and what has become of that. */
static void
tell_distress(const struct rcc_board_distress *distress)
{
	const struct {
		const char *what;
		const struct rcc_board_word *word;
	} rows[] = {{_("distress"), &distress->word},
	            {_("what we added"), &distress->more},
	            {_("withdrawal"), &distress->withdrawal}};
	char line[200];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].word->at_ms != 0) {
			word_line(line, sizeof line, rows[i].what, rows[i].word);
			printf("  %s%s\n", rcc_crew_line_mark(distress->class), line);
		}
	}
}

void
rcc_crew_tell_watch(struct rcc_crew *crew)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	int64_t at_ms = rcc_crew_at_ms();
	char time[32];

	if (!needs_board(crew)) {
		return;
	}
	uint32_t count = rcc_board_list(crew->board, at_ms, order);
	tell_own(crew);
	if (crew->board->distress.is_on) {
		printf(_("%sOUR OWN DISTRESS IS ON since %s\n"), rcc_crew_class_mark(crew->board->distress.class),
		       rcc_crew_time(time, crew->board->distress.word.at_ms));
		tell_distress(&crew->board->distress);
	}
	for (uint32_t i = 0; i < count; i++) {
		tell_case(crew, &crew->board->cases[order[i]], at_ms);
	}
	if (count == 0) {
		printf("%s\n", _("nothing is open"));
	}
	const struct rcc_board_card *card = rcc_board_card(crew->board, at_ms);
	if (card != NULL) {
		printf(card->read_at_ms != 0 ? _("conduct card %u: show %u\n")
		                             : _("conduct card %u, not read: show %u\n"),
		       card->revision, card->number);
	}
}

static void
tell_bearing(const struct rcc_crew *crew, const char *mark, const char *what, struct rcc_pos pos)
{
	double nm = 0, deg = 0;
	char text[RCC_POS_TEXT_SIZE];

	if (!rcc_pos_is_known(pos) || crew->board->own.at_ms == 0) {
		printf("  %s%s: %s\n", mark, what, rcc_crew_pos_words(text, pos));
		return;
	}
	rcc_crew_range(crew->board->own.pos, pos, &nm, &deg);
	printf(_("  %s%s: %s, %.1f NM %03d T\n"), mark, what, rcc_crew_pos_words(text, pos), nm,
	       (int)(deg + 0.5) % 360);
}

void
rcc_crew_tell_plot(struct rcc_crew *crew)
{
	uint32_t order[RCC_BOARD_CASES_MAX], told = 0;
	int64_t at_ms = rcc_crew_at_ms();
	char name[RCC_NAME_MAX + 1];

	if (!needs_board(crew)) {
		return;
	}
	uint32_t count = rcc_board_list(crew->board, at_ms, order);
	tell_own(crew);
	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &crew->board->cases[order[i]];

		snprintf(name, sizeof name, "%04u-%04u", c->last.incident_year, c->last.incident_number);
		tell_bearing(crew, rcc_crew_line_mark(c->last.class), name, rcc_board_place(crew->board, c));
	}
	for (uint32_t i = 0; i < crew->board->ship_count && told < SHIPS_TOLD_MAX; i++) {
		const struct rcc_board_ship *ship = &crew->board->ship[i];

		if (at_ms - ship->at_ms > SHIP_MAX_MS || !rcc_pos_is_known(ship->pos)) {
			continue;
		}
		rcc_mmsi_format(name, ship->mmsi);
		tell_bearing(crew, "", ship->name[0] != '\0' ? ship->name : name, ship->pos);
		told++;
	}
}

/* Where we are, as a person says: read back before anything is reckoned from it. */
#include <stddef.h>
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define POS_TYPED_MAX 64
/* A receiver's fix: often enough for an ETA while a case is open, seldom enough for a thin link on watch. */
#define TELL_EVERY_MS INT64_C(180000)
#define TELL_ON_WATCH_MS INT64_C(600000)

static void
tell_ranges(const struct rcc_crew *crew, struct rcc_pos from)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(crew->board, rcc_crew_at_ms(), order);

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &crew->board->cases[order[i]];
		double nm = 0, deg = 0;

		if (!rcc_pos_is_known(c->last.pos)) {
			continue;
		}
		rcc_crew_range(from, rcc_board_place(crew->board, c), &nm, &deg);
		rcc_crew_say(crew, _("%s%04u-%04u is %.1f NM %03d T from there"), rcc_crew_line_mark(c->last.class),
		             c->last.incident_year, c->last.incident_number, nm, (int)(deg + 0.5) % 360);
	}
}

void
rcc_crew_position(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	char typed[POS_TYPED_MAX] = "", text[RCC_POS_TEXT_SIZE];
	struct rcc_pos pos;
	double nm = 0, deg = 0;

	/* Degrees, minutes and seconds are eight words: what is left out would be another place. */
	for (int i = 1; rcc_crew_operand(parsed, i) != NULL; i++) {
		size_t len = strlen(typed);

		snprintf(typed + len, sizeof typed - len, "%s%s", i > 1 ? " " : "", rcc_crew_operand(parsed, i));
	}
	if (rcc_pos_parse(typed, &pos) != RCC_OK) {
		rcc_crew_complain(_("position '%s' cannot be read; write 35-12.40N 012-36.05E or 35.2067 12.6008"),
		                  typed);
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	rcc_crew_say(crew, _("position read back: %s"), rcc_crew_pos_words(text, pos));
	if (crew->own_at_ms != 0) {
		rcc_crew_range(crew->own, pos, &nm, &deg);
		rcc_crew_say(crew, _("that is %.1f NM %03d T from where we were"), nm, (int)(deg + 0.5) % 360);
	}
	if (crew->board != NULL) {
		tell_ranges(crew, pos);
	}
	crew->draft_pos = pos;
	if (parsed->value[CREW_YES] != NULL || !crew->is_session) {
		rcc_crew_take_position(crew);
		return;
	}
	crew->waits = CREW_DRAFT_POSITION;
	rcc_crew_say(crew, "%s", _("type SEND if that is where we are, anything else to drop it"));
}

void
rcc_crew_take_position(struct rcc_crew *crew)
{
	char text[RCC_POS_TEXT_SIZE];

	crew->waits = CREW_DRAFT_NONE;
	crew->own = crew->draft_pos;
	crew->own_at_ms = rcc_crew_at_ms();
	rcc_crew_say(crew, _("we are at %s"), rcc_crew_pos_words(text, crew->own));
}

static int64_t
tell_every_ms(const struct rcc_crew *crew)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	bool is_quiet = rcc_board_list(crew->board, rcc_crew_at_ms(), order) == 0 && !crew->board->distress.is_on;

	return is_quiet && crew->settings.client.budget_h != 0 ? TELL_ON_WATCH_MS : TELL_EVERY_MS;
}

/* Every ship near a case is called on by where she is: a centre that hears no AIS has it from here alone. */
void
rcc_crew_tell_position(struct rcc_crew *crew)
{
	const struct rcc_board_own *own = &crew->board->own;
	int64_t now_ms = rcc_crew_now_ms();
	bool is_young = own->at_ms != 0 && rcc_crew_at_ms() - own->at_ms <= RCC_BOARD_OWN_MAX_MS;
	bool is_due = own->at_ms > crew->own_told_at_ms &&
	              (!own->is_fix || crew->own_told_ms == 0 || now_ms - crew->own_told_ms >= tell_every_ms(crew));

	if (!is_young || !is_due || crew->settings.mmsi.v == 0 || !rcc_pos_is_known(own->pos) || !crew->is_welcomed ||
	    crew->role != RCC_ROLE_VESSEL || !rcc_client_is_linked(crew->client)) {
		return;
	}
	memset(crew->message, 0, offsetof(struct rcc_envelope, u));
	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_POSITION;
	crew->message->u.position = (struct rcc_report){.mmsi = crew->settings.mmsi,
	                                                .pos = own->pos,
	                                                .at_ms = own->at_ms,
	                                                .sog_dkn = own->sog_dkn,
	                                                .cog_ddeg = own->cog_ddeg,
	                                                .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                                .nav_status = RCC_NAV_STATUS_UNKNOWN};
	/* The next one replaces it: one that is lost is not sent again. */
	if (rcc_client_send(crew->client, crew->message) == RCC_OK) {
		crew->own_told_at_ms = own->at_ms;
		crew->own_told_ms = now_ms;
	}
}

/* Where the persons of a case are, what a ship told of them by radio, and what they need. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

/* Longer than any ship lasts with survivors aboard. */
#define SAFE_HOURS_MAX 1000
#define QUANTITY_MAX 1000000

/* A number that may be 0; what is not given leaves *ret untouched. */
int
rcc_ctl_option_number(const struct rcc_ctl *ctl, enum rcc_ctl_option option, const char *name, uint32_t max,
                      uint32_t *ret)
{
	const char *text = ctl->option[option];
	uint64_t value = 0;
	if (text == NULL)
		return RCC_EXIT_OK;
	if (strcmp(text, "0") != 0 && !rcc_ctl_uint_parse(text, max, &value))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--%s is a number from 0 to %u"), name, max);
	*ret = (uint32_t)value;
	return RCC_EXIT_OK;
}

/* --men 3 --women 2 ...; read back, since a wrong count is told for years. */
static int
option_counts(const struct rcc_ctl *ctl, struct rcc_persons *persons)
{
	const struct {
		enum rcc_ctl_option option;
		const char *name;
		uint32_t *value;
	} count[] = {
	    {RCC_CTL_OPTION_MEN, "men", &persons->men},
	    {RCC_CTL_OPTION_WOMEN, "women", &persons->women},
	    {RCC_CTL_OPTION_ADULTS, "adults", &persons->adults},
	    {RCC_CTL_OPTION_CHILDREN, "children", &persons->children},
	    {RCC_CTL_OPTION_UNACCOMPANIED, "unaccompanied", &persons->unaccompanied},
	    {RCC_CTL_OPTION_INFANTS, "infants", &persons->infants},
	    {RCC_CTL_OPTION_PREGNANT, "pregnant", &persons->pregnant},
	    {RCC_CTL_OPTION_INJURED, "injured", &persons->injured},
	    {RCC_CTL_OPTION_DISABLED, "disabled", &persons->disabled},
	    {RCC_CTL_OPTION_FAMILIES, "families", &persons->families},
	};
	int exit_code = RCC_EXIT_OK;
	char text[RCC_PERSONS_TEXT_SIZE];
	for (size_t i = 0; i < sizeof count / sizeof count[0] && exit_code == RCC_EXIT_OK; i++)
		exit_code = rcc_ctl_option_number(ctl, count[i].option, count[i].name, RCC_PERSONS_MAX, count[i].value);
	if (exit_code == RCC_EXIT_OK && !ctl->is_json)
		fprintf(ctl->out, _("persons: %llu: %s\n"), (unsigned long long)rcc_persons_sum(persons),
		        rcc_persons_format(text, persons));
	return exit_code;
}

int
rcc_ctl_option_ship(const struct rcc_ctl *ctl, enum rcc_ctl_option option, struct rcc_mmsi *ret_ship)
{
	const char *text = ctl->option[option];
	if (text == NULL || (rcc_mmsi_parse(text, ret_ship) == RCC_OK && ret_ship->v != 0))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), text);
}

/* ---- moves ---- */

/* A ship that is named says "aboard" by itself. */
static int
option_where(const struct rcc_ctl *ctl, enum rcc_ctl_option option, struct rcc_mmsi ship, enum rcc_where *ret_where)
{
	const char *word = ctl->option[option];
	if (word == NULL && ship.v != 0)
		*ret_where = RCC_WHERE_ABOARD;
	else if (word == NULL || rcc_where_parse(word, ret_where) != RCC_OK)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say from where to where: --from and --to are at-risk, aboard (with --from-ship or "
		      "--to-ship MMSI), landed, missing, dead, safe-alone, never or unknown-outcome"));
	if ((*ret_where == RCC_WHERE_ABOARD) != (ship.v != 0))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("aboard is aboard a ship, and only that: %s MMSI"),
		                    option == RCC_CTL_OPTION_TO ? "--to-ship" : "--from-ship");
	return RCC_EXIT_OK;
}

static int
option_places(const struct rcc_ctl *ctl, struct rcc_move_persons *move)
{
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_FROM_SHIP, &move->from_ship);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_TO_SHIP, &move->to_ship);
	if (exit_code == RCC_EXIT_OK)
		exit_code = option_where(ctl, RCC_CTL_OPTION_FROM, move->from_ship, &move->from);
	if (exit_code == RCC_EXIT_OK)
		exit_code = option_where(ctl, RCC_CTL_OPTION_TO, move->to_ship, &move->to);
	return exit_code == RCC_EXIT_OK
	           ? rcc_ctl_option_number(ctl, RCC_CTL_OPTION_PLACE, "place", UINT32_MAX, &move->place.v)
	           : exit_code;
}

static int
option_circumstances(const struct rcc_ctl *ctl, struct rcc_move_persons *move)
{
	const char *family = ctl->option[RCC_CTL_OPTION_FAMILY];
	const char *at = ctl->option[RCC_CTL_OPTION_AT];
	bool wants_reason = move->to == RCC_WHERE_NEVER || move->to == RCC_WHERE_UNKNOWN;
	if (family != NULL &&
	    (rcc_family_parse(family, &move->family) != RCC_OK || move->family == RCC_FAMILY_NOT_STATED))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--family is together, or split with a reason"));
	if (at != NULL && !rcc_ctl_when_parse(at, rcc_ctl_now_ms(), &move->happened_at_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a time: write 14:20 (UTC), -20min or RFC 3339"), at);
	if (wants_reason || move->family == RCC_FAMILY_SPLIT)
		return rcc_ctl_reason(ctl, move->reason);
	return rcc_ctl_option_text(ctl, RCC_CTL_OPTION_REASON, move->reason, sizeof move->reason);
}

/* Nothing of a move is given: the balance is meant. */
static bool
is_question(const struct rcc_ctl *ctl)
{
	bool is_given = ctl->option[RCC_CTL_OPTION_FROM] != NULL || ctl->option[RCC_CTL_OPTION_REASON] != NULL;
	is_given = is_given || ctl->option[RCC_CTL_OPTION_MEN] != NULL || ctl->option[RCC_CTL_OPTION_TO] != NULL;
	for (int i = RCC_CTL_OPTION_WOMEN; i <= RCC_CTL_OPTION_AT; i++)
		is_given = is_given || ctl->option[i] != NULL;
	return !is_given;
}

int
rcc_ctl_verb_persons(struct rcc_ctl *ctl)
{
	struct rcc_move_persons move = {.more_found = ctl->option[RCC_CTL_OPTION_MORE_FOUND] != NULL};
	if (is_question(ctl))
		return rcc_ctl_show_persons(ctl);
	if (ctl->operand_count == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say of which case they are: persons INC ..."));
	int exit_code = option_places(ctl, &move);
	if (exit_code == RCC_EXIT_OK)
		exit_code = option_circumstances(ctl, &move);
	if (exit_code == RCC_EXIT_OK)
		exit_code = option_counts(ctl, &move.count);
	if (exit_code == RCC_EXIT_OK && rcc_persons_sum(&move.count) == 0)
		exit_code = rcc_ctl_fail(RCC_EXIT_USAGE, _("say how many of whom: --men 3 --women 2 ..."));
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &move.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_PERSONS;
	ctl->message->u.persons = move;
	return rcc_ctl_act(ctl);
}

/* ---- what a ship told by radio ---- */

int
rcc_ctl_verb_survivors(struct rcc_ctl *ctl)
{
	struct rcc_survivors said = {.protection_stated = ctl->option[RCC_CTL_OPTION_PROTECTION] != NULL,
	                             .languages = ctl->option[RCC_CTL_OPTION_INTERPRETER] != NULL};
	if (ctl->option[RCC_CTL_OPTION_SHIP] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say which ship has them: --ship MMSI"));
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &said.ship);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_number(ctl, RCC_CTL_OPTION_DEAD, "dead", RCC_PERSONS_MAX, &said.dead);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_number(ctl, RCC_CTL_OPTION_SAFE_HOURS, "safe-hours", SAFE_HOURS_MAX,
		                                  &said.safe_hours);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_NEXT_PORT, said.next_port, sizeof said.next_port);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, said.text, sizeof said.text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = option_counts(ctl, &said.aboard);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &said.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_SURVIVORS;
	ctl->message->u.survivors = said;
	return rcc_ctl_act(ctl);
}

/* ---- needs ---- */

/* The incident of an open need. */
struct lookup {
	uint32_t id, incident;
};

static int
match_need(void *context, const char *line)
{
	struct lookup *lookup = context;
	json_t *row = json_loads(line, 0, NULL);
	if (json_integer_value(json_object_get(row, "id")) == (json_int_t)lookup->id)
		lookup->incident = (uint32_t)json_integer_value(json_object_get(row, "incident_id"));
	json_decref(row);
	return RCC_EXIT_OK;
}

static int
find_need(struct rcc_ctl *ctl, struct rcc_need *need)
{
	struct lookup lookup = {.id = need->need.v};
	const struct rcc_view view = {.what = RCC_VIEW_NEEDS, .near = RCC_POS_NONE};
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, match_need, NULL, &lookup);
	if (exit_code == RCC_EXIT_OK && lookup.incident == 0)
		exit_code =
		    rcc_ctl_fail(RCC_EXIT_FAILED, _("no need %u is open; `rccctl needs` lists them"), lookup.id);
	need->incident.v = lookup.incident;
	return exit_code;
}

/* --id N --state WORD: one that is open. */
static int
set_change(struct rcc_ctl *ctl, struct rcc_need *need)
{
	const char *state = ctl->option[RCC_CTL_OPTION_STATE];
	if (state == NULL || rcc_need_state_parse(state, &need->state) != RCC_OK || need->state == RCC_NEED_ASKED)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say what becomes of it: --state promised, met, refused or "
		                                      "withdrawn"));
	if (ctl->operand_count > 0 || ctl->option[RCC_CTL_OPTION_KIND] != NULL ||
	    ctl->option[RCC_CTL_OPTION_SHIP] != NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("a need that is open keeps its case, kind and ship: give --id and "
		                      "--state alone"));
	if (need->state == RCC_NEED_REFUSED && need->text[0] == '\0')
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("refused needs --text: those who asked are told why"));
	return find_need(ctl, need);
}

/* INC --ship MMSI --kind WORD: a new one. */
static int
set_request(struct rcc_ctl *ctl, struct rcc_need *need)
{
	const char *kind = ctl->option[RCC_CTL_OPTION_KIND];
	if (ctl->operand_count == 0 || ctl->option[RCC_CTL_OPTION_STATE] != NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("need INC --ship MMSI --kind WORD asks; need --id N --state WORD "
		                                      "answers"));
	if (kind == NULL || rcc_need_parse(kind, &need->kind) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--kind is medical-advice, medevac, water, food, blankets, infant-supplies, "
		                      "sanitation, fuel, escort, interpreter or other"));
	if (ctl->option[RCC_CTL_OPTION_SHIP] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say which ship needs it: --ship MMSI"));
	need->state = RCC_NEED_ASKED;
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &need->ship);
	return exit_code == RCC_EXIT_OK ? rcc_ctl_incident(ctl, ctl->operand[0], &need->incident) : exit_code;
}

int
rcc_ctl_verb_need(struct rcc_ctl *ctl)
{
	struct rcc_need need = {.text = ""};
	int exit_code = rcc_ctl_option_number(ctl, RCC_CTL_OPTION_ID, "id", UINT32_MAX, &need.need.v);
	if (exit_code == RCC_EXIT_OK)
		exit_code =
		    rcc_ctl_option_number(ctl, RCC_CTL_OPTION_QUANTITY, "quantity", QUANTITY_MAX, &need.quantity);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, need.text, sizeof need.text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = need.need.v != 0 ? set_change(ctl, &need) : set_request(ctl, &need);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_NEED;
	ctl->message->u.need = need;
	return rcc_ctl_act(ctl);
}

/* ---- what was refused ---- */

const char *
rcc_ctl_persons_refusal(const char *field)
{
	static const struct {
		const char *field; /* or the beginning of it, with a dot at its end */
		const char *words;
	} refusal[] = {
	    {"persons.family", N_("families are there, and not all go: say --family together if each stays whole, or "
	                          "--family split with --reason")},
	    {"persons.count",
	     N_("so many are not at risk, or no case holds so many; `rccctl persons INC` shows the counts")},
	    {"persons.count.",
	     N_("there are not so many of them there, or those who stay would be more marked than they "
	        "are; `rccctl persons INC` shows the counts")},
	    {"persons.more_found",
	     N_("so many are not at risk any more: were they counted before? `rccctl persons INC` shows the counts; "
	        "--more-found if more were found than the case knew of")},
	    {"persons.place", N_("there is no such place in this case; `rccctl places INC` shows their numbers")},
	    {"persons.from", N_("nobody is counted there; `rccctl persons INC` shows who is where")},
	    {"persons.to",
	     N_("that is where they are; other counts of the same people are a report: `rccctl survivors`")},
	    {"persons.reason",
	     N_("this takes --reason: a family that is split, an outcome that nobody knows, a person who "
	        "never existed")},
	    {"persons.happened_at_ms", N_("that has not happened yet")},
	    {"survivors.aboard.", N_("more are marked so than there are persons")},
	    {"classify.persons",
	     N_("more than that are counted already, also those counted as never: these are taken off the "
	        "total by that, it needs no smaller number. `rccctl persons INC` shows the counts; one "
	        "that was wrong is taken back first: persons INC --from never --to at-risk --reason TEXT")},
	    {"resume.persons",
	     N_("more than that are counted already; the number is that of all, also of those who were saved "
	        "before: `rccctl persons INC` shows the counts")},
	    {"need.state", N_("it is not open any more, or that is not what becomes of it")},
	};
	for (size_t i = 0; i < sizeof refusal / sizeof refusal[0]; i++) {
		size_t len = strlen(refusal[i].field);
		bool is_prefix = refusal[i].field[len - 1] == '.';
		if (is_prefix ? strncmp(field, refusal[i].field, len) == 0 : strcmp(field, refusal[i].field) == 0)
			return gettext(refusal[i].words);
	}
	return NULL;
}

/* Places of safety: what is asked, offered, checked, feared and decided, and what stands in the way of sending a ship there. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <strings.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static int
set_ship(const struct rcc_ctl *ctl, struct rcc_place *place)
{
	const char *text = ctl->option[RCC_CTL_OPTION_SHIP];
	if (text == NULL || (rcc_mmsi_parse(text, &place->ship) == RCC_OK && place->ship.v != 0))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), text);
}

static int
set_checks(const struct rcc_ctl *ctl, struct rcc_place *place)
{
	const char *text = ctl->option[RCC_CTL_OPTION_CHECKS];
	if (text == NULL && place->step == RCC_PLACE_CHECKED)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say which checks are answered yes: --checks rescue-ends,safety,needs,onward, any of "
		      "them, or none"));
	if (text == NULL || rcc_checks_parse(text, &place->checks) == RCC_OK)
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE,
	                    _("'%s' are not checks: write rescue-ends,safety,needs,onward, any of them, or none"),
	                    text);
}

static int
set_extra(const struct rcc_ctl *ctl, struct rcc_place *place)
{
	const char *nm = ctl->option[RCC_CTL_OPTION_EXTRA_NM];
	const char *h = ctl->option[RCC_CTL_OPTION_EXTRA_H];
	uint64_t value = 0;
	if (nm != NULL && !rcc_ctl_uint_parse(nm, RCC_EXTRA_NM_MAX, &value))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--extra-nm is a whole number from 1 to %d"), RCC_EXTRA_NM_MAX);
	place->extra_nm = (uint32_t)value;
	value = 0;
	if (h != NULL && !rcc_ctl_uint_parse(h, RCC_EXTRA_H_MAX, &value))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--extra-h is a whole number from 1 to %d"), RCC_EXTRA_H_MAX);
	place->extra_h = (uint32_t)value;
	return RCC_EXIT_OK;
}

static int
set_name(const struct rcc_ctl *ctl, struct rcc_place *place)
{
	const char *name = ctl->operand[1];
	if (name[0] != '\0' && rcc_text_copy(place->name, sizeof place->name, name, strlen(name)) == RCC_OK)
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("the name must be UTF-8 text of 1 to %d bytes"), RCC_NAME_MAX);
}

static int
fill_place(const struct rcc_ctl *ctl, struct rcc_place *place)
{
	const char *step = ctl->operand[2];
	if (rcc_place_parse(step, &place->step) != RCC_OK)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("'%s' is no step: say asked, offered, refused, checked, assigned, withdrawn, reached, "
		      "preferred, objected, feared or reviewed"),
		    step);
	int exit_code = set_name(ctl, place);
	if (exit_code == RCC_EXIT_OK)
		exit_code =
		    rcc_ctl_option_text(ctl, RCC_CTL_OPTION_AUTHORITY, place->authority, sizeof place->authority);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, place->text, sizeof place->text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_ship(ctl, place);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_checks(ctl, place);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_extra(ctl, place);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_pos(ctl, &place->pos);
	place->is_unsafe = ctl->option[RCC_CTL_OPTION_UNSAFE] != NULL ? 1 : 0;
	place->is_override = ctl->option[RCC_CTL_OPTION_OVERRIDE] != NULL ? 1 : 0;
	return exit_code;
}

/* ---- what stands in the way ---- */

struct told {
	const char *name;
	const char *call;
	FILE *out;
};

/* The row of this place: what stands against it, and what is said of each ship there. */
static int
read_place(void *context, const char *line)
{
	const struct told *told = context;
	char words[RCC_CTL_WORDS_SIZE];
	json_t *row = json_loads(line, 0, NULL);
	const char *class_name = json_string_value(json_object_get(row, "class"));
	const char *name = json_string_value(json_object_get(row, "name"));
	if (class_name != NULL && strcmp(class_name, "PLACE") == 0 && name != NULL &&
	    strcasecmp(name, told->name) == 0) {
		rcc_ctl_words_format(row, words);
		rcc_ctl_call_insert(told->call, words, sizeof words);
		if (words[0] != '\0')
			fprintf(told->out, _("place %lld as it stands:\n"),
			        (long long)json_integer_value(json_object_get(row, "id")));
		rcc_ctl_words_print(words, "    ", told->out, rcc_ctl_terminal_width(told->out));
	}
	json_decref(row);
	return RCC_EXIT_OK;
}

/* After a refusal, or half a decision: how the place stands, so that nobody has to guess what to do next. */
static void
tell_standing(struct rcc_ctl *ctl, const struct rcc_place *place, FILE *out)
{
	struct told told = {.name = place->name, .call = ctl->call, .out = out};
	const struct rcc_view view = {.what = RCC_VIEW_PLACES, .id = place->incident.v, .near = RCC_POS_NONE};
	(void)rcc_ctl_view(ctl, &view, read_place, NULL, &told);
}

int
rcc_ctl_verb_place(struct rcc_ctl *ctl)
{
	struct rcc_place place = {.pos = RCC_POS_NONE};
	int exit_code = fill_place(ctl, &place);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &place.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_PLACE;
	ctl->message->u.place = place;
	exit_code = rcc_ctl_act(ctl);
	if (exit_code == RCC_EXIT_FAILED)
		tell_standing(ctl, &place, stderr);
	else if (exit_code == RCC_EXIT_OK && !ctl->is_json)
		tell_standing(ctl, &place, ctl->out);
	return exit_code;
}

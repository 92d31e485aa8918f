/* rccctl render, sitrep, sitreps: a case in the forms that people and other systems read, printed as they are to be sent. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "proto/wire.h"
#include "rcc/text.h"

static int
print_text_line(void *context, const char *line)
{
	struct rcc_ctl *ctl = context;
	if (ctl->is_json) {
		fprintf(ctl->out, "%s\n", line);
		return RCC_EXIT_OK;
	}
	json_t *row = json_loads(line, 0, NULL);
	const char *text = json_string_value(json_object_get(row, "line"));
	if (text == NULL) {
		json_decref(row);
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("rccd sent a line that is not JSON; see its log"));
	}
	/* A form for other systems: what a ship's name holds is escaped by the centre, and nothing is cut here. */
	fprintf(ctl->out, "%s\n", text);
	json_decref(row);
	return RCC_EXIT_OK;
}

static int
print_form(struct rcc_ctl *ctl, struct rcc_incident_id incident, enum rcc_form form, char station)
{
	struct rcc_view view = {
	    .what = RCC_VIEW_TEXT, .id = incident.v, .near = RCC_POS_NONE, .form = form, .station = (uint32_t)station};
	return rcc_ctl_view(ctl, &view, print_text_line, NULL, ctl);
}

/* The form of --as, with --full for a situation report; the transmitter's letter for NAVTEX. */
static int
read_form(const struct rcc_ctl *ctl, enum rcc_form *ret_form, char *ret_station)
{
	const char *word = ctl->option[RCC_CTL_OPTION_AS];
	const char *station = ctl->option[RCC_CTL_OPTION_STATION];
	*ret_station = '\0';
	if (word == NULL || rcc_form_parse(word, ret_form) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("render needs --as voice, navtex, cap, cot, geojson, sitrep, sitrep-full, "
		                      "search-action or after-action"));
	if (*ret_form != RCC_FORM_NAVTEX) {
		if (station != NULL)
			return rcc_ctl_fail(RCC_EXIT_USAGE, _("--station is for --as navtex"));
		return RCC_EXIT_OK;
	}
	/* A wrong letter is another coast: it is never guessed. */
	if (station == NULL || strlen(station) != 1 || station[0] < 'A' || station[0] > 'Z')
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--as navtex needs --station, the letter of the transmitter, A to Z"));
	*ret_station = station[0];
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_render(struct rcc_ctl *ctl)
{
	struct rcc_incident_id incident = {0};
	enum rcc_form form = RCC_FORM_VOICE;
	char station;
	int exit_code = read_form(ctl, &form, &station);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	return exit_code == RCC_EXIT_OK ? print_form(ctl, incident, form, station) : exit_code;
}

int
rcc_ctl_verb_sitrep(struct rcc_ctl *ctl)
{
	/* --to stands for a group of options in the table: what moves persons moves no report. */
	for (int i = RCC_CTL_OPTION_FROM_SHIP; i <= RCC_CTL_OPTION_AT; i++) {
		if (ctl->option[i] != NULL)
			return rcc_ctl_fail(RCC_EXIT_USAGE, _("'sitrep' takes --full, --final, --to and --text"));
	}
	struct rcc_sitrep order = {.is_full = ctl->option[RCC_CTL_OPTION_FULL] != NULL,
	                           .is_final = ctl->option[RCC_CTL_OPTION_FINAL] != NULL};
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TO, order.to, sizeof order.to);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, order.text, sizeof order.text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_SITREP;
	ctl->message->u.sitrep = order;
	exit_code = rcc_ctl_act(ctl);
	return exit_code == RCC_EXIT_OK ? print_form(ctl, order.incident, RCC_FORM_SITREP_LAST, '\0') : exit_code;
}

/* ---- earlier ones: the view tells their entries, the record their words ---- */

struct sitreps {
	struct rcc_ctl *ctl;
	uint32_t count;
	uint64_t seq[RCC_SITREPS_MAX];
};

static int
take_sitrep(void *context, const char *line)
{
	struct sitreps *sitreps = context;
	json_t *row = json_loads(line, 0, NULL);
	json_int_t seq = json_integer_value(json_object_get(row, "seq"));
	if (seq > 0 && sitreps->count < RCC_SITREPS_MAX)
		sitreps->seq[sitreps->count++] = (uint64_t)seq;
	if (sitreps->ctl->is_json)
		fprintf(sitreps->ctl->out, "%s\n", line);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* Asks for one entry; what else comes meanwhile is passed over. */
static int
fetch(struct rcc_ctl *ctl, uint64_t seq, struct rcc_entry *ret_entry)
{
	int64_t end_ms = rcc_ctl_now_ms() + ctl->timeout_ms;
	ctl->message->kind = RCC_BODY_CATCHUP;
	ctl->message->class = RCC_CLASS_LIVE;
	ctl->message->u.catchup = (struct rcc_catchup){.from_seq = seq, .max = 1};
	if (rcc_client_send(ctl->client, ctl->message) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_UNREACHABLE, _("rccd cannot be reached"));
	for (int64_t left_ms = ctl->timeout_ms; left_ms > 0; left_ms = end_ms - rcc_ctl_now_ms()) {
		const struct rcc_envelope *message = NULL;
		(void)rcc_client_next(ctl->client, left_ms, &message);
		if (message == NULL || message->kind != RCC_BODY_ENTRY || message->u.entry.link.seq != seq)
			continue;
		if (rcc_wire_decode_entry(message->u.entry.payload, message->u.entry.payload_len, ret_entry) == RCC_OK)
			return RCC_EXIT_OK;
		return rcc_ctl_fail(RCC_EXIT_FAILED,
		                    _("entry %llu cannot be read by this rccctl; its version differs from rccd's"),
		                    (unsigned long long)seq);
	}
	return rcc_ctl_fail(RCC_EXIT_UNREACHABLE, _("rccd does not send entry %llu"), (unsigned long long)seq);
}

static int
print_sitreps(struct sitreps *sitreps)
{
	struct rcc_ctl *ctl = sitreps->ctl;
	int exit_code = RCC_EXIT_OK;
	struct rcc_entry *entry = calloc(1, sizeof *entry);
	if (entry == NULL)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	for (uint32_t i = 0; i < sitreps->count && exit_code == RCC_EXIT_OK; i++) {
		exit_code = fetch(ctl, sitreps->seq[i], entry);
		for (uint32_t j = 0; j < entry->event_count && exit_code == RCC_EXIT_OK; j++) {
			if (entry->event[j].kind == RCC_EVENT_SITREP_ISSUED)
				fprintf(ctl->out, "%s%s", i > 0 ? "\n" : "", entry->event[j].u.sitrep_issued.report);
		}
	}
	free(entry);
	return exit_code;
}

int
rcc_ctl_verb_sitreps(struct rcc_ctl *ctl)
{
	struct sitreps sitreps = {.ctl = ctl};
	struct rcc_view view = {.what = RCC_VIEW_SITREPS, .near = RCC_POS_NONE};
	struct rcc_incident_id incident = {0};
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	view.id = incident.v;
	exit_code = rcc_ctl_view(ctl, &view, take_sitrep, NULL, &sitreps);
	if (exit_code != RCC_EXIT_OK || ctl->is_json)
		return exit_code;
	if (sitreps.count == 0)
		fprintf(ctl->out, "%s\n", _("no situation report of this case has gone out"));
	return print_sitreps(&sitreps);
}

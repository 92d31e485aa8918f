/* What an officer must know before a report is sent: what it sets in motion, and which cases it may belong to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/form.h"
#include "ctl/table.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define NEAR_NM 30.0
#define NEAR_MAX 5
#define ROWS_MAX 512
#define RAD_PER_DEG 0.017453292519943295
#define NM_PER_DEG 60.0

void
rcc_ctl_form_warning(const struct rcc_ctl_form *form, unsigned ships, char text[RCC_CTL_SENTENCE_SIZE])
{
	const struct rcc_alert *alert = &form->open.alert;
	if (alert->class == RCC_CLASS_TEST)
		snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s", _("TEST: no ship is told."));
	else if (alert->class == RCC_CLASS_EXERCISE)
		snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s", _("EXERCISE: only ships that take part are told."));
	else if (form->incident[0] != '\0')
		snprintf(text, RCC_CTL_SENTENCE_SIZE, _("A FURTHER CALL in %s: its ships are told what changes."),
		         form->incident);
	else if (alert->category == RCC_CATEGORY_URGENCY || alert->category == RCC_CATEGORY_SAFETY)
		snprintf(text, RCC_CTL_SENTENCE_SIZE, _("%s: no ship is told until an officer says so."),
		         alert->category == RCC_CATEGORY_URGENCY ? _("URGENCY") : _("SAFETY"));
	else if (!rcc_pos_is_known(alert->pos))
		snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s",
		         _("DISTRESS WITHOUT A POSITION: no ship is told before there is one."));
	else
		snprintf(text, RCC_CTL_SENTENCE_SIZE,
		         ngettext("DISTRESS: %u ship is told at once.", "DISTRESS: %u ships are told at once.", ships),
		         ships);
}

/* ---- open cases near by ---- */

struct candidate {
	double range_nm;
	bool is_placed;
	json_t *row;
};

struct near {
	const struct rcc_ctl_form *form;
	struct candidate candidate[ROWS_MAX];
	size_t count;
};

static const char *
text_of(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? "" : text;
}

static double
range_nm(struct rcc_pos from, double lat, double lon)
{
	double lat1 = rcc_deg_of_e7(from.lat_e7) * RAD_PER_DEG;
	double lat2 = lat * RAD_PER_DEG;
	double half_lat = sin((lat2 - lat1) / 2);
	double half_lon = sin((lon - rcc_deg_of_e7(from.lon_e7)) * RAD_PER_DEG / 2);
	double h = half_lat * half_lat + cos(lat1) * cos(lat2) * half_lon * half_lon;
	return 2 * asin(sqrt(h < 1 ? h : 1)) / RAD_PER_DEG * NM_PER_DEG;
}

static bool
is_same_vessel(const struct rcc_alert *alert, const json_t *row)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	if (alert->casualty.v != 0 && strcmp(rcc_mmsi_format(mmsi, alert->casualty), text_of(row, "mmsi")) == 0)
		return true;
	return alert->name[0] != '\0' && strcmp(alert->name, text_of(row, "name")) == 0;
}

static int
take_line(void *context, const char *line)
{
	struct near *near = context;
	const struct rcc_alert *alert = &near->form->open.alert;
	json_t *row = json_loads(line, 0, NULL);
	const json_t *lat = json_object_get(row, "lat");
	bool is_over = strcmp(text_of(row, "status"), rcc_incident_status_word(RCC_INCIDENT_CLOSED)) == 0;
	bool is_mode = strcmp(text_of(row, "mode"), rcc_class_word(alert->class)) == 0;
	struct candidate candidate = {.is_placed = lat != NULL && rcc_pos_is_known(alert->pos), .row = row};
	if (candidate.is_placed)
		candidate.range_nm =
		    range_nm(alert->pos, json_number_value(lat), json_number_value(json_object_get(row, "lon")));
	bool is_near = !candidate.is_placed || candidate.range_nm <= NEAR_NM || is_same_vessel(alert, row);
	if (!is_over && is_mode && is_near && near->count < ROWS_MAX)
		near->candidate[near->count++] = candidate;
	else
		json_decref(row);
	return RCC_EXIT_OK;
}

/* The nearest first; cases that nobody can place last, the latest of them first. */
static int
compare(const void *left, const void *right)
{
	const struct candidate *a = left;
	const struct candidate *b = right;
	if (a->is_placed != b->is_placed)
		return a->is_placed ? -1 : 1;
	if (a->is_placed && a->range_nm < b->range_nm)
		return -1;
	if (a->is_placed && a->range_nm > b->range_nm)
		return 1;
	return strcmp(text_of(b->row, "opened"), text_of(a->row, "opened"));
}

static void
print_case(FILE *talk, const struct candidate *candidate)
{
	char line[512];
	char safe[512];
	char range[32] = "";
	json_int_t persons = json_integer_value(json_object_get(candidate->row, "persons"));
	char pob[48] = "";
	if (candidate->is_placed)
		snprintf(range, sizeof range, _(", %.1f nm from it"), candidate->range_nm);
	if (persons != 0)
		snprintf(pob, sizeof pob, ngettext(", %lld person", ", %lld persons", (unsigned long)persons),
		         (long long)persons);
	snprintf(line, sizeof line, "%s  %s%s%s%s%s%s", text_of(candidate->row, "incident"),
	         text_of(candidate->row, "nature")[0] != '\0' ? text_of(candidate->row, "nature")
	                                                      : _("nature not stated"),
	         pob, text_of(candidate->row, "name")[0] != '\0' ? ", " : "", text_of(candidate->row, "name"), range,
	         candidate->is_placed ? "" : _(", range not known"));
	rcc_ctl_text_safe(safe, sizeof safe, line);
	fprintf(talk, "    %s\n", safe);
}

void
rcc_ctl_near_print(struct rcc_ctl *ctl, const struct rcc_ctl_form *form, FILE *talk)
{
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	struct near *near = calloc(1, sizeof *near);
	if (near == NULL)
		return;
	near->form = form;
	ctl->is_quiet = true;
	(void)rcc_ctl_view(ctl, &view, take_line, NULL, near);
	ctl->is_quiet = false;
	if (near->count > 0) {
		qsort(near->candidate, near->count, sizeof near->candidate[0], compare);
		fprintf(talk, "  %s\n", _("open cases that it may belong to:"));
	}
	for (size_t i = 0; i < near->count; i++) {
		if (i < NEAR_MAX)
			print_case(talk, &near->candidate[i]);
		json_decref(near->candidate[i].row);
	}
	if (near->count > NEAR_MAX)
		fprintf(talk, _("    and %zu more: rccctl incidents\n"), near->count - NEAR_MAX);
	free(near);
}

/*
 * render.c - a case in another form, as it stood after an entry of the record: the same functions as in the daemon. What has left
 * the daemon's memory since is in the record for ever, and so is its after-action report.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "core/state.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "render/render.h"
#include "replay/replay.h"

struct rendering {
	const struct rcc_replay *replay;
	uint64_t until_seq; /* 0 = to the end */
	uint32_t year, number;
	uint32_t incident; /* its id, 0 = not met yet */
	bool is_over;      /* the state is the one that was asked for */
	struct rcc_core core;
	struct rcc_bulletin bulletin;
	char text[RCC_RENDER_SIZE];
};

/* Does this entry lead past what was asked for? A case leaves memory when it is closed long ago: it is kept as it was then. */
static bool
is_past(const struct rendering *rendering, const struct rcc_link *link, const struct rcc_entry *entry)
{
	if (rendering->until_seq != 0 && link->seq > rendering->until_seq)
		return true;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_INCIDENT_EVICTED && rendering->incident != 0 &&
		    event->u.incident_ref.incident.v == rendering->incident)
			return true;
	}
	return false;
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rendering *rendering = context;

	rendering->is_over = rendering->is_over || is_past(rendering, link, entry);
	if (rendering->is_over)
		return;
	rcc_core_replay(&rendering->core, entry);
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_INCIDENT_OPENED && rendering->year != 0 &&
		    event->u.opened.year == rendering->year && event->u.opened.number == rendering->number)
			rendering->incident = event->u.opened.incident.v;
	}
}

static enum rcc_status
write_bulletin(struct rendering *rendering, const struct rcc_incident *incident)
{
	struct rcc_bulletin *bulletin = &rendering->bulletin;
	enum rcc_status status = rcc_bulletin_fill(&rendering->core, incident, rendering->core.at_ms, bulletin);

	if (status != RCC_OK)
		return status;
	if (rendering->replay->form == RCC_FORM_VOICE)
		return rcc_render_voice(bulletin, rendering->text, sizeof rendering->text);
	if (rendering->replay->form == RCC_FORM_NAVTEX)
		return rcc_render_navtex(bulletin, rendering->replay->station, rendering->text, sizeof rendering->text);
	if (rendering->replay->form == RCC_FORM_CAP)
		return rcc_render_cap(bulletin, rendering->text, sizeof rendering->text);
	if (rendering->replay->form == RCC_FORM_COT)
		return rcc_render_cot(bulletin, rendering->text, sizeof rendering->text);
	return rcc_render_geojson(bulletin, rendering->text, sizeof rendering->text);
}

static enum rcc_status
write_form(struct rendering *rendering, const struct rcc_incident *incident)
{
	const struct rcc_core *core = &rendering->core;
	struct rcc_sitrep order = {.incident = incident->id,
	                           .is_full = rendering->replay->form == RCC_FORM_SITREP_FULL};
	char *text = rendering->text;
	size_t size = sizeof rendering->text;
	size_t len = 0;

	switch (rendering->replay->form) {
	case RCC_FORM_VOICE:
	case RCC_FORM_NAVTEX:
	case RCC_FORM_CAP:
	case RCC_FORM_COT:
	case RCC_FORM_GEOJSON:
		return write_bulletin(rendering, incident);
	case RCC_FORM_SITREP:
	case RCC_FORM_SITREP_FULL:
		len =
		    rcc_report_sitrep(core, incident, &order, incident->reporting.sitreps + 1, core->at_ms, text, size);
		break;
	case RCC_FORM_SITREP_LAST:
		len = incident->reporting.report_len;
		memcpy(text, incident->reporting.report, len + 1);
		break;
	case RCC_FORM_SEARCH_ACTION:
		len = rcc_report_search_action(core, incident, core->at_ms, text, size);
		break;
	case RCC_FORM_AFTER_ACTION:
		len = rcc_report_after_action(core, incident, core->at_ms, text, size);
		break;
	}
	return len < size ? RCC_OK : RCC_E_FULL;
}

static int
print(struct rendering *rendering)
{
	const struct rcc_incident *incident =
	    rcc_incident_find(&rendering->core, (struct rcc_incident_id){rendering->incident});

	if (rendering->incident == 0 || incident == NULL) {
		fprintf(stderr, _("rcc-replay: the journal knows no incident %s\n"), rendering->replay->incident);
		return RCC_EXIT_FAILED;
	}
	enum rcc_status status = write_form(rendering, incident);
	if (status != RCC_OK) {
		fprintf(stderr, _("rcc-replay: %s has no such form: %s\n"), rendering->replay->incident,
		        rcc_status_text(status));
		return RCC_EXIT_FAILED;
	}
	fputs(rendering->text, stdout);
	return RCC_EXIT_OK;
}

/* "2026-0001" as people say it, or its id. */
static bool
take_incident(struct rendering *rendering, const char *text)
{
	if (text == NULL || !rcc_replay_incident(text, &rendering->year, &rendering->number))
		return false;
	if (rendering->year == 0)
		rendering->incident = rendering->number;
	return true;
}

int
rcc_replay_render(const struct rcc_replay *replay)
{
	struct rcc_audit_report report = {0};
	int exit_code = RCC_EXIT_FAILED;
	struct rendering *rendering = calloc(1, sizeof *rendering);

	if (rendering == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return RCC_EXIT_FAILED;
	}
	rendering->replay = replay;
	rendering->until_seq = replay->at_seq;
	rcc_core_init(&rendering->core);
	if (replay->form == 0 || !take_incident(rendering, replay->incident)) {
		fprintf(stderr,
		        _("rcc-replay: render takes a journal, an incident's number (2026-0001) and --as FORM\n"));
		exit_code = RCC_EXIT_USAGE;
	} else if (rcc_replay_read(replay, visit, rendering, &report)) {
		exit_code = print(rendering);
	}
	free(rendering);
	return exit_code;
}

/* projection_work.c - the work of an incident as a diary: one line in words for each event. */
#include <assert.h>

#include "journal/projection_internal.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

/* The case goes over to another centre, comes back, or an officer has acted on it. */
static int
project_handover(const struct rcc_writing *w, const struct rcc_handover_changed *changed)
{
	bool is_officer = changed->is_heard == 0 &&
	                  (changed->body.step == RCC_HANDOVER_OFFER || changed->body.step == RCC_HANDOVER_ACCEPT ||
	                   changed->body.step == RCC_HANDOVER_REFUSE);
	struct rcc_bind b;

	if (changed->status == 0)
		return is_officer ? rcc_project_act(w, changed->body.incident) : SQLITE_OK;
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_INCIDENT_STATUS]);
	rcc_bind_word(&b, rcc_incident_status_word(changed->status));
	rcc_bind_int(&b, changed->body.incident.v);
	return rcc_bind_run(&b);
}

int
rcc_project_work(const struct rcc_writing *w, const struct rcc_event *event)
{
	char text[RCC_WORK_TEXT_SIZE];
	struct rcc_bind b;

	if (!rcc_work_event_format(text, event)) {
		assert(false && "an event of another group");
		return SQLITE_MISUSE;
	}
	rcc_bind_start(&b, w->projection->stmt[RCC_SQL_DIARY_PUT]);
	rcc_bind_int(&b, (int64_t)w->seq);
	rcc_bind_int(&b, w->event);
	rcc_bind_int(&b, w->at_ms);
	rcc_bind_known(&b, rcc_work_event_incident(event).v);
	rcc_bind_word(&b, rcc_event_word(event->kind));
	rcc_bind_word(&b, text);
	int rc = rcc_bind_run(&b);
	if (rc == SQLITE_OK && event->kind == RCC_EVENT_HANDOVER_CHANGED)
		rc = project_handover(w, &event->u.handover_changed);
	/* An officer has acted on the case. */
	bool is_act =
	    event->kind == RCC_EVENT_TASKED || (event->kind == RCC_EVENT_NOTED && event->u.noted.is_observed == 0);
	if (rc == SQLITE_OK && is_act)
		rc = rcc_project_act(w, rcc_work_event_incident(event));
	return rc;
}

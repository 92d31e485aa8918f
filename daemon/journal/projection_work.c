/* projection_work.c - the work of an incident as a diary: one line in words for each event. */
#include <assert.h>

#include "journal/projection_internal.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

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
	/* An officer has acted on the case. */
	if (rc == SQLITE_OK && (event->kind == RCC_EVENT_NOTED || event->kind == RCC_EVENT_TASKED))
		rc = rcc_project_act(w, rcc_work_event_incident(event));
	return rc;
}

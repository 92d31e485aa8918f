/* digest_persons.c - the part of the digest that tells where persons are and what they need. */
#include "core/digest_internal.h"
#include "core/persons.h"

static void
put_report(uint64_t *digest, const struct rcc_survivors *report)
{
	put_persons(digest, &report->aboard);
	put(digest, report->dead);
	put(digest, report->protection_stated);
	put(digest, report->safe_hours);
	put(digest, report->languages);
	put_text(digest, report->next_port);
	put_text(digest, report->text);
}

static void
put_aboard(uint64_t *digest, const struct rcc_aboard *row)
{
	put(digest, row->incident.v);
	put(digest, row->where);
	put(digest, row->ship.v);
	put(digest, row->place.v);
	put_persons(digest, &row->count);
	put(digest, row->by.v);
	put_signed(digest, row->at_ms);
	put_signed(digest, row->first_at_ms);
	put_signed(digest, row->landed_at_ms);
	put(digest, row->has_split);
	put_signed(digest, row->reported_at_ms);
	put(digest, row->reported_by.v);
	put(digest, row->is_report_counted);
	put_report(digest, &row->report);
	put(digest, row->is_disputed);
	put(digest, row->is_protection_stated);
	put(digest, row->protection_seq);
}

static void
put_need(uint64_t *digest, const struct rcc_need_line *line)
{
	put(digest, line->id.v);
	put(digest, line->incident.v);
	put(digest, line->state);
	put(digest, line->kind);
	put(digest, line->ship.v);
	put(digest, line->quantity);
	put(digest, line->asked_by.v);
	put(digest, line->changed_by.v);
	put_signed(digest, line->asked_at_ms);
	put_signed(digest, line->changed_at_ms);
	put_signed(digest, line->due_at_ms);
	put_text(digest, line->text);
	put_text(digest, line->answer);
}

void
rcc_digest_persons(uint64_t *digest, const struct rcc_core *core)
{
	put(digest, core->need_last);
	for (uint32_t i = 0; i < core->aboard_top; i++) {
		if (core->aboard[i].incident.v != 0)
			put_aboard(digest, &core->aboard[i]);
	}
	for (uint32_t i = 0; i < core->need_top; i++) {
		if (core->need[i].id.v != 0)
			put_need(digest, &core->need[i]);
	}
}

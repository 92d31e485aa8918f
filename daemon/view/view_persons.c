/* Where the persons of a case are, by group; whether the balance closes; what they need. No name has a place here. */
#include "core/closing.h"
#include "core/persons.h"
#include "core/place.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "view/page.h"

void
rcc_page_counts(struct rcc_page *page, const struct rcc_persons *persons)
{
	struct rcc_json *json = &page->json;

	rcc_json_uint(json, "persons", rcc_persons_sum(persons));
	rcc_json_uint_if(json, "men", persons->men);
	rcc_json_uint_if(json, "women", persons->women);
	rcc_json_uint_if(json, "adults", persons->adults);
	rcc_json_uint_if(json, "children", persons->children);
	rcc_json_uint_if(json, "unaccompanied", persons->unaccompanied);
	rcc_json_uint_if(json, "infants", persons->infants);
	rcc_json_uint_if(json, "pregnant", persons->pregnant);
	rcc_json_uint_if(json, "injured", persons->injured);
	rcc_json_uint_if(json, "disabled", persons->disabled);
	rcc_json_uint_if(json, "families", persons->families);
}

bool
rcc_page_is_for_agency(const struct rcc_incident *incident)
{
	return !incident->is_restricted && incident->class == RCC_CLASS_LIVE &&
	       incident->status != RCC_INCIDENT_CLOSED && incident->status != RCC_INCIDENT_TRANSFERRED;
}

static void
write_ship(struct rcc_page *page, struct rcc_mmsi mmsi)
{
	/* Who helped, and who said it, is not what anybody prepares for. */
	if (page->facts->is_agency)
		return;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, mmsi);

	rcc_json_mmsi_if(&page->json, "mmsi", mmsi);
	if (peer != NULL)
		rcc_json_text(&page->json, "ship", peer->name);
}

/* Said by a ship for herself, by an officer, who may have heard it by radio, or counted by another centre. */
static const char *
source_of(const struct rcc_page *page, struct rcc_peer_id by)
{
	const struct rcc_peer *peer = rcc_peer_find(page->core, by);

	if (peer != NULL && peer->role == RCC_ROLE_PEER)
		return "centre";
	return peer != NULL && peer->role == RCC_ROLE_VESSEL ? "ship" : "officer";
}

static void
write_report(struct rcc_page *page, const struct rcc_aboard *row)
{
	struct rcc_json *json = &page->json;
	const struct rcc_survivors *report = &row->report;

	if (row->reported_at_ms == 0)
		return;
	rcc_json_open(json, "reported");
	rcc_page_counts(page, &report->aboard);
	rcc_json_uint_if(json, "dead", report->dead);
	rcc_json_time(json, "time", row->reported_at_ms);
	const struct rcc_peer *teller = rcc_peer_find(page->core, row->reported_by);
	if (teller != NULL && teller->role == RCC_ROLE_PEER)
		rcc_json_text(json, row->is_report_counted ? "counted_by" : "passed_on_by", teller->name);
	if (report->safe_hours != 0) {
		rcc_json_uint(json, "safe_hours", report->safe_hours);
		rcc_json_time(json, "safe_until", row->reported_at_ms + (int64_t)report->safe_hours * RCC_MS_PER_HOUR);
	}
	if (report->languages != 0)
		rcc_json_bool(json, "interpreter", true);
	rcc_json_text_if(json, "next_port", report->next_port);
	rcc_json_text_if(json, "text", report->text);
	rcc_json_close(json);
}

static void
write_row(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_aboard *row)
{
	struct rcc_json *json = &page->json;

	rcc_page_incident(page, incident);
	rcc_json_text(json, "where", rcc_where_word(row->where));
	write_ship(page, row->ship);
	rcc_json_uint_if(json, "place", row->place.v);
	const struct rcc_place_state *place = rcc_place_find(page->core, row->place);
	rcc_json_text_if(json, "ashore_at", place == NULL ? "" : place->name);
	rcc_page_counts(page, &row->count);
	if (page->facts->is_agency) {
		rcc_json_time_if(json, "time", row->at_ms);
		return;
	}
	if (row->at_ms != 0) {
		rcc_json_text(json, "source", source_of(page, row->by));
		rcc_json_text_if(json, "by", rcc_page_peer_name(page, row->by, ""));
	}
	rcc_json_time_if(json, "time", row->at_ms);
	rcc_json_time_if(json, "first", row->first_at_ms);
	write_report(page, row);
	if (row->is_disputed)
		rcc_json_bool(json, "disputed", true);
	if (row->has_split)
		rcc_json_bool(json, "family_split", true);
	if (row->is_protection_stated)
		rcc_json_bool(json, "protection_stated", true);
}

static void
write_places(struct rcc_page *page, const struct rcc_incident *incident)
{
	static const struct {
		const char *key;
		enum rcc_where where;
	} place[] = {
	    {"at_risk", RCC_WHERE_AT_RISK},         {"aboard", RCC_WHERE_ABOARD}, {"landed", RCC_WHERE_LANDED},
	    {"missing", RCC_WHERE_MISSING},         {"dead", RCC_WHERE_DEAD},     {"safe_alone", RCC_WHERE_SAFE_ALONE},
	    {"unknown_outcome", RCC_WHERE_UNKNOWN}, {"never", RCC_WHERE_NEVER},
	};

	for (size_t i = 0; i < sizeof place / sizeof place[0]; i++)
		rcc_json_uint(&page->json, place[i].key,
		              rcc_persons_count_at(page->core, incident->id, place[i].where));
}

static void
write_balance(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	const struct rcc_core *core = page->core;

	rcc_page_incident(page, incident);
	if (incident->class != RCC_CLASS_LIVE)
		rcc_json_text(json, "mode", rcc_class_word(incident->class));
	rcc_json_uint(json, "total", rcc_persons_total(core, incident->id));
	rcc_json_uint_if(json, "in_parts", rcc_persons_in_parts(core, incident->id));
	rcc_json_bool(json, "total_stated", (incident->stated & RCC_STATED_PERSONS) != 0);
	rcc_json_bool(json, "total_told", rcc_persons_is_told(core, incident));
	if (incident->status == RCC_INCIDENT_CLOSED)
		rcc_json_bool(json, "case_closed", true);
	write_places(page, incident);
	/* As many as were found is no number of those who were in danger: `close` says the same. */
	bool is_told = rcc_persons_accounted(core, incident->id) == 0 || rcc_closing_is_number_told(core, incident);
	rcc_json_bool(json, "closes", rcc_persons_closes(core, incident->id) && is_told);
	if (!is_told)
		rcc_json_bool(json, "number_untold", true);
	if (rcc_persons_is_disputed(core, incident->id))
		rcc_json_bool(json, "disputed", true);
	rcc_json_uint_if(json, "dead_unmoved", rcc_persons_dead_unmoved(core, incident->id));
	if (rcc_persons_protection_stated(core, incident->id) && !page->facts->is_agency)
		rcc_json_bool(json, "protection_stated", true);
	rcc_json_time_if(json, "first_aboard", rcc_persons_first_aboard_ms(core, incident->id));
	rcc_json_uint(json, "needs_open", rcc_needs_open(core, incident->id));
}

/* The balance of every case that is worked on, for who prepares to receive them. */
void
rcc_view_balances(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->incident_top && page->next == 0; i++) {
		const struct rcc_incident *incident = &page->core->incident[i];
		bool is_theirs = !page->facts->is_agency || rcc_page_is_for_agency(incident);
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED ||
		    incident->class != RCC_CLASS_LIVE || !is_theirs)
			continue;
		if (rcc_page_row(page, "BALANCE")) {
			write_balance(page, incident);
			rcc_page_end(page);
		}
	}
}

void
rcc_view_persons(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_aboard *row = rcc_aboard_at(page->core, incident->newest_aboard);

	for (; row != NULL && page->next == 0; row = rcc_aboard_at(page->core, row->previous)) {
		if (rcc_page_row(page, "PERSONS")) {
			write_row(page, incident, row);
			rcc_page_end(page);
		}
	}
	if (rcc_page_row(page, "BALANCE")) {
		write_balance(page, incident);
		rcc_page_end(page);
	}
}

/* ---- needs ---- */

static void
write_need(struct rcc_page *page, const struct rcc_need_line *need)
{
	struct rcc_json *json = &page->json;

	rcc_json_uint(json, "id", need->id.v);
	rcc_page_incident(page, rcc_incident_find(page->core, need->incident));
	rcc_json_text(json, "kind", rcc_need_word(need->kind));
	rcc_json_text(json, "state", rcc_need_state_word(need->state));
	write_ship(page, need->ship);
	rcc_json_uint_if(json, "quantity", need->quantity);
	rcc_json_time_if(json, "asked", need->asked_at_ms);
	if (!page->facts->is_agency)
		rcc_json_text_if(json, "asked_by", rcc_page_peer_name(page, need->asked_by, ""));
	rcc_json_time_if(json, "changed", need->changed_at_ms);
	if (!page->facts->is_agency)
		rcc_json_text_if(json, "changed_by", rcc_page_peer_name(page, need->changed_by, ""));
	rcc_json_time_if(json, "due", need->due_at_ms);
	if (need->due_at_ms != 0 && need->due_at_ms < page->facts->now_ms)
		rcc_json_bool(json, "overdue", true);
	/* Words may name somebody. */
	if (page->facts->is_agency)
		return;
	rcc_json_text_if(json, "text", need->text);
	rcc_json_text_if(json, "answer", need->answer);
}

enum rcc_status
rcc_view_needs(struct rcc_page *page)
{
	struct rcc_incident_id id = {page->view->id};

	const struct rcc_incident *asked = rcc_incident_find(page->core, id);

	if (id.v != 0 && (asked == NULL || (page->facts->is_agency && !rcc_page_is_for_agency(asked))))
		return RCC_E_NOT_FOUND;
	for (uint32_t i = 0; i < page->core->need_top && page->next == 0; i++) {
		const struct rcc_need_line *need = &page->core->need[i];
		const struct rcc_incident *incident = rcc_incident_find(page->core, need->incident);
		if (page->facts->is_agency && (incident == NULL || !rcc_page_is_for_agency(incident)))
			continue;
		/* What a closed case left unanswered stands with that case: nobody can answer it any more. */
		bool is_owed = rcc_need_is_open(need) && incident != NULL && incident->status != RCC_INCIDENT_CLOSED;
		bool is_wanted = need->id.v != 0 && (id.v == 0 ? is_owed : need->incident.v == id.v);
		if (is_wanted && rcc_page_row(page, "NEED")) {
			write_need(page, need);
			rcc_page_end(page);
		}
	}
	return RCC_OK;
}

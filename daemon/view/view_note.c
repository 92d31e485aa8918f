/* The diary of a case. What a restricted note says is sealed: it is asked for, with a reason, and that is recorded. */
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "view/page.h"

static void
write_note(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_note_line *line)
{
	struct rcc_json *json = &page->json;
	const struct rcc_note *note = &line->body;
	const struct rcc_peer *ship = rcc_peer_find_mmsi(page->core, note->ship);
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];

	rcc_json_uint(json, "id", line->id);
	if (incident != NULL)
		rcc_page_incident(page, incident);
	rcc_json_text(json, "kind", rcc_note_word(note->kind));
	rcc_json_uint(json, "seq", line->seq);
	rcc_json_time_if(json, "recorded", line->at_ms);
	rcc_json_time_if(json, "happened", note->happened_at_ms);
	rcc_json_text_if(json, "by", rcc_page_peer_name(page, line->by, ""));
	rcc_json_text_if(json, "authority", note->authority);
	rcc_json_mmsi_if(json, "mmsi", note->ship);
	if (ship != NULL)
		rcc_json_text(json, "ship", ship->name);
	if (rcc_note_is_of_file(note->kind))
		rcc_json_text(json, "digest", rcc_hex_format(digest, note->digest.b, sizeof note->digest.b));
	if (note->kind == RCC_NOTE_EVIDENCE)
		rcc_json_int(json, "size", (int64_t)note->size);
	if (rcc_note_is_restricted(note->kind))
		rcc_json_bool(json, "restricted", true);
	else
		rcc_json_text_if(json, "text", note->text);
}

/* Of a case, or with NULL of none. */
static void
list_notes(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_core *core = page->core;
	uint32_t of = incident == NULL ? 0 : incident->id.v;
	uint32_t first = core->note_last > RCC_NOTES_MAX ? core->note_last - RCC_NOTES_MAX + 1 : 1;

	for (uint32_t id = first; id <= core->note_last && page->next == 0; id++) {
		const struct rcc_note_line *line = rcc_note_find(core, id);
		if (line != NULL && line->body.incident.v == of && rcc_page_row(page, "NOTE")) {
			write_note(page, incident, line);
			rcc_page_end(page);
		}
	}
}

void
rcc_view_notes(struct rcc_page *page, const struct rcc_incident *incident)
{
	list_notes(page, incident);
}

void
rcc_view_observations(struct rcc_page *page)
{
	list_notes(page, NULL);
}

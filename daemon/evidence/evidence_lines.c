/*
 * evidence_lines.c - how each fact reads, and which words of the record stay in it: docs/evidence-pack.md, format 1. A line
 * that reads otherwise in a later build makes older packs look forged: what is new gets a member of its own.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/duty.h"
#include "evidence/evidence_internal.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

/* Room for the header, a duty or a checkpoint: texts are bounded, and escapes make them six times as long at most. */
#define LINE_SIZE 4096

void
rcc_evidence_open(struct rcc_evidence *evidence, const char *class_name, const struct rcc_link *link)
{
	struct rcc_json *json = &evidence->json;

	rcc_json_begin(json, class_name);
	rcc_json_uint(json, "seq", link->seq);
	rcc_json_time_if(json, "time", link->at_ms);
	rcc_json_hex(json, "hash", link->hash.b, sizeof link->hash.b);
}

void
rcc_evidence_close(struct rcc_evidence *evidence, const struct rcc_link *link, struct rcc_place_id place)
{
	struct rcc_json *json = &evidence->json;
	size_t offset = json->len;

	if (evidence->fact_count == RCC_EVIDENCE_FACTS_MAX) {
		evidence->is_cut = true;
		return;
	}
	if (!rcc_json_end(json)) {
		evidence->is_cut = true;
		return;
	}
	/* Without its newline: the pack ends the lines. */
	evidence->fact[evidence->fact_count++] = (struct rcc_evidence_fact){
	    .seq = link->seq, .offset = offset, .len = json->len - offset - 1, .place = place};
}

static void
close_fact(struct rcc_evidence *evidence, const struct rcc_link *link)
{
	rcc_evidence_close(evidence, link, (struct rcc_place_id){0});
}

/* ---- the case, her alerts, her calls ---- */

void
rcc_evidence_case(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_incident_opened *opened)
{
	struct rcc_json *json = &evidence->json;

	rcc_evidence_open(evidence, "CASE", link);
	rcc_json_text(json, "phase", rcc_phase_word(opened->phase));
	rcc_json_text(json, "source", rcc_source_word(opened->source));
	rcc_json_text(json, "nature", rcc_nature_word(opened->nature));
	rcc_json_uint_if(json, "persons", opened->persons);
	close_fact(evidence, link);
}

void
rcc_evidence_alert(struct rcc_evidence *evidence, const struct rcc_link *link,
                   const struct rcc_alert_recorded *recorded)
{
	struct rcc_json *json = &evidence->json;
	const struct rcc_alert *alert = &recorded->body;

	rcc_evidence_open(evidence, "ALERT", link);
	rcc_json_text(json, "source", rcc_source_word(alert->source));
	rcc_json_text(json, "nature", rcc_nature_word(alert->nature));
	rcc_json_uint_if(json, "persons", alert->persons);
	rcc_json_pos_if(json, alert->pos);
	rcc_json_text_if(json, "text", alert->text);
	close_fact(evidence, link);
}

static void
put_places(struct rcc_json *json, const struct rcc_broadcast_issued *broadcast)
{
	if (broadcast->candidate_count == 0)
		return;
	rcc_json_list(json, "places");
	for (uint32_t i = 0; i < broadcast->candidate_count; i++) {
		rcc_json_item(json);
		rcc_json_pos_if(json, broadcast->candidate[i].pos);
		rcc_json_uint_if(json, "percent", broadcast->candidate[i].percent);
		rcc_json_close(json);
	}
	rcc_json_list_end(json);
}

void
rcc_evidence_call(struct rcc_evidence *evidence, const struct rcc_link *link,
                  const struct rcc_broadcast_issued *broadcast, const struct rcc_delivery_row *row)
{
	struct rcc_json *json = &evidence->json;

	rcc_evidence_open(evidence, "CALL", link);
	rcc_json_uint(json, "number", row->number);
	rcc_json_text(json, "kind", rcc_broadcast_word(broadcast->kind));
	rcc_json_uint(json, "revision", broadcast->revision);
	rcc_json_bool(json, "called_on", row->called_on != 0);
	rcc_json_bool(json, "verified", broadcast->verified != 0);
	rcc_json_text(json, "nature", rcc_nature_word(broadcast->nature));
	rcc_json_uint_if(json, "persons", broadcast->persons);
	rcc_json_pos_if(json, broadcast->pos);
	rcc_json_time_if(json, "pos_time", broadcast->pos_at_ms);
	rcc_json_uint_if(json, "pos_radius_m", broadcast->pos_radius_m);
	put_places(json, broadcast);
	if (row->range_m != RCC_RANGE_UNKNOWN_M) {
		rcc_json_uint(json, "range_m", row->range_m);
		rcc_json_fixed(json, "bearing_deg", row->bearing_ddeg, 1);
	}
	if (row->eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_json_uint(json, "eta_min", row->eta_min);
	rcc_json_text_if(json, "text", broadcast->text);
	close_fact(evidence, link);
}

void
rcc_evidence_call_step(struct rcc_evidence *evidence, const struct rcc_link *link, const char *class_name,
                       uint32_t number, int64_t claimed_at_ms, const char *why)
{
	struct rcc_json *json = &evidence->json;

	rcc_evidence_open(evidence, class_name, link);
	rcc_json_uint(json, "number", number);
	rcc_json_time_if(json, "ship_clock", claimed_at_ms);
	rcc_json_text_if(json, "why", why != NULL ? why : "");
	close_fact(evidence, link);
}

/* ---- her answers ---- */

/* As a master enters it in the ship's log (SOLAS V/33.1). */
static const char *
log_of(enum rcc_reason reason)
{
	static const char *const words[] = {
	    [RCC_REASON_DISABLED] = "unable to proceed: the ship is disabled",
	    [RCC_REASON_DANGER_TO_SHIP] = "unable to proceed: it would endanger the ship or those aboard",
	    [RCC_REASON_CARGO_HAZARD] = "unable to proceed: the cargo makes it dangerous for those to be rescued",
	    [RCC_REASON_TOO_FAR] =
	        "considered it unreasonable or unnecessary to proceed: too far to be of help in time",
	    [RCC_REASON_NOT_AT_SEA] = "unable to proceed: the ship is not at sea",
	    [RCC_REASON_OTHER_RESCUE] = "unable to proceed: engaged in another rescue",
	    [RCC_REASON_RELEASED] = "did not proceed: released from the duty",
	    [RCC_REASON_OTHER] = "unable to proceed: for the reason that the master stated",
	};
	_Static_assert(sizeof words / sizeof words[0] == RCC_REASON_LAST + 1, "words for each reason");

	return words[reason];
}

void
rcc_evidence_answer(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_answered *answered,
                    bool is_by_radio)
{
	struct rcc_json *json = &evidence->json;
	const struct rcc_answer *answer = &answered->answer;

	rcc_evidence_open(evidence, "ANSWER", link);
	rcc_json_text(json, "answer", rcc_answer_word(answer->kind));
	rcc_json_uint_if(json, "number", answer->number);
	if (answer->eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_json_uint(json, "eta_min", answer->eta_min);
	if (answer->reason != RCC_REASON_NONE) {
		rcc_json_text(json, "reason", rcc_reason_word(answer->reason));
		rcc_json_text(json, "log", log_of(answer->reason));
	}
	rcc_json_text_if(json, "text", answer->text);
	if (is_by_radio)
		rcc_json_bool(json, "by_radio", true);
	close_fact(evidence, link);
}

/* ---- the work of the case ---- */

bool
rcc_evidence_is_for_ship(enum rcc_note_kind kind)
{
	/* A complaint may be against the ship: who made it must not be found out from her pack. */
	return kind == RCC_NOTE_OBSTRUCTION || kind == RCC_NOTE_VIOLENCE || kind == RCC_NOTE_COMPANY ||
	       kind == RCC_NOTE_FLAG_STATE;
}

static bool
empty(char *text, size_t size)
{
	bool had_words = text[0] != '\0';

	memset(text, 0, size);
	return had_words;
}

bool
rcc_evidence_withhold(struct rcc_event *event)
{
	struct rcc_need *need = &event->u.need_changed.body;
	struct rcc_place *place = &event->u.place_stepped.body;

	/* That she was obstructed stands in her pack; the words are read at the centre, and each reading is recorded. */
	if (event->kind == RCC_EVENT_NOTED) {
		/* What her company or her flag State said was not said to her, and may be of others. */
		struct rcc_note *note = &event->u.noted.body;
		return rcc_note_is_restricted(note->kind) || empty(note->text, sizeof note->text);
	}
	/* What other masters said. */
	if (event->kind == RCC_EVENT_TASKED)
		return empty(event->u.tasked.body.consulted, sizeof event->u.tasked.body.consulted);
	if (event->kind == RCC_EVENT_SURVIVORS_REPORTED)
		return empty(event->u.survivors_reported.body.text, sizeof event->u.survivors_reported.body.text);
	if (event->kind == RCC_EVENT_PERSONS_MOVED)
		return empty(event->u.persons_moved.body.reason, sizeof event->u.persons_moved.body.reason);
	/* Whatever is asked for, the words may be about a person: what was asked, when and how it ended stays. */
	if (event->kind == RCC_EVENT_NEED_CHANGED)
		return empty(need->text, sizeof need->text);
	/* What survivors fear, and words that are not to this ship. */
	if (event->kind == RCC_EVENT_PLACE_STEPPED &&
	    (place->step == RCC_PLACE_FEARED || place->step == RCC_PLACE_REVIEWED || place->ship.v == 0))
		return empty(place->text, sizeof place->text);
	return false;
}

void
rcc_evidence_work(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_event *event,
                  struct rcc_place_id place, bool is_by_radio)
{
	struct rcc_json *json = &evidence->json;
	char text[RCC_WORK_TEXT_SIZE];

	evidence->event = *event;
	bool is_withheld = rcc_evidence_withhold(&evidence->event);
	if (!rcc_work_event_format(text, &evidence->event)) {
		assert(false && "an event of another group");
		return;
	}
	rcc_evidence_open(evidence, "WORK", link);
	rcc_json_text(json, "what", rcc_event_word(event->kind));
	rcc_json_text(json, "text", text);
	if (is_withheld)
		rcc_json_bool(json, "withheld", true);
	if (is_by_radio)
		rcc_json_bool(json, "by_radio", true);
	rcc_evidence_close(evidence, link, place);
}

/* ---- where she was ---- */

void
rcc_evidence_position(struct rcc_evidence *evidence, const struct rcc_report *report, int64_t at_ms)
{
	struct rcc_json *json = &evidence->json;
	size_t offset = json->len;

	if (evidence->position_count == RCC_EVIDENCE_POSITIONS_MAX) {
		evidence->is_cut = true;
		return;
	}
	rcc_json_begin(json, "TRACK");
	rcc_json_time_if(json, "time", at_ms);
	rcc_json_pos_if(json, report->pos);
	if (report->sog_dkn != RCC_SOG_UNKNOWN_DKN)
		rcc_json_fixed(json, "sog_kn", report->sog_dkn, 1);
	if (report->cog_ddeg != RCC_COG_UNKNOWN_DDEG)
		rcc_json_fixed(json, "cog_deg", report->cog_ddeg, 1);
	if (!rcc_json_end(json)) {
		evidence->is_cut = true;
		return;
	}
	evidence->position[evidence->position_count++] =
	    (struct rcc_evidence_fact){.offset = offset, .len = json->len - offset - 1};
}

/* ---- lines that are not facts of an entry ---- */

static enum rcc_status
put_line(struct rcc_json *json, struct rcc_pack *pack)
{
	if (!rcc_json_end(json)) {
		assert(false && "a line of bounded texts fits its room");
		return RCC_E_FULL;
	}
	return rcc_pack_add(pack, json->bytes, json->len - 1);
}

enum rcc_status
rcc_evidence_put_header(struct rcc_evidence *evidence, const struct rcc_evidence_making *making, struct rcc_pack *pack)
{
	char line[LINE_SIZE];
	char number[32];
	struct rcc_json json;

	(void)snprintf(number, sizeof number, "%04u-%04u", evidence->year, evidence->number);
	rcc_json_init(&json, line, sizeof line);
	rcc_json_begin(&json, "PACK");
	rcc_json_uint(&json, "format", 1);
	rcc_json_text(&json, "centre", evidence->centre);
	rcc_json_hex(&json, "journal", making->journal.b, sizeof making->journal.b);
	rcc_json_text(&json, "incident", number);
	rcc_json_uint(&json, "incident_id", evidence->incident.v);
	rcc_json_text(&json, "incident_class", rcc_class_word(evidence->class));
	rcc_json_mmsi_if(&json, "mmsi", evidence->ship);
	rcc_json_text_if(&json, "ship", evidence->name);
	rcc_json_time_if(&json, "made", making->at_ms);
	rcc_json_uint(&json, "from_seq", evidence->fact_count > 0 ? evidence->fact[0].seq : making->head.seq);
	rcc_json_uint(&json, "to_seq", making->head.seq);
	rcc_json_time_if(&json, "to_time", making->head.at_ms);
	rcc_json_hex(&json, "to_hash", making->head.hash.b, sizeof making->head.hash.b);
	rcc_json_bool(&json, "complete", !evidence->is_cut);
	rcc_json_text(&json, "build", making->build);
	return put_line(&json, pack);
}

static void
put_cited(struct rcc_json *json, const char *seq, const char *time, const char *hash, const struct rcc_link *link)
{
	rcc_json_uint(json, seq, link->seq);
	rcc_json_time_if(json, time, link->at_ms);
	rcc_json_hex(json, hash, link->hash.b, sizeof link->hash.b);
}

enum rcc_status
rcc_evidence_put_duty(const struct rcc_evidence_duty *row, struct rcc_pack *pack)
{
	const struct rcc_duty_rule_row *rule = rcc_duty_rule_find(row->duty.rule);
	char line[LINE_SIZE];
	struct rcc_json json;

	rcc_json_init(&json, line, sizeof line);
	rcc_json_begin(&json, "DUTY");
	rcc_json_uint(&json, "duty", row->duty.id.v);
	if (rule != NULL) {
		rcc_json_text(&json, "rule", rule->id);
		rcc_json_text(&json, "word", rule->word);
		rcc_json_text(&json, "law", rule->law);
		rcc_json_text(&json, "what", rule->what);
	}
	rcc_json_text(&json, "state", rcc_duty_state_word(row->duty.state));
	rcc_json_bool(&json, "late", row->duty.is_late);
	put_cited(&json, "seq", "time", "hash", &row->opened);
	put_cited(&json, "changed_seq", "changed_time", "changed_hash", &row->changed);
	return put_line(&json, pack);
}

enum rcc_status
rcc_evidence_put_checkpoint(const struct rcc_evidence_making *making, struct rcc_pack *pack)
{
	struct rcc_checkpoint checkpoint = {.journal = making->journal, .link = making->head};
	char text[RCC_CHECKPOINT_TEXT_SIZE];
	char line[LINE_SIZE];
	struct rcc_json json;

	rcc_checkpoint_sign(making->key, &checkpoint);
	rcc_checkpoint_format(text, &checkpoint);
	rcc_json_init(&json, line, sizeof line);
	rcc_json_begin(&json, "CHECKPOINT");
	rcc_json_text(&json, "text", text);
	return put_line(&json, pack);
}

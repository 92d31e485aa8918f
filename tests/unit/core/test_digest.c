/* Equal states, equal digests; and every field of the state counts, so that a difference shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

static struct watch watch, other;

/* A state with one row in every table. */
static void
fill(struct watch *to)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(to);
	watch_fleet(to, 200000001, 1);
	watch_text(alert.name, sizeof alert.name, "SEA FOX");
	alert.raw_len = 2;
	alert.raw[1] = 7;
	watch_say(to, 0, &alert);
	watch_answer(to, 1, 1, 1, RCC_ANSWER_PROCEEDING);
}

static void
test_equal(void **state)
{
	(void)state;
	fill(&watch);
	fill(&other);
	assert_int_equal(rcc_core_digest(&watch.core), rcc_core_digest(&other.core));
	/* What a step works with, and what lies in slots that nobody uses, is not state. */
	memset(watch.core.leg, 0x5a, sizeof watch.core.leg);
	memset(&watch.core.alert[100], 0x5a, sizeof watch.core.alert[100]);
	assert_int_equal(rcc_core_digest(&watch.core), rcc_core_digest(&other.core));
	watch_stored(&other, 1, 1);
	assert_int_not_equal(rcc_core_digest(&watch.core), rcc_core_digest(&other.core));
}

/* Flips one bit of a value; the digest shows it. */
static void
assert_counts(void *value, const char *what)
{
	uint8_t *byte = value;
	uint64_t before = rcc_core_digest(&watch.core);

	*byte ^= 1;
	if (rcc_core_digest(&watch.core) == before)
		fail_msg("%s does not count", what);
	*byte ^= 1;
	assert_int_equal(rcc_core_digest(&watch.core), before);
}

#define ASSERT_COUNTS(member) assert_counts(&watch.core.member, #member)

static void
test_counters_and_run(void **state)
{
	(void)state;
	fill(&watch);
	ASSERT_COUNTS(run.build);
	ASSERT_COUNTS(run.centre);
	for (size_t i = 0; i < sizeof watch.core.run.rules; i += sizeof(uint32_t))
		assert_counts((uint8_t *)&watch.core.run.rules + i, "a rule");
	ASSERT_COUNTS(seq);
	ASSERT_COUNTS(at_ms);
	ASSERT_COUNTS(alert_last);
	ASSERT_COUNTS(incident_last);
	ASSERT_COUNTS(broadcast_last);
	ASSERT_COUNTS(number_year);
	ASSERT_COUNTS(number_last);
	ASSERT_COUNTS(peer_count);
	ASSERT_COUNTS(seen_next);
	ASSERT_COUNTS(seen[0].key);
	ASSERT_COUNTS(seen[0].id);
	ASSERT_COUNTS(seen[0].fingerprint);
	ASSERT_COUNTS(seen[0].seq);
}

static void
test_peers_and_alerts(void **state)
{
	(void)state;
	fill(&watch);
	ASSERT_COUNTS(peer[0].id);
	ASSERT_COUNTS(peer[0].role);
	ASSERT_COUNTS(peer[0].owner);
	ASSERT_COUNTS(peer[0].mmsi);
	ASSERT_COUNTS(peer[0].key);
	ASSERT_COUNTS(peer[0].name);
	ASSERT_COUNTS(peer[0].enrolled_at_ms);
	ASSERT_COUNTS(peer[0].revoked_at_ms);
	ASSERT_COUNTS(peer[0].is_silent);
	ASSERT_COUNTS(peer[0].heard_at_ms);
	ASSERT_COUNTS(peer[0].delivery_last);
	ASSERT_COUNTS(alert[0].id);
	ASSERT_COUNTS(alert[0].lane);
	ASSERT_COUNTS(alert[0].verdict);
	ASSERT_COUNTS(alert[0].sender);
	ASSERT_COUNTS(alert[0].sender_key);
	ASSERT_COUNTS(alert[0].incident);
	ASSERT_COUNTS(alert[0].recorded_at_ms);
	ASSERT_COUNTS(alert[0].last_at_ms);
	ASSERT_COUNTS(alert[0].count);
	ASSERT_COUNTS(alert[0].is_escalated);
	ASSERT_COUNTS(alert[0].decided_at_ms);
	ASSERT_COUNTS(alert[0].home);
	ASSERT_COUNTS(alert[0].first);
	ASSERT_COUNTS(alert[0].first_seq);
	ASSERT_COUNTS(alert[0].moved_from);
	ASSERT_COUNTS(alert[0].moved_seq);
	ASSERT_COUNTS(alert[0].body.source);
	ASSERT_COUNTS(alert[0].body.class);
	ASSERT_COUNTS(alert[0].body.casualty);
	ASSERT_COUNTS(alert[0].body.relay);
	ASSERT_COUNTS(alert[0].body.nature);
	ASSERT_COUNTS(alert[0].body.pos.lat_e7);
	ASSERT_COUNTS(alert[0].body.pos.lon_e7);
	ASSERT_COUNTS(alert[0].body.pos_at_ms);
	ASSERT_COUNTS(alert[0].body.pos_radius_m);
	ASSERT_COUNTS(alert[0].body.persons);
	ASSERT_COUNTS(alert[0].body.marks);
	ASSERT_COUNTS(alert[0].body.name);
	ASSERT_COUNTS(alert[0].body.callsign);
	ASSERT_COUNTS(alert[0].body.text);
	ASSERT_COUNTS(alert[0].body.signal_at_ms);
	ASSERT_COUNTS(alert[0].body.beacon_kind);
	ASSERT_COUNTS(alert[0].body.raw_len);
	ASSERT_COUNTS(alert[0].body.raw[1]);
}

static void
test_incidents(void **state)
{
	(void)state;
	fill(&watch);
	ASSERT_COUNTS(incident[0].id);
	ASSERT_COUNTS(incident[0].year);
	ASSERT_COUNTS(incident[0].number);
	ASSERT_COUNTS(incident[0].status);
	ASSERT_COUNTS(incident[0].phase);
	ASSERT_COUNTS(incident[0].class);
	ASSERT_COUNTS(incident[0].casualty);
	ASSERT_COUNTS(incident[0].name);
	ASSERT_COUNTS(incident[0].source);
	ASSERT_COUNTS(incident[0].nature);
	ASSERT_COUNTS(incident[0].persons);
	ASSERT_COUNTS(incident[0].pos);
	ASSERT_COUNTS(incident[0].pos_at_ms);
	ASSERT_COUNTS(incident[0].pos_radius_m);
	ASSERT_COUNTS(incident[0].opened_at_ms);
	ASSERT_COUNTS(incident[0].signal_at_ms);
	ASSERT_COUNTS(incident[0].relay_due_at_ms);
	ASSERT_COUNTS(incident[0].is_relay_held);
	ASSERT_COUNTS(incident[0].is_verified);
	ASSERT_COUNTS(incident[0].is_no_position_overdue);
	ASSERT_COUNTS(incident[0].broadcasts);
	ASSERT_COUNTS(incident[0].last_broadcast);
	ASSERT_COUNTS(incident[0].is_cancelled);
	ASSERT_COUNTS(incident[0].has_news);
	ASSERT_COUNTS(incident[0].broadcast_pos);
	ASSERT_COUNTS(incident[0].closed_at_ms);
	ASSERT_COUNTS(incident[0].outcome);
}

/* What officers stated, and what a join has to remember. */
static void
test_joins(void **state)
{
	(void)state;
	fill(&watch);
	ASSERT_COUNTS(incident[0].is_vouched);
	ASSERT_COUNTS(incident[0].accepted_persons[RCC_SERVICE_SHELTER]);
	ASSERT_COUNTS(incident[0].hold_reason);
	ASSERT_COUNTS(incident[0].parent);
	ASSERT_COUNTS(incident[0].grouped_under);
	ASSERT_COUNTS(incident[0].joined_into);
	ASSERT_COUNTS(incident[0].acted_seq);
	ASSERT_COUNTS(incident[0].stated);
	ASSERT_COUNTS(incident[0].stated_persons);
	ASSERT_COUNTS(incident[0].stated_persons_seq);
	ASSERT_COUNTS(incident[0].stated_pos_seq);
	ASSERT_COUNTS(incident[0].stated_pos);
	ASSERT_COUNTS(incident[0].before.survivor);
	ASSERT_COUNTS(incident[0].before.seq);
	ASSERT_COUNTS(incident[0].before.was_standing);
	ASSERT_COUNTS(incident[0].before.was_held);
	ASSERT_COUNTS(incident[0].before.was_verified);
	ASSERT_COUNTS(incident[0].before.was_vouched);
	ASSERT_COUNTS(incident[0].before.phase);
	ASSERT_COUNTS(incident[0].before.source);
	ASSERT_COUNTS(incident[0].before.review_at_ms);
	ASSERT_COUNTS(incident[0].before.is_review_due);
	ASSERT_COUNTS(incident[0].before.relay_due_at_ms);
	ASSERT_COUNTS(incident[0].before.is_held);
	ASSERT_COUNTS(incident[0].before.is_standing);
	ASSERT_COUNTS(incident[0].before.is_suspension_told);
	ASSERT_COUNTS(incident[0].before.is_verified);
	ASSERT_COUNTS(incident[0].before.acted_seq);
}

static void
test_ledger(void **state)
{
	(void)state;
	fill(&watch);
	ASSERT_COUNTS(broadcast[0].id);
	ASSERT_COUNTS(broadcast[0].incident);
	ASSERT_COUNTS(broadcast[0].kind);
	ASSERT_COUNTS(broadcast[0].revision);
	ASSERT_COUNTS(broadcast[0].by);
	ASSERT_COUNTS(broadcast[0].is_verified);
	ASSERT_COUNTS(broadcast[0].pos);
	ASSERT_COUNTS(broadcast[0].pos_at_ms);
	ASSERT_COUNTS(broadcast[0].pos_radius_m);
	ASSERT_COUNTS(broadcast[0].doubts);
	ASSERT_COUNTS(broadcast[0].source);
	ASSERT_COUNTS(broadcast[0].nature);
	ASSERT_COUNTS(broadcast[0].persons);
	ASSERT_COUNTS(broadcast[0].casualty);
	ASSERT_COUNTS(broadcast[0].name);
	ASSERT_COUNTS(broadcast[0].issued_at_ms);
	ASSERT_COUNTS(broadcast[0].text);
	ASSERT_COUNTS(broadcast[0].recipients);
	ASSERT_COUNTS(broadcast[0].unstored);
	ASSERT_COUNTS(broadcast[0].clock_at_ms);
	ASSERT_COUNTS(broadcast[0].is_flagged);
	ASSERT_COUNTS(broadcast[0].is_unreachable_told);
	ASSERT_COUNTS(delivery[0].peer);
	ASSERT_COUNTS(delivery[0].number);
	ASSERT_COUNTS(delivery[0].broadcast);
	ASSERT_COUNTS(delivery[0].state);
	ASSERT_COUNTS(delivery[0].range_m);
	ASSERT_COUNTS(delivery[0].bearing_ddeg);
	ASSERT_COUNTS(delivery[0].eta_min);
	ASSERT_COUNTS(delivery[0].is_called_on);
	ASSERT_COUNTS(delivery[0].is_flagged);
	ASSERT_COUNTS(delivery[0].queued_at_ms);
	ASSERT_COUNTS(delivery[0].sent_at_ms);
	ASSERT_COUNTS(delivery[0].stored_at_ms);
	ASSERT_COUNTS(delivery[0].read_at_ms);
	ASSERT_COUNTS(delivery[0].answered_at_ms);
	ASSERT_COUNTS(delivery[0].stored_claimed_at_ms);
	ASSERT_COUNTS(delivery[0].read_claimed_at_ms);
	ASSERT_COUNTS(delivery[0].read_by);
	ASSERT_COUNTS(answer[0].peer);
	ASSERT_COUNTS(answer[0].incident);
	ASSERT_COUNTS(answer[0].at_ms);
	ASSERT_COUNTS(answer[0].body.number);
	ASSERT_COUNTS(answer[0].body.kind);
	ASSERT_COUNTS(answer[0].body.reason);
	ASSERT_COUNTS(answer[0].body.eta_min);
	ASSERT_COUNTS(answer[0].body.by);
	ASSERT_COUNTS(answer[0].body.text);
}

static void
test_notes(void **state)
{
	(void)state;
	fill(&watch);
	struct rcc_note *note = &watch_command(&watch, RCC_COMMAND_NOTE, 1)->u.note;
	note->incident.v = 1;
	note->kind = RCC_NOTE_VIOLENCE;
	watch_text(note->text, sizeof note->text, "shots");
	watch_text(note->authority, sizeof note->authority, "a patrol boat");
	note->sealed_len = 3;
	memcpy(note->sealed, "abc", 3);
	watch.entry.cause.origin.role = RCC_ROLE_OFFICER;
	watch_step(&watch);
	ASSERT_COUNTS(note_last);
	ASSERT_COUNTS(note[0].id);
	ASSERT_COUNTS(note[0].by);
	ASSERT_COUNTS(note[0].seq);
	ASSERT_COUNTS(note[0].at_ms);
	ASSERT_COUNTS(note[0].body.incident);
	ASSERT_COUNTS(note[0].body.kind);
	ASSERT_COUNTS(note[0].body.ship);
	ASSERT_COUNTS(note[0].body.authority);
	ASSERT_COUNTS(note[0].body.happened_at_ms);
	ASSERT_COUNTS(note[0].body.text);
	ASSERT_COUNTS(note[0].body.sealed);
	ASSERT_COUNTS(note[0].body.digest);
	ASSERT_COUNTS(note[0].body.size);
}

/* Where persons are, and what they need. */
static void
test_persons(void **state)
{
	(void)state;
	fill(&watch);
	struct rcc_survivors *said = &watch_command(&watch, RCC_COMMAND_SURVIVORS, 1)->u.survivors;
	said->incident.v = 1;
	said->aboard.men = 4;
	watch_text(said->next_port, sizeof said->next_port, "PORT");
	watch_text(said->text, sizeof said->text, "well");
	watch_step(&watch);
	struct rcc_need *need = &watch_command(&watch, RCC_COMMAND_NEED, 1)->u.need;
	need->incident.v = 1;
	need->state = RCC_NEED_ASKED;
	need->kind = RCC_NEED_WATER;
	watch_text(need->text, sizeof need->text, "now");
	watch_step(&watch);
	watch_text(watch.core.need[0].answer, sizeof watch.core.need[0].answer, "soon");
	ASSERT_COUNTS(aboard[0].incident);
	ASSERT_COUNTS(aboard[0].where);
	ASSERT_COUNTS(aboard[0].ship);
	ASSERT_COUNTS(aboard[0].place);
	for (size_t i = 0; i < sizeof watch.core.aboard[0].count; i += sizeof(uint32_t)) {
		assert_counts((uint8_t *)&watch.core.aboard[0].count + i, "a count");
		assert_counts((uint8_t *)&watch.core.aboard[0].report.aboard + i, "a count of a report");
	}
	ASSERT_COUNTS(aboard[0].by);
	ASSERT_COUNTS(aboard[0].at_ms);
	ASSERT_COUNTS(aboard[0].first_at_ms);
	ASSERT_COUNTS(aboard[0].has_split);
	ASSERT_COUNTS(aboard[0].reported_at_ms);
	ASSERT_COUNTS(aboard[0].report.dead);
	ASSERT_COUNTS(aboard[0].report.protection_stated);
	ASSERT_COUNTS(aboard[0].report.safe_hours);
	ASSERT_COUNTS(aboard[0].report.languages);
	ASSERT_COUNTS(aboard[0].report.next_port);
	ASSERT_COUNTS(aboard[0].report.text);
	ASSERT_COUNTS(aboard[0].is_disputed);
	ASSERT_COUNTS(aboard[0].is_protection_stated);
	ASSERT_COUNTS(aboard[0].protection_seq);
	ASSERT_COUNTS(need_last);
	ASSERT_COUNTS(need[0].id);
	ASSERT_COUNTS(need[0].incident);
	ASSERT_COUNTS(need[0].state);
	ASSERT_COUNTS(need[0].kind);
	ASSERT_COUNTS(need[0].ship);
	ASSERT_COUNTS(need[0].quantity);
	ASSERT_COUNTS(need[0].asked_by);
	ASSERT_COUNTS(need[0].changed_by);
	ASSERT_COUNTS(need[0].asked_at_ms);
	ASSERT_COUNTS(need[0].changed_at_ms);
	ASSERT_COUNTS(need[0].due_at_ms);
	ASSERT_COUNTS(need[0].text);
	ASSERT_COUNTS(need[0].answer);
}

/* Text of at least one byte everywhere: a flipped bit of an empty text would be none. */
static void
fill_place(void)
{
	static const char word[] = "said";
	struct rcc_place_state *at = &watch.core.place[0];
	struct rcc_place_ship *row = &watch.core.place_ship[0];

	fill(&watch);
	struct rcc_place *place = &watch_command(&watch, RCC_COMMAND_PLACE, 1)->u.place;
	place->incident.v = 1;
	place->step = RCC_PLACE_PREFERRED;
	place->pos = RCC_POS_NONE;
	watch_text(place->name, sizeof place->name, "PORT");
	watch_step(&watch);
	assert_int_equal(watch.core.place_count, 1);
	memcpy(at->authority, word, sizeof word);
	memcpy(at->unsafe_reason, word, sizeof word);
	memcpy(at->fear, word, sizeof word);
	memcpy(at->review, word, sizeof word);
	memcpy(at->refusal, word, sizeof word);
	memcpy(row->reason, word, sizeof word);
	memcpy(row->first_reason, word, sizeof word);
	memcpy(row->pending_reason, word, sizeof word);
	memcpy(row->objection, word, sizeof word);
}

static void
test_places(void **state)
{
	(void)state;
	fill_place();
	ASSERT_COUNTS(place_last);
	ASSERT_COUNTS(place[0].id);
	ASSERT_COUNTS(place[0].incident);
	ASSERT_COUNTS(place[0].name);
	ASSERT_COUNTS(place[0].pos.lat_e7);
	ASSERT_COUNTS(place[0].pos.lon_e7);
	ASSERT_COUNTS(place[0].authority);
	ASSERT_COUNTS(place[0].step_at_ms[1]);
	ASSERT_COUNTS(place[0].checks);
	ASSERT_COUNTS(place[0].checked_by);
	ASSERT_COUNTS(place[0].is_unsafe);
	ASSERT_COUNTS(place[0].unsafe_by);
	ASSERT_COUNTS(place[0].unsafe_at_ms);
	ASSERT_COUNTS(place[0].unsafe_reason);
	ASSERT_COUNTS(place[0].is_feared);
	ASSERT_COUNTS(place[0].fears);
	ASSERT_COUNTS(place[0].fear_ship);
	ASSERT_COUNTS(place[0].fear);
	ASSERT_COUNTS(place[0].reviewed_by);
	ASSERT_COUNTS(place[0].review);
	ASSERT_COUNTS(place[0].is_refused);
	ASSERT_COUNTS(place[0].refusal);
}

static void
test_ships_at_places(void **state)
{
	(void)state;
	fill_place();
	ASSERT_COUNTS(place_ship[0].ship);
	ASSERT_COUNTS(place_ship[0].place);
	ASSERT_COUNTS(place_ship[0].is_assigned);
	ASSERT_COUNTS(place_ship[0].by);
	ASSERT_COUNTS(place_ship[0].reason);
	ASSERT_COUNTS(place_ship[0].overridden);
	ASSERT_COUNTS(place_ship[0].first);
	ASSERT_COUNTS(place_ship[0].first_reason);
	ASSERT_COUNTS(place_ship[0].pending_by);
	ASSERT_COUNTS(place_ship[0].pending_at_ms);
	ASSERT_COUNTS(place_ship[0].pending_reason);
	ASSERT_COUNTS(place_ship[0].assigned_at_ms);
	ASSERT_COUNTS(place_ship[0].withdrawn_at_ms);
	ASSERT_COUNTS(place_ship[0].reached_at_ms);
	ASSERT_COUNTS(place_ship[0].preferred_at_ms);
	ASSERT_COUNTS(place_ship[0].objected_at_ms);
	ASSERT_COUNTS(place_ship[0].is_unassigned);
	ASSERT_COUNTS(place_ship[0].objections);
	ASSERT_COUNTS(place_ship[0].objection);
	ASSERT_COUNTS(place_ship[0].extra_nm);
	ASSERT_COUNTS(place_ship[0].extra_h);
	ASSERT_COUNTS(place_ship[0].made_nm);
	ASSERT_COUNTS(place_ship[0].made_h);
	ASSERT_COUNTS(place_ship[0].broadcast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_equal),
	    cmocka_unit_test(test_counters_and_run),
	    cmocka_unit_test(test_peers_and_alerts),
	    cmocka_unit_test(test_incidents),
	    cmocka_unit_test(test_joins),
	    cmocka_unit_test(test_ledger),
	    cmocka_unit_test(test_notes),
	    cmocka_unit_test(test_persons),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_ships_at_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Intake: no alert is refused; each gets a line and a lane, and what is doubtful waits for a person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

#define SHIP_MMSI 200000001u
#define OTHER_MMSI 200000002u

static struct watch watch;
static uint32_t ship, feed, officer, auditor;

static void
start(void)
{
	watch_start(&watch);
	ship = watch_fleet(&watch, SHIP_MMSI, 1);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	auditor = watch_enrol(&watch, RCC_ROLE_AUDITOR, 0);
}

/* The last entry recorded an alert in this lane under this verdict; returns it. */
static const struct rcc_alert_recorded *
assert_recorded(enum rcc_lane lane, enum rcc_verdict verdict)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_RECORDED);

	assert_non_null(event);
	assert_int_equal(event->u.alert.lane, lane);
	assert_int_equal(event->u.alert.verdict, verdict);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_JOINED), lane == RCC_LANE_INCIDENT);
	return &event->u.alert;
}

static void
say(uint32_t peer, enum rcc_source source, uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(source, casualty);
	watch_say(&watch, peer, &alert);
}

static void
test_verdicts(void **state)
{
	(void)state;
	struct rcc_key stranger = watch_key(77);

	start();
	say(ship, RCC_SOURCE_CREW, SHIP_MMSI);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	say(ship, RCC_SOURCE_CREW, OTHER_MMSI);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
	/* A feed reports others; it is neither a crew nor an officer. */
	say(feed, RCC_SOURCE_AIS_BEACON, 970123456);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	say(feed, RCC_SOURCE_CREW, 500000001);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
	say(feed, RCC_SOURCE_OFFICER, 500000002);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
	say(officer, RCC_SOURCE_OFFICER, 500000003);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	say(0, RCC_SOURCE_RCC, 500000004);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	say(auditor, RCC_SOURCE_DSC, 500000005);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
	watch_command_of(&watch, RCC_COMMAND_ALERT, &stranger)->u.alert = watch_alert(RCC_SOURCE_CREW, 500000006);
	watch_step(&watch);
	const struct rcc_alert_recorded *recorded = assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_UNENROLLED);
	assert_int_equal(recorded->sender.v, 0);
	assert_memory_equal(&recorded->sender_key, &stranger, sizeof stranger);
	struct rcc_key key = watch.core.peer[ship - 1].key;
	watch_revoke(&watch, watch.core.peer[ship - 1].name, "key lost");
	watch_command_of(&watch, RCC_COMMAND_ALERT, &key)->u.alert = watch_alert(RCC_SOURCE_CREW, SHIP_MMSI);
	watch_step(&watch);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_REVOKED);
}

static void
test_own_ship(void **state)
{
	(void)state;
	start();
	/* A crew that names no casualty speaks of its own ship; a feed that names none knows of none. */
	say(ship, RCC_SOURCE_CREW, 0);
	assert_int_equal(assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH)->body.casualty.v, SHIP_MMSI);
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_OPENED)->u.opened.casualty.v, SHIP_MMSI);
	say(feed, RCC_SOURCE_DSC, 0);
	assert_int_equal(assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH)->body.casualty.v, 0);
	/* Whoever sends from the local socket has no ship. */
	say(0, RCC_SOURCE_CREW, 0);
	assert_int_equal(assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH)->body.casualty.v, 0);
}

static void
test_lanes(void **state)
{
	(void)state;
	static const uint32_t marks[] = {RCC_ALERT_NEEDS_READING, RCC_ALERT_SELF_CANCEL};
	struct rcc_alert alert;

	start();
	for (size_t i = 0; i < 2; i++) {
		alert = watch_alert(RCC_SOURCE_DSC, 500000001);
		alert.marks = marks[i];
		watch_say(&watch, feed, &alert);
		assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	}
	say(feed, RCC_SOURCE_AIS_TEXT, 500000002);
	assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	/* Marks that only warn stop nothing. */
	alert = watch_alert(RCC_SOURCE_DSC, 500000003);
	alert.marks = RCC_ALERT_TIME_FUTURE | RCC_ALERT_CHECKSUM_WRONG | RCC_ALERT_RELAYED;
	watch_say(&watch, feed, &alert);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
	/* What is not trusted waits as such, readable or not. */
	alert.marks = RCC_ALERT_NEEDS_READING;
	watch_say(&watch, auditor, &alert);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
}

/* The less live of envelope and alert counts, whoever sends it. */
static void
test_classes(void **state)
{
	(void)state;
	static const struct {
		enum rcc_class envelope, alert, taken;
	} rows[] = {
	    {RCC_CLASS_LIVE, RCC_CLASS_LIVE, RCC_CLASS_LIVE},
	    {RCC_CLASS_LIVE, RCC_CLASS_TEST, RCC_CLASS_TEST},
	    {RCC_CLASS_TEST, RCC_CLASS_LIVE, RCC_CLASS_TEST},
	    {RCC_CLASS_EXERCISE, RCC_CLASS_LIVE, RCC_CLASS_EXERCISE},
	    {RCC_CLASS_LIVE, RCC_CLASS_EXERCISE, RCC_CLASS_EXERCISE},
	    {RCC_CLASS_EXERCISE, RCC_CLASS_TEST, RCC_CLASS_TEST},
	    {RCC_CLASS_TEST, RCC_CLASS_EXERCISE, RCC_CLASS_TEST},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		start();
		struct rcc_command *command = watch_command(&watch, RCC_COMMAND_ALERT, ship);
		command->u.alert = watch_alert(RCC_SOURCE_CREW, SHIP_MMSI);
		command->u.alert.class = rows[i].alert;
		command->origin.class = rows[i].envelope;
		watch_step(&watch);
		bool is_test = rows[i].taken == RCC_CLASS_TEST;
		assert_int_equal(
		    assert_recorded(is_test ? RCC_LANE_TEST : RCC_LANE_INCIDENT, RCC_VERDICT_MATCH)->body.class,
		    rows[i].taken);
		assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_OPENED), !is_test);
		assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), !is_test);
		/* Nobody has joined an exercise. */
		assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), rows[i].taken == RCC_CLASS_LIVE);
	}
}

/* Says the alert again: the signal number that the core counts, or 0 for a line of its own. */
static void
assert_repeats(uint32_t peer, const struct rcc_alert *alert, uint32_t count)
{
	watch_say(&watch, peer, alert);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_REPEATED);
	assert_int_equal(event == NULL, count == 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_ALERT_RECORDED), count == 0);
	if (event != NULL)
		assert_int_equal(event->u.repeated.count, count);
}

static void
test_repeats(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 970000001);
	struct rcc_alert other;

	start();
	assert_repeats(feed, &alert, 0);
	assert_repeats(feed, &alert, 2);
	assert_int_equal(watch.entry.event_count, 1); /* the same place: nothing else to say */
	assert_repeats(0, &alert, 3);
	/* Not the same: source, class, casualty. */
	other = alert;
	other.source = RCC_SOURCE_DSC;
	assert_repeats(feed, &other, 0);
	other = alert;
	other.class = RCC_CLASS_TEST;
	assert_repeats(feed, &other, 0);
	assert_repeats(feed, &other, 2);
	other = alert;
	other.casualty.v++;
	assert_repeats(feed, &other, 0);
	/* Nobody knows whether two unknown casualties are one. */
	other.casualty.v = 0;
	assert_repeats(feed, &other, 0);
	assert_repeats(feed, &other, 0);
	/* Within the window of the last one, not of the first. */
	watch.now_ms += 86400000;
	assert_repeats(feed, &alert, 4);
	watch.now_ms += 86400000;
	assert_repeats(feed, &alert, 5);
	watch.now_ms += 86400001;
	assert_repeats(feed, &alert, 0);
}

static void
test_repeat_after_closing(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_STATUS, 500000001);

	start();
	watch_say(&watch, feed, &alert);
	watch_close(&watch, 1, "wrong setting");
	assert_repeats(feed, &alert, 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_OPENED)->u.opened.incident.v, 2);
}

static void
test_repeat_of_words(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_TEXT, 500000001);

	start();
	watch_text(alert.text, sizeof alert.text, "NEED HELP");
	memcpy(alert.raw, "!AIVDM,1", 8);
	alert.raw_len = 8;
	assert_repeats(feed, &alert, 0);
	assert_repeats(feed, &alert, 2);
	/* Other words are another alert, since they may be the ones that matter. */
	watch_text(alert.text, sizeof alert.text, "SINKING");
	assert_repeats(feed, &alert, 0);
	alert.raw[7] = '2';
	assert_repeats(feed, &alert, 0);
	alert.raw_len = 7;
	assert_repeats(feed, &alert, 0);
	assert_repeats(feed, &alert, 2);
	/* What cannot be read and names nobody: the same bytes are the same. */
	alert = (struct rcc_alert){.source = RCC_SOURCE_DSC,
	                           .class = RCC_CLASS_LIVE,
	                           .pos = RCC_POS_NONE,
	                           .marks = RCC_ALERT_NEEDS_READING,
	                           .raw_len = 3,
	                           .raw = {1, 2, 3}};
	assert_repeats(feed, &alert, 0);
	assert_repeats(feed, &alert, 2);
}

/* A stranger must not be able to pass as another one's repeat. */
static void
test_repeat_in_quarantine(void **state)
{
	(void)state;
	const struct rcc_key first = watch_key(71);
	const struct rcc_key second = watch_key(72);
	const struct rcc_key *const order[] = {&first, &first, &second, &second, &first};
	static const uint32_t counts[] = {0, 2, 0, 2, 3};

	start();
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		watch_command_of(&watch, RCC_COMMAND_ALERT, order[i])->u.alert =
		    watch_alert(RCC_SOURCE_CREW, SHIP_MMSI);
		watch_step(&watch);
		const struct rcc_event *event = watch_event(&watch, RCC_EVENT_ALERT_REPEATED);
		assert_int_equal(event == NULL ? 0 : event->u.repeated.count, counts[i]);
	}
	assert_int_equal(watch.core.alert_count, 2);
	/* The true ship is not taken for a repeat of either. */
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, SHIP_MMSI);
	assert_repeats(ship, &alert, 0);
	assert_recorded(RCC_LANE_INCIDENT, RCC_VERDICT_MATCH);
}

/* A distress after a withdrawal must not hide behind it. */
static void
test_withdrawn(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, OTHER_MMSI);

	start();
	alert.marks = RCC_ALERT_SELF_CANCEL;
	assert_repeats(ship, &alert, 0);
	assert_recorded(RCC_LANE_QUARANTINE, RCC_VERDICT_ID_MISMATCH);
	alert.marks = 0;
	assert_repeats(ship, &alert, 0);
	alert.marks = RCC_ALERT_SELF_CANCEL;
	assert_repeats(ship, &alert, 2);
	alert.marks = 0;
	assert_repeats(ship, &alert, 2);
	/* A crew's own withdrawal ends nothing by itself. */
	say(ship, RCC_SOURCE_CREW, SHIP_MMSI);
	alert.casualty.v = SHIP_MMSI;
	alert.marks = RCC_ALERT_SELF_CANCEL;
	assert_repeats(ship, &alert, 0);
	assert_recorded(RCC_LANE_NEEDS_READING, RCC_VERDICT_MATCH);
	assert_int_equal(watch.core.incident_count, 1);
	assert_int_equal(watch.core.incident[0].status, RCC_INCIDENT_NEW);
}

static void
test_repeat_moves(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, SHIP_MMSI);
	const struct rcc_incident *incident;

	start();
	watch_say(&watch, ship, &alert);
	incident = rcc_incident_find(&watch.core, (struct rcc_incident_id){1});
	/* A little: the case knows, the ships are not rung again. */
	alert.pos.lat_e7 += 10000;
	alert.pos_at_ms += 60000;
	alert.pos_radius_m = 50;
	assert_repeats(ship, &alert, 2);
	assert_int_equal(watch_events(&watch, RCC_EVENT_POSITION_REVISED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_int_equal(incident->pos.lat_e7, alert.pos.lat_e7);
	assert_int_equal(incident->pos_at_ms, alert.pos_at_ms);
	assert_int_equal(incident->pos_radius_m, 50);
	/* Farther than update_move_m from what the ships have, in small steps: an update. */
	alert.pos.lat_e7 += 160000;
	assert_repeats(ship, &alert, 3);
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_UPDATE);
	/* Without a place it changes none. */
	alert.pos = RCC_POS_NONE;
	assert_repeats(ship, &alert, 4);
	assert_int_equal(watch.entry.event_count, 1);
	assert_true(rcc_pos_is_known(incident->pos));
	assert_true(rcc_pos_is_known(rcc_alert_find(&watch.core, (struct rcc_alert_id){1})->body.pos));
}

static void
test_decide(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, OTHER_MMSI);

	start();
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "known voice");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "decide.alert"));
	watch_say(&watch, ship, &alert);
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "decide.reason"));
	/* Accepted: the ships hear at once, from the machine's words and the officer's hand. */
	struct rcc_decide *decide = &watch_command(&watch, RCC_COMMAND_DECIDE, officer)->u.decide;
	*decide = (struct rcc_decide){.alert = {1}, .decision = RCC_DECISION_ACCEPT, .reason = "called back"};
	watch_step(&watch);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_DECIDED)->u.decided.by.v, officer);
	assert_string_equal(watch_event(&watch, RCC_EVENT_ALERT_DECIDED)->u.decided.reason, "called back");
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_OPENED), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	watch_decide(&watch, 1, RCC_DECISION_DISMISS, "changed my mind");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "decide.alert"));
	/* Dismissed: out of the way, kept, no incident; the next such alert is a new line. */
	alert.casualty.v++;
	watch_say(&watch, ship, &alert);
	assert_int_equal(watch_decide(&watch, 2, RCC_DECISION_DISMISS, "child at the radio"), 1);
	assert_int_equal(rcc_alert_find(&watch.core, (struct rcc_alert_id){2})->lane, RCC_LANE_DISMISSED);
	watch_decide(&watch, 2, RCC_DECISION_DISMISS, "still a child");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "decide.alert"));
	assert_repeats(ship, &alert, 0);
	assert_int_equal(watch.core.incident_count, 1);
	/* But a person may have been wrong. */
	watch_decide(&watch, 2, RCC_DECISION_ACCEPT, "it was not");
	assert_int_equal(watch.core.incident_count, 2);
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

/* Accepting waits for no clock: a DSC call out of quarantine is relayed now, a status 14 still never by itself. */
static void
test_accepted_waits_no_more(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_DSC, 500000001);

	start();
	watch_say(&watch, auditor, &alert);
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "heard by radio");
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 1);
	alert = watch_alert(RCC_SOURCE_AIS_STATUS, 500000002);
	watch_say(&watch, auditor, &alert);
	watch_decide(&watch, 2, RCC_DECISION_ACCEPT, "look into it");
	assert_int_equal(watch_events(&watch, RCC_EVENT_BROADCAST_ISSUED), 0);
	assert_int_equal(watch_event(&watch, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled.due_at_ms, 0);
	/* A drill that is accepted stays a drill. */
	alert = watch_alert(RCC_SOURCE_CREW, 500000003);
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, auditor, &alert);
	watch_decide(&watch, 3, RCC_DECISION_ACCEPT, "drill");
	assert_int_equal(watch_event(&watch, RCC_EVENT_INCIDENT_OPENED)->u.opened.class, RCC_CLASS_EXERCISE);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_verdicts),        cmocka_unit_test(test_own_ship),
	    cmocka_unit_test(test_lanes),           cmocka_unit_test(test_classes),
	    cmocka_unit_test(test_repeats),         cmocka_unit_test(test_repeat_after_closing),
	    cmocka_unit_test(test_repeat_of_words), cmocka_unit_test(test_repeat_in_quarantine),
	    cmocka_unit_test(test_withdrawn),       cmocka_unit_test(test_repeat_moves),
	    cmocka_unit_test(test_decide),          cmocka_unit_test(test_accepted_waits_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

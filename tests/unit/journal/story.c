#include "story.h"

#include <assert.h>
#include <stdio.h>

#define OFFICER 1
#define SHIP_A 2
#define SHIP_B 3

static const struct rcc_pos scene = {.lat_e7 = 352067000, .lon_e7 = 126008000};

struct rcc_key
story_sender(uint64_t number)
{
	struct rcc_key key;

	memset(key.b, (int)(0x10 + number % 3), sizeof key.b);
	return key;
}

struct rcc_msg_id
story_msg_id(uint64_t number)
{
	struct rcc_msg_id id = {{1, 0x93}};

	for (int i = 0; i < 8; i++)
		id.b[8 + i] = (uint8_t)(number >> (56 - 8 * i));
	return id;
}

static struct rcc_event *
add(struct rcc_entry *entry, enum rcc_event_kind kind)
{
	struct rcc_event *event = &entry->event[entry->event_count++];

	memset(event, 0, sizeof *event);
	event->kind = kind;
	return event;
}

static void
set(char *array, size_t size, const char *text)
{
	snprintf(array, size, "%s", text);
}

static void
from(struct rcc_entry *entry, uint64_t number, enum rcc_command_kind kind, uint32_t peer, enum rcc_role role)
{
	struct rcc_origin *origin = &entry->cause.origin;

	entry->cause.kind = kind;
	origin->peer.v = peer;
	origin->role = role;
	origin->key = story_sender(number);
	origin->msg_id = story_msg_id(number);
	origin->claimed_at_ms = entry->cause.at_ms - 40;
	origin->class = RCC_CLASS_LIVE;
	origin->fingerprint = UINT64_C(0xf000000000000000) + number;
}

static void
by_daemon(struct rcc_entry *entry)
{
	entry->cause.kind = RCC_COMMAND_DUE;
	entry->cause.origin.role = RCC_ROLE_ADMIN;
	entry->cause.u.due = (struct rcc_due){.timer = RCC_TIMER_FLAG, .id = 1};
}

static void
run(struct rcc_entry *entry)
{
	by_daemon(entry);
	entry->cause.kind = RCC_COMMAND_RUN;
	memset(&entry->cause.u, 0, sizeof entry->cause.u);
	set(entry->cause.u.run.build, sizeof entry->cause.u.run.build, "0.0.0+story");
	set(entry->cause.u.run.centre, sizeof entry->cause.u.run.centre, "MRCC Story");
	entry->cause.u.run.rules.respond_count = 20;
	add(entry, RCC_EVENT_RUN_STARTED)->u.run = entry->cause.u.run;
}

static void
enrol(struct rcc_entry *entry, uint64_t number, uint32_t peer, const char *name, enum rcc_role role, uint32_t mmsi)
{
	struct rcc_enrol *body = &entry->cause.u.enrol;

	from(entry, number, RCC_COMMAND_ENROL, 0, RCC_ROLE_ADMIN);
	set(body->name, sizeof body->name, name);
	body->role = role;
	body->mmsi.v = mmsi;
	body->owner = role == RCC_ROLE_VESSEL ? RCC_OWNER_FISHING : RCC_OWNER_NOT_STATED;
	memset(body->key.b, (int)(0x40 + peer), sizeof body->key.b);
	struct rcc_event *event = add(entry, RCC_EVENT_PEER_ENROLLED);
	event->u.enrolled.peer.v = peer;
	event->u.enrolled.enrol = *body;
}

static void
fill_alert(struct rcc_alert *alert)
{
	alert->source = RCC_SOURCE_CREW;
	alert->class = RCC_CLASS_LIVE;
	alert->casualty.v = 247012345;
	alert->nature = RCC_NATURE_SINKING;
	alert->pos = scene;
	alert->pos_at_ms = STORY_START;
	alert->persons = 41;
	set(alert->name, sizeof alert->name, "SANTA MARIA");
	set(alert->text, sizeof alert->text, "taking water, \"pumps\" lost");
	memcpy(alert->raw, "MAYDAY", 6);
	alert->raw_len = 6;
}

static void
queue_two(struct rcc_entry *entry)
{
	struct rcc_deliveries_queued *queued = &add(entry, RCC_EVENT_DELIVERIES_QUEUED)->u.queued;

	queued->broadcast.v = 1;
	queued->count = 2;
	queued->row[0] = (struct rcc_delivery_row){
	    .peer = {SHIP_A}, .number = 1, .range_m = 18520, .bearing_ddeg = 900, .eta_min = 50, .called_on = 1};
	queued->row[1] = (struct rcc_delivery_row){.peer = {SHIP_B},
	                                           .number = 1,
	                                           .range_m = RCC_RANGE_UNKNOWN_M,
	                                           .bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG,
	                                           .eta_min = RCC_ETA_UNKNOWN_MIN};
}

static void
broadcast(struct rcc_entry *entry)
{
	struct rcc_broadcast_issued *issued = &add(entry, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast;

	issued->broadcast.v = 1;
	issued->incident.v = 1;
	issued->kind = RCC_BROADCAST_DISTRESS_RELAY;
	issued->revision = 1;
	issued->pos = scene;
	issued->pos_at_ms = STORY_START;
	set(issued->text, sizeof issued->text, "MAYDAY RELAY");
	queue_two(entry);
	struct rcc_call_listed *list = &add(entry, RCC_EVENT_CALL_LISTED)->u.call_list;
	list->broadcast.v = 1;
	list->count = 1;
	list->row[0] = (struct rcc_call_row){
	    .mmsi = {211999000}, .pos = scene, .range_m = 900, .bearing_ddeg = 1800, .eta_min = 3};
}

static void
distress(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_ALERT, SHIP_A, RCC_ROLE_VESSEL);
	fill_alert(&entry->cause.u.alert);
	entry->cause.scene.count = 1;
	entry->cause.scene.ship[0] =
	    (struct rcc_scene_ship){.mmsi = {247012345}, .pos = scene, .sog_dkn = 71, .seen_at_ms = STORY_START};
	memcpy(entry->cause.received, "as received", 11);
	entry->cause.received_len = 11;
	struct rcc_alert_recorded *recorded = &add(entry, RCC_EVENT_ALERT_RECORDED)->u.alert;
	recorded->alert.v = 1;
	recorded->lane = RCC_LANE_INCIDENT;
	recorded->verdict = RCC_VERDICT_MATCH;
	recorded->sender.v = SHIP_A;
	recorded->sender_key = story_sender(number);
	fill_alert(&recorded->body);
	struct rcc_incident_opened *opened = &add(entry, RCC_EVENT_INCIDENT_OPENED)->u.opened;
	opened->incident.v = 1;
	opened->year = 2026;
	opened->number = 1;
	opened->alert.v = 1;
	opened->class = RCC_CLASS_LIVE;
	opened->phase = RCC_PHASE_ALERT;
	opened->casualty.v = 247012345;
	set(opened->name, sizeof opened->name, "SANTA MARIA");
	opened->source = RCC_SOURCE_CREW;
	opened->nature = RCC_NATURE_SINKING;
	opened->persons = 41;
	opened->pos = scene;
	opened->pos_at_ms = STORY_START;
	add(entry, RCC_EVENT_ALERT_JOINED)->u.joined =
	    (struct rcc_alert_joined){.alert = {1}, .incident = {1}, .why = RCC_JOIN_OPENED};
	add(entry, RCC_EVENT_RELAY_SCHEDULED)->u.scheduled =
	    (struct rcc_relay_scheduled){.incident = {1}, .due_at_ms = entry->cause.at_ms};
	broadcast(entry);
}

static void
answer(struct rcc_entry *entry, uint64_t number)
{
	struct rcc_answer *body = &entry->cause.u.answer;

	from(entry, number, RCC_COMMAND_ANSWER, SHIP_A, RCC_ROLE_VESSEL);
	body->incident.v = 1;
	body->number = 1;
	body->kind = RCC_ANSWER_UNABLE;
	body->reason = RCC_REASON_DANGER_TO_SHIP;
	body->eta_min = RCC_ETA_UNKNOWN_MIN;
	set(body->by, sizeof body->by, "Capt. Ada");
	struct rcc_event *event = add(entry, RCC_EVENT_ANSWERED);
	event->u.answered.peer.v = SHIP_A;
	event->u.answered.answer = *body;
}

static void
signal_again(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_ALERT, SHIP_A, RCC_ROLE_VESSEL);
	fill_alert(&entry->cause.u.alert);
	add(entry, RCC_EVENT_ALERT_REPEATED)->u.repeated = (struct rcc_alert_repeated){
	    .alert = {1}, .count = 2, .sender = {SHIP_A}, .pos = {352070000, 126010000}, .pos_at_ms = STORY_START + 9};
	add(entry, RCC_EVENT_POSITION_REVISED)->u.revised = (struct rcc_position_revised){
	    .incident = {1}, .alert = {1}, .pos = {352070000, 126010000}, .pos_at_ms = STORY_START + 9};
	add(entry, RCC_EVENT_PHASE_RAISED)->u.raised = (struct rcc_phase_raised){
	    .incident = {1}, .alert = {1}, .phase = RCC_PHASE_DISTRESS, .source = RCC_SOURCE_CREW};
	add(entry, RCC_EVENT_FACTS_REVISED)->u.facts = (struct rcc_facts_revised){.incident = {1},
	                                                                          .alert = {1},
	                                                                          .nature = RCC_NATURE_ABANDONING,
	                                                                          .persons = 43,
	                                                                          .name = "SANTA MARIA",
	                                                                          .casualty = {247012345}};
}

static void
quarantine(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_ALERT, 0, RCC_ROLE_GUEST);
	fill_alert(&entry->cause.u.alert);
	entry->cause.u.alert.pos = RCC_POS_NONE;
	entry->cause.u.alert.casualty.v = 0;
	struct rcc_alert_recorded *recorded = &add(entry, RCC_EVENT_ALERT_RECORDED)->u.alert;
	recorded->alert.v = 2;
	recorded->lane = RCC_LANE_QUARANTINE;
	recorded->verdict = RCC_VERDICT_UNENROLLED;
	recorded->sender_key = story_sender(number);
	recorded->body = entry->cause.u.alert;
}

static void
dismiss(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_DECIDE, OFFICER, RCC_ROLE_OFFICER);
	entry->cause.u.decide =
	    (struct rcc_decide){.alert = {2}, .decision = RCC_DECISION_DISMISS, .reason = "a drill"};
	add(entry, RCC_EVENT_ALERT_DECIDED)->u.decided = (struct rcc_alert_decided){
	    .alert = {2}, .decision = RCC_DECISION_DISMISS, .by = {OFFICER}, .reason = "a drill"};
}

static void
flag(struct rcc_entry *entry, enum rcc_flag kind)
{
	by_daemon(entry);
	struct rcc_deliveries_flagged *flagged = &add(entry, RCC_EVENT_DELIVERIES_FLAGGED)->u.flagged;
	flagged->broadcast.v = 1;
	flagged->flag = kind;
	flagged->count = 1;
	flagged->row[0] = (struct rcc_delivery_ref){.peer = {SHIP_B}, .number = 1};
}

static void
sent(struct rcc_entry *entry)
{
	struct rcc_sent both = {.count = 2, .row = {{{SHIP_A}, 1}, {{SHIP_B}, 1}}};

	by_daemon(entry);
	entry->cause.kind = RCC_COMMAND_SENT;
	memset(&entry->cause.u, 0, sizeof entry->cause.u);
	entry->cause.u.sent = both;
	add(entry, RCC_EVENT_DELIVERIES_SENT)->u.sent = both;
}

static void
stored(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_STORED, SHIP_A, RCC_ROLE_VESSEL);
	entry->cause.u.stored = (struct rcc_stored){.number = 1, .stored_at_ms = entry->cause.at_ms - 900};
	add(entry, RCC_EVENT_DELIVERY_STORED)->u.stored =
	    (struct rcc_delivery_stored){.peer = {SHIP_A}, .number = 1, .claimed_at_ms = entry->cause.at_ms - 900};
}

static void
read_by(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_READ, SHIP_A, RCC_ROLE_VESSEL);
	entry->cause.u.read =
	    (struct rcc_read){.number = 1, .read_at_ms = entry->cause.at_ms - 700, .by = "Second officer"};
	add(entry, RCC_EVENT_DELIVERY_READ)->u.read = (struct rcc_delivery_read){
	    .peer = {SHIP_A}, .number = 1, .claimed_at_ms = entry->cause.at_ms - 700, .by = "Second officer"};
}

static void
hold(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_RELAY, OFFICER, RCC_ROLE_OFFICER);
	entry->cause.u.relay = (struct rcc_relay){.incident = {1}, .action = RCC_RELAY_HOLD, .reason = "verifying"};
	add(entry, RCC_EVENT_RELAY_HELD)->u.held =
	    (struct rcc_relay_held){.incident = {1}, .by = {OFFICER}, .reason = "verifying"};
}

static void
silence(struct rcc_entry *entry, bool is_silent)
{
	by_daemon(entry);
	entry->cause.kind = RCC_COMMAND_SILENCE;
	memset(&entry->cause.u, 0, sizeof entry->cause.u);
	entry->cause.u.silence =
	    (struct rcc_silence){.peer = {SHIP_B}, .is_silent = is_silent, .heard_at_ms = STORY_START};
	add(entry, is_silent ? RCC_EVENT_PEER_SILENT : RCC_EVENT_PEER_HEARD)->u.silence =
	    (struct rcc_peer_silence){.peer = {SHIP_B}, .heard_at_ms = STORY_START};
}

static void
revoke(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_REVOKE, 0, RCC_ROLE_ADMIN);
	entry->cause.u.revoke = (struct rcc_revoke){.name = "BETA", .reason = "key lost"};
	add(entry, RCC_EVENT_PEER_REVOKED)->u.revoked =
	    (struct rcc_peer_revoked){.peer = {SHIP_B}, .reason = "key lost"};
}

static void
close_case(struct rcc_entry *entry, uint64_t number)
{
	from(entry, number, RCC_COMMAND_CLOSE, OFFICER, RCC_ROLE_OFFICER);
	entry->cause.u.close =
	    (struct rcc_close){.incident = {1}, .outcome = RCC_OUTCOME_RESCUED, .reason = "all 41 aboard"};
	add(entry, RCC_EVENT_INCIDENT_CLOSED)->u.closed = (struct rcc_incident_closed){
	    .incident = {1}, .outcome = RCC_OUTCOME_RESCUED, .by = {OFFICER}, .reason = "all 41 aboard"};
}

static void
refusals(struct rcc_entry *entry, uint64_t number)
{
	close_case(entry, number);
	entry->event_count = 0;
	struct rcc_command_refused *refused = &add(entry, RCC_EVENT_COMMAND_REFUSED)->u.refused;
	refused->reason = RCC_REFUSAL_WRONG_STATE;
	set(refused->field, sizeof refused->field, "close.incident");
}

static void
conflict(struct rcc_entry *entry, uint64_t number)
{
	close_case(entry, number);
	entry->event_count = 0;
	entry->cause.origin.msg_id = story_msg_id(18);
	entry->cause.origin.key = story_sender(18);
	add(entry, RCC_EVENT_MESSAGE_CONFLICT)->u.conflict =
	    (struct rcc_message_conflict){.peer = {OFFICER}, .msg_id = story_msg_id(18), .first_seq = 18};
}

static void
last_things(struct rcc_entry *entry)
{
	by_daemon(entry);
	add(entry, RCC_EVENT_LEDGER_FULL)->u.ledger_full = (struct rcc_ledger_full){.broadcast = {1}, .missing = 3};
	add(entry, RCC_EVENT_ALERT_EVICTED)->u.alert_ref = (struct rcc_alert_ref){{2}};
	add(entry, RCC_EVENT_INCIDENT_EVICTED)->u.incident_ref = (struct rcc_incident_ref){{1}};
}

static void
overdue(struct rcc_entry *entry)
{
	by_daemon(entry);
	add(entry, RCC_EVENT_NO_POSITION_OVERDUE)->u.incident_ref = (struct rcc_incident_ref){{1}};
}

static void
escalate(struct rcc_entry *entry)
{
	by_daemon(entry);
	add(entry, RCC_EVENT_QUARANTINE_ESCALATED)->u.alert_ref = (struct rcc_alert_ref){{2}};
}

static void
tell_alarm(uint64_t number, struct rcc_entry *entry)
{
	switch (number) {
	case 1:
		run(entry);
		break;
	case 2:
		enrol(entry, number, OFFICER, "Officer Eva", RCC_ROLE_OFFICER, 0);
		break;
	case 3:
		enrol(entry, number, SHIP_A, "ALPHA", RCC_ROLE_VESSEL, 247111111);
		break;
	case 4:
		enrol(entry, number, SHIP_B, "BETA", RCC_ROLE_VESSEL, 2222222);
		break;
	case 5:
		distress(entry, number);
		break;
	case 6:
		sent(entry);
		break;
	case 7:
		stored(entry, number);
		break;
	case 8:
		read_by(entry, number);
		break;
	case 9:
		answer(entry, number);
		break;
	case 10:
		signal_again(entry, number);
		break;
	case 11:
		quarantine(entry, number);
		break;
	default:
		escalate(entry);
		break;
	}
}

static void
tell_aftermath(uint64_t number, struct rcc_entry *entry)
{
	switch (number) {
	case 13:
		dismiss(entry, number);
		break;
	case 14:
		hold(entry, number);
		break;
	case 15:
		flag(entry, RCC_FLAG_NOT_STORED);
		break;
	case 16:
		overdue(entry);
		break;
	case 17:
		flag(entry, RCC_FLAG_USE_OTHER_CHANNEL);
		break;
	case 18:
		close_case(entry, number);
		break;
	case 19:
	case 20:
		silence(entry, number == 19);
		break;
	case 21:
		revoke(entry, number);
		break;
	case 22:
		refusals(entry, number);
		break;
	case 23:
		conflict(entry, number);
		break;
	default:
		last_things(entry);
		break;
	}
}

void
story_entry(uint64_t number, struct rcc_entry *ret_entry)
{
	assert(number > 0);
	rcc_entry_clear(ret_entry);
	ret_entry->cause.at_ms = STORY_START + (int64_t)(number - 1) * STORY_STEP_MS;
	if (number <= 12)
		tell_alarm(number, ret_entry);
	else if (number <= STORY_NIGHT)
		tell_aftermath(number, ret_entry);
	else
		read_by(ret_entry, number);
}

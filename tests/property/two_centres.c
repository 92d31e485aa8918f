#include "two_centres.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proto/wire.h"
#include "rcc/text.h"
#include "watch.h"

static struct rcc_entry entry;
static struct rcc_envelope envelope;
static uint8_t payload[RCC_PAYLOAD_MAX];

uint32_t
two_below(struct two *two, uint32_t count)
{
	two->seed ^= two->seed << 13;
	two->seed ^= two->seed >> 7;
	two->seed ^= two->seed << 17;
	return (uint32_t)(two->seed >> 32) % count;
}

/* ---- a centre and its record ---- */

/* Fresh pages are zero, and a zero core is an empty one: cheaper than to write 50 MB for each story. */
static struct rcc_core *
new_core(void)
{
	struct rcc_core *core = calloc(1, sizeof *core);

	assert_non_null(core);
	return core;
}

void
two_read(const struct centre *centre, two_look *look, void *context)
{
	size_t begin = 0;

	for (uint32_t i = 0; i < centre->entries; i++) {
		assert_int_equal(rcc_wire_decode_entry(centre->record + begin, centre->end[i] - begin, &entry), RCC_OK);
		look(context, &entry);
		begin = centre->end[i];
	}
}

static void
replay(void *core, const struct rcc_entry *recorded)
{
	rcc_core_replay(core, recorded);
}

static void
come_back(struct centre *centre)
{
	free(centre->core);
	centre->core = new_core();
	centre->is_struck = false;
	two_read(centre, replay, centre->core);
}

struct rcc_command *
two_begin(struct centre *centre, enum rcc_command_kind kind)
{
	rcc_entry_clear(&entry);
	entry.cause.kind = kind;
	entry.cause.at_ms = ++centre->now_ms;
	entry.cause.origin.role = RCC_ROLE_ADMIN;
	entry.cause.origin.class = RCC_CLASS_LIVE;
	return &entry.cause;
}

bool
two_take(struct two *two, struct centre *centre)
{
	size_t begin_at = centre->entries == 0 ? 0 : centre->end[centre->entries - 1];
	size_t len = 0;

	rcc_core_step(centre->core, &entry);
	if (entry.event_count > 0 && centre->is_struck) {
		two->kills++;
		come_back(centre);
		return false;
	}
	if (entry.event_count == 0)
		return true;
	assert_int_equal(rcc_wire_encode_entry(&entry, payload, sizeof payload, &len), RCC_OK);
	assert_true(begin_at + len <= RECORD_MAX && centre->entries < ENTRIES_MAX);
	memcpy(centre->record + begin_at, payload, len);
	centre->end[centre->entries++] = begin_at + len;
	return true;
}

static void
enrol(struct two *two, struct centre *centre, enum rcc_role role, const char *name, const struct rcc_key *key)
{
	struct rcc_enrol *body = &two_begin(centre, RCC_COMMAND_ENROL)->u.enrol;

	watch_text(body->name, sizeof body->name, name);
	body->role = role;
	body->key = *key;
	if (role == RCC_ROLE_PEER)
		watch_text(body->endpoint, sizeof body->endpoint, "tcp://127.0.0.1:8407");
	else
		body->mmsi.v = 200000001;
	assert_true(two_take(two, centre));
}

void
two_start(struct two *two, uint64_t seed)
{
	static const char *const names[] = {"MRCC A", "MRCC B"};

	*two = (struct two){.seed = (seed + 1) * 0x9e3779b97f4a7c15u};
	for (uint32_t i = 0; i < 2; i++) {
		struct centre *centre = &two->centre[i];
		struct rcc_key ship = watch_key(7);
		centre->core = new_core();
		centre->record = malloc(RECORD_MAX);
		assert_non_null(centre->record);
		centre->name = names[i];
		centre->key = watch_key(1 + i);
		centre->other_key = watch_key(2 - i);
		centre->now_ms = WATCH_START_MS;
		struct rcc_run *run = &two_begin(centre, RCC_COMMAND_RUN)->u.run;
		watch_text(run->build, sizeof run->build, "test");
		watch_text(run->centre, sizeof run->centre, centre->name);
		run->rules = watch_rules();
		run->rules.handover_ms = 900000;
		assert_true(two_take(two, centre));
		enrol(two, centre, RCC_ROLE_PEER, names[1 - i], &centre->other_key);
		enrol(two, centre, RCC_ROLE_VESSEL, "SEA FOX", &ship);
	}
}

void
two_end(struct two *two)
{
	for (uint32_t i = 0; i < 2; i++) {
		free(two->centre[i].core);
		free(two->centre[i].record);
	}
}

/* ---- officers ---- */

struct rcc_incident_id
two_newest_case(const struct centre *centre)
{
	return (struct rcc_incident_id){centre->core->incident_last};
}

void
two_order(struct two *two, uint32_t at, enum rcc_handover_step step)
{
	struct centre *centre = &two->centre[at];
	/* The wire lets no case without a number through. */
	if (two_newest_case(centre).v == 0)
		return;
	struct rcc_command *command = two_begin(centre, RCC_COMMAND_HANDOVER);
	struct rcc_handover *order = &command->u.handover;

	command->origin.msg_id.b[1] = (uint8_t)(1 + at);
	memcpy(&command->origin.msg_id.b[8], &(uint64_t){++centre->messages}, sizeof(uint64_t));
	order->incident.v = two_newest_case(centre).v;
	if (order->incident.v > 1 && two_below(two, 4) == 0)
		order->incident.v = 1 + two_below(two, order->incident.v);
	order->step = step;
	watch_text(order->centre, sizeof order->centre, two->centre[1 - at].name);
	watch_text(order->officer, sizeof order->officer, "OFFICER");
	watch_text(order->reason, sizeof order->reason, "better placed");
	(void)two_take(two, centre);
}

void
two_take_back(struct two *two, uint32_t at)
{
	struct centre *centre = &two->centre[at];
	if (two_newest_case(centre).v == 0)
		return;
	struct rcc_resume *order = &two_begin(centre, RCC_COMMAND_RESUME)->u.resume;

	order->incident = two_newest_case(centre);
	watch_text(order->reason, sizeof order->reason, "the other is silent");
	(void)two_take(two, centre);
}

void
two_open(struct two *two, uint32_t at)
{
	struct centre *centre = &two->centre[at];
	struct rcc_open *open = &two_begin(centre, RCC_COMMAND_OPEN)->u.open;

	open->alert = watch_alert(RCC_SOURCE_OFFICER, 211000001);
	(void)two_take(two, centre);
}

void
two_close(struct two *two, uint32_t at)
{
	struct centre *centre = &two->centre[at];
	struct rcc_cancel *cancel = &two_begin(centre, RCC_COMMAND_CANCEL)->u.cancel;

	cancel->incident = two_newest_case(centre);
	watch_text(cancel->reason, sizeof cancel->reason, "over");
	if (!two_take(two, centre))
		return;
	struct rcc_close *close = &two_begin(centre, RCC_COMMAND_CLOSE)->u.close;
	close->incident = two_newest_case(centre);
	close->outcome = RCC_OUTCOME_NO_DISTRESS;
	watch_text(close->reason, sizeof close->reason, "over");
	(void)two_take(two, centre);
}

void
two_wait(struct two *two, uint32_t at, int64_t ms)
{
	struct centre *centre = &two->centre[at];

	centre->now_ms += ms;
	for (int i = 0; i < 100; i++) {
		(void)two_begin(centre, RCC_COMMAND_DUE);
		if (!rcc_core_due(centre->core, centre->now_ms, &entry.cause) || !two_take(two, centre))
			return;
	}
}

/* ---- the line ---- */

static struct frame *
new_frame(struct two *two)
{
	if (two->frames == LINE_MAX)
		two_lose(two, two_below(two, two->frames));
	struct frame *frame = &two->line[two->frames++];
	frame->len = 0;
	return frame;
}

void
two_lose(struct two *two, uint32_t i)
{
	two->losses++;
	two->frames--;
	if (i != two->frames)
		two->line[i] = two->line[two->frames];
}

void
two_say(struct two *two, uint32_t at, uint32_t loss_percent)
{
	struct centre *centre = &two->centre[at];
	static struct rcc_centre_owed owed;

	for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++) {
		if (!rcc_core_centre_owed(centre->core, slot, &owed))
			continue;
		if (two_below(two, 100) < loss_percent) {
			two->losses++;
			continue;
		}
		struct frame *frame = new_frame(two);
		frame->to = 1 - at;
		frame->is_receipt = false;
		frame->id = owed.id;
		/* The record completes it: here any hash of the entry will do, as long as it is the same each time. */
		bool is_request = owed.kind == RCC_BODY_PLACE_REQUEST;
		struct rcc_link *record = is_request ? &owed.request.record : &owed.body.record;
		record->at_ms = WATCH_START_MS;
		record->hash.b[0] = (uint8_t)record->seq;
		envelope.protocol = 1;
		envelope.id = owed.id;
		memset(&envelope.reply_to, 0, sizeof envelope.reply_to);
		envelope.claimed_at_ms = WATCH_START_MS;
		envelope.class = owed.class;
		envelope.kind = owed.kind;
		if (is_request)
			envelope.u.place_request = owed.request;
		else
			envelope.u.centre = owed.body;
		assert_int_equal(rcc_wire_encode(&envelope, frame->bytes, sizeof frame->bytes, &frame->len), RCC_OK);
	}
}

static uint64_t
fingerprint(const uint8_t *bytes, size_t len)
{
	uint64_t sum = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ bytes[i]) * 1099511628211u;
	return sum;
}

static struct rcc_command *
begin_heard(struct centre *centre, enum rcc_body_kind kind)
{
	struct rcc_command *command =
	    two_begin(centre, kind == RCC_BODY_CENTRE ? RCC_COMMAND_CENTRE : RCC_COMMAND_PLACE_REQUEST);
	bool is_revoked;

	command->origin.key = centre->other_key;
	command->origin.role = rcc_core_identify(centre->core, &centre->other_key, &command->origin.peer, &is_revoked);
	return command;
}

/* What the entry answers, as the daemon's shell reads it. */
static enum rcc_refusal
answer_of_entry(void)
{
	enum rcc_refusal refusal = (enum rcc_refusal)0;

	for (uint32_t i = 0; i < entry.event_count; i++) {
		if (entry.event[i].kind == RCC_EVENT_HANDOVER_CHANGED ||
		    (entry.event[i].kind == RCC_EVENT_REQUEST_CHANGED &&
		     entry.event[i].u.request_changed.is_heard != 0))
			return (enum rcc_refusal)0;
		if (entry.event[i].kind == RCC_EVENT_COMMAND_REFUSED)
			refusal = entry.event[i].u.refused.reason;
		/* Another id for other words: the same step must be the same bytes. */
		assert_int_not_equal(entry.event[i].kind, RCC_EVENT_MESSAGE_CONFLICT);
	}
	return refusal;
}

static struct answer *
answered(struct centre *centre, const struct rcc_msg_id *id)
{
	for (uint32_t i = 0; i < centre->answers; i++) {
		/* What was not committed was not answered. */
		if (memcmp(&centre->answer[i].id, id, sizeof *id) == 0)
			return &centre->answer[i];
	}
	return NULL;
}

static void
receipt(struct two *two, uint32_t to, const struct answer *answer)
{
	struct frame *frame = new_frame(two);

	assert_non_null(answer);
	if (answer == NULL)
		return;
	frame->to = to;
	frame->is_receipt = true;
	frame->id = answer->id;
	frame->refusal = answer->refusal;
	frame->seq = answer->seq;
}

static void
hear_message(struct two *two, const struct frame *frame)
{
	struct centre *centre = &two->centre[frame->to];
	uint32_t from = 1 - frame->to;
	struct answer once = {.id = frame->id};
	struct rcc_wire_fault fault;

	assert_int_equal(rcc_wire_decode(frame->bytes, frame->len, &envelope, &fault), RCC_OK);
	struct rcc_command *command = begin_heard(centre, envelope.kind);
	command->origin.msg_id = envelope.id;
	command->origin.class = envelope.class;
	command->origin.claimed_at_ms = envelope.claimed_at_ms;
	command->origin.fingerprint = fingerprint(frame->bytes, frame->len);
	if (envelope.kind == RCC_BODY_CENTRE)
		command->u.centre = envelope.u.centre;
	else
		command->u.place_request = envelope.u.place_request;
	uint64_t seq = 0;
	assert_int_not_equal(rcc_core_seen(centre->core, &command->origin, &seq), RCC_SEEN_OTHER_BYTES);
	if (rcc_core_seen(centre->core, &command->origin, &seq) == RCC_SEEN_SAME) {
		receipt(two, from, answered(centre, &frame->id));
		return;
	}
	if (!two_take(two, centre))
		return;
	once.refusal = answer_of_entry();
	once.seq = rcc_core_seq(centre->core);
	if (entry.event_count > 0) {
		assert_true(centre->answers < ANSWERS_MAX);
		centre->answer[centre->answers++] = once;
	}
	receipt(two, from, &once);
}

static void
hear_receipt(struct two *two, const struct frame *frame)
{
	struct centre *centre = &two->centre[frame->to];
	static struct rcc_centre_owed owed;

	for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++) {
		if (!rcc_core_centre_owed(centre->core, slot, &owed) ||
		    memcmp(&owed.id, &frame->id, sizeof owed.id) != 0)
			continue;
		struct rcc_command *command = begin_heard(centre, owed.kind);
		if (owed.kind == RCC_BODY_PLACE_REQUEST)
			command->u.place_request = (struct rcc_place_request){.request = owed.request.request,
			                                                      .step = RCC_REQUEST_STORED,
			                                                      .pos = RCC_POS_NONE,
			                                                      .ship_pos = RCC_POS_NONE,
			                                                      .refusal = frame->refusal,
			                                                      .record = {.seq = frame->seq}};
		else
			command->u.centre = (struct rcc_centre){.handover = owed.body.handover,
			                                        .step = RCC_HANDOVER_STORED,
			                                        .refusal = frame->refusal,
			                                        .record = {.seq = frame->seq}};
		(void)two_take(two, centre);
		return;
	}
}

void
two_arrive(struct two *two, uint32_t i, bool is_again)
{
	static struct frame frame;

	frame = two->line[i];
	if (is_again) {
		two->doubles++;
	} else {
		two_lose(two, i);
		two->losses--;
	}
	if (frame.is_receipt)
		hear_receipt(two, &frame);
	else
		hear_message(two, &frame);
}

void
two_kill(struct two *two, uint32_t at)
{
	two->kills++;
	for (uint32_t i = two->frames; i > 0; i--) {
		if (two->line[i - 1].to == at && two_below(two, 2) == 0)
			two_lose(two, i - 1);
	}
	come_back(&two->centre[at]);
}

bool
two_settle(struct two *two)
{
	static struct rcc_centre_owed owed;

	two->centre[0].is_struck = two->centre[1].is_struck = false;
	for (int round = 0; round < 50; round++) {
		bool is_owed = false;
		while (two->frames > 0)
			two_arrive(two, 0, false);
		for (uint32_t at = 0; at < 2; at++) {
			for (uint32_t slot = 0; slot < RCC_OWED_SLOTS; slot++)
				is_owed = is_owed || rcc_core_centre_owed(two->centre[at].core, slot, &owed);
			two_say(two, at, 0);
		}
		if (!is_owed && two->frames == 0)
			return true;
	}
	return false;
}

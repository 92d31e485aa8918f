/* text_work.c - the work of an incident in words. */
#include "rcc/work_text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "proto/text_line.h"
#include "proto/text_place.h"
#include "proto/text_request.h"
#include "proto/text_retention.h"
#include "rcc/text.h"

/* ---- pieces of a line ---- */

static void
put_ship(struct line *line, const char *before, struct rcc_mmsi ship)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (ship.v != 0)
		rcc_line_put(line, "%s%s", before, rcc_mmsi_format(mmsi, ship));
}

static void
put_named(struct line *line, const char *before, const char *name)
{
	if (name[0] != '\0')
		rcc_line_put(line, "%s%s", before, name);
}

static void
put_words(struct line *line, const char *text)
{
	if (text[0] != '\0')
		rcc_line_put(line, ", \"%s\"", text);
}

static void
put_count(struct line *line, uint32_t count, const char *one, const char *many)
{
	if (count != 0)
		rcc_line_put(line, "%s%u %s", line->len == 0 ? "" : ", ", count, count == 1 ? one : many);
}

const char *
rcc_persons_format(char text[RCC_PERSONS_TEXT_SIZE], const struct rcc_persons *persons)
{
	struct line line = {text, RCC_PERSONS_TEXT_SIZE, 0};

	text[0] = '\0';
	put_count(&line, persons->men, "man", "men");
	put_count(&line, persons->women, "woman", "women");
	put_count(&line, persons->adults, "adult", "adults");
	put_count(&line, persons->children, "child", "children");
	put_count(&line, persons->unaccompanied, "child alone", "children alone");
	put_count(&line, persons->infants, "infant", "infants");
	put_count(&line, persons->pregnant, "of them pregnant", "of them pregnant");
	put_count(&line, persons->injured, "of them injured", "of them injured");
	put_count(&line, persons->disabled, "of them disabled", "of them disabled");
	put_count(&line, persons->families, "family", "families");
	if (line.len == 0)
		rcc_line_put(&line, "none");
	return text;
}

/* ---- orders ---- */

static void
put_task(struct line *line, const struct rcc_task *task)
{
	rcc_line_put(line, "%s", rcc_task_word(task->kind));
	put_ship(line, " ", task->ship);
	if (task->kind == RCC_TASK_RELEASE)
		rcc_line_put(line, "%s: %s", task->ship.v == 0 ? " every ship" : "",
		             task->others_comply != 0 ? "the requisitioned ships comply" : "help is no longer needed");
	if (task->contact_min != 0)
		rcc_line_put(line, ", contact every %u min", task->contact_min);
	put_words(line, task->text);
	if (task->consulted[0] != '\0')
		rcc_line_put(line, ", consulted: \"%s\"", task->consulted);
}

static void
put_survivors(struct line *line, const struct rcc_survivors *survivors)
{
	char persons[RCC_PERSONS_TEXT_SIZE];

	rcc_line_put(line, "survivors aboard");
	put_ship(line, " ", survivors->ship);
	rcc_line_put(line, ": %s", rcc_persons_format(persons, &survivors->aboard));
	if (survivors->dead != 0)
		rcc_line_put(line, ", %u dead", survivors->dead);
	if (survivors->safe_hours != 0)
		rcc_line_put(line, ", safe for %u h", survivors->safe_hours);
	if (survivors->protection_stated != 0)
		rcc_line_put(line, ", need of protection stated");
	put_named(line, ", next port ", survivors->next_port);
	put_words(line, survivors->text);
}

static void
put_persons(struct line *line, const struct rcc_move_persons *move)
{
	char persons[RCC_PERSONS_TEXT_SIZE];

	rcc_line_put(line, "persons from %s", rcc_where_word(move->from));
	put_ship(line, " ", move->from_ship);
	rcc_line_put(line, " to %s", rcc_where_word(move->to));
	put_ship(line, " ", move->to_ship);
	if (move->place.v != 0)
		rcc_line_put(line, " at place %u", move->place.v);
	rcc_line_put(line, ": %s", rcc_persons_format(persons, &move->count));
	if (move->more_found != 0)
		rcc_line_put(line, ", more than were known of");
	if (move->family != RCC_FAMILY_NOT_STATED)
		rcc_line_put(line, ", families %s", rcc_family_word(move->family));
	put_words(line, move->reason);
}

static void
put_need(struct line *line, const struct rcc_need *need)
{
	rcc_line_put(line, "need");
	if (need->need.v != 0)
		rcc_line_put(line, " %u", need->need.v);
	rcc_line_put(line, " %s", rcc_need_state_word(need->state));
	if ((unsigned)need->kind != 0)
		rcc_line_put(line, ": %s", rcc_need_word(need->kind));
	put_ship(line, " for ", need->ship);
	if (need->quantity != 0)
		rcc_line_put(line, ", quantity %u", need->quantity);
	put_words(line, need->text);
}

static void
put_place(struct line *line, const struct rcc_place *place)
{
	char pos[RCC_POS_TEXT_SIZE], checks[RCC_CHECKS_TEXT_SIZE];

	rcc_line_put(line, "place");
	if (place->place.v != 0)
		rcc_line_put(line, " %u", place->place.v);
	put_named(line, " ", place->name);
	rcc_line_put(line, ": %s", rcc_place_word(place->step));
	put_named(line, place->step == RCC_PLACE_ASKED ? " of " : " by ", place->authority);
	if (rcc_pos_is_known(place->pos))
		rcc_line_put(line, ", at %s", rcc_pos_format(pos, place->pos));
	put_ship(line, ", ship ", place->ship);
	if (place->step == RCC_PLACE_CHECKED)
		rcc_line_put(line, ", checks: %s", rcc_checks_format(checks, place->checks));
	if (place->is_unsafe != 0)
		rcc_line_put(line, ", UNSAFE");
	if (place->is_override != 0)
		rcc_line_put(line, ", override");
	if (place->extra_nm != 0 || place->extra_h != 0)
		rcc_line_put(line, ", %u nm and %u h more", place->extra_nm, place->extra_h);
	put_words(line, place->text);
}

static void
put_referral(struct line *line, const struct rcc_referral *referral)
{
	rcc_line_put(line, "referral of %u to %s, %s, %s", referral->persons, referral->to,
	             rcc_service_word(referral->service), referral->is_accepted != 0 ? "accepted" : "offered");
	put_words(line, referral->text);
}

static void
put_note(struct line *line, const struct rcc_note *note)
{
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];

	rcc_line_put(line, "note: %s", rcc_note_word(note->kind));
	put_named(line, ", ", note->authority);
	put_ship(line, ", ship ", note->ship);
	if (rcc_note_is_of_file(note->kind))
		rcc_line_put(line, ", file %s", rcc_hex_format(digest, note->digest.b, sizeof note->digest.b));
	if (note->kind == RCC_NOTE_EVIDENCE)
		rcc_line_put(line, " of %llu bytes", (unsigned long long)note->size);
	/* What a restricted note says is read one by one, and each reading recorded. */
	if (!rcc_note_is_restricted(note->kind))
		put_words(line, note->text);
}

static void
put_comms(struct line *line, const struct rcc_comms *comms)
{
	rcc_line_put(line, "communications plan");
	put_named(line, ", control ", comms->control);
	put_named(line, ", on scene ", comms->on_scene);
	put_named(line, ", monitor ", comms->monitor);
	put_words(line, comms->text);
}

static void
put_handover(struct line *line, const struct rcc_handover *handover)
{
	rcc_line_put(line, "handover");
	put_named(line, " to ", handover->centre);
	rcc_line_put(line, ": %s", rcc_handover_word(handover->step));
	put_named(line, " by ", handover->officer);
	put_words(line, handover->reason);
}

static void
put_centre(struct line *line, const struct rcc_centre *said)
{
	rcc_line_put(line, "handover of their case %u-%04u: %s", said->year, said->number,
	             rcc_handover_word(said->step));
	if ((unsigned)said->refusal != 0)
		rcc_line_put(line, ", refused: %s", rcc_refusal_word(said->refusal));
	put_named(line, " by ", said->officer);
	put_words(line, said->reason);
}

static void
put_handover_changed(struct line *line, const struct rcc_handover_changed *changed)
{
	const struct rcc_handover *body = &changed->body;

	rcc_line_put(line, "handover %s %s: %s%s", changed->is_incoming != 0 ? "from" : "to", body->centre,
	             rcc_handover_word(body->step), changed->is_heard != 0 ? ", they say" : "");
	put_named(line, " by ", body->officer);
	if ((unsigned)changed->refusal != 0)
		rcc_line_put(line, ", refused: %s", rcc_refusal_word(changed->refusal));
	put_words(line, body->reason);
	rcc_line_put(line, ", now %s", rcc_handover_stage_word(changed->stage));
}

static void
put_watch(struct line *line, const struct rcc_watch *watch)
{
	rcc_line_put(line, "watch to %s", watch->officer);
	put_words(line, watch->text);
}

static void
put_item(struct line *line, uint32_t count, const char *what)
{
	if (count != 0)
		rcc_line_put(line, ", %u %s", count, what);
}

static void
put_handed(struct line *line, const struct rcc_watch_handed *handed)
{
	put_watch(line, &handed->body);
	if (handed->from[0] != '\0')
		rcc_line_put(line, ", from %s", handed->from);
	rcc_line_put(line, ", %u open", handed->open_items);
	for (uint32_t i = 0; i < handed->item_count; i++) {
		const struct rcc_watch_item *item = &handed->item[i];
		rcc_line_put(line, "; case %u", item->incident.v);
		put_item(line, item->persons, "persons");
		put_item(line, item->duties, "duties");
		put_item(line, item->overdue, "overdue");
		put_item(line, item->needs, "needs");
		put_item(line, item->places, "bound for a place");
	}
}

static void
put_smc(struct line *line, const struct rcc_smc *smc)
{
	rcc_line_put(line, "mission coordinator %s", smc->officer);
	put_words(line, smc->reason);
}

static void
put_sitrep(struct line *line, const struct rcc_sitrep *sitrep)
{
	rcc_line_put(line, "%s form%s", sitrep->is_full != 0 ? "full" : "short",
	             sitrep->is_final != 0 ? ", final" : "");
	put_named(line, ", to ", sitrep->to);
	put_words(line, sitrep->text);
}

static void
put_profile(struct line *line, const struct rcc_profile_order *order)
{
	rcc_line_put(line, "profile");
	put_ship(line, " of ", order->ship);
	(void)rcc_profile_order_format(line->text + line->len, line->size - line->len, order);
}

bool
rcc_work_order_format(char text[RCC_WORK_TEXT_SIZE], const struct rcc_command *command)
{
	struct line line = {text, RCC_WORK_TEXT_SIZE, 0};

	text[0] = '\0';
	if (command->kind == RCC_COMMAND_TASK)
		put_task(&line, &command->u.task);
	else if (command->kind == RCC_COMMAND_SURVIVORS)
		put_survivors(&line, &command->u.survivors);
	else if (command->kind == RCC_COMMAND_PERSONS)
		put_persons(&line, &command->u.persons);
	else if (command->kind == RCC_COMMAND_NEED)
		put_need(&line, &command->u.need);
	else if (command->kind == RCC_COMMAND_PLACE)
		put_place(&line, &command->u.place);
	else if (command->kind == RCC_COMMAND_REFERRAL)
		put_referral(&line, &command->u.referral);
	else if (command->kind == RCC_COMMAND_NOTE)
		put_note(&line, &command->u.note);
	else if (command->kind == RCC_COMMAND_SMC)
		put_smc(&line, &command->u.smc);
	else if (command->kind == RCC_COMMAND_WATCH)
		put_watch(&line, &command->u.watch);
	else if (command->kind == RCC_COMMAND_COMMS)
		put_comms(&line, &command->u.comms);
	else if (command->kind == RCC_COMMAND_SITREP)
		put_sitrep(&line, &command->u.sitrep);
	else if (command->kind == RCC_COMMAND_HANDOVER)
		put_handover(&line, &command->u.handover);
	else if (command->kind == RCC_COMMAND_PROFILE)
		put_profile(&line, &command->u.profile);
	else if (command->kind == RCC_COMMAND_CENTRE)
		put_centre(&line, &command->u.centre);
	else if (command->kind == RCC_COMMAND_CIRCULAR)
		rcc_line_put(&line, "%s, \"%s\"", rcc_broadcast_word(command->u.circular.kind),
		             command->u.circular.text);
	else if (command->kind == RCC_COMMAND_REQUEST)
		line.len = rcc_request_order_format(text, line.size, &command->u.request);
	else if (command->kind == RCC_COMMAND_PLACE_REQUEST)
		line.len = rcc_request_said_format(text, line.size, &command->u.place_request);
	else if (command->kind == RCC_COMMAND_RETENTION)
		line.len = rcc_retention_format(text, line.size, &command->u.retention);
	else if (command->kind == RCC_COMMAND_DUTY)
		rcc_line_put(&line, "duty %u %s, \"%s\"", command->u.duty.duty.v,
		             rcc_duty_state_word(command->u.duty.state), command->u.duty.reason);
	return line.len > 0;
}

/* ---- events ---- */

static void
put_tasked(struct line *line, const struct rcc_tasked *tasked)
{
	static const char *const states[] = {"", ", not stored by her yet", ", stored by her, not read",
	                                     ", read by her"};

	put_task(line, &tasked->body);
	if (tasked->card != 0)
		rcc_line_put(line, ", conduct card %u%s", tasked->card, states[tasked->card_state]);
}

static void
put_reported(struct line *line, const struct rcc_survivors_reported *reported)
{
	put_survivors(line, &reported->body);
	if (reported->is_counted != 0)
		rcc_line_put(line, ", as another centre counted them");
	else if (reported->said_at_ms != 0)
		rcc_line_put(line, ", as she told another centre");
	if (reported->is_regrouped != 0)
		rcc_line_put(line, ", as many as before, told apart so from now on");
	if (reported->is_disputed != 0)
		rcc_line_put(line, ", but the ledger has %u", reported->ledger);
}

static void
put_place_stepped(struct line *line, const struct rcc_place_stepped *stepped)
{
	put_place(line, &stepped->body);
	line->len += rcc_place_decided_format(line->text + line->len, line->size - line->len, stepped);
}

static void
put_duty_changed(struct line *line, const struct rcc_duty_changed *changed)
{
	rcc_line_put(line, "duty %u of ", changed->duty.v);
	if (changed->ship.v == 0)
		rcc_line_put(line, "the centre");
	put_ship(line, "", changed->ship);
	rcc_line_put(line, " %s", rcc_duty_state_word(changed->state));
	put_words(line, changed->reason);
}

bool
rcc_work_event_format(char text[RCC_WORK_TEXT_SIZE], const struct rcc_event *event)
{
	struct line line = {text, RCC_WORK_TEXT_SIZE, 0};

	text[0] = '\0';
	if (event->kind == RCC_EVENT_TASKED)
		put_tasked(&line, &event->u.tasked);
	else if (event->kind == RCC_EVENT_SURVIVORS_REPORTED)
		put_reported(&line, &event->u.survivors_reported);
	else if (event->kind == RCC_EVENT_PERSONS_MOVED)
		put_persons(&line, &event->u.persons_moved.body);
	else if (event->kind == RCC_EVENT_NEED_CHANGED)
		put_need(&line, &event->u.need_changed.body);
	else if (event->kind == RCC_EVENT_PLACE_STEPPED)
		put_place_stepped(&line, &event->u.place_stepped);
	else if (event->kind == RCC_EVENT_REFERRED)
		put_referral(&line, &event->u.referred.body);
	else if (event->kind == RCC_EVENT_NOTED)
		put_note(&line, &event->u.noted.body);
	else if (event->kind == RCC_EVENT_SMC_SET)
		put_smc(&line, &event->u.smc_set.body);
	else if (event->kind == RCC_EVENT_WATCH_HANDED)
		put_handed(&line, &event->u.watch_handed);
	else if (event->kind == RCC_EVENT_COMMS_SET)
		put_comms(&line, &event->u.comms_set.body);
	else if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
		put_handover_changed(&line, &event->u.handover_changed);
	else if (event->kind == RCC_EVENT_REQUEST_CHANGED)
		line.len = rcc_request_changed_format(text, line.size, &event->u.request_changed);
	else if (event->kind == RCC_EVENT_PROFILE_SET)
		put_profile(&line, &event->u.profile_set.body);
	else if (event->kind == RCC_EVENT_PARITY_CHANGED)
		(void)rcc_parity_format(text, RCC_WORK_TEXT_SIZE, &event->u.parity);
	else if (event->kind == RCC_EVENT_DUTY_CHANGED)
		put_duty_changed(&line, &event->u.duty_changed);
	else if (event->kind == RCC_EVENT_RETENTION_CHANGED)
		line.len = rcc_retention_changed_format(text, line.size, &event->u.retention_changed);
	if (event->kind == RCC_EVENT_SITREP_ISSUED) {
		rcc_line_put(&line, "SITREP %u, ", event->u.sitrep_issued.number);
		put_sitrep(&line, &event->u.sitrep_issued.body);
	}
	return text[0] != '\0';
}

#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/text.h"

static const struct {
	const char *name;
	enum rcc_role role;
	uint32_t mmsi;
	enum rcc_owner_kind owner;
} peers[] = {
    {"ASTRID", RCC_ROLE_VESSEL, 257123450, RCC_OWNER_MERCHANT},
    {"BOREAS", RCC_ROLE_VESSEL, 244670316, RCC_OWNER_NOT_STATED},
    {"LAMPEDUSA RADIO", RCC_ROLE_FEED, 0, RCC_OWNER_NOT_STATED},
    {"WATCH 1", RCC_ROLE_OFFICER, 0, RCC_OWNER_NOT_STATED},
};

static struct rcc_key
key_of(uint32_t peer)
{
	struct rcc_key key;
	memset(key.b, (int)(0x40 + peer), sizeof key.b);
	return key;
}

static bool
is_connected(void *context, const struct rcc_key *key, int64_t *ret_heard_at_ms)
{
	(void)context;
	struct rcc_key astrid = key_of(ASTRID);
	if (memcmp(key->b, astrid.b, sizeof astrid.b) != 0)
		return false;
	*ret_heard_at_ms = NOW_MS - 1250;
	return true;
}

struct rcc_command *
world_command(struct world *world, enum rcc_command_kind kind, uint32_t peer, int64_t at_ms)
{
	struct rcc_command *command = &world->entry->cause;
	rcc_entry_clear(world->entry);
	command->kind = kind;
	command->at_ms = at_ms;
	command->origin.role = peer == 0 ? RCC_ROLE_ADMIN : peers[peer - 1].role;
	command->origin.peer.v = peer;
	command->origin.class = RCC_CLASS_LIVE;
	command->origin.claimed_at_ms = at_ms;
	if (peer != 0) {
		world->messages++;
		command->origin.key = key_of(peer);
		command->origin.msg_id.b[0] = (uint8_t)world->messages;
		command->origin.msg_id.b[1] = 1;
		command->origin.fingerprint = world->messages;
	}
	return command;
}

uint32_t
world_step(struct world *world)
{
	rcc_core_step(world->core, world->entry);
	return world->entry->event_count;
}

static void
start_run(struct world *world)
{
	struct rcc_run *run = &world_command(world, RCC_COMMAND_RUN, 0, START_MS)->u.run;
	memcpy(run->build, "0.1.0", sizeof "0.1.0");
	memcpy(run->centre, "MRCC TEST", sizeof "MRCC TEST");
	for (size_t i = 0; i <= RCC_SOURCE_LAST; i++)
		run->rules.relay_after_ms[i] = RCC_RELAY_NEVER;
	run->rules.relay_after_ms[RCC_SOURCE_CREW] = 0;
	run->rules.respond_eta_min = 360;
	run->rules.respond_count = 20;
	run->rules.assumed_speed_dkn = 100;
	run->rules.flag_after_ms = 120000;
	run->rules.unreachable_after_ms = 300000;
	run->rules.quarantine_ms = 300000;
	run->rules.flood_per_min = 2;
	run->rules.no_position_ms = 300000;
	run->rules.silence_after_ms = 600000;
	run->rules.join_window_ms = 86400000;
	run->rules.update_move_m = 1852;
	run->rules.call_list_radius_m = 50 * 1852;
	assert_int_equal(world_step(world), 1);
}

static void
enrol_all(struct world *world)
{
	for (uint32_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
		struct rcc_enrol *enrol = &world_command(world, RCC_COMMAND_ENROL, 0, START_MS + 60000)->u.enrol;
		memcpy(enrol->name, peers[i].name, strlen(peers[i].name));
		enrol->role = peers[i].role;
		enrol->mmsi.v = peers[i].mmsi;
		enrol->owner = peers[i].owner;
		enrol->key = key_of(i + 1);
		assert_true(world_step(world) > 0);
		assert_int_equal(world->entry->event[0].kind, RCC_EVENT_PEER_ENROLLED);
	}
}

static void
see(struct world *world, uint32_t mmsi, int32_t lat_e7, int32_t lon_e7, uint32_t sog_dkn)
{
	const struct rcc_report report = {.mmsi = {mmsi},
	                                  .pos = {lat_e7, lon_e7},
	                                  .at_ms = NOW_MS - 7250,
	                                  .sog_dkn = sog_dkn,
	                                  .cog_ddeg = 2705,
	                                  .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                  .nav_status = 0,
	                                  .message_type = 1};
	assert_int_equal(rcc_picture_update(&world->picture, &report, (struct rcc_peer_id){RADIO}, NOW_MS - 7250),
	                 RCC_OK);
}

static void
fill_picture(struct world *world)
{
	struct rcc_static trader = {.mmsi = {538004321},
	                            .name = "GULF \"TRADER\"",
	                            .callsign = "V7AB1",
	                            .imo = 9074729,
	                            .ship_type = 70,
	                            .to_bow_m = 150,
	                            .to_stern_m = 30,
	                            .to_port_m = 14,
	                            .to_starboard_m = 14,
	                            .draught_dm = 95,
	                            .message_type = 5};
	see(world, 257123450, 352066667, 126000000, 123);
	see(world, 244670316, 353000000, 126000000, 0);
	see(world, 538004321, 353000000, 125000000, 120);
	see(world, 972123456, 352066667, 126000000, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(rcc_picture_update_static(&world->picture, &trader, (struct rcc_peer_id){RADIO}), RCC_OK);
}

static void
set_facts(struct world *world)
{
	world->counters = (struct rcc_net_counters){.received = 310, .replied = 55};
	memset(world->refusal[0].key.b, 0x11, RCC_KEY_SIZE);
	world->refusal[0].port = RCC_PORT_OPERATIONS;
	world->refusal[0].answer = RCC_ADMIT_NO;
	world->refusal[0].count = 3;
	world->refusal[0].last_at_ms = NOW_MS - 60000;
	world->refusal[1] = world->refusal[0];
	world->refusal[1].port = RCC_PORT_SHIPS;
	world->refusal[1].answer = RCC_ADMIT_GUEST;
	world->facts = (struct rcc_view_facts){.now_ms = NOW_MS,
	                                       .started_at_ms = START_MS,
	                                       .version = "0.1.0",
	                                       .centre = "MRCC TEST",
	                                       .net = &world->counters,
	                                       .refusal = world->refusal,
	                                       .refusal_count = 2,
	                                       .ships = "tcp://0.0.0.0:8406",
	                                       .operations = "tcp://0.0.0.0:8407",
	                                       .live = "",
	                                       .is_connected = is_connected};
	world->facts.head.seq = 5;
	world->facts.head.at_ms = START_MS + 60000;
}

void
world_open(struct world *world)
{
	memset(world, 0, sizeof *world);
	world->core = calloc(1, sizeof *world->core);
	world->entry = calloc(1, sizeof *world->entry);
	world->rows = calloc(1, sizeof *world->rows);
	assert_non_null(world->core);
	assert_non_null(world->entry);
	assert_non_null(world->rows);
	rcc_core_init(world->core);
	assert_int_equal(rcc_picture_open(&world->picture, 1000), RCC_OK);
	start_run(world);
	enrol_all(world);
	fill_picture(world);
	set_facts(world);
}

void
world_close(struct world *world)
{
	rcc_picture_close(&world->picture);
	free(world->core);
	free(world->entry);
	free(world->rows);
}

/* ASTRID calls; BOREAS is told. */
static void
raise_alert(struct world *world)
{
	struct rcc_command *command = world_command(world, RCC_COMMAND_ALERT, ASTRID, NOW_MS - 120000);
	command->u.alert = (struct rcc_alert){.source = RCC_SOURCE_CREW,
	                                      .class = RCC_CLASS_LIVE,
	                                      .casualty = {257123450},
	                                      .nature = RCC_NATURE_FLOODING,
	                                      .pos = {352066667, 126000000},
	                                      .pos_at_ms = NOW_MS - 121000,
	                                      .pos_radius_m = 50,
	                                      .persons = 14,
	                                      .name = "ASTRID",
	                                      .text = "engine room flooding"};
	command->scene.count = 3;
	command->scene.ship[0] = (struct rcc_scene_ship){{244670316}, {353000000, 126000000}, 0, NOW_MS - 7250};
	command->scene.ship[1] = (struct rcc_scene_ship){{257123450}, {352066667, 126000000}, 123, NOW_MS - 7250};
	command->scene.ship[2] = (struct rcc_scene_ship){{538004321}, {353000000, 125000000}, 120, NOW_MS - 7250};
	assert_true(world_step(world) > 3);
}

/* A stranger sends bytes that nobody can read. */
static void
raise_unreadable(struct world *world)
{
	struct rcc_command *command = world_command(world, RCC_COMMAND_ALERT, 0, NOW_MS - 90000);
	command->origin.role = RCC_ROLE_GUEST;
	memset(command->origin.key.b, 0x11, RCC_KEY_SIZE);
	command->origin.msg_id.b[0] = 0xee;
	command->u.alert = (struct rcc_alert){.source = RCC_SOURCE_DSC,
	                                      .class = RCC_CLASS_LIVE,
	                                      .pos = RCC_POS_NONE,
	                                      .marks = RCC_ALERT_NEEDS_READING | RCC_ALERT_CHECKSUM_WRONG};
	command->u.alert.raw_len = 4;
	memcpy(command->u.alert.raw, "$\xff\x00\n", 4);
	assert_true(world_step(world) > 0);
}

void
world_distress(struct world *world)
{
	raise_alert(world);
	const struct rcc_peer *boreas = rcc_peer_find(world->core, (struct rcc_peer_id){BOREAS});
	uint32_t number = boreas->delivery_last;
	assert_true(number > 0);
	struct rcc_command *command = world_command(world, RCC_COMMAND_SENT, 0, NOW_MS - 119996);
	command->u.sent = (struct rcc_sent){.count = 1, .row = {{{BOREAS}, number}}};
	assert_true(world_step(world) > 0);
	command = world_command(world, RCC_COMMAND_STORED, BOREAS, NOW_MS - 119600);
	command->u.stored = (struct rcc_stored){.number = number, .stored_at_ms = NOW_MS - 119650};
	assert_true(world_step(world) > 0);
	raise_unreadable(world);
	command = world_command(world, RCC_COMMAND_READ, BOREAS, NOW_MS - 86100);
	command->u.read = (struct rcc_read){.number = number, .read_at_ms = NOW_MS - 86200, .by = "2nd mate"};
	assert_true(world_step(world) > 0);
	command = world_command(world, RCC_COMMAND_ANSWER, BOREAS, NOW_MS - 56100);
	command->u.answer = (struct rcc_answer){.incident = {1},
	                                        .number = number,
	                                        .kind = RCC_ANSWER_UNABLE,
	                                        .reason = RCC_REASON_TOO_FAR,
	                                        .eta_min = 65,
	                                        .by = "Master",
	                                        .text = "bunkers low"};
	assert_true(world_step(world) > 0);
}

void
world_doubts(struct world *world)
{
	struct rcc_command *command = world_command(world, RCC_COMMAND_PLAN, BOREAS, NOW_MS - 50000);
	command->u.plan = (struct rcc_plan){.action = RCC_PLAN_FILE,
	                                    .mmsi = {244670316},
	                                    .pos = RCC_POS_NONE,
	                                    .eta_at_ms = NOW_MS + 3600000,
	                                    .interval_min = 60,
	                                    .persons = 8,
	                                    .text = "Valletta to Lampedusa"};
	assert_true(world_step(world) > 0);
	command = world_command(world, RCC_COMMAND_ENROL, 0, NOW_MS - 45000);
	command->u.enrol = (struct rcc_enrol){
	    .name = "MRCC NEXT", .role = RCC_ROLE_PEER, .key = {{0x77}}, .endpoint = "tcp://192.0.2.7:8407"};
	assert_true(world_step(world) > 0);
	command = world_command(world, RCC_COMMAND_HANDOVER, 0, NOW_MS - 44000);
	command->u.handover = (struct rcc_handover){
	    .incident = {1}, .step = RCC_HANDOVER_OFFER, .centre = "MRCC NEXT", .officer = "WATCH", .reason = "nearer"};
	assert_true(world_step(world) > 0);
	for (uint32_t i = 0; i < 5; i++) {
		command = world_command(world, RCC_COMMAND_ALERT, RADIO, NOW_MS - 40000 + i);
		command->u.alert = (struct rcc_alert){.source = RCC_SOURCE_DSC,
		                                      .class = RCC_CLASS_LIVE,
		                                      .casualty = {232000001 + i},
		                                      .pos = {352066667 + (int32_t)i, 126000000},
		                                      .pos_at_ms = NOW_MS - 41000};
		assert_true(world_step(world) > 0);
	}
}

void
world_profile(struct world *world)
{
	struct rcc_profile_order *order = &world_command(world, RCC_COMMAND_PROFILE, BOREAS, NOW_MS - 1000)->u.profile;
	order->checked_at_ms = NOW_MS - 86400000;
	memcpy(order->missing, "oxygen", sizeof "oxygen");
	memcpy(order->company, "NORTH LINE", sizeof "NORTH LINE");
	memcpy(order->company_contact, "fleet desk", sizeof "fleet desk");
	memcpy(order->policy, "policy 4", sizeof "policy 4");
	static const char *const values[] = {"max-speed=14.5",      "freeboard=0.9",  "rescue-boats=1", "boat-sea=4",
	                                     "places-sheltered=10", "doctors=0",      "paramedics=1",   "fuel-hours=40",
	                                     "interpreters=2",      "female-staff=1", "crane=no",       "water=20"};
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		assert_int_equal(rcc_profile_add(order, values[i]), RCC_OK);
	assert_int_equal(world_step(world), 1);
	struct rcc_note *note = &world_command(world, RCC_COMMAND_NOTE, 0, NOW_MS - 900)->u.note;
	note->incident.v = 1;
	note->kind = RCC_NOTE_SCENE;
	memcpy(note->text, "wind 5, sea 3", sizeof "wind 5, sea 3");
	assert_true(world_step(world) > 0);
}

void
world_sitrep(struct world *world, bool is_full)
{
	struct rcc_sitrep *sitrep = &world_command(world, RCC_COMMAND_SITREP, WATCH, NOW_MS)->u.sitrep;
	*sitrep = (struct rcc_sitrep){.incident = {1}, .is_full = is_full, .to = "MRCC MALTA"};
	assert_true(world_step(world) > 0);
}

void
world_circular(struct world *world)
{
	struct rcc_circular *circular = &world_command(world, RCC_COMMAND_CIRCULAR, WATCH, NOW_MS)->u.circular;
	*circular = (struct rcc_circular){.kind = RCC_BROADCAST_CONDUCT_CARD, .text = "treat all with humanity"};
	assert_true(world_step(world) > 0);
	uint32_t number = world->core->peer[BOREAS - 1].delivery_last;
	world_command(world, RCC_COMMAND_STORED, BOREAS, NOW_MS)->u.stored.number = number;
	assert_true(world_step(world) > 0);
	struct rcc_read *read = &world_command(world, RCC_COMMAND_READ, BOREAS, NOW_MS)->u.read;
	read->number = number;
	memcpy(read->by, "Master", sizeof "Master");
	assert_true(world_step(world) > 0);
}

static void
move_persons(struct world *world, enum rcc_where from, enum rcc_where to, struct rcc_persons count)
{
	struct rcc_command *command = NULL;
	if (to == RCC_WHERE_LANDED) {
		command = world_command(world, RCC_COMMAND_PLACE, WATCH, NOW_MS - 25000);
		command->u.place = (struct rcc_place){.incident = {1},
		                                      .step = RCC_PLACE_ASKED,
		                                      .name = "PORT A",
		                                      .authority = "harbour master",
		                                      .pos = RCC_POS_NONE};
		assert_true(world_step(world) > 0);
	}
	command = world_command(world, RCC_COMMAND_PERSONS, WATCH, NOW_MS - 25000);
	command->u.persons = (struct rcc_move_persons){
	    .incident = {1}, .from = from, .to = to, .count = count, .family = RCC_FAMILY_SPLIT};
	memcpy(command->u.persons.reason, "by helicopter", sizeof "by helicopter");
	if (from == RCC_WHERE_ABOARD)
		command->u.persons.from_ship.v = 244670316;
	command->u.persons.place.v = to == RCC_WHERE_LANDED ? world->core->place_last : 0;
	assert_int_equal(world_step(world), 1);
}

void
world_persons(struct world *world)
{
	struct rcc_command *command = world_command(world, RCC_COMMAND_SURVIVORS, BOREAS, NOW_MS - 30000);
	struct rcc_survivors said = {.incident = {1},
	                             .aboard = {.men = 4,
	                                        .women = 3,
	                                        .adults = 1,
	                                        .children = 1,
	                                        .unaccompanied = 1,
	                                        .infants = 1,
	                                        .pregnant = 1,
	                                        .injured = 1,
	                                        .disabled = 1,
	                                        .families = 2},
	                             .dead = 1,
	                             .protection_stated = 1,
	                             .safe_hours = 12,
	                             .languages = 1,
	                             .next_port = "LAMPEDUSA",
	                             .text = "wet and cold"};
	command->u.survivors = said;
	assert_true(world_step(world) >=
	            2); /* and she is called off from where she was sent, if she was: they fear it */
	move_persons(world, RCC_WHERE_ABOARD, RCC_WHERE_LANDED, (struct rcc_persons){.women = 1, .pregnant = 1});
	move_persons(world, RCC_WHERE_AT_RISK, RCC_WHERE_MISSING, (struct rcc_persons){.men = 1});
	command = world_command(world, RCC_COMMAND_SURVIVORS, BOREAS, NOW_MS - 24000);
	command->u.survivors = said;
	assert_int_equal(world_step(world), 1);
	command = world_command(world, RCC_COMMAND_NEED, BOREAS, NOW_MS - 23000);
	command->u.need = (struct rcc_need){
	    .incident = {1}, .state = RCC_NEED_ASKED, .kind = RCC_NEED_WATER, .quantity = 40, .text = "drinking water"};
	assert_int_equal(world_step(world), 1);
	command = world_command(world, RCC_COMMAND_NEED, WATCH, NOW_MS - 22000);
	command->u.need =
	    (struct rcc_need){.incident = {1}, .need = {1}, .state = RCC_NEED_PROMISED, .text = "by ASTRID"};
	assert_int_equal(world_step(world), 1);
}

/* A step at a place by this peer, to be filled and stepped. */
static struct rcc_place *
place_step(struct world *world, uint32_t peer, enum rcc_place_step step, const char *name, const char *text)
{
	struct rcc_command *command = world_command(world, RCC_COMMAND_PLACE, peer, NOW_MS - 30000);
	struct rcc_place *place = &command->u.place;
	place->incident.v = 1;
	place->step = step;
	place->pos = RCC_POS_NONE;
	snprintf(place->name, sizeof place->name, "%s", name);
	snprintf(place->text, sizeof place->text, "%s", text);
	return place;
}

static void
assign_place(struct world *world, const struct rcc_peer *officer, const char *name, bool is_override)
{
	struct rcc_place *place = place_step(world, WATCH, RCC_PLACE_ASSIGNED, name, "no other port in range");
	world->entry->cause.origin.peer = officer->id;
	world->entry->cause.origin.key = officer->key;
	place->ship.v = 244670316;
	place->is_override = is_override;
	place->extra_nm = is_override ? 0 : 40;
	place->extra_h = is_override ? 0 : 4;
	assert_true(world_step(world) >= 1);
	assert_int_equal(world->entry->event[0].kind, RCC_EVENT_PLACE_STEPPED);
}

static const struct rcc_peer *
second_officer(struct world *world)
{
	struct rcc_enrol *enrol = &world_command(world, RCC_COMMAND_ENROL, 0, NOW_MS - 30000)->u.enrol;
	enrol->role = RCC_ROLE_OFFICER;
	snprintf(enrol->name, sizeof enrol->name, "WATCH 2");
	memset(enrol->key.b, 0x77, RCC_KEY_SIZE);
	assert_int_equal(world_step(world), 1);
	return rcc_peer_find_name(world->core, "WATCH 2");
}

void
world_places(struct world *world)
{
	struct rcc_place *place = place_step(world, WATCH, RCC_PLACE_REFUSED, "PORT A", "no berth");
	snprintf(place->authority, sizeof place->authority, "HARBOUR MASTER A");
	place->pos = (struct rcc_pos){353000000, 126000000};
	assert_int_equal(world_step(world), 1);
	place = place_step(world, WATCH, RCC_PLACE_CHECKED, "PORT B", "people are detained there");
	place->checks = RCC_CHECK_RESCUE_ENDS;
	place->is_unsafe = 1;
	assert_int_equal(world_step(world), 1);
	(void)place_step(world, BOREAS, RCC_PLACE_FEARED, "PORT B", "for their lives");
	assert_int_equal(world_step(world), 1);
	(void)place_step(world, WATCH, RCC_PLACE_REVIEWED, "PORT B", "it is so");
	assert_int_equal(world_step(world), 1);
	(void)place_step(world, BOREAS, RCC_PLACE_PREFERRED, "PORT B", "");
	assert_int_equal(world_step(world), 1);
	(void)place_step(world, BOREAS, RCC_PLACE_OBJECTED, "PORT B", "not there");
	assert_int_equal(world_step(world), 1);
	const struct rcc_peer *first = rcc_peer_find(world->core, (struct rcc_peer_id){WATCH});
	assign_place(world, first, "PORT B", true);
	assign_place(world, second_officer(world), "PORT B", true);
	place = place_step(world, WATCH, RCC_PLACE_CHECKED, "PORT C", "");
	place->checks = RCC_CHECKS_ALL;
	assert_int_equal(world_step(world), 1);
	assign_place(world, first, "PORT C", false);
	assign_place(world, first, "PORT B", true);
	place = place_step(world, WATCH, RCC_PLACE_REACHED, "PORT D", "she went in by herself");
	place->ship.v = 257123450;
	assert_int_equal(world_step(world), 1);
}

enum rcc_status
world_view(struct world *world, enum rcc_view_kind what, uint32_t id)
{
	const struct rcc_view view = {.what = what,
	                              .id = id,
	                              .near = RCC_POS_NONE,
	                              .form = what == RCC_VIEW_TEXT ? RCC_FORM_VOICE : (enum rcc_form)0};
	return rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows);
}

/*
 * render_case.c - plays one small case on a fake clock and prints it in one form at one stage; the golden files beside it and
 * readers of others check what it prints. The case holds what a form may stumble over: markup, quotes, letters with marks,
 * several places.
 *
 * usage: render_case STAGE FORM
 *   STAGE: notice, relay, update, places, cancel, draft, exercise
 *   FORM:  the words of rccctl render --as
 */
#include <stdio.h>
#include <string.h>

#include "core/report.h"
#include "order.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "render/render.h"

static struct watch watch;
static struct rcc_bulletin bulletin;
static char text[RCC_RENDER_SIZE];
static uint32_t feed;

#define CRAFT 247999000

static void
see_ships(void)
{
	watch_see(&watch, 200000001, (struct rcc_pos){352500000, 125000000}, 120);
	watch_see(&watch, 200000002, (struct rcc_pos){360000000, 130000000}, 0);
}

static void
say(enum rcc_source source, struct rcc_pos pos, const char *words)
{
	struct rcc_alert *alert = &watch_command(&watch, RCC_COMMAND_ALERT, feed)->u.alert;

	*alert = watch_alert(source, CRAFT);
	alert->pos = pos;
	alert->pos_at_ms = watch.now_ms - 2 * RCC_MS_PER_MIN;
	alert->pos_radius_m = 3000;
	alert->nature = source == RCC_SOURCE_AIS_STATUS ? RCC_NATURE_NOT_STATED : RCC_NATURE_FLOODING;
	watch_text(alert->name, sizeof alert->name, "Sant'Àgata & <Figli>");
	watch_text(alert->callsign, sizeof alert->callsign, "IABC7");
	watch_text(alert->text, sizeof alert->text, words);
	see_ships();
	watch_step(&watch);
}

static void
notice(void)
{
	struct rcc_relay *relay = &watch_command(&watch, RCC_COMMAND_RELAY, 0)->u.relay;

	relay->incident.v = 1;
	relay->action = RCC_RELAY_NOTICE;
	relay->expires_at_ms = watch.now_ms + 3 * RCC_MS_PER_HOUR;
	watch_text(relay->reason, sizeof relay->reason, "white yacht, blue \"lateen\" sail; left Lampedusa at 18:00");
	see_ships();
	watch_step(&watch);
}

static void
classify(struct rcc_pos pos, uint32_t persons)
{
	struct rcc_classify *order = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;

	order->incident.v = 1;
	order->pos = pos;
	order->persons = persons;
	watch_text(order->reason, sizeof order->reason, "the marina called");
	see_ships();
	watch_step(&watch);
}

/* A beacon's first pass, and a position that contradicts it: it may be at each of them. */
static void
places(void)
{
	struct rcc_alert *alert = &watch_command(&watch, RCC_COMMAND_ALERT, feed)->u.alert;

	*alert = watch_alert(RCC_SOURCE_BEACON406, CRAFT);
	alert->pos = (struct rcc_pos){350000000, 120000000};
	alert->pos_radius_m = 5000;
	watch_text(alert->beacon, sizeof alert->beacon, "1EEFFFFFFFFBFE1");
	alert->candidate_count = 3;
	alert->candidate[0] = (struct rcc_candidate){{350000000, 120000000}, 60};
	alert->candidate[1] = (struct rcc_candidate){{360000000, 140000000}, 30};
	alert->candidate[2] = (struct rcc_candidate){{345000000, 145000000}, 10};
	see_ships();
	watch_step(&watch);
}

static void
note(enum rcc_note_kind kind, const char *words)
{
	struct rcc_note *body = &watch_command(&watch, RCC_COMMAND_NOTE, 0)->u.note;

	body->incident.v = 1;
	body->kind = kind;
	watch_text(body->text, sizeof body->text, words);
	watch_step(&watch);
}

static void
work(void)
{
	struct rcc_comms *comms;
	struct rcc_smc *smc;

	note(RCC_NOTE_SCENE, "wind NW 6, sea 3 m, visibility good");
	note(RCC_NOTE_ACTION, "called on VHF 16, no answer");
	note(RCC_NOTE_ACTION, "patrol boat CP 312 left Lampedusa");
	note(RCC_NOTE_PLAN, "expanding square from the last position, first leg 270");
	smc = &watch_command(&watch, RCC_COMMAND_SMC, 0)->u.smc;
	smc->incident.v = 1;
	watch_text(smc->officer, sizeof smc->officer, "Lt Rossi");
	watch_step(&watch);
	comms = &watch_command(&watch, RCC_COMMAND_COMMS, 0)->u.comms;
	comms->incident.v = 1;
	watch_text(comms->control, sizeof comms->control, "VHF 67");
	watch_text(comms->on_scene, sizeof comms->on_scene, "VHF 06");
	watch_step(&watch);
	struct rcc_answer *answer = &watch_command(&watch, RCC_COMMAND_ANSWER, 1)->u.answer;
	answer->incident.v = 1;
	answer->number = 1;
	answer->kind = RCC_ANSWER_PROCEEDING;
	answer->eta_min = 95;
	watch_text(answer->by, sizeof answer->by, "master");
	watch_step(&watch);
}

static bool
play(const char *stage)
{
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	bool is_notice = strcmp(stage, "notice") == 0;
	say(is_notice || strcmp(stage, "draft") == 0 ? RCC_SOURCE_AIS_STATUS : RCC_SOURCE_DSC,
	    (struct rcc_pos){352066667, 126008333}, "taking water aft; pumps fail");
	watch.now_ms += RCC_MS_PER_MIN;
	if (strcmp(stage, "draft") == 0)
		return true;
	if (is_notice) {
		notice();
		return true;
	}
	watch_command(&watch, RCC_COMMAND_RELAY, 0)->u.relay =
	    (struct rcc_relay){.incident = {1}, .action = RCC_RELAY_RELEASE};
	see_ships();
	watch_step(&watch);
	watch_stored(&watch, 1, 1);
	if (strcmp(stage, "relay") == 0)
		return true;
	work();
	watch.now_ms += RCC_MS_PER_MIN;
	if (strcmp(stage, "places") == 0) {
		places();
		return true;
	}
	classify((struct rcc_pos){352500000, 126500000}, 14);
	if (strcmp(stage, "update") == 0)
		return true;
	watch.now_ms += RCC_MS_PER_MIN;
	watch_cancel(&watch, 1, "all 14 aboard CP 312");
	return strcmp(stage, "cancel") == 0;
}

static enum rcc_status
write_report(const struct rcc_incident *incident, enum rcc_form form)
{
	struct rcc_sitrep order = {.incident = incident->id, .is_full = form == RCC_FORM_SITREP_FULL};

	if (form == RCC_FORM_SEARCH_ACTION)
		rcc_report_search_action(&watch.core, incident, watch.now_ms, text, sizeof text);
	else if (form == RCC_FORM_AFTER_ACTION)
		rcc_report_after_action(&watch.core, incident, watch.now_ms, text, sizeof text);
	else
		rcc_report_sitrep(&watch.core, incident, &order, 1, watch.now_ms, text, sizeof text);
	return RCC_OK;
}

static enum rcc_status
write_form(enum rcc_form form)
{
	const struct rcc_incident *incident = order_incident(&watch, 1);
	enum rcc_status status = rcc_bulletin_fill(&watch.core, incident, watch.now_ms, &bulletin);

	if (status != RCC_OK)
		return status;
	for (uint32_t i = 0; i < bulletin.ship_count && bulletin.ship[i].mmsi.v == 200000001; i++) {
		bulletin.ship[i].pos = (struct rcc_pos){352500000, 125000000};
		bulletin.ship[i].pos_at_ms = watch.now_ms;
	}
	if (form == RCC_FORM_VOICE)
		return rcc_render_voice(&bulletin, text, sizeof text);
	if (form == RCC_FORM_NAVTEX)
		return rcc_render_navtex(&bulletin, 'M', text, sizeof text);
	if (form == RCC_FORM_CAP)
		return rcc_render_cap(&bulletin, text, sizeof text);
	if (form == RCC_FORM_COT)
		return rcc_render_cot(&bulletin, text, sizeof text);
	if (form == RCC_FORM_GEOJSON)
		return rcc_render_geojson(&bulletin, text, sizeof text);
	return write_report(incident, form);
}

int
main(int argc, char **argv)
{
	enum rcc_form form;

	if (argc != 3 || rcc_form_parse(argv[2], &form) != RCC_OK || !play(argv[1])) {
		fprintf(stderr, "usage: render_case STAGE FORM\n");
		return 2;
	}
	enum rcc_status status = write_form(form);
	if (status != RCC_OK) {
		fprintf(stderr, "render_case: %s\n", rcc_status_text(status));
		return 1;
	}
	fputs(text, stdout);
	return 0;
}

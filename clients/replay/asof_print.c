/* asof_print.c - one second of the centre for a person: its cases with what is owed, told and to be called, then the ships. */
#include <stdio.h>

#include "core/duty.h"
#include "core/geo.h"
#include "core/persons.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "replay/asof.h"
#include "replay/report.h"

/* Ships that are not registered are shown this near to an open case. */
#define NEAR_M (50 * RCC_M_PER_NM)

static void
print_age(int64_t age_ms)
{
	if (age_ms < RCC_MS_PER_MIN)
		printf(_("%lld s"), (long long)(age_ms / RCC_MS_PER_S));
	else
		printf(_("%lld min"), (long long)(age_ms / RCC_MS_PER_MIN));
}

static void
print_ship(const struct rcc_asof *asof, struct rcc_mmsi ship)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(&asof->core, ship);
	const struct rcc_vessel *vessel = rcc_picture_find(&asof->picture, ship);
	char mmsi[RCC_MMSI_TEXT_SIZE];

	printf("%s", rcc_mmsi_format(mmsi, ship));
	if (peer != NULL)
		printf(" %s", peer->name);
	else if (vessel != NULL && vessel->name[0] != '\0')
		printf(" %s", vessel->name);
}

/* ---- a case ---- */

/* Everybody stands somewhere: the parts make the whole. */
static void
print_persons(const struct rcc_asof *asof, const struct rcc_incident *incident, uint32_t persons)
{
	printf(_("  persons %u: at risk %u, aboard %u, landed %u, missing %u"), persons,
	       rcc_persons_at_risk(&asof->core, incident->id), rcc_persons_aboard_total(&asof->core, incident->id),
	       rcc_persons_count_at(&asof->core, incident->id, RCC_WHERE_LANDED),
	       rcc_persons_missing(&asof->core, incident->id));
	for (int where = RCC_WHERE_DEAD; where <= RCC_WHERE_LAST; where++) {
		uint32_t count = rcc_persons_count_at(&asof->core, incident->id, (enum rcc_where)where);
		if (count > 0 && where != RCC_WHERE_NEVER)
			printf(", %s %u", rcc_say_where((enum rcc_where)where), count);
	}
	putchar('\n');
}

static void
print_case(const struct rcc_asof *asof, const struct rcc_incident *incident)
{
	char pos[RCC_POS_TEXT_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	uint32_t persons = rcc_persons_total(&asof->core, incident->id);

	printf("\n%04u-%04u %s, %s", incident->year, incident->number, rcc_say_status(incident->status),
	       rcc_say_phase(incident->phase));
	if (incident->class != RCC_CLASS_LIVE)
		printf(", %s", rcc_say_class(incident->class));
	printf(": %s", rcc_say_nature(incident->nature));
	if (incident->casualty.v != 0)
		printf(", %s", rcc_mmsi_format(mmsi, incident->casualty));
	if (incident->name[0] != '\0')
		printf(" %s", incident->name);
	printf(_(", opened %s\n"), rcc_time_format(time, incident->opened_at_ms));
	if (rcc_pos_is_known(incident->pos) && incident->pos_at_ms == 0)
		printf(_("  position %s\n"), rcc_pos_format(pos, incident->pos));
	else if (rcc_pos_is_known(incident->pos))
		printf(_("  position %s, of %s\n"), rcc_pos_format(pos, incident->pos),
		       rcc_time_format(time, incident->pos_at_ms));
	else
		puts(_("  position not known"));
	if (persons > 0)
		print_persons(asof, incident, persons);
}

static void
print_duty(const struct rcc_asof *asof, const struct rcc_duty *duty)
{
	const struct rcc_duty_rule_row *rule = rcc_duty_rule_find(duty->rule);
	char time[RCC_TIME_TEXT_SIZE];

	printf("  %s, ", rcc_say_duty_state(duty->state));
	if (duty->ship.v != 0)
		print_ship(asof, duty->ship);
	else
		fputs(_("the centre"), stdout);
	printf(": %s (%s)", rule == NULL ? "" : gettext(rule->what), rule == NULL ? "" : rcc_say_law(rule->law));
	if (duty->due_at_ms != 0 && rcc_duty_is_open(duty))
		printf(_(", until %s"), rcc_time_format(time, duty->due_at_ms));
	putchar('\n');
}

/* What is owed in full; what is settled as a number. */
static void
print_duties(const struct rcc_asof *asof, const struct rcc_incident *incident)
{
	uint32_t total = 0, settled = 0;

	for (const struct rcc_duty *duty = rcc_duty_at(&asof->core, incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(&asof->core, duty->previous)) {
		total++;
		settled += !rcc_duty_is_open(duty);
	}
	printf(_(" duties: %u, of which %u settled\n"), total, settled);
	for (const struct rcc_duty *duty = rcc_duty_at(&asof->core, incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(&asof->core, duty->previous)) {
		if (rcc_duty_is_open(duty))
			print_duty(asof, duty);
	}
}

static void
print_delivery(const struct rcc_asof *asof, const struct rcc_delivery *row)
{
	const struct rcc_peer *peer = rcc_peer_find(&asof->core, row->peer);

	printf("  %s, ", rcc_say_delivery(row->state));
	if (peer != NULL)
		print_ship(asof, peer->mmsi);
	if (row->is_called_on)
		fputs(_(", called on"), stdout);
	if (row->stored_at_ms != 0) {
		fputs(_(", on her disk after "), stdout);
		print_age(row->stored_at_ms - row->queued_at_ms);
	}
	/* To this very message: what she said to another one stands there. */
	if (row->answered_with != 0)
		printf(_(", answered %s"), rcc_say_answer(row->answered_with));
	putchar('\n');
}

static void
print_broadcasts(const struct rcc_asof *asof, uint32_t newest)
{
	char time[RCC_TIME_TEXT_SIZE];

	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(&asof->core, newest); broadcast != NULL;
	     broadcast = rcc_broadcast_at(&asof->core, broadcast->previous)) {
		printf(ngettext(" told %s, %s: %u ship, %u has not stored it\n",
		                " told %s, %s: %u ships, %u have not stored it\n", broadcast->recipients),
		       rcc_time_format(time, broadcast->issued_at_ms), rcc_say_broadcast(broadcast->kind),
		       broadcast->recipients, broadcast->unstored);
		for (const struct rcc_delivery *row = rcc_delivery_at(&asof->core, broadcast->newest_delivery);
		     row != NULL; row = rcc_delivery_at(&asof->core, row->of_broadcast))
			print_delivery(asof, row);
	}
}

static void
print_calls(const struct rcc_asof *asof, const struct rcc_incident *incident)
{
	char time[RCC_TIME_TEXT_SIZE];

	for (size_t i = 0; i < asof->calls_count; i++) {
		const struct rcc_call_listed *list = &asof->calls[i].list;
		const struct rcc_broadcast *broadcast = rcc_broadcast_find(&asof->core, list->broadcast);
		if (broadcast == NULL || broadcast->incident.v != incident->id.v)
			continue;
		printf(_(" to be called one by one, as listed %s: %u ships\n"),
		       rcc_time_format(time, asof->calls[i].at_ms), list->count);
		for (uint32_t row = 0; row < list->count; row++) {
			fputs("  ", stdout);
			print_ship(asof, list->row[row].mmsi);
			printf(_(", %.1f nm"), (double)list->row[row].range_m / RCC_M_PER_NM);
			if (list->row[row].eta_min != RCC_ETA_UNKNOWN_MIN)
				printf(_(", there in %u min"), list->row[row].eta_min);
			putchar('\n');
		}
	}
}

static void
print_cases(const struct rcc_asof *asof)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < asof->core.incident_top; i++) {
		const struct rcc_incident *incident = &asof->core.incident[i];
		if (incident->id.v == 0)
			continue;
		count++;
		print_case(asof, incident);
		/* Of what was over by then the timeline tells. */
		if (incident->status == RCC_INCIDENT_CLOSED)
			continue;
		print_duties(asof, incident);
		print_broadcasts(asof, incident->newest_broadcast);
		print_broadcasts(asof, incident->newest_directed);
		print_calls(asof, incident);
	}
	if (count == 0)
		puts(_("\nno case was in memory"));
}

/* What was known and stood in no case yet: it waited for a person, or was kept for one to see. */
static void
print_waiting(const struct rcc_asof *asof)
{
	char time[RCC_TIME_TEXT_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	bool is_first = true;

	for (uint32_t i = 0; i < asof->core.alert_top; i++) {
		const struct rcc_alert_state *row = &asof->core.alert[i];
		if (row->id.v == 0 || (row->lane != RCC_LANE_QUARANTINE && row->lane != RCC_LANE_NEEDS_READING))
			continue;
		if (is_first)
			puts(_("\nalerts that waited for a person"));
		is_first = false;
		printf((row->body.marks & RCC_ALERT_SELF_CANCEL) != 0
		           ? _("  %u %s, by %s, of %s: THE SENDER WITHDRAWS IT; %s at %s\n")
		           : _("  %u %s, by %s, of %s: %s at %s\n"),
		       row->id.v, rcc_lane_word(row->lane), rcc_source_word(row->body.source),
		       rcc_time_format(time, row->recorded_at_ms), rcc_nature_word(row->body.nature),
		       rcc_pos_format(pos, row->body.pos));
	}
}

/* ---- the ships ---- */

static bool
is_near_a_case(const struct rcc_asof *asof, const struct rcc_vessel *vessel)
{
	for (uint32_t i = 0; i < asof->core.incident_top; i++) {
		const struct rcc_incident *incident = &asof->core.incident[i];
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED || !rcc_pos_is_known(incident->pos))
			continue;
		uint32_t range_m = rcc_geo_range_m(vessel->pos, incident->pos);
		if (range_m != RCC_RANGE_UNKNOWN_M && range_m <= NEAR_M)
			return true;
	}
	return false;
}

static void
print_vessel(const struct rcc_asof *asof, const struct rcc_vessel *vessel)
{
	char pos[RCC_POS_TEXT_SIZE];

	fputs("  ", stdout);
	print_ship(asof, vessel->mmsi);
	printf(" %s", rcc_pos_format(pos, vessel->pos));
	if (vessel->sog_dkn != RCC_SOG_UNKNOWN_DKN)
		printf(_(", %.1f kn"), (double)vessel->sog_dkn / 10);
	if (vessel->cog_ddeg != RCC_COG_UNKNOWN_DDEG)
		printf(_(" on %03.0f"), (double)vessel->cog_ddeg / 10);
	fputs(_(", heard "), stdout);
	print_age(asof->at_ms - vessel->seen_at_ms);
	puts(_(" before"));
}

static void
print_vessels(const struct rcc_asof *asof)
{
	const struct rcc_vessel *vessel;
	uint32_t cursor = 0;
	size_t shown = 0, count = rcc_picture_count(&asof->picture);

	printf(_("\nships heard within %lld h, from the tracks: %zu\n"),
	       (long long)(RCC_ASOF_HEARD_MS / RCC_MS_PER_HOUR), count);
	while ((vessel = rcc_picture_each(&asof->picture, &cursor)) != NULL) {
		if (rcc_peer_find_mmsi(&asof->core, vessel->mmsi) == NULL && !is_near_a_case(asof, vessel))
			continue;
		print_vessel(asof, vessel);
		shown++;
	}
	if (shown < count)
		printf(_("  and %zu that are neither registered nor within 50 nm of an open case (--json has them)\n"),
		       count - shown);
	if (asof->lost > 0)
		printf(_("  %u found no room and are not counted\n"), asof->lost);
}

static bool
has_purged_tracks(const struct rcc_asof *asof)
{
	bool has = false;

	for (size_t i = 0; i < asof->erasure.act_count; i++) {
		const struct rcc_event *event = &asof->erasure.act[i].event;
		has = has || (event->kind == RCC_EVENT_RETENTION_CHANGED &&
		              event->u.retention_changed.body.step == RCC_RETENTION_PURGE &&
		              event->u.retention_changed.body.what == RCC_KEPT_TRACKS);
	}
	return has;
}

/* Why there may be fewer ships than there were. */
static void
print_gone(const struct rcc_asof *asof)
{
	char first[RCC_TIME_TEXT_SIZE];

	if (!asof->erasure.has_tracks)
		puts(_("  no tracks lie beside the journal: where ships were is not known"));
	else if (asof->erasure.tracks.positions == 0 && has_purged_tracks(asof))
		puts(_("  the tracks are deleted: the file holds none any more"));
	else if (asof->erasure.tracks.positions == 0)
		puts(_("  the file of tracks holds none: none was kept, or somebody deleted them and no entry tells of "
		       "it"));
	else if (asof->erasure.tracks.first_at_ms > asof->at_ms)
		printf(_("  tracks of that time are not there: none was kept, or they were deleted; the oldest is of "
		         "%s\n"),
		       rcc_time_format(first, asof->erasure.tracks.first_at_ms));
	else if (asof->erasure.tracks.first_at_ms > asof->at_ms - RCC_ASOF_HEARD_MS)
		printf(_("  the tracks begin at %s: who was heard before that alone is missing\n"),
		       rcc_time_format(first, asof->erasure.tracks.first_at_ms));
	if (asof->erasure.has_tracks)
		puts(_("  names are those that the tracks tell now; a position may be up to a minute old, as they are "
		       "thinned"));
}

void
rcc_asof_print(const struct rcc_asof *asof)
{
	char time[RCC_TIME_TEXT_SIZE];

	printf(_("as of %s, by time of arrival\n"), rcc_time_format(time, asof->at_ms));
	if (asof->last.seq == 0)
		puts(_("nothing was recorded by then"));
	else
		printf(_("the last entry was %llu, of %s\n"), (unsigned long long)asof->last.seq,
		       rcc_time_format(time, asof->last.at_ms));
	if (asof->next_at_ms != 0)
		printf(_("the next came at %s\n"), rcc_time_format(time, asof->next_at_ms));
	else if (asof->report.bad_reason[0] != '\0')
		puts(_("THE RECORD IS DAMAGED FROM HERE ON: what came later proves nothing, and is not shown"));
	else if (asof->last.seq != 0)
		puts(_("the record ends here: what came later is not in it"));
	print_cases(asof);
	print_waiting(asof);
	print_vessels(asof);
	print_gone(asof);
	putchar('\n');
	rcc_erasure_print(&asof->erasure, asof->report.first_at_ms);
}

#include "feed/print.h"

#include <stdio.h>

#include "rcc/text.h"

void
rcc_feed_print_report(const struct rcc_report *report)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	char at[RCC_TIME_TEXT_SIZE];
	printf("POSITION %s %s at=%s type=%u", rcc_mmsi_format(mmsi, report->mmsi), rcc_pos_format(pos, report->pos),
	       rcc_time_format(at, report->at_ms), report->message_type);
	if (report->sog_dkn != RCC_SOG_UNKNOWN_DKN) {
		printf(" sog=%u.%ukn", report->sog_dkn / 10, report->sog_dkn % 10);
	}
	if (report->cog_ddeg != RCC_COG_UNKNOWN_DDEG) {
		printf(" cog=%u.%u", report->cog_ddeg / 10, report->cog_ddeg % 10);
	}
	if (report->heading_deg != RCC_HEADING_UNKNOWN_DEG) {
		printf(" heading=%u", report->heading_deg);
	}
	if (report->nav_status != RCC_NAV_STATUS_UNKNOWN) {
		printf(" status=%u", report->nav_status);
	}
	(void)putchar('\n');
}

void
rcc_feed_print_static(const struct rcc_static *vessel)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	printf("STATIC %s type=%u", rcc_mmsi_format(mmsi, vessel->mmsi), vessel->message_type);
	if (vessel->callsign[0] != '\0') {
		printf(" callsign=%s", vessel->callsign);
	}
	if (vessel->imo != 0) {
		printf(" imo=%u", vessel->imo);
	}
	if (vessel->ship_type != 0) {
		printf(" ship_type=%u", vessel->ship_type);
	}
	if (vessel->to_bow_m + vessel->to_stern_m + vessel->to_port_m + vessel->to_starboard_m != 0) {
		printf(" size=%u+%ux%u+%um", vessel->to_bow_m, vessel->to_stern_m, vessel->to_port_m,
		       vessel->to_starboard_m);
	}
	if (vessel->draught_dm != 0) {
		printf(" draught=%u.%um", vessel->draught_dm / 10, vessel->draught_dm % 10);
	}
	/* Last, because a name may hold spaces. */
	if (vessel->name[0] != '\0') {
		printf(" name=%s", vessel->name);
	}
	(void)putchar('\n');
}

static void
print_alert(const struct rcc_alert *alert)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	printf("ALERT %s %s %s", rcc_mmsi_format(mmsi, alert->casualty), rcc_class_word(alert->class),
	       rcc_source_word(alert->source));
	if (alert->nature != RCC_NATURE_NOT_STATED) {
		printf(" nature=%s", rcc_nature_word(alert->nature));
	}
	printf(" pos=%s", rcc_pos_format(pos, alert->pos));
	if (alert->raw_len > 0) {
		printf(" raw=%.*s", (int)alert->raw_len, (const char *)alert->raw);
	}
	if (alert->text[0] != '\0') {
		printf(" text=%s", alert->text);
	}
	(void)putchar('\n');
}

void
rcc_feed_print_signal(const struct rcc_feed_signal *signal)
{
	if (signal->kind == RCC_BODY_ALERT) {
		print_alert(&signal->u.alert);
	} else {
		printf("RAW %s %.*s\n", signal->u.raw.source_name, (int)signal->u.raw.raw_len,
		       (const char *)signal->u.raw.raw);
	}
}

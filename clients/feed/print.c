#include "feed/print.h"

#include <stdio.h>

#include "proto/source/source.h"
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

/* Bytes of any kind on one line: line ends become blanks. */
static void
print_bytes(const char *before, const uint8_t *bytes, size_t len)
{
	printf("%s", before);
	for (size_t i = 0; i < len; i++) {
		bool is_blank = bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t';
		bool is_text = bytes[i] >= 0x20 && bytes[i] <= 0x7e;
		(void)putchar(is_blank ? ' ' : is_text ? bytes[i] : '?');
	}
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
	if (alert->beacon[0] != '\0') {
		printf(" beacon=%s", alert->beacon);
	}
	if (alert->persons != 0) {
		printf(" persons=%u", alert->persons);
	}
	if ((alert->marks & RCC_ALERT_NEEDS_READING) != 0) {
		printf(" needs-reading");
	}
	if ((alert->marks & RCC_ALERT_CHECKSUM_WRONG) != 0) {
		printf(" checksum-wrong");
	}
}

static void
print_text(const struct rcc_alert *alert)
{
	if (alert->text[0] != '\0') {
		printf(" text=%s", alert->text);
	}
}

/* As it is, and what the centre's own decoders say of it. */
static void
print_raw(const struct rcc_alert_raw *raw, int64_t at_ms)
{
	struct rcc_heard heard;
	const struct rcc_raw bytes = {.bytes = raw->raw, .len = raw->raw_len, .at_ms = at_ms};
	printf("RAW %s", raw->source_name);
	print_bytes(" ", raw->raw, raw->raw_len);
	printf(" => ");
	rcc_source_read(raw->source_name, &bytes, &heard);
	if (heard.kind == RCC_HEARD_POSITION) {
		rcc_feed_print_report(&heard.report);
		return;
	}
	if (heard.kind == RCC_HEARD_ALERT) {
		print_alert(&heard.alert);
		print_text(&heard.alert);
	} else {
		printf("ROUTINE");
	}
	(void)putchar('\n');
}

void
rcc_feed_print_signal(const struct rcc_feed_signal *signal)
{
	if (signal->kind != RCC_BODY_ALERT) {
		print_raw(&signal->u.raw, signal->at_ms);
		return;
	}
	print_alert(&signal->u.alert);
	if (signal->u.alert.raw_len > 0) {
		print_bytes(" raw=", signal->u.alert.raw, signal->u.alert.raw_len);
	}
	print_text(&signal->u.alert);
	(void)putchar('\n');
}

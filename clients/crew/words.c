#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/phrases.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Length of "2026-11-23T03:12:07". */
#define TIME_SECONDS_LEN 19
/* A verb and its operands, in the list of them. */
#define RCC_CREW_VERB_MAX 64

static int64_t
now_at_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S;
}

const char *
rcc_crew_number_words(char text[32], uint32_t persons)
{
	if (persons == 0) {
		snprintf(text, 32, "%s", _("not said"));
	} else {
		snprintf(text, 32, "%u", persons);
	}
	return text;
}

const char *
rcc_crew_time(char text[32], int64_t at_ms)
{
	if (at_ms == 0) {
		snprintf(text, 32, "%s", _("not known"));
		return text;
	}
	rcc_time_format(text, at_ms);
	if (strlen(text) > TIME_SECONDS_LEN) {
		memcpy(text + TIME_SECONDS_LEN, "Z", 2);
	}
	return text;
}

void
rcc_crew_say(const struct rcc_crew *crew, const char *format, ...)
{
	char time[32];
	va_list arguments;

	if (crew->is_session) {
		printf("%s ", rcc_crew_time(time, now_at_ms()));
	}
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

void
rcc_crew_complain(const char *format, ...)
{
	va_list arguments;

	fputs("rcc-crew: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

/* ---- a delivery in words ---- */

const char *rcc_crew_class_mark(enum rcc_class class)
{
	switch (class) {
	case RCC_CLASS_TEST:
		return _("TEST ");
	case RCC_CLASS_EXERCISE:
		return _("EXERCISE EXERCISE EXERCISE ");
	case RCC_CLASS_LIVE:
		break;
	}
	return "";
}

const char *rcc_crew_line_mark(enum rcc_class class)
{
	switch (class) {
	case RCC_CLASS_TEST:
		return _("TEST ");
	case RCC_CLASS_EXERCISE:
		return _("EXERCISE ");
	case RCC_CLASS_LIVE:
		break;
	}
	return "";
}

bool
rcc_crew_is_joined(const struct rcc_delivery_msg *delivery)
{
	return delivery->kind == RCC_BROADCAST_CANCEL &&
	       strncmp(delivery->text, RCC_PHRASE_SAME_CASE, strlen(RCC_PHRASE_SAME_CASE)) == 0;
}

const char *
rcc_crew_kind_words(const struct rcc_delivery_msg *delivery)
{
	bool is_live = delivery->class == RCC_CLASS_LIVE;

	switch (delivery->kind) {
	case RCC_BROADCAST_DISTRESS_RELAY:
		return is_live ? _("MAYDAY RELAY") : _("distress relay");
	case RCC_BROADCAST_UPDATE:
		return is_live ? _("MAYDAY RELAY, UPDATE") : _("update of a distress relay");
	case RCC_BROADCAST_CANCEL:
		return rcc_crew_is_joined(delivery) ? _("NOW PART OF ANOTHER CASE")
		                                    : _("CANCELLED, help is no longer needed");
	case RCC_BROADCAST_SUSPENDED:
		return _("SEARCH SUSPENDED until new developments");
	case RCC_BROADCAST_MISSING_NOTICE:
		return _("NOTICE OF A MISSING CRAFT");
	case RCC_BROADCAST_TASK:
		return _("TASK FOR YOUR SHIP");
	case RCC_BROADCAST_REQUISITION:
		return _("YOUR SHIP IS REQUISITIONED");
	case RCC_BROADCAST_COORDINATE:
		return _("YOU ARE ON-SCENE COORDINATOR");
	case RCC_BROADCAST_RELEASE:
		return _("YOU ARE RELEASED");
	case RCC_BROADCAST_BULLETIN:
		return _("bulletin to all ships");
	case RCC_BROADCAST_CONDUCT_CARD:
		return _("conduct card");
	}
	return "";
}

void
rcc_crew_headline(char *text, size_t size, const struct rcc_delivery_msg *delivery)
{
	char pos[RCC_POS_TEXT_SIZE];

	if (rcc_broadcast_is_circular(delivery->kind)) {
		snprintf(text, size, "%s%u: %s %u: %s", rcc_crew_class_mark(delivery->class), delivery->number,
		         rcc_crew_kind_words(delivery), delivery->revision, delivery->text);
		return;
	}
	snprintf(text, size, "%s%u: %s %04u-%04u, %s, %s%s", rcc_crew_class_mark(delivery->class), delivery->number,
	         rcc_crew_kind_words(delivery), delivery->incident_year, delivery->incident_number,
	         rcc_crew_term(rcc_nature_word(delivery->nature)),
	         delivery->candidate_count > 1 ? _("one of several places") : rcc_crew_pos_words(pos, delivery->pos),
	         delivery->doubts != 0 ? _(", position doubtful") : "");
}

/* As the centre reckoned it when it sent this; of several places, to the nearest. */
static void
show_range(const struct rcc_delivery_msg *delivery)
{
	printf(delivery->candidate_count > 1 ? _("  %sthe nearest of them from you: %.1f NM")
	                                     : _("  %sfrom you: %.1f NM"),
	       rcc_crew_line_mark(delivery->class), (double)delivery->range_m / RCC_M_PER_NM);
	if (delivery->bearing_ddeg != RCC_BEARING_UNKNOWN_DDEG) {
		printf(_(", bearing %03u degrees true"), (delivery->bearing_ddeg + 5) / 10 % 360);
	}
	if (delivery->eta_min != RCC_ETA_UNKNOWN_MIN) {
		printf(_(", about %u h %02u min"), delivery->eta_min / 60, delivery->eta_min % 60);
	}
	putchar('\n');
}

static void
show_where(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	char pos[RCC_POS_TEXT_SIZE], time[32];

	if (delivery->candidate_count > 1) {
		rcc_crew_show_places(crew, delivery);
	} else {
		printf(_("  %swhere: %s"), rcc_crew_line_mark(delivery->class), rcc_crew_pos_words(pos, delivery->pos));
		if (delivery->pos_at_ms != 0) {
			printf(_(" at %s"), rcc_crew_time(time, delivery->pos_at_ms));
		}
		if (delivery->pos_radius_m != 0) {
			printf(_(", within %.1f NM"), (double)delivery->pos_radius_m / RCC_M_PER_NM);
		}
		putchar('\n');
	}
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((delivery->doubts & mark) != 0) {
			printf(_("  %sPOSITION DOUBTFUL: %s\n"), rcc_crew_line_mark(delivery->class),
			       rcc_crew_term(rcc_mark_text(mark)));
		}
	}
	if (delivery->range_m != RCC_RANGE_UNKNOWN_M && !rcc_crew_is_ours(crew, delivery)) {
		show_range(delivery);
	}
}

static void
show_what(const struct rcc_delivery_msg *delivery)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	const char *mark = rcc_crew_line_mark(delivery->class);

	printf(_("  %swhat: %s, learned from %s"), mark, rcc_crew_term(rcc_nature_word(delivery->nature)),
	       delivery->source == RCC_SOURCE_OFFICER ? _("a report to the centre")
	                                              : rcc_crew_term(rcc_source_word(delivery->source)));
	if (delivery->persons != 0) {
		printf(ngettext(", %u person", ", %u persons", delivery->persons), delivery->persons);
	}
	char left[RCC_CREW_LEFT_SIZE];
	fputs(rcc_crew_left_words(left, delivery), stdout);
	putchar('\n');
	if (delivery->aboard != 0) {
		printf(_("  %saboard our ship, as the centre counts: %u\n"), mark, delivery->aboard);
	}
	printf(_("  %swho: %s, MMSI %s\n"), mark, delivery->name[0] != '\0' ? delivery->name : _("name unknown"),
	       rcc_mmsi_format(mmsi, delivery->casualty));
}

const char *
rcc_crew_left_words(char ret_text[RCC_CREW_LEFT_SIZE], const struct rcc_delivery_msg *delivery)
{
	ret_text[0] = '\0';
	if (delivery->persons_left == RCC_PERSONS_LEFT_UNKNOWN || delivery->persons_left >= delivery->persons) {
		return ret_text;
	}
	if (delivery->persons_left == 0) {
		/* Counts of ships are in it, and nobody may have confirmed them. */
		snprintf(ret_text, RCC_CREW_LEFT_SIZE, "%s",
		         _(", none of them still to be found as far as anybody has reported"));
	} else {
		snprintf(ret_text, RCC_CREW_LEFT_SIZE, _(", %u of them still to be found"), delivery->persons_left);
	}
	return ret_text;
}

static void
show_duty(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	const char *lines[RCC_CREW_DUTY_LINES_MAX];
	int count = rcc_crew_duty_lines(crew, delivery, lines);
	bool is_live = delivery->class == RCC_CLASS_LIVE;
	char time[32];

	for (int i = 0; i < count; i++) {
		printf("  %s%s\n", rcc_crew_line_mark(delivery->class), lines[i]);
	}
	if (is_live && delivery->kind == RCC_BROADCAST_MISSING_NOTICE && !rcc_crew_is_ours(crew, delivery)) {
		printf(_("  until %s, unless the centre says otherwise\n"),
		       rcc_crew_time(time, delivery->expires_at_ms));
	}
	if (count == RCC_CREW_DUTY_LINES_MAX) {
		printf(_("  answer %04u-%04u proceeding --eta 95min | unable --reason REASON | need-detail\n"),
		       delivery->incident_year, delivery->incident_number);
	}
}

static void
show_delivery(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	char time[32], words[RCC_CREW_WORDS_SIZE];

	if (rcc_broadcast_is_circular(delivery->kind)) {
		const char *mark = rcc_crew_line_mark(delivery->class);

		printf(_("%s%s %u: delivery %u, issued %s by %s\n"), mark, rcc_crew_kind_words(delivery),
		       delivery->revision, delivery->number, rcc_crew_time(time, delivery->issued_at_ms),
		       delivery->centre);
		printf("  %s%s\n", mark, delivery->text);
		if (delivery->expires_at_ms != 0) {
			printf(_("  %suntil %s\n"), mark, rcc_crew_time(time, delivery->expires_at_ms));
		}
		show_duty(crew, delivery);
		return;
	}
	if (delivery->class != RCC_CLASS_LIVE) {
		printf("%s\n", rcc_crew_class_mark(delivery->class));
	}
	printf(_("%s%s: incident %04u-%04u, delivery %u, revision %u, issued %s by %s\n"),
	       rcc_crew_class_mark(delivery->class), rcc_crew_kind_words(delivery), delivery->incident_year,
	       delivery->incident_number, delivery->number, delivery->revision,
	       rcc_crew_time(time, delivery->issued_at_ms), delivery->centre);
	show_what(delivery);
	show_where(crew, delivery);
	if (delivery->text[0] != '\0') {
		printf(_("  %stext: %s\n"), rcc_crew_line_mark(delivery->class),
		       rcc_crew_centre_words(words, delivery->text));
	}
	show_duty(crew, delivery);
}

void
rcc_crew_show(const struct rcc_crew *crew, const struct rcc_inbox_row *row)
{
	char time[32];

	show_delivery(crew, &row->delivery);
	const char *mark = rcc_crew_line_mark(row->delivery.class);
	printf(_("  %sstored here %s\n"), mark, rcc_crew_time(time, row->stored_at_ms));
	if (row->read_at_ms != 0) {
		printf(_("  %sread by %s %s\n"), mark, row->read_by, rcc_crew_time(time, row->read_at_ms));
	}
}

void
rcc_crew_alarm(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	char headline[RCC_CREW_LINE_MAX];

	rcc_crew_headline(headline, sizeof headline, delivery);
	/* What calls on nobody wakes nobody. */
	if (rcc_broadcast_is_circular(delivery->kind)) {
		rcc_crew_say(crew, "%s", headline);
		return;
	}
	if (isatty(STDOUT_FILENO) != 0) {
		putchar('\a');
	}
	rcc_crew_say(crew, _("%sALERT %s"), rcc_crew_class_mark(delivery->class), headline);
	show_delivery(crew, delivery);
	const char *fault = rcc_client_store_fault(crew->client);
	if (fault != NULL) {
		rcc_crew_say(crew, _("THIS COMPUTER CANNOT STORE IT (%s): write it down"), fault);
	}
}

void
rcc_crew_show_draft(const struct rcc_alert *alert, enum rcc_class class)
{
	char pos[RCC_POS_TEXT_SIZE], mmsi[RCC_MMSI_TEXT_SIZE];

	printf(_("%sDISTRESS of %s, MMSI %s: %s at %s"), rcc_crew_class_mark(class),
	       alert->name[0] != '\0' ? alert->name : _("name unknown"), rcc_mmsi_format(mmsi, alert->casualty),
	       rcc_crew_term(rcc_nature_word(alert->nature)), rcc_crew_pos_words(pos, alert->pos));
	if (alert->persons != 0) {
		printf(ngettext(", %u person", ", %u persons", alert->persons), alert->persons);
	}
	printf("%s%s\n", alert->text[0] != '\0' ? ": " : "", alert->text);
}

bool
rcc_crew_help(const char *name)
{
	if (name != NULL && rcc_options_print_verb(&rcc_crew_program, name)) {
		return true;
	}
	if (name != NULL) {
		rcc_crew_complain(_("there is no verb '%s'; `help` lists them"), name);
		return false;
	}
	for (const struct rcc_verb *verb = rcc_crew_program.verbs; verb->name != NULL; verb++) {
		char left[RCC_CREW_VERB_MAX];

		snprintf(left, sizeof left, "%s%s%s", verb->name, verb->operands[0] != '\0' ? " " : "", verb->operands);
		printf("  %-28s %s\n", left, gettext(verb->help));
	}
	printf("%s\n", _("rcc-crew --help explains the options; in distress: distress --nature fire, then SEND"));
	return true;
}

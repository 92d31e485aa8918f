#define _POSIX_C_SOURCE 200809L
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Length of "2026-11-23T03:12:07". */
#define TIME_SECONDS_LEN 19

static int64_t
now_at_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S;
}

const char *
rcc_crew_time(char text[32], int64_t at_ms)
{
	rcc_time_format(text, at_ms);
	if (at_ms != 0 && strlen(text) > TIME_SECONDS_LEN) {
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

/* Nothing that is not live may look live, even when only one of its lines is seen. */
static const char *class_mark(enum rcc_class class)
{
	switch (class) {
	case RCC_CLASS_TEST:
		return "TEST ";
	case RCC_CLASS_EXERCISE:
		return "EXERCISE EXERCISE EXERCISE ";
	case RCC_CLASS_LIVE:
		break;
	}
	return "";
}

static const char *
kind_words(const struct rcc_delivery_msg *delivery)
{
	bool is_live = delivery->class == RCC_CLASS_LIVE;

	switch (delivery->kind) {
	case RCC_BROADCAST_DISTRESS_RELAY:
		return is_live ? "MAYDAY RELAY" : _("distress relay");
	case RCC_BROADCAST_UPDATE:
		return is_live ? "MAYDAY RELAY, UPDATE" : _("update of a distress relay");
	case RCC_BROADCAST_CANCEL:
		return _("CANCELLED, help is no longer needed");
	}
	return "";
}

void
rcc_crew_headline(char *text, size_t size, const struct rcc_delivery_msg *delivery)
{
	char pos[RCC_POS_TEXT_SIZE];

	snprintf(text, size, "%s%u: %s %04u-%04u, %s, %s", class_mark(delivery->class), delivery->number,
	         kind_words(delivery), delivery->incident_year, delivery->incident_number,
	         rcc_nature_word(delivery->nature), rcc_pos_format(pos, delivery->pos));
}

static void
show_where(const struct rcc_delivery_msg *delivery)
{
	char pos[RCC_POS_TEXT_SIZE], time[32];

	printf(_("  where: %s"), rcc_pos_format(pos, delivery->pos));
	if (delivery->pos_at_ms != 0) {
		printf(_(" at %s"), rcc_crew_time(time, delivery->pos_at_ms));
	}
	if (delivery->pos_radius_m != 0) {
		printf(_(", within %.1f NM"), (double)delivery->pos_radius_m / RCC_M_PER_NM);
	}
	putchar('\n');
	if (delivery->range_m != RCC_RANGE_UNKNOWN_M) {
		printf(_("  from you: %.1f NM"), (double)delivery->range_m / RCC_M_PER_NM);
		if (delivery->bearing_ddeg != RCC_BEARING_UNKNOWN_DDEG) {
			printf(_(", bearing %03u degrees true"), (delivery->bearing_ddeg + 5) / 10 % 360);
		}
		if (delivery->eta_min != RCC_ETA_UNKNOWN_MIN) {
			printf(_(", about %u h %02u min"), delivery->eta_min / 60, delivery->eta_min % 60);
		}
		putchar('\n');
	}
}

static void
show_what(const struct rcc_delivery_msg *delivery)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	printf(_("  what: %s, learned from %s"), rcc_nature_word(delivery->nature), rcc_source_word(delivery->source));
	if (delivery->persons != 0) {
		printf(_(", %u persons"), delivery->persons);
	}
	putchar('\n');
	printf(_("  who: %s, MMSI %s\n"), delivery->name[0] != '\0' ? delivery->name : _("name unknown"),
	       rcc_mmsi_format(mmsi, delivery->casualty));
}

static void
show_duty(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	if (delivery->class != RCC_CLASS_LIVE) {
		printf("  %s\n", _("this is no live alert: nobody is in danger, and the law asks nothing"));
		return;
	}
	if (delivery->kind == RCC_BROADCAST_CANCEL) {
		printf("  %s\n",
		       _("SOLAS V/33.4: you are released; resume your voyage unless the centre tells you otherwise"));
		return;
	}
	if (delivery->casualty.v != 0 && delivery->casualty.v == crew->settings.mmsi.v) {
		printf("  %s\n", _("this is your own distress, as other ships have been told of it"));
		return;
	}
	printf("  %s\n", delivery->called_on != 0 ? _("YOU ARE CALLED ON TO RESPOND") : _("you are informed"));
	printf("  %s\n", delivery->verified != 0 ? _("verified by the centre") : _("NOT YET VERIFIED by a person"));
	printf("  %s\n", _("SOLAS V/33.1: a master able to help proceeds with all speed and tells the centre so;"));
	printf("  %s\n",
	       _("who cannot, or finds it unreasonable or unnecessary, tells the centre and logs the reason"));
	printf(_("  answer %04u-%04u proceeding --eta 95min | unable --reason REASON | need-detail\n"),
	       delivery->incident_year, delivery->incident_number);
}

static void
show_delivery(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	char time[32];

	if (delivery->class != RCC_CLASS_LIVE) {
		printf("%s\n", class_mark(delivery->class));
	}
	printf(_("%s%s: incident %04u-%04u, delivery %u, revision %u, issued %s by %s\n"), class_mark(delivery->class),
	       kind_words(delivery), delivery->incident_year, delivery->incident_number, delivery->number,
	       delivery->revision, rcc_crew_time(time, delivery->issued_at_ms), delivery->centre);
	show_what(delivery);
	show_where(delivery);
	if (delivery->text[0] != '\0') {
		printf(_("  text: %s\n"), delivery->text);
	}
	show_duty(crew, delivery);
}

void
rcc_crew_show(const struct rcc_crew *crew, const struct rcc_inbox_row *row)
{
	char time[32];

	show_delivery(crew, &row->delivery);
	printf(_("  stored here %s\n"), rcc_crew_time(time, row->stored_at_ms));
	if (row->read_at_ms != 0) {
		printf(_("  read by %s %s\n"), row->read_by, rcc_crew_time(time, row->read_at_ms));
	}
}

void
rcc_crew_alarm(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	char headline[RCC_CREW_LINE_MAX];

	if (isatty(STDOUT_FILENO) != 0) {
		putchar('\a');
	}
	rcc_crew_headline(headline, sizeof headline, delivery);
	rcc_crew_say(crew, _("%sALERT %s"), class_mark(delivery->class), headline);
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

	printf(_("%sDISTRESS of %s, MMSI %s: %s at %s"), class_mark(class),
	       alert->name[0] != '\0' ? alert->name : _("name unknown"), rcc_mmsi_format(mmsi, alert->casualty),
	       rcc_nature_word(alert->nature), rcc_pos_format(pos, alert->pos));
	if (alert->persons != 0) {
		printf(_(", %u persons"), alert->persons);
	}
	printf("%s%s\n", alert->text[0] != '\0' ? ": " : "", alert->text);
}

/* ---- happenings ---- */

static void
report_welcome(const struct rcc_crew *crew, const struct rcc_welcome *welcome)
{
	rcc_crew_say(crew, _("welcome: %s takes you for %s, on the way to you: %u"), welcome->centre,
	             rcc_role_word(welcome->role), welcome->deliveries_waiting);
	if (welcome->role == RCC_ROLE_GUEST) {
		rcc_crew_say(crew, "%s",
		             _("the centre does not know our key: only a distress will pass; have the key enrolled"));
	}
}

static void
report_suspect(const struct rcc_crew *crew, const struct rcc_envelope *message)
{
	if (message->kind == RCC_BODY_WELCOME) {
		rcc_crew_say(
		    crew, "%s",
		    _("WARNING: the centre signs with another key than before; its receipts are not taken. Ask it by "
		      "voice; if the change is genuine, type trust"));
	} else if (message->kind == RCC_BODY_CHECKPOINT) {
		rcc_crew_say(crew, "%s",
		             _("WARNING: the centre's record contradicts what it showed us before; tell an auditor"));
	} else {
		rcc_crew_say(crew, "%s",
		             _("WARNING: a receipt with a wrong signature was refused; the message goes on"));
	}
}

static void
report_beat(struct rcc_crew *crew, const struct rcc_beat *beat)
{
	bool is_degraded = beat->degraded != 0;

	if (is_degraded != crew->is_degraded) {
		crew->is_degraded = is_degraded;
		rcc_crew_say(crew, "%s",
		             is_degraded ? _("the centre cannot record anything now: use another channel too")
		                         : _("the centre records again"));
	}
}

void
rcc_crew_report(struct rcc_crew *crew, enum rcc_client_event event, const struct rcc_envelope *message)
{
	char time[32];

	switch (event) {
	case RCC_CLIENT_WELCOME:
		report_welcome(crew, &message->u.welcome);
		break;
	case RCC_CLIENT_LOST:
		rcc_crew_say(crew, _("LOST: the centre has not been heard since %s; in distress use your radio"),
		             rcc_crew_time(time, rcc_client_heard_at_ms(crew->client)));
		break;
	case RCC_CLIENT_ACCEPTED:
		rcc_crew_say(crew, _("accepted %s, entry %llu"), rcc_crew_time(time, message->u.accepted.entry.at_ms),
		             (unsigned long long)message->u.accepted.entry.seq);
		break;
	case RCC_CLIENT_REFUSED:
		rcc_crew_say(crew, _("refused (%s%s%s): %s"), rcc_refusal_word(message->u.refused.reason),
		             message->u.refused.field[0] != '\0' ? ", " : "", message->u.refused.field,
		             message->u.refused.text[0] != '\0' ? message->u.refused.text
		                                                : rcc_refusal_text(message->u.refused.reason));
		break;
	case RCC_CLIENT_NOT_CONFIRMED:
		rcc_crew_say(crew, _("NOT CONFIRMED: use another channel (%s)"), message->u.not_confirmed.text);
		break;
	case RCC_CLIENT_DELIVERY:
		rcc_crew_alarm(crew, &message->u.delivery);
		break;
	case RCC_CLIENT_BEAT:
		report_beat(crew, &message->u.beat);
		break;
	case RCC_CLIENT_SUSPECT:
		report_suspect(crew, message);
		break;
	case RCC_CLIENT_OTHER:
	case RCC_CLIENT_NOTHING:
		break;
	}
}

void
rcc_crew_status(struct rcc_crew *crew)
{
	struct rcc_client *client = crew->client;
	struct rcc_receipt receipt;
	struct rcc_key key = rcc_client_public_key(client);
	char time[32], accepted[32], key_text[RCC_KEY_TEXT_SIZE];
	int64_t heard_at_ms = rcc_client_heard_at_ms(client);
	uint32_t last = rcc_client_inbox_last(client), whole = rcc_client_inbox_whole(client);
	const char *fault = rcc_client_store_fault(client);

	printf(_("link: %s, centre last heard %s\n"), rcc_client_is_linked(client) ? _("up") : _("DOWN"),
	       heard_at_ms != 0 ? rcc_crew_time(time, heard_at_ms) : _("never since this program started"));
	printf(_("our key: %s\n"), rcc_key_format(key_text, &key));
	printf(_("outbox: %u not yet accepted\n"), rcc_client_outbox_count(client));
	if (rcc_client_last_receipt(client, &receipt) == RCC_OK) {
		printf(_("the centre has your words of %s: accepted %s, entry %llu%s\n"),
		       rcc_crew_time(time, receipt.posted_at_ms), rcc_crew_time(accepted, receipt.entry.at_ms),
		       (unsigned long long)receipt.entry.seq, receipt.is_signed ? _(", signed") : "");
	}
	printf(_("inbox: %u stored"), last);
	if (whole < last) {
		printf(_(", but some after number %u are still to come"), whole);
	}
	putchar('\n');
	if (fault != NULL) {
		printf(_("THIS COMPUTER CANNOT STORE: %s\n"), fault);
	}
}

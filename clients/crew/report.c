#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "crew/crew.h"
#include "librcc/fields.h"
#include "librcc/i18n.h"
#include "rcc/join.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define RCC_CREW_CLOCK_SIZE 160

/* ---- happenings ---- */

/* A master who relies on relays that will not come must know it at a glance. */
static const char *
unknown_key(const struct rcc_crew *crew, bool was_known)
{
	if (rcc_rekey_is_begun(crew->settings.client.key_file)) {
		return _("THE CENTRE DOES NOT KNOW OUR KEY: a change of it was cut off; end this program and finish it "
		         "with `rcc-crew "
		         "rekey`. Until then a distress reaches an officer's quarantine alone");
	}
	return was_known ? _("THE CENTRE NO LONGER KNOWS OUR KEY: you will get no relays; a distress still reaches an "
	                     "officer's quarantine; call the centre")
	                 : _("THE CENTRE DOES NOT KNOW OUR KEY: you will get no relays; a distress still reaches an "
	                     "officer's quarantine; have the key enrolled: call the centre");
}

static bool
is_known(const struct rcc_crew *crew)
{
	return crew->role != 0 && crew->role != RCC_ROLE_GUEST;
}

/* A line that says nothing new teaches a watch keeper to overlook the one that does. */
static void
report_welcome(struct rcc_crew *crew, const struct rcc_welcome *welcome)
{
	if (crew->is_welcomed && crew->role == welcome->role && strcmp(crew->centre, welcome->centre) == 0) {
		return;
	}
	crew->is_welcomed = true;
	crew->role = welcome->role;
	crew->was_known = crew->was_known || is_known(crew);
	memcpy(crew->centre, welcome->centre, sizeof crew->centre);
	if (welcome->deliveries_waiting == 0) {
		rcc_crew_say(crew, _("welcome: %s takes you for %s, nothing new waits for you"), welcome->centre,
		             rcc_crew_term(rcc_role_word(welcome->role)));
	} else {
		rcc_crew_say(crew, _("welcome: %s takes you for %s, on the way to you: %u"), welcome->centre,
		             rcc_crew_term(rcc_role_word(welcome->role)), welcome->deliveries_waiting);
	}
	if (welcome->role == RCC_ROLE_GUEST) {
		rcc_crew_say(crew, "%s", unknown_key(crew, crew->was_known));
	}
	struct rcc_key key;
	char text[RCC_KEY_TEXT_SIZE];
	if (rcc_client_has_other_key(crew->client, &key)) {
		rcc_crew_say(
		    crew,
		    _("the centre has another key, as it had announced: put server_key = \"%s\" into the settings"),
		    rcc_key_format(text, &key));
	}
}

static void
report_refused(struct rcc_crew *crew, const struct rcc_envelope *message)
{
	static const struct rcc_msg_id none;
	const struct rcc_refused *refused = &message->u.refused;
	bool is_ours = memcmp(message->reply_to.b, none.b, sizeof none.b) != 0;
	char field[RCC_FIELD_WORDS_SIZE];

	if (is_ours || refused->reason != RCC_REFUSAL_UNKNOWN_KEY) {
		rcc_crew_say(
		    crew, _("refused (%s%s%s): %s"), rcc_crew_term(rcc_refusal_word(refused->reason)),
		    refused->field[0] != '\0' ? ", " : "", rcc_field_format(field, refused->field),
		    /* The centre's own words are English: in the person's language where we know the sentence. */
		    refused->text[0] != '\0' ? rcc_crew_term(refused->text)
		                             : rcc_crew_term(rcc_refusal_text(refused->reason)));
	}
	if (refused->reason == RCC_REFUSAL_UNKNOWN_KEY && (is_known(crew) || !is_ours)) {
		rcc_crew_say(crew, "%s", unknown_key(crew, crew->was_known));
		crew->role = RCC_ROLE_GUEST;
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
		crew->is_welcomed = false;
		rcc_crew_say(crew, _("LOST: the centre has not been heard since %s; in distress use your radio"),
		             rcc_crew_time(time, rcc_client_heard_at_ms(crew->client)));
		break;
	case RCC_CLIENT_ACCEPTED:
		rcc_crew_say(crew, _("accepted %s, entry %llu"), rcc_crew_time(time, message->u.accepted.entry.at_ms),
		             (unsigned long long)message->u.accepted.entry.seq);
		break;
	case RCC_CLIENT_REFUSED:
		report_refused(crew, message);
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

/* What the link costs, as a provider counts it: reckoned, without what was lost and sent again. */
static void
print_traffic(const struct rcc_crew *crew)
{
	struct rcc_traffic traffic = rcc_client_traffic(crew->client);
	int64_t took_ms = rcc_crew_now_ms() - traffic.since_ms;
	double kb = (double)(traffic.sent_bytes + traffic.received_bytes) / 1000;

	printf(_("link cost: about %.1f kB in %lld min (%llu messages out, %llu in)"), kb,
	       (long long)(took_ms / RCC_MS_PER_MIN), (unsigned long long)traffic.sent,
	       (unsigned long long)traffic.received);
	if (crew->settings.client.budget_h != 0) {
		printf(_("; budget on watch: %u kB an hour"), crew->settings.client.budget_h / 1000);
	}
	putchar('\n');
}

const char *
rcc_crew_clock_words(const struct rcc_crew *crew)
{
	static char text[RCC_CREW_CLOCK_SIZE];
	int64_t off_ms = rcc_client_clock_off_ms(crew->client);
	long long minutes = (llabs(off_ms) + RCC_MS_PER_MIN / 2) / RCC_MS_PER_MIN;

	if (off_ms == 0) {
		return NULL;
	}
	snprintf(text, sizeof text,
	         off_ms > 0 ? _("OUR CLOCK IS %lld min AHEAD OF THE CENTRE'S: check it against GNSS")
	                    : _("OUR CLOCK IS %lld min BEHIND THE CENTRE'S: check it against GNSS"),
	         minutes);
	return text;
}

void
rcc_crew_print_status(struct rcc_crew *crew)
{
	struct rcc_client *client = crew->client;
	struct rcc_receipt receipt;
	struct rcc_key key = rcc_client_public_key(client);
	char time[32], accepted[32], key_text[RCC_KEY_TEXT_SIZE];
	int64_t heard_at_ms = rcc_client_heard_at_ms(client);
	uint32_t last = rcc_client_inbox_last(client), whole = rcc_client_inbox_whole(client);
	const char *fault = rcc_client_store_fault(client);
	const struct rcc_welcome *welcome = rcc_client_welcome(client);

	int64_t rest_ms = rcc_client_rest_ms(client);
	if (rest_ms > 0) {
		printf(_("between two calls: the next in %lld min, or when we say something\n"),
		       (long long)((rest_ms + RCC_MS_PER_MIN - 1) / RCC_MS_PER_MIN));
	}
	printf(_("link: %s, centre last heard %s\n"),
	       rcc_client_is_linked(client) ? _("up")
	       : rest_ms > 0                ? _("closed between calls")
	                                    : _("DOWN"),
	       heard_at_ms != 0 ? rcc_crew_time(time, heard_at_ms) : _("never since this program started"));
	print_traffic(crew);
	printf(_("our key: %s\n"), rcc_key_format(key_text, &key));
	if (welcome != NULL && welcome->role == RCC_ROLE_GUEST) {
		printf("%s\n", unknown_key(crew, crew->was_known));
	}
	if (crew->watch == CREW_WATCH_TAKEN) {
		printf("%s\n", _("another rcc-crew with this key is running: the centre's calls come to it"));
	}
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
	if (welcome != NULL) {
		printf(_("at the centre: %u not yet on this computer\n"), rcc_client_waiting(client));
	}
	if (rcc_crew_clock_words(crew) != NULL) {
		printf(_("%s; times typed and logged here go by it\n"), rcc_crew_clock_words(crew));
	}
	if (fault != NULL) {
		printf(_("THIS COMPUTER CANNOT STORE: %s\n"), fault);
	}
}

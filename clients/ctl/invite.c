/*
 * invite.c - an invitation: one line, or its QR code, with all that a ship or a feed needs to be known here.
 *
 * The code is made here and goes into the line alone; the centre keeps its tag. Whoever reads the line can use it once: it is given by a
 * way that you trust, as a key to a house is.
 */
#define _POSIX_C_SOURCE 200809L
#include <qrencode.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "proto/chain.h"
#include "rcc/join.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Long enough for a ship that is at sea today, too short to be found in a drawer. */
#define VALID_DEFAULT_MS (48 * RCC_MS_PER_HOUR)
/* What every reader wants to see around a code, in modules. */
#define QUIET 4
#define ASK_MAX_MS (30 * RCC_MS_PER_S)

/* ---- where she is to call ---- */

static int
take_status(void *context, const char *line)
{
	struct rcc_invitation *invitation = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *key = json_string_value(json_object_get(row, "server_key"));
	const char *ships = json_string_value(json_object_get(row, "ships"));
	bool is_good = key != NULL && ships != NULL && rcc_key_parse(key, &invitation->server_key) == RCC_OK &&
	               rcc_text_copy(invitation->endpoint, sizeof invitation->endpoint, ships, strlen(ships)) == RCC_OK;

	json_decref(row);
	return is_good ? RCC_EXIT_OK : rcc_ctl_fail(RCC_EXIT_FAILED, _("rccd did not name its key"));
}

/* An address that means "every interface" is none that a ship could call. */
static bool
is_everywhere(const char *endpoint)
{
	return strstr(endpoint, "//*") != NULL || strstr(endpoint, "//0.0.0.0") != NULL ||
	       strstr(endpoint, "//[::]") != NULL;
}

static int
set_address(const struct rcc_ctl *ctl, struct rcc_invitation *invitation)
{
	const char *address = ctl->option[RCC_CTL_OPTION_ADDRESS];
	char text[RCC_INVITATION_TEXT_SIZE];
	struct rcc_invitation read;

	if (address != NULL) {
		int len = snprintf(invitation->endpoint, sizeof invitation->endpoint, "%s%s",
		                   strncmp(address, "tcp://", 6) == 0 ? "" : "tcp://", address);
		if (len < 0 || (size_t)len >= sizeof invitation->endpoint)
			return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%.40s' is too long for an address: write HOST:PORT"),
			                    address);
	} else if (is_everywhere(invitation->endpoint)) {
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("this centre listens on every address (%s): say by which the ships reach it, --address "
		      "HOST:PORT"),
		    invitation->endpoint);
	}
	/* What we print is read here first. */
	return rcc_invitation_parse(rcc_invitation_format(text, invitation), &read) == RCC_OK
	           ? RCC_EXIT_OK
	           : rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is no address that a ship can call: write HOST:PORT"),
	                          invitation->endpoint);
}

/* ---- what is printed ---- */

static bool
is_dark(const QRcode *code, int x, int y)
{
	return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/* Two rows of modules a line, light on the terminal's dark ground: readers want dark on light, so what is light is drawn. */
static void
print_qr(FILE *out, const char *text)
{
	/* Without regard to case: capitals and digits take half the room. */
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 0);

	if (code == NULL)
		return;
	for (int y = -QUIET; y < code->width + QUIET; y += 2) {
		for (int x = -QUIET; x < code->width + QUIET; x++) {
			bool top = !is_dark(code, x, y), bottom = !is_dark(code, x, y + 1);
			fputs(top && bottom ? "█" : top ? "▀" : bottom ? "▄" : " ", out);
		}
		fputc('\n', out);
	}
	QRcode_free(code);
}

static void
print_invitation(const struct rcc_ctl *ctl, const struct rcc_invite *invite, const char *line)
{
	char expires[RCC_TIME_TEXT_SIZE];

	rcc_time_format(expires, invite->expires_at_ms);
	if (ctl->is_json) {
		json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s}", "class", "INVITATION", "name", invite->name,
		                        "role", rcc_role_word(invite->role), "line", line, "expires", expires);
		json_dumpf(row, ctl->out, JSON_COMPACT);
		fputc('\n', ctl->out);
		json_decref(row);
		return;
	}
	fprintf(ctl->out, "%s\n", line);
	if (isatty(STDOUT_FILENO))
		print_qr(ctl->out, line);
	fprintf(
	    stderr,
	    _("once, until %s: %s join 'LINE'; whoever has the line can use it, so give it by a way that you trust\n"),
	    expires, invite->role == RCC_ROLE_VESSEL ? "rcc-crew" : "rcc-feed");
}

/* ---- the verb ---- */

static int
set_invite(const struct rcc_ctl *ctl, struct rcc_invite *invite)
{
	struct rcc_enrol enrol = {.name = ""};
	int exit_code = rcc_ctl_set_enrol(ctl, &enrol);

	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (enrol.role != RCC_ROLE_VESSEL && enrol.role != RCC_ROLE_FEED)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("ships and feeds are invited; everybody else is enrolled by key"));
	invite->role = enrol.role;
	invite->mmsi = enrol.mmsi;
	invite->owner = enrol.owner;
	memcpy(invite->name, enrol.name, sizeof invite->name);
	const char *expires = ctl->option[RCC_CTL_OPTION_EXPIRES];
	int64_t now_ms = rcc_ctl_now_ms();
	invite->expires_at_ms = now_ms + VALID_DEFAULT_MS;
	if (expires != NULL &&
	    (!rcc_ctl_when_ahead_parse(expires, now_ms, &invite->expires_at_ms) || invite->expires_at_ms <= now_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--expires '%s': write +6h, +90min, or 2026-11-23T14:00:00Z; to come"), expires);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_rekey(struct rcc_ctl *ctl)
{
	struct rcc_client_config config;
	int exit_code = rcc_ctl_target(ctl, &config);

	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (config.link == RCC_LINK_CONTROL)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("the local socket knows no key; say whose key it is: -e HOST:PORT --server-key KEY "
		      "--key-file FILE"));
	return rcc_rekey_run("rccctl", &config, ASK_MAX_MS);
}

/* `--lift`: nobody may use it any more. The rules want a whole body, and look at the name alone. */
static int
lift(struct rcc_ctl *ctl, struct rcc_invite *invite)
{
	invite->role = RCC_ROLE_FEED;
	memset(&invite->tag, 0xff, sizeof invite->tag);
	ctl->message->kind = RCC_BODY_INVITE;
	ctl->message->u.invite = *invite;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_invite(struct rcc_ctl *ctl)
{
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	struct rcc_invitation invitation = {.endpoint = ""};
	struct rcc_invite invite = {.name = ""};
	char line[RCC_INVITATION_TEXT_SIZE];
	int exit_code = rcc_ctl_set_name(invite.name, ctl->operand[0]);

	if (exit_code == RCC_EXIT_OK && ctl->option[RCC_CTL_OPTION_LIFT] != NULL)
		return lift(ctl, &invite);
	char name[sizeof invite.name];
	memcpy(name, invite.name, sizeof name);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_invite(ctl, &invite);
	memcpy(invite.name, name, sizeof name);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, take_status, NULL, &invitation);
	invitation.mmsi = invite.mmsi;
	randombytes_buf(invitation.code.b, sizeof invitation.code.b);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_address(ctl, &invitation);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	invite.tag = rcc_invite_tag_of(&invitation.code, invitation.mmsi);
	ctl->message->kind = RCC_BODY_INVITE;
	ctl->message->u.invite = invite;
	exit_code = rcc_ctl_act_quietly(ctl);
	if (exit_code == RCC_EXIT_OK)
		print_invitation(ctl, &invite, rcc_invitation_format(line, &invitation));
	sodium_memzero(&invitation.code, sizeof invitation.code);
	return exit_code;
}

#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

int
rcc_ctl_verb_relay(struct rcc_ctl *ctl)
{
	bool is_hold = ctl->option[RCC_CTL_OPTION_HOLD] != NULL;
	struct rcc_relay relay = {.action = is_hold ? RCC_RELAY_HOLD : RCC_RELAY_RELEASE};
	int exit_code = RCC_EXIT_OK;
	if (is_hold || ctl->option[RCC_CTL_OPTION_REASON] != NULL)
		exit_code = rcc_ctl_reason(ctl, relay.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &relay.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_RELAY;
	ctl->message->u.relay = relay;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_cancel(struct rcc_ctl *ctl)
{
	struct rcc_cancel cancel = {.is_theirs_over = ctl->option[RCC_CTL_OPTION_THEIRS_OVER] != NULL};
	int exit_code = rcc_ctl_reason(ctl, cancel.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &cancel.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_CANCEL;
	ctl->message->u.cancel = cancel;
	return rcc_ctl_act(ctl);
}

/* All that stands in the way, at once: who is sent away three times closes nothing. */
static void
show_obstacles(struct rcc_ctl *ctl, struct rcc_incident_id incident)
{
	const struct rcc_view view = {.what = RCC_VIEW_CLOSING, .id = incident.v, .near = RCC_POS_NONE};
	ctl->is_quiet = true;
	(void)rcc_ctl_show(ctl, &view, NULL, NULL);
	ctl->is_quiet = false;
}

int
rcc_ctl_verb_close(struct rcc_ctl *ctl)
{
	struct rcc_close close = {.reason = ""};
	const char *word = ctl->option[RCC_CTL_OPTION_OUTCOME];
	if (word == NULL || rcc_outcome_parse(word, &close.outcome) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("close needs --outcome %s, %s, %s or %s"),
		                    rcc_outcome_word(RCC_OUTCOME_RESCUED), rcc_outcome_word(RCC_OUTCOME_FALSE_ALERT),
		                    rcc_outcome_word(RCC_OUTCOME_NO_DISTRESS), rcc_outcome_word(RCC_OUTCOME_NOT_FOUND));
	int exit_code = rcc_ctl_reason(ctl, close.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &close.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_CLOSE;
	ctl->message->u.close = close;
	exit_code = rcc_ctl_act(ctl);
	if (exit_code == RCC_EXIT_FAILED && !ctl->is_json)
		show_obstacles(ctl, close.incident);
	return exit_code;
}

static int
decide(struct rcc_ctl *ctl, enum rcc_decision decision)
{
	struct rcc_decide body = {.decision = decision};
	int exit_code = rcc_ctl_alert(ctl->operand[0], &body.alert);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, body.reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_DECIDE;
	ctl->message->u.decide = body;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_accept(struct rcc_ctl *ctl)
{
	return decide(ctl, RCC_DECISION_ACCEPT);
}

int
rcc_ctl_verb_dismiss(struct rcc_ctl *ctl)
{
	return decide(ctl, RCC_DECISION_DISMISS);
}

int
rcc_ctl_set_name(char name[RCC_NAME_MAX + 1], const char *text)
{
	if (text[0] == '\0' || rcc_text_copy(name, RCC_NAME_MAX + 1, text, strlen(text)) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the name must be UTF-8 text of 1 to %d bytes"), RCC_NAME_MAX);
	return RCC_EXIT_OK;
}

/* Where another centre is called, and what may leave to it. */
static int
set_centre(const struct rcc_ctl *ctl, struct rcc_enrol *enrol)
{
	const char *address = ctl->option[RCC_CTL_OPTION_ADDRESS];
	const char *class_word = ctl->option[RCC_CTL_OPTION_CLASS];
	enum rcc_class class = RCC_CLASS_LIVE;

	if (enrol->role != RCC_ROLE_PEER && (address != NULL || class_word != NULL))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--address and --class go with --role %s"),
		                    rcc_role_word(RCC_ROLE_PEER));
	if (class_word != NULL && (rcc_class_parse(class_word, &class) != RCC_OK || class == RCC_CLASS_TEST))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--class is %s or %s; without it, both may leave"),
		                    rcc_class_word(RCC_CLASS_LIVE), rcc_class_word(RCC_CLASS_EXERCISE));
	if (class_word != NULL)
		enrol->share = (uint32_t)(class == RCC_CLASS_LIVE ? RCC_SHARE_LIVE : RCC_SHARE_EXERCISE);
	if (address == NULL)
		return RCC_EXIT_OK;
	int len = snprintf(enrol->endpoint, sizeof enrol->endpoint, "%s%s",
	                   strncmp(address, "tcp://", 6) == 0 ? "" : "tcp://", address);
	return len > 0 && (size_t)len < sizeof enrol->endpoint
	           ? RCC_EXIT_OK
	           : rcc_ctl_fail(RCC_EXIT_USAGE, _("'%.40s' is too long for an address: write HOST:PORT"), address);
}

int
rcc_ctl_set_enrol(const struct rcc_ctl *ctl, struct rcc_enrol *enrol)
{
	const char *role = ctl->option[RCC_CTL_OPTION_ROLE];
	const char *mmsi = ctl->option[RCC_CTL_OPTION_MMSI];
	const char *owner = ctl->option[RCC_CTL_OPTION_OWNER];
	if (role == NULL || rcc_role_parse(role, &enrol->role) != RCC_OK || enrol->role == RCC_ROLE_GUEST)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say who it is: --role %s, %s, %s, %s, %s, %s or %s"),
		                    rcc_role_word(RCC_ROLE_VESSEL), rcc_role_word(RCC_ROLE_FEED),
		                    rcc_role_word(RCC_ROLE_OFFICER), rcc_role_word(RCC_ROLE_AUDITOR),
		                    rcc_role_word(RCC_ROLE_ADMIN), rcc_role_word(RCC_ROLE_PEER),
		                    rcc_role_word(RCC_ROLE_AGENCY));
	if (mmsi != NULL && (rcc_mmsi_parse(mmsi, &enrol->mmsi) != RCC_OK || enrol->mmsi.v == 0))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), mmsi);
	if (enrol->role == RCC_ROLE_VESSEL && mmsi == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("a vessel is enrolled with its MMSI: add --mmsi MMSI"));
	if (owner != NULL && rcc_owner_parse(owner, &enrol->owner) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--owner is %s, %s, %s, %s or %s (for parity statistics only)"),
		                    rcc_owner_word(RCC_OWNER_MERCHANT), rcc_owner_word(RCC_OWNER_NGO),
		                    rcc_owner_word(RCC_OWNER_FISHING), rcc_owner_word(RCC_OWNER_STATE),
		                    rcc_owner_word(RCC_OWNER_PLEASURE));
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_enrol(struct rcc_ctl *ctl)
{
	struct rcc_enrol enrol = {.name = ""};
	if (ctl->option[RCC_CTL_OPTION_KEY] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("enrol needs --key PUB, the public key that the other program printed"));
	int exit_code = rcc_ctl_set_name(enrol.name, ctl->operand[0]);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_set_enrol(ctl, &enrol);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_centre(ctl, &enrol);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_public_key(ctl->option[RCC_CTL_OPTION_KEY], &enrol.key);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_ENROL;
	ctl->message->u.enrol = enrol;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_revoke(struct rcc_ctl *ctl)
{
	struct rcc_revoke revoke = {.name = ""};
	int exit_code = rcc_ctl_set_name(revoke.name, ctl->operand[0]);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, revoke.reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_REVOKE;
	ctl->message->u.revoke = revoke;
	return rcc_ctl_act(ctl);
}

/*
 * roles.c - who may send what: one default-deny table.
 *
 * Alert and AlertRaw are open to everybody: no distress is refused without being recorded. What becomes of it is
 * decided by the rules (quarantine), not by this table.
 */
#include "core/core.h"

#define BIT(role) (1u << (role))
#define EVERYBODY                                                                                                      \
	(BIT(RCC_ROLE_GUEST) | BIT(RCC_ROLE_VESSEL) | BIT(RCC_ROLE_FEED) | BIT(RCC_ROLE_OFFICER) |                     \
	 BIT(RCC_ROLE_AUDITOR) | BIT(RCC_ROLE_ADMIN) | BIT(RCC_ROLE_PEER) | BIT(RCC_ROLE_AGENCY))
#define REPORTERS (BIT(RCC_ROLE_VESSEL) | BIT(RCC_ROLE_FEED))
#define WATCH (BIT(RCC_ROLE_OFFICER) | BIT(RCC_ROLE_ADMIN))

static const uint32_t may_send[RCC_BODY_LAST + 1] = {
    [RCC_BODY_HELLO] = EVERYBODY,
    [RCC_BODY_POSITION] = REPORTERS,
    [RCC_BODY_POSITION_BATCH] = REPORTERS,
    [RCC_BODY_STATIC_BATCH] = REPORTERS,
    [RCC_BODY_ALERT] = EVERYBODY,
    [RCC_BODY_ALERT_RAW] = EVERYBODY,
    [RCC_BODY_STORED] = BIT(RCC_ROLE_VESSEL),
    [RCC_BODY_READ] = BIT(RCC_ROLE_VESSEL),
    [RCC_BODY_ANSWER] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_PLAN] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_DRILL] = BIT(RCC_ROLE_VESSEL),
    [RCC_BODY_FEED_TALLY] = BIT(RCC_ROLE_FEED),
    [RCC_BODY_PACK] = BIT(RCC_ROLE_VESSEL),
    [RCC_BODY_CENTRE] = BIT(RCC_ROLE_PEER),
    [RCC_BODY_PLACE_REQUEST] = BIT(RCC_ROLE_PEER),
    [RCC_BODY_ENROL] = BIT(RCC_ROLE_ADMIN),
    [RCC_BODY_REVOKE] = BIT(RCC_ROLE_ADMIN),
    [RCC_BODY_INVITE] = BIT(RCC_ROLE_ADMIN),
    [RCC_BODY_ADMIT] = BIT(RCC_ROLE_GUEST),
    [RCC_BODY_REKEY] = EVERYBODY & ~BIT(RCC_ROLE_GUEST),
    [RCC_BODY_RELAY] = WATCH,
    [RCC_BODY_CANCEL] = WATCH,
    [RCC_BODY_CLOSE] = WATCH,
    [RCC_BODY_DECIDE] = WATCH,
    [RCC_BODY_OPEN] = WATCH,
    [RCC_BODY_PHASE] = WATCH,
    [RCC_BODY_SUSPEND] = WATCH,
    [RCC_BODY_RESUME] = WATCH,
    [RCC_BODY_CLASSIFY] = WATCH,
    [RCC_BODY_JOIN] = WATCH,
    [RCC_BODY_SPLIT] = WATCH,
    [RCC_BODY_GROUP] = WATCH,
    [RCC_BODY_UNSEAL] = WATCH,
    [RCC_BODY_SURVIVORS] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_NEED] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_PROFILE] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_PLACE] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_TASK] = WATCH,
    [RCC_BODY_PERSONS] = WATCH,
    [RCC_BODY_REFERRAL] = WATCH,
    [RCC_BODY_NOTE] = BIT(RCC_ROLE_VESSEL) | WATCH,
    [RCC_BODY_SMC] = WATCH,
    [RCC_BODY_WATCH] = WATCH,
    [RCC_BODY_COMMS] = WATCH,
    [RCC_BODY_SITREP] = WATCH,
    [RCC_BODY_HANDOVER] = WATCH,
    [RCC_BODY_DUTY] = WATCH,
    [RCC_BODY_REQUEST] = WATCH,
    [RCC_BODY_CIRCULAR] = WATCH,
    [RCC_BODY_RETENTION] = WATCH,
    [RCC_BODY_VIEW] = WATCH | BIT(RCC_ROLE_AUDITOR) | BIT(RCC_ROLE_AGENCY),
    [RCC_BODY_CATCHUP] = WATCH | BIT(RCC_ROLE_AUDITOR),
};

bool
rcc_role_may_view(enum rcc_role role, enum rcc_view_kind what)
{
	if (role != RCC_ROLE_AGENCY)
		return true;
	/* Whom to expect, and what they need; neither who called nor which ship did what. */
	return what == RCC_VIEW_PERSONS || what == RCC_VIEW_NEEDS || what == RCC_VIEW_PLACES;
}

bool
rcc_role_may(enum rcc_role role, enum rcc_body_kind body)
{
	return body >= 1 && body <= RCC_BODY_LAST && (may_send[body] & BIT(role)) != 0;
}

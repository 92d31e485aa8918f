#include "said.h"

#include <string.h>

#define ROW(kind, type)                                                                                                \
	{                                                                                                              \
		RCC_BODY_##kind, RCC_COMMAND_##kind, sizeof(struct rcc_##type)                                         \
	}

static const struct {
	enum rcc_body_kind body;
	enum rcc_command_kind command;
	size_t size;
} rows[] = {
    ROW(ALERT, alert),
    ROW(STORED, stored),
    ROW(READ, read),
    ROW(ANSWER, answer),
    ROW(ENROL, enrol),
    ROW(REVOKE, revoke),
    ROW(INVITE, invite),
    ROW(ADMIT, admission),
    ROW(REKEY, rekey),
    ROW(RELAY, relay),
    ROW(CANCEL, cancel),
    ROW(CLOSE, close),
    ROW(DECIDE, decide),
    ROW(PLAN, plan),
    ROW(DRILL, drill),
    ROW(OPEN, open),
    ROW(PHASE, set_phase),
    ROW(SUSPEND, suspend),
    ROW(RESUME, resume),
    ROW(CLASSIFY, classify),
    ROW(JOIN, join_order),
    ROW(SPLIT, split),
    ROW(GROUP, group),
    ROW(UNSEAL, unseal),
    ROW(TASK, task),
    ROW(SURVIVORS, survivors),
    ROW(PERSONS, move_persons),
    ROW(NEED, need),
    ROW(PLACE, place),
    ROW(REFERRAL, referral),
    ROW(NOTE, note),
    ROW(SMC, smc),
    ROW(WATCH, watch),
    ROW(COMMS, comms),
    ROW(SITREP, sitrep),
    ROW(HANDOVER, handover),
    ROW(DUTY, duty_order),
    ROW(CIRCULAR, circular),
    ROW(PROFILE, profile_order),
    ROW(CENTRE, centre),
    ROW(PLACE_REQUEST, place_request),
    ROW(REQUEST, request_order),
    ROW(RETENTION, retention),
};

bool
rcc_said_fill(struct rcc_command *command, enum rcc_body_kind kind, const void *body)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].body != kind)
			continue;
		command->kind = rows[i].command;
		/* Every body stands at the start of the union, here as there. */
		memcpy(&command->u, body, rows[i].size);
		return true;
	}
	return false;
}

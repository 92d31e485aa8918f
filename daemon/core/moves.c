/* moves.c - the tables: which status and which phase may follow which, who may do it, and why. */
#include <assert.h>

#include "core/core_internal.h"

#define OFFICER RCC_BY_OFFICER
#define ANYBODY (RCC_BY_OFFICER | RCC_BY_MACHINE)

static const struct rcc_move status_moves[] = {
    {RCC_INCIDENT_NEW, RCC_INCIDENT_OPEN, OFFICER, "an officer acts on it"},
    {RCC_INCIDENT_NEW, RCC_INCIDENT_SUSPENDED, OFFICER, "nothing more can be done until new developments"},
    {RCC_INCIDENT_NEW, RCC_INCIDENT_CLOSED, OFFICER, "it is over, or was no distress"},
    {RCC_INCIDENT_NEW, RCC_INCIDENT_TRANSFERRED, ANYBODY, "another centre has it, and has said so"},
    {RCC_INCIDENT_OPEN, RCC_INCIDENT_TRANSFERRED, ANYBODY, "another centre has it, and has said so"},
    {RCC_INCIDENT_TRANSFERRED, RCC_INCIDENT_OPEN, OFFICER, "it comes back: taken over again, or taken back"},
    {RCC_INCIDENT_TRANSFERRED, RCC_INCIDENT_CLOSED, OFFICER, "it is over, as the other centre says"},
    {RCC_INCIDENT_OPEN, RCC_INCIDENT_SUSPENDED, OFFICER, "nothing more can be done until new developments"},
    {RCC_INCIDENT_OPEN, RCC_INCIDENT_CLOSED, OFFICER, "it is over, or was no distress"},
    {RCC_INCIDENT_SUSPENDED, RCC_INCIDENT_OPEN, ANYBODY, "new information, or an officer resumes it"},
    {RCC_INCIDENT_SUSPENDED, RCC_INCIDENT_CLOSED, OFFICER, "it is over, or was no distress"},
    {RCC_INCIDENT_CLOSED, RCC_INCIDENT_OPEN, ANYBODY,
     "closed by mistake, an alert goes back to it, or a ship tells of survivors"},
};

static const struct rcc_move phase_moves[] = {
    {RCC_PHASE_UNCERTAINTY, RCC_PHASE_ALERT, ANYBODY, "inquiries failed, or a signal says more"},
    {RCC_PHASE_UNCERTAINTY, RCC_PHASE_DISTRESS, ANYBODY, "a signal of distress, or an officer's judgement"},
    {RCC_PHASE_ALERT, RCC_PHASE_DISTRESS, ANYBODY, "a signal of distress, or an officer's judgement"},
    {RCC_PHASE_ALERT, RCC_PHASE_UNCERTAINTY, OFFICER, "an officer's judgement, with a reason"},
    {RCC_PHASE_DISTRESS, RCC_PHASE_ALERT, OFFICER, "an officer's judgement, with a reason"},
    {RCC_PHASE_DISTRESS, RCC_PHASE_UNCERTAINTY, OFFICER, "an officer's judgement, with a reason"},
};

static const struct rcc_move *
find_move(const struct rcc_move *moves, size_t count, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < count; i++) {
		if (moves[i].from == from && moves[i].to == to)
			return &moves[i];
	}
	return NULL;
}

const struct rcc_move *
rcc_incident_move(enum rcc_incident_status from, enum rcc_incident_status to)
{
	return find_move(status_moves, sizeof status_moves / sizeof status_moves[0], from, to);
}

const struct rcc_move *
rcc_phase_move(enum rcc_phase from, enum rcc_phase to)
{
	return find_move(phase_moves, sizeof phase_moves / sizeof phase_moves[0], from, to);
}

bool
rcc_incident_may_move(enum rcc_incident_status from, enum rcc_incident_status to, uint32_t by)
{
	const struct rcc_move *move = rcc_incident_move(from, to);

	return move != NULL && (move->by & by) != 0;
}

bool
rcc_phase_may_move(enum rcc_phase from, enum rcc_phase to, uint32_t by)
{
	const struct rcc_move *move = rcc_phase_move(from, to);

	return move != NULL && (move->by & by) != 0;
}

/* What people say by voice or in writing weighs what they say it weighs. */
static enum rcc_phase
phase_of_words(enum rcc_category category)
{
	switch (category) {
	case RCC_CATEGORY_NOT_STATED:
	case RCC_CATEGORY_DISTRESS:
		return RCC_PHASE_DISTRESS;
	case RCC_CATEGORY_URGENCY:
		return RCC_PHASE_ALERT;
	case RCC_CATEGORY_SAFETY:
	case RCC_CATEGORY_ROUTINE:
		return RCC_PHASE_UNCERTAINTY;
	}
	assert(false && "a category outside its enum");
}

enum rcc_phase
rcc_phase_of(enum rcc_source source, enum rcc_category category)
{
	switch (source) {
	case RCC_SOURCE_CREW:
	case RCC_SOURCE_AIS_BEACON:
	case RCC_SOURCE_SIT185:
	case RCC_SOURCE_BEACON406:
		return RCC_PHASE_DISTRESS;
	case RCC_SOURCE_DSC:
	case RCC_SOURCE_OFFICER:
	case RCC_SOURCE_RCC:
		return phase_of_words(category);
	case RCC_SOURCE_AIS_TEXT:
		return RCC_PHASE_ALERT;
	/* False alarms of status 14 are common. */
	case RCC_SOURCE_AIS_STATUS:
	case RCC_SOURCE_OVERDUE:
		return RCC_PHASE_UNCERTAINTY;
	}
	assert(false && "a source outside its enum");
}

enum rcc_phase
rcc_alert_phase(const struct rcc_alert *alert)
{
	if ((alert->marks & RCC_ALERT_SELF_CANCEL) != 0)
		return RCC_PHASE_UNCERTAINTY;
	return rcc_phase_of(alert->source, alert->category);
}

/*
 * tasks.h - what needs an officer now, most urgent first, each with the command that follows.
 *
 * Order: live before exercises and tests; distress before urgency before safety; in one grade first who dies soonest without
 * help (persons in the water, then sinking and fire, then flooding, then adrift and aground, last a beacon that nobody can
 * place); what keeps ships from being told before what does not; the oldest first.
 */
#ifndef RCC_CTL_TASKS_H
#define RCC_CTL_TASKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RCC_CTL_TASK_TEXT 256

enum rcc_ctl_task_kind {
	RCC_CTL_TASK_NO_POSITION = 1, /* nobody can be told where to go */
	RCC_CTL_TASK_CONFLICT = 2,
	RCC_CTL_TASK_HELD = 3,
	RCC_CTL_TASK_OFFICER = 4, /* only an officer can tell the ships */
	RCC_CTL_TASK_SCHEDULED = 5,
	RCC_CTL_TASK_ESCALATED = 6, /* an alert that has waited too long */
	RCC_CTL_TASK_QUARANTINE = 7,
	RCC_CTL_TASK_UNREAD = 8,
	RCC_CTL_TASK_FLOOD = 9,
	RCC_CTL_TASK_UNREACHABLE = 10, /* ships that have not stored it in time */
	RCC_CTL_TASK_NEED_DETAIL = 11,
	RCC_CTL_TASK_REVIEW = 12,
	RCC_CTL_TASK_NEW = 13, /* no officer has acted yet */
	RCC_CTL_TASK_OVERDUE = 14,
	RCC_CTL_TASK_SUGGESTION = 15,
	RCC_CTL_TASK_CLOSE = 16,  /* cancelled, and not closed */
	RCC_CTL_TASK_PARITY = 17, /* ships of one kind of owner are told worse than others */
	RCC_CTL_TASK_NOTICE = 18, /* a notice of a missing craft has run out */
	RCC_CTL_TASK_DUTY = 19,   /* the clock of a duty has run out */
	RCC_CTL_TASK_NEED = 20,   /* nobody has seen in time to what a ship asks for */
	RCC_CTL_TASK_FEAR = 21,   /* of a place of safety, and nobody has reviewed it */
	RCC_CTL_TASK_SECOND = 22, /* a place assigned over a warning waits for a second officer */
	RCC_CTL_TASK_VOICE = 23,  /* ships that answered by voice do not know that it is over */
	RCC_CTL_TASK_HANDOVER = 24,
	RCC_CTL_TASK_NOBODY = 25,  /* a call that reached no ship, or not all that it was for */
	RCC_CTL_TASK_REQUEST = 26, /* another centre asks for a place of safety, or does not answer, or has answered */
	RCC_CTL_TASK_NOBODY_GOES = 27,
	RCC_CTL_TASK_MISSING = 28,     /* somebody is not found */
	RCC_CTL_TASK_DISPUTED = 29,    /* a ship says another number than the ledger */
	RCC_CTL_TASK_OBJECTED = 30,    /* a master objects to the place that she is sent to */
	RCC_CTL_TASK_UNRECORDED = 31,  /* a distress that came while nothing could be recorded */
	RCC_CTL_TASK_WITHDRAWN = 32,   /* the ship in distress has withdrawn it, and ships still hold the call */
	RCC_CTL_TASK_TURNED_DOWN = 33, /* a ship cannot do what she was asked */
	RCC_CTL_TASK_NO_PLACE = 34,    /* survivors aboard ships that are sent nowhere */
	RCC_CTL_TASK_FAR = 35,         /* a ship says that she is on scene, and is far from it */
	RCC_CTL_TASK_BLIND = 36,       /* a feed hears nothing */
	RCC_CTL_TASK_SILENT = 37,      /* ships whose positions have stopped */
	RCC_CTL_TASK_CLOCK = 38,       /* the centre's clock was set */
	RCC_CTL_TASK_STRANDED = 39,    /* a ship with survivors aboard cannot go on */
};
#define RCC_CTL_TASK_LAST RCC_CTL_TASK_STRANDED

struct rcc_ctl_task {
	enum rcc_ctl_task_kind kind;
	int mode, grave, nature;      /* smaller is more urgent */
	char subject[32];             /* "2026-0003", "alert 7", "plan 2" */
	char head[RCC_CTL_TASK_TEXT]; /* what it is, in a few words */
	char since[32];               /* RFC 3339; empty = not known */
	char text[RCC_CTL_TASK_TEXT];
	char command[RCC_CTL_TASK_TEXT];
	uint32_t incident_id, alert; /* 0 = none */
	char incident[24], mode_word[16];
};

struct rcc_ctl_tasks {
	struct rcc_ctl_task *task;
	size_t count, room;
	json_t *cases;  /* object: the line of each case taken so far, by its number; NULL = none */
	int64_t now_ms; /* what another centre has just said is news for an hour */
	bool is_short;  /* memory did not do for all */
};

/* Lower-case word of a kind, "no-position". */
const char *rcc_ctl_task_word(enum rcc_ctl_task_kind kind);
/* Takes what a line of any view asks for; the cases before what belongs to them, whose facts come from there. */
void rcc_ctl_tasks_take(struct rcc_ctl_tasks *tasks, const json_t *row);
/* Ships of one case, counted by the caller from its deliveries: `incident` is its line. */
void rcc_ctl_tasks_take_ships(struct rcc_ctl_tasks *tasks, const json_t *incident, unsigned unreachable,
                              unsigned need_detail);
void rcc_ctl_tasks_sort(struct rcc_ctl_tasks *tasks);
void rcc_ctl_tasks_fini(struct rcc_ctl_tasks *tasks);

#endif

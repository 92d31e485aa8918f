/*
 * board.h - the cases that concern this ship, as her inbox and her own words tell them; what sounds, and what is owed first.
 *
 * Why:    the screens and the plain session show the same board, so neither can know a case that the other does not.
 * Pure:   no clock, no file, no terminal. Times are UTC and come from the caller.
 */
#ifndef RCC_CREW_BOARD_H
#define RCC_CREW_BOARD_H

#include "rcc/client.h"

/* Cases of a ship: more than she hears of in months. The one that asks least of her makes room, of such the oldest. */
#define RCC_BOARD_CASES_MAX 256
/* Calls of one case that nobody has read: beyond it the oldest count as the newest does. */
#define RCC_BOARD_UNREAD_MAX 32
/* What was said of a case, kept for the screen; the inbox holds all. */
#define RCC_BOARD_UPDATES_MAX 8
/* Ships that a receiver aboard hears. */
#define RCC_BOARD_SHIPS_MAX 200
/* A position of ours that is older is no base for a range. */
#define RCC_BOARD_OWN_MAX_MS INT64_C(1800000)
/* One that is older is not sent as the place of our distress. */
#define RCC_BOARD_FIX_MAX_MS INT64_C(600000)

/* A call that was acknowledged and not answered is brought back after so long; a centre's clock runs ten minutes unless set otherwise. */
#define RCC_BOARD_REMIND_MS INT64_C(300000)

/* What is owed, most urgent first. */
enum rcc_board_duty {
	RCC_BOARD_OURS = 1, /* our own distress */
	RCC_BOARD_REQUISITIONED = 2,
	RCC_BOARD_COORDINATOR = 3,
	RCC_BOARD_TASKED = 4,
	RCC_BOARD_CALLED_ON = 5,
	RCC_BOARD_CARRYING = 6, /* called on no more, with survivors aboard (SOLAS V/33.6) */
	RCC_BOARD_INFORMED = 7,
	RCC_BOARD_NOTICE = 8, /* a look-out is asked for */
	RCC_BOARD_RELEASED = 9,
	RCC_BOARD_SUSPENDED = 10,
	RCC_BOARD_OVER = 11,
};

enum rcc_board_sound {
	RCC_BOARD_QUIET = 1,
	RCC_BOARD_CHIME = 2, /* news that asks for no answer at once */
	RCC_BOARD_ALARM = 3,
};

/* Our own ship, as a receiver or a person said last. */
struct rcc_board_own {
	struct rcc_pos pos;
	int64_t at_ms;     /* 0 = nobody has said */
	uint32_t sog_dkn;  /* RCC_SOG_UNKNOWN_DKN */
	uint32_t cog_ddeg; /* RCC_COG_UNKNOWN_DDEG */
	bool is_fix;       /* a receiver's, not typed */
};

struct rcc_board_ship {
	struct rcc_mmsi mmsi;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	int64_t at_ms;
};

/* A message of ours about a case, or our distress, and what became of it. */
struct rcc_board_word {
	struct rcc_msg_id id;
	int64_t at_ms; /* 0 = nothing was said */
	uint64_t entry_seq;
	int64_t entry_at_ms; /* 0 = not accepted yet */
	enum rcc_refusal refusal;
};

struct rcc_board_update {
	uint32_t number;
	enum rcc_broadcast_kind kind;
	int64_t issued_at_ms;
	char text[RCC_TEXT_MAX + 1];
};

/* Tasks of one case that stand beside the latest order. */
#define RCC_BOARD_TASKS_MAX 4
struct rcc_board_task {
	uint32_t number;
	char text[RCC_TEXT_MAX + 1];
};

/* Added to the number of a case that the centre has lost, and gave to another. */
#define RCC_BOARD_LOST UINT32_C(0x80000000)

struct rcc_board_case {
	struct rcc_delivery_msg last; /* the latest that tells what and where */
	uint32_t last_number;         /* of any kind */
	int64_t last_issued_at_ms;
	bool is_over, is_released;
	uint32_t aboard; /* survivors aboard us: as the centre counted with its last word, or we told since */
	bool is_lost;    /* the centre's record was set back behind it: it knows nothing of this case */
	bool has_order;  /* one that names our ship stands */
	enum rcc_broadcast_kind order; /* the latest of them */
	uint32_t order_number;
	char order_text[RCC_TEXT_MAX + 1];
	bool is_order_answered; /* by what we said of the case since it came */
	struct rcc_pos order_pos;
	/* What we said to it where our word on the call stands, as the centre takes it too; or that we object to the place. */
	struct rcc_answer order_answer; /* kind 0 = no answer */
	struct rcc_board_word order_word;
	bool is_objected;
	/* Where survivors aboard are to go ashore stands beside it too, until the centre takes it back. */
	bool is_placed;
	char place_text[RCC_TEXT_MAX + 1];
	/* What was asked before the latest order, and nothing took back: the latest are kept, newest last. */
	uint32_t task_count;
	struct rcc_board_task task[RCC_BOARD_TASKS_MAX];
	/* A requisition stands beside whatever is asked later, until she is released (SOLAS V/33.2). */
	bool is_requisitioned;
	bool is_named_open; /* she was requisitioned, or named coordinator, and has said nothing of the case since */
	char requisition_text[RCC_TEXT_MAX + 1];
	/* So does her being on-scene coordinator, until she is told that another one is, or says that she cannot or is done. */
	bool is_coordinator;
	char coordinator_text[RCC_TEXT_MAX + 1];
	uint32_t unread_count, unread[RCC_BOARD_UNREAD_MAX];
	enum rcc_broadcast_kind unread_kind[RCC_BOARD_UNREAD_MAX];
	int64_t read_at_ms;
	char read_by[RCC_NAME_MAX + 1];
	uint32_t update_count; /* of all; the latest are kept */
	struct rcc_board_update update[RCC_BOARD_UPDATES_MAX];
	struct rcc_answer answer; /* ours; kind 0 = none */
	struct rcc_board_word answer_word;
	struct rcc_board_word survivors_word;
};

/* Our own distress. It is on until the centre says that it is over, or a person withdraws it: no time ends it. */
struct rcc_board_distress {
	bool is_on;
	enum rcc_class class;
	enum rcc_nature nature;
	struct rcc_pos pos;
	uint32_t persons;
	struct rcc_incident_id incident; /* as the receipt said; 0 = not known */
	struct rcc_board_word word, withdrawal;
	struct rcc_board_word more; /* what was said of it after the first was received; at_ms 0 = nothing */
	bool is_relayed;            /* the other ships have been told */
	int64_t ended_at_ms;
};

/* Unread bulletins and cards that are counted: more wait in the inbox. */
#define RCC_BOARD_CIRCULARS_MAX 16

/* How the centre asks every ship to act towards people in distress: the newest card. number 0 = none has come. */
struct rcc_board_card {
	uint32_t number, revision;
	int64_t expires_at_ms, read_at_ms; /* 0 = does not expire; nobody has read it */
	char text[RCC_TEXT_MAX + 1];
};

struct rcc_board {
	struct rcc_mmsi own_mmsi;
	uint32_t case_count;
	struct rcc_board_case cases[RCC_BOARD_CASES_MAX];
	struct rcc_board_distress distress;
	struct rcc_board_word receipt; /* accepted last, whatever it was */
	struct rcc_board_word drill;
	bool is_in_drill;
	uint32_t circular_count; /* bulletins and conduct cards that nobody has read: they ring no bell */
	uint32_t circular[RCC_BOARD_CIRCULARS_MAX];
	struct rcc_board_card card;
	uint32_t fresh; /* calls so far that were worth a sound */
	struct rcc_board_own own;
	uint32_t ship_count;
	struct rcc_board_ship ship[RCC_BOARD_SHIPS_MAX];
};

/* How far it is: from where we are if that is known, or else as the centre reckoned it. */
struct rcc_board_way {
	bool is_known, is_ours; /* ours: reckoned from our own position */
	double nm, deg;
	bool has_bearing;
	double kn;          /* the speed behind the ETA; 0 = none is known */
	bool is_centres_kn; /* that speed is what the centre reckons with: declared, or assumed */
	uint32_t eta_min;
};

void rcc_board_init(struct rcc_board *board, struct rcc_mmsi own);
/* A line of the inbox, in the order of their numbers. */
void rcc_board_take(struct rcc_board *board, const struct rcc_inbox_row *row);
/* Somebody has read it. */
void rcc_board_read(struct rcc_board *board, uint32_t number, const char *by, int64_t at_ms);
bool rcc_board_is_unread(const struct rcc_board *board, uint32_t number);
/* A message of ours; `posted` tells what has become of it so far. */
void rcc_board_posted(struct rcc_board *board, const struct rcc_envelope *message, const struct rcc_posted *posted);
void rcc_board_accepted(struct rcc_board *board, const struct rcc_msg_id *id, const struct rcc_accepted *accepted);
void rcc_board_refused(struct rcc_board *board, const struct rcc_msg_id *id, enum rcc_refusal reason);
/* For board.c and board_said.c: what became of our distress, by what has come and what was received. */
void rcc_board_settle_distress(struct rcc_board *board);
/* A ship near us. The one heard longest ago makes room. */
void rcc_board_sight(struct rcc_board *board, const struct rcc_board_ship *ship);

/* The card in force; NULL if there is none. */
const struct rcc_board_card *rcc_board_card(const struct rcc_board *board, int64_t now_ms);
/* Is the latest order about another place than where the casualty is? */
bool rcc_board_is_elsewhere(const struct rcc_board *board, const struct rcc_board_case *c);
/*
 * Would a "we come" or "we cannot" that names this call be one to the latest order alone: is it that order, and about something else than
 * going to the casualty? The centre takes it so as well (it says nothing of whether she comes).
 */
bool rcc_board_is_to_order(const struct rcc_board *board, const struct rcc_board_case *c, uint32_t number);
/* NULL if there is none. */
const struct rcc_board_case *rcc_board_find(const struct rcc_board *board, struct rcc_incident_id incident);
enum rcc_board_duty rcc_board_duty(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms);
/* Indexes of the cases that are open, or that nobody has read, by duty and ETA; live before exercise before test. */
uint32_t rcc_board_list(const struct rcc_board *board, int64_t now_ms, uint32_t ret_order[RCC_BOARD_CASES_MAX]);
/* The loudest of all. A test makes no sound. */
enum rcc_board_sound rcc_board_sound(const struct rcc_board *board, int64_t now_ms);
/* Since when the oldest of our words waits for the centre to take it; 0 = none waits. */
#define RCC_BOARD_WAIT_MS INT64_C(60000)
int64_t rcc_board_waits_since(const struct rcc_board *board);
/* Is she called on, or asked by name, and has she answered nothing of this case? */
bool rcc_board_owes_answer(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms);
/* Does another case alarm while this one does not, or a live one while this is none? */
bool rcc_board_alarms_above(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms);
enum rcc_board_sound rcc_board_case_sound(const struct rcc_board *board, const struct rcc_board_case *c,
                                          int64_t now_ms);
/* Cases of which something has not been read. */
uint32_t rcc_board_unread(const struct rcc_board *board);
struct rcc_board_way rcc_board_way(const struct rcc_board *board, const struct rcc_board_case *c, int64_t now_ms);
/* Of several places, the one nearest to us. */
struct rcc_pos rcc_board_place(const struct rcc_board *board, const struct rcc_board_case *c);
bool rcc_board_is_ours(const struct rcc_board *board, const struct rcc_delivery_msg *delivery);

#endif

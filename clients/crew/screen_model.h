/*
 * screen_model.h - what the full-screen terminal shows and what each key does, without a terminal.
 *
 * Why:    a key at 3 a.m. must do the same thing every time; what it does can be tested without drawing anything.
 * Sends:  nothing by itself. A key that says something leaves the line of a plain session in `line`: the loop does it by
 *         rcc_crew_line(), so that both faces say the same things in the same way.
 * Pure:   no clock, no terminal, no client. The loop sets `now`, `at_ms`, `own` facts are on the board.
 */
#ifndef RCC_CREW_SCREEN_MODEL_H
#define RCC_CREW_SCREEN_MODEL_H

#include "crew/board.h"
#include "rcc/text.h"

/* Keys that are no characters; beyond Unicode. */
#define RCC_KEY_ENTER 0x110001u
#define RCC_KEY_ESCAPE 0x110002u
#define RCC_KEY_UP 0x110003u
#define RCC_KEY_DOWN 0x110004u
#define RCC_KEY_LEFT 0x110005u
#define RCC_KEY_RIGHT 0x110006u
#define RCC_KEY_BACKSPACE 0x110007u
#define RCC_KEY_TAB 0x110008u
#define RCC_KEY_PAGE_UP 0x110009u
#define RCC_KEY_PAGE_DOWN 0x11000au

/* Lines that one key may leave: a case is acknowledged call by call. */
#define RCC_SCREEN_LINES_MAX (RCC_BOARD_UNREAD_MAX + 2)
#define RCC_SCREEN_LINE_SIZE 1025
#define RCC_SCREEN_SAID_MAX 64
#define RCC_SCREEN_SAID_SIZE 240

enum rcc_screen_kind {
	RCC_SCREEN_WATCH = 1,
	RCC_SCREEN_ALERT = 2,
	RCC_SCREEN_PLOT = 3,
	RCC_SCREEN_ANSWER = 4,
	RCC_SCREEN_SURVIVORS = 5,
	RCC_SCREEN_DISTRESS = 6,
	RCC_SCREEN_INBOX = 7,
	RCC_SCREEN_DRILL = 8,
	RCC_SCREEN_HELP = 9,
	RCC_SCREEN_SAID = 10, /* what the program has said */
};

enum rcc_screen_palette { RCC_PALETTE_DAY = 1, RCC_PALETTE_NIGHT = 2, RCC_PALETTE_CONTRAST = 3 };
#define RCC_PALETTES 3

#define RCC_SCREEN_ASSUMED_KN 10

/*
 * Two keys raise a distress, D and S, and a word typed in capitals has both: S counts only so long after D, and so long after a capital that
 * means nothing where it was typed.
 */
#define RCC_SCREEN_STEP_MS INT64_C(400)
#define RCC_SCREEN_TYPED_MS INT64_C(2000)

/* What is being typed; Enter takes it, Escape leaves it as it was. */
enum rcc_screen_field {
	RCC_FIELD_NONE = 0,
	RCC_FIELD_ETA = 1,
	RCC_FIELD_REMARK = 2,  /* of an answer */
	RCC_FIELD_OWN_POS = 3, /* where we are */
	RCC_FIELD_BY = 4,      /* who is on watch */
	RCC_FIELD_POS = 5,     /* of a distress */
	RCC_FIELD_PERSONS = 6,
	RCC_FIELD_WORDS = 7,
	RCC_FIELD_WITHDRAW = 8, /* why */
	RCC_FIELD_COUNT = 9,    /* the chosen row of the report */
	RCC_FIELD_COMMAND = 10, /* any line of a plain session */
};

/* Rows of the survivors' report, in the order in which they stand. */
enum rcc_screen_row_kind { RCC_ROW_NUMBER = 1, RCC_ROW_FLAG = 2, RCC_ROW_TEXT = 3, RCC_ROW_NEED = 4 };
struct rcc_screen_row {
	enum rcc_screen_row_kind kind;
	const char *word; /* option of `survivors`, or kind of `need` */
	const char *label;
};
#define RCC_SCREEN_ROWS 26
#define RCC_SCREEN_ROWS_LEFT 16 /* counts and flags; needs stand on the right */
const struct rcc_screen_row *rcc_screen_row(uint32_t index);

struct rcc_screen_edit {
	enum rcc_screen_field field;
	bool is_fresh;        /* the first character replaces what was proposed */
	uint32_t said_before; /* what is said after it stands above the line that is typed */
	char text[RCC_TEXT_MAX + 1];
};

struct rcc_screen {
	enum rcc_screen_kind kind, back;
	enum rcc_screen_palette palette;
	const struct rcc_board *board; /* borrowed */
	int64_t at_ms;                 /* UTC, set before each key and each drawing */
	int64_t typed_at_ms;           /* when a capital came that means nothing: somebody may be typing text */
	struct rcc_incident_id chosen; /* case; 0 = none */
	int64_t moved_at_ms;           /* when a new call took the place of the chosen one */
	uint32_t inbox_last, inbox_at; /* numbers */
	uint32_t scroll, scroll_max;   /* max: as the last drawing found it */
	bool is_small; /* the last drawing had no room: keys that nobody sees the meaning of do nothing */
	int zoom;      /* steps from the range that shows everything */
	char by[RCC_NAME_MAX + 1];
	struct rcc_screen_edit edit;

	struct {
		enum rcc_answer_kind kind;
		enum rcc_reason reason;
		bool is_assumed;     /* nobody has said how fast we are: the proposal stands on RCC_SCREEN_ASSUMED_KN */
		bool is_empty_asked; /* "no time?" was asked: Enter again sends without one */
		uint32_t number, order_number; /* of the call and the order that were read when the form was opened */
		bool is_to_order;              /* it answers that order, not the call */
		bool is_whole;                 /* but she can do nothing more at all: it is of the case */
		char eta[16], remark[RCC_TEXT_MAX + 1];
	} answer;
	struct {
		uint32_t row;
		bool is_review;
		bool is_fresh;                                 /* the next digit begins the count anew */
		char value[RCC_SCREEN_ROWS][RCC_TEXT_MAX + 1]; /* "" = not said; a flag: "yes" */
	} report;
	struct {
		int64_t opened_at_ms;
		enum rcc_class class;
		enum rcc_nature nature;
		char pos[RCC_POS_TEXT_SIZE], persons[12], words[RCC_TEXT_MAX + 1];
		bool is_sent;    /* in this visit: shows what the centre has of it */
		bool is_refused; /* it could not be kept for sending: it is a draft still */
		bool is_more;    /* begun as more of a distress that was on */
	} distress;

	/* ---- for the loop to do, and to clear ---- */
	uint32_t line_count;
	char line[RCC_SCREEN_LINES_MAX][RCC_SCREEN_LINE_SIZE];
	bool is_typed; /* the line was typed by a person, word by word */
	bool wants_silence, wants_sound_test, wants_repaint;
	bool is_quit_asked, is_over;

	/* ---- what was said, latest last ---- */
	uint32_t said_count; /* of all; the latest are kept */
	char said[RCC_SCREEN_SAID_MAX][RCC_SCREEN_SAID_SIZE];
};

void rcc_screen_init(struct rcc_screen *screen, const struct rcc_board *board, const char *by);
void rcc_screen_key(struct rcc_screen *screen, uint32_t key);
/* A call that sounds has come: it is what the watch looks at, unless something is being typed or sent. */
void rcc_screen_fresh(struct rcc_screen *screen);
/* Sees to it that something is chosen where something can be. The loop calls it each turn. */
void rcc_screen_look(struct rcc_screen *screen);
/* The line of our distress could not be done: nothing of it goes to anybody. */
void rcc_screen_not_sent(struct rcc_screen *screen);
/* A line of words for the person at the screen. */
void rcc_screen_say(struct rcc_screen *screen, const char *text);
/* The latest but `back`; NULL if there are fewer. */
const char *rcc_screen_said(const struct rcc_screen *screen, uint32_t back);
/* The case that is looked at; NULL if none. */
const struct rcc_board_case *rcc_screen_case(const struct rcc_screen *screen);
/* Of what is on the screen now. */
enum rcc_class rcc_screen_class(const struct rcc_screen *screen);
/* What the position that is being typed reads: false if it cannot be read yet. */
bool rcc_screen_typed_pos(const struct rcc_screen *screen, struct rcc_pos *ret_pos);
/* Our own position, if it is young enough to be sent. */
bool rcc_screen_has_fix(const struct rcc_screen *screen);

/* ---- screen_forms.c: the screens that say something ---- */

/* Does the case ask us for anything? Says why not. */
bool rcc_screen_is_asked(struct rcc_screen *screen, const struct rcc_board_case *c);
void rcc_screen_open_answer(struct rcc_screen *screen, enum rcc_answer_kind kind);
void rcc_screen_open_distress(struct rcc_screen *screen);
void rcc_screen_answer_key(struct rcc_screen *screen, uint32_t key);
/* Keeps the time that is being typed, and goes on with the remark. */
void rcc_screen_remark_with_eta(struct rcc_screen *screen);
void rcc_screen_report_key(struct rcc_screen *screen, uint32_t key);
/* False: it is a key of every screen. */
bool rcc_screen_distress_key(struct rcc_screen *screen, uint32_t key);
void rcc_screen_drill_key(struct rcc_screen *screen, uint32_t key);
/* Persons in the report that is being made. */
uint32_t rcc_screen_report_sum(const struct rcc_screen *screen);

/* ---- between the two ---- */

void rcc_screen_go(struct rcc_screen *screen, enum rcc_screen_kind kind);
void rcc_screen_edit(struct rcc_screen *screen, enum rcc_screen_field field, const char *text, bool is_fresh);
/* A key while something is typed: a character, a correction, or the end of it. */
void rcc_screen_edit_key(struct rcc_screen *screen, uint32_t key);
/* A capital that means nothing where it came may be of a text that somebody types. */
void rcc_screen_note_text(struct rcc_screen *screen, uint32_t key);
/* A capital letter that means nothing here: somebody presses keys with Caps Lock on, and is told. */
void rcc_screen_note_capital(struct rcc_screen *screen, uint32_t key);
/* Takes what was typed into its field; Enter was pressed. */
void rcc_screen_take_edit(struct rcc_screen *screen);
/* Begins a line, adds plain words to it, adds one in quotes. */
char *rcc_screen_line(struct rcc_screen *screen, const char *words);
void rcc_screen_word(char *line, const char *words);
void rcc_screen_quoted(char *line, const char *words);

#endif

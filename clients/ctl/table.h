/*
 * table.h - JSON rows as aligned columns, or one row as a list of its members.
 *
 * Why:    an officer reads words, UTC and 35-12.40N; scripts take --json.
 * Owns:   the cells of the rows not yet printed; rcc_ctl_table_fini() frees them.
 * Width:  on a terminal, columns that do not fit stand under their row, each with its title; nothing is cut to fit. In a
 *         file or a pipe a row is one line.
 * Words:  what a row tells beside its columns (words.h) stands under it, indented.
 * Text:   comes from ships: control characters are shown as '?', so that a name cannot steer the terminal.
 */
#ifndef RCC_CTL_TABLE_H
#define RCC_CTL_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum rcc_ctl_cell {
	RCC_CTL_CELL_TEXT = 1,    /* text or number as it stands; true and false are yes and no */
	RCC_CTL_CELL_TIME = 2,    /* without milliseconds */
	RCC_CTL_CELL_POS = 3,     /* members lat and lon; the column's key is not used */
	RCC_CTL_CELL_MINUTES = 4, /* 95 is 1h35 */
	RCC_CTL_CELL_SECONDS = 5, /* milliseconds as seconds */
	RCC_CTL_CELL_MARKS = 6,   /* the names of the warnings that are true; the column's key is not used */
};

struct rcc_ctl_column {
	const char *title;
	const char *key; /* member of the row, or "member.member"; absent is shown as "-" */
	enum rcc_ctl_cell kind;
	bool is_right; /* numbers */
};

/* Most columns of a table, and characters of one cell: the last column is not cut. */
#define RCC_CTL_COLUMNS_MAX 20
#define RCC_CTL_CELL_WIDTH_MAX 40
/* Bytes of one cell with its NUL: the longest member is 2 x RCC_RAW_MAX hexadecimal digits. */
#define RCC_CTL_CELL_SIZE 6400

struct rcc_ctl_table {
	const struct rcc_ctl_column *column; /* ended by a NULL title; borrowed */
	size_t columns;
	FILE *out;
	size_t width[RCC_CTL_COLUMNS_MAX]; /* widest cell so far: never shrinks, so that pages stay aligned */
	char **cell;                       /* rows x (columns, and what stands under the row: NULL or sentences) */
	size_t cells, room;
	bool has_header;
	const char *call; /* options for the commands in what stands under a row; NULL = none. Set after init */
	size_t limit;     /* characters of a line; 0 = no end. Set from `out` by rcc_ctl_table_init() */
	size_t last;      /* the last column of the row itself */
	bool is_under[RCC_CTL_COLUMNS_MAX]; /* stands under the row */
};

void rcc_ctl_table_init(struct rcc_ctl_table *table, const struct rcc_ctl_column *column, FILE *out);
/* False if memory is short. */
bool rcc_ctl_table_add(struct rcc_ctl_table *table, const json_t *row);
/* Prints what was added, under a header the first time. Nothing if nothing was added. */
void rcc_ctl_table_flush(struct rcc_ctl_table *table);
void rcc_ctl_table_fini(struct rcc_ctl_table *table);

/*
 * Every member of a row but its class, one a line, in the order of the row; lat and lon become one line. Lists of objects
 * become tables, and what else the row tells stands in sentences at the end (words.h).
 */
void rcc_ctl_details_print(const json_t *row, const char *call, FILE *out);
/* One cell as text. */
void rcc_ctl_cell_format(char text[RCC_CTL_CELL_SIZE], const json_t *row, const struct rcc_ctl_column *column);
/* The columns of a class of lines; NULL = it is shown member by member. */
const struct rcc_ctl_column *rcc_ctl_layout(const char *class_name);
/* Copies text, with '?' for each control character. Pre: size > 0. */
void rcc_ctl_text_safe(char *copy, size_t size, const char *text);
/* Characters of UTF-8 text. */
size_t rcc_ctl_text_width(const char *text);

/* Sentences as rcc_ctl_words_format() gives them, each on a line of at most `limit` characters (0 = any), indented. */
void rcc_ctl_words_print(const char *words, const char *indent, FILE *out, size_t limit);

/* ---- raw.c ---- */

/* What came in lines, in lines, each but the first after `width` spaces; other control bytes as \xNN. */
void rcc_ctl_lines_print(FILE *out, const char *text, int width);
/* Bytes in hexadecimal that are text but for a few: the text, under a title of its own; nothing if they are none. */
void rcc_ctl_hex_print(FILE *out, const char *hex, int width);

/* ---- terminal.c ---- */

/* Characters of a line of this terminal: $COLUMNS, or what the terminal says, or 80; 0 if it is none. */
size_t rcc_ctl_terminal_width(FILE *out);
/* Text in lines of at most `limit` characters (0 = one line), broken at spaces; `hang` begins each but the first. */
void rcc_ctl_wrap_print(FILE *out, const char *indent, const char *hang, const char *text, size_t limit);

#endif

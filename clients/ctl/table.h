/*
 * table.h - JSON rows as aligned columns, or one row as a list of its members.
 *
 * Why:    an officer reads words, UTC and 35-12.40N; scripts take --json.
 * Owns:   the cells of the rows not yet printed; ctl_table_fini() frees them.
 * Text:   comes from ships: control characters are shown as '?', so that a name cannot steer the terminal.
 */
#ifndef RCC_CTL_TABLE_H
#define RCC_CTL_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum ctl_cell {
	CTL_CELL_TEXT = 1,    /* text or number as it stands; true and false are yes and no */
	CTL_CELL_TIME = 2,    /* without milliseconds */
	CTL_CELL_POS = 3,     /* members lat and lon; the column's key is not used */
	CTL_CELL_MINUTES = 4, /* 95 is 1h35 */
	CTL_CELL_SECONDS = 5, /* milliseconds as seconds */
	CTL_CELL_MARKS = 6,   /* the names of the warnings that are true; the column's key is not used */
};

struct ctl_column {
	const char *title;
	const char *key; /* member of the row; absent is shown as "-" */
	enum ctl_cell kind;
	bool is_right; /* numbers */
};

/* Most columns of a table, and characters of one cell: the last column is not cut. */
#define CTL_COLUMNS_MAX 16
#define CTL_CELL_WIDTH_MAX 40
/* Bytes of one cell with its NUL: the longest member is 2 x RCC_RAW_MAX hexadecimal digits. */
#define CTL_CELL_SIZE 2304

struct ctl_table {
	const struct ctl_column *column; /* ended by a NULL title; borrowed */
	size_t columns;
	FILE *out;
	size_t width[CTL_COLUMNS_MAX]; /* widest cell so far: never shrinks, so that pages stay aligned */
	char **cell;                   /* rows x columns */
	size_t cells, room;
	bool has_header;
};

void ctl_table_init(struct ctl_table *table, const struct ctl_column *column, FILE *out);
/* False if memory is short. */
bool ctl_table_add(struct ctl_table *table, const json_t *row);
/* Prints what was added, under a header the first time. Nothing if nothing was added. */
void ctl_table_flush(struct ctl_table *table);
void ctl_table_fini(struct ctl_table *table);

/* Every member of a row but its class, one a line, in the order of the row; lat and lon become one line. */
void ctl_details_print(const json_t *row, FILE *out);
/* One cell as text. */
void ctl_cell_format(char text[CTL_CELL_SIZE], const json_t *row, const struct ctl_column *column);
/* Characters of UTF-8 text. */
size_t ctl_text_width(const char *text);

#endif

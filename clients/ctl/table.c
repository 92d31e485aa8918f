#include "ctl/table.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define GAP 2
#define INDENT 4
#define ELLIPSIS "\xe2\x80\xa6"
/* The warnings of docs/json.md, in the order in which an officer wants them. */
static const char *const marks[] = {
    "needs_reading", "use_other_channel", "flagged",  "escalated",    "restricted", "self_cancel",    "relayed",
    "time_future",   "time_stale",        "pos_jump", "pos_zero",     "pos_inland", "checksum_wrong", "revision",
    "acknowledged",  "pos_confirmed",     "raw_cut",  "contact_lost", "coded_test",
};

size_t
rcc_ctl_text_width(const char *text)
{
	size_t width = 0;
	for (; *text != '\0'; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
	return width;
}

/* U+0080..U+009F steer some terminals as well: in UTF-8 they are c2 80..c2 9f. */
static bool
is_c1(const char *text)
{
	unsigned char next = (unsigned char)text[1];
	return (unsigned char)text[0] == 0xc2 && next >= 0x80 && next <= 0x9f;
}

/* Copies text, with '?' for each control character. Pre: size > 0. */
static void
copy_safe(char *copy, size_t size, const char *text)
{
	size_t len = 0;
	while (*text != '\0' && len + 1 < size) {
		unsigned char c = (unsigned char)*text;
		bool is_pair = is_c1(text);
		copy[len++] = c < 0x20 || c == 0x7f || is_pair ? '?' : *text;
		text += is_pair ? 2 : 1;
	}
	copy[len] = '\0';
}

void
rcc_ctl_text_safe(char *copy, size_t size, const char *text)
{
	copy_safe(copy, size, text);
}

static void
format_value(char text[RCC_CTL_CELL_SIZE], const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		copy_safe(text, RCC_CTL_CELL_SIZE, json_string_value(value));
		break;
	case JSON_INTEGER:
		snprintf(text, RCC_CTL_CELL_SIZE, "%lld", (long long)json_integer_value(value));
		break;
	case JSON_REAL:
		/* Enough for 1e-7 degree, not enough to show the noise of a double. */
		snprintf(text, RCC_CTL_CELL_SIZE, "%.10g", json_real_value(value));
		break;
	case JSON_TRUE:
		snprintf(text, RCC_CTL_CELL_SIZE, "%s", _("yes"));
		break;
	case JSON_FALSE:
		snprintf(text, RCC_CTL_CELL_SIZE, "%s", _("no"));
		break;
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_NULL:
		snprintf(text, RCC_CTL_CELL_SIZE, "-");
		break;
	}
}

static void
format_time(char text[RCC_CTL_CELL_SIZE], const json_t *value)
{
	format_value(text, value);
	char *fraction = strchr(text, '.');
	if (fraction != NULL)
		memcpy(fraction, "Z", sizeof "Z");
}

static void
format_pos(char text[RCC_CTL_CELL_SIZE], const json_t *row)
{
	struct rcc_pos pos = rcc_ctl_row_pos(row);
	char pos_text[RCC_POS_TEXT_SIZE];
	snprintf(text, RCC_CTL_CELL_SIZE, "%s", rcc_pos_is_known(pos) ? rcc_pos_format(pos_text, pos) : "-");
}

static void
format_minutes(char text[RCC_CTL_CELL_SIZE], const json_t *value)
{
	long long min = (long long)json_integer_value(value);
	if (min < 60)
		snprintf(text, RCC_CTL_CELL_SIZE, "%lldmin", min);
	else
		snprintf(text, RCC_CTL_CELL_SIZE, "%lldh%02lld", min / 60, min % 60);
}

static void
format_seconds(char text[RCC_CTL_CELL_SIZE], const json_t *value)
{
	long long ms = (long long)json_integer_value(value);
	const char *sign = ms < 0 ? "-" : "";
	ms = ms < 0 ? -ms : ms;
	snprintf(text, RCC_CTL_CELL_SIZE, "%s%lld.%03llds", sign, ms / 1000, ms % 1000);
}

static void
format_marks(char text[RCC_CTL_CELL_SIZE], const json_t *row)
{
	size_t len = 0;
	text[0] = '\0';
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		if (!json_is_true(json_object_get(row, marks[i])))
			continue;
		int added = snprintf(text + len, RCC_CTL_CELL_SIZE - len, "%s%s", len == 0 ? "" : ",", marks[i]);
		len += added > 0 ? (size_t)added : 0;
	}
	for (char *c = text; *c != '\0'; c++)
		*c = *c == '_' ? '-' : *c;
	if (len == 0)
		snprintf(text, RCC_CTL_CELL_SIZE, "-");
}

/* "part_of.incident": a member of a member. */
static const json_t *
find_member(const json_t *row, const char *key)
{
	char first[64];
	const char *dot = strchr(key, '.');
	if (dot == NULL)
		return json_object_get(row, key);
	snprintf(first, sizeof first, "%.*s", (int)(dot - key), key);
	return json_object_get(json_object_get(row, first), dot + 1);
}

void
rcc_ctl_cell_format(char text[RCC_CTL_CELL_SIZE], const json_t *row, const struct rcc_ctl_column *column)
{
	const json_t *value = column->key == NULL ? NULL : find_member(row, column->key);
	if (column->kind == RCC_CTL_CELL_POS)
		format_pos(text, row);
	else if (column->kind == RCC_CTL_CELL_MARKS)
		format_marks(text, row);
	else if (value == NULL)
		snprintf(text, RCC_CTL_CELL_SIZE, "-");
	else if (column->kind == RCC_CTL_CELL_TIME)
		format_time(text, value);
	else if (column->kind == RCC_CTL_CELL_MINUTES && json_is_integer(value))
		format_minutes(text, value);
	else if (column->kind == RCC_CTL_CELL_SECONDS && json_is_integer(value))
		format_seconds(text, value);
	else
		format_value(text, value);
}

void
rcc_ctl_table_init(struct rcc_ctl_table *table, const struct rcc_ctl_column *column, FILE *out)
{
	*table = (struct rcc_ctl_table){.column = column, .out = out, .limit = rcc_ctl_terminal_width(out)};
	while (column[table->columns].title != NULL) {
		assert(table->columns < RCC_CTL_COLUMNS_MAX);
		table->width[table->columns] = rcc_ctl_text_width(gettext(column[table->columns].title));
		table->columns++;
	}
}

/* Cuts at a character, with an ellipsis that says so. */
static void
cut(char *text)
{
	size_t width = 0;
	size_t at = 0;
	if (rcc_ctl_text_width(text) <= RCC_CTL_CELL_WIDTH_MAX)
		return;
	while (width < RCC_CTL_CELL_WIDTH_MAX) {
		width += ((unsigned char)text[at] & 0xc0) != 0x80 ? 1 : 0;
		if (width < RCC_CTL_CELL_WIDTH_MAX)
			at++;
	}
	memcpy(text + at, ELLIPSIS, sizeof ELLIPSIS);
}

static bool
make_room(struct rcc_ctl_table *table)
{
	if (table->cells + table->columns + 1 <= table->room)
		return true;
	size_t room = table->room == 0 ? 64 * (table->columns + 1) : 2 * table->room;
	char **cell = realloc(table->cell, room * sizeof *cell);
	if (cell == NULL)
		return false;
	table->cell = cell;
	table->room = room;
	return true;
}

/* Keeps a copy of a text as the next cell. */
static bool
keep(struct rcc_ctl_table *table, const char *text)
{
	char *copy = malloc(strlen(text) + 1);
	if (copy == NULL)
		return false;
	memcpy(copy, text, strlen(text) + 1);
	table->cell[table->cells++] = copy;
	return true;
}

bool
rcc_ctl_table_add(struct rcc_ctl_table *table, const json_t *row)
{
	char text[RCC_CTL_CELL_SIZE];
	char words[RCC_CTL_WORDS_SIZE];
	if (!make_room(table))
		return false;
	size_t start = table->cells;
	for (size_t i = 0; i < table->columns; i++) {
		rcc_ctl_cell_format(text, row, &table->column[i]);
		if (i + 1 < table->columns && table->limit == 0)
			cut(text);
		if (!keep(table, text))
			goto out;
		size_t width = rcc_ctl_text_width(text);
		table->width[i] = width > table->width[i] ? width : table->width[i];
	}
	rcc_ctl_words_format(row, words);
	rcc_ctl_call_insert(table->call, words, sizeof words);
	if (keep(table, words))
		return true;
out:
	/* A row is added as a whole or not at all. */
	while (table->cells > start)
		free(table->cell[--table->cells]);
	return false;
}

static void
print_cell(const struct rcc_ctl_table *table, size_t i, const char *text)
{
	if (table->is_under[i])
		return;
	bool is_last = i == table->last;
	int pad = (int)(table->width[i] - rcc_ctl_text_width(text));
	if (table->column[i].is_right)
		fprintf(table->out, "%*s%s%*s", pad, "", text, is_last ? 0 : GAP, "");
	else
		fprintf(table->out, "%s%*s", text, is_last ? 0 : pad + GAP, "");
	if (is_last)
		fputc('\n', table->out);
}

void
rcc_ctl_words_print(const char *words, const char *indent, FILE *out, size_t limit)
{
	char line[RCC_CTL_WORDS_SIZE];
	char safe[RCC_CTL_WORDS_SIZE];
	while (*words != '\0') {
		size_t len = strcspn(words, "\n");
		memcpy(line, words, len);
		line[len] = '\0';
		copy_safe(safe, sizeof safe, line);
		rcc_ctl_wrap_print(out, indent, "      ", safe, limit);
		words += len + (words[len] == '\n' ? 1 : 0);
	}
}

/* Is nothing known of it in any row so far? Such a column takes no room from the others. */
static bool
is_empty(const struct rcc_ctl_table *table, size_t column)
{
	for (size_t i = column; i < table->cells; i += table->columns + 1) {
		if (strcmp(table->cell[i], "-") != 0)
			return false;
	}
	return true;
}

/* As many columns as fit, from the left: the tables begin with what nobody can do without. */
static void
choose_columns(struct rcc_ctl_table *table)
{
	size_t whole = 0;
	size_t width = 0;
	bool is_full = false;
	for (size_t i = 0; i < table->columns; i++)
		whole += table->width[i] + (i == 0 ? 0 : GAP);
	table->last = table->columns - 1;
	if (table->limit == 0 || whole <= table->limit)
		return;
	for (size_t i = 0; i < table->columns; i++) {
		size_t more = table->width[i] + (i == 0 ? 0 : GAP);
		is_full = is_full || (i > 0 && !is_empty(table, i) && width + more > table->limit);
		table->is_under[i] = i > 0 && (is_full || is_empty(table, i));
		if (table->is_under[i])
			continue;
		width += more;
		table->last = i;
	}
}

/* The columns that found no room, each with its title; what is not known is left out. */
static void
print_rest(const struct rcc_ctl_table *table, char **cell)
{
	char item[RCC_CTL_CELL_SIZE + 64];
	size_t at = 0;
	for (size_t i = 0; i < table->columns; i++) {
		if (!table->is_under[i] || strcmp(cell[i], "-") == 0)
			continue;
		snprintf(item, sizeof item, "%s %s", gettext(table->column[i].title), cell[i]);
		size_t width = rcc_ctl_text_width(item);
		if (at != 0 && at + GAP + width > table->limit) {
			fputc('\n', table->out);
			at = 0;
		}
		if (at == 0 && INDENT + width > table->limit) {
			rcc_ctl_wrap_print(table->out, "    ", "      ", item, table->limit);
			continue;
		}
		fprintf(table->out, "%*s%s", at == 0 ? INDENT : GAP, "", item);
		at += (at == 0 ? INDENT : GAP) + width;
	}
	if (at != 0)
		fputc('\n', table->out);
}

void
rcc_ctl_table_flush(struct rcc_ctl_table *table)
{
	size_t row = table->columns + 1;
	if (table->cells == 0)
		return;
	if (!table->has_header)
		choose_columns(table);
	for (size_t i = 0; i < table->columns && !table->has_header; i++)
		print_cell(table, i, gettext(table->column[i].title));
	table->has_header = true;
	for (size_t start = 0; start < table->cells; start += row) {
		for (size_t i = 0; i < table->columns; i++)
			print_cell(table, i, table->cell[start + i]);
		print_rest(table, table->cell + start);
		rcc_ctl_words_print(table->cell[start + table->columns], "    ", table->out, table->limit);
		for (size_t i = 0; i < row; i++)
			free(table->cell[start + i]);
	}
	table->cells = 0;
}

void
rcc_ctl_table_fini(struct rcc_ctl_table *table)
{
	for (size_t i = 0; i < table->cells; i++)
		free(table->cell[i]);
	free(table->cell);
	*table = (struct rcc_ctl_table){.column = NULL};
}

/* "pos_radius_m" is "pos radius m" to a reader. */
static void
print_label(FILE *out, const char *key, int width)
{
	int len = 0;
	for (; key[len] != '\0'; len++)
		fputc(key[len] == '_' ? ' ' : key[len], out);
	fprintf(out, "%*s", width > len ? width - len : 1, "");
}

/* What the details show of one member; false for members that stand elsewhere. */
static bool
format_detail(char text[RCC_CTL_CELL_SIZE], const json_t *row, const char *key)
{
	struct rcc_ctl_column column = {.title = "", .key = key, .kind = RCC_CTL_CELL_TEXT};
	if (strcmp(key, "class") == 0 || strcmp(key, "lon") == 0)
		return false;
	if (strcmp(key, "lat") == 0)
		column.kind = RCC_CTL_CELL_POS;
	else if (strcmp(key, "eta_min") == 0 || strcmp(key, "answer_eta_min") == 0)
		column.kind = RCC_CTL_CELL_MINUTES;
	rcc_ctl_cell_format(text, row, &column);
	return true;
}

static void
print_members(const json_t *row, FILE *out, int width)
{
	char text[RCC_CTL_CELL_SIZE];
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)row, key, value)
	{
		if (json_is_object(value) || json_is_array(value) || !format_detail(text, row, key))
			continue;
		print_label(out, strcmp(key, "lat") == 0 ? "position" : key, width);
		if (json_is_string(value) && strchr(json_string_value(value), '\n') != NULL)
			rcc_ctl_lines_print(out, json_string_value(value), width);
		else
			fprintf(out, "%s\n", text);
		if (strcmp(key, "raw_hex") == 0 && json_is_string(value))
			rcc_ctl_hex_print(out, json_string_value(value), width);
	}
}

/* What came from each source, and what became of it. */
static const struct rcc_ctl_column source_columns[] = {
    {N_("SOURCE"), "source", RCC_CTL_CELL_TEXT, false},
    {N_("RECEIVED"), "received", RCC_CTL_CELL_TEXT, true},
    {N_("ALERTS"), "alerts", RCC_CTL_CELL_TEXT, true},
    {N_("UNREAD"), "unread", RCC_CTL_CELL_TEXT, true},
    {N_("POSITIONS"), "positions", RCC_CTL_CELL_TEXT, true},
    {N_("ROUTINE"), "routine", RCC_CTL_CELL_TEXT, true},
    {N_("AGAIN"), "again", RCC_CTL_CELL_TEXT, true},
    {N_("NOT RECORDED"), "not_recorded", RCC_CTL_CELL_TEXT, true},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

/* What each feed heard, and what it did not hand on. */
static const struct rcc_ctl_column feed_columns[] = {
    {N_("FEED"), "feed", RCC_CTL_CELL_TEXT, false},
    {N_("HEARD"), "heard", RCC_CTL_CELL_TEXT, true},
    {N_("HANDED ON"), "handed_on", RCC_CTL_CELL_TEXT, true},
    {N_("NOT"), "not_handed_on", RCC_CTL_CELL_TEXT, true},
    {N_("WAITING"), "waiting", RCC_CTL_CELL_TEXT, true},
    {N_("REPEATS"), "repeats", RCC_CTL_CELL_TEXT, true},
    {N_("ROUTINE"), "routine", RCC_CTL_CELL_TEXT, true},
    {N_("GARBLED"), "garbled", RCC_CTL_CELL_TEXT, true},
    {N_("INCOMPLETE"), "incomplete", RCC_CTL_CELL_TEXT, true},
    {N_("UNREADABLE"), "unreadable", RCC_CTL_CELL_TEXT, true},
    {N_("WITHHELD"), "withheld", RCC_CTL_CELL_TEXT, true},
    {N_("OTHER"), "other", RCC_CTL_CELL_TEXT, true},
    {N_("LAST OF THESE"), "last", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static void
print_list(const struct rcc_ctl_column *columns, json_t *rows, FILE *out)
{
	struct rcc_ctl_table table;
	size_t index;
	json_t *row;
	rcc_ctl_table_init(&table, columns, out);
	json_array_foreach(rows, index, row)
	{
		/* A row that finds no memory is missing from a glance, not from the record. */
		(void)rcc_ctl_table_add(&table, row);
	}
	rcc_ctl_table_flush(&table);
	rcc_ctl_table_fini(&table);
}

void
rcc_ctl_details_print(const json_t *row, const char *call, FILE *out)
{
	char words[RCC_CTL_WORDS_SIZE];
	const char *key;
	json_t *value;
	int width = 0;
	json_object_foreach((json_t *)(uintptr_t)row, key, value) width =
	    (int)strlen(key) > width ? (int)strlen(key) : width;
	width += GAP;
	print_members(row, out, width);
	json_object_foreach((json_t *)(uintptr_t)row, key, value)
	{
		/* Told in words below. */
		if (!json_is_object(value) || strcmp(key, "part_of") == 0)
			continue;
		fprintf(out, "%s:\n", key);
		print_members(value, out, width);
	}
	print_list(source_columns, json_object_get(row, "sources"), out);
	print_list(feed_columns, json_object_get(row, "feeds"), out);
	rcc_ctl_words_format(row, words);
	rcc_ctl_call_insert(call, words, sizeof words);
	rcc_ctl_words_print(words, "* ", out, rcc_ctl_terminal_width(out));
}

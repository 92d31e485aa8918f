#include "feed/expansion.h"

#include <string.h>

#include "proto/source/nmea.h"

/* Places of a DSE's fields. */
enum field { FIELD_TOTAL, FIELD_NUMBER, FIELD_FLAG, FIELD_ADDRESS };

/* A sentence that is one of several. */
struct part {
	uint32_t total, number;
	char address[sizeof((struct rcc_feed_expansion *)0)->address]; /* "" = it names no ship */
};

static bool
take_digit(const char *field, uint32_t *ret_value)
{
	if (field[0] < '1' || field[0] > '9' || field[1] != '\0') {
		return false;
	}
	*ret_value = (uint32_t)(field[0] - '0');
	return true;
}

/* False: it stands alone, or is damaged and nothing in it is certain. */
static bool
read_part(const uint8_t *sentence, size_t len, struct part *ret_part)
{
	struct rcc_nmea nmea;
	size_t used = 0;
	if (rcc_nmea_split(sentence, len, &nmea, &used) != RCC_OK || !rcc_nmea_is(&nmea, "DSE") ||
	    nmea.checksum != RCC_NMEA_CHECKSUM_GOOD) {
		return false;
	}
	const char *address = rcc_nmea_field(&nmea, FIELD_ADDRESS);
	if (!take_digit(rcc_nmea_field(&nmea, FIELD_TOTAL), &ret_part->total) ||
	    !take_digit(rcc_nmea_field(&nmea, FIELD_NUMBER), &ret_part->number) || ret_part->total < 2 ||
	    ret_part->number > ret_part->total || strlen(address) >= sizeof ret_part->address) {
		return false;
	}
	memcpy(ret_part->address, address, strlen(address) + 1);
	return true;
}

static bool
is_open(const struct rcc_feed_expansion *row, const struct part *part, int64_t mono_ms)
{
	return row->total == part->total && mono_ms - row->heard_mono_ms < RCC_FEED_EXPANSION_OPEN_MS;
}

/* Can the part be one that the row still wants? One that names no ship comes after all that are there. */
static bool
wants(const struct rcc_feed_expansion *row, const struct part *part, int64_t mono_ms)
{
	if (!is_open(row, part, mono_ms)) {
		return false;
	}
	if (part->address[0] == '\0') {
		return row->have >> (part->number - 1) == 0;
	}
	return (row->have & 1u << (part->number - 1)) == 0 && strcmp(row->address, part->address) == 0;
}

/* The row of that ship and so many sentences, a free one, or the oldest. */
static struct rcc_feed_expansion *
row_for(struct rcc_feed_expansions *expansions, const struct part *part)
{
	struct rcc_feed_expansion *best = &expansions->row[0];
	for (size_t i = 0; i < RCC_FEED_EXPANSIONS_MAX; i++) {
		struct rcc_feed_expansion *row = &expansions->row[i];
		if (row->total == part->total && strcmp(row->address, part->address) == 0) {
			return row;
		}
		if (best->total != 0 && (row->total == 0 || row->heard_mono_ms < best->heard_mono_ms)) {
			best = row;
		}
	}
	return best;
}

/* False: no room, and nothing is changed. */
static bool
append(struct rcc_feed_expansion *row, const uint8_t *line, size_t len, size_t from)
{
	size_t feed = row->len > 0 ? 1 : 0;
	size_t same_len = len - from;
	if (row->len + feed + len > sizeof row->bytes || row->same_len + feed + same_len >= sizeof row->same) {
		return false;
	}
	if (feed != 0) {
		row->bytes[row->len++] = '\n';
		row->same[row->same_len++] = '\n';
	}
	memcpy(row->bytes + row->len, line, len);
	memcpy(row->same + row->same_len, line + from, same_len);
	row->len += len;
	row->same_len += same_len;
	row->same[row->same_len] = '\0';
	return true;
}

/* The same sentence once more, heard by a second receiver say. */
static bool
has_sentence(const struct rcc_feed_expansion *row, const uint8_t *sentence, size_t len, size_t *ret_end)
{
	size_t at = 0;
	while (at < row->same_len) {
		const char *end = memchr(row->same + at, '\n', row->same_len - at);
		size_t line_len = (end == NULL ? row->same_len : (size_t)(end - row->same)) - at;
		if (line_len == len && memcmp(row->same + at, sentence, len) == 0) {
			*ret_end = at + line_len;
			return true;
		}
		at += line_len + 1;
	}
	return false;
}

/* Where a part may belong. */
struct places {
	struct rcc_feed_expansion *wanting; /* one that can still want it */
	unsigned wanting_count;
	struct rcc_feed_expansion *having; /* one that has the very same sentence */
	size_t having_end;                 /* where that ends */
};

static struct places
find_places(struct rcc_feed_expansions *expansions, const struct part *part, const uint8_t *sentence, size_t len,
            int64_t mono_ms)
{
	struct places places = {NULL, 0, NULL, 0};
	for (size_t i = 0; i < RCC_FEED_EXPANSIONS_MAX; i++) {
		struct rcc_feed_expansion *row = &expansions->row[i];
		if (wants(row, part, mono_ms)) {
			places.wanting = row;
			places.wanting_count++;
		} else if (is_open(row, part, mono_ms) && has_sentence(row, sentence, len, &places.having_end)) {
			places.having = row;
		}
	}
	return places;
}

/* The row that the part is to be put into. NULL: it goes out alone, or is a repeat (ret_call then says of what). */
static struct rcc_feed_expansion *
choose(struct rcc_feed_expansions *expansions, const struct part *part, const uint8_t *sentence, size_t len,
       int64_t mono_ms, struct rcc_feed_call *ret_call)
{
	struct places places = find_places(expansions, part, sentence, len, mono_ms);
	if (places.having != NULL && places.wanting_count == 0) {
		ret_call->same = places.having->same;
		ret_call->same_len = places.having_end;
		return NULL;
	}
	/* Of two ships that it may be of, nobody can know which: a person reads it. */
	if (part->address[0] == '\0') {
		return places.wanting_count == 1 && places.having == NULL ? places.wanting : NULL;
	}
	if (places.wanting_count > 0) {
		return places.wanting;
	}
	struct rcc_feed_expansion *row = row_for(expansions, part);
	*row = (struct rcc_feed_expansion){.total = part->total};
	memcpy(row->address, part->address, sizeof row->address);
	return row;
}

void
rcc_feed_expansion_take(struct rcc_feed_expansions *expansions, const uint8_t *line, size_t len, size_t from,
                        int64_t mono_ms, struct rcc_feed_call *ret_call)
{
	const uint8_t *sentence = line + from;
	struct part part;
	/* Behind noise the line is more than its sentence: it goes as it is. */
	bool is_clean = from == 0 || (line[0] == '\\' && line[from - 1] == '\\');
	*ret_call = (struct rcc_feed_call){line, len, (const char *)sentence, len - from};
	if (!is_clean || !read_part(sentence, len - from, &part)) {
		return;
	}
	struct rcc_feed_expansion *row = choose(expansions, &part, sentence, len - from, mono_ms, ret_call);
	if (row == NULL || !append(row, line, len, from)) {
		return;
	}
	row->have |= 1u << (part.number - 1);
	row->heard_mono_ms = mono_ms;
	*ret_call = (struct rcc_feed_call){row->bytes, row->len, row->same, row->same_len};
}

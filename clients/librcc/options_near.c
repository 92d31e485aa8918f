/* Which name was meant by one that does not exist: a typing error at three in the morning is told with its cure. */
#include <string.h>

#include "librcc/options.h"

#define NAME_MAX_LEN 24
/* So many letters may be wrong; in short words fewer, or every word would be near. */
#define WRONG_MAX 2
#define SHORT_LEN 4
/* One or two letters may mean anything. */
#define LEAST_LEN 3

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to insert, take away, change or swap with their neighbour to come from one word to the other. */
static size_t
distance(const char *from, const char *to)
{
	size_t row[3][NAME_MAX_LEN + 1];
	size_t from_len = strlen(from);
	size_t to_len = strlen(to);
	if (from_len > NAME_MAX_LEN || to_len > NAME_MAX_LEN)
		return NAME_MAX_LEN;
	for (size_t j = 0; j <= to_len; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= from_len; i++) {
		size_t *now = row[i % 3];
		const size_t *last = row[(i + 2) % 3];
		const size_t *before = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= to_len; j++) {
			bool is_same = from[i - 1] == to[j - 1];
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (is_same ? 0 : 1));
			if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return row[from_len % 3][to_len];
}

const char *
rcc_options_near(const void *table, rcc_options_name_fn *name, const char *word)
{
	const char *best = NULL;
	size_t word_len = strlen(word);
	size_t best_distance = word_len <= SHORT_LEN ? 2 : WRONG_MAX + 1;
	const char *at = word_len < LEAST_LEN ? NULL : name(table, 0);
	for (size_t n = 0; at != NULL; at = name(table, ++n)) {
		bool is_begun = strncmp(at, word, word_len) == 0;
		size_t apart = is_begun ? 0 : distance(word, at);
		if (apart < best_distance) {
			best = at;
			best_distance = apart;
		}
	}
	return best;
}

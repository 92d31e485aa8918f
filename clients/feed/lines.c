#include "feed/lines.h"

#include <string.h>

static void
finish(struct rcc_feed_lines *lines, struct rcc_feed_line_bytes *line)
{
	size_t kept = lines->len < sizeof lines->bytes ? lines->len : sizeof lines->bytes;
	line->bytes = lines->bytes;
	line->lost = lines->len - kept;
	while (kept > 0 && (lines->bytes[kept - 1] == '\r' || lines->bytes[kept - 1] == ' ')) {
		kept--;
	}
	line->len = kept;
	lines->len = 0;
}

size_t
rcc_feed_lines_take(struct rcc_feed_lines *lines, const uint8_t *bytes, size_t len, bool *ret_is_line,
                    struct rcc_feed_line_bytes *ret_line)
{
	const uint8_t *end = memchr(bytes, '\n', len);
	size_t used = end == NULL ? len : (size_t)(end - bytes);
	if (lines->len < sizeof lines->bytes) {
		size_t room = sizeof lines->bytes - lines->len;
		memcpy(lines->bytes + lines->len, bytes, used < room ? used : room);
	}
	lines->len += used;
	*ret_is_line = end != NULL;
	if (end == NULL) {
		return used;
	}
	finish(lines, ret_line);
	return used + 1;
}

bool
rcc_feed_lines_end(struct rcc_feed_lines *lines, struct rcc_feed_line_bytes *ret_line)
{
	if (lines->len == 0) {
		return false;
	}
	finish(lines, ret_line);
	return true;
}

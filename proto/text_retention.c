/* text_retention.c - legal holds, erasures and purges, in words. */
#include "proto/text_retention.h"

#include <assert.h>
#include <stdio.h>

#include "proto/text_line.h"
#include "proto/text_table.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static const char *const retention_words[] = {NULL, "legal-hold", "hold-lifted", "erased", "purged"};
static const char *const kept_words[] = {NULL, "tracks", "sealed"};

static_assert(COUNT_OF(retention_words) == RCC_RETENTION_STEP_LAST + 1, "a word for each");
static_assert(COUNT_OF(kept_words) == RCC_KEPT_LAST + 1, "a word for each");

DEFINE_WORD(retention, enum rcc_retention_step)
DEFINE_WORD(kept, enum rcc_kept)
DEFINE_PARSE(retention, enum rcc_retention_step)
DEFINE_PARSE(kept, enum rcc_kept)

static void
put_what(struct line *line, const struct rcc_retention *order)
{
	char time[RCC_TIME_TEXT_SIZE];

	rcc_line_put(line, "%s", rcc_retention_word(order->step));
	if (order->alert.v != 0)
		rcc_line_put(line, " what the caller of alert %u left", order->alert.v);
	if (order->note != 0)
		rcc_line_put(line, " what note %u says", order->note);
	if (order->step != RCC_RETENTION_PURGE)
		return;
	rcc_line_put(line, " %s", rcc_kept_word(order->what));
	if (order->class != 0)
		rcc_line_put(line, " of class %s", rcc_class_word(order->class));
	rcc_line_put(line, " from before %s", rcc_time_format(time, order->before_at_ms));
}

size_t
rcc_retention_format(char *text, size_t size, const struct rcc_retention *order)
{
	struct line line = {text, size, 0};

	put_what(&line, order);
	if (order->reason[0] != '\0')
		rcc_line_put(&line, ", \"%s\"", order->reason);
	return line.len;
}

size_t
rcc_retention_changed_format(char *text, size_t size, const struct rcc_retention_changed *changed)
{
	struct line line = {text, size, 0};

	put_what(&line, &changed->body);
	if (changed->keep_days != 0)
		rcc_line_put(&line, ", by rule: kept for %u day%s", changed->keep_days,
		             changed->keep_days == 1 ? "" : "s");
	if (changed->body.reason[0] != '\0')
		rcc_line_put(&line, ", \"%s\"", changed->body.reason);
	return line.len;
}

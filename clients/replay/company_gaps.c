/*
 * company_gaps.c - what a ship's readiness checks found missing, and for how long.
 *
 * A check names what is missing in words, one thing after another with ; or , between. A thing is missing from the check that
 * names it first until the next check that does not; it is known by its words, so "20 blankets" and "10 blankets" are two things.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/i18n.h"
#include "replay/company.h"

/* One thing in a list of them; len 0 = there are no more. */
struct thing {
	const char *text;
	size_t len;
};

static struct thing
next_thing(const char **rest)
{
	struct thing thing = {*rest, 0};

	while (thing.len == 0 && **rest != '\0') {
		*rest += strspn(*rest, " ;,");
		thing.text = *rest;
		thing.len = strcspn(*rest, ";,");
		*rest += thing.len;
		while (thing.len > 0 && thing.text[thing.len - 1] == ' ')
			thing.len--;
	}
	return thing;
}

static bool
names(const struct rcc_company_said *check, const struct thing *wanted)
{
	const char *rest = check->body.missing;

	for (struct thing thing = next_thing(&rest); thing.len > 0; thing = next_thing(&rest)) {
		if (thing.len == wanted->len && memcmp(thing.text, wanted->text, thing.len) == 0)
			return true;
	}
	return false;
}

static int
by_check(const void *a, const void *b)
{
	const struct rcc_company_said *left = a, *right = b;
	int64_t left_ms = left->body.checked_at_ms, right_ms = right->body.checked_at_ms;

	/* Of two of the same moment the one that was reported later stands. */
	if (left_ms == right_ms)
		return (left->at_ms > right->at_ms) - (left->at_ms < right->at_ms);
	return left_ms > right_ms ? 1 : -1;
}

/* Her checks in that time, in the order in which they were made. Returns how many. */
static size_t
take_checks(const struct rcc_company *company, const struct rcc_company_ship *ship, struct rcc_company_said *check)
{
	size_t count = 0;

	for (size_t i = 0; i < company->said.count; i++) {
		const struct rcc_company_said *said = RCC_COMPANY_ROW(company, said, said, i);
		if (said->mmsi.v == ship->mmsi.v && said->body.checked_at_ms != 0 && said->at_ms >= ship->from_ms &&
		    (ship->until_ms == 0 || said->at_ms < ship->until_ms))
			check[count++] = *said;
	}
	if (count > 1)
		qsort(check, count, sizeof check[0], by_check);
	return count;
}

static void
print_gap(const struct rcc_company_ship *ship, const struct thing *thing, int64_t since_ms, int64_t until_ms,
          struct rcc_lines *lines, int64_t now_ms)
{
	char text[RCC_TEXT_MAX + 1];

	(void)snprintf(text, sizeof text, "%.*s", (int)thing->len, thing->text);
	rcc_lines_begin(lines, "COMPANY_GAP", N_("  gap"));
	rcc_lines_mmsi(lines, ship->mmsi);
	rcc_lines_text(lines, "missing", N_("missing"), text);
	rcc_lines_time_if(lines, "since", N_("since"), since_ms);
	rcc_lines_time_if(lines, "until", N_("until"), until_ms);
	rcc_lines_span(lines, "span_s", until_ms != 0 ? N_("for") : N_("not closed for"),
	               (until_ms != 0 ? until_ms : now_ms) - since_ms);
	rcc_lines_end(lines);
}

void
rcc_company_print_gaps(const struct rcc_company *company, const struct rcc_company_ship *ship, struct rcc_lines *lines,
                       int64_t now_ms)
{
	struct rcc_company_said *check = calloc(company->said.count + 1, sizeof *check);

	if (check == NULL) {
		fprintf(stderr, _("rcc-replay: no memory for this report\n"));
		return;
	}
	size_t count = take_checks(company, ship, check);
	/* A ship that is another's now: what became of it is not theirs to know. */
	int64_t end_ms = ship->until_ms != 0 ? ship->until_ms : now_ms;
	for (size_t i = 0; i < count; i++) {
		const char *rest = check[i].body.missing;
		for (struct thing thing = next_thing(&rest); thing.len > 0; thing = next_thing(&rest)) {
			size_t after = i + 1;
			if (i > 0 && names(&check[i - 1], &thing))
				continue;
			while (after < count && names(&check[after], &thing))
				after++;
			print_gap(ship, &thing, check[i].body.checked_at_ms,
			          after < count ? check[after].body.checked_at_ms : 0, lines, end_ms);
		}
	}
	free(check);
}

/* review_print.c - the figures of a year as lines: what did not happen is said with a 0, what is not known is not there. */
#include <stdio.h>

#include "core/duty.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "replay/lines.h"
#include "replay/review.h"

/* Three figures of lengths of time; nothing if there are none. */
static void
put_spans(struct rcc_lines *lines, struct rcc_spans *spans)
{
	if (spans->count == 0)
		return;
	rcc_spans_sort(spans);
	rcc_lines_span(lines, "median_s", N_("median"), rcc_spans_percentile(spans, 50));
	rcc_lines_span(lines, "p95_s", N_("95 of 100 within"), rcc_spans_percentile(spans, 95));
	rcc_lines_span(lines, "worst_s", N_("worst"), rcc_spans_percentile(spans, 100));
}

static void
put_head(const struct rcc_review *review, const struct rcc_cases_span *span, struct rcc_lines *lines)
{
	rcc_lines_begin(lines, "REVIEW", N_("review"));
	rcc_lines_uint(lines, "year", N_("year"), review->year);
	rcc_lines_text_if(lines, "centre", N_("centre"), span->centre);
	rcc_lines_uint(lines, "cases", N_("live cases"), review->live);
	rcc_lines_uint(lines, "joined", N_("joined to another"), review->joined);
	rcc_lines_uint(lines, "exercises", N_("exercises held"), review->exercises);
	rcc_lines_uint(lines, "drilled_ships", N_("ships that took part in one"), review->drilled.count);
	rcc_lines_time_if(lines, "from", N_("record from"), span->first_at_ms);
	rcc_lines_time_if(lines, "to", N_("to"), span->last_at_ms);
	rcc_lines_uint(lines, "entries", N_("entries"), span->entries);
	rcc_lines_end(lines);
}

static void
put_cases(const struct rcc_review *review, struct rcc_lines *lines)
{
	for (int class = 1; class <= RCC_CLASS_LAST; class ++) {
		for (int i = 0; i < (RCC_PHASE_LAST + 1) * RCC_REVIEW_FATES; i++) {
			int phase = i / RCC_REVIEW_FATES, fate = i % RCC_REVIEW_FATES;
			uint32_t count = review->count[class][phase][fate];
			if (count == 0)
				continue;
			rcc_lines_begin(lines, "REVIEW_CASES", N_("cases"));
			rcc_lines_text(lines, "incident_class", N_("class"), rcc_class_word((enum rcc_class) class));
			rcc_lines_text(lines, "phase", N_("phase"), rcc_phase_word((enum rcc_phase)phase));
			if (fate <= RCC_OUTCOME_LAST)
				rcc_lines_text(lines, "outcome", N_("outcome"),
				               rcc_outcome_word((enum rcc_outcome)fate));
			else
				rcc_lines_text(
				    lines, "status", N_("not closed"),
				    rcc_incident_status_word((enum rcc_incident_status)(fate - RCC_OUTCOME_LAST)));
			rcc_lines_uint(lines, "cases", N_("cases"), count);
			rcc_lines_end(lines);
		}
	}
}

static void
put_persons(const struct rcc_review *review, struct rcc_lines *lines)
{
	rcc_lines_begin(lines, "REVIEW_PERSONS", N_("persons"));
	rcc_lines_uint(lines, "known", N_("known of"), review->persons_known);
	rcc_lines_uint(lines, "landed", N_("landed"), review->persons[RCC_WHERE_LANDED]);
	rcc_lines_uint(lines, "safe_alone", N_("safe by their own means"), review->persons[RCC_WHERE_SAFE_ALONE]);
	rcc_lines_uint(lines, "aboard", N_("still aboard a ship"), review->persons[RCC_WHERE_ABOARD]);
	rcc_lines_uint(lines, "dead", N_("dead"), review->persons[RCC_WHERE_DEAD]);
	rcc_lines_uint(lines, "missing", N_("missing"), review->persons[RCC_WHERE_MISSING]);
	rcc_lines_uint(lines, "unknown", N_("OUTCOME NOT KNOWN"), review->persons[RCC_WHERE_UNKNOWN]);
	rcc_lines_uint(lines, "at_risk", N_("not accounted for"), review->persons[RCC_WHERE_AT_RISK]);
	rcc_lines_uint(lines, "never", N_("never existed"), review->persons[RCC_WHERE_NEVER]);
	rcc_lines_uint(lines, "uncounted_cases", N_("cases in which nobody knows how many"), review->uncounted);
	rcc_lines_end(lines);
}

static void
put_times(struct rcc_review *review, struct rcc_lines *lines)
{
	static const struct {
		enum rcc_review_time which;
		const char *word, *title;
	} rows[] = {
	    {RCC_REVIEW_BROADCAST, "alert-to-broadcast", N_("from the alert to the call to ships")},
	    {RCC_REVIEW_ANSWER, "alert-to-answer", N_("from the alert to the first answer")},
	    {RCC_REVIEW_ARRIVAL, "alert-to-arrival", N_("from the alert to the first ship on scene")},
	    {RCC_REVIEW_ASHORE, "aboard-to-ashore", N_("from the first survivor aboard to the last one ashore")},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rcc_review_times *time = &review->time[rows[i].which];
		rcc_lines_begin(lines, "REVIEW_TIME", rows[i].title);
		if (lines->is_json)
			rcc_lines_text(lines, "of", "", rows[i].word);
		rcc_lines_uint(lines, "cases", N_("cases"), time->spans.count);
		rcc_lines_uint(lines, "without", N_("cases in which it has not come"), time->without);
		put_spans(lines, &time->spans);
		if (time->number != 0)
			rcc_lines_case(lines, "worst_incident", N_("in case"), time->year, time->number);
		rcc_lines_end(lines);
	}
}

static const char *
excuse_word(uint32_t excuse)
{
	if (excuse == RCC_REVIEW_BY_OFFICER)
		return "officer";
	return excuse == RCC_REVIEW_BY_HOLD ? "held" : rcc_reason_word((enum rcc_reason)excuse);
}

static void
put_excuses(const struct rcc_review *review, const struct rcc_duty_rule_row *rule, struct rcc_lines *lines)
{
	for (uint32_t excuse = 0; excuse < RCC_REVIEW_EXCUSES; excuse++) {
		if (review->excuse[rule->rule][excuse] == 0)
			continue;
		rcc_lines_begin(lines, "REVIEW_EXCUSE", N_("  excused"));
		rcc_lines_text(lines, "duty", N_("duty"), rule->word);
		rcc_lines_text(lines, "reason", N_("reason"), excuse_word(excuse));
		rcc_lines_uint(lines, "lines", N_("lines"), review->excuse[rule->rule][excuse]);
		rcc_lines_end(lines);
	}
}

static void
put_duties(const struct rcc_review *review, struct rcc_lines *lines)
{
	for (uint32_t i = 1; i <= RCC_DUTY_RULES_MAX; i++) {
		const struct rcc_duty_rule_row *rule = rcc_duty_rule_find(i);
		const struct rcc_review_duty *count = &review->duty[i];
		uint32_t all = count->kept + count->late + count->excused + count->fell_away + count->owed;
		if (rule == NULL || all == 0)
			continue;
		rcc_lines_begin(lines, "REVIEW_DUTY", N_("duty"));
		rcc_lines_text(lines, "duty", N_("of"), rule->word);
		rcc_lines_text(lines, "debtor", N_("owed by"), rule->debtor == RCC_DEBTOR_SHIP ? "ship" : "centre");
		rcc_lines_text(lines, "law", N_("law"), rule->law);
		rcc_lines_uint(lines, "lines", N_("lines"), all);
		rcc_lines_uint(lines, "kept", N_("kept"), count->kept);
		rcc_lines_uint(lines, "late", N_("late"), count->late);
		rcc_lines_uint(lines, "excused", N_("excused"), count->excused);
		rcc_lines_uint(lines, "fell_away", N_("fell away"), count->fell_away);
		rcc_lines_uint(lines, "owed", N_("still owed"), count->owed);
		rcc_lines_end(lines);
		put_excuses(review, rule, lines);
	}
}

static void
put_deliveries(struct rcc_review *review, struct rcc_lines *lines)
{
	for (int i = 0; i <= RCC_OWNER_LAST; i++) {
		struct rcc_review_owner *owner = &review->owner[i];
		if (owner->lines == 0)
			continue;
		rcc_lines_begin(lines, "REVIEW_DELIVERY", N_("told"));
		rcc_lines_text(lines, "owner", N_("ships of kind"), rcc_owner_word((enum rcc_owner_kind)i));
		rcc_lines_uint(lines, "ships", N_("ships"), owner->ships.count);
		rcc_lines_uint(lines, "lines", N_("deliveries"), owner->lines);
		rcc_lines_uint(lines, "stored", N_("stored"), owner->stored);
		rcc_lines_uint(lines, "stored_percent", N_("percent"),
		               (owner->stored * 100 + owner->lines / 2) / owner->lines);
		rcc_lines_uint(lines, "read", N_("read"), owner->read);
		rcc_lines_uint(lines, "answered", N_("answered"), owner->answered);
		put_spans(lines, &owner->spans);
		rcc_lines_end(lines);
	}
}

static void
put_places(const struct rcc_review *review, struct rcc_lines *lines)
{
	const struct rcc_review_places *places = &review->places;

	rcc_lines_begin(lines, "REVIEW_PLACES", N_("places of safety"));
	rcc_lines_uint(lines, "refusals", N_("refused by an authority"), places->refusals);
	rcc_lines_uint(lines, "overrides", N_("assigned by two officers over what stood against it"),
	               places->overrides);
	rcc_lines_uint(lines, "objections", N_("objections of masters"), places->objections);
	rcc_lines_uint(lines, "fears", N_("fears stated of a place"), places->fears);
	rcc_lines_uint(lines, "reviews", N_("reviews of fears"), places->reviews);
	rcc_lines_uint(lines, "reviews_unsafe", N_("of these well founded"), places->reviews_unsafe);
	rcc_lines_uint(lines, "fears_open", N_("places with a fear that nobody has reviewed"), places->fears_open);
	rcc_lines_end(lines);
}

static void
put_lane(struct rcc_lines *lines, enum rcc_lane which, struct rcc_review_lane *lane, const char *title)
{
	rcc_lines_begin(lines, "REVIEW_WAITING", title);
	if (lines->is_json)
		rcc_lines_text(lines, "lane", "", rcc_lane_word(which));
	rcc_lines_uint(lines, "alerts", N_("alerts"), lane->alerts);
	rcc_lines_uint(lines, "accepted", N_("taken up"), lane->accepted);
	rcc_lines_uint(lines, "dismissed", N_("dismissed"), lane->dismissed);
	rcc_lines_uint(lines, "waiting", N_("STILL WAITING"), lane->alerts - lane->accepted - lane->dismissed);
	rcc_lines_uint(lines, "escalated", N_("escalated"), lane->escalated);
	put_spans(lines, &lane->spans);
	rcc_lines_end(lines);
}

static void
put_false(const struct rcc_review *review, struct rcc_lines *lines)
{
	for (int i = 1; i <= RCC_SOURCE_LAST; i++) {
		if (review->of_source[i] == 0 && review->dismissed_of_source[i] == 0)
			continue;
		rcc_lines_begin(lines, "REVIEW_SOURCE", N_("heard by"));
		rcc_lines_text(lines, "source", N_("source"), rcc_source_word((enum rcc_source)i));
		rcc_lines_uint(lines, "cases", N_("live cases"), review->of_source[i]);
		rcc_lines_uint(lines, "false_alerts", N_("false alerts"), review->false_of_source[i]);
		rcc_lines_uint(lines, "dismissed", N_("alerts dismissed"), review->dismissed_of_source[i]);
		rcc_lines_end(lines);
	}
}

void
rcc_review_print(struct rcc_review *review, const struct rcc_cases_span *span, bool is_json)
{
	struct rcc_lines lines = {.is_json = is_json};

	put_head(review, span, &lines);
	put_cases(review, &lines);
	put_persons(review, &lines);
	put_times(review, &lines);
	put_duties(review, &lines);
	put_deliveries(review, &lines);
	put_places(review, &lines);
	put_lane(&lines, RCC_LANE_NEEDS_READING, &review->lane[RCC_LANE_NEEDS_READING],
	         N_("alerts that a person had to read"));
	put_lane(&lines, RCC_LANE_QUARANTINE, &review->lane[RCC_LANE_QUARANTINE], N_("alerts in quarantine"));
	put_false(review, &lines);
}

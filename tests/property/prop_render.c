/*
 * Every form of every case of random stories, and of bulletins whose every field is random: whatever it holds, a form fits its
 * buffer or is refused, ends where it should, and is what it says: XML whose elements close, JSON, UTF-8, ITA2 in lines of 40. A
 * notice of a missing craft never says MAYDAY or names a duty. RCC_SEED=N tells another story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/report.h"
#include "rcc/text.h"
#include "render/render.h"
#include "sea.h"
#include "watch.h"

#define SEEDS 6
#define STEPS 1200
#define LOOK_EVERY 60
#define RANDOM_BULLETINS 3000
#define GUARD 0x5a

static struct watch watch;
static struct sea sea;
static struct rcc_bulletin bulletin;
static char text[RCC_RENDER_SIZE + 1];
static const enum rcc_form forms[] = {RCC_FORM_VOICE, RCC_FORM_NAVTEX, RCC_FORM_CAP, RCC_FORM_COT, RCC_FORM_GEOJSON};

static enum rcc_status
render(enum rcc_form form, size_t size)
{
	if (form == RCC_FORM_VOICE)
		return rcc_render_voice(&bulletin, text, size);
	if (form == RCC_FORM_NAVTEX)
		return rcc_render_navtex(&bulletin, 'M', text, size);
	if (form == RCC_FORM_CAP)
		return rcc_render_cap(&bulletin, text, size);
	if (form == RCC_FORM_COT)
		return rcc_render_cot(&bulletin, text, size);
	return rcc_render_geojson(&bulletin, text, size);
}

/* ---- what each form must be ---- */

static void
assert_utf8(const char *form)
{
	for (const char *line = text; *line != '\0';) {
		static char array[RCC_RENDER_SIZE];
		size_t len = strcspn(line, "\n");
		if (rcc_text_copy(array, sizeof array, line, len) != RCC_OK)
			fail_msg("%s: not UTF-8, or a control character: %.200s", form, line);
		line += len + (line[len] == '\n');
	}
}

/* Elements that open and close, attributes in double quotes, the five entities that XML has; no more is written here. */
static void
assert_xml(void)
{
	char open[16][32];
	size_t depth = 0;
	const char *at = strstr(text, "?>");

	assert_non_null(at);
	for (at += 2; *at != '\0'; at++) {
		if (*at == '&') {
			assert_true(strncmp(at, "&amp;", 5) == 0 || strncmp(at, "&lt;", 4) == 0 ||
			            strncmp(at, "&gt;", 4) == 0 || strncmp(at, "&quot;", 6) == 0);
		}
		assert_true(*at != '>');
		if (*at != '<')
			continue;
		const char *end = strchr(at, '>');
		assert_non_null(end);
		size_t len = strcspn(at + 1, " />");
		if (at[1] == '/') {
			len = (size_t)(end - at - 2);
			assert_true(depth > 0);
			depth--;
			assert_true(len < sizeof open[0]);
			assert_memory_equal(open[depth], at + 2, len);
			assert_int_equal(open[depth][len], '\0');
		} else if (end[-1] != '/') {
			assert_true(depth < 16 && len < sizeof open[0]);
			memcpy(open[depth], at + 1, len);
			open[depth++][len] = '\0';
		}
		at = end;
	}
	assert_int_equal(depth, 0);
}

static void
assert_navtex(void)
{
	size_t len = strlen(text);

	assert_memory_equal(text, "ZCZC MD", 7);
	assert_true(len > 12 && strcmp(text + len - 5, "NNNN\n") == 0);
	assert_ptr_equal(strstr(text, "NNNN"), text + len - 5);
	for (const char *line = text; *line != '\0';) {
		size_t width = strcspn(line, "\n");
		assert_in_range(width, 1, 40);
		assert_true(strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -?:().,'=/+") == width);
		line += width + 1;
	}
}

static void
assert_json(void)
{
	json_error_t error;
	json_t *collection = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (collection == NULL)
		fail_msg("geojson: %s at %d", error.text, error.position);
	assert_int_equal(json_array_size(json_object_get(collection, "features")),
	                 1 + bulletin.ship_count + (bulletin.candidate_count >= 2 ? bulletin.candidate_count : 0));
	json_decref(collection);
}

/* COMSAR.1/Circ.15, 3.3; what a person typed stands for itself. */
static void
assert_no_duty(const char *form)
{
	static const char *const duties[] = {"MAYDAY", "SOLAS",   "istress",    "DISTRESS",
	                                     "b-a-o",  "Execute", "<emergency", "ssist"};

	for (size_t i = 0; i < sizeof duties / sizeof duties[0]; i++) {
		if (strstr(text, duties[i]) != NULL)
			fail_msg("%s: a notice says %s", form, duties[i]);
	}
}

static void
look(void)
{
	bool is_notice = bulletin.kind == RCC_BROADCAST_MISSING_NOTICE;

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		const char *form = rcc_form_word(forms[i]);
		text[RCC_RENDER_SIZE] = GUARD;
		enum rcc_status status = render(forms[i], RCC_RENDER_SIZE);
		if (forms[i] == RCC_FORM_COT && status == RCC_E_AGAIN)
			continue;
		assert_int_equal(status, RCC_OK);
		assert_utf8(form);
		if (forms[i] == RCC_FORM_CAP || forms[i] == RCC_FORM_COT)
			assert_xml();
		else if (forms[i] == RCC_FORM_NAVTEX)
			assert_navtex();
		else if (forms[i] == RCC_FORM_GEOJSON)
			assert_json();
		/* Where nothing was typed, every word is ours. */
		if (is_notice && bulletin.text[0] == '\0' && bulletin.name[0] == '\0' &&
		    bulletin.phase != RCC_PHASE_DISTRESS)
			assert_no_duty(form);
		/* One byte less than it takes is refused, and the byte behind the buffer is another's. */
		size_t len = strlen(text);
		size_t less = (size_t)sea_below(&sea, (uint32_t)len + 1);
		memset(text, GUARD, sizeof text);
		status = render(forms[i], less + 1);
		assert_int_equal(status, less == len ? RCC_OK : RCC_E_FULL);
		assert_true(less == len || text[0] == '\0');
		for (size_t j = less + 1; j < less + 17 && j < sizeof text; j++)
			assert_int_equal(text[j], GUARD);
	}
}

/* ---- random stories ---- */

static void
look_at_reports(const struct rcc_incident *incident)
{
	struct rcc_sitrep order = {.incident = incident->id, .is_full = 1};

	assert_in_range(rcc_report_sitrep(&watch.core, incident, &order, 1, sea.now_ms, text, RCC_REPORT_SIZE), 1,
	                RCC_REPORT_MAX);
	assert_utf8("sitrep");
	assert_in_range(rcc_report_search_action(&watch.core, incident, sea.now_ms, text, RCC_REPORT_SIZE), 1,
	                RCC_REPORT_SIZE - 1);
	assert_utf8("search-action");
	assert_in_range(rcc_report_after_action(&watch.core, incident, sea.now_ms, text, RCC_REPORT_SIZE), 1,
	                RCC_REPORT_SIZE - 1);
	assert_utf8("after-action");
}

static uint32_t
look_at_cases(void)
{
	uint32_t notices = 0;

	for (uint32_t i = 0; i < watch.core.incident_top; i++) {
		const struct rcc_incident *incident = &watch.core.incident[i];
		if (incident->id.v == 0)
			continue;
		enum rcc_status status = rcc_bulletin_fill(&watch.core, incident, sea.now_ms, &bulletin);
		assert_int_equal(status, incident->is_restricted ? RCC_E_NOT_ALLOWED : RCC_OK);
		look_at_reports(incident);
		if (status != RCC_OK)
			continue;
		notices += bulletin.kind == RCC_BROADCAST_MISSING_NOTICE && !bulletin.is_draft;
		look();
	}
	return notices;
}

static void
test_stories(void **state)
{
	const char *seed = getenv("RCC_SEED");
	uint64_t first = seed == NULL ? 1 : strtoull(seed, NULL, 10);
	uint32_t notices = 0;

	(void)state;
	for (uint64_t i = first; i < first + SEEDS; i++) {
		memset(&sea, 0, sizeof sea);
		sea.seed = i;
		sea_start(&sea, WATCH_START_MS);
		rcc_core_init(&watch.core);
		rcc_entry_clear(&watch.entry);
		sea_run(&sea, &watch.entry.cause);
		rcc_core_step(&watch.core, &watch.entry);
		for (uint32_t step = 0; step < STEPS; step++) {
			rcc_entry_clear(&watch.entry);
			sea_command(&sea, &watch.core, &watch.entry.cause);
			rcc_core_step(&watch.core, &watch.entry);
			if (step % LOOK_EVERY == 0)
				notices += look_at_cases();
		}
	}
	assert_true(notices > 0);
}

/* ---- random bulletins ---- */

static void
random_text(char *field, size_t max)
{
	static const char *const pieces[] = {"<",
	                                     "&",
	                                     "\"",
	                                     "'",
	                                     "]]>",
	                                     "\\",
	                                     "NNNN",
	                                     "ZCZC",
	                                     " ",
	                                     "\xc3\x80",
	                                     "\xe2\x82\xac",
	                                     "\xf0\x9f\x9a\xa2",
	                                     "&amp;",
	                                     "--",
	                                     "A",
	                                     "b",
	                                     "7",
	                                     "   ",
	                                     "\xef\xbf\xbe",
	                                     "%s",
	                                     "%n"};
	size_t len = 0;

	memset(field, 0, max + 1);
	for (uint32_t i = sea_below(&sea, 60); i > 0; i--) {
		const char *piece = pieces[sea_below(&sea, sizeof pieces / sizeof pieces[0])];
		if (len + strlen(piece) > max)
			break;
		memcpy(field + len, piece, strlen(piece));
		len += strlen(piece);
	}
}

static struct rcc_pos
random_pos(void)
{
	if (sea_below(&sea, 8) == 0)
		return RCC_POS_NONE;
	return (struct rcc_pos){(int32_t)(sea_below(&sea, 1800000001)) - 900000000,
	                        (int32_t)((int64_t)sea_below(&sea, 3600000001u) - 1800000000)};
}

static void
random_bulletin(void)
{
	static const enum rcc_broadcast_kind kinds[] = {RCC_BROADCAST_DISTRESS_RELAY, RCC_BROADCAST_UPDATE,
	                                                RCC_BROADCAST_CANCEL, RCC_BROADCAST_SUSPENDED,
	                                                RCC_BROADCAST_MISSING_NOTICE};

	memset(&bulletin, 0, sizeof bulletin);
	random_text(bulletin.centre, RCC_NAME_MAX);
	bulletin.year = sea_below(&sea, 10000);
	bulletin.number = sea_below(&sea, UINT32_MAX);
	bulletin.class = (enum rcc_class)(1 + sea_below(&sea, RCC_CLASS_LAST));
	bulletin.phase = (enum rcc_phase)(1 + sea_below(&sea, RCC_PHASE_LAST));
	bulletin.status = (enum rcc_incident_status)(1 + sea_below(&sea, RCC_INCIDENT_STATUS_LAST));
	bulletin.source = (enum rcc_source)(1 + sea_below(&sea, RCC_SOURCE_LAST));
	bulletin.nature = (enum rcc_nature)sea_below(&sea, RCC_NATURE_LAST + 1);
	bulletin.casualty.v = sea_below(&sea, 2) * sea_below(&sea, RCC_MMSI_MAX);
	random_text(bulletin.name, RCC_NAME_MAX);
	random_text(bulletin.callsign, RCC_CALLSIGN_MAX);
	bulletin.persons = sea_below(&sea, 3) * sea_below(&sea, RCC_PERSONS_MAX);
	bulletin.is_draft = sea_below(&sea, 4) == 0;
	bulletin.kind = kinds[sea_below(&sea, 5)];
	bulletin.is_after_call = sea_below(&sea, 2) != 0;
	bulletin.broadcast = sea_below(&sea, UINT32_MAX);
	bulletin.revision = sea_below(&sea, UINT32_MAX);
	bulletin.issued_at_ms = WATCH_START_MS + (int64_t)sea_below(&sea, UINT32_MAX) * 1000;
	bulletin.expires_at_ms = sea_below(&sea, 2) * (bulletin.issued_at_ms + 1);
	bulletin.pos = random_pos();
	bulletin.pos_radius_m = sea_below(&sea, 2) * sea_below(&sea, UINT32_MAX);
	bulletin.doubts = sea_below(&sea, 2) * sea_below(&sea, RCC_ALERT_MARKS_ALL + 1);
	bulletin.candidate_count = sea_below(&sea, 4) + 1;
	for (uint32_t i = 0; i < bulletin.candidate_count; i++) {
		do
			bulletin.candidate[i].pos = random_pos();
		while (!rcc_pos_is_known(bulletin.candidate[i].pos));
		bulletin.candidate[i].percent = sea_below(&sea, 101);
	}
	if (bulletin.candidate_count == 1)
		bulletin.candidate_count = 0;
	random_text(bulletin.text, RCC_TEXT_MAX);
	bulletin.earlier_count = sea_below(&sea, RCC_BULLETIN_EARLIER_MAX + 1);
	bulletin.ship_count = sea_below(&sea, 20) == 0 ? RCC_BULLETIN_SHIPS_MAX : sea_below(&sea, 4);
	for (uint32_t i = 0; i < bulletin.ship_count; i++) {
		bulletin.ship[i].mmsi.v = UINT32_C(999999999);
		bulletin.ship[i].pos = random_pos();
		bulletin.ship[i].state = RCC_DELIVERY_STORED;
		bulletin.ship[i].range_m = sea_below(&sea, UINT32_MAX);
		bulletin.ship[i].answer = RCC_ANSWER_PROCEEDING;
		random_text(bulletin.ship[i].name, RCC_NAME_MAX);
	}
}

static void
test_random_bulletins(void **state)
{
	(void)state;
	memset(&sea, 0, sizeof sea);
	sea.seed = 77;
	sea_start(&sea, WATCH_START_MS);
	for (uint32_t i = 0; i < RANDOM_BULLETINS; i++) {
		random_bulletin();
		look();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_stories), cmocka_unit_test(test_random_bulletins)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "metrics.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "reply.h"

/* A write of its own is tried at most so often: whoever asks a hundred times a second must not wear out the disk. */
#define PROBE_EVERY_MS 10000
/* And the numbers are made at most so often: they walk through the whole state. */
#define METRICS_EVERY_MS 1000
#define OK 200
#define NOT_FOUND 404
#define UNAVAILABLE 503

struct writer {
	char *text;
	size_t size, len;
};

/* One member of STATUS (docs/json.md), by the name under which it is scraped. */
struct metric {
	const char *key, *name, *type, *help;
};
static const struct metric metrics[] = {
    {"degraded", "rccd_degraded", "gauge", "1: nothing can be recorded now"},
    {"damaged", "rccd_damaged", "gauge", "1: the record does not verify and is never extended"},
    {"uptime_s", "rccd_uptime_seconds", "gauge", "since the daemon was started"},
    {"clock_skew_ms", "rccd_clock_skew_milliseconds", "gauge", "the record's clock ahead of the system's"},
    {"entries", "rccd_entries_total", "counter", "entries in the record"},
    {"incidents_open", "rccd_incidents_open", "gauge", "cases that are not closed"},
    {"quarantine", "rccd_alerts_quarantine", "gauge", "alerts that wait for a person to accept or dismiss them"},
    {"needs_reading", "rccd_alerts_needs_reading", "gauge", "alerts that no machine could read"},
    {"unstored", "rccd_deliveries_unstored", "gauge", "lines of open cases that no ship has stored yet"},
    {"duties_lost", "rccd_duties_lost_total", "counter",
     "duty lines that found no place: the table is full of open cases"},
    {"not_told_alike", "rccd_not_told_alike", "gauge", "1: ships of one kind of owner are told worse than others"},
    {"peers", "rccd_keys_enrolled", "gauge", "keys that are enrolled and not revoked"},
    {"ships_enrolled", "rccd_ships_enrolled", "gauge", "ships among them"},
    {"connected", "rccd_connected", "gauge", "ships and feeds that are connected now"},
    {"silent_feeds", "rccd_silent_feeds", "gauge", "feeds that hear nothing: the centre is blind there"},
    {"silent_ships", "rccd_silent_ships", "gauge", "ships whose positions have stopped"},
    {"clock_steps", "rccd_clock_steps_total", "counter", "times that the system's clock was set while the daemon ran"},
    {"vessels", "rccd_vessels", "gauge", "vessels in the live picture"},
};

__attribute__((format(printf, 2, 3))) static void
put(struct writer *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int len = vsnprintf(out->text + out->len, out->size - out->len, format, arguments);
	va_end(arguments);
	/* What does not fit is left out whole: half a number is another number. */
	if (len < 0 || (size_t)len >= out->size - out->len)
		out->text[out->len] = '\0';
	else
		out->len += (size_t)len;
}

static long long
number_of(const json_t *value)
{
	if (json_is_array(value))
		return (long long)json_array_size(value);
	return json_is_boolean(value) ? json_is_true(value) : (long long)json_integer_value(value);
}

static void
put_metrics(struct writer *out, const json_t *status)
{
	const char *key;
	json_t *value;

	for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
		put(out, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", metrics[i].name, metrics[i].help, metrics[i].name,
		    metrics[i].type, metrics[i].name, number_of(json_object_get(status, metrics[i].key)));
	}
	put(out, "# HELP rccd_messages_total messages and connections, by what became of them\n"
	         "# TYPE rccd_messages_total counter\n");
	json_object_foreach(json_object_get(status, "counters"), key, value)
	    put(out, "rccd_messages_total{what=\"%s\"} %lld\n", key, number_of(value));
}

/* By source and by what became of it: a source that falls silent shows here. */
static void
put_sources(struct writer *out, const json_t *status)
{
	size_t index;
	json_t *source;
	json_t *value;
	const char *key;

	put(out, "# HELP rccd_signals_total signals by source, and by what became of them\n"
	         "# TYPE rccd_signals_total counter\n");
	json_array_foreach(json_object_get(status, "sources"), index, source)
	{
		json_object_foreach(source, key, value)
		{
			if (json_is_integer(value))
				put(out, "rccd_signals_total{source=\"%s\",what=\"%s\"} %lld\n",
				    json_string_value(json_object_get(source, "source")), key, number_of(value));
		}
	}
}

static unsigned
write_metrics(struct rcc_app *app, struct writer *out)
{
	if (app->metrics_at_ms == 0 || app->monotonic_ms - app->metrics_at_ms >= METRICS_EVERY_MS) {
		struct writer page = {.text = app->metrics, .size = sizeof app->metrics};
		const char *row = rcc_reply_status_row(app);
		json_t *status = row == NULL ? NULL : json_loads(row, 0, NULL);
		if (status == NULL)
			return UNAVAILABLE;
		put_metrics(&page, status);
		put_sources(&page, status);
		json_decref(status);
		app->metrics_at_ms = app->monotonic_ms;
	}
	put(out, "%s", app->metrics);
	return OK;
}

/* Not what was so a while ago: a row is written and taken away again. */
static bool
could_record(struct rcc_app *app)
{
	if (app->is_degraded || app->journal.impl == NULL)
		return false;
	if (app->probed_at_ms == 0 || app->monotonic_ms - app->probed_at_ms >= PROBE_EVERY_MS) {
		app->probed_at_ms = app->monotonic_ms;
		app->is_probe_good = rcc_journal_probe(&app->journal) == RCC_OK;
	}
	return app->is_probe_good;
}

static unsigned
write_health(struct rcc_app *app, struct writer *out)
{
	if (could_record(app)) {
		put(out, "ok\n");
		return OK;
	}
	put(out, "a distress could not be recorded now: %s\n",
	    app->is_degraded && app->degraded.text[0] != '\0' ? app->degraded.text : "the record takes no row");
	return UNAVAILABLE;
}

unsigned
rcc_metrics_page(void *context, const char *path, char *text, size_t size)
{
	struct writer out = {.text = text, .size = size};

	if (strcmp(path, "/healthz") == 0)
		return write_health(context, &out);
	if (strcmp(path, "/metrics") == 0)
		return write_metrics(context, &out);
	put(&out, "there are /healthz and /metrics\n");
	return NOT_FOUND;
}

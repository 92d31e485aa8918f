/* source.c - the table of decoders, from sources.def; and what becomes of bytes that none of them can read. */
#include "proto/source/source.h"

#include <assert.h>
#include <string.h>

#include "proto/source/sit185.h"

#define DAY_MS INT64_C(86400000)

static const struct rcc_source_entry sources[] = {
#define RCC_SOURCE(name, cut, what) {#name, what, rcc_##name##_decode, rcc_##cut##_length},
#include "proto/source/sources.def"
#undef RCC_SOURCE
};
#define SOURCES (sizeof sources / sizeof sources[0])

const struct rcc_source_entry *
rcc_source_at(size_t index)
{
	return index < SOURCES ? &sources[index] : NULL;
}

const struct rcc_source_entry *
rcc_source_find(const char *name)
{
	/* The second half of a DSC call came under a name of its own in earlier feeds. */
	if (strcmp(name, "dse") == 0)
		name = "dsc";
	for (size_t i = 0; i < SOURCES; i++) {
		if (strcmp(sources[i].name, name) == 0)
			return &sources[i];
	}
	return NULL;
}

size_t
rcc_whole_length(const uint8_t *bytes, size_t len)
{
	(void)bytes;
	return len;
}

size_t
rcc_line_length(const uint8_t *bytes, size_t len)
{
	size_t at = 0;

	while (at < len && bytes[at] != '\n' && bytes[at] != '\r')
		at++;
	return at == 0 && len > 0 ? 1 : at;
}

size_t
rcc_source_trimmed(const struct rcc_raw *raw)
{
	size_t len = raw->len;

	while (len > 0 && (raw->bytes[len - 1] == '\n' || raw->bytes[len - 1] == '\r' || raw->bytes[len - 1] == ' '))
		len--;
	return len;
}

int64_t
rcc_source_time(uint32_t hour, uint32_t minute, int64_t at_ms)
{
	if (at_ms < DAY_MS || hour > 23 || minute > 59)
		return 0;
	int64_t time_ms = at_ms - at_ms % DAY_MS + (int64_t)(hour * 60 + minute) * 60000;
	if (time_ms - at_ms >= DAY_MS / 2)
		return time_ms - DAY_MS;
	return at_ms - time_ms > DAY_MS / 2 ? time_ms + DAY_MS : time_ms;
}

struct rcc_alert
rcc_source_alert(enum rcc_source source)
{
	return (struct rcc_alert){.source = source, .class = RCC_CLASS_LIVE, .pos = RCC_POS_NONE};
}

/* The kind of channel that a raw name stands for; one we do not know comes from another station. */
static enum rcc_source
channel_of(const char *name)
{
	static const struct {
		const char *name;
		enum rcc_source source;
	} channels[] = {
	    {"ais", RCC_SOURCE_AIS_TEXT},
	    {"dsc", RCC_SOURCE_DSC},
	    {"dse", RCC_SOURCE_DSC},
	    {"sit185", RCC_SOURCE_SIT185},
	    {"beacon406", RCC_SOURCE_BEACON406},
	};
	for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
		if (strcmp(channels[i].name, name) == 0)
			return channels[i].source;
	}
	return RCC_SOURCE_RCC;
}

static void
keep_raw(struct rcc_alert *alert, const struct rcc_raw *raw)
{
	bool is_cut = raw->len > RCC_RAW_MAX;

	alert->raw_len = (uint32_t)(is_cut ? RCC_RAW_MAX : raw->len);
	memcpy(alert->raw, raw->bytes, alert->raw_len);
	if (is_cut)
		alert->marks |= RCC_ALERT_RAW_CUT;
}

void
rcc_source_read(const char *name, const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	const struct rcc_source_entry *source = rcc_source_find(name);

	assert(raw->len > 0);
	memset(ret_heard, 0, sizeof *ret_heard);
	if (source == NULL || source->decode(raw, ret_heard) != RCC_OK) {
		ret_heard->kind = RCC_HEARD_ALERT;
		ret_heard->alert = rcc_source_alert(channel_of(name));
		ret_heard->alert.marks = RCC_ALERT_NEEDS_READING;
	}
	if (ret_heard->kind == RCC_HEARD_ALERT)
		keep_raw(&ret_heard->alert, raw);
}

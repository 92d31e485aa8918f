/* Options as values: what an officer types of a vessel, a place and a time. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <time.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define HALF_DAY_MS (RCC_MS_PER_DAY / 2)

int64_t
rcc_ctl_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

/* "14:20": of the days around now, the one at which it is nearest. */
static bool
clock_parse(const char *text, int64_t now_ms, int64_t *ret_at_ms)
{
	bool is_form = strlen(text) == 5 && text[2] == ':' && strspn(text, "0123456789") == 2 &&
	               strspn(text + 3, "0123456789") == 2;
	if (!is_form)
		return false;
	int64_t hour = (text[0] - '0') * 10 + (text[1] - '0');
	int64_t minute = (text[3] - '0') * 10 + (text[4] - '0');
	if (hour > 23 || minute > 59)
		return false;
	int64_t at_ms = now_ms - now_ms % RCC_MS_PER_DAY + hour * RCC_MS_PER_HOUR + minute * RCC_MS_PER_MIN;
	if (at_ms - now_ms > HALF_DAY_MS)
		at_ms -= RCC_MS_PER_DAY;
	else if (now_ms - at_ms > HALF_DAY_MS)
		at_ms += RCC_MS_PER_DAY;
	*ret_at_ms = at_ms;
	return true;
}

/* A time to come: "14:00" is the next 14:00, be it tomorrow's. */
bool
rcc_ctl_when_ahead_parse(const char *text, int64_t now_ms, int64_t *ret_at_ms)
{
	int64_t at_ms;
	if (!rcc_ctl_when_parse(text, now_ms, &at_ms))
		return false;
	bool is_clock = strlen(text) == 5 && text[2] == ':';
	*ret_at_ms = is_clock && at_ms <= now_ms ? at_ms + RCC_MS_PER_DAY : at_ms;
	return true;
}

bool
rcc_ctl_when_parse(const char *text, int64_t now_ms, int64_t *ret_at_ms)
{
	uint32_t min;
	bool is_ahead = text[0] == '+';
	if (!is_ahead && text[0] != '-')
		return rcc_time_parse(text, ret_at_ms) == RCC_OK || clock_parse(text, now_ms, ret_at_ms);
	if (rcc_minutes_parse(text + 1, &min) != RCC_OK)
		return false;
	*ret_at_ms = now_ms + (is_ahead ? 1 : -1) * (int64_t)min * RCC_MS_PER_MIN;
	return true;
}

const char *
rcc_ctl_natures(char text[RCC_CTL_NATURES_SIZE])
{
	size_t len = 0;
	text[0] = '\0';
	for (int i = RCC_NATURE_FIRE; i <= RCC_NATURE_LAST && len < RCC_CTL_NATURES_SIZE; i++)
		len += (size_t)snprintf(text + len, RCC_CTL_NATURES_SIZE - len, "%s%s", len == 0 ? "" : ", ",
		                        rcc_nature_word((enum rcc_nature)i));
	return text;
}

int
rcc_ctl_option_pos(const struct rcc_ctl *ctl, struct rcc_pos *ret_pos)
{
	const char *text = ctl->option[RCC_CTL_OPTION_POS];
	char back[RCC_POS_TEXT_SIZE];
	if (text == NULL)
		return RCC_EXIT_OK;
	if (rcc_pos_parse(text, ret_pos) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a position: write it as \"35-12.40N 012-36.05E\""),
		                    text);
	/* Read back: a wrong reading of degrees and minutes shows here. */
	if (!ctl->is_json)
		fprintf(ctl->out, _("position: %s\n"), rcc_pos_format(back, *ret_pos));
	return RCC_EXIT_OK;
}

int
rcc_ctl_option_nature(const struct rcc_ctl *ctl, enum rcc_nature *ret_nature)
{
	const char *text = ctl->option[RCC_CTL_OPTION_NATURE];
	char natures[RCC_CTL_NATURES_SIZE];
	if (text == NULL || (rcc_nature_parse(text, ret_nature) == RCC_OK && *ret_nature != RCC_NATURE_NOT_STATED))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("--nature is one of: %s"), rcc_ctl_natures(natures));
}

int
rcc_ctl_option_persons(const struct rcc_ctl *ctl, uint32_t *ret_persons)
{
	const char *text = ctl->option[RCC_CTL_OPTION_PERSONS];
	uint64_t persons;
	if (text == NULL)
		return RCC_EXIT_OK;
	if (!rcc_ctl_uint_parse(text, RCC_CTL_PERSONS_MAX, &persons))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--persons is a number from 1 to %d"), RCC_CTL_PERSONS_MAX);
	*ret_persons = (uint32_t)persons;
	return RCC_EXIT_OK;
}

int
rcc_ctl_option_mmsi(const struct rcc_ctl *ctl, struct rcc_mmsi *ret_mmsi)
{
	const char *text = ctl->option[RCC_CTL_OPTION_MMSI];
	if (text == NULL || (rcc_mmsi_parse(text, ret_mmsi) == RCC_OK && ret_mmsi->v != 0))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), text);
}

/* Breaks between lines become spaces; what comes before and after the text is left out. Its length in *ret_len. */
static void
join_lines(const char *text, char *array, size_t size, size_t *ret_len)
{
	size_t len = 0;
	text += strspn(text, " \t\r\n");
	while (*text != '\0') {
		size_t blank = strspn(text, "\t\r\n");
		char c = blank > 0 ? ' ' : *text;
		text += blank > 0 ? blank : 1;
		if (c == ' ' && (*text == '\0' || text[strspn(text, " \t\r\n")] == '\0'))
			break;
		if (len + 1 < size)
			array[len] = c;
		len++;
	}
	array[len < size ? len : size - 1] = '\0';
	*ret_len = len;
}

int
rcc_ctl_text(const char *what, const char *text, char *array, size_t size)
{
	char line[RCC_TEXT_MAX + 1];
	size_t len;
	join_lines(text, line, size < sizeof line ? size : sizeof line, &len);
	if (len >= size)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("%s: it has %zu bytes, and %zu at most fit: shorten it by %zu"),
		                    what, len, size - 1, len - (size - 1));
	if (rcc_text_copy(array, size, line, len) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("%s: it holds bytes that are no UTF-8 text"), what);
	return RCC_EXIT_OK;
}

int
rcc_ctl_option_text(const struct rcc_ctl *ctl, enum rcc_ctl_option option, char *array, size_t size)
{
	static const struct {
		enum rcc_ctl_option option;
		const char *name;
	} names[] = {{RCC_CTL_OPTION_NAME, "--name"},
	             {RCC_CTL_OPTION_AUTHORITY, "--authority"},
	             {RCC_CTL_OPTION_CONSULTED, "--consulted"},
	             {RCC_CTL_OPTION_OFFICER, "--officer"},
	             {RCC_CTL_OPTION_CONTROL, "--control"},
	             {RCC_CTL_OPTION_ON_SCENE, "--on-scene"},
	             {RCC_CTL_OPTION_MONITOR, "--monitor"},
	             {RCC_CTL_OPTION_NEXT_PORT, "--next-port"},
	             {RCC_CTL_OPTION_TO, "--to"},
	             {RCC_CTL_OPTION_PUBLIC, "--public"}};
	const char *text = ctl->option[option];
	if (text == NULL)
		return RCC_EXIT_OK;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (names[i].option == option)
			return rcc_ctl_text(names[i].name, text, array, size);
	}
	return rcc_ctl_text("--text", text, array, size);
}

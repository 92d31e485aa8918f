#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Digits of a year or a running number: YYYY-NNNN, and NNNNN in a year with more than 9,999 incidents. */
#define NUMBER_DIGITS_MIN 4
#define NUMBER_DIGITS_MAX 9
/* Half the way round the earth: no vessel is farther away. */
#define WITHIN_MAX_NM 10800
#define NM_DECIMALS_MAX 3

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
rcc_ctl_uint_parse(const char *text, uint64_t max, uint64_t *ret_value)
{
	uint64_t value = 0;
	if (text[0] == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (!is_digit(*text) || value > (max - (uint64_t)(*text - '0')) / 10)
			return false;
		value = value * 10 + (uint64_t)(*text - '0');
	}
	if (value == 0)
		return false;
	*ret_value = value;
	return true;
}

/* A run of NUMBER_DIGITS_MIN..NUMBER_DIGITS_MAX digits; the text after it, or NULL. */
static const char *
take_digits(const char *text, uint32_t *ret_value)
{
	uint32_t value = 0;
	size_t count = 0;
	while (is_digit(text[count]) && count <= NUMBER_DIGITS_MAX) {
		value = value * 10 + (uint32_t)(text[count] - '0');
		count++;
	}
	if (count < NUMBER_DIGITS_MIN || count > NUMBER_DIGITS_MAX)
		return NULL;
	*ret_value = value;
	return text + count;
}

bool
rcc_ctl_number_parse(const char *text, uint32_t *ret_year, uint32_t *ret_number)
{
	uint32_t year;
	uint32_t number;
	const char *rest = take_digits(text, &year);
	if (rest == NULL || rest != text + 4 || *rest != '-')
		return false;
	rest = take_digits(rest + 1, &number);
	if (rest == NULL || *rest != '\0' || number == 0)
		return false;
	*ret_year = year;
	*ret_number = number;
	return true;
}

bool
rcc_ctl_nm_parse(const char *text, uint32_t *ret_m)
{
	uint64_t thousandths = 0;
	size_t whole = 0;
	size_t decimals = 0;
	while (is_digit(text[whole]) && thousandths <= WITHIN_MAX_NM) {
		thousandths = thousandths * 10 + (uint64_t)(text[whole] - '0');
		whole++;
	}
	const char *rest = text + whole;
	if (*rest == '.') {
		rest++;
		while (is_digit(rest[decimals]) && decimals < NM_DECIMALS_MAX) {
			thousandths = thousandths * 10 + (uint64_t)(rest[decimals] - '0');
			decimals++;
		}
		rest += decimals;
	}
	if (*rest != '\0' || whole + decimals == 0)
		return false;
	for (; decimals < NM_DECIMALS_MAX; decimals++)
		thousandths *= 10;
	if (thousandths == 0 || thousandths > (uint64_t)WITHIN_MAX_NM * 1000)
		return false;
	/* Rounded up: a vessel at exactly this range is meant to be found. */
	*ret_m = (uint32_t)((thousandths * RCC_M_PER_NM + 999) / 1000);
	return true;
}

/* What the search for an incident looks for, one of the two, and what it found. */
struct lookup {
	char number[RCC_CTL_NUMBER_SIZE];
	uint32_t id;
};

static int
match_incident(void *context, const char *line)
{
	struct lookup *lookup = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *number = json_string_value(json_object_get(row, "incident"));
	if (number != NULL && strcmp(number, lookup->number) == 0)
		lookup->id = (uint32_t)json_integer_value(json_object_get(row, "incident_id"));
	json_decref(row);
	return RCC_EXIT_OK;
}

static int
match_id(void *context, const char *line)
{
	struct lookup *lookup = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *number = json_string_value(json_object_get(row, "incident"));
	if (number != NULL && json_integer_value(json_object_get(row, "incident_id")) == (json_int_t)lookup->id)
		snprintf(lookup->number, sizeof lookup->number, "%s", number);
	json_decref(row);
	return RCC_EXIT_OK;
}

const char *
rcc_ctl_incident_number(struct rcc_ctl *ctl, struct rcc_incident_id incident, char number[RCC_CTL_NUMBER_SIZE])
{
	struct lookup lookup = {.id = incident.v};
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	int exit_code = rcc_ctl_view(ctl, &view, match_id, NULL, &lookup);
	if (exit_code == RCC_EXIT_OK && lookup.number[0] != '\0')
		snprintf(number, RCC_CTL_NUMBER_SIZE, "%s", lookup.number);
	else
		snprintf(number, RCC_CTL_NUMBER_SIZE, "incident %u", incident.v);
	return number;
}

int
rcc_ctl_alert(const char *text, struct rcc_alert_id *ret_alert)
{
	uint64_t alert;
	if (!rcc_ctl_uint_parse(text, UINT32_MAX, &alert))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an alert: give its number, as `rccctl alerts` shows it"), text);
	ret_alert->v = (uint32_t)alert;
	return RCC_EXIT_OK;
}

int
rcc_ctl_incident(struct rcc_ctl *ctl, const char *text, struct rcc_incident_id *ret_incident)
{
	uint32_t year;
	uint32_t number;
	uint64_t id;
	struct lookup lookup = {.id = 0};
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	if (rcc_ctl_uint_parse(text, UINT32_MAX, &id)) {
		ret_incident->v = (uint32_t)id;
		return RCC_EXIT_OK;
	}
	if (!rcc_ctl_number_parse(text, &year, &number))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an incident: give YYYY-NNNN, as `rccctl incidents` shows it"), text);
	snprintf(lookup.number, sizeof lookup.number, "%04u-%04u", year, number);
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, match_incident, NULL, &lookup);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (lookup.id == 0)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("there is no incident %s; `rccctl incidents` lists them"),
		                    lookup.number);
	ret_incident->v = lookup.id;
	return RCC_EXIT_OK;
}

int
rcc_ctl_public_key(const char *text, struct rcc_key *ret_key)
{
	enum rcc_status status = rcc_public_key_read(text, ret_key);
	if (status == RCC_E_NOT_FOUND)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is neither a public key of 40 characters nor a file with one: %s"), text,
		                    strerror(errno));
	if (status != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the first line of %s is not a public key of 40 characters"),
		                    text);
	return RCC_EXIT_OK;
}

int
rcc_ctl_reason(const struct rcc_ctl *ctl, char reason[RCC_TEXT_MAX + 1])
{
	const char *text = ctl->option[RCC_CTL_OPTION_REASON];
	if (text == NULL || text[0] == '\0')
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' needs --reason TEXT: it stands in the record"), ctl->verb);
	return rcc_ctl_text("--reason", text, reason, RCC_TEXT_MAX + 1);
}

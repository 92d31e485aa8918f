/* What our ship can do for people in distress, declared for tasking; what her readiness check found missing; who runs her. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <string.h>
#include <time.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Longest line of a profile file. */
#define LINE_SIZE 256

static int64_t
utc_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S;
}

void
rcc_crew_profile_keys(void)
{
	char most[RCC_PROFILE_VALUE_SIZE];

	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		if (field == NULL) {
			continue;
		}
		if (rcc_profile_is_flag(field)) {
			printf("%-18s %-20s %s\n", field->word, _("yes or no"), gettext(field->what));
		} else {
			printf("%-18s %s %-14s %s\n", field->word, _("up to"),
			       rcc_profile_format(most, field->key, field->max), gettext(field->what));
		}
	}
	printf("%s\n", _("KEY=unknown takes a value back. What is not named stays as it is."));
}

/* One KEY=VALUE; tells what is wrong with it. */
static bool
add(struct rcc_profile_order *order, const char *text)
{
	char most[RCC_PROFILE_VALUE_SIZE], least[RCC_PROFILE_VALUE_SIZE];
	enum rcc_status status = rcc_profile_add(order, text);
	size_t len = strcspn(text, "=");

	if (status == RCC_OK) {
		return true;
	}
	if (status == RCC_E_NOT_FOUND) {
		rcc_crew_complain(_("'%s' is no key of a profile; `profile` alone lists them"), text);
		return false;
	}
	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		if (field == NULL || strlen(field->word) != len || memcmp(field->word, text, len) != 0) {
			continue;
		}
		if (rcc_profile_is_flag(field)) {
			rcc_crew_complain(_("'%s': write %s=yes, %s=no or %s=unknown, once"), text, field->word,
			                  field->word, field->word);
		} else {
			rcc_crew_complain(_("'%s': write %s= and a number from %s to %s without its unit, once"), text,
			                  field->word, rcc_profile_format(least, field->key, field->min),
			                  rcc_profile_format(most, field->key, field->max));
		}
	}
	return false;
}

/* Lines of KEY=VALUE; empty ones and remarks are passed over. */
static bool
add_file(struct rcc_profile_order *order, const char *path)
{
	char line[LINE_SIZE];
	bool is_good = true;
	FILE *file = fopen(path, "re");

	if (file == NULL) {
		rcc_crew_complain(_("file %s: cannot be opened: %s"), path, strerror(errno));
		return false;
	}
	while (is_good && fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "#\r\n")] = '\0';
		char *text = line + strspn(line, " \t");
		size_t len = strlen(text);
		while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) {
			text[--len] = '\0';
		}
		is_good = len == 0 || add(order, text);
	}
	fclose(file);
	return is_good;
}

static bool
read_check(const struct rcc_parsed *parsed, struct rcc_profile_order *order)
{
	const char *checked = parsed->value[CREW_CHECKED], *missing = parsed->value[CREW_MISSING];

	if (checked == NULL && missing == NULL) {
		return true;
	}
	order->checked_at_ms = utc_ms();
	if (checked != NULL && strcmp(checked, "now") != 0 &&
	    (rcc_time_parse(checked, &order->checked_at_ms) != RCC_OK || order->checked_at_ms > utc_ms())) {
		rcc_crew_complain(_("time '%s': write now, or a time that has passed as 2026-11-23T09:00:00Z"),
		                  checked);
		return false;
	}
	if (missing != NULL &&
	    rcc_text_copy(order->missing, sizeof order->missing, missing, strlen(missing)) != RCC_OK) {
		rcc_crew_complain(_("--missing is text of one line, at most %d bytes"), RCC_TEXT_MAX);
		return false;
	}
	return true;
}

bool
rcc_crew_profile_is_told(const struct rcc_parsed *parsed)
{
	static const int options[] = {CREW_CHECKED, CREW_MISSING,         CREW_FILE,
	                              CREW_COMPANY, CREW_COMPANY_CONTACT, CREW_POLICY};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		if (parsed->value[options[i]] != NULL) {
			return true;
		}
	}
	return false;
}

/* An option that is text of one line, if it is given. */
static bool
read_text(const struct rcc_parsed *parsed, int option, const char *name, char *array, size_t size)
{
	const char *text = parsed->value[option];

	if (text == NULL || (text[0] != '\0' && rcc_text_copy(array, size, text, strlen(text)) == RCC_OK)) {
		return true;
	}
	rcc_crew_complain(_("--%s is text of one line, at most %zu bytes; - takes it back"), name, size - 1);
	return false;
}

static bool
read_company(const struct rcc_parsed *parsed, struct rcc_profile_order *order)
{
	return read_text(parsed, CREW_COMPANY, "company", order->company, sizeof order->company) &&
	       read_text(parsed, CREW_COMPANY_CONTACT, "company-contact", order->company_contact,
	                 sizeof order->company_contact) &&
	       read_text(parsed, CREW_POLICY, "policy", order->policy, sizeof order->policy);
}

static bool
fill(const struct rcc_parsed *parsed, struct rcc_profile_order *order)
{
	const char *path = parsed->value[CREW_FILE];

	memset(order, 0, sizeof *order);
	if (path != NULL && !add_file(order, path)) {
		return false;
	}
	for (int i = 1; i < parsed->operand_count; i++) {
		if (!add(order, parsed->operand[i])) {
			return false;
		}
	}
	return read_check(parsed, order) && read_company(parsed, order);
}

static void
say_text(struct rcc_crew *crew, const char *name, const char *text)
{
	if (strcmp(text, RCC_PROFILE_GONE) == 0) {
		rcc_crew_say(crew, _("%s: not stated any more"), name);
	} else if (text[0] != '\0') {
		rcc_crew_say(crew, "%s: %s", name, text);
	}
}

void
rcc_crew_profile(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_profile_order order;
	char value[RCC_PROFILE_VALUE_SIZE], time[32];

	if (!fill(parsed, &order)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (order.count == 0 && order.checked_at_ms == 0 && !rcc_profile_has_company(&order)) {
		rcc_crew_profile_keys();
		return;
	}
	/* Read back: a wrong unit shows here. */
	for (uint32_t i = 0; i < order.count; i++) {
		const struct rcc_profile_field *field = rcc_profile_field(order.row[i].key);

		rcc_crew_say(crew, "%s: %s", field->word, rcc_profile_format(value, field->key, order.row[i].value));
	}
	if (order.checked_at_ms != 0) {
		rcc_crew_say(crew, _("readiness checked %s; missing: %s"), rcc_crew_time(time, order.checked_at_ms),
		             order.missing[0] != '\0' ? order.missing : _("nothing"));
	}
	say_text(crew, "company", order.company);
	say_text(crew, "company-contact", order.company_contact);
	say_text(crew, "policy", order.policy);
	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_PROFILE;
	crew->message->u.profile = order;
	rcc_crew_post(crew);
}

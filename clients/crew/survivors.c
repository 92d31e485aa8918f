/* Whom we have aboard, counted and never named, and what they need (IMO MSC.167(78): the master tells the centre). */
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "librcc/persons_words.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

#define SAFE_HOURS_MAX 1000
#define QUANTITY_MAX 1000000

/* A number that was given; false: it cannot be read, and that was told. */
static bool
read_number(const struct rcc_parsed *parsed, enum rcc_crew_option option, uint32_t max, uint32_t *ret_number)
{
	const char *text = parsed->value[option];

	if (text == NULL || rcc_crew_number(text, max, ret_number)) {
		return true;
	}
	rcc_crew_complain(_("--%s '%s' is not a number from 0 to %u"), rcc_crew_program.options[option].name, text,
	                  max);
	return false;
}

static bool
read_counts(const struct rcc_parsed *parsed, struct rcc_persons *persons)
{
	const struct {
		enum rcc_crew_option option;
		uint32_t *value;
	} count[] = {
	    {CREW_MEN, &persons->men},
	    {CREW_WOMEN, &persons->women},
	    {CREW_ADULTS, &persons->adults},
	    {CREW_CHILDREN, &persons->children},
	    {CREW_UNACCOMPANIED, &persons->unaccompanied},
	    {CREW_INFANTS, &persons->infants},
	    {CREW_PREGNANT, &persons->pregnant},
	    {CREW_INJURED, &persons->injured},
	    {CREW_DISABLED, &persons->disabled},
	    {CREW_FAMILIES, &persons->families},
	};

	for (size_t i = 0; i < sizeof count / sizeof count[0]; i++) {
		if (!read_number(parsed, count[i].option, RCC_PERSONS_MAX, count[i].value)) {
			return false;
		}
	}
	return true;
}

/* Marks are of those who are counted; the centre would refuse it, and what is read back would look right until then. */
static bool
is_possible(const struct rcc_persons *persons)
{
	uint64_t sum = rcc_persons_sum(persons);
	const struct {
		const char *option;
		uint64_t value, most;
	} marks[] = {{"--pregnant", persons->pregnant, sum - persons->men},
	             {"--injured", persons->injured, sum},
	             {"--disabled", persons->disabled, sum}};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		if (marks[i].value > marks[i].most) {
			rcc_crew_complain(_("%s %llu: there are %llu at most; correct one of the two"), marks[i].option,
			                  (unsigned long long)marks[i].value, (unsigned long long)marks[i].most);
			return false;
		}
	}
	return true;
}

/* Whoever forgets to count must not report an empty ship: nobody aboard is said with a 0. */
static bool
is_counted(const struct rcc_parsed *parsed)
{
	bool is_given = parsed->value[CREW_DEAD] != NULL;

	for (int i = CREW_MEN; i <= CREW_INFANTS; i++) {
		is_given = is_given || parsed->value[i] != NULL;
	}
	if (!is_given) {
		rcc_crew_complain(
		    "%s", _("say how many are aboard: --men 40 --women 20 --children 5 ...; nobody: --adults 0"));
	}
	return is_given;
}

static bool
read_survivors(const struct rcc_parsed *parsed, struct rcc_survivors *said)
{
	const char *text = parsed->value[CREW_TEXT], *port = parsed->value[CREW_NEXT_PORT];

	memset(said, 0, sizeof *said);
	said->protection_stated = parsed->value[CREW_PROTECTION] != NULL;
	said->languages = parsed->value[CREW_INTERPRETER] != NULL;
	/* An odd character must not hold up what is said of people. */
	if (text != NULL) {
		rcc_text_copy_lossy(said->text, sizeof said->text, text, strlen(text));
	}
	if (port != NULL) {
		rcc_text_copy_lossy(said->next_port, sizeof said->next_port, port, strlen(port));
	}
	return is_counted(parsed) && read_counts(parsed, &said->aboard) && is_possible(&said->aboard) &&
	       read_number(parsed, CREW_DEAD, RCC_PERSONS_MAX, &said->dead) &&
	       read_number(parsed, CREW_SAFE_HOURS, SAFE_HOURS_MAX, &said->safe_hours);
}

/* Read back before it goes, as a distress is: a wrong count is searched for at sea. */
static void
show_survivors(const struct rcc_survivors *said, enum rcc_class class)
{
	char persons[RCC_PERSONS_WORDS_SIZE];

	printf(_("%sSURVIVORS aboard: %llu: %s\n"), rcc_crew_class_mark(class),
	       (unsigned long long)rcc_persons_sum(&said->aboard), rcc_persons_words(persons, &said->aboard));
	if (said->dead != 0) {
		printf(_("  dead aboard: %u\n"), said->dead);
	}
	if (said->safe_hours != 0) {
		printf(_("  safe with us for: %u h\n"), said->safe_hours);
	}
	if (said->protection_stated != 0) {
		printf("  %s\n", _("some have stated a fear or a need of protection"));
	}
	if (said->languages != 0) {
		printf("  %s\n", _("interpreters are needed"));
	}
	if (said->next_port[0] != '\0') {
		printf(_("  bound for: %s\n"), said->next_port);
	}
	if (said->text[0] != '\0') {
		printf("  %s\n", said->text);
	}
}

void
rcc_crew_send_survivors(struct rcc_crew *crew)
{
	crew->waits = CREW_DRAFT_NONE;
	crew->message->class = crew->draft_class;
	crew->message->kind = RCC_BODY_SURVIVORS;
	crew->message->u.survivors = crew->draft_survivors;
	rcc_crew_say(crew, _("%ssending"), rcc_crew_class_mark(crew->draft_class));
	rcc_crew_post(crew);
}

void
rcc_crew_survivors(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_survivors said;
	struct rcc_inbox_row row;
	const char *which = rcc_crew_operand(parsed, 1);

	if (which == NULL) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("say of which incident: survivors latest --men 40 ..."));
		return;
	}
	if (!read_survivors(parsed, &said)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (!rcc_crew_find_call(crew, which, &row)) {
		return;
	}
	said.incident = row.delivery.incident;
	crew->draft_survivors = said;
	crew->draft_class = row.delivery.class;
	show_survivors(&said, crew->draft_class);
	if (parsed->value[CREW_YES] != NULL) {
		rcc_crew_send_survivors(crew);
		return;
	}
	if (!crew->is_session) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("nothing was sent: add --yes to send this report"));
		return;
	}
	crew->waits = CREW_DRAFT_SURVIVORS;
	rcc_crew_say(crew, _("%stype SEND to send this report, anything else to drop it"),
	             rcc_crew_class_mark(crew->draft_class));
}

/* ---- needs ---- */

static bool
read_need(const struct rcc_parsed *parsed, struct rcc_need *need)
{
	const char *kind = rcc_crew_operand(parsed, 2), *state = parsed->value[CREW_STATE];
	const char *text = parsed->value[CREW_TEXT];
	bool is_change = parsed->value[CREW_ID] != NULL;

	memset(need, 0, sizeof *need);
	need->state = RCC_NEED_ASKED;
	if (is_change != (state != NULL)) {
		rcc_crew_complain("%s", _("a need that is met or withdrawn: need INC --id N --state met"));
		return false;
	}
	if (!is_change && (kind == NULL || rcc_need_parse(kind, &need->kind) != RCC_OK)) {
		rcc_crew_complain("%s", _("say what is needed: medical-advice, medevac, water, food, blankets, "
		                          "infant-supplies, sanitation, fuel, escort, interpreter or other"));
		return false;
	}
	if (state != NULL && (rcc_need_state_parse(state, &need->state) != RCC_OK ||
	                      (need->state != RCC_NEED_MET && need->state != RCC_NEED_WITHDRAWN))) {
		rcc_crew_complain("%s",
		                  _("a ship says that her need is met, or withdrawn; the centre promises and refuses"));
		return false;
	}
	if (text != NULL) {
		rcc_text_copy_lossy(need->text, sizeof need->text, text, strlen(text));
	}
	if (need->kind == RCC_NEED_OTHER && need->text[0] == '\0') {
		rcc_crew_complain("%s", _("other needs --text: what is it?"));
		return false;
	}
	return read_number(parsed, CREW_QUANTITY, QUANTITY_MAX, &need->quantity) &&
	       read_number(parsed, CREW_ID, UINT32_MAX, &need->need.v);
}

void
rcc_crew_need(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_need need;
	struct rcc_inbox_row row;
	const char *which = rcc_crew_operand(parsed, 1);

	if (which == NULL || !read_need(parsed, &need)) {
		if (which == NULL) {
			rcc_crew_complain("%s", _("say in which incident, and what: need latest water"));
		}
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (!rcc_crew_find_work(crew, which, &row)) {
		return;
	}
	need.incident = row.delivery.incident;
	crew->message->class = row.delivery.class;
	crew->message->kind = RCC_BODY_NEED;
	crew->message->u.need = need;
	rcc_crew_post(crew);
}

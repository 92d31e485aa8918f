/*
 * The checklist of `open`: one question a line, each answer checked and read back at once, nothing sent before "y".
 *
 * Lines are read here and not by stdio, so that the centre is heard while the officer types and Ctrl-C is seen at once.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ctl/form.h"
#include "ctl/table.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* Ctrl-C is seen within this. */
#define LOOK_MS 100
#define LINE_MAX_LEN 1024
/* Beyond the last field: the question whether to send, and which answer is wrong. */
#define THE_WHOLE RCC_CTL_FIELDS
#define WHICH_ONE (RCC_CTL_FIELDS + 1)

enum heard { HEARD_LINE = 1, HEARD_END = 2, HEARD_INTERRUPT = 3 };

struct checklist {
	struct rcc_ctl *ctl;
	FILE *talk;
	char (*answer)[RCC_CTL_ANSWER_SIZE];
	struct rcc_ctl_form form;
	struct rcc_incident_id incident;
	unsigned ships;     /* registered: who is told of a distress */
	bool is_correcting; /* one answer is given anew, and then the whole is read back */
	sigset_t signals;
	size_t len;
	char typed[LINE_MAX_LEN];
	bool at_end;
};

/* ---- lines ---- */

/* Blocked, and asked for: Ctrl-C ends the checklist with a sentence, and never cuts a message in half. */
static void
block_signals(sigset_t *ret_signals)
{
	sigemptyset(ret_signals);
	sigaddset(ret_signals, SIGINT);
	sigaddset(ret_signals, SIGTERM);
	sigprocmask(SIG_BLOCK, ret_signals, NULL);
}

static bool
is_interrupted(const struct checklist *list)
{
	static const struct timespec at_once;
	return sigtimedwait(&list->signals, NULL, &at_once) > 0;
}

/* Takes a whole line out of what was typed; false if there is none yet. */
static bool
take_line(struct checklist *list, char line[LINE_MAX_LEN + 1])
{
	char *newline = memchr(list->typed, '\n', list->len);
	bool is_rest = newline == NULL && list->len > 0 && (list->at_end || list->len == sizeof list->typed);
	if (newline == NULL && !is_rest)
		return false;
	size_t len = newline != NULL ? (size_t)(newline - list->typed) : list->len;
	size_t used = newline != NULL ? len + 1 : len;
	memcpy(line, list->typed, len);
	list->len -= used;
	memmove(list->typed, list->typed + used, list->len);
	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\r' || line[len - 1] == '\t'))
		len--;
	line[len] = '\0';
	return true;
}

/* The link lives while nobody types. */
static void
hear_centre(const struct rcc_ctl *ctl)
{
	const struct rcc_envelope *message;
	for (int i = 0; i < 64 && ctl->client != NULL; i++) {
		if (rcc_client_next(ctl->client, 0, &message) == RCC_CLIENT_NOTHING)
			return;
	}
}

static enum heard
hear(struct checklist *list, char line[LINE_MAX_LEN + 1])
{
	int fd = fileno(list->ctl->in);
	fflush(list->talk);
	for (;;) {
		if (is_interrupted(list))
			return HEARD_INTERRUPT;
		if (take_line(list, line))
			return HEARD_LINE;
		if (list->at_end)
			return HEARD_END;
		struct pollfd in = {.fd = fd, .events = POLLIN};
		int ready = poll(&in, 1, LOOK_MS);
		hear_centre(list->ctl);
		if (ready <= 0)
			continue;
		ssize_t got = read(fd, list->typed + list->len, sizeof list->typed - list->len);
		if (got > 0)
			list->len += (size_t)got;
		else
			list->at_end = got == 0 || (errno != EINTR && errno != EAGAIN);
	}
}

/* ---- answers ---- */

/* Fills the form from every answer; false if that of `asked` is not one, and `why` tells. */
static bool
fill(struct checklist *list, size_t asked, char why[RCC_CTL_SENTENCE_SIZE])
{
	rcc_ctl_form_init(&list->form, rcc_ctl_now_ms());
	for (size_t i = 0; i < RCC_CTL_FIELDS; i++) {
		char other[RCC_CTL_SENTENCE_SIZE];
		if (list->answer[i][0] == '\0' || !rcc_ctl_form_wants(&list->form, rcc_ctl_field[i].option))
			continue;
		if (!rcc_ctl_field[i].set(&list->form, list->answer[i], i == asked ? why : other) && i == asked)
			return false;
	}
	return true;
}

/* The daemon knows whether there is such a case; it says so itself when there is none. */
static bool
is_case(struct checklist *list, const char *text)
{
	list->incident.v = 0;
	return text[0] == '\0' || rcc_ctl_incident(list->ctl, text, &list->incident) == RCC_EXIT_OK;
}

/* Takes an answer, or says what is wrong with it and leaves what was there. */
static bool
take_answer(struct checklist *list, size_t i, const char *line)
{
	char before[RCC_CTL_ANSWER_SIZE];
	char text[RCC_CTL_SENTENCE_SIZE] = "";
	char label[64];
	memcpy(before, list->answer[i], sizeof before);
	if (strlen(line) >= RCC_CTL_ANSWER_SIZE) {
		fprintf(list->talk, _("  that is too long: at most %d bytes\n"), RCC_TEXT_MAX);
		return false;
	}
	memcpy(list->answer[i], line, strlen(line) + 1);
	bool is_good = fill(list, i, text);
	if (!is_good)
		fprintf(list->talk, "  %s\n", text);
	if (is_good && rcc_ctl_field[i].option == RCC_CTL_OPTION_INCIDENT)
		is_good = is_case(list, line);
	if (!is_good) {
		memcpy(list->answer[i], before, sizeof before);
		(void)fill(list, RCC_CTL_FIELDS, text);
		return false;
	}
	/* "-20min" was meant from the moment when it was typed. */
	if (line[0] != '\0' && rcc_ctl_field[i].option == RCC_CTL_OPTION_POS_TIME)
		rcc_time_format(list->answer[i], list->form.open.alert.pos_at_ms);
	if (line[0] != '\0') {
		rcc_ctl_field[i].show(&list->form, text);
		snprintf(label, sizeof label, "  %s: ", gettext(rcc_ctl_field[i].label));
		rcc_ctl_wrap_print(list->talk, label, "    ", text, rcc_ctl_terminal_width(list->talk));
	}
	return true;
}

/* ---- the dialogue ---- */

/* Not known is not harmless: what nobody has called less than a distress is handled as one. */
static void
show_category(const struct checklist *list, char text[RCC_CTL_SENTENCE_SIZE])
{
	bool is_live = list->form.open.alert.class == RCC_CLASS_LIVE;
	snprintf(text, RCC_CTL_SENTENCE_SIZE, "%s",
	         is_live ? _("not known: IT IS TREATED AS DISTRESS") : _("not known: it is treated as distress"));
}

static bool
has_choices(enum rcc_ctl_option option)
{
	return option == RCC_CTL_OPTION_NATURE || option == RCC_CTL_OPTION_CATEGORY || option == RCC_CTL_OPTION_BY ||
	       option == RCC_CTL_OPTION_CLASS;
}

/* A field is asked if the answers so far make sense of it; the class is never asked: it is given as --class. */
static bool
is_asked(const struct checklist *list, size_t i)
{
	return rcc_ctl_field[i].option != RCC_CTL_OPTION_CLASS &&
	       rcc_ctl_form_wants(&list->form, rcc_ctl_field[i].option);
}

static size_t
next_field(const struct checklist *list, size_t i)
{
	do
		i++;
	while (i < RCC_CTL_FIELDS && !is_asked(list, i));
	return i;
}

/* The one before; the first again when there is none. */
static size_t
previous_field(const struct checklist *list, size_t i)
{
	size_t at = i;
	while (at > 0) {
		at--;
		if (is_asked(list, at))
			return at;
	}
	fprintf(list->talk, "%s\n", _("  this is the first question"));
	return i;
}

static size_t
ask_field(struct checklist *list, size_t i, const char *line)
{
	const struct rcc_ctl_field *field = &rcc_ctl_field[i];
	if (strcmp(line, "<") == 0)
		return previous_field(list, i);
	if (strcmp(line, "?") == 0) {
		fprintf(list->talk, "  %s\n  %s\n", gettext(field->help),
		        _("empty: not known, or as it stands in brackets; -: not known after all; <: one back; Ctrl-C: "
		          "send "
		          "nothing"));
		return i;
	}
	if (line[0] == '\0' && list->answer[i][0] == '\0' && field->option == RCC_CTL_OPTION_CATEGORY) {
		char text[RCC_CTL_SENTENCE_SIZE];
		show_category(list, text);
		fprintf(list->talk, "  %s\n", text);
	}
	if (line[0] != '\0' && !take_answer(list, i, strcmp(line, "-") == 0 ? "" : line))
		return i;
	return list->is_correcting ? THE_WHOLE : next_field(list, i);
}

static void
read_whole(struct checklist *list)
{
	char text[RCC_CTL_SENTENCE_SIZE];
	char label[64];
	(void)fill(list, RCC_CTL_FIELDS, text);
	fprintf(list->talk, "\n%s\n", _("Read it all back:"));
	for (size_t i = 0; i < RCC_CTL_FIELDS; i++) {
		const struct rcc_ctl_field *field = &rcc_ctl_field[i];
		bool is_class = field->option == RCC_CTL_OPTION_CLASS;
		if (!rcc_ctl_form_wants(&list->form, field->option))
			continue;
		if (list->answer[i][0] != '\0' || is_class)
			field->show(&list->form, text);
		else
			snprintf(text, sizeof text, "%s", _("not known"));
		if (list->answer[i][0] == '\0' && field->option == RCC_CTL_OPTION_INCIDENT)
			snprintf(text, sizeof text, "%s", _("a new one, or one that the machine finds"));
		if (list->answer[i][0] == '\0' && field->option == RCC_CTL_OPTION_CATEGORY)
			show_category(list, text);
		snprintf(label, sizeof label, "  %2zu  %-14s ", i + 1, gettext(field->label));
		rcc_ctl_wrap_print(list->talk, label, "                     ", text,
		                   rcc_ctl_terminal_width(list->talk));
	}
}

/* The last question; *ret_at is where the dialogue goes on. */
static bool
decide(struct checklist *list, const char *line, size_t *ret_at, int *ret_exit)
{
	char why[RCC_CTL_SENTENCE_SIZE];
	if (strcmp(line, "<") == 0) {
		*ret_at = previous_field(list, THE_WHOLE);
		return false;
	}
	if (strcmp(line, "n") == 0 || strcmp(line, "no") == 0) {
		*ret_at = WHICH_ONE;
		return false;
	}
	if (strcmp(line, "y") != 0 && strcmp(line, "yes") != 0) {
		fprintf(list->talk, "  %s\n",
		        _("y sends it, n corrects it or drops it, < goes back to the last question"));
		return false;
	}
	if (!rcc_ctl_form_finish(&list->form, why)) {
		fprintf(list->talk, "  %s\n", why);
		return false;
	}
	*ret_exit = RCC_EXIT_OK;
	return true;
}

/* After n: which answer is wrong, by its number; true if the checklist is over. */
static bool
correct(struct checklist *list, const char *line, size_t *ret_at, int *ret_exit)
{
	uint64_t number;
	if (line[0] == '\0' || strcmp(line, "n") == 0 || strcmp(line, "no") == 0) {
		*ret_exit = rcc_ctl_fail(RCC_EXIT_FAILED, _("nothing was sent"));
		return true;
	}
	if (strcmp(line, "<") == 0) {
		*ret_at = THE_WHOLE;
		return false;
	}
	if (!rcc_ctl_uint_parse(line, RCC_CTL_FIELDS, &number) ||
	    !rcc_ctl_form_wants(&list->form, rcc_ctl_field[number - 1].option)) {
		fprintf(list->talk, "  %s\n", _("give the number of a line above, or nothing to drop it all"));
		return false;
	}
	list->is_correcting = true;
	*ret_at = (size_t)number - 1;
	return false;
}

/* Ends with the question; what belongs to it stands above. */
static void
put_question(struct checklist *list, size_t at)
{
	char text[RCC_CTL_SENTENCE_SIZE];
	if (at == THE_WHOLE) {
		list->is_correcting = false;
		read_whole(list);
		rcc_ctl_form_warning(&list->form, list->ships, text);
		fprintf(list->talk, _("%s Send? (y/n)"), text);
		fputc(' ', list->talk);
		return;
	}
	if (at == WHICH_ONE) {
		fprintf(list->talk, "%s ", _("Which number is wrong? (empty: send nothing)"));
		return;
	}
	if (has_choices(rcc_ctl_field[at].option)) {
		snprintf(text, sizeof text, "(%s)", gettext(rcc_ctl_field[at].help));
		rcc_ctl_wrap_print(list->talk, "  ", "  ", text, rcc_ctl_terminal_width(list->talk));
	}
	if (rcc_ctl_field[at].option == RCC_CTL_OPTION_INCIDENT)
		rcc_ctl_near_print(list->ctl, &list->form, list->talk);
	fprintf(list->talk, "%s ", gettext(rcc_ctl_field[at].question));
	if (list->answer[at][0] != '\0')
		fprintf(list->talk, "[%s] ", list->answer[at]);
}

static int
converse(struct checklist *list)
{
	char line[LINE_MAX_LEN + 1];
	size_t at = 0;
	int exit_code = RCC_EXIT_OK;
	bool is_done = false;
	while (!is_done) {
		put_question(list, at);
		enum heard heard = hear(list, line);
		if (heard != HEARD_LINE) {
			fputc('\n', list->talk);
			return rcc_ctl_fail(RCC_EXIT_FAILED, "%s",
			                    heard == HEARD_INTERRUPT ? _("interrupted: nothing was sent")
			                                             : _("the input ended before y: nothing was sent"));
		}
		/* A pipe shows no typing: the dialogue stays readable. */
		if (isatty(fileno(list->ctl->in)) == 0)
			fprintf(list->talk, "%s\n", line);
		if (at == THE_WHOLE)
			is_done = decide(list, line, &at, &exit_code);
		else if (at == WHICH_ONE)
			is_done = correct(list, line, &at, &exit_code);
		else
			at = ask_field(list, at, line);
	}
	return exit_code;
}

static int
name_centre(void *context, const char *line)
{
	struct checklist *list = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *centre = json_string_value(json_object_get(row, "centre"));
	fprintf(list->talk, _("A report to %s.\n? helps, < goes one back, empty is not known, Ctrl-C sends nothing.\n"),
	        centre != NULL ? centre : _("the centre"));
	list->ships = (unsigned)json_integer_value(json_object_get(row, "ships_enrolled"));
	if (json_is_true(json_object_get(row, "degraded")))
		fprintf(list->talk, "%s\n", _("THE CENTRE CANNOT RECORD ANYTHING NOW: write it down as well."));
	json_decref(row);
	return RCC_EXIT_OK;
}

int
rcc_ctl_checklist(struct rcc_ctl *ctl, char answer[RCC_CTL_FIELDS][RCC_CTL_ANSWER_SIZE], struct rcc_ctl_form *ret_form)
{
	struct checklist list = {.ctl = ctl, .talk = ctl->is_json ? stderr : ctl->out, .answer = answer};
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	char why[RCC_CTL_SENTENCE_SIZE];
	block_signals(&list.signals);
	(void)fill(&list, RCC_CTL_FIELDS, why);
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, name_centre, NULL, &list);
	if (exit_code == RCC_EXIT_OK && list.form.incident[0] != '\0')
		exit_code = rcc_ctl_incident(ctl, list.form.incident, &list.incident);
	if (exit_code == RCC_EXIT_OK && list.form.open.alert.class != RCC_CLASS_LIVE)
		fprintf(list.talk, "%s\n",
		        list.form.open.alert.class == RCC_CLASS_EXERCISE ? _("EXERCISE EXERCISE EXERCISE") : _("TEST"));
	if (exit_code == RCC_EXIT_OK)
		exit_code = converse(&list);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	*ret_form = list.form;
	ret_form->open.incident = list.incident;
	return RCC_EXIT_OK;
}

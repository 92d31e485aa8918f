#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* The client wants to be looked at this often. */
#define LOOK_MS 1000

int64_t
rcc_crew_now_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

bool
rcc_crew_take(struct rcc_crew *crew, int64_t timeout_ms)
{
	const struct rcc_envelope *message = NULL;
	enum rcc_client_event event = rcc_client_next(crew->client, timeout_ms, &message);

	if (event == RCC_CLIENT_NOTHING) {
		return false;
	}
	rcc_crew_happened(crew, event, message);
	return true;
}

/* 35°30'15"N: between a figure and a hemisphere it is the sign of the seconds, and quotes nothing. */
static bool
is_seconds(char before, char after)
{
	return isdigit((unsigned char)before) && after != '\0' && strchr("NSEWnsew", after) != NULL;
}

int
rcc_crew_split(char *line, char **words, int max)
{
	int count = 0;
	char *to = line;

	while (*line != '\0') {
		bool is_quoted = false;

		while (isspace((unsigned char)*line)) {
			line++;
		}
		if (*line == '\0' || *line == '#') {
			break;
		}
		if (count == max) {
			return -1;
		}
		words[count++] = to;
		for (; *line != '\0' && (is_quoted || !isspace((unsigned char)*line)); line++) {
			if (*line == '\\' && (line[1] == '"' || line[1] == '\\')) {
				*to++ = *++line;
			} else if (*line == '"' && !(to > words[count - 1] && is_seconds(to[-1], line[1]))) {
				is_quoted = !is_quoted;
			} else {
				*to++ = *line;
			}
		}
		if (is_quoted) {
			return -1;
		}
		/* The space that ended the word, read before its place is overwritten. */
		line += *line != '\0' ? 1 : 0;
		*to++ = '\0';
	}
	return count;
}

void
rcc_crew_line(struct rcc_crew *crew, char *line)
{
	char name[] = "rcc-crew";
	char *words[RCC_CREW_WORDS_MAX + 2] = {name};
	static char help[] = "help";
	struct rcc_parsed parsed;

	/* A distress is raised whatever else waits to be sent. */
	bool is_distress = strncmp(line, "distress", strlen("distress")) == 0;
	if (crew->waits != CREW_DRAFT_NONE && (crew->waits == CREW_DRAFT_ALERT || !is_distress)) {
		rcc_crew_confirm(crew, line);
		return;
	}
	crew->exit = RCC_EXIT_OK;
	int count = rcc_crew_split(line, words + 1, RCC_CREW_WORDS_MAX);
	if (count == 0) {
		return;
	}
	if (count < 0) {
		rcc_crew_complain("%s", _("that line cannot be read: a quote is not closed, or it is too long"));
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	words[count + 1] = NULL;
	words[1] = strcmp(words[1], "?") == 0 ? help : words[1];
	if (rcc_options_parse(&rcc_crew_program, count + 1, words, &parsed, &crew->exit) != RCC_OK) {
		return;
	}
	if (parsed.operand_count == 0) {
		rcc_crew_complain("%s", _("say what to do: distress, inbox, show, read, answer, survivors, need, plan, "
		                          "drill, status, help, quit"));
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	rcc_crew_do(crew, &parsed);
}

/* Text typed so far, of which whole lines are taken. */
struct typed {
	size_t len;
	char text[RCC_CREW_LINE_MAX + 1];
};

/* Takes one whole line out of what was typed; false if there is none. */
static bool
take_line(struct typed *typed, char line[RCC_CREW_LINE_MAX + 1], bool at_end)
{
	char *newline = memchr(typed->text, '\n', typed->len);

	if (newline == NULL && (!at_end || typed->len == 0)) {
		return false;
	}
	size_t len = newline != NULL ? (size_t)(newline - typed->text) : typed->len;
	memcpy(line, typed->text, len);
	line[len] = '\0';
	size_t used = newline != NULL ? len + 1 : len;
	typed->len -= used;
	memmove(typed->text, typed->text + used, typed->len);
	return true;
}

/* False at the end of the file. */
static bool
read_more(struct rcc_crew *crew, int fd, struct typed *typed)
{
	if (typed->len == RCC_CREW_LINE_MAX) {
		rcc_crew_complain(_("a line may have %d characters at most"), RCC_CREW_LINE_MAX);
		crew->exit = RCC_EXIT_USAGE;
		typed->len = 0;
	}
	ssize_t got = read(fd, typed->text + typed->len, RCC_CREW_LINE_MAX - typed->len);
	if (got < 0) {
		return errno == EINTR || errno == EAGAIN;
	}
	typed->len += (size_t)got;
	return got > 0;
}

static void
take_all(struct rcc_crew *crew)
{
	while (rcc_crew_take(crew, 0)) {
	}
}

void
rcc_crew_session(struct rcc_crew *crew, FILE *file)
{
	int fd = fileno(file);
	struct typed typed = {.len = 0};
	char line[RCC_CREW_LINE_MAX + 1];
	char key_text[RCC_KEY_TEXT_SIZE];
	struct rcc_key key = rcc_client_public_key(crew->client);
	bool at_end = false;

	rcc_crew_say(crew, _("our key %s, centre %s"), rcc_key_format(key_text, &key), crew->settings.client.endpoint);
	if (rcc_client_made_key(crew->client)) {
		rcc_crew_say(crew, _("a NEW key was made, %s: the centre knows it only when it is enrolled"),
		             crew->settings.client.key_file);
	}
	crew->watch_since_ms = rcc_crew_now_ms();
	/* What sounds from before is told in words as well: who hears a bell alone knows nothing. */
	if (crew->board != NULL && (rcc_board_unread(crew->board) > 0 || crew->board->distress.is_on)) {
		rcc_crew_tell_watch(crew);
	}
	while (!crew->is_over) {
		take_all(crew);
		rcc_crew_watch_retry(crew);
		if (rcc_crew_turn(crew) && isatty(STDOUT_FILENO) != 0) {
			putchar('\a');
			fflush(stdout);
		}
		if (take_line(&typed, line, at_end)) {
			rcc_crew_line(crew, line);
			if (crew->is_strict && crew->exit != RCC_EXIT_OK && !crew->is_over) {
				/* A ship that believes to be on watch and is not: said, and the exit code says it too. */
				rcc_crew_complain("%s", _("THE SESSION ENDS with this line, since what it reads is no "
				                          "terminal: no call of the centre is heard from now on"));
				crew->is_over = true;
			}
			continue;
		}
		if (at_end) {
			break;
		}
		short receiver_events = 0;
		int receiver_fd = rcc_receiver_fd(&crew->receiver, &receiver_events);
		struct pollfd fds[] = {{.fd = fd, .events = POLLIN},
		                       {.fd = rcc_client_fd(crew->client), .events = POLLIN},
		                       {.fd = receiver_fd, .events = receiver_events}};
		if (poll(fds, 3, LOOK_MS) > 0 && fds[0].revents != 0) {
			at_end = !read_more(crew, fd, &typed);
		}
	}
	uint32_t waiting = rcc_client_outbox_count(crew->client);
	if (waiting > 0) {
		rcc_crew_say(crew, _("not yet accepted: %u; kept, and sent when this program runs again"), waiting);
	}
}

#include "crew/screen.h"

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "crew/keys.h"
#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* The clock on the screen goes by the second. */
#define LOOK_MS 1000
/* A serial line or a satellite link tears the parts of a key apart. */
#define ESCAPE_MS 200
#define READ_SIZE 4096

/* What stands between the program and the terminal while screens are shown. */
struct stage {
	struct rcc_crew *crew;
	struct rcc_screen *screen;
	struct rcc_canvas canvas;
	SCREEN *terminal;
	FILE *out;    /* the terminal, which standard output is not meanwhile */
	int saved[2]; /* standard output and error, to be given back */
	int said[2];  /* what is printed comes here, and stands on a page of its own */
	int signals;  /* a request to end */
	sigset_t old_signals;
	size_t line_len;
	char line[RCC_SCREEN_LINE_SIZE];
	uint32_t fresh;
	bool sounds_once;       /* a test of the alarm */
	int64_t paste_until_ms; /* what comes is pasted text; 0 = it is keys */
	bool is_text;           /* what came last was text, and what comes at once after it is as well */
};

enum rcc_status
rcc_screen_palette_parse(const char *word, enum rcc_screen_palette *ret_palette)
{
	static const char *const words[] = {"day", "night", "contrast"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret_palette = (enum rcc_screen_palette)(RCC_PALETTE_DAY + (int)i);
			return RCC_OK;
		}
	}
	return RCC_E_NOT_FOUND;
}

/* ---- the terminal, taken and given back ---- */

/* A terminal that knows it puts these around what is pasted: it is text, and no key of it means anything. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define KEY_PASTE_BEGIN (KEY_MAX - 1)
#define KEY_PASTE_END (KEY_MAX - 2)
/* A paste whose end never came is over by then. */
#define PASTE_MAX_MS 2000

static void
ask_for_pastes(FILE *out, const char *order)
{
	fputs(order, out);
	fflush(out);
}

static void
give_back(struct stage *stage)
{
	if (stage->terminal != NULL) {
		ask_for_pastes(stage->out, PASTE_OFF);
		(void)endwin();
		delscreen(stage->terminal);
		stage->terminal = NULL;
	}
	fflush(stdout);
	for (int i = 0; i < 2; i++) {
		if (stage->saved[i] >= 0) {
			(void)dup2(stage->saved[i], STDOUT_FILENO + i);
			close(stage->saved[i]);
		}
		if (stage->said[i] >= 0) {
			close(stage->said[i]);
		}
		stage->saved[i] = stage->said[i] = -1;
	}
	if (stage->signals >= 0) {
		close(stage->signals);
		(void)sigprocmask(SIG_SETMASK, &stage->old_signals, NULL);
		stage->signals = -1;
	}
	if (stage->out != NULL) {
		fclose(stage->out);
		stage->out = NULL;
	}
}

/* Whoever ends the program from outside gets his terminal back as it was. */
static bool
open_signals(struct stage *stage)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigaddset(&ends, SIGINT);
	if (sigprocmask(SIG_BLOCK, &ends, &stage->old_signals) != 0) {
		return false;
	}
	stage->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
	return stage->signals >= 0;
}

/* A line in the middle of a screen would destroy it: everything that is printed is read back and shown in its place. */
static bool
take_output(struct stage *stage)
{
	fflush(NULL);
	if (pipe(stage->said) != 0) {
		return false;
	}
	for (int i = 0; i < 2; i++) {
		if (fcntl(stage->said[i], F_SETFL, O_NONBLOCK) != 0 ||
		    fcntl(stage->said[i], F_SETFD, FD_CLOEXEC) != 0) {
			return false;
		}
		stage->saved[i] = dup(STDOUT_FILENO + i);
		if (stage->saved[i] < 0 || fcntl(stage->saved[i], F_SETFD, FD_CLOEXEC) != 0) {
			return false;
		}
	}
	int fd = dup(STDOUT_FILENO);
	stage->out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (stage->out == NULL && fd >= 0) {
		close(fd);
	}
	return stage->out != NULL;
}

static bool
begin_curses(struct stage *stage, const struct rcc_parsed *parsed)
{
	struct rcc_canvas *canvas = &stage->canvas;

	stage->terminal = newterm(NULL, stage->out, stdin);
	if (stage->terminal == NULL) {
		return false;
	}
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)set_escdelay(ESCAPE_MS);
	(void)keypad(stdscr, true);
	(void)define_key("\033[200~", KEY_PASTE_BEGIN);
	(void)define_key("\033[201~", KEY_PASTE_END);
	ask_for_pastes(stage->out, PASTE_ON);
	(void)nodelay(stdscr, true);
	(void)curs_set(0);
	canvas->window = stdscr;
	canvas->is_ascii = parsed->value[CREW_ASCII] != NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	canvas->has_colour = has_colors() && start_color() == OK && use_default_colors() == OK;
	canvas->screen = stage->screen;
	canvas->crew = stage->crew;
	/* Whatever the terminal can show, texts come as UTF-8 and are drawn as it can. */
	(void)bind_textdomain_codeset(RCC_TEXT_DOMAIN, "UTF-8");
	return true;
}

/* ---- what is said ---- */

static void
hear(struct stage *stage)
{
	char bytes[READ_SIZE];
	ssize_t got;

	fflush(stdout);
	while ((got = read(stage->said[0], bytes, sizeof bytes)) > 0) {
		for (ssize_t i = 0; i < got; i++) {
			bool is_end = bytes[i] == '\n' || stage->line_len == sizeof stage->line - 1;

			if (!is_end) {
				stage->line[stage->line_len++] = bytes[i];
				continue;
			}
			stage->line[stage->line_len] = '\0';
			stage->line_len = 0;
			rcc_screen_say(stage->screen, stage->line);
		}
	}
}

/* ---- keys ---- */

/* Into what is being typed, as text; elsewhere nowhere. True: it is taken care of. */
static bool
take_pasted(struct stage *stage, int result, wint_t c)
{
	int64_t now_ms = rcc_crew_now_ms();

	if (result == KEY_CODE_YES && c == KEY_PASTE_BEGIN) {
		stage->paste_until_ms = now_ms + PASTE_MAX_MS;
		if (stage->screen->edit.field == RCC_FIELD_NONE) {
			rcc_screen_say(stage->screen, _("NOTHING WAS DONE: text was pasted where nothing is typed"));
		}
		return true;
	}
	if (result == KEY_CODE_YES && c == KEY_PASTE_END) {
		stage->paste_until_ms = 0;
		return true;
	}
	if (now_ms >= stage->paste_until_ms) {
		return false;
	}
	bool is_text = result == OK && c >= ' ' && c != 0x7f;
	if (stage->screen->edit.field != RCC_FIELD_NONE) {
		rcc_screen_key(stage->screen, is_text ? (uint32_t)c : ' ');
	}
	return true;
}

static uint32_t
key_of(int result, wint_t c)
{
	static const struct {
		wint_t curses;
		uint32_t key;
	} table[] = {
	    {KEY_UP, RCC_KEY_UP},       {KEY_DOWN, RCC_KEY_DOWN},           {KEY_LEFT, RCC_KEY_LEFT},
	    {KEY_RIGHT, RCC_KEY_RIGHT}, {KEY_PPAGE, RCC_KEY_PAGE_UP},       {KEY_NPAGE, RCC_KEY_PAGE_DOWN},
	    {KEY_ENTER, RCC_KEY_ENTER}, {KEY_BACKSPACE, RCC_KEY_BACKSPACE}, {KEY_DC, RCC_KEY_BACKSPACE},
	};

	for (size_t i = 0; result == KEY_CODE_YES && i < sizeof table / sizeof table[0]; i++) {
		if (table[i].curses == c) {
			return table[i].key;
		}
	}
	if (result == KEY_CODE_YES) {
		return 0;
	}
	switch (c) {
	case '\r':
	case '\n':
		return RCC_KEY_ENTER;
	case '\t':
		return RCC_KEY_TAB;
	case 0x1b:
		return RCC_KEY_ESCAPE;
	case '\b':
	case 0x7f:
		return RCC_KEY_BACKSPACE;
	case 3: /* Control-C: nobody ends a watch by accident */
		return 'q';
	default:
		return (uint32_t)c;
	}
}

static void
do_lines(struct stage *stage)
{
	struct rcc_screen *screen = stage->screen;

	for (uint32_t i = 0; i < screen->line_count; i++) {
		if (!screen->is_typed) {
			/* What waits for the word SEND is not what a key means. */
			stage->crew->waits = CREW_DRAFT_NONE;
		}
		bool is_distress = !screen->is_typed && strncmp(screen->line[i], "distress ", 9) == 0;
		rcc_crew_line(stage->crew, screen->line[i]);
		if (is_distress && stage->crew->exit != RCC_EXIT_OK) {
			rcc_screen_not_sent(screen);
		}
	}
	screen->line_count = 0;
	screen->is_typed = false;
	if (screen->wants_silence) {
		rcc_alarm_silence(&stage->crew->alarm, rcc_crew_now_ms());
	}
	stage->sounds_once = stage->sounds_once || screen->wants_sound_test;
	if (screen->wants_repaint) {
		(void)clearok(stdscr, true);
	}
	screen->wants_silence = screen->wants_sound_test = screen->wants_repaint = false;
}

static void
press(struct stage *stage, uint32_t key)
{
	stage->screen->at_ms = rcc_crew_at_ms();
	stage->screen->inbox_last = rcc_client_inbox_last(stage->crew->client);
	rcc_screen_key(stage->screen, key);
	do_lines(stage);
}

/* Text that no terminal marked: into what is being typed, its lines as one; elsewhere nowhere. */
static void
take_text(struct stage *stage, const uint32_t *key, size_t count)
{
	if (stage->screen->edit.field == RCC_FIELD_NONE) {
		rcc_screen_say(stage->screen, _("NOTHING WAS DONE: text was pasted where nothing is typed"));
		return;
	}
	for (size_t i = 0; i < count && stage->screen->edit.field != RCC_FIELD_NONE; i++) {
		bool is_character = rcc_keys_is_character(key[i]);
		/* An Enter after the last word is his who typed, or a paste's: nothing is sent by it. */
		if (is_character || i + 1 < count) {
			rcc_screen_key(stage->screen, is_character ? key[i] : ' ');
		}
	}
}

/* Keys that come at once; returns how many, and whether more are waiting. */
static size_t
gather(struct stage *stage, uint32_t key[RCC_KEYS_MAX], bool *ret_more)
{
	wint_t c = 0;
	size_t count = 0;
	int result;

	*ret_more = true;
	while (count < RCC_KEYS_MAX && (result = wget_wch(stdscr, &c)) != ERR) {
		if (take_pasted(stage, result, c)) {
			continue;
		}
		uint32_t one = result == KEY_CODE_YES && c == KEY_RESIZE ? 0 : key_of(result, c);

		if (one != 0) {
			key[count++] = one;
			(void)wtimeout(stdscr, RCC_KEYS_GAP_MS);
		}
	}
	*ret_more = count == RCC_KEYS_MAX;
	(void)nodelay(stdscr, true);
	return count;
}

static void
take_keys(struct stage *stage)
{
	bool is_more = true;

	while (is_more) {
		uint32_t key[RCC_KEYS_MAX];
		size_t count = gather(stage, key, &is_more);

		stage->is_text = count > 0 && (stage->is_text || rcc_keys_are_text(key, count));
		if (stage->is_text) {
			stage->screen->at_ms = rcc_crew_at_ms();
			take_text(stage, key, count);
		}
		for (size_t i = 0; !stage->is_text && i < count; i++) {
			press(stage, key[i]);
		}
		stage->is_text = stage->is_text && is_more;
	}
}

/* ---- the loop ---- */

static void
sound(struct stage *stage, bool is_due)
{
	struct rcc_crew *crew = stage->crew;

	if (stage->sounds_once) {
		rcc_alarm_start_command(&crew->alarm, crew->settings.alarm_command, crew->board, rcc_crew_at_ms());
		rcc_screen_say(stage->screen, _("that is how it sounds"));
	}
	if (is_due || stage->sounds_once) {
		(void)beep();
	}
	stage->sounds_once = false;
	if (stage->fresh != crew->board->fresh) {
		stage->fresh = crew->board->fresh;
		rcc_screen_fresh(stage->screen);
	}
}

static void
draw(struct stage *stage)
{
	stage->canvas.rows = getmaxy(stdscr);
	stage->canvas.cols = getmaxx(stdscr);
	rcc_canvas_palette(&stage->canvas);
	(void)werase(stdscr);
	stage->canvas.scroll_max = 0;
	rcc_screen_draw(&stage->canvas);
	stage->screen->scroll_max = stage->canvas.scroll_max;
	stage->screen->scroll =
	    stage->screen->scroll < stage->canvas.scroll_max ? stage->screen->scroll : stage->canvas.scroll_max;
	stage->screen->is_small = stage->canvas.is_small;
	(void)wrefresh(stdscr);
}

/* False: the terminal is gone, or somebody asks us to end. */
static bool
wait_for_something(struct stage *stage)
{
	struct rcc_crew *crew = stage->crew;
	short events = 0;
	int receiver = rcc_receiver_fd(&crew->receiver, &events);
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
	                       {.fd = rcc_client_fd(crew->client), .events = POLLIN},
	                       {.fd = receiver, .events = events},
	                       {.fd = stage->signals, .events = POLLIN}};
	int count = poll(fds, sizeof fds / sizeof fds[0], LOOK_MS);

	return count <= 0 || (fds[3].revents == 0 && (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) == 0);
}

static void
loop(struct stage *stage)
{
	struct rcc_crew *crew = stage->crew;
	bool goes_on = true;

	while (goes_on && !crew->is_over && !stage->screen->is_over) {
		while (rcc_crew_take(crew, 0)) {
		}
		rcc_crew_watch_retry(crew);
		sound(stage, rcc_crew_turn(crew));
		stage->screen->at_ms = rcc_crew_at_ms();
		stage->screen->inbox_last = rcc_client_inbox_last(crew->client);
		rcc_screen_look(stage->screen);
		hear(stage);
		draw(stage);
		goes_on = wait_for_something(stage);
		take_keys(stage);
	}
}

enum rcc_status
rcc_screen_run(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	static const char *const plain[] = {"dumb", "unknown", ""};
	const char *term = getenv("TERM"), *palette = parsed->value[CREW_PALETTE];
	struct stage stage = {.crew = crew, .saved = {-1, -1}, .said = {-1, -1}, .signals = -1};
	enum rcc_status status = RCC_E_UNSUPPORTED;

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		if (term == NULL || strcmp(term, plain[i]) == 0) {
			return RCC_E_UNSUPPORTED;
		}
	}
	stage.screen = calloc(1, sizeof *stage.screen);
	if (stage.screen == NULL) {
		return RCC_E_FULL;
	}
	/* Who stands the watch is nobody that a file knows: b says it. */
	rcc_screen_init(stage.screen, crew->board, "");
	if (palette != NULL) {
		status = rcc_screen_palette_parse(palette, &stage.screen->palette);
	}
	if (open_signals(&stage) && take_output(&stage) && begin_curses(&stage, parsed)) {
		(void)dup2(stage.said[1], STDOUT_FILENO);
		(void)dup2(stage.said[1], STDERR_FILENO);
		crew->watch_since_ms = rcc_crew_now_ms();
		stage.screen->at_ms = rcc_crew_at_ms();
		rcc_screen_fresh(stage.screen);
		loop(&stage);
		status = RCC_OK;
	} else {
		status = RCC_E_UNSUPPORTED;
	}
	give_back(&stage);
	free(stage.screen);
	return status;
}

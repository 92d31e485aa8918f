/* How rccctl was called: a command that it prints is typed again as it stands, so it names the same centre. */
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/words.h"

#define CALL "rccctl "
/* What a shell takes as it stands. */
#define PLAIN "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,-"

static void
append(char text[RCC_CTL_CALL_SIZE], const char *more, size_t count)
{
	size_t len = strlen(text);
	if (len + count >= RCC_CTL_CALL_SIZE)
		return;
	memcpy(text + len, more, count);
	text[len + count] = '\0';
}

static void
append_quoted(char text[RCC_CTL_CALL_SIZE], const char *value)
{
	if (value[0] != '\0' && value[strspn(value, PLAIN)] == '\0') {
		append(text, value, strlen(value));
		return;
	}
	append(text, "'", 1);
	for (; *value != '\0'; value++)
		append(text, *value == '\'' ? "'\\''" : value, *value == '\'' ? 4 : 1);
	append(text, "'", 1);
}

void
rcc_ctl_call_read(struct rcc_ctl *ctl)
{
	static const struct {
		enum rcc_ctl_option option;
		const char *name;
	} links[] = {{RCC_CTL_OPTION_ENDPOINT, "-e "},
	             {RCC_CTL_OPTION_SERVER_KEY, "--server-key "},
	             {RCC_CTL_OPTION_KEY_FILE, "-k "},
	             {RCC_CTL_OPTION_STATE_DIR, "--state-dir "}};
	ctl->call[0] = '\0';
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		const char *value = ctl->option[links[i].option];
		/* --key is one's own key file too, except where somebody else's is enrolled. */
		if (links[i].option == RCC_CTL_OPTION_KEY_FILE && value == NULL && strcmp(ctl->verb, "enrol") != 0)
			value = ctl->option[RCC_CTL_OPTION_KEY];
		if (value == NULL)
			continue;
		append(ctl->call, links[i].name, strlen(links[i].name));
		append_quoted(ctl->call, value);
		append(ctl->call, " ", 1);
	}
}

void
rcc_ctl_call_insert(const char *call, char *text, size_t size)
{
	size_t more = call == NULL ? 0 : strlen(call);
	char *at = more == 0 ? NULL : strstr(text, CALL);
	while (at != NULL) {
		char *verb = at + sizeof CALL - 1;
		size_t rest = strlen(verb) + 1;
		/* A command, not the name of the program; half of one would be another command. */
		if (*verb >= 'a' && *verb <= 'z') {
			if ((size_t)(verb - text) + more + rest > size)
				return;
			memmove(verb + more, verb, rest);
			memcpy(verb, call, more);
			verb += more;
		}
		at = strstr(verb, CALL);
	}
}

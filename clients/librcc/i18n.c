/* i18n.c - the language of a program, and where its words are: beside it, as it was installed or built. */
#define _POSIX_C_SOURCE 200809L
#include "librcc/i18n.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define UNDER "share/locale"

/* PREFIX/bin/rcc-replay and PREFIX/share/locale, wherever PREFIX is. */
static void
bind_texts(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

	if (len <= 0)
		return;
	path[len] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(path, '/');
		if (slash == NULL)
			return;
		*slash = '\0';
	}
	size_t used = strlen(path);
	if ((size_t)snprintf(path + used, sizeof path - used, "/" UNDER) < sizeof path - used)
		(void)bindtextdomain(RCC_TEXT_DOMAIN, path);
}

void
rcc_i18n_init(void)
{
	/* Messages only: numbers and sorting stay those of the C locale. */
	setlocale(LC_MESSAGES, "");
	setlocale(LC_CTYPE, "");
	bind_texts();
	/* Texts are UTF-8 inside, whatever the terminal is. */
	(void)bind_textdomain_codeset(RCC_TEXT_DOMAIN, "UTF-8");
	textdomain(RCC_TEXT_DOMAIN);
}

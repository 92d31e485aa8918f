#define _POSIX_C_SOURCE 200809L
#include "librcc/i18n.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 1024
/* Beside bin/ and sbin/, wherever they were installed; the build makes the same folders. */
#define CATALOGUES "/../share/locale"

static const char *
wanted_locale(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0') {
			return value;
		}
	}
	return "C";
}

/*
 * A computer on a bridge rarely has the locales of its crew. The catalogue needs none of them: it is named by LANGUAGE, and
 * heeded in any locale but "C".
 */
static void
stand_in(void)
{
	const char *wanted = wanted_locale();

	if (strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0) {
		return;
	}
	if (setlocale(LC_ALL, "C.UTF-8") != NULL) {
		(void)setenv("LANGUAGE", wanted, 0);
	}
}

/* False: nobody knows where this program lies. */
static bool
find_catalogues(char path[PATH_SIZE])
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_SIZE - sizeof CATALOGUES);

	if (len <= 0 || (size_t)len >= PATH_SIZE - sizeof CATALOGUES) {
		return false;
	}
	path[len] = '\0';
	char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return false;
	}
	memcpy(slash, CATALOGUES, sizeof CATALOGUES);
	return true;
}

void
rcc_i18n_begin(void)
{
	char path[PATH_SIZE];

	if (setlocale(LC_ALL, "") == NULL) {
		stand_in();
	}
	/* Numbers are read and written the same everywhere. */
	(void)setlocale(LC_NUMERIC, "C");
	if (find_catalogues(path)) {
		(void)bindtextdomain(RCC_TEXT_DOMAIN, path);
	}
	(void)textdomain(RCC_TEXT_DOMAIN);
}

/* config_page.c - prints every key of rccd.conf as its manual page shows it, in the language of scdoc. Runs while we are built. */
#include <stdio.h>
#include <string.h>

#include "sys/config.h"

/* What scdoc would take for markup is meant as it stands. */
static void
print_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("\\*_[]|#<>~+!", *text) != NULL)
			putchar('\\');
		putchar(*text);
	}
}

static void
print_key(const char *key, const char *help)
{
	printf("*");
	print_text(key);
	printf("*\n\t");
	print_text(help);
	printf(".\n\n\t");
}

static void
print_text_key(const char *key, const char *form, const char *fallback, const char *help)
{
	print_key(key, help);
	printf("%s. Default: \"", form);
	print_text(fallback);
	printf("\"\n\n");
}

static void
print_number_key(const char *key, double min, double max, double fallback, const char *unit, bool may_be_never,
                 const char *help)
{
	print_key(key, help);
	printf("%g to %.10g %s%s. Default: %.10g\n\n", min, max, unit, may_be_never ? "; -1 = never" : "", fallback);
}

#define FORM_NAME "A text that is not empty"
#define FORM_PATH "A path"
#define FORM_PATH_OR_NONE "A path or \"\""
#define FORM_ENDPOINT "tcp://HOST:PORT, ipc://PATH or \"\""

#define RCC_CONFIG_TEXT(path, member, form, fallback, help) print_text_key(path, FORM_##form, fallback, help);
#define RCC_CONFIG_NUMBER(path, member, min, max, fallback, scale, unit, help)                                         \
	print_number_key(path, min, max, fallback, unit, false, help);
#define RCC_CONFIG_CLOCK(path, member, min, max, fallback, scale, unit, help)                                          \
	print_number_key(path, min, max, fallback, unit, true, help);

int
main(void)
{
#include "sys/config.def"
	return fflush(stdout) == 0 ? 0 : 1;
}

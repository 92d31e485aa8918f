#include "librcc/persons_words.h"

#include <stdio.h>

#include "librcc/i18n.h"

/* One group, ten at most; ngettext knows the plurals of the language. */
static int
put_group(char *text, size_t size, size_t group, unsigned n)
{
	switch (group) {
	case 0:
		return snprintf(text, size, ngettext("%u man", "%u men", n), n);
	case 1:
		return snprintf(text, size, ngettext("%u woman", "%u women", n), n);
	case 2:
		return snprintf(text, size, ngettext("%u adult", "%u adults", n), n);
	case 3:
		return snprintf(text, size, ngettext("%u child", "%u children", n), n);
	case 4:
		return snprintf(text, size, ngettext("%u child alone", "%u children alone", n), n);
	case 5:
		return snprintf(text, size, ngettext("%u infant", "%u infants", n), n);
	case 6:
		return snprintf(text, size, ngettext("%u pregnant", "%u pregnant", n), n);
	case 7:
		return snprintf(text, size, ngettext("%u injured", "%u injured", n), n);
	case 8:
		return snprintf(text, size, ngettext("%u disabled", "%u disabled", n), n);
	default:
		return snprintf(text, size, ngettext("%u family", "%u families", n), n);
	}
}

const char *
rcc_persons_words(char text[RCC_PERSONS_WORDS_SIZE], const struct rcc_persons *persons)
{
	const uint32_t groups[] = {persons->men,           persons->women,   persons->adults,   persons->children,
	                           persons->unaccompanied, persons->infants, persons->pregnant, persons->injured,
	                           persons->disabled,      persons->families};
	size_t len = 0;

	(void)snprintf(text, RCC_PERSONS_WORDS_SIZE, "%s", _("nobody"));
	for (size_t i = 0; i < sizeof groups / sizeof groups[0] && len < RCC_PERSONS_WORDS_SIZE - 1; i++) {
		if (groups[i] == 0)
			continue;
		len += (size_t)snprintf(text + len, RCC_PERSONS_WORDS_SIZE - len, "%s", len > 0 ? ", " : "");
		len = len < RCC_PERSONS_WORDS_SIZE ? len : RCC_PERSONS_WORDS_SIZE - 1;
		len += (size_t)put_group(text + len, RCC_PERSONS_WORDS_SIZE - len, i, groups[i]);
		len = len < RCC_PERSONS_WORDS_SIZE ? len : RCC_PERSONS_WORDS_SIZE - 1;
	}
	return text;
}

/*
 * laws_internal.h - for the files of laws.h alone.
 */
#ifndef RCC_TEST_LAWS_INTERNAL_H
#define RCC_TEST_LAWS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

/* The first law that is broken stays. */
static inline void
law(const char **broken, bool holds, const char *name)
{
	if (!holds && *broken == NULL)
		*broken = name;
}

#endif

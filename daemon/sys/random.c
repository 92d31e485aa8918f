#define _GNU_SOURCE

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "sys/sys.h"

void
rcc_random_seed(void)
{
	unsigned seed = 0;
	ssize_t got;

	do {
		got = getrandom(&seed, sizeof seed, 0);
	} while (got < 0 && errno == EINTR);
	/* up to 256 bytes are never cut short, and a kernel without getrandom() runs nothing of ours */
	assert(got == (ssize_t)sizeof seed);
	srand(seed);
}

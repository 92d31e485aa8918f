#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <time.h>

#include <sodium.h>

#include "librcc/client_internal.h"
#include "rcc/units.h"

static int64_t
read_ms(clockid_t clock)
{
	struct timespec now;
	int failed = clock_gettime(clock, &now);

	assert(failed == 0);
	(void)failed;
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

int64_t
rcc_clock_ms(void)
{
	return read_ms(CLOCK_BOOTTIME);
}

int64_t
rcc_clock_at_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}

struct rcc_msg_id
rcc_msg_id_new(int64_t at_ms)
{
	struct rcc_msg_id id;

	randombytes_buf(id.b, sizeof id.b);
	for (int i = 0; i < 6; i++) {
		id.b[i] = (uint8_t)(at_ms >> (40 - 8 * i));
	}
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	return id;
}

int64_t
rcc_jitter_ms(int64_t value_ms)
{
	int64_t quarter_ms = value_ms / 4;

	return value_ms - quarter_ms + (int64_t)randombytes_uniform((uint32_t)(2 * quarter_ms + 1));
}

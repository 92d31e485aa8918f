#define _POSIX_C_SOURCE 200809L

#include <assert.h>
#include <time.h>

#include "sys/sys.h"

static int64_t
read_ms(clockid_t id)
{
	struct timespec now;
	int failed = clock_gettime(id, &now);

	assert(!failed);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
rcc_clock_monotonic_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

void
rcc_clock_init(struct rcc_clock *clock, int64_t floor_ms)
{
	*clock = (struct rcc_clock){.last_ms = floor_ms, .monotonic_ms = rcc_clock_monotonic_ms()};
}

/* How far to go on while the wall clock is behind: what has passed, less one part in RCC_CLOCK_SLEW. */
static int64_t
slewed(struct rcc_clock *clock, int64_t passed_ms)
{
	int64_t owed = passed_ms * (RCC_CLOCK_SLEW - 1) + clock->rest;

	clock->rest = owed % RCC_CLOCK_SLEW;
	return owed / RCC_CLOCK_SLEW;
}

int64_t
rcc_clock_take_ms(struct rcc_clock *clock, int64_t wall_ms, int64_t monotonic_ms)
{
	int64_t passed_ms = monotonic_ms > clock->monotonic_ms ? monotonic_ms - clock->monotonic_ms : 0;

	if (wall_ms >= clock->last_ms) {
		clock->last_ms = wall_ms;
		clock->rest = 0;
	} else {
		int64_t on_ms = clock->last_ms + slewed(clock, passed_ms);

		clock->last_ms = wall_ms > on_ms ? wall_ms : on_ms;
	}
	/* Told and not undone: what had a clock goes by the new time. */
	int64_t step_ms = clock->wall_ms == 0 ? 0 : wall_ms - clock->wall_ms - passed_ms;
	if (step_ms >= RCC_CLOCK_STEP_MS || step_ms <= -RCC_CLOCK_STEP_MS) {
		clock->steps++;
		clock->step_ms = step_ms;
		clock->step_at_ms = clock->last_ms;
	}
	clock->wall_ms = wall_ms;
	clock->monotonic_ms = monotonic_ms;
	clock->skew_ms = clock->last_ms - wall_ms;
	return clock->last_ms;
}

int64_t
rcc_clock_now_ms(struct rcc_clock *clock)
{
	return rcc_clock_take_ms(clock, read_ms(CLOCK_REALTIME), rcc_clock_monotonic_ms());
}

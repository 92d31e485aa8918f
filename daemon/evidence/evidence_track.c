/* evidence_track.c - from when to when a ship's track is part of her pack. */
#include "evidence/evidence.h"

static void
end_at(int64_t *to_ms, int64_t at_ms)
{
	if (at_ms != 0 && at_ms < *to_ms)
		*to_ms = at_ms;
}

bool
rcc_evidence_window(const struct rcc_evidence *evidence, int64_t now_ms, int64_t *ret_from_ms, int64_t *ret_to_ms)
{
	if (evidence->first_at_ms == 0)
		return false;
	*ret_from_ms = evidence->first_at_ms;
	*ret_to_ms = now_ms;
	if (evidence->has_aboard)
		return *ret_from_ms < *ret_to_ms;
	end_at(ret_to_ms, evidence->released_at_ms);
	end_at(ret_to_ms, evidence->over_at_ms);
	end_at(ret_to_ms, evidence->closed_at_ms);
	if (*ret_to_ms < evidence->last_part_at_ms)
		*ret_to_ms = evidence->last_part_at_ms;
	return *ret_from_ms < *ret_to_ms;
}

int64_t
rcc_evidence_step_ms(int64_t from_ms, int64_t to_ms)
{
	int64_t step_ms = (to_ms - from_ms) / (RCC_EVIDENCE_POSITIONS_MAX - 1) + 1;

	return step_ms > RCC_EVIDENCE_POSITIONS_EVERY_MS ? step_ms : RCC_EVIDENCE_POSITIONS_EVERY_MS;
}

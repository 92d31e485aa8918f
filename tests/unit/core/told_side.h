/* told_side.h - a case that ships heard of, and what ends it for them: for the tests of told.c. The case and its ships are crowd.h's. */
#ifndef RCC_TEST_TOLD_SIDE_H
#define RCC_TEST_TOLD_SIDE_H

#include "core/closing.h"
#include "core/duty.h"
#include "core/handover.h"
#include "core/place.h"
#include "core/told.h"
#include "crowd.h"
#include "rcc/units.h"

const struct rcc_incident *told_case(uint32_t id);
/* Both ships have stored the call. */
void told_begin(void);
void told_cancel(uint32_t id);
/* Told, cancelled, and both have the cancel. */
void told_over(void);
/* She has stored all that was made for her. */
void told_store(uint32_t peer);
uint32_t told_change_key(void);
void told_by_voice(uint32_t ship, enum rcc_answer_kind kind);
void told_notice(int64_t for_ms);
void told_place(enum rcc_place_step step, uint32_t ship);
/* An alert of another vessel, which nobody is told of: its place is not known. */
void told_open_second(void);
void told_join(void);
enum rcc_refusal told_refused(uint32_t id);
/* Nothing but this ship stands in the way, and an officer's word that she was told ends that. */
void told_assert_one_word(uint32_t id, struct rcc_mmsi ship);

#endif

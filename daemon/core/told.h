/*
 * told.h - what one ship was told of a case, in the order in which it was told: may she still act on it, or has she its end?
 *
 * Why:    a live case is over for a ship when she knows it (SAR Convention annex 4.8.3). Whoever asks that (closing a case, the
 *         duty to tell the end, a cancel) asks here.
 * Heard:  every call, notice, order or task of a line that may have gone out to her, by any key that she ever had; a notice until
 *         it has run out, or a newer one is on her disk. And her own answers, however they came, and what she was ordered by voice.
 * Ended:  by a cancel on her disk, and what was asked of her alone by a release as well; by a release that an officer said by voice, where no message of ours reaches her; by
 *         an officer's word that she was told another way. Each ends what was queued before it, and nothing that came later.
 * Places: an order to go to a place of safety ends when she has reached it, or has its withdrawal on her disk.
 */
#ifndef RCC_CORE_TOLD_H
#define RCC_CORE_TOLD_H

#include "core/state.h"

/* May she act on something of this case of which she has no end? */
bool rcc_told_is_owed(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/*
 * Was she ordered, by a message to her alone, to do something for the one case, with no end of it and no word since that she cannot, or is
 * done, and is no such order for the other one made for her? The end of the one as part of the other would call her off.
 */
bool rcc_told_is_called_off(const struct rcc_core *core, struct rcc_mmsi ship, const struct rcc_incident *from,
                            const struct rcc_incident *into);
/* Does no message of ours reach her in this case: has she no key in force, or may no message be sent of it? */
bool rcc_told_is_by_voice(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/* Has she said, in her latest answer, that she comes, is there, or asks about it, or was she ordered by voice since? */
bool rcc_told_is_coming(const struct rcc_answer_state *answer);
/* Is she on her way by voice: is nobody but an officer who releases her by voice to end it for her? */
bool rcc_told_is_to_be_released(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/* Is she owed the end of a case that was joined to this one? */
bool rcc_told_is_joined(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship);
/* Calls `tell` once for each ship that is owed the end, until it returns false. Returns whether it always said true. */
bool rcc_told_each_owed(const struct rcc_core *core, const struct rcc_incident *incident,
                        bool (*tell)(void *context, struct rcc_mmsi ship), void *context);
/* Is anybody? */
bool rcc_told_is_any_owed(const struct rcc_core *core, const struct rcc_incident *incident);
/*
 * And is anybody whom a message, or a word about all, may tell? It is asked again and again while ships hear of it: it looks from place
 * *from of the list of keys on, and says there where somebody was found. Where it begins changes no answer.
 */
bool rcc_told_is_any_to_be_told(const struct rcc_core *core, const struct rcc_incident *incident, uint32_t *from);

#endif

/*
 * phrases.h - how a centre begins what its machine says to ships. The text is what a master reads, and it is recorded so; whoever shows it
 * knows by its beginning what it is.
 *
 * Source: daemon/core says them, clients/crew reads them. Stored records have them: a changed one is a new one beside the old.
 */
#ifndef RCC_PHRASES_H
#define RCC_PHRASES_H

/* A cancel: the case is part of another one now, whose number follows. */
#define RCC_PHRASE_SAME_CASE "the same case as "
/* A task: another ship, which follows, coordinates on scene from now on. */
#define RCC_PHRASE_RELIEVED "you are on-scene coordinator no more; report to "
/* Tasks about a place of safety, whose name follows: it is hers; it is taken back; she is not asked to go there, whatever was said. */
#define RCC_PHRASE_PLACED "Place of safety for the survivors aboard: "
#define RCC_PHRASE_PLACE_WITHDRAWN "Withdrawn as a place of safety: "
#define RCC_PHRASE_PLACE_OVER "You are not asked to go to "

#endif

/* laws_told.h - the laws of ends: who acts for a case hears that it is over, and is called off by nothing else. Used by laws.c alone. */
#ifndef RCC_TEST_LAWS_TOLD_H
#define RCC_TEST_LAWS_TOLD_H

#include "laws.h"

void laws_of_survivor(const char **broken, const struct laws_story *story, const struct rcc_core *core,
                      const struct rcc_entry *entry, const struct rcc_broadcast_issued *issued);
void laws_of_closed(const char **broken, const struct rcc_core *core, const struct rcc_incident_closed *closed);

#endif

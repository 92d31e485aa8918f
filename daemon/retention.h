/*
 * retention.h - destroys what the record says is erased or purged: keys in sealed.db, positions in tracks.db. A slice each second,
 * until it is gone; what a crash left undone is done after the next start.
 */
#ifndef RCC_RETENTION_TOP_H
#define RCC_RETENTION_TOP_H

#include "app.h"

/* Pre: what the core knows is on the disk. */
void rcc_retention_act(struct rcc_app *app);

#endif

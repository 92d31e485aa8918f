/*
 * intake.h - one message of app->inbound: positions to the picture, questions answered, the rest to the batch.
 */
#ifndef RCC_INTAKE_H
#define RCC_INTAKE_H

#include "app.h"

void rcc_intake(struct rcc_app *app);

#endif

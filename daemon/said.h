/*
 * said.h - a message's body as the command that it is: one table for the daemon and for stories.
 */
#ifndef RCC_SAID_H
#define RCC_SAID_H

#include "rcc/command.h"

/*
 * Fills kind and body of a command from the body of a message. False if that message is no command by itself: positions,
 * views, raw signals. Pre: body points at the struct that belongs to the kind.
 */
bool rcc_said_fill(struct rcc_command *command, enum rcc_body_kind kind, const void *body);

#endif

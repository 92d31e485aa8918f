/*
 * scene.h - what a decision needs of the live picture, put into its command: replay needs no picture.
 */
#ifndef RCC_SCENE_H
#define RCC_SCENE_H

#include "core/core.h"
#include "picture/picture.h"

/*
 * Fills command->scene if the core wants one, or if an alert lacks the position of a ship that the picture knows: every registered ship whose position is known, and the nearest unregistered
 * ships within the rules' call_list_radius_m (at most RCC_CALL_ROWS_MAX), sorted by MMSI.
 */
void rcc_scene_fill(const struct rcc_core *core, const struct rcc_picture *picture, struct rcc_command *command);

#endif

/*
 * sea_internal.h - the dice that sea.c and sea_orders.c share; nobody else includes this.
 */
#ifndef RCC_TEST_SEA_INTERNAL_H
#define RCC_TEST_SEA_INTERNAL_H

#include "sea.h"

/* Keys of a story. */
#define SEA_KEYS 40
/* Once in `of` times. */
bool sea_chance(struct sea *sea, uint32_t of);
struct rcc_mmsi sea_some_mmsi(struct sea *sea);
void sea_some_text(struct sea *sea, char *field, size_t size);
struct rcc_pos sea_some_pos(struct sea *sea);
/* An incident that was opened at some time, or one that never was; mostly a recent one. */
/* Orders of the work of an incident; false for any other kind. */
/* The grace of sailing plans; when parity is measured, and what opens its alarm. */
void sea_make_clocks(struct sea *sea, struct rcc_rules *rules);
/* Most centres can be called. */
void sea_place_centre(struct sea *sea, struct rcc_enrol *enrol);
/* One of the centres that were enrolled so far, revoked ones among them; NULL if there is none. */
const struct rcc_peer *sea_a_centre(struct sea *sea, const struct rcc_core *core);
/* What is asked of somebody is mostly asked of another centre. */
void sea_ask_centre(struct sea *sea, const struct rcc_core *core, struct rcc_place *place);
/* What is said of a request between centres; false for any other kind. */
/* What goes with a case that another centre offers. */
void sea_make_carried(struct sea *sea, struct rcc_carried *carried);
/* Invitations, codes and new keys; false for any other kind. */
bool sea_make_door(struct sea *sea, struct rcc_command *command);
bool sea_make_request(struct sea *sea, const struct rcc_core *core, struct rcc_command *command);
bool sea_make_work(struct sea *sea, const struct rcc_core *core, struct rcc_command *command);
struct rcc_incident_id sea_some_incident(struct sea *sea, const struct rcc_core *core);
void sea_make_alert(struct sea *sea, const struct rcc_core *core, const struct rcc_origin *origin,
                    struct rcc_alert *alert);
/* The body of an order, by command->kind. */
void sea_make_order(struct sea *sea, const struct rcc_core *core, struct rcc_command *command);

void sea_make_profile(struct sea *sea, struct rcc_profile_order *order);
void sea_make_circular(struct sea *sea, struct rcc_circular *circular);

#endif

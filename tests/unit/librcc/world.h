/*
 * world.h - one ship and one centre, taking turns in the test's own thread.
 */
#ifndef RCC_TEST_WORLD_H
#define RCC_TEST_WORLD_H

#include "fake_centre.h"
#include "librcc/client_internal.h"

/* A test that has not seen what it waits for after this long has failed. */
#define PATIENCE_MS 10000
/* Short, so that a repeat is seen soon. */
#define RETRY_MS 40

struct world {
	char folder[64], key_file[128], store[128];
	struct fake_centre centre;
	struct rcc_client_config config;
	struct rcc_client *client;
	struct rcc_envelope *message;
	enum rcc_client_event event; /* reported last, other than NOTHING */
	const struct rcc_envelope *reported;
	bool has_taken;
};

int64_t world_now_ms(void);
void world_client_up(struct world *world);
int world_setup(void **state);
int world_teardown(void **state);
/* Both sides take a turn. True when the centre has taken a message. */
bool world_turn(struct world *world);
/* Until the centre has a message of this kind; welcomes every Hello on the way unless that is what is asked for. */
void world_until_taken(struct world *world, enum rcc_body_kind kind);
/* Until the client reports this. */
void world_until_reported(struct world *world, enum rcc_client_event event);
/*
 * Until both sides have taken all that the other has said so far, however slow this computer is; counts on the way like
 * world_count_for(). Pre: connected.
 */
uint32_t world_settle(struct world *world, enum rcc_client_event event, enum rcc_body_kind kind, uint32_t *ret_taken);
/* Turns for a while, counting what the client reports and what the centre takes of a kind. */
uint32_t world_count_for(struct world *world, int64_t for_ms, enum rcc_client_event event, enum rcc_body_kind kind,
                         uint32_t *ret_taken);
void world_connect_both(struct world *world);
void world_fill_position(struct rcc_envelope *message);
void world_fill_alert(struct rcc_envelope *message);
void world_fill_answer(struct rcc_envelope *message);
struct rcc_msg_id world_post_alert(struct world *world);

#endif

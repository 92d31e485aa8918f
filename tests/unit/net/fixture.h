/*
 * fixture.h - a net on loopback with keys, and clients that speak to it.
 *
 * Everything waits by pumping the net's own poll until something is true or a bound has passed; nothing sleeps.
 */
#ifndef RCC_TEST_NET_FIXTURE_H
#define RCC_TEST_NET_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/net_internal.h"

/* Bound of every wait; what is expected comes in milliseconds. */
#define WITHIN_MS 5000
/* How long something must not happen. */
#define QUIET_MS 300

struct pair {
	struct rcc_key key;
	char public_text[41];
	char secret_text[41];
};

#define KNOWN_MAX 8
struct world {
	struct rcc_net net;
	struct rcc_net_config config;
	struct rcc_key known[KNOWN_MAX];
	size_t known_count;
	enum rcc_admit stranger[RCC_NET_PORTS + 1]; /* what the callback says to unknown keys, by port */
	unsigned asked;
	void *context; /* of the clients */
	char dir[64];
	struct rcc_inbound inbound;
};

/* Ships, operations and live on free ports, control in a directory of its own; strangers are guests on ships. */
int world_open(void **state);
int world_close(void **state);

/* Closes the net; the endpoints are what they were before ports were taken, so that nobody else can have taken them since. */
void world_shut(struct world *world);
void world_reopen(struct world *world);

struct pair pair_make(void);
void world_enrol(struct world *world, const struct rcc_key *key);
enum rcc_admit world_admit(void *context, enum rcc_port port, const struct rcc_key *key);

/* A CURVE client of `type`, connected. */
void *client_open(struct world *world, int type, const char *endpoint, const struct pair *pair);
/* One without security. */
void *client_open_plain(struct world *world, int type, const char *endpoint);
/* The same, before connecting. */
void *client_make(struct world *world, int type, const struct pair *pair);
void client_connect(void *client, const char *endpoint);
void client_close(void *client);
void client_send(void *client, const char *text);

/* Pumps until a message is there and takes it; false after the time. */
bool world_receive_within(struct world *world, int64_t within_ms);
#define world_receive(world) assert_true(world_receive_within(world, WITHIN_MS))
#define world_receive_none(world) assert_false(world_receive_within(world, QUIET_MS))
/* Pumps for a while. */
void world_pump(struct world *world, int64_t for_ms);
/* Pumps until the client has a message and compares it. */
void client_expect(struct world *world, void *client, const char *text);
bool client_receive_within(struct world *world, void *client, char *text, size_t size, int64_t within_ms);
/* Pumps until the counter has reached a value; clients that are hung up on come back, so it may be more. */
void world_expect_count(struct world *world, const uint64_t *counter, uint64_t value);
void inbound_expect(const struct world *world, enum rcc_port port, const struct rcc_key *key, const char *text);

/* A TCP connection to a bound endpoint, blocking. */
int tcp_open(const char *endpoint);
int64_t test_now_ms(void);
/* Resident memory of this process. */
size_t resident_bytes(void);

#endif

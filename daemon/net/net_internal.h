/*
 * net_internal.h - what the files of net/ share, and what its tests look at. Nobody else includes it.
 */
#ifndef RCC_NET_INTERNAL_H
#define RCC_NET_INTERNAL_H

#include <zmq.h>

#include "net/net.h"
#include "net/pace.h"
#include "net/route.h"

/* Network ports; the local socket is not among them: file permissions guard it, not keys. */
#define RCC_NET_TCP_PORTS 3
#define RCC_NET_PORTS 4

/* Handshakes answered in one poll: a rush of 10,000 ships must not hold back the messages of those already in. */
#define RCC_NET_HANDSHAKES_PER_POLL 256
/* Subscriptions and other bytes taken from subscribers in one poll. */
#define RCC_NET_SUBSCRIPTIONS_PER_POLL 256
/* Bad messages thrown away in one receive before the caller gets its turn again. */
#define RCC_NET_DROPS_PER_RECEIVE 64
/* Descriptors that the caller may have watched beside the sockets: one bit each. */
#define RCC_NET_FDS_MAX 32

/* A connection that the self-test makes: seen by the ZAP handler, never by the counters. */
struct rcc_net_probe {
	struct rcc_key key;
	bool is_set;
	bool was_asked;        /* the handler saw this key on this port */
	bool got_in;           /* its subscription arrived (live only) */
	enum rcc_admit answer; /* what the handler said */
};

/* A link of our own to another centre. */
struct rcc_net_centre {
	void *socket; /* NULL = free */
	struct rcc_key key;
	char endpoint[RCC_ENDPOINT_MAX + 1];
};

struct rcc_net_impl {
	void *context;
	void *zap;
	void *socket[RCC_NET_PORTS + 1]; /* by enum rcc_port; NULL = not served */
	struct rcc_net_config config;    /* endpoints as bound */
	rcc_admit_fn *admit;
	void *admit_context;
	int64_t now_ms;
	unsigned turn;            /* which port is asked first by the next receive */
	bool live_is_down;        /* its subscribers were dropped; poll binds it again once the address is free */
	int64_t live_tried_at_ms; /* monotonic */
	struct rcc_net_counters counters;
	struct rcc_net_refusal refusal[RCC_NET_REFUSED_MAX];
	size_t refusal_count;
	struct rcc_net_probe probe[RCC_NET_TCP_PORTS + 1]; /* by enum rcc_port */
	/* connections: libzmq tells nobody when one ends, so descriptors are counted, seldom */
	uint32_t descriptors_at_open;
	uint32_t connections_counted;
	uint32_t admitted_since_count;
	int64_t counted_at_ms;
	/* new connections per key, guests per address, guests in all */
	struct rcc_pace key_pace;
	struct rcc_pace address_pace;
	struct rcc_pace_rate guest_rate;
	struct rcc_pace_mark guest_mark;
	struct rcc_routes routes;
	struct rcc_net_centre centre[RCC_CENTRES_MAX];
	size_t centre_turn; /* which link is asked first by the next receive */
};

/* ---- socket.c ---- */

/* tcp://HOST:PORT (PORT 1..65535 or *) or ipc://PATH; everything else libzmq knows is refused here. */
RCC_MUST_USE enum rcc_status rcc_endpoint_check(const char *endpoint, struct rcc_fault *ret_fault);
/* Makes and binds the socket of one port with all its limits set; impl->config gets the endpoint as bound. */
RCC_MUST_USE enum rcc_status rcc_net_bind_port(struct rcc_net_impl *impl, enum rcc_port port,
                                               struct rcc_fault *ret_fault);
/* The endpoint of a port within a configuration; control is a path. */
char *rcc_net_endpoint(struct rcc_net_config *config, enum rcc_port port);
const char *rcc_net_port_word(enum rcc_port port);

/* ---- centre.c ---- */

/* Next message of a link; RCC_E_AGAIN when there is none. */
RCC_MUST_USE enum rcc_status rcc_net_take_centre(struct rcc_net_impl *impl, struct rcc_inbound *inbound);
void rcc_net_close_centres(struct rcc_net_impl *impl);

/* ---- zap.c ---- */

/* Binds the handler. Before any other socket: an unanswered question must be impossible, not unlikely. */
RCC_MUST_USE enum rcc_status rcc_zap_open(struct rcc_net_impl *impl, struct rcc_fault *ret_fault);
/* Answers the handshakes that wait, at most RCC_NET_HANDSHAKES_PER_POLL. */
void rcc_zap_serve(struct rcc_net_impl *impl);
/* Descriptors open in this process; 0 if the kernel does not tell. */
uint32_t rcc_net_count_descriptors(void);

#endif

/*
 * net.h - the daemon's sockets: bytes and who sent them, no rules.
 *
 * Why:    libzmq lets everybody in when no ZAP handler answers (measured); here the handler is bound first, every TCP
 *         socket enforces it, and a self-test at start proves it before the sockets are used.
 * Owns:   one context, ROUTER `ships`, ROUTER `operations`, XPUB `live`, ROUTER on the local ipc socket, the ZAP
 *         handler. All are served by rcc_net_poll() in the caller's thread: while nobody polls, nobody gets in.
 * Rules:  identity is the User-Id read from the payload frame (4.3.4 loses it on the first frame), never a routing id.
 *         Size limits hold before authentication. No socket monitor (it crashes in 4.3.4).
 */
#ifndef RCC_NET_H
#define RCC_NET_H

#include "rcc/message.h"

enum rcc_port {
	RCC_PORT_SHIPS = 1,
	RCC_PORT_OPERATIONS = 2,
	RCC_PORT_LIVE = 3,
	RCC_PORT_CONTROL = 4,
	/* no port of ours: what comes back over our own link to another centre */
	RCC_PORT_CENTRE = 5
};

/*
 * Asked by the ZAP handler for each new connection. Must not block. Whoever may come in still waits its turn: five connections
 * of one key at once, then one a second. With NO and LATER the connection is closed, and the client tries again by itself at the
 * pace of its own reconnect interval: a key enrolled meanwhile gets in.
 */
enum rcc_admit {
	RCC_ADMIT_YES = 1,
	RCC_ADMIT_GUEST = 2, /* let in; the caller's role table gives it next to nothing */
	RCC_ADMIT_NO = 3,
	RCC_ADMIT_LATER = 4, /* overloaded */
};
typedef enum rcc_admit rcc_admit_fn(void *context, enum rcc_port port, const struct rcc_key *key);

struct rcc_net_config {
	char ships[RCC_ENDPOINT_MAX + 1]; /* tcp://HOST:PORT; port * takes a free one; empty = not served */
	char operations[RCC_ENDPOINT_MAX + 1];
	char live[RCC_ENDPOINT_MAX + 1];
	char control[RCC_ENDPOINT_MAX + 1]; /* path of the local socket */
	struct rcc_key server_public;       /* CURVE */
	uint8_t server_secret[RCC_KEY_SIZE];
	/* Connections in all, 0 = 16384; lowered to fit the descriptor limit. Guests may fill three quarters of them. */
	uint32_t ships_connections_max;
	/* Guests let in per minute, and at once after a quiet minute, 0 = 64; one address may have a quarter of them. */
	uint32_t guest_connections_max;
};

/* A message as it came in. `key` is all zero on the control port. */
struct rcc_inbound {
	enum rcc_port port;
	struct rcc_key key;
	uint32_t route_len; /* 0: the client chose a routing id too long to keep, it cannot be answered */
	uint8_t route[32];  /* where an answer goes; never logged, never an identity */
	size_t len;
	uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
};

/* Counted since start; shown by `rccctl status` and `rccctl peers`. */
/* Descriptors that connections from the network leave for everything else; of a small limit a quarter. */
#define RCC_NET_DESCRIPTORS_KEPT 256

struct rcc_net_counters {
	uint64_t received, replied, published, delivered;
	uint64_t admitted, guests, refused, later; /* by the ZAP handler; the self-test is not counted */
	uint64_t no_identity;                      /* payload without User-Id: dropped */
	uint64_t bad_frames;                       /* not exactly one payload frame, or over the port's limit */
	uint64_t unreachable, full;                /* sends that found no connection or a full queue */
	uint64_t turned_away;                      /* connections for which there was no descriptor */
};

/* One refused or guest key, for `rccctl peers`: the latest RCC_NET_REFUSED_MAX of them. */
#define RCC_NET_REFUSED_MAX 256
struct rcc_net_refusal {
	struct rcc_key key;
	enum rcc_port port;
	enum rcc_admit answer; /* GUEST, NO or LATER */
	uint64_t count;
	int64_t last_at_ms;
};

struct rcc_net {
	struct rcc_net_impl *impl;
};

/* Binds the ZAP handler, then the sockets. The endpoints as bound are written back into config (for port *). */
RCC_MUST_USE enum rcc_status rcc_net_open(struct rcc_net *net, struct rcc_net_config *config, rcc_admit_fn *admit,
                                          void *context, struct rcc_fault *ret_fault);
void rcc_net_close(struct rcc_net *net);

/*
 * Connects to each TCP port over loopback with a random key and with no security at all, and checks what happens:
 * operations and live must refuse both, ships must ask the ZAP handler and refuse the second. Takes under 2 s.
 * RCC_E_NOT_ALLOWED if anybody gets in who should not: do not serve.
 */
RCC_MUST_USE enum rcc_status rcc_net_self_test(struct rcc_net *net, struct rcc_fault *ret_fault);

/* Waits for messages, handshakes or one of `fds` (may be NULL); true if a message can be received. ret_fds gets a bit per fd. */
bool rcc_net_poll(struct rcc_net *net, const int *fds, size_t fd_count, int64_t timeout_ms, int64_t now_ms,
                  uint32_t *ret_fds);
/* Next message, alerts' ports first in turn; RCC_E_AGAIN when there is none. */
RCC_MUST_USE enum rcc_status rcc_net_receive(struct rcc_net *net, struct rcc_inbound *ret_inbound);
/* Answers the sender of a message. RCC_E_UNREACHABLE, RCC_E_FULL. */
RCC_MUST_USE enum rcc_status rcc_net_reply(struct rcc_net *net, const struct rcc_inbound *to, const uint8_t *bytes,
                                           size_t len);
/*
 * The ship's connection from now on: where it said Hello last. A connection with a routing id of the client's own choice is
 * never bound: another key could take that id over and receive the ship's messages.
 */
void rcc_net_bind_ship(struct rcc_net *net, const struct rcc_inbound *hello);
void rcc_net_unbind_ship(struct rcc_net *net, const struct rcc_key *key);
bool rcc_net_is_bound(const struct rcc_net *net, const struct rcc_key *key);
/* Sends to a ship's bound connection. RCC_E_UNREACHABLE also unbinds it. */
RCC_MUST_USE enum rcc_status rcc_net_send_ship(struct rcc_net *net, const struct rcc_key *key, const uint8_t *bytes,
                                               size_t len);
/*
 * Says something to another centre, at its operations port, over a link of our own that is made when it is first used. `key` is
 * the public key by which it serves. RCC_E_AGAIN: the link is not up yet. Answers come from rcc_net_receive, port CENTRE.
 */
RCC_MUST_USE enum rcc_status rcc_net_send_centre(struct rcc_net *net, const struct rcc_key *key, const char *endpoint,
                                                 const uint8_t *bytes, size_t len);
void rcc_net_close_centre(struct rcc_net *net, const struct rcc_key *key);
/* To every subscriber on `live`; never blocks, lossy by contract. */
void rcc_net_publish(struct rcc_net *net, const char *topic, const uint8_t *bytes, size_t len);
/*
 * Ends every connection to `live` and serves it again at the same endpoint. Call when an officer's or auditor's key is revoked: a
 * subscriber is asked for its key only when it connects, and would listen on. The others come back by themselves.
 */
void rcc_net_drop_subscribers(struct rcc_net *net);

/* By accept.c, since the program was started; any thread. */
uint64_t rcc_net_turned_away(void);
const struct rcc_net_counters *rcc_net_counters(const struct rcc_net *net);
size_t rcc_net_refusals(const struct rcc_net *net, struct rcc_net_refusal *ret_rows, size_t max);

#endif

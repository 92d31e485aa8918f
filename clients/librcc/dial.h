/*
 * dial.h - a TCP connection to a host that may be away, made without waiting for it: each of its addresses in turn.
 *
 * Owns:   a socket that is still connecting and the host's addresses; rcc_dial_end() lets both go.
 * Blocks: never, but for the name lookup of a host that is not an address.
 */
#ifndef RCC_DIAL_H
#define RCC_DIAL_H

#include <netdb.h>
#include <stdint.h>

#include "rcc/status.h"

/* A host name (RFC 1035: 253 characters) and a port or service name (RFC 6335: 15). */
#define RCC_HOST_MAX 255
#define RCC_PORT_MAX 31

/* What is on this machine is back in a second after a restart; what is across a radio link is not asked more than twice a minute. */
#define RCC_BACKOFF_FIRST_MS 1000
#define RCC_BACKOFF_MAX_MS 30000
/* The wait after this one. */
int64_t rcc_backoff_next(int64_t backoff_ms);

struct rcc_dial {
	char host[RCC_HOST_MAX + 1], port[RCC_PORT_MAX + 1];
	int fd;                       /* while connecting, else -1 */
	struct addrinfo *found, *try; /* addresses of the host, the one being tried */
	int64_t give_up_mono_ms;      /* when this address has had its time */
};

/* Takes "HOST:PORT", "[ADDRESS]:PORT", and without ":PORT" if there is a default (not NULL). RCC_E_MALFORMED. */
RCC_MUST_USE enum rcc_status rcc_dial_init(struct rcc_dial *dial, const char *where, const char *default_port);
void rcc_dial_end(struct rcc_dial *dial);

/* Begins to connect. RCC_E_UNREACHABLE with the reason in *ret_why (a static text; set on failure alone). */
RCC_MUST_USE enum rcc_status rcc_dial_start(struct rcc_dial *dial, int64_t mono_ms, const char **ret_why);
/*
 * RCC_OK: dial->fd is connected, to the address dial->try. RCC_E_AGAIN: not yet. RCC_E_UNREACHABLE: no address of the host
 * answers.
 */
RCC_MUST_USE enum rcc_status rcc_dial_turn(struct rcc_dial *dial, int64_t mono_ms);
/* Leaves the address being tried for the next one. RCC_OK: connecting; RCC_E_UNREACHABLE: that was the last. */
RCC_MUST_USE enum rcc_status rcc_dial_next(struct rcc_dial *dial, int64_t mono_ms);
/* The connected socket, which is the caller's from now on; the addresses are forgotten. */
int rcc_dial_take(struct rcc_dial *dial);

#endif

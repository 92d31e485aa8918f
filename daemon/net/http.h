/*
 * http.h - two pages for whoever watches over the centre: GET only, plain text, no names. libmicrohttpd serves them, in the daemon's
 * own loop and in no thread of its own.
 *
 * Owns:   the listening socket and its connections, RCC_HTTP_CONNECTIONS at most; rcc_http_close() is harmless on a zeroed one.
 * Bounds: what a page may hold is RCC_HTTP_PAGE_SIZE; a connection that says nothing for RCC_HTTP_SILENT_S is closed.
 */
#ifndef RCC_NET_HTTP_H
#define RCC_NET_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "rcc/status.h"

#define RCC_HTTP_CONNECTIONS 16
#define RCC_HTTP_SILENT_S 5
#define RCC_HTTP_PAGE_SIZE 16384

/* Writes the page that `path` asks for; returns the status code (RFC 9110), 404 for a page that there is not. */
typedef unsigned rcc_http_page_fn(void *context, const char *path, char *text, size_t size);

struct rcc_http {
	struct MHD_Daemon *daemon; /* of libmicrohttpd; NULL = not served */
	int fd;                    /* to be polled; -1 = not served */
	unsigned port;
	rcc_http_page_fn *page;
	void *context;
};

/* endpoint: tcp://HOST:PORT with a numeric host; port * takes a free one. Empty: nothing is served. Keeps `http`'s address. */
RCC_MUST_USE enum rcc_status rcc_http_open(struct rcc_http *http, const char *endpoint, rcc_http_page_fn *page,
                                           void *context, struct rcc_fault *ret_fault);
/* How long the loop may sleep, `at_most_ms` or less: what was read ahead shows on no descriptor. */
int64_t rcc_http_sleep_ms(const struct rcc_http *http, int64_t at_most_ms);
/* Takes and answers what there is; never waits. Also when nothing is readable, or silent connections would stay. */
void rcc_http_run(struct rcc_http *http);
void rcc_http_close(struct rcc_http *http);

#endif

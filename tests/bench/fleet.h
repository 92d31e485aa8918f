/*
 * fleet.h - the server that fleet.c compares a centre with: a ROUTER with CURVE in a process of its own, which decodes what comes with
 * protobuf-c, answers a Hello, and for an alert forces one page onto the disk and sends every ship the same bytes. It knows nobody, keeps
 * nothing and decides nothing: what is left is what the libraries take.
 */
#ifndef RCC_BENCH_FLEET_H
#define RCC_BENCH_FLEET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct bare_server {
	pid_t pid;
	char endpoint[64], public_key[41];
};
bool bare_server_start(struct bare_server *server, const char *folder);
void bare_server_stop(struct bare_server *server);
/* Positions so far, from memory that both processes see. */
uint64_t bare_server_taken(void);

#endif

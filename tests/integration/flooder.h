/*
 * flooder.h - a process of its own that floods the centre with alerts, each of another beacon, over one bare connection.
 *
 * Order: start every flooder before anything in this process has a thread. It writes 'r' to `told` when the centre knows it,
 * floods when it reads a byte from `tell`, writes 'd' when everything is accepted, and prints NAME_accepted and NAME_ms.
 */
#ifndef RCC_FLOODER_H
#define RCC_FLOODER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct flood_order {
	const char *name; /* of its key file, and before what it prints */
	uint32_t first_mmsi;
	int64_t every_ms; /* between two alerts; 0 = all at once, without waiting for any answer */
	uint32_t alerts;
};

struct flooder_child {
	pid_t pid;
	int told, tell;
};

/* argv as for flood.c: endpoint, the centre's key, folder of the key file. `order` must outlive the call only. */
bool flooder_start(struct flooder_child *child, const struct flood_order *order, char **argv);
/* Waits for its end; false if not everything was accepted. */
bool flooder_end(struct flooder_child *child);

#endif

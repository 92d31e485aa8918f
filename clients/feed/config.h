/*
 * config.h - what rcc-feed is told: defaults, then a file, then the command line.
 *
 * The file (libconfig) is shared with the other clients: keys at its top level are common, those of the group "feed" are
 * ours and win; other groups belong to other programs. An unknown key is an error: a typo must not pass.
 */
#ifndef RCC_FEED_CONFIG_H
#define RCC_FEED_CONFIG_H

#include "feed/stream.h"
#include "librcc/options.h"
#include "rcc/client.h"

struct rcc_feed_config {
	/* Where to read; empty = not. */
	char gpsd[RCC_FEED_PLACE_MAX + 1];
	char nmea[RCC_FEED_PLACE_MAX + 1];
	char text[RCC_FEED_PLACE_MAX + 1];
	char text_as[RCC_SOURCE_NAME_MAX +
	             1]; /* the source that the texts are of; a name in sources.def of the centre */
	char beacon[RCC_FEED_PLACE_MAX + 1];
	struct rcc_client_config client;
	bool has_server_key;
	char name[RCC_NAME_MAX + 1];
	struct rcc_mmsi mmsi; /* our ship; 0 = own position is not sent */
	uint32_t batch_ms;
	uint32_t own_every_s;
	bool dry_run;
};

/* RCC_OK: go on. Otherwise the program ends with *ret_exit; what was wrong, or the help, has been printed. */
RCC_MUST_USE enum rcc_status rcc_feed_config_read(int argc, char **argv, struct rcc_feed_config *config, int *ret_exit);

#endif

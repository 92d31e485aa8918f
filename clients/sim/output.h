/*
 * output.h - where the sentences go: datagrams to gpsd, or standard output.
 */
#ifndef RCC_SIM_OUTPUT_H
#define RCC_SIM_OUTPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/ais_encode.h"

struct rcc_output {
	int udp;     /* -1 = standard output */
	FILE *truth; /* may be NULL */
	uint32_t sequence;
	uint64_t messages, lost; /* lost: nobody listens at the other end yet */
};

/* "HOST:PORT", "[::1]:PORT" or NULL for standard output; truth may be NULL. */
RCC_MUST_USE enum rcc_status rcc_output_open(struct rcc_output *output, const char *udp, const char *truth,
                                             struct rcc_fault *ret_fault);
void rcc_output_close(struct rcc_output *output);
/* One datagram of whole sentences. RCC_E_IO when standard output is closed. */
RCC_MUST_USE enum rcc_status rcc_output_text(struct rcc_output *output, const char *text, size_t len);
/* One AIS message in one datagram, and its truth. */
RCC_MUST_USE enum rcc_status rcc_output_ais(struct rcc_output *output, const struct rcc_ais_message *message);
/* Hands on what is buffered. */
RCC_MUST_USE enum rcc_status rcc_output_flush(struct rcc_output *output);

#endif

/*
 * truth.h - what was meant by each message, one JSON object per line with the keys that gpsdecode uses: a decoder is
 * right if it says the same.
 */
#ifndef RCC_SIM_TRUTH_H
#define RCC_SIM_TRUTH_H

#include <stdio.h>

#include "sim/ais_encode.h"

/* Writes one line. The two halves of class B static data are two lines, as with `gpsdecode --split24`. */
void rcc_truth_write(FILE *file, const struct rcc_ais_message *message);

#endif

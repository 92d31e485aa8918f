/*
 * config.h - rccd.conf: one row per key in config.def (name, type, range, default, unit).
 *
 * Errors name file and line. Unknown keys are errors: a typo in a safety setting must not pass.
 */
#ifndef RCC_SYS_CONFIG_H
#define RCC_SYS_CONFIG_H

#include <stddef.h>

#include "rcc/command.h"

#define RCC_PATH_MAX 255

struct rcc_config {
	char centre[RCC_NAME_MAX + 1]; /* name of the rescue coordination centre */
	char state_dir[RCC_PATH_MAX + 1];
	char control[RCC_PATH_MAX + 1]; /* local socket; empty = in the runtime or state directory */
	char ships[RCC_ENDPOINT_MAX + 1];
	char operations[RCC_ENDPOINT_MAX + 1];
	char live[RCC_ENDPOINT_MAX + 1];
	char http[RCC_ENDPOINT_MAX + 1];
	uint32_t training; /* 1: a centre for training */
	uint32_t picture_capacity;
	uint32_t picture_forget_min;
	uint32_t beat_ms;
	uint32_t guest_rate_per_min;
	struct rcc_rules rules;
};

/* Every key at its default. */
void rcc_config_init(struct rcc_config *config);
/* Reads a file over the defaults. RCC_E_CONFIG with "FILE:LINE: ..." in ret_fault; config is untouched then. */
RCC_MUST_USE enum rcc_status rcc_config_load(struct rcc_config *config, const char *path, struct rcc_fault *ret_fault);
/*
 * What no single key shows, for file and command line together: endpoints well formed and in different places, whole paths.
 * RCC_E_CONFIG with the key in ret_fault.
 */
RCC_MUST_USE enum rcc_status rcc_config_check(const struct rcc_config *config, struct rcc_fault *ret_fault);

/* Keys whose change waits for a restart. */
#define RCC_CONFIG_WAITING_MAX 16
/*
 * Takes over what can be changed while running. Returns how many keys of `fresh` wait for a restart, their names in ret_waiting;
 * those stay as they are.
 */
size_t rcc_config_adopt(struct rcc_config *running, const struct rcc_config *fresh,
                        const char *ret_waiting[RCC_CONFIG_WAITING_MAX]);

#endif

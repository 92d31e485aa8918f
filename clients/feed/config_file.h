/*
 * config_file.h - the settings that stand in a file (libconfig), one by one.
 */
#ifndef RCC_FEED_CONFIG_FILE_H
#define RCC_FEED_CONFIG_FILE_H

#include "feed/config.h"

/* Takes one setting; "" is a value that is no text. RCC_E_NOT_FOUND: there is none of that name. */
typedef enum rcc_status rcc_feed_config_set_fn(struct rcc_feed_config *config, const char *name, const char *text);

/*
 * Gives the settings of the named file to set(), those of the group "feed" last; with NULL those of the user's default file
 * if it is there. RCC_E_CONFIG: what is wrong has been printed.
 */
RCC_MUST_USE enum rcc_status rcc_feed_config_files(const char *named, rcc_feed_config_set_fn *set,
                                                   struct rcc_feed_config *config);

#endif

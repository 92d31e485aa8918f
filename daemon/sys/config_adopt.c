#include "config.h"

#include <stddef.h>
#include <string.h>

/* What is opened once, or was promised to whoever is connected. */
#define WAITS(path, member)                                                                                            \
	{                                                                                                              \
		path, offsetof(struct rcc_config, member), sizeof(((struct rcc_config *)0)->member)                    \
	}
static const struct row {
	const char *key;
	size_t offset, size;
} waiting[] = {
    WAITS("state_dir", state_dir),
    WAITS("control", control),
    WAITS("endpoints.ships", ships),
    WAITS("endpoints.operations", operations),
    WAITS("endpoints.live", live),
    WAITS("endpoints.http", http),
    WAITS("beat_s", beat_ms),
    WAITS("training", training),
    WAITS("picture.capacity", picture_capacity),
};
#define WAITING (sizeof waiting / sizeof waiting[0])
_Static_assert(WAITING <= RCC_CONFIG_WAITING_MAX, "a caller has no room for all of them");

size_t
rcc_config_adopt(struct rcc_config *running, const struct rcc_config *fresh,
                 const char *ret_waiting[RCC_CONFIG_WAITING_MAX])
{
	const struct rcc_config before = *running;
	size_t count = 0;

	*running = *fresh;
	for (size_t i = 0; i < WAITING; i++) {
		char *now = (char *)running + waiting[i].offset;
		const char *was = (const char *)&before + waiting[i].offset;
		/* Texts are zero behind their end (rcc_text_copy), so bytes may be compared. */
		if (memcmp(now, was, waiting[i].size) != 0)
			ret_waiting[count++] = waiting[i].key;
		memcpy(now, was, waiting[i].size);
	}
	return count;
}

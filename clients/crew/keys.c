/* What comes from the keyboard at once: keys that somebody presses, or text that a terminal pastes without saying so. */
#include "crew/keys.h"

#include "crew/screen_model.h"

bool
rcc_keys_is_character(uint32_t key)
{
	return key >= ' ' && key < RCC_KEY_ENTER;
}

bool
rcc_keys_are_text(const uint32_t *key, size_t count)
{
	size_t run = 0;
	bool differ = false;
	uint32_t first = 0;

	for (size_t i = 0; i < count; i++) {
		if (key[i] == RCC_KEY_ENTER || key[i] == RCC_KEY_TAB) {
			continue;
		}
		if (!rcc_keys_is_character(key[i])) {
			run = 0;
			differ = false;
			continue;
		}
		first = run == 0 ? key[i] : first;
		differ = differ || key[i] != first;
		run++;
		if (run >= RCC_KEYS_TEXT_MIN && differ) {
			return true;
		}
	}
	return false;
}

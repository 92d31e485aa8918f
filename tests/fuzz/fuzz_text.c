/* Any bytes as every kind of text that a person or a file can hand us: refused, or read into range and printed back. */
#include <assert.h>
#include <string.h>

#include "proto/chain.h"
#include "rcc/text.h"

#define TEXT_MAX 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_pos(const char *text)
{
	char printed[RCC_POS_TEXT_SIZE];
	struct rcc_pos pos;
	struct rcc_pos back;
	if (rcc_pos_parse(text, &pos) != RCC_OK)
		return;
	assert(pos.lat_e7 >= -RCC_LAT_E7_MAX && pos.lat_e7 <= RCC_LAT_E7_MAX);
	assert(pos.lon_e7 >= -RCC_LON_E7_MAX && pos.lon_e7 <= RCC_LON_E7_MAX);
	enum rcc_status status = rcc_pos_parse(rcc_pos_format(printed, pos), &back);
	assert(status == RCC_OK);
	/* Printing rounds to 0.01 minute: half of it is 833.3e-7 degree. */
	assert((int64_t)back.lat_e7 - pos.lat_e7 <= 834 && (int64_t)pos.lat_e7 - back.lat_e7 <= 834);
	assert((int64_t)back.lon_e7 - pos.lon_e7 <= 834 && (int64_t)pos.lon_e7 - back.lon_e7 <= 834);
}

static void
check_numbers(const char *text)
{
	char printed[RCC_TIME_TEXT_SIZE];
	char digits[RCC_MMSI_TEXT_SIZE];
	int64_t at_ms = 0;
	int64_t back = 0;
	uint32_t minutes = 0;
	struct rcc_mmsi mmsi;
	if (rcc_time_parse(text, &at_ms) == RCC_OK) {
		enum rcc_status status = rcc_time_parse(rcc_time_format(printed, at_ms), &back);
		assert(status == RCC_OK && back == at_ms && rcc_time_year(at_ms) >= 1970);
	}
	if (rcc_mmsi_parse(text, &mmsi) == RCC_OK)
		assert(strcmp(rcc_mmsi_format(digits, mmsi), text) == 0);
	if (rcc_minutes_parse(text, &minutes) == RCC_OK)
		assert(minutes <= 527040);
}

static void
check_secrets(const char *text)
{
	char line[RCC_CHECKPOINT_TEXT_SIZE];
	char printed[RCC_KEY_TEXT_SIZE];
	struct rcc_checkpoint checkpoint;
	struct rcc_checkpoint back;
	struct rcc_key key;
	uint8_t bytes[8];
	if (rcc_key_parse(text, &key) == RCC_OK)
		assert(strcmp(rcc_key_format(printed, &key), text) == 0);
	if (rcc_hex_parse(text, bytes, sizeof bytes) == RCC_OK)
		assert(strlen(text) == 2 * sizeof bytes);
	if (rcc_checkpoint_parse(text, &checkpoint) != RCC_OK)
		return;
	rcc_checkpoint_format(line, &checkpoint);
	enum rcc_status status = rcc_checkpoint_parse(line, &back);
	assert(status == RCC_OK && memcmp(&back, &checkpoint, sizeof back) == 0);
}

static void
check_copies(const char *text, size_t len)
{
	char strict[RCC_NAME_MAX + 1];
	char lossy[RCC_NAME_MAX + 1];
	char again[RCC_NAME_MAX + 1];
	rcc_text_copy_lossy(lossy, sizeof lossy, text, len);
	/* What was made printable is good text, and good text that fits is copied as it is. */
	enum rcc_status status = rcc_text_copy(again, sizeof again, lossy, strlen(lossy));
	assert(status == RCC_OK && memcmp(again, lossy, sizeof again) == 0);
	if (rcc_text_copy(strict, sizeof strict, text, len) == RCC_OK)
		assert(memcmp(strict, lossy, sizeof strict) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX + 1];
	size_t len = size < TEXT_MAX ? size : TEXT_MAX;
	memcpy(text, data, len);
	text[len] = '\0';
	check_pos(text);
	check_numbers(text);
	check_secrets(text);
	check_copies(text, len);
	return 0;
}

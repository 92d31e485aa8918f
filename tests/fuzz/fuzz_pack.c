/* Any bytes as an evidence pack: found wanting at a line that there is, or whole and signed; its first line is read or refused. */
#include <assert.h>
#include <string.h>

#include "librcc/pack_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rcc_key other = {{1}};
	const char *text = (const char *)data;
	struct rcc_pack_report report;
	struct rcc_pack_head head;

	enum rcc_status status = rcc_pack_verify(text, size, NULL, &report);
	assert((status == RCC_OK) == (report.finding == RCC_PACK_WHOLE));
	assert((status == RCC_OK) == (report.line == 0));
	assert(report.lines <= size);
	/* Nobody has signed anything with this key. */
	enum rcc_status trusted = rcc_pack_verify(text, size, &other, &report);
	assert(trusted == RCC_E_CORRUPT);
	if (rcc_pack_head_read(text, size, &head) == RCC_OK)
		assert(memchr(head.centre, '\0', sizeof head.centre) != NULL && head.mmsi.v <= 999999999);
	return 0;
}

/* sit185.c */
#include "proto/source/source.h"

enum rcc_status
rcc_sit185_decode(const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	(void)raw;
	(void)ret_heard;
	return RCC_E_MALFORMED;
}

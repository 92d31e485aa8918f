#include "rcc/status.h"

#include <stdarg.h>
#include <stdio.h>

const char *
rcc_status_text(enum rcc_status status)
{
#define STATUS_CASE(name, text)                                                                                        \
	case name:                                                                                                     \
		return text;
	switch (status) {
		RCC_STATUS_LIST(STATUS_CASE)
	}
#undef STATUS_CASE
	/* A number from a later version or a damaged file still gets a sentence: a log line must never fail. */
	return "unknown status";
}

enum rcc_status
rcc_fault_set(struct rcc_fault *ret_fault, enum rcc_status status, const char *format, ...)
{
	if (ret_fault == NULL)
		return status;
	ret_fault->status = status;
	va_list arguments;
	va_start(arguments, format);
	if (vsnprintf(ret_fault->text, sizeof ret_fault->text, format, arguments) < 0)
		ret_fault->text[0] = '\0';
	va_end(arguments);
	return status;
}

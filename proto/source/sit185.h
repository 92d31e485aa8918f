/*
 * sit185.h - several SIT 185 messages in one file or stream: where the first one ends.
 *
 * Used by the feed; the decoder reads one message.
 */
#ifndef RCC_PROTO_SOURCE_SIT185_H
#define RCC_PROTO_SOURCE_SIT185_H

#include "rcc/types.h"

/*
 * Bytes of the first message, 1..len (0 for len 0): up to and with its "END OF MESSAGE", "/LASSIT" and "/ENDMSG", or up
 * to the envelope or title that begins the next one. With nothing after it that looks like a message, all of len:
 * a stray line stays with what came before it.
 */
size_t rcc_sit185_length(const uint8_t *bytes, size_t len);

#endif

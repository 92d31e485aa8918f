/*
 * pack.h - the form of an evidence pack: lines of JSON, each chained to the one before, signed by the centre (libsodium).
 *
 * Why:    a master holds in his hand what he was asked and what he answered, and whoever has the centre's public key can see
 *         that no byte of it is another one. Which line was touched shows the chain; that none was, the signature.
 * Form:   docs/evidence-pack.md is the contract. What the lines say is made in daemon/evidence/.
 */
#ifndef RCC_PROTO_PACK_H
#define RCC_PROTO_PACK_H

#include "proto/chain.h"

/* A whole pack: hundreds of facts. A ship's link carries it in minutes. */
#define RCC_PACK_BYTES_MAX 262144
/* The first line of every pack of this version begins so. */
#define RCC_PACK_START "{\"class\":\"PACK\",\"format\":1,"
/* Between a line's own members and its closing brace. */
#define RCC_PACK_CHAIN ",\"chain\":\""
/* Room that the last line takes. */
#define RCC_PACK_LAST_MAX 512

/* A pack being written. */
struct rcc_pack {
	char *text; /* borrowed */
	size_t size, len;
	uint32_t lines;
	struct rcc_hash chain;
};

/* Borrows text until the pack is written. */
void rcc_pack_begin(struct rcc_pack *pack, char *text, size_t size);
/* Adds one JSON object ("{...}", without its newline). RCC_E_FULL leaves the pack as it was. */
RCC_MUST_USE enum rcc_status rcc_pack_add(struct rcc_pack *pack, const char *object, size_t len);
/* The last line: the centre's signature, or without a key the words that there is none. Always fits. */
void rcc_pack_end(struct rcc_pack *pack, const struct rcc_sign_key *key);

enum rcc_pack_finding {
	RCC_PACK_WHOLE = 1,
	RCC_PACK_NO_PACK = 2,   /* the first line is not that of a pack of this version */
	RCC_PACK_LINE = 3,      /* this line is not what was written, or one before it is missing or out of its place */
	RCC_PACK_CUT = 4,       /* the signature is missing: it ends too early */
	RCC_PACK_TAIL = 5,      /* something follows the signature */
	RCC_PACK_UNSIGNED = 6,  /* whole, and nobody has signed it: no proof */
	RCC_PACK_OTHER_KEY = 7, /* signed with another key than the one that is trusted */
	RCC_PACK_BAD_SIGNATURE = 8, /* the signature is not one of these lines */
};
struct rcc_pack_report {
	enum rcc_pack_finding finding;
	uint32_t line;      /* the first bad one, from 1 */
	uint32_t lines;     /* good ones, the signature not counted */
	struct rcc_key key; /* that signed it, as the pack states */
};
/*
 * RCC_OK if every byte is as it was signed with `trusted`; with NULL, the key that the pack itself states, which proves
 * nothing of the centre until somebody compares it. RCC_E_CORRUPT otherwise: ret_report says where and why.
 */
RCC_MUST_USE enum rcc_status rcc_pack_verify(const char *text, size_t len, const struct rcc_key *trusted,
                                             struct rcc_pack_report *ret_report);
/* A key as people compare it by voice: 16 hexadecimal digits. */
#define RCC_PACK_FINGERPRINT_SIZE 17
const char *rcc_pack_fingerprint(char text[RCC_PACK_FINGERPRINT_SIZE], const struct rcc_key *key);

#endif

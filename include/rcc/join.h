/*
 * join.h - librcc: how a ship or a feed comes to be known at a centre, and how it changes its key.
 *
 * Why:    keys copied by hand are mistyped and mailed around. An invitation is one line, or its QR code: where the centre is, its key,
 *         and a code that opens the door once.
 * Blocks: rcc_client_admit() and rcc_client_rekey(), up to their timeout for each connection that they make.
 */
#ifndef RCC_JOIN_H
#define RCC_JOIN_H

#include "rcc/client.h"

struct rcc_invitation {
	char endpoint[RCC_ENDPOINT_MAX + 1]; /* tcp://HOST:PORT, the port for ships */
	struct rcc_key server_key;
	struct rcc_invite_code code;
	struct rcc_mmsi mmsi; /* of the ship that is invited; 0 = a feed */
};

/*
 * "rccd://HOST:PORT/SERVERKEY/CODE" and for a ship "/MMSI": hexadecimal, in capitals, so that a QR code of it stays small. Capital and
 * small letters are read alike. RCC_E_MALFORMED.
 */
#define RCC_INVITATION_TEXT_SIZE (RCC_ENDPOINT_MAX + 128)
const char *rcc_invitation_format(char text[RCC_INVITATION_TEXT_SIZE], const struct rcc_invitation *invitation);
RCC_MUST_USE enum rcc_status rcc_invitation_parse(const char *text, struct rcc_invitation *ret_invitation);

/*
 * Brings the code, with the key of config->key_file, which is made if it is missing. RCC_OK: the centre knows this key; it
 * has known it before, and the code was not used, if ret_welcome->peer is not 0. RCC_E_TIMEOUT: no answer; the same may be tried again. RCC_E_NOT_ALLOWED: the code opens nothing (it was used, is too
 * old, or never was), or something stands in the way that ret_fault tells.
 */
RCC_MUST_USE enum rcc_status rcc_client_admit(const struct rcc_client_config *config,
                                              const struct rcc_invitation *invitation, int64_t timeout_ms,
                                              struct rcc_welcome *ret_welcome, struct rcc_fault *ret_fault);

/*
 * Puts a new key in the place of that in config->key_file, at the centre first and then on the disk; the old one is kept beside it as
 * KEY.old. Whatever ends it on the way, the same call finishes it. Nothing may wait in the outbox: RCC_E_BUSY.
 */
RCC_MUST_USE enum rcc_status rcc_client_rekey(const struct rcc_client_config *config, int64_t timeout_ms,
                                              struct rcc_key *ret_key, struct rcc_fault *ret_fault);

/*
 * Writes a new client.conf (0600, its folder 0700) for the programs of a ship or a feed. RCC_E_BUSY: there is one, and it was left as it is.
 */
RCC_MUST_USE enum rcc_status rcc_invitation_configure(const struct rcc_invitation *invitation, const char *key_file,
                                                      const char *path, struct rcc_fault *ret_fault);
/*
 * What `join` and `rekey` do in every program that has them, with words on standard output and error; each returns an exit code.
 * `key_file` NULL: ship.key or feed.key in ~/.config/rcc. `settings` NULL: client.conf there.
 */
struct rcc_join_wish {
	const char *program;
	const char *line; /* "-" = it stands on standard input, where no list of processes shows it */
	const char *key_file, *settings;
	bool is_feed; /* a ship's line is for a ship's program, and a feed's for a feed's */
	enum rcc_link_kind link;
	int64_t timeout_ms;
};
int rcc_join_run(const struct rcc_join_wish *wish);
/* Was a change of this key begun and not finished? Then the centre may know the new one alone: `rekey` finishes it. */
bool rcc_rekey_is_begun(const char *key_file);
int rcc_rekey_run(const char *program, const struct rcc_client_config *config, int64_t timeout_ms);

/* ~/.config/rcc/NAME; RCC_E_CONFIG without a home. */
RCC_MUST_USE enum rcc_status rcc_home_file(char *path, size_t size, const char *name);

#endif

/*
 * pack_forge.c - what whoever holds the centre's secret could do: changes words of a pack and signs it anew, so that no byte
 * shows it. Only the record does.
 *
 * Usage: pack_forge SIGN_KEY PACK OLD NEW >FORGED
 */
#include <stdio.h>
#include <string.h>

#include "proto/pack.h"
#include "rcc/text.h"

static char pack_text[RCC_PACK_BYTES_MAX + 1], forged_text[RCC_PACK_BYTES_MAX], line[16384];

static size_t
read_file(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "rb");
	size_t len = file == NULL ? 0 : fread(text, 1, size - 1, file);

	if (file != NULL)
		fclose(file);
	text[len] = '\0';
	return len;
}

/* Copies one line without its chain, with NEW in the place of OLD. */
static size_t
forge_line(const char *from, size_t len, char *const *words)
{
	const char *chain = strstr(from, RCC_PACK_CHAIN);
	const char *old = strstr(from, words[0]);
	size_t body = (size_t)(chain - from);

	if (old == NULL || old > from + len)
		return (size_t)snprintf(line, sizeof line, "%.*s}", (int)body, from);
	const char *rest = old + strlen(words[0]);
	return (size_t)snprintf(line, sizeof line, "%.*s%s%.*s}", (int)(old - from), from, words[1],
	                        (int)(chain - rest), rest);
}

int
main(int argc, char **argv)
{
	struct rcc_sign_key key;
	struct rcc_pack pack;
	char hex[RCC_HEX_SIZE(sizeof key.secret) + 2];

	if (argc != 5 || rcc_chain_init() != RCC_OK)
		return 2;
	(void)read_file(argv[1], hex, sizeof hex);
	hex[strcspn(hex, "\n")] = '\0';
	if (rcc_hex_parse(hex, key.secret, sizeof key.secret) != RCC_OK)
		return 2;
	memcpy(key.public_key.b, key.secret + RCC_KEY_SIZE, RCC_KEY_SIZE);
	size_t len = read_file(argv[2], pack_text, sizeof pack_text);
	rcc_pack_begin(&pack, forged_text, sizeof forged_text);
	for (const char *at = pack_text; at < pack_text + len;) {
		const char *newline = strchr(at, '\n');
		if (newline == NULL || strncmp(at, "{\"class\":\"SIGNATURE\"", 20) == 0)
			break;
		size_t line_len = forge_line(at, (size_t)(newline - at), argv + 3);
		if (rcc_pack_add(&pack, line, line_len) != RCC_OK)
			return 2;
		at = newline + 1;
	}
	rcc_pack_end(&pack, &key);
	return fwrite(pack.text, 1, pack.len, stdout) == pack.len ? 0 : 1;
}

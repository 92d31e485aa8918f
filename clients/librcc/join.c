/* join.c - invitations: their text, the code that is brought, and the settings that follow from them. */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "librcc/i18n.h"
#include "librcc/join_internal.h"
#include "rcc/text.h"

#define SCHEME "rccd://"
#define PORT_DIGITS_MAX 5
/* A line of client.conf is a path or an endpoint and a few characters. */
#define SETTINGS_SIZE (2 * RCC_ENDPOINT_MAX + 512)

/* ---- the text ---- */

static void
in_capitals(char *text)
{
	for (; *text != '\0'; text++)
		*text = (char)toupper((unsigned char)*text);
}

const char *
rcc_invitation_format(char text[RCC_INVITATION_TEXT_SIZE], const struct rcc_invitation *invitation)
{
	char key[RCC_HEX_SIZE(RCC_KEY_SIZE)];
	char code[RCC_HEX_SIZE(RCC_INVITE_CODE_SIZE)];
	char mmsi[RCC_MMSI_TEXT_SIZE + 1] = "";
	const char *place = strstr(invitation->endpoint, "://");

	rcc_hex_format(key, invitation->server_key.b, RCC_KEY_SIZE);
	rcc_hex_format(code, invitation->code.b, RCC_INVITE_CODE_SIZE);
	in_capitals(key);
	in_capitals(code);
	if (invitation->mmsi.v != 0) {
		mmsi[0] = '/';
		rcc_mmsi_format(mmsi + 1, invitation->mmsi);
	}
	(void)snprintf(text, RCC_INVITATION_TEXT_SIZE, SCHEME "%s/%s/%s%s", place == NULL ? "" : place + 3, key, code,
	               mmsi);
	return text;
}

/* The next part of a path, which is taken out of it; NULL: there is none. */
static char *
take_part(char **rest)
{
	char *part = *rest;

	if (part == NULL)
		return NULL;
	char *slash = strchr(part, '/');
	*rest = slash == NULL ? NULL : slash + 1;
	if (slash != NULL)
		*slash = '\0';
	return part;
}

/* HOST:PORT, and nothing that could be taken for more than an address. */
static bool
is_place(const char *text)
{
	const char *port = strrchr(text, ':');

	if (port == NULL || port == text || strlen(port + 1) > PORT_DIGITS_MAX || port[1] == '\0')
		return false;
	for (const char *at = text; *at != '\0'; at++) {
		if (!isalnum((unsigned char)*at) && strchr(".-:[]%", *at) == NULL)
			return false;
	}
	for (const char *at = port + 1; *at != '\0'; at++) {
		if (!isdigit((unsigned char)*at))
			return false;
	}
	return true;
}

enum rcc_status
rcc_invitation_parse(const char *text, struct rcc_invitation *ret_invitation)
{
	struct rcc_invitation invitation = {.mmsi = {0}};
	char copy[RCC_INVITATION_TEXT_SIZE];
	size_t len = strlen(text);

	while (len > 0 && isspace((unsigned char)text[len - 1]))
		len--;
	if (len >= sizeof copy)
		return RCC_E_MALFORMED;
	/* Names of hosts know no case, and neither have hexadecimal digits. */
	for (size_t i = 0; i < len; i++)
		copy[i] = (char)tolower((unsigned char)text[i]);
	copy[len] = '\0';
	if (strncmp(copy, SCHEME, sizeof SCHEME - 1) != 0)
		return RCC_E_MALFORMED;
	char *rest = copy + sizeof SCHEME - 1;
	const char *place = take_part(&rest), *key = take_part(&rest), *code = take_part(&rest),
	           *mmsi = take_part(&rest);
	if (code == NULL || rest != NULL || !is_place(place) ||
	    rcc_hex_parse(key, invitation.server_key.b, RCC_KEY_SIZE) != RCC_OK ||
	    rcc_hex_parse(code, invitation.code.b, RCC_INVITE_CODE_SIZE) != RCC_OK ||
	    (mmsi != NULL && rcc_mmsi_parse(mmsi, &invitation.mmsi) != RCC_OK))
		return RCC_E_MALFORMED;
	int size = snprintf(invitation.endpoint, sizeof invitation.endpoint, "tcp://%s", place);
	if (size < 0 || (size_t)size >= sizeof invitation.endpoint)
		return RCC_E_MALFORMED;
	*ret_invitation = invitation;
	return RCC_OK;
}

/* ---- the door ---- */

enum rcc_status
rcc_join_welcome(struct rcc_client *client, int64_t timeout_ms, struct rcc_welcome *ret_welcome)
{
	int64_t end_ms = rcc_clock_ms() + timeout_ms;
	const struct rcc_envelope *message = NULL;

	while (rcc_client_welcome(client) == NULL) {
		int64_t left_ms = end_ms - rcc_clock_ms();
		if (left_ms <= 0)
			return RCC_E_TIMEOUT;
		(void)rcc_client_next(client, left_ms < RCC_JOIN_LOOK_MS ? left_ms : RCC_JOIN_LOOK_MS, &message);
	}
	*ret_welcome = *rcc_client_welcome(client);
	return RCC_OK;
}

enum rcc_status
rcc_join_ask(struct rcc_client *client, struct rcc_envelope *message, int64_t timeout_ms, struct rcc_fault *ret_fault)
{
	const struct rcc_envelope *reply = NULL;
	enum rcc_status status = rcc_client_request(client, message, timeout_ms, &reply);

	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, status, _("the centre has not answered in time; try again"));
	if (reply->kind == RCC_BODY_REFUSED && strcmp(reply->u.refused.field, "admit.code") == 0)
		return rcc_fault_set(
		    ret_fault, RCC_E_NOT_ALLOWED,
		    _("the code opens nothing: it was used, its time is over, or there never was such a one; ask the "
		      "centre for another invitation"));
	if (reply->kind == RCC_BODY_REFUSED && strcmp(reply->u.refused.field, "admit.key") == 0)
		return rcc_fault_set(
		    ret_fault, RCC_E_NOT_ALLOWED,
		    _("this key was known at the centre and was taken back: put its file away, and join makes a new "
		      "one"));
	if (reply->kind == RCC_BODY_REFUSED)
		return rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED, "%.200s (%s)", reply->u.refused.text,
		                     reply->u.refused.field);
	if (reply->kind != RCC_BODY_ACCEPTED)
		return rcc_fault_set(ret_fault, RCC_E_TIMEOUT,
		                     _("the centre could not record it; try again later, and call it if that lasts"));
	return RCC_OK;
}

/* One that has no store: nothing of it outlives this call. */
enum rcc_status
rcc_join_open(const struct rcc_client_config *config, const char *key_file, bool makes_key,
              struct rcc_client **ret_client, struct rcc_fault *ret_fault)
{
	struct rcc_client_config bare = *config;

	bare.store[0] = '\0';
	bare.wants_deliveries = false;
	bare.needs_key = !makes_key;
	enum rcc_status status = rcc_text_copy(bare.key_file, sizeof bare.key_file, key_file, strlen(key_file));
	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, status, _("the name of the key file is too long"));
	return rcc_client_open(&bare, ret_client, ret_fault);
}

enum rcc_status
rcc_client_admit(const struct rcc_client_config *config, const struct rcc_invitation *invitation, int64_t timeout_ms,
                 struct rcc_welcome *ret_welcome, struct rcc_fault *ret_fault)
{
	struct rcc_client *client = NULL;
	struct rcc_envelope *message = calloc(1, sizeof *message);
	enum rcc_status status = RCC_OK;

	if (message == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "%s", _("no memory"));
	status = rcc_join_open(config, config->key_file, true, &client, ret_fault);
	if (status != RCC_OK)
		goto out;
	status = rcc_join_welcome(client, timeout_ms, ret_welcome);
	if (status != RCC_OK) {
		rcc_fault_set(
		    ret_fault, status,
		    _("%s: nobody answered who has the centre's key; is the address right, and the line not older than "
		      "the centre's key?"),
		    config->endpoint);
		goto out;
	}
	/* An answer that was lost on the way: the door is open already. */
	if (ret_welcome->peer.v != 0)
		goto out;
	message->kind = RCC_BODY_ADMIT;
	message->class = RCC_CLASS_LIVE;
	message->u.admit.code = invitation->code;
	message->u.admit.mmsi = invitation->mmsi;
	status = rcc_join_ask(client, message, timeout_ms, ret_fault);
out:
	rcc_client_close(&client);
	free(message);
	return status;
}

/* ---- what follows from it ---- */

enum rcc_status
rcc_home_file(char *path, size_t size, const char *name)
{
	const char *home = getenv("HOME");
	int len = home == NULL ? -1 : snprintf(path, size, "%s/.config/rcc/%s", home, name);

	return len > 0 && (size_t)len < size ? RCC_OK : RCC_E_CONFIG;
}

/* Every folder on the way to a file that is missing: for us alone. */
enum rcc_status
rcc_join_make_folders(const char *path)
{
	char folder[RCC_ENDPOINT_MAX + 1];

	if (rcc_text_copy(folder, sizeof folder, path, strlen(path)) != RCC_OK)
		return RCC_E_TOO_LARGE;
	for (char *at = strchr(folder + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST)
			return RCC_E_IO;
		*at = '/';
	}
	return RCC_OK;
}

enum rcc_status
rcc_invitation_configure(const struct rcc_invitation *invitation, const char *key_file, const char *path,
                         struct rcc_fault *ret_fault)
{
	char text[SETTINGS_SIZE], key[RCC_KEY_TEXT_SIZE], mmsi[RCC_MMSI_TEXT_SIZE];
	int len = snprintf(text, sizeof text, "to = \"%s\";\nserver_key = \"%s\";\nkey = \"%s\";\n",
	                   invitation->endpoint, rcc_key_format(key, &invitation->server_key), key_file);

	if (invitation->mmsi.v != 0 && len > 0 && (size_t)len < sizeof text)
		len += snprintf(text + len, sizeof text - (size_t)len, "mmsi = \"%s\";\n",
		                rcc_mmsi_format(mmsi, invitation->mmsi));
	/* A quote or a backslash in a name would end the setting, or change it. */
	if (len < 0 || (size_t)len >= sizeof text || strpbrk(key_file, "\"\\\n") != NULL)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("%s: this name cannot stand in a settings file"),
		                     key_file);
	if (rcc_join_make_folders(path) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s: its folder cannot be made: %s"), path,
		                     strerror(errno));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return rcc_fault_set(ret_fault, errno == EEXIST ? RCC_E_BUSY : RCC_E_IO, "%s: %s", path,
		                     strerror(errno));
	bool is_whole = write(fd, text, (size_t)len) == (ssize_t)len && fsync(fd) == 0;
	is_whole = close(fd) == 0 && is_whole;
	if (is_whole)
		return RCC_OK;
	(void)unlink(path);
	return rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be written: %s"), path, strerror(errno));
}

#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "build_stamp.h"
#include "ctl/ctl.h"
#include "ctl/words.h"
#include "librcc/fields.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Where the daemon puts its socket under systemd, and where it puts it without, beside the person who tries it out. */
#define CONTROL_SYSTEM "/run/rccd/control.sock"
#define CONTROL_HERE "./control.sock"
#define CONTROL_NAME "control.sock"

int
rcc_ctl_fail(int exit_code, const char *format, ...)
{
	va_list arguments;
	fflush(stdout);
	fputs("rccctl: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return exit_code;
}

/* A path of the local socket, as long as the kernel takes it. */
static int
set_control(const char *path, struct rcc_client_config *config)
{
	if (strlen(path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("the path of the socket %s is too long for Linux; use a shorter directory"),
		                    path);
	config->link = RCC_LINK_CONTROL;
	snprintf(config->endpoint, sizeof config->endpoint, "ipc://%s", path);
	return RCC_EXIT_OK;
}

/* It may run, and we may not look: that is another thing to mend. */
static int
fail_barred(const char *path)
{
	return rcc_ctl_fail(
	    RCC_EXIT_NOT_ALLOWED,
	    _("%s may not be reached by this user: join the group rccd (sudo usermod -aG rccd NAME) and log "
	      "in again, or use sudo"),
	    path);
}

static int
target_state_dir(const char *dir, struct rcc_client_config *config)
{
	char path[RCC_ENDPOINT_MAX + 1];
	int len = snprintf(path, sizeof path, "%s/%s", dir, CONTROL_NAME);
	if (len < 0 || (size_t)len >= sizeof path)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the name of the state directory is too long"));
	if (access(path, F_OK) != 0 && errno == EACCES)
		return fail_barred(path);
	if (access(path, F_OK) != 0)
		return rcc_ctl_fail(RCC_EXIT_UNREACHABLE, _("rccd does not run on %s: there is no %s; start rccd"), dir,
		                    path);
	return set_control(path, config);
}

static int
target_local(struct rcc_client_config *config)
{
	if (access(CONTROL_SYSTEM, R_OK | W_OK) == 0)
		return set_control(CONTROL_SYSTEM, config);
	bool is_barred = errno == EACCES;
	if (access(CONTROL_HERE, F_OK) == 0)
		return set_control(CONTROL_HERE, config);
	if (is_barred)
		return fail_barred(CONTROL_SYSTEM);
	return rcc_ctl_fail(
	    RCC_EXIT_UNREACHABLE,
	    _("no rccd found: neither %s nor %s is there; start rccd, or say where it is with --state-dir or -e"),
	    CONTROL_SYSTEM, CONTROL_HERE);
}

static int
target_remote(const struct rcc_ctl *ctl, const char *endpoint, struct rcc_client_config *config)
{
	const char *key_file = ctl->option[RCC_CTL_OPTION_KEY_FILE];
	/* --key means the caller's own key file in every program; only `enrol` takes somebody else's key by that name. */
	if (key_file == NULL && strcmp(ctl->verb, "enrol") != 0)
		key_file = ctl->option[RCC_CTL_OPTION_KEY];
	if (ctl->option[RCC_CTL_OPTION_SERVER_KEY] == NULL || key_file == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("with -e also give --server-key K (`rccctl server-key` at the centre prints "
		                      "it) and --key-file FILE (`rccctl keygen FILE` makes it)"));
	if (strrchr(endpoint, ':') == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("-e is HOST:PORT: the port is missing in '%s'"), endpoint);
	const char *scheme = strstr(endpoint, "://") == NULL ? "tcp://" : "";
	if (strlen(scheme) + strlen(endpoint) > RCC_ENDPOINT_MAX || strlen(key_file) > RCC_ENDPOINT_MAX)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the endpoint or the name of the key file is too long"));
	config->link = RCC_LINK_SHORE;
	config->needs_key = true;
	snprintf(config->endpoint, sizeof config->endpoint, "%s%s", scheme, endpoint);
	snprintf(config->key_file, sizeof config->key_file, "%s", key_file);
	return rcc_ctl_public_key(ctl->option[RCC_CTL_OPTION_SERVER_KEY], &config->server_key);
}

int
rcc_ctl_target(const struct rcc_ctl *ctl, struct rcc_client_config *ret_config)
{
	struct rcc_client_config config = {.wants_deliveries = false};
	const char *endpoint = ctl->option[RCC_CTL_OPTION_ENDPOINT];
	const char *dir = ctl->option[RCC_CTL_OPTION_STATE_DIR];
	int exit_code;
	snprintf(config.version, sizeof config.version, "rccctl %s", RCC_BUILD);
	if (endpoint != NULL && dir != NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("give either -e or --state-dir, not both"));
	if (endpoint != NULL)
		exit_code = target_remote(ctl, endpoint, &config);
	else if (dir != NULL)
		exit_code = target_state_dir(dir, &config);
	else
		exit_code = target_local(&config);
	if (exit_code == RCC_EXIT_OK)
		*ret_config = config;
	return exit_code;
}

/* An officer is nobody under a key made in passing: only keygen makes one. What is wrong with a file, librcc tells. */
static int
check_key_file(const char *path)
{
	if (access(path, F_OK) == 0 || errno != ENOENT)
		return RCC_EXIT_OK;
	return rcc_ctl_fail(
	    RCC_EXIT_CONFIG,
	    _("there is no key file %s; `rccctl keygen FILE` makes one, whose public key an administrator "
	      "enrols"),
	    path);
}

int
rcc_ctl_connect(struct rcc_ctl *ctl)
{
	struct rcc_client_config config;
	struct rcc_fault fault;
	if (ctl->client != NULL)
		return RCC_EXIT_OK;
	int exit_code = rcc_ctl_target(ctl, &config);
	if (exit_code == RCC_EXIT_OK && config.link != RCC_LINK_CONTROL)
		exit_code = check_key_file(config.key_file);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (rcc_client_init() != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the kernel gives no randomness; nothing can be sent safely"));
	enum rcc_status status = rcc_client_open(&config, &ctl->client, &fault);
	if (status != RCC_OK)
		return rcc_ctl_fail(rcc_exit_of(status), "%s", fault.text);
	return RCC_EXIT_OK;
}

void
rcc_ctl_disconnect(struct rcc_ctl *ctl)
{
	if (ctl->client != NULL)
		rcc_client_close(&ctl->client);
}

/* Is it a view of one case, which the officer named first? */
static bool
is_of_case(const struct rcc_ctl *ctl)
{
	enum rcc_view_kind what = ctl->message->u.view.what;
	return ctl->message->kind == RCC_BODY_VIEW && ctl->message->u.view.id != 0 && what != RCC_VIEW_FLOOD &&
	       ctl->operand_count > 0;
}

/* An order that was refused still stands in ctl->message: what the case looks like tells more than the code. */
static int
tell_refusal(struct rcc_ctl *ctl, const struct rcc_refused *reply)
{
	const struct rcc_refused copy = *reply;
	const struct rcc_refused *refused = &copy;
	char why[RCC_CTL_WHY_SIZE];
	bool is_forbidden = refused->reason == RCC_REFUSAL_NOT_ALLOWED || refused->reason == RCC_REFUSAL_UNKNOWN_KEY;
	int exit_code = is_forbidden ? RCC_EXIT_NOT_ALLOWED : RCC_EXIT_FAILED;
	const char *text = refused->text[0] != '\0' ? refused->text : rcc_refusal_text(refused->reason);
	/* A sentence of its own knows more than the case shows. */
	bool is_general = refused->text[0] == '\0' || strcmp(text, rcc_refusal_text(refused->reason)) == 0;
	if (is_general && ctl->message->kind != RCC_BODY_VIEW && rcc_ctl_explain(ctl, refused, why)) {
		rcc_ctl_call_insert(ctl->call, why, sizeof why);
		return rcc_ctl_fail(exit_code, _("refused: %s"), why);
	}
	/* The views of one thing are of a case, named first. */
	if (refused->reason == RCC_REFUSAL_NOT_FOUND && is_of_case(ctl))
		return rcc_ctl_fail(exit_code, _("there is no case %s; `rccctl incidents --all` lists them"),
		                    ctl->operand[0]);
	const char *persons = rcc_ctl_persons_refusal(refused->field);
	char field[RCC_FIELD_WORDS_SIZE];
	if (persons != NULL && !is_forbidden) {
		snprintf(why, sizeof why, "%s", persons);
		rcc_ctl_call_insert(ctl->call, why, sizeof why);
		return rcc_ctl_fail(exit_code, _("refused: %s (%s)"), why, rcc_field_format(field, refused->field));
	}
	if (is_general && refused->reason == RCC_REFUSAL_RANGE && refused->field[0] != '\0')
		return rcc_ctl_fail(exit_code, _("refused: a value is missing, or does not fit (%s)"),
		                    rcc_field_format(field, refused->field));
	if (refused->field[0] != '\0')
		return rcc_ctl_fail(exit_code, _("refused: %s (%s)"), text, rcc_field_format(field, refused->field));
	return rcc_ctl_fail(exit_code, _("refused: %s"), text);
}

/* A port that does not let us in looks like one where nobody is: CURVE answers strangers with silence. */
static int
tell_silence(const struct rcc_ctl *ctl)
{
	long long seconds = (long long)(ctl->timeout_ms / RCC_MS_PER_S);
	const char *endpoint = ctl->option[RCC_CTL_OPTION_ENDPOINT];
	if (endpoint == NULL)
		return rcc_ctl_fail(RCC_EXIT_UNREACHABLE, _("rccd does not answer within %lld s; is it running?"),
		                    seconds);
	return rcc_ctl_fail(
	    RCC_EXIT_UNREACHABLE,
	    _("%s does not answer within %lld s: the address is wrong (officers have a port of their own), "
	      "--server-key is not this centre's, or this key is not enrolled as officer, auditor or admin"),
	    endpoint, seconds);
}

/* Nobody asked these questions: what goes wrong with them is not told. */
static int
ask_in_passing(struct rcc_ctl *ctl, enum rcc_body_kind expected, const struct rcc_envelope **ret_reply)
{
	enum rcc_status status = rcc_client_request(ctl->client, ctl->message, ctl->timeout_ms, ret_reply);
	return status == RCC_OK && (*ret_reply)->kind == expected ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

/* Sends ctl->message; on RCC_EXIT_OK the reply is of the kind that was expected. */
static int
ask(struct rcc_ctl *ctl, enum rcc_body_kind expected, const struct rcc_envelope **ret_reply)
{
	const struct rcc_envelope *reply = NULL;
	ctl->message->class = RCC_CLASS_LIVE;
	if (ctl->is_quiet)
		return ask_in_passing(ctl, expected, ret_reply);
	enum rcc_status status = rcc_client_request(ctl->client, ctl->message, ctl->timeout_ms, &reply);
	if (status == RCC_E_TIMEOUT || status == RCC_E_UNREACHABLE)
		return tell_silence(ctl);
	if (status != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the message could not be sent: %s"), rcc_status_text(status));
	if (reply->kind == RCC_BODY_REFUSED)
		return tell_refusal(ctl, &reply->u.refused);
	if (reply->kind == RCC_BODY_NOT_CONFIRMED)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("not confirmed: %s"), reply->u.not_confirmed.text);
	if (reply->kind != expected)
		return rcc_ctl_fail(RCC_EXIT_FAILED,
		                    _("rccd answered with a message that this rccctl does not know; their "
		                      "versions differ (`rccctl --version`)"));
	*ret_reply = reply;
	return RCC_EXIT_OK;
}

/* Gives the page's lines one by one, each ended by NUL in place of its newline. */
static int
each_line(char *bytes, rcc_ctl_line_fn *line, void *context)
{
	int exit_code = RCC_EXIT_OK;
	char *end = strchr(bytes, '\n');
	while (end != NULL && exit_code == RCC_EXIT_OK) {
		*end = '\0';
		exit_code = line(context, bytes);
		bytes = end + 1;
		end = strchr(bytes, '\n');
	}
	return exit_code;
}

int
rcc_ctl_view(struct rcc_ctl *ctl, const struct rcc_view *view, rcc_ctl_line_fn *line, rcc_ctl_page_fn *page_end,
             void *context)
{
	struct rcc_view page = *view;
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	char *bytes = malloc(RCC_VIEW_BYTES_MAX + 1);
	if (bytes == NULL)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	do {
		const struct rcc_envelope *reply = NULL;
		ctl->message->kind = RCC_BODY_VIEW;
		ctl->message->u.view = page;
		exit_code = ask(ctl, RCC_BODY_VIEW_ROWS, &reply);
		if (exit_code != RCC_EXIT_OK)
			break;
		page.from = reply->u.rows.next;
		memcpy(bytes, reply->u.rows.bytes, reply->u.rows.len);
		bytes[reply->u.rows.len] = '\0';
		exit_code = each_line(bytes, line, context);
		if (page_end != NULL)
			page_end(context);
	} while (exit_code == RCC_EXIT_OK && page.from != 0);
	free(bytes);
	return exit_code;
}

int
rcc_ctl_act_quietly(struct rcc_ctl *ctl)
{
	const struct rcc_envelope *reply = NULL;
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = ask(ctl, RCC_BODY_ACCEPTED, &reply);
	if (exit_code == RCC_EXIT_OK)
		ctl->accepted = reply->u.accepted;
	return exit_code;
}

int
rcc_ctl_act(struct rcc_ctl *ctl)
{
	int exit_code = rcc_ctl_act_quietly(ctl);
	if (exit_code == RCC_EXIT_OK)
		rcc_ctl_receipt_print(ctl);
	return exit_code;
}

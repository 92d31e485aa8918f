#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/text.h"
#include "sys/config.h"

#define TCP_PREFIX "tcp://"
#define IPC_PREFIX "ipc://"
#define PREFIX_SIZE 6
#define PORT_MAX 65535
#define PORT_DIGITS_MAX 5

/* A key or option by its name, and where it listens. */
struct place {
	const char *name;
	const char *endpoint; /* "" = nowhere */
};
#define PLACES 4

static bool
is_tcp(const char *endpoint)
{
	return strncmp(endpoint, TCP_PREFIX, PREFIX_SIZE) == 0;
}

static bool
is_ipc(const char *endpoint)
{
	return strncmp(endpoint, IPC_PREFIX, PREFIX_SIZE) == 0;
}

/* 1 to 65535; 0 for "*", a free one; -1 for anything else. */
static long
port_of(const char *tcp)
{
	const char *text = strrchr(tcp + PREFIX_SIZE, ':');
	if (text == NULL)
		return -1;
	text++;
	if (strcmp(text, "*") == 0)
		return 0;
	size_t len = strlen(text);
	if (len < 1 || len > PORT_DIGITS_MAX || strspn(text, "0123456789") != len)
		return -1;
	long port = strtol(text, NULL, 10);
	return port >= 1 && port <= PORT_MAX ? port : -1;
}

static size_t
host_len(const char *tcp)
{
	return (size_t)(strrchr(tcp + PREFIX_SIZE, ':') - tcp) - PREFIX_SIZE;
}

/* 127.0.0.1 or [::1]; whether it is one of this machine shows when it is opened. */
static bool
has_numeric_host(const char *tcp)
{
	size_t len = host_len(tcp);

	return tcp[PREFIX_SIZE] == '[' || (len > 0 && strspn(tcp + PREFIX_SIZE, "0123456789.") == len);
}

static bool
is_every_host(const char *tcp)
{
	static const char *const every[] = {"*", "0.0.0.0", "[::]"};
	size_t len = host_len(tcp);
	for (size_t i = 0; i < sizeof every / sizeof every[0]; i++) {
		if (strlen(every[i]) == len && strncmp(tcp + PREFIX_SIZE, every[i], len) == 0)
			return true;
	}
	return false;
}

/* Both well formed. The names of hosts are compared, not what they stand for: nothing is looked up here. */
static bool
collide(const char *a, const char *b)
{
	if (!is_tcp(a) || !is_tcp(b))
		return strcmp(a, b) == 0;
	if (port_of(a) == 0 || port_of(a) != port_of(b))
		return false;
	return is_every_host(a) || is_every_host(b) ||
	       (host_len(a) == host_len(b) && strncmp(a, b, PREFIX_SIZE + host_len(a)) == 0);
}

static enum rcc_status
check_form(const struct place *place, struct rcc_fault *ret_fault)
{
	const char *endpoint = place->endpoint;
	if (endpoint[0] == '\0' || (is_ipc(endpoint) && endpoint[PREFIX_SIZE] != '\0'))
		return RCC_OK;
	if (!is_tcp(endpoint) || endpoint[PREFIX_SIZE] == ':' || strchr(endpoint + PREFIX_SIZE, ':') == NULL)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     "%s: \"%s\" is not \"tcp://HOST:PORT\", \"ipc://PATH\" or \"\"", place->name,
		                     endpoint);
	if (port_of(endpoint) < 0)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     "%s: the port of \"%s\" must be 1 to %d, or * for a free one", place->name,
		                     endpoint, PORT_MAX);
	return RCC_OK;
}

static enum rcc_status
check_places(const struct place place[PLACES], const char *control, struct rcc_fault *ret_fault)
{
	enum rcc_status status = RCC_OK;
	for (size_t i = 0; i < PLACES && status == RCC_OK; i++)
		status = check_form(&place[i], ret_fault);
	for (size_t i = 0; i < PLACES && status == RCC_OK; i++) {
		const char *endpoint = place[i].endpoint;
		if (is_ipc(endpoint) && strcmp(endpoint + PREFIX_SIZE, control) == 0)
			status = rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s and control are the same place: %s",
			                       place[i].name, control);
		for (size_t k = 0; k < i && status == RCC_OK; k++) {
			if (endpoint[0] != '\0' && place[k].endpoint[0] != '\0' && collide(place[k].endpoint, endpoint))
				status = rcc_fault_set(ret_fault, RCC_E_CONFIG,
				                       "%s and %s are the same place: \"%s\", \"%s\"", place[k].name,
				                       place[i].name, place[k].endpoint, endpoint);
		}
	}
	return status;
}

enum rcc_status
rcc_config_check(const struct rcc_config *config, struct rcc_fault *ret_fault)
{
	const struct place place[PLACES] = {{"endpoints.ships", config->ships},
	                                    {"endpoints.operations", config->operations},
	                                    {"endpoints.live", config->live},
	                                    {"endpoints.http", config->http}};
	/* Under a service manager the current folder is not the one that somebody had in mind. */
	if (config->state_dir[0] != '/')
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "state_dir: \"%s\" must be a whole path, from /",
		                     config->state_dir);
	if (config->control[0] != '\0' && config->control[0] != '/')
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "control: \"%s\" must be a whole path, from /",
		                     config->control);
	if (is_ipc(config->http))
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     "endpoints.http: \"%s\" is not \"tcp://HOST:PORT\" or \"\"", config->http);
	enum rcc_status status = check_places(place, config->control, ret_fault);
	if (status == RCC_OK && config->http[0] != '\0' && !has_numeric_host(config->http))
		status = rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                       "endpoints.http: \"%s\" has no numeric address, as in tcp://127.0.0.1:8409",
		                       config->http);
	return status;
}

#include "net/http.h"

#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <microhttpd.h>

static const char prefix[] = "tcp://";

static enum MHD_Result
answer(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
       const char *upload, size_t *upload_size, void **state)
{
	static char text[RCC_HTTP_PAGE_SIZE];
	struct rcc_http *http = context;
	bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)state;
	/* Answered on the headers alone: the rest of the request is not read, and the connection ends with the answer. */
	text[0] = '\0';
	unsigned code = is_get ? http->page(http->context, url, text, sizeof text) : MHD_HTTP_METHOD_NOT_ALLOWED;
	struct MHD_Response *response = MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
	                              "text/plain; version=0.0.4; charset=utf-8");
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	enum MHD_Result result = MHD_queue_response(connection, code, response);
	MHD_destroy_response(response);
	return result;
}

/* tcp://127.0.0.1:8409, tcp://[::1]:8409; a name would have to be looked up, and nobody waits for that here. */
static struct addrinfo *
look_up(const char *endpoint)
{
	char host[64];
	struct addrinfo hints = {
	    .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_PASSIVE};
	struct addrinfo *found = NULL;
	const char *colon = strrchr(endpoint, ':');
	const char *from = endpoint + sizeof prefix - 1;

	if (strncmp(endpoint, prefix, sizeof prefix - 1) != 0 || colon == NULL || colon < from ||
	    (size_t)(colon - from) >= sizeof host)
		return NULL;
	size_t len = (size_t)(colon - from);
	bool is_bracketed = len > 2 && from[0] == '[' && from[len - 1] == ']';
	(void)snprintf(host, sizeof host, "%.*s", (int)(is_bracketed ? len - 2 : len), is_bracketed ? from + 1 : from);
	const char *port = strcmp(colon + 1, "*") == 0 ? "0" : colon + 1;
	return getaddrinfo(host, port, &hints, &found) == 0 ? found : NULL;
}

enum rcc_status
rcc_http_open(struct rcc_http *http, const char *endpoint, rcc_http_page_fn *page, void *context,
              struct rcc_fault *ret_fault)
{
	*http = (struct rcc_http){.fd = -1, .page = page, .context = context};
	if (endpoint[0] == '\0')
		return RCC_OK;
	struct addrinfo *address = look_up(endpoint);
	if (address == NULL)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: is no tcp://ADDRESS:PORT with a numeric address",
		                     endpoint);
	unsigned flags = MHD_USE_EPOLL | (address->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
	http->daemon = MHD_start_daemon(flags, 0, NULL, NULL, answer, http, MHD_OPTION_SOCK_ADDR, address->ai_addr,
	                                MHD_OPTION_CONNECTION_LIMIT, (unsigned)RCC_HTTP_CONNECTIONS,
	                                MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)RCC_HTTP_SILENT_S, MHD_OPTION_END);
	freeaddrinfo(address);
	const union MHD_DaemonInfo *info =
	    http->daemon == NULL ? NULL : MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	if (info == NULL) {
		rcc_http_close(http);
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: cannot be listened on; is it taken?", endpoint);
	}
	http->fd = info->epoll_fd;
	info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
	http->port = info == NULL ? 0 : info->port;
	return RCC_OK;
}

int64_t
rcc_http_sleep_ms(const struct rcc_http *http, int64_t at_most_ms)
{
	MHD_UNSIGNED_LONG_LONG wait_ms;

	if (http->daemon == NULL || MHD_get_timeout(http->daemon, &wait_ms) != MHD_YES)
		return at_most_ms;
	return wait_ms < (uint64_t)at_most_ms ? (int64_t)wait_ms : at_most_ms;
}

void
rcc_http_run(struct rcc_http *http)
{
	if (http->daemon != NULL)
		(void)MHD_run(http->daemon);
}

void
rcc_http_close(struct rcc_http *http)
{
	if (http->daemon != NULL)
		MHD_stop_daemon(http->daemon);
	*http = (struct rcc_http){.fd = -1};
}

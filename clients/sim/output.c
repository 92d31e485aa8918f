#include "sim/output.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sim/nmea.h"
#include "sim/truth.h"

#define HOST_MAX 255

/* Splits at the last colon; brackets around an IPv6 address are taken off. */
static bool
split_host(const char *udp, char host[HOST_MAX + 1], const char **ret_port)
{
	const char *colon = strrchr(udp, ':');
	size_t len;

	if (colon == NULL || colon == udp || colon[1] == '\0' || colon - udp > HOST_MAX) {
		return false;
	}
	len = (size_t)(colon - udp);
	if (len > 2 && udp[0] == '[' && udp[len - 1] == ']') {
		udp++;
		len -= 2;
	}
	memcpy(host, udp, len);
	host[len] = '\0';
	*ret_port = colon + 1;
	return true;
}

static int
connect_any(const struct addrinfo *list)
{
	for (const struct addrinfo *at = list; at != NULL; at = at->ai_next) {
		int fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
		if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) == 0) {
			return fd;
		}
		if (fd >= 0) {
			(void)close(fd);
		}
	}
	return -1;
}

static enum rcc_status
open_udp(struct rcc_output *output, const char *udp, struct rcc_fault *ret_fault)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM};
	struct addrinfo *list = NULL;
	char host[HOST_MAX + 1];
	const char *port = NULL;
	int failed;

	if (!split_host(udp, host, &port)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "--udp %s is not HOST:PORT", udp);
	}
	failed = getaddrinfo(host, port, &hints, &list);
	if (failed != 0) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "--udp %s: %s", udp, gai_strerror(failed));
	}
	output->udp = connect_any(list);
	freeaddrinfo(list);
	if (output->udp < 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "--udp %s: %s", udp, strerror(errno));
	}
	return RCC_OK;
}

enum rcc_status
rcc_output_open(struct rcc_output *output, const char *udp, const char *truth, struct rcc_fault *ret_fault)
{
	*output = (struct rcc_output){.udp = -1};
	if (truth != NULL) {
		output->truth = fopen(truth, "w");
		if (output->truth == NULL) {
			return rcc_fault_set(ret_fault, RCC_E_IO, "--truth %s: %s", truth, strerror(errno));
		}
	}
	return udp == NULL ? RCC_OK : open_udp(output, udp, ret_fault);
}

void
rcc_output_close(struct rcc_output *output)
{
	if (output->udp >= 0) {
		(void)close(output->udp);
		output->udp = -1;
	}
	if (output->truth != NULL) {
		(void)fclose(output->truth);
		output->truth = NULL;
	}
}

enum rcc_status
rcc_output_text(struct rcc_output *output, const char *text, size_t len)
{
	output->messages++;
	if (output->udp < 0) {
		return fwrite(text, 1, len, stdout) == len ? RCC_OK : RCC_E_IO;
	}
	/* A refusal tells of an earlier datagram; gpsd may come later. */
	if (send(output->udp, text, len, MSG_NOSIGNAL) < 0) {
		output->lost++;
	}
	return RCC_OK;
}

enum rcc_status
rcc_output_ais(struct rcc_output *output, const struct rcc_ais_message *message)
{
	char text[RCC_NMEA_TEXT_SIZE];
	struct rcc_ais_bits bits;
	enum rcc_status status = rcc_ais_encode(message, &bits);
	size_t len;

	if (status != RCC_OK) {
		return status;
	}
	output->sequence = (output->sequence + 1) % 10;
	len = rcc_nmea_ais(text, &bits, output->messages % 2 == 0 ? 'A' : 'B', output->sequence);
	if (output->truth != NULL) {
		rcc_truth_write(output->truth, message);
	}
	return rcc_output_text(output, text, len);
}

enum rcc_status
rcc_output_flush(struct rcc_output *output)
{
	return output->udp < 0 && fflush(stdout) != 0 ? RCC_E_IO : RCC_OK;
}

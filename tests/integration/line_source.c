/*
 * line_source.c - stands in for a receiver: gives what it reads on standard input to one client of a TCP port, or to whoever
 * opens a serial line (a pseudo terminal).
 *
 * Usage: line_source tcp PORT | line_source pty LINK; LINK is made and leads to the line. Ends with its input.
 */
#define _XOPEN_SOURCE 700

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The first client of this port on loopback; -1. */
static int
open_tcp(const char *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const int on = 1;
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
	    bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1) != 0)
		return -1;
	int fd = accept(listener, NULL, NULL);
	(void)close(listener);
	return fd;
}

static int
open_pty(const char *link)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);

	if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0)
		return -1;
	(void)unlink(link);
	return symlink(ptsname(fd), link) == 0 ? fd : -1;
}

int
main(int argc, char **argv)
{
	char bytes[512];
	ssize_t got = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: line_source tcp PORT | line_source pty LINK\n");
		return EXIT_FAILURE;
	}
	int fd = strcmp(argv[1], "tcp") == 0 ? open_tcp(argv[2]) : open_pty(argv[2]);
	if (fd < 0) {
		perror(argv[2]);
		return EXIT_FAILURE;
	}
	while ((got = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
		if (write(fd, bytes, (size_t)got) != got)
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/*
 * notify_listen.c - stands in for the service manager: prints what a service tells it, one line for each datagram.
 *
 * Usage: notify_listen SOCKET; ends when it is killed.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int
main(int argc, char **argv)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char text[1024];
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	if (argc != 2 || fd < 0 || strlen(argv[1]) >= sizeof address.sun_path) {
		fprintf(stderr, "usage: notify_listen SOCKET\n");
		return EXIT_FAILURE;
	}
	memcpy(address.sun_path, argv[1], strlen(argv[1]));
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		perror(argv[1]);
		return EXIT_FAILURE;
	}
	for (;;) {
		ssize_t len = recv(fd, text, sizeof text, 0);
		if (len < 0)
			return EXIT_FAILURE;
		for (ssize_t i = 0; i < len; i++)
			text[i] = text[i] == '\n' ? ' ' : text[i];
		printf("%.*s\n", (int)len, text);
		(void)fflush(stdout);
	}
}

/* Rates above 38400 are in no standard. */
#define _DEFAULT_SOURCE
#include "feed/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

static const struct {
	uint32_t baud;
	speed_t speed;
} speeds[] = {
    {4800, B4800}, {9600, B9600}, {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200},
};
#define SPEEDS (sizeof speeds / sizeof speeds[0])

static size_t
index_of(uint32_t baud)
{
	size_t i = 0;
	while (i < SPEEDS && speeds[i].baud != baud) {
		i++;
	}
	return i;
}

bool
rcc_feed_serial_has_baud(uint32_t baud)
{
	return index_of(baud) < SPEEDS;
}

/* Bytes as they come, 8N1, without handshake, modem lines left alone. */
static bool
set_raw(int fd, speed_t speed)
{
	struct termios line;
	if (tcgetattr(fd, &line) != 0) {
		return false;
	}
	line.c_iflag = IGNBRK | IGNPAR;
	line.c_oflag = 0;
	line.c_lflag = 0;
	line.c_cflag = CS8 | CREAD | CLOCAL;
	line.c_cc[VMIN] = 1;
	line.c_cc[VTIME] = 0;
	return cfsetispeed(&line, speed) == 0 && cfsetospeed(&line, speed) == 0 && tcsetattr(fd, TCSANOW, &line) == 0;
}

int
rcc_feed_serial_open(const char *path, uint32_t baud)
{
	size_t i = index_of(baud);
	int fd = i < SPEEDS ? open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (fd < 0) {
		return -1;
	}
	if (!set_raw(fd, speeds[i].speed)) {
		int failed = errno;
		(void)close(fd);
		errno = failed;
		return -1;
	}
	return fd;
}

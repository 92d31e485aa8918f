/*
 * serial.h - a receiver's serial line (IEC 61162-1: eight data bits, no parity, one stop bit).
 */
#ifndef RCC_FEED_SERIAL_H
#define RCC_FEED_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

/* IEC 61162-1, and what DSC receivers have; AIS receivers have 38400 (IEC 61162-2). */
#define RCC_FEED_BAUD_DEFAULT 4800u

/* 4800, 9600, 19200, 38400, 57600 or 115200. */
bool rcc_feed_serial_has_baud(uint32_t baud);
/* Opens the device for reading without waiting; -1 and errno when it cannot be, or is no serial line. */
int rcc_feed_serial_open(const char *path, uint32_t baud);

#endif

#include "feed/nmea.h"

#include <string.h>

/* "!AIVDM,1,1,": sentence, number of parts, this part. */
#define VDM_TALKER_LEN 3
#define FORMATTER_LEN 3
/* Characters of six bits that hold message number (6), repeat (2) and MMSI (30). */
#define HEAD_CHARS 7
#define MMSI_BITS 30
/* Bits of the seven characters after the MMSI. */
#define HEAD_SPARE_BITS (6 * HEAD_CHARS - 6 - 2 - MMSI_BITS)

void
rcc_feed_nmea_trim(char *line)
{
	size_t len = strlen(line);
	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == '\n' || line[len - 1] == ' ')) {
		line[--len] = '\0';
	}
}

static bool
is_talker(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

const char *
rcc_feed_nmea_dsc(const char *line)
{
	if (line[0] != '$' || !is_talker(line[1]) || !is_talker(line[2])) {
		return NULL;
	}
	const char *formatter = line + VDM_TALKER_LEN;
	if (strncmp(formatter, "DSC,", FORMATTER_LEN + 1) == 0) {
		return "dsc";
	}
	if (strncmp(formatter, "DSE,", FORMATTER_LEN + 1) == 0) {
		return "dse";
	}
	return NULL;
}

/* One character of six-bit armour (IEC 61162-1); -1 if it is none. */
static int
six_bits(char c)
{
	if (c >= '0' && c <= 'W') {
		return c - '0';
	}
	if (c >= '`' && c <= 'w') {
		return c - '0' - 8;
	}
	return -1;
}

/* The payload of a one-part VDM, NULL if the line is none. */
static const char *
payload_of(const char *line)
{
	if (line[0] != '!' || !is_talker(line[1]) || !is_talker(line[2])) {
		return NULL;
	}
	if (strncmp(line + VDM_TALKER_LEN, "VDM,1,1,", 8) != 0) {
		return NULL;
	}
	const char *at = strchr(line + VDM_TALKER_LEN + 8, ','); /* end of the sequence number */
	at = at == NULL ? NULL : strchr(at + 1, ',');            /* end of the channel */
	return at == NULL ? NULL : at + 1;
}

bool
rcc_feed_nmea_carries(const char *line, uint32_t type, uint32_t mmsi)
{
	const char *payload = payload_of(line);
	if (payload == NULL) {
		return false;
	}
	uint64_t head = 0;
	for (int i = 0; i < HEAD_CHARS; i++) {
		int bits = six_bits(payload[i]);
		if (bits < 0) {
			return false;
		}
		head = head << 6 | (uint64_t)bits;
	}
	uint32_t head_mmsi = (uint32_t)(head >> HEAD_SPARE_BITS & ((UINT64_C(1) << MMSI_BITS) - 1));
	return head >> (6 * HEAD_CHARS - 6) == type && head_mmsi == mmsi;
}

#define _POSIX_C_SOURCE 200809L
#include "crew/receiver.h"

#include <math.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "rcc/text.h"
#include "rcc/units.h"

#define GPSD_PORT "2947" /* registered with IANA */
/* Lines taken in one turn: a busy strait must not hold up the keyboard. */
#define LINES_MAX 256
#define MPS_TO_DKN 19.438444924406046

enum rcc_status
rcc_receiver_init(struct rcc_receiver *receiver, const char *where, int64_t now_ms)
{
	memset(receiver, 0, sizeof *receiver);
	enum rcc_status status = rcc_dial_init(&receiver->dial, where, GPSD_PORT);
	if (status != RCC_OK) {
		return status;
	}
	receiver->state = RCC_RECEIVER_DOWN;
	receiver->retry_ms = now_ms;
	receiver->backoff_ms = RCC_BACKOFF_FIRST_MS;
	return RCC_OK;
}

void
rcc_receiver_close(struct rcc_receiver *receiver)
{
	if (receiver->state == RCC_RECEIVER_NONE) {
		return;
	}
	if (receiver->state == RCC_RECEIVER_UP) {
		(void)gps_close(&receiver->data);
	}
	rcc_dial_end(&receiver->dial);
	receiver->state = RCC_RECEIVER_DOWN;
}

int
rcc_receiver_fd(const struct rcc_receiver *receiver, short *ret_events)
{
	*ret_events = POLLIN;
	if (receiver->state == RCC_RECEIVER_UP) {
		return (int)receiver->data.gps_fd;
	}
	*ret_events = POLLOUT;
	return receiver->state == RCC_RECEIVER_DIALS ? receiver->dial.fd : -1;
}

static void
go_down(struct rcc_receiver *receiver, int64_t now_ms)
{
	rcc_receiver_close(receiver);
	receiver->retry_ms = now_ms + receiver->backoff_ms;
	receiver->backoff_ms = rcc_backoff_next(receiver->backoff_ms);
}

/* gps_open() waits, minutes long for a host that is silent: it opens only the address that has just answered us. */
static void
open_found(struct rcc_receiver *receiver, int64_t now_ms)
{
	char address[RCC_HOST_MAX + 1];
	const struct addrinfo *at = receiver->dial.try;

	if (getnameinfo(at->ai_addr, at->ai_addrlen, address, (socklen_t)sizeof address, NULL, 0, NI_NUMERICHOST) !=
	        0 ||
	    gps_open(address, receiver->dial.port, &receiver->data) != 0) {
		go_down(receiver, now_ms);
		return;
	}
	rcc_dial_end(&receiver->dial);
	receiver->state = RCC_RECEIVER_UP;
	if (gps_stream(&receiver->data, WATCH_ENABLE | WATCH_JSON, NULL) != 0) {
		go_down(receiver, now_ms);
	}
}

static void
connect_turn(struct rcc_receiver *receiver, int64_t now_ms)
{
	const char *why = NULL;

	if (receiver->state == RCC_RECEIVER_DOWN && now_ms >= receiver->retry_ms) {
		if (rcc_dial_start(&receiver->dial, now_ms, &why) != RCC_OK) {
			go_down(receiver, now_ms);
			return;
		}
		receiver->state = RCC_RECEIVER_DIALS;
	}
	if (receiver->state != RCC_RECEIVER_DIALS) {
		return;
	}
	enum rcc_status status = rcc_dial_turn(&receiver->dial, now_ms);
	if (status == RCC_OK) {
		open_found(receiver, now_ms);
	} else if (status == RCC_E_UNREACHABLE) {
		go_down(receiver, now_ms);
	}
}

/* ---- values ---- */

static bool
is_on_globe(double lat, double lon)
{
	return isfinite(lat) && isfinite(lon) && fabs(lat) <= 90 && fabs(lon) <= 180;
}

enum rcc_status
rcc_receiver_fix(const struct gps_fix_t *fix, int64_t at_ms, struct rcc_board_own *ret_own)
{
	if (fix->mode < MODE_2D || !is_on_globe(fix->latitude, fix->longitude)) {
		return RCC_E_NOT_FOUND;
	}
	struct rcc_board_own own = {
	    .pos = {.lat_e7 = rcc_e7_of_deg(fix->latitude), .lon_e7 = rcc_e7_of_deg(fix->longitude)},
	    .at_ms = at_ms,
	    .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	    .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	    .is_fix = true,
	};
	if (isfinite(fix->speed) && fix->speed >= 0 && fix->speed * MPS_TO_DKN < RCC_SOG_UNKNOWN_DKN) {
		own.sog_dkn = (uint32_t)(fix->speed * MPS_TO_DKN + 0.5);
	}
	if (isfinite(fix->track) && fix->track >= 0 && fix->track <= 360) {
		own.cog_ddeg = (uint32_t)(fix->track * 10 + 0.5) % RCC_COG_UNKNOWN_DDEG;
	}
	*ret_own = own;
	return RCC_OK;
}

static void
set_pos(struct rcc_board_ship *ship, int lat, int lon)
{
	double lat_deg = lat / AIS_LATLON_DIV, lon_deg = lon / AIS_LATLON_DIV;

	if (is_on_globe(lat_deg, lon_deg)) {
		ship->pos = (struct rcc_pos){.lat_e7 = rcc_e7_of_deg(lat_deg), .lon_e7 = rcc_e7_of_deg(lon_deg)};
	}
}

static void
set_name(struct rcc_board_ship *ship, const char *name)
{
	size_t len = strlen(name);

	while (len > 0 && (name[len - 1] == ' ' || name[len - 1] == '@')) {
		len--;
	}
	rcc_text_copy_lossy(ship->name, sizeof ship->name, name, len);
}

enum rcc_status
rcc_receiver_ship(const struct ais_t *ais, int64_t at_ms, struct rcc_board_ship *ret_ship)
{
	struct rcc_board_ship ship = {.mmsi = {ais->mmsi}, .pos = RCC_POS_NONE, .at_ms = at_ms};

	if (ais->mmsi == 0 || ais->mmsi > RCC_MMSI_MAX) {
		return RCC_E_NOT_FOUND;
	}
	if (ais->type >= 1 && ais->type <= 3) {
		set_pos(&ship, ais->type1.lat, ais->type1.lon);
	} else if (ais->type == 18) {
		set_pos(&ship, ais->type18.lat, ais->type18.lon);
	} else if (ais->type == 19) {
		set_pos(&ship, ais->type19.lat, ais->type19.lon);
		set_name(&ship, ais->type19.shipname);
	} else if (ais->type == 5) {
		set_name(&ship, ais->type5.shipname);
	} else if (ais->type == 24) {
		set_name(&ship, ais->type24.shipname);
	}
	if (!rcc_pos_is_known(ship.pos) && ship.name[0] == '\0') {
		return RCC_E_NOT_FOUND;
	}
	*ret_ship = ship;
	return RCC_OK;
}

/* ---- reading ---- */

/* What one line of gpsd says. True: our own position is new. */
static bool
take(const struct gps_data_t *data, struct rcc_board *board, int64_t at_ms)
{
	struct rcc_board_ship ship;

	if ((data->set & AIS_SET) != 0) {
		if (rcc_receiver_ship(&data->ais, at_ms, &ship) == RCC_OK && ship.mmsi.v != board->own_mmsi.v) {
			rcc_board_sight(board, &ship);
		}
		return false;
	}
	return (data->set & MODE_SET) != 0 && (data->set & LATLON_SET) != 0 &&
	       rcc_receiver_fix(&data->fix, at_ms, &board->own) == RCC_OK;
}

bool
rcc_receiver_turn(struct rcc_receiver *receiver, struct rcc_board *board, int64_t now_ms, int64_t at_ms)
{
	bool is_new = false;

	connect_turn(receiver, now_ms);
	for (int lines = 0; receiver->state == RCC_RECEIVER_UP && lines < LINES_MAX; lines++) {
		receiver->data.set = 0;
		receiver->line[0] = '\0';
		int got = gps_read(&receiver->data, receiver->line, (int)sizeof receiver->line);

		/* A negative result with a line is one that libgps could not unpack. */
		if (got < 0 && receiver->line[0] == '\0') {
			go_down(receiver, now_ms);
			break;
		}
		if (got == 0 && receiver->line[0] == '\0') {
			break;
		}
		receiver->backoff_ms = RCC_BACKOFF_FIRST_MS;
		is_new = take(&receiver->data, board, at_ms) || is_new;
	}
	return is_new;
}

/* signal_dsc.c - DSC calls as ITU-R M.493 defines them and a receiver writes them down (IEC 61162-1). */
#include <stdio.h>
#include <string.h>

#include "signal.h"

#define MINUTE_MS 60000
#define DAY_MIN 1440

/* The fields of a DSC sentence in their order; those not set are empty. */
struct call {
	char format[8], address[16], category[8], first[8], second[8], place[16], time[8], named[16], nature[8];
	char answer;
	bool is_expanded;
};

/* A symbol as most receivers write it, or as it is on the air, from 100. */
static void
put_symbol(struct signal_maker *maker, char text[8], uint32_t symbol)
{
	(void)snprintf(text, 8, signal_below(maker, 4) == 0 ? "1%02u" : "%02u", (unsigned)symbol);
}

static void
put_mmsi(char text[16], uint32_t mmsi)
{
	(void)snprintf(text, 16, "%09u0", (unsigned)mmsi);
}

/* Somewhere between Sardinia and Crete, a few minutes ago. */
static void
put_place(struct signal_maker *maker, struct call *call)
{
	int64_t minute = maker->now_ms / MINUTE_MS - signal_below(maker, 5);

	(void)snprintf(call->place, sizeof call->place, "0%02u%02u0%02u%02u", (unsigned)(33 + signal_below(maker, 5)),
	               (unsigned)signal_below(maker, 60), (unsigned)(10 + signal_below(maker, 14)),
	               (unsigned)signal_below(maker, 60));
	(void)snprintf(call->time, sizeof call->time, "%02u%02u", (unsigned)(minute % DAY_MIN / 60),
	               (unsigned)(minute % 60));
}

/* With its place, or without: true if it has one. */
static bool
put_place_or_none(struct signal_maker *maker, struct call *call)
{
	bool has_place = signal_below(maker, 5) != 0;

	if (has_place) {
		put_place(maker, call);
	} else {
		(void)snprintf(call->place, sizeof call->place, "9999999999");
		(void)snprintf(call->time, sizeof call->time, "8888");
	}
	return has_place;
}

static void
say_call(struct signal *signal, const struct call *call, bool is_right)
{
	size_t from = signal->len;

	signal_say(signal, "$CDDSC,%s,%s,%s,%s,%s,%s,%s,%s,%s,%.1s,%s", call->format, call->address, call->category,
	           call->first, call->second, call->place, call->time, call->named, call->nature, &call->answer,
	           call->is_expanded ? "E" : "");
	signal_end_sentence(signal, from, is_right);
}

/* The format alone says distress; the category may be missing. */
static void
make_distress(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	signal->what = "DSC distress";
	signal->becomes = BECOMES_ALERT;
	put_symbol(maker, call->format, 12);
	put_mmsi(call->address, ship);
	if (signal_below(maker, 6) != 0)
		put_symbol(maker, call->category, 12);
	put_symbol(maker, call->first, signal_below(maker, 13));
	put_symbol(maker, call->second, 0);
	signal->is_told = put_place_or_none(maker, call);
	call->answer = 'S';
}

static void
put_named(struct signal_maker *maker, struct call *call, uint32_t ship)
{
	put_mmsi(call->named, ship);
	put_symbol(maker, call->nature, signal_below(maker, 13));
	call->answer = "SRB"[signal_below(maker, 3)];
}

/* By a coast station or a ship, to one, to all or to an area; of a ship that is named, or of one that nobody could name. */
static void
make_relay(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	static const uint32_t formats[] = {2, 16, 20};
	uint32_t format = formats[signal_below(maker, 3)];

	signal->what = "DSC distress relay";
	signal->becomes = BECOMES_ALERT;
	put_symbol(maker, call->format, format);
	if (format == 2)
		(void)snprintf(call->address, sizeof call->address, "0360110203");
	else
		put_mmsi(call->address, signal_below(maker, 2) == 0 ? 2470201 : 235076393);
	put_symbol(maker, call->category, 12);
	put_symbol(maker, call->first, 12);
	put_symbol(maker, call->second, 0);
	signal->is_told = put_place_or_none(maker, call);
	put_named(maker, call, ship);
	if (signal_below(maker, 5) == 0)
		call->named[0] = '\0';
}

static void
make_acknowledgement(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	signal->what = "DSC distress acknowledged by a coast station";
	signal->becomes = BECOMES_ALERT;
	put_symbol(maker, call->format, 16);
	put_mmsi(call->address, 2470201);
	put_symbol(maker, call->category, 12);
	put_symbol(maker, call->first, 10);
	put_symbol(maker, call->second, 0);
	signal->is_told = put_place_or_none(maker, call);
	put_named(maker, call, ship);
	call->answer = 'S';
}

/* A ship that acknowledges its own distress takes it back: for a person. */
static void
make_withdrawal(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	make_acknowledgement(maker, signal, call, ship);
	signal->what = "DSC distress withdrawn";
	signal->becomes = BECOMES_READING;
	signal->is_told = false;
	put_mmsi(call->address, ship);
}

static void
make_urgency(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	signal->what = "DSC urgency call";
	signal->is_bare = true; /* between its category, 110, and the routine one, 100 */
	signal->becomes = BECOMES_ALERT;
	put_symbol(maker, call->format, signal_below(maker, 2) == 0 ? 16 : 20);
	put_mmsi(call->address, ship);
	put_symbol(maker, call->category, 10);
	put_symbol(maker, call->first, signal_below(maker, 2) == 0 ? 0 : 9);
	put_symbol(maker, call->second, 26);
	(void)snprintf(call->place, sizeof call->place, "900016");
	call->answer = 'S';
}

/* Ordinary traffic; with telecommand 18 it is a test call, which is ordinary too. */
static void
make_ordinary(struct signal_maker *maker, struct signal *signal, struct call *call, bool is_test)
{
	static const uint32_t formats[] = {14, 16, 20};
	static const uint32_t commands[] = {0, 9, 13};

	signal->what = is_test ? "DSC test call" : "DSC routine call";
	signal->class = is_test ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	signal->becomes = BECOMES_ROUTINE;
	put_symbol(maker, call->format, is_test ? 20 : formats[signal_below(maker, 3)]);
	put_mmsi(call->address, 248000001);
	put_symbol(maker, call->category, is_test || signal_below(maker, 2) == 0 ? 8 : 0);
	put_symbol(maker, call->first, is_test ? 18 : commands[signal_below(maker, 3)]);
	put_symbol(maker, call->second, 26);
	if (!is_test)
		(void)snprintf(call->place, sizeof call->place, "900072");
	call->answer = "RB"[signal_below(maker, 2)];
}

static void
make_position(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	signal->what = "DSC routine position";
	signal->becomes = BECOMES_POSITION;
	signal->mmsi.v = ship;
	put_symbol(maker, call->format, 20);
	put_mmsi(call->address, ship);
	put_symbol(maker, call->category, signal_below(maker, 2) == 0 ? 8 : 0);
	put_symbol(maker, call->first, 21);
	put_symbol(maker, call->second, 26);
	put_place(maker, call);
	call->answer = 'B';
}

/* Routine by its category, a relay of a distress by its telecommand: between the two a person reads it. */
static void
make_contradiction(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	make_relay(maker, signal, call, ship);
	signal->what = "DSC call that contradicts itself";
	signal->becomes = BECOMES_READING;
	signal->is_told = false;
	put_symbol(maker, call->format, 20);
	put_symbol(maker, call->category, 0);
	put_mmsi(call->address, 248000001);
}

static void
say_expansion(struct signal_maker *maker, struct signal *signal, uint32_t ship, bool is_right)
{
	size_t from = signal->len;

	signal_say(signal, "$CDDSE,1,1,A,%09u0,00,%04u%04u", (unsigned)ship, (unsigned)signal_below(maker, 10000),
	           (unsigned)signal_below(maker, 10000));
	signal_end_sentence(signal, from, is_right);
}

/* A second half whose first nobody heard: it may have been a distress. */
static void
make_expansion(struct signal_maker *maker, struct signal *signal, bool is_right)
{
	signal->what = "DSC expansion alone";
	signal->becomes = BECOMES_READING;
	say_expansion(maker, signal, 238000000 + maker->serial++, is_right);
}

static void
make_call(struct signal_maker *maker, struct signal *signal, struct call *call, uint32_t ship)
{
	switch (signal_below(maker, 10)) {
	case 0:
	case 1:
		make_relay(maker, signal, call, ship);
		break;
	case 2:
		make_acknowledgement(maker, signal, call, ship);
		break;
	case 3:
		make_withdrawal(maker, signal, call, ship);
		break;
	case 4:
		make_urgency(maker, signal, call, ship);
		break;
	case 5:
		make_ordinary(maker, signal, call, signal_below(maker, 2) == 0);
		break;
	case 6:
		/* Of a ship that nobody has heard in distress: else the place belongs to her case. */
		make_position(maker, signal, call, 237000000 + signal_below(maker, 1000));
		break;
	case 7:
		make_contradiction(maker, signal, call, ship);
		break;
	default:
		make_distress(maker, signal, call, ship);
		break;
	}
}

void
signal_make_dsc(struct signal_maker *maker, struct signal *signal)
{
	struct call call = {.is_expanded = signal_below(maker, 4) == 0};
	uint32_t ship = 247100000 + signal_serial(maker);
	bool is_right = signal_below(maker, 4) != 0;

	signal->source = "dsc";
	signal->check = SIGNAL_CHECK_NMEA;
	if (signal_below(maker, 16) == 0) {
		make_expansion(maker, signal, is_right);
		signal->is_damaged = !is_right;
		return;
	}
	make_call(maker, signal, &call, ship);
	if (signal->becomes == BECOMES_POSITION)
		ship = signal->mmsi.v;
	else if (strcmp(signal->what, "DSC distress") != 0)
		call.is_expanded = false;
	say_call(signal, &call, is_right);
	if (call.is_expanded)
		say_expansion(maker, signal, ship, is_right);
	if (is_right)
		return;
	/* Whoever called, and for what, a person sees it; what is harmless however it is read may stay so. */
	bool is_distress = (signal->becomes & (BECOMES_ROUTINE | BECOMES_POSITION)) == 0;
	signal->becomes = BECOMES_READING | (is_distress ? 0 : BECOMES_ROUTINE);
	signal->is_damaged = true;
	signal->is_told = false;
}

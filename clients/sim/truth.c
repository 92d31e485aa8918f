#include "sim/truth.h"

static void
write_motion(FILE *file, const struct rcc_ais_message *m)
{
	fprintf(file, "\"speed\":%u,\"accuracy\":%s,\"lon\":%d,\"lat\":%d,\"course\":%u,\"heading\":%u,\"second\":%u",
	        m->sog_dkn, m->is_accurate ? "true" : "false", m->lon, m->lat, m->cog_ddeg, m->heading_deg, m->second);
}

static void
write_size(FILE *file, const struct rcc_ais_message *m)
{
	fprintf(file, "\"to_bow\":%u,\"to_stern\":%u,\"to_port\":%u,\"to_starboard\":%u", m->to_bow_m, m->to_stern_m,
	        m->to_port_m, m->to_starboard_m);
}

/* Whole 1/10 minutes, half away from zero. */
static int
tenths_of_minute(int32_t units)
{
	return (units + (units < 0 ? -500 : 500)) / 1000;
}

static void
write_static_a(FILE *file, const struct rcc_ais_message *m)
{
	fprintf(file, "\"imo\":%u,\"callsign\":\"%s\",\"shipname\":\"%s\",\"shiptype\":%u,", m->imo, m->callsign,
	        m->name, m->ship_type);
	write_size(file, m);
	fprintf(file, ",\"draught\":%u,\"destination\":\"%s\"", m->draught_dm, m->destination);
}

static void
write_static_b(FILE *file, const struct rcc_ais_message *m)
{
	if (m->part == 0) {
		fprintf(file, "\"part\":\"A\",\"shipname\":\"%s\"", m->name);
		return;
	}
	fprintf(file, "\"part\":\"B\",\"shiptype\":%u,\"callsign\":\"%s\",", m->ship_type, m->callsign);
	write_size(file, m);
}

static void
write_base(FILE *file, const struct rcc_ais_message *m)
{
	fprintf(file, "\"timestamp\":\"%04u-%02u-%02uT%02u:%02u:%02uZ\",\"lon\":%d,\"lat\":%d", m->year, m->month,
	        m->day, m->hour, m->minute, m->second, m->lon, m->lat);
}

void
rcc_truth_write(FILE *file, const struct rcc_ais_message *m)
{
	fprintf(file, "{\"type\":%u,\"mmsi\":%u,", (unsigned)m->type, m->mmsi);
	switch (m->type) {
	case RCC_AIS_POSITION_A:
		fprintf(file, "\"status\":%u,\"turn\":%d,", m->nav_status, m->rot);
		write_motion(file, m);
		break;
	case RCC_AIS_POSITION_B:
		write_motion(file, m);
		break;
	case RCC_AIS_STATIC_A:
		write_static_a(file, m);
		break;
	case RCC_AIS_STATIC_B:
		write_static_b(file, m);
		break;
	case RCC_AIS_BASE:
		write_base(file, m);
		break;
	case RCC_AIS_LONG_RANGE:
		fprintf(file, "\"status\":%u,\"lon\":%d,\"lat\":%d,\"speed\":%u,\"course\":%u", m->nav_status,
		        tenths_of_minute(m->lon), tenths_of_minute(m->lat), m->sog_dkn / 10, m->cog_ddeg / 10);
		break;
	case RCC_AIS_SAFETY_TO_ALL:
		fprintf(file, "\"text\":\"%s\"", m->text);
		break;
	}
	fputs("}\n", file);
}

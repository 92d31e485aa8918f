/*
 * alarm.h - what is heard on a bridge: again and again until somebody acknowledges, or for two minutes nothing.
 *
 * Why:    silence is not acknowledgement (IEC 62923-1: an alarm that was silenced sounds again).
 * Owns:   the command that sounds, while it runs; rcc_alarm_end() ends it.
 */
#ifndef RCC_CREW_ALARM_H
#define RCC_CREW_ALARM_H

#include <sys/types.h>

#include "crew/board.h"

#define RCC_ALARM_SILENT_MS INT64_C(120000)
#define RCC_ALARM_AGAIN_MS INT64_C(3000)
#define RCC_ALARM_CHIME_AGAIN_MS INT64_C(60000)

/* Times are of the monotonic clock. */
struct rcc_alarm {
	enum rcc_board_sound level; /* as it was told last */
	uint32_t fresh;             /* calls that it has heard of */
	int64_t next_ms;
	int64_t silent_until_ms; /* 0 = not silenced */
	pid_t command;           /* 0 = none runs */
};

/* ---- when: pure ---- */

/* True: sound now. A fresh call breaks a silence that was meant for others. */
bool rcc_alarm_turn(struct rcc_alarm *alarm, enum rcc_board_sound level, uint32_t fresh, int64_t now_ms);
void rcc_alarm_silence(struct rcc_alarm *alarm, int64_t now_ms);
/* Of a silence, what is left; 0 = it sounds. */
int64_t rcc_alarm_silent_ms(const struct rcc_alarm *alarm, int64_t now_ms);

/* ---- what ---- */

#define RCC_ALARM_COMMAND_MAX 255
/*
 * Starts the command, unless the last one still runs: a shell line with RCC_ALARM ("alarm" or "chime"), RCC_CLASS and
 * RCC_INCIDENT in its environment. Does not
 * wait for it. now_ms is UTC here, as the board wants it.
 */
void rcc_alarm_start_command(struct rcc_alarm *alarm, const char *line, const struct rcc_board *board, int64_t now_ms);
/* Notices that the command has ended; ends it when nothing is to be heard. */
void rcc_alarm_mind_command(struct rcc_alarm *alarm);
void rcc_alarm_end(struct rcc_alarm *alarm);

#endif

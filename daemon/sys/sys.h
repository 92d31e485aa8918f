/*
 * sys.h - clock, signals, readiness, log, lock, files: what the daemon asks of Linux.
 */
#ifndef RCC_SYS_H
#define RCC_SYS_H

#include "rcc/types.h"

/* ---- clock ---- */

struct rcc_clock {
	int64_t last_ms;      /* what was handed out last */
	int64_t skew_ms;      /* how far the wall clock is behind it; 0 = in step */
	int64_t monotonic_ms; /* when it was handed out */
	int64_t wall_ms;      /* the wall clock then; 0 = not read yet */
	uint32_t steps;       /* so often was it set by RCC_CLOCK_STEP_MS or more, or the machine slept */
	int64_t step_ms;      /* by how much last; negative: back */
	int64_t step_at_ms;   /* when that was, by this clock */
	int64_t rest;         /* part of a millisecond owed while the wall clock is behind, in 1/RCC_CLOCK_SLEW */
};
/* A clock that is ahead runs slower by one part in this many until the wall clock has caught up. */
#define RCC_CLOCK_SLEW 16
/* Seconds are slewed by any time service; what is more was set by somebody. */
#define RCC_CLOCK_STEP_MS 2000
/*
 * UTC milliseconds, never backwards within a run, nor before `floor_ms` (the journal's last time). It never stands still either: while
 * the wall clock is behind it runs on the monotonic clock, so that a relay that is due in a minute is not held up by a clock set back.
 */
void rcc_clock_init(struct rcc_clock *clock, int64_t floor_ms);
int64_t rcc_clock_now_ms(struct rcc_clock *clock);
/* The same from given readings of both clocks. */
int64_t rcc_clock_take_ms(struct rcc_clock *clock, int64_t wall_ms, int64_t monotonic_ms);
/* Monotonic, for timers that must not follow the wall clock. */
int64_t rcc_clock_monotonic_ms(void);

/* ---- randomness ---- */

/* Seeds libc's rand() from the kernel: libzmq draws routing ids and jitter from it. First thing in every main. */
void rcc_random_seed(void);

/* ---- signals ---- */

enum rcc_signal { RCC_SIGNAL_NONE = 0, RCC_SIGNAL_STOP = 1, RCC_SIGNAL_RELOAD = 2 };
/* Blocks TERM, INT and HUP and returns a descriptor that becomes readable with them; -1 on error. Ignores PIPE. */
int rcc_signals_open(void);
enum rcc_signal rcc_signals_read(int fd);

/* ---- service manager ---- */

void rcc_notify_ready(const char *status_line);
void rcc_notify_status(const char *status_line);
void rcc_notify_stopping(void);
/* Pings the watchdog at half its interval; call every turn. Returns the interval in ms, 0 = no watchdog. */
int64_t rcc_notify_watchdog(int64_t monotonic_ms);

/* ---- log: one line per event on stderr, "<priority>event_name: text" under systemd, no personal data ---- */

enum rcc_log_level { RCC_LOG_ERROR = 3, RCC_LOG_WARNING = 4, RCC_LOG_INFO = 6, RCC_LOG_DEBUG = 7 };
void rcc_log_set_level(enum rcc_log_level level);
void rcc_log(enum rcc_log_level level, const char *event_name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- state directory ---- */

/* Longest secret that rcc_secret_load_or_make() keeps: an Ed25519 key pair. */
#define RCC_SECRET_MAX 64
/* Makes the directory (0700) if needed and takes its lock; RCC_E_BUSY if another daemon holds it. The fd stays open. */
RCC_MUST_USE enum rcc_status rcc_state_lock(const char *dir, int *ret_fd, struct rcc_fault *ret_fault);
/*
 * Reads a key file of exactly `size` bytes in hexadecimal, or makes one with `make` and writes it (0600, fsync, rename).
 * Refuses a file that group or others can read.
 */
typedef void rcc_key_make_fn(uint8_t *ret_secret);
RCC_MUST_USE enum rcc_status rcc_secret_load_or_make(const char *path, uint8_t *ret_secret, size_t size,
                                                     rcc_key_make_fn *make, struct rcc_fault *ret_fault);

#endif

/*
 * status.h - what a function that can fail returns, and how a failure is told to a person.
 *
 * Why:    three ways to say no: a rule refuses (an event, see event.h), a function fails (this file), or the
 *         impossible happens (assert, on in every build).
 * Errors: out-parameters come last, are named ret_*, and are untouched unless RCC_OK is returned.
 */
#ifndef RCC_STATUS_H
#define RCC_STATUS_H

#define RCC_MUST_USE __attribute__((warn_unused_result))

/* X(name, text for an operator) */
#define RCC_STATUS_LIST(X)                                                                                             \
	X(RCC_OK, "done")                                                                                              \
	X(RCC_E_MALFORMED, "the bytes cannot be read as what they claim to be")                                        \
	X(RCC_E_RANGE, "a value is outside its documented range")                                                      \
	X(RCC_E_TOO_LARGE, "the message or text is longer than its documented bound")                                  \
	X(RCC_E_UNSUPPORTED, "this version does not know that kind of message")                                        \
	X(RCC_E_NOT_FOUND, "no such thing")                                                                            \
	X(RCC_E_FULL, "a fixed table or queue is full")                                                                \
	X(RCC_E_IO, "the operating system reported an error")                                                          \
	X(RCC_E_UNKNOWN_OUTCOME, "the commit failed and its rows may or may not be on disk")                           \
	X(RCC_E_CORRUPT, "the record is damaged or was altered")                                                       \
	X(RCC_E_BUSY, "another process holds this resource")                                                           \
	X(RCC_E_AGAIN, "nothing to do now")                                                                            \
	X(RCC_E_UNREACHABLE, "the peer is not connected")                                                              \
	X(RCC_E_NOT_ALLOWED, "the key or role may not do this")                                                        \
	X(RCC_E_CONFIG, "the configuration is wrong")                                                                  \
	X(RCC_E_TIMEOUT, "no answer in time")

#define RCC_STATUS_ENUM(name, text) name,
enum rcc_status { RCC_STATUS_LIST(RCC_STATUS_ENUM) };
#undef RCC_STATUS_ENUM

/* One sentence in English for an operator; a static string, never NULL. */
const char *rcc_status_text(enum rcc_status status);

/* Longest sentence in a fault, with the file, endpoint or field in it. */
#define RCC_FAULT_TEXT_MAX 255

/*
 * A failure as an operator reads it: the status and one sentence that says what to do. Filled by opening
 * functions (cold path) only when they do not return RCC_OK.
 */
struct rcc_fault {
	enum rcc_status status;
	char text[RCC_FAULT_TEXT_MAX + 1];
};

/* Writes a formatted sentence into a fault and returns its status; ret_fault may be NULL. */
enum rcc_status rcc_fault_set(struct rcc_fault *ret_fault, enum rcc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

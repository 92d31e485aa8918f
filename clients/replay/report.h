/*
 * report.h - between the files of a report: what is known of the case, how it is said, and how it is written.
 *
 * Why:    one file that a court prints and keeps: no script, no network, nobody's particulars.
 * Words:  the sentences are English here and French in po/; what officers and masters wrote stays as they wrote it.
 */
#ifndef RCC_REPLAY_REPORT_H
#define RCC_REPLAY_REPORT_H

#include <stdio.h>

#include "core/state.h"
#include "replay/filter.h"

/* One line of the timeline. */
struct rcc_dossier_row {
	uint64_t seq;
	int64_t at_ms;
	char *text;
	char *reason; /* as it was given; NULL = none was */
};

/* Where somebody was; MMSI 0 = the casualty. */
struct rcc_dossier_point {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;
	int64_t at_ms;
	bool is_scene; /* as a decision had it, not of a track */
};

struct rcc_dossier {
	const struct rcc_replay *replay;
	struct rcc_filter filter;
	struct rcc_core *core;
	const struct rcc_incident *incident; /* in the core, once everything is read */
	bool is_over;                        /* the case has left memory: the state is as it was then */
	struct rcc_link last;
	struct rcc_audit_report audit;
	struct rcc_dossier_row *row;
	size_t row_count, row_size;
	struct rcc_dossier_point *point;
	size_t point_count, point_size;
	bool has_tracks;
	bool is_out_of_memory;
	FILE *out;
};

/* ---- report_facts.c: from the record ---- */

/* Reads journal and tracks. False: the reason is on stderr. */
bool rcc_dossier_gather(struct rcc_dossier *report);
void rcc_dossier_forget(struct rcc_dossier *report);
void rcc_dossier_add_row(struct rcc_dossier *report, const struct rcc_link *link, const char *text, const char *reason);

/* ---- report_events.c, report_work.c: what an event says ---- */

#define RCC_DOSSIER_TEXT_SIZE 1024
/* The sentence for one event, and the reason that was given with it; false: nothing is said of it. */
bool rcc_dossier_say(const struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event,
                     char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason);
/* The same of the work of the case: tasks, persons, needs, places, referrals, notes, duties. */
bool rcc_dossier_say_work(const struct rcc_dossier *report, const struct rcc_event *event,
                          char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason);

/* ---- report_words.c: one expression for each value, in the language of the report ---- */

/* A ship: "SEA-BIRD", or her MMSI. Returns its first argument. */
#define RCC_DOSSIER_SHIP_SIZE (RCC_NAME_MAX + 16)
const char *rcc_dossier_ship(const struct rcc_dossier *report, char text[RCC_DOSSIER_SHIP_SIZE], struct rcc_mmsi mmsi);
const char *rcc_say_nature(enum rcc_nature v);
const char *rcc_say_source(enum rcc_source v);
const char *rcc_say_phase(enum rcc_phase v);
const char *rcc_say_status(enum rcc_incident_status v);
const char *rcc_say_outcome(enum rcc_outcome v);
const char *rcc_say_class(enum rcc_class v);
const char *rcc_say_broadcast(enum rcc_broadcast_kind v);
const char *rcc_say_delivery(enum rcc_delivery_state v);
const char *rcc_say_answer(enum rcc_answer_kind v);
const char *rcc_say_excuse(enum rcc_reason v);
const char *rcc_say_owner(enum rcc_owner_kind v);
const char *rcc_say_where(enum rcc_where v);
const char *rcc_say_need(enum rcc_need_kind v);
const char *rcc_say_need_state(enum rcc_need_state v);
const char *rcc_say_place_step(enum rcc_place_step v);
const char *rcc_say_place_step_alone(enum rcc_place_step v);
const char *rcc_say_refusal(enum rcc_refusal v);
const char *rcc_say_check(uint32_t check);
const char *rcc_say_service(enum rcc_service v);
const char *rcc_say_note(enum rcc_note_kind v);
const char *rcc_say_duty_state(enum rcc_duty_state v);
const char *rcc_say_law(const char *law);

/* ---- report_html.c: how it is written ---- */

/* Up to and with <body>; the style sheet is in it. */
void rcc_html_begin(FILE *out, const char *title);
void rcc_html_end(FILE *out);
/* Text, with what is markup in HTML escaped. */
void rcc_html_text(FILE *out, const char *text);
/* A heading of a section; class_name "page" begins a new one. */
void rcc_html_heading(FILE *out, const char *class_name, const char *text);
/* What is between the two stays on one page, if it fits. */
void rcc_html_keep(FILE *out);
void rcc_html_keep_end(FILE *out);
void rcc_html_paragraph(FILE *out, const char *class_name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A table with these columns; NULL ends them. */
void rcc_html_table(FILE *out, const char *class_name, const char *const *column);
void rcc_html_table_end(FILE *out);
void rcc_html_row(FILE *out, const char *class_name);
void rcc_html_row_end(FILE *out);
/* A cell; class_name "n" is a number. */
void rcc_html_cell(FILE *out, const char *class_name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "2026-01-15 03:01:10", UTC; a dash for 0. Returns its first argument. */
#define RCC_HTML_TIME_SIZE 32
const char *rcc_html_time(char text[RCC_HTML_TIME_SIZE], int64_t at_ms);
/* "4.2 s", "3 min 10 s", "2 h 05 min"; a dash if it is negative. Returns its first argument. */
const char *rcc_html_span(char text[RCC_HTML_TIME_SIZE], int64_t ms);

/* ---- the sections ---- */

void rcc_dossier_summary(struct rcc_dossier *report);
void rcc_dossier_plot(struct rcc_dossier *report);
void rcc_dossier_timeline(struct rcc_dossier *report);
void rcc_dossier_reasons(struct rcc_dossier *report);
void rcc_dossier_duties(struct rcc_dossier *report);
void rcc_dossier_deliveries(struct rcc_dossier *report);
void rcc_dossier_parity(struct rcc_dossier *report);
void rcc_dossier_balance(struct rcc_dossier *report);
void rcc_dossier_places(struct rcc_dossier *report);

#endif

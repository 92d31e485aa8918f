/*
 * work_text.h - the work of an incident in words: one word for each value, one line for each order.
 */
#ifndef RCC_WORK_TEXT_H
#define RCC_WORK_TEXT_H

#include "rcc/event.h"

/* As rcc_class_word() and rcc_class_parse() of text.h. */
const char *rcc_task_word(enum rcc_task_kind v);
const char *rcc_where_word(enum rcc_where v);
const char *rcc_family_word(enum rcc_family v);
const char *rcc_need_word(enum rcc_need_kind v);
const char *rcc_need_state_word(enum rcc_need_state v);
const char *rcc_place_word(enum rcc_place_step v);
const char *rcc_service_word(enum rcc_service v);
const char *rcc_note_word(enum rcc_note_kind v);
const char *rcc_duty_state_word(enum rcc_duty_state v);
const char *rcc_handover_word(enum rcc_handover_step v);
const char *rcc_handover_stage_word(enum rcc_handover_stage v);
const char *rcc_request_word(enum rcc_request_step v);
const char *rcc_request_stage_word(enum rcc_request_stage v);
const char *rcc_retention_word(enum rcc_retention_step v);
const char *rcc_kept_word(enum rcc_kept v);

RCC_MUST_USE enum rcc_status rcc_task_parse(const char *word, enum rcc_task_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_where_parse(const char *word, enum rcc_where *ret_v);
RCC_MUST_USE enum rcc_status rcc_family_parse(const char *word, enum rcc_family *ret_v);
RCC_MUST_USE enum rcc_status rcc_need_parse(const char *word, enum rcc_need_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_need_state_parse(const char *word, enum rcc_need_state *ret_v);
RCC_MUST_USE enum rcc_status rcc_place_parse(const char *word, enum rcc_place_step *ret_v);
RCC_MUST_USE enum rcc_status rcc_service_parse(const char *word, enum rcc_service *ret_v);
RCC_MUST_USE enum rcc_status rcc_note_parse(const char *word, enum rcc_note_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_duty_state_parse(const char *word, enum rcc_duty_state *ret_v);
RCC_MUST_USE enum rcc_status rcc_handover_parse(const char *word, enum rcc_handover_step *ret_v);
RCC_MUST_USE enum rcc_status rcc_request_parse(const char *word, enum rcc_request_step *ret_v);
RCC_MUST_USE enum rcc_status rcc_retention_parse(const char *word, enum rcc_retention_step *ret_v);
RCC_MUST_USE enum rcc_status rcc_kept_parse(const char *word, enum rcc_kept *ret_v);

/* A check of a place of safety, RCC_CHECK_*: "rescue-ends". */
const char *rcc_check_word(uint32_t check);
/* "rescue-ends,safety,needs,onward", any of them, or "none". RCC_E_NOT_FOUND; touches ret_checks only on success. */
RCC_MUST_USE enum rcc_status rcc_checks_parse(const char *words, uint32_t *ret_checks);
/* The same, written; "none" for no check. */
#define RCC_CHECKS_TEXT_SIZE 40
const char *rcc_checks_format(char text[RCC_CHECKS_TEXT_SIZE], uint32_t checks);
/* What stands against a place, RCC_PLACE_BLOCK_*, one bit: its word, "unsafe", and what that means in words. */
const char *rcc_place_block_word(uint32_t block);
const char *rcc_place_block_text(uint32_t block);

/* "4 women, 2 children, 1 family"; "none" for no person at all. */
#define RCC_PERSONS_TEXT_SIZE 200
const char *rcc_persons_format(char text[RCC_PERSONS_TEXT_SIZE], const struct rcc_persons *persons);

/* ": max-speed 14.5 kn, crane yes, checked: missing "oxygen""; returns its first argument. */
const char *rcc_profile_order_format(char *text, size_t size, const struct rcc_profile_order *order);
/* "told alike: merchant 12 of 12 stored by 6 ships, ngo 10 of 10 stored by 5 ships"; returns its first argument. */
const char *rcc_parity_format(char *text, size_t size, const struct rcc_parity *parity);

/* What an order of this kind says, without its incident; false if it is none of the work of an incident. */
#define RCC_WORK_TEXT_SIZE 1200
bool rcc_work_order_format(char text[RCC_WORK_TEXT_SIZE], const struct rcc_command *command);
/* What happened, without its incident; false if it is none of the work of an incident. */
bool rcc_work_event_format(char text[RCC_WORK_TEXT_SIZE], const struct rcc_event *event);
/* The incident of such an order or event; 0 = none, or of another kind. */
struct rcc_incident_id rcc_work_order_incident(const struct rcc_command *command);
struct rcc_incident_id rcc_work_event_incident(const struct rcc_event *event);

#endif

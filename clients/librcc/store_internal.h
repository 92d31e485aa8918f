/*
 * store_internal.h - shared by store_open.c and store.c: which statement is which.
 */
#ifndef RCC_LIBRCC_STORE_INTERNAL_H
#define RCC_LIBRCC_STORE_INTERNAL_H

#include "librcc/store.h"

enum rcc_store_sql {
	SQL_PUT,
	SQL_NEXT_WAITING,
	SQL_ATTEMPTED,
	SQL_ACCEPTED,
	SQL_CASE,
	SQL_REFUSED,
	SQL_IS_WAITING,
	SQL_WAITING,
	SQL_LAST_RECEIPT,
	SQL_POSTED,
	SQL_KEEP,
	SQL_FIND,
	SQL_UNREPORTED,
	SQL_REPORTED,
	SQL_READ,
	SQL_LAST,
	SQL_NUMBERS,
	SQL_PIN,
	SQL_SET_PIN,
	SQL_BASE,
	SQL_SET_BASE,
	SQL_WITNESS,
	SQL_HASHES,
	SQL_CHECKPOINT,
};
#define SQL_COUNT 24
_Static_assert(SQL_COUNT == RCC_STORE_STATEMENTS, "one slot per statement");

/* Our word for SQLite's result. */
enum rcc_status rcc_store_status(int result);

#endif

/*
 * report.h - a view being printed: as tables, member by member, or line by line for programs.
 *
 * Lines of one class stand together; a new class starts a new table.
 */
#ifndef RCC_CTL_REPORT_H
#define RCC_CTL_REPORT_H

#include "ctl/ctl.h"
#include "ctl/table.h"

struct rcc_ctl_report {
	FILE *out;
	const char *call; /* options for the commands that are printed */
	bool is_json;
	const char *details; /* this class is shown member by member */
	uint64_t only_id;    /* show only the line with this id; 0 = all */
	/* NULL, or which lines are shown, and what is called after each of them. */
	bool (*wants)(void *context, const json_t *row);
	void (*shown)(void *context, const json_t *row);
	void *context;
	const struct rcc_ctl_column *column; /* of the table being filled; NULL = none yet */
	struct rcc_ctl_table table;
	uint64_t lines;
};

/* Shows a view; `nothing` (may be NULL) is said when it has no lines. */
int rcc_ctl_report_view(struct rcc_ctl *ctl, const struct rcc_view *view, struct rcc_ctl_report *report,
                        const char *nothing);

#endif

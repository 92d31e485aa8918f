/* filter_open.c - reads a record for the case that is asked for, before anything is told of it. */
#include "replay/filter.h"

#include <stdio.h>
#include <stdlib.h>

#include "librcc/i18n.h"
#include "librcc/options.h"

static void
visit_learn(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	(void)link;
	rcc_filter_learn(context, entry);
}

bool
rcc_replay_incident(const char *text, uint32_t *ret_year, uint32_t *ret_number)
{
	char *end = NULL;
	unsigned long first = strtoul(text, &end, 10);

	*ret_year = 0;
	if (text[0] < '0' || text[0] > '9' || first == 0 || first > UINT32_MAX)
		return false;
	if (*end == '\0') {
		*ret_number = (uint32_t)first;
		return true;
	}
	if (*end != '-' || end[1] < '0' || end[1] > '9')
		return false;
	unsigned long second = strtoul(end + 1, &end, 10);
	*ret_year = (uint32_t)first;
	*ret_number = (uint32_t)second;
	return *end == '\0' && second > 0 && second <= UINT32_MAX;
}

bool
rcc_filter_open(struct rcc_filter *filter, const struct rcc_replay *replay, bool may_be_damaged, int *ret_exit)
{
	struct rcc_audit_report report = {0};
	struct rcc_fault fault = {0};

	*filter = (struct rcc_filter){.is_all = replay->incident == NULL};
	*ret_exit = RCC_EXIT_USAGE;
	if (filter->is_all)
		return true;
	if (!rcc_replay_incident(replay->incident, &filter->year, &filter->number)) {
		fprintf(stderr, _("rcc-replay: '%s' is not an incident's number (2026-0001)\n"), replay->incident);
		return false;
	}
	if (filter->year == 0)
		filter->incident = filter->number;
	*ret_exit = RCC_EXIT_FAILED;
	bool is_good = rcc_replay_look(replay, visit_learn, filter, &report, &fault);
	if (!is_good && (!may_be_damaged || filter->set.count == 0)) {
		rcc_replay_tell_damage(&report, &fault);
		return false;
	}
	if (filter->is_out_of_memory)
		fprintf(stderr, _("rcc-replay: no memory for this incident\n"));
	else if (filter->set.count == 0)
		fprintf(stderr, _("rcc-replay: the journal knows no incident %s\n"), replay->incident);
	return filter->set.count > 0 && !filter->is_out_of_memory;
}

void
rcc_filter_close(struct rcc_filter *filter)
{
	rcc_idset_fini(&filter->set);
}

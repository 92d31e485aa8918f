/* What ships can do, which could help, and whether all are told alike. */
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

int
rcc_ctl_verb_rank(struct rcc_ctl *ctl)
{
	struct rcc_incident_id incident = {0};
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	const struct rcc_view view = {.what = RCC_VIEW_RANK, .id = incident.v, .near = RCC_POS_NONE};
	return rcc_ctl_show(ctl, &view, "RANKING", NULL);
}

int
rcc_ctl_verb_parity(struct rcc_ctl *ctl)
{
	const struct rcc_view view = {.what = RCC_VIEW_PARITY, .near = RCC_POS_NONE};
	return rcc_ctl_show(ctl, &view, "PARITY_STATE", NULL);
}

/* A registered ship by her name; the one that is active. */
struct named {
	const char *name;
	struct rcc_mmsi mmsi;
};

static int
match_ship(void *context, const char *line)
{
	struct named *named = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *name = json_string_value(json_object_get(row, "name"));
	const char *mmsi = json_string_value(json_object_get(row, "mmsi"));
	/* Who is invited is not here yet. */
	const char *class_name = json_string_value(json_object_get(row, "class"));
	bool is_active =
	    class_name != NULL && strcmp(class_name, "PEER") == 0 && json_object_get(row, "revoked") == NULL;
	if (name != NULL && mmsi != NULL && is_active && strcmp(name, named->name) == 0 &&
	    rcc_mmsi_parse(mmsi, &named->mmsi) != RCC_OK)
		named->mmsi.v = 0;
	json_decref(row);
	return RCC_EXIT_OK;
}

/* SHIP: nine digits, or the name under which she is enrolled. */
static int
find_ship(struct rcc_ctl *ctl, const char *text, struct rcc_mmsi *ret_mmsi)
{
	struct named named = {.name = text};
	const struct rcc_view view = {.what = RCC_VIEW_PEERS, .near = RCC_POS_NONE};
	if (rcc_mmsi_parse(text, ret_mmsi) == RCC_OK && ret_mmsi->v != 0)
		return RCC_EXIT_OK;
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, match_ship, NULL, &named);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (named.mmsi.v == 0)
		return rcc_ctl_fail(
		    RCC_EXIT_FAILED,
		    _("'%s' is no registered ship: give her MMSI, or her name as `rccctl peers` shows it"), text);
	*ret_mmsi = named.mmsi;
	return RCC_EXIT_OK;
}

static int
set_check(const struct rcc_ctl *ctl, struct rcc_profile_order *order)
{
	const char *checked = ctl->option[RCC_CTL_OPTION_CHECKED];
	int64_t now_ms = rcc_ctl_now_ms();
	if (checked == NULL && ctl->option[RCC_CTL_OPTION_MISSING] == NULL)
		return RCC_EXIT_OK;
	order->checked_at_ms = now_ms;
	if (checked != NULL && strcmp(checked, "now") != 0 &&
	    (!rcc_ctl_when_parse(checked, now_ms, &order->checked_at_ms) || order->checked_at_ms > now_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("--checked '%s' is no time that has passed: write now, -2h, 14:20 or "
		                      "2026-11-23T09:00:00Z"),
		                    checked);
	return rcc_ctl_option_text(ctl, RCC_CTL_OPTION_MISSING, order->missing, sizeof order->missing);
}

static int
set_company(const struct rcc_ctl *ctl, struct rcc_profile_order *order)
{
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_COMPANY, order->company, sizeof order->company);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_COMPANY_CONTACT, order->company_contact,
		                                sizeof order->company_contact);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_POLICY, order->policy, sizeof order->policy);
	return exit_code;
}

static int
add_value(struct rcc_profile_order *order, const char *text)
{
	enum rcc_status status = rcc_profile_add(order, text);
	if (status == RCC_E_NOT_FOUND)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is no key of a profile; docs/profile.md lists them"), text);
	if (status != RCC_OK)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("'%s': each key once, a number without its unit and within its bounds, yes, no or unknown "
		      "(docs/profile.md)"),
		    text);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_profile(struct rcc_ctl *ctl)
{
	struct rcc_profile_order order = {.count = 0};
	int exit_code = RCC_EXIT_OK;
	for (int i = 1; i < ctl->operand_count && exit_code == RCC_EXIT_OK; i++)
		exit_code = add_value(&order, ctl->operand[i]);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_check(ctl, &order);
	if (exit_code == RCC_EXIT_OK)
		exit_code = set_company(ctl, &order);
	if (exit_code == RCC_EXIT_OK)
		exit_code = find_ship(ctl, ctl->operand[0], &order.ship);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (order.count == 0 && order.checked_at_ms == 0 && !rcc_profile_has_company(&order)) {
		const struct rcc_view view = {.what = RCC_VIEW_PROFILE, .mmsi = order.ship, .near = RCC_POS_NONE};
		exit_code = rcc_ctl_connect(ctl);
		return exit_code == RCC_EXIT_OK ? rcc_ctl_show(ctl, &view, "PROFILE", NULL) : exit_code;
	}
	ctl->message->kind = RCC_BODY_PROFILE;
	ctl->message->u.profile = order;
	return rcc_ctl_act(ctl);
}

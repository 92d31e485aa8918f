/*
 * Why an order was refused, as the centre shows the case now: the code tells that it cannot be done, the case tells why, and
 * what can be done instead.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* What was ordered: the order itself is overwritten by the questions. */
struct order {
	enum rcc_body_kind kind;
	enum rcc_refusal reason;
	const char *field;
	struct rcc_alert_id alert;
	struct rcc_incident_id incident, other; /* other: where from, or under which */
	enum rcc_phase phase;
	bool is_hold;
	bool is_notice;
	char name[RCC_NAME_MAX + 1];
	const char *typed; /* the case, as the officer named it */
};

/* The lines that concern it; NULL = the centre has none. */
struct facts {
	const struct order *order;
	json_t *incident, *other, *alert; /* incident: the one ordered about, or in which the alert stands */
};

static bool
is_of_case(enum rcc_body_kind kind)
{
	return kind == RCC_BODY_PLACE || kind == RCC_BODY_PERSONS || kind == RCC_BODY_SURVIVORS ||
	       kind == RCC_BODY_REFERRAL || kind == RCC_BODY_NOTE || kind == RCC_BODY_SMC || kind == RCC_BODY_COMMS ||
	       kind == RCC_BODY_SITREP || kind == RCC_BODY_HANDOVER || kind == RCC_BODY_ANSWER;
}

static void
take_order(const struct rcc_envelope *message, struct order *order)
{
	order->kind = message->kind;
	if (order->kind == RCC_BODY_RELAY) {
		order->incident = message->u.relay.incident;
		order->is_hold = message->u.relay.action == RCC_RELAY_HOLD;
		order->is_notice = message->u.relay.action == RCC_RELAY_NOTICE;
	} else if (order->kind == RCC_BODY_CANCEL) {
		order->incident = message->u.cancel.incident;
	} else if (order->kind == RCC_BODY_CLOSE) {
		order->incident = message->u.close.incident;
	} else if (order->kind == RCC_BODY_PHASE) {
		order->incident = message->u.phase.incident;
		order->phase = message->u.phase.phase;
	} else if (order->kind == RCC_BODY_SUSPEND) {
		order->incident = message->u.suspend.incident;
	} else if (order->kind == RCC_BODY_RESUME) {
		order->incident = message->u.resume.incident;
	} else if (order->kind == RCC_BODY_CLASSIFY) {
		order->incident = message->u.classify.incident;
	} else if (order->kind == RCC_BODY_JOIN) {
		order->incident = message->u.join.incident;
		order->other = message->u.join.from;
		order->alert = message->u.join.alert;
	} else if (order->kind == RCC_BODY_SPLIT) {
		order->alert = message->u.split.alert;
	} else if (order->kind == RCC_BODY_GROUP) {
		order->incident = message->u.group.incident;
		order->other = message->u.group.parent;
	} else if (order->kind == RCC_BODY_DECIDE) {
		order->alert = message->u.decide.alert;
	} else if (order->kind == RCC_BODY_UNSEAL) {
		order->alert = message->u.unseal.alert;
	} else if (order->kind == RCC_BODY_OPEN) {
		order->incident = message->u.open.incident;
	} else if (order->kind == RCC_BODY_PLAN) {
		memcpy(order->name, message->u.plan.name, sizeof order->name);
		if (order->name[0] == '\0')
			rcc_mmsi_format(order->name, message->u.plan.mmsi);
	} else if (order->kind == RCC_BODY_TASK) {
		order->incident = message->u.task.incident;
	} else if (order->kind == RCC_BODY_RETENTION) {
		order->incident = message->u.retention.incident;
		order->alert = message->u.retention.alert;
	} else if (is_of_case(order->kind)) {
		/* Each of these bodies begins with its case. */
		memcpy(&order->incident, &message->u, sizeof order->incident);
	} else if (order->kind == RCC_BODY_REVOKE) {
		memcpy(order->name, message->u.revoke.name, sizeof order->name);
	}
}

/* ---- what the centre shows ---- */

static const char *
text_of(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text == NULL ? "" : text;
}

static uint32_t
number_of(const json_t *row, const char *key)
{
	return (uint32_t)json_integer_value(json_object_get(row, key));
}

static bool
is_word(const json_t *row, const char *key, const char *word)
{
	return strcmp(text_of(row, key), word) == 0;
}

static int
take_row(void *context, const char *line)
{
	struct facts *facts = context;
	const struct order *order = facts->order;
	json_t *row = json_loads(line, 0, NULL);
	uint32_t incident = number_of(row, "incident_id");
	if (is_word(row, "class", "ALERT") && order->alert.v != 0 && number_of(row, "id") == order->alert.v)
		facts->alert = json_incref(row);
	uint32_t wanted = order->incident.v != 0 ? order->incident.v : number_of(facts->alert, "incident_id");
	if (is_word(row, "class", "INCIDENT") && incident != 0 && incident == wanted)
		facts->incident = json_incref(row);
	if (is_word(row, "class", "INCIDENT") && incident != 0 && incident == order->other.v)
		facts->other = json_incref(row);
	json_decref(row);
	return RCC_EXIT_OK;
}

static bool
look(struct rcc_ctl *ctl, struct facts *facts)
{
	/* The case of an alert is known by the alert. */
	static const enum rcc_view_kind views[] = {RCC_VIEW_ALERTS, RCC_VIEW_INCIDENTS};
	int exit_code = RCC_EXIT_OK;
	ctl->is_quiet = true;
	for (size_t i = 0; i < sizeof views / sizeof views[0] && exit_code == RCC_EXIT_OK; i++) {
		const struct rcc_view view = {.what = views[i], .near = RCC_POS_NONE};
		exit_code = rcc_ctl_view(ctl, &view, take_row, NULL, facts);
	}
	ctl->is_quiet = false;
	return exit_code == RCC_EXIT_OK;
}

/* ---- in words ---- */

static bool __attribute__((format(printf, 2, 3))) say(char why[RCC_CTL_WHY_SIZE], const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(why, RCC_CTL_WHY_SIZE, format, arguments);
	va_end(arguments);
	return true;
}

static bool
explain_closed(const json_t *incident, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(incident, "incident");
	if (is_word(incident, "outcome", "joined"))
		return say(why, _("%s is closed: another case has its alerts now; `rccctl split ALERT` brings it back"),
		           number);
	return say(why, _("%s is closed (%s): resume it first (rccctl resume %s --reason TEXT)"), number,
	           text_of(incident, "outcome"), number);
}

static bool
explain_relay(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	if (facts->order->is_hold)
		return say(why,
		           _("the ships have been told of %s already: it cannot be held any more (rccctl cancel %s "
		             "--reason TEXT tells them that it is over)"),
		           number, number);
	if (is_word(facts->incident, "status", "suspended"))
		return say(why, _("%s is suspended: resume it first (rccctl resume %s --reason TEXT)"), number, number);
	/* What binds masters and what asks for help are never mixed. */
	if (facts->order->is_notice)
		return say(why,
		           _("%s is a distress: a notice binds nobody, tell the ships of it instead (rccctl relay %s)"),
		           number, number);
	return say(why, _("the ships have been told of %s already; what changes is told to them by itself"), number);
}

static bool
explain_resume(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	if (is_word(facts->incident, "status", "closed"))
		return explain_closed(facts->incident, why);
	return say(why, _("%s is neither suspended nor closed: it goes on already"), number);
}

static bool
explain_group(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	const char *parent = text_of(facts->other, "incident");
	const json_t *part_of = json_object_get(facts->other, "part_of");
	if (facts->other == NULL)
		return say(why, _("%s stands alone already"), number);
	if (facts->order->other.v == facts->order->incident.v)
		return say(why, _("%s cannot be part of itself"), number);
	if (is_word(facts->other, "status", "closed"))
		return explain_closed(facts->other, why);
	if (json_is_object(part_of) && is_word(part_of, "incident", number))
		return say(why, _("%s is a part of %s already: that would go round in a circle"), parent, number);
	if (json_is_object(part_of))
		return say(why, _("%s is itself a part of %s: group it under that one"), parent,
		           text_of(part_of, "incident"));
	return say(why, _("%s has parts of its own: a part cannot have parts (rccctl group PART --alone)"), number);
}

static bool
explain_transferred(const json_t *incident, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(incident, "incident");
	return say(why,
	           _("%s has %s now, and decides: if it says that it is over, tell the ships here (rccctl cancel %s "
	             "--theirs-over --reason TEXT); if it cannot act, take it back (rccctl resume %s --reason TEXT)"),
	           text_of(json_object_get(incident, "handover"), "centre"), number, number, number);
}

/* A step that its place does not allow now. */
static bool
explain_place(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *field = facts->order->field;
	if (strcmp(field, "place.authority") == 0)
		return say(
		    why,
		    _("its authority refuses it: that takes an offer first (rccctl place %s NAME offered --authority "
		      "WHO), or another place"),
		    text_of(facts->incident, "incident"));
	if (strcmp(field, "place.ship") == 0)
		return say(why, _("she is sent there already"));
	return say(why,
	           _("nothing of that kind stands there to be ended or answered: `rccctl places %s` shows what does"),
	           text_of(facts->incident, "incident"));
}

/* An order on one case that is not closed. */
static bool
explain_incident(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	enum rcc_body_kind kind = facts->order->kind;
	if (kind == RCC_BODY_RESUME)
		return explain_resume(facts, why);
	if (is_word(facts->incident, "status", "closed"))
		return explain_closed(facts->incident, why);
	if (is_word(facts->incident, "status", "transferred"))
		return explain_transferred(facts->incident, why);
	if (kind == RCC_BODY_CLOSE && is_word(json_object_get(facts->incident, "handover"), "stage", "offered"))
		return say(why,
		           _("%s is offered to %s: withdraw that first (rccctl handover %s withdraw --reason TEXT)"),
		           number, text_of(json_object_get(facts->incident, "handover"), "centre"), number);
	if (kind == RCC_BODY_PLACE)
		return explain_place(facts, why);
	if (kind == RCC_BODY_RELAY)
		return explain_relay(facts, why);
	if (kind == RCC_BODY_GROUP)
		return explain_group(facts, why);
	if (kind == RCC_BODY_PHASE)
		return say(why, _("%s is at '%s' already"), number, rcc_phase_word(facts->order->phase));
	if (kind == RCC_BODY_SUSPEND)
		return say(why, _("%s is suspended already, until %s: resume it, then suspend it anew"), number,
		           text_of(facts->incident, "review"));
	if (kind == RCC_BODY_CANCEL && number_of(facts->incident, "broadcasts") == 0)
		return say(why, _("no ship was told of %s: there is nothing to cancel, it can be closed"), number);
	if (kind == RCC_BODY_CANCEL)
		return say(why, _("%s is cancelled already; `rccctl deliveries` shows which ships have stored that"),
		           number);
	return false;
}

static bool
explain_decide(const json_t *alert, uint32_t id, char why[RCC_CTL_WHY_SIZE])
{
	if (json_is_true(json_object_get(alert, "self_cancel")))
		return say(
		    why,
		    _("alert %u withdraws a distress, and no case of that ship is open: rccctl dismiss %u --reason "
		      "TEXT; if she is in distress all the same, rccctl open"),
		    id, id);
	if (is_word(alert, "lane", "test"))
		return say(why, _("alert %u is a test: it waits for nobody and raises nothing"), id);
	if (is_word(alert, "lane", "dismissed"))
		return say(why, _("alert %u is dismissed already, since %s"), id, text_of(alert, "decided"));
	return say(why, _("alert %u is not in quarantine: it stands in %s (rccctl split %u takes it out)"), id,
	           text_of(alert, "incident"), id);
}

/* An order on one alert. */
static bool
explain_alert(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	uint32_t id = facts->order->alert.v;
	const char *stands_in = text_of(facts->alert, "incident");
	if (facts->order->kind == RCC_BODY_DECIDE)
		return explain_decide(facts->alert, id, why);
	if (facts->order->kind == RCC_BODY_UNSEAL)
		return say(why, _("nobody who can be called back was named with alert %u"), id);
	if (facts->order->kind == RCC_BODY_JOIN)
		return say(why, _("alert %u stands in %s already"), id, stands_in);
	if (stands_in[0] == '\0')
		return say(why, _("alert %u stands in no case: there is nothing to split it from"), id);
	return say(why, _("alert %u is the only one of %s: there is nothing to split it from"), id, stands_in);
}

/* What is kept, and why it is not erased. */
static bool
explain_retention(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const struct order *order = facts->order;
	const char *number = text_of(facts->incident, "incident");
	if (strcmp(order->field, "retention.step") == 0 && json_is_true(json_object_get(facts->incident, "legal_hold")))
		return say(why, _("%s is on legal hold already; --lift ends that"), number);
	if (strcmp(order->field, "retention.step") == 0)
		return say(why, _("%s is not on legal hold"), number);
	if (strcmp(order->field, "retention.incident") == 0 && facts->incident != NULL)
		return say(
		    why,
		    _("nothing of %s is erased while it is open (somebody may have to call back) or on legal hold "
		      "(rccctl legal-hold %s --lift --reason TEXT)"),
		    number, number);
	if (strcmp(order->field, "retention.incident") == 0)
		return say(
		    why, _("nothing is erased of a case that is open or on legal hold, nor of an alert that waits for "
		           "a person: close it, lift the hold, or decide first"));
	return say(why, _("nothing is sealed there, or it is erased already"));
}

static bool
explain_state(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const struct order *order = facts->order;
	if (order->kind == RCC_BODY_RETENTION)
		return explain_retention(facts, why);
	if (order->kind == RCC_BODY_JOIN && facts->other != NULL && order->other.v == order->incident.v)
		return say(why, _("%s cannot be joined to itself"), text_of(facts->incident, "incident"));
	if (facts->other != NULL && is_word(facts->other, "status", "closed"))
		return explain_closed(facts->other, why);
	bool is_of_alert = order->kind == RCC_BODY_DECIDE || order->kind == RCC_BODY_UNSEAL;
	if (!is_of_alert && order->kind != RCC_BODY_RESUME && is_word(facts->incident, "status", "closed"))
		return explain_closed(facts->incident, why);
	if (order->kind == RCC_BODY_DUTY && strcmp(order->field, "duty.duty") == 0)
		return say(why, _("that line is settled already, or a word alone does not settle it: a coordinator is "
		                  "named (rccctl smc), a "
		                  "fear is looked at (rccctl place ... reviewed), survivors are referred to somebody "
		                  "(rccctl referral), those aboard ships go ashore (rccctl persons INC --from aboard "
		                  "--to landed)"));
	if (order->kind == RCC_BODY_UNSEAL && order->alert.v == 0)
		return say(why, _("that note has nothing sealed; `rccctl notes INC` shows what it says"));
	if (facts->alert != NULL)
		return explain_alert(facts, why);
	return facts->incident != NULL && explain_incident(facts, why);
}

/* What does not exist: by the name that the officer gave it. */
static bool
explain_missing(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const struct order *order = facts->order;
	if (strcmp(order->field, "unseal.key") == 0)
		return say(why, _("what was sealed is erased: its key is gone"));
	if (order->kind == RCC_BODY_PLAN)
		return say(why, _("there is no sailing plan of '%s'; `rccctl plans` lists them"), order->name);
	if (order->kind == RCC_BODY_REVOKE)
		return say(why, _("nobody by the name of '%s' is enrolled; `rccctl peers` lists them"), order->name);
	if (strcmp(order->field, "handover.centre") == 0)
		return say(why, _("no other centre by that name is enrolled; `rccctl peers` lists them"));
	if (strcmp(order->field, "duty.duty") == 0)
		return say(why, _("there is no such duty; `rccctl duties INC` shows each with its number"));
	if (order->alert.v != 0 && facts->alert == NULL)
		return say(why, _("there is no alert %u; `rccctl alerts` lists them"), order->alert.v);
	if (order->incident.v != 0 && facts->incident == NULL)
		return say(why, _("there is no case %s: write it as YYYY-NNNN; `rccctl incidents --all` lists them"),
		           order->typed);
	if (order->kind == RCC_BODY_TASK)
		return say(
		    why,
		    _("no such ship is enrolled, and none has answered by voice in this case: write down what she "
		      "says first (rccctl answer %s need-detail --ship MMSI)"),
		    text_of(facts->incident, "incident"));
	return facts->alert != NULL && explain_alert(facts, why);
}

/* Live and not live, restricted and not: kept apart, and never told to ships. */
static bool
explain_apart(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const struct order *order = facts->order;
	const char *number = text_of(facts->incident, "incident");
	const json_t *other = facts->alert != NULL ? facts->alert : facts->other;
	if (order->kind == RCC_BODY_RELAY && facts->incident != NULL)
		return say(why, _("%s is a test: no ship is ever told of it"), number);
	if (facts->incident == NULL || other == NULL)
		return false;
	return say(why, _("one is %s and %s is %s: live cases, exercises and tests are kept apart"),
	           text_of(other, "mode"), number, text_of(facts->incident, "mode"));
}

/* What is still open: of the case that was to be closed, or of one that was to be joined to another. */
static bool
explain_open(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	bool is_join = facts->order->kind == RCC_BODY_JOIN;

	if (is_join && facts->order->reason == RCC_REFUSAL_UNTOLD)
		return say(
		    why,
		    _("a ship was ordered to do something in that case, and would hear that it is over but nothing "
		      "of %s: release her first, or order her to %s, if that goes on (rccctl assist %s --ship MMSI "
		      "--text TEXT)"),
		    number, number, number);
	return !is_join && say(why, _("%s `rccctl closing %s` lists what is open."),
	                       gettext(rcc_refusal_text(facts->order->reason)), number);
}

static bool
explain(const struct facts *facts, char why[RCC_CTL_WHY_SIZE])
{
	const char *number = text_of(facts->incident, "incident");
	enum rcc_refusal reason = facts->order->reason;
	if (reason == RCC_REFUSAL_NOT_ALLOWED && strcmp(facts->order->field, "place.is_override") == 0)
		return say(
		    why,
		    _("over a warning it takes two officers, each by a key of their own, within an hour: the local "
		      "socket is nobody by name (rccctl keygen FILE, rccctl enrol NAME --role officer --key FILE, "
		      "then each: rccctl -e HOST:PORT --server-key KEY -k FILE place ... --override)"));
	if (reason == RCC_REFUSAL_NOT_ALLOWED && strcmp(facts->order->field, "retention.step") == 0)
		return say(why, _("a purge is ordered at the centre itself, or with a key of the role admin"));
	if (reason == RCC_REFUSAL_PLACE_UNSAFE && strcmp(facts->order->field, "task.text") == 0)
		return say(
		    why,
		    _("the text names a place that is flagged unsafe: a ship is sent there by two officers "
		      "alone "
		      "(rccctl place %s NAME assigned --override); if it sends her elsewhere or warns her, say so with "
		      "--override"),
		    number);
	if (reason == RCC_REFUSAL_PLACE_UNSAFE && strcmp(facts->order->field, "place.text") == 0)
		return say(why,
		           _("the ship reads that text with the order, and it names another place, one that is flagged "
		             "unsafe: say it without that name"));
	if (reason == RCC_REFUSAL_WRONG_STATE)
		return explain_state(facts, why);
	if (reason == RCC_REFUSAL_NOT_FOUND)
		return explain_missing(facts, why);
	if (reason == RCC_REFUSAL_NOT_LIVE)
		return explain_apart(facts, why);
	if (reason == RCC_REFUSAL_NO_POSITION && facts->incident != NULL)
		return say(why,
		           _("%s has no position, and no ship can be told where to go: give one first (rccctl classify "
		             "%s --pos POS --reason TEXT)"),
		           number, number);
	if ((reason == RCC_REFUSAL_PERSONS_OPEN || reason == RCC_REFUSAL_DUTIES_OPEN || reason == RCC_REFUSAL_UNTOLD ||
	     reason == RCC_REFUSAL_PARTS_OPEN) &&
	    facts->incident != NULL)
		return explain_open(facts, why);
	if (reason == RCC_REFUSAL_CANCEL_FIRST && facts->incident != NULL)
		return say(
		    why,
		    _("ships hold a call, a notice or an order of %s: tell them that it is over (rccctl cancel %s "
		      "--reason TEXT), then close it"),
		    number, number);
	return false;
}

bool
rcc_ctl_explain(struct rcc_ctl *ctl, const struct rcc_refused *refused, char why[RCC_CTL_WHY_SIZE])
{
	struct order order = {.reason = refused->reason, .field = refused->field};
	order.typed = ctl->operand_count > 0 ? ctl->operand[0] : "";
	struct facts facts = {.order = &order};
	take_order(ctl->message, &order);
	bool is_explained = look(ctl, &facts) && explain(&facts, why);
	json_decref(facts.incident);
	json_decref(facts.other);
	json_decref(facts.alert);
	return is_explained;
}

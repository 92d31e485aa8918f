/* Names of keys and numbers of incidents, learned from the views and from what happens. */
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/summary_internal.h"
#include "rcc/text.h"

void
rcc_ctl_names_set_peer(struct rcc_ctl_names *names, struct rcc_peer_id peer, const char *name)
{
	if (peer.v != 0 && peer.v <= RCC_PEERS_MAX)
		rcc_text_copy_lossy(names->peer[peer.v], sizeof names->peer[0], name, strlen(name));
}

void
rcc_ctl_names_set_incident(struct rcc_ctl_names *names, struct rcc_incident_id incident, uint32_t year, uint32_t number)
{
	names->incident[incident.v % RCC_CTL_NUMBERS_MAX] =
	    (struct rcc_ctl_known){.id = incident.v, .year = year, .number = number};
}

const struct rcc_ctl_known *
rcc_ctl_names_incident(const struct rcc_ctl_names *names, struct rcc_incident_id incident)
{
	const struct rcc_ctl_known *known = &names->incident[incident.v % RCC_CTL_NUMBERS_MAX];
	return incident.v != 0 && known->id == incident.v ? known : NULL;
}

static void
learn_position(struct rcc_ctl_names *names, struct rcc_incident_id incident, struct rcc_pos pos)
{
	struct rcc_ctl_known *known = &names->incident[incident.v % RCC_CTL_NUMBERS_MAX];
	if (known->id == incident.v)
		known->has_no_position = !rcc_pos_is_known(pos);
}

void
rcc_ctl_names_learn(struct rcc_ctl_names *names, const struct rcc_event *event)
{
	const struct rcc_incident_opened *opened = &event->u.opened;
	if (event->kind == RCC_EVENT_PEER_ENROLLED) {
		rcc_ctl_names_set_peer(names, event->u.enrolled.peer, event->u.enrolled.enrol.name);
	} else if (event->kind == RCC_EVENT_INCIDENT_OPENED) {
		rcc_ctl_names_set_incident(names, opened->incident, opened->year, opened->number);
		learn_position(names, opened->incident, opened->pos);
		names->incident[opened->incident.v % RCC_CTL_NUMBERS_MAX].is_test = opened->class == RCC_CLASS_TEST;
	} else if (event->kind == RCC_EVENT_POSITION_REVISED) {
		learn_position(names, event->u.revised.incident, event->u.revised.pos);
	} else if (event->kind == RCC_EVENT_INCIDENT_REVISED) {
		learn_position(names, event->u.incident.incident, event->u.incident.pos);
	}
}

static void
learn_incident(struct rcc_ctl_names *names, const json_t *row, const char *number)
{
	const char *mode = json_string_value(json_object_get(row, "mode"));
	const char *relay = json_string_value(json_object_get(row, "relay"));
	uint32_t id = (uint32_t)json_integer_value(json_object_get(row, "incident_id"));
	uint32_t year;
	uint32_t n;
	if (!rcc_ctl_number_parse(number, &year, &n))
		return;
	rcc_ctl_names_set_incident(names, (struct rcc_incident_id){.v = id}, year, n);
	struct rcc_ctl_known *known = &names->incident[id % RCC_CTL_NUMBERS_MAX];
	/* The word is there in every line; a position is there only when it is known. */
	known->has_no_position = relay != NULL && json_object_get(row, "lat") == NULL;
	known->is_test = mode != NULL && strcmp(mode, rcc_class_word(RCC_CLASS_TEST)) == 0;
}

void
rcc_ctl_names_learn_row(struct rcc_ctl_names *names, const json_t *row)
{
	const char *class_name = json_string_value(json_object_get(row, "class"));
	const char *name = json_string_value(json_object_get(row, "name"));
	const char *number = json_string_value(json_object_get(row, "incident"));
	if (class_name != NULL && strcmp(class_name, "PEER") == 0 && name != NULL) {
		json_int_t id = json_integer_value(json_object_get(row, "id"));
		rcc_ctl_names_set_peer(names, (struct rcc_peer_id){.v = (uint32_t)id}, name);
	} else if (class_name != NULL && strcmp(class_name, "INCIDENT") == 0 && number != NULL) {
		learn_incident(names, row, number);
	}
}

/* ---- how things are called ---- */

const char *
rcc_ctl_name_peer(const struct rcc_ctl_names *names, struct rcc_peer_id id, const char *nobody, char label[LABEL_SIZE])
{
	if (id.v == 0)
		return nobody;
	if (id.v <= RCC_PEERS_MAX && names->peer[id.v][0] != '\0')
		return names->peer[id.v];
	snprintf(label, LABEL_SIZE, "key %u", id.v);
	return label;
}

const char *
rcc_ctl_name_incident(const struct rcc_ctl_names *names, struct rcc_incident_id id, char label[LABEL_SIZE])
{
	const struct rcc_ctl_known *known = rcc_ctl_names_incident(names, id);
	if (known != NULL)
		snprintf(label, LABEL_SIZE, "%04u-%04u", known->year, known->number);
	else
		snprintf(label, LABEL_SIZE, "incident %u", id.v);
	return label;
}

const char *
rcc_ctl_name_vessel(struct rcc_mmsi mmsi, const char *name, char label[LABEL_SIZE])
{
	char number[RCC_MMSI_TEXT_SIZE];
	if (mmsi.v == 0)
		snprintf(label, LABEL_SIZE, "%s", name[0] != '\0' ? name : "vessel not known");
	else
		snprintf(label, LABEL_SIZE, "%s%s%s", rcc_mmsi_format(number, mmsi), name[0] != '\0' ? " " : "", name);
	return label;
}

const char *
rcc_ctl_name_place(struct rcc_pos pos, char text[RCC_POS_TEXT_SIZE])
{
	return rcc_pos_is_known(pos) ? rcc_pos_format(text, pos) : "position not known";
}

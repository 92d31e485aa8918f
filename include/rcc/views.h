/*
 * views.h - what officers, auditors and agencies may look at, and in which form.
 *
 * Bodies of messages, as orders.h. Part of message.h, which includes it; include that.
 */
#ifndef RCC_VIEWS_H
#define RCC_VIEWS_H

#include "rcc/types.h"

/* What `rccctl` can look at; the lines are JSON objects, docs/json.md is their contract. */
enum rcc_view_kind {
	RCC_VIEW_STATUS = 1,
	RCC_VIEW_VESSELS = 2, /* near + within_m, or mmsi, or all */
	RCC_VIEW_ALERTS = 3,
	RCC_VIEW_INCIDENTS = 4,
	RCC_VIEW_INCIDENT = 5,   /* id */
	RCC_VIEW_DELIVERIES = 6, /* id = incident */
	RCC_VIEW_PEERS = 7,
	RCC_VIEW_SUGGESTIONS = 8, /* which alerts may belong to which incidents, and why */
	RCC_VIEW_PLANS = 9,
	RCC_VIEW_FLOOD = 10,   /* id = peer: every alert of its flood; alerts show the group as one line */
	RCC_VIEW_TEXT = 11,    /* id = incident, form; lines of text */
	RCC_VIEW_PERSONS = 12, /* id = incident: where its persons are, and the balance */
	RCC_VIEW_NEEDS = 13,   /* id = incident, or 0 = every need that is still open */
	RCC_VIEW_RANK = 14,    /* id = incident: which ships could help, each term of the order, and who is left out */
	RCC_VIEW_PARITY = 15,  /* are ships told alike, by kind of owner? */
	RCC_VIEW_PROFILE = 16, /* mmsi: what she declares; 0 = every registered ship */
	RCC_VIEW_PLACES =
	    17, /* id = incident: its places of safety, what blocks each, and the deviation of each ship */
	RCC_VIEW_HANDOVERS = 18, /* id = incident, or 0 = all that are in memory */
	RCC_VIEW_DUTIES =
	    19, /* id = incident: the duty ledger, and each ship in it; 0 = what is overdue in open cases */
	RCC_VIEW_CLOSING = 20,   /* id = incident: what stands in the way of closing it as rescued */
	RCC_VIEW_SITREPS = 21,   /* id = incident: the situation reports that went out, with their entries */
	RCC_VIEW_NOTES = 22,     /* id = incident: its diary; what restricted notes say is left out */
	RCC_VIEW_CIRCULARS = 23, /* bulletins and conduct cards; id = broadcast: one, with the line of each ship */
	RCC_VIEW_REQUESTS = 24,  /* places of safety asked of other centres, and by them */
};
#define RCC_VIEW_LAST RCC_VIEW_REQUESTS
/* One record of a case, in the forms that people and other systems read. */
enum rcc_form {
	RCC_FORM_VOICE = 1, /* to be read out: MAYDAY RELAY, PAN PAN, SECURITE */
	RCC_FORM_NAVTEX = 2,
	RCC_FORM_CAP = 3,     /* OASIS CAP 1.2 */
	RCC_FORM_COT = 4,     /* Cursor on Target */
	RCC_FORM_GEOJSON = 5, /* RFC 7946 */
	RCC_FORM_SITREP = 6,  /* as the next one would go out, short form */
	RCC_FORM_SITREP_FULL = 7,
	RCC_FORM_SITREP_LAST = 8, /* the last one, as it went out */
	RCC_FORM_SEARCH_ACTION = 9,
	RCC_FORM_AFTER_ACTION = 10,
};
#define RCC_FORM_LAST RCC_FORM_AFTER_ACTION
struct rcc_view {
	enum rcc_view_kind what;
	uint32_t id; /* incident, where one is asked for; 0 = none */
	struct rcc_mmsi mmsi;
	struct rcc_pos near;
	uint32_t within_m;
	uint32_t from;      /* row to start from, 0 = the first; ViewRows.next of the page before */
	enum rcc_form form; /* TEXT; 0 otherwise */
	uint32_t station;   /* NAVTEX: the transmitter's letter, 'A' to 'Z'; 0 otherwise */
};

#endif

/* One table per enum: the word in every screen, story and JSON object. Index = value; a hole is NULL. */
#include <assert.h>
#include <string.h>

#include "proto/text_table.h"
#include "rcc/text.h"

static const char *const class_words[] = {NULL, "live", "test", "exercise"};
static const char *const role_words[] = {NULL,      "guest", "vessel", "feed",  "officer",
                                         "auditor", "admin", "peer",   "agency"};
static const char *const owner_words[] = {"not-stated", "merchant", "ngo", "fishing", "state", "pleasure"};
static const char *const source_words[] = {NULL,     "crew",      "ais-beacon", "ais-status", "ais-text", "dsc",
                                           "sit185", "beacon406", "officer",    "overdue",    "rcc"};
static const char *const nature_words[] = {"not-stated", "fire",          "flooding", "collision",    "grounding",
                                           "capsizing",  "sinking",       "adrift",   "undesignated", "abandoning",
                                           "piracy",     "man-overboard", "beacon"};
static const char *const beacon_kind_words[] = {"not-stated", "epirb", "elt", "plb"};
static const char *const category_words[] = {"not-stated", "routine", "safety", "urgency", "distress"};
static const char *const lane_words[] = {NULL, "incident", "quarantine", "needs-reading", "test", "dismissed"};
static const char *const verdict_words[] = {NULL, "match", "unenrolled", "revoked", "id-mismatch", "flood"};
static const char *const phase_words[] = {NULL, "uncertainty", "alert", "distress"};
static const char *const incident_status_words[] = {NULL, "new", "open", "closed", "suspended", "transferred"};
static const char *const outcome_words[] = {NULL, "rescued", "false-alert", "no-distress", "not-found", "joined"};
static const char *const broadcast_words[] = {NULL,         "distress-relay", "update",   "cancel",
                                              "suspended",  "missing-notice", "task",     "requisition",
                                              "coordinate", "release",        "bulletin", "conduct-card"};
static const char *const delivery_words[] = {NULL,   "queued",   "sent",      "stored",
                                             "read", "answered", "cancelled", "unreachable"};
static const char *const answer_words[] = {NULL, "proceeding", "unable", "need-detail", "on-scene", "done"};
static const char *const reason_words[] = {"none",       "disabled",     "danger-to-ship", "cargo-hazard", "too-far",
                                           "not-at-sea", "other-rescue", "released",       "other"};
static const char *const refusal_words[] = {NULL,
                                            "malformed",
                                            "range",
                                            "too-large",
                                            "unsupported",
                                            "not-allowed",
                                            "unknown-key",
                                            "not-found",
                                            "wrong-state",
                                            "duplicate",
                                            "full",
                                            "cancel-first",
                                            "no-position",
                                            "conflict",
                                            "version",
                                            "reason-missing",
                                            "degraded",
                                            "rate",
                                            "not-live",
                                            "restricted",
                                            "parts-open",
                                            "persons-open",
                                            "duties-open",
                                            "untold",
                                            "place-unchecked",
                                            "place-unsafe",
                                            "two-officers",
                                            "in-distress",
                                            "is-over",
                                            "still-open",
                                            "all-ships",
                                            "none-complies",
                                            "too-many"};

static const char *const join_words[] = {NULL,      "mmsi",     "opened", "overflow", "beacon",  "epirb-ais",
                                         "officer", "callsign", "name",   "near",     "contact", "left-on"};
static const char *const join_texts[] = {NULL,
                                         "same MMSI",
                                         "opened",
                                         "the table of incidents is full",
                                         "same beacon",
                                         "two halves of one EPIRB",
                                         "an officer said so",
                                         "same call sign",
                                         "same name",
                                         "near in space and time",
                                         "same caller",
                                         "the beacon of a case that is over: left on?"};
static const char *const form_words[] = {NULL,          "voice",         "navtex",      "cap",
                                         "cot",         "geojson",       "sitrep",      "sitrep-full",
                                         "sitrep-last", "search-action", "after-action"};
static const char *const plan_words[] = {NULL, "file", "report", "arrived", "cancel"};

/* By bit, as RCC_ALERT_*. */
static const struct {
	const char *word, *text;
} marks[] = {
    {"needs-reading", "it could not be read by a machine: read the bytes"},
    {"self-cancel", "the sender withdraws it"},
    {"time-future", "its time, or that of its position, is still to come"},
    {"checksum-wrong", "its checksum or code is wrong: a digit may be another"},
    {"relayed", "heard through another station"},
    {"revision", "adds to the call before it"},
    {"acknowledged", "a station has told the casualty that it was heard"},
    {"restricted", "ship security: for officers alone, never for ships"},
    {"raw-cut", "only the beginning is shown; the record holds the whole"},
    {"pos-confirmed", "the source says which of its places is right"},
    {"time-stale", "its time, or that of its position, is long past"},
    {"pos-jump", "farther from its last position than anything afloat moves"},
    {"pos-zero", "at 0 N 0 E, where receivers without a fix put themselves"},
    {"pos-inland", "far inland, more than 60 nm from any water that ships sail"},
    {"contact-lost", "the caller's particulars could not be sealed and are not in the record: note them on paper"},
    {"coded-test", "CONTRADICTION: said to be a distress, and the beacon's identity is coded as a test"},
};
static_assert((1u << COUNT_OF(marks)) - 1 == RCC_ALERT_MARKS_ALL, "a word for each mark");

/* What the person whose message was refused can do now. */
static const char *const refusal_texts[] = {
    NULL,
    "The message could not be read; send it again, and use another channel if this repeats.",
    "A value in the message is outside its range; correct the named field and send it again.",
    "The message or one of its fields is too long; shorten it and send it again.",
    "The centre does not know this kind of message; update the program, and use another channel meanwhile.",
    "Your key is not allowed to do this; ask the centre for the role it takes.",
    "Your key is not enrolled; give your public key to the centre.",
    "There is no such vessel, alert, incident or delivery; check the number.",
    "It cannot be done in its present state; look at it again before you decide.",
    "That name, key or MMSI is already enrolled; revoke the old one or choose another.",
    "A fixed table of the centre is full; tell the watch officer by voice.",
    "Ships still hold a call, a notice or an order of this incident; cancel it before you close it.",
    "No position is known; give one first.",
    "This message number was used before for other words; send it again as a new message.",
    "Your program and the centre have no protocol version in common; update the older one.",
    "A reason is required; state one and send it again.",
    "The centre cannot record anything now; use another channel and keep sending.",
    "Too many messages in a short time; wait and send again.",
    "Tests and exercises are kept out of what is live; nothing was done.",
    "It is a ship security alert: for officers alone, never for ships or for a case that ships hear of.",
    "Sub-incidents of this mass rescue are still open; close them first.",
    "Not every person is accounted for; say what became of each (persons), or suspend the case.",
    "Duties of this case are still open; settle each, or say why it falls away (duty).",
    "Somebody who was told of it has not been told that it is over; tell them another way, and write it down.",
    "Not all four checks of this place are answered yes (place checked); or two officers decide, each with a reason.",
    "It is flagged unsafe, or a fear of it has not been reviewed (place reviewed); or two officers decide, with "
    "reasons.",
    "It takes two enrolled officers under names of their own, and you are the one who spoke first; ask another one.",
    "She is in distress herself, in this case or in another: she is helped, and neither asked nor counted as help.",
    "The ships have been told that it is over; call them anew first (relay or resume), then give the order.",
    "The case is still open: a final report is made once it is closed.",
    "Persons are still in danger, and this would let every ship go; release her by name, or say why all may go.",
    "No requisitioned ship complies yet (SOLAS V/33.3); release a ship by name.",
    "There are not so many persons; look at how many they are (persons), and send it again.",
};

static_assert(COUNT_OF(class_words) == RCC_CLASS_LAST + 1, "a word for each");
static_assert(COUNT_OF(role_words) == RCC_ROLE_LAST + 1, "a word for each");
static_assert(COUNT_OF(owner_words) == RCC_OWNER_LAST + 1, "a word for each");
static_assert(COUNT_OF(source_words) == RCC_SOURCE_LAST + 1, "a word for each");
static_assert(COUNT_OF(nature_words) == RCC_NATURE_LAST + 1, "a word for each");
static_assert(COUNT_OF(beacon_kind_words) == RCC_BEACON_LAST + 1, "a word for each");
static_assert(COUNT_OF(category_words) == RCC_CATEGORY_LAST + 1, "a word for each");
static_assert(COUNT_OF(lane_words) == RCC_LANE_LAST + 1, "a word for each");
static_assert(COUNT_OF(verdict_words) == RCC_VERDICT_LAST + 1, "a word for each");
static_assert(COUNT_OF(phase_words) == RCC_PHASE_LAST + 1, "a word for each");
static_assert(COUNT_OF(incident_status_words) == RCC_INCIDENT_STATUS_LAST + 1, "a word for each");
static_assert(COUNT_OF(outcome_words) == RCC_OUTCOME_LAST + 1, "a word for each");
static_assert(COUNT_OF(broadcast_words) == RCC_BROADCAST_LAST + 1, "a word for each");
static_assert(COUNT_OF(delivery_words) == RCC_DELIVERY_LAST + 1, "a word for each");
static_assert(COUNT_OF(answer_words) == RCC_ANSWER_LAST + 1, "a word for each");
static_assert(COUNT_OF(reason_words) == RCC_REASON_LAST + 1, "a word for each");
static_assert(COUNT_OF(refusal_words) == RCC_REFUSAL_LAST + 1, "a word for each");
static_assert(COUNT_OF(join_words) == RCC_JOIN_LAST + 1, "a word for each");
static_assert(COUNT_OF(join_texts) == RCC_JOIN_LAST + 1, "words for each");
static_assert(COUNT_OF(plan_words) == RCC_PLAN_ACTION_LAST + 1, "a word for each");
static_assert(COUNT_OF(form_words) == RCC_FORM_LAST + 1, "a word for each");
static_assert(COUNT_OF(refusal_texts) == RCC_REFUSAL_LAST + 1, "a sentence for each");

DEFINE_WORD(class, enum rcc_class)
DEFINE_WORD(role, enum rcc_role)
DEFINE_WORD(owner, enum rcc_owner_kind)
DEFINE_WORD(source, enum rcc_source)
DEFINE_WORD(nature, enum rcc_nature)
DEFINE_WORD(beacon_kind, enum rcc_beacon_kind)
DEFINE_WORD(category, enum rcc_category)
DEFINE_WORD(lane, enum rcc_lane)
DEFINE_WORD(verdict, enum rcc_verdict)
DEFINE_WORD(phase, enum rcc_phase)
DEFINE_WORD(incident_status, enum rcc_incident_status)
DEFINE_WORD(outcome, enum rcc_outcome)
DEFINE_WORD(broadcast, enum rcc_broadcast_kind)
DEFINE_WORD(delivery, enum rcc_delivery_state)
DEFINE_WORD(answer, enum rcc_answer_kind)
DEFINE_WORD(reason, enum rcc_reason)
DEFINE_WORD(refusal, enum rcc_refusal)
DEFINE_WORD(join, enum rcc_join)
DEFINE_WORD(plan, enum rcc_plan_action)
DEFINE_WORD(form, enum rcc_form)

DEFINE_PARSE(class, enum rcc_class)
DEFINE_PARSE(role, enum rcc_role)
DEFINE_PARSE(owner, enum rcc_owner_kind)
DEFINE_PARSE(source, enum rcc_source)
DEFINE_PARSE(beacon_kind, enum rcc_beacon_kind)
DEFINE_PARSE(category, enum rcc_category)
DEFINE_PARSE(phase, enum rcc_phase)
DEFINE_PARSE(plan, enum rcc_plan_action)
DEFINE_PARSE(form, enum rcc_form)
DEFINE_PARSE(nature, enum rcc_nature)
DEFINE_PARSE(outcome, enum rcc_outcome)
DEFINE_PARSE(answer, enum rcc_answer_kind)
DEFINE_PARSE(reason, enum rcc_reason)

const char *
rcc_refusal_text(enum rcc_refusal v)
{
	const char *text = "The message was refused for a reason that this version does not know.";
	if ((unsigned)v < COUNT_OF(refusal_texts) && refusal_texts[v] != NULL)
		text = refusal_texts[v];
	return text;
}

const char *
rcc_join_text(enum rcc_join v)
{
	return word_of(join_texts, COUNT_OF(join_texts), (unsigned)v);
}

static size_t
mark_index(uint32_t mark)
{
	size_t i = 0;

	while (i < COUNT_OF(marks) && (mark & (1u << i)) == 0)
		i++;
	return i;
}

const char *
rcc_mark_word(uint32_t mark)
{
	size_t i = mark_index(mark);

	return i < COUNT_OF(marks) ? marks[i].word : "unknown";
}

const char *
rcc_mark_text(uint32_t mark)
{
	size_t i = mark_index(mark);

	return i < COUNT_OF(marks) ? marks[i].text : "unknown";
}

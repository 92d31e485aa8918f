#define _POSIX_C_SOURCE 200809L
/* What a ship was shown of a case, who acknowledged it and when, and what she answered: from her own store, in the order of time. */
#include "crew/logbook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "librcc/i18n.h"
#include "librcc/persons_words.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

/* ---- what came ---- */

static void
tell_place(struct rcc_logbook *book, const struct rcc_delivery_msg *delivery)
{
	char pos[RCC_POS_TEXT_SIZE], time[32];

	for (uint32_t i = 0; delivery->candidate_count > 1 && i < delivery->candidate_count; i++) {
		rcc_logbook_say(book, _("Possible position: %s"), rcc_crew_pos_words(pos, delivery->candidate[i].pos));
	}
	if (delivery->candidate_count < 2 && delivery->pos_at_ms == 0) {
		rcc_logbook_say(book, _("Position: %s, its time not known"), rcc_crew_pos_words(pos, delivery->pos));
	} else if (delivery->candidate_count < 2) {
		rcc_logbook_say(book, _("Position: %s, as of %s"), rcc_crew_pos_words(pos, delivery->pos),
		                rcc_crew_time(time, delivery->pos_at_ms));
	}
	if (delivery->range_m != RCC_RANGE_UNKNOWN_M) {
		rcc_logbook_say(book, _("Distance from our ship, as the centre reckoned it: %.1f NM"),
		                (double)delivery->range_m / RCC_M_PER_NM);
	}
}

static void
tell_row(struct rcc_logbook *book, const struct rcc_crew *crew, const struct rcc_inbox_row *row, bool is_answered)
{
	const struct rcc_delivery_msg *delivery = &row->delivery;
	const char *lines[RCC_CREW_DUTY_LINES_MAX];
	char what[RCC_CREW_LINE_MAX], time[32], mmsi[RCC_MMSI_TEXT_SIZE], persons[32];

	snprintf(what, sizeof what, "%s%s, %04u-%04u", rcc_crew_class_mark(delivery->class),
	         rcc_crew_kind_words(delivery), delivery->incident_year, delivery->incident_number);
	rcc_logbook_entry(book, row->stored_at_ms, _("RECEIVED"), what);
	if (row->is_lost) {
		rcc_logbook_say(book, "%s",
		                _("The centre's record was set back behind this: it knows nothing of it any more"));
	}
	rcc_logbook_say(book, _("Issued %s by %s, delivery %u, revision %u"),
	                rcc_crew_time(time, delivery->issued_at_ms), delivery->centre, delivery->number,
	                delivery->revision);
	rcc_logbook_say(book, _("Nature: %s; craft: %s, MMSI %s; persons: %s"),
	                rcc_crew_term(rcc_nature_word(delivery->nature)),
	                delivery->name[0] != '\0' ? delivery->name : _("name unknown"),
	                rcc_mmsi_format(mmsi, delivery->casualty), rcc_crew_number_words(persons, delivery->persons));
	tell_place(book, delivery);
	if (delivery->text[0] != '\0') {
		rcc_logbook_say(book, _("Text: %s"), delivery->text);
	}
	rcc_logbook_say(book, "%s", rcc_crew_duty_lines(crew, delivery, lines) > 0 ? lines[0] : "");
	if (row->read_at_ms != 0) {
		rcc_logbook_say(book, _("Acknowledged %s by %s"), rcc_crew_time(time, row->read_at_ms), row->read_by);
	} else if (is_answered) {
		rcc_logbook_say(book, "%s", _("Answered, as follows"));
	} else {
		rcc_logbook_say(book, "%s", _("Not acknowledged by anybody"));
	}
}

/* ---- what we said ---- */

static void
tell_answer(struct rcc_logbook *book, const struct rcc_answer *answer)
{
	if (answer->kind == RCC_ANSWER_PROCEEDING && answer->eta_min != RCC_ETA_UNKNOWN_MIN) {
		rcc_logbook_say(book, _("Time to the scene: %u h %02u min"), answer->eta_min / 60,
		                answer->eta_min % 60);
	}
	if (answer->kind == RCC_ANSWER_UNABLE) {
		rcc_logbook_say(book, _("Reason (SOLAS V/33.1): %s"), rcc_crew_reason_words(answer->reason));
	}
	if (answer->text[0] != '\0') {
		rcc_logbook_say(book, _("In our words: %s"), answer->text);
	}
	rcc_logbook_say(book, _("Said by %s"), answer->by[0] != '\0' ? answer->by : "-");
}

/* Counts alone: the words of a report may name somebody, and are with the centre. */
static void
tell_survivors(struct rcc_logbook *book, const struct rcc_survivors *said)
{
	char persons[RCC_PERSONS_WORDS_SIZE];

	rcc_logbook_say(book, _("Aboard: %llu persons: %s; dead: %u"),
	                (unsigned long long)rcc_persons_sum(&said->aboard), rcc_persons_words(persons, &said->aboard),
	                said->dead);
	if (said->next_port[0] != '\0') {
		rcc_logbook_say(book, _("Bound for: %s"), said->next_port);
	}
	if (said->text[0] != '\0') {
		rcc_logbook_say(book, "%s", _("With a remark, which the centre has"));
	}
}

static void
tell_alert(struct rcc_logbook *book, const struct rcc_alert *alert)
{
	char pos[RCC_POS_TEXT_SIZE], persons[32];

	rcc_logbook_say(book, _("Nature: %s; position: %s; persons: %s"), rcc_crew_term(rcc_nature_word(alert->nature)),
	                rcc_crew_pos_words(pos, alert->pos), rcc_crew_number_words(persons, alert->persons));
	if (alert->text[0] != '\0') {
		rcc_logbook_say(book, _("In our words: %s"), alert->text);
	}
}

static const char *
word_of(const struct rcc_envelope *message)
{
	if (message->kind == RCC_BODY_ANSWER) {
		return rcc_crew_answer_words(message->u.answer.kind);
	}
	if (message->kind == RCC_BODY_SURVIVORS) {
		return _("REPORT OF SURVIVORS");
	}
	if (message->kind == RCC_BODY_NEED) {
		return _("REQUEST");
	}
	if (message->kind == RCC_BODY_PLACE) {
		return _("PLACE OF SAFETY");
	}
	if (message->kind == RCC_BODY_NOTE) {
		return message->u.note.kind == RCC_NOTE_SCENE ? _("WEATHER AND SEA ON SCENE") : _("OBSERVATION");
	}
	return (message->u.alert.marks & RCC_ALERT_SELF_CANCEL) != 0 ? _("WITHDRAWAL OF OUR OWN DISTRESS")
	                                                             : _("OUR OWN DISTRESS");
}

static void
tell_body(struct rcc_logbook *book, const struct rcc_envelope *message)
{
	const struct rcc_need *need = &message->u.need;
	const struct rcc_place *place = &message->u.place;

	if (message->kind == RCC_BODY_ANSWER) {
		tell_answer(book, &message->u.answer);
	} else if (message->kind == RCC_BODY_SURVIVORS) {
		tell_survivors(book, &message->u.survivors);
	} else if (message->kind == RCC_BODY_ALERT) {
		tell_alert(book, &message->u.alert);
	} else if (message->kind == RCC_BODY_NEED) {
		rcc_logbook_say(book, need->quantity != 0 ? _("%s: %s, quantity %u") : "%s: %s",
		                rcc_crew_term(rcc_need_word(need->kind)),
		                rcc_crew_term(rcc_need_state_word(need->state)), need->quantity);
	} else if (message->kind == RCC_BODY_PLACE) {
		rcc_logbook_say(book, "%s: %s", place->name, rcc_crew_term(rcc_place_word(place->step)));
	} else if (message->kind == RCC_BODY_NOTE) {
		rcc_logbook_say(book, _("In our words: %s"), message->u.note.text);
	}
	if (message->kind == RCC_BODY_PLACE && place->step == RCC_PLACE_OBJECTED) {
		rcc_logbook_say(book, _("In our words: %s"), place->text);
	}
}

/* An answer to an order to a place leaves what was said of the case as it was: which call it was to is part of it. */
static void
tell_answered(struct rcc_logbook *book, struct rcc_crew *crew, const struct rcc_answer *answer)
{
	struct rcc_inbox_row row;

	if (answer->number == 0 || rcc_client_inbox(crew->client, answer->number, &row) != RCC_OK ||
	    row.delivery.incident.v != answer->incident.v) {
		return;
	}
	bool is_of_order = answer->kind == RCC_ANSWER_UNABLE || answer->kind == RCC_ANSWER_PROCEEDING;
	bool is_order_alone =
	    is_of_order && row.delivery.kind == RCC_BROADCAST_TASK && rcc_crew_is_of_place(row.delivery.text);
	rcc_logbook_say(book,
	                is_order_alone ? _("To delivery %u, %s: of that order alone, and not of the case")
	                               : _("To delivery %u, %s"),
	                answer->number, rcc_crew_kind_words(&row.delivery));
}

static void
tell_posted(struct rcc_logbook *book, struct rcc_crew *crew, const struct rcc_envelope *message,
            const struct rcc_posted *posted)
{
	char what[RCC_CREW_LINE_MAX], time[32];

	snprintf(what, sizeof what, "%s%s", rcc_crew_class_mark(message->class), word_of(message));
	rcc_logbook_entry(book, posted->posted_at_ms, _("SENT"), what);
	if (message->kind == RCC_BODY_ANSWER) {
		tell_answered(book, crew, &message->u.answer);
	}
	tell_body(book, message);
	if (posted->entry_seq != 0) {
		rcc_logbook_say(book, _("Recorded by the centre %s, entry %llu%s"),
		                rcc_crew_time(time, posted->entry_at_ms), (unsigned long long)posted->entry_seq,
		                posted->is_signed ? _(", signed receipt") : "");
	} else if (posted->refusal != 0) {
		rcc_logbook_say(book, _("Refused by the centre: %s"), rcc_crew_term(rcc_refusal_text(posted->refusal)));
	} else {
		rcc_logbook_say(book, "%s", _("Not confirmed by the centre so far"));
	}
}

/* ---- the extract ---- */

/* Which case an extract is of, and when it began: our own distress has no number until the centre gives it one. */
struct extract {
	struct rcc_crew *crew;
	struct rcc_incident_id incident, ours; /* ours: the case of our distress that was passed last */
	bool is_ours;
	enum rcc_class class;
	int64_t row; /* of the inbox, told last */
	struct rcc_envelope *message;
	struct rcc_posted posted;
};

static bool
is_about(struct extract *extract, const struct rcc_envelope *message, const struct rcc_posted *posted)
{
	uint32_t incident = 0;

	if (message->kind == RCC_BODY_ALERT && posted->incident.v != 0) {
		extract->ours = posted->incident;
		return posted->incident.v == extract->incident.v;
	}
	/* What withdraws a distress is of the one before it. */
	if (message->kind == RCC_BODY_ALERT && (message->u.alert.marks & RCC_ALERT_SELF_CANCEL) != 0 &&
	    extract->ours.v != 0) {
		return extract->ours.v == extract->incident.v;
	}
	if (message->kind == RCC_BODY_ALERT) {
		/* An exercise of ours belongs into no live case, nor a distress into a drill. */
		return extract->is_ours && message->class == extract->class;
	}
	if (message->kind == RCC_BODY_ANSWER) {
		incident = message->u.answer.incident.v;
	} else if (message->kind == RCC_BODY_SURVIVORS) {
		incident = message->u.survivors.incident.v;
	} else if (message->kind == RCC_BODY_NEED) {
		incident = message->u.need.incident.v;
	} else if (message->kind == RCC_BODY_PLACE) {
		incident = message->u.place.incident.v;
	} else if (message->kind == RCC_BODY_NOTE) {
		incident = message->u.note.incident.v;
	}
	return incident == extract->incident.v;
}

static bool
next_row(struct extract *extract, struct rcc_inbox_row *row)
{
	while (rcc_client_inbox_after(extract->crew->client, extract->row, row) == RCC_OK) {
		extract->row = row->row;
		if (row->delivery.incident.v == extract->incident.v) {
			return true;
		}
	}
	return false;
}

static bool
next_word(struct extract *extract)
{
	while (rcc_client_posted(extract->crew->client, extract->posted.row, extract->message, &extract->posted) ==
	       RCC_OK) {
		if (is_about(extract, extract->message, &extract->posted)) {
			return true;
		}
	}
	return false;
}

static void
write_extract(struct rcc_logbook *book, struct extract *extract, const char *title)
{
	const struct rcc_crew_settings *settings = &extract->crew->settings;
	struct rcc_inbox_row row;
	char ship[160], mmsi[RCC_MMSI_TEXT_SIZE];

	/* A line is left for what was not set up: an extract is signed by hand. */
	snprintf(ship, sizeof ship, _("Ship: %s, MMSI %s. All times are UTC."),
	         settings->name[0] != '\0' ? settings->name : "____________________",
	         settings->mmsi.v != 0 ? rcc_mmsi_format(mmsi, settings->mmsi) : "_________");
	rcc_logbook_begin(book, title, ship);
	bool has_row = next_row(extract, &row), has_word = next_word(extract);
	while (has_row || has_word) {
		if (has_row && (!has_word || row.stored_at_ms <= extract->posted.posted_at_ms)) {
			/* Who answers it has read it. */
			bool is_answered = has_word && extract->message->kind == RCC_BODY_ANSWER &&
			                   (extract->message->u.answer.number == 0 ||
			                    extract->message->u.answer.number == row.delivery.number);
			tell_row(book, extract->crew, &row, is_answered);
			has_row = next_row(extract, &row);
		} else {
			tell_posted(book, extract->crew, extract->message, &extract->posted);
			has_word = next_word(extract);
		}
	}
	rcc_logbook_end(book, _("Made from this ship's own store. The counts name nobody; what was written as a remark "
	                        "stands as it was written. The signed evidence "
	                        "pack (`rcc-crew pack`) proves the same to a stranger."));
}

/* A file of its own: what it says is for the master. */
static FILE *
open_output(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (file == NULL) {
		rcc_crew_complain(_("%s: cannot be written: %s"), path, strerror(errno));
		if (fd >= 0) {
			close(fd);
		}
	}
	return file;
}

static int
write_to(struct extract *extract, const struct rcc_parsed *parsed, const char *title)
{
	const char *path = parsed->value[CREW_OUTPUT];
	struct rcc_logbook book = {.file = stdout, .is_html = parsed->value[CREW_HTML] != NULL};

	if (path != NULL) {
		book.file = open_output(path);
	}
	if (book.file == NULL) {
		return RCC_EXIT_FAILED;
	}
	write_extract(&book, extract, title);
	bool is_good = ferror(book.file) == 0;
	if (path != NULL) {
		is_good = fclose(book.file) == 0 && is_good;
		if (is_good) {
			rcc_crew_say(extract->crew, _("written to %s"), path);
		}
	}
	if (!is_good) {
		rcc_crew_complain(_("%s: cannot be written: %s"), path != NULL ? path : "-", strerror(errno));
	}
	return is_good ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

int
rcc_crew_log(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *which = rcc_crew_operand(parsed, 1);
	struct rcc_inbox_row row;
	char title[120];

	if (which == NULL) {
		rcc_crew_complain("%s", _("log INC|latest [--html] [-o FILE]"));
		return RCC_EXIT_USAGE;
	}
	if (!rcc_crew_find_incident(crew, which, &row)) {
		return RCC_EXIT_FAILED;
	}
	struct extract extract = {.crew = crew,
	                          .incident = row.delivery.incident,
	                          .class = row.delivery.class,
	                          .is_ours =
	                              row.delivery.casualty.v != 0 && row.delivery.casualty.v == crew->settings.mmsi.v,
	                          .message = calloc(1, sizeof *extract.message)};
	if (extract.message == NULL) {
		rcc_crew_complain("%s", _("no memory"));
		return RCC_EXIT_FAILED;
	}
	snprintf(title, sizeof title, _("%sExtract for the ship's log book: incident %04u-%04u"),
	         rcc_crew_class_mark(row.delivery.class), row.delivery.incident_year, row.delivery.incident_number);
	int exit_code = write_to(&extract, parsed, title);
	free(extract.message);
	return exit_code;
}

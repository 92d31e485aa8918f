/*
 * projection_internal.h - the statements that write projections, and who runs them. For projection*.c alone.
 */
#ifndef RCC_JOURNAL_PROJECTION_INTERNAL_H
#define RCC_JOURNAL_PROJECTION_INTERNAL_H

#include "journal/projection.h"

/* X(name, SQL): parameters are bound in the order of the text. */
#define RCC_PROJECTION_SQL(X)                                                                                          \
	X(MESSAGE_PUT, "INSERT OR IGNORE INTO message(sender_key, message_id, seq, fingerprint) VALUES(?, ?, ?, ?)")   \
	X(PEER_PUT, "INSERT OR REPLACE INTO peer(enrolled_seq, enrolled_at_ms, peer_id, name, role, mmsi, owner_kind," \
	            " key_z85) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")                                                        \
	X(PEER_REVOKE, "UPDATE peer SET revoked_seq = ?, revoked_at_ms = ?, revoked_reason = ? WHERE peer_id = ?")     \
	X(PEER_REKEY, "UPDATE peer SET key_z85 = ? WHERE peer_id = ?")                                                 \
	X(PEER_FLOOD, "UPDATE peer SET flood_at_ms = ? WHERE peer_id = ?")                                             \
	X(PEER_DRILL, "UPDATE peer SET drill_until_ms = ? WHERE peer_id = ?")                                          \
	X(SUGGESTION_PUT, "INSERT OR REPLACE INTO suggestion(alert_id, incident_id, seq, reason, score)"               \
	                  " VALUES(?, ?, ?, ?, ?)")                                                                    \
	X(DIARY_PUT, "INSERT OR REPLACE INTO diary(seq, event, written_at_ms, incident_id, what, text)"                \
	             " VALUES(?, ?, ?, ?, ?, ?)")                                                                      \
	X(SUGGESTION_END, "UPDATE suggestion SET settled_seq = ? WHERE alert_id = ?")                                  \
	X(ALERT_HOME, "UPDATE alert SET incident_id = ?, joined_by = ?, lane = ?, moved_reason = ?"                    \
	              " WHERE alert_id = ?")                                                                           \
	X(INCIDENT_REVISE,                                                                                             \
	  "UPDATE incident SET casualty_mmsi = ?, nature = ?, persons = ?, name = ?, lat_e7 = ?, lon_e7 = ?,"          \
	  " pos_at_ms = ?, pos_radius_m = ? WHERE incident_id = ?")                                                    \
	X(INCIDENT_PLACES, "UPDATE incident SET places_count = ?, is_conflict = ? WHERE incident_id = ?")              \
	X(INCIDENT_PHASE,                                                                                              \
	  "UPDATE incident SET phase = ?, phase_by_peer_id = ?, phase_reason = ? WHERE incident_id = ?")               \
	X(INCIDENT_SUSPEND,                                                                                            \
	  "UPDATE incident SET status = ?, suspended_at_ms = ?, review_at_ms = ?, review_due_at_ms = NULL,"            \
	  " suspended_reason = ? WHERE incident_id = ?")                                                               \
	X(INCIDENT_RESUME,                                                                                             \
	  "UPDATE incident SET status = ?, resumed_at_ms = ?, review_at_ms = NULL, review_due_at_ms = NULL,"           \
	  " closed_seq = NULL, closed_at_ms = NULL, outcome = NULL, closed_by_peer_id = NULL, closed_reason = NULL"    \
	  " WHERE incident_id = ?")                                                                                    \
	X(INCIDENT_REVIEW, "UPDATE incident SET review_due_at_ms = ? WHERE incident_id = ?")                           \
	X(INCIDENT_GROUP, "UPDATE incident SET parent_incident_id = ? WHERE incident_id = ?")                          \
	X(PLAN_PUT,                                                                                                    \
	  "INSERT OR REPLACE INTO plan(filed_seq, filed_at_ms, plan_id, mmsi, name, persons, lat_e7, lon_e7,"          \
	  " eta_at_ms, interval_min, text, due_at_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                     \
	X(PLAN_HEARD, "UPDATE plan SET heard_at_ms = ?, due_at_ms = ?, overdue_at_ms = NULL WHERE plan_id = ?")        \
	X(PLAN_ENDED, "UPDATE plan SET ended_at_ms = ?, ended_by = ? WHERE plan_id = ?")                               \
	X(PLAN_OVERDUE, "UPDATE plan SET overdue_at_ms = ? WHERE plan_id = ?")                                         \
	X(PEER_SILENCE, "UPDATE peer SET silent_since_ms = ?, position_heard_at_ms = ? WHERE peer_id = ?")             \
	X(ALERT_PUT, "INSERT OR REPLACE INTO alert(recorded_seq, recorded_at_ms, last_signal_at_ms, alert_id, lane,"   \
	             " verdict, sender_peer_id, sender_key_z85, source, class, casualty_mmsi, relay_mmsi, nature,"     \
	             " lat_e7, lon_e7, pos_at_ms, pos_radius_m, persons, marks_bits, name, callsign, text, raw,"       \
	             " category, beacon, places_count, signals_count)"                                                 \
	             " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")       \
	X(ALERT_REPEAT, "UPDATE alert SET last_signal_at_ms = ?, signals_count = ? WHERE alert_id = ?")                \
	X(ALERT_MOVE, "UPDATE alert SET lat_e7 = ?, lon_e7 = ?, pos_at_ms = ? WHERE alert_id = ?")                     \
	X(ALERT_DECIDE, "UPDATE alert SET decided_at_ms = ?, decision = ?, decided_by_peer_id = ?,"                    \
	                " decision_reason = ?, lane = coalesce(?, lane) WHERE alert_id = ?")                           \
	X(ALERT_ESCALATE, "UPDATE alert SET escalated_at_ms = ? WHERE alert_id = ?")                                   \
	X(ALERT_JOIN, "UPDATE alert SET incident_id = ?, joined_by = ?, lane = ? WHERE alert_id = ?")                  \
	X(INCIDENT_PUT, "INSERT OR REPLACE INTO incident(opened_seq, opened_at_ms, incident_id, number, status,"       \
	                " first_alert_id, class, phase, source, nature, casualty_mmsi, name, persons, lat_e7, lon_e7," \
	                " pos_at_ms, pos_radius_m, is_restricted)"                                                     \
	                " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                               \
	X(INCIDENT_MOVE, "UPDATE incident SET lat_e7 = ?, lon_e7 = ?, pos_at_ms = ?, pos_radius_m = ?"                 \
	                 " WHERE incident_id = ?")                                                                     \
	X(INCIDENT_UNHOLD, "UPDATE incident SET relay_held_at_ms = NULL WHERE incident_id = ?")                        \
	X(INCIDENT_REHOLD, "UPDATE incident SET relay_held_at_ms = ? WHERE incident_id = ?")                           \
	X(INCIDENT_FACTS,                                                                                              \
	  "UPDATE incident SET nature = ?, persons = ?, name = ?, casualty_mmsi = ? WHERE incident_id = ?")            \
	X(INCIDENT_RAISE, "UPDATE incident SET phase = ?, source = ? WHERE incident_id = ?")                           \
	X(INCIDENT_SCHEDULE, "UPDATE incident SET relay_due_at_ms = ? WHERE incident_id = ?")                          \
	X(INCIDENT_HOLD, "UPDATE incident SET relay_held_at_ms = ?, relay_held_by_peer_id = ?, relay_held_reason = ?"  \
	                 " WHERE incident_id = ?")                                                                     \
	X(INCIDENT_OVERDUE, "UPDATE incident SET no_position_overdue_at_ms = ? WHERE incident_id = ?")                 \
	X(INCIDENT_ACT, "UPDATE incident SET status = ? WHERE incident_id = ? AND status = ?")                         \
	X(INCIDENT_STATUS, "UPDATE incident SET status = ? WHERE incident_id = ?")                                     \
	X(INCIDENT_CLOSE,                                                                                              \
	  "UPDATE incident SET status = ?, closed_seq = ?, closed_at_ms = ?, outcome = ?, closed_by_peer_id = ?,"      \
	  " closed_reason = ? WHERE incident_id = ?")                                                                  \
	X(BROADCAST_PUT, "INSERT OR REPLACE INTO broadcast(issued_seq, issued_at_ms, broadcast_id, incident_id, kind," \
	                 " revision, by_peer_id, is_verified, lat_e7, lon_e7, pos_at_ms, pos_radius_m, text,"          \
	                 " expires_at_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                           \
	X(NOTICE_EXPIRE, "UPDATE broadcast SET expired_at_ms = ? WHERE broadcast_id ="                                 \
	                 " (SELECT max(broadcast_id) FROM broadcast WHERE incident_id = ?)")                           \
	X(BROADCAST_SHORT,                                                                                             \
	  "UPDATE broadcast SET ships_without_line = coalesce(ships_without_line, 0) + ? WHERE broadcast_id = ?")      \
	X(CALL_PUT, "INSERT OR REPLACE INTO call_list(broadcast_id, place, mmsi, lat_e7, lon_e7, range_m,"             \
	            " bearing_ddeg, eta_min) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")                                          \
	X(DELIVERY_PUT, "INSERT OR REPLACE INTO delivery(queued_at_ms, broadcast_id, peer_id, number, is_called_on,"   \
	                " range_m, bearing_ddeg, eta_min) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")                             \
	X(DELIVERY_SENT, "UPDATE delivery SET sent_at_ms = coalesce(sent_at_ms, ?)"                                    \
	                 " WHERE peer_id = ? AND number = ?")                                                          \
	X(DELIVERY_STORED, "UPDATE delivery SET stored_at_ms = ?, stored_ship_clock_ms = ?"                            \
	                   " WHERE peer_id = ? AND number <= ? AND stored_at_ms IS NULL")                              \
	X(DELIVERY_READ, "UPDATE delivery SET read_at_ms = ?, read_ship_clock_ms = ?, read_by = ?"                     \
	                 " WHERE peer_id = ? AND number = ? AND read_at_ms IS NULL")                                   \
	X(DELIVERY_ANSWER, "UPDATE delivery SET answered_at_ms = coalesce(answered_at_ms, ?)"                          \
	                   " WHERE peer_id = ? AND number = ?")                                                        \
	X(DELIVERY_FLAG, "UPDATE delivery SET flagged_at_ms = coalesce(flagged_at_ms, ?) WHERE peer_id = ? AND"        \
	                 " number = ?")                                                                                \
	X(DELIVERY_UNREACHABLE, "UPDATE delivery SET unreachable_at_ms = coalesce(unreachable_at_ms, ?)"               \
	                        " WHERE peer_id = ? AND number = ?")                                                   \
	X(ANSWER_PUT, "INSERT OR REPLACE INTO answer(seq, event, answered_at_ms, peer_id, ship_mmsi,"                  \
	              " incident_id, delivery_number, answer, reason, eta_min, by, text)"                              \
	              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")

#define RCC_STATEMENT_NAME(name, sql) RCC_SQL_##name,
enum rcc_projection_statement { RCC_PROJECTION_SQL(RCC_STATEMENT_NAME) RCC_SQL_STATEMENTS };
#undef RCC_STATEMENT_NAME
_Static_assert(RCC_SQL_STATEMENTS == RCC_PROJECTION_STATEMENTS, "projection.h has room for every statement");

/* An event on its way into the tables. */
struct rcc_writing {
	struct rcc_projection *projection;
	uint64_t seq;
	int64_t at_ms;
	uint32_t event; /* place in its entry, from 1 */
};

/* What was heard and decided: peers, alerts, incidents (projection_case.c). */
RCC_MUST_USE int rcc_project_peer(const struct rcc_writing *w, const struct rcc_peer_enrolled *enrolled);
RCC_MUST_USE int rcc_project_rekeyed(const struct rcc_writing *w, const struct rcc_peer_rekeyed *rekeyed);
RCC_MUST_USE int rcc_project_revoked(const struct rcc_writing *w, const struct rcc_peer_revoked *revoked);
RCC_MUST_USE int rcc_project_silence(const struct rcc_writing *w, const struct rcc_peer_silence *silence,
                                     bool is_silent);
RCC_MUST_USE int rcc_project_alert(const struct rcc_writing *w, const struct rcc_alert_recorded *alert);
RCC_MUST_USE int rcc_project_repeat(const struct rcc_writing *w, const struct rcc_alert_repeated *repeated);
RCC_MUST_USE int rcc_project_decision(const struct rcc_writing *w, const struct rcc_alert_decided *decided);
RCC_MUST_USE int rcc_project_join(const struct rcc_writing *w, const struct rcc_alert_joined *joined);
RCC_MUST_USE int rcc_project_time(const struct rcc_writing *w, enum rcc_projection_statement statement, uint32_t id);
RCC_MUST_USE int rcc_project_incident(const struct rcc_writing *w, const struct rcc_incident_opened *opened);
RCC_MUST_USE int rcc_project_position(const struct rcc_writing *w, const struct rcc_position_revised *revised);
RCC_MUST_USE int rcc_project_facts(const struct rcc_writing *w, const struct rcc_facts_revised *facts);
RCC_MUST_USE int rcc_project_raise(const struct rcc_writing *w, const struct rcc_phase_raised *raised);
RCC_MUST_USE int rcc_project_schedule(const struct rcc_writing *w, const struct rcc_relay_scheduled *scheduled);
/* An officer has acted: a new incident is open from now on. */
RCC_MUST_USE int rcc_project_act(const struct rcc_writing *w, struct rcc_incident_id incident);
RCC_MUST_USE int rcc_project_hold(const struct rcc_writing *w, const struct rcc_relay_held *held);
/* Events of orders, suggestions, plans and drills; projection_order.c. */
RCC_MUST_USE int rcc_project_order(const struct rcc_writing *w, const struct rcc_event *event);
/* The work of an incident, one line for each event; projection_work.c. */
RCC_MUST_USE int rcc_project_work(const struct rcc_writing *w, const struct rcc_event *event);
RCC_MUST_USE int rcc_project_close(const struct rcc_writing *w, const struct rcc_incident_closed *closed);

#endif

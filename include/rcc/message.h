/*
 * message.h - what two programs say to each other: one envelope, one body.
 *
 * Why:    ships, feeds, officers and the daemon agree on plain values here; proto/wire.h turns them into bytes and
 *         back and checks every bound once. The same bodies travel inside a command (command.h).
 * Text:   NUL-terminated UTF-8 without control characters, zero-filled to the end of its array.
 */
#ifndef RCC_MESSAGE_H
#define RCC_MESSAGE_H

#include "rcc/types.h"

/* ---- from ships and feeds ---- */

/* First message of a connection. */
struct rcc_hello {
	uint32_t protocol_min, protocol_max;
	char version[RCC_BUILD_MAX + 1];
	uint32_t delivery_stored;  /* highest delivery number on the client's disk without a gap; 0 = none */
	uint32_t outbox_waiting;   /* messages not yet accepted */
	uint32_t byte_budget_h;    /* bytes an hour that the link may cost; 0 = not limited */
	uint32_t wants_deliveries; /* 0: a one-shot tool that will not store what it is sent */
	/* When the centre issued delivery_stored; 0 = not known. Another time: it is of a record that the centre has lost. */
	int64_t stored_issued_at_ms;
};

/* One dynamic report of one vessel: ITU-R M.1371-5 messages 1-3, 18, 19, 27, or a ship's own GNSS. */
struct rcc_report {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;    /* never unknown here: a report without a valid position is not sent */
	int64_t at_ms;         /* when the feed received it, by the feed's clock */
	uint32_t sog_dkn;      /* 0..1022, RCC_SOG_UNKNOWN_DKN */
	uint32_t cog_ddeg;     /* 0..3599, RCC_COG_UNKNOWN_DDEG */
	uint32_t heading_deg;  /* 0..359, RCC_HEADING_UNKNOWN_DEG */
	uint32_t nav_status;   /* 0..15 */
	uint32_t message_type; /* AIS message number 1..27, 0 = own GNSS */
};

/* What a vessel says of itself: ITU-R M.1371-5 messages 5, 19, 24. Empty or 0 = not stated. */
struct rcc_static {
	struct rcc_mmsi mmsi;
	char name[RCC_NAME_MAX + 1];
	char callsign[RCC_CALLSIGN_MAX + 1];
	uint32_t imo;
	uint32_t ship_type;                                       /* 0..255 */
	uint32_t to_bow_m, to_stern_m, to_port_m, to_starboard_m; /* 0..511, 0..63 */
	uint32_t draught_dm;                                      /* 0..255 */
	uint32_t message_type;
};

struct rcc_position_batch {
	uint32_t count; /* 1..RCC_BATCH_MAX */
	struct rcc_report report[RCC_BATCH_MAX];
};

struct rcc_static_batch {
	uint32_t count; /* 1..RCC_BATCH_MAX */
	struct rcc_static vessel[RCC_BATCH_MAX];
};

/* What became of everything that a feed has heard since it was started; rcc.proto tells each count. */
struct rcc_tally {
	int64_t since_at_ms;
	uint64_t lines, texts, waiting;
	uint64_t alert, raw, report, vessel_data, own; /* handed on */
	uint64_t repeats, routine, garbled, incomplete, unreadable, withheld, other;
	uint64_t replaced, unsent;            /* of what was handed on */
	char last_why[RCC_TALLY_WHY_MAX + 1]; /* what the latest line that nobody understood is counted as; "" = none */
	uint32_t last_len;
	uint8_t last[RCC_TALLY_LAST_MAX]; /* its beginning */
	int64_t last_at_ms;
};

/* Marks on an alert that a person must see; none of them stops it. */
#define RCC_ALERT_NEEDS_READING 1u   /* the bytes could not be decoded */
#define RCC_ALERT_SELF_CANCEL 2u     /* the sender withdraws it; lowers nothing by itself */
#define RCC_ALERT_TIME_FUTURE 4u     /* it, or its position, is of a time to come */
#define RCC_ALERT_CHECKSUM_WRONG 8u  /* checksum, or BCH code of a beacon */
#define RCC_ALERT_RELAYED 16u        /* heard of through another station (`relay`) */
#define RCC_ALERT_REVISION 32u       /* adds to what was said before (DSE) */
#define RCC_ALERT_ACKNOWLEDGED 64u   /* a station (`relay`) told the casualty that it was heard */
#define RCC_ALERT_RESTRICTED 128u    /* ship security: for officers alone, never broadcast (SOLAS XI-2/6) */
#define RCC_ALERT_RAW_CUT 256u       /* `raw` is the beginning; the record holds the whole */
#define RCC_ALERT_POS_CONFIRMED 512u /* the source has resolved which of its candidates is right */
#define RCC_ALERT_TIME_STALE 1024u   /* it, or its position, is old */
#define RCC_ALERT_POS_JUMP 2048u     /* farther from where it was than anything afloat moves */
#define RCC_ALERT_POS_ZERO 4096u     /* at 0 N 0 E, where receivers without a fix put themselves */
#define RCC_ALERT_POS_INLAND 8192u   /* far from any water that ships sail */
/* The caller's particulars could not be sealed: they are not in the record. */
#define RCC_ALERT_CONTACT_LOST 16384u
/* The text says distress, the coded identity of the beacon says test: no machine acts upon it (docs/adr/0022). */
#define RCC_ALERT_CODED_TEST 32768u
#define RCC_ALERT_MARKS_ALL 65535u
/* Those that doubt its time or place: whoever goes there is told. */
#define RCC_ALERT_DOUBTS                                                                                               \
	(RCC_ALERT_TIME_FUTURE | RCC_ALERT_TIME_STALE | RCC_ALERT_POS_JUMP | RCC_ALERT_POS_ZERO | RCC_ALERT_POS_INLAND)

/* One of several places where it may be; they are never averaged. */
struct rcc_candidate {
	struct rcc_pos pos;
	uint32_t percent; /* probability as the source states it; 0 = not stated */
};

/* A DSE refinement in ten-thousandths of a minute, 0..9999 each; 0 = none (IEC 61162-1 DSE code 00). */
#define RCC_REFINE(lat, lon) (1u + (lat)*10000u + (lon))
#define RCC_REFINE_MAX 100000000u
/* The last four digits of an EPIRB's AIS number (ITU-R M.585: 974XXYYYY) that its 406 MHz message tells; 0 = none. */
#define RCC_EPIRB_LINK(digits) (1u + (digits))
#define RCC_EPIRB_LINK_MAX 10000u

/*
 * One signal or report of persons in danger. Sender, relaying station and casualty are three different things.
 * Unknown position, nature or identity never stops an alert.
 */
struct rcc_alert {
	enum rcc_source source;
	enum rcc_class class; /* a test signal stays a test, whatever the envelope says */
	struct rcc_mmsi casualty;
	struct rcc_mmsi relay; /* station through which it was heard */
	enum rcc_nature nature;
	struct rcc_pos pos;    /* may be unknown */
	int64_t pos_at_ms;     /* when it was there, by the source's clock */
	uint32_t pos_radius_m; /* uncertainty; 0 = not stated */
	uint32_t persons;      /* on board or in the water; 0 = not stated */
	uint32_t marks;        /* RCC_ALERT_* */
	char name[RCC_NAME_MAX + 1];
	char callsign[RCC_CALLSIGN_MAX + 1];
	char text[RCC_TEXT_MAX + 1];
	enum rcc_category category;
	char beacon[RCC_BEACON_MAX + 1]; /* identity of a 406 MHz beacon: 15 or 23 hexadecimal digits in capitals */
	uint32_t epirb_link;             /* RCC_EPIRB_LINK(last four digits of its AIS number); 0 = none */
	uint32_t refine;                 /* RCC_REFINE(...), with RCC_ALERT_REVISION; 0 = none */
	int64_t signal_at_ms;            /* when it was called or detected, as its source says; 0 = not stated */
	enum rcc_beacon_kind beacon_kind;
	uint32_t candidate_count; /* 0, or 2 and more: `pos` is then the likeliest of them */
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	uint64_t contact; /* tag of a caller's number: the same number has the same tag; 0 = none. Set by the daemon */
	uint32_t sealed_len; /* the caller's particulars, sealed by the daemon */
	uint8_t sealed[RCC_SEALED_MAX];
	uint32_t raw_len;
	uint8_t raw[RCC_RAW_MAX]; /* as received, verbatim */
};

/* A sentence or text that the sender could not or would not decode. */
struct rcc_alert_raw {
	char source_name[RCC_SOURCE_NAME_MAX + 1]; /* "dsc", "dse", "sit185", ... */
	uint32_t raw_len;                          /* 1..RCC_RAW_WIRE_MAX */
	uint8_t raw[RCC_RAW_WIRE_MAX];
};

/* Every delivery up to this number is on the ship's disk. */
struct rcc_stored {
	uint32_t number;
	int64_t stored_at_ms; /* the ship's clock */
	int64_t issued_at_ms; /* of that delivery, as the centre told it; 0 = not known */
};

/* A named person has read it. */
struct rcc_read {
	uint32_t number;
	int64_t read_at_ms; /* the ship's clock */
	char by[RCC_NAME_MAX + 1];
	int64_t issued_at_ms; /* of that delivery, as the centre told it; 0 = not known */
};

/* A master's answer (SOLAS V/33.1: proceed, or a reason why not). */
struct rcc_answer {
	struct rcc_incident_id incident;
	uint32_t number; /* the delivery answered; 0 = none in particular */
	enum rcc_answer_kind kind;
	enum rcc_reason reason; /* required with RCC_ANSWER_UNABLE */
	uint32_t eta_min;       /* minutes from sending, or RCC_ETA_UNKNOWN_MIN */
	char by[RCC_NAME_MAX + 1];
	char text[RCC_TEXT_MAX + 1];
	struct rcc_mmsi ship; /* who answers, when an officer types what was said by radio; a ship's own: 0 */
	int64_t issued_at_ms; /* of the delivery answered, as the centre told it; 0 = not known */
};

#include "rcc/orders.h"
#include "rcc/profile.h"
#include "rcc/views.h"
#include "rcc/work.h"

/* Entries of the journal from a number on. */
struct rcc_catchup {
	uint64_t from_seq; /* 1.. */
	uint32_t max;      /* 1..RCC_CATCHUP_MAX */
};

/* A ship asks for its own evidence pack of a case; pages of it come as ViewRows. */
struct rcc_pack_ask {
	struct rcc_incident_id incident;
	uint32_t from; /* byte to go on from, 0 = make it; ViewRows.next of the page before */
};

/* ---- from the daemon ---- */

#define RCC_SIGNATURE_SIZE 64
struct rcc_signature {
	uint8_t b[RCC_SIGNATURE_SIZE];
};

#define RCC_JOURNAL_ID_SIZE 16
struct rcc_journal_id {
	uint8_t b[RCC_JOURNAL_ID_SIZE];
};

struct rcc_welcome {
	uint32_t protocol;
	char centre[RCC_NAME_MAX + 1];
	char version[RCC_BUILD_MAX + 1];
	uint32_t beat_ms;
	struct rcc_link head;
	struct rcc_journal_id journal;
	struct rcc_key sign_key; /* Ed25519: verifies receipts and checkpoints */
	uint32_t deliveries_waiting;
	struct rcc_peer_id peer; /* who we take you for; 0 = guest */
	enum rcc_role role;
	uint32_t training;              /* 1: a centre for training, where recorded cases may be played as exercises */
	struct rcc_key next_server_key; /* CURVE: the centre's from a later day on; zero: none is announced */
	int64_t at_ms;                  /* what time it is there; 0 = not said */
};

/* The sender's receipt: sent after the commit. */
struct rcc_accepted {
	struct rcc_link entry;
	uint32_t
	    is_signed; /* 1 for alerts, answers, survivors, and a ship's words of a place: the master holds proof */
	struct rcc_signature signature; /* proto/chain.h rcc_receipt_* */
	struct rcc_alert_id alert;      /* 0 = the message raised none */
	struct rcc_incident_id incident;
	char contact[RCC_TEXT_MAX + 1]; /* answers Unseal: particulars, or a note's words; never in an entry */
	uint32_t restricted;            /* 1: the case is for officers alone: no ship hears of it */
	uint32_t contact_lost; /* 1: the report is recorded, the caller's particulars are not: note them on paper */
	uint32_t request;      /* a place of safety is asked of another centre under this number; 0 = it is not */
};

struct rcc_refused {
	enum rcc_refusal reason;
	char field[RCC_FIELD_MAX + 1]; /* empty = the message as a whole */
	char text[RCC_TEXT_MAX + 1];   /* one sentence that says what to do */
	uint64_t seq;                  /* entry that recorded the refusal; 0 = not recorded */
};

/* It may or may not be recorded: use another channel, keep sending. */
struct rcc_not_confirmed {
	char text[RCC_TEXT_MAX + 1];
};
#define RCC_PERSONS_LEFT_UNKNOWN UINT32_MAX
/* A broadcast as one ship gets it. */
struct rcc_delivery_msg {
	uint32_t number; /* per ship, gap-free, from 1 */
	struct rcc_broadcast_id broadcast;
	struct rcc_incident_id incident;
	uint32_t incident_year, incident_number; /* YYYY-NNNN as people say it */
	enum rcc_broadcast_kind kind;
	enum rcc_class class;
	uint32_t revision;
	int64_t issued_at_ms;
	enum rcc_source source;
	enum rcc_nature nature;
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	uint32_t persons;
	uint32_t verified; /* 0: no person has verified it yet */
	uint32_t range_m;  /* RCC_RANGE_UNKNOWN_M */
	uint32_t bearing_ddeg;
	uint32_t eta_min;
	uint32_t called_on; /* 1: called on to respond; 0: informed */
	uint32_t replaced;  /* 1: a later delivery replaces it; store it, do not sound it */
	uint32_t attempt;   /* 1 = first time sent */
	char text[RCC_TEXT_MAX + 1];
	char centre[RCC_NAME_MAX + 1];
	uint32_t
	    candidate_count; /* 0, or 2 and more: it may be at each of these places; range and ETA are to the nearest */
	uint32_t doubts;     /* RCC_ALERT_DOUBTS: why the place may be wrong */
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	int64_t expires_at_ms; /* a notice asks for a look-out until then; 0 = it stands until it is replaced */
	uint32_t
	    overtaken_from; /* numbers from here to this one's were overtaken before she had them, and will not come; 0 = none */
	uint32_t persons_left; /* of `persons`, at risk or missing when it was sent; RCC_PERSONS_LEFT_UNKNOWN */
	uint32_t aboard; /* survivors counted aboard her when it was sent: her duty to them outlasts her release */
};

struct rcc_checkpoint {
	struct rcc_journal_id journal;
	struct rcc_link link;
	struct rcc_signature signature;
};

struct rcc_beat {
	int64_t at_ms;
	struct rcc_link head;
	uint32_t degraded;              /* 1: nothing can be recorded now */
	uint32_t delivery_last;         /* highest delivery number made for this ship */
	struct rcc_key next_server_key; /* as in Welcome */
};

/* One page of a view: `bytes` holds lines, each ended by \n. */
struct rcc_view_rows {
	uint32_t next; /* ask again from here; 0 = that was all */
	uint32_t len;
	char bytes[RCC_VIEW_BYTES_MAX + 1];
};

/* One entry as stored and as hashed. The payload is borrowed: see wire.h. */
struct rcc_entry_bytes {
	struct rcc_link link;
	uint32_t payload_len;
	const uint8_t *payload;
};

/* ---- the envelope ---- */

enum rcc_body_kind {
	RCC_BODY_HELLO = 10,
	RCC_BODY_POSITION = 11,
	RCC_BODY_POSITION_BATCH = 12,
	RCC_BODY_STATIC_BATCH = 13,
	RCC_BODY_ALERT = 14,
	RCC_BODY_ALERT_RAW = 15,
	RCC_BODY_STORED = 16,
	RCC_BODY_READ = 17,
	RCC_BODY_ANSWER = 18,
	RCC_BODY_PLAN = 19,
	RCC_BODY_DRILL = 20,
	RCC_BODY_SURVIVORS = 21,
	RCC_BODY_NEED = 22,
	RCC_BODY_PROFILE = 23,
	RCC_BODY_PLACE = 24,
	RCC_BODY_ADMIT = 25,
	RCC_BODY_FEED_TALLY = 26,
	RCC_BODY_CENTRE = 27,
	RCC_BODY_PACK = 28,
	RCC_BODY_PLACE_REQUEST = 29,
	RCC_BODY_ENROL = 30,
	RCC_BODY_REVOKE = 31,
	RCC_BODY_RELAY = 32,
	RCC_BODY_CANCEL = 33,
	RCC_BODY_CLOSE = 34,
	RCC_BODY_DECIDE = 35,
	RCC_BODY_OPEN = 36,
	RCC_BODY_PHASE = 37,
	RCC_BODY_SUSPEND = 38,
	RCC_BODY_RESUME = 39,
	RCC_BODY_VIEW = 40,
	RCC_BODY_CATCHUP = 41,
	RCC_BODY_CLASSIFY = 42,
	RCC_BODY_JOIN = 43,
	RCC_BODY_SPLIT = 44,
	RCC_BODY_GROUP = 45,
	RCC_BODY_UNSEAL = 46,
	RCC_BODY_TASK = 47,
	RCC_BODY_PERSONS = 48,
	RCC_BODY_REFERRAL = 49,
	RCC_BODY_NOTE = 50,
	RCC_BODY_SMC = 51,
	RCC_BODY_WATCH = 52,
	RCC_BODY_COMMS = 53,
	RCC_BODY_SITREP = 54,
	RCC_BODY_HANDOVER = 55,
	RCC_BODY_DUTY = 56,
	RCC_BODY_CIRCULAR = 57,
	RCC_BODY_REQUEST = 58,
	RCC_BODY_RETENTION = 59,
	RCC_BODY_WELCOME = 60,
	RCC_BODY_ACCEPTED = 61,
	RCC_BODY_REFUSED = 62,
	RCC_BODY_NOT_CONFIRMED = 63,
	RCC_BODY_DELIVERY = 64,
	RCC_BODY_CHECKPOINT = 65,
	RCC_BODY_BEAT = 66,
	RCC_BODY_VIEW_ROWS = 67,
	RCC_BODY_ENTRY = 68,
	RCC_BODY_INVITE = 69,
	RCC_BODY_REKEY = 70,
};
#define RCC_BODY_LAST RCC_BODY_REKEY

/* One message in either direction; about 1 MB: keep one per program. `reply_to` is zero unless the daemon answers. */
struct rcc_envelope {
	uint32_t protocol;
	struct rcc_msg_id id;
	struct rcc_msg_id reply_to;
	int64_t claimed_at_ms;
	enum rcc_class class;
	enum rcc_body_kind kind;
	union {
		struct rcc_hello hello;
		struct rcc_report position;
		struct rcc_position_batch positions;
		struct rcc_static_batch statics;
		struct rcc_alert alert;
		struct rcc_alert_raw alert_raw;
		struct rcc_stored stored;
		struct rcc_read read;
		struct rcc_answer answer;
		struct rcc_enrol enrol;
		struct rcc_revoke revoke;
		struct rcc_invite invite;
		struct rcc_admission admit;
		struct rcc_rekey rekey;
		struct rcc_relay relay;
		struct rcc_cancel cancel;
		struct rcc_close close;
		struct rcc_decide decide;
		struct rcc_plan plan;
		struct rcc_drill drill;
		struct rcc_tally tally;
		struct rcc_open open;
		struct rcc_set_phase phase;
		struct rcc_suspend suspend;
		struct rcc_resume resume;
		struct rcc_classify classify;
		struct rcc_join_order join;
		struct rcc_split split;
		struct rcc_group group;
		struct rcc_unseal unseal;
		struct rcc_survivors survivors;
		struct rcc_need need;
		struct rcc_place place;
		struct rcc_task task;
		struct rcc_move_persons persons;
		struct rcc_referral referral;
		struct rcc_note note;
		struct rcc_smc smc;
		struct rcc_watch watch;
		struct rcc_comms comms;
		struct rcc_circular circular;
		struct rcc_sitrep sitrep;
		struct rcc_pack_ask pack;
		struct rcc_handover handover;
		struct rcc_centre centre;
		struct rcc_place_request place_request;
		struct rcc_request_order request;
		struct rcc_retention retention;
		struct rcc_duty_order duty;
		struct rcc_profile_order profile;
		struct rcc_view view;
		struct rcc_catchup catchup;
		struct rcc_welcome welcome;
		struct rcc_accepted accepted;
		struct rcc_refused refused;
		struct rcc_not_confirmed not_confirmed;
		struct rcc_delivery_msg delivery;
		struct rcc_checkpoint checkpoint;
		struct rcc_beat beat;
		struct rcc_view_rows rows;
		struct rcc_entry_bytes entry;
	} u;
};

#endif

/*
 * limits.h - every maximum in one place, each with its reason.
 *
 * A limit met is never silent: the sender is refused with the field's name, or an event that an officer sees
 * is recorded. Sizes are in bytes unless the name says otherwise; text limits exclude the final NUL.
 */
#ifndef RCC_LIMITS_H
#define RCC_LIMITS_H

/* ---- wire ---- */

/* One envelope from a ship or feed, before unpacking and before authentication (libzmq allocates on the claimed size). */
#define RCC_MESSAGE_MAX 16384
/* One envelope on the operations port and the local socket: officers read long views. */
#define RCC_MESSAGE_OPERATIONS_MAX 1048576
/* One envelope from a guest (unknown key): a distress and nothing else fits. */
#define RCC_MESSAGE_GUEST_MAX 2048
/* One entry's payload: an alert to RCC_PEERS_MAX ships is some 600 kB. */
#define RCC_PAYLOAD_MAX 2097152
/* Reports in one PositionBatch; a full batch stays under 3 kB. */
#define RCC_BATCH_MAX 64
/* Lines and bytes in one page of a view. */
#define RCC_VIEW_LINES_MAX 4096
#define RCC_VIEW_BYTES_MAX 983040
/* Entries in one page of journal catch-up: with its closing beat it fits the queue of 64 that one reader may fill. */
#define RCC_CATCHUP_MAX 48
/* Memory that unpacking one envelope may use: 64 kB of empty sub-messages became 1.57 MB when measured. */
#define RCC_UNPACK_ARENA_MAX 65536
/* The same for an entry, which is ours but may come from a damaged file. */
#define RCC_UNPACK_ENTRY_ARENA_MAX 8388608
/* Protocol versions that this build speaks. */
#define RCC_PROTOCOL_MIN 1
#define RCC_PROTOCOL_MAX 1

/* ---- text ---- */

#define RCC_NAME_MAX 40    /* a ship's or officer's name; AIS allows 20, registers more */
#define RCC_CALLSIGN_MAX 8 /* ITU-R M.1371-5 allows 7 */
#define RCC_TEXT_MAX 400   /* a description, remark or reason */
#define RCC_RAW_MAX 3072   /* kept in memory of what was received: a long SIT 185 text; the record holds the whole */
#define RCC_RAW_WIRE_MAX 12288  /* a text on its way to us; with its envelope it fits RCC_MESSAGE_MAX */
#define RCC_BEACON_MAX 23       /* hexadecimal digits of a beacon's identity: 15 or 23 (C/S T.001, T.018) */
#define RCC_CANDIDATES_MAX 4    /* places that one signal, or a case, may have at the same time */
#define RCC_SEALED_MAX 192      /* sealed particulars: a caller's name and number, and what sealing adds */
#define RCC_SOURCE_NAME_MAX 24  /* name of a raw source: "dsc", "sit185" */
#define RCC_NOTE_SEALED_MAX 464 /* sealed words of a note, and what sealing adds */
#define RCC_COMPANY_TEXT_MAX 80 /* of a ship's company: where it is reached, which policy it has */
#define RCC_CONTACT_MAX 120     /* a caller: name and number */
#define RCC_BUILD_MAX 64        /* program version and commit */
#define RCC_FIELD_MAX 40        /* name of a refused field */
#define RCC_ENDPOINT_MAX 255

/* ---- core state: fixed tables, so that nothing is allocated once the daemon runs ---- */

#define RCC_TALLY_LAST_MAX 80   /* bytes: beginning of a line that a feed did not hand on */
#define RCC_TALLY_WHY_MAX 16    /* bytes: what it was counted as */
#define RCC_INVITATIONS_MAX 128 /* that nobody has used yet */
#define RCC_INVITATION_MAX_MS (30LL * 24 * 3600 * 1000)
#define RCC_INVITE_CODE_SIZE 16   /* 128 bits: nobody guesses one */
#define RCC_PEERS_MAX 12288       /* enrolled keys, revoked ones included: 10,000 ships, feeds and officers */
#define RCC_INCIDENTS_MAX 1024    /* in memory; closed ones leave first, the journal keeps them */
#define RCC_ALERTS_MAX 8192       /* in memory, likewise */
#define RCC_BROADCASTS_MAX 4096   /* in memory, likewise */
#define RCC_DELIVERIES_MAX 262144 /* broadcast x ship: 26 broadcasts to 10,000 ships */
/* Of them, for the words that a case is over and that a ship is released: nothing else takes these. */
#define RCC_BROADCASTS_KEPT 64
#define RCC_DELIVERIES_KEPT RCC_PEERS_MAX
/* Lines of bulletins and cards have room of their own: they never take that of calls. All of a fleet, twice over. */
#define RCC_CIRCULAR_LINES_MAX 32768
#define RCC_DELIVERY_SLOTS (RCC_DELIVERIES_MAX + RCC_CIRCULAR_LINES_MAX)
#define RCC_DEDUP_MAX 65536   /* recent message ids; the journal knows the older ones */
#define RCC_ANSWERS_MAX 16384 /* latest answer per incident and ship */
#define RCC_PLANS_MAX 4096    /* sailing plans of ships under way */
#define RCC_ABOARD_MAX 4096 /* ships and places that hold persons of cases in memory: four a case, 256 in a large one */
#define RCC_NOTES_MAX 2048  /* notes of the diary in memory: the newest; the journal keeps all */
#define RCC_NEEDS_MAX 4096  /* needs of cases in memory: four a case, likewise */
#define RCC_PERSONS_MAX 100000   /* persons in one count: the largest passenger ships carry some 10,000 */
#define RCC_CONTACT_MIN_MAX 1440 /* a contact timer: once a day at least */
#define RCC_REPORT_MAX 8192      /* bytes of a situation report as it went out */
#define RCC_SITREPS_MAX 16       /* of a case, listed with their entries; the record holds all */
#define RCC_ACTIONS_MAX 4        /* latest noted actions of a case, with their words */
#define RCC_PROFILE_ROWS_MAX 64  /* values in one profile message: more than the table has */
#define RCC_DUTIES_MAX 32768     /* lines of the duty ledger: 100 open cases that call on 300 ships each */
#define RCC_DUTIES_LOW 4096      /* free lines below which closed cases leave memory */
/* Of them, for the duty to tell the end, one a case: nothing else takes these. */
#define RCC_DUTIES_KEPT RCC_INCIDENTS_MAX
#define RCC_DUTY_AGAIN_MAX 16     /* lines of one duty of one debtor in a case: beyond, the newest is opened again */
#define RCC_DUTY_RULES_MAX 40     /* numbers of rules in duties.def */
#define RCC_PLACES_MAX 2048       /* places of safety of cases in memory: two a case, most need one */
#define RCC_PLACE_SHIPS_MAX 2048  /* ships of which something is said at such a place: likewise */
#define RCC_PLACES_OF_CASE_MAX 64 /* of one case: more ports than any coast offers, and no case takes the room of all */
#define RCC_SHIPS_OF_PLACE_MAX 32 /* of one place: its withdrawal from all of them fits one entry */
#define RCC_EXTRA_NM_MAX 21600    /* a deviation for a place of safety: once round the earth is a typing error */
#define RCC_EXTRA_H_MAX 8784      /* hours of it: a year, likewise */
#define RCC_CENTRES_MAX 64        /* other centres that cases may be handed to */
#define RCC_HANDOVERS_MAX 128     /* handovers in memory; settled ones leave first */
#define RCC_REQUESTS_MAX 32       /* places of safety asked between centres, in memory; settled ones leave first */
#define RCC_REQUESTS_OF_CENTRE_MAX 8 /* of them unsettled and asked by one centre: others have room too */
#define RCC_HOLDS_MAX 64             /* cases on legal hold: they do not leave memory */
#define RCC_SUGGESTIONS_MAX 3        /* incidents that an alert may belong to: more help nobody to decide */

/* ---- entries ---- */

#define RCC_DELIVERY_ROWS_MAX 64 /* recipients in one DELIVERIES_QUEUED event */
#define RCC_SENT_ROWS_MAX 64     /* deliveries in one DELIVERIES_SENT event */
#define RCC_CALL_ROWS_MAX 32     /* ships on one call list: more cannot be called by hand */
#define RCC_WATCH_ITEMS_MAX 64   /* open cases listed when the watch is handed over */
#define RCC_EVENTS_MAX 256       /* RCC_PEERS_MAX / RCC_DELIVERY_ROWS_MAX = 192, and the rest of the entry */
#define RCC_SCENE_SHIPS_MAX (RCC_PEERS_MAX + RCC_CALL_ROWS_MAX)

/* ---- turn ---- */

#define RCC_TURN_MAX 256 /* messages taken in one turn: bounds latency and the size of one commit */

#endif

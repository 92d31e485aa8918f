/*
 * story.h - a story: who is there, what they say and when, in a text that a watch officer can review.
 *
 * One format, two players: story_core.c steps the core on a fake clock, story_live.c plays the same lines against a running
 * rccd. Both print the same trace: "MM:SS < what came in, = what happened, > what went out".
 */
#ifndef RCC_SIM_STORY_H
#define RCC_SIM_STORY_H

#include "rcc/message.h"

#define RCC_STORY_ACTORS_MAX 64
#define RCC_STORY_ACTIONS_MAX 512
#define RCC_STORY_CONFIG_MAX 4096
#define RCC_STORY_LINE_MAX 4096

struct rcc_story_actor {
	char name[RCC_NAME_MAX + 1];
	enum rcc_role role; /* RCC_ROLE_GUEST is not enrolled; RCC_ROLE_ADMIN is the centre itself */
	struct rcc_mmsi mmsi;
	enum rcc_owner_kind owner;
	bool is_offline; /* at the start */
};

enum rcc_story_verb {
	RCC_STORY_SAY = 1,    /* sends `message` */
	RCC_STORY_AGAIN = 2,  /* sends the actor's last message again: same id, same bytes */
	RCC_STORY_ONLINE = 3, /* the ship connects and says Hello */
	RCC_STORY_OFFLINE = 4,
	RCC_STORY_ENROL = 5, /* an actor that was declared with "later" */
	RCC_STORY_END = 6,
};

/* Where another centre of a story is: nobody answers there. */
#define RCC_STORY_PEER_ENDPOINT "tcp://127.0.0.1:9"

/* The bodies that a story can say; the envelope is filled from it. */
struct rcc_story_message {
	enum rcc_body_kind kind;
	enum rcc_class class;
	union {
		struct rcc_report position;
		struct rcc_alert alert;
		struct rcc_alert_raw alert_raw;
		struct rcc_stored stored;
		struct rcc_read read;
		struct rcc_answer answer;
		struct rcc_relay relay;
		struct rcc_cancel cancel;
		struct rcc_close close;
		struct rcc_decide decide;
		struct rcc_revoke revoke;
		struct rcc_plan plan;
		struct rcc_drill drill;
		struct rcc_open open;
		struct rcc_set_phase phase;
		struct rcc_suspend suspend;
		struct rcc_resume resume;
		struct rcc_classify classify;
		struct rcc_join_order join;
		struct rcc_split split;
		struct rcc_group group;
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
		struct rcc_handover handover;
		struct rcc_centre centre;
		struct rcc_request_order request;
		struct rcc_place_request place_request;
		struct rcc_duty_order duty;
		struct rcc_retention retention;
		struct rcc_profile_order profile;
	} u;
};

struct rcc_story_action {
	int64_t at_ms; /* since the start */
	uint32_t actor, line;
	enum rcc_story_verb verb;
	struct rcc_story_message message;
};

struct rcc_story {
	char title[RCC_TEXT_MAX + 1];
	char relay_config[RCC_STORY_CONFIG_MAX]; /* rules of the story as rccd.conf settings */
	char rules_config[RCC_STORY_CONFIG_MAX];
	uint32_t actor_count, action_count;
	struct rcc_story_actor actor[RCC_STORY_ACTORS_MAX]; /* [0] is "centre" */
	bool is_later[RCC_STORY_ACTORS_MAX];                /* enrolled by the story, not before it */
	struct rcc_story_action action[RCC_STORY_ACTIONS_MAX];
};

/* Reads a story; ret_fault names file and line. */
RCC_MUST_USE enum rcc_status rcc_story_load(const char *path, struct rcc_story *ret_story, struct rcc_fault *ret_fault);
/* The story's rules as a configuration file for rccd. */
void rcc_story_config(const struct rcc_story *story, char text[3 * RCC_STORY_CONFIG_MAX]);
/* Turns "@" words of a line into its message; story_words.c. */
RCC_MUST_USE enum rcc_status rcc_story_parse_message(char **word, size_t count, const struct rcc_story_actor *actor,
                                                     struct rcc_story_message *ret_message,
                                                     struct rcc_fault *ret_fault);
/* Looks at every entry of a story as it is made; the core lives until the next play. */
struct rcc_core;
struct rcc_entry;
typedef void rcc_story_look(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms);
/* Prints one entry's trace, each line with the time since the start. */
void rcc_story_print(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms);

/* Plays it through the core on a fake clock; returns the program's exit code. */
int rcc_story_play_core(const struct rcc_story *story, rcc_story_look *look);
/* The same, with the run and the register that come before the story: every entry that a journal would hold. */
int rcc_story_play_whole(const struct rcc_story *story, rcc_story_look *look);
/* When it begins, on the fake clock. */
int64_t rcc_story_start_ms(void);
/* Plays it against the daemon that runs on this state directory. */
int rcc_story_play_live(const struct rcc_story *story, const char *state_dir);

#endif

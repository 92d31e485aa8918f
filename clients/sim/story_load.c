/* story_load.c - reads a *.scn file: title, rules, actors, and what they do at which second. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rcc/text.h"
#include "sim/story.h"

/* A story lasts a week at most. */
#define MINUTES_MAX (7 * 24 * 60)

#define WORDS_MAX 24

/* Splits a line in place; "quotes" keep spaces together, also in key="value". Returns the number of words, or SIZE_MAX. */
static size_t
split(char *line, char **ret_word)
{
	size_t count = 0;
	char *read = line;

	for (;;) {
		while (*read == ' ' || *read == '\t' || *read == '\n')
			read++;
		if (*read == '\0' || *read == '#')
			return count;
		if (count == WORDS_MAX)
			return SIZE_MAX;
		char *write = read;
		bool is_quoted = false;
		ret_word[count++] = write;
		while (*read != '\0' && *read != '\n' && (is_quoted || (*read != ' ' && *read != '\t'))) {
			if (*read == '"')
				is_quoted = !is_quoted;
			else
				*write++ = *read;
			read++;
		}
		bool is_end = *read == '\0' || *read == '\n';
		*write = '\0';
		if (is_quoted)
			return SIZE_MAX;
		if (is_end)
			return count;
		read++;
	}
}

static int
find_actor(const struct rcc_story *story, const char *name)
{
	for (uint32_t i = 0; i < story->actor_count; i++) {
		if (strcmp(story->actor[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

/* "rule relay_after.dsc_s 3", "rule flag_after_s 2": names and units as in rccd.conf. */
static enum rcc_status
add_rule(struct rcc_story *story, char **word, size_t count, struct rcc_fault *ret_fault)
{
	static const char relay[] = "relay_after.";

	if (count != 3)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "a rule is a name and a value");
	bool is_relay = strncmp(word[1], relay, sizeof relay - 1) == 0;
	char *text = is_relay ? story->relay_config : story->rules_config;
	const char *name = is_relay ? word[1] + sizeof relay - 1 : word[1];
	size_t used = strlen(text);
	int len = snprintf(text + used, RCC_STORY_CONFIG_MAX - used, " %s = %s;", name, word[2]);
	return len < 0 || (size_t)len >= RCC_STORY_CONFIG_MAX - used
	           ? rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "too many rules")
	           : RCC_OK;
}

/* "ship OCEAN mmsi=247320100 owner=merchant [offline] [later]", "feed NAME", "officer NAME", "peer NAME", "guest NAME mmsi=...". */
static enum rcc_status
add_actor(struct rcc_story *story, enum rcc_role role, char **word, size_t count, struct rcc_fault *ret_fault)
{
	struct rcc_story_actor actor = {.role = role};

	if (count < 2 || find_actor(story, word[1]) >= 0 || story->actor_count == RCC_STORY_ACTORS_MAX ||
	    rcc_text_copy(actor.name, sizeof actor.name, word[1], strlen(word[1])) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "an actor needs a name of its own");
	for (size_t i = 2; i < count; i++) {
		if (strncmp(word[i], "mmsi=", 5) == 0 && rcc_mmsi_parse(word[i] + 5, &actor.mmsi) == RCC_OK)
			continue;
		if (strncmp(word[i], "owner=", 6) == 0 && rcc_owner_parse(word[i] + 6, &actor.owner) == RCC_OK)
			continue;
		if (strcmp(word[i], "offline") == 0)
			actor.is_offline = true;
		else if (strcmp(word[i], "later") == 0)
			story->is_later[story->actor_count] = true;
		else
			return rcc_fault_set(ret_fault, RCC_E_CONFIG, "not a property: \"%s\"", word[i]);
	}
	story->actor[story->actor_count++] = actor;
	return RCC_OK;
}

/* "MM:SS" or "MM:SS.mmm" since the start. */
static enum rcc_status
parse_at(const char *text, int64_t *ret_at_ms)
{
	char *end;
	unsigned long minutes = strtoul(text, &end, 10);

	if (end == text || *end != ':' || minutes > MINUTES_MAX)
		return RCC_E_MALFORMED;
	const char *second = end + 1;
	unsigned long seconds = strtoul(second, &end, 10);
	unsigned long ms = 0;
	if (end != second + 2 || seconds > 59)
		return RCC_E_MALFORMED;
	if (*end == '.') {
		const char *fraction = end + 1;
		ms = strtoul(fraction, &end, 10);
		if (end != fraction + 3)
			return RCC_E_MALFORMED;
	}
	if (*end != '\0')
		return RCC_E_MALFORMED;
	*ret_at_ms = (int64_t)(minutes * 60000 + seconds * 1000 + ms);
	return RCC_OK;
}

static const struct {
	const char *word;
	enum rcc_story_verb verb;
} bare_verbs[] = {
    {"again", RCC_STORY_AGAIN},
    {"online", RCC_STORY_ONLINE},
    {"offline", RCC_STORY_OFFLINE},
    {"enrolled", RCC_STORY_ENROL},
};

/* "at 00:05 ACTOR verb ..." or "at 00:10 end". */
static enum rcc_status
add_action(struct rcc_story *story, char **word, size_t count, uint32_t line, struct rcc_fault *ret_fault)
{
	struct rcc_story_action action = {.line = line, .verb = RCC_STORY_SAY};

	if (story->action_count == RCC_STORY_ACTIONS_MAX)
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "more than %d actions", RCC_STORY_ACTIONS_MAX);
	if (count < 3 || parse_at(word[1], &action.at_ms) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "an action is: at MM:SS ACTOR what");
	if (story->action_count > 0 && action.at_ms < story->action[story->action_count - 1].at_ms)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "time runs backwards");
	if (strcmp(word[2], "end") == 0) {
		action.verb = RCC_STORY_END;
		story->action[story->action_count++] = action;
		return RCC_OK;
	}
	int actor = find_actor(story, word[2]);
	if (actor < 0 || count < 4)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "nobody is called \"%s\", or says nothing", word[2]);
	action.actor = (uint32_t)actor;
	for (size_t i = 0; i < sizeof bare_verbs / sizeof bare_verbs[0]; i++) {
		if (strcmp(bare_verbs[i].word, word[3]) == 0)
			action.verb = bare_verbs[i].verb;
	}
	enum rcc_status status = RCC_OK;
	if (action.verb == RCC_STORY_SAY)
		status = rcc_story_parse_message(word + 3, count - 3, &story->actor[actor], &action.message, ret_fault);
	if (status == RCC_OK)
		story->action[story->action_count++] = action;
	return status;
}

static enum rcc_status
take_line(struct rcc_story *story, char *text, uint32_t line, struct rcc_fault *ret_fault)
{
	char *word[WORDS_MAX] = {NULL};

	/* For the reader and tests/lint/coverage.sh: numbers, and lines of the trace as they stand there, quotes and all. */
	if (strncmp(text, "covers ", 7) == 0 || strncmp(text, "shows ", 6) == 0)
		return RCC_OK;
	size_t count = split(text, word);
	if (count == 0)
		return RCC_OK;
	if (count == SIZE_MAX)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "too many words, or a quote is not closed");
	if (strcmp(word[0], "title") == 0 && count == 2)
		return rcc_text_copy(story->title, sizeof story->title, word[1], strlen(word[1]));
	if (strcmp(word[0], "rule") == 0)
		return add_rule(story, word, count, ret_fault);
	if (strcmp(word[0], "ship") == 0)
		return add_actor(story, RCC_ROLE_VESSEL, word, count, ret_fault);
	if (strcmp(word[0], "feed") == 0)
		return add_actor(story, RCC_ROLE_FEED, word, count, ret_fault);
	if (strcmp(word[0], "officer") == 0)
		return add_actor(story, RCC_ROLE_OFFICER, word, count, ret_fault);
	if (strcmp(word[0], "peer") == 0)
		return add_actor(story, RCC_ROLE_PEER, word, count, ret_fault);
	if (strcmp(word[0], "guest") == 0)
		return add_actor(story, RCC_ROLE_GUEST, word, count, ret_fault);
	if (strcmp(word[0], "at") == 0)
		return add_action(story, word, count, line, ret_fault);
	return rcc_fault_set(ret_fault, RCC_E_CONFIG, "\"%s\" begins no line of a story", word[0]);
}

enum rcc_status
rcc_story_load(const char *path, struct rcc_story *ret_story, struct rcc_fault *ret_fault)
{
	char text[RCC_STORY_LINE_MAX];
	uint32_t line = 0;
	struct rcc_fault fault = {0};
	enum rcc_status status = RCC_OK;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "%s cannot be read: %s", path, strerror(errno));
	memset(ret_story, 0, sizeof *ret_story);
	ret_story->actor[0] = (struct rcc_story_actor){.name = "centre", .role = RCC_ROLE_ADMIN};
	ret_story->actor_count = 1;
	while (status == RCC_OK && fgets(text, sizeof text, file) != NULL) {
		line++;
		if (strchr(text, '\n') == NULL && !feof(file))
			status = rcc_fault_set(&fault, RCC_E_TOO_LARGE, "the line is too long");
		else
			status = take_line(ret_story, text, line, &fault);
	}
	(void)fclose(file);
	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, status, "%s:%u: %.180s", path, line, fault.text);
	if (ret_story->action_count == 0 || ret_story->action[ret_story->action_count - 1].verb != RCC_STORY_END)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: a story ends with \"at MM:SS end\"", path);
	return RCC_OK;
}

void
rcc_story_config(const struct rcc_story *story, char text[3 * RCC_STORY_CONFIG_MAX])
{
	(void)snprintf(text, 3 * (size_t)RCC_STORY_CONFIG_MAX,
	               "centre = \"MRCC STORY\";\nrules: {\n\trelay_after: {%s };\n\t%s\n};\n", story->relay_config,
	               story->rules_config);
}

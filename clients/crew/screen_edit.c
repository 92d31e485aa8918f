/* What is typed, character by character. */
#include <string.h>

#include "crew/screen_model.h"
#include "rcc/text.h"

#define CONTROL_U 21u /* what terminals erase a line with */

void
rcc_screen_edit(struct rcc_screen *screen, enum rcc_screen_field field, const char *text, bool is_fresh)
{
	screen->edit.field = field;
	screen->edit.is_fresh = is_fresh;
	screen->edit.said_before = screen->said_count;
	rcc_text_copy_lossy(screen->edit.text, sizeof screen->edit.text, text, strlen(text));
}

static void
erase_last(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && ((unsigned char)text[len - 1] & 0xc0u) == 0x80u) {
		len--;
	}
	text[len > 0 ? len - 1 : 0] = '\0';
}

/* A character at the end, as UTF-8; one that does not fit is not taken. */
static void
append(char *text, size_t size, uint32_t c)
{
	char bytes[5] = {0};
	size_t len = strlen(text);

	if (c < 0x80) {
		bytes[0] = (char)c;
	} else if (c < 0x800) {
		bytes[0] = (char)(0xc0u | (c >> 6));
		bytes[1] = (char)(0x80u | (c & 0x3fu));
	} else if (c < 0x10000) {
		bytes[0] = (char)(0xe0u | (c >> 12));
		bytes[1] = (char)(0x80u | ((c >> 6) & 0x3fu));
		bytes[2] = (char)(0x80u | (c & 0x3fu));
	} else {
		bytes[0] = (char)(0xf0u | (c >> 18));
		bytes[1] = (char)(0x80u | ((c >> 12) & 0x3fu));
		bytes[2] = (char)(0x80u | ((c >> 6) & 0x3fu));
		bytes[3] = (char)(0x80u | (c & 0x3fu));
	}
	if (len + strlen(bytes) < size) {
		memcpy(text + len, bytes, strlen(bytes) + 1);
	}
}

void
rcc_screen_edit_key(struct rcc_screen *screen, uint32_t key)
{
	struct rcc_screen_edit *edit = &screen->edit;

	if (key == RCC_KEY_ENTER) {
		rcc_screen_take_edit(screen);
	} else if (key == RCC_KEY_ESCAPE) {
		bool is_of_answer = edit->field == RCC_FIELD_ETA && screen->kind == RCC_SCREEN_ANSWER;

		edit->field = RCC_FIELD_NONE;
		if (is_of_answer) {
			/* The line that is typed is the whole of that form. */
			rcc_screen_answer_key(screen, RCC_KEY_ESCAPE);
		}
	} else if (key == RCC_KEY_TAB && edit->field == RCC_FIELD_ETA) {
		rcc_screen_remark_with_eta(screen);
	} else if (key == CONTROL_U) {
		edit->text[0] = '\0';
		edit->is_fresh = false;
	} else if (key == RCC_KEY_BACKSPACE) {
		erase_last(edit->text);
		edit->is_fresh = false;
	} else if (key >= 0x20 && key != 0x7f && key < 0x110000u) {
		if (edit->is_fresh) {
			edit->text[0] = '\0';
		}
		edit->is_fresh = false;
		append(edit->text, sizeof edit->text, key);
	}
}

/* ---- text that is typed where nothing is ---- */

static bool
is_capital_of_text(const struct rcc_screen *screen, uint32_t key)
{
	bool is_send = key == 'S' && (screen->kind == RCC_SCREEN_DISTRESS || screen->kind == RCC_SCREEN_SURVIVORS);
	bool is_of_distress = screen->kind == RCC_SCREEN_DISTRESS && (key == 'C' || key == 'N');

	return key >= 'A' && key <= 'Z' && key != 'D' && !is_send && !is_of_distress;
}

void
rcc_screen_note_text(struct rcc_screen *screen, uint32_t key)
{
	if (is_capital_of_text(screen, key)) {
		screen->typed_at_ms = screen->at_ms;
	}
}

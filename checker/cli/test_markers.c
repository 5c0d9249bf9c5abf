#include "test_markers.h"

#include <ctype.h>
#include <string.h>

#define PARSE_ERRORS_ALLOWED "parse-errors-allowed"

static const char *const keywords[] = {
	[MARKER_EXPECT] = "expect:",	       [MARKER_NOTE] = "note:",	      [MARKER_OK] = "ok:",
	[MARKER_TODO_EXPECT] = "todo-expect:", [MARKER_TODO_OK] = "todo-ok:", [MARKER_TRAP] = "trap:",
	[MARKER_IGNORE] = "ignore:",
};

#define KEYWORD_COUNT (int)(sizeof(keywords) / sizeof(keywords[0]))

const char *marker_keyword(enum marker_kind kind)
{
	return keywords[kind];
}

/* ---- finding the comments -------------------------------------------------------- */

enum lexer_state { IN_CODE, IN_LINE_COMMENT, IN_BLOCK_COMMENT, IN_STRING, IN_CHARACTER };

static enum lexer_state enter_from_code(const char *text)
{
	if (text[0] == '/' && text[1] == '/')
		return IN_LINE_COMMENT;
	if (text[0] == '/' && text[1] == '*')
		return IN_BLOCK_COMMENT;
	if (text[0] == '"')
		return IN_STRING;
	return text[0] == '\'' ? IN_CHARACTER : IN_CODE;
}

/* A literal left open at the end of its line is a mistake of the case, not the rest of the file. */
static bool literal_ends(enum lexer_state state, char letter)
{
	return letter == '\n' || letter == (state == IN_STRING ? '"' : '\'');
}

/* A copy in which all that is not comment is blank; lines stay where they are. */
static char *keep_comments(struct arena *arena, const char *source)
{
	char *copy = arena_strdup(arena, source);
	enum lexer_state state = IN_CODE;

	for (size_t i = 0; copy[i]; i++) {
		bool is_comment = state == IN_LINE_COMMENT || state == IN_BLOCK_COMMENT;

		if (state == IN_CODE) {
			state = enter_from_code(&source[i]);
			if (state == IN_BLOCK_COMMENT)
				copy[i++] = ' '; /* its star must not end it, as in slash-star-slash */
		} else if (state == IN_LINE_COMMENT && source[i] == '\n') {
			state = IN_CODE;
		} else if (state == IN_BLOCK_COMMENT && source[i] == '/' && source[i - 1] == '*') {
			state = IN_CODE;
		} else if (!is_comment && source[i] == '\\' && source[i + 1]) {
			copy[i++] = ' ';
		} else if (!is_comment && literal_ends(state, source[i])) {
			state = IN_CODE;
		}
		if (!is_comment && copy[i] != '\n')
			copy[i] = ' ';
	}
	return copy;
}

/* ---- reading one marker ------------------------------------------------------------- */

static bool is_word(char letter)
{
	return isalnum((unsigned char)letter) || letter == '-' || letter == '_';
}

/* `"..."` at *text, moved behind it; NULL when there is none that ends on this line. */
static const char *read_quoted(struct arena *arena, const char **text)
{
	const char *read = *text + strspn(*text, " \t");
	if (*read != '"')
		return NULL;
	char *copy = arena_alloc(arena, strcspn(read, "\n") + 1);
	char *write = copy;

	for (read++; *read && *read != '\n' && *read != '"'; read++) {
		if (read[0] == '\\' && (read[1] == '"' || read[1] == '\\'))
			read++;
		*write++ = *read;
	}
	if (*read != '"')
		return NULL;
	*text = read + 1;
	return copy;
}

/* Rule ids have a hyphen inside; other words after a keyword are prose. */
static const char *read_rule(struct arena *arena, const char **text)
{
	const char *start = *text + strspn(*text, " \t");
	size_t length = 0;

	while (is_word(start[length]))
		length++;
	if (!memchr(start, '-', length) || start[0] == '-' || start[length - 1] == '-')
		return NULL;
	*text = start + length;
	return arena_strndup(arena, start, length);
}

/* The word at text, or NULL. */
static const char *read_name(struct arena *arena, const char *text)
{
	size_t length = 0;

	text += strspn(text, " \t");
	while (is_word(text[length]))
		length++;
	return length > 0 ? arena_strndup(arena, text, length) : NULL;
}

static void read_marker(struct marker_list *list, struct arena *arena, enum marker_kind kind, const char *text,
			unsigned line)
{
	struct marker marker = { .kind = kind, .line = line };

	marker.rule = read_rule(arena, &text);
	if (!marker.rule)
		return;
	marker.text = kind == MARKER_TRAP ? read_name(arena, text) : read_quoted(arena, &text);
	if ((kind == MARKER_NOTE || kind == MARKER_TRAP) && !marker.text)
		return;
	ARENA_PUSH(arena, list->items, list->count, list->capacity, marker);
}

/* Which keyword starts here, or -1. */
static int match_keyword(const char *text)
{
	for (int i = 0; i < KEYWORD_COUNT; i++) {
		if (!strncmp(text, keywords[i], strlen(keywords[i])))
			return i;
	}
	return -1;
}

void markers_read(struct marker_list *list, struct arena *arena, const char *source)
{
	const char *comments = keep_comments(arena, source);
	unsigned line = 1;

	*list = (struct marker_list){ 0 };
	for (const char *text = comments; *text; text++) {
		if (*text == '\n')
			line++;
		if (text > comments && is_word(text[-1]))
			continue; /* in the middle of a word */
		int kind = match_keyword(text);
		if (kind >= 0)
			read_marker(list, arena, (enum marker_kind)kind, text + strlen(keywords[kind]), line);
		if (!strncmp(text, PARSE_ERRORS_ALLOWED, strlen(PARSE_ERRORS_ALLOWED)))
			list->allows_parse_errors = true;
	}
}

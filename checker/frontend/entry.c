/* Does a source have the entry of a driver? Told from its text alone, before
 * anything is parsed: headers/so2check_entries.def has the names. */
#include "units_int.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

enum entry_kind { ENTRY_USE, ENTRY_FUNCTION };

struct entry_row {
	enum entry_kind kind;
	const char *name;
};

static const struct entry_row entry_rows[] = {
#define MODULE_ENTRY(kind, name) { ENTRY_##kind, name },
#include "headers/so2check_entries.def"
};

#define NAME_LIMIT 64

/* Past the literal or comment that starts here; NULL: none does. */
static const char *skip_opaque(const char *text)
{
	const char *end;

	if (text[0] == '/' && text[1] == '/')
		return text + strcspn(text, "\n");
	if (text[0] == '/' && text[1] == '*') {
		end = strstr(text + 2, "*/");
		return end ? end + 2 : text + strlen(text);
	}
	if (*text != '"' && *text != '\'')
		return NULL;
	for (end = text + 1; *end && *end != *text && *end != '\n'; end++)
		end += *end == '\\' && end[1];
	return *end ? end + 1 : end;
}

/* A preprocessor line with its continuations. */
static const char *skip_directive(const char *text)
{
	while (*text && *text != '\n')
		text += text[0] == '\\' && text[1] == '\r' && text[2] == '\n' ? 3 : text[0] == '\\' && text[1] ? 2 : 1;
	return text;
}

static const char *skip_blank(const char *text)
{
	for (;;) {
		const char *next = *text == '/' ? skip_opaque(text) : NULL;

		if (next)
			text = next;
		else if (isspace((unsigned char)*text))
			text++;
		else
			return text;
	}
}

/* Past the bracket that closes the one here; the text's end when none does. */
static const char *skip_brackets(const char *text)
{
	int depth = 0;

	while (*text) {
		const char *next = skip_opaque(text);

		if (next) {
			text = next;
			continue;
		}
		depth += (*text == '(') - (*text == ')');
		text++;
		if (depth == 0)
			break;
	}
	return text;
}

static bool is_entry(const char *name, size_t length, const char *after)
{
	char word[NAME_LIMIT];

	after = skip_blank(after);
	if (*after != '(' || length >= sizeof(word))
		return false;
	memcpy(word, name, length);
	word[length] = '\0';
	for (size_t i = 0; i < sizeof(entry_rows) / sizeof(entry_rows[0]); i++) {
		if (fnmatch(entry_rows[i].name, word, 0) != 0)
			continue;
		if (entry_rows[i].kind == ENTRY_USE || *skip_blank(skip_brackets(after)) == '{')
			return true;
	}
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool source_has_entry(const char *text)
{
	bool is_line_start = true;
	int braces = 0; /* an entry stands outside all bodies */

	while (*text) {
		const char *next = skip_opaque(text);
		size_t length = 0;

		if (next) {
			text = next;
			continue;
		}
		if (*text == '#' && is_line_start) {
			text = skip_directive(text);
			continue;
		}
		while (is_word(text[length]))
			length++;
		if (length > 0 && braces <= 0 && is_entry(text, length, text + length))
			return true;
		braces += (*text == '{') - (*text == '}');
		is_line_start = *text == '\n' || (is_line_start && isspace((unsigned char)*text));
		text += length > 0 ? length : 1;
	}
	return false;
}

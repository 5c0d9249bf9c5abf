/* C, told apart for reading only: what a word looks like, not what it means. */
#include "html_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Sorted. */
static const char *const keywords[] = {
	"NULL",	    "_Alignas",	     "_Alignof", "_Atomic",   "_Bool",	  "_Generic", "_Static_assert",
	"__asm__",  "__attribute__", "__except", "__finally", "__inline", "__leave",  "__try",
	"asm",	    "auto",	     "bool",	 "break",     "case",	  "char",     "const",
	"continue", "default",	     "do",	 "double",    "else",	  "enum",     "extern",
	"false",    "float",	     "for",	 "goto",      "if",	  "inline",   "int",
	"long",	    "register",	     "restrict", "return",    "short",	  "signed",   "sizeof",
	"static",   "struct",	     "switch",	 "true",      "typedef",  "typeof",   "union",
	"unsigned", "void",	     "volatile", "while",
};

/* A piece of a line and the class of its element; '\0': none. */
struct token {
	size_t length;
	char kind;
};

static int compare_word(const void *word, const void *item)
{
	return strcmp(word, *(const char *const *)item);
}

static bool is_keyword(const char *word, size_t length)
{
	char text[16];

	if (length >= sizeof(text))
		return false;
	memcpy(text, word, length);
	text[length] = '\0';
	return bsearch(text, keywords, sizeof(keywords) / sizeof(keywords[0]), sizeof(keywords[0]), compare_word);
}

static bool is_word(char letter)
{
	return isalnum((unsigned char)letter) || letter == '_';
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (is_word(text[length]))
		length++;
	return length;
}

static size_t string_length(const char *text)
{
	size_t length = 1;

	while (text[length] && text[length] != text[0])
		length += text[length] == '\\' && text[length + 1] ? 2 : 1;
	return length + (text[length] != '\0');
}

static struct token take_comment(const char *text, size_t opening, struct code_state *state)
{
	const char *end = strstr(text + opening, "*/");

	state->is_comment = !end;
	return (struct token){ end ? (size_t)(end - text) + 2 : strlen(text), 'c' };
}

static struct token take_word(const char *text)
{
	size_t length = word_length(text);

	if (isdigit((unsigned char)*text))
		return (struct token){ length, 'n' };
	if (is_keyword(text, length) || (length > 2 && !strncmp(text + length - 2, "_t", 2)))
		return (struct token){ length, 'k' };
	return (struct token){ length, text[length] == '(' ? 'f' : '\0' };
}

/* `#include <...>` has its file as one token with the directive. */
static struct token take_directive(const char *text)
{
	size_t length = 1 + strspn(text + 1, " \t");
	bool is_include = !strncmp(text + length, "include", 7);

	length += word_length(text + length);
	if (is_include && strchr(text, '>') && !strchr(text, '"'))
		length = (size_t)(strchr(text, '>') - text) + 1;
	return (struct token){ length, 'p' };
}

/* Only blanks stand before a directive. */
static struct token take_token(const char *text, bool is_first, struct code_state *state)
{
	if (state->is_comment)
		return take_comment(text, 0, state);
	if (!strncmp(text, "/*", 2))
		return take_comment(text, 2, state);
	if (!strncmp(text, "//", 2))
		return (struct token){ strlen(text), 'c' };
	if (*text == '"' || *text == '\'')
		return (struct token){ string_length(text), 's' };
	if (*text == '#' && is_first)
		return take_directive(text);
	if (is_word(*text))
		return take_word(text);
	size_t length = 1;
	while (text[length] && !is_word(text[length]) && !strchr("/\"'#", text[length]))
		length++;
	return (struct token){ length, '\0' };
}

void code_skip(const char *line, struct code_state *state)
{
	bool is_first = true;

	while (*line) {
		size_t length = take_token(line, is_first, state).length;

		is_first = is_first && strspn(line, " \t") >= length;
		line += length;
	}
}

void html_code(struct html *html, const char *line, struct code_state *state)
{
	bool is_first = true;

	while (*line) {
		struct token token = take_token(line, is_first, state);
		char class[2] = { token.kind, '\0' };

		if (token.kind)
			html_print(html, "<span class=%s>", class);
		html_text_n(html, line, token.length);
		if (token.kind)
			html_print(html, "</span>");
		is_first = is_first && strspn(line, " \t") >= token.length;
		line += token.length;
	}
}

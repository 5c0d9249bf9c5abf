/* Argument lists, and splitting of command lines. */
#include "units_int.h"

#include <string.h>

void words_push(struct arena *arena, struct word_list *words, const char *word)
{
	ARENA_PUSH(arena, words->items, words->count, words->capacity, word);
}

void words_push_pair(struct arena *arena, struct word_list *words, const char *option, const char *value)
{
	words_push(arena, words, option);
	words_push(arena, words, value);
}

void words_append(struct arena *arena, struct word_list *words, const struct word_list *more)
{
	for (int i = 0; i < more->count; i++)
		words_push(arena, words, more->items[i]);
}

bool text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *text, const char *suffix)
{
	size_t text_length = strlen(text), suffix_length = strlen(suffix);

	return text_length >= suffix_length && strcmp(text + text_length - suffix_length, suffix) == 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Copies one backslash pair; inside double quotes the backslash stays unless
 * it escapes something, as in sh. */
static const char *copy_escape(const char *in, char **out, bool in_quotes)
{
	if (in[1] == '\0') {
		*(*out)++ = '\\';
		return in + 1;
	}
	if (in_quotes && !strchr("\"\\$`\n", in[1]))
		*(*out)++ = '\\';
	if (in[1] != '\n')
		*(*out)++ = in[1];
	return in + 2;
}

/* Copies one word without its quotes; NULL when a quote is not closed. */
static const char *copy_word(const char *in, char **out)
{
	char quote = '\0';

	while (*in && (quote || !is_blank(*in))) {
		if (*in == '\\' && quote != '\'') {
			in = copy_escape(in, out, quote == '"');
		} else if (*in == quote) {
			quote = '\0';
			in++;
		} else if (!quote && (*in == '\'' || *in == '"')) {
			quote = *in++;
		} else {
			*(*out)++ = *in++;
		}
	}
	return quote ? NULL : in;
}

bool words_split_shell(struct arena *arena, struct word_list *words, const char *command)
{
	/* Words only get shorter: one buffer holds them all with their ends. */
	char *out = arena_alloc(arena, strlen(command) + 2);

	for (;;) {
		while (is_blank(*command))
			command++;
		if (*command == '\0')
			return true;
		char *word = out;
		command = copy_word(command, &out);
		if (!command)
			return false;
		*out++ = '\0';
		words_push(arena, words, word);
	}
}

void words_split_blank(struct arena *arena, struct word_list *words, const char *text)
{
	for (;;) {
		while (is_blank(*text))
			text++;
		const char *start = text;
		while (*text && !is_blank(*text))
			text++;
		if (text == start)
			return;
		words_push(arena, words, arena_strndup(arena, start, (size_t)(text - start)));
	}
}

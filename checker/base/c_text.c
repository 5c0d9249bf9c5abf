/* See base/c_text.h. */
#include "base/c_text.h"

#include <ctype.h>

/* Longest text searched for a closing bracket: a broken file must not make
 * each look-up walk to its end. */
#define SCAN_LIMIT (1u << 18)

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* Offset after the string or character literal that starts at offset. */
static unsigned skip_literal(const char *text, size_t size, unsigned offset)
{
	char quote = text[offset++];

	while (offset < size && text[offset] != quote && text[offset] != '\n') {
		if (text[offset] == '\\' && offset + 1 < size)
			offset++;
		offset++;
	}
	return offset < size ? offset + 1 : offset;
}

static unsigned skip_comment(const char *text, size_t size, unsigned offset)
{
	if (text[offset + 1] == '/') {
		while (offset < size && text[offset] != '\n')
			offset++;
		return offset;
	}
	for (offset += 2; offset + 1 < size; offset++)
		if (text[offset] == '*' && text[offset + 1] == '/')
			return offset + 2;
	return (unsigned)size;
}

static bool at_comment(const char *text, size_t size, unsigned offset)
{
	return text[offset] == '/' && offset + 1 < size && (text[offset + 1] == '/' || text[offset + 1] == '*');
}

unsigned text_skip_space(const char *text, size_t size, unsigned offset)
{
	while (offset < size) {
		if (isspace((unsigned char)text[offset]))
			offset++;
		else if (text[offset] == '\\' && offset + 1 < size &&
			 (text[offset + 1] == '\n' || text[offset + 1] == '\r'))
			offset += 2;
		else if (at_comment(text, size, offset))
			offset = skip_comment(text, size, offset);
		else
			break;
	}
	return offset;
}

unsigned text_skip_opaque(const char *text, size_t size, unsigned offset)
{
	if (offset >= size)
		return offset;
	if (text[offset] == '"' || text[offset] == '\'')
		return skip_literal(text, size, offset);
	return at_comment(text, size, offset) ? skip_comment(text, size, offset) : offset;
}

/* Trims space and comments on the left, space on the right. */
static struct text_range trimmed(const char *text, unsigned begin, unsigned end)
{
	begin = text_skip_space(text, end, begin);
	while (end > begin && (isspace((unsigned char)text[end - 1]) || text[end - 1] == '\\'))
		end--;
	return (struct text_range){ begin, end };
}

int text_split(const char *text, size_t size, unsigned open, char separator, struct text_range *ranges, int max,
	       int *count, unsigned *close)
{
	unsigned offset = open + 1, begin = open + 1;
	int depth = 0;

	if (size > (size_t)open + SCAN_LIMIT)
		size = (size_t)open + SCAN_LIMIT;
	*count = 0;
	while (offset < size) {
		char c = text[offset];
		unsigned next = text_skip_opaque(text, size, offset);

		if (next > offset) {
			offset = next;
			continue;
		}
		if (c == '(' || c == '[' || c == '{')
			depth++;
		bool is_close = c == ')' || c == ']' || c == '}';
		if (depth == 0 && (is_close || c == separator)) {
			if (*count < max)
				ranges[(*count)++] = trimmed(text, begin, offset);
			begin = offset + 1;
		}
		if (is_close && depth-- == 0) {
			*close = offset;
			return 0;
		}
		offset++;
	}
	return -1;
}

unsigned text_find(const char *text, size_t size, unsigned offset, char separator)
{
	int depth = 0;

	while (offset < size) {
		char c = text[offset];
		unsigned next = text_skip_opaque(text, size, offset);

		if (next > offset) {
			offset = next;
			continue;
		}
		if (depth == 0 && c == separator)
			return offset;
		depth += c == '(' || c == '[' || c == '{';
		depth -= c == ')' || c == ']' || c == '}';
		offset++;
	}
	return (unsigned)size;
}

bool text_identifier(const char *text, size_t size, unsigned offset, unsigned *end)
{
	if (offset >= size || !is_word(text[offset]) || isdigit((unsigned char)text[offset]))
		return false;
	while (offset < size && is_word(text[offset]))
		offset++;
	*end = offset;
	return true;
}

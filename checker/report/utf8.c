/* Source text is bytes; reports are UTF-8. Nothing here allocates but the
 * cleaned copies, and clean text is not copied. */
#include "report_int.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* Length a lead byte announces, the bits it carries and the smallest code point of that length. */
struct utf8_lead {
	unsigned char mask, value;
	size_t length;
	uint32_t smallest;
};

static const struct utf8_lead leads[] = {
	{ 0x80, 0x00, 1, 0 },
	{ 0xE0, 0xC0, 2, 0x80 },
	{ 0xF0, 0xE0, 3, 0x800 },
	{ 0xF8, 0xF0, 4, 0x10000 },
};

static const struct utf8_lead *find_lead(unsigned char byte)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if ((byte & leads[i].mask) == leads[i].value)
			return &leads[i];
	}
	return NULL;
}

size_t utf8_decode(const char *text, uint32_t *code)
{
	const unsigned char *bytes = (const unsigned char *)text;
	const struct utf8_lead *lead = find_lead(bytes[0]);

	*code = UTF8_INVALID;
	if (!lead)
		return 1;
	uint32_t value = bytes[0] & (unsigned char)~lead->mask;
	for (size_t i = 1; i < lead->length; i++) {
		if ((bytes[i] & 0xC0) != 0x80) /* also the terminating NUL */
			return 1;
		value = value << 6 | (bytes[i] & 0x3F);
	}
	bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
	if (value < lead->smallest || value > 0x10FFFF || is_surrogate)
		return 1;
	*code = value;
	return lead->length;
}

static bool is_invalid(uint32_t code)
{
	return code == UTF8_INVALID;
}

/* Escape sequences, the marks by which text can be made to read other than it is, and what XML does not take (U+FFFE and
 * U+FFFF: with one of them the report would be none). */
static bool is_unprintable(uint32_t code)
{
	if (code == UTF8_INVALID || (code < 0x20 && code != '\t') || (code >= 0x7F && code <= 0x9F))
		return true;
	return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
	       code == 0x200F || code == 0x2028 || code == 0x2029 || code == 0xFFFE || code == 0xFFFF;
}

static size_t count_bad(const char *text, bool (*is_bad)(uint32_t))
{
	size_t count = 0;

	while (*text) {
		uint32_t code;

		text += utf8_decode(text, &code);
		count += is_bad(code);
	}
	return count;
}

static const char *replace_bad(struct arena *arena, const char *text, bool (*is_bad)(uint32_t))
{
	size_t bad = count_bad(text, is_bad);
	if (bad == 0)
		return text;
	char *copy = arena_alloc(arena, strlen(text) + bad * strlen(REPLACEMENT) + 1);
	char *write = copy;

	while (*text) {
		uint32_t code;
		size_t length = utf8_decode(text, &code);

		if (is_bad(code)) {
			memcpy(write, REPLACEMENT, strlen(REPLACEMENT));
			write += strlen(REPLACEMENT);
		} else {
			memcpy(write, text, length);
			write += length;
		}
		text += length;
	}
	*write = '\0';
	return copy;
}

const char *utf8_clean(struct arena *arena, const char *text)
{
	return replace_bad(arena, text, is_invalid);
}

const char *utf8_printable(struct arena *arena, const char *text)
{
	return replace_bad(arena, text, is_unprintable);
}

int utf8_compare(const char *left, const char *right)
{
	while (*left && *right) {
		uint32_t a, b;

		left += utf8_decode(left, &a);
		right += utf8_decode(right, &b);
		a = is_invalid(a) ? 0xFFFD : a;
		b = is_invalid(b) ? 0xFFFD : b;
		if (a != b)
			return a < b ? -1 : 1;
	}
	return (*left != '\0') - (*right != '\0');
}

unsigned utf8_column(const char *line, unsigned byte_column)
{
	unsigned column = 1, byte = 1;

	while (*line && byte < byte_column) {
		uint32_t code;
		size_t length = utf8_decode(line, &code);

		if (byte + length > byte_column) /* in the middle of a character: its own column */
			return column;
		line += length;
		byte += (unsigned)length;
		column++;
	}
	/* past the end of the line: one column a byte */
	return column + (byte_column > byte ? byte_column - byte : 0);
}

size_t utf8_boundary(const char *text, size_t offset)
{
	while (offset > 0 && ((unsigned char)text[offset] & 0xC0) == 0x80)
		offset--;
	return offset;
}

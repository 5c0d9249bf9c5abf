/* Whole text files, UTF-8 checked with the place of the first bad byte. */
#include "base/file.h"
#include "yaml_int.h"

#define FILE_LIMIT (4u << 20) /* bytes; the largest fact file of the rules is some 100 kB */

struct span yaml_text_place(const char *file, const char *text, size_t offset)
{
	struct span span = { .file = file, .line = 1, .column = 1 };
	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n') {
			span.line++;
			span.column = 1;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			span.column++;
		}
	}
	span.end_line = span.line;
	span.end_column = span.column;
	return span;
}

/* Bytes of the UTF-8 character that starts here; 0 when it is not one
 * (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
static size_t utf8_length(const unsigned char *text, size_t available)
{
	unsigned char lead = text[0];
	if (lead < 0x80)
		return 1;
	size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (lead < 0xC2 || lead > 0xF4 || length > available)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	bool is_overlong = (lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90);
	bool is_surrogate = lead == 0xED && text[1] > 0x9F;
	bool is_too_large = lead == 0xF4 && text[1] > 0x8F;
	return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

static bool check_utf8(struct yaml *yaml, const char *path, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t step = utf8_length((const unsigned char *)text + i, length - i);
		if (step == 0 || text[i] == '\0') {
			struct span span = yaml_text_place(path, text, i);
			yaml_error_at_place(yaml, &span, "%s",
					    step ? "a NUL byte: this is not a text file" : "not valid UTF-8");
			return false;
		}
		i += step;
	}
	return true;
}

const char *yaml_read_text(struct yaml *yaml, const char *path, size_t *length)
{
	char *text;
	const char *reason;
	if (file_read(yaml->arena, path, FILE_LIMIT, &text, length, &reason) != 0) {
		yaml_error_at_file(yaml, path, "cannot read the file: %s", reason);
		return NULL;
	}
	return check_utf8(yaml, path, text, *length) ? text : NULL;
}

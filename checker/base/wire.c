/* See wire.h. A text is its length + 1 (0: NULL) and its bytes. */
#include "base/wire.h"

#include <string.h>

#define BITS 7
#define MORE 0x80u

/* ---- writing ----------------------------------------------------------------------- */

void wire_put_number(struct text *bytes, uint64_t number)
{
	char buffer[10];
	size_t count = 0;

	for (; number >= MORE; number >>= BITS)
		buffer[count++] = (char)(number | MORE);
	buffer[count++] = (char)number;
	text_add_n(bytes, buffer, count);
}

void wire_put_signed(struct text *bytes, int64_t number)
{
	wire_put_number(bytes, (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0));
}

void wire_put_text(struct text *bytes, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	wire_put_number(bytes, text ? length + 1 : 0);
	text_add_n(bytes, text ? text : "", length);
}

void wire_put_span(struct text *bytes, const struct span *span)
{
	wire_put_text(bytes, span->file);
	wire_put_number(bytes, span->line);
	wire_put_number(bytes, span->column);
	wire_put_number(bytes, span->end_line);
	wire_put_number(bytes, span->end_column);
}

/* ---- reading ------------------------------------------------------------------------ */

uint64_t wire_take_number(struct wire_reader *reader)
{
	uint64_t number = 0;

	for (unsigned shift = 0; reader->left > 0 && shift < 64; shift += BITS) {
		unsigned char byte = (unsigned char)*reader->at++;
		reader->left--;
		number |= (uint64_t)(byte & (MORE - 1)) << shift;
		if (byte < MORE)
			return number;
	}
	reader->is_broken = true;
	reader->left = 0;
	return 0;
}

int64_t wire_take_signed(struct wire_reader *reader)
{
	uint64_t number = wire_take_number(reader);

	return (int64_t)(number >> 1 ^ (number & 1 ? UINT64_MAX : 0));
}

size_t wire_take_count(struct wire_reader *reader)
{
	uint64_t count = wire_take_number(reader);

	if (count > reader->left) {
		reader->is_broken = true;
		return 0;
	}
	return (size_t)count;
}

/* false: NULL. */
static bool take_bytes(struct wire_reader *reader, const char **bytes, size_t *length)
{
	uint64_t size = wire_take_number(reader);

	/* A NUL in a text was not written by wire_put_text(). */
	if (size == 0 || size - 1 > reader->left || memchr(reader->at, '\0', (size_t)size - 1)) {
		reader->is_broken |= size != 0;
		return false;
	}
	*bytes = reader->at;
	*length = (size_t)size - 1;
	reader->at += *length;
	reader->left -= *length;
	return true;
}

const char *wire_take_text(struct wire_reader *reader)
{
	const char *bytes;
	size_t length;

	return take_bytes(reader, &bytes, &length) ? arena_strndup(reader->arena, bytes, length) : NULL;
}

const char *wire_take_name(struct wire_reader *reader)
{
	const char *bytes;
	size_t length;

	return take_bytes(reader, &bytes, &length) ? intern_n(reader->pool, bytes, length) : NULL;
}

struct span wire_take_span(struct wire_reader *reader)
{
	struct span span = { .file = wire_take_name(reader) };

	span.line = (unsigned)wire_take_number(reader);
	span.column = (unsigned)wire_take_number(reader);
	span.end_line = (unsigned)wire_take_number(reader);
	span.end_column = (unsigned)wire_take_number(reader);
	return span;
}

/* Growing text: see text.h. */
#include "base/text.h"

#include <string.h>

struct text text_create(struct arena *arena)
{
	struct text text = { .arena = arena };

	return text;
}

static void text_reserve(struct text *text, size_t added)
{
	size_t needed = text->length + added + 1;
	size_t capacity = text->capacity ? text->capacity : 64;

	if (needed <= text->capacity)
		return;
	while (capacity < needed)
		capacity *= 2;
	text->data = arena_grow(text->arena, text->data, text->length, capacity);
	text->capacity = capacity;
}

void text_add_n(struct text *text, const char *added, size_t length)
{
	text_reserve(text, length);
	memcpy(text->data + text->length, added, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *added)
{
	text_add_n(text, added, strlen(added));
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_add(text, arena_vprintf(text->arena, format, args));
	va_end(args);
}

const char *text_get(const struct text *text)
{
	return text->data ? text->data : "";
}

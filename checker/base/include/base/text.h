/* Text that grows at its end, on an arena. Always NUL-terminated once begun. */
#ifndef SO2_BASE_TEXT_H
#define SO2_BASE_TEXT_H

#include "base/arena.h"

#include <stddef.h>

struct text {
	struct arena *arena;
	char *data; /* NULL until something is added */
	size_t length, capacity;
};

struct text text_create(struct arena *arena);
void text_add(struct text *text, const char *added);
void text_add_n(struct text *text, const char *added, size_t length);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text so far, never NULL; borrowed from the arena. */
const char *text_get(const struct text *text);

#endif

/* Just enough of C's lexical structure to find one's way in the text of a source: strings, comments, brackets. */
#ifndef SO2_BASE_C_TEXT_H
#define SO2_BASE_C_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text_range {
	unsigned begin, end; /* end is one past the last character */
};

/* Past space, escaped line ends and comments. */
unsigned text_skip_space(const char *text, size_t size, unsigned offset);
/* Past the string, character literal or comment at the offset; else offset itself. */
unsigned text_skip_opaque(const char *text, size_t size, unsigned offset);
/* Splits what follows the bracket at `open` at the top-level separators;
 * 0 and *close, or -1 when brackets do not balance. At most max ranges. */
int text_split(const char *text, size_t size, unsigned open, char separator, struct text_range *ranges, int max,
	       int *count, unsigned *close);
/* The next separator outside brackets, or size. */
unsigned text_find(const char *text, size_t size, unsigned offset, char separator);
/* Is there an identifier? *end is behind it. */
bool text_identifier(const char *text, size_t size, unsigned offset, unsigned *end);

#endif

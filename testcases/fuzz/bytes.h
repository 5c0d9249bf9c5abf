/* An input as a sequence of choices, for targets that make something of it instead of reading it. What is taken behind the end is 0. */
#ifndef SO2_FUZZ_BYTES_H
#define SO2_FUZZ_BYTES_H

#include "fuzz.h"

struct fuzz_bytes {
	const char *at;
	size_t left;
};

static inline unsigned fuzz_take(struct fuzz_bytes *bytes)
{
	if (bytes->left == 0)
		return 0;
	bytes->left--;
	return (unsigned char)*bytes->at++;
}

/* Below most. */
static inline unsigned fuzz_take_below(struct fuzz_bytes *bytes, unsigned most)
{
	return fuzz_take(bytes) % most;
}

/* Up to the next newline; so that an input is a text file with hostile lines. */
static inline const char *fuzz_take_line(struct fuzz_bytes *bytes, struct arena *arena)
{
	size_t length = 0;

	while (length < bytes->left && bytes->at[length] != '\n')
		length++;
	const char *line = arena_strndup(arena, length ? bytes->at : "", length);
	length += length < bytes->left;
	bytes->at += length;
	bytes->left -= length;
	return line;
}

#endif

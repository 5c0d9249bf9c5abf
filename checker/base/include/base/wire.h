/* Bytes that one process writes and another reads: numbers and texts, one after the other.
 *
 * For this machine's own use (pipes between processes, the cache): there is no version in it. A reader never
 * reads behind the end: what does not fit gives zeroes and NULLs and makes it broken, which is asked once at
 * the end. Numbers are LEB128 (seven bits a byte, the lowest first), signed ones folded to unsigned. */
#ifndef SO2_BASE_WIRE_H
#define SO2_BASE_WIRE_H

#include "base/intern.h"
#include "base/span.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

void wire_put_number(struct text *bytes, uint64_t number);
void wire_put_signed(struct text *bytes, int64_t number);
/* NULL is told from "". */
void wire_put_text(struct text *bytes, const char *text);
void wire_put_span(struct text *bytes, const struct span *span);

struct wire_reader {
	struct arena *arena;	  /* texts are copied there */
	struct intern_pool *pool; /* for the file names of spans */
	const char *at;
	size_t left;
	bool is_broken;
};

uint64_t wire_take_number(struct wire_reader *reader);
int64_t wire_take_signed(struct wire_reader *reader);
/* A count of things that take at least a byte each: never more than there are bytes left. */
size_t wire_take_count(struct wire_reader *reader);
const char *wire_take_text(struct wire_reader *reader);
/* The same, interned. */
const char *wire_take_name(struct wire_reader *reader);
struct span wire_take_span(struct wire_reader *reader);

#endif

/* The header block of a source: the directives at its beginning up to the last
 * `#include <...>`, before anything else stands there. What it leaves behind (macros
 * and declarations) depends on nothing but itself, the arguments and the headers, so
 * that it can be parsed once and used by all that begin alike. Pure text work. */
#ifndef SO2_FRONTEND_HEADER_BLOCK_H
#define SO2_FRONTEND_HEADER_BLOCK_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct header_block {
	const char *text; /* its directives, without comments and blanks: files that differ in those share it */
	size_t end;	  /* bytes of the source that it stands for: whole lines */
};

/* Must the block end before this `#include <name>`? */
typedef bool header_block_stop(void *context, const char *name);

/* false: the source has none. Conditionals are taken whole or not at all. text
 * need not be NUL-terminated; stops may be NULL. */
bool header_block_find(struct arena *arena, const char *text, size_t length, header_block_stop *stops, void *context,
		       struct header_block *block);
/* The source with blanks in place of its block: lines and columns stay. */
char *header_block_blank(struct arena *arena, const char *text, size_t length, const struct header_block *block);

#endif

/* The header block of a source: the directives at its beginning up to the last
 * `#include <...>`, before anything else stands there. What it leaves behind (macros
 * and declarations) depends on nothing but itself, the arguments and the headers, so
 * that it can be parsed once and used by all that begin alike. Pure text work.
 *
 * The first `#include "..."` need not end it: if that header, behind its guard, begins with directives `#include <...>`
 * of its own, these belong to the block, and so on from header to header. The rest of such a header stays where it is. */
#ifndef SO2_FRONTEND_HEADER_BLOCK_H
#define SO2_FRONTEND_HEADER_BLOCK_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { BLOCK_HEADERS = 4 };

/* A header of the driver's own whose beginning belongs to the block. */
struct block_header {
	const char *path;
	const char *text; /* as it is on disk; need not be NUL-terminated */
	size_t length;
	size_t from, end; /* bytes of it that the block stands for: whole lines behind the guard */
};

struct header_block {
	const char *text; /* its directives, without comments and blanks: files that differ in those share it */
	size_t end;	  /* bytes of the source that it stands for: whole lines */
	struct block_header headers[BLOCK_HEADERS]; /* each includes the next */
	int header_count;
};

struct header_block_hooks {
	/* Must the block end before this `#include <name>`? May be NULL: no. */
	bool (*stops)(void *context, const char *name);
	/* Sets path, text and length of what `#include "name"` means in the file `includer` (NULL: the source itself). false: it
	 * is not known. May be NULL: none is. */
	bool (*opens)(void *context, const char *includer, const char *name, struct block_header *header);
	void *context;
};

/* false: the source has none. Conditionals are taken whole or not at all. text
 * need not be NUL-terminated. */
bool header_block_find(struct arena *arena, const char *text, size_t length, const struct header_block_hooks *hooks,
		       struct header_block *block);
/* The text with blanks from one offset to another: lines and columns stay. */
char *header_block_blank(struct arena *arena, const char *text, size_t length, size_t from, size_t end);

#endif

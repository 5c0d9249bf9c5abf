/* The lines of a source as the preprocessor sees them: without comments, and continued lines as one. Pure text work. */
#ifndef SO2_FRONTEND_LOGICAL_LINES_H
#define SO2_FRONTEND_LOGICAL_LINES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct logical_lines {
	struct arena *arena;
	const char *text;
	size_t length, at;
	unsigned number; /* of the line at `at` */
	char *room;	 /* for the longest possible line */
};

struct logical_line {
	const char *
		text; /* on the arena; a run of blanks and comments is one blank, none at the ends; NUL bytes are blanks */
	size_t end;	 /* offset of what follows it in the source */
	unsigned number; /* of its first line in the file, from 1 */
};

/* text need not be NUL-terminated; it and the arena are borrowed. Reading starts at the offset `from`. */
void logical_lines_open(struct logical_lines *lines, struct arena *arena, const char *text, size_t length, size_t from);
/* false: the text is at its end. */
bool logical_lines_next(struct logical_lines *lines, struct logical_line *line);
/* The line without its `#`; NULL: it is no directive. */
const char *logical_line_directive(const char *line);
/* What follows the directive's name, if it has this one; else NULL. */
const char *directive_after(const char *directive, const char *name);

#endif

/* Texts that the editor shows, and places in them.
 *
 * A finding's place is a line and a byte of it, both from 1; the editor's is a line and a character, both from 0, where a
 * character is what was agreed on: a byte of UTF-8 or half of a pair of UTF-16. */
#ifndef SO2_LSP_DOCUMENT_H
#define SO2_LSP_DOCUMENT_H

#include "base/arena.h"
#include "base/span.h"
#include "lsp/lsp.h"
#include "report/finding.h"

#include <stdbool.h>
#include <stddef.h>

enum position_encoding { POSITION_UTF16, POSITION_UTF8 };

struct position {
	size_t line, character;
};

struct range {
	struct position start, end; /* end: behind the last character */
};

struct line_index {
	const char *text;
	size_t length;
	const size_t *starts; /* of each line */
	size_t count;	      /* at least one */
};

/* The text is borrowed. */
struct line_index lines_find(struct arena *arena, const char *text, size_t length);
/* The byte that a place means; one behind the end of its line is that end, one behind the last line the end of the text. */
size_t lines_offset(const struct line_index *lines, struct position place, enum position_encoding encoding);
struct position lines_position(const struct line_index *lines, size_t offset, enum position_encoding encoding);
/* The bytes that a finding's place means: from *start to before *end; always in the text. */
void lines_span(const struct line_index *lines, const struct span *span, size_t *start, size_t *end);
struct range lines_range(const struct line_index *lines, const struct span *span, enum position_encoding encoding);

struct document {
	struct arena *own; /* of the document itself */
	const char *uri;   /* as the editor writes it */
	const char *path;  /* absolute; NULL: no file, and not analysed */
	long long version;
	struct arena *arena; /* of the text; a new one with each change */
	struct line_index lines;
	bool is_changed; /* since it was last analysed */
	double due;	 /* when is_changed: not to be analysed before */
	long long asked; /* the version that is being analysed; meaningless unless is_asked */
	bool is_asked;
	struct arena *results; /* of the report; NULL: never analysed */
	struct report report;  /* what is known of this file; places follow the text's changes by lines */
	/* Fixes of the findings on some lines; empty unless fix_version is the text's. */
	struct arena *fix_arena;
	const struct lsp_fix *fixes;
	int fix_count;
	long long fix_version;
	unsigned fix_first, fix_last;
	struct document *next;
};

struct document *document_create(const char *uri, const char *path, long long version, const char *text, size_t length);
void document_destroy(struct document *document);
void document_set_text(struct document *document, const char *text, size_t length);
/* Replaces what the range means, as the editor did. false: its end is before its start. */
bool document_replace(struct document *document, const struct range *range, enum position_encoding encoding,
		      const char *text, size_t length);
/* The path of a file: URI, without `.` and `..`; NULL: it is none, or of another machine. On the arena. */
const char *document_path(struct arena *arena, const char *uri);

#endif

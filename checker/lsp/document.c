/* See document.h. */
#include "document.h"

#include "base/path.h"
#include "report/texts.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* ---- lines -------------------------------------------------------------------------- */

/* They end as the parser sees it: in \n, \r\n or \r. */
static size_t next_line(const char *text, size_t length, size_t at)
{
	while (at < length && text[at] != '\n' && text[at] != '\r')
		at++;
	if (at >= length)
		return SIZE_MAX;
	return text[at] == '\r' && at + 1 < length && text[at + 1] == '\n' ? at + 2 : at + 1;
}

struct line_index lines_find(struct arena *arena, const char *text, size_t length)
{
	size_t *starts = NULL, count = 0, capacity = 0;

	for (size_t at = 0; at != SIZE_MAX; at = next_line(text, length, at))
		ARENA_PUSH(arena, starts, count, capacity, at);
	return (struct line_index){ text, length, starts, count };
}

/* Without what ends it. */
static size_t line_end(const struct line_index *lines, size_t line)
{
	size_t start = lines->starts[line];
	size_t end = line + 1 < lines->count ? lines->starts[line + 1] : lines->length;

	while (end > start && (lines->text[end - 1] == '\n' || lines->text[end - 1] == '\r'))
		end--;
	return end;
}

/* ---- characters ------------------------------------------------------------------------ */

static bool is_inner(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* What a byte begins, in units of UTF-16. */
static size_t units_of(char byte)
{
	return is_inner(byte) ? 0 : (unsigned char)byte >= 0xF0 ? 2 : 1;
}

size_t lines_offset(const struct line_index *lines, struct position place, enum position_encoding encoding)
{
	if (place.line >= lines->count)
		return lines->length;
	size_t at = lines->starts[place.line], end = line_end(lines, place.line), units = 0;

	if (encoding == POSITION_UTF8)
		return place.character < end - at ? at + place.character : end;
	while (at < end && units + units_of(lines->text[at]) <= place.character) {
		units += units_of(lines->text[at]);
		for (at++; at < end && is_inner(lines->text[at]); at++)
			;
	}
	return at;
}

static size_t line_at(const struct line_index *lines, size_t offset)
{
	size_t low = 0, high = lines->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (lines->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct position lines_position(const struct line_index *lines, size_t offset, enum position_encoding encoding)
{
	struct position place = { .line = line_at(lines, offset) };
	size_t start = lines->starts[place.line];

	if (encoding == POSITION_UTF8)
		place.character = offset - start;
	else
		for (size_t at = start; at < offset; at++)
			place.character += units_of(lines->text[at]);
	return place;
}

/* ---- places of findings -------------------------------------------------------------------- */

/* Of a line and a column that count from 1; never behind the end of the line. */
static size_t offset_of(const struct line_index *lines, unsigned line, unsigned column)
{
	size_t index = line == 0 ? 0 : line - 1;

	if (index >= lines->count)
		return lines->length;
	size_t start = lines->starts[index], end = line_end(lines, index), byte = column == 0 ? 0 : column - 1;
	return byte < end - start ? start + byte : end;
}

/* A place without columns is its line without the blanks before it. */
static size_t start_of(const struct line_index *lines, const struct span *span)
{
	size_t at = offset_of(lines, span->line, span->column);

	while (span->column <= 1 && at < lines->length && (lines->text[at] == ' ' || lines->text[at] == '\t'))
		at++;
	return at;
}

void lines_span(const struct line_index *lines, const struct span *span, size_t *start, size_t *end)
{
	bool has_end = span->end_line >= span->line && span->end_column > 0 && span->line > 0 &&
		       (span->end_line > span->line || span->end_column > span->column);

	*start = start_of(lines, span);
	if (has_end) /* of the last character */
		*end = offset_of(lines, span->end_line, span->end_column + 1);
	else
		*end = span->column > 1 ? *start + 1 : offset_of(lines, span->line, UINT_MAX);
	if (*end < *start)
		*end = *start;
	if (*end > lines->length)
		*end = lines->length;
	while (*end < lines->length && is_inner(lines->text[*end]))
		++*end;
	while (*start > 0 && *start < lines->length && is_inner(lines->text[*start]))
		--*start;
}

struct range lines_range(const struct line_index *lines, const struct span *span, enum position_encoding encoding)
{
	size_t start, end;

	lines_span(lines, span, &start, &end);
	return (struct range){ lines_position(lines, start, encoding), lines_position(lines, end, encoding) };
}

/* ---- documents -------------------------------------------------------------------------------- */

static void take_text(struct document *document, struct arena *arena, const char *text, size_t length)
{
	if (document->arena)
		arena_destroy(document->arena);
	document->arena = arena;
	document->lines = lines_find(arena, text, length);
}

void document_set_text(struct document *document, const char *text, size_t length)
{
	struct arena *arena = arena_create();

	take_text(document, arena, arena_grow(arena, text, length, length + 1), length);
}

struct document *document_create(const char *uri, const char *path, long long version, const char *text, size_t length)
{
	struct arena *own = arena_create();
	struct document *document = ARENA_NEW(own, struct document);

	document->own = own;
	document->uri = arena_strdup(own, uri);
	document->path = path ? arena_strdup(own, path) : NULL;
	document->version = version;
	document_set_text(document, text, length);
	return document;
}

void document_destroy(struct document *document)
{
	if (document->results)
		arena_destroy(document->results);
	if (document->fix_arena)
		arena_destroy(document->fix_arena);
	arena_destroy(document->arena);
	arena_destroy(document->own);
}

/* What is known stays where it was as far as lines tell, until the next analysis. */
static void move_span(struct span *span, size_t first, size_t last, long long added)
{
	if (span->line == 0 || span->line - 1 <= first)
		return;
	long long line = (long long)span->line + added, least = (long long)first + 1;

	if (span->line - 1 <= last && line < least)
		line = least; /* its line is gone */
	unsigned height = span->end_line > span->line ? span->end_line - span->line : 0;
	span->line = (unsigned)(line > least ? line : least);
	if (span->end_line > 0)
		span->end_line = span->line + height;
}

static void move_entries(struct not_analysed *entries, size_t count, size_t first, size_t last, long long added)
{
	for (size_t i = 0; i < count; i++)
		move_span(&entries[i].span, first, last, added);
}

static bool is_in(const struct document *document, const struct span *span)
{
	return span->file && strcmp(span->file, document->path) == 0;
}

static void move_results(struct document *document, size_t first, size_t last, long long added)
{
	struct report *report = &document->report;

	if (added == 0 || !document->path)
		return;
	for (size_t i = 0; i < report->finding_count; i++) {
		struct finding *finding = &report->findings[i];
		move_span(&finding->span, first, last, added);
		for (int k = 0; k < finding->step_count; k++)
			if (is_in(document, &finding->steps[k].span))
				move_span(&finding->steps[k].span, first, last, added);
	}
	move_entries(report->missing, report->missing_count, first, last, added);
	move_entries(report->notes, report->note_count, first, last, added);
}

bool document_replace(struct document *document, const struct range *range, enum position_encoding encoding,
		      const char *text, size_t length)
{
	const struct line_index *lines = &document->lines;
	size_t start = lines_offset(lines, range->start, encoding), end = lines_offset(lines, range->end, encoding);
	size_t before = lines->count, first = line_at(lines, start), last = line_at(lines, end);

	if (end < start)
		return false;
	struct arena *arena = arena_create();
	size_t size = lines->length - (end - start) + length;
	char *joined = arena_alloc(arena, size + 1);
	memcpy(joined, lines->text, start);
	memcpy(joined + start, text, length);
	memcpy(joined + start + length, lines->text + end, lines->length - end);
	/* a line break put at the very beginning of a line moves that line, too */
	bool is_whole = start == lines->starts[first] && first > 0;
	take_text(document, arena, joined, size);
	move_results(document, is_whole ? first - 1 : first, last,
		     (long long)document->lines.count - (long long)before);
	return true;
}

/* ---- names --------------------------------------------------------------------------------------- */

const char *document_path(struct arena *arena, const char *uri)
{
	static const char scheme[] = "file:", host[] = "localhost";
	const char *rest = uri + strlen(scheme);

	if (strncasecmp(uri, scheme, strlen(scheme)) != 0)
		return NULL;
	if (strncmp(rest, "//", 2) == 0) {
		rest += 2;
		if (strncasecmp(rest, host, strlen(host)) == 0)
			rest += strlen(host);
	}
	const char *path = uri_to_path(arena, arena_strndup(arena, rest, strcspn(rest, "?#")));
	if (!path || *path != '/')
		return NULL;
	path = path_seen_from(arena, NULL, path);
	return *path ? path : NULL;
}

/* Which beginning of a source can be parsed once for many runs. */
#include "header_block.h"

#include <ctype.h>
#include <string.h>

/* A line of the source as the preprocessor sees it: comments are blanks, and
 * lines that end in a backslash are one with the next. */
struct logical_line {
	const char *text;
	size_t end; /* offset of what follows it in the source */
};

struct reader {
	struct arena *arena;
	const char *text;
	size_t length, at;
	char *line; /* room for the longest possible line */
};

static size_t skip_block_comment(const struct reader *reader, size_t at)
{
	for (at += 2; at + 1 < reader->length; at++)
		if (reader->text[at] == '*' && reader->text[at + 1] == '/')
			return at + 2;
	return reader->length;
}

/* Past a backslash and the end of its line; else at itself. */
static size_t skip_splice(const struct reader *reader, size_t at)
{
	if (reader->text[at] != '\\')
		return at;
	size_t next = at + 1;
	if (next < reader->length && reader->text[next] == '\r')
		next++;
	return next < reader->length && reader->text[next] == '\n' ? next + 1 : at;
}

/* Copies a literal up to its closing quote, or to the end of the line. */
static size_t copy_literal(struct reader *reader, size_t at, size_t *out)
{
	char quote = reader->text[at];

	reader->line[(*out)++] = quote;
	for (at++; at < reader->length && reader->text[at] != '\n'; at++) {
		reader->line[(*out)++] = reader->text[at];
		if (reader->text[at] == quote)
			return at + 1;
		if (reader->text[at] == '\\' && at + 1 < reader->length && reader->text[at + 1] != '\n')
			reader->line[(*out)++] = reader->text[++at];
	}
	return at;
}

static void push_blank(struct reader *reader, size_t *out)
{
	if (*out > 0 && reader->line[*out - 1] != ' ')
		reader->line[(*out)++] = ' ';
}

/* false: the source is at its end. */
static bool next_line(struct reader *reader, struct logical_line *line)
{
	size_t at = reader->at, out = 0;

	if (at >= reader->length)
		return false;
	while (at < reader->length && reader->text[at] != '\n') {
		const char *here = reader->text + at;
		bool has_next = at + 1 < reader->length;
		if (skip_splice(reader, at) != at) {
			at = skip_splice(reader, at);
			push_blank(reader, &out);
		} else if (has_next && here[0] == '/' && here[1] == '*') {
			at = skip_block_comment(reader, at);
			push_blank(reader, &out);
		} else if (has_next && here[0] == '/' && here[1] == '/') {
			while (at < reader->length && reader->text[at] != '\n')
				at = skip_splice(reader, at) == at ? at + 1 : skip_splice(reader, at);
		} else if (*here == '"' || *here == '\'') {
			at = copy_literal(reader, at, &out);
		} else if (isspace((unsigned char)*here)) {
			push_blank(reader, &out);
			at++;
		} else {
			reader->line[out++] = *here;
			at++;
		}
	}
	while (out > 0 && reader->line[out - 1] == ' ')
		out--;
	reader->at = at < reader->length ? at + 1 : at;
	*line = (struct logical_line){ arena_strndup(reader->arena, reader->line, out), reader->at };
	return true;
}

/* ---- directives ------------------------------------------------------------------- */

/* What a line means for the block. */
enum line_kind { LINE_EMPTY, LINE_INCLUDE, LINE_OPEN, LINE_CLOSE, LINE_HARMLESS, LINE_END };

/* The rest of a directive of this name, or NULL. */
static const char *after_name(const char *directive, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(directive, name, length) != 0 || isalnum((unsigned char)directive[length]))
		return NULL;
	return directive + length + strspn(directive + length, " ");
}

static enum line_kind classify(const char *line)
{
	static const struct {
		const char *name;
		enum line_kind kind;
	} rows[] = {
		{ "define", LINE_HARMLESS }, { "undef", LINE_HARMLESS }, { "if", LINE_OPEN },
		{ "ifdef", LINE_OPEN },	     { "ifndef", LINE_OPEN },	 { "elif", LINE_HARMLESS },
		{ "else", LINE_HARMLESS },   { "endif", LINE_CLOSE },
	};
	const char *rest;

	if (*line == '\0')
		return LINE_EMPTY;
	if (*line != '#')
		return LINE_END;
	line += 1 + strspn(line + 1, " ");
	rest = after_name(line, "include");
	/* Only what is surely a system's header; the driver's own are needed with their bodies. */
	if (rest)
		return *rest == '<' && strchr(rest, '>') ? LINE_INCLUDE : LINE_END;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (after_name(line, rows[i].name))
			return rows[i].kind;
	return LINE_END; /* #pragma and #line hold on, #error is not for here */
}

static const char *included_name(struct arena *arena, const char *line)
{
	const char *open = strchr(line, '<');

	return arena_strndup(arena, open + 1, strcspn(open + 1, ">"));
}

bool header_block_find(struct arena *arena, const char *text, size_t length, header_block_stop *stops, void *context,
		       struct header_block *block)
{
	struct reader reader = { arena, text, length, 0, arena_alloc(arena, length + 1) };
	char *joined = arena_alloc(arena, length + 2);
	size_t size = 0, kept = 0;
	int depth = 0;
	bool has_include = false;
	struct logical_line line;

	*block = (struct header_block){ 0 };
	while (next_line(&reader, &line)) {
		enum line_kind kind = classify(line.text);
		if (kind == LINE_END ||
		    (kind == LINE_INCLUDE && stops && stops(context, included_name(arena, line.text))))
			break;
		if (kind == LINE_EMPTY)
			continue;
		depth += (kind == LINE_OPEN) - (kind == LINE_CLOSE);
		if (depth < 0)
			break;
		has_include |= kind == LINE_INCLUDE;
		memcpy(joined + size, line.text, strlen(line.text));
		size += strlen(line.text);
		joined[size++] = '\n';
		if (depth == 0 && has_include && (kind == LINE_INCLUDE || kind == LINE_CLOSE)) {
			kept = size;
			block->end = line.end;
		}
	}
	joined[kept] = '\0';
	block->text = joined;
	return block->end > 0;
}

char *header_block_blank(struct arena *arena, const char *text, size_t length, const struct header_block *block)
{
	char *copy = arena_strndup(arena, text, length);

	for (size_t i = 0; i < block->end; i++)
		if (copy[i] != '\n' && copy[i] != '\r')
			copy[i] = ' ';
	return copy;
}

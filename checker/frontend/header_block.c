/* Which beginning of a source can be parsed once for many runs. */
#include "header_block.h"

#include "base/text.h"

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
enum line_kind { LINE_EMPTY, LINE_INCLUDE, LINE_OWN_INCLUDE, LINE_OPEN, LINE_ELSE, LINE_CLOSE, LINE_MACRO, LINE_END };

/* The rest of a directive of this name, or NULL. */
static const char *after_name(const char *directive, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(directive, name, length) != 0 || isalnum((unsigned char)directive[length]))
		return NULL;
	return directive + length + strspn(directive + length, " ");
}

/* The line without its `#`; NULL: it is no directive. */
static const char *directive_of(const char *line)
{
	return *line == '#' ? line + 1 + strspn(line + 1, " ") : NULL;
}

static enum line_kind classify(const char *line)
{
	static const struct {
		const char *name;
		enum line_kind kind;
	} rows[] = {
		{ "define", LINE_MACRO }, { "undef", LINE_MACRO }, { "if", LINE_OPEN },	  { "ifdef", LINE_OPEN },
		{ "ifndef", LINE_OPEN },  { "elif", LINE_ELSE },   { "else", LINE_ELSE }, { "endif", LINE_CLOSE },
	};
	const char *directive = directive_of(line), *rest;

	if (*line == '\0')
		return LINE_EMPTY;
	if (!directive)
		return LINE_END;
	rest = after_name(directive, "include");
	/* Only what is surely a system's header; the driver's own are needed with their bodies. */
	if (rest && *rest == '"' && strchr(rest + 1, '"'))
		return LINE_OWN_INCLUDE;
	if (rest)
		return *rest == '<' && strchr(rest, '>') ? LINE_INCLUDE : LINE_END;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (after_name(directive, rows[i].name))
			return rows[i].kind;
	return LINE_END; /* #pragma and #line hold on, #error is not for here */
}

static const char *included_name(struct arena *arena, const char *line)
{
	const char *open = strpbrk(line, "<\"");

	return arena_strndup(arena, open + 1, strcspn(open + 1, ">\""));
}

/* ---- guards ------------------------------------------------------------------------- */

static bool next_directive(struct reader *reader, const char **directive)
{
	struct logical_line line = { "", 0 };

	while (*line.text == '\0')
		if (!next_line(reader, &line))
			return false;
	*directive = directive_of(line.text);
	return *directive != NULL;
}

/* Sets *end to what follows a header's guard, without which it may be included again. */
static bool find_guard(struct arena *arena, const struct block_header *header, size_t *end)
{
	struct reader reader = { arena, header->text, header->length, 0, arena_alloc(arena, header->length + 1) };
	const char *first, *second, *guard, *macro;

	if (!next_directive(&reader, &first))
		return false;
	const char *pragma = after_name(first, "pragma");
	if (pragma && strcmp(pragma, "once") == 0) {
		*end = reader.at;
		return true;
	}
	guard = after_name(first, "ifndef");
	if (!guard || !next_directive(&reader, &second))
		return false;
	macro = after_name(second, "define");
	*end = reader.at;
	return macro && strcspn(macro, " ") == strlen(guard) && strncmp(macro, guard, strlen(guard)) == 0;
}

/* ---- the block ---------------------------------------------------------------------- */

struct builder {
	struct arena *arena;
	const struct header_block_hooks *hooks;
	struct header_block *block;
	struct text joined;
	size_t kept; /* of it: what surely belongs to the block */
	bool has_include;
};

static size_t read_lines(struct builder *builder, const char *path, struct reader *reader);

static bool is_entered(const struct header_block *block, const char *path)
{
	for (int i = 0; i < block->header_count; i++)
		if (strcmp(block->headers[i].path, path) == 0)
			return true;
	return false;
}

/* Follows `#include "name"`. false: nothing of that header belongs to the block. */
static bool enter(struct builder *builder, const char *includer, const char *name)
{
	struct header_block *block = builder->block;
	const struct header_block_hooks *hooks = builder->hooks;
	struct block_header header = { 0 };
	int index = block->header_count;
	size_t kept = builder->kept;

	if (index == BLOCK_HEADERS || !hooks->opens || !hooks->opens(hooks->context, includer, name, &header) ||
	    is_entered(block, header.path) || !find_guard(builder->arena, &header, &header.from))
		return false;
	struct reader reader = { builder->arena, header.text, header.length, header.from,
				 arena_alloc(builder->arena, header.length + 1) };
	block->headers[block->header_count++] = header;
	header.end = read_lines(builder, header.path, &reader);
	block->headers[index] = header;
	if (builder->kept > kept)
		return true;
	block->header_count = index;
	return false;
}

static bool is_end(const struct builder *builder, bool is_source, enum line_kind kind, const char *line)
{
	const struct header_block_hooks *hooks = builder->hooks;

	if (kind == LINE_INCLUDE)
		return hooks->stops && hooks->stops(hooks->context, included_name(builder->arena, line));
	/* Where a macro is defined matters, and only the source's own are known to be of the driver. */
	return kind == LINE_END || (kind == LINE_MACRO && !is_source);
}

/* path: NULL for the source itself. Gives the end of what belongs to the block. */
static size_t read_lines(struct builder *builder, const char *path, struct reader *reader)
{
	size_t end = reader->at, start = reader->at;
	struct logical_line line;
	int depth = 0;

	for (; next_line(reader, &line); start = line.end) {
		enum line_kind kind = classify(line.text);
		if (kind == LINE_OWN_INCLUDE) {
			const char *name = included_name(builder->arena, line.text);
			return depth == 0 && enter(builder, path, name) ? start : end;
		}
		if (is_end(builder, !path, kind, line.text))
			break;
		if (kind == LINE_EMPTY)
			continue;
		depth += (kind == LINE_OPEN) - (kind == LINE_CLOSE);
		if (depth < 0)
			break;
		builder->has_include |= kind == LINE_INCLUDE;
		text_printf(&builder->joined, "%s\n", line.text);
		if (depth == 0 && builder->has_include && (kind == LINE_INCLUDE || kind == LINE_CLOSE)) {
			builder->kept = builder->joined.length;
			end = line.end;
		}
	}
	return end;
}

bool header_block_find(struct arena *arena, const char *text, size_t length, const struct header_block_hooks *hooks,
		       struct header_block *block)
{
	struct builder builder = { .arena = arena, .hooks = hooks, .block = block, .joined = text_create(arena) };
	struct reader reader = { arena, text, length, 0, arena_alloc(arena, length + 1) };

	*block = (struct header_block){ 0 };
	block->end = read_lines(&builder, NULL, &reader);
	block->text = arena_strndup(arena, text_get(&builder.joined), builder.kept);
	return builder.kept > 0;
}

char *header_block_blank(struct arena *arena, const char *text, size_t length, size_t from, size_t end)
{
	char *copy = arena_strndup(arena, text, length);

	for (size_t i = from; i < end; i++)
		if (copy[i] != '\n' && copy[i] != '\r')
			copy[i] = ' ';
	return copy;
}

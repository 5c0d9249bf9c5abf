/* Which beginning of a source can be parsed once for many runs. */
#include "header_block.h"

#include "base/text.h"
#include "logical_lines.h"

#include <string.h>

/* ---- directives ------------------------------------------------------------------- */

/* What a line means for the block. */
enum line_kind { LINE_EMPTY, LINE_INCLUDE, LINE_OWN_INCLUDE, LINE_OPEN, LINE_ELSE, LINE_CLOSE, LINE_MACRO, LINE_END };

static enum line_kind classify(const char *line)
{
	static const struct {
		const char *name;
		enum line_kind kind;
	} rows[] = {
		{ "define", LINE_MACRO }, { "undef", LINE_MACRO }, { "if", LINE_OPEN },	  { "ifdef", LINE_OPEN },
		{ "ifndef", LINE_OPEN },  { "elif", LINE_ELSE },   { "else", LINE_ELSE }, { "endif", LINE_CLOSE },
	};
	const char *directive = logical_line_directive(line), *rest;

	if (*line == '\0')
		return LINE_EMPTY;
	if (!directive)
		return LINE_END;
	rest = directive_after(directive, "include");
	/* Only what is surely a system's header; the driver's own are needed with their bodies. */
	if (rest && *rest == '"' && strchr(rest + 1, '"'))
		return LINE_OWN_INCLUDE;
	if (rest)
		return *rest == '<' && strchr(rest, '>') ? LINE_INCLUDE : LINE_END;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (directive_after(directive, rows[i].name))
			return rows[i].kind;
	return LINE_END; /* #pragma and #line hold on, #error is not for here */
}

static const char *included_name(struct arena *arena, const char *line)
{
	const char *open = strpbrk(line, "<\"");

	return arena_strndup(arena, open + 1, strcspn(open + 1, ">\""));
}

/* ---- guards ------------------------------------------------------------------------- */

static bool next_directive(struct logical_lines *reader, const char **directive)
{
	struct logical_line line = { .text = "" };

	while (*line.text == '\0')
		if (!logical_lines_next(reader, &line))
			return false;
	*directive = logical_line_directive(line.text);
	return *directive != NULL;
}

/* Sets *end to what follows a header's guard, without which it may be included again. */
static bool find_guard(struct arena *arena, const struct block_header *header, size_t *end)
{
	struct logical_lines reader;
	const char *first, *second, *guard, *macro;

	logical_lines_open(&reader, arena, header->text, header->length, 0);
	if (!next_directive(&reader, &first))
		return false;
	const char *pragma = directive_after(first, "pragma");
	if (pragma && strcmp(pragma, "once") == 0) {
		*end = reader.at;
		return true;
	}
	guard = directive_after(first, "ifndef");
	if (!guard || !next_directive(&reader, &second))
		return false;
	macro = directive_after(second, "define");
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

static size_t read_lines(struct builder *builder, const char *path, struct logical_lines *reader);

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
	struct logical_lines reader;
	logical_lines_open(&reader, builder->arena, header.text, header.length, header.from);
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
static size_t read_lines(struct builder *builder, const char *path, struct logical_lines *reader)
{
	size_t end = reader->at, start = reader->at;
	struct logical_line line;
	int depth = 0;

	for (; logical_lines_next(reader, &line); start = line.end) {
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
	struct logical_lines reader;

	logical_lines_open(&reader, arena, text, length, 0);
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

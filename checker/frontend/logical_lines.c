/* See logical_lines.h. */
#include "logical_lines.h"

#include <ctype.h>
#include <string.h>

void logical_lines_open(struct logical_lines *lines, struct arena *arena, const char *text, size_t length, size_t from)
{
	*lines = (struct logical_lines){ .arena = arena, .text = text, .length = length, .at = from, .number = 1 };
	lines->room = arena_alloc(arena, length + 1);
	for (size_t i = 0; i < from; i++)
		lines->number += text[i] == '\n';
}

static size_t skip_block_comment(const struct logical_lines *lines, size_t at)
{
	for (at += 2; at + 1 < lines->length; at++)
		if (lines->text[at] == '*' && lines->text[at + 1] == '/')
			return at + 2;
	return lines->length;
}

/* Past a backslash and the end of its line, blanks between them as compilers have it; else at itself. */
static size_t skip_splice(const struct logical_lines *lines, size_t at)
{
	if (lines->text[at] != '\\')
		return at;
	size_t next = at + 1;
	while (next < lines->length && strchr(" \t\f\v\r", lines->text[next]) && lines->text[next])
		next++;
	return next < lines->length && lines->text[next] == '\n' ? next + 1 : at;
}

/* Copies a literal up to its closing quote, or to the end of the line. */
static size_t copy_literal(struct logical_lines *lines, size_t at, size_t *out)
{
	char quote = lines->text[at];

	lines->room[(*out)++] = quote;
	for (at++; at < lines->length && lines->text[at] != '\n'; at++) {
		size_t next = skip_splice(lines, at);
		if (next != at) {
			at = next - 1;
			continue;
		}
		lines->room[(*out)++] = lines->text[at] ? lines->text[at] : ' ';
		if (lines->text[at] == quote)
			return at + 1;
		if (lines->text[at] == '\\' && at + 1 < lines->length && lines->text[at + 1] != '\n')
			lines->room[(*out)++] = lines->text[++at];
	}
	return at;
}

static void push_blank(struct logical_lines *lines, size_t *out)
{
	if (*out > 0 && lines->room[*out - 1] != ' ')
		lines->room[(*out)++] = ' ';
}

static size_t skip_line_comment(const struct logical_lines *lines, size_t at)
{
	while (at < lines->length && lines->text[at] != '\n')
		at = skip_splice(lines, at) == at ? at + 1 : skip_splice(lines, at);
	return at;
}

/* One character, literal, comment or splice; the offset behind it. */
static size_t copy_next(struct logical_lines *lines, size_t at, size_t *out)
{
	const char *here = lines->text + at;
	char second = at + 1 < lines->length ? here[1] : '\0';

	if (skip_splice(lines, at) != at)
		return skip_splice(lines, at);
	if (*here == '/' && second == '*') {
		push_blank(lines, out);
		return skip_block_comment(lines, at);
	}
	if (*here == '/' && second == '/')
		return skip_line_comment(lines, at);
	if (*here == '"' || *here == '\'')
		return copy_literal(lines, at, out);
	if (isspace((unsigned char)*here) || *here == '\0')
		push_blank(lines, out);
	else
		lines->room[(*out)++] = *here;
	return at + 1;
}

bool logical_lines_next(struct logical_lines *lines, struct logical_line *line)
{
	size_t at = lines->at, out = 0;

	if (at >= lines->length)
		return false;
	line->number = lines->number;
	while (at < lines->length && lines->text[at] != '\n')
		at = copy_next(lines, at, &out);
	while (out > 0 && lines->room[out - 1] == ' ')
		out--;
	at += at < lines->length;
	for (size_t i = lines->at; i < at; i++)
		lines->number += lines->text[i] == '\n';
	lines->at = at;
	line->text = arena_strndup(lines->arena, lines->room, out);
	line->end = at;
	return true;
}

const char *logical_line_directive(const char *line)
{
	if (*line == '#')
		return line + 1 + strspn(line + 1, " ");
	return strncmp(line, "%:", 2) == 0 ? line + 2 + strspn(line + 2, " ") : NULL;
}

const char *directive_after(const char *directive, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(directive, name, length) != 0 || isalnum((unsigned char)directive[length]) ||
	    directive[length] == '_')
		return NULL;
	return directive + length + strspn(directive + length, " ");
}

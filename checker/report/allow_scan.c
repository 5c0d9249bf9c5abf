/* Finds the comments of a source that speak to so2check, and the lines that they are about. No parser: words, strings,
 * comments and braces are told apart, and a brace in the first column begins or ends a function whatever #if has done to
 * the count before. */
#include "allow_scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define MARK "so2check:"

struct scan {
	struct arena *arena;
	struct allow_comment *comments;
	size_t count, capacity;
	size_t waiting; /* from this one on they wait for the code behind them */
	size_t open;	/* from here to waiting: the code that they are about goes on */
	int open_depth; /* of braces where it began */
	const char *at; /* NUL-terminated */
	unsigned line;
	int depth, parens; /* of braces; of other brackets */
	bool has_code, is_directive, is_line_start;
};

static void step(struct scan *scan)
{
	if (*scan->at == '\n') {
		bool goes_on = scan->is_directive && scan->at[-1] == '\\';
		scan->line++;
		scan->has_code = false;
		scan->is_directive = goes_on;
		scan->is_line_start = true;
	} else {
		scan->is_line_start = false;
	}
	scan->at++;
}

/* ---- comments ----------------------------------------------------------------------- */

static const char *skip_blanks(const char *text, const char *end)
{
	while (text < end && (isspace((unsigned char)*text) || *text == '*'))
		text++;
	return text;
}

static void add_comment(struct scan *scan, const char *text, const char *end, unsigned line, bool is_trailing)
{
	text = skip_blanks(text, end);
	if ((size_t)(end - text) < strlen(MARK) || memcmp(text, MARK, strlen(MARK)) != 0)
		return;
	text = skip_blanks(text + strlen(MARK), end);
	while (end > text && (isspace((unsigned char)end[-1]) || end[-1] == '*'))
		end--;
	struct allow_comment comment = { .line = line,
					 .first = line,
					 .last = is_trailing ? line : 0,
					 .text = arena_strndup(scan->arena, text, (size_t)(end - text)) };
	ARENA_PUSH(scan->arena, scan->comments, scan->count, scan->capacity, comment);
}

static void take_comment(struct scan *scan)
{
	bool is_line = scan->at[1] == '/', is_trailing = scan->has_code;
	const char *start = scan->at + 2;
	unsigned line = scan->line;

	step(scan);
	step(scan);
	while (*scan->at && (is_line ? *scan->at != '\n' : scan->at[0] != '*' || scan->at[1] != '/'))
		step(scan);
	add_comment(scan, start, scan->at, line, is_trailing);
	for (int i = 0; !is_line && i < 2 && *scan->at; i++)
		step(scan);
}

/* ---- code ----------------------------------------------------------------------------- */

static void close_open(struct scan *scan)
{
	for (; scan->open < scan->waiting; scan->open++)
		if (scan->comments[scan->open].last == 0)
			scan->comments[scan->open].last = scan->line;
}

/* The first of the code that the comments before are about. */
static void begin_code(struct scan *scan)
{
	if (scan->waiting == scan->count)
		return;
	close_open(scan);
	for (; scan->waiting < scan->count; scan->waiting++)
		if (scan->comments[scan->waiting].last == 0)
			scan->comments[scan->waiting].first = scan->line;
	scan->open_depth = scan->depth;
	scan->parens = 0;
}

/* A statement ends at its semicolon or where a block begins, a function with its last brace. */
static void take_mark(struct scan *scan)
{
	char mark = *scan->at;

	if ((mark == '{' || mark == '}') && scan->is_line_start)
		scan->depth = mark == '}';
	scan->depth += (mark == '{') - (mark == '}');
	if (scan->depth < 0)
		scan->depth = 0;
	scan->parens += (mark == '(' || mark == '[') - (mark == ')' || mark == ']');
	bool is_inside = scan->open_depth > 0;
	if ((mark == ';' && scan->parens <= 0 && scan->depth <= scan->open_depth) || (mark == '{' && is_inside) ||
	    (mark == '}' && (is_inside || scan->depth == 0)))
		close_open(scan);
}

static void take_quoted(struct scan *scan)
{
	char quote = *scan->at;

	step(scan);
	while (*scan->at && *scan->at != quote && *scan->at != '\n') {
		if (*scan->at == '\\' && scan->at[1])
			step(scan);
		step(scan);
	}
	if (*scan->at == quote)
		step(scan);
}

static void take_code(struct scan *scan)
{
	if (*scan->at == '#' && !scan->has_code)
		scan->is_directive = true;
	scan->has_code = true;
	if (!scan->is_directive)
		begin_code(scan);
	if (*scan->at == '"' || *scan->at == '\'') {
		take_quoted(scan);
		return;
	}
	if (!scan->is_directive)
		take_mark(scan);
	step(scan);
}

struct allow_comment *allow_scan(struct arena *arena, const char *text, size_t *count)
{
	struct scan scan = { .arena = arena, .at = text, .line = 1, .is_line_start = true };

	*count = 0;
	if (!strstr(text, MARK)) /* most have none */
		return NULL;
	while (*scan.at) {
		if (scan.at[0] == '/' && (scan.at[1] == '/' || scan.at[1] == '*'))
			take_comment(&scan);
		else if (isspace((unsigned char)*scan.at))
			step(&scan);
		else
			take_code(&scan);
	}
	scan.waiting = scan.count;
	close_open(&scan);
	*count = scan.count;
	return scan.comments;
}

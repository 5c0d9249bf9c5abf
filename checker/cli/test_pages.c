#include "test_pages.h"

#include "base/file.h"

#include <ctype.h>
#include <string.h>

#define CASE_MAX_BYTES ((size_t)16 << 20)
#define INDENT 4 /* of code on a page */

/* ---- texts without what does not count --------------------------------------------------- */

/* Appends text[0..length) without white space and comments, and ends the string. Gives its new end. */
static char *squeeze(char *write, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (i + 1 < length && text[i] == '/' && text[i + 1] == '*') {
			const char *end = strstr(text + i + 2, "*/");
			if (!end)
				break;
			i = (size_t)(end - text) + 1;
		} else if (!isspace((unsigned char)text[i])) {
			*write++ = text[i];
		}
	}
	*write = '\0';
	return write;
}

static const char *squeezed_case(struct arena *arena, const struct test_case *test_case)
{
	char *source;
	size_t length;
	const char *error;

	if (file_read(arena, test_case->path, CASE_MAX_BYTES, &source, &length, &error))
		return ""; /* it was read before: gone meanwhile */
	char *copy = arena_alloc(arena, length + 1);
	squeeze(copy, source, length);
	return copy;
}

/* ---- one example --------------------------------------------------------------------------- */

/* The fragments of an example, each squeezed and ended by NUL, an empty one after the last. */
static const char *split_example(struct arena *arena, const char *block, size_t length)
{
	char *fragments = arena_alloc(arena, 2 * length + 2), *write = fragments;
	size_t start = 0;

	for (size_t i = 0; i <= length; i++) {
		bool is_gap = i + 3 <= length && !strncmp(block + i, "...", 3);
		bool is_empty_line = i + 2 <= length && block[i] == '\n' && block[i + 1] == '\n';

		if (i < length && !is_gap && !is_empty_line)
			continue;
		char *end = squeeze(write, block + start, i - start);
		if (end > write)
			write = end + 1;
		start = i + (is_gap ? 3 : 0);
		i = is_gap ? i + 2 : i;
	}
	*write = '\0';
	return fragments;
}

static bool has_fragments(const char *text, const char *fragments)
{
	for (; *fragments; fragments += strlen(fragments) + 1) {
		const char *found = strstr(text, fragments);
		if (!found)
			return false;
		text = found + strlen(fragments);
	}
	return true;
}

static bool is_in_cases(struct arena *arena, const struct case_list *cases, const struct rp_rule *rule,
			const char *block, size_t length)
{
	const char *fragments = split_example(arena, block, length);

	for (int i = 0; i < cases->count; i++) {
		const struct test_case *test_case = &cases->items[i];

		if (!strcmp(test_case->folder, rule->id) && has_fragments(squeezed_case(arena, test_case), fragments))
			return true;
	}
	return false;
}

/* ---- the page ------------------------------------------------------------------------------- */

static bool is_code(const char *line)
{
	return !strncmp(line, "    ", INDENT) || *line == '\t';
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line ? line + 1 : line;
}

/* The end of the block of code at line; empty lines belong to it when code follows. */
static const char *block_end(const char *line)
{
	const char *end = line;

	while (*line && (is_code(line) || *line == '\n')) {
		bool counts = is_code(line);

		line = next_line(line);
		end = counts ? line : end;
	}
	return end;
}

const char *page_foreign_example(struct arena *arena, const struct case_list *cases, const struct rp_rule *rule)
{
	bool has_examples = false;

	for (const char *line = rule->doc ? rule->doc : ""; *line; line = next_line(line)) {
		if (*line == '#')
			has_examples = !strncmp(line, "## Bad", 6) || !strncmp(line, "## Good", 7);
		if (!has_examples || !is_code(line))
			continue;
		const char *end = block_end(line);
		if (!is_in_cases(arena, cases, rule, line, (size_t)(end - line)))
			return arena_strndup(arena, line, (size_t)(end - line));
		line = end - 1; /* its line feed */
	}
	return NULL;
}

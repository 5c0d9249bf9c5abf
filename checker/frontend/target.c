/* Tells Linux drivers, Windows drivers and user-space programs apart by what
 * they include. The names are data: headers/so2check_targets.def. */
#include "units_int.h"

#include <string.h>
#include <strings.h>

#define SCAN_LINES 200

struct header_row {
	enum source_kind kind;
	const char *name; /* a name that ends in `/` stands for all below it */
};

static const struct header_row header_rows[] = {
#define TARGET_HEADER(kind, name) { SOURCE_##kind, name },
#include "headers/so2check_targets.def"
};

struct votes {
	bool windows, linux_kernel, user_space;
};

static bool row_matches(const struct header_row *row, const char *name, size_t length)
{
	size_t row_length = strlen(row->name);

	if (row->name[row_length - 1] == '/')
		return length > row_length && strncasecmp(name, row->name, row_length) == 0;
	return length == row_length && strncasecmp(name, row->name, row_length) == 0;
}

static void vote(struct votes *votes, const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(header_rows) / sizeof(header_rows[0]); i++) {
		if (!row_matches(&header_rows[i], name, length))
			continue;
		votes->windows |= header_rows[i].kind == SOURCE_WINDOWS;
		votes->linux_kernel |= header_rows[i].kind == SOURCE_LINUX;
		votes->user_space |= header_rows[i].kind == SOURCE_USER_SPACE;
	}
}

/* The name in `#include "name"` or `#include <name>`, else NULL. */
static const char *include_name(const char *line, size_t *length, bool *is_quoted)
{
	line += strspn(line, " \t");
	if (*line != '#')
		return NULL;
	line++;
	line += strspn(line, " \t");
	if (strncmp(line, "include", 7) != 0)
		return NULL;
	line += 7;
	line += strspn(line, " \t");
	if (*line != '"' && *line != '<')
		return NULL;
	*is_quoted = *line == '"';
	*length = strcspn(line + 1, "\">\n");
	return line + 1;
}

static void scan(struct arena *arena, struct votes *votes, const char *directory, const char *text, bool follow)
{
	for (int line = 0; *text && line < SCAN_LINES; line++) {
		size_t length = 0;
		bool is_quoted = false;
		const char *name = include_name(text, &length, &is_quoted);
		if (name)
			vote(votes, name, length);
		if (name && is_quoted && follow) {
			const char *file = path_join(arena, directory, arena_strndup(arena, name, length));
			struct source_text header;
			if (source_slurp(arena, file, &header))
				scan(arena, votes, directory, header.text, false);
		}
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
}

enum source_kind target_guess(struct arena *arena, const char *path, const char *text)
{
	struct votes votes = { 0 };

	scan(arena, &votes, path_parent(arena, path), text, true);
	/* A kernel header outweighs the others: tests of drivers that build both
	 * ways include <stdio.h> under #ifndef __KERNEL__. */
	if (votes.linux_kernel)
		return SOURCE_LINUX;
	if (votes.windows)
		return SOURCE_WINDOWS;
	return votes.user_space ? SOURCE_USER_SPACE : SOURCE_LINUX;
}

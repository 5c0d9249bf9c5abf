/* Tells Linux drivers, Windows drivers and user-space programs apart by what
 * they include. The names are data: headers/so2check_targets.def. */
#include "units_int.h"

#include <string.h>
#include <strings.h>

#define SCAN_LINES 200
#define SCAN_DEPTH 2

/* ANY: of programs and drivers alike. */
enum header_kind {
	HEADER_LINUX,
	HEADER_LINUX_ANY,
	HEADER_WINDOWS,
	HEADER_WINDOWS_ANY,
	HEADER_USER_SPACE,
};

struct header_row {
	enum header_kind kind;
	const char *name; /* a name that ends in `/` stands for all below it */
};

static const struct header_row header_rows[] = {
#define TARGET_HEADER(kind, name) { HEADER_##kind, name },
#include "headers/so2check_targets.def"
};

struct votes {
	bool windows, windows_any, linux_kernel, linux_any, user_space;
};

static bool row_matches(const struct header_row *row, const char *name, size_t length)
{
	size_t row_length = strlen(row->name);

	/* Wine and old kits name the folder: <ddk/wdm.h>. */
	if (row->kind == HEADER_WINDOWS && length > 4 && strncasecmp(name, "ddk/", 4) == 0) {
		name += 4;
		length -= 4;
	}
	if (row->name[row_length - 1] == '/')
		return length > row_length && strncasecmp(name, row->name, row_length) == 0;
	return length == row_length && strncasecmp(name, row->name, row_length) == 0;
}

static void vote(struct votes *votes, const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(header_rows) / sizeof(header_rows[0]); i++) {
		if (!row_matches(&header_rows[i], name, length))
			continue;
		votes->windows |= header_rows[i].kind == HEADER_WINDOWS;
		votes->windows_any |= header_rows[i].kind == HEADER_WINDOWS_ANY;
		votes->linux_kernel |= header_rows[i].kind == HEADER_LINUX;
		votes->linux_any |= header_rows[i].kind == HEADER_LINUX_ANY;
		votes->user_space |= header_rows[i].kind == HEADER_USER_SPACE;
	}
}

static bool is_kernel_code(const struct votes *votes)
{
	return votes->windows || votes->linux_kernel;
}

static void scan(struct include_cache *cache, struct arena *scratch, struct votes *votes, const char *path,
		 const char *text, int depth);

/* Headers near the file speak for it when its own lines do not. */
static void scan_header(struct include_cache *cache, struct arena *scratch, struct votes *votes, const char *path,
			const char *name, int depth)
{
	const char *file = include_resolve(cache, path_parent(scratch, path), path_with_slashes(scratch, name));
	struct source_text header;

	if (file && include_slurp(cache, scratch, file, &header))
		scan(cache, scratch, votes, file, header.text, depth - 1);
}

static void scan(struct include_cache *cache, struct arena *scratch, struct votes *votes, const char *path,
		 const char *text, int depth)
{
	struct word_list quoted = { 0 };

	for (int line = 0; *text && line < SCAN_LINES; line++) {
		size_t length = 0;
		bool is_quoted = false;
		const char *name = include_name(text, &length, &is_quoted);
		if (name)
			vote(votes, path_with_slashes(scratch, arena_strndup(scratch, name, length)), length);
		if (name && is_quoted)
			words_push(scratch, &quoted, arena_strndup(scratch, name, length));
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	for (int i = 0; depth > 0 && i < quoted.count && !is_kernel_code(votes); i++)
		scan_header(cache, scratch, votes, path, quoted.items[i], depth);
}

enum source_kind target_guess(struct include_cache *cache, const char *path, const char *text)
{
	struct arena *scratch = arena_create();
	struct votes votes = { 0 };

	scan(cache, scratch, &votes, path, text, SCAN_DEPTH);
	arena_destroy(scratch);
	/* A kernel header outweighs the others: tests of drivers that build both
	 * ways include <stdio.h> under #ifndef __KERNEL__. */
	if (votes.linux_kernel)
		return SOURCE_LINUX;
	if (votes.windows)
		return SOURCE_WINDOWS;
	if (votes.user_space)
		return SOURCE_USER_SPACE;
	return votes.windows_any && !votes.linux_any ? SOURCE_WINDOWS : SOURCE_LINUX;
}

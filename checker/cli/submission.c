/* See submission.h. */
#include "submission.h"

#include "base/file.h"
#include "base/path.h"
#include "frontend/frontend.h"
#include "report/allow.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

#define BUILD_FILE_LIMIT ((size_t)4 << 20)
#define SUPPRESSIONS_LISTED 50

/* ---- files ------------------------------------------------------------------------- */

static int compare_entries(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

struct text_list folder_files(struct arena *arena, const char *folder)
{
	char *const roots[] = { arena_strdup(arena, folder), NULL };
	struct text_list files = { 0 };
	size_t length = strlen(folder) + 1;
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);

	for (FTSENT *entry; walk && files.count < SUBMISSION_FILE_LIMIT && (entry = fts_read(walk)) != NULL;) {
		if (entry->fts_info == FTS_D && strcmp(entry->fts_name, ".git") == 0)
			fts_set(walk, entry, FTS_SKIP);
		if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP && strlen(entry->fts_path) > length)
			text_list_add(arena, &files, arena_strdup(arena, entry->fts_path + length));
	}
	if (walk)
		fts_close(walk);
	return files;
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);

	return length > tail && strcmp(name + length - tail, suffix) == 0;
}

/* ---- build files ----------------------------------------------------------------------- */

static const char *const usual_build_files[] = { "Makefile",  "makefile", "GNUmakefile", "Kbuild", "Kconfig", "*.mk",
						 "*.vcxproj", "*.props",  "*.targets",	 "*.sln",  "sources", "dirs" };

static bool is_build_file(struct arena *scratch, const struct text_list *patterns, const char *file)
{
	if (patterns->count == 0)
		for (size_t i = 0; i < sizeof(usual_build_files) / sizeof(usual_build_files[0]); i++)
			if (path_matches(scratch, usual_build_files[i], file))
				return true;
	for (int i = 0; i < patterns->count; i++)
		if (path_matches(scratch, patterns->items[i], file))
			return true;
	return false;
}

static bool has_file(const struct text_list *files, const char *file)
{
	for (int i = 0; i < files->count; i++)
		if (strcmp(files->items[i], file) == 0)
			return true;
	return false;
}

/* The text without carriage returns; NULL: it cannot be read. */
static char *read_build_file(struct arena *scratch, const char *folder, const char *file, size_t *length)
{
	const char *error;
	char *text;
	size_t count, kept = 0;

	if (file_read(scratch, arena_printf(scratch, "%s/%s", folder, file), BUILD_FILE_LIMIT, &text, &count, &error))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (text[i] != '\r')
			text[kept++] = text[i];
	*length = kept;
	return text;
}

static bool is_same(struct arena *scratch, const char *left_folder, const char *right_folder, const char *file)
{
	size_t left_length = 0, right_length = 0;
	const char *left = read_build_file(scratch, left_folder, file, &left_length);
	const char *right = read_build_file(scratch, right_folder, file, &right_length);

	return left && right && left_length == right_length && memcmp(left, right, left_length) == 0;
}

struct text_list build_differences(struct arena *arena, const struct text_list *patterns, const char *folder,
				   const char *reference)
{
	struct arena *scratch = arena_create();
	struct text_list own = folder_files(scratch, folder), given = folder_files(scratch, reference);
	struct text_list differences = { 0 };

	for (int i = 0; i < given.count; i++) {
		const char *file = given.items[i];
		if (!is_build_file(scratch, patterns, file))
			continue;
		if (!has_file(&own, file))
			text_list_add(arena, &differences, arena_printf(arena, "%s is missing", file));
		else if (!is_same(scratch, folder, reference, file))
			text_list_add(arena, &differences, arena_printf(arena, "%s has changed", file));
	}
	for (int i = 0; i < own.count; i++)
		if (is_build_file(scratch, patterns, own.items[i]) && !has_file(&given, own.items[i]))
			text_list_add(arena, &differences, arena_printf(arena, "%s was added", own.items[i]));
	arena_destroy(scratch);
	return differences;
}

/* ---- comments ----------------------------------------------------------------------------- */

struct text_list folder_suppressions(struct arena *arena, const char *folder, size_t *total)
{
	struct arena *scratch = arena_create();
	struct text_list files = folder_files(scratch, folder), list = { 0 };

	*total = 0;
	for (int i = 0; i < files.count; i++) {
		const char *file = files.items[i];
		size_t count = 0;
		if (!ends_with(file, ".c") && !ends_with(file, ".h"))
			continue;
		const struct allow_place *places =
			report_allow_places(scratch, arena_printf(scratch, "%s/%s", folder, file), &count);
		for (size_t k = 0; k < count && list.count < SUPPRESSIONS_LISTED; k++)
			text_list_add(arena, &list,
				      arena_printf(arena, "%s:%u: %.200s", file, places[k].line, places[k].text));
		*total += count;
	}
	arena_destroy(scratch);
	return list;
}

/* ---- modules ---------------------------------------------------------------------------------- */

bool folder_lacks_source(const char *folder)
{
	struct arena *scratch = arena_create();
	struct text_list files = folder_files(scratch, folder);
	bool is_missing = false;

	for (int i = 0; i < files.count && !is_missing; i++) {
		const char *slash = strrchr(files.items[i], '/'), *name = slash ? slash + 1 : files.items[i];
		if (strcmp(name, "Kbuild") != 0 && strcmp(name, "Makefile") != 0 && strcmp(name, "makefile") != 0)
			continue;
		const char *below = arena_strndup(scratch, files.items[i], (size_t)(name - files.items[i]));
		is_missing = kbuild_missing_source(scratch, arena_printf(scratch, "%s/%s", folder, below)) != NULL;
	}
	arena_destroy(scratch);
	return is_missing;
}

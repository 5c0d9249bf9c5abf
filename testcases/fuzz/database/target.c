/* compile_commands.json: read, asked for commands, and these filtered. No flag gets through that makes the parser read,
 * write or load what the command did not name as an include. */
#include "fuzz.h"

#include "../../../checker/frontend/units_int.h"

#include <string.h>

/* Flags that the lists in flags.c and windows_flags.c let through, by their beginnings. */
static bool is_known_flag(const char *arg)
{
	static const char *const known[] = { "-I",	  "-isystem",  "-iquote",    "-idirafter", "-include",
					     "-imacros",  "-isysroot", "--sysroot=", "-D",	   "-U",
					     "-nostdinc", "-undef",    "-std=",	     "-ansi",	   "-O",
					     "-f",	  "-m",	       "--target=" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_starts_with(arg, known[i]))
			return !text_starts_with(arg, "-fplugin") && !text_starts_with(arg, "-fpass") &&
			       !text_starts_with(arg, "-fmodule") && !text_starts_with(arg, "-mllvm");
	return false;
}

static void check_flags(const struct word_list *args)
{
	for (int i = 0; i < args->count; i++) {
		const char *arg = args->items[i];
		bool has_path = !strcmp(arg, "-I") || !strcmp(arg, "-isystem") || !strcmp(arg, "-iquote") ||
				!strcmp(arg, "-idirafter") || !strcmp(arg, "-include") || !strcmp(arg, "-imacros") ||
				!strcmp(arg, "-isysroot");

		fuzz_require(is_known_flag(arg), "`%s` got through", arg);
		if (has_path)
			fuzz_require(++i < args->count, "`%s` without a path", arg);
	}
}

static void check_entry(struct fuzz *fuzz, const struct compile_db *db, const struct compile_db_entry *entry)
{
	struct word_list argv, windows = { 0 };
	struct filtered_flags flags;
	int below = 0;

	fuzz_require(entry->path[0] == '/' && !strstr(entry->path, "//") && !strstr(entry->path, "/../"),
		     "`%s` is not absolute", entry->path);
	fuzz_require(compile_db_find(db, entry->path) == entry, "`%s` is not found", entry->path);
	const struct compile_db_entry *near = compile_db_nearest(db,
								 path_join(fuzz->arena, "/x", path_base(entry->path)));
	fuzz_require(near && strcmp(path_base(near->path), path_base(entry->path)) == 0, "no `%s` is near",
		     entry->path);
	fuzz_require(compile_db_below(db, path_parent(fuzz->arena, entry->path), &below) && below > 0,
		     "`%s` is not below its folder", entry->path);
	if (!compile_db_arguments(fuzz->arena, entry, &argv))
		return;
	fuzz_accepted();
	flags_filter(fuzz->arena, &flags, &argv, entry->directory, entry->index % 2 ? "own" : NULL);
	check_flags(&flags.args);
	windows_flags_filter(fuzz->arena, &windows, &argv, entry->directory);
	check_flags(&windows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = "/fuzz/compile_commands.json";
	struct compile_db db;

	fuzz_as_file(&fuzz, path);
	bool is_read = compile_db_read(fuzz.arena, fuzz.log, path, &db) == 0;
	fuzz_require_reason(&fuzz, is_read);
	for (int i = 0; is_read && i < db.count; i++)
		check_entry(&fuzz, &db, &db.entries[i]);
	fuzz_end(&fuzz);
	return 0;
}

/* compile_commands.json: read, asked for commands, and these filtered. No flag gets through that makes the parser read,
 * write or load what the command did not name as an include. */
#include "fuzz.h"

#include "../../../checker/frontend/units_int.h"

#include <string.h>

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
	fuzz_require_flags(flags.args.items, flags.args.count);
	windows_flags_filter(fuzz->arena, &windows, &argv, entry->directory);
	fuzz_require_flags(windows.items, windows.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = "/fuzz/compile_commands.json";
	struct compile_db db;

	fuzz_as_file(&(struct fuzz_part){ fuzz.text, fuzz.size }, path);
	bool is_read = compile_db_read(fuzz.arena, fuzz.log, path, &db) == 0;
	fuzz_require_reason(&fuzz, is_read);
	for (int i = 0; is_read && i < db.count; i++)
		check_entry(&fuzz, &db, &db.entries[i]);
	fuzz_end(&fuzz);
	return 0;
}

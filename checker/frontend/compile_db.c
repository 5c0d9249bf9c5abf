/* compile_commands.json: read once, kept sorted, commands split only for the
 * entries that are used. */
#include "base/file.h"
#include "units_int.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A build of all of Linux has 100 MB of commands. */
#define DATABASE_LIMIT ((size_t)1 << 30)

/* ---- reading ----------------------------------------------------------------- */

static void log_entry_problem(struct log *log, const char *file, int number, const char *name, const char *problem)
{
	struct span span = { .file = file };

	if (name)
		log_add(log, LOG_WARNING, &span, "entry %d ('%s') %s; it is not used", number, name, problem);
	else
		log_add(log, LOG_WARNING, &span, "entry %d %s; it is not used", number, problem);
}

static bool copy_arguments(struct arena *arena, struct word_list *argv, const json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *word = json_string_value(json_array_get(array, i));
		if (!word)
			return false;
		words_push(arena, argv, arena_strdup(arena, word));
	}
	return argv->count > 0;
}

/* NULL, or what is wrong with the entry. */
static const char *read_entry(struct arena *arena, const json_t *object, const char *base,
			      struct compile_db_entry *entry)
{
	const char *file = json_string_value(json_object_get(object, "file"));
	const char *directory = json_string_value(json_object_get(object, "directory"));
	const json_t *command = json_object_get(object, "command");
	const json_t *arguments = json_object_get(object, "arguments");

	if (!file || file[0] == '\0')
		return "has no \"file\"";
	if (!directory)
		return "has no \"directory\"";
	if (!command && !arguments)
		return "has neither \"command\" nor \"arguments\"";
	if (json_is_array(arguments)) {
		if (!copy_arguments(arena, &entry->argv, arguments))
			return "has an \"arguments\" that is not an array of strings";
	} else if (json_is_string(command)) {
		entry->command = arena_strdup(arena, json_string_value(command));
	} else {
		return "has a \"command\" that is not a string";
	}
	entry->directory = path_absolute(arena, base, directory);
	entry->path = path_absolute(arena, entry->directory, file);
	return NULL;
}

static void read_entries(struct arena *arena, struct log *log, const char *file, const json_t *root,
			 struct compile_db *db)
{
	const char *base = path_parent(arena, path_absolute(arena, path_current(arena), file));

	for (size_t i = 0; i < json_array_size(root); i++) {
		const json_t *object = json_array_get(root, i);
		struct compile_db_entry entry = { .index = (int)i };
		const char *problem = json_is_object(object) ? read_entry(arena, object, base, &entry) :
							       "is not an object";
		if (problem)
			log_entry_problem(log, file, (int)i + 1, json_string_value(json_object_get(object, "file")),
					  problem);
		else
			ARENA_PUSH(arena, db->entries, db->count, db->capacity, entry);
	}
}

static int compare_entries(const void *left, const void *right)
{
	const struct compile_db_entry *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int compare_names(const void *left, const void *right)
{
	const struct compile_db_entry *const *a = left, *const *b = right;
	int order = strcmp(path_base((*a)->path), path_base((*b)->path));

	return order ? order : compare_entries(*a, *b);
}

static void sort_entries(struct arena *arena, struct compile_db *db)
{
	int kept = 0;

	if (db->count == 0)
		return;
	qsort(db->entries, (size_t)db->count, sizeof(db->entries[0]), compare_entries);
	for (int i = 0; i < db->count; i++)
		if (kept == 0 || strcmp(db->entries[kept - 1].path, db->entries[i].path) != 0)
			db->entries[kept++] = db->entries[i];
	db->count = kept;
	db->by_name = ARENA_ARRAY(arena, struct compile_db_entry *, (size_t)kept);
	for (int i = 0; i < kept; i++)
		db->by_name[i] = &db->entries[i];
	qsort(db->by_name, (size_t)kept, sizeof(db->by_name[0]), compare_names);
}

/* NULL after an error message. The text takes as much memory as the tree: it is gone before that is used. */
static json_t *load(struct log *log, const char *file)
{
	struct arena *scratch = arena_create();
	struct span span = { .file = file };
	const char *reason = NULL;
	size_t length = 0;
	json_error_t error;
	json_t *root = NULL;
	char *text;

	if (file_read(scratch, file, DATABASE_LIMIT, &text, &length, &reason)) {
		log_add(log, LOG_ERROR, &span, "the compile database %s", reason);
	} else if (!(root = json_loadb(text, length, 0, &error))) {
		span.line = span.end_line = (unsigned)(error.line > 0 ? error.line : 0);
		span.column = span.end_column = (unsigned)(error.line > 0 && error.column > 0 ? error.column : 0);
		log_add(log, LOG_ERROR, &span, "the compile database is not valid JSON: %s", error.text);
	}
	arena_destroy(scratch);
	return root;
}

int compile_db_read(struct arena *arena, struct log *log, const char *path, struct compile_db *db)
{
	const char *file = path_is_directory(path) ? path_join(arena, path, "compile_commands.json") :
						     arena_strdup(arena, path);
	struct span span = { .file = file };

	*db = (struct compile_db){ 0 };
	json_t *root = load(log, file);
	if (!root)
		return -1;
	if (!json_is_array(root)) {
		log_add(log, LOG_ERROR, &span, "the compile database is not a JSON array of commands");
		json_decref(root);
		return -1;
	}
	read_entries(arena, log, file, root, db);
	json_decref(root);
	sort_entries(arena, db);
	return 0;
}

/* ---- looking up ---------------------------------------------------------------- */

/* The number of entries whose path sorts before the given one. */
static int lower_bound(const struct compile_db *db, const char *path)
{
	int low = 0, high = db->count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(db->entries[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct compile_db_entry *compile_db_find(const struct compile_db *db, const char *path)
{
	int at = lower_bound(db, path);

	return at < db->count && strcmp(db->entries[at].path, path) == 0 ? &db->entries[at] : NULL;
}

const struct compile_db_entry *compile_db_below(const struct compile_db *db, const char *directory, int *count)
{
	/* All of `dir/...` are adjacent, but `dir-x` may sort between `dir` and
	 * `dir/`: so look for the first that is not before "dir/". */
	size_t length = strlen(directory);
	bool is_root = length == 1 && directory[0] == '/';
	int low = 0, high = db->count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = strncmp(db->entries[middle].path, directory, length);
		if (order == 0 && !is_root)
			order = (unsigned char)db->entries[middle].path[length] - '/';
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < db->count && path_is_below(db->entries[low + *count].path, directory))
		++*count;
	return *count ? &db->entries[low] : NULL;
}

/* Length of the folders both paths start with. */
static size_t common_folders(const char *left, const char *right)
{
	size_t common = 0;

	for (size_t i = 0; left[i] && left[i] == right[i]; i++)
		if (left[i] == '/')
			common = i + 1;
	return common;
}

static const struct compile_db_entry *nearest_same_name(const struct compile_db *db, const char *path)
{
	const struct compile_db_entry *best = NULL;
	const char *name = path_base(path);
	int low = 0, high = db->count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(path_base(db->by_name[middle]->path), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < db->count && strcmp(path_base(db->by_name[low]->path), name) == 0; low++)
		if (!best || common_folders(db->by_name[low]->path, path) > common_folders(best->path, path))
			best = db->by_name[low];
	return best;
}

const struct compile_db_entry *compile_db_nearest(const struct compile_db *db, const char *path)
{
	const struct compile_db_entry *same = nearest_same_name(db, path);

	if (same || db->count == 0)
		return same;
	/* In sorted order the longest common beginning is that of a neighbour. */
	int at = lower_bound(db, path);
	if (at == 0)
		return &db->entries[0];
	if (at == db->count)
		return &db->entries[at - 1];
	const struct compile_db_entry *before = &db->entries[at - 1], *after = &db->entries[at];
	return common_folders(after->path, path) > common_folders(before->path, path) ? after : before;
}

bool compile_db_arguments(struct arena *arena, const struct compile_db_entry *entry, struct word_list *argv)
{
	*argv = (struct word_list){ 0 };
	if (entry->command)
		return words_split_shell(arena, argv, entry->command) && argv->count > 0;
	words_append(arena, argv, &entry->argv);
	return true;
}

/* units_find(): from the paths of the command line to compile commands.
 *
 * Every source goes through add_source(), which asks in this order: its entry
 * in the compile database, the entry of a neighbour there, the Kbuild file that
 * lists it, the default flags of a bare file. */
#include "units_int.h"

#include "base/strmap.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_LIMIT 64

/* Kbuild files are looked for in the source's folder and this many above it. */
#define KBUILD_LEVELS 3

struct finder {
	struct arena *arena;
	struct arena *scratch; /* file texts, dropped after each file */
	struct intern_pool *pool;
	struct log *log;
	const struct unit_options *options;
	struct unit_list *list;
	const char *current;	 /* working folder */
	const char *headers_dir; /* our force-included headers */
	struct compile_db db;	 /* empty without -p */
	bool has_db;
	struct kernel_headers kernel;
	const char *kernel_problem; /* why there are none; asked for on first need */
	bool kernel_searched;
	struct keymap *seen;	/* interned absolute paths */
	struct keymap *kbuilds; /* interned folders -> struct kbuild */
};

/* ---- results -------------------------------------------------------------------------- */

static void skip(struct finder *finder, const char *shown, const char *reason)
{
	struct unit_list *list = finder->list;
	struct skipped_unit skipped = { .file = intern(finder->pool, shown),
					.reason = arena_strdup(finder->arena, reason) };

	skipped.span.file = skipped.file;
	ARENA_PUSH(finder->arena, list->skipped, list->skipped_count, list->skipped_capacity, skipped);
}

/* What is known of a source before its flags are chosen. */
struct source_file {
	const char *shown; /* as the user sees it */
	const char *path;  /* absolute */
	bool is_given;	   /* named on the command line, not found in a folder */
};

static struct compile_cmd command_for(struct finder *finder, const struct source_file *source)
{
	return (struct compile_cmd){
		.file = intern(finder->pool, source->shown),
		.path = source->path,
		.directory = path_parent(finder->arena, source->path),
		.target = TARGET_LINUX,
	};
}

static void add_command(struct finder *finder, struct compile_cmd *cmd, struct word_list *args)
{
	struct unit_list *list = finder->list;

	linux_flags_finish(finder->arena, args, finder->options);
	cmd->args = args->items;
	cmd->arg_count = args->count;
	ARENA_PUSH(finder->arena, list->cmds, list->cmd_count, list->cmd_capacity, *cmd);
}

/* ---- one source from each kind of origin ------------------------------------------------ */

/* own_name: the Kbuild name when the entry is that of another file, else NULL. */
static bool add_from_database(struct finder *finder, const struct source_file *source,
			      const struct compile_db_entry *entry, const char *own_name)
{
	struct arena *arena = finder->arena;
	struct compile_cmd cmd = command_for(finder, source);
	struct word_list argv, args = { 0 };
	struct filtered_flags filtered;

	if (!compile_db_arguments(arena, entry, &argv))
		return false;
	flags_filter(arena, &filtered, &argv, entry->directory, own_name);
	linux_flags_database(arena, &args, &filtered.args, finder->headers_dir);
	cmd.directory = entry->directory;
	cmd.origin = own_name ? UNIT_FROM_DATABASE_NEAR : UNIT_FROM_DATABASE;
	cmd.module = intern(finder->pool, filtered.module);
	add_command(finder, &cmd, &args);
	return true;
}

static const char *find_kernel(struct finder *finder)
{
	if (!finder->kernel_searched) {
		finder->kernel_searched = true;
		finder->kernel_problem = finder->options->kernel ?
						 kernel_open(finder->arena, finder->options->kernel, &finder->kernel) :
						 kernel_find_installed(finder->arena, "", &finder->kernel);
	}
	return finder->kernel_problem;
}

static void add_with_kernel_flags(struct finder *finder, const struct source_file *source,
				  const struct kbuild_unit *kbuild_unit, const struct word_list *flags)
{
	struct compile_cmd cmd = command_for(finder, source);
	struct linux_unit unit = { .path = source->path,
				   .module = kbuild_unit ? kbuild_unit->module : NULL,
				   .flags = kbuild_unit ? &kbuild_unit->flags : flags };
	struct word_list args = { 0 };
	const char *problem = find_kernel(finder);

	if (problem) {
		skip(finder, source->shown, problem);
		return;
	}
	linux_flags_kernel(finder->arena, &args, &finder->kernel, &unit, finder->headers_dir);
	cmd.origin = kbuild_unit ? UNIT_FROM_KBUILD : UNIT_FROM_BARE_FILE;
	cmd.module = intern(finder->pool, unit.module ? unit.module : path_kbuild_name(finder->arena, source->path));
	add_command(finder, &cmd, &args);
}

/* ---- Kbuild files ---------------------------------------------------------------------------- */

static const struct kbuild *kbuild_of_folder(struct finder *finder, const char *directory)
{
	uint64_t key = KEYMAP_KEY(intern(finder->pool, directory));
	struct kbuild *kbuild = keymap_get(finder->kbuilds, key);

	if (!kbuild) {
		kbuild = ARENA_NEW(finder->arena, struct kbuild);
		kbuild_read(finder->arena, directory, kbuild);
		keymap_put(finder->kbuilds, key, kbuild);
	}
	return kbuild;
}

static const struct kbuild_unit *find_kbuild_unit(struct finder *finder, const char *path)
{
	const char *directory = path_parent(finder->arena, path);

	for (int level = 0; level <= KBUILD_LEVELS; level++) {
		const struct kbuild_unit *unit = kbuild_find(kbuild_of_folder(finder, directory), path);
		if (unit)
			return unit;
		directory = path_parent(finder->arena, directory);
	}
	return NULL;
}

/* ---- any source ---------------------------------------------------------------------------------- */

static const struct compile_db_entry *own_entry(struct finder *finder, const char *path)
{
	const struct compile_db_entry *entry = compile_db_find(&finder->db, path);

	if (entry || !finder->has_db)
		return entry;
	/* The build may have gone through another name of the same folder. */
	char *resolved = realpath(path, NULL);
	entry = resolved ? compile_db_find(&finder->db, resolved) : NULL;
	free(resolved);
	return entry;
}

static void add_linux_source(struct finder *finder, const struct source_file *source)
{
	const struct compile_db_entry *entry = own_entry(finder, source->path);

	if (entry && add_from_database(finder, source, entry, NULL))
		return;
	/* The headers of a neighbour's build fit better than the installed ones. */
	const struct kbuild_unit *unit = find_kbuild_unit(finder, source->path);
	entry = compile_db_nearest(&finder->db, source->path);
	if (entry && add_from_database(finder, source, entry,
				       unit ? unit->module : path_kbuild_name(finder->arena, source->path)))
		return;
	if (unit) {
		add_with_kernel_flags(finder, source, unit, NULL);
		return;
	}
	const struct kbuild *kbuild = kbuild_of_folder(finder, path_parent(finder->arena, source->path));
	add_with_kernel_flags(finder, source, NULL, &kbuild->flags);
}

static enum source_kind kind_of(struct finder *finder, const struct source_file *source, const char *text)
{
	if (finder->options->target == TARGET_LINUX)
		return SOURCE_LINUX;
	if (finder->options->target == TARGET_WINDOWS)
		return SOURCE_WINDOWS;
	/* What a kernel build compiles is kernel code, whatever it includes. */
	if (own_entry(finder, source->path) || find_kbuild_unit(finder, source->path))
		return SOURCE_LINUX;
	return target_guess(finder->scratch, source->path, text);
}

static void add_user_space(struct finder *finder, const struct source_file *source)
{
	struct span span = { .file = intern(finder->pool, source->shown) };

	/* A driver's folder often holds a test program: no reason to call the
	 * run incomplete, unless the user asked for that very file. */
	if (source->is_given)
		skip(finder, source->shown,
		     "a user-space program by its includes, not a driver (use --target to insist)");
	else
		log_add(finder->log, LOG_NOTE, &span, "a user-space program by its includes; left out");
}

static void add_source(struct finder *finder, const struct source_file *source)
{
	uint64_t key = KEYMAP_KEY(intern(finder->pool, source->path));
	struct source_text text;

	if (keymap_get(finder->seen, key))
		return;
	keymap_put(finder->seen, key, finder);
	arena_reset(finder->scratch);
	const char *problem = source_read(finder->scratch, source->path, &text);
	if (problem) {
		skip(finder, source->shown, problem);
		return;
	}
	switch (kind_of(finder, source, text.text)) {
	case SOURCE_LINUX:
		add_linux_source(finder, source);
		break;
	case SOURCE_WINDOWS:
		skip(finder, source->shown, "Windows drivers are not supported by this version");
		break;
	case SOURCE_USER_SPACE:
		add_user_space(finder, source);
		break;
	}
}

/* ---- folders ------------------------------------------------------------------------------------------- */

/* A folder being walked; the chain upwards detects loops of symbolic links. */
struct walk {
	const struct walk *parent;
	const char *shown, *path;
	dev_t device;
	ino_t inode;
	int depth;
};

static bool is_on_chain(const struct walk *walk, const struct stat *info)
{
	for (; walk; walk = walk->parent)
		if (walk->device == info->st_dev && walk->inode == info->st_ino)
			return true;
	return false;
}

static int compare_words(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* false: the folder cannot be read. */
static bool list_folder(struct arena *arena, const char *path, struct word_list *names)
{
	DIR *directory = opendir(path);

	if (!directory)
		return false;
	for (const struct dirent *item; (item = readdir(directory));)
		if (item->d_name[0] != '.')
			words_push(arena, names, arena_strdup(arena, item->d_name));
	closedir(directory);
	if (names->count > 0)
		qsort(names->items, (size_t)names->count, sizeof(names->items[0]), compare_words);
	return true;
}

static bool is_source_name(const char *name)
{
	return text_ends_with(name, ".c") && !text_ends_with(name, ".mod.c");
}

static void walk_folder(struct finder *finder, const struct walk *walk);

static void walk_entry(struct finder *finder, const struct walk *walk, const char *name)
{
	const char *shown = path_join(finder->arena, walk->shown, name);
	const char *path = path_join(finder->arena, walk->path, name);
	struct stat info;

	if (stat(path, &info) != 0) {
		if (is_source_name(name))
			skip(finder, shown, strerror(errno));
		return;
	}
	if (S_ISDIR(info.st_mode)) {
		struct walk below = { .parent = walk,
				      .shown = shown,
				      .path = path,
				      .device = info.st_dev,
				      .inode = info.st_ino,
				      .depth = walk->depth + 1 };
		if (walk->depth < FOLDER_DEPTH_LIMIT && !is_on_chain(walk, &info))
			walk_folder(finder, &below);
	} else if (is_source_name(name)) {
		add_source(finder, &(struct source_file){ .shown = shown, .path = path });
	}
}

static void walk_folder(struct finder *finder, const struct walk *walk)
{
	struct word_list names = { 0 };

	if (!list_folder(finder->arena, walk->path, &names)) {
		skip(finder, walk->shown,
		     arena_printf(finder->arena, "the folder cannot be read: %s", strerror(errno)));
		return;
	}
	for (int i = 0; i < names.count; i++)
		walk_entry(finder, walk, names.items[i]);
}

/* Entries whose source is below the folder by the database but that the walk
 * did not meet: generated sources of a build that was cleaned. */
static void add_missing_entries(struct finder *finder, const char *shown, const char *path)
{
	int count = 0;
	const struct compile_db_entry *entries = compile_db_below(&finder->db, path, &count);
	size_t skipped = strcmp(path, "/") == 0 ? 1 : strlen(path) + 1;

	for (int i = 0; i < count; i++) {
		struct source_file source = { .path = entries[i].path };
		if (strlen(entries[i].path) <= skipped || !is_source_name(entries[i].path))
			continue;
		source.shown = path_join(finder->arena, shown, entries[i].path + skipped);
		add_source(finder, &source);
	}
}

static void add_folder(struct finder *finder, const char *shown, const char *path, const struct stat *info)
{
	struct walk walk = { .shown = shown, .path = path, .device = info->st_dev, .inode = info->st_ino };
	int before = finder->list->cmd_count + finder->list->skipped_count;
	size_t notes = log_count(finder->log);

	walk_folder(finder, &walk);
	add_missing_entries(finder, shown, path);
	if (finder->list->cmd_count + finder->list->skipped_count == before && log_count(finder->log) == notes)
		skip(finder, shown, "the folder has no .c file");
}

/* ---- the command line --------------------------------------------------------------------------------------- */

static void add_path(struct finder *finder, const char *given)
{
	size_t length = strlen(given);
	struct stat info;

	while (length > 1 && given[length - 1] == '/')
		length--;
	const char *shown = arena_strndup(finder->arena, given, length);
	const char *path = path_absolute(finder->arena, finder->current, shown);
	if (given[0] == '\0' || stat(path, &info) != 0)
		skip(finder, shown, given[0] == '\0' ? "an empty path" : strerror(errno));
	else if (S_ISDIR(info.st_mode))
		add_folder(finder, shown, path, &info);
	else if (!text_ends_with(path, ".c"))
		skip(finder, shown, "not a C source file: its name does not end in .c");
	else
		add_source(finder, &(struct source_file){ .shown = shown, .path = path, .is_given = true });
}

int units_find(struct arena *arena, struct intern_pool *pool, struct log *log, const struct unit_options *options,
	       const char *const *paths, int path_count, struct unit_list *list)
{
	struct finder finder = {
		.arena = arena,
		.pool = pool,
		.log = log,
		.options = options,
		.list = list,
		.current = path_current(arena),
		.headers_dir = frontend_headers_dir(arena),
		.has_db = options->database != NULL,
		.seen = keymap_create(arena),
		.kbuilds = keymap_create(arena),
	};

	*list = (struct unit_list){ 0 };
	if (options->database && compile_db_read(arena, log, options->database, &finder.db))
		return -1;
	finder.scratch = arena_create();
	for (int i = 0; i < path_count; i++)
		add_path(&finder, paths[i]);
	arena_destroy(finder.scratch);
	return 0;
}

/* units_find(): from the paths of the command line to compile commands.
 *
 * Every source goes through add_source(), which asks in this order: its entry
 * in the compile database, the entry of a neighbour there, the Kbuild file that
 * lists it, the default flags of a bare file. */
#include "reach.h"

#include "base/strmap.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_LIMIT 64
#define OUTSIDE "it leads outside of what is checked; --trust DIR allows it"

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
	struct include_cache *includes;
	struct windows_finder *windows;
	struct reach reach;
	struct word_list folders;	    /* of the command line, absolute */
	const char *own_folder, *own_shown; /* of the current operand */
	const char *driver;		    /* name given for what the current path has, or NULL */
	const char *text;		    /* of the current source, on scratch */
	struct unit_place place, *places;   /* of the current source; by unit */
	int place_count, place_capacity;
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

/* The name of a file found below or above the given ones. */
static const char *shown_path(struct finder *finder, const char *path)
{
	const char *current = finder->current;

	if (path_is_below(path, current) && strcmp(path, current) != 0 && strcmp(current, "/") != 0)
		return path + strlen(current) + 1;
	return path;
}

/* What is known of a source before its flags are chosen. */
struct source_file {
	const char *shown; /* as the user sees it */
	const char *path;  /* absolute */
	bool is_given;	   /* named on the command line, not found in a folder */
	bool is_inside;	   /* surely of what may be read */
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

/* Next to that of the command. */
static void add_place(struct finder *finder)
{
	struct unit_place *place = &finder->place;

	if (finder->driver)
		place->key = arena_printf(finder->arena, "given %s", finder->driver);
	else if (finder->options->drivers)
		place->is_alone = true;
	if (!place->key && !place->is_alone)
		place->has_entry = source_has_entry(finder->text);
	ARENA_PUSH(finder->arena, finder->places, finder->place_count, finder->place_capacity, *place);
}

static void add_command(struct finder *finder, struct compile_cmd *cmd, struct word_list *args)
{
	struct unit_list *list = finder->list;

	bool has_named = cmd->origin == UNIT_FROM_DATABASE || cmd->origin == UNIT_FROM_DATABASE_NEAR;

	reach_filter(&finder->reach, cmd->file, args, has_named && finder->options->believes_build);
	flags_finish(finder->arena, args, finder->options);
	if (finder->options->is_strict) {
		cmd->own_folder = finder->own_folder;
		cmd->own_shown = finder->own_shown;
	}
	cmd->args = args->items;
	cmd->arg_count = args->count;
	ARENA_PUSH(finder->arena, list->cmds, list->cmd_count, list->cmd_capacity, *cmd);
	add_place(finder);
}

/* ---- one source from each kind of origin ------------------------------------------------ */

/* A module that bears the name of one of its files has no other: Kbuild could not tell the objects apart. */
static bool is_own_module(struct finder *finder, const struct source_file *source, const char *module)
{
	return module && strcmp(module, path_kbuild_name(finder->arena, source->path)) == 0;
}

/* Names of modules are unique in a build. But for an object that is linked into
 * the kernel the name may be made from its own, which is not: then the folder counts. */
static void place_by_build(struct finder *finder, const struct source_file *source, const struct filtered_flags *flags)
{
	struct arena *arena = finder->arena;

	if (flags->module_file)
		finder->place.key = arena_printf(arena, "build %s", flags->module_file);
	else if (flags->module && strcmp(flags->module, path_kbuild_name(arena, source->path)) != 0)
		finder->place.key = arena_printf(arena, "build %s", flags->module);
	else if (flags->module)
		finder->place.is_alone = true;
}

/* What the Kbuild file beside it does not list belongs to none of its modules. */
static void place_by_kbuild(struct finder *finder, const struct kbuild_unit *unit, const struct kbuild *beside)
{
	if (unit)
		finder->place.key = arena_printf(finder->arena, "kbuild %s", unit->module_file);
	else
		finder->place.is_alone = beside->has_modules;
}

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
	if (!own_name)
		place_by_build(finder, source, &filtered);
	cmd.module = intern(finder->pool, filtered.module);
	cmd.is_alone = !own_name && filtered.is_loadable && is_own_module(finder, source, filtered.module);
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
		if (!finder->kernel_problem && finder->options->roots) {
			roots_add(finder->options->roots, ROOT_HEADERS, finder->kernel.source);
			roots_add(finder->options->roots, ROOT_HEADERS, finder->kernel.build);
		}
	}
	return finder->kernel_problem;
}

static void add_with_kernel_flags(struct finder *finder, const struct source_file *source,
				  const struct kbuild_unit *kbuild_unit, const struct word_list *flags)
{
	struct compile_cmd cmd = command_for(finder, source);
	struct linux_unit unit = { .path = source->path,
				   .module = kbuild_unit ? kbuild_unit->module : NULL,
				   .flags = flags };
	struct word_list args = { 0 };
	const char *problem = find_kernel(finder);

	if (problem) {
		skip(finder, source->shown, problem);
		return;
	}
	linux_flags_kernel(finder->arena, &args, &finder->kernel, &unit, finder->headers_dir);
	cmd.origin = kbuild_unit ? UNIT_FROM_KBUILD : UNIT_FROM_BARE_FILE;
	cmd.is_alone = kbuild_unit && is_own_module(finder, source, kbuild_unit->module);
	cmd.module = intern(finder->pool, unit.module ? unit.module : path_kbuild_name(finder->arena, source->path));
	add_command(finder, &cmd, &args);
}

/* ---- Kbuild files ---------------------------------------------------------------------------- */

/* A link in place of a build file, out of what is checked. */
static bool note_build_file_outside(struct finder *finder, const char *directory)
{
	static const char *const names[] = { "Kbuild", "Makefile", "makefile" };
	const struct roots *roots = finder->options->roots;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *path = path_join(finder->arena, directory, names[i]);
		if (roots_allow(roots, path) || !roots_allow(roots, directory))
			continue;
		log_add(finder->log, LOG_NOTE, &(struct span){ .file = intern(finder->pool, path) }, "%s", OUTSIDE);
		return true;
	}
	return false;
}

static const struct kbuild *kbuild_of_folder(struct finder *finder, const char *directory)
{
	uint64_t key = KEYMAP_KEY(intern(finder->pool, directory));
	struct kbuild *kbuild = keymap_get(finder->kbuilds, key);

	if (!kbuild) {
		kbuild = ARENA_NEW(finder->arena, struct kbuild);
		if (!note_build_file_outside(finder, directory))
			kbuild_read(finder->arena, finder->options->roots, directory, kbuild);
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

/* What only make can tell of the build files that the source may be built by. */
static void tell_build_gaps(struct finder *finder, const char *path)
{
	const char *directory = path_parent(finder->arena, path);

	for (int level = 0; level <= KBUILD_LEVELS; level++) {
		struct kbuild *kbuild = (struct kbuild *)kbuild_of_folder(finder, directory);
		for (int i = 0; i < kbuild->gap_count && !kbuild->is_told; i++) {
			struct unit_list *list = finder->list;
			if (!roots_are_own(finder->options->roots, kbuild->file))
				continue;
			skip(finder, shown_path(finder, kbuild->file), kbuild->gaps[i].text);
			list->skipped[list->skipped_count - 1].span.line = kbuild->gaps[i].line;
			list->skipped[list->skipped_count - 1].span.column = kbuild->gaps[i].line ? 1 : 0;
		}
		kbuild->is_told = true;
		directory = path_parent(finder->arena, directory);
	}
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

/* Flags under conditions may take code away: then it is looked at without them, too, as a driver of its own. */
static void add_plain_build(struct finder *finder, const struct source_file *source, const struct kbuild_unit *unit,
			    const struct kbuild *kbuild)
{
	const struct kbuild *own = unit ? kbuild_of_folder(finder, path_parent(finder->arena, unit->module_file)) :
					  kbuild;
	bool has_any = own->has_plain_flags;

	for (int i = 0; i < own->unit_count && unit; i++)
		has_any |= own->units[i].has_plain_flags && strcmp(own->units[i].module_file, unit->module_file) == 0;
	if (!has_any)
		return;
	if (finder->place.key)
		finder->place.key = arena_printf(finder->arena, "plain %s", finder->place.key);
	else
		finder->place.is_alone = true;
	add_with_kernel_flags(finder, source, unit, unit ? &unit->plain_flags : &kbuild->plain_flags);
}

static void add_linux_source(struct finder *finder, const struct source_file *source)
{
	const struct compile_db_entry *entry = own_entry(finder, source->path);

	if (entry && add_from_database(finder, source, entry, NULL))
		return;
	/* The headers of a neighbour's build fit better than the installed ones. */
	const struct kbuild_unit *unit = find_kbuild_unit(finder, source->path);
	const struct kbuild *kbuild = kbuild_of_folder(finder, path_parent(finder->arena, source->path));
	place_by_kbuild(finder, unit, kbuild);
	if (finder->options->is_strict)
		tell_build_gaps(finder, source->path);
	entry = compile_db_nearest(&finder->db, source->path);
	if (entry && add_from_database(finder, source, entry,
				       unit ? unit->module : path_kbuild_name(finder->arena, source->path)))
		return;
	add_with_kernel_flags(finder, source, unit, unit ? &unit->flags : &kbuild->flags);
	if (finder->options->is_strict)
		add_plain_build(finder, source, unit, kbuild);
}

/* ---- Windows sources ----------------------------------------------------------------------------- */

/* As with Kbuild files. */
static void place_by_project(struct finder *finder, const struct compile_cmd *cmd)
{
	if (cmd->origin == UNIT_FROM_PROJECT)
		finder->place.key = arena_printf(finder->arena, "project %s",
						 windows_project_of(finder->windows, cmd->path)->vcx.path);
	else if (cmd->origin == UNIT_FROM_BARE_FILE)
		finder->place.is_alone = windows_has_project(finder->windows, cmd->directory);
}

static void add_windows_source(struct finder *finder, const struct source_file *source)
{
	struct compile_cmd cmd = command_for(finder, source);
	struct word_list args = { 0 };
	const char *problem = windows_arguments(finder->windows, own_entry(finder, source->path), &cmd, &args);

	if (problem) {
		skip(finder, source->shown, problem);
		return;
	}
	place_by_project(finder, &cmd);
	add_command(finder, &cmd, &args);
}

static void skip_project(struct finder *finder, const char *shown, const struct windows_project *project)
{
	struct unit_list *list = finder->list;

	skip(finder, shown, project->problem);
	list->skipped[list->skipped_count - 1].span.line = project->line;
	list->skipped[list->skipped_count - 1].span.column = project->line ? 1 : 0;
}

static void add_source(struct finder *finder, const struct source_file *source);

static void add_project(struct finder *finder, const char *shown, const char *path)
{
	const struct windows_project *project = windows_project_at(finder->windows, path);
	const char *folder = path_parent(finder->arena, path);

	if (project->problem)
		return; /* reported with the others */
	if (project->vcx.source_count == 0)
		skip(finder, shown, "the project lists no C source");
	for (int i = 0; i < project->vcx.source_count; i++) {
		struct source_file source = { .path = project->vcx.sources[i].path };
		source.shown = path_is_below(source.path, folder) ?
				       path_join(finder->arena, path_parent(finder->arena, shown),
						 source.path + strlen(folder) + 1) :
				       shown_path(finder, source.path);
		add_source(finder, &source);
	}
}

static void report_broken_projects(struct finder *finder)
{
	struct windows_project *const *projects;
	int count = windows_broken_projects(finder->windows, &projects);

	for (int i = 0; i < count; i++)
		skip_project(finder, shown_path(finder, projects[i]->vcx.path), projects[i]);
}

static void tell_project_notes(struct finder *finder)
{
	struct windows_project *const *projects;
	int count = windows_noted_projects(finder->windows, &projects);

	for (int i = 0; i < count; i++) {
		for (int k = 0; k < projects[i]->vcx.note_count; k++) {
			const struct vcx_note *note = &projects[i]->vcx.notes[k];
			struct span span = { .file = intern(finder->pool, shown_path(finder, note->file)),
					     .line = note->line,
					     .column = 1 };

			log_add(finder->log, LOG_NOTE, &span, "%s", note->text);
		}
	}
}

/* ---- which of them ------------------------------------------------------------------------------------ */

/* What a kernel build compiles is kernel code, whatever it includes. */
static bool has_kernel_command(struct finder *finder, const struct compile_db_entry *entry)
{
	struct word_list argv = { 0 };

	if (!compile_db_arguments(finder->scratch, entry, &argv))
		return true;
	for (int i = 0; i < argv.count; i++)
		if (strcmp(argv.items[i], "-D__KERNEL__") == 0)
			return true;
	return false;
}

static bool has_windows_command(struct finder *finder, const struct compile_db_entry *entry)
{
	struct word_list argv = { 0 };

	return compile_db_arguments(finder->scratch, entry, &argv) && argv.count > 0 &&
	       windows_is_compiler(argv.items[0]);
}

static enum source_kind kind_of(struct finder *finder, const struct source_file *source, const char *text)
{
	if (finder->options->target == TARGET_LINUX)
		return SOURCE_LINUX;
	if (finder->options->target == TARGET_WINDOWS)
		return SOURCE_WINDOWS;
	const struct compile_db_entry *entry = own_entry(finder, source->path);
	if (entry && has_windows_command(finder, entry))
		return SOURCE_WINDOWS;
	if ((entry && has_kernel_command(finder, entry)) || find_kbuild_unit(finder, source->path))
		return SOURCE_LINUX;
	enum source_kind guess = target_guess(finder->includes, source->path, text);
	const struct windows_project *project = guess == SOURCE_LINUX ?
							windows_project_of(finder->windows, source->path) :
							NULL;
	if (project && project->vcx.is_driver)
		return SOURCE_WINDOWS;
	return entry && guess == SOURCE_USER_SPACE ? SOURCE_LINUX : guess;
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

static void skip_other_file(struct finder *finder, const struct source_file *source)
{
	if (source->is_given)
		skip(finder, source->shown, "not a C source file: its name does not end in .c");
}

/* A file of arguments is not opened: it need not be what the build had, and the database may come from elsewhere. */
static void note_response_files(struct finder *finder, const struct source_file *source)
{
	const struct compile_db_entry *entry = own_entry(finder, source->path);
	struct word_list argv = { 0 };

	if (!entry || !compile_db_arguments(finder->scratch, entry, &argv))
		return;
	for (int i = 1; i < argv.count; i++) {
		if (argv.items[i][0] != '@')
			continue;
		log_add(finder->log, LOG_NOTE, &(struct span){ .file = intern(finder->pool, source->shown) },
			"its command has the response file `%s`, which is not read: arguments in it are missing here",
			argv.items[i]);
	}
}

static void add_source(struct finder *finder, const struct source_file *source)
{
	uint64_t key = KEYMAP_KEY(intern(finder->pool, source->path));
	struct source_text text;

	if (keymap_get(finder->seen, key))
		return;
	keymap_put(finder->seen, key, finder);
	arena_reset(finder->scratch);
	if (!source->is_inside && !roots_allow(finder->options->roots, source->path)) {
		skip(finder, source->shown, OUTSIDE);
		return;
	}
	const char *problem = source_read(finder->scratch, source->path, &text);
	if (problem) {
		skip(finder, source->shown, problem);
		return;
	}
	finder->text = text.text;
	finder->place = (struct unit_place){ 0 };
	note_response_files(finder, source);
	switch (kind_of(finder, source, text.text)) {
	case SOURCE_LINUX:
		if (text_ends_with(source->path, ".C")) /* C++, but for Windows */
			skip_other_file(finder, source);
		else
			add_linux_source(finder, source);
		break;
	case SOURCE_WINDOWS:
		add_windows_source(finder, source);
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
	return (text_ends_with(name, ".c") && !text_ends_with(name, ".mod.c")) || text_ends_with(name, ".C");
}

static void walk_folder(struct finder *finder, const struct walk *walk);

/* What lies in a folder that may be read may be read, too. */
static bool is_no_link(const char *path)
{
	struct stat info;

	return lstat(path, &info) == 0 && !S_ISLNK(info.st_mode);
}

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
	bool is_inside = is_no_link(path) || roots_allow(finder->options->roots, path);
	if (S_ISDIR(info.st_mode) && !is_inside) {
		skip(finder, shown, OUTSIDE);
	} else if (S_ISDIR(info.st_mode)) {
		struct walk below = { .parent = walk,
				      .shown = shown,
				      .path = path,
				      .device = info.st_dev,
				      .inode = info.st_ino,
				      .depth = walk->depth + 1 };
		if (walk->depth < FOLDER_DEPTH_LIMIT && !is_on_chain(walk, &info))
			walk_folder(finder, &below);
	} else if (is_source_name(name)) {
		add_source(finder, &(struct source_file){ .shown = shown, .path = path, .is_inside = is_inside });
	}
}

static void skip_listed(struct finder *finder, const struct kbuild *kbuild, unsigned line, const char *reason)
{
	skip(finder, shown_path(finder, kbuild->file), reason);
	finder->list->skipped[finder->list->skipped_count - 1].span.line = line;
	finder->list->skipped[finder->list->skipped_count - 1].span.column = line ? 1 : 0;
}

/* What takes the place of a source that is not there; NULL: nothing that is known. */
static const char *find_stand_in(struct finder *finder, const char *path)
{
	static const char *const endings[] = { "S", "o_shipped", "c_shipped", "rs", "o" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const char *other = arena_printf(finder->arena, "%.*s%s", (int)strlen(path) - 1, path, endings[i]);
		if (path_exists(finder->arena, "", other))
			return other;
	}
	return NULL;
}

/* Sources of modules in hidden folders, and parts that are not C, or are not here. */
static void add_listed_sources(struct finder *finder, const struct walk *walk)
{
	const struct kbuild *kbuild = kbuild_of_folder(finder, walk->path);

	for (int i = 0; i < kbuild->unit_count; i++) {
		const struct kbuild_unit *unit = &kbuild->units[i];
		const char *shown = shown_path(finder, unit->path), *other = find_stand_in(finder, unit->path);
		if (path_exists(finder->arena, "", unit->path))
			add_source(finder, &(struct source_file){ .shown = shown, .path = unit->path });
		else if (other)
			skip_listed(finder, kbuild, unit->line,
				    arena_printf(finder->arena, "`%s` is a part of `%s` and is not C, or not a source",
						 shown_path(finder, other), unit->module));
		else
			skip_listed(finder, kbuild, unit->line,
				    arena_printf(finder->arena, "`%s` is a part of `%s` and is not here", shown,
						 unit->module));
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
	if (finder->options->is_strict)
		add_listed_sources(finder, walk);
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

	words_push(finder->arena, &finder->folders, path);
	finder->own_folder = path;
	finder->own_shown = shown;
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
	struct source_file file = { .shown = shown, .path = path, .is_given = true };
	finder->own_folder = path_parent(finder->arena, path);
	finder->own_shown = path_parent(finder->arena, shown);
	if (given[0] == '\0' || stat(path, &info) != 0)
		skip(finder, shown, given[0] == '\0' ? "an empty path" : strerror(errno));
	else if (S_ISDIR(info.st_mode))
		add_folder(finder, shown, path, &info);
	else if (vcxproj_is_name(path))
		add_project(finder, shown, path);
	else if (!is_source_name(path) && !text_ends_with(path, ".c"))
		skip_other_file(finder, &file);
	else
		add_source(finder, &file);
}

/* ---- one command of a build --------------------------------------------------------------------------------- */

/* What the tool asks for with definitions that only Sparse is to see. */
static bool is_for_sparse(const char *argument)
{
	return text_starts_with(argument, "-D__CHECKER__") || text_starts_with(argument, "-D__CHECK_ENDIAN__");
}

static void copy_command(struct finder *finder, struct word_list *argv)
{
	const struct unit_options *options = finder->options;

	words_split_blank(finder->arena, argv, options->command[0]); /* CC may be `ccache gcc` */
	for (int i = 1; i < options->command_count - 1; i++)
		if (!is_for_sparse(options->command[i]))
			words_push(finder->arena, argv, options->command[i]);
}

/* Where calls between files are left out: said once for a module, with the first of its files. */
static void note_other_sources(struct finder *finder, const struct compile_cmd *cmd, const char *path)
{
	const char *folder = path_parent(finder->arena, path);
	const struct kbuild_unit *own = find_kbuild_unit(finder, path), *first = NULL;
	const struct kbuild *kbuild = kbuild_of_folder(finder, folder);
	int count = 0;

	for (int i = 0; own && i < kbuild->unit_count; i++) {
		if (strcmp(kbuild->units[i].module_file, own->module_file) != 0)
			continue;
		first = first ? first : &kbuild->units[i];
		count++;
	}
	if (count < 2 || first != own)
		return;
	log_add(finder->log, LOG_NOTE, &(struct span){ .file = cmd->file },
		"the %d sources of %s are checked one by one; `so2check %s` follows the calls between them", count,
		own->module, shown_path(finder, folder));
}

/* A build that calls us for each source: what this one is compiled with is all there is to know. */
static void add_build_command(struct finder *finder)
{
	const char *shown = finder->options->command[finder->options->command_count - 1];
	struct source_file source = { .shown = shown,
				      .path = path_absolute(finder->arena, finder->current, shown),
				      .is_given = true };
	struct compile_db_entry entry = { .path = source.path, .directory = finder->current };
	struct source_text text;
	const char *problem = source_read(finder->scratch, source.path, &text);

	if (problem) {
		skip(finder, shown, problem);
		return;
	}
	finder->text = text.text;
	finder->place = (struct unit_place){ .is_alone = true };
	copy_command(finder, &entry.argv);
	add_from_database(finder, &source, &entry, NULL);
	note_other_sources(finder, &finder->list->cmds[finder->list->cmd_count - 1], source.path);
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
		.includes = include_cache_create(arena, pool),
	};

	*list = (struct unit_list){ 0 };
	include_cache_restrict(finder.includes, options->roots);
	reach_open(&finder.reach, arena, pool, log, options, finder.headers_dir);
	if (options->database && compile_db_read(arena, log, options->database, &finder.db))
		return -1;
	finder.windows = windows_finder_create(arena, pool, finder.includes, options, finder.headers_dir);
	finder.scratch = arena_create();
	for (int i = 0; i < path_count; i++) {
		finder.driver = options->drivers ? options->drivers[i] : NULL;
		add_path(&finder, paths[i]);
	}
	if (options->command)
		add_build_command(&finder);
	report_broken_projects(&finder);
	tell_project_notes(&finder);
	modules_group(arena, pool, &finder.folders, finder.places, list);
	arena_destroy(finder.scratch);
	return 0;
}

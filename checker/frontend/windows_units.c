/* From a Windows source to its arguments: the driver headers, the Visual
 * Studio project that lists it, the names under which it includes files. */
#include "units_int.h"

#include <string.h>

/* Projects are looked for in the source's folder and this many above it. */
#define PROJECT_LEVELS 2

/* In headers/windows; what a .tmh file would declare. */
#define TRACE_HEADER "so2check_tmh.h"

struct windows_finder {
	struct arena *arena;
	struct intern_pool *pool;
	struct include_cache *includes;
	const struct unit_options *options;
	const char *headers_dir;
	struct ddk_headers ddk;
	const char *ddk_problem; /* why there are none; asked for on first need */
	bool ddk_searched;
	struct keymap *projects; /* interned path -> struct windows_project */
	struct windows_project **broken;
	int broken_count, broken_capacity;
	struct windows_project **noted;
	int noted_count, noted_capacity;
};

struct windows_finder *windows_finder_create(struct arena *arena, struct intern_pool *pool,
					     struct include_cache *includes, const struct unit_options *options,
					     const char *headers_dir)
{
	struct windows_finder *finder = ARENA_NEW(arena, struct windows_finder);

	*finder = (struct windows_finder){ .arena = arena,
					   .pool = pool,
					   .includes = includes,
					   .options = options,
					   .headers_dir = headers_dir,
					   .projects = keymap_create(arena) };
	return finder;
}

static const char *find_ddk(struct windows_finder *finder)
{
	if (!finder->ddk_searched) {
		finder->ddk_searched = true;
		finder->ddk_problem = finder->options->ddk ?
					      ddk_open(finder->arena, finder->options->ddk, &finder->ddk) :
					      ddk_find_installed(finder->arena, "", &finder->ddk);
		for (int i = 0; i < finder->ddk.folder_count && finder->options->roots; i++)
			roots_add(finder->options->roots, ROOT_HEADERS, finder->ddk.folders[i]);
	}
	return finder->ddk_problem;
}

/* ---- projects ------------------------------------------------------------------- */

const struct windows_project *windows_project_at(struct windows_finder *finder, const char *path)
{
	uint64_t key = KEYMAP_KEY(intern(finder->pool, path));
	struct windows_project *project = keymap_get(finder->projects, key);

	if (project)
		return project;
	project = ARENA_NEW(finder->arena, struct windows_project);
	keymap_put(finder->projects, key, project);
	project->problem = vcxproj_read(finder->arena, finder->pool, finder->includes, path, &project->vcx,
					&project->line);
	if (project->problem)
		ARENA_PUSH(finder->arena, finder->broken, finder->broken_count, finder->broken_capacity, project);
	else if (project->vcx.note_count > 0)
		ARENA_PUSH(finder->arena, finder->noted, finder->noted_count, finder->noted_capacity, project);
	return project;
}

int windows_noted_projects(const struct windows_finder *finder, struct windows_project *const **projects)
{
	*projects = finder->noted;
	return finder->noted_count;
}

int windows_broken_projects(const struct windows_finder *finder, struct windows_project *const **projects)
{
	*projects = finder->broken;
	return finder->broken_count;
}

/* The project in this folder that lists the source; else, when not_listing, any that can be read. */
static const struct windows_project *project_in(struct windows_finder *finder, const char *folder, const char *path,
						bool not_listing)
{
	const struct word_list *names = include_folder_names(finder->includes, folder);

	for (int i = 0; i < names->count; i++) {
		if (!vcxproj_is_name(names->items[i]))
			continue;
		const struct windows_project *project =
			windows_project_at(finder, path_join(finder->arena, folder, names->items[i]));
		if (vcxproj_find(&project->vcx, path) || (not_listing && !project->problem))
			return project;
	}
	return NULL;
}

bool windows_has_project(struct windows_finder *finder, const char *folder)
{
	return project_in(finder, folder, "", true) != NULL;
}

const struct windows_project *windows_project_of(struct windows_finder *finder, const char *path)
{
	const char *folder = path_parent(finder->arena, path);

	for (int level = 0; level <= PROJECT_LEVELS; level++) {
		const struct windows_project *project = project_in(finder, folder, path, false);
		if (project)
			return project;
		folder = path_parent(finder->arena, folder);
	}
	return NULL;
}

/* ---- names of included files -------------------------------------------------------- */

static void collect_search(struct arena *arena, struct include_search *search, const struct word_list *args)
{
	for (int i = 0; i < args->count; i++) {
		const char *arg = args->items[i], *value = i + 1 < args->count ? args->items[i + 1] : NULL;
		if (value && (strcmp(arg, "-I") == 0 || strcmp(arg, "-isystem") == 0))
			words_push(arena, &search->folders, value);
		else if (value && strcmp(arg, "-include") == 0)
			words_push(arena, &search->forced, value);
		else if (text_starts_with(arg, "-I") && arg[2])
			words_push(arena, &search->folders, arg + 2);
	}
}

/* What generated .tmh files define: our header has the usual names. */
static const char *trace_text(struct windows_finder *finder, const struct word_list *functions)
{
	struct arena *arena = finder->arena;
	const char *own = windows_headers_dir(arena, finder->headers_dir);
	const char *text = "";

	if (own && path_exists(arena, own, TRACE_HEADER))
		text = arena_printf(arena, "#include \"%s\"\n", path_join(arena, own, TRACE_HEADER));
	for (int i = 0; i < functions->count; i++)
		text = arena_printf(arena, "%s#undef %s\n#define %s(...) ((void)0)\n", text, functions->items[i],
				    functions->items[i]);
	return text;
}

static void find_aliases(struct windows_finder *finder, struct compile_cmd *cmd, const struct word_list *args,
			 const struct windows_project *project)
{
	struct arena *arena = finder->arena;
	struct include_search search = { .file = cmd->path };
	struct include_aliases aliases = { 0 };
	struct word_list all = { 0 };

	words_append(arena, &all, args);
	for (int i = 0; i < finder->options->extra_arg_count; i++)
		words_push(arena, &all, finder->options->extra_args[i]);
	collect_search(arena, &search, &all);
	/* The installed headers spell each other's names well, a copied kit may not. */
	if (!finder->options->ddk)
		search.trusted_below = path_parent(arena, finder->ddk.folders[0]);
	include_find_aliases(finder->includes, &search, &aliases);
	if (project)
		words_append(arena, &aliases.trace_functions, &project->vcx.trace_functions);
	cmd->aliases = aliases.items;
	cmd->alias_count = aliases.count;
	for (int i = 0; i < aliases.count && !cmd->trace_text; i++)
		if (!aliases.items[i].file)
			cmd->trace_text = trace_text(finder, &aliases.trace_functions);
}

/* ---- a source ---------------------------------------------------------------------------- */

/* A source that no project lists is served by the one beside it. */
static const struct windows_project *add_project_flags(struct windows_finder *finder, struct compile_cmd *cmd,
						       struct word_list *flags)
{
	const struct windows_project *project = windows_project_of(finder, cmd->path);
	const struct vcx_source *source = project ? vcxproj_find(&project->vcx, cmd->path) : NULL;

	if (!project)
		project = project_in(finder, path_parent(finder->arena, cmd->path), cmd->path, true);
	if (!project)
		return NULL;
	if (source) {
		words_append(finder->arena, flags, &source->flags);
		cmd->origin = UNIT_FROM_PROJECT;
	}
	words_append(finder->arena, flags, &project->vcx.flags);
	cmd->module = intern(finder->pool, project->vcx.name);
	return project;
}

const char *windows_arguments(struct windows_finder *finder, const struct compile_db_entry *entry,
			      struct compile_cmd *cmd, struct word_list *args)
{
	struct windows_unit unit = { .path = cmd->path };
	const char *problem = find_ddk(finder);
	const struct windows_project *project = NULL;
	struct word_list argv = { 0 };

	if (problem)
		return problem;
	cmd->target = TARGET_WINDOWS;
	cmd->origin = UNIT_FROM_BARE_FILE;
	cmd->module = intern(finder->pool, path_kbuild_name(finder->arena, cmd->path));
	if (entry && compile_db_arguments(finder->arena, entry, &argv)) {
		windows_flags_filter(finder->arena, &unit.flags, &argv, entry->directory);
		cmd->origin = UNIT_FROM_DATABASE;
		cmd->directory = entry->directory;
	} else {
		project = add_project_flags(finder, cmd, &unit.flags);
	}
	windows_flags(finder->arena, args, &finder->ddk, &unit, finder->headers_dir);
	find_aliases(finder, cmd, args, project);
	return NULL;
}

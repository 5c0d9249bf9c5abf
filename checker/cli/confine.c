/* See confine.h. */
#include "confine.h"

#include "base/path.h"
#include "base/paths.h"
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what may be read ---------------------------------------------------------------- */

static const char *real_path(struct arena *arena, const char *path)
{
	char *resolved = realpath(path, NULL);
	const char *copy = resolved ? arena_strdup(arena, resolved) : NULL;

	free(resolved);
	return copy;
}

static const char *parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash > path ? arena_strndup(arena, path, (size_t)(slash - path)) : "/";
}

/* A file stands for its folder: its headers lie there. A symbolic link that the user names is what it leads to. */
const char *confine_folder_of(struct arena *arena, const char *path)
{
	const char *resolved = real_path(arena, path);
	struct stat status;

	if (!resolved || stat(resolved, &status))
		return NULL;
	return S_ISDIR(status.st_mode) ? resolved : parent(arena, resolved);
}

/* A home folder holds more than a driver. */
static bool is_home(struct arena *arena, const char *folder)
{
	const char *home = getenv("HOME"), *resolved = home ? real_path(arena, home) : NULL;

	return resolved && strcmp(resolved, folder) == 0;
}

static void add_surroundings(struct run *run, const char *folder)
{
	struct arena *arena = run->arena;
	const char *current = current_folder(arena);

	if (current && path_is_below(folder, current) && !is_home(arena, current))
		roots_add(run->unit_roots, ROOT_OWN, current);
	for (const char *up = folder; strcmp(up, "/") != 0; up = parent(arena, up)) {
		if (access(arena_printf(arena, "%s/.git", up), F_OK) || is_home(arena, up))
			continue;
		roots_add(run->unit_roots, ROOT_OWN, up);
		break;
	}
}

/* An editor names files: build files that list them may lie above. */
static void add_above(struct run *run, const char *folder)
{
	for (int level = 0; level < CONFINE_LEVELS && strcmp(folder, "/") != 0; level++) {
		folder = parent(run->arena, folder);
		if (is_home(run->arena, folder))
			break;
		roots_add(run->unit_roots, ROOT_OWN, folder);
	}
}

/* Sources of others are judged. */
bool confine_is_strict(const struct options *options)
{
	return options->command == COMMAND_GATE || options->command == COMMAND_GRADE;
}

static void add_operand(struct run *run, const char *path)
{
	const char *folder = confine_folder_of(run->arena, path);

	if (!folder)
		return;
	roots_add(run->unit_roots, ROOT_OWN, folder);
	if (confine_is_strict(run->options)) {
		text_list_add(run->arena, &run->judged, folder);
		return;
	}
	add_surroundings(run, folder);
	if (run->options->command == COMMAND_LSP)
		add_above(run, folder);
}

void confine_roots(struct run *run, const char *const *paths, int path_count)
{
	const struct options *options = run->options;

	run->unit_roots = roots_create(run->arena);
	for (int i = 0; i < path_count; i++)
		add_operand(run, paths[i]);
	for (int i = 0; i < options->trusted.count; i++)
		roots_add(run->unit_roots, ROOT_OWN, options->trusted.items[i]);
	if (options->database)
		roots_add(run->unit_roots, ROOT_OWN, confine_folder_of(run->arena, options->database));
	if (options->is_kbuild) {
		add_operand(run, options->compiler_args.items[options->compiler_args.count - 1]);
		roots_add(run->unit_roots, ROOT_OWN, current_folder(run->arena));
	}
}

/* What was found on the way is in them, too. */
void confine_widen(struct run *run)
{
	if (!run->roots)
		run->roots = roots_create(run->arena);
	for (int i = 0; i < run->unit_roots->count; i++)
		roots_add(run->roots, run->unit_roots->items[i].kind, run->unit_roots->items[i].path);
	source_cache_restrict(run->sources, run->roots);
}

/* ---- the box -------------------------------------------------------------------------- */

int confine_prepare(struct run *run)
{
	const enum sandbox_mode mode = run->options->sandbox;
	const char *missing = mode == SANDBOX_OFF ? NULL : sandbox_missing();

	if (mode == SANDBOX_REQUIRE && run->options->jobs == 0)
		missing = "no worker (--jobs 0)";
	if (mode != SANDBOX_OFF && run->options->with)
		missing = "no box for programs that so2check starts (--with)";
	if (!missing)
		return 0;
	if (mode == SANDBOX_REQUIRE) {
		log_add(run->log, LOG_ERROR, NULL, "option --sandbox: sources cannot be read in a box: there is %s",
			missing);
		return -1;
	}
	if (run->options->jobs > 0 && !run->options->is_kbuild &&
	    !run->roots) /* once; a build would say it for each file */
		log_add(run->log, LOG_WARNING, NULL,
			"there is %s: nothing more than the checker itself keeps the sources from other files "
			"(--no-sandbox: not to be told, --sandbox require: to refuse)",
			missing);
	return 0;
}

/* Libraries that the loader would find elsewhere. */
static void add_library_path(struct arena *arena, struct text_list *places)
{
	const char *path = getenv("LD_LIBRARY_PATH");

	while (path && *path) {
		size_t length = strcspn(path, ":");
		if (length > 0)
			text_list_add(arena, places, arena_strndup(arena, path, length));
		path += length + (path[length] == ':');
	}
}

int confine_descriptors(int *socket)
{
	*socket = sandbox_close_descriptors(*socket);
	if (*socket >= 0)
		return 0;
	fputs("so2check: a worker cannot close what it does not need\n", stderr);
	return -1;
}

int confine_process(const struct run *run)
{
	struct text_list places = { 0 };
	const char *problem;

	if (run->options->sandbox == SANDBOX_OFF || run->options->with)
		return 0;
	for (int i = 0; i < run->roots->count; i++)
		text_list_add(run->task_arena, &places, run->roots->items[i].path);
	if (run->shared_headers)
		text_list_add(run->task_arena, &places, cache_folder(run->shared_headers));
	add_library_path(run->task_arena, &places);
	problem = sandbox_enter(&(struct sandbox){
		.readable = places.items,
		.readable_count = places.count,
		.writable = run->cache ? cache_folder(run->cache) : NULL,
	});
	if (problem)
		fprintf(stderr, "so2check: a worker cannot be shut in: %s (--no-sandbox)\n", problem);
	return problem ? -1 : 0;
}

int confine_worker(const struct run *run, int *socket)
{
	return confine_descriptors(socket) || confine_process(run) ? -1 : 0;
}

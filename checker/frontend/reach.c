/* See reach.h. */
#include "reach.h"

#include "base/strmap.h"
#include "libclang.h"

#include <string.h>

#define TREE_LEVELS 8

/* Options with a path: in the next argument, or joined. */
static const char *const path_options[] = { "-isystem", "-iquote",   "-idirafter", "-include",
					    "-imacros", "-isysroot", "--sysroot=", "-I" };

/* The path of an argument, and how many arguments it takes; NULL: it has none. */
static const char *path_of(const struct word_list *args, int index, int *taken)
{
	const char *arg = args->items[index];

	for (size_t i = 0; i < sizeof(path_options) / sizeof(path_options[0]); i++) {
		size_t length = strlen(path_options[i]);
		if (strncmp(arg, path_options[i], length) != 0)
			continue;
		*taken = arg[length] == '\0' ? 2 : 1;
		if (*taken == 2)
			return index + 1 < args->count ? args->items[index + 1] : NULL;
		return arg + length;
	}
	return NULL;
}

static void add_named_folders(struct reach *reach, const struct unit_options *options)
{
	const char *current = path_current(reach->arena);
	struct word_list args = { 0 };
	int taken;

	for (int i = 0; i < options->extra_arg_count; i++)
		words_push(reach->arena, &args, options->extra_args[i]);
	for (int i = 0; i < args.count; i++) {
		const char *path = path_of(&args, i, &taken);
		if (path)
			roots_add(reach->roots, ROOT_OWN, path_absolute(reach->arena, current, path));
	}
}

void reach_open(struct reach *reach, struct arena *arena, struct intern_pool *pool, struct log *log,
		const struct unit_options *options, const char *headers_dir)
{
	static const char *const places[] = {
		"/usr/include",		"/usr/local/include",	  "/usr/src", "/usr/lib", "/lib/modules",
		"/usr/share/mingw-w64", "/usr/x86_64-w64-mingw32"
	};
	const char *resources = options->resource_dir ? options->resource_dir : SO2_CLANG_RESOURCE_DIR;

	*reach = (struct reach){ arena, pool, log, options->roots, keymap_create(arena), true };
	if (!reach->roots)
		return;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		roots_add(reach->roots, ROOT_HEADERS, places[i]);
	roots_add(reach->roots, ROOT_HEADERS, headers_dir);
	roots_add(reach->roots, ROOT_HEADERS, resources);
	roots_add(reach->roots, ROOT_HEADERS, path_parent(arena, SO2_LIBCLANG_FILE));
	if (options->kernel)
		roots_add(reach->roots, ROOT_HEADERS, options->kernel);
	if (options->ddk)
		roots_add(reach->roots, ROOT_HEADERS, options->ddk);
	add_named_folders(reach, options);
}

/* The kernel tree, or the folder of its generated headers, that the path lies in: nobody's secret. NULL: none. */
static const char *kernel_tree_of(struct arena *arena, const char *path)
{
	for (int level = 0; level < TREE_LEVELS && strcmp(path, "/") != 0; level++) {
		if (path_exists(arena, path, "include/linux/kconfig.h") ||
		    path_exists(arena, path, "include/generated/autoconf.h"))
			return path;
		path = path_parent(arena, path);
	}
	return NULL;
}

static bool may_read(struct reach *reach, const char *path, bool is_believed)
{
	if (roots_allow(reach->roots, path))
		return true;
	const char *tree = kernel_tree_of(reach->arena, path);
	if (tree)
		roots_add(reach->roots, ROOT_HEADERS, tree);
	else if (is_believed)
		roots_add(reach->roots, ROOT_OWN, path);
	return roots_allow(reach->roots, path);
}

static bool may_read_known(struct reach *reach, const char *file, const char *path, bool is_believed)
{
	uint64_t key = KEYMAP_KEY(intern(reach->pool, path));
	const void *answer = keymap_get(reach->answers, key);

	if (answer)
		return answer == &reach->may_be_read;
	if (may_read(reach, path, is_believed)) {
		keymap_put(reach->answers, key, &reach->may_be_read);
		return true;
	}
	keymap_put(reach->answers, key, reach->answers);
	log_add(reach->log, LOG_NOTE, &(struct span){ .file = file },
		"the build includes from %s, which lies outside of what is checked; left out (--trust DIR)", path);
	return false;
}

void reach_filter(struct reach *reach, const char *file, struct word_list *args, bool is_believed)
{
	struct word_list kept = { 0 };
	int taken;

	if (!reach->roots)
		return;
	for (int i = 0; i < args->count; i += taken) {
		taken = 1;
		const char *path = path_of(args, i, &taken);
		if (path && !may_read_known(reach, file, path, is_believed))
			continue;
		for (int k = i; k < i + taken && k < args->count; k++)
			words_push(reach->arena, &kept, args->items[k]);
	}
	*args = kept;
}

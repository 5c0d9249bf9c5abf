/* Finds the program's data: see paths.h for the order. */
#include "base/paths.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

/* A link in a build folder (checker/base/CMakeLists.txt), which leads to the sources; its programs lie that many folders
 * below it at most. */
#define SOURCE_LINK "so2check-source"
#define PROGRAM_DEPTH 3

static bool is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const char *install_program(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path));

	if (length > 0 && (size_t)length < sizeof(path))
		return arena_strndup(arena, path, (size_t)length);
	/* A bare chroot: what the kernel was asked to start. */
	const char *started = (const char *)getauxval(AT_EXECFN);
	return started && realpath(started, path) ? arena_strdup(arena, path) : NULL;
}

/* Folder of the running executable, or NULL where /proc is not mounted. */
static const char *executable_dir(struct arena *arena)
{
	const char *path = install_program(arena), *slash = path ? strrchr(path, '/') : NULL;

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : NULL;
}

/* The sources that the program was built from; NULL: it lies in no build folder. */
static const char *source_dir(struct arena *arena)
{
	const char *folder = executable_dir(arena);

	for (unsigned depth = 0; folder && depth <= PROGRAM_DEPTH; depth++) {
		char path[PATH_MAX];
		ssize_t length = readlink(arena_printf(arena, "%s/" SOURCE_LINK, folder), path, sizeof(path));

		if (length > 0 && (size_t)length < sizeof(path))
			return arena_strndup(arena, path, (size_t)length);
		const char *slash = strrchr(folder, '/');
		folder = slash ? arena_strndup(arena, folder, (size_t)(slash - folder)) : NULL;
	}
	return NULL;
}

/* Some data lie elsewhere in the source tree than where they are installed. */
static const char *data_path(struct arena *arena, const char *installed, const char *in_source_tree)
{
	const char *bin = executable_dir(arena),
		   *data = arena_printf(arena, "%s/../share/so2check", bin ? bin : "/usr/bin");
	const char *source = is_directory(data) ? NULL : source_dir(arena);

	return arena_printf(arena, "%s/%s", source ? source : data, source ? in_source_tree : installed);
}

const char *install_rules_dir(struct arena *arena)
{
	return data_path(arena, "rules", "rules");
}

const char *install_headers_dir(struct arena *arena)
{
	return data_path(arena, "include", "checker/frontend/headers");
}

const char *install_hook_script(struct arena *arena)
{
	return data_path(arena, "pre-commit", "integration/pre-commit");
}

const char *current_folder(struct arena *arena)
{
	char *folder = getcwd(NULL, 0);
	const char *copy = folder ? arena_strdup(arena, folder) : NULL;

	free(folder); /* the library's own allocation */
	return copy;
}

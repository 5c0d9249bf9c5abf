/* See own_files.h. */
#include "own_files.h"

#include "base/path.h"
#include "units_int.h"

#include <string.h>

static bool is_below_source(const struct compile_cmd *cmd, const char *path)
{
	const char *slash = strrchr(cmd->path, '/');
	size_t length = slash ? (size_t)(slash - cmd->path) + 1 : 0;

	return strncmp(path, cmd->path, length) == 0;
}

bool is_own_file(const struct compile_cmd *cmd, const struct roots *roots, const char *name, const char *path,
		 bool is_system)
{
	if (!is_system && is_below_source(cmd, name))
		return true;
	if (!cmd->own_folder)
		return false;
	if (path_is_below(path, cmd->own_folder))
		return !is_system || !roots || !roots_have_headers(roots, path);
	return !is_system && roots && roots_are_own(roots, path); /* --trust DIR */
}

const char *own_file_shown(struct arena *arena, const struct compile_cmd *cmd, const char *path)
{
	const char *slash = strrchr(cmd->path, '/'), *shown = strrchr(cmd->file, '/');

	if (is_below_source(cmd, path) && slash)
		return arena_printf(arena, "%.*s%s", shown ? (int)(shown - cmd->file) + 1 : 0, cmd->file,
				    path + (slash - cmd->path) + 1);
	if (cmd->own_folder && path_is_below(path, cmd->own_folder) && strlen(path) > strlen(cmd->own_folder))
		return path_join(arena, cmd->own_shown, path + strlen(cmd->own_folder) + 1);
	return path;
}

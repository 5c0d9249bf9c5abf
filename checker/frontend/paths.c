/* Path arithmetic. Paths are compared as text, so they are made absolute and
 * normalised first; symbolic links are not resolved, because the user wants to
 * see the names he gave. */
#include "base/paths.h"
#include "units_int.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *path_join(struct arena *arena, const char *directory, const char *name)
{
	if (name[0] == '/' || directory[0] == '\0')
		return arena_strdup(arena, name);
	if (strcmp(directory, ".") == 0)
		return arena_strdup(arena, name);
	return arena_printf(arena, text_ends_with(directory, "/") ? "%s%s" : "%s/%s", directory, name);
}

/* Removes the last component of the absolute path being built. */
static size_t drop_component(const char *path, size_t length)
{
	while (length > 0 && path[length - 1] != '/')
		length--;
	return length > 0 ? length - 1 : 0;
}

const char *path_absolute(struct arena *arena, const char *directory, const char *path)
{
	const char *in = path[0] == '/' ? path : arena_printf(arena, "%s/%s", directory, path);
	char *out = arena_alloc(arena, strlen(in) + 2);
	size_t length = 0;

	while (*in) {
		size_t part = strcspn(in, "/");
		if (part == 2 && in[0] == '.' && in[1] == '.') {
			length = drop_component(out, length);
		} else if (part > 0 && !(part == 1 && in[0] == '.')) {
			out[length++] = '/';
			memcpy(out + length, in, part);
			length += part;
		}
		in += part;
		while (*in == '/')
			in++;
	}
	if (length == 0)
		out[length++] = '/';
	out[length] = '\0';
	return out;
}

const char *path_parent(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_current(struct arena *arena)
{
	const char *folder = current_folder(arena);

	return folder ? folder : "/";
}

bool path_exists(struct arena *arena, const char *directory, const char *name)
{
	return access(path_join(arena, directory, name), F_OK) == 0;
}

bool path_is_directory(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *path_kbuild_name(struct arena *arena, const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');
	char *name = arena_strndup(arena, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));

	for (char *c = name; *c; c++)
		if (*c == '-' || *c == ',')
			*c = '_';
	return name;
}

const char *path_with_slashes(struct arena *arena, const char *path)
{
	char *copy = arena_strdup(arena, path);

	for (char *c = copy; *c; c++)
		if (*c == '\\')
			*c = '/';
	return copy;
}

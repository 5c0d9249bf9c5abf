/* See base/path.h. */
#include "base/path.h"

#include <fnmatch.h>
#include <string.h>

/* Appends one segment to an absolute path in place; `..` takes the last one away. */
static void append_segment(char *path, const char *segment, size_t length)
{
	if (length == 0 || (length == 1 && segment[0] == '.'))
		return;
	if (length == 2 && !memcmp(segment, "..", 2)) {
		char *slash = strrchr(path, '/');

		if (slash)
			*slash = '\0';
		return;
	}
	size_t end = strlen(path);
	path[end] = '/';
	memcpy(path + end + 1, segment, length);
	path[end + 1 + length] = '\0';
}

static void append_segments(char *path, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "/");

		append_segment(path, text, length);
		text += length;
		text += *text == '/';
	}
}

/* Absolute, no `.`, `..` or doubled slashes; the root folder is "". */
static char *normalise(struct arena *arena, const char *root, const char *file)
{
	/* a segment never needs more room than it took with its slash, plus the first slash */
	char *path = arena_alloc(arena, strlen(root) + strlen(file) + 3);

	if (file[0] != '/')
		append_segments(path, root);
	append_segments(path, file);
	return path;
}

const char *path_seen_from(struct arena *arena, const char *root, const char *file)
{
	const char *base = root ? root : "/";
	const char *folder = normalise(arena, "", base);
	const char *path = normalise(arena, base, file);
	size_t length = strlen(folder);

	/* nothing lies usefully below the root folder itself */
	if (length > 0 && !strncmp(path, folder, length) && path[length] == '/')
		return path + length + 1;
	return path;
}

/* The first name of a path; *rest is what follows it. */
static const char *first_name(struct arena *scratch, const char *path, const char **rest)
{
	size_t length = strcspn(path, "/");

	*rest = path + length + strspn(path + length, "/");
	return arena_strndup(scratch, path, length);
}

static bool matches_here(struct arena *scratch, const char *pattern, const char *path)
{
	const char *more_pattern, *more_path;

	if (!*pattern)
		return true; /* the path is this one, or lies in it */
	const char *wanted = first_name(scratch, pattern, &more_pattern);
	if (strcmp(wanted, "**") == 0) {
		bool is_found = matches_here(scratch, more_pattern, path);
		while (!is_found && *path) {
			first_name(scratch, path, &path);
			is_found = matches_here(scratch, more_pattern, path);
		}
		return is_found;
	}
	if (!*path)
		return false;
	const char *name = first_name(scratch, path, &more_path);
	return fnmatch(wanted, name, 0) == 0 && matches_here(scratch, more_pattern, more_path);
}

bool path_matches(struct arena *scratch, const char *pattern, const char *path)
{
	const char *slash = strchr(pattern, '/');

	if (!slash || !slash[1])
		pattern = arena_printf(scratch, "**/%s", pattern);
	return matches_here(scratch, pattern + strspn(pattern, "/"), path);
}

bool path_is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	if (length == 1 && directory[0] == '/')
		return true;
	return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

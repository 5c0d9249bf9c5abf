/* See base/unsaved.h. An editor has few files open: a list is looked through. */
#include "base/unsaved.h"

#include <string.h>
#include <sys/stat.h>

static const struct unsaved_file *known;
static size_t known_count;

void unsaved_files_set(const struct unsaved_file *files, size_t count)
{
	known = files;
	known_count = count;
}

const struct unsaved_file *unsaved_files(size_t *count)
{
	*count = known_count;
	return known;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool file_is_same(const char *left, const char *right)
{
	struct stat a, b;

	if (strcmp(left, right) == 0)
		return true;
	return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Thousands of headers are asked for: only those of a like name are looked at on disk. */
const struct unsaved_file *unsaved_file_find(const char *path)
{
	for (size_t i = 0; i < known_count; i++)
		if (strcmp(last_part(known[i].path), last_part(path)) == 0 && file_is_same(known[i].path, path))
			return &known[i];
	return NULL;
}

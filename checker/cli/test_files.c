#include "test_files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 32

bool test_file_exists(const char *path)
{
	struct stat status;

	return !stat(path, &status);
}

bool test_file_has_suffix(const char *path, const char *suffix)
{
	size_t length = strlen(path), end = strlen(suffix);

	return length > end && !strcmp(path + length - end, suffix);
}

const char *test_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *test_file_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return "";
	return test_file_name(arena_strndup(arena, path, (size_t)(slash - path)));
}

const char *test_file_identity(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *identity = arena_strdup(arena, real ? real : path);

	free(real); /* the library's own allocation */
	return identity;
}

bool test_file_is_below(struct arena *arena, const char *path, const char *folder)
{
	const char *file = test_file_identity(arena, path), *top = test_file_identity(arena, folder);
	size_t length = strlen(top);

	return !strncmp(file, top, length) && file[length] == '/';
}

static int add_folder(struct text_list *list, struct arena *arena, const char *folder, int depth);

static void add_entry(struct text_list *list, struct arena *arena, const char *path, int depth)
{
	struct stat status;

	if (lstat(path, &status))
		return;
	if (S_ISDIR(status.st_mode))
		add_folder(list, arena, path, depth + 1);
	else if (test_file_has_suffix(path, ".c") || test_file_has_suffix(path, ".h"))
		ARENA_PUSH(arena, list->items, list->count, list->capacity, path);
}

static int add_folder(struct text_list *list, struct arena *arena, const char *folder, int depth)
{
	struct dirent **entries = NULL;
	int count = depth < DEPTH_MAX ? scandir(folder, &entries, NULL, alphasort) : 0;
	if (count < 0)
		return -1;
	const char *slash = test_file_has_suffix(folder, "/") ? "" : "/";
	for (int i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.')
			add_entry(list, arena, arena_printf(arena, "%s%s%s", folder, slash, entries[i]->d_name), depth);
		free(entries[i]); /* the library's own allocations */
	}
	free(entries);
	return 0;
}

int test_files_find(struct text_list *list, struct arena *arena, const char *folder)
{
	*list = (struct text_list){ 0 };
	return add_folder(list, arena, folder, 0);
}

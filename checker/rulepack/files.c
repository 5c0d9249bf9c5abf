/* Files and folders of a pack: sorted listings, and what loading depends on. */
#include "rulepack_int.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *rp_path_join(struct loader *loader, const char *folder, const char *name)
{
	size_t length = strlen(folder);
	const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
	return intern(loader->pool, arena_printf(loader->arena, "%s%s%s", folder, slash, name));
}

bool rp_path_is_folder(struct loader *loader, const char *path)
{
	struct stat info;
	rp_image_watch(loader, path);
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool rp_path_is_file(struct loader *loader, const char *path)
{
	struct stat info;
	rp_image_watch(loader, path);
	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool rp_path_is_same(struct loader *loader, const char *a, const char *b)
{
	struct stat first, second;
	rp_image_watch(loader, a);
	rp_image_watch(loader, b);
	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
	       first.st_ino == second.st_ino && first.st_ino != 0;
}

bool rp_name_has_suffix(const char *name, const char *suffix)
{
	size_t length = strlen(name), suffix_length = strlen(suffix);
	return length > suffix_length && strcmp(name + length - suffix_length, suffix) == 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool rp_folder_list(struct loader *loader, const char *path, struct name_list *list)
{
	*list = (struct name_list){ 0 };
	rp_image_watch(loader, path);
	DIR *folder = opendir(path);
	if (!folder) {
		yaml_error_at_file(loader->yaml, path, "cannot read the folder: %s", strerror(errno));
		loader->is_incomplete = true;
		return false;
	}
	for (const struct dirent *item; (item = readdir(folder));)
		if (item->d_name[0] != '.')
			ARENA_PUSH(loader->arena, list->names, list->count, list->capacity,
				   arena_strdup(loader->arena, item->d_name));
	closedir(folder);
	if (list->count > 1)
		qsort(list->names, (size_t)list->count, sizeof(*list->names), compare_names);
	return true;
}

const char *rp_text_read(struct loader *loader, const char *path, size_t *length)
{
	rp_image_watch(loader, path);
	const char *text = yaml_read_text(loader->yaml, path, length);
	if (!text)
		loader->is_incomplete = true;
	return text;
}

struct yaml_node *rp_yaml_read_file(struct loader *loader, const char *path)
{
	rp_image_watch(loader, path);
	struct yaml_node *root = yaml_read_file(loader->yaml, path);
	if (!root)
		loader->is_incomplete = true;
	return root;
}

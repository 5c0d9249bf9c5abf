/* Files and folders of a pack: sorted listings, whole text files on the arena,
 * UTF-8 checked with the place of the first bad byte. */
#include "base/file.h"
#include "rulepack_int.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT (4u << 20) /* bytes; the largest fact file is some 100 kB */

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
		rp_error_at_file(loader, path, "cannot read the folder: %s", strerror(errno));
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

struct span rp_text_place(const char *file, const char *text, size_t offset)
{
	struct span span = { .file = file, .line = 1, .column = 1 };
	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n') {
			span.line++;
			span.column = 1;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			span.column++;
		}
	}
	span.end_line = span.line;
	span.end_column = span.column;
	return span;
}

/* Bytes of the UTF-8 character that starts here; 0 when it is not one
 * (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
static size_t utf8_length(const unsigned char *text, size_t available)
{
	unsigned char lead = text[0];
	if (lead < 0x80)
		return 1;
	size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (lead < 0xC2 || lead > 0xF4 || length > available)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	bool is_overlong = (lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90);
	bool is_surrogate = lead == 0xED && text[1] > 0x9F;
	bool is_too_large = lead == 0xF4 && text[1] > 0x8F;
	return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

static bool check_utf8(struct loader *loader, const char *path, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t step = utf8_length((const unsigned char *)text + i, length - i);
		if (step == 0 || text[i] == '\0') {
			struct span span = rp_text_place(path, text, i);
			rp_error_at_place(loader, &span, "%s",
					  step ? "a NUL byte: this is not a text file" : "not valid UTF-8");
			return false;
		}
		i += step;
	}
	return true;
}

const char *rp_text_read(struct loader *loader, const char *path, size_t *length)
{
	char *text;
	const char *reason;
	rp_image_watch(loader, path);
	if (file_read(loader->arena, path, FILE_LIMIT, &text, length, &reason) != 0) {
		rp_error_at_file(loader, path, "cannot read the file: %s", reason);
		text = NULL;
	} else if (!check_utf8(loader, path, text, *length)) {
		text = NULL;
	}
	if (!text)
		loader->is_incomplete = true;
	return text;
}

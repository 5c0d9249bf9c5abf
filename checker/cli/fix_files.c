/* See fix_files.h. */
#include "fix_files.h"

#include "base/file.h"
#include "base/paths.h"
#include "fix/fix.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILE_LIMIT ((size_t)16 << 20) /* bytes, that of the parser */

static const char *real_path(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? arena_strdup(arena, real) : NULL;

	free(real); /* the library's own allocation */
	return copy;
}

struct fix_files *fix_files_create(struct arena *arena, const struct text_list *operands)
{
	struct fix_files *files = ARENA_NEW(arena, struct fix_files);

	files->arena = arena;
	for (int i = 0; i < operands->count; i++) {
		const char *real = real_path(arena, operands->items[i]);
		if (real)
			ARENA_PUSH(arena, files->allowed.items, files->allowed.count, files->allowed.capacity, real);
	}
	return files;
}

/* What drivers are written in. Others, and what is hidden (.git), no finding's fix has business with. */
static bool is_source(const char *below)
{
	static const char *const endings[] = { ".c", ".h", ".inc" };
	const char *dot = strrchr(below, '.');

	if (strstr(below, "/."))
		return false;
	for (size_t i = 0; dot && i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(dot, endings[i]) == 0)
			return true;
	return false;
}

/* NULL: it is one of the operands, or a source below one. Links were followed. */
static const char *find_objection(const struct fix_files *files, const char *path)
{
	const char *objection = "its file lies outside of what was given";

	for (int i = 0; i < files->allowed.count; i++) {
		const char *allowed = files->allowed.items[i];
		size_t length = strcmp(allowed, "/") == 0 ? 0 : strlen(allowed);

		if (strncmp(path, allowed, length) != 0 || (path[length] != '\0' && path[length] != '/'))
			continue;
		if (path[length] == '\0' || is_source(path + length))
			return NULL;
		objection = "its file is hidden, or not named as C sources are";
	}
	return objection;
}

static struct fix_file *find_known(const struct fix_files *files, const char *path)
{
	for (int i = 0; i < files->count; i++)
		if (strcmp(files->items[i]->path, path) == 0)
			return files->items[i];
	return NULL;
}

static bool read_disk(struct arena *arena, const char *path, char **text, size_t *length, const char **problem)
{
	size_t shown_count;
	const struct unsaved_file *shown = unsaved_files(&shown_count);

	unsaved_files_set(NULL, 0);
	bool is_read = file_read(arena, path, FILE_LIMIT, text, length, problem) == 0;
	unsaved_files_set(shown, shown_count);
	return is_read;
}

struct fix_file *fix_files_find(struct fix_files *files, const char *name, const char **problem)
{
	const char *path = real_path(files->arena, name);
	struct fix_file *file = ARENA_NEW(files->arena, struct fix_file);
	char *text;

	*problem = path ? find_objection(files, path) : "its file cannot be found";
	if (*problem)
		return NULL;
	struct fix_file *known = find_known(files, path);
	if (known)
		return known;
	if (!read_disk(files->arena, path, &text, &file->before_length, problem))
		return NULL;
	file->name = arena_strdup(files->arena, name); /* what a worker sent lives as long as its message */
	file->path = path;
	file->shown = *name == '/' ? file->name :
				     arena_printf(files->arena, "%s/%s", current_folder(files->arena), name);
	file->before = file->text = text;
	file->length = file->before_length;
	ARENA_PUSH(files->arena, files->items, files->count, files->capacity, file);
	return file;
}

void fix_files_add(struct fix_files *files, const struct unsaved_file *open)
{
	const char *path = real_path(files->arena, open->path);
	struct fix_file *file = ARENA_NEW(files->arena, struct fix_file);

	if (!path) /* not on disk yet: no unit, and no header of one */
		return;
	*file = (struct fix_file){ open->path, path, open->path, open->text, open->length, open->text, open->length };
	ARENA_PUSH(files->arena, files->items, files->count, files->capacity, file);
}

void fix_files_show(struct fix_files *files, const struct fix_file *other, const char *text, size_t length)
{
	struct unsaved_file *shown = ARENA_ARRAY(files->arena, struct unsaved_file, (size_t)files->count);

	for (int i = 0; i < files->count; i++) {
		const struct fix_file *file = files->items[i];

		shown[i] = (struct unsaved_file){ file->shown, file->text, file->length };
		if (file == other) {
			shown[i].text = text;
			shown[i].length = length;
		}
	}
	unsaved_files_set(shown, (size_t)files->count);
}

void fix_files_hide(void)
{
	unsaved_files_set(NULL, 0);
}

/* ---- as a patch ---------------------------------------------------------------------- */

/* Relative to the current folder; of a file elsewhere its whole path, which `patch -p1 -d /` takes. */
static const char *name_in_patch(struct arena *arena, const struct fix_file *file)
{
	const char *here = current_folder(arena), *real = here ? real_path(arena, here) : NULL;
	size_t length = real ? strlen(real) : 0;

	if (length > 1 && strncmp(file->path, real, length) == 0 && file->path[length] == '/')
		return file->path + length + 1;
	return file->path + 1;
}

void fix_files_print(const struct fix_files *files, FILE *out)
{
	for (int i = 0; i < files->count; i++) {
		const struct fix_file *file = files->items[i];

		fix_write_diff(out, files->arena, name_in_patch(files->arena, file), file->before, file->before_length,
			       file->text, file->length);
	}
}

/* ---- in place ------------------------------------------------------------------------- */

/* A file in a folder that is held open: what becomes of the folder's name meanwhile does not matter. */
struct place {
	int folder;
	const char *path;
};

/* errno says why if the folder is -1: no link leads there, for the path had none when it was looked at. */
static struct place open_place(struct arena *arena, const char *path)
{
	const struct open_how how = { .flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS };
	const char *slash = strrchr(path, '/');
	const char *folder = slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
	struct place place = { (int)syscall(SYS_openat2, AT_FDCWD, folder, &how, sizeof(how)), NULL };

	if (place.folder >= 0)
		place.path = arena_printf(arena, "/proc/self/fd/%d%s", place.folder, slash);
	return place;
}

static bool is_as_read(struct arena *arena, const char *path, const struct fix_file *file)
{
	const char *problem;
	size_t length;
	char *text;

	return read_disk(arena, path, &text, &length, &problem) && length == file->before_length &&
	       memcmp(text, file->before, length) == 0;
}

/* NULL, or why not. */
static const char *write_text(int descriptor, const struct fix_file *file)
{
	bool is_written = file_write_whole(descriptor, file->text, file->length) && fsync(descriptor) == 0;
	int reason = errno;

	if (close(descriptor) && is_written) {
		reason = errno;
		is_written = false;
	}
	return is_written ? NULL : strerror(reason);
}

static const char *write_at(struct arena *arena, const char *path, const struct fix_file *file)
{
	struct file_replacement made;
	const char *problem;

	if (!is_as_read(arena, path, file))
		return "it has been changed meanwhile";
	if (file_replace_begin(&made, arena, path))
		return strerror(errno);
	problem = write_text(made.descriptor, file);
	if (!problem && !is_as_read(arena, path, file))
		problem = "it has been changed meanwhile";
	if (file_replace_end(&made, !problem) && !problem)
		problem = strerror(errno);
	return problem;
}

static const char *write_file(struct arena *arena, const struct fix_file *file)
{
	struct place place = open_place(arena, file->path);
	const char *problem = place.folder < 0 ? strerror(errno) : write_at(arena, place.path, file);

	if (place.folder >= 0)
		close(place.folder);
	return problem;
}

int fix_files_write(const struct fix_files *files, struct log *log)
{
	int failed = 0;

	for (int i = 0; i < files->count; i++) {
		const struct fix_file *file = files->items[i];
		bool is_changed = file->length != file->before_length ||
				  memcmp(file->text, file->before, file->length) != 0;
		const char *problem = is_changed ? write_file(files->arena, file) : NULL;

		if (problem)
			log_add(log, LOG_ERROR, &(struct span){ .file = file->name }, "not written: %s", problem);
		failed += problem != NULL;
	}
	return failed;
}

/* Texts of source files: which files are the user's own, lines and columns,
 * and just enough of C's lexical structure to find the arguments of a macro use.
 *
 * No preprocessing record is kept (it costs more than the whole lowering), so
 * macro names and argument ranges are read from the text itself. */
#include "base/file.h"
#include "lower_int.h"
#include "own_files.h"
#include "units_int.h"

#include <string.h>

#define HEADER_LIMIT ((size_t)16 << 20) /* bytes */

bool text_starts(const struct spelled *spelled, const char *word)
{
	size_t length = strlen(word);

	return spelled->text && spelled->begin + length <= spelled->size &&
	       memcmp(spelled->text + spelled->begin, word, length) == 0;
}

/* ---- files ------------------------------------------------------------------ */

/* The main file, and files below its folder. A file below it that clang calls a
 * system header (headers unpacked inside the project) is not the user's. */
static bool is_user_file(struct lower *l, CXFile file, const char *name)
{
	CXSourceLocation start;

	if (strncmp(name, l->main_folder, l->main_folder_length) != 0)
		return false;
	if (l->main_folder_length == 0 && name[0] == '/')
		return false;
	start = clang.getLocationForOffset(l->tu, file, 0);
	return !clang.Location_isInSystemHeader(start);
}

/* The same where the author is not believed. */
static void name_strictly(struct lower *l, struct source *source, const char *name)
{
	const char *path = path_absolute(l->scratch, l->cmd->directory, name);
	CXSourceLocation start = clang.getLocationForOffset(l->tu, source->handle, 0);

	source->is_user = is_own_file(l->cmd, l->roots, name, path, clang.Location_isInSystemHeader(start) != 0);
	source->shown = intern(l->pool, source->is_user ? own_file_shown(l->scratch, l->cmd, path) : name);
}

/* `x/../y.h` becomes `y.h`: a header that two units of a driver reach in
 * different ways has one name. */
static const char *plain_path(struct lower *l, const char *path)
{
	char *out = arena_strdup(l->scratch, path);
	size_t length = 0, floor = 0; /* nothing before floor can be taken back */

	while (*path) {
		size_t part = strcspn(path, "/");
		size_t whole = part + (path[part] == '/');
		bool is_up = part == 2 && path[0] == '.' && path[1] == '.';
		bool is_here = part == 1 && path[0] == '.';

		if (is_up && length > floor) {
			length--; /* the slash */
			while (length > floor && out[length - 1] != '/')
				length--;
		} else if (!is_here || length == 0) {
			memmove(out + length, path, whole);
			length += whole;
			if (is_up || is_here || part == 0)
				floor = length;
		}
		path += whole;
	}
	out[length] = '\0';
	return out;
}

static void source_name(struct lower *l, struct source *source)
{
	CXString string = clang.getFileName(source->handle);
	const char *name = clang.getCString(string);

	if (!name)
		name = "";
	if (l->cmd && l->cmd->own_folder) {
		name_strictly(l, source, name);
		clang.disposeString(string);
		return;
	}
	source->is_user = is_user_file(l, source->handle, name);
	source->shown = intern(l->pool, name);
	/* Headers beside the main file are shown the way the user gave that. */
	if (source->is_user && l->shown_folder)
		source->shown = intern(l->pool, plain_path(l, arena_printf(l->scratch, "%s%s", l->shown_folder,
									   name + l->main_folder_length)));
	clang.disposeString(string);
}

struct source *source_of(struct lower *l, CXFile file)
{
	struct source *source;

	if (!file)
		return NULL;
	if (l->last_source && l->last_source->handle == file)
		return l->last_source;
	source = keymap_get(l->sources, KEYMAP_KEY(file));
	if (!source) {
		source = ARENA_NEW(l->scratch, struct source);
		source->handle = file;
		source_name(l, source);
		source->invocations = keymap_create(l->scratch);
		keymap_put(l->sources, KEYMAP_KEY(file), source);
	}
	l->last_source = source;
	return source;
}

static void index_lines(struct lower *l, struct source *source)
{
	int count = 1;

	for (size_t i = 0; i < source->size; i++)
		count += source->text[i] == '\n';
	source->lines = ARENA_ARRAY(l->scratch, unsigned, (size_t)count);
	source->line_count = count;
	count = 1;
	for (size_t i = 0; i < source->size; i++)
		if (source->text[i] == '\n')
			source->lines[count++] = (unsigned)i + 1;
}

/* The text of a header that was not parsed with the unit. */
static void load_known_header(struct lower *l, struct source *source)
{
	CXString string = clang.getFileName(source->handle);
	const char *path = clang.getCString(string), *error;
	char *text = NULL;

	if (path && strcmp(path, l->block_path) == 0) {
		source->text = l->block_text;
		source->size = strlen(l->block_text);
	} else if (path && !file_read(l->scratch, path, HEADER_LIMIT, &text, &source->size, &error)) {
		source->text = text;
	}
	clang.disposeString(string);
}

/* True when the text can be read. */
bool source_load(struct lower *l, struct source *source)
{
	if (!source->is_loaded) {
		source->is_loaded = true;
		if (l->block_path && !source->is_user)
			load_known_header(l, source);
		else
			source->text = clang.getFileContents(l->tu, source->handle, &source->size);
		if (source->text && source->is_user)
			index_lines(l, source);
	}
	return source->text != NULL;
}

static int line_of(struct source *source, unsigned offset)
{
	int low = source->last_line, high = source->line_count;

	if (offset < source->lines[low])
		low = 0;
	else if (low + 8 < high && offset < source->lines[low + 8])
		high = low + 8;
	while (high - low > 1) {
		int middle = low + (high - low) / 2;

		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	source->last_line = low;
	return low;
}

struct span source_span(struct lower *l, struct source *source, struct text_range range)
{
	struct span span = { 0 };
	unsigned last = range.end > range.begin ? range.end - 1 : range.begin;
	int line;

	if (!source)
		return span;
	span.file = source->shown;
	if (!source_load(l, source))
		return span;
	if (!source->lines) /* a header's: only wanted for declarations */
		index_lines(l, source);
	line = line_of(source, range.begin);
	span.line = (unsigned)line + 1;
	span.column = range.begin - source->lines[line] + 1;
	line = line_of(source, last);
	span.end_line = (unsigned)line + 1;
	span.end_column = last - source->lines[line] + 1;
	return span;
}

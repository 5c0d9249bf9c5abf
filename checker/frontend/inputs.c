/* See inputs.h. */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

/* ---- where headers are looked for ---------------------------------------------------- */

void search_folders_find(struct arena *arena, const struct compile_cmd *cmd, struct search_folders *folders)
{
	struct word_list system = { 0 }, last = { 0 };

	*folders = (struct search_folders){ 0 };
	for (int i = 0; i < cmd->arg_count; i++) {
		const char *arg = cmd->args[i], *value = i + 1 < cmd->arg_count ? cmd->args[i + 1] : NULL;
		if (text_starts_with(arg, "-I") && (arg[2] || value)) {
			words_push(arena, &folders->own, arg[2] ? arg + 2 : value);
		} else if (value && strcmp(arg, "-isystem") == 0) {
			words_push(arena, &system, value);
		} else if (value && strcmp(arg, "-idirafter") == 0) {
			words_push(arena, &last, value);
		}
	}
	words_append(arena, &folders->all, &folders->own);
	words_append(arena, &folders->system, &system);
	words_append(arena, &folders->system, &last);
	words_append(arena, &folders->all, &folders->system);
}

/* ---- the lists ------------------------------------------------------------------------- */

void inputs_add_read(struct arena *arena, struct input_files *inputs, const char *path)
{
	ARENA_PUSH(arena, inputs->read, inputs->read_count, inputs->read_capacity, arena_strdup(arena, path));
}

void inputs_add_absent(struct arena *arena, struct input_files *inputs, const char *path)
{
	ARENA_PUSH(arena, inputs->absent, inputs->absent_count, inputs->absent_capacity, arena_strdup(arena, path));
}

/* A whole folder that is missing stands for all that could be in it. */
bool inputs_add_place(struct arena *arena, struct input_files *inputs, const char *folder, const char *relative)
{
	const char *slash = strrchr(relative, '/');
	const char *parent = slash ? arena_strndup(arena, relative, (size_t)(slash - relative)) : "";
	const char *inner = path_join(arena, folder, parent);

	if (!path_is_directory(inner))
		inputs_add_absent(arena, inputs, inner);
	else if (!path_exists(arena, folder, relative))
		inputs_add_absent(arena, inputs, path_join(arena, folder, relative));
	else
		return false;
	return true;
}

void inputs_add_missing(struct arena *arena, const struct search_folders *folders, const struct missing_header *header,
			struct input_files *inputs)
{
	inputs_add_place(arena, inputs, path_parent(arena, header->includer), header->name);
	for (int i = 0; i < folders->all.count; i++)
		inputs_add_place(arena, inputs, folders->all.items[i], header->name);
}

/* ---- what a tree was made of --------------------------------------------------------------- */

struct collector {
	struct arena *arena;
	const struct compile_cmd *cmd;
	const struct search_folders *folders;
	struct input_files *inputs;
};

static const char *copy_name(struct arena *arena, CXFile file)
{
	CXString string = clang.getFileName(file);
	const char *name = clang.getCString(string), *copy = name ? arena_strdup(arena, name) : NULL;

	clang.disposeString(string);
	return copy;
}

/* The file that is shown under the name, or the name. NULL: it is a text of ours. */
static const char *real_path(const struct compile_cmd *cmd, const char *path)
{
	if (text_starts_with(path, OWN_TEXT_FOLDER) || text_starts_with(path, "/proc/self/fd/"))
		return NULL;
	for (int i = 0; i < cmd->alias_count; i++)
		if (strcmp(cmd->aliases[i].name, path) == 0)
			return cmd->aliases[i].file;
	return path;
}

/* It may have been asked for in quotes: then the includer's own folder comes first. */
static void add_earlier_places(struct collector *collector, const char *path, const char *includer)
{
	const struct word_list *folders = &collector->folders->all;

	for (int k = 0; k < folders->count; k++) {
		if (!path_is_below(path, folders->items[k]))
			continue;
		const char *relative = path + strlen(folders->items[k]) + 1;
		if (includer)
			inputs_add_place(collector->arena, collector->inputs, path_parent(collector->arena, includer),
					 relative);
		for (int i = 0; i < k; i++)
			inputs_add_place(collector->arena, collector->inputs, folders->items[i], relative);
	}
}

static void collect_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct collector *collector = data;
	struct arena *arena = collector->arena;
	const char *path = copy_name(arena, file), *includer = NULL;
	CXFile from = NULL;

	if (path)
		path = real_path(collector->cmd, path);
	if (!path)
		return;
	path = path_absolute(arena, collector->cmd->directory, path);
	inputs_add_read(arena, collector->inputs, path);
	if (depth > 0)
		clang.getExpansionLocation(stack[0], &from, NULL, NULL, NULL);
	if (from)
		includer = copy_name(arena, from);
	add_earlier_places(collector, path, includer && !text_starts_with(includer, OWN_TEXT_FOLDER) ? includer : NULL);
}

static int compare_words(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void remove_repeats(const char **items, int *count)
{
	int kept = 0;

	if (*count == 0)
		return;
	qsort(items, (size_t)*count, sizeof(*items), compare_words);
	for (int i = 0; i < *count; i++)
		if (kept == 0 || strcmp(items[i], items[kept - 1]) != 0)
			items[kept++] = items[i];
	*count = kept;
}

/* The same folder is missing for many headers. */
void inputs_remove_repeats(struct input_files *inputs)
{
	remove_repeats(inputs->read, &inputs->read_count);
	remove_repeats(inputs->absent, &inputs->absent_count);
}

void inputs_names(struct arena *arena, const struct input_files *inputs, const struct search_folders *folders,
		  struct word_list *names)
{
	for (int i = 0; i < inputs->read_count; i++)
		for (int k = 0; k < folders->all.count; k++)
			if (path_is_below(inputs->read[i], folders->all.items[k]))
				words_push(arena, names, inputs->read[i] + strlen(folders->all.items[k]) + 1);
	remove_repeats(names->items, &names->count);
}

void inputs_collect(struct arena *arena, CXTranslationUnit tu, const struct compile_cmd *cmd,
		    const struct search_folders *folders, struct input_files *inputs)
{
	struct collector collector = { arena, cmd, folders, inputs };

	clang.getInclusions(tu, collect_inclusion, &collector);
	inputs_remove_repeats(inputs);
}

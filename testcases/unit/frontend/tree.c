#include "tree.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
	(void)info;
	(void)type;
	(void)place;
	return remove(path);
}

int tree_set_up(void **state)
{
	struct arena *arena = arena_create();
	struct tree *tree = ARENA_NEW(arena, struct tree);
	char *root = arena_strdup(arena, "/tmp/so2-test-frontend-XXXXXX");

	if (!mkdtemp(root))
		return -1;
	tree->arena = arena;
	tree->pool = intern_create();
	tree->log = log_create();
	tree->root = root;
	*state = tree;
	return 0;
}

int tree_tear_down(void **state)
{
	struct tree *tree = *state;

	nftw(tree->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	log_destroy(tree->log);
	intern_destroy(tree->pool);
	arena_destroy(tree->arena);
	return 0;
}

const char *tree_path(struct tree *tree, const char *name)
{
	return arena_printf(tree->arena, "%s/%s", tree->root, name);
}

const char *tree_write_bytes(struct tree *tree, const char *name, const void *bytes, size_t length)
{
	char *path = arena_strdup(tree->arena, tree_path(tree, name));

	for (char *slash = path + strlen(tree->root) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(path, 0777);
	}
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	return path;
}

const char *tree_write(struct tree *tree, const char *name, const char *text)
{
	return tree_write_bytes(tree, name, text, strlen(text));
}

static bool have(const char *const *items, int count, const char *first, const char *second)
{
	for (int i = 0; i < count; i++)
		if (strcmp(items[i], first) == 0 && (!second || (i + 1 < count && strcmp(items[i + 1], second) == 0)))
			return true;
	return false;
}

bool words_have(const struct word_list *words, const char *first, const char *second)
{
	return have(words->items, words->count, first, second);
}

bool command_has(const struct compile_cmd *cmd, const char *first, const char *second)
{
	return have(cmd->args, cmd->arg_count, first, second);
}

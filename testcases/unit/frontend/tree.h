/* A folder of made files that lives for one test. */
#ifndef SO2_TEST_FRONTEND_TREE_H
#define SO2_TEST_FRONTEND_TREE_H

#include "test.h"

#include "../../../checker/frontend/repair.h"
#include "../../../checker/frontend/units_int.h"

struct tree {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	const char *root; /* absolute */
};

int tree_set_up(void **state);
int tree_tear_down(void **state);

/* Absolute path of a name below the root. */
const char *tree_path(struct tree *tree, const char *name);
/* Writes a file, and the folders it needs. */
const char *tree_write(struct tree *tree, const char *name, const char *text);
const char *tree_write_bytes(struct tree *tree, const char *name, const void *bytes, size_t length);

/* true: the two words follow each other in the list (second NULL: first alone). */
bool words_have(const struct word_list *words, const char *first, const char *second);
bool command_has(const struct compile_cmd *cmd, const char *first, const char *second);

#endif

/* Include folders that a build names: which of them may be read. */
#ifndef SO2_FRONTEND_REACH_H
#define SO2_FRONTEND_REACH_H

#include "units_int.h"

struct reach {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	struct roots *roots;	/* NULL: everything may be read */
	struct keymap *answers; /* interned paths: &may_be_read, or left out and told */
	bool may_be_read;
};

/* Adds to the roots where systems keep headers, our own and those of libclang, and what the user names after `--`. */
void reach_open(struct reach *reach, struct arena *arena, struct intern_pool *pool, struct log *log,
		const struct unit_options *options, const char *headers_dir);
/* Takes from the arguments what leads elsewhere, noted once; or makes it a root, if the build is believed. A kernel
 * tree may lie anywhere. */
void reach_filter(struct reach *reach, const char *file, struct word_list *args, bool is_believed);

#endif

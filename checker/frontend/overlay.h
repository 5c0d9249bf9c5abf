/* Shows the parser files under further names (see include_case.c). */
#ifndef SO2_FRONTEND_OVERLAY_H
#define SO2_FRONTEND_OVERLAY_H

#include "units_int.h"

/* A text that only this process has, with a name in /proc. */
struct memory_file {
	int descriptor;	  /* meaningless without path */
	const char *path; /* NULL: there is none */
};

struct overlay {
	struct memory_file description; /* without it there is nothing to show */
	struct memory_file trace;	/* what the trace preprocessor would write */
};

/* When the system refuses, there is simply no overlay: the names stay unknown
 * then, and the parser says so. */
void overlay_open(struct arena *arena, struct overlay *overlay, const struct compile_cmd *cmd);
void overlay_arguments(struct arena *arena, const struct overlay *overlay, struct word_list *args);
void overlay_close(struct overlay *overlay);

#endif

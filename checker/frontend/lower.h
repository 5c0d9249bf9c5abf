/* Seam between the two halves of the frontend: unit.c parses (flags, compat
 * headers, generated stubs) and hands a finished translation unit to lower_unit(). */
#ifndef SO2_FRONTEND_LOWER_H
#define SO2_FRONTEND_LOWER_H

#include "frontend/frontend.h"

#include <clang-c/Index.h>

/* Lowers every function with a body that stands in the user's own files, with
 * the declarations and bindings they need. The text of the main file is given
 * so that macro names and argument ranges can be read from it. */
int lower_unit(struct arena *arena, struct intern_pool *pool, const struct frontend_names *names,
	       CXTranslationUnit tu, const char *shown_file, struct ir_unit **unit);

#endif

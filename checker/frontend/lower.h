/* Seam between the two halves of the frontend: unit.c parses (flags, compat
 * headers, generated stubs) and hands a finished translation unit to lower_unit(). */
#ifndef SO2_FRONTEND_LOWER_H
#define SO2_FRONTEND_LOWER_H

#include "frontend/frontend.h"
#include "libclang.h"

struct parsed_unit {
	CXTranslationUnit tu;
	const char *shown_file;
	/* The text that stands for the headers which were not parsed with the unit; NULL: all were. libclang takes
	 * long to find the texts of the others then, so they are read from their files. */
	const char *block_path, *block_text;
	const struct compile_cmd *cmd; /* which files are the driver's own: own_files.h */
	const struct roots *roots;     /* NULL: none */
	/* Macros of the driver's own under names of the kernel's (interned): their uses are no events. */
	const char *const *redefined;
	int redefined_count;
};

/* Lowers every function with a body that stands in the user's own files (the main
 * file and files below its folder that are no system headers), with the
 * declarations, bindings and named constants they need. Never fails on a broken
 * tree: what is lost makes its function is_incomplete.
 *
 * 0; or 1 when a function is used by name alone, in an attribute, that the tree does
 * not declare: a tree without its headers' declarations may lack what the whole one has.
 *
 * The unit may be parsed with any options; IncludeAttributedTypes is understood
 * but not needed. Texts are taken from the unit, so unsaved files work.
 *
 * What ir.h leaves open is decided so:
 * - Constants: INT carries as macro the name of the macro whose whole expansion it
 *   is (with its arguments when it has some: "BIT(3)"), or of the enumerator.
 *   They fold inside one macro and among plain numbers; `-EINVAL` and
 *   `GFP_KERNEL | __GFP_ZERO` stay trees. A null pointer is INT 0 of pointer type.
 * - Labels: numbers may be unused (label_count counts them); a used one is placed
 *   exactly once. The user's own labels are always placed.
 * - Scopes: a variable with cleanup opens a scope of its own, closed with the
 *   block; scopes[0] is never entered or left by a step.
 * - SCOPE_EXIT and TRY_END name the inner scope in insn->scope, SCOPE_ENTER and
 *   TRY_BEGIN the outer one.
 * - stmt_span of a condition or loop head covers that head only.
 * - `if (!x)` keeps UNARY NOT, `!!x` is `x` in conditions and `x != 0` elsewhere;
 *   dead sides that a macro wrote are left out, those of the user stay.
 * - Library functions that headers map to builtins have their own name (memcpy).
 * - A macro event that is used as an lvalue is lowered by its expansion. */
int lower_unit(struct arena *arena, struct intern_pool *pool, const struct frontend_names *names,
	       const struct parsed_unit *parsed, struct ir_unit **unit);

#endif

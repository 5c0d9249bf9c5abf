/* What makes so2check see another text than the kernel's compiler, or another meaning than the author's words have: read
 * from the driver's own texts as they are written, because the tree that is analysed no longer has it. Pure text work.
 *
 * Two kinds of remarks. Those that hide code are gaps: what was analysed need not be what is built. The others tell people
 * that they may read something else than compilers do. */
#ifndef SO2_FRONTEND_DISGUISE_H
#define SO2_FRONTEND_DISGUISE_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>

struct disguise_text {
	const char *file; /* as shown, interned */
	const char *text; /* need not be NUL-terminated */
	size_t length;
};

struct disguise_remark {
	struct span span;
	const char *text; /* on the arena of the request */
	bool is_gap;
};

enum disguise_name { NAME_UNKNOWN, NAME_FUNCTION, NAME_CONSTANT };

struct disguise_request {
	struct arena *arena;
	struct intern_pool *pool;
	const struct disguise_text *texts; /* of one unit: the source and the driver's own headers */
	int text_count;
	bool is_windows;
	/* What do rules take the name for? It is interned. May be NULL: for nothing. */
	enum disguise_name (*find_name)(const void *context, const char *name);
	/* Is it the guard of a system header that the unit includes? May be NULL: of none. */
	bool (*is_guard)(const void *context, const char *name);
	const void *context; /* of both */
	/* What no source says: definitions `NAME=VALUE` or `NAME` of the build for this unit. */
	const char *const *definitions;
	int definition_count;
	struct span unit; /* where those are told of */
};

struct disguise {
	struct disguise_remark *remarks;
	int count, capacity;
	/* Names of the kernel's that the texts define as macros: there they do not mean the kernel's. */
	const char **redefined;
	int redefined_count, redefined_capacity;
};

/* At most a few dozen remarks; the last of them then says so. */
void disguise_find(const struct disguise_request *request, struct disguise *found);

#endif

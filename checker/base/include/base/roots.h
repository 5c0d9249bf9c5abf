/* Which files a run may read, and of which it may show lines. Sources, build files and symbolic links come from whoever
 * wrote the driver; where they lead must not be up to him. */
#ifndef SO2_BASE_ROOTS_H
#define SO2_BASE_ROOTS_H

#include "base/arena.h"

#include <stdbool.h>

enum root_kind {
	ROOT_OWN,     /* what is checked: lines of it may stand in a report */
	ROOT_HEADERS, /* headers of systems and libraries: read, never shown */
};

struct root {
	enum root_kind kind;
	const char *path; /* absolute, without symbolic links */
};

struct roots {
	struct arena *arena;
	struct root *items;
	int count, capacity;
};

struct roots *roots_create(struct arena *arena);

/* A file, or a folder with all that is in it; what a symbolic link leads to is meant. What does not exist, and the root
 * of the file system, is passed by. */
void roots_add(struct roots *roots, enum root_kind kind, const char *path);

/* May the file or folder be read? Symbolic links are followed. What does not exist cannot be read, so it may. A NULL
 * instead of roots allows everything. */
bool roots_allow(const struct roots *roots, const char *path);
/* The same by the name alone: what links lead to is not asked. */
bool roots_allow_name(const struct roots *roots, const char *path);
/* May lines of the file be shown? */
bool roots_allow_lines(const struct roots *roots, const char *path);

/* Does the file, by its name, lie in a folder of headers, or of what is checked? */
bool roots_have_headers(const struct roots *roots, const char *path);
bool roots_are_own(const struct roots *roots, const char *path);

/* A text that is the same for roots that allow the same. On the arena. */
const char *roots_identity(const struct roots *roots, struct arena *arena);

#endif

/* Names of files, without looking at what they name. */
#ifndef SO2_BASE_PATH_H
#define SO2_BASE_PATH_H

#include "base/arena.h"

#include <stdbool.h>

/* The path of a file seen from root (an absolute folder; NULL: "/"), without `.` and `..`: relative when it lies below
 * root, else absolute. By names only: links are not followed. */
const char *path_seen_from(struct arena *arena, const char *root, const char *file);

/* Deepest use of `**` in a pattern that path_matches() takes: each may be tried at each folder. */
#define PATH_PATTERN_DEPTH 4

/* Does the pattern name the path (relative, as above), or a folder that it lies in? `*`, `?` and `[...]` stand for
 * characters of one name, `**` for any number of folders. A pattern without a slash names a file or folder
 * anywhere; one that begins with a slash begins at the root. */
bool path_matches(struct arena *scratch, const char *pattern, const char *path);

/* Is the path that of the folder, or of something in it? Both absolute and without `.` and `..`. */
bool path_is_below(const char *path, const char *folder);

#endif

/* Reading whole files that may be hostile: huge, a device, a named pipe. */
#ifndef SO2_BASE_FILE_H
#define SO2_BASE_FILE_H

#include "base/arena.h"

#include <stddef.h>

/* Reads a regular file of at most limit bytes. 0 on success: *text is the
 * content, followed by a NUL that *length does not count (length may be NULL;
 * the content itself may hold NULs). -1 on failure: *error says why, ready to
 * follow the path and a colon. Both are on the arena. */
int file_read(struct arena *arena, const char *path, size_t limit, char **text, size_t *length, const char **error);

#endif

/* Reading whole files that may be hostile: huge, a device, a named pipe. */
#ifndef SO2_BASE_FILE_H
#define SO2_BASE_FILE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* Reads a regular file of at most limit bytes. 0 on success: *text is the
 * content, followed by a NUL that *length does not count (length may be NULL;
 * the content itself may hold NULs). -1 on failure: *error says why, ready to
 * follow the path and a colon. Both are on the arena. What an editor has not saved
 * (unsaved.h) is taken for the content. */
int file_read(struct arena *arena, const char *path, size_t limit, char **text, size_t *length, const char **error);

/* All bytes to a descriptor, or so many from one; false with errno set, or at the end. */
bool file_write_whole(int descriptor, const char *bytes, size_t length);
bool file_read_whole(int descriptor, void *bytes, size_t length);

/* A file that takes the place of another by one rename, or comes to be by it: whole, or not at all. Meanwhile it is called
 * TARGET.XXXXXX, and is removed when a signal ends the process (ending.h). It has the mode (and, where that is allowed, owner and
 * group) of the file that it replaces; a new one that of the umask. The target's link is replaced, not followed. */
struct file_replacement {
	int descriptor; /* to be written, synced and closed by the caller */
	const char *target;
	char *temporary;
};

/* -1 with errno set: the folder cannot be written. The target's text is kept, not copied. */
int file_replace_begin(struct file_replacement *file, struct arena *arena, const char *target);
/* Puts it in its place, or removes it. -1 with errno set: all is as it was before. */
int file_replace_end(struct file_replacement *file, bool is_wanted);

/* What tells one state of a regular file from another without reading it: size, times, inode, as a word. NULL: there is
 * no such file. *changed (may be NULL) is when its content or name last changed; a file that changed less than
 * FILE_SETTLED_SECONDS ago may change again and keep its stamp. */
#define FILE_SETTLED_SECONDS 2
const char *file_stamp(struct arena *arena, const char *path, time_t *changed);

/* The same of any file or folder (a folder changes with the names in it), to be compared as bytes; all 0: there is
 * none. */
struct file_state {
	uint64_t mode, device, inode, size;
	int64_t modified[2], changed[2]; /* seconds, nanoseconds */
};

void file_state_get(const char *path, struct file_state *state);

#endif

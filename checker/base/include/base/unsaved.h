/* Texts that an editor holds and has not saved yet. Where one is known, file_read() gives it in place of what the file
 * has, in this process; everything else about the file (its stamp, its state, whether it is there) is that of the file. */
#ifndef SO2_BASE_UNSAVED_H
#define SO2_BASE_UNSAVED_H

#include <stdbool.h>
#include <stddef.h>

struct unsaved_file {
	const char *path; /* absolute */
	const char *text; /* followed by a NUL that length does not count */
	size_t length;
};

/* From now on these, and no others. Borrowed until the next call. Of the process: not for several threads. */
void unsaved_files_set(const struct unsaved_file *files, size_t count);
const struct unsaved_file *unsaved_files(size_t *count);
/* The one of this file, under whatever name; NULL: none. */
const struct unsaved_file *unsaved_file_find(const char *path);

/* Do both names mean one file? By their text, or by the file that both lead to. */
bool file_is_same(const char *left, const char *right);

#endif

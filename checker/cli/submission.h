/* What a submission is before anything is analysed: its files, its build files beside those of the assignment, the
 * comments in it that would allow something. Nothing of it is run or obeyed. */
#ifndef SO2_CLI_SUBMISSION_H
#define SO2_CLI_SUBMISSION_H

#include "options.h"

#define SUBMISSION_FILE_LIMIT 20000

/* Files below a folder, seen from it, in order, up to the limit; symbolic links are listed, and not followed. */
struct text_list folder_files(struct arena *arena, const char *folder);

/* How the files that the patterns name (none: the usual build files) differ: "Makefile has changed", "x.mk was added",
 * "Kbuild is missing". Ends of lines do not count. Folders are absolute. */
struct text_list build_differences(struct arena *arena, const struct text_list *patterns, const char *folder,
				   const char *reference);

/* "driver.c:12: allow(RULE) reason", of all C files; *total counts those that are not listed any more, too. */
struct text_list folder_suppressions(struct arena *arena, const char *folder, size_t *total);

/* Does a Kbuild file or Makefile, of the folder or one below, name a source that is not there? */
bool folder_lacks_source(const char *folder);

#endif

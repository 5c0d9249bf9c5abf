/* Finding and naming the files of test cases. */
#ifndef SO2_CLI_TEST_FILES_H
#define SO2_CLI_TEST_FILES_H

#include "base/arena.h"
#include "options.h"

#include <stdbool.h>

/* Appends all .c and .h files below the folder, in a stable order. Hidden ones
 * and folders behind links are left out. -1 when the folder cannot be read. */
int test_files_find(struct text_list *list, struct arena *arena, const char *folder);
/* One name for one file, however it was reached; the name itself when it is not there. */
const char *test_file_identity(struct arena *arena, const char *path);
bool test_file_is_below(struct arena *arena, const char *path, const char *folder);
bool test_file_exists(const char *path);
bool test_file_has_suffix(const char *path, const char *suffix);
/* Last part of the name of the folder that the file is in. */
const char *test_file_folder(struct arena *arena, const char *path);
/* The last part of the file's own name; borrowed from path. */
const char *test_file_name(const char *path);

#endif

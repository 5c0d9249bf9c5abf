/* The files that fixes change: what they had, what they shall have, and how they get it. */
#ifndef SO2_CLI_FIX_FILES_H
#define SO2_CLI_FIX_FILES_H

#include "base/log.h"
#include "base/unsaved.h"
#include "options.h"

struct fix_file {
	const char *name;   /* as in findings */
	const char *path;   /* real and absolute */
	const char *shown;  /* absolute, under the name that was given: what the parser opens */
	const char *before; /* as it was read first */
	size_t before_length;
	const char *text; /* with the fixes so far */
	size_t length;
};

struct fix_files {
	struct arena *arena;
	struct text_list allowed; /* real paths of the operands */
	struct fix_file **items;
	int count, capacity;
};

struct fix_files *fix_files_create(struct arena *arena, const struct text_list *operands);
/* The file, read when it is asked for first. NULL: it cannot be changed; *problem says why, for people. */
struct fix_file *fix_files_find(struct fix_files *files, const char *name, const char **problem);
/* A file that an editor shows, with the text that it has there; for looking only. */
void fix_files_add(struct fix_files *files, const struct unsaved_file *open);
/* From now on the parser sees the texts of the files, with this one (or NULL) having another. */
void fix_files_show(struct fix_files *files, const struct fix_file *other, const char *text, size_t length);
/* The parser sees what the disk has. */
void fix_files_hide(void);

/* One patch of all that has changed. */
void fix_files_print(const struct fix_files *files, FILE *out);
/* Writes what has changed, each file all or nothing, with its mode. How many files could not be written, because they
 * are no longer what was read, or for another reason: logged. */
int fix_files_write(const struct fix_files *files, struct log *log);

#endif

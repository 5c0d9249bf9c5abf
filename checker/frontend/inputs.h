/* What a parse depended on: the files that were read, and the places where a header would have been found first had
 * there been one. What this does not see: a file that only __has_include asked for. */
#ifndef SO2_FRONTEND_INPUTS_H
#define SO2_FRONTEND_INPUTS_H

#include "cache/memo.h"
#include "libclang.h"
#include "repair.h"
#include "units_int.h"

/* Names of texts that no file holds: they are this program's own. */
#define OWN_TEXT_FOLDER "/so2check/"

/* Where the arguments say that headers are looked for, in that order. */
struct search_folders {
	struct word_list all;
	struct word_list own;	 /* those that are the driver's: -I */
	struct word_list system; /* -isystem, -idirafter */
};

void search_folders_find(struct arena *arena, const struct compile_cmd *cmd, struct search_folders *folders);

/* Adds what the tree was made of; each path at most once. */
void inputs_collect(struct arena *arena, CXTranslationUnit tu, const struct compile_cmd *cmd,
		    const struct search_folders *folders, struct input_files *inputs);
/* Adds the places where a header was looked for in vain. */
void inputs_add_missing(struct arena *arena, const struct search_folders *folders, const struct missing_header *header,
			struct input_files *inputs);
/* Notes that the folder, asked before all others, lacks the header. false: it has it. */
bool inputs_add_place(struct arena *arena, struct input_files *inputs, const char *folder, const char *name);
/* The names by which headers that were read may have been asked for, sorted, each once. */
void inputs_names(struct arena *arena, const struct input_files *inputs, const struct search_folders *folders,
		  struct word_list *names);
void inputs_add_read(struct arena *arena, struct input_files *inputs, const char *path);
/* Of what was added one by one; each list is sorted then. */
void inputs_remove_repeats(struct input_files *inputs);
void inputs_add_absent(struct arena *arena, struct input_files *inputs, const char *path);

#endif

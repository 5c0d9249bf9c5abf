/* Where results go: standard output, or a file that appears whole or not at all. */
#ifndef SO2_CLI_OUTPUT_H
#define SO2_CLI_OUTPUT_H

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"

#include <stdbool.h>
#include <stdio.h>

struct output {
	FILE *stream;
	struct file_replacement file;
	bool is_replacing; /* false: the stream is written directly */
	const char *shown; /* name for messages */
};

/* Can the file be written at all? Asked before a long analysis. -1 with the reason logged. */
int output_check(struct arena *arena, struct log *log, const char *path);
/* path NULL: standard output. -1 with the reason logged; *output is then closed. */
int output_open(struct output *output, struct arena *arena, struct log *log, const char *path);
/* Flushes and, for a file, moves it into place. -1 with the reason logged: a
 * closed pipe, a full disk; the target is then as it was before. */
int output_commit(struct output *output, struct log *log);
/* Drops what was written to a file so far. */
void output_abort(struct output *output);

#endif

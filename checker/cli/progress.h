/* A line on the terminal while a long run goes on: `[12/150] file  3.4/s 41s left`.
 * Silent when standard error is no terminal, and for the first seconds. */
#ifndef SO2_CLI_PROGRESS_H
#define SO2_CLI_PROGRESS_H

#include <stdbool.h>

struct progress {
	bool is_shown; /* standard error is a terminal */
	bool has_line; /* something stands there now */
	double start, last;
};

void progress_start(struct progress *progress);
/* The file is the one that starts now; done files came before it. */
void progress_show(struct progress *progress, int done, int total, const char *file);
/* Clears the line, so that messages can be printed. */
void progress_clear(struct progress *progress);

/* CPU seconds of this process, and seconds of a clock that only goes forward. */
double clock_cpu(void);
double clock_cpu_of_children(void); /* that have ended */

#endif

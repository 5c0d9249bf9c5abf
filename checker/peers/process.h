/* Running a program and reading what it prints. */
#ifndef SO2_PEERS_PROCESS_H
#define SO2_PEERS_PROCESS_H

#include "base/text.h"

#include <stdbool.h>

struct process_result {
	struct text output;  /* of standard output and standard error, as they came */
	int status;	     /* of waitpid() */
	bool is_late;	     /* it was ended for its time */
	bool is_too_long;    /* ... for its output */
	const char *problem; /* it could not be started; NULL */
};

/* The path of a program that is found in PATH; NULL: there is none. */
const char *process_find(struct arena *arena, const char *name);
/* argv[0] is a path. The program reads nothing; it and its children are ended after so many seconds, or with us. */
struct process_result process_run(struct arena *arena, const char *const *argv, const char *directory, double seconds);

#endif

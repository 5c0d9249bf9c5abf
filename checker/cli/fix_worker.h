/* Fixes are found by a process of its own for each driver: it reads what others have written, so it works in the box of
 * the other workers (confine.h), and writes nothing. It sends what it did, step by step: what has been proven before it crashed or
 * hung is kept. The program, which alone writes files, believes of it only edits of C sources that lie within what was given. */
#ifndef SO2_CLI_FIX_WORKER_H
#define SO2_CLI_FIX_WORKER_H

#include "fix/fix.h"
#include "fix_files.h"
#include "pipeline.h"

/* What the process did since its last message. */
struct fix_step {
	const struct fix_file *file; /* that the fixes have changed, as it is now; NULL: none was */
	const struct fix *const *fixes;
	int fix_count;
	bool is_last;
	int left, incomplete; /* with the last one: findings; drivers not analysed */
};

/* In the process: sends the step, with what the log has got. Ends the process when nobody reads it. */
void fix_worker_tell(int socket, struct run *run, const struct fix_step *step);

struct fix_worker {
	struct run *run;
	const struct analysis_task *task;
	struct fix_files *files;		       /* get the fixes */
	void (*fix_driver)(void *context, int socket); /* in the process, which is in its box by then */
	void *context;
	int fixed, left, incomplete; /* what it says of itself */
	bool has_told;		     /* anything: it was lost later than at the first look */
};

/* One message of the process, without its length: the files get its fixes, all or none. NULL: taken, and *is_last says whether
 * it was the last one; else what is wrong with it, for people. */
const char *fix_worker_take(struct fix_worker *worker, struct arena *arena, const char *bytes, size_t length,
			    bool *is_last);

/* Does the work, and adds what the process logs to the log. NULL: it came to its end; else why it did not, for people. */
const char *fix_worker_run(struct fix_worker *worker);

#endif

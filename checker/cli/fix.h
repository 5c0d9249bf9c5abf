/* `so2check fix PATH...`: findings are put right, as a patch or in place. */
#ifndef SO2_CLI_FIX_H
#define SO2_CLI_FIX_H

#include "base/unsaved.h"
#include "fix/fix.h"
#include "pipeline.h"

/* Looks for findings, computes the fixes that their rules know, and offers those that hold: the fixed text is checked in
 * memory, must parse as well as before, lack the finding and bring no other. What is not fixed is logged, with the reason.
 * Gives the exit status. */
int fix_command(struct run *run, const struct options *options);

/* For an editor, in a run whose stages have been started: fixes of single findings. */
struct fix_question {
	struct analysis_task task;
	const char *path;		 /* absolute: the file that findings and edits are in */
	unsigned first, last;		 /* lines that the findings are on */
	const struct unsaved_file *open; /* what the parser sees in place of files; no others */
	size_t open_count;
};

struct fix_offer {
	const struct rp_rule *rule;
	struct span span; /* of the finding */
	struct fix fix;	  /* of the text in `open`; checked as above, by itself */
};

/* How many there are; *offers and all they hold are on the arena. Changes what is unsaved (base/unsaved.h). */
int fix_offer(struct run *run, struct arena *arena, const struct fix_question *question, struct fix_offer **offers);

#endif

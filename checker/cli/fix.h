/* `so2check fix PATH...`: findings are put right, as a patch or in place. */
#ifndef SO2_CLI_FIX_H
#define SO2_CLI_FIX_H

#include "pipeline.h"

/* Looks for findings, computes the fixes that their rules know, and offers those that hold: the fixed text is checked in
 * memory, must parse as well as before, lack the finding and bring no other. What is not fixed is logged, with the reason.
 * Gives the exit status. */
int fix_command(struct run *run, const struct options *options);

#endif

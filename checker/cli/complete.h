/* What may stand next on a command line, for the shells: integration/completion/. */
#ifndef SO2_CLI_COMPLETE_H
#define SO2_CLI_COMPLETE_H

#include "pipeline.h"

/* words: those behind the program's name up to the one that is being typed, which may be empty. Prints a candidate on
 * each line, with a tabulator and what it means where that is known; `:files` and `:folders` ask the shell for its own. */
void complete_print(FILE *out, struct run *run, const char *const *words, int count);

#endif

/* `--since REV`: what a revision of the repository has is known. */
#ifndef SO2_CLI_SINCE_H
#define SO2_CLI_SINCE_H

#include "options.h"
#include "report/baseline.h"

/* Checks the same paths as they are in the revision, and makes a baseline of what is found. NULL: that is not possible;
 * logged. The revision's files are kept in the repository's own folder, so that the next time only what differs is
 * written and checked. */
struct baseline *since_baseline(struct arena *arena, struct log *log, const struct options *options);

#endif

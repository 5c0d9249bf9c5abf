/* `so2check test DIR`: a pack's own cases, or a folder of marked sources. */
#ifndef SO2_CLI_TEST_RUNNER_H
#define SO2_CLI_TEST_RUNNER_H

#include "pipeline.h"

/* Prints one line per failure and `N passed, N failed`; gives the exit status:
 * 0 all passed, 1 some failed, 2 a pack is broken or there are no cases. */
int test_run(struct run *run, const char *folder);

#endif

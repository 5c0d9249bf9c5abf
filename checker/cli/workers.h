/* Drivers are analysed by processes of their own, several at a time: what goes wrong in
 * one (a crash, no end, too much memory) costs what it was working on and nothing else.
 *
 * A worker is a fork of the program with the rules loaded. It gets the number of a task,
 * does it, and sends back the report of it (report/wire.h); the program puts the reports
 * together in the order of the tasks, so that they do not depend on the number of
 * workers. The dearest tasks are begun first, and whoever is free takes the next. A driver
 * of several files whose worker is lost is tried once more, file by file. */
#ifndef SO2_CLI_WORKERS_H
#define SO2_CLI_WORKERS_H

#include "pipeline.h"

/* Analyses all units into the report; counters and times of the run include the workers'. */
void workers_run(struct run *run);
/* Waits for the workers that workers_run() has sent home. */
void workers_wait(struct run *run);
/* What a task is expected to take, in bytes of source; the same wherever the sources are the same. */
uint64_t workers_cost(const struct run *run, const struct analysis_task *task);
/* Does this process keep so much memory after a task that a fresh one is better? */
bool workers_is_worn(void);
/* Processors that this program may use. */
int workers_available(void);

#endif

/* `so2check merge REPORT...`: the reports of several runs as that of one. */
#ifndef SO2_CLI_MERGE_H
#define SO2_CLI_MERGE_H

#include "pipeline.h"

/* Reads the reports of the command line into run->report and run->sources, and sets what *how needs to write them. -1:
 * one of them cannot be used, or a shard is missing; logged, for as many as possible in one go. */
int merge_reports(struct run *run, struct report_options *how);

#endif

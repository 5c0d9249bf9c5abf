/* `so2check` and `so2check gate`: a check, its reports, and for the gate the verdict. */
#ifndef SO2_CLI_CHECK_H
#define SO2_CLI_CHECK_H

#include "pipeline.h"
#include "report/baseline.h"

/* Gives the exit status. */
int check_command(struct run *run, const struct options *options);
/* The policy for the paths that are checked; without one, what holds then. NULL: it has mistakes, logged. */
struct policy *check_find_policy(struct run *run, const struct options *options);
/* The finished report to where the options say; the exit status of it, or EXIT_USAGE if it cannot be written. */
int check_write_report(struct run *run, const struct options *options, struct report_options *how);

/* The baseline of the options, or of --since; NULL: there is none. -1: it cannot be had; logged. */
int check_read_baseline(struct run *run, const struct options *options, struct baseline **baseline);

#endif

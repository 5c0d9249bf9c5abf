/* `so2check grade DIR`: each folder of DIR is a submission, judged by the teacher's policy alone. docs/grading.md. */
#ifndef SO2_CLI_GRADE_H
#define SO2_CLI_GRADE_H

#include "pipeline.h"

/* Writes a report for each submission and the tables of all; gives the exit status. */
int grade_command(struct run *run, const struct options *options);

#endif

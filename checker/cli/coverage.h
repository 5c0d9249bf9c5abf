/* `so2check rules --coverage [--missing]`: what the packs' documents name and demand, and what checks it. */
#ifndef SO2_CLI_COVERAGE_H
#define SO2_CLI_COVERAGE_H

#include "pipeline.h"

/* Prints documents, sections, names and constraints with their rules and facts, and the totals;
 * with only_missing nothing but the holes: a function without a fact, a rule that does not exist, or that no case
 * tests. The run's rules must be loaded. Gives EXIT_CLEAN, EXIT_FINDINGS when only_missing found
 * a hole, EXIT_USAGE when a list is broken (logged). */
int coverage_print(struct run *run, FILE *out, bool only_missing);

#endif

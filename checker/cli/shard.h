/* One of N parts of the drivers, for machines that share the work (--shard I/N).
 *
 * The parts are made from the drivers alone, so that all machines with the same sources and the same command make
 * the same ones, and each driver is in exactly one. A driver is never split. Longest first to the part that has least
 * so far (R. L. Graham, Bounds on Multiprocessing Timing Anomalies, 1969): no part costs more than 4/3 of what the best
 * division would. */
#ifndef SO2_CLI_SHARD_H
#define SO2_CLI_SHARD_H

#include "pipeline.h"

/* Leaves the units of the chosen part in run->units, in their order, and says in the report which part it is.
 * What could not be read stays in every part: `merge` makes one of it. */
void shard_select(struct run *run);

#endif

/* What earlier runs found out: a driver none of whose files has changed is not analysed again.
 *
 * The key is made of everything but the files that decides a report: the program, libclang, the rules, which
 * of them are on, the commands of the driver's units. The files are the memo's matter (cache/memo.h). Not kept: a
 * driver with a unit that could not be parsed at all, and what was asked for a dump.
 *
 * When a file of a driver has changed only its units are parsed again: the others are kept as lowered. The linked
 * driver is analysed anew then, since facts go both ways through calls; that takes a fiftieth of the parsing. */
#ifndef SO2_CLI_KNOWN_RESULTS_H
#define SO2_CLI_KNOWN_RESULTS_H

#include "base/text.h"
#include "pipeline.h"

/* Sets run->memo, if results can be known at all. In the process that will use it. */
void known_results_open(struct run *run);
/* Is one of a few units newer than all results? Then it will be parsed, but for a file that was touched and is the same.
 * false says nothing. Before known_results_open(), which may change the database. */
bool known_results_are_outdated(const struct run *run);
/* Gives the report that an earlier run packed (report/wire.h), and says in run->results what became of the units.
 * false: it has to be made. */
bool known_results_find(struct run *run, const struct analysis_task *task, struct text *report);
/* started: before the first unit was read. */
void known_results_keep(struct run *run, const struct analysis_task *task, time_t started, const struct text *report);

/* The unit of a driver of several, on the unit arena, and what became of it, its inputs on the task's arena. NULL: it
 * has to be parsed. */
struct ir_unit *known_unit_find(struct run *run, struct unit_result *result);
/* Before it is linked. */
void known_unit_keep(struct run *run, const struct unit_result *result, const struct ir_unit *unit, time_t started);

#endif

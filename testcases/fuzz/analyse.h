/* Units through the stages behind the frontend: graphs, call graph, summaries, engine, with all built-in rules. */
#ifndef SO2_FUZZ_ANALYSE_H
#define SO2_FUZZ_ANALYSE_H

#include "fuzz.h"
#include "ir/ir.h"
#include "report/finding.h"

/* The unit as a driver of its own; its names are of fuzz_rules_pool(). Graphs hold what cfg_verify() asks for, and findings
 * have a place, a text that can be printed, and steps that end at them. The steps that may be executed for a function are
 * fewer than in a run. */
void fuzz_analyse(struct fuzz *fuzz, struct ir_unit *unit, struct report *report);

#endif

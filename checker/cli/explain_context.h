/* What is printed of an analysed module instead of findings: its summaries,
 * and how its functions are reached (--explain-context, --dump=context). */
#ifndef SO2_CLI_EXPLAIN_CONTEXT_H
#define SO2_CLI_EXPLAIN_CONTEXT_H

#include "options.h"
#include "summary/callgraph.h"
#include "summary/summary.h"

/* A module after its analysis. */
struct explained {
	FILE *out;
	struct arena *arena;
	const struct ir_module *module;
	const struct unit_effects *effects;
	const struct callgraph *callgraph;
	const struct summaries *summaries;
};

/* Prints what the options ask for; gives how many functions were explained. */
int explain_module(const struct explained *explained, const struct options *options);

#endif

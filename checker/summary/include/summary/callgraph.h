/* The call graph of a module. The same for any order of the units. */
#ifndef SO2_SUMMARY_CALLGRAPH_H
#define SO2_SUMMARY_CALLGRAPH_H

#include "ir/ir.h"
#include "rulepack/rulepack.h"
#include "summary/effects.h"

struct callgraph;

struct callgraph *callgraph_build(struct arena *arena, const struct rule_set *rules, const struct ir_module *module,
				  const struct unit_effects *effects);
/* Strongly connected components, callees first; every function with a body is in one. */
int callgraph_group_count(const struct callgraph *graph);
const struct ir_function *const *callgraph_group(const struct callgraph *graph, int index, int *count);
/* Do its functions call each other, or its only function itself? */
bool callgraph_is_cyclic(const struct callgraph *graph, int index);
/* All functions a call may reach, all with a body: the direct callee, or those
 * stored in the called pointer, if all stores of it are known. 0: unknown. */
size_t callgraph_targets(const struct callgraph *graph, const struct ir_insn *call,
			 const struct ir_function *const **targets);

struct caller_site {
	const struct ir_function *caller;
	const struct ir_insn *insn;
};

/* The calls that may reach the function, through pointers too. */
size_t callgraph_callers(const struct callgraph *graph, const struct ir_function *function,
			 const struct caller_site **sites);

#endif

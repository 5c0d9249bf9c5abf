/* The path-sensitive typestate engine: one function at a time.
 *
 * Reads a verified cfg, the linked rules and the unit's effects; adds findings
 * to the report. States with the same typestate vector are merged at joins
 * (property simulation: Das, Lerner, Seigle, "ESP", PLDI 2002); values are
 * symbols shared by copies, refined by branches (memory regions after Xu,
 * Kremenek, Zhang, "A memory model for static analysis of C programs", ISoLA 2010). */
#ifndef SO2_ENGINE_ENGINE_H
#define SO2_ENGINE_ENGINE_H

#include "cfg/cfg.h"
#include "engine/path_log.h"
#include "report/finding.h"
#include "rulepack/rulepack.h"
#include "summary/callgraph.h"
#include "summary/effects.h"
#include "summary/summary.h"

struct engine_options {
	const bool *enabled;	/* by rule index */
	size_t max_steps;	/* steps executed per function; 0: default */
	size_t max_states;	/* states kept per block before they are merged by force; 0: default */
	FILE *dump_states;	/* --dump=state, or NULL */
	struct path_log *paths; /* gets the paths of findings; NULL: they are not kept */
};

struct engine_stats {
	size_t functions, blocks, steps;
	size_t peak_states;   /* most states at one block */
	size_t forced_merges; /* blocks whose states were merged by force */
	size_t over_budget;   /* functions left before their end */
	double seconds;	      /* CPU */
};

struct engine;

/* scratch is reset after every function. */
struct engine *engine_create(struct arena *run, struct arena *scratch, struct intern_pool *pool,
			     const struct rule_set *rules, const struct engine_options *options);
/* The functions of a module come in groups, callees first (summary/callgraph.h). What they do is kept as
 * summaries on the arena until the module ends; findings go to the report. */
void engine_begin_module(struct engine *engine, struct arena *arena, const struct ir_module *module,
			 const struct unit_effects *effects, const struct callgraph *callgraph, struct report *report);
/* One function, or the functions of one cycle of the call graph. A function over
 * budget is added to report->notes (not analysed in part). */
void engine_check_group(struct engine *engine, const struct cfg *const *cfgs, int count, bool is_cyclic);
/* Checks that need all of the module. */
void engine_end_module(struct engine *engine);
/* Valid until the next module begins. */
const struct summaries *engine_summaries(const struct engine *engine);
const struct engine_stats *engine_get_stats(const struct engine *engine);

#endif

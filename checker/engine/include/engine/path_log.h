/* The paths that findings rest on, whole: what the engine walked, and not only
 * the steps it shows. Kept for --dump=path alone, so that something else can
 * walk them again (testcases/paths). */
#ifndef SO2_ENGINE_PATH_LOG_H
#define SO2_ENGINE_PATH_LOG_H

#include "cfg/cfg.h"
#include "summary/summary.h"

/* An edge of the graph, or (edge NULL) what a call was taken to return. */
struct path_step {
	const struct cfg_edge *edge;
	const struct ir_insn *call;
	struct value_range result;
};

/* One finding's path through the function that was analysed, from its entry. */
struct finding_path {
	size_t finding; /* index in the report */
	const struct cfg *cfg;
	const struct path_step *steps;
	int step_count;
};

/* Of one module, on its arena. */
struct path_log {
	struct arena *arena;
	struct finding_path *paths; /* by growing `finding`; findings that rest on no path have none */
	size_t path_count, path_capacity;
	const struct cfg **graphs; /* of all functions analysed */
	size_t graph_count, graph_capacity;
};

#endif

/* The whole way of a path, each edge and each result assumed, for the log of
 * paths. Nothing is kept unless such a log is wanted. */
#include "engine_int.h"

static void add_walk(struct analysis *a, struct flow_state *state, struct path_step step)
{
	struct walk *walk;

	if (!a->engine->options.paths)
		return;
	walk = ARENA_NEW(a->arena, struct walk);
	*walk = (struct walk){ state->walk, step };
	state->walk = walk;
}

void walk_add_edge(struct analysis *a, struct flow_state *state, const struct cfg_edge *edge)
{
	add_walk(a, state, (struct path_step){ .edge = edge });
}

void walk_add_result(struct analysis *a, struct flow_state *state, const struct ir_insn *call, struct range range)
{
	add_walk(a, state, (struct path_step){ .call = call, .result = { range.low, range.high, range.nonzero } });
}

/* The step before, on the way that is told. */
static const struct walk *step_back(const struct walk *walk, const struct told_path *told, int *detour)
{
	walk = walk->before;
	for (; *detour < told->detour_count && walk == told->detours[*detour]->instead_of; ++*detour)
		walk = told->detours[*detour]->walk;
	return walk;
}

void walk_log(struct analysis *a, const struct walk *walk, const struct told_path *told)
{
	struct path_log *log = a->engine->options.paths;
	const struct walk start = { .before = walk };
	struct finding_path path = { .cfg = a->cfg };
	struct path_step *steps;
	int detour = 0, i;

	if (!log)
		return;
	path.finding = a->report->finding_count - 1;
	for (walk = step_back(&start, told, &detour); walk; walk = step_back(walk, told, &detour))
		path.step_count++;
	steps = ARENA_ARRAY(log->arena, struct path_step, (size_t)path.step_count + 1);
	i = path.step_count;
	detour = 0;
	for (walk = step_back(&start, told, &detour); walk; walk = step_back(walk, told, &detour))
		steps[--i] = walk->step;
	path.steps = steps;
	ARENA_PUSH(log->arena, log->paths, log->path_count, log->path_capacity, path);
}

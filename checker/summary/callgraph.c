/* The call graph as others see it: the edges and groups are those the effects
 * were closed over. */
#include "summary/callgraph.h"

#include "effects_int.h"

struct callgraph {
	const struct unit_effects *effects;
	struct site_list *callers; /* by function index: direct ones and through pointers */
};

static void add_sites(struct arena *arena, struct site_list *list, const struct site_list *added)
{
	for (size_t i = 0; i < added->count; i++)
		ARENA_PUSH(arena, list->items, list->count, list->capacity, added->items[i]);
}

struct callgraph *callgraph_build(struct arena *arena, const struct rule_set *rules, const struct ir_module *module,
				  const struct unit_effects *effects)
{
	struct callgraph *graph = ARENA_NEW(arena, struct callgraph);

	(void)rules;
	(void)module;
	graph->effects = effects;
	graph->callers = ARENA_ARRAY(arena, struct site_list, (size_t)effects->count + 1);
	for (int i = 0; i < effects->count; i++) {
		add_sites(arena, &graph->callers[i], &effects->functions[i].callers);
		add_sites(arena, &graph->callers[i], &effects->functions[i].pointer_callers);
	}
	return graph;
}

int callgraph_group_count(const struct callgraph *graph)
{
	return graph->effects->group_count;
}

const struct ir_function *const *callgraph_group(const struct callgraph *graph, int index, int *count)
{
	const struct group *group = &graph->effects->groups[index];

	*count = group->count;
	return (const struct ir_function *const *)group->functions;
}

bool callgraph_is_cyclic(const struct callgraph *graph, int index)
{
	return graph->effects->groups[index].is_cyclic;
}

size_t callgraph_targets(const struct callgraph *graph, const struct ir_insn *call,
			 const struct ir_function *const **targets)
{
	*targets = NULL;
	if (call->kind != IR_CALL)
		return 0;
	if (!call->call.callee)
		return pointers_targets(graph->effects, &call->call, targets);
	if (!effects_find(graph->effects, call->call.callee))
		return 0;
	*targets = (const struct ir_function *const *)&call->call.callee;
	return 1;
}

size_t callgraph_callers(const struct callgraph *graph, const struct ir_function *function,
			 const struct caller_site **sites)
{
	const struct function_effects *found = effects_find(graph->effects, function);

	*sites = found ? graph->callers[found->index].items : NULL;
	return found ? graph->callers[found->index].count : 0;
}

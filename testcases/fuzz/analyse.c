/* See analyse.h. */
#include "analyse.h"

#include "engine/engine.h"

#include <string.h>

#define MAX_STEPS 20000
#define MAX_STATES 40

static void check_group(struct fuzz *fuzz, struct engine *engine, const struct callgraph *callgraph, int index)
{
	int count = 0;
	const struct ir_function *const *functions = callgraph_group(callgraph, index, &count);
	const struct cfg **graphs = ARENA_ARRAY(fuzz->arena, const struct cfg *, (size_t)count);

	for (int i = 0; i < count; i++) {
		graphs[i] = cfg_build(fuzz->arena, (struct ir_function *)functions[i]);
		const char *broken = cfg_verify(fuzz->arena, graphs[i]);
		fuzz_require(!broken, "the graph: %s", broken);
	}
	engine_check_group(engine, graphs, count, callgraph_is_cyclic(callgraph, index));
}

static void check_finding(const struct finding *finding)
{
	fuzz_require(finding->rule && finding->span.file && finding->message, "an empty finding");
	fuzz_require_printable(finding->message, strlen(finding->message), finding->rule->id);
	fuzz_require(finding->span.line > 0, "%s has no line", finding->rule->id);
	for (int i = 0; i < finding->step_count; i++)
		fuzz_require(finding->steps[i].text && finding->steps[i].text[0], "%s: step %d has no text",
			     finding->rule->id, i);
}

void fuzz_analyse(struct fuzz *fuzz, struct ir_unit *unit, struct report *report)
{
	const struct rule_set *rules = fuzz_rules();
	struct arena *scratch = arena_create();
	bool *enabled = ARENA_ARRAY(fuzz->arena, bool, (size_t)rules->rule_count);
	struct engine_options options = { .enabled = enabled, .max_steps = MAX_STEPS, .max_states = MAX_STATES };
	struct ir_module *module = ir_module_create(fuzz->arena, unit->file);

	memset(enabled, 1, (size_t)rules->rule_count * sizeof(*enabled));
	ir_module_add(module, unit);
	ir_module_link(module);
	module->is_complete = module->is_whole;
	struct engine *engine = engine_create(fuzz->arena, scratch, fuzz_rules_pool(), rules, &options);
	struct unit_effects *effects = effects_compute(fuzz->arena, rules, module);
	struct callgraph *callgraph = callgraph_build(fuzz->arena, rules, module, effects);
	engine_begin_module(engine, fuzz->arena, module, effects, callgraph, report);
	for (int i = 0; i < callgraph_group_count(callgraph); i++)
		check_group(fuzz, engine, callgraph, i);
	engine_end_module(engine);
	for (size_t i = 0; i < report->finding_count; i++)
		check_finding(&report->findings[i]);
	arena_destroy(scratch);
}

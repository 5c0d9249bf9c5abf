/* Edges of the call graph and its strongly connected components (Tarjan,
 * "Depth-first search and linear graph algorithms", 1972), without recursion:
 * chains of calls may be long. */
#include "effects_int.h"

#include <stdlib.h>

/* ---- edges -------------------------------------------------------------------- */

/* `seen` holds the last caller that a callee was added to. */
static void add_callee(struct unit_effects *effects, struct function_effects *caller, struct function_effects *callee,
		       struct function_effects **seen)
{
	if (seen[callee->index] == caller)
		return;
	seen[callee->index] = caller;
	ARENA_PUSH(effects->arena, caller->callees, caller->callee_count, caller->callee_capacity, callee);
}

static void add_pointer_call(struct unit_effects *effects, struct function_effects *caller, const struct ir_insn *insn,
			     struct function_effects **seen)
{
	const struct ir_function *const *targets;
	size_t count = pointers_targets(effects, &insn->call, &targets), i;
	struct caller_site site = { caller->function, insn };

	for (i = 0; i < count; i++) {
		struct function_effects *callee = effects_find(effects, targets[i]);

		ARENA_PUSH(effects->arena, callee->pointer_callers.items, callee->pointer_callers.count,
			   callee->pointer_callers.capacity, site);
		callee->is_called_in_try = callee->is_called_in_try || ir_scope_try(insn->scope) != NULL;
		add_callee(effects, caller, callee, seen);
	}
}

static void add_edges(struct unit_effects *effects)
{
	struct function_effects **seen = ARENA_ARRAY(effects->arena, struct function_effects *, (size_t)effects->count);
	int f, i;

	for (f = 0; f < effects->count; f++) {
		struct function_effects *caller = &effects->functions[f];

		for (i = 0; i < caller->function->insn_count; i++) {
			const struct ir_insn *insn = caller->function->insns[i];
			struct function_effects *callee;

			if (insn->kind != IR_CALL)
				continue;
			callee = insn->call.callee ? effects_find(effects, insn->call.callee) : NULL;
			if (callee)
				add_callee(effects, caller, callee, seen);
			else if (!insn->call.callee && insn->call.target)
				add_pointer_call(effects, caller, insn, seen);
		}
	}
}

/* ---- components ------------------------------------------------------------------ */

struct visit {
	int number; /* order of discovery from 1; 0: not seen */
	int lowest; /* that can be reached without leaving the stack */
	size_t next_callee;
	bool is_on_stack;
};

struct tarjan {
	struct unit_effects *effects;
	struct visit *visits;
	int *path, path_count;	 /* functions being visited, outermost first */
	int *stack, stack_count; /* seen, not yet in a group */
	int next_number;
};

static void enter(struct tarjan *t, int index)
{
	struct visit *visit = &t->visits[index];

	visit->number = visit->lowest = ++t->next_number;
	visit->is_on_stack = true;
	t->path[t->path_count++] = index;
	t->stack[t->stack_count++] = index;
}

static int by_index(const void *left, const void *right)
{
	const struct function_effects *const *l = left, *const *r = right;

	return ((*l)->index > (*r)->index) - ((*l)->index < (*r)->index);
}

static bool calls_itself(const struct function_effects *function)
{
	size_t i;

	for (i = 0; i < function->callee_count; i++)
		if (function->callees[i] == function)
			return true;
	return false;
}

/* The functions on the stack from `root` on are a group. */
static void make_group(struct tarjan *t, int root)
{
	struct unit_effects *effects = t->effects;
	struct group *group = &effects->groups[effects->group_count];
	int first = t->stack_count, i;

	do
		first--;
	while (t->stack[first] != root);
	group->count = t->stack_count - first;
	group->members = ARENA_ARRAY(effects->arena, struct function_effects *, (size_t)group->count);
	group->functions = ARENA_ARRAY(effects->arena, const struct ir_function *, (size_t)group->count);
	for (i = 0; i < group->count; i++) {
		group->members[i] = &effects->functions[t->stack[first + i]];
		group->members[i]->group = effects->group_count;
		t->visits[t->stack[first + i]].is_on_stack = false;
	}
	qsort(group->members, (size_t)group->count, sizeof(*group->members), by_index);
	for (i = 0; i < group->count; i++)
		group->functions[i] = group->members[i]->function;
	group->is_cyclic = group->count > 1 || calls_itself(group->members[0]);
	t->stack_count = first;
	effects->group_count++;
}

static void lower_to(struct visit *visit, int number)
{
	if (number < visit->lowest)
		visit->lowest = number;
}

static void leave(struct tarjan *t, int index)
{
	t->path_count--;
	if (t->visits[index].lowest == t->visits[index].number)
		make_group(t, index);
	if (t->path_count > 0)
		lower_to(&t->visits[t->path[t->path_count - 1]], t->visits[index].lowest);
}

static void visit_from(struct tarjan *t, int root)
{
	enter(t, root);
	while (t->path_count > 0) {
		int index = t->path[t->path_count - 1], callee;
		const struct function_effects *function = &t->effects->functions[index];
		struct visit *visit = &t->visits[index];

		if (visit->next_callee == function->callee_count) {
			leave(t, index);
			continue;
		}
		callee = function->callees[visit->next_callee++]->index;
		if (!t->visits[callee].number)
			enter(t, callee);
		else if (t->visits[callee].is_on_stack)
			lower_to(visit, t->visits[callee].number);
	}
}

void effects_group(struct unit_effects *effects)
{
	size_t count = (size_t)effects->count;
	struct tarjan t = { .effects = effects,
			    .visits = ARENA_ARRAY(effects->arena, struct visit, count),
			    .path = ARENA_ARRAY(effects->arena, int, count),
			    .stack = ARENA_ARRAY(effects->arena, int, count) };
	int i;

	add_edges(effects);
	effects->groups = ARENA_ARRAY(effects->arena, struct group, count);
	for (i = 0; i < effects->count; i++)
		if (!t.visits[i].number)
			visit_from(&t, i);
}

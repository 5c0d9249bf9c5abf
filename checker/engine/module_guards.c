/* Which locks are held at each step of a module's functions, by class: surely
 * (must) and perhaps (may). Flow-sensitive, interprocedural, one bit a lock.
 *
 * `may` errs towards held: it joins all callers, a lock that is not known is a
 * bit of its own, and so is whatever a function without facts whose name speaks
 * of locks may take. So nothing in `may` means: surely no lock. */
#include "module_guards.h"

#include <string.h>

#define UNKNOWN_LOCK ((uint64_t)1 << 63)
#define MAX_LOCKS 63

/* What happened to the locks since a function was entered. */
struct since {
	uint64_t may, must;	    /* taken, and still held */
	uint64_t rel_may, rel_must; /* of those of the caller, let go */
	bool is_reached;
};

struct guarded_function {
	const struct ir_function *function;
	struct since *before; /* each step */
	struct since exit;
	uint64_t entry_may, entry_must;
	bool is_entered;
};

struct guards {
	struct module_view *view;
	struct keymap *bits; /* class to number + 1 */
	const char *classes[MAX_LOCKS];
	int count;
	struct keymap *by_function;
	struct guarded_function **functions; /* callees first */
	size_t function_count, function_capacity;
};

/* ---- locks ---------------------------------------------------------------------------------- */

static bool is_lock(const struct rp_resource *resource)
{
	return !resource->is_memory &&
	       (resource->identity == RP_IDENTITY_ADDRESS || resource->identity == RP_IDENTITY_GLOBAL) &&
	       (resource->exit_policy == RP_EXIT_BALANCED || resource->exit_policy == RP_EXIT_BALANCED_HERE);
}

static uint64_t bit_of_class(struct guards *g, const char *class)
{
	uintptr_t number;

	if (!class)
		return UNKNOWN_LOCK;
	number = (uintptr_t)keymap_get(g->bits, KEYMAP_KEY(class));
	if (!number) {
		if (g->count == MAX_LOCKS)
			return UNKNOWN_LOCK;
		g->classes[g->count++] = class;
		number = (uintptr_t)g->count;
		keymap_put(g->bits, KEYMAP_KEY(class), (void *)number);
	}
	return (uint64_t)1 << (number - 1);
}

static uint64_t lock_of(struct guards *g, const struct api_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *arg;

	if (effect->object == RP_OBJECT_GLOBAL)
		return bit_of_class(g, effect->resource->name);
	arg = effect->object == RP_OBJECT_PARAM ? site_arg(site, effect->params[0]) : NULL;
	return bit_of_class(g, arg ? expr_class(g->view, site->function, arg) : NULL);
}

static bool speaks_of_locks(const struct ir_insn *insn)
{
	const char *name = insn->call.callee ? insn->call.callee->name : NULL;

	return name && strstr(name, "lock") && !strstr(name, "unlock");
}

/* ---- steps ------------------------------------------------------------------------------------- */

static void take(struct since *state, uint64_t lock)
{
	state->may |= lock;
	state->must |= lock;
	state->rel_may &= ~lock;
	state->rel_must &= ~lock;
}

static void let_go(struct since *state, uint64_t lock)
{
	if (lock == UNKNOWN_LOCK) /* any lock, but which? */
		return;
	state->may &= ~lock;
	state->must &= ~lock;
	state->rel_may |= lock;
	state->rel_must |= lock;
}

static void apply_site(struct guards *g, const struct api_site *site, struct since *state)
{
	int e;

	for (e = 0; e < site->api->effect_count; e++) {
		const struct rp_effect *effect = &site->api->effects[e];

		if (!is_lock(effect->resource) || effect->when == RP_WHEN_FAILURE)
			continue;
		if (event_enters_held(effect->resource, effect->event))
			take(state, lock_of(g, site, effect));
		else if (event_leaves_held(effect->resource, effect->event))
			let_go(state, lock_of(g, site, effect));
	}
}

static void apply_callee(const struct since *callee, struct since *state)
{
	state->may = (state->may & ~callee->rel_must) | callee->may;
	state->must = (state->must & ~callee->rel_may) | callee->must;
	state->rel_may |= callee->rel_may;
	state->rel_must |= callee->rel_must;
}

static void join(struct since *into, const struct since *from)
{
	if (!into->is_reached) {
		*into = *from;
		return;
	}
	into->may |= from->may;
	into->must &= from->must;
	into->rel_may |= from->rel_may;
	into->rel_must &= from->rel_must;
}

static void apply_call(struct guards *g, const struct ir_insn *insn, struct since *state)
{
	const struct api_site *site = module_site(g->view, insn);
	const struct ir_function *const *targets;
	struct since callees = { 0 };
	size_t count, t;

	if (site) {
		apply_site(g, site, state);
		return;
	}
	count = callgraph_targets(g->view->callgraph, insn, &targets);
	for (t = 0; t < count; t++) {
		const struct guarded_function *callee = keymap_get(g->by_function, KEYMAP_KEY(targets[t]));

		if (callee && callee->exit.is_reached)
			join(&callees, &callee->exit);
	}
	if (callees.is_reached)
		apply_callee(&callees, state);
	else if (count == 0 && speaks_of_locks(insn))
		state->may |= UNKNOWN_LOCK;
}

/* ---- one function -------------------------------------------------------------------------------- */

struct guard_walk {
	struct guards *g;
	struct guarded_function *f;
	int *label_index;
	int *stack;
	int stack_count;
	struct bitset pending;
};

static bool is_same(const struct since *left, const struct since *right)
{
	return left->is_reached == right->is_reached && left->may == right->may && left->must == right->must &&
	       left->rel_may == right->rel_may && left->rel_must == right->rel_must;
}

static void flow_to(struct guard_walk *walk, int index, const struct since *state)
{
	struct since *before, old;

	if (index < 0 || index >= walk->f->function->insn_count)
		return;
	before = &walk->f->before[index];
	old = *before;
	join(before, state);
	if (is_same(&old, before) || bitset_test(&walk->pending, (size_t)index))
		return;
	bitset_set(&walk->pending, (size_t)index);
	walk->stack[walk->stack_count++] = index;
}

static void flow_to_label(struct guard_walk *walk, int label, const struct since *state)
{
	if (label >= 0 && label < walk->f->function->label_count)
		flow_to(walk, walk->label_index[label], state);
}

/* The call just before the branch whose result the branch tests; *is_true_zero: its true edge is that of 0. */
static const struct api_site *tested_call(const struct guard_walk *walk, int index, bool *is_true_zero)
{
	const struct ir_insn *const *insns = (const struct ir_insn *const *)walk->f->function->insns;
	const struct ir_expr *condition = bare_expr(insns[index]->branch.condition);
	const struct ir_var *var;
	int i;

	*is_true_zero = false;
	while (condition->kind == IR_EXPR_UNARY && condition->op.op == IR_UNARY_NOT) {
		*is_true_zero = !*is_true_zero;
		condition = bare_expr(condition->op.left);
	}
	if (condition->kind == IR_EXPR_BINARY &&
	    (condition->op.op == IR_BINARY_LT || condition->op.op == IR_BINARY_NE ||
	     condition->op.op == IR_BINARY_EQ)) {
		*is_true_zero = (condition->op.op == IR_BINARY_EQ) != *is_true_zero;
		condition = bare_expr(condition->op.left);
	}
	var = expr_variable(condition);
	for (i = index - 1; var && i >= 0 && insns[i]->kind != IR_LABEL; i--) {
		if (insns[i]->kind == IR_ASSIGN && insns[i]->assign.place->kind == IR_PLACE_VAR &&
		    insns[i]->assign.place->var == var)
			var = expr_variable(insns[i]->assign.value);
		else if (insns[i]->kind == IR_CALL && insns[i]->call.result &&
			 insns[i]->call.result->kind == IR_PLACE_VAR && insns[i]->call.result->var == var)
			return module_site(walk->g->view, insns[i]);
	}
	return NULL;
}

/* Where the acquisition is known to have failed, the lock is not held. */
static void drop_failed(struct guard_walk *walk, const struct api_site *site, bool is_zero, struct since *state)
{
	bool zero_fails = site->api->convention == RP_RESULT_TRUE_SUCCESS;
	bool other_fails = site->api->convention == RP_RESULT_ERRNO || site->api->convention == RP_RESULT_TRUE_FAILURE;
	int e;

	for (e = 0; (is_zero ? zero_fails : other_fails) && e < site->api->effect_count; e++) {
		const struct rp_effect *effect = &site->api->effects[e];
		uint64_t lock;

		if (!is_lock(effect->resource) || effect->when != RP_WHEN_SUCCESS ||
		    !event_enters_held(effect->resource, effect->event))
			continue;
		lock = lock_of(walk->g, site, effect);
		state->may &= ~lock;
		state->must &= ~lock;
	}
}

static void flow_branch(struct guard_walk *walk, int index, const struct since *state)
{
	const struct ir_insn *insn = walk->f->function->insns[index];
	struct since on_true = *state, on_false = *state;
	bool is_true_zero;
	const struct api_site *site = tested_call(walk, index, &is_true_zero);

	if (site) {
		drop_failed(walk, site, is_true_zero, &on_true);
		drop_failed(walk, site, !is_true_zero, &on_false);
	}
	flow_to_label(walk, insn->branch.on_true, &on_true);
	flow_to_label(walk, insn->branch.on_false, &on_false);
}

static void flow_on(struct guard_walk *walk, int index, const struct since *state)
{
	const struct ir_insn *insn = walk->f->function->insns[index];
	int i;

	switch (insn->kind) {
	case IR_JUMP:
		flow_to_label(walk, insn->label, state);
		break;
	case IR_BRANCH:
		flow_branch(walk, index, state);
		break;
	case IR_SWITCH:
		for (i = 0; i < insn->select.case_count; i++)
			flow_to_label(walk, insn->select.cases[i].label, state);
		flow_to_label(walk, insn->select.default_label, state);
		break;
	case IR_RETURN:
		join(&walk->f->exit, state);
		break;
	case IR_UNREACHABLE:
	case IR_COMPUTED_JUMP:
		break;
	case IR_ASM:
		for (i = 0; i < insn->assembly.label_count; i++)
			flow_to_label(walk, insn->assembly.labels[i], state);
		flow_to(walk, index + 1, state);
		break;
	default:
		flow_to(walk, index + 1, state);
		break;
	}
}

static void analyse(struct guards *g, struct guarded_function *f)
{
	const struct ir_function *function = f->function;
	size_t count = (size_t)function->insn_count + 1;
	struct guard_walk walk = { .g = g,
				   .f = f,
				   .label_index = ARENA_ARRAY(g->view->arena, int, (size_t)function->label_count + 1),
				   .stack = ARENA_ARRAY(g->view->arena, int, count),
				   .pending = bitset_create(g->view->arena, count) };
	const struct since start = { .is_reached = true };
	int i;

	for (i = 0; i < function->label_count; i++)
		walk.label_index[i] = -1;
	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL)
			walk.label_index[function->insns[i]->label] = i;
	f->before = ARENA_ARRAY(g->view->arena, struct since, count);
	memset(f->before, 0, count * sizeof(*f->before));
	f->exit = (struct since){ 0 };
	flow_to(&walk, 0, &start);
	while (walk.stack_count > 0) {
		int index = walk.stack[--walk.stack_count];
		struct since state = f->before[index];

		bitset_clear(&walk.pending, (size_t)index);
		if (function->insns[index]->kind == IR_CALL)
			apply_call(g, function->insns[index], &state);
		flow_on(&walk, index, &state);
	}
}

/* ---- the module --------------------------------------------------------------------------------------- */

static void add_function(struct guards *g, const struct ir_function *function)
{
	struct guarded_function *f = ARENA_NEW(g->view->arena, struct guarded_function);

	f->function = function;
	keymap_put(g->by_function, KEYMAP_KEY(function), f);
	ARENA_PUSH(g->view->arena, g->functions, g->function_count, g->function_capacity, f);
	analyse(g, f);
}

static void enter(struct guarded_function *f, uint64_t may, uint64_t must)
{
	f->entry_may |= may;
	f->entry_must = f->is_entered ? f->entry_must & must : must;
	f->is_entered = true;
}

static void enter_from_outside(struct guards *g, struct guarded_function *f)
{
	int count;

	effects_role_bindings(g->view->effects, f->function, &count);
	if (count > 0)
		enter(f, 0, 0);
	else if (f->function->address_taken) /* the kernel may hold something of its own */
		enter(f, UNKNOWN_LOCK, 0);
	else if (!f->function->is_static)
		enter(f, 0, 0);
}

static uint64_t held_may(const struct guarded_function *f, int index)
{
	return (f->entry_may & ~f->before[index].rel_must) | f->before[index].may;
}

static uint64_t held_must(const struct guarded_function *f, int index)
{
	return (f->entry_must & ~f->before[index].rel_may) | f->before[index].must;
}

/* What the callees are entered with. */
static void enter_callees(struct guards *g, const struct guarded_function *f)
{
	int i;

	for (i = 0; i < f->function->insn_count; i++) {
		const struct ir_insn *insn = f->function->insns[i];
		const struct ir_function *const *targets;
		size_t count, t;

		if (insn->kind != IR_CALL || !f->before[i].is_reached)
			continue;
		count = callgraph_targets(g->view->callgraph, insn, &targets);
		for (t = 0; t < count; t++) {
			struct guarded_function *callee = keymap_get(g->by_function, KEYMAP_KEY(targets[t]));

			if (callee)
				enter(callee, held_may(f, i), held_must(f, i));
		}
	}
}

#define MAX_ROUNDS 3 /* callers first; cycles need some more */

struct guards *guards_compute(struct module_view *view)
{
	struct guards *g = ARENA_NEW(view->arena, struct guards);
	int group, count, i, round;
	size_t f;

	g->view = view;
	g->bits = keymap_create(view->arena);
	g->by_function = keymap_create(view->arena);
	for (group = 0; group < callgraph_group_count(view->callgraph); group++) {
		const struct ir_function *const *members = callgraph_group(view->callgraph, group, &count);

		for (i = 0; i < count; i++)
			add_function(g, members[i]);
	}
	for (f = 0; f < g->function_count; f++)
		enter_from_outside(g, g->functions[f]);
	for (round = 0; round < MAX_ROUNDS; round++)
		for (f = g->function_count; f > 0; f--)
			enter_callees(g, g->functions[f - 1]);
	return g;
}

bool guards_at(const struct guards *g, const struct ir_function *function, const struct ir_insn *insn, uint64_t *may,
	       uint64_t *must)
{
	const struct guarded_function *f = keymap_get(g->by_function, KEYMAP_KEY(function));

	if (!f || insn->index >= function->insn_count || !f->before[insn->index].is_reached)
		return false;
	*may = held_may(f, insn->index);
	*must = held_must(f, insn->index);
	return true;
}

uint64_t guards_bit(struct guards *g, const char *class)
{
	return bit_of_class(g, class);
}

const char *guards_class(const struct guards *g, uint64_t locks)
{
	int i;

	for (i = 0; i < g->count; i++)
		if (locks & ((uint64_t)1 << i))
			return g->classes[i];
	return NULL;
}

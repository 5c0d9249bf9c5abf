/* What the bodies of the functions do themselves: events, stores, calls. */
#include "effects_int.h"

#include <string.h>
#include <xxhash.h>

/* ---- what an expression mentions --------------------------------------------- */

static const struct ir_var *root_var(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_VAR ? place->var : NULL;
}

bool effects_is_local_storage(const struct ir_place *place)
{
	const struct ir_var *var = root_var(place);

	return var && var->kind != IR_VAR_GLOBAL && var->kind != IR_VAR_STATIC_LOCAL;
}

bool effects_carries(const struct ir_expr *expr, const struct bitset *vars)
{
	const struct ir_place *place;

	switch (expr->kind) {
	case IR_EXPR_LOAD:
		place = expr->place;
		return place->kind == IR_PLACE_VAR && place->var->kind != IR_VAR_GLOBAL && place->var->id >= 0 &&
		       bitset_test(vars, (size_t)place->var->id);
	case IR_EXPR_ADDRESS:
		place = expr->place;
		while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
			place = place->part.base;
		return place->kind == IR_PLACE_DEREF && effects_carries(place->pointer, vars);
	case IR_EXPR_CAST:
		return effects_carries(expr->cast.operand, vars);
	case IR_EXPR_BINARY:
		return expr->op.op <= IR_BINARY_SUB &&
		       (effects_carries(expr->op.left, vars) || effects_carries(expr->op.right, vars));
	default:
		return false;
	}
}

/* ---- calls against facts ---------------------------------------------------------- */

bool effects_match_call(const struct rule_set *rules, const struct ir_call *call, struct rp_match *match)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;

	if (!name || (call->callee && call->callee->has_body))
		return false;
	return rules_match_call(rules, name, match);
}

int effects_arg_of_param(const struct rp_match *match, const struct ir_call *call, int param)
{
	int i;

	if (!match->shape)
		return param < call->arg_count ? param : -1;
	for (i = 0; i < match->shape->param_count && i < call->arg_count; i++)
		if (match->shape->param_of[i] == param)
			return i;
	return -1;
}

static bool is_held_state(const struct rp_resource *resource, int state)
{
	return state >= 0 && resource->states[state].is_held;
}

bool effects_event_leads(const struct rp_resource *resource, int event, bool into_held)
{
	int i;

	for (i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *row = &resource->transitions[i];

		if (row->event == event && !row->violation && row->to != RP_STATE_SAME &&
		    is_held_state(resource, row->to) == into_held && is_held_state(resource, row->from) != into_held)
			return true;
	}
	return false;
}

/* ---- causes --------------------------------------------------------------------------- */

static bool add_id(struct arena *arena, struct id_list *list, int id)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->items[i] == id)
			return false;
	ARENA_PUSH(arena, list->items, list->count, list->capacity, id);
	return true;
}

static struct resource_causes *causes_of(struct unit_effects *effects, const struct rp_resource *resource)
{
	struct resource_causes *found = keymap_get(effects->resource_index, KEYMAP_KEY(resource));

	if (!found) {
		found = ARENA_NEW(effects->arena, struct resource_causes);
		found->by_event = ARENA_ARRAY(effects->arena, struct id_list, (size_t)resource->event_count + 1);
		keymap_put(effects->resource_index, KEYMAP_KEY(resource), found);
	}
	return found;
}

static uint64_t cause_hash(const struct cause *cause)
{
	const void *parts[3] = { cause->resource, cause->name, (const void *)(uintptr_t)cause->event };

	return XXH3_64bits(parts, sizeof(parts));
}

static bool is_same_cause(const struct cause *left, const struct cause *right)
{
	return left->resource == right->resource && left->event == right->event && left->name == right->name;
}

/* Numbers are kept as pointers, one more than they are: the map cannot hold 0. */
static int cause_id(struct unit_effects *effects, const struct cause *cause)
{
	uint64_t key = cause_hash(cause);
	uintptr_t found;

	for (; (found = (uintptr_t)keymap_get(effects->cause_ids, key)) != 0; key++)
		if (is_same_cause(&effects->causes[found - 1], cause))
			return (int)found - 1;
	ARENA_PUSH(effects->arena, effects->causes, effects->cause_count, effects->cause_capacity, *cause);
	keymap_put(effects->cause_ids, key, (void *)(uintptr_t)effects->cause_count);
	found = effects->cause_count - 1;
	add_id(effects->arena, &causes_of(effects, cause->resource)->by_event[cause->event], (int)found);
	return (int)found;
}

static void add_cause(struct unit_effects *effects, struct function_effects *target, const struct cause *cause)
{
	struct resource_causes *index = causes_of(effects, cause->resource);

	if (!add_id(effects->arena, &target->causes, cause_id(effects, cause)))
		return;
	if (index->function_count == 0 || index->functions[index->function_count - 1] != target)
		ARENA_PUSH(effects->arena, index->functions, index->function_count, index->function_capacity, target);
}

/* An object that is the function's own parameter may be any of the caller's. */
static const char *cause_name(struct unit_effects *effects, const struct ir_expr *expr)
{
	const struct ir_expr *inner = expr;
	const char *text;

	while (inner->kind == IR_EXPR_CAST)
		inner = inner->cast.operand;
	if (inner->kind == IR_EXPR_LOAD && inner->place->kind == IR_PLACE_VAR)
		return NULL;
	text = inner->kind == IR_EXPR_ADDRESS ? ir_place_text(effects->arena, inner->place) :
						ir_expr_text(effects->arena, inner);
	return text_set_add(&effects->texts, effects_object_name(text));
}

static void collect_causes(struct unit_effects *effects, struct function_effects *target, const struct ir_insn *insn)
{
	struct rp_match match;
	int i;

	if (!effects_match_call(effects->rules, &insn->call, &match))
		return;
	for (i = 0; i < match.api->effect_count; i++) {
		const struct rp_effect *effect = &match.api->effects[i];
		struct cause cause = { effect->resource, effect->event, NULL };
		int arg = effects_arg_of_param(&match, &insn->call, effect->params[0]);

		if (effect->object != RP_OBJECT_GLOBAL && effect->object != RP_OBJECT_RESULT && arg >= 0)
			cause.name = cause_name(effects, insn->call.args[arg]);
		add_cause(effects, target, &cause);
	}
}

/* ---- writes ----------------------------------------------------------------------- */

static void add_write(struct unit_effects *effects, struct function_effects *target, const char *name)
{
	uintptr_t found = (uintptr_t)keymap_get(effects->write_ids, KEYMAP_KEY(name));

	if (!found) {
		ARENA_PUSH(effects->arena, effects->write_names, effects->write_count, effects->write_capacity, name);
		found = effects->write_count;
		keymap_put(effects->write_ids, KEYMAP_KEY(name), (void *)found);
	}
	add_id(effects->arena, &target->writes, (int)found - 1);
}

static void collect_write(struct unit_effects *effects, struct function_effects *target, const struct ir_place *place)
{
	while (place && place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place && place->kind == IR_PLACE_FIELD)
		add_write(effects, target, place->part.field);
	else if (place && place->kind == IR_PLACE_VAR && place->var->kind == IR_VAR_GLOBAL)
		add_write(effects, target, place->var->name);
	else if (place && place->kind == IR_PLACE_DEREF)
		add_write(effects, target, NULL); /* through a plain pointer: any name */
}

static void collect_writes(struct unit_effects *effects, struct function_effects *target, const struct ir_insn *insn)
{
	int i;

	if (insn->kind == IR_ASSIGN || insn->kind == IR_ZERO)
		collect_write(effects, target, insn->assign.place);
	if (insn->kind != IR_CALL)
		return;
	collect_write(effects, target, insn->call.result);
	/* What a callee gets the address of it may write. */
	for (i = 0; i < insn->call.arg_count; i++)
		if (insn->call.args[i]->kind == IR_EXPR_ADDRESS)
			collect_write(effects, target, insn->call.args[i]->place);
}

/* ---- bodies ------------------------------------------------------------------------- */

/* Variables that may hold the parameter's value: closed over plain copies. */
static struct bitset copies_of(struct arena *arena, const struct ir_function *function, int param)
{
	struct bitset vars = bitset_create(arena, (size_t)function->var_count + 1);
	bool changed = true;
	int i;

	bitset_set(&vars, (size_t)function->params[param]->id);
	while (changed) {
		changed = false;
		for (i = 0; i < function->insn_count; i++) {
			const struct ir_insn *insn = function->insns[i];
			const struct ir_var *var;

			if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_VAR)
				continue;
			var = insn->assign.place->var;
			if (var->kind == IR_VAR_GLOBAL || var->id < 0 || bitset_test(&vars, (size_t)var->id) ||
			    !effects_carries(insn->assign.value, &vars))
				continue;
			bitset_set(&vars, (size_t)var->id);
			changed = true;
		}
	}
	return vars;
}

static void collect_call(struct unit_effects *effects, struct function_effects *target, const struct ir_insn *insn)
{
	struct caller_site site = { target->function, insn };
	struct function_effects *callee = insn->call.callee ? effects_find(effects, insn->call.callee) : NULL;

	collect_causes(effects, target, insn);
	if (!callee)
		return;
	ARENA_PUSH(effects->arena, callee->callers.items, callee->callers.count, callee->callers.capacity, site);
	callee->is_called_in_try = callee->is_called_in_try || ir_scope_try(insn->scope) != NULL;
}

static void collect_function(struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	int i;

	target->params = ARENA_ARRAY(effects->arena, struct param_effect, (size_t)function->param_count + 1);
	target->copies = ARENA_ARRAY(effects->arena, struct bitset, (size_t)function->param_count + 1);
	for (i = 0; i < function->param_count; i++)
		target->copies[i] = copies_of(effects->arena, function, i);
	for (i = 0; i < function->insn_count; i++) {
		collect_writes(effects, target, function->insns[i]);
		if (function->insns[i]->kind == IR_CALL)
			collect_call(effects, target, function->insns[i]);
	}
}

void effects_collect(struct unit_effects *effects)
{
	int i;

	effects->cause_ids = keymap_create(effects->arena);
	effects->resource_index = keymap_create(effects->arena);
	effects->write_ids = keymap_create(effects->arena);
	for (i = 0; i < effects->count; i++)
		collect_function(effects, &effects->functions[i]);
}

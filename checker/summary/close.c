/* The effects of the functions closed over their calls. What goes up from
 * callees (events, stores, escapes, exceptions) and what goes down from callers
 * (outcomes, user pointers, init) are two rounds over worklists. */
#include "effects_int.h"

/* ---- sets: one per group -------------------------------------------------------- */

static void add_own(struct bitset *set, const struct id_list *ids)
{
	size_t i;

	for (i = 0; i < ids->count; i++)
		bitset_set(set, (size_t)ids->items[i]);
}

/* Groups come callees first, so those called are complete. */
static void close_group(struct unit_effects *effects, struct group *group)
{
	int m;
	size_t c;

	group->causes = bitset_create(effects->arena, effects->cause_count + 1);
	group->writes = bitset_create(effects->arena, effects->write_count + 1);
	for (m = 0; m < group->count; m++) {
		const struct function_effects *member = group->members[m];

		add_own(&group->causes, &member->causes);
		add_own(&group->writes, &member->writes);
		for (c = 0; c < member->callee_count; c++) {
			const struct group *callee = &effects->groups[member->callees[c]->group];

			if (callee == group)
				continue;
			bitset_union(&group->causes, &callee->causes);
			bitset_union(&group->writes, &callee->writes);
		}
	}
}

/* ---- parameters -------------------------------------------------------------------------- */

/* An unlock, or the stop of a timer, is of a part of the pointee and no end of all of it. */
static bool ends_owner(const struct rp_resource *resource)
{
	return resource->is_memory || resource->exit_policy == RP_EXIT_OWNED ||
	       resource->exit_policy == RP_EXIT_ON_FAILURE;
}

static void api_param_effect(const struct rp_match *match, const struct ir_call *call, int arg,
			     struct param_effect *result)
{
	int i, param;

	for (i = 0; i < match->api->effect_count; i++) {
		const struct rp_effect *effect = &match->api->effects[i];

		if (effect->object != RP_OBJECT_PARAM || effects_arg_of_param(match, call, effect->params[0]) != arg)
			continue;
		if (effects_event_leads(effect->resource, effect->event, false)) {
			result->released = true;
			result->ended = result->ended || ends_owner(effect->resource);
		} else if (effect->resource->exit_policy == RP_EXIT_ON_FAILURE)
			result->escapes = true;
	}
	for (param = 0; param < match->api->param_count; param++)
		if (effects_arg_of_param(match, call, param) == arg) {
			result->escapes = result->escapes || match->api->params[param].keeps;
			result->ended = result->ended || match->api->params[param].frees_record;
		}
}

/* True when the place is a variable of the function that did not count as a holder before. */
static bool becomes_holder(const struct ir_place *place, struct bitset *vars)
{
	if (!effects_is_local_storage(place) || place->kind != IR_PLACE_VAR || place->var->id < 0 ||
	    bitset_test(vars, (size_t)place->var->id))
		return false;
	bitset_set(vars, (size_t)place->var->id);
	return true;
}

/* The call hands its argument back: what gets its result holds the parameter too. */
static bool take_returned(const struct ir_place *place, struct bitset *vars, struct param_effect *result)
{
	if (!place)
		return false;
	result->escapes = result->escapes || place->kind != IR_PLACE_VAR || !effects_is_local_storage(place);
	return becomes_holder(place, vars);
}

/* True when another variable holds the parameter now. */
static bool call_param_effect(struct unit_effects *effects, const struct ir_call *call, int arg, struct bitset *vars,
			      struct param_effect *result)
{
	struct rp_match match;
	const struct function_effects *callee = call->callee ? effects_find(effects, call->callee) : NULL;

	if (effects_match_call(effects->rules, call, &match)) {
		api_param_effect(&match, call, arg, result);
	} else if (callee && arg < call->callee->param_count) {
		result->escapes = result->escapes || callee->params[arg].escapes;
		result->released = result->released || callee->params[arg].released;
		result->ended = result->ended || callee->params[arg].ended;
		return callee->params[arg].returned && take_returned(call->result, vars, result);
	} else {
		result->escapes = true;
	}
	return false;
}

/* True when another variable holds the parameter now. */
static bool insn_param_effect(struct unit_effects *effects, const struct ir_insn *insn, struct bitset *vars,
			      struct param_effect *result)
{
	bool changed = false;
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
		if (!effects_is_local_storage(insn->assign.place) && effects_carries(insn->assign.value, vars))
			result->escapes = true;
		/* Into a field of a local record: it may be handed on whole. */
		if (insn->assign.place->kind != IR_PLACE_VAR && effects_carries(insn->assign.value, vars))
			result->escapes = true;
		return effects_carries(insn->assign.value, vars) && becomes_holder(insn->assign.place, vars);
	case IR_RETURN:
		if (insn->assign.value && effects_carries(insn->assign.value, vars))
			result->returned = true;
		break;
	case IR_CALL:
		for (i = 0; i < insn->call.arg_count; i++)
			if (effects_carries(insn->call.args[i], vars))
				changed = call_param_effect(effects, &insn->call, i, vars, result) || changed;
		break;
	default:
		break;
	}
	return changed;
}

static bool update_params(struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	bool changed = false;
	int p, i;

	for (p = 0; p < function->param_count; p++) {
		struct param_effect before = target->params[p];
		bool has_new_holder = !before.escapes || !before.ended; /* else nothing to add */

		while (has_new_holder) {
			has_new_holder = false;
			for (i = 0; i < function->insn_count; i++)
				has_new_holder = insn_param_effect(effects, function->insns[i], &target->copies[p],
								   &target->params[p]) ||
						 has_new_holder;
		}
		changed = changed || before.escapes != target->params[p].escapes ||
			  before.returned != target->params[p].returned ||
			  before.released != target->params[p].released || before.ended != target->params[p].ended;
	}
	return changed;
}

/* ---- structured exceptions ---------------------------------------------------------------- */

static bool call_raises(const struct unit_effects *effects, const struct ir_call *call)
{
	const struct ir_function *const *targets;
	const struct function_effects *callee = call->callee ? effects_find(effects, call->callee) : NULL;
	struct rp_match match;
	size_t count, i;

	if ((callee && callee->may_raise) || (effects_match_call(effects->rules, call, &match) && match.api->may_raise))
		return true;
	count = call->callee ? 0 : pointers_targets(effects, call, &targets);
	for (i = 0; i < count; i++)
		if (effects_find(effects, targets[i])->may_raise)
			return true;
	return false;
}

/* Conditions on arguments are taken to hold: an exception that cannot happen
 * only makes a handler reachable. */
static bool update_raises(const struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	int i;

	for (i = 0; !target->may_raise && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_CALL && !ir_scope_try(insn->scope) && call_raises(effects, &insn->call))
			return target->may_raise = true;
	}
	return false;
}

/* ---- up ------------------------------------------------------------------------------------- */

static void push_callers(struct unit_effects *effects, struct worklist *list, const struct site_list *sites)
{
	size_t i;

	for (i = 0; i < sites->count; i++)
		worklist_push(list, effects_find(effects, sites->items[i].caller));
}

static void close_upwards(struct unit_effects *effects)
{
	struct worklist list = worklist_create(effects->arena, (size_t)effects->count);
	struct function_effects *target;
	int g, m;

	for (g = 0; g < effects->group_count; g++)
		for (m = 0; m < effects->groups[g].count; m++)
			worklist_push(&list, effects->groups[g].members[m]);
	while ((target = worklist_pop(&list)) != NULL) {
		bool changed = update_params(effects, target);

		changed = update_raises(effects, target) || changed;
		if (!changed)
			continue;
		push_callers(effects, &list, &target->callers);
		push_callers(effects, &list, &target->pointer_callers);
	}
}

/* ---- down: results ------------------------------------------------------------------------------ */

static bool returns_var(const struct ir_function *function, const struct ir_var *var)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_RETURN && insn->assign.value && insn->assign.value->kind == IR_EXPR_LOAD &&
		    insn->assign.value->place->kind == IR_PLACE_VAR && insn->assign.value->place->var == var)
			return true;
	}
	return false;
}

/* A caller whose own result is an outcome hands this function's result on. */
static void pass_outcome(struct unit_effects *effects, struct function_effects *caller, struct worklist *list)
{
	const struct ir_function *function = caller->function;
	int i;

	for (i = 0; caller->result_is_outcome && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		struct function_effects *callee = insn->kind == IR_CALL && insn->call.callee ?
							  effects_find(effects, insn->call.callee) :
							  NULL;

		if (!callee || callee->result_is_outcome || !insn->call.result ||
		    insn->call.result->kind != IR_PLACE_VAR || !returns_var(function, insn->call.result->var))
			continue;
		callee->result_is_outcome = true;
		worklist_push(list, callee);
	}
}

/* ---- down: user pointers ------------------------------------------------------------------------ */

bool effects_is_user_param(const struct function_effects *effects, int param)
{
	return effects->params[param].is_user || effects->params[param].is_user_by_call;
}

static bool passes_user(const struct function_effects *caller, const struct ir_expr *arg)
{
	while (arg->kind == IR_EXPR_CAST)
		arg = arg->cast.operand;
	if (arg->type && arg->type->kind == IR_TYPE_POINTER && arg->type->space == IR_SPACE_USER)
		return true;
	return arg->kind == IR_EXPR_LOAD && arg->place->kind == IR_PLACE_VAR && arg->place->var->kind == IR_VAR_PARAM &&
	       effects_is_user_param(caller, arg->place->var->param);
}

static bool all_callers_pass_user(const struct unit_effects *effects, const struct function_effects *callee, int param)
{
	size_t i;

	for (i = 0; i < callee->callers.count; i++) {
		const struct caller_site *site = &callee->callers.items[i];
		const struct ir_call *call = &site->insn->call;

		if (param >= call->arg_count || !passes_user(effects_find(effects, site->caller), call->args[param]))
			return false;
	}
	return callee->callers.count > 0;
}

/* Are all calls of the function in this module? */
static bool is_closed(const struct unit_effects *effects, const struct ir_function *function)
{
	return !function->address_taken &&
	       (function->is_static || (effects->module->is_whole && effects->module->unit_count > 1));
}

static void update_user_params(const struct unit_effects *effects, struct function_effects *target,
			       struct worklist *list)
{
	bool changed = false;
	size_t c;
	int p;

	if (!is_closed(effects, target->function))
		return;
	for (p = 0; p < target->function->param_count; p++) {
		if (effects_is_user_param(target, p) || !all_callers_pass_user(effects, target, p))
			continue;
		target->params[p].is_user_by_call = changed = true;
	}
	for (c = 0; changed && c < target->callee_count; c++)
		worklist_push(list, target->callees[c]);
}

/* ---- down -------------------------------------------------------------------------------------------- */

static void pass_init(struct function_effects *caller, struct worklist *list)
{
	size_t c;

	for (c = 0; caller->runs_in_init && c < caller->callee_count; c++) {
		struct function_effects *callee = caller->callees[c];

		if (callee->runs_in_init)
			continue;
		callee->runs_in_init = true;
		worklist_push(list, callee);
	}
}

/* What the function's own declaration and roles say. */
static void judge_function(const struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	size_t r;
	int p;

	target->result_is_outcome = target->role_count > 0 || !is_closed(effects, function) ||
				    target->callers.count == 0;
	for (p = 0; p < function->param_count; p++) {
		const struct ir_type *type = function->params[p]->type;

		target->params[p].is_user = type && type->kind == IR_TYPE_POINTER && type->space == IR_SPACE_USER;
	}
	for (r = 0; r < target->role_count; r++) {
		const struct rp_role *role = target->roles[r].role;

		target->runs_in_init = target->runs_in_init || role->is_init;
		for (p = 0; r == 0 && p < function->param_count && p < role->param_count; p++)
			target->params[p].is_user = target->params[p].is_user || role->params[p].space == RP_SPACE_USER;
	}
}

static void close_downwards(struct unit_effects *effects)
{
	struct worklist list = worklist_create(effects->arena, (size_t)effects->count);
	struct function_effects *target;
	int g, m;

	for (g = 0; g < effects->count; g++)
		judge_function(effects, &effects->functions[g]);
	for (g = effects->group_count - 1; g >= 0; g--)
		for (m = 0; m < effects->groups[g].count; m++)
			worklist_push(&list, effects->groups[g].members[m]);
	while ((target = worklist_pop(&list)) != NULL) {
		update_user_params(effects, target, &list);
		pass_outcome(effects, target, &list);
		pass_init(target, &list);
	}
}

void effects_close(struct unit_effects *effects)
{
	int g;

	for (g = 0; g < effects->group_count; g++)
		close_group(effects, &effects->groups[g]);
	close_upwards(effects);
	close_downwards(effects);
}

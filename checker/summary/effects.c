/* Flow-insensitive effects of the unit's functions, closed over their calls. */
#include "summary/effects.h"

#include "base/strmap.h"
#include "cfg/cfg.h"

#include <string.h>

/* An event that a function's own body may cause. name NULL: any object. */
struct cause {
	const struct rp_resource *resource;
	int event;
	const char *name;
};

struct param_effect {
	bool escapes, released;
	bool is_user;	      /* by type or role */
	bool is_user_by_call; /* every call in the unit passes a user parameter */
};

struct function_effects {
	const struct ir_function *function;
	struct cause *causes; /* own and, after closure, of callees */
	size_t cause_count, cause_capacity, own_cause_count;
	struct param_effect *params;
	const char **writes; /* names of fields and globals stored to; closed over calls */
	size_t write_count, write_capacity;
	bool result_is_outcome;
	bool may_raise;	       /* closed over calls */
	bool is_called_in_try; /* somewhere in the unit */
	bool runs_in_init;     /* closed over calls */
	int caller_count;
	const struct rp_role *role;
};

struct unit_effects {
	struct arena *arena;
	const struct rule_set *rules;
	const struct ir_unit *unit;
	struct function_effects *functions;
	int count;
	struct keymap *by_function;
	bool calls_other_files; /* a function of the driver's own that this unit does not define */
};

const char *effects_object_name(const char *text)
{
	const char *name = text, *at;

	for (at = text; *at; at++) {
		if (*at == '.')
			name = at + 1;
		else if (at[0] == '-' && at[1] == '>')
			name = at + 2;
	}
	return name;
}

static struct function_effects *find(const struct unit_effects *effects, const struct ir_function *function)
{
	return keymap_get(effects->by_function, KEYMAP_KEY(function));
}

/* ---- what an expression mentions --------------------------------------------- */

static const struct ir_var *root_var(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_VAR ? place->var : NULL;
}

static bool is_local_storage(const struct ir_place *place)
{
	const struct ir_var *var = root_var(place);

	return var && var->kind != IR_VAR_GLOBAL && var->kind != IR_VAR_STATIC_LOCAL;
}

/* Does the value carry a pointer held by one of the variables (or to inside it)? */
static bool carries(const struct ir_expr *expr, const struct bitset *vars)
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
		return place->kind == IR_PLACE_DEREF && carries(place->pointer, vars);
	case IR_EXPR_CAST:
		return carries(expr->cast.operand, vars);
	case IR_EXPR_BINARY:
		return expr->op.op <= IR_BINARY_SUB && (carries(expr->op.left, vars) || carries(expr->op.right, vars));
	default:
		return false;
	}
}

/* ---- calls against facts ---------------------------------------------------------- */

static bool match_call(const struct rule_set *rules, const struct ir_call *call, struct rp_match *match)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;

	if (!name || (call->callee && call->callee->has_body))
		return false;
	return rules_match_call(rules, name, match);
}

static int arg_of_param(const struct rp_match *match, const struct ir_call *call, int param)
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

/* Events that move an object into, or out of, a held state. */
static bool event_leads(const struct rp_resource *resource, int event, bool into_held)
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

static void add_cause(struct unit_effects *effects, struct function_effects *target, struct cause cause)
{
	size_t i;

	for (i = 0; i < target->cause_count; i++)
		if (target->causes[i].resource == cause.resource && target->causes[i].event == cause.event &&
		    target->causes[i].name == cause.name)
			return;
	ARENA_PUSH(effects->arena, target->causes, target->cause_count, target->cause_capacity, cause);
}

/* An object that is the function's own parameter may be any of the caller's. */
static const char *cause_name(struct unit_effects *effects, const struct ir_expr *expr)
{
	const struct ir_expr *inner = expr;

	while (inner->kind == IR_EXPR_CAST)
		inner = inner->cast.operand;
	if (inner->kind == IR_EXPR_LOAD && inner->place->kind == IR_PLACE_VAR)
		return NULL;
	if (inner->kind == IR_EXPR_ADDRESS)
		return effects_object_name(ir_place_text(effects->arena, inner->place));
	return effects_object_name(ir_expr_text(effects->arena, inner));
}

static void collect_causes(struct unit_effects *effects, struct function_effects *target, const struct ir_insn *insn)
{
	struct rp_match match;
	int i;

	if (!match_call(effects->rules, &insn->call, &match))
		return;
	for (i = 0; i < match.api->effect_count; i++) {
		const struct rp_effect *effect = &match.api->effects[i];
		struct cause cause = { effect->resource, effect->event, NULL };
		int arg = arg_of_param(&match, &insn->call, effect->params[0]);

		if (effect->object != RP_OBJECT_GLOBAL && effect->object != RP_OBJECT_RESULT && arg >= 0)
			cause.name = cause_name(effects, insn->call.args[arg]);
		add_cause(effects, target, cause);
	}
}

/* ---- writes ----------------------------------------------------------------------- */

static bool add_write(struct unit_effects *effects, struct function_effects *target, const char *name)
{
	size_t i;

	for (i = 0; i < target->write_count; i++)
		if (target->writes[i] == name)
			return false;
	ARENA_PUSH(effects->arena, target->writes, target->write_count, target->write_capacity, name);
	return true;
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

/* ---- results ---------------------------------------------------------------------- */

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
static bool update_outcomes(struct unit_effects *effects, struct function_effects *caller)
{
	const struct ir_function *function = caller->function;
	bool changed = false;
	int i;

	for (i = 0; caller->result_is_outcome && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		struct function_effects *callee = insn->kind == IR_CALL && insn->call.callee ?
							  find(effects, insn->call.callee) :
							  NULL;

		if (!callee || callee->result_is_outcome || !insn->call.result ||
		    insn->call.result->kind != IR_PLACE_VAR || !returns_var(function, insn->call.result->var))
			continue;
		callee->result_is_outcome = changed = true;
	}
	return changed;
}

/* ---- user pointers ------------------------------------------------------------------ */

static bool is_user_param(const struct function_effects *effects, int param)
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
	       is_user_param(caller, arg->place->var->param);
}

static bool all_callers_pass_user(const struct unit_effects *effects, const struct function_effects *callee, int param)
{
	bool found = false;
	int f, i;

	for (f = 0; f < effects->count; f++) {
		const struct function_effects *caller = &effects->functions[f];

		for (i = 0; i < caller->function->insn_count; i++) {
			const struct ir_insn *insn = caller->function->insns[i];

			if (insn->kind != IR_CALL || insn->call.callee != callee->function)
				continue;
			if (param >= insn->call.arg_count || !passes_user(caller, insn->call.args[param]))
				return false;
			found = true;
		}
	}
	return found;
}

static bool update_user_params(const struct unit_effects *effects, struct function_effects *target)
{
	bool changed = false;
	int p;

	if (!target->function->is_static || target->function->address_taken)
		return false;
	for (p = 0; p < target->function->param_count; p++) {
		if (is_user_param(target, p) || !all_callers_pass_user(effects, target, p))
			continue;
		target->params[p].is_user_by_call = changed = true;
	}
	return changed;
}

/* ---- parameters -------------------------------------------------------------------------- */

/* Variables that may hold the parameter's value: closed over plain copies. */
static struct bitset copies_of(struct unit_effects *effects, const struct ir_function *function, int param)
{
	struct bitset vars = bitset_create(effects->arena, (size_t)function->var_count + 1);
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
			    !carries(insn->assign.value, &vars))
				continue;
			bitset_set(&vars, (size_t)var->id);
			changed = true;
		}
	}
	return vars;
}

static void api_param_effect(const struct rp_match *match, const struct ir_call *call, int arg,
			     struct param_effect *result)
{
	int i, param;

	for (i = 0; i < match->api->effect_count; i++) {
		const struct rp_effect *effect = &match->api->effects[i];

		if (effect->object != RP_OBJECT_PARAM || arg_of_param(match, call, effect->params[0]) != arg)
			continue;
		if (event_leads(effect->resource, effect->event, false))
			result->released = true;
		else if (effect->resource->exit_policy == RP_EXIT_ON_FAILURE)
			result->escapes = true;
	}
	for (param = 0; param < match->api->param_count; param++)
		if (arg_of_param(match, call, param) == arg && match->api->params[param].keeps)
			result->escapes = true;
}

static void call_param_effect(struct unit_effects *effects, const struct ir_call *call, int arg,
			      struct param_effect *result)
{
	struct rp_match match;
	const struct function_effects *callee = call->callee ? find(effects, call->callee) : NULL;

	if (match_call(effects->rules, call, &match)) {
		api_param_effect(&match, call, arg, result);
	} else if (callee && arg < call->callee->param_count) {
		result->escapes = result->escapes || callee->params[arg].escapes;
		result->released = result->released || callee->params[arg].released;
	} else {
		result->escapes = true;
	}
}

static void insn_param_effect(struct unit_effects *effects, const struct ir_insn *insn, const struct bitset *vars,
			      struct param_effect *result)
{
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
		if (!is_local_storage(insn->assign.place) && carries(insn->assign.value, vars))
			result->escapes = true;
		/* Into a field of a local record: it may be handed on whole. */
		if (insn->assign.place->kind != IR_PLACE_VAR && carries(insn->assign.value, vars))
			result->escapes = true;
		break;
	case IR_RETURN:
		if (insn->assign.value && carries(insn->assign.value, vars))
			result->escapes = true;
		break;
	case IR_CALL:
		for (i = 0; i < insn->call.arg_count; i++)
			if (carries(insn->call.args[i], vars))
				call_param_effect(effects, &insn->call, i, result);
		break;
	default:
		break;
	}
}

/* ---- structured exceptions ---------------------------------------------------------------- */

/* Conditions on arguments are taken to hold: an exception that cannot happen
 * only makes a handler reachable. */
static bool update_raises(const struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	struct rp_match match;
	int i;

	for (i = 0; !target->may_raise && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct function_effects *callee;

		if (insn->kind != IR_CALL || ir_scope_try(insn->scope))
			continue;
		callee = insn->call.callee ? find(effects, insn->call.callee) : NULL;
		if ((callee && callee->may_raise) ||
		    (match_call(effects->rules, &insn->call, &match) && match.api->may_raise))
			return target->may_raise = true;
	}
	return false;
}

static bool update_init(const struct unit_effects *effects, struct function_effects *caller)
{
	bool changed = false;
	int i;

	caller->runs_in_init = caller->runs_in_init || (caller->role && caller->role->is_init);
	for (i = 0; caller->runs_in_init && i < caller->function->insn_count; i++) {
		const struct ir_insn *insn = caller->function->insns[i];
		struct function_effects *callee = insn->kind == IR_CALL && insn->call.callee ?
							  find(effects, insn->call.callee) :
							  NULL;

		if (callee && !callee->runs_in_init)
			callee->runs_in_init = changed = true;
	}
	return changed;
}

/* ---- the closure --------------------------------------------------------------------------- */

static bool update_params(struct unit_effects *effects, struct function_effects *target, const struct bitset *copies)
{
	const struct ir_function *function = target->function;
	bool changed = false;
	int p, i;

	for (p = 0; p < function->param_count; p++) {
		struct param_effect before = target->params[p];

		for (i = 0; i < function->insn_count; i++)
			insn_param_effect(effects, function->insns[i], &copies[p], &target->params[p]);
		changed = changed || before.escapes != target->params[p].escapes ||
			  before.released != target->params[p].released;
	}
	return changed;
}

static bool update_causes(struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	size_t before = target->cause_count, c;
	bool written = false;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct function_effects *callee = insn->kind == IR_CALL && insn->call.callee ?
								find(effects, insn->call.callee) :
								NULL;

		for (c = 0; callee && callee != target && c < callee->cause_count; c++)
			add_cause(effects, target, callee->causes[c]);
		for (c = 0; callee && callee != target && c < callee->write_count; c++)
			written = add_write(effects, target, callee->writes[c]) || written;
	}
	return written || target->cause_count != before;
}

static void close_over_calls(struct unit_effects *effects)
{
	struct bitset **copies = ARENA_ARRAY(effects->arena, struct bitset *, (size_t)effects->count + 1);
	bool changed = true;
	int i, p;

	for (i = 0; i < effects->count; i++) {
		const struct ir_function *function = effects->functions[i].function;

		copies[i] = ARENA_ARRAY(effects->arena, struct bitset, (size_t)function->param_count + 1);
		for (p = 0; p < function->param_count; p++)
			copies[i][p] = copies_of(effects, function, p);
	}
	while (changed) {
		changed = false;
		for (i = 0; i < effects->count; i++) {
			changed = update_causes(effects, &effects->functions[i]) || changed;
			changed = update_params(effects, &effects->functions[i], copies[i]) || changed;
			changed = update_outcomes(effects, &effects->functions[i]) || changed;
			changed = update_user_params(effects, &effects->functions[i]) || changed;
			changed = update_raises(effects, &effects->functions[i]) || changed;
			changed = update_init(effects, &effects->functions[i]) || changed;
		}
	}
}

static void bind_roles(struct unit_effects *effects)
{
	int i;

	for (i = 0; i < effects->unit->binding_count; i++) {
		const struct ir_binding *binding = &effects->unit->bindings[i];
		struct function_effects *target = find(effects, binding->function);
		const struct rp_role *role;

		if (!target || target->role)
			continue;
		role = binding->record ? rules_find_role(effects->rules, binding->record, binding->field, NULL) :
					 rules_find_role(effects->rules, NULL, NULL, binding->field);
		target->role = role;
	}
}

/* What the declaration itself says: a role typedef, or a name the kernel calls. */
static void bind_declared_role(struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	int i;

	if (function->type && function->type->typedef_name)
		target->role = rules_find_role_by_type(effects->rules, function->type->typedef_name);
	for (i = 0; !target->role && i < function->annotation_count; i++)
		if (strcmp(function->annotations[i].name, "function_class") == 0 && function->annotations[i].argument)
			target->role = rules_find_role_by_type(effects->rules, function->annotations[i].argument);
	if (!target->role)
		target->role = rules_find_role_by_function(effects->rules, function->name);
}

/* A function given to an API that will call it: KeInitializeDpc(&dpc, fn, ctx). */
static void bind_passed_roles(struct unit_effects *effects, const struct ir_call *call)
{
	struct rp_match match;
	int param;

	if (!match_call(effects->rules, call, &match))
		return;
	for (param = 0; param < match.api->param_count; param++) {
		int arg = match.api->params[param].role ? arg_of_param(&match, call, param) : -1;
		const struct ir_expr *expr = arg >= 0 ? call->args[arg] : NULL;
		struct function_effects *target;

		while (expr && expr->kind == IR_EXPR_CAST)
			expr = expr->cast.operand;
		target = expr && expr->kind == IR_EXPR_FUNCTION ? find(effects, expr->function) : NULL;
		if (target && !target->role)
			target->role = match.api->params[param].role;
	}
}

/* ops.read = fn: the same as in an initialiser. */
static void bind_assigned_role(struct unit_effects *effects, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->assign.place;
	struct function_effects *target;

	if (insn->kind != IR_ASSIGN || insn->assign.value->kind != IR_EXPR_FUNCTION || place->kind != IR_PLACE_FIELD ||
	    !place->part.base->type || !place->part.base->type->tag)
		return;
	target = find(effects, insn->assign.value->function);
	if (target && !target->role)
		target->role = rules_find_role(effects->rules, place->part.base->type->tag, place->part.field, NULL);
}

static void read_function(struct unit_effects *effects, struct function_effects *target)
{
	const struct ir_function *function = target->function;
	int i;

	target->params = ARENA_ARRAY(effects->arena, struct param_effect, (size_t)function->param_count + 1);
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		struct function_effects *callee;

		bind_assigned_role(effects, insn);
		collect_writes(effects, target, insn);
		if (insn->kind != IR_CALL)
			continue;
		collect_causes(effects, target, insn);
		bind_passed_roles(effects, &insn->call);
		callee = insn->call.callee ? find(effects, insn->call.callee) : NULL;
		if (callee) {
			callee->caller_count++;
			callee->is_called_in_try = callee->is_called_in_try || ir_scope_try(insn->scope) != NULL;
		} else if (insn->call.callee && insn->call.callee->in_user_file) {
			effects->calls_other_files = true;
		}
	}
	target->own_cause_count = target->cause_count;
}

/* What the function's own declaration and role say. */
static void judge_function(struct function_effects *target)
{
	const struct ir_function *function = target->function;
	int p;

	target->result_is_outcome = target->role || !function->is_static || function->address_taken ||
				    target->caller_count == 0;
	for (p = 0; p < function->param_count; p++) {
		const struct ir_type *type = function->params[p]->type;
		bool by_role = target->role && p < target->role->param_count &&
			       target->role->params[p].space == RP_SPACE_USER;

		target->params[p].is_user = by_role ||
					    (type && type->kind == IR_TYPE_POINTER && type->space == IR_SPACE_USER);
	}
}

struct unit_effects *effects_compute(struct arena *arena, const struct rule_set *rules, const struct ir_unit *unit)
{
	struct unit_effects *effects = ARENA_NEW(arena, struct unit_effects);
	int i;

	effects->arena = arena;
	effects->rules = rules;
	effects->unit = unit;
	effects->by_function = keymap_create(arena);
	effects->functions = ARENA_ARRAY(arena, struct function_effects, (size_t)unit->function_count + 1);
	for (i = 0; i < unit->function_count; i++) {
		if (!unit->functions[i]->has_body)
			continue;
		effects->functions[effects->count].function = unit->functions[i];
		keymap_put(effects->by_function, KEYMAP_KEY(unit->functions[i]), &effects->functions[effects->count]);
		effects->count++;
	}
	for (i = 0; i < effects->count; i++)
		bind_declared_role(effects, &effects->functions[i]);
	for (i = 0; i < effects->count; i++)
		read_function(effects, &effects->functions[i]);
	bind_roles(effects);
	for (i = 0; i < effects->count; i++)
		judge_function(&effects->functions[i]);
	close_over_calls(effects);
	return effects;
}

/* ---- questions ---------------------------------------------------------------------------------- */

static bool has_cause(const struct cause *causes, size_t count, const struct rp_resource *resource, int event,
		      const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (causes[i].resource == resource && causes[i].event == event &&
		    (!name || !causes[i].name || strcmp(causes[i].name, name) == 0))
			return true;
	return false;
}

bool effects_may_cause(const struct unit_effects *effects, const struct ir_function *function,
		       const struct rp_resource *resource, int event, const char *object)
{
	const struct function_effects *found = find(effects, function);

	if (!found)
		return true;
	return has_cause(found->causes, found->cause_count, resource, event,
			 object ? effects_object_name(object) : NULL);
}

bool effects_param_escapes(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = find(effects, function);

	return !found || param >= function->param_count || found->params[param].escapes;
}

bool effects_param_released(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = find(effects, function);

	return !found || param >= function->param_count || found->params[param].released;
}

bool effects_may_write(const struct unit_effects *effects, const struct ir_function *function, const char *name)
{
	const struct function_effects *found = find(effects, function);
	size_t i;

	for (i = 0; found && name && i < found->write_count; i++)
		if (!found->writes[i] || found->writes[i] == name)
			return true;
	return !found || !name;
}

size_t effects_writes(const struct unit_effects *effects, const struct ir_function *function, const char *const **names)
{
	const struct function_effects *found = find(effects, function);

	*names = found ? found->writes : NULL;
	return found ? found->write_count : 0;
}

bool effects_param_is_user(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = find(effects, function);

	return found && param < function->param_count && is_user_param(found, param);
}

bool effects_result_is_outcome(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return !found || found->result_is_outcome;
}

static bool returns_pointer(const struct ir_function *function)
{
	return function->type && function->type->target && function->type->target->kind == IR_TYPE_POINTER;
}

/* Bounded: accessors call accessors, but not deeply. */
static bool is_accessor(const struct unit_effects *effects, const struct ir_function *function, int depth)
{
	struct rp_match match;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_ASM || (insn->kind == IR_ASSIGN && !is_local_storage(insn->assign.place)))
			return false;
		if (insn->kind != IR_CALL)
			continue;
		if (!insn->call.callee)
			return false;
		if (insn->call.callee->has_body) {
			if (depth > 3 || !is_accessor(effects, insn->call.callee, depth + 1))
				return false;
		} else if (match_call(effects->rules, &insn->call, &match)) {
			if (match.api->effect_count > 0 || match.api->convention != RP_RESULT_VALUE)
				return false;
		} else if (!insn->call.callee->is_inline || !returns_pointer(insn->call.callee)) {
			return false; /* reads of registers and counters give something new each time */
		}
	}
	return function->insn_count < 40;
}

bool effects_is_accessor(const struct unit_effects *effects, const struct ir_function *function)
{
	return is_accessor(effects, function, 0);
}

int effects_caller_count(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return found ? found->caller_count : 0;
}

bool effects_released_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
				const struct rp_resource *resource, const char *object)
{
	const char *name = object ? effects_object_name(object) : NULL;
	int f, event;

	for (f = 0; f < effects->count; f++) {
		const struct function_effects *other = &effects->functions[f];
		bool releases = false, acquires = false;

		if (other->function == function)
			continue;
		for (event = 0; event < resource->event_count; event++) {
			if (!has_cause(other->causes, other->own_cause_count, resource, event, name))
				continue;
			releases = releases || event_leads(resource, event, false);
			acquires = acquires || event_leads(resource, event, true);
		}
		if (releases && !acquires)
			return true;
	}
	return false;
}

bool effects_released_anywhere(const struct unit_effects *effects, const struct ir_function *function,
			       const struct rp_resource *resource, const char *object)
{
	const char *name = object ? effects_object_name(object) : NULL;
	int f, event;

	for (f = 0; f < effects->count; f++) {
		const struct function_effects *other = &effects->functions[f];

		if (other->function == function)
			continue;
		for (event = 0; event < resource->event_count; event++)
			if (event_leads(resource, event, false) &&
			    has_cause(other->causes, other->own_cause_count, resource, event, name))
				return true;
	}
	return false;
}

bool effects_unloads_here(const struct unit_effects *effects)
{
	int f;

	for (f = 0; f < effects->count && !effects->calls_other_files; f++)
		if (effects->functions[f].role && effects->functions[f].role->is_exit)
			return true;
	return false;
}

bool effects_runs_in_init(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return found && found->runs_in_init;
}

bool effects_may_raise(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return found && found->may_raise;
}

bool effects_called_in_try(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return found && found->is_called_in_try;
}

const struct rp_role *effects_role(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = find(effects, function);

	return found ? found->role : NULL;
}

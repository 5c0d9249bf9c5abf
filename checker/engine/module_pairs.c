/* Calls of the module that must agree on an argument. */
#include "module_int.h"

#include <string.h>

struct pair_call {
	const struct api_site *site;
	/* The arguments, and where they are written: in the function of the call, or
	 * in a caller that passes them on. */
	const struct ir_expr *key, *value;
	const struct ir_function *key_function, *value_function;
	const struct ir_insn *value_call;
};

struct pair_list {
	struct pair_call *items;
	size_t count, capacity;
};

/* ---- the calls ------------------------------------------------------------------- */

static bool matches(const struct api_site *site, const struct rp_call_pattern *patterns, int count,
		    enum certainty least)
{
	int i;

	for (i = 0; i < count; i++)
		if (patterns[i].api == site->api && site_conditions(site, &patterns[i].conditions) >= least)
			return true;
	return false;
}

#define MAX_PASSES 3 /* from caller to callee */

static const struct ir_expr *passed(const struct ir_expr *expr, const struct ir_call *call)
{
	const struct ir_var *var = expr_variable(expr);

	return var && var->kind == IR_VAR_PARAM && var->param < call->arg_count ? call->args[var->param] : NULL;
}

static bool is_param(const struct ir_expr *expr)
{
	const struct ir_var *var = expr_variable(expr);

	return var && var->kind == IR_VAR_PARAM;
}

/* Adds the call, once for each of the function's callers if they decide on the value. */
static void add_call(struct module_view *view, struct pair_list *result, const struct pair_call *call, int passes)
{
	const struct caller_site *callers;
	size_t count = 0, i;

	if (passes < MAX_PASSES && is_param(call->value) && !call->value_function->address_taken)
		count = callgraph_callers(view->callgraph, call->value_function, &callers);
	for (i = 0; i < count; i++) {
		struct pair_call outer = *call;

		if (!passed(call->value, &callers[i].insn->call))
			break;
		outer.value = passed(call->value, &callers[i].insn->call);
		outer.value_call = callers[i].insn;
		outer.value_function = callers[i].caller;
		if (call->key_function == call->value_function && passed(call->key, &callers[i].insn->call)) {
			outer.key = passed(call->key, &callers[i].insn->call);
			outer.key_function = callers[i].caller;
		}
		add_call(view, result, &outer, passes + 1);
	}
	if (i == count && count > 0)
		return;
	ARENA_PUSH(view->arena, result->items, result->count, result->capacity, *call);
}

static void collect(struct module_view *view, const struct rp_check *check, const struct rp_call_pattern *patterns,
		    int count, enum certainty least, struct pair_list *result)
{
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		struct pair_call call = { .site = site,
					  .key_function = site->function,
					  .value_function = site->function,
					  .value_call = site->insn };

		if (!matches(site, patterns, count, least))
			continue;
		call.key = site_arg(site, param_named(site->api, check->key));
		call.value = site_arg(site, param_named(site->api, check->value));
		if (call.key && call.value)
			add_call(view, result, &call, 0);
	}
}

/* ---- keys ------------------------------------------------------------------------- */

static enum certainty same_key(const struct module_view *view, const struct pair_call *left,
			       const struct pair_call *right)
{
	const char *left_class = expr_class(view, left->key_function, left->key);
	const char *right_class = expr_class(view, right->key_function, right->key);
	const char *left_text = user_text(view, left->key), *right_text = user_text(view, right->key);
	int64_t left_value, right_value;

	if (module_constant(left->key, &left_value) && module_constant(right->key, &right_value))
		return left_value == right_value ? SURELY : SURELY_NOT;
	if (left_class && right_class)
		return same_class(left_class, right_class) ? SURELY : SURELY_NOT;
	return left_text && right_text && strcmp(left_text, right_text) == 0 ? SURELY : PERHAPS;
}

/* ---- values ------------------------------------------------------------------------- */

static bool expr_dereferences(const struct ir_expr *expr, const struct ir_var *var);

static bool place_dereferences(const struct ir_place *place, const struct ir_var *var)
{
	while (place && (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX))
		place = place->part.base;
	return place && place->kind == IR_PLACE_DEREF &&
	       (expr_variable(place->pointer) == var || expr_dereferences(place->pointer, var));
}

/* Is memory read through the variable? Its inner addresses prove nothing. */
static bool expr_dereferences(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return place_dereferences(expr->place, var);
	case IR_EXPR_CAST:
		return expr_dereferences(expr->cast.operand, var);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return expr_dereferences(expr->op.left, var) || expr_dereferences(expr->op.right, var);
	default:
		return false;
	}
}

static bool call_dereferences(const struct ir_insn *insn, const struct ir_var *var)
{
	int i;

	for (i = 0; i < insn->call.arg_count; i++)
		if (expr_dereferences(insn->call.args[i], var))
			return true;
	return false;
}

static bool surely_not_null(const struct pair_call *call)
{
	const struct ir_expr *value = bare_expr(call->value);
	const struct ir_var *var = expr_variable(value);

	if (value->kind == IR_EXPR_ADDRESS || value->kind == IR_EXPR_FUNCTION || value->kind == IR_EXPR_STRING)
		return true;
	return var && call_dereferences(call->value_call, var);
}

static bool surely_null(const struct pair_call *call)
{
	int64_t value;

	return module_constant(call->value, &value) && value == 0;
}

/* The global whose address is given, or NULL. */
static const struct ir_var *addressed_global(const struct pair_call *call)
{
	const struct ir_expr *value = bare_expr(call->value);
	const struct ir_place *place = value->kind == IR_EXPR_ADDRESS ? value->place : NULL;

	while (place && (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX))
		place = place->part.base;
	return place && place->kind == IR_PLACE_VAR && place->var->kind == IR_VAR_GLOBAL ? place->var : NULL;
}

static bool values_differ(const struct pair_call *left, const struct pair_call *right)
{
	const struct ir_var *left_global = addressed_global(left), *right_global = addressed_global(right);

	if (left_global && right_global)
		return left_global != right_global;
	return (surely_null(left) && surely_not_null(right)) || (surely_not_null(left) && surely_null(right));
}

/* ---- findings -------------------------------------------------------------------------- */

static void report_pair(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			const struct pair_call *first, const struct pair_call *second)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const char *given = value_text(view, first->value);

	finding->rule = rule;
	finding->check = check;
	finding->span = second->site->insn->span;
	finding->function = second->site->function;
	finding->api = second->site->api->name;
	finding->object = value_text(view, second->value);
	finding->holder = given;
	finding->origin = first->site->api->name;
	finding->origin_span = first->site->insn->span;
	finding_step(finding, first->site->insn->span, STEP_EVENT,
		     arena_printf(view->arena, "%s gets %s here", first->site->api->name, given ? given : "its value"));
	finding_report(view, finding);
}

/* The first call with the same key; NULL when one that may have it may also agree on the value. */
static const struct pair_call *disagreeing(const struct module_view *view, const struct pair_list *firsts,
					   const struct pair_call *second)
{
	const struct pair_call *found = NULL;
	size_t i;

	for (i = 0; i < firsts->count; i++) {
		enum certainty same = same_key(view, &firsts->items[i], second);

		if (same == SURELY_NOT)
			continue;
		if (!values_differ(&firsts->items[i], second))
			return NULL;
		if (same == SURELY && !found)
			found = &firsts->items[i];
	}
	return found;
}

void check_argument_pair(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct pair_list firsts = { 0 }, seconds = { 0 };
	size_t i;

	collect(view, check, check->first, check->first_count, PERHAPS, &firsts);
	collect(view, check, check->second, check->second_count, SURELY, &seconds);
	for (i = 0; i < seconds.count && view->module->is_whole; i++) {
		const struct pair_call *first = disagreeing(view, &firsts, &seconds.items[i]);

		if (first && module_role_matches(view, check, seconds.items[i].site->function))
			report_pair(view, rule, check, first, &seconds.items[i]);
	}
}

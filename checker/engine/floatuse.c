/* Floating point computed in kernel mode, where its registers belong to the program that
 * was interrupted: without their state saved, or after a save that failed. */
#include "engine_int.h"

#include <string.h>

static bool is_float(const struct ir_expr *expr)
{
	return expr->type && expr->type->kind == IR_TYPE_FLOAT;
}

/* The compiler computes it. */
static bool is_constant(const struct ir_expr *expr)
{
	switch (expr->kind) {
	case IR_EXPR_INT:
	case IR_EXPR_FLOAT:
	case IR_EXPR_SIZEOF:
		return true;
	case IR_EXPR_CAST:
		return is_constant(expr->cast.operand);
	case IR_EXPR_UNARY:
		return is_constant(expr->op.left);
	case IR_EXPR_BINARY:
		return is_constant(expr->op.left) && is_constant(expr->op.right);
	default:
		return false;
	}
}

/* Copies of floating point numbers may as well be done as integers. */
static bool computes(const struct ir_expr *expr)
{
	switch (expr->kind) {
	case IR_EXPR_UNARY:
		return is_float(expr->op.left) && !is_constant(expr);
	case IR_EXPR_BINARY:
		return (is_float(expr->op.left) || is_float(expr->op.right)) && !is_constant(expr);
	case IR_EXPR_CAST:
		return is_float(expr) != is_float(expr->cast.operand) && !is_constant(expr);
	default:
		return false;
	}
}

#define MAX_CALLERS_UP 8

/* May some function on a way to this one have acquired it? Unknown callers may. */
static bool callers_may_acquire(const struct analysis *a, const struct ir_function *function,
				const struct rp_resource *resource, int depth)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(a->engine->callgraph, function, &sites), i;

	if (depth > MAX_CALLERS_UP || may_acquire(a, function, resource))
		return true;
	if (!function->is_static && !a->engine->module->is_whole && !(depth == 0 && a->role))
		return true;
	for (i = 0; i < count; i++)
		if (sites[i].caller != function && callers_may_acquire(a, sites[i].caller, resource, depth + 1))
			return true;
	return false;
}

static bool is_declared_float(const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->annotation_count; i++)
		if (strncmp(function->annotations[i].name, "float_", strlen("float_")) == 0)
			return true;
	return false;
}

struct float_use {
	const struct flow_state *state;
	const struct ir_expr *expr;
};

static bool is_in_a_state(const struct rp_check *check, const struct entry *entry)
{
	int i;

	for (i = 0; i < check->state_count && entry->state >= 0; i++)
		if (strcmp(entry->resource->states[entry->state].name, check->states[i]) == 0)
			return true;
	return false;
}

/* The object that makes the use wrong; NULL: it is right, or (*missing) there is none at all. */
static const struct entry *wrong_object(const struct flow_state *state, const struct rp_check *check, bool *missing)
{
	const struct entry *wrong = NULL;
	size_t i;

	*missing = check->state_count == 0;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource != check->resources[0])
			continue;
		*missing = false;
		if (entry->is_doubtful || entry->was_held_on_entry ||
		    (entry->state >= 0 && entry->resource->states[entry->state].is_held))
			return NULL;
		if (is_in_a_state(check, entry))
			wrong = entry;
	}
	return wrong;
}

static void visit_use(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct float_use *use = context;
	struct violation v = { .rule = rule, .check = check, .state = use->state, .span = use->expr->span };
	uint64_t key = KEYMAP_KEY(check) * 31 + KEYMAP_KEY(a->function);
	const struct entry *wrong;
	bool missing;

	if (check->resource_count == 0 || keymap_get(a->reported, key))
		return;
	wrong = wrong_object(use->state, check, &missing);
	if (!wrong && (!missing || callers_may_acquire(a, a->function, check->resources[0], 0)))
		return;
	v.object = wrong ? wrong->object : check->resources[0]->noun;
	v.is_anywhere = !wrong;
	if (wrong) {
		v.resource = wrong->resource;
		v.key = wrong->key;
		v.cause = wrong->acquired;
		v.origin = wrong->api ? wrong->api->name : NULL;
	}
	emit_violation(a, &v);
	keymap_put(a->reported, key, a); /* the first one in the function tells all */
}

void check_float_use(struct analysis *a, const struct flow_state *state, const struct ir_expr *expr)
{
	struct float_use use = { state, expr };

	if (computes(expr) && !is_declared_float(a->function))
		emit_each_check(a, RP_CHECK_FLOAT_USE, visit_use, &use);
}

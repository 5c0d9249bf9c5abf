/* What a function was given for the time of the call only, and leaves behind in
 * memory that outlives it. Says nothing of memory that this path made and did
 * not hand on: who has that is not known. */
#include "engine_int.h"

static bool is_pointer(const struct sym *value, const struct region *region)
{
	const struct ir_type *type = region->type ? region->type : value->type;

	return type && type->kind == IR_TYPE_POINTER;
}

/* Is it the parameter as it came, or a pointer that its pointee held then? */
static bool is_given(struct analysis *a, const struct sym *value, const struct sym *given)
{
	const struct region *region = value->kind == SYM_INITIAL ? value->a : NULL;

	if (value == given)
		return true;
	return region && region->kind == REGION_FIELD && is_pointer(value, region) &&
	       region_is_within(region, region_pointee(a, given));
}

/* A copy of the pointee in which no pointer was replaced since. */
static bool holds_copy(struct analysis *a, const struct flow_state *state, const struct binding *binding,
		       const struct sym *given)
{
	const struct sym *value = binding->value;
	size_t i;

	if (value->copied != given && (value->kind != SYM_INITIAL || value->a != region_pointee(a, given)))
		return false;
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != binding->region &&
		    region_is_within(state->bindings[i].region, binding->region) &&
		    is_pointer(state->bindings[i].value, state->bindings[i].region))
			return false;
	return true;
}

/* Memory that this path made is freed, or known to nobody else. */
static bool is_own(const struct flow_state *state, const struct sym *pointer)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource->is_memory && entry->key == pointer && entry->state >= 0)
			return !entry->is_escaped || !entry->resource->states[entry->state].is_held;
	}
	return pointer->kind == SYM_CALL;
}

/* Is the memory there after the return, and not made by this path for itself? */
static bool outlives(const struct flow_state *state, const struct region *region, const struct sym *given)
{
	const struct region *root = region_root(region);

	if (region_is_local(region))
		return false;
	if (root->kind != REGION_POINTEE)
		return true;
	return !sym_contains(root->pointer, given) && !is_own(state, sym_base_pointer(root->pointer));
}

static bool is_place_of(const struct ir_place *place, const struct region *region)
{
	if (region->kind == REGION_VAR)
		return place->kind == IR_PLACE_VAR && place->var == region->var;
	return region->kind == REGION_FIELD && place->kind == IR_PLACE_FIELD && place->part.field == region->field;
}

static bool is_constant(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr->kind == IR_EXPR_INT;
}

/* The last assignment of something to such a place in the function; NULL: it lies in a callee. */
static const struct ir_insn *storing_step(const struct ir_function *function, const struct region *region)
{
	int i;

	for (i = function->insn_count - 1; i >= 0; i--)
		if (function->insns[i]->kind == IR_ASSIGN && is_place_of(function->insns[i]->assign.place, region) &&
		    !is_constant(function->insns[i]->assign.value))
			return function->insns[i];
	return NULL;
}

static void report_kept(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			const struct exit_record *record, const struct region *region)
{
	const struct ir_insn *insn = storing_step(a->function, region);
	struct violation v = {
		.rule = rule,
		.check = check,
		.state = record->state,
		.span = insn ? insn->assign.place->span : record->span,
		.cause = insn,
		.object = a->function->params[check->param]->name,
	};

	emit_violation(a, &v);
}

static void visit_kept_param(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			     void *context)
{
	const struct exit_record *record = context;
	const struct flow_state *state = record->state;
	const struct ir_var *param;
	const struct sym *given;
	size_t i;

	if (check->param < 0 || check->param >= a->function->param_count)
		return;
	param = a->function->params[check->param];
	given = sym_find(a, SYM_INITIAL, 0, region_var(a, param), NULL);
	for (i = 0; given && i < state->binding_count; i++) {
		const struct binding *binding = &state->bindings[i];

		if (outlives(state, binding->region, given) &&
		    (is_given(a, binding->value, given) || holds_copy(a, state, binding, given)))
			report_kept(a, rule, check, record, binding->region);
	}
}

void check_kept_param(struct analysis *a, const struct exit_record *record)
{
	if (a->role && !exit_is_failure(a, record))
		emit_each_check(a, RP_CHECK_KEPT_PARAM, visit_kept_param, (void *)record);
}

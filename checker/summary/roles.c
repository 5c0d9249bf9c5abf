/* Which functions the kernel calls in which roles, and on behalf of what:
 * by their declaration, by the calls and stores that register them, and by
 * initialisers, in this order. */
#include "effects_int.h"

#include <string.h>

static bool is_same_text(const char *left, const char *right)
{
	return left == right || (left && right && strcmp(left, right) == 0);
}

/* A function is bound to a role once for each kind of object that it serves. */
static void bind(struct unit_effects *effects, const struct ir_function *function, const struct role_binding *binding)
{
	struct function_effects *target = binding->role ? effects_find(effects, function) : NULL;
	size_t i;

	if (!target) {
		effects->is_ended_elsewhere = effects->is_ended_elsewhere || (binding->role && binding->role->is_exit);
		return;
	}
	for (i = 0; i < target->role_count; i++)
		if (target->roles[i].role == binding->role && is_same_text(target->roles[i].served, binding->served))
			return;
	ARENA_PUSH(effects->arena, target->roles, target->role_count, target->role_capacity, *binding);
}

/* All functions that the value may be, also when it may be others, too. */
static void bind_value(struct unit_effects *effects, const struct ir_expr *value, const struct role_binding *binding)
{
	const struct ir_function *const *functions;
	bool is_complete;
	size_t count = pointers_of(effects, value, &functions, &is_complete), i;

	for (i = 0; i < count; i++)
		bind(effects, functions[i], binding);
}

/* ---- fields ------------------------------------------------------------------------ */

/* The rules are asked once for each field. */
static const struct rp_role *role_of_field(struct unit_effects *effects, const char *record, const char *field)
{
	void *found = pair_map_get(&effects->field_roles, record, field);
	const struct rp_role *role;

	if (!found) {
		role = rules_find_role(effects->rules, record, field, NULL);
		found = role ? (void *)(uintptr_t)role : (void *)effects; /* a mark for none */
		pair_map_put(&effects->field_roles, record, field, found);
	}
	return found == (void *)effects ? NULL : found;
}

static const struct ir_place *assigned_field(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_FIELD ? place : NULL;
}

/* ops.read = fn, dev->timer.function = fn: the same as in an initialiser. */
static void bind_assigned(struct unit_effects *effects, const struct function_effects *registrar,
			  const struct ir_insn *insn)
{
	const struct ir_place *field = assigned_field(insn->assign.place);
	const struct ir_type *record = field ? effects_record_of(field) : NULL;
	struct role_binding binding = { .span = insn->span, .registered_in = registrar->function, .object_arg = -1 };

	if (!record)
		return;
	binding.role = role_of_field(effects, record->tag, field->part.field);
	if (!binding.role)
		return;
	binding.served = effects_place_class(effects, field->part.base);
	bind_value(effects, insn->assign.value, &binding);
}

/* ---- conditions on constant arguments --------------------------------------------------- */

/* Bits that the value surely has, and that it surely lacks. */
struct known_bits {
	uint64_t ones, zeros;
};

#define MAX_VALUE_DEPTH 6

static struct known_bits bits_of(const struct ir_function *function, const struct ir_expr *expr, int depth);

/* What all values stored to the variable have in common. */
static struct known_bits bits_of_var(const struct ir_function *function, const struct ir_var *var, int depth)
{
	struct known_bits bits = { UINT64_MAX, UINT64_MAX }, none = { 0, 0 };
	bool is_assigned = false;
	int i;

	if ((var->kind != IR_VAR_LOCAL && var->kind != IR_VAR_TEMP) || var->address_taken)
		return none;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN || insn->kind == IR_ZERO ? insn->assign.place :
					       insn->kind == IR_CALL				? insn->call.result :
												  NULL;
		struct known_bits stored;

		if (insn->kind == IR_ASM)
			return none; /* its outputs */
		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (insn->kind != IR_ASSIGN)
			return none;
		stored = bits_of(function, insn->assign.value, depth + 1);
		bits.ones &= stored.ones;
		bits.zeros &= stored.zeros;
		is_assigned = true;
	}
	return is_assigned ? bits : none;
}

static struct known_bits bits_of_binary(const struct ir_function *function, const struct ir_expr *expr, int depth)
{
	struct known_bits left = bits_of(function, expr->op.left, depth + 1);
	struct known_bits right = bits_of(function, expr->op.right, depth + 1);

	switch (expr->op.op) {
	case IR_BINARY_OR:
		return (struct known_bits){ left.ones | right.ones, left.zeros & right.zeros };
	case IR_BINARY_AND:
		return (struct known_bits){ left.ones & right.ones, left.zeros | right.zeros };
	default:
		return (struct known_bits){ 0, 0 };
	}
}

static struct known_bits bits_of(const struct ir_function *function, const struct ir_expr *expr, int depth)
{
	struct known_bits none = { 0, 0 }, inner;

	if (depth > MAX_VALUE_DEPTH)
		return none;
	switch (expr->kind) {
	case IR_EXPR_INT:
		return (struct known_bits){ (uint64_t)expr->value, ~(uint64_t)expr->value };
	case IR_EXPR_CAST:
		return bits_of(function, expr->cast.operand, depth + 1);
	case IR_EXPR_LOAD:
		return expr->place->kind == IR_PLACE_VAR ? bits_of_var(function, expr->place->var, depth) : none;
	case IR_EXPR_UNARY:
		inner = bits_of(function, expr->op.left, depth + 1);
		return expr->op.op == IR_UNARY_COMPL ? (struct known_bits){ inner.zeros, inner.ones } : none;
	case IR_EXPR_BINARY:
		return bits_of_binary(function, expr, depth);
	default:
		return none;
	}
}

static bool is_address(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr->kind == IR_EXPR_FUNCTION || expr->kind == IR_EXPR_STRING ||
	       (expr->kind == IR_EXPR_ADDRESS && expr->place->kind == IR_PLACE_VAR);
}

static bool constant_value(const struct ir_unit *unit, const struct rp_condition *condition, uint64_t *value)
{
	int i;

	*value = (uint64_t)condition->number;
	for (i = 0; condition->constant && i < unit->constant_count; i++) {
		if (strcmp(unit->constants[i].name, condition->constant) != 0)
			continue;
		*value = (uint64_t)unit->constants[i].value;
		return true;
	}
	return !condition->constant;
}

/* Proved by the argument as it is written; what can not be decided does not hold. */
static bool holds(const struct ir_function *function, const struct rp_condition *condition, const struct ir_expr *arg)
{
	struct known_bits bits = bits_of(function, arg, 0);
	bool is_known = (bits.ones | bits.zeros) == UINT64_MAX;
	uint64_t value;

	if (!constant_value(function->unit, condition, &value))
		return false;
	switch (condition->kind) {
	case RP_CONDITION_EQUALS:
		return is_known && bits.ones == value;
	case RP_CONDITION_NOT_EQUALS:
		return ((bits.ones & ~value) | (bits.zeros & value)) != 0;
	case RP_CONDITION_HAS_BITS:
		return (bits.ones & value) != 0;
	case RP_CONDITION_LACKS_BITS:
		return (bits.zeros & value) == value;
	case RP_CONDITION_NULL:
		return is_known && bits.ones == 0;
	case RP_CONDITION_NOT_NULL:
		return bits.ones != 0 || is_address(arg);
	case RP_CONDITION_BELOW:
		return is_known && (int64_t)bits.ones < (int64_t)value;
	case RP_CONDITION_ABOVE:
		return is_known && (int64_t)bits.ones > (int64_t)value;
	default:
		return false;
	}
}

static bool all_hold(const struct ir_function *function, const struct rp_conditions *conditions,
		     const struct rp_match *match, const struct ir_call *call)
{
	int i;

	for (i = 0; i < conditions->count; i++) {
		int arg = effects_arg_of_param(match, call, conditions->items[i].param);

		if (arg < 0 || !holds(function, &conditions->items[i], call->args[arg]))
			return false;
	}
	return true;
}

/* ---- registering calls -------------------------------------------------------------------- */

static const struct rp_role *given_role(const struct ir_function *function, const struct rp_param *param,
					const struct rp_match *match, const struct ir_call *call)
{
	int i;

	for (i = 0; i < param->given_role_count; i++)
		if (all_hold(function, &param->given_roles[i].conditions, match, call))
			return param->given_roles[i].role;
	return NULL;
}

/* A function given to an API that will call it: KeInitializeDpc(&dpc, fn, ctx). */
static void bind_passed(struct unit_effects *effects, const struct function_effects *registrar,
			const struct ir_insn *insn)
{
	const struct ir_call *call = &insn->call;
	struct rp_match match;
	int p;

	if (!effects_match_call(effects->rules, call, &match))
		return;
	for (p = 0; p < match.api->param_count; p++) {
		const struct rp_param *param = &match.api->params[p];
		int arg = param->given_role_count ? effects_arg_of_param(&match, call, p) : -1;
		struct role_binding binding = {
			.span = insn->span, .registered_in = registrar->function, .call = call, .object_arg = -1
		};

		if (arg < 0)
			continue;
		binding.role = given_role(registrar->function, param, &match, call);
		if (param->serves_param >= 0)
			binding.object_arg = effects_arg_of_param(&match, call, param->serves_param);
		if (binding.object_arg >= 0)
			binding.served = effects_expr_class(effects, call->args[binding.object_arg]);
		if (binding.role)
			bind_value(effects, call->args[arg], &binding);
	}
}

static void bind_in_body(struct unit_effects *effects, const struct function_effects *registrar)
{
	const struct ir_function *function = registrar->function;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		if (function->insns[i]->kind == IR_ASSIGN)
			bind_assigned(effects, registrar, function->insns[i]);
		else if (function->insns[i]->kind == IR_CALL)
			bind_passed(effects, registrar, function->insns[i]);
	}
}

/* ---- declarations and initialisers ----------------------------------------------------------- */

/* What the declaration itself says: a role typedef, or a name the kernel calls. */
static void bind_declared(struct unit_effects *effects, const struct ir_function *function)
{
	struct role_binding binding = { .span = function->span, .object_arg = -1 };
	int i;

	if (function->type && function->type->typedef_name)
		binding.role = rules_find_role_by_type(effects->rules, function->type->typedef_name);
	bind(effects, function, &binding);
	for (i = 0; i < function->annotation_count; i++) {
		const struct ir_annotation *annotation = &function->annotations[i];

		if (strcmp(annotation->name, "function_class") != 0 || !annotation->argument)
			continue;
		binding.role = rules_find_role_by_type(effects->rules, annotation->argument);
		bind(effects, function, &binding);
	}
	binding.role = rules_find_role_by_function(effects->rules, function->name);
	bind(effects, function, &binding);
}

static const struct ir_var *static_var(const struct ir_unit *unit, const char *name)
{
	int i;

	for (i = 0; i < unit->global_count; i++)
		if (unit->globals[i]->name == name)
			return unit->globals[i];
	return NULL;
}

/* The object that is initialised is the one served: DEFINE_TIMER(poll_timer, poll). */
static void bind_initialised(struct unit_effects *effects, const struct ir_unit *unit,
			     const struct ir_binding *initialiser)
{
	struct role_binding binding = { .span = initialiser->span, .object_arg = -1 };
	const struct ir_var *var;

	if (!initialiser->field)
		return;
	binding.role = initialiser->record ? role_of_field(effects, initialiser->record, initialiser->field) :
					     rules_find_role(effects->rules, NULL, NULL, initialiser->field);
	if (!binding.role)
		return;
	var = initialiser->object ? static_var(unit, initialiser->object) : NULL;
	if (var)
		binding.served = effects_var_class(effects, var);
	bind(effects, initialiser->function, &binding);
}

/* Frontends list assignments among the initialisers, too; those are bound already. */
static bool is_bound(const struct unit_effects *effects, const struct ir_binding *initialiser)
{
	const struct function_effects *target = effects_find(effects, initialiser->function);
	const struct span *wanted = &initialiser->span;
	size_t i;

	for (i = 0; target && i < target->role_count; i++) {
		const struct span *span = &target->roles[i].span;

		if (target->roles[i].registered_in && span->file == wanted->file && span->line == wanted->line)
			return true;
	}
	return false;
}

void roles_bind(struct unit_effects *effects)
{
	int i, u;

	effects->field_roles = pair_map_create(effects->arena);
	for (i = 0; i < effects->count; i++)
		bind_declared(effects, effects->functions[i].function);
	for (i = 0; i < effects->count; i++)
		bind_in_body(effects, &effects->functions[i]);
	for (u = 0; u < effects->module->unit_count; u++)
		for (i = 0; i < effects->units[u]->binding_count; i++)
			if (!is_bound(effects, &effects->units[u]->bindings[i]))
				bind_initialised(effects, effects->units[u], &effects->units[u]->bindings[i]);
}

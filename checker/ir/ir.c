/* Builders of the IR: allocation and the few fields that must agree. */
#include "ir/ir.h"

#include <assert.h>

static const struct ir_type unknown_type = {
	.kind = IR_TYPE_UNKNOWN, .spelling = "?", .size = -1, .count = -1, .field_count = -1, .param_count = -1
};

struct ir_unit *ir_unit_create(struct arena *arena, const char *file)
{
	struct ir_unit *unit = ARENA_NEW(arena, struct ir_unit);

	unit->arena = arena;
	unit->file = file;
	unit->function_by_name = keymap_create(arena);
	return unit;
}

struct ir_function *ir_function_find(const struct ir_unit *unit, const char *interned_name)
{
	return keymap_get(unit->function_by_name, KEYMAP_KEY(interned_name));
}

struct ir_function *ir_function_create(struct ir_unit *unit, const char *interned_name)
{
	struct ir_function *function = ARENA_NEW(unit->arena, struct ir_function);

	assert(!ir_function_find(unit, interned_name));
	function->unit = unit;
	function->name = interned_name;
	ARENA_PUSH(unit->arena, unit->functions, unit->function_count, unit->function_capacity, function);
	keymap_put(unit->function_by_name, KEYMAP_KEY(interned_name), function);
	return function;
}

static struct ir_var *var_create(struct arena *arena, enum ir_var_kind kind, const char *name,
				 const struct ir_type *type)
{
	struct ir_var *var = ARENA_NEW(arena, struct ir_var);

	var->kind = kind;
	var->name = name;
	var->type = type;
	var->param = -1;
	return var;
}

struct ir_var *ir_local_create(struct arena *arena, struct ir_function *function, enum ir_var_kind kind,
			       const char *name, const struct ir_type *type)
{
	struct ir_var *var = var_create(arena, kind, name, type);

	assert(kind != IR_VAR_GLOBAL);
	var->id = function->var_count;
	if (kind == IR_VAR_PARAM)
		var->param = var->id; /* parameters come first */
	ARENA_PUSH(arena, function->vars, function->var_count, function->var_capacity, var);
	return var;
}

struct ir_var *ir_var_create(struct ir_unit *unit, struct ir_function *function, enum ir_var_kind kind,
			     const char *interned_name, const struct ir_type *type)
{
	struct ir_var *var;

	if (function && kind != IR_VAR_GLOBAL)
		return ir_local_create(unit->arena, function, kind, interned_name, type);
	var = var_create(unit->arena, kind, interned_name, type);
	var->id = unit->global_count;
	ARENA_PUSH(unit->arena, unit->globals, unit->global_count, unit->global_capacity, var);
	return var;
}

struct ir_scope *ir_scope_create(struct arena *arena, struct ir_function *function, enum ir_scope_kind kind,
				 struct ir_scope *parent)
{
	struct ir_scope *scope = ARENA_NEW(arena, struct ir_scope);

	scope->id = function->scope_count;
	scope->kind = kind;
	scope->parent = parent;
	scope->handler_label = -1;
	ARENA_PUSH(arena, function->scopes, function->scope_count, function->scope_capacity, scope);
	return scope;
}

struct ir_insn *ir_insn_append(struct arena *arena, struct ir_function *function, enum ir_insn_kind kind,
			       struct span span)
{
	struct ir_insn *insn = ARENA_NEW(arena, struct ir_insn);

	insn->kind = kind;
	insn->index = function->insn_count;
	insn->span = span;
	insn->stmt_span = span;
	ARENA_PUSH(arena, function->insns, function->insn_count, function->insn_capacity, insn);
	return insn;
}

int ir_label_create(struct ir_function *function)
{
	return function->label_count++;
}

struct ir_expr *ir_expr_create(struct arena *arena, enum ir_expr_kind kind, const struct ir_type *type,
			       struct span span)
{
	struct ir_expr *expr = ARENA_NEW(arena, struct ir_expr);

	expr->kind = kind;
	expr->type = type;
	expr->span = span;
	return expr;
}

struct ir_expr *ir_expr_int(struct arena *arena, int64_t value, const struct ir_type *type, struct span span)
{
	struct ir_expr *expr = ir_expr_create(arena, IR_EXPR_INT, type, span);

	expr->value = value;
	return expr;
}

struct ir_expr *ir_expr_load(struct arena *arena, const struct ir_place *place, struct span span)
{
	struct ir_expr *expr = ir_expr_create(arena, IR_EXPR_LOAD, place->type, span);

	expr->place = place;
	return expr;
}

struct ir_expr *ir_expr_binary(struct arena *arena, enum ir_binary op, const struct ir_expr *left,
			       const struct ir_expr *right, const struct ir_type *type, struct span span)
{
	struct ir_expr *expr = ir_expr_create(arena, IR_EXPR_BINARY, type, span);

	expr->op.op = (int)op;
	expr->op.left = left;
	expr->op.right = right;
	return expr;
}

static struct ir_place *place_create(struct arena *arena, enum ir_place_kind kind, const struct ir_type *type,
				     struct span span)
{
	struct ir_place *place = ARENA_NEW(arena, struct ir_place);

	place->kind = kind;
	place->type = type;
	place->span = span;
	return place;
}

struct ir_place *ir_place_var(struct arena *arena, struct ir_var *var, struct span span)
{
	struct ir_place *place = place_create(arena, IR_PLACE_VAR, var->type, span);

	place->var = var;
	return place;
}

struct ir_place *ir_place_deref(struct arena *arena, const struct ir_expr *pointer, struct span span)
{
	const struct ir_type *target = pointer->type ? pointer->type->target : NULL;
	struct ir_place *place = place_create(arena, IR_PLACE_DEREF, target ? target : &unknown_type, span);

	place->pointer = pointer;
	return place;
}

struct ir_place *ir_place_field(struct arena *arena, const struct ir_place *base, const char *interned_field,
				const struct ir_type *type, struct span span)
{
	struct ir_place *place = place_create(arena, IR_PLACE_FIELD, type, span);

	place->part.base = base;
	place->part.field = interned_field;
	return place;
}

const struct ir_scope *ir_scope_try(const struct ir_scope *scope)
{
	while (scope && (scope->kind != IR_SCOPE_TRY || scope->handles_nothing))
		scope = scope->parent;
	return scope;
}

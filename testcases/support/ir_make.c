/* See ir_make.h. */
#include "ir_make.h"

static struct ir_type *make_type(struct maker *m, enum ir_type_kind kind, const char *spelling, int64_t size)
{
	struct ir_type *type = ARENA_NEW(m->arena, struct ir_type);

	type->kind = kind;
	type->spelling = intern(m->pool, spelling);
	type->size = size;
	type->count = -1;
	type->field_count = -1;
	type->param_count = -1;
	return type;
}

static struct span next_span(const struct maker *m)
{
	unsigned line = (unsigned)m->function->insn_count + 1;

	return (struct span){ .file = "f.c", .line = line, .column = 1, .end_line = line, .end_column = 1 };
}

void maker_begin(struct maker *m)
{
	maker_begin_in(m, arena_create(), intern_create());
}

void maker_begin_in(struct maker *m, struct arena *arena, struct intern_pool *pool)
{
	struct ir_type *unsigned_type, *pointer;

	m->arena = arena;
	m->pool = pool;
	m->unit = ir_unit_create(m->arena, intern(m->pool, "f.c"));
	m->type_int = make_type(m, IR_TYPE_INT, "int", 4);
	unsigned_type = make_type(m, IR_TYPE_INT, "unsigned long", 8);
	unsigned_type->is_unsigned = true;
	m->type_unsigned = unsigned_type;
	m->type_record = make_type(m, IR_TYPE_RECORD, "struct device", 64);
	pointer = make_type(m, IR_TYPE_POINTER, "struct device *", 8);
	pointer->target = m->type_record;
	m->type_pointer = pointer;

	make_function(m, "f");
}

void make_function(struct maker *m, const char *name)
{
	struct ir_type *type = make_type(m, IR_TYPE_FUNCTION, "int ()", -1);

	type->target = m->type_int;
	m->function = make_callee(m, name);
	m->function->type = type;
	m->function->has_body = true;
	m->function->span = (struct span){ .file = "f.c", .line = 1, .column = 1, .end_line = 1, .end_column = 1 };
	m->function->end_span =
		(struct span){ .file = "f.c", .line = 999, .column = 1, .end_line = 999, .end_column = 1 };
	m->scope = ir_scope_create(m->arena, m->function, IR_SCOPE_BLOCK, NULL);
}

void maker_end(struct maker *m)
{
	intern_destroy(m->pool);
	arena_destroy(m->arena);
}

/* ---- declarations ----------------------------------------------------------- */

struct ir_var *make_param(struct maker *m, const char *name, const struct ir_type *type)
{
	struct ir_function *function = m->function;
	struct ir_var *var = ir_var_create(m->unit, function, IR_VAR_PARAM, intern(m->pool, name), type);
	struct ir_var **params = ARENA_ARRAY(m->arena, struct ir_var *, (size_t)function->param_count + 1);

	for (int i = 0; i < function->param_count; i++)
		params[i] = function->params[i];
	params[function->param_count++] = var;
	function->params = params;
	return var;
}

struct ir_var *make_local(struct maker *m, const char *name, const struct ir_type *type)
{
	return ir_var_create(m->unit, m->function, IR_VAR_LOCAL, intern(m->pool, name), type);
}

struct ir_function *make_callee(struct maker *m, const char *name)
{
	const char *interned = intern(m->pool, name);
	struct ir_function *function = ir_function_find(m->unit, interned);

	return function ? function : ir_function_create(m->unit, interned);
}

/* ---- expressions ------------------------------------------------------------- */

const struct ir_expr *make_int(struct maker *m, int64_t value)
{
	return ir_expr_int(m->arena, value, m->type_int, next_span(m));
}

const struct ir_expr *make_load(struct maker *m, struct ir_var *var)
{
	return ir_expr_load(m->arena, make_var(m, var), next_span(m));
}

const struct ir_expr *make_read(struct maker *m, const struct ir_place *place)
{
	return ir_expr_load(m->arena, place, next_span(m));
}

const struct ir_expr *make_address(struct maker *m, const struct ir_place *place)
{
	struct ir_expr *expr = ir_expr_create(m->arena, IR_EXPR_ADDRESS, m->type_pointer, next_span(m));

	expr->place = place;
	return expr;
}

const struct ir_expr *make_binary(struct maker *m, enum ir_binary op, const struct ir_expr *left,
				  const struct ir_expr *right)
{
	return ir_expr_binary(m->arena, op, left, right, left->type, next_span(m));
}

const struct ir_expr *make_unary(struct maker *m, enum ir_unary op, const struct ir_expr *operand)
{
	struct ir_expr *expr = ir_expr_create(m->arena, IR_EXPR_UNARY, operand->type, next_span(m));

	expr->op.op = (int)op;
	expr->op.left = operand;
	return expr;
}

const struct ir_expr *make_cast(struct maker *m, const struct ir_type *type, const struct ir_expr *operand,
				bool is_explicit)
{
	struct ir_expr *expr = ir_expr_create(m->arena, IR_EXPR_CAST, type, next_span(m));

	expr->cast.operand = operand;
	expr->cast.is_explicit = is_explicit;
	return expr;
}

const struct ir_place *make_var(struct maker *m, struct ir_var *var)
{
	return ir_place_var(m->arena, var, next_span(m));
}

const struct ir_place *make_deref(struct maker *m, const struct ir_expr *pointer)
{
	return ir_place_deref(m->arena, pointer, next_span(m));
}

const struct ir_place *make_field(struct maker *m, const struct ir_place *base, const char *field)
{
	return ir_place_field(m->arena, base, intern(m->pool, field), m->type_int, next_span(m));
}

const struct ir_place *make_index(struct maker *m, const struct ir_place *base, const struct ir_expr *index)
{
	struct ir_place *place = ir_place_field(m->arena, base, NULL, m->type_int, next_span(m));

	place->kind = IR_PLACE_INDEX;
	place->part.index = index;
	return place;
}

const struct ir_place *make_arrow(struct maker *m, struct ir_var *pointer, const char *field)
{
	struct ir_place *object = ir_place_deref(m->arena, make_load(m, pointer), next_span(m));

	object->is_arrow = true;
	return make_field(m, object, field);
}

/* ---- steps ---------------------------------------------------------------------- */

int make_new_label(struct maker *m)
{
	return ir_label_create(m->function);
}

struct ir_insn *make_step(struct maker *m, enum ir_insn_kind kind)
{
	struct ir_insn *insn = ir_insn_append(m->arena, m->function, kind, next_span(m));

	insn->scope = m->scope;
	return insn;
}

void make_label(struct maker *m, int label)
{
	make_step(m, IR_LABEL)->label = label;
}

void make_jump(struct maker *m, int label)
{
	make_step(m, IR_JUMP)->label = label;
}

void make_branch(struct maker *m, const struct ir_expr *condition, int on_true, int on_false)
{
	struct ir_insn *insn = make_step(m, IR_BRANCH);

	insn->branch.condition = condition;
	insn->branch.on_true = on_true;
	insn->branch.on_false = on_false;
}

void make_store(struct maker *m, const struct ir_place *place, const struct ir_expr *value)
{
	struct ir_insn *insn = make_step(m, IR_ASSIGN);

	insn->assign.place = place;
	insn->assign.value = value;
}

void make_assign(struct maker *m, struct ir_var *var, const struct ir_expr *value)
{
	make_store(m, make_var(m, var), value);
}

void make_call(struct maker *m, struct ir_var *result, const char *name, const struct ir_expr *argument)
{
	const struct ir_place *place = result ? make_var(m, result) : NULL;
	struct ir_insn *insn = make_step(m, IR_CALL);

	insn->call.callee = make_callee(m, name);
	insn->call.result = place;
	if (!argument)
		return;
	insn->call.args = ARENA_ARRAY(m->arena, const struct ir_expr *, 1);
	insn->call.args[0] = argument;
	insn->call.arg_count = 1;
}

void make_return(struct maker *m, const struct ir_expr *value)
{
	make_step(m, IR_RETURN)->assign.value = value;
}

void make_declare(struct maker *m, struct ir_var *var)
{
	make_step(m, IR_DECLARE)->var = var;
}

struct ir_insn *make_switch(struct maker *m, const struct ir_expr *value, int default_label)
{
	struct ir_insn *insn = make_step(m, IR_SWITCH);

	insn->select.value = value;
	insn->select.default_label = default_label;
	return insn;
}

void make_case(struct maker *m, struct ir_insn *select, int64_t low, int64_t high, int label)
{
	size_t count = (size_t)select->select.case_count;
	size_t size = sizeof(*select->select.cases);

	select->select.cases = arena_grow(m->arena, select->select.cases, count * size, (count + 1) * size);
	select->select.cases[count] = (struct ir_switch_case){ .low = low, .high = high, .label = label };
	select->select.case_count++;
}

/* ---- scopes ----------------------------------------------------------------------- */

struct ir_scope *make_scope_begin(struct maker *m, enum ir_scope_kind kind)
{
	struct ir_scope *scope = ir_scope_create(m->arena, m->function, kind, m->scope);
	bool is_block = kind == IR_SCOPE_BLOCK;

	if (!is_block)
		scope->handler_label = make_new_label(m);
	make_step(m, is_block ? IR_SCOPE_ENTER : IR_TRY_BEGIN)->opened = scope;
	m->scope = scope;
	return scope;
}

void make_scope_end(struct maker *m)
{
	bool is_block = m->scope->kind == IR_SCOPE_BLOCK;

	make_step(m, is_block ? IR_SCOPE_EXIT : IR_TRY_END)->opened = m->scope;
	m->scope = m->scope->parent;
}

void make_finally_body(struct maker *m, struct ir_scope *scope)
{
	make_scope_end(m);
	make_label(m, scope->handler_label);
}

void make_finally_end(struct maker *m, struct ir_scope *scope)
{
	make_step(m, IR_FINALLY_END)->opened = scope;
}

struct ir_var *make_guard(struct maker *m, const char *name, const char *cleanup)
{
	struct ir_var *var = make_local(m, name, m->type_int);
	struct ir_scope *scope = m->scope;

	var->cleanup = make_callee(m, cleanup);
	ARENA_PUSH(m->arena, scope->cleanups, scope->cleanup_count, scope->cleanup_capacity, var);
	make_declare(m, var);
	return var;
}

/* Making expressions: loads and decays, implicit conversions, constant folding. */
#include "lower_int.h"

#include <string.h>

struct ir_expr *expr_new(struct lower *l, enum ir_expr_kind kind, const struct ir_type *type, CXCursor cursor)
{
	struct origin origin = cursor_origin(l, cursor);
	struct ir_expr *expr = ir_expr_create(l->arena, kind, type, origin_span(l, &origin));

	expr->macro = origin.within ? origin.within->name : NULL;
	return expr;
}

const struct ir_expr *expr_unknown(struct lower *l, CXCursor cursor)
{
	return expr_new(l, IR_EXPR_UNKNOWN, cursor_type(l, cursor), cursor);
}

/* A number. Only lower_value() knows whether a macro's name stands for it. */
const struct ir_expr *expr_int(struct lower *l, int64_t value, const struct ir_type *type, CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_INT, type, cursor);

	expr->macro = NULL;
	expr->value = type_truncate(type, value);
	return expr;
}

/* The variable a place is a part of, or NULL when it is reached by a pointer. */
static struct ir_var *place_base(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_VAR ? place->var : NULL;
}

static const struct ir_expr *new_address(struct lower *l, const struct ir_place *place, const struct ir_type *type,
					 bool is_decay, CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_ADDRESS, type, cursor);
	struct ir_var *base = place_base(place);

	if (base)
		base->address_taken = true;
	expr->place = place;
	expr->is_decay = is_decay;
	return expr;
}

/* The value of a place: arrays and functions decay. */
const struct ir_expr *expr_load(struct lower *l, const struct ir_place *place, CXCursor cursor)
{
	struct ir_expr *expr;

	if (place->type->kind == IR_TYPE_ARRAY)
		return new_address(l, place, type_pointer_to(l, place->type->target), true, cursor);
	if (place->type->kind == IR_TYPE_FUNCTION && place->kind == IR_PLACE_DEREF)
		return place->pointer;
	expr = expr_new(l, IR_EXPR_LOAD, place->type, cursor);
	expr->place = place;
	return expr;
}

const struct ir_expr *expr_address(struct lower *l, const struct ir_place *place, CXCursor cursor)
{
	if (place->kind == IR_PLACE_DEREF && !place->is_subscript)
		return place->pointer;
	return new_address(l, place, cursor_type(l, cursor), false, cursor);
}

/* A comparison or a negation: 0 or 1 whatever its type. */
bool expr_is_boolean(const struct ir_expr *expr)
{
	if (expr->kind == IR_EXPR_UNARY)
		return expr->op.op == IR_UNARY_NOT;
	return expr->kind == IR_EXPR_BINARY && expr->op.op >= IR_BINARY_EQ && expr->op.op <= IR_BINARY_GE;
}

static const struct ir_expr *new_cast(struct lower *l, const struct ir_expr *operand, const struct ir_type *type,
				      CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_CAST, type, cursor);

	expr->cast.operand = operand;
	return expr;
}

/* Constants change their type in place of a cast; null pointers are the INT 0
 * of a pointer type. */
bool expr_converts_constant(const struct ir_expr *expr, const struct ir_type *type)
{
	if (expr->kind != IR_EXPR_INT)
		return false;
	return type->kind == IR_TYPE_INT || type->kind == IR_TYPE_BOOL ||
	       (type->kind == IR_TYPE_POINTER && expr->value == 0);
}

static const struct ir_expr *retyped(struct lower *l, const struct ir_expr *expr, const struct ir_type *type)
{
	struct ir_expr *copy;

	if (expr->type == type)
		return expr;
	copy = ir_expr_create(l->arena, expr->kind, type, expr->span);
	*copy = *expr;
	copy->type = type;
	if (copy->kind == IR_EXPR_INT)
		copy->value = type_truncate(type, expr->value);
	return copy;
}

/* A positive number that does not fit. */
static bool is_cut(const struct ir_expr *expr, const struct ir_type *type)
{
	return expr->kind == IR_EXPR_INT && type->kind == IR_TYPE_INT && type->size > 0 && type->size < 4 &&
	       expr->value > 0 && expr->value <= INT32_MAX && type_truncate(type, expr->value) != expr->value;
}

/* An implicit conversion. Those within one kind are left out, as ir.h says; so is
 * bool to int, which cannot change a value. */
const struct ir_expr *expr_convert(struct lower *l, const struct ir_expr *expr, const struct ir_type *type,
				   CXCursor cursor)
{
	enum ir_type_kind from = expr->type->kind, to = type->kind;

	if (is_cut(expr, type)) /* what was written shows a mistake */
		return new_cast(l, expr, type, cursor);
	if (expr_converts_constant(expr, type))
		return retyped(l, expr, type);
	if (expr->kind == IR_EXPR_STRING && to == IR_TYPE_POINTER)
		return retyped(l, expr, type);
	if (from == to || from == IR_TYPE_UNKNOWN || to == IR_TYPE_UNKNOWN || to == IR_TYPE_VOID)
		return expr;
	if (to == IR_TYPE_ARRAY || to == IR_TYPE_FUNCTION || to == IR_TYPE_RECORD) /* decayed parameter types */
		return expr;
	if (to == IR_TYPE_INT && from == IR_TYPE_BOOL)
		return expr;
	if (to == IR_TYPE_BOOL && expr_is_boolean(expr))
		return retyped(l, expr, type);
	return new_cast(l, expr, type, cursor);
}

bool expr_constant(const struct ir_expr *expr, int64_t *value)
{
	if (expr->kind == IR_EXPR_INT) {
		*value = expr->value;
		return true;
	}
	if (expr->kind == IR_EXPR_SIZEOF && expr->size.value >= 0) {
		*value = expr->size.value;
		return true;
	}
	return false;
}

static bool fold_shift(enum ir_binary op, int64_t left, int64_t right, bool is_unsigned, int64_t *value)
{
	if (right < 0 || right > 63)
		return false;
	if (op == IR_BINARY_SHL)
		*value = (int64_t)((uint64_t)left << right);
	else
		*value = is_unsigned ? (int64_t)((uint64_t)left >> right) : left >> right;
	return true;
}

static bool fold_division(enum ir_binary op, int64_t left, int64_t right, bool is_unsigned, int64_t *value)
{
	if (right == 0 || (right == -1 && !is_unsigned))
		return false;
	if (is_unsigned)
		*value = (int64_t)(op == IR_BINARY_DIV ? (uint64_t)left / (uint64_t)right :
							 (uint64_t)left % (uint64_t)right);
	else
		*value = op == IR_BINARY_DIV ? left / right : left % right;
	return true;
}

static int64_t fold_compare(enum ir_binary op, int64_t left, int64_t right, bool is_unsigned)
{
	int order = is_unsigned ? ((uint64_t)left > (uint64_t)right) - ((uint64_t)left < (uint64_t)right) :
				  (left > right) - (left < right);

	switch (op) {
	case IR_BINARY_EQ:
		return order == 0;
	case IR_BINARY_NE:
		return order != 0;
	case IR_BINARY_LT:
		return order < 0;
	case IR_BINARY_LE:
		return order <= 0;
	case IR_BINARY_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

static bool fold_binary(enum ir_binary op, int64_t left, int64_t right, bool is_unsigned, int64_t *value)
{
	uint64_t a = (uint64_t)left, b = (uint64_t)right;

	switch (op) {
	case IR_BINARY_ADD:
		*value = (int64_t)(a + b);
		return true;
	case IR_BINARY_SUB:
		*value = (int64_t)(a - b);
		return true;
	case IR_BINARY_MUL:
		*value = (int64_t)(a * b);
		return true;
	case IR_BINARY_DIV:
	case IR_BINARY_REM:
		return fold_division(op, left, right, is_unsigned, value);
	case IR_BINARY_SHL:
	case IR_BINARY_SHR:
		return fold_shift(op, left, right, is_unsigned, value);
	case IR_BINARY_AND:
		*value = left & right;
		return true;
	case IR_BINARY_OR:
		*value = left | right;
		return true;
	case IR_BINARY_XOR:
		*value = left ^ right;
		return true;
	default:
		*value = fold_compare(op, left, right, is_unsigned);
		return true;
	}
}

/* Both operands converted to the wider type: unsigned when that is. */
static bool is_unsigned_operation(const struct ir_type *left, const struct ir_type *right)
{
	if (left->size == right->size)
		return left->is_unsigned || right->is_unsigned;
	return left->size > right->size ? left->is_unsigned : right->is_unsigned;
}

/* Constants fold when one hand wrote them: `GFP_KERNEL | __GFP_ZERO` of a driver
 * stays a tree so that both names are kept, inside one macro it is a number. */
bool expr_folds(const struct ir_expr *made, const struct ir_expr *left, const struct ir_expr *right)
{
	if (made->type->kind != IR_TYPE_INT && made->type->kind != IR_TYPE_BOOL)
		return false;
	if (made->macro)
		return true;
	return left->kind == IR_EXPR_INT && (!right || right->kind == IR_EXPR_INT) && !left->macro &&
	       (!right || !right->macro);
}

const struct ir_expr *expr_binary(struct lower *l, enum ir_binary op, const struct ir_expr *left,
				  const struct ir_expr *right, const struct ir_type *type, CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_BINARY, type, cursor);
	int64_t a, b, value;

	/* container_of() of a first member: the pointer itself. */
	if (expr->macro && type->kind == IR_TYPE_POINTER && (op == IR_BINARY_ADD || op == IR_BINARY_SUB) &&
	    right->kind == IR_EXPR_INT && right->value == 0)
		return left;
	expr->op.op = op;
	expr->op.left = left;
	expr->op.right = right;
	if (expr_folds(expr, left, right) && expr_constant(left, &a) && expr_constant(right, &b) &&
	    fold_binary(op, a, b, is_unsigned_operation(left->type, right->type), &value)) {
		expr->value = type_truncate(type, value);
		expr->kind = IR_EXPR_INT;
		expr->macro = NULL;
	}
	return expr;
}

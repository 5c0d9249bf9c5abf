/* Expressions to symbols. Every load and store through a pointer passes the
 * access hooks, which is where uses of freed, unchecked and user pointers show. */
#include "engine_int.h"

/* A variable index whose value is known now stays apart from a literal one:
 * in the next round of a loop it is another element. */
static const struct sym *eval_index(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *index = eval_expr(a, state, expr);

	return index->kind == SYM_INT && expr->kind != IR_EXPR_INT ? sym_make(a, SYM_INDEX, 0, index, NULL, NULL) :
								     index;
}

static const struct region *eval_deref(struct analysis *a, struct flow_state *state, const struct ir_place *place,
				       const struct sym **pointer)
{
	const struct ir_expr *expr = place->pointer;
	const struct ir_expr *base = expr->kind == IR_EXPR_BINARY ? expr->op.left : NULL;
	const struct sym *index;

	/* p[i] is an element of what p points to, so that p[i] and p[j] share
	 * their object; also while i is known, since it may move on. */
	if (place->is_subscript && base && expr->op.op == IR_BINARY_ADD && base->type &&
	    (base->type->kind == IR_TYPE_POINTER || base->kind == IR_EXPR_ADDRESS)) {
		*pointer = eval_expr(a, state, base);
		index = eval_index(a, state, expr->op.right);
		check_user_index(a, state, region_pointee(a, *pointer), place->type, index, expr->op.right,
				 place->span);
		if (expr->op.right->kind == IR_EXPR_INT && index->value == 0)
			return region_pointee(a, *pointer);
		return region_element(a, region_pointee(a, *pointer), index, place->type);
	}
	*pointer = eval_expr(a, state, expr);
	return region_pointee(a, *pointer);
}

/* What a pointer leads to has the type it was read with, if it had none. */
static const struct region *typed_region(const struct region *region, const struct ir_type *type)
{
	if (!region->type)
		((struct region *)region)->type = type;
	return region;
}

/* The region of a place without touching it: the outermost place's own access
 * is the caller's; inner pointers are loaded on the way. */
static const struct region *place_region(struct analysis *a, struct flow_state *state, const struct ir_place *place,
					 const struct sym **pointer, const struct ir_expr **through)
{
	const struct region *base;
	const struct sym *index;

	switch (place->kind) {
	case IR_PLACE_VAR:
		return region_var(a, place->var);
	case IR_PLACE_DEREF:
		*through = place->pointer;
		return typed_region(eval_deref(a, state, place, pointer), place->type);
	case IR_PLACE_FIELD:
		base = place_region(a, state, place->part.base, pointer, through);
		return region_field(a, base, place->part.field, place->type);
	default:
		base = place_region(a, state, place->part.base, pointer, through);
		index = eval_index(a, state, place->part.index);
		check_user_index(a, state, base, place->type, index, place->part.index, place->span);
		return region_element(a, base, index, place->type);
	}
}

static void access_place(struct analysis *a, struct flow_state *state, const struct region *region,
			 const struct sym *pointer, const struct ir_expr *through, const struct ir_place *place)
{
	if (!pointer)
		return;
	check_deref(a, state, pointer, through, place->span);
	typestate_access(a, state, region, place->span);
}

const struct region *eval_place(struct analysis *a, struct flow_state *state, const struct ir_place *place)
{
	const struct sym *pointer = NULL;
	const struct ir_expr *through = NULL;
	const struct region *region = place_region(a, state, place, &pointer, &through);

	access_place(a, state, region, pointer, through, place);
	return region;
}

static bool is_user_type(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_POINTER && type->space == IR_SPACE_USER;
}

/* A variable's own address stays a kernel pointer, whatever it is cast to. */
static bool is_own_address(const struct sym *sym)
{
	return sym->kind == SYM_ADDRESS && region_root(sym->a)->kind == REGION_VAR;
}

static void mark_user(const struct sym *sym, const struct ir_type *type)
{
	if (sym->kind != SYM_INT && !is_own_address(sym) && is_user_type(type))
		((struct sym *)sym)->is_user = true;
}

/* The value is what the place held before this path stored anything there. */
static bool is_found_there(const struct sym *value, const struct region *region)
{
	return ((value->kind == SYM_INITIAL || value->kind == SYM_MERGE) && value->a == region) ||
	       (value->kind == SYM_HAVOC && region_is_within(region, value->b)) || value->kind == SYM_PART;
}

static const struct sym *eval_load(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *pointer = NULL, *value;
	const struct ir_expr *through = NULL;
	const struct region *region = place_region(a, state, expr->place, &pointer, &through);

	access_place(a, state, region, pointer, through, expr->place);
	/* `for (i...) free(b[i])`: which element it is cannot be followed, so the
	 * elements that were stored one by one are looked after by such a loop. */
	if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT)
		escape_region_contents(a, state, region->base);
	value = state_load(a, state, region, expr->type);
	mark_user(value, expr->type);
	if (is_found_there(value, region) && is_user_place(a->engine, expr->place))
		((struct sym *)value)->is_user = true;
	if (is_found_there(value, region))
		mark_user_contents(a, expr->place, pointer, value);
	if (pointer)
		check_double_fetch(a, state, pointer, value, expr);
	return value;
}

/* The number as the type holds it: `-5000000UL` is positive. */
static int64_t wrap(int64_t value, const struct ir_type *type)
{
	int shift;
	uint64_t bits;

	if (!type || type->kind != IR_TYPE_INT || type->size <= 0 || type->size >= 8)
		return value;
	shift = 64 - (int)type->size * 8;
	bits = (uint64_t)value << shift;
	return type->is_unsigned ? (int64_t)(bits >> shift) : (int64_t)bits >> shift;
}

static const struct sym *eval_cast(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *value = eval_expr(a, state, expr->cast.operand);
	const struct ir_type *from = expr->cast.operand->type;

	if (expr->cast.is_force) {
		((struct sym *)value)->is_waived = true;
		return value;
	}
	/* Only this view of the value is a user pointer: on another path the same
	 * number may be a kernel address (`if (kernel) ... else ...`). */
	if (is_user_type(expr->type) && !value->is_user && value->kind != SYM_INT && !is_own_address(value)) {
		value = sym_make(a, SYM_USER, 0, value, NULL, expr->type);
		((struct sym *)value)->is_user = true;
		return value;
	}
	if (expr->type && expr->type->kind == IR_TYPE_BOOL && !(from && from->kind == IR_TYPE_BOOL) &&
	    value->kind != SYM_PREDICATE)
		return sym_not(a, sym_not(a, value));
	/* Narrowing is taken as the identity: a value that does not fit is rare,
	 * and a fresh symbol would lose what branches said. Constants do wrap. */
	if (value->kind == SYM_INT)
		return sym_int(a, wrap(value->value, expr->type));
	return bound_narrow(a, state, value, expr->type);
}

static const struct sym *eval_unary(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *operand = eval_expr(a, state, expr->op.left);

	if (expr->op.op == IR_UNARY_NOT)
		return sym_not(a, operand);
	if (operand->kind == SYM_INT)
		return sym_int(a, wrap(expr->op.op == IR_UNARY_NEG ? (int64_t)(0 - (uint64_t)operand->value) :
								     ~operand->value,
				       expr->type));
	return sym_make(a, SYM_UNARY, expr->op.op, operand, NULL, expr->type);
}

/* By the usual arithmetic conversions (C17 6.3.1.8): an operand of int or wider that is
 * unsigned and not narrower than the other one makes both unsigned. */
static bool is_unsigned_comparison(const struct ir_expr *expr)
{
	const struct ir_type *left = expr->op.left->type, *right = expr->op.right->type;

	if (!left || !right || left->kind != IR_TYPE_INT || right->kind != IR_TYPE_INT)
		return false;
	return (left->is_unsigned && left->size >= 4 && left->size >= right->size) ||
	       (right->is_unsigned && right->size >= 4 && right->size >= left->size);
}

static void mark_unsigned(const struct sym *comparison)
{
	while (comparison->kind == SYM_UNARY && comparison->op == IR_UNARY_NOT)
		comparison = comparison->a;
	if (comparison->kind == SYM_BINARY)
		((struct sym *)comparison)->is_unsigned_order = true;
}

static uint64_t unsigned_value(int64_t value, int64_t size)
{
	return size >= 8 ? (uint64_t)value : (uint64_t)value & UINT32_MAX;
}

/* Two known numbers that sign matters for and one of which is negative only as it is kept here: 255 > ~0ul. NULL: not so. */
static const struct sym *fold_unsigned(struct analysis *a, const struct ir_expr *expr, const struct sym *left,
				       const struct sym *right)
{
	int64_t size;
	uint64_t l, r;

	if (left->kind != SYM_INT || right->kind != SYM_INT || (left->value >= 0 && right->value >= 0))
		return NULL;
	if (expr->op.op == IR_BINARY_SHR && expr->type && expr->type->is_unsigned && expr->type->size >= 4 &&
	    right->value >= 0 && right->value < 8 * expr->type->size)
		return sym_int(a, (int64_t)(unsigned_value(left->value, expr->type->size) >> right->value));
	if (!is_unsigned_comparison(expr))
		return NULL;
	size = expr->op.left->type->size > expr->op.right->type->size ? expr->op.left->type->size :
									expr->op.right->type->size;
	l = unsigned_value(left->value, size);
	r = unsigned_value(right->value, size);
	switch (expr->op.op) {
	case IR_BINARY_LT:
		return sym_int(a, l < r);
	case IR_BINARY_LE:
		return sym_int(a, l <= r);
	case IR_BINARY_GT:
		return sym_int(a, l > r);
	case IR_BINARY_GE:
		return sym_int(a, l >= r);
	case IR_BINARY_DIV:
		return r ? sym_int(a, (int64_t)(l / r)) : NULL;
	case IR_BINARY_REM:
		return r ? sym_int(a, (int64_t)(l % r)) : NULL;
	default:
		return NULL;
	}
}

static const struct sym *eval_binary(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *left = eval_expr(a, state, expr->op.left);
	const struct sym *right = eval_expr(a, state, expr->op.right), *value;

	if (expr->op.op >= IR_BINARY_EQ) {
		check_comparison(a, state, left, expr->op.op, right, expr);
		check_sign_test(a, state, left, expr->op.op, right, expr);
	}
	if (expr->op.op == IR_BINARY_DIV || expr->op.op == IR_BINARY_REM)
		check_user_divisor(a, state, right, expr->op.right);
	value = fold_unsigned(a, expr, left, right);
	if (!value)
		value = sym_binary(a, expr->op.op, left, right, expr->type);
	if (expr->op.op >= IR_BINARY_EQ && is_unsigned_comparison(expr))
		mark_unsigned(value);
	return value;
}

static const struct sym *eval_address(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	const struct sym *pointer = NULL;
	const struct ir_expr *through = NULL;
	const struct region *region = place_region(a, state, expr->place, &pointer, &through);
	const struct sym *value = sym_address(a, region, expr->type);

	/* The address of a field of a user object is a user address. */
	if (pointer && pointer->is_user && region->kind != REGION_POINTEE)
		((struct sym *)value)->is_user = true;
	mark_user(value, expr->type);
	return value;
}

const struct sym *eval_expr(struct analysis *a, struct flow_state *state, const struct ir_expr *expr)
{
	switch (expr->kind) {
	case IR_EXPR_INT:
		return sym_int(a, expr->value);
	case IR_EXPR_SIZEOF:
		return expr->size.value >= 0 ? sym_int(a, expr->size.value) :
					       sym_make(a, SYM_OPAQUE, 0, expr, NULL, expr->type);
	case IR_EXPR_STRING:
		/* Equal literals are taken for one, as compilers mostly make them. */
		return sym_make(a, SYM_STRING, !expr->text,
				expr->text ? (const void *)intern(a->engine->pool, expr->text) : expr, NULL,
				expr->type);
	case IR_EXPR_FUNCTION:
		return sym_make(a, SYM_FUNCTION, 0, expr->function, NULL, expr->type);
	case IR_EXPR_LOAD:
		return eval_load(a, state, expr);
	case IR_EXPR_ADDRESS:
		return eval_address(a, state, expr);
	case IR_EXPR_UNARY:
		check_float_use(a, state, expr);
		return eval_unary(a, state, expr);
	case IR_EXPR_BINARY:
		check_float_use(a, state, expr);
		return eval_binary(a, state, expr);
	case IR_EXPR_CAST:
		check_float_use(a, state, expr);
		return eval_cast(a, state, expr);
	default: {
		const struct sym *sym = sym_make(a, SYM_OPAQUE, 0, expr, NULL, expr->type);

		state_refresh_sym(a, state, sym);
		return sym;
	}
	}
}

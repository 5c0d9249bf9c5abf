/* Which steps can raise a structured exception: calls, and accesses through a
 * pointer. `*(&x)` is no such access: macros write it for plain variables. */
#include "cfg_int.h"

static bool expr_can_raise(const struct ir_expr *expr);

/* Whether reaching the place goes through a pointer, or computing an index does. */
static bool place_can_raise(const struct ir_place *place)
{
	for (;;) {
		switch (place->kind) {
		case IR_PLACE_VAR:
			return false;
		case IR_PLACE_DEREF:
			if (place->pointer->kind != IR_EXPR_ADDRESS)
				return true;
			place = place->pointer->place;
			break;
		case IR_PLACE_INDEX:
			if (expr_can_raise(place->part.index))
				return true;
			place = place->part.base;
			break;
		case IR_PLACE_FIELD:
			place = place->part.base;
			break;
		}
	}
}

/* Taking the address of `p->f` touches p, not what it points to. */
static bool address_can_raise(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX) {
		if (place->kind == IR_PLACE_INDEX && expr_can_raise(place->part.index))
			return true;
		place = place->part.base;
	}
	return place->kind == IR_PLACE_DEREF && expr_can_raise(place->pointer);
}

static bool expr_can_raise(const struct ir_expr *expr)
{
	for (;;) {
		switch (expr->kind) {
		case IR_EXPR_LOAD:
			return place_can_raise(expr->place);
		case IR_EXPR_ADDRESS:
			return address_can_raise(expr->place);
		case IR_EXPR_BINARY:
			if (expr_can_raise(expr->op.right))
				return true;
			expr = expr->op.left;
			break;
		case IR_EXPR_UNARY:
			expr = expr->op.left;
			break;
		case IR_EXPR_CAST:
			expr = expr->cast.operand;
			break;
		default:
			return false;
		}
	}
}

bool insn_can_raise(const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_CALL:
		return true;
	case IR_ASSIGN:
		return place_can_raise(insn->assign.place) || expr_can_raise(insn->assign.value);
	case IR_ZERO:
		return place_can_raise(insn->assign.place);
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
		return expr_can_raise(insn->assign.value);
	case IR_RETURN:
		return insn->assign.value && expr_can_raise(insn->assign.value);
	case IR_BRANCH:
		return expr_can_raise(insn->branch.condition);
	case IR_SWITCH:
		return expr_can_raise(insn->select.value);
	default:
		return false;
	}
}

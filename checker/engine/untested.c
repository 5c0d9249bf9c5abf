/* Results that the function never looks at. Each call that may fail doubles the ways on; where nothing tells them apart
 * later, a function that starts ten things without a look at any has a thousand ways that differ in nothing it does, and
 * its budget is gone. So in a function with many such calls they are taken to succeed, and their results are remembered
 * as what may be NULL (check_possible_null()). What this loses: that a caller may meet the failure.
 *
 * A result is looked at when what it is stored in is read anywhere in the function other than as the argument of an API
 * that says nothing of failure. Fields are compared by name: that errs towards "looked at". */
#include "engine_int.h"

#include <string.h>

/* Fewer are followed both ways: 16 states. */
enum { MANY_UNTESTED = 5 };

static const struct ir_place *field_or_root(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place;
}

static bool is_same_store(const struct ir_place *left, const struct ir_place *right)
{
	left = field_or_root(left);
	right = field_or_root(right);
	if (left->kind != right->kind)
		return false;
	if (left->kind == IR_PLACE_FIELD)
		return strcmp(left->part.field, right->part.field) == 0;
	return left->kind != IR_PLACE_VAR || left->var == right->var; /* through a pointer: any */
}

static bool expr_reads(const struct ir_expr *expr, const struct ir_place *stored);

static bool place_reads(const struct ir_place *place, const struct ir_place *stored)
{
	while (true) {
		if (is_same_store(place, stored))
			return true;
		if (place->kind == IR_PLACE_VAR)
			return false;
		if (place->kind == IR_PLACE_DEREF)
			return expr_reads(place->pointer, stored);
		if (place->kind == IR_PLACE_INDEX && expr_reads(place->part.index, stored))
			return true;
		place = place->part.base;
	}
}

static bool expr_reads(const struct ir_expr *expr, const struct ir_place *stored)
{
	switch (expr ? expr->kind : IR_EXPR_INT) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		return place_reads(expr->place, stored);
	case IR_EXPR_BINARY:
		return expr_reads(expr->op.left, stored) || expr_reads(expr->op.right, stored);
	case IR_EXPR_UNARY:
		return expr_reads(expr->op.left, stored);
	case IR_EXPR_CAST:
		return expr_reads(expr->cast.operand, stored);
	default:
		return false;
	}
}

static const struct rp_api *called_api(const struct analysis *a, const struct ir_insn *insn)
{
	struct sym site = { .kind = SYM_CALL, .a = insn };

	return origin_api(a, &site);
}

/* Does the step look at it? An API that is given it and says nothing of failure uses it, no more. */
static bool insn_looks_at(const struct analysis *a, const struct ir_insn *insn, const struct ir_place *stored)
{
	const struct rp_api *api;

	switch (insn->kind) {
	case IR_BRANCH:
		return expr_reads(insn->branch.condition, stored);
	case IR_SWITCH:
		return expr_reads(insn->select.value, stored);
	case IR_ASSIGN:
	case IR_RETURN:
		return expr_reads(insn->assign.value, stored);
	case IR_CALL:
		api = called_api(a, insn);
		if (api && api->predicate == RP_PREDICATE_NONE)
			return false;
		for (int i = 0; i < insn->call.arg_count; i++)
			if (expr_reads(insn->call.args[i], stored))
				return true;
		return false;
	case IR_ASM:
		return true;
	default:
		return false;
	}
}

static bool is_looked_at(const struct analysis *a, const struct ir_insn *call)
{
	for (int i = 0; call->call.result && i < a->function->insn_count; i++)
		if (insn_looks_at(a, a->function->insns[i], call->call.result))
			return true;
	return false;
}

void untested_find(struct analysis *a)
{
	int count = 0;

	a->untested_calls = keymap_create(a->arena);
	for (int i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct rp_api *api = insn->kind == IR_CALL ? called_api(a, insn) : NULL;

		if (!api || !call_may_fail(api) || keymap_get(a->ignored_calls, KEYMAP_KEY(insn)) ||
		    is_looked_at(a, insn))
			continue;
		keymap_put(a->untested_calls, KEYMAP_KEY(insn), a);
		count++;
	}
	if (count < MANY_UNTESTED)
		a->untested_calls = keymap_create(a->arena);
}

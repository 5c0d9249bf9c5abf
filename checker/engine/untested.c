/* Results that the function never looks at. Each call that may fail doubles the ways on; where nothing tells them apart
 * later, a function that starts ten things without a look at any has a thousand ways that differ in nothing it does, and
 * its budget is gone. So in a function with many such calls they are taken to succeed, and their results are remembered
 * as what may be NULL (check_possible_null()). What this loses: that a caller may meet the failure.
 *
 * A result is looked at when what it is stored in is read anywhere in the function other than as the argument of an API
 * that says nothing of failure. Fields are compared by name: that errs towards "looked at". */
#include "engine_int.h"

/* Fewer are followed both ways: 16 states. */
enum { MANY_UNTESTED = 5 };

/* What a place is known by: its variable, the (interned) name of its field; all that is reached through pointers is one. */
static uint64_t store_key(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_VAR   ? KEYMAP_KEY(place->var) :
	       place->kind == IR_PLACE_FIELD ? KEYMAP_KEY(place->part.field) :
					       1;
}

static void note_expr(struct analysis *a, struct keymap *read, const struct ir_expr *expr);

/* The place and all that it is a part of. */
static void note_place(struct analysis *a, struct keymap *read, const struct ir_place *place)
{
	while (true) {
		keymap_put(read, store_key(place), a);
		if (place->kind == IR_PLACE_VAR)
			return;
		if (place->kind == IR_PLACE_DEREF) {
			note_expr(a, read, place->pointer);
			return;
		}
		if (place->kind == IR_PLACE_INDEX)
			note_expr(a, read, place->part.index);
		place = place->part.base;
	}
}

static void note_expr(struct analysis *a, struct keymap *read, const struct ir_expr *expr)
{
	switch (expr ? expr->kind : IR_EXPR_INT) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		note_place(a, read, expr->place);
		return;
	case IR_EXPR_BINARY:
		note_expr(a, read, expr->op.left);
		note_expr(a, read, expr->op.right);
		return;
	case IR_EXPR_UNARY:
		note_expr(a, read, expr->op.left);
		return;
	case IR_EXPR_CAST:
		note_expr(a, read, expr->cast.operand);
		return;
	default:
		return;
	}
}

static const struct rp_api *called_api(const struct analysis *a, const struct ir_insn *insn)
{
	struct sym site = { .kind = SYM_CALL, .a = insn };

	return origin_api(a, &site);
}

/* What the step looks at. An API that is given a result and says nothing of failure uses it, no more. */
static void note_step(struct analysis *a, struct keymap *read, const struct ir_insn *insn)
{
	const struct rp_api *api;

	switch (insn->kind) {
	case IR_BRANCH:
		note_expr(a, read, insn->branch.condition);
		return;
	case IR_SWITCH:
		note_expr(a, read, insn->select.value);
		return;
	case IR_ASSIGN:
	case IR_RETURN:
		note_expr(a, read, insn->assign.value);
		return;
	case IR_CALL:
		api = called_api(a, insn);
		for (int i = 0; (!api || api->predicate != RP_PREDICATE_NONE) && i < insn->call.arg_count; i++)
			note_expr(a, read, insn->call.args[i]);
		return;
	case IR_ASM:
		for (int i = 0; i < insn->assembly.input_count; i++)
			note_expr(a, read, insn->assembly.inputs[i]);
		for (int i = 0; i < insn->assembly.output_count; i++)
			note_place(a, read, insn->assembly.outputs[i]);
		return;
	default:
		return;
	}
}

void untested_find(struct analysis *a)
{
	struct keymap *read = keymap_create(a->arena);
	int count = 0;

	a->untested_calls = keymap_create(a->arena);
	for (int i = 0; i < a->function->insn_count; i++)
		note_step(a, read, a->function->insns[i]);
	for (int i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct rp_api *api = insn->kind == IR_CALL ? called_api(a, insn) : NULL;

		if (!api || !call_may_fail(api) || keymap_get(a->ignored_calls, KEYMAP_KEY(insn)) ||
		    (insn->call.result && keymap_get(read, store_key(insn->call.result))))
			continue;
		keymap_put(a->untested_calls, KEYMAP_KEY(insn), a);
		count++;
	}
	if (count < MANY_UNTESTED)
		a->untested_calls = keymap_create(a->arena);
}

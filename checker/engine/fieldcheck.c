/* Direct use of the fields of opaque records (the MDL): a walk over the
 * function's steps, without states. What a header's macro writes is the
 * macro's business and not the driver's. */
#include "engine_int.h"

#include <string.h>

struct field_walk {
	struct analysis *a;
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct ir_insn *insn;
	bool *found; /* only this is asked; NULL: report */
};

static bool is_listed(const struct rp_check *check, const char *field)
{
	int i;

	for (i = 0; i < check->field_count; i++)
		if (strcmp(check->fields[i], field) == 0)
			return true;
	return check->field_count == 0;
}

static bool is_record(const struct rp_check *check, const struct ir_type *type)
{
	return !check->record ||
	       (type && type->kind == IR_TYPE_RECORD && type->tag && strcmp(type->tag, check->record) == 0);
}

static void report_field(const struct field_walk *walk, const struct ir_place *place)
{
	const char *text = readable_text(walk->a, ir_place_text(walk->a->arena, place));
	struct violation v = { .rule = walk->rule,
			       .check = walk->check,
			       .span = place->span.line ? place->span : walk->insn->span,
			       .object = text ? text : place->part.field,
			       .cause = walk->insn };

	if (walk->found)
		*walk->found = true;
	else
		emit_violation(walk->a, &v);
}

static void walk_expr(const struct field_walk *walk, const struct ir_expr *expr);

static void walk_place(const struct field_walk *walk, const struct ir_place *place, enum rp_access access)
{
	const struct rp_check *check = walk->check;

	for (; place;
	     place = place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX ? place->part.base : NULL) {
		if (place->kind == IR_PLACE_DEREF)
			walk_expr(walk, place->pointer);
		if (place->kind == IR_PLACE_INDEX)
			walk_expr(walk, place->part.index);
		if (place->kind == IR_PLACE_FIELD && is_record(check, place->part.base->type) &&
		    is_listed(check, place->part.field) &&
		    (check->access == RP_ACCESS_READ_WRITE || check->access == RP_ACCESS_UNKNOWN ||
		     check->access == access))
			report_field(walk, place);
	}
}

static void walk_expr(const struct field_walk *walk, const struct ir_expr *expr)
{
	if (!expr || expr->macro)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		walk_place(walk, expr->place, RP_ACCESS_READ);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		walk_expr(walk, expr->op.left);
		walk_expr(walk, expr->op.right);
		break;
	case IR_EXPR_CAST:
		walk_expr(walk, expr->cast.operand);
		break;
	default:
		break;
	}
}

static void walk_insn(const struct field_walk *walk)
{
	const struct ir_insn *insn = walk->insn;
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
		walk_expr(walk, insn->assign.value);
		if (!insn->assign.is_init) /* `= ATOMIC_INIT(1)`, also of a part: there is no other way to write it */
			walk_place(walk, insn->assign.place, RP_ACCESS_WRITE);
		break;
	case IR_ZERO:
		walk_place(walk, insn->assign.place, RP_ACCESS_WRITE);
		break;
	case IR_EVAL:
	case IR_RETURN:
		walk_expr(walk, insn->assign.value);
		break;
	case IR_CALL:
		walk_expr(walk, insn->call.target);
		for (i = 0; i < insn->call.arg_count; i++)
			walk_expr(walk, insn->call.args[i]);
		walk_place(walk, insn->call.result, RP_ACCESS_WRITE);
		break;
	case IR_BRANCH:
		walk_expr(walk, insn->branch.condition);
		break;
	case IR_SWITCH:
		walk_expr(walk, insn->select.value);
		break;
	default:
		break;
	}
}

/* Written by a macro as a whole. An assignment counts as its value's macro's, so
 * `mdl->ByteCount = PAGE_SIZE` shows by its two sides being apart. */
static bool is_of_macro(const struct ir_insn *insn)
{
	const struct span *place;

	if (!insn->macro || insn->kind != IR_ASSIGN)
		return insn->macro != NULL;
	place = &insn->assign.place->span;
	return place->line == insn->span.line && place->column == insn->span.column;
}

static void visit_field_check(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			      void *context)
{
	struct field_walk walk = { .a = a, .rule = rule, .check = check };
	int i;

	(void)context;
	for (i = 0; i < a->function->insn_count; i++) {
		walk.insn = a->function->insns[i];
		if (!is_of_macro(walk.insn))
			walk_insn(&walk);
	}
}

bool function_reads_field(struct analysis *a, const char *field)
{
	struct rp_check check = { .fields = &field, .field_count = 1, .access = RP_ACCESS_READ };
	bool found = false;
	struct field_walk walk = { .a = a, .check = &check, .found = &found };
	int i;

	for (i = 0; i < a->function->insn_count && !found; i++) {
		walk.insn = a->function->insns[i];
		walk_insn(&walk);
	}
	return found;
}

void check_field_accesses(struct analysis *a)
{
	emit_each_check(a, RP_CHECK_FIELD_ACCESS, visit_field_check, NULL);
}

/* Values of one type used as values of another that means something else
 * (NTSTATUS and BOOLEAN, two enumerations): a walk over the function's steps,
 * without states. Only the types that the author wrote tell; a value that has
 * lost its typedef is not judged. */
#include "engine_int.h"

#include <string.h>

struct mix_walk {
	struct analysis *a;
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct ir_insn *insn;
};

/* ---- what a value is -------------------------------------------------------------- */

enum side { SIDE_NONE, SIDE_TYPE, SIDE_OTHER };

static bool is_listed(const char *const *names, int count, const char *name)
{
	int i;

	for (i = 0; name && i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static enum side side_of_type(const struct rp_check *check, const struct ir_type *type)
{
	if (!type)
		return SIDE_NONE;
	if (is_listed(check->types, check->type_count, type->typedef_name))
		return SIDE_TYPE;
	if (type->kind == IR_TYPE_BOOL || is_listed(check->others, check->other_count, type->typedef_name))
		return SIDE_OTHER;
	return SIDE_NONE;
}

static enum side side_of(const struct rp_check *check, const struct ir_expr *expr)
{
	if (!expr)
		return SIDE_NONE;
	/* A constant has the type that it is converted to: its name tells what it was. */
	if (is_listed(check->type_macros, check->type_macro_count, expr->macro))
		return SIDE_TYPE;
	if (is_listed(check->other_macros, check->other_macro_count, expr->macro))
		return SIDE_OTHER;
	return side_of_type(check, expr->type);
}

static const char *side_name(const struct rp_check *check, enum side side, const struct ir_type *type)
{
	if (side_of_type(check, type) == side && type->typedef_name)
		return type->typedef_name;
	return side == SIDE_TYPE ? check->types[0] : check->others[0];
}

static const char *expr_text(const struct mix_walk *walk, const struct ir_expr *expr)
{
	const char *text = expr->macro ? expr->macro : readable_text(walk->a, ir_expr_text(walk->a->arena, expr));

	return text && *text ? text : "the value";
}

static void report(const struct mix_walk *walk, const char *text, struct span span, const char *is, const char *as)
{
	struct violation v = { .rule = walk->rule,
			       .check = walk->check,
			       .span = span.line ? span : walk->insn->span,
			       .object = text,
			       .origin = is,
			       .mode = as,
			       .cause = walk->insn,
			       .is_anywhere = true };

	emit_violation(walk->a, &v);
}

/* ---- conversions --------------------------------------------------------------------- */

static void judge_use(const struct mix_walk *walk, const struct ir_expr *value, const struct ir_type *wanted)
{
	enum side is = side_of(walk->check, value), as = side_of_type(walk->check, wanted);

	if (is != SIDE_NONE && as != SIDE_NONE && is != as)
		report(walk, expr_text(walk, value), value->span, side_name(walk->check, is, value->type),
		       side_name(walk->check, as, wanted));
}

static void judge_comparison(const struct mix_walk *walk, const struct ir_expr *expr)
{
	enum side left = side_of(walk->check, expr->op.left), right = side_of(walk->check, expr->op.right);

	if (expr->op.op < IR_BINARY_EQ || left == SIDE_NONE || right == SIDE_NONE || left == right)
		return;
	report(walk, expr_text(walk, expr->op.left), expr->span, side_name(walk->check, left, expr->op.left->type),
	       side_name(walk->check, right, expr->op.right->type));
}

static void walk_expr(const struct mix_walk *walk, const struct ir_expr *expr);

static void walk_place(const struct mix_walk *walk, const struct ir_place *place)
{
	while (place && place->kind != IR_PLACE_VAR) {
		if (place->kind == IR_PLACE_DEREF) {
			walk_expr(walk, place->pointer);
			return;
		}
		if (place->kind == IR_PLACE_INDEX)
			walk_expr(walk, place->part.index);
		place = place->part.base;
	}
}

static void walk_expr(const struct mix_walk *walk, const struct ir_expr *expr)
{
	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		walk_place(walk, expr->place);
		break;
	case IR_EXPR_UNARY:
		walk_expr(walk, expr->op.left);
		break;
	case IR_EXPR_BINARY:
		walk_expr(walk, expr->op.left);
		walk_expr(walk, expr->op.right);
		judge_comparison(walk, expr);
		break;
	case IR_EXPR_CAST:
		walk_expr(walk, expr->cast.operand);
		if (expr->cast.is_explicit)
			judge_use(walk, expr->cast.operand, expr->type);
		break;
	default:
		break;
	}
}

static void walk_call(const struct mix_walk *walk, const struct ir_call *call)
{
	const struct ir_type *type = call->callee && !call->macro ? call->callee->type : NULL;
	enum side is, as;
	int i;

	for (i = 0; i < call->arg_count; i++) {
		walk_expr(walk, call->args[i]);
		if (type && i < type->param_count)
			judge_use(walk, call->args[i], type->params[i]);
	}
	if (!type || !call->result)
		return;
	is = side_of_type(walk->check, type->target);
	as = side_of_type(walk->check, call->result->type);
	if (is != SIDE_NONE && as != SIDE_NONE && is != as)
		report(walk, arena_printf(walk->a->arena, "the result of %s", call->callee->name), walk->insn->span,
		       side_name(walk->check, is, type->target), side_name(walk->check, as, call->result->type));
}

static void walk_insn(const struct mix_walk *walk)
{
	const struct ir_insn *insn = walk->insn;
	const struct ir_type *function = walk->a->function->type;

	switch (insn->kind) {
	case IR_ASSIGN:
		walk_place(walk, insn->assign.place);
		walk_expr(walk, insn->assign.value);
		judge_use(walk, insn->assign.value, insn->assign.place->type);
		break;
	case IR_EVAL:
		walk_expr(walk, insn->assign.value);
		break;
	case IR_RETURN:
		walk_expr(walk, insn->assign.value);
		if (insn->assign.value && function)
			judge_use(walk, insn->assign.value, function->target);
		break;
	case IR_CALL:
		walk_call(walk, &insn->call);
		break;
	case IR_BRANCH:
		walk_expr(walk, insn->branch.condition);
		break;
	default:
		break;
	}
}

/* ---- 0 taken for a failure ------------------------------------------------------------- */

static const struct ir_insn *insn_after_label(const struct analysis *a, int label)
{
	int i = 0;

	while (i < a->function->insn_count &&
	       !(a->function->insns[i]->kind == IR_LABEL && a->function->insns[i]->label == label))
		i++;
	while (i < a->function->insn_count &&
	       (a->function->insns[i]->kind == IR_LABEL || a->function->insns[i]->kind == IR_SCOPE_ENTER))
		i++;
	return i < a->function->insn_count ? a->function->insns[i] : NULL;
}

static bool returns_failure(const struct ir_insn *insn)
{
	const struct ir_expr *value = insn && insn->kind == IR_RETURN ? insn->assign.value : NULL;

	while (value && value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	return value && value->kind == IR_EXPR_INT && (int32_t)value->value < 0;
}

/* `if (!status) return STATUS_UNSUCCESSFUL;` */
static void judge_zero(const struct mix_walk *walk)
{
	const struct ir_insn *insn = walk->insn;
	const struct ir_expr *tested = insn->kind == IR_BRANCH ? insn->branch.condition : NULL;
	int when_zero = insn->kind == IR_BRANCH ? insn->branch.on_false : -1;

	if (tested && tested->kind == IR_EXPR_UNARY && tested->op.op == IR_UNARY_NOT) {
		tested = tested->op.left;
		when_zero = insn->branch.on_true;
	}
	if (tested && side_of(walk->check, tested) == SIDE_TYPE &&
	    returns_failure(insn_after_label(walk->a, when_zero)))
		report(walk, expr_text(walk, tested), tested->span, tested->type->typedef_name,
		       tested->type->typedef_name);
}

/* ---- enumerations ------------------------------------------------------------------------ */

/* The enumeration that the parameter is of; a check may say so of a typedef that is a number for the compiler. */
static const char *wanted_enumeration(const struct rp_check *check, const struct ir_type *type)
{
	int i;

	for (i = 0; type && type->typedef_name && i < check->type_count; i++)
		if (strcmp(type->typedef_name, check->types[i]) == 0)
			return check->others[i];
	return type && type->is_enum ? type->tag : NULL;
}

/* Both have names of their own, and the argument is a constant of the wrong one. */
static void judge_enums(const struct mix_walk *walk)
{
	const struct ir_call *call = &walk->insn->call;
	const struct ir_type *type = call->callee && !call->macro ? call->callee->type : NULL;
	int i;

	for (i = 0; type && i < call->arg_count && i < type->param_count; i++) {
		const struct ir_expr *arg = call->args[i];
		const char *wanted = wanted_enumeration(walk->check, type->params[i]);

		if (arg->kind == IR_EXPR_INT && arg->enumeration && wanted && strcmp(arg->enumeration, wanted) != 0)
			report(walk, expr_text(walk, arg), arg->span, arg->enumeration, wanted);
	}
}

static void visit_enums(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct mix_walk walk = { .a = a, .rule = rule, .check = check };
	int i;

	(void)context;
	for (i = 0; i < a->function->insn_count; i++) {
		walk.insn = a->function->insns[i];
		if (walk.insn->kind == IR_CALL)
			judge_enums(&walk);
	}
}

static void visit_mix(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct mix_walk walk = { .a = a, .rule = rule, .check = check };
	int i;

	(void)context;
	for (i = 0; i < a->function->insn_count; i++) {
		walk.insn = a->function->insns[i];
		if (check->zero_is_success)
			judge_zero(&walk);
		else
			walk_insn(&walk);
	}
}

void check_mixed_types(struct analysis *a)
{
	emit_each_check(a, RP_CHECK_MIXED_TYPES, visit_mix, NULL);
	emit_each_check(a, RP_CHECK_ENUM_ARGUMENT, visit_enums, NULL);
}

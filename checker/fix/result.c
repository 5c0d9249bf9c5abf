/* A call whose result counts what was not done becomes one whose result is an error code: `f(x) ? -EFAULT : 0`. Right only if
 * nobody wants the count. */
#include "fix_int.h"

#include <string.h>

static const struct ir_insn *find_call(const struct fixer *fixer)
{
	const struct finding *finding = fixer->request->finding;

	for (int i = 0; i < finding->step_count; i++) {
		const struct ir_insn *call = fix_step_at(fixer, &finding->steps[i].span, IR_CALL);
		const struct rp_api *api = call ? fix_api(fixer, call) : NULL;

		if (api && api->convention == RP_RESULT_RESIDUE)
			return call;
	}
	return NULL;
}

static bool call_uses(const struct ir_call *call, const struct ir_var *var)
{
	for (int i = 0; i < call->arg_count; i++)
		if (fix_expr_uses(call->args[i], var))
			return true;
	return fix_expr_uses(call->target, var) ||
	       (call->result && call->result->kind != IR_PLACE_VAR && fix_place_uses(call->result, var));
}

static bool asm_uses(const struct ir_insn *insn, const struct ir_var *var)
{
	for (int i = 0; i < insn->assembly.input_count; i++)
		if (fix_expr_uses(insn->assembly.inputs[i], var))
			return true;
	return false;
}

/* The variable that a step copies this one to, whole; NULL. */
static const struct ir_var *copied_to(const struct ir_insn *insn, const struct ir_var *var)
{
	const struct ir_expr *value = insn->assign.value;

	while (value && value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	bool is_copy = insn->assign.place->kind == IR_PLACE_VAR && value && value->kind == IR_EXPR_LOAD &&
		       value->place->kind == IR_PLACE_VAR && value->place->var == var;
	return is_copy ? insn->assign.place->var : NULL;
}

static bool is_comparison(int op)
{
	return op == IR_BINARY_EQ || op == IR_BINARY_NE || op == IR_BINARY_LT || op == IR_BINARY_LE ||
	       op == IR_BINARY_GT || op == IR_BINARY_GE;
}

static bool is_zero(const struct ir_expr *expr)
{
	return expr->kind == IR_EXPR_INT && expr->value == 0;
}

/* Does the expression want more of the variable than whether it is 0, or its whole value? */
static bool computes_with(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr || !fix_expr_uses(expr, var))
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return expr->place->kind != IR_PLACE_VAR;
	case IR_EXPR_CAST:
		return computes_with(expr->cast.operand, var);
	case IR_EXPR_UNARY:
		return expr->op.op != IR_UNARY_NOT || computes_with(expr->op.left, var);
	case IR_EXPR_BINARY:
		return !is_comparison(expr->op.op) || (!is_zero(expr->op.left) && !is_zero(expr->op.right)) ||
		       computes_with(expr->op.left, var) || computes_with(expr->op.right, var);
	default:
		return true;
	}
}

/* Is the variable's value wanted for anything but a test or a return? */
static bool is_counted_with(const struct fixer *fixer, const struct ir_var *var, int depth)
{
	const struct ir_function *function = fixer->function;

	if (var->address_taken || depth > 3 || (var->kind != IR_VAR_LOCAL && var->kind != IR_VAR_TEMP))
		return true;
	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		bool is_wanted = false;

		if (insn->kind == IR_CALL)
			is_wanted = call_uses(&insn->call, var);
		else if (insn->kind == IR_ASM)
			is_wanted = asm_uses(insn, var);
		else if (insn->kind == IR_ASSIGN && fix_expr_uses(insn->assign.value, var))
			is_wanted = !copied_to(insn, var) || (copied_to(insn, var) != var &&
							      is_counted_with(fixer, copied_to(insn, var), depth + 1));
		else if (insn->kind == IR_SWITCH)
			is_wanted = fix_expr_uses(insn->select.value, var);
		else if (insn->kind == IR_EVAL || insn->kind == IR_RETURN)
			is_wanted = computes_with(insn->assign.value, var);
		else if (insn->kind == IR_BRANCH)
			is_wanted = computes_with(insn->branch.condition, var);
		if (is_wanted)
			return true;
	}
	return false;
}

/* Can it hold a negative number that comes out as such? */
static bool holds_errors(const struct fixer *fixer, const struct ir_var *var)
{
	const struct ir_type *result = fixer->function->type->target;

	return var->kind == IR_VAR_TEMP || !var->type->is_unsigned ||
	       (result && result->size > 0 && result->size <= var->type->size);
}

/* Does the call make up all of what is returned or assigned? */
static bool is_whole_value(const struct fixer *fixer, struct text_range call)
{
	size_t before = fix_code_before(fixer, call.begin);
	unsigned behind = text_skip_space(fixer->text, fixer->length, call.end);

	if (before == FIX_NOWHERE || behind >= fixer->length || !strchr(";,)", fixer->text[behind]))
		return false;
	if (fixer->text[before] == '=')
		return before > 0 && !strchr("=!<>+-*/%&|^", fixer->text[before - 1]);
	return before >= 5 && memcmp(fixer->text + before - 5, "return", 6) == 0 && fixer->text[behind] == ';';
}

const char *fix_result(struct fixer *fixer)
{
	const struct ir_insn *call = find_call(fixer);
	struct text_range range;

	if (!call || !call->call.result || !fix_range(fixer, &call->span, &range))
		return "the call is in another function";
	const struct ir_place *result = call->call.result;
	if (result->kind != IR_PLACE_VAR || is_counted_with(fixer, result->var, 0))
		return "the result is used for more than a test and a return";
	if (!holds_errors(fixer, result->var))
		return "the variable cannot hold a negative number";
	if (!is_whole_value(fixer, range))
		return "the call is part of a larger expression";
	fix_add(fixer, range.end, range.end, arena_printf(fixer->arena, " ? %s : 0", fixer->kind->value));
	return NULL;
}

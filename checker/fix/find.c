/* Steps of the IR that a fix is about. */
#include "fix_int.h"

#include <string.h>

const struct ir_insn *fix_step_at(const struct fixer *fixer, const struct span *span, enum ir_insn_kind kind)
{
	const struct ir_function *function = fixer->function;

	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == kind && insn->span.file && span->file && strcmp(insn->span.file, span->file) == 0 &&
		    insn->span.line == span->line && insn->span.column == span->column)
			return insn;
	}
	return NULL;
}

const char *fix_call_name(const struct ir_insn *call)
{
	if (call->call.macro)
		return call->call.macro;
	return call->call.callee ? call->call.callee->name : NULL;
}

const struct rp_api *fix_api(const struct fixer *fixer, const struct ir_insn *call)
{
	const char *name = fix_call_name(call);
	struct rp_match match;

	return name && rules_match_call(fixer->request->rules, name, &match) && !match.shape ? match.api : NULL;
}

const struct rp_fix_name *fix_find_name(const struct rp_fix *kind, const char *of)
{
	for (int i = 0; of && i < kind->name_count; i++)
		if (strcmp(kind->names[i].of, of) == 0)
			return &kind->names[i];
	return NULL;
}

bool fix_place_uses(const struct ir_place *place, const struct ir_var *var)
{
	while (place) {
		switch (place->kind) {
		case IR_PLACE_VAR:
			return place->var == var;
		case IR_PLACE_DEREF:
			return fix_expr_uses(place->pointer, var);
		case IR_PLACE_INDEX:
			if (fix_expr_uses(place->part.index, var))
				return true;
			place = place->part.base;
			break;
		case IR_PLACE_FIELD:
			place = place->part.base;
			break;
		}
	}
	return false;
}

bool fix_expr_uses(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		return fix_place_uses(expr->place, var);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return fix_expr_uses(expr->op.left, var) || fix_expr_uses(expr->op.right, var);
	case IR_EXPR_CAST:
		return fix_expr_uses(expr->cast.operand, var);
	default:
		return false;
	}
}

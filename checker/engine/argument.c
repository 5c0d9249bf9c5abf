/* Conditions on what the author wrote as an argument: a size measured on the
 * wrong thing, the macro a number was written with, literals and addresses.
 * All say yes only when it is surely so. */
#include "engine_int.h"

#include <string.h>

static const struct ir_expr *without_casts(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

/* ---- sizes --------------------------------------------------------------------- */

/* sizeof in a sum or product: `sizeof(p) * n`. */
static const struct ir_expr *find_sizeof(const struct ir_expr *expr)
{
	const struct ir_expr *left;

	expr = without_casts(expr);
	if (expr->kind == IR_EXPR_SIZEOF)
		return expr;
	if (expr->kind != IR_EXPR_BINARY || (expr->op.op != IR_BINARY_MUL && expr->op.op != IR_BINARY_ADD))
		return NULL;
	left = find_sizeof(expr->op.left);
	return left ? left : find_sizeof(expr->op.right);
}

static bool same_target(const struct ir_type *left, const struct ir_type *right)
{
	if (left->kind != right->kind)
		return false;
	if (left->kind == IR_TYPE_RECORD)
		return left->tag && left->tag == right->tag;
	return left == right || (left->spelling && left->spelling == right->spelling);
}

/* The type of the pointer whose target is meant, and how it is written. */
static const struct ir_type *meant_pointer(const struct analysis *a, const struct call_site *site, int param,
					   const char **text)
{
	const struct ir_place *result = site->insn->call.result;
	const struct ir_expr *expr;

	if (param == RP_PARAM_RESULT) {
		*text = result ? ir_place_text(a->arena, result) : NULL;
		return result ? result->type : NULL;
	}
	expr = call_arg_expr(site, param);
	*text = expr ? ir_expr_text(a->arena, without_casts(expr)) : NULL;
	return expr ? without_casts(expr)->type : NULL;
}

/* Is it the size of a pointer of the same type as the one that tells what is
 * meant, and that one leads to a record; or of that pointer itself? A pointer to
 * pointers has targets of the same size, so nothing goes wrong. */
static bool measures_pointer(const struct analysis *a, const struct call_site *site,
			     const struct rp_condition *condition)
{
	const struct ir_expr *expr = call_arg_expr(site, condition->param);
	const struct ir_expr *measure = expr ? find_sizeof(expr) : NULL;
	const struct ir_type *measured = measure ? measure->size.measured : NULL, *meant;
	const char *text = NULL;

	if (!measured || measured->kind != IR_TYPE_POINTER || !measured->target || site->is_replayed)
		return false;
	meant = meant_pointer(a, site, condition->other_param, &text);
	if (!meant || meant->kind != IR_TYPE_POINTER || !meant->target || meant->target->kind == IR_TYPE_POINTER ||
	    meant->target->size == measured->size || !same_target(meant->target, measured->target))
		return false;
	return meant->target->kind == IR_TYPE_RECORD ||
	       (text && measure->size.operand && strcmp(text, ir_expr_text(a->arena, measure->size.operand)) == 0);
}

/* ---- macros ------------------------------------------------------------------------ */

static bool fits(const char *pattern, const char *name)
{
	for (; *pattern && *pattern != '*'; pattern++, name++)
		if (*pattern != *name)
			return false;
	if (!*pattern)
		return !*name;
	for (; *name; name++)
		if (fits(pattern + 1, name))
			return true;
	return fits(pattern + 1, name);
}

bool macro_fits(const char *const *patterns, int count, const char *name)
{
	int i;

	for (i = 0; name && i < count; i++)
		if (fits(patterns[i], name))
			return true;
	return false;
}

static bool is_of_macro(const struct ir_expr *expr, const struct rp_condition *condition)
{
	if (macro_fits(condition->macros, condition->macro_count, expr->macro))
		return true;
	if (expr->kind == IR_EXPR_CAST)
		return is_of_macro(expr->cast.operand, condition);
	return expr->kind == IR_EXPR_BINARY && expr->op.op == IR_BINARY_OR &&
	       (is_of_macro(expr->op.left, condition) || is_of_macro(expr->op.right, condition));
}

static bool mentions_macro(const struct ir_expr *expr, const struct rp_condition *condition)
{
	if (macro_fits(condition->macros, condition->macro_count, expr->macro))
		return true;
	switch (expr->kind) {
	case IR_EXPR_CAST:
		return mentions_macro(expr->cast.operand, condition);
	case IR_EXPR_UNARY:
		return mentions_macro(expr->op.left, condition);
	case IR_EXPR_BINARY:
		return mentions_macro(expr->op.left, condition) || mentions_macro(expr->op.right, condition);
	default:
		return false;
	}
}

/* ---- literals and addresses ----------------------------------------------------------- */

/* Bytes of a variable, an allocation or a parameter that the function may write. */
static bool is_writable(const struct ir_expr *expr)
{
	const struct ir_type *type = expr ? without_casts(expr)->type : NULL;

	return type && type->kind == IR_TYPE_POINTER && type->target && !type->target->is_const;
}

static bool is_own_address(const struct sym *arg)
{
	return arg->kind == SYM_ADDRESS && region_root(arg->a)->kind == REGION_VAR;
}

static bool is_static_variable(const struct sym *arg)
{
	const struct region *region = arg->kind == SYM_ADDRESS ? arg->a : NULL;

	return region && region->kind == REGION_VAR &&
	       (region->var->kind == IR_VAR_GLOBAL || region->var->kind == IR_VAR_STATIC_LOCAL);
}

/* Does any step of the module store into a field of this name, whatever the record? */
static bool is_field_stored(const struct analysis *a, const char *field)
{
	const struct ir_module *module = a->engine->module;
	int u, f, i;

	for (u = 0; u < module->unit_count; u++) {
		for (f = 0; f < module->units[u]->function_count; f++) {
			const struct ir_function *function = module->units[u]->functions[f];

			for (i = 0; function->has_body && i < function->insn_count; i++) {
				const struct ir_insn *insn = function->insns[i];

				if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_FIELD &&
				    insn->assign.place->part.field == field)
					return true;
			}
		}
	}
	return false;
}

static bool lacks_field(const struct analysis *a, const struct sym *arg, const char *field)
{
	const struct ir_var *var = is_static_variable(arg) ? ((const struct region *)arg->a)->var : NULL;
	int i;

	if (!var || var->set_field_count <= 0)
		return false;
	for (i = 0; i < var->set_field_count; i++)
		if (var->set_fields[i] == field)
			return false;
	return !is_field_stored(a, field);
}

static bool is_value_of(const struct sym *arg, const struct rp_condition *condition)
{
	const struct region *region = arg->kind == SYM_INITIAL || arg->kind == SYM_MERGE ? arg->a :
				      arg->kind == SYM_HAVOC				 ? arg->b :
											   NULL;

	return region && region->kind == REGION_VAR && region->var->kind == IR_VAR_GLOBAL &&
	       macro_fits(condition->macros, condition->macro_count, region->var->name);
}

bool is_written_so(const struct analysis *a, const struct call_site *site, const struct sym *arg,
		   const struct rp_condition *condition)
{
	const struct ir_expr *expr = call_arg_expr(site, condition->param);

	switch (condition->kind) {
	case RP_CONDITION_SIZEOF_POINTER:
		return measures_pointer(a, site, condition);
	case RP_CONDITION_MACRO:
		return expr && is_of_macro(expr, condition);
	case RP_CONDITION_NO_MACRO:
		return expr && !mentions_macro(expr, condition);
	case RP_CONDITION_TYPE_SIZE:
		return expr && without_casts(expr)->type && without_casts(expr)->type->size == condition->number;
	case RP_CONDITION_LACKS_FIELD:
		return lacks_field(a, arg, condition->absent_field);
	case RP_CONDITION_VALUE_OF:
		return is_value_of(arg, condition);
	case RP_CONDITION_LITERAL:
		return arg->kind == SYM_STRING;
	case RP_CONDITION_NOT_LITERAL:
		return arg->kind != SYM_STRING && arg->kind != SYM_MERGE && is_writable(expr);
	case RP_CONDITION_VARIABLE:
		return is_static_variable(arg);
	case RP_CONDITION_MEMBER:
		return arg->kind == SYM_ADDRESS && ((const struct region *)arg->a)->kind == REGION_FIELD;
	default:
		return is_own_address(arg);
	}
}

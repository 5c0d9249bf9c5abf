/* What functions of a role may return: values that are surely none of the
 * convention, and the answer to a command that the driver does not know. */
#include "engine_int.h"

#include <string.h>

/* ---- returned values ------------------------------------------------------------- */

bool role_values_matter(struct analysis *a)
{
	const struct rule_set *rules = a->engine->rules;
	int r, c, i;

	for (r = 0; a->role && r < rules->rule_count; r++) {
		if (a->engine->options.enabled && !a->engine->options.enabled[r])
			continue;
		for (c = 0; c < rules->rules[r]->check_count; c++) {
			const struct rp_check *check = &rules->rules[r]->checks[c];

			for (i = 0; check->kind == RP_CHECK_RETURN_VALUE && i < check->role_count; i++)
				if (check->roles[i] == a->role)
					return true;
		}
	}
	return false;
}

static const struct ir_expr *without_casts(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

static bool constant_of(const struct ir_expr *expr, int64_t *value)
{
	expr = without_casts(expr);
	if (expr->kind == IR_EXPR_INT) {
		*value = expr->value;
		return true;
	}
	if (expr->kind != IR_EXPR_UNARY || expr->op.op != IR_UNARY_NEG || !constant_of(expr->op.left, value))
		return false;
	*value = -*value;
	return true;
}

/* Of a number, or of one with a minus: the part that may have been written with a macro. */
static const struct ir_expr *bare_number(const struct ir_expr *expr)
{
	expr = without_casts(expr);
	if (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NEG)
		expr = without_casts(expr->op.left);
	return expr->kind == IR_EXPR_INT ? expr : NULL;
}

/* The number that is returned, as it was written: at the return, or where the variable
 * that is returned was assigned this value. NULL: it is no constant, or written in two ways. */
static const struct ir_expr *returned_number(const struct analysis *a, const struct exit_record *record)
{
	const struct ir_expr *returned = record->insn ? without_casts(record->insn->assign.value) : NULL;
	const struct ir_expr *found = NULL;
	int64_t value;
	int i;

	if (!returned || record->sym->kind != SYM_INT)
		return NULL;
	if (returned->kind != IR_EXPR_LOAD || returned->place->kind != IR_PLACE_VAR)
		return bare_number(returned);
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_VAR ||
		    insn->assign.place->var != returned->place->var || !constant_of(insn->assign.value, &value) ||
		    value != record->sym->value)
			continue;
		if (found && found->macro != bare_number(insn->assign.value)->macro)
			return NULL;
		found = bare_number(insn->assign.value);
	}
	return found;
}

/* What the parameter was on entry. */
static const struct sym *entry_value(struct analysis *a, int param)
{
	if (param >= a->function->param_count)
		return NULL;
	return sym_find(a, SYM_INITIAL, 0, region_var(a, a->function->params[param]), NULL);
}

static bool exceeds_param(struct analysis *a, const struct exit_record *record, int param)
{
	const struct sym *limit = entry_value(a, param), *value = record->sym;

	if (!limit)
		return false;
	if (value->kind == SYM_BINARY && value->op == IR_BINARY_ADD && value->a == limit)
		return range_of(record->state, value->b).low > 0;
	return record->value.low > range_of(record->state, limit).high;
}

static int64_t lowest(struct range range)
{
	return range.low == 0 && range.nonzero ? 1 : range.low;
}

static bool is_wrong_value(struct analysis *a, const struct exit_record *record, const struct rp_check *check)
{
	const struct ir_expr *number;

	if (check->has_above) /* a negative number in 32 unsigned bits is not judged */
		return lowest(record->value) > check->above && record->value.low <= INT32_MAX;
	if (check->above_param >= 0)
		return exceeds_param(a, record, check->above_param);
	number = returned_number(a, record);
	if (check->has_equals)
		return number && !number->macro && record->sym->value == check->equals;
	return number && number->value == record->sym->value &&
	       macro_fits(check->macros, check->macro_count, number->macro);
}

static const char *value_text(struct analysis *a, const struct ir_insn *insn, const struct sym *value)
{
	const struct ir_expr *expr = insn ? without_casts(insn->assign.value) : NULL;
	const char *text = expr && !(expr->kind == IR_EXPR_INT && !expr->macro) ?
				   readable_text(a, object_text(a, expr)) :
				   NULL;

	if (text)
		return text;
	return value && value->kind == SYM_INT ? arena_printf(a->arena, "%lld", (long long)value->value) : "the result";
}

static void visit_role_value(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			     void *context)
{
	const struct exit_record *record = context;
	struct violation v = { .rule = rule, .check = check, .state = record->state, .span = record->span };

	if (!is_wrong_value(a, record, check))
		return;
	v.object = value_text(a, record->insn, record->sym);
	v.cause = record->insn;
	emit_violation(a, &v);
}

void check_role_value(struct analysis *a, const struct exit_record *record)
{
	if (a->role && record->has_value)
		emit_each_check(a, RP_CHECK_RETURN_VALUE, visit_role_value, (void *)record);
}

/* ---- unknown commands --------------------------------------------------------------- */

static bool reads_var(const struct ir_expr *expr, const struct ir_var *var)
{
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return expr->place->kind == IR_PLACE_VAR && expr->place->var == var;
	case IR_EXPR_CAST:
		return reads_var(expr->cast.operand, var);
	case IR_EXPR_UNARY:
		return reads_var(expr->op.left, var);
	case IR_EXPR_BINARY:
		return reads_var(expr->op.left, var) || reads_var(expr->op.right, var);
	default:
		return false;
	}
}

static int label_place(const struct ir_function *function, int label)
{
	int i;

	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL && function->insns[i]->label == label)
			return i;
	return -1;
}

/* The variable's last constant on a way without branches; values seen on it. */
struct default_way {
	const struct ir_var *var; /* last assigned a constant; NULL: none */
	int64_t value;
	const struct ir_insn *given; /* where the value stands */
};

static void follow_assignment(struct default_way *way, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->kind == IR_CALL ? insn->call.result : insn->assign.place;

	if (!place || place->kind != IR_PLACE_VAR)
		return;
	if (insn->kind == IR_ASSIGN && constant_of(insn->assign.value, &way->value)) {
		way->var = place->var;
		way->given = insn;
	} else if (way->var == place->var) {
		way->var = NULL;
	}
}

/* The constant returned on the only way from this step; false when something
 * on it chooses, or what is returned is no constant. */
static bool returned_from(const struct ir_function *function, int at, int64_t *value, const struct ir_insn **given)
{
	struct default_way way = { 0 };
	int steps;

	for (steps = 0; at >= 0 && at < function->insn_count && steps < function->insn_count; steps++) {
		const struct ir_insn *insn = function->insns[at];
		const struct ir_expr *returned;

		switch (insn->kind) {
		case IR_JUMP:
			at = label_place(function, insn->label);
			continue;
		case IR_ASSIGN:
		case IR_CALL:
			follow_assignment(&way, insn);
			break;
		case IR_RETURN:
			if (!insn->assign.value)
				return false;
			*given = insn;
			if (constant_of(insn->assign.value, value))
				return true;
			returned = without_casts(insn->assign.value);
			*given = way.given;
			*value = way.value;
			return returned->kind == IR_EXPR_LOAD && returned->place->kind == IR_PLACE_VAR && way.var &&
			       returned->place->var == way.var;
		case IR_BRANCH:
		case IR_SWITCH:
		case IR_COMPUTED_JUMP:
		case IR_ASM:
		case IR_UNREACHABLE:
			return false;
		default:
			break;
		}
		at++;
	}
	return false;
}

/* Is it the negative of one of them? A constant that the headers do not have may be it. */
static bool is_negative_of(const struct analysis *a, const char **names, int count, int64_t value, bool if_unknown)
{
	int64_t constant;
	int i;

	for (i = 0; i < count; i++) {
		bool is_known = unit_constant(a->unit, names[i], &constant);

		if ((!is_known && if_unknown) || (is_known && value == -constant))
			return true;
	}
	return false;
}

static bool is_right_answer(const struct analysis *a, const struct rp_check *check, int64_t value)
{
	if (check->forbidden_count > 0)
		return !is_negative_of(a, check->forbidden, check->forbidden_count, value, false);
	return is_negative_of(a, check->allowed, check->allowed_count, value, true);
}

static void judge_default(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			  const struct ir_insn *choice)
{
	int at = label_place(a->function, choice->select.default_label);
	struct violation v = { .rule = rule, .check = check };
	const struct ir_insn *given = NULL;
	const struct sym *number;
	int64_t value;

	if (!returned_from(a->function, at, &value, &given) || is_right_answer(a, check, value))
		return;
	number = sym_int(a, value);
	v.span = given->span;
	v.cause = given;
	v.object = value_text(a, given, number);
	emit_violation(a, &v);
}

static void visit_default_return(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
				 void *context)
{
	const struct ir_var *command;
	int i;

	(void)context;
	if (check->param < 0 || check->param >= a->function->param_count)
		return;
	command = a->function->params[check->param];
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind == IR_SWITCH && reads_var(insn->select.value, command))
			judge_default(a, rule, check, insn);
	}
}

void check_default_return(struct analysis *a)
{
	if (a->role)
		emit_each_check(a, RP_CHECK_DEFAULT_RETURN, visit_default_return, NULL);
}

/* ---- declared results ----------------------------------------------------------------- */

static void visit_return_type(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			      void *context)
{
	const struct ir_type *result = a->function->type ? a->function->type->target : NULL;
	struct violation v = { .rule = rule, .check = check, .span = a->function->span };
	int i;

	(void)context;
	for (i = 0; result && result->spelling && i < check->type_count; i++) {
		if (strcmp(check->types[i], result->spelling) != 0)
			continue;
		v.object = result->spelling;
		emit_violation(a, &v);
		return;
	}
}

void check_return_type(struct analysis *a)
{
	if (a->role)
		emit_each_check(a, RP_CHECK_RETURN_TYPE, visit_return_type, NULL);
}

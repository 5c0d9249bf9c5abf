/* Results that say more than success and failure: KeWaitForSingleObject() succeeds
 * with STATUS_TIMEOUT, which a test of the sign alone takes for the event. */
#include "engine_int.h"

#include <string.h>

struct waiting {
	struct flow_state *state;
	const struct call_site *site;
};

static void visit_call(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct waiting *waiting = context;
	int i;

	(void)rule;
	for (i = 0; i < check->pattern_count; i++)
		if (check->patterns[i].api == waiting->site->api &&
		    conditions_hold(a, waiting->state, waiting->site, &check->patterns[i].conditions))
			keymap_put(a->sign_tests, KEYMAP_KEY(waiting->site->insn) ^ KEYMAP_KEY(check), a);
}

/* Before the call: may its result be one of several successes? */
void note_sign_test(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct waiting waiting = { state, site };

	emit_each_check(a, RP_CHECK_SIGN_TEST, visit_call, &waiting);
}

static bool is_result(struct analysis *a, const struct ir_expr *expr, const char *result)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr->kind == IR_EXPR_LOAD && strcmp(ir_place_text(a->arena, expr->place), result) == 0;
}

/* Does the expression compare the result with one value? */
static bool compares_exactly(struct analysis *a, const struct ir_expr *expr, const char *result)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_CAST:
		return compares_exactly(a, expr->cast.operand, result);
	case IR_EXPR_UNARY:
		return compares_exactly(a, expr->op.left, result);
	case IR_EXPR_BINARY:
		if ((expr->op.op == IR_BINARY_EQ || expr->op.op == IR_BINARY_NE) &&
		    (is_result(a, expr->op.left, result) || is_result(a, expr->op.right, result)))
			return true;
		return compares_exactly(a, expr->op.left, result) || compares_exactly(a, expr->op.right, result);
	default:
		return false;
	}
}

/* ... anywhere in the function, or does it hand it on to somebody who may? */
static bool is_looked_at_exactly(struct analysis *a, const char *result)
{
	int i, n;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if ((insn->kind == IR_BRANCH && compares_exactly(a, insn->branch.condition, result)) ||
		    (insn->kind == IR_SWITCH && is_result(a, insn->select.value, result)) ||
		    ((insn->kind == IR_ASSIGN || insn->kind == IR_RETURN) &&
		     compares_exactly(a, insn->assign.value, result)))
			return true;
		for (n = 0; insn->kind == IR_CALL && insn->call.callee && insn->call.callee->has_body &&
			    n < insn->call.arg_count;
		     n++)
			if (is_result(a, insn->call.args[n], result))
				return true;
	}
	return false;
}

struct sign_test {
	struct flow_state *state;
	const struct ir_insn *call;
	const struct ir_expr *expr;
	const struct rp_api *api;
};

static void visit_test(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct sign_test *test = context;
	struct violation v = { .rule = rule, .check = check, .state = test->state, .span = test->expr->span };
	const char *result = test->call->call.result ? ir_place_text(a->arena, test->call->call.result) : NULL;

	if (!keymap_get(a->sign_tests, KEYMAP_KEY(test->call) ^ KEYMAP_KEY(check)) ||
	    (result && is_looked_at_exactly(a, result)))
		return;
	v.cause = test->call;
	v.api = v.origin = test->api->name;
	v.object = result ? readable_text(a, result) : NULL;
	if (!v.object || strchr(v.object, '('))
		v.object = test->api->name;
	v.origin_span = test->call->span;
	v.origin_text = arena_printf(a->arena, "%s has several results that are no failure", test->api->name);
	emit_violation(a, &v);
}

void check_sign_test(struct analysis *a, struct flow_state *state, const struct sym *left, int op,
		     const struct sym *right, const struct ir_expr *expr)
{
	struct sign_test test = { state, left->kind == SYM_CALL ? left->a : NULL, expr, origin_api(a, left) };

	if (!test.call || !test.api || right->kind != SYM_INT || right->value != 0 ||
	    (op != IR_BINARY_GE && op != IR_BINARY_LT))
		return;
	emit_each_check(a, RP_CHECK_SIGN_TEST, visit_test, &test);
}

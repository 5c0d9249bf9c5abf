/* An object is asked for its state, and the answer decides at once what is done
 * to it: somebody else may change it in between. Only what follows the test
 * directly counts, and no loop, which asks again. */
#include "engine_int.h"

#include <string.h>

struct act {
	struct flow_state *state;
	const struct call_site *site;
};

static const struct ir_expr *bare(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST || (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NOT))
		expr = expr->kind == IR_EXPR_CAST ? expr->cast.operand : expr->op.left;
	return expr;
}

/* The variable that a condition asks, as it is or compared with a number. */
static const struct ir_var *asked_var(const struct ir_expr *condition)
{
	const struct ir_expr *expr = bare(condition);

	if (expr->kind == IR_EXPR_BINARY && bare(expr->op.right)->kind == IR_EXPR_INT)
		expr = bare(expr->op.left);
	if (expr->kind != IR_EXPR_LOAD || expr->place->kind != IR_PLACE_VAR || expr->place->var->address_taken ||
	    (expr->place->var->kind != IR_VAR_LOCAL && expr->place->var->kind != IR_VAR_TEMP))
		return NULL;
	return expr->place->var;
}

/* The one call that the variable has its value from. */
static const struct ir_insn *asking_call(const struct analysis *a, const struct ir_var *var)
{
	const struct ir_insn *call = NULL;
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind == IR_DECLARE || liveness_insn_def(insn) != var)
			continue;
		if (call || insn->kind != IR_CALL)
			return NULL;
		call = insn;
	}
	return call;
}

/* The branch on whose one side alone the call stands, before anything else is decided. */
static const struct ir_insn *deciding_branch(const struct analysis *a, const struct ir_insn *call)
{
	const struct cfg_block *block = block_of(a, call), *before;
	const struct ir_insn *last;

	if (!block || block->in_count != 1)
		return NULL;
	before = a->cfg->blocks[block->in[0]->from];
	last = before->insn_count > 0 ? before->insns[before->insn_count - 1] : NULL;
	return last && last->kind == IR_BRANCH && !last->macro ? last : NULL;
}

static bool is_one_of(const struct rp_call_pattern *patterns, int count, const struct rp_api *api)
{
	int i;

	for (i = 0; i < count; i++)
		if (patterns[i].api == api)
			return true;
	return false;
}

static const char *first_text(struct analysis *a, const struct ir_insn *call)
{
	return call->call.arg_count > 0 ? object_text(a, call->call.args[0]) : NULL;
}

static void visit_act(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct act *act = context;
	struct violation v = { .rule = rule, .check = check, .state = act->state, .span = act->site->insn->span };
	const struct ir_insn *branch, *asked;
	const struct ir_var *var;
	const char *object = first_text(a, act->site->insn), *other;
	struct sym probe = { .kind = SYM_CALL };

	if (!object || !is_one_of(check->second, check->second_count, act->site->api))
		return;
	branch = deciding_branch(a, act->site->insn);
	var = branch ? asked_var(branch->branch.condition) : NULL;
	asked = var ? asking_call(a, var) : NULL;
	probe.a = asked;
	if (!asked || !is_one_of(check->patterns, check->pattern_count, origin_api(a, &probe)))
		return;
	other = first_text(a, asked);
	if (!other || strcmp(object, other) != 0 || may_hold_one(a, act->state, check))
		return;
	v.object = object;
	v.api = act->site->name;
	v.origin = origin_api(a, &probe)->name;
	v.origin_span = asked->span;
	v.origin_text = arena_printf(a->arena, "%s asks about %s here", v.origin, object);
	v.cause = act->site->insn;
	v.is_anywhere = true;
	emit_violation(a, &v);
}

void check_test_then_act(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct act act = { state, site };

	if (!a->in_loop && !site->is_replayed)
		emit_each_check(a, RP_CHECK_TEST_THEN_ACT, visit_act, &act);
}

/* Moments and distances of time. A clock's value is a moment; adding a distance
 * to it gives another one, and the difference of two moments is a distance. An
 * argument that is surely the other of what its API takes is wrong. */
#include "engine_int.h"

#include <string.h>

static enum rp_time time_of(const struct analysis *a, const struct sym *sym);

/* 0 is legal as either (now), and a huge number means for ever. */
static enum rp_time time_of_number(int64_t value)
{
	return value > 0 && value <= INT32_MAX ? RP_TIME_RELATIVE : RP_TIME_UNSAID;
}

static enum rp_time time_of_variable(const struct analysis *a, const struct region *region)
{
	const struct rule_set *rules = a->engine->rules;
	int i;

	if (!region || region->kind != REGION_VAR || region->var->kind != IR_VAR_GLOBAL)
		return RP_TIME_UNSAID;
	for (i = 0; i < rules->variable_count; i++)
		if (rules->variables[i]->name == region->var->name)
			return rules->variables[i]->time;
	return RP_TIME_UNSAID;
}

static enum rp_time time_of_call(const struct analysis *a, const struct sym *sym)
{
	const struct rp_api *api = origin_api(a, sym);

	return api ? api->time : RP_TIME_UNSAID;
}

/* Rounding (`x / n * n`) makes a moment of one again. */
static bool is_plain(const struct sym *sym)
{
	return sym->kind != SYM_BINARY ||
	       (sym->op != IR_BINARY_DIV && sym->op != IR_BINARY_REM && is_plain(sym->a) && is_plain(sym->b));
}

static bool mentions_moment(const struct analysis *a, const struct sym *sym)
{
	if (sym->kind == SYM_BINARY)
		return mentions_moment(a, sym->a) || mentions_moment(a, sym->b);
	return time_of(a, sym) == RP_TIME_ABSOLUTE;
}

static enum rp_time time_of_binary(const struct analysis *a, const struct sym *sym)
{
	enum rp_time left = time_of(a, sym->a), right = time_of(a, sym->b);

	switch (sym->op) {
	case IR_BINARY_ADD:
		if (left == RP_TIME_ABSOLUTE || right == RP_TIME_ABSOLUTE)
			return RP_TIME_ABSOLUTE;
		return left == right ? left : RP_TIME_UNSAID;
	case IR_BINARY_SUB:
		if (left == RP_TIME_ABSOLUTE && right != RP_TIME_UNSAID)
			return right == RP_TIME_ABSOLUTE ? RP_TIME_RELATIVE : RP_TIME_ABSOLUTE;
		return left == right ? left : RP_TIME_UNSAID;
	case IR_BINARY_MUL: /* nobody multiplies moments: `seconds * HZ` */
		return is_plain(sym) && !mentions_moment(a, sym) ? RP_TIME_RELATIVE : RP_TIME_UNSAID;
	case IR_BINARY_DIV:
	case IR_BINARY_SHL:
		return left == RP_TIME_RELATIVE ? RP_TIME_RELATIVE : RP_TIME_UNSAID;
	default:
		return RP_TIME_UNSAID;
	}
}

static enum rp_time time_of(const struct analysis *a, const struct sym *sym)
{
	switch (sym->kind) {
	case SYM_INT:
		return time_of_number(sym->value);
	case SYM_INITIAL:
	case SYM_MERGE:
		return time_of_variable(a, sym->a);
	case SYM_HAVOC:
		return time_of_variable(a, sym->b);
	case SYM_CALL:
		return time_of_call(a, sym);
	case SYM_BINARY:
		return time_of_binary(a, sym);
	default:
		return RP_TIME_UNSAID;
	}
}

/* ---- arguments ----------------------------------------------------------------- */

struct time_argument {
	const struct flow_state *state;
	const struct call_site *site;
	const struct rp_param *param;
	const char *object;
};

/* The argument, or the field of what it points to; NULL when that is not known. */
static const struct sym *time_value(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				    int param)
{
	const char *field = site->api->params[param].time_field;
	const struct sym *arg = call_arg(site, param);

	if (!field || !arg)
		return arg;
	if (arg->kind == SYM_INT)
		return NULL;
	return state_load(a, state, region_field(a, region_pointee(a, arg), field, NULL), NULL);
}

static void visit_time(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct time_argument *argument = context;
	struct violation v = { .rule = rule,
			       .check = check,
			       .state = argument->state,
			       .span = argument->site->insn->span,
			       .cause = argument->site->insn,
			       .object = argument->object,
			       .api = argument->site->name,
			       .is_anywhere = true };
	bool is_selected = check->tag_count == 0;
	int i;

	for (i = 0; i < check->tag_count; i++)
		is_selected = is_selected || rp_api_has_tag(argument->site->api, check->tags[i]);
	if (is_selected && (check->expects == RP_TIME_UNSAID || check->expects == argument->param->time))
		emit_violation(a, &v);
}

static const char *time_text(struct analysis *a, const struct call_site *site, int param)
{
	const struct ir_expr *expr = call_arg_expr(site, param);
	const char *text = expr ? readable_text(a, object_text(a, expr)) : NULL;

	if (text && site->api->params[param].time_field)
		text = arena_printf(a->arena, "%s%s%s", text, expr->kind == IR_EXPR_ADDRESS ? "." : "->",
				    site->api->params[param].time_field);
	return text ? text : "the time";
}

void check_times(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->param_count && !site->is_replayed; i++) {
		const struct rp_param *param = &site->api->params[i];
		const struct sym *value = param->time != RP_TIME_UNSAID ? time_value(a, state, site, i) : NULL;
		enum rp_time time = value ? time_of(a, value) : RP_TIME_UNSAID;

		if (time != RP_TIME_UNSAID && time != param->time) {
			struct time_argument argument = { state, site, param, time_text(a, site, i) };

			emit_each_check(a, RP_CHECK_TIME, visit_time, &argument);
		}
	}
}

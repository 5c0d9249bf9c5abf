/* Names that the kernel of the parsed headers no longer has: APIs, constants and
 * fields that the facts say were removed, and calls with the arguments that an
 * API took in the past. A function that the driver itself defines under such a
 * name is the driver's. */
#include "module_int.h"

#include <stdlib.h>
#include <string.h>

struct removed_check {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	int64_t version; /* of the headers; 0: they do not say */
	const struct ir_function *function;
	const struct ir_insn *insn;
};

/* ---- versions --------------------------------------------------------------------- */

/* "4.15" as KERNEL_VERSION(4, 15, 0). */
static int64_t version_number(const char *text)
{
	int64_t number = 0;
	int part;

	for (part = 0; part < 3; part++) {
		char *end;
		long value = strtol(text, &end, 10);

		number = number * 256 + (value < 255 ? value : 255);
		text = *end == '.' ? end + 1 : end;
	}
	return number;
}

static bool is_gone(const struct removed_check *removed, const char *since)
{
	return since && removed->version > 0 && removed->version >= version_number(since);
}

static bool is_selected(const struct rp_check *check, const char *const *tags, int count)
{
	bool found = check->tag_count == 0;
	int i, t;

	for (t = 0; t < count; t++) {
		for (i = 0; i < check->not_tag_count; i++)
			if (strcmp(check->not_tags[i], tags[t]) == 0)
				return false;
		for (i = 0; i < check->tag_count; i++)
			found = found || strcmp(check->tags[i], tags[t]) == 0;
	}
	return found;
}

static void report(const struct removed_check *removed, struct span span, const char *name, const char *version,
		   const char *replacement)
{
	struct module_finding *finding = ARENA_NEW(removed->view->arena, struct module_finding);

	finding->rule = removed->rule;
	finding->check = removed->check;
	finding->span = span;
	finding->function = removed->function;
	finding->api = name;
	finding->object = name;
	finding->version = version;
	finding->replacement = replacement;
	finding_report(removed->view, finding);
}

/* ---- calls ------------------------------------------------------------------------ */

/* A function that the driver brings along, also one that only some of its other files define. */
static bool is_own(const struct ir_function *callee)
{
	return callee && (callee->has_body || (callee->in_user_file && !callee->is_implicit));
}

static const struct rp_api *called_api(const struct removed_check *removed, const struct ir_call *call)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
	struct rp_match match;

	if (!name || is_own(call->callee) || !rules_match_call(removed->view->engine->rules, name, &match) ||
	    match.shape)
		return NULL;
	return match.api;
}

static void check_call_step(const struct removed_check *removed)
{
	const struct ir_call *call = &removed->insn->call;
	const struct rp_api *api = called_api(removed, call);

	if (!api || !is_selected(removed->check, api->tags, api->tag_count))
		return;
	if (!removed->check->changed && is_gone(removed, api->removed))
		report(removed, removed->insn->span, api->name, api->removed, api->replacement);
	if (removed->check->changed && api->old_param_count == call->arg_count && is_gone(removed, api->old_until))
		report(removed, removed->insn->span, api->name, api->old_until, api->replacement);
}

/* Calls that the frontend had to cut: they may stand outside of functions. */
static void check_old_calls(struct removed_check *removed, const struct ir_unit *unit)
{
	struct rp_match match;
	int i;

	removed->function = NULL;
	for (i = 0; removed->check->changed && i < unit->old_call_count; i++) {
		const struct ir_old_call *old = &unit->old_calls[i];

		if (rules_match_call(removed->view->engine->rules, old->name, &match) &&
		    is_selected(removed->check, match.api->tags, match.api->tag_count) &&
		    match.api->old_param_count == old->arg_count && is_gone(removed, match.api->old_until))
			report(removed, old->span, old->name, match.api->old_until, match.api->replacement);
	}
}

/* ---- constants ---------------------------------------------------------------------- */

static void check_constant(const struct removed_check *removed, const struct ir_expr *expr)
{
	const struct rule_set *rules = removed->view->engine->rules;
	int i;

	for (i = 0; expr->macro && i < rules->constant_count; i++) {
		const struct rp_constant *constant = rules->constants[i];

		if (strcmp(constant->name, expr->macro) == 0 && is_gone(removed, constant->removed) &&
		    is_selected(removed->check, constant->tags, constant->tag_count))
			report(removed, expr->span.line ? expr->span : removed->insn->span, constant->name,
			       constant->removed, constant->replacement);
	}
}

static void check_expr(const struct removed_check *removed, const struct ir_expr *expr)
{
	if (!expr)
		return;
	check_constant(removed, expr);
	switch (expr->kind) {
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		check_expr(removed, expr->op.left);
		check_expr(removed, expr->op.right);
		break;
	case IR_EXPR_CAST:
		check_expr(removed, expr->cast.operand);
		break;
	default:
		break;
	}
}

static void check_step(const struct removed_check *removed)
{
	const struct ir_insn *insn = removed->insn;
	int i;

	switch (insn->kind) {
	case IR_CALL:
		check_call_step(removed);
		for (i = 0; i < insn->call.arg_count && !removed->check->changed; i++)
			check_expr(removed, insn->call.args[i]);
		break;
	case IR_ASSIGN:
	case IR_EVAL:
	case IR_RETURN:
		if (!removed->check->changed)
			check_expr(removed, insn->assign.value);
		break;
	case IR_BRANCH:
		if (!removed->check->changed)
			check_expr(removed, insn->branch.condition);
		break;
	default:
		break;
	}
}

/* ---- fields -------------------------------------------------------------------------- */

static void check_bindings(struct removed_check *removed, const struct ir_unit *unit)
{
	const struct rule_set *rules = removed->view->engine->rules;
	int b, i;

	for (b = 0; b < unit->binding_count && !removed->check->changed; b++) {
		const struct ir_binding *binding = &unit->bindings[b];

		removed->function = binding->function;
		for (i = 0; binding->record && i < rules->field_count; i++) {
			const struct rp_field *field = &rules->fields[i];

			if (field->record == binding->record && field->field == binding->field &&
			    is_gone(removed, field->removed) &&
			    is_selected(removed->check, field->tags, field->tag_count))
				report(removed, binding->span,
				       arena_printf(removed->view->arena, ".%s of struct %s", field->field,
						    field->record),
				       field->removed, field->replacement);
		}
	}
}

/* ---- the check ------------------------------------------------------------------------- */

void check_removed_api(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct removed_check removed = { .view = view, .rule = rule, .check = check };
	int u, f, i;

	for (u = 0; u < view->module->unit_count; u++) {
		const struct ir_unit *unit = view->module->units[u];

		if (!unit_constant(unit, check->version, &removed.version))
			removed.version = 0;
		check_old_calls(&removed, unit);
		check_bindings(&removed, unit);
		for (f = 0; f < unit->function_count; f++) {
			removed.function = unit->functions[f];
			if (!removed.function->has_body || removed.function->unit != unit)
				continue;
			for (i = 0; i < removed.function->insn_count; i++) {
				removed.insn = removed.function->insns[i];
				check_step(&removed);
			}
		}
	}
}

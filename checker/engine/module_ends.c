/* Callbacks that somebody stops and waits for (threads), and that may end before
 * they are told to: then the stop uses an object that is gone.
 *
 * A callback is told to end by a test, an API with one of the check's tags,
 * whose result is not 0. Silent when anything may tell the stopping side that
 * the callback has ended. */
#include "module_int.h"

#include <string.h>

struct ends {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct api_site *start, *stop;
	const struct rp_effect *effect; /* by which it starts */
	const struct ir_function *callback;
	struct bitset seen;	   /* steps that a walk began after */
	const struct ir_insn *end; /* where it may end untold */
	bool is_unknown;
};

/* ---- starts, stops and tests ---------------------------------------------------------- */

/* The function that the call starts, if it is the module's. */
static const struct ir_function *started_function(const struct api_site *site)
{
	int p;

	for (p = 0; p < site->api->param_count; p++) {
		const struct ir_expr *arg = site->api->params[p].given_role_count ? bare_expr(site_arg(site, p)) : NULL;

		if (arg && arg->kind == IR_EXPR_FUNCTION && arg->function->has_body)
			return arg->function;
	}
	return NULL;
}

static const struct rp_effect *starting_effect(const struct rp_check *check, const struct api_site *site)
{
	int e;

	for (e = 0; e < site->api->effect_count; e++)
		if (module_has_resource(check, site->api->effects[e].resource) &&
		    event_enters_held(site->api->effects[e].resource, site->api->effects[e].event))
			return &site->api->effects[e];
	return NULL;
}

static bool stops_object(const struct module_view *view, const struct api_site *site,
			 const struct rp_resource *resource, const char *name)
{
	int e;

	for (e = 0; e < site->api->effect_count; e++) {
		const struct rp_effect *effect = &site->api->effects[e];
		const char *stopped;

		if (effect->resource != resource || !event_leaves_held(resource, effect->event))
			continue;
		stopped = site_object_name(view, site, effect);
		if (stopped && strcmp(stopped, name) == 0)
			return true;
	}
	return false;
}

static bool is_test(const struct ends *e, const struct ir_insn *insn)
{
	const struct api_site *site = module_site(e->view, insn);

	return site && module_api_selected(e->check, site->api);
}

/* 0: nothing below the callback asks; 1: only the callback itself does; 2: others, too. */
static int who_tests(const struct ends *e)
{
	struct call_path path;
	int result = 0;
	size_t i;

	for (i = 0; i < e->view->site_count; i++) {
		const struct api_site *site = &e->view->sites[i];

		if (!module_api_selected(e->check, site->api))
			continue;
		if (site->function != e->callback && find_path(e->view, e->callback, site->function, &path))
			return 2;
		if (site->function == e->callback)
			result = 1;
	}
	return result;
}

/* ---- does the stopping side know? --------------------------------------------------------- */

static bool calls_excepted(const struct ends *e)
{
	size_t i;
	int t;

	for (i = 0; i < e->view->site_count; i++)
		for (t = 0; t < e->check->unless_callback_calls_count; t++)
			if (rp_api_has_tag(e->view->sites[i].api, e->check->unless_callback_calls[t]))
				return true;
	return false;
}

static bool reads_written(const struct ends *e, const struct ir_expr *expr)
{
	const struct ir_place *place;

	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		for (place = expr->place; place->kind == IR_PLACE_INDEX; place = place->part.base)
			;
		if (place->kind == IR_PLACE_FIELD)
			return effects_may_write(e->view->effects, e->callback, place->part.field);
		return place->kind == IR_PLACE_VAR && place->var->kind == IR_VAR_GLOBAL &&
		       effects_may_write(e->view->effects, e->callback, place->var->name);
	case IR_EXPR_CAST:
		return reads_written(e, expr->cast.operand);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return reads_written(e, expr->op.left) || reads_written(e, expr->op.right);
	default:
		return false;
	}
}

/* Does the stopping function decide by something that the callback writes, or the callback forget the object? */
static bool is_told(const struct ends *e, const char *name)
{
	const struct ir_function *function = e->stop->function;
	int i;

	if (effects_may_write(e->view->effects, e->callback, name))
		return true;
	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_BRANCH && reads_written(e, function->insns[i]->branch.condition))
			return true;
	return false;
}

/* ---- ways through the callback --------------------------------------------------------------- */

/* Is the variable only ever given the result of tests? *is_mixed: also something else. */
static bool holds_test(const struct ends *e, const struct ir_var *var, bool *is_mixed)
{
	bool has_test = false, has_other = false;
	int i;

	for (i = 0; var && i < e->callback->insn_count; i++) {
		const struct ir_insn *insn = e->callback->insns[i];
		const struct ir_place *place = insn->kind == IR_CALL   ? insn->call.result :
					       insn->kind == IR_ASSIGN ? insn->assign.place :
									 NULL;

		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (insn->kind == IR_CALL && is_test(e, insn))
			has_test = true;
		else
			has_other = true;
	}
	*is_mixed = has_test && has_other;
	return has_test && !has_other;
}

/* A branch on the result of a test: the label where it is 0, -1 when none is. */
static bool reads_test(struct ends *e, const struct ir_insn *insn, int *untold)
{
	const struct ir_expr *condition = bare_expr(insn->branch.condition);
	bool is_negated = false, is_mixed;
	int64_t value;

	for (;;) {
		if (condition->kind == IR_EXPR_UNARY && condition->op.op == IR_UNARY_NOT) {
			is_negated = !is_negated;
		} else if (condition->kind == IR_EXPR_BINARY &&
			   (condition->op.op == IR_BINARY_EQ || condition->op.op == IR_BINARY_NE) &&
			   module_constant(condition->op.right, &value) && value == 0) {
			is_negated = condition->op.op == IR_BINARY_EQ ? !is_negated : is_negated;
		} else {
			break;
		}
		condition = bare_expr(condition->op.left);
	}
	if (!holds_test(e, expr_variable(condition), &is_mixed)) {
		e->is_unknown = e->is_unknown || is_mixed;
		return false;
	}
	*untold = is_negated ? insn->branch.on_true : insn->branch.on_false;
	return true;
}

/* A wait whose condition is the test itself: what follows has been told. */
static bool waits_for_test(const struct ends *e, const struct ir_insn *insn)
{
	bool is_mixed;
	int i;

	for (i = 0; insn->kind == IR_CALL && insn->call.macro && i < insn->call.arg_count; i++)
		if (holds_test(e, expr_variable(insn->call.args[i]), &is_mixed))
			return true;
	return false;
}

static bool ends_here(const struct ends *e, const struct ir_insn *insn)
{
	const struct api_site *site = insn->kind == IR_CALL ? module_site(e->view, insn) : NULL;

	return insn->kind == IR_RETURN || (site && site->api->is_noreturn);
}

static void walk_from(struct ends *e, int from);

static void walk_from_label(struct ends *e, int label)
{
	int i;

	for (i = 0; i < e->callback->insn_count; i++)
		if (e->callback->insns[i]->kind == IR_LABEL && e->callback->insns[i]->label == label)
			walk_from(e, i);
}

static bool visit_step(void *context, const struct ir_insn *insn)
{
	struct ends *e = context;
	int untold;

	if (e->end || e->is_unknown || waits_for_test(e, insn))
		return false;
	if (ends_here(e, insn)) {
		e->end = insn;
		return false;
	}
	if (insn->kind != IR_BRANCH || !reads_test(e, insn, &untold))
		return true;
	walk_from_label(e, untold);
	return false;
}

static void walk_from(struct ends *e, int from)
{
	if (bitset_test(&e->seen, (size_t)from))
		return;
	bitset_set(&e->seen, (size_t)from);
	flow_walk(e->view->arena, e->callback, from, false, visit_step, e);
}

static void find_end(struct ends *e)
{
	e->seen = bitset_create(e->view->arena, (size_t)e->callback->insn_count + 1);
	e->end = NULL;
	e->is_unknown = false;
	if (e->callback->insn_count > 0 && visit_step(e, e->callback->insns[0]))
		walk_from(e, 0);
}

/* ---- findings ------------------------------------------------------------------------------------ */

static void report_end(struct ends *e, struct span span, const char *holder)
{
	struct module_finding *finding = ARENA_NEW(e->view->arena, struct module_finding);

	finding->rule = e->rule;
	finding->check = e->check;
	finding->span = span;
	finding->function = e->callback;
	finding->object = e->callback->name;
	finding->api = e->stop->api->name;
	finding->holder = holder;
	finding->origin = e->start->api->name;
	finding->origin_span = e->stop->insn->span;
	finding_event(e->view, finding, e->start->insn->span, e->effect->resource, e->effect->event, e->callback->name,
		      e->start->api);
	finding_step(finding, e->stop->insn->span, STEP_EVENT,
		     arena_printf(e->view->arena, "%s tells it to end, and waits", e->stop->api->name));
	finding_report(e->view, finding);
}

static void judge_callback(struct ends *e)
{
	int tests = who_tests(e);

	if (tests == 2 || e->callback->is_incomplete)
		return;
	if (tests == 0) {
		report_end(e, e->callback->span, "never asks whether it has to end");
		return;
	}
	find_end(e);
	if (e->end && !e->is_unknown)
		report_end(e, e->end->span, "may end here without having been told to");
}

static void judge_start(struct ends *e, struct keymap *said)
{
	const char *name = site_object_name(e->view, e->start, e->effect);
	size_t i;

	e->callback = started_function(e->start);
	if (!name || !e->callback || keymap_get(said, KEYMAP_KEY(e->callback)))
		return;
	for (i = 0; i < e->view->site_count; i++) {
		e->stop = &e->view->sites[i];
		if (!stops_object(e->view, e->stop, e->effect->resource, name))
			continue;
		keymap_put(said, KEYMAP_KEY(e->callback), e);
		if (!is_told(e, name))
			judge_callback(e);
		return;
	}
}

void check_early_end(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct ends e = { .view = view, .rule = rule, .check = check };
	struct keymap *said = keymap_create(view->arena);
	size_t i;

	if (!view->module->is_whole || calls_excepted(&e))
		return;
	for (i = 0; i < view->site_count; i++) {
		e.start = &view->sites[i];
		e.effect = starting_effect(check, e.start);
		if (e.effect)
			judge_start(&e, said);
	}
}

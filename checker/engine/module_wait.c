/* Calls that wait for a callback to end: made by the callback itself, or holding
 * a lock that the callback takes. */
#include "module_int.h"

#include <string.h>

/* ---- who serves an object ------------------------------------------------------- */

static const char *site_class(const struct module_view *view, const struct api_site *site, int param)
{
	const struct ir_expr *arg = site_arg(site, param);

	return arg ? expr_class(view, site->function, arg) : NULL;
}

/* Is an object of the one class put on the queue of the other anywhere? */
static bool is_queued_on(const struct module_view *view, const char *object, const char *queue)
{
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];

		if (site->api->queues_param >= 0 && site->api->queues_on_param >= 0 &&
		    same_class(site_class(view, site, site->api->queues_on_param), queue) &&
		    same_class(site_class(view, site, site->api->queues_param), object))
			return true;
	}
	return false;
}

static bool serves(const struct module_view *view, const struct role_entry *entry, const char *class)
{
	const char *served = entry->binding->served;

	return class && served && (same_class(served, class) || is_queued_on(view, served, class));
}

/* A queue that is not the driver's own is taken to be the one. */
static bool is_foreign(const struct ir_expr *arg)
{
	const struct ir_var *var = arg ? expr_variable(arg) : NULL;

	return var && var->kind == IR_VAR_GLOBAL && !var->is_defined;
}

/* The line of an interrupt: no queue or timer. */
static bool is_number(const struct ir_expr *arg)
{
	return arg && arg->type && arg->type->kind == IR_TYPE_INT;
}

bool site_waits_for(const struct module_view *view, const struct api_site *site, const char *class)
{
	int param = site->api->waits_for_param;
	const char *waited;

	if (param == RP_OBJECT_SHARED)
		return true;
	if (param < 0)
		return false;
	waited = site_class(view, site, param);
	if (is_number(site_arg(site, param)) && !same_class(waited, class))
		return false;
	return !waited || is_foreign(site_arg(site, param)) || same_class(waited, class) ||
	       is_queued_on(view, class, waited);
}

/* ---- waiting for oneself --------------------------------------------------------- */

static const char *pointee_tag(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_POINTER && type->target ? type->target->tag : NULL;
}

/* Is the expression the callback's first parameter, and that what it was
 * registered for: the timer itself, the number of the interrupt? */
static bool is_own_object(const struct role_entry *entry, const struct ir_expr *expr)
{
	const struct role_binding *binding = entry->binding;
	const struct ir_var *var = expr_variable(expr);
	const struct ir_expr *object;

	if (!var || var->kind != IR_VAR_PARAM || var->param != 0 || !binding->call || binding->object_arg < 0 ||
	    binding->object_arg >= binding->call->arg_count)
		return false;
	object = bare_expr(binding->call->args[binding->object_arg]);
	if (!object->type || !var->type)
		return false;
	if (var->type->kind == IR_TYPE_INT)
		return object->type->kind == IR_TYPE_INT;
	return pointee_tag(var->type) && pointee_tag(var->type) == pointee_tag(object->type);
}

static bool waits_for_entry(const struct module_view *view, const struct role_entry *entry,
			    const struct call_path *path, const struct api_site *site)
{
	const struct ir_expr *arg = site_arg(site, site->api->waits_for_param);
	const struct ir_function *function = site->function;
	const struct ir_expr *given;

	if (!arg)
		return false;
	given = path_argument(path, arg, &function);
	return (function == entry->function && is_own_object(entry, given)) ||
	       serves(view, entry, expr_class(view, function, given));
}

static void report_own_wait(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			    const struct role_entry *entry, const struct call_path *path, const struct api_site *site)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);

	finding->rule = rule;
	finding->check = check;
	finding->span = site->insn->span;
	finding->function = site->function;
	finding->api = site->api->name;
	finding->object = user_text(view, site_arg(site, site->api->waits_for_param));
	finding->holder = "it is that callback which gets here";
	finding_entry(view, finding, entry);
	finding_path(view, finding, path);
	finding_report(view, finding);
}

/* Does the function ask which callback runs? Then it knows better. */
static bool asks_which(const struct module_view *view, const struct ir_function *function)
{
	size_t i;

	for (i = 0; i < view->site_count; i++)
		if (view->sites[i].function == function && view->sites[i].api->tells == RP_TELLS_WORK)
			return true;
	return false;
}

/* Does some path of the callback come to the wait, given what is passed down on the way? */
static bool can_reach(const struct module_view *view, const struct ir_function *callback, const struct api_site *site)
{
	const struct function_summary *summary = summaries_find(view->summaries, callback);
	int i;

	if (!summary || !summary->is_valid || summary->wait_use_count >= SUMMARY_MAX_WAIT_USES)
		return true;
	for (i = 0; i < summary->wait_use_count; i++)
		if (summary->wait_uses[i].function == site->function &&
		    span_order(summary->wait_uses[i].span, site->insn->span) == 0)
			return true;
	return false;
}

/* The field that a condition asks. */
static const struct ir_place *asked_field(const struct ir_expr *expr)
{
	const struct ir_place *field;

	expr = bare_expr(expr);
	if (!expr)
		return NULL;
	if (expr->kind == IR_EXPR_LOAD)
		return expr->place->kind == IR_PLACE_FIELD ? expr->place : NULL;
	if (expr->kind != IR_EXPR_UNARY && expr->kind != IR_EXPR_BINARY)
		return NULL;
	field = asked_field(expr->op.left);
	return field ? field : asked_field(expr->op.right);
}

static bool is_same_field(const struct ir_place *left, const struct ir_place *right)
{
	return left->kind == IR_PLACE_FIELD && left->part.field == right->part.field &&
	       same_class(left->part.base->type->tag, right->part.base->type->tag);
}

static bool is_label_behind(const struct ir_function *function, int label, const struct ir_insn *insn)
{
	int i;

	for (i = insn->index + 1; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL && function->insns[i]->label == label)
			return true;
	return false;
}

/* `= 1` or `|= BIT`; a count says nothing of who counts. */
static bool is_mark(const struct ir_expr *value)
{
	int64_t number;

	value = bare_expr(value);
	if (module_constant(value, &number))
		return number != 0;
	return value->kind == IR_EXPR_BINARY && value->op.op == IR_BINARY_OR;
}

/* Does the function mark the field before the call? */
static bool marks_before(const struct ir_function *function, const struct ir_insn *call, const struct ir_place *field)
{
	int i;

	for (i = 0; i < call->index; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_ASSIGN && is_same_field(insn->assign.place, field) && is_mark(insn->assign.value))
			return true;
	}
	return false;
}

/* Does a field say that the callback runs? It is marked on the way, and who asks it can go past the wait. */
static bool is_told_by_field(const struct call_path *path, const struct api_site *site)
{
	const struct ir_function *function = site->function;
	int i, k;

	for (i = 0; i < site->insn->index; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *field = insn->kind == IR_BRANCH ? asked_field(insn->branch.condition) : NULL;

		if (!field || (!is_label_behind(function, insn->branch.on_true, site->insn) &&
			       !is_label_behind(function, insn->branch.on_false, site->insn)))
			continue;
		for (k = 0; k < path->count; k++)
			if (path->callers[k] != function && marks_before(path->callers[k], path->calls[k], field))
				return true;
	}
	return false;
}

static bool check_own_wait(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			   const struct api_site *site)
{
	size_t i;

	if (asks_which(view, site->function))
		return false;
	for (i = 0; i < view->entry_count; i++) {
		const struct role_entry *entry = &view->entries[i];
		struct call_path path;

		if ((!entry->binding->served && entry->binding->object_arg < 0) ||
		    !module_has_role(check, entry->binding->role) ||
		    !find_path(view, entry->function, site->function, &path) ||
		    !waits_for_entry(view, entry, &path, site) || !can_reach(view, entry->function, site) ||
		    is_told_by_field(&path, site))
			continue;
		report_own_wait(view, rule, check, entry, &path, site);
		return true;
	}
	return false;
}

/* ---- waiting under a lock ---------------------------------------------------------- */

struct held_wait {
	const struct ir_function *root; /* whose summary tells of it */
	const struct wait_use *wait;
	int held;			/* index of the lock that the callback takes */
	const struct role_entry *entry; /* the callback */
	const struct lock_use *use;	/* where it takes it */
};

static const struct lock_use *taken_by(const struct module_view *view, const struct ir_function *callback,
				       const char *class)
{
	const struct function_summary *summary = summaries_find(view->summaries, callback);
	int u;

	for (u = 0; summary && u < summary->lock_use_count; u++)
		if (!summary->lock_uses[u].is_try && same_class(summary->lock_uses[u].lock_class, class))
			return &summary->lock_uses[u];
	return NULL;
}

static bool find_held(const struct module_view *view, struct held_wait *found)
{
	size_t i;
	int h;

	for (i = 0; i < view->entry_count; i++) {
		if (!serves(view, &view->entries[i], found->wait->object_class))
			continue;
		for (h = 0; h < found->wait->held_count; h++) {
			found->held = h;
			found->entry = &view->entries[i];
			found->use = taken_by(view, view->entries[i].function, found->wait->held[h]);
			if (found->use)
				return true;
		}
	}
	return false;
}

static void report_held_wait(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			     const struct held_wait *found)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const struct wait_use *wait = found->wait;
	const char *lock = class_text(wait->held[found->held]);

	finding->rule = rule;
	finding->check = check;
	finding->span = wait->span;
	finding->function = wait->function;
	finding->api = wait->api->name;
	finding->object = wait->object ? wait->object : wait->object_class;
	finding->holder = arena_printf(view->arena, "%s is held here, and the callback takes it", lock);
	finding->origin_span = found->use->span;
	finding_entry(view, finding, found->entry);
	finding_chain(finding, &found->use->chain);
	finding_step(finding, found->use->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` takes `%s` here", found->entry->function->name, lock));
	finding_step(finding, wait->held_spans[found->held], STEP_EVENT,
		     arena_printf(view->arena, "`%s` is taken here and held during the wait", lock));
	finding_chain(finding, &wait->chain);
	finding_report(view, finding);
}

/* Callees stand before their callers, so the shortest chain comes first. */
static void check_held_waits(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			     struct keymap *said)
{
	size_t i;
	int w;

	for (i = 0; i < view->summaries->count; i++) {
		const struct function_summary *summary = view->summaries->items[i];

		for (w = 0; w < summary->wait_use_count; w++) {
			struct held_wait found = { .root = summary->function, .wait = &summary->wait_uses[w] };

			if (!module_api_selected(check, found.wait->api) ||
			    !module_role_matches(view, check, found.root) ||
			    keymap_get(said, span_key(found.wait->span)) || !find_held(view, &found))
				continue;
			keymap_put(said, span_key(found.wait->span), view);
			report_held_wait(view, rule, check, &found);
		}
	}
}

void check_wait_deadlock(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct keymap *said = keymap_create(view->arena);
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];

		if (site->api->waits_for_param >= 0 && module_api_selected(check, site->api) &&
		    check_own_wait(view, rule, check, site))
			keymap_put(said, span_key(site->insn->span), view);
	}
	check_held_waits(view, rule, check, said);
}

/* Plain changes of data that others change at the same time: counted up or down
 * here, while an interrupt or an atomic function changes it elsewhere. A store
 * of a whole word alone is left out: flags are set so, and rightly. */
#include "module_int.h"

#include <string.h>

struct change {
	const char *class;
	const struct ir_place *place;
	const struct ir_function *function;
	const struct ir_insn *insn;
	bool is_update; /* the new value is made of the old one */
};

struct change_list {
	struct change *items;
	size_t count, capacity;
};

/* ---- changes ------------------------------------------------------------------------------ */

static bool reads_class(const struct module_view *view, const struct ir_expr *expr, const char *class)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return same_class(object_place_class(view, expr->place), class);
	case IR_EXPR_CAST:
		return reads_class(view, expr->cast.operand, class);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return reads_class(view, expr->op.left, class) || reads_class(view, expr->op.right, class);
	default:
		return false;
	}
}

static bool is_shared_place(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind == IR_PLACE_FIELD)
		return place->part.base->type && place->part.base->type->in_user_file;
	return place->kind == IR_PLACE_VAR &&
	       (place->var->kind == IR_VAR_GLOBAL || place->var->kind == IR_VAR_STATIC_LOCAL);
}

static void add_change(struct module_view *view, struct change_list *list, const struct ir_function *function,
		       const struct ir_insn *insn)
{
	struct change change = { .function = function, .insn = insn };
	const struct ir_type *type;

	if (insn->kind != IR_ASSIGN || insn->assign.is_init || !is_shared_place(insn->assign.place))
		return;
	change.place = insn->assign.place;
	type = change.place->type;
	change.class = object_place_class(view, change.place);
	if (!change.class || !type || type->kind != IR_TYPE_INT)
		return;
	change.is_update = reads_class(view, insn->assign.value, change.class);
	ARENA_PUSH(view->arena, list->items, list->count, list->capacity, change);
}

static void find_changes(struct module_view *view, struct change_list *list)
{
	const struct ir_module *module = view->module;
	int u, f, i;

	for (u = 0; u < module->unit_count; u++)
		for (f = 0; f < module->units[u]->function_count; f++) {
			const struct ir_function *function = module->units[u]->functions[f];

			/* An inline function of a header is in several units. */
			if (keymap_get(view->unit_by_function, KEYMAP_KEY(function)) != module->units[u])
				continue;
			for (i = 0; i < function->insn_count; i++)
				add_change(view, list, function, function->insns[i]);
		}
}

/* ---- where they run ------------------------------------------------------------------------- */

static bool is_interrupt(const struct rp_role *role)
{
	return role->irql_min >= RP_IRQL_DEVICE || role->context == RP_CONTEXT_HARDIRQ;
}

static const struct role_entry *interrupt_leading_to(struct module_view *view, const struct ir_function *function)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (is_interrupt(view->entries[i].binding->role) &&
		    find_path(view, view->entries[i].function, function, &path))
			return &view->entries[i];
	return NULL;
}

static const struct role_entry *entry_leading_to(struct module_view *view, const struct rp_check *check,
						 const struct ir_function *function)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (module_has_role(check, view->entries[i].binding->role) &&
		    find_path(view, view->entries[i].function, function, &path))
			return &view->entries[i];
	return NULL;
}

/* Does the function take one of the check's locks, or does one that leads to it start or stop the interrupt? */
static bool is_protected(struct module_view *view, const struct rp_check *check, const struct ir_function *function,
			 const char *family)
{
	struct call_path path;
	size_t i;
	int e;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		bool leads = find_path(view, site->function, function, &path);

		if (leads && family && (site->api->starts == family || site->api->stops == family))
			return true;
		for (e = 0; leads && e < site->api->effect_count; e++)
			if (module_has_resource(check, site->api->effects[e].resource))
				return true;
	}
	return false;
}

/* ---- data of interrupts ------------------------------------------------------------------------ */

static void report_change(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			  const struct change *change, const struct role_entry *entry, struct span other,
			  const char *other_text, const char *origin)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	struct call_path path;

	finding->rule = rule;
	finding->check = check;
	finding->span = change->insn->span;
	finding->function = change->function;
	finding->object = ir_place_text(view->arena, change->place);
	finding->origin = origin;
	finding->origin_span = other;
	finding_step(finding, other, STEP_EVENT, other_text);
	if (entry) {
		finding_entry(view, finding, entry);
		if (find_path(view, entry->function, change->function, &path))
			finding_path(view, finding, &path);
	}
	finding_report(view, finding);
}

/* A change in an interrupt that this one may fall into: at least one of them is an update. */
static const struct change *find_rival(struct module_view *view, const struct change_list *list,
				       const struct change *change, const struct role_entry **interrupt)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct change *rival = &list->items[i];

		if (rival->class != change->class || rival->function == change->function ||
		    (!rival->is_update && !change->is_update))
			continue;
		*interrupt = interrupt_leading_to(view, rival->function);
		if (*interrupt)
			return rival;
	}
	return NULL;
}

void check_interrupt_data(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct change_list list = { 0 };
	size_t i;

	if (!view->module->is_whole)
		return;
	find_changes(view, &list);
	for (i = 0; i < list.count; i++) {
		const struct change *change = &list.items[i], *rival;
		const struct role_entry *entry, *interrupt;

		rival = find_rival(view, &list, change, &interrupt);
		if (!rival || interrupt_leading_to(view, change->function))
			continue;
		entry = entry_leading_to(view, check, change->function);
		if (entry && !is_protected(view, check, change->function, interrupt->binding->role->family))
			report_change(view, rule, check, change, entry, rival->insn->span,
				      arena_printf(view->arena, "`%s` changes it here, as %s",
						   interrupt->function->name, interrupt->binding->role->name),
				      interrupt->function->name);
	}
}

/* ---- data of atomic functions ------------------------------------------------------------------ */

static bool runs_alone(const struct module_view *view, const struct ir_function *function)
{
	const struct rp_role *role = effects_role(view->effects, function);

	return effects_runs_in_init(view->effects, function) || (role && role->is_exit);
}

static const struct api_site *find_atomic(struct module_view *view, const struct rp_check *check, const char *class)
{
	size_t i;
	int p;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];

		if (!module_api_selected(check, site->api))
			continue;
		for (p = 0; p < site->api->param_count; p++) {
			const struct ir_expr *arg = site->api->params[p].access == RP_ACCESS_READ_WRITE ?
							    site_arg(site, p) :
							    NULL;
			const struct ir_place *place = arg ? expr_object(site->function, arg) : NULL;

			if (place && same_class(object_place_class(view, place), class))
				return site;
		}
	}
	return NULL;
}

void check_mixed_atomic(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct change_list list = { 0 };
	size_t i;

	find_changes(view, &list);
	for (i = 0; i < list.count; i++) {
		const struct change *change = &list.items[i];
		const struct api_site *site;

		if (!change->is_update || runs_alone(view, change->function))
			continue;
		site = find_atomic(view, check, change->class);
		if (site)
			report_change(view, rule, check, change, NULL, site->insn->span,
				      arena_printf(view->arena, "%s changes it here", site->api->name),
				      site->api->name);
	}
}

/* The view of a module that its checks share, and which check runs when. */
#include "module_int.h"

#include <stdlib.h>
#include <string.h>

int span_order(struct span left, struct span right)
{
	int files = strcmp(left.file ? left.file : "", right.file ? right.file : "");

	if (files)
		return files;
	if (left.line != right.line)
		return left.line < right.line ? -1 : 1;
	if (left.column != right.column)
		return left.column < right.column ? -1 : 1;
	return 0;
}

uint64_t span_key(struct span span)
{
	return (KEYMAP_KEY(span.file) * 1000003 + span.line) * 1000003 + span.column;
}

/* ---- the view ------------------------------------------------------------------ */

static bool match_site(const struct module_view *view, const struct ir_call *call, struct api_site *site)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
	struct rp_match match;

	/* A driver's own function of that name is not the kernel's. */
	if (!name || (call->callee && call->callee->has_body) || !rules_match_call(view->engine->rules, name, &match))
		return false;
	site->api = match.api;
	site->shape = match.shape;
	return true;
}

static void add_sites(struct module_view *view, const struct ir_unit *unit, const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		struct api_site site = { .unit = unit, .function = function, .insn = function->insns[i] };

		if (site.insn->kind == IR_CALL && match_site(view, &site.insn->call, &site))
			ARENA_PUSH(view->arena, view->sites, view->site_count, view->site_capacity, site);
	}
}

static int compare_sites(const void *left, const void *right)
{
	const struct api_site *a = left, *b = right;
	int order = span_order(a->insn->span, b->insn->span);

	return order ? order : strcmp(a->api->name, b->api->name);
}

static void add_entries(struct module_view *view, const struct ir_function *function)
{
	int count, i;
	const struct role_binding *bindings = effects_role_bindings(view->effects, function, &count);

	for (i = 0; i < count; i++) {
		struct role_entry entry = { function, &bindings[i] };

		ARENA_PUSH(view->arena, view->entries, view->entry_count, view->entry_capacity, entry);
	}
}

static int compare_entries(const void *left, const void *right)
{
	const struct role_entry *a = left, *b = right;
	int order = span_order(a->function->span, b->function->span);

	order = order ? order : strcmp(a->function->name, b->function->name);
	order = order ? order : span_order(a->binding->span, b->binding->span);
	return order ? order : strcmp(a->binding->role->name, b->binding->role->name);
}

static void sort_view(struct module_view *view)
{
	size_t i;

	if (view->site_count > 0)
		qsort(view->sites, view->site_count, sizeof(*view->sites), compare_sites);
	if (view->entry_count > 0)
		qsort(view->entries, view->entry_count, sizeof(*view->entries), compare_entries);
	for (i = 0; i < view->site_count; i++)
		keymap_put(view->site_by_insn, KEYMAP_KEY(view->sites[i].insn), &view->sites[i]);
}

static void read_module(struct module_view *view)
{
	int u, f;

	for (u = 0; u < view->module->unit_count; u++) {
		const struct ir_unit *unit = view->module->units[u];

		for (f = 0; f < unit->function_count; f++) {
			const struct ir_function *function = unit->functions[f];

			if (!function->has_body || keymap_get(view->unit_by_function, KEYMAP_KEY(function)))
				continue;
			keymap_put(view->unit_by_function, KEYMAP_KEY(function), view->module->units[u]);
			add_sites(view, unit, function);
			add_entries(view, function);
		}
	}
	sort_view(view);
}

const struct api_site *module_site(const struct module_view *view, const struct ir_insn *insn)
{
	return keymap_get(view->site_by_insn, KEYMAP_KEY(insn));
}

/* ---- which check ------------------------------------------------------------------- */

bool module_has_role(const struct rp_check *check, const struct rp_role *role)
{
	int i;

	for (i = 0; i < check->role_count; i++)
		if (check->roles[i] == role)
			return true;
	return check->role_count == 0;
}

bool module_role_matches(const struct module_view *view, const struct rp_check *check,
			 const struct ir_function *function)
{
	int count, i;
	const struct role_binding *bindings = effects_role_bindings(view->effects, function, &count);
	bool found = check->role_count == 0;

	if (check->role != RP_ROLE_ANY &&
	    (check->role == RP_ROLE_INIT) != effects_runs_in_init(view->effects, function))
		return false;
	for (i = 0; i < count && !found; i++)
		found = module_has_role(check, bindings[i].role);
	return found;
}

static bool has_tag(const struct rp_api *api, const char *const *tags, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (rp_api_has_tag(api, tags[i]))
			return true;
	return false;
}

bool module_api_selected(const struct rp_check *check, const struct rp_api *api)
{
	if (has_tag(api, check->not_tags, check->not_tag_count))
		return false;
	return check->tag_count == 0 || has_tag(api, check->tags, check->tag_count);
}

bool module_has_resource(const struct rp_check *check, const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < check->resource_count; i++)
		if (check->resources[i] == resource)
			return true;
	return false;
}

bool same_class(const char *left, const char *right)
{
	return left && right && strcmp(left, right) == 0;
}

static module_check_visit check_of_kind(enum rp_check_kind kind)
{
	switch (kind) {
	case RP_CHECK_UNRELEASED:
		return check_unreleased;
	case RP_CHECK_NO_EXIT:
		return check_no_exit;
	case RP_CHECK_LOCK_CONTEXT:
		return check_lock_context;
	case RP_CHECK_LOCK_ORDER:
		return check_lock_order;
	case RP_CHECK_WAIT_DEADLOCK:
		return check_wait_deadlock;
	case RP_CHECK_START_ORDER:
		return check_start_order;
	case RP_CHECK_STOP_ORDER:
		return check_stop_order;
	case RP_CHECK_ARGUMENT_PAIR:
		return check_argument_pair;
	case RP_CHECK_FREED_UNWAITED:
		return check_freed_unwaited;
	case RP_CHECK_EXIT_UNWAITED:
		return check_exit_unwaited;
	case RP_CHECK_UNINITIALISED:
		return check_uninitialised;
	case RP_CHECK_NEVER_TESTED:
		return check_untested;
	case RP_CHECK_NEVER_WOKEN:
		return check_never_woken;
	case RP_CHECK_WAKE_ORDER:
		return check_wake_order;
	case RP_CHECK_WAIT_CONDITION:
		return check_wait_condition;
	case RP_CHECK_EARLY_END:
		return check_early_end;
	case RP_CHECK_UNGUARDED:
		return check_unguarded;
	case RP_CHECK_MISSING_MACRO:
		return check_missing_macro;
	case RP_CHECK_INTERRUPT_DATA:
		return check_interrupt_data;
	case RP_CHECK_MIXED_ATOMIC:
		return check_mixed_atomic;
	case RP_CHECK_ROLE_RETURN:
		return check_role_return;
	case RP_CHECK_REMOVED_API:
		return check_removed_api;
	default:
		return NULL;
	}
}

static bool is_enabled(const struct module_view *view, const struct rp_rule *rule)
{
	if (view->module->os && strcmp(view->module->os, rule->os) != 0)
		return false;
	return !view->engine->options.enabled || view->engine->options.enabled[rule->index];
}

static void run_rule(struct module_view *view, const struct rp_rule *rule)
{
	int c;

	for (c = 0; c < rule->check_count; c++) {
		module_check_visit visit = check_of_kind(rule->checks[c].kind);

		if (visit)
			visit(view, rule, &rule->checks[c]);
	}
}

void module_check(struct engine *engine, const struct ir_module *module, const struct unit_effects *effects,
		  const struct callgraph *callgraph, const struct summaries *summaries, struct report *report)
{
	struct module_view view = { .engine = engine,
				    .arena = engine->scratch,
				    .module = module,
				    .effects = effects,
				    .callgraph = callgraph,
				    .summaries = summaries,
				    .report = report };
	int r;

	view.site_by_insn = keymap_create(view.arena);
	view.uninit_said = keymap_create(view.arena);
	view.unwaited_said = keymap_create(view.arena);
	view.reach_by_function = keymap_create(view.arena);
	view.unit_by_function = keymap_create(view.arena);
	read_module(&view);
	for (r = 0; r < engine->rules->rule_count; r++)
		if (is_enabled(&view, engine->rules->rules[r]))
			run_rule(&view, engine->rules->rules[r]);
	arena_reset(engine->scratch);
}

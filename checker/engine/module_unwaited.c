/* Stops that do not wait: an object's callback may still be running when the
 * memory that the object is in is freed, or when the module goes.
 *
 * Nothing is said when anything on a way to the stop, or below it, waits for
 * such objects. The stop and the release are in one function or one call below
 * it. */
#include "module_int.h"

#include <string.h>

struct unwaited {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct near_site stop;
	const struct rp_effect *effect; /* by which it stops the object */
	const char *class;		/* of the object */
	const struct role_entry *callback;
	const struct ir_expr *holder; /* the pointer to the memory that the object is in, as the function has it */
	const char *holder_text;
	bool is_reported;
};

/* ---- stops ------------------------------------------------------------------------ */

/* A stop whose result nobody looks at: who does, knows whether the callback runs. */
static const struct rp_effect *stop_effect(const struct rp_check *check, const struct near_site *near)
{
	const struct rp_api *api = near->site->api;
	int e;

	if (api->waits_for_param != -1 || near->site->insn->call.result)
		return NULL;
	for (e = 0; e < api->effect_count; e++)
		if (module_has_resource(check, api->effects[e].resource) && api->effects[e].object == RP_OBJECT_PARAM &&
		    event_leaves_held(api->effects[e].resource, api->effects[e].event))
			return &api->effects[e];
	return NULL;
}

/* Does the callback call an API of the check's `unless-callback-calls`: it holds a reference of its own. */
static bool is_excepted(const struct unwaited *u)
{
	struct call_path path;
	size_t i;
	int t;

	for (t = 0; t < u->check->unless_callback_calls_count; t++)
		for (i = 0; i < u->view->site_count; i++)
			if (rp_api_has_tag(u->view->sites[i].api, u->check->unless_callback_calls[t]) &&
			    find_path(u->view, u->callback->function, u->view->sites[i].function, &path))
				return true;
	return false;
}

/* The callback that serves such objects; NULL: none is known, or it is the one that comes here. */
static const struct role_entry *find_callback(const struct unwaited *u)
{
	const struct role_entry *found = NULL;
	struct call_path path;
	size_t i;

	for (i = 0; i < u->view->entry_count; i++) {
		const struct role_entry *entry = &u->view->entries[i];

		if (!same_class(entry->binding->served, u->class))
			continue;
		if (find_path(u->view, entry->function, u->stop.function, &path))
			return NULL;
		found = found ? found : entry;
	}
	return found;
}

/* Is there a wait for such objects above the stop, beside it or below? */
static bool is_waited_for(const struct unwaited *u)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < u->view->site_count; i++) {
		const struct api_site *site = &u->view->sites[i];

		if (site_waits_for(u->view, site, u->class) &&
		    (find_path(u->view, site->function, u->stop.function, &path) ||
		     find_path(u->view, u->stop.function, site->function, &path)))
			return true;
	}
	return false;
}

static bool read_stop(struct unwaited *u, const struct near_site *near)
{
	u->stop = *near;
	u->effect = stop_effect(u->check, near);
	if (!u->effect || keymap_get(u->view->unwaited_said, span_key(near->site->insn->span)))
		return false;
	u->class = near_site_class(u->view, near, u->effect->params[0]);
	u->callback = u->class ? find_callback(u) : NULL;
	return u->callback && !is_excepted(u) && !is_waited_for(u);
}

/* ---- findings ----------------------------------------------------------------------- */

static struct module_finding *start_finding(struct unwaited *u)
{
	struct module_finding *finding = ARENA_NEW(u->view->arena, struct module_finding);
	const struct rp_effect *effect = u->effect;

	keymap_put(u->view->unwaited_said, span_key(u->stop.site->insn->span), u);
	finding->rule = u->rule;
	finding->check = u->check;
	finding->resource = effect->resource;
	finding->object = site_object_text(u->view, u->stop.site, effect);
	finding->api = u->stop.site->api->name;
	finding->origin_span = u->stop.site->insn->span;
	finding_step(finding, u->callback->binding->span, STEP_EVENT,
		     arena_printf(u->view->arena, "`%s` becomes its callback here", u->callback->function->name));
	return finding;
}

static void finish_finding(struct unwaited *u, struct module_finding *finding)
{
	finding->entry = u->callback->function;
	finding->role = u->callback->binding->role;
	finding_report(u->view, finding);
	u->is_reported = true;
}

static void add_stop(struct unwaited *u, struct module_finding *finding)
{
	struct call_path path = near_site_path(&u->stop);

	finding_path(u->view, finding, &path);
	finding_event(u->view, finding, u->stop.site->insn->span, u->effect->resource, u->effect->event,
		      finding->object, u->stop.site->api);
}

/* ---- freed ---------------------------------------------------------------------------- */

/* The pointer through which an object inside memory is reached: `d` of &d->timer. */
static const struct ir_expr *pointer_to_holder(const struct ir_expr *object)
{
	const struct ir_place *place;

	object = object ? bare_expr(object) : NULL;
	if (!object || object->kind != IR_EXPR_ADDRESS || object->place->kind != IR_PLACE_FIELD)
		return NULL;
	for (place = object->place; place->kind == IR_PLACE_FIELD; place = place->part.base)
		;
	return place->kind == IR_PLACE_DEREF ? bare_expr(place->pointer) : NULL;
}

/* In the terms of the function whose steps are walked; NULL: it can not be said in them. */
static const struct ir_expr *stopped_holder(const struct near_site *stop, int param)
{
	const struct ir_function *function;
	const struct ir_expr *object = near_site_arg(stop, param, &function);
	const struct ir_expr *holder = pointer_to_holder(object);
	const struct ir_var *var = holder ? expr_variable(holder) : NULL;

	if (!holder || !stop->call || function != stop->site->function)
		return holder;
	/* The helper's parameter is what the call gives; its own variables mean nothing to the caller. */
	if (!var || var->kind != IR_VAR_PARAM || var->param >= stop->call->call.arg_count)
		return NULL;
	return bare_expr(stop->call->call.args[var->param]);
}

static bool frees_memory(const struct rp_effect *effect)
{
	return effect->resource->is_memory && effect->object == RP_OBJECT_PARAM && !effect->via &&
	       event_leaves_held(effect->resource, effect->event);
}

static bool names_holder(const struct unwaited *u, const struct near_site *near, int param)
{
	const struct ir_function *function;
	const struct ir_expr *arg = near_site_arg(near, param, &function);
	const char *text;

	if (!arg || function != near->function)
		return false;
	text = value_text(u->view, arg);
	return text && u->holder_text && strcmp(text, u->holder_text) == 0;
}

static void report_freed(struct unwaited *u, const struct near_site *release)
{
	struct module_finding *finding = start_finding(u);
	struct near_site copy = *release;
	struct call_path path = near_site_path(&copy);

	finding->span = release->site->insn->span;
	finding->function = release->site->function;
	finding->holder = u->holder_text;
	add_stop(u, finding);
	finding_path(u->view, finding, &path);
	finish_finding(u, finding);
}

static bool judge_release(void *context, const struct near_site *near)
{
	struct unwaited *u = context;
	const struct rp_api *api = near->site->api;
	int e;

	for (e = 0; e < api->effect_count && !u->is_reported; e++)
		if (frees_memory(&api->effects[e]) && names_holder(u, near, api->effects[e].params[0]))
			report_freed(u, near);
	return !u->is_reported;
}

/* Is the pointer, or what it is read from, set anew by the step? */
static bool changes_holder(const struct unwaited *u, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
				       insn->kind == IR_CALL   ? insn->call.result :
								 NULL;
	const struct ir_expr *holder = u->holder;

	if (!place || holder->kind != IR_EXPR_LOAD)
		return false;
	if (place->kind == IR_PLACE_VAR)
		return expr_variable(holder) == place->var;
	return place->kind == IR_PLACE_FIELD && holder->place->kind == IR_PLACE_FIELD &&
	       place->part.field == holder->place->part.field;
}

static bool walk_after_stop(void *context, const struct ir_insn *insn)
{
	struct unwaited *u = context;

	return !u->is_reported && visit_near_sites(u->view, u->stop.function, insn, judge_release, u) &&
	       !changes_holder(u, insn);
}

static bool follow_stop(void *context, const struct near_site *near)
{
	struct unwaited *u = context;
	const struct ir_insn *from = near->call ? near->call : near->site->insn;

	if (!stop_effect(u->check, near))
		return true;
	u->holder = stopped_holder(near, stop_effect(u->check, near)->params[0]);
	u->holder_text = u->holder ? value_text(u->view, u->holder) : NULL;
	u->is_reported = false;
	if (u->holder_text && read_stop(u, near))
		flow_walk(u->view->arena, near->function, from->index, true, walk_after_stop, u);
	return true;
}

static void follow_function(struct unwaited *u, const struct ir_function *function)
{
	int i;

	if (!module_role_matches(u->view, u->check, function))
		return;
	for (i = 0; i < function->insn_count; i++)
		visit_near_sites(u->view, function, function->insns[i], follow_stop, u);
}

void check_freed_unwaited(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct unwaited u = { .view = view, .rule = rule, .check = check };
	const struct ir_module *module = view->module;
	int n, f;

	for (n = 0; module->is_whole && n < module->unit_count; n++)
		for (f = 0; f < module->units[n]->function_count; f++)
			follow_function(&u, module->units[n]->functions[f]);
}

/* ---- the end of the module ----------------------------------------------------------- */

static void report_exit(struct unwaited *u, const struct role_entry *exit, const struct call_path *path)
{
	struct module_finding *finding = start_finding(u);

	finding->span = u->stop.site->insn->span;
	finding->function = u->stop.site->function;
	finding->holder = exit->function->name;
	finding_step(finding, exit->function->span, STEP_EVENT,
		     arena_printf(u->view->arena, "`%s` is called as %s", exit->function->name,
				  exit->binding->role->name));
	finding_path(u->view, finding, path);
	finish_finding(u, finding);
}

static bool is_below_exit(const struct unwaited *u, const struct ir_function *function)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < u->view->entry_count; i++)
		if (u->view->entries[i].binding->role->is_exit &&
		    find_path(u->view, u->view->entries[i].function, function, &path))
			return true;
	return false;
}

/* The module goes only after all its exits: a wait below any of them will do. */
static bool exits_wait(const struct unwaited *u)
{
	size_t i;

	for (i = 0; i < u->view->site_count; i++)
		if (site_waits_for(u->view, &u->view->sites[i], u->class) &&
		    is_below_exit(u, u->view->sites[i].function))
			return true;
	return false;
}

static void judge_exit(struct unwaited *u, const struct role_entry *exit)
{
	size_t i;

	for (i = 0; i < u->view->site_count; i++) {
		struct near_site near = { &u->view->sites[i], NULL, u->view->sites[i].function };
		struct call_path path;

		if (find_path(u->view, exit->function, near.function, &path) && read_stop(u, &near) && !exits_wait(u))
			report_exit(u, exit, &path);
	}
}

void check_exit_unwaited(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct unwaited u = { .view = view, .rule = rule, .check = check };
	size_t i;

	for (i = 0; view->module->is_whole && i < view->entry_count; i++)
		if (view->entries[i].binding->role->is_exit && module_has_role(check, view->entries[i].binding->role))
			judge_exit(&u, &view->entries[i]);
}

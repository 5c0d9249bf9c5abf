/* What the module acquires and never gives back: nothing releases it although
 * the module can be unloaded, or there is no exit function at all. */
#include "module_int.h"

#include <string.h>

/* ---- events ------------------------------------------------------------------- */

static bool is_held(const struct rp_resource *resource, int state)
{
	return state >= 0 && resource->states[state].is_held;
}

static bool event_leads(const struct rp_resource *resource, int event, bool into_held)
{
	int i;

	for (i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *row = &resource->transitions[i];

		if (row->event == event && !row->violation && row->to != RP_STATE_SAME &&
		    is_held(resource, row->to) == into_held && is_held(resource, row->from) != into_held)
			return true;
	}
	return false;
}

bool event_enters_held(const struct rp_resource *resource, int event)
{
	return event_leads(resource, event, true);
}

bool event_leaves_held(const struct rp_resource *resource, int event)
{
	return event_leads(resource, event, false);
}

/* ---- acquisitions and releases ---------------------------------------------------- */

/* An effect at a call, on the object of that name. */
struct move {
	const struct api_site *site;
	const struct rp_effect *effect;
	const char *name;	      /* NULL: may be any */
	const struct ir_type *record; /* memory without a name: what it holds */
	const struct ir_type *target; /* memory with a name: what pointers to it point to, or NULL */
	const struct ir_type *kernel; /* memory that is a record of the kernel's, or NULL */
};

static bool has_mode(const struct rp_check *check, const char *mode)
{
	int i;

	for (i = 0; i < check->mode_count; i++)
		if (mode && strcmp(check->modes[i], mode) == 0)
			return true;
	return check->mode_count == 0;
}

/* A part of a record of the kernel's own, which looks after it: hcd->rh_timer. */
static bool is_of_kernel(const struct api_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *arg = effect->object == RP_OBJECT_PARAM ? site_arg(site, effect->params[0]) : NULL;
	const struct ir_type *record;

	arg = arg ? bare_expr(arg) : NULL;
	if (!arg || arg->kind != IR_EXPR_ADDRESS || arg->place->kind != IR_PLACE_FIELD)
		return false;
	record = arg->place->part.base->type;
	return record && record->kind == IR_TYPE_RECORD && record->tag && !record->in_user_file;
}

static bool is_given_by_role(const struct module_view *view, const struct ir_function *function)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].function == function && view->entries[i].binding->role->unwinds)
			return true;
	return false;
}

/* Is it a part of what the role gave the function as its parameter: the device that it is to drive? */
static bool lies_in_given(const struct module_view *view, const struct ir_function *function,
			  const struct ir_expr *expr, int depth)
{
	const struct ir_place *place;
	const struct ir_var *var;

	expr = bare_expr(expr);
	if (!expr || expr->kind != IR_EXPR_ADDRESS || depth > 3)
		return false;
	for (place = expr->place; place->kind == IR_PLACE_FIELD; place = place->part.base)
		;
	var = place->kind == IR_PLACE_DEREF ? expr_variable(place->pointer) : NULL;
	if (!var)
		return false;
	return var->kind == IR_VAR_PARAM ? is_given_by_role(view, function) :
					   lies_in_given(view, function, only_value(function, var), depth + 1);
}

/* What is made inside another object ends with that one. The device that a driver is bound to stays. */
static bool outlives_driver(const struct module_view *view, const struct api_site *site, const struct rp_effect *effect)
{
	return effect->object != RP_OBJECT_TUPLE ||
	       lies_in_given(view, site->function, site_arg(site, effect->params[0]), 0);
}

static bool is_acquisition(const struct module_view *view, const struct rp_check *check, const struct api_site *site,
			   const struct rp_effect *effect)
{
	return outlives_driver(view, site, effect) && module_has_resource(check, effect->resource) &&
	       has_mode(check, effect->mode) && effect->when != RP_WHEN_FAILURE && effect->when != RP_WHEN_RAISE &&
	       !effect->via && event_enters_held(effect->resource, effect->event) && !is_of_kernel(site, effect) &&
	       site_conditions(site, &effect->conditions) == SURELY;
}

static bool names_agree(const char *left, const char *right)
{
	return !left || !right || strcmp(left, right) == 0;
}

/* May it be the object acquired by what it is called? What has no name may be any, memory only if its type allows. */
static bool may_be_same(struct module_view *view, const struct api_site *site, const struct rp_effect *effect,
			const struct move *acquired)
{
	const char *name = effect->via ? NULL : site_object_name(view, site, effect);

	if (!name && acquired->name && acquired->target)
		return releases_target(view, site, effect, acquired->target);
	return names_agree(name, acquired->name);
}

/* Is the release right for objects of the mode? */
static bool accepts_mode(const struct rp_effect *release, const char *mode)
{
	int i;

	for (i = 0; mode && i < release->accept_count; i++)
		if (strcmp(release->accepts[i], mode) == 0)
			return true;
	return !mode || release->accept_count == 0;
}

static bool is_release_of(struct module_view *view, const struct api_site *site, const struct move *acquired)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++) {
		const struct rp_effect *effect = &site->api->effects[i];

		if (effect->resource == acquired->effect->resource &&
		    event_leaves_held(effect->resource, effect->event) &&
		    accepts_mode(effect, acquired->effect->mode) &&
		    site_conditions(site, &effect->conditions) != SURELY_NOT &&
		    (!acquired->record || releases_record(view, site, effect, acquired->record)) &&
		    may_be_same(view, site, effect, acquired))
			return true;
	}
	return false;
}

/* ---- releases that only unwind ------------------------------------------------------- */

/* The step by which a function acquires: its own call of the API, or of a helper that does it. */
struct unwind {
	struct module_view *view;
	const struct move *acquired;
	const struct ir_function *function;
	const struct ir_insn *step;
	bool has_release; /* found by the walk: a release of the object, */
	bool has_success; /* a return of 0, */
	bool has_result;  /* a return of what is not a constant */
	bool skips_releases;
	const struct ir_insn *wanted;
	bool has_wanted; /* and this step */
};

static void note_return(struct unwind *u, const struct ir_insn *insn)
{
	int64_t value;

	if (!insn->assign.value)
		return;
	if (!module_constant(insn->assign.value, &value))
		u->has_result = true;
	else if (value == 0)
		u->has_success = true;
}

static bool note_outcome(void *context, const struct ir_insn *insn)
{
	struct unwind *u = context;
	const struct api_site *site = insn->kind == IR_CALL ? module_site(u->view, insn) : NULL;

	if (insn->kind == IR_RETURN)
		note_return(u, insn);
	u->has_wanted = u->has_wanted || insn == u->wanted;
	if (!site || !is_release_of(u->view, site, u->acquired))
		return true;
	u->has_release = true;
	return !u->skips_releases;
}

/* What is found behind the step; skips_releases: on ways without a release. */
static struct unwind outcome(const struct unwind *from, int step, bool skips_releases)
{
	struct unwind result = *from;

	result.has_release = result.has_success = result.has_result = result.has_wanted = false;
	result.skips_releases = skips_releases;
	flow_walk(from->view->arena, from->function, step, false, note_outcome, &result);
	return result;
}

static int label_index(const struct ir_function *function, int label)
{
	int i;

	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL && function->insns[i]->label == label)
			return i;
	return -1;
}

static const struct ir_insn *next_branch(const struct ir_function *function, int from)
{
	int i;

	for (i = from + 1; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_BRANCH)
			return function->insns[i];
	return NULL;
}

/* The side of the test of the acquisition's result on which it was acquired: that
 * from which a release is reached; -1: not known. */
static int acquired_side(const struct unwind *u)
{
	const struct ir_insn *branch = next_branch(u->function, u->step->index);
	int on_true = branch ? label_index(u->function, branch->branch.on_true) : -1;
	int on_false = branch ? label_index(u->function, branch->branch.on_false) : -1;
	bool left, right;

	if (on_true < 0 || on_false < 0)
		return -1;
	left = outcome(u, on_true, false).has_release;
	right = outcome(u, on_false, false).has_release;
	return left == right ? -1 : left ? on_true : on_false;
}

/* May the function end well with the object acquired? It returns 0, or a result
 * on a way that is not that of a failed acquisition and has no release. */
static bool may_keep(const struct unwind *u)
{
	int side;

	if (outcome(u, u->step->index, true).has_success)
		return true;
	side = acquired_side(u);
	return side >= 0 && outcome(u, side, true).has_result;
}

/* Does the function return 0, or a result, on a way without a release? */
static bool may_end_well(const struct unwind *u)
{
	struct unwind all = outcome(u, 0, true);

	return all.has_success || all.has_result;
}

static bool is_start(const struct rp_role *role)
{
	return role->is_init || role->unwinds;
}

/* An init or probe function releases what only its callbacks acquire, on no way that ends well, while others have no release. */
static bool unwinds_for_callbacks(struct unwind *u)
{
	size_t i;

	for (i = 0; i < u->view->entry_count; i++)
		if (u->view->entries[i].function == u->function && is_start(u->view->entries[i].binding->role))
			break;
	return i < u->view->entry_count && !outcome(u, u->wanted->index, false).has_success && may_end_well(u);
}

/* A release on the way out of a function that fails after it, or a helper of its, acquired the object is none at unload. */
static bool only_unwinds(struct module_view *view, const struct move *acquired, const struct api_site *release)
{
	struct unwind u = { .view = view, .acquired = acquired, .function = release->function };
	struct call_path path;

	u.wanted = release->insn;
	if (!find_path(view, release->function, acquired->site->function, &path))
		return unwinds_for_callbacks(&u);
	u.step = path.count > 0 ? path.calls[0] : acquired->site->insn;
	if (!outcome(&u, u.step->index, false).has_wanted)
		return false; /* one function switches on and off */
	return may_keep(&u) && !outcome(&u, release->insn->index, false).has_success;
}

/* Another function is given there. */
static bool gives_other(const struct api_site *site, int param, const struct ir_function *function)
{
	const struct ir_expr *arg = site_arg(site, param);

	arg = arg ? bare_expr(arg) : NULL;
	return arg && arg->kind == IR_EXPR_FUNCTION && arg->function != function;
}

/* May the call be what gives the function its role? */
static bool gives_role(const struct api_site *site, const struct role_entry *entry)
{
	const struct rp_api *api = site->api;
	int p, g;

	for (p = 0; p < api->param_count; p++)
		for (g = 0; g < api->params[p].given_role_count; g++)
			if (api->params[p].given_roles[g].role == entry->binding->role &&
			    !gives_other(site, p, entry->function))
				return true;
	return false;
}

/* Only the callback that the acquisition itself starts comes to the release: a
 * thread that waits for something does not wait for its own end. */
static bool is_in_own_callback(struct module_view *view, const struct move *acquired, const struct api_site *release)
{
	bool found = false;
	size_t i;

	for (i = 0; i < view->entry_count; i++) {
		const struct role_entry *entry = &view->entries[i];
		struct call_path path;

		if (!find_path(view, entry->function, release->function, &path))
			continue;
		if (!gives_role(acquired->site, entry))
			return false;
		found = true;
	}
	return found;
}

/* A wait that nothing but the signal (or the time) ends: a reader of a device waits otherwise. */
static bool waits_in_any_case(const struct rp_api *api)
{
	return api->sleep == RP_SLEEP_ALWAYS && api->signals_param == RP_OBJECT_NONE &&
	       (api->convention == RP_RESULT_VALUE || api->convention == RP_RESULT_TIME_LEFT);
}

/* The record that an argument is, or points to. */
static const char *record_tag(const struct ir_expr *arg)
{
	const struct ir_type *type = bare_expr(arg)->type;

	if (type && type->kind == IR_TYPE_POINTER)
		type = type->target;
	return type && type->kind == IR_TYPE_RECORD ? type->tag : NULL;
}

/* Does the module wait for the object that is signalled, or one that may be it, until it is? */
static bool is_awaited(const struct module_view *view, const struct api_site *signal, const struct ir_expr *signalled)
{
	const char *name = expr_object_name(signal->function, signalled), *tag = record_tag(signalled);
	size_t i;
	int a;

	for (i = 0; tag && i < view->site_count; i++)
		for (a = 0; a < view->sites[i].api->param_count && waits_in_any_case(view->sites[i].api); a++) {
			const struct ir_expr *arg = site_arg(&view->sites[i], a);

			if (arg && record_tag(arg) == tag &&
			    names_agree(expr_object_name(view->sites[i].function, arg), name))
				return true;
		}
	return !tag;
}

/* Tells somebody, who may wait for it before the module goes. */
static bool signals(struct module_view *view, const struct ir_function *callback)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		const struct ir_expr *arg = site_arg(site, site->api->signals_param);

		if (site->api->signals_param != RP_OBJECT_NONE && find_path(view, callback, site->function, &path) &&
		    (!arg || is_awaited(view, site, arg)))
			return true;
	}
	return false;
}

static bool frees_parameter(const struct module_view *view, const struct ir_function *callback)
{
	int i;

	for (i = 0; i < callback->param_count; i++)
		if (effects_param_ended(view->effects, callback, i))
			return true;
	return false;
}

/* The very callback that the acquisition starts says that it is done; one of a
 * source that goes on (an interrupt) says nothing of its end. */
static bool says_its_end(struct module_view *view, const struct move *acquired, const struct role_entry *entry)
{
	return !acquired->site->api->starts && entry->binding->call == &acquired->site->insn->call &&
	       signals(view, entry->function);
}

/* A callback that begins or ends with a device: the driver that it belongs to stays registered whatever it does. */
static bool is_of_driver(const struct role_entry *entry)
{
	return is_start(entry->binding->role) || entry->binding->role->is_exit;
}

/* A callback that serves the object frees what it is in, or says that it is
 * done: there is none left at unload. */
static bool frees_itself(struct module_view *view, const struct move *acquired)
{
	const struct ir_expr *arg = acquired->effect->object == RP_OBJECT_PARAM ?
					    site_arg(acquired->site, acquired->effect->params[0]) :
					    NULL;
	const char *class = arg ? expr_class(view, acquired->site->function, arg) : NULL;
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (!is_of_driver(&view->entries[i]) && says_its_end(view, acquired, &view->entries[i]))
			return true;
	for (i = 0; class && i < view->entry_count; i++)
		if (!is_of_driver(&view->entries[i]) && same_class(view->entries[i].binding->served, class) &&
		    (frees_parameter(view, view->entries[i].function) || signals(view, view->entries[i].function)))
			return true;
	return false;
}

/* Waits for all that is on the queue that everybody shares. */
static bool drains_shared(const struct api_site *site, const struct move *acquired)
{
	return site->api->waits_for_param == RP_OBJECT_SHARED && acquired->site->api->queues_param >= 0 &&
	       acquired->site->api->queues_on_param < 0;
}

/* Does the event leave the object in a state in which acquiring it holds nothing: others look after it? */
static bool event_makes_managed(const struct rp_resource *resource, int event, int acquire)
{
	int i, k;

	for (i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *to = &resource->transitions[i];

		if (to->event != event || to->to < 0 || to->from == to->to || is_held(resource, to->to))
			continue;
		for (k = 0; k < resource->transition_count; k++)
			if (resource->transitions[k].from == to->to && resource->transitions[k].event == acquire &&
			    resource->transitions[k].to == to->to)
				return true;
	}
	return false;
}

static bool is_managed(const struct module_view *view, const struct move *acquired)
{
	const struct rp_resource *resource = acquired->effect->resource;
	size_t i;
	int e;

	for (i = 0; i < view->site_count; i++)
		for (e = 0; e < view->sites[i].api->effect_count; e++) {
			const struct rp_effect *effect = &view->sites[i].api->effects[e];

			if (effect->resource == resource && effect->event != acquired->effect->event &&
			    event_makes_managed(resource, effect->event, acquired->effect->event))
				return true;
		}
	return false;
}

static bool is_released(struct module_view *view, const struct move *acquired)
{
	size_t i;

	if (frees_itself(view, acquired) || is_managed(view, acquired))
		return true;
	for (i = 0; i < view->site_count; i++)
		if ((is_release_of(view, &view->sites[i], acquired) || drains_shared(&view->sites[i], acquired)) &&
		    !only_unwinds(view, acquired, &view->sites[i]) &&
		    !is_in_own_callback(view, acquired, &view->sites[i]))
			return true;
	return false;
}

/* ---- memory that others may release ----------------------------------------------------- */

/* What it keeps for the driver (access none) it never frees. */
static bool api_keeps(const struct api_site *site, int arg)
{
	int param;

	for (param = 0; param < site->api->param_count; param++)
		if (site->api->params[param].keeps && site->api->params[param].access != RP_ACCESS_NONE &&
		    site_arg(site, param) == site->insn->call.args[arg])
			return true;
	return false;
}

/* Does the module wait for the end of what keeps an object of that name (usb_kill_urb)? Then it has it back. */
static bool is_waited_for(const struct module_view *view, const char *name)
{
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		const struct ir_expr *arg = site_arg(site, site->api->waits_for_param);
		const char *waited = arg ? expr_object_name(site->function, arg) : NULL;

		if (waited && strcmp(waited, name) == 0)
			return true;
	}
	return false;
}

/* A pointer to const is for reading, unless the function's name says what else it does (kfree has one, too). */
static bool only_reads(const struct module_view *view, const struct ir_call *call, int arg)
{
	const struct ir_type *type = call->callee ? call->callee->type : NULL;
	const struct ir_type *param = type && arg < type->param_count ? type->params[arg] : NULL;
	static const enum rp_habit ends[] = { RP_HABIT_UNDOES, RP_HABIT_ENDS_OBJECT, RP_HABIT_TAKES_OVER };
	size_t i;

	if (!param || param->kind != IR_TYPE_POINTER || !param->target || !param->target->is_const)
		return false;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (rules_name_tells(view->engine->rules, ends[i], view->module->os, call->callee->name))
			return false;
	return true;
}

static bool call_keeps(const struct module_view *view, const struct ir_function *function, const struct ir_insn *insn,
		       const char *name)
{
	const struct api_site *site = module_site(view, insn);
	int i;

	if (!site && insn->call.callee && insn->call.callee->has_body)
		return false;
	for (i = 0; i < insn->call.arg_count; i++) {
		const char *given = expr_object_name(function, insn->call.args[i]);
		bool is_kept = site ? api_keeps(site, i) && !is_waited_for(view, name) :
				      !only_reads(view, &insn->call, i);

		if (given && is_kept && strcmp(given, name) == 0)
			return true;
	}
	return false;
}

static bool function_gives_away(const struct module_view *view, const struct ir_function *function, const char *name)
{
	int i;

	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_CALL && call_keeps(view, function, function->insns[i], name))
			return true;
	return false;
}

/* Does a function that nothing is known of get the object, and speak of undoing by its name? */
static bool call_undoes(const struct module_view *view, const struct ir_function *function, const struct ir_insn *insn,
			const char *name)
{
	const char *callee = insn->call.callee ? insn->call.callee->name : NULL;
	int i;

	if (!callee || insn->call.callee->has_body || module_site(view, insn) ||
	    !rules_name_tells(view->engine->rules, RP_HABIT_UNDOES, view->module->os, callee))
		return false;
	for (i = 0; i < insn->call.arg_count; i++) {
		const char *given = expr_object_name(function, insn->call.args[i]);

		if (given && strcmp(given, name) == 0)
			return true;
	}
	return false;
}

static bool is_undone_by_others(const struct module_view *view, const char *name)
{
	int u, f, i;

	for (u = 0; name && u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++) {
			const struct ir_function *function = view->module->units[u]->functions[f];

			for (i = 0; i < function->insn_count; i++)
				if (function->insns[i]->kind == IR_CALL &&
				    call_undoes(view, function, function->insns[i], name))
					return true;
		}
	return false;
}

/* Memory without a name, or given to somebody who keeps it, may be released there. */
static bool may_be_given_away(struct module_view *view, const struct move *acquired)
{
	int u, f;

	if (!acquired->effect->resource->is_memory)
		return is_undone_by_others(view, acquired->name);
	if (acquired->kernel)
		return module_ends_kernel_record(view, acquired->kernel);
	if (acquired->record)
		return module_gives_record_away(view, acquired->record);
	for (u = 0; acquired->name && u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++)
			if (function_gives_away(view, view->module->units[u]->functions[f], acquired->name))
				return true;
	return !acquired->name;
}

/* ---- findings ------------------------------------------------------------------------------ */

/* A number (of a region, of an interrupt) is copied about: it has no one name, unless it stays in a variable of the module. */
static const char *acquired_name(const struct module_view *view, const struct api_site *site,
				 const struct rp_effect *effect)
{
	const struct ir_expr *arg = effect->object == RP_OBJECT_PARAM ? site_arg(site, effect->params[0]) : NULL;

	if (arg && arg->type && arg->type->kind == IR_TYPE_INT)
		return module_number_name(view, arg);
	return site_object_name(view, site, effect);
}

/* What tells the object from others: a name, or else what the memory holds. */
static void tell_apart(const struct module_view *view, struct move *acquired)
{
	acquired->name = acquired_name(view, acquired->site, acquired->effect);
	if (!acquired->effect->resource->is_memory)
		return;
	acquired->kernel = kernel_record(acquired->site);
	if (acquired->name)
		acquired->target = allocated_target(acquired->site);
	else
		acquired->record = acquired->kernel ? acquired->kernel : allocated_record(acquired->site);
}

/* Is the entry the other end of one that leads to the acquisition: the remove of a probe? */
static bool ends_what_acquired(struct module_view *view, const struct role_entry *exit, const struct move *acquired)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].binding->role->family == exit->binding->role->family &&
		    find_path(view, view->entries[i].function, acquired->site->function, &path))
			return true;
	return false;
}

/* Does an exit role undo what leads to the acquisition? */
static bool has_other_end(struct module_view *view, const struct move *acquired)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].binding->role->is_exit && ends_what_acquired(view, &view->entries[i], acquired))
			return true;
	return false;
}

static bool has_exit_entry(const struct module_view *view)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].binding->role->is_exit)
			return true;
	return false;
}

static struct module_finding *start_finding(struct module_view *view, const struct rp_rule *rule,
					    const struct rp_check *check, const struct move *acquired)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const struct api_site *site = acquired->site;

	finding->rule = rule;
	finding->check = check;
	finding->span = site->insn->span;
	finding->function = site->function;
	finding->resource = acquired->effect->resource;
	finding->mode = acquired->effect->mode;
	finding->object = site_object_text(view, site, acquired->effect);
	finding->api = site->api->name;
	return finding;
}

static void add_acquisition(struct module_view *view, struct module_finding *finding, const struct move *acquired)
{
	finding_event(view, finding, finding->span, finding->resource, acquired->effect->event,
		      finding->object ? finding->object : finding->api, acquired->site->api);
}

static void add_exit(struct module_view *view, struct module_finding *finding, const struct role_entry *exit)
{
	if (!finding->entry) {
		finding->entry = exit->function;
		finding->role = exit->binding->role;
	}
	finding_step(finding, exit->function->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` is called as %s and does not release it", exit->function->name,
				  exit->binding->role->name));
}

/* The functions that should have released it; all that may have when none goes with the acquisition. */
static void add_exits(struct module_view *view, struct module_finding *finding, const struct move *acquired)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].binding->role->is_exit && ends_what_acquired(view, &view->entries[i], acquired))
			add_exit(view, finding, &view->entries[i]);
	for (i = 0; !finding->entry && i < view->entry_count; i++)
		if (view->entries[i].binding->role->is_exit)
			add_exit(view, finding, &view->entries[i]);
}

static void report_unreleased(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			      const struct move *acquired)
{
	struct module_finding *finding = start_finding(view, rule, check, acquired);

	add_acquisition(view, finding, acquired);
	add_exits(view, finding, acquired);
	finding_report(view, finding);
}

/* One object is one loss, even where two resources describe it. */
static uint64_t class_key(const struct move *acquired)
{
	if (!acquired->name)
		return KEYMAP_KEY(acquired->effect->resource);
	return KEYMAP_KEY(acquired->name) * 31 + KEYMAP_KEY(acquired->record);
}

/* Is every function seen that may release what the module acquires? */
static bool sees_all_releases(const struct module_view *view)
{
	return view->module->is_complete && !effects_ended_elsewhere(view->effects);
}

/* Reports what a call acquires. An object without a name, as the timer that its own callback is given, may be one whose
 * loss is said already: then nothing, which errs by silence about another. Memory is told apart by its record. */
static void check_acquisition(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			      struct keymap *said, struct move *acquired, bool is_named)
{
	if (!is_acquisition(view, check, acquired->site, acquired->effect) ||
	    !module_role_matches(view, check, acquired->site->function))
		return;
	tell_apart(view, acquired);
	if ((acquired->name != NULL) != is_named)
		return;
	if (acquired->effect->resource->is_memory && !has_other_end(view, acquired))
		return;
	if (keymap_get(said, class_key(acquired)) || is_released(view, acquired) || may_be_given_away(view, acquired))
		return;
	keymap_put(said, class_key(acquired), view);
	if (!acquired->effect->resource->is_memory)
		keymap_put(said, KEYMAP_KEY(acquired->effect->resource), view);
	report_unreleased(view, rule, check, acquired);
}

void check_unreleased(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct keymap *said = keymap_create(view->arena);
	size_t i;
	int named, e;

	if (!has_exit_entry(view) || !sees_all_releases(view))
		return;
	for (named = 1; named >= 0; named--) {
		for (i = 0; i < view->site_count; i++) {
			const struct api_site *site = &view->sites[i];

			for (e = 0; e < site->api->effect_count; e++) {
				struct move acquired = { .site = site, .effect = &site->api->effects[e] };

				check_acquisition(view, rule, check, said, &acquired, named);
			}
		}
	}
}

/* ---- no exit function at all -------------------------------------------------------------- */

static const struct role_entry *init_entry_of(struct module_view *view, const struct rp_check *check,
					      const struct ir_function *function, struct call_path *path)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++) {
		const struct role_entry *entry = &view->entries[i];

		if (entry->binding->role->is_init && module_has_role(check, entry->binding->role) &&
		    find_path(view, entry->function, function, path))
			return entry;
	}
	return NULL;
}

static bool report_no_exit(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			   const struct move *acquired)
{
	struct module_finding *finding;
	struct call_path path;
	const struct role_entry *entry = init_entry_of(view, check, acquired->site->function, &path);

	if (!entry)
		return false;
	finding = start_finding(view, rule, check, acquired);
	finding_entry(view, finding, entry);
	finding_path(view, finding, &path);
	add_acquisition(view, finding, acquired);
	finding_report(view, finding);
	return true;
}

/* true: a finding was made, and one is enough. */
static bool check_site_no_exit(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			       const struct api_site *site)
{
	int e;

	for (e = 0; e < site->api->effect_count; e++) {
		struct move acquired = { .site = site, .effect = &site->api->effects[e] };

		if (!is_acquisition(view, check, site, acquired.effect) ||
		    !effects_runs_in_init(view->effects, site->function))
			continue;
		acquired.name = acquired_name(view, site, acquired.effect);
		if (!is_released(view, &acquired) && !may_be_given_away(view, &acquired) &&
		    report_no_exit(view, rule, check, &acquired))
			return true;
	}
	return false;
}

void check_no_exit(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	size_t i;

	if (!sees_all_releases(view) || has_exit_entry(view) || view->no_exit_said == rule)
		return;
	for (i = 0; i < view->site_count; i++) {
		if (!check_site_no_exit(view, rule, check, &view->sites[i]))
			continue;
		view->no_exit_said = rule;
		return;
	}
}

/* What is initialised after callbacks that use it were started, and what is
 * ended before they are stopped. Both findings stand at the later of the two
 * calls: the initialisation, the stop.
 *
 * The two calls are on one way through one function, or one call level below
 * it; loops are not gone round. */
#include "module_int.h"

struct order_walk {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct near_site first;
	/* STOP: what the first event ended, and the callback in question. */
	const char *object_class;
	const struct role_entry *user;
	bool is_stopped; /* already before */
	bool is_ended_again;
	struct keymap *said; /* places of objects spoken of */
};

/* ---- events ----------------------------------------------------------------------- */

typedef bool (*event_visit)(struct order_walk *walk, const struct near_site *event);

struct event_visitor {
	struct order_walk *walk;
	event_visit visit;
};

static bool visit_event(void *context, const struct near_site *event)
{
	const struct event_visitor *visitor = context;

	return visitor->visit(visitor->walk, event);
}

/* Visits the events of a step: its own, or those of the helper it calls. false: stopped. */
static bool visit_events(struct order_walk *walk, const struct ir_function *function, const struct ir_insn *insn,
			 event_visit visit)
{
	struct event_visitor visitor = { walk, visit };

	return visit_near_sites(walk->view, function, insn, visit_event, &visitor);
}

static const char *event_class(const struct order_walk *walk, const struct near_site *event, int param)
{
	return near_site_class(walk->view, event, param);
}

static struct span event_span(const struct near_site *event)
{
	return event->site->insn->span;
}

/* ---- the callbacks that a call starts or stops ---------------------------------------- */

static bool is_bound_by(const struct role_entry *entry, const struct near_site *event)
{
	return entry->binding->call == &event->site->insn->call;
}

static bool serves_argument(const struct order_walk *walk, const struct role_entry *entry,
			    const struct near_site *event)
{
	int param;

	for (param = 0; entry->binding->served && param < event->site->api->param_count; param++)
		if (same_class(entry->binding->served, event_class(walk, event, param)))
			return true;
	return false;
}

static bool gives_roles(const struct rp_api *api)
{
	int param;

	for (param = 0; param < api->param_count; param++)
		if (api->params[param].given_role_count > 0)
			return true;
	return false;
}

static bool is_from_table(const struct role_entry *entry)
{
	return !entry->binding->call && !entry->binding->served;
}

/* How well an entry of the family fits the call: 0 not at all. */
static int fit(const struct order_walk *walk, const struct role_entry *entry, const struct near_site *event)
{
	if (is_bound_by(entry, event))
		return 4;
	if (serves_argument(walk, entry, event))
		return 3;
	if (gives_roles(event->site->api))
		return 0;
	return is_from_table(entry) ? 2 : 1;
}

struct candidates {
	const struct role_entry **items;
	size_t count, capacity;
	int fit;
};

/* Several functions of the family, and no telling which of them it is about. */
static bool is_ambiguous(const struct candidates *found)
{
	size_t i;

	for (i = 1; found->fit == 1 && i < found->count; i++)
		if (found->items[i]->function != found->items[0]->function)
			return true;
	return false;
}

static void find_callbacks(const struct order_walk *walk, const struct near_site *event, const char *family,
			   struct candidates *found)
{
	size_t i;

	*found = (struct candidates){ 0 };
	for (i = 0; i < walk->view->entry_count; i++) {
		const struct role_entry *entry = &walk->view->entries[i];
		int fits = entry->binding->role->family == family ? fit(walk, entry, event) : 0;

		if (!fits || fits < found->fit)
			continue;
		if (fits > found->fit)
			found->count = 0;
		found->fit = fits;
		ARENA_PUSH(walk->view->arena, found->items, found->count, found->capacity, entry);
	}
	if (is_ambiguous(found))
		found->count = 0;
}

/* A callback that the call starts or stops and that uses the object; NULL: none. */
static const struct role_entry *find_user(const struct order_walk *walk, const struct near_site *event,
					  const char *family, const char *object_class)
{
	struct candidates found;
	size_t i;

	find_callbacks(walk, event, family, &found);
	for (i = 0; i < found.count; i++)
		if (effects_mentions(walk->view->effects, found.items[i]->function, object_class))
			return found.items[i];
	return NULL;
}

/* ---- findings --------------------------------------------------------------------------- */

static void add_event(struct order_walk *walk, struct module_finding *finding, const struct near_site *event,
		      const char *text)
{
	struct near_site copy = *event;
	struct call_path path = near_site_path(&copy);

	finding_path(walk->view, finding, &path);
	finding_step(finding, event_span(event), STEP_EVENT, text);
}

/* object: the event whose argument is the object. */
static void report_events(struct order_walk *walk, const struct near_site *last, const struct near_site *object,
			  int param, const struct role_entry *user, const char *first_text)
{
	struct module_finding *finding = ARENA_NEW(walk->view->arena, struct module_finding);
	struct near_site copy = *last;
	struct call_path path = near_site_path(&copy);
	const char *text = user_text(walk->view, site_arg(object->site, param));

	if (keymap_get(walk->said, span_key(event_span(object))))
		return;
	keymap_put(walk->said, span_key(event_span(object)), walk);
	finding->rule = walk->rule;
	finding->check = walk->check;
	finding->span = event_span(last);
	finding->function = last->site->function;
	finding->api = last->site->api->name;
	finding->origin = walk->first.site->api->name;
	finding->origin_span = event_span(&walk->first);
	finding->object = text;
	finding->entry = user->function;
	finding->role = user->binding->role;
	add_event(walk, finding, &walk->first, first_text);
	finding_step(finding, user->function->span, STEP_EVENT,
		     arena_printf(walk->view->arena, "`%s` uses %s and may run meanwhile", user->function->name,
				  text ? text : "it"));
	finding_path(walk->view, finding, &path);
	finding_report(walk->view, finding);
}

/* ---- started too early ---------------------------------------------------------------------- */

/* Another call of the module initialises such an object: this one may be the second. */
static bool is_initialised_elsewhere(const struct order_walk *walk, const struct near_site *event, const char *class)
{
	size_t i;

	for (i = 0; i < walk->view->site_count; i++) {
		const struct api_site *site = &walk->view->sites[i];
		const struct ir_expr *arg = site_arg(site, site->api->initialises_param);

		if (arg && site != event->site && same_class(expr_class(walk->view, site->function, arg), class))
			return true;
	}
	return false;
}

/* Where it puts the object, by a resource that nobody has to give back; NULL: nowhere. */
static const struct rp_effect *first_place(const struct rp_api *api)
{
	int i;

	for (i = 0; i < api->effect_count; i++) {
		const struct rp_effect *effect = &api->effects[i];

		if (effect->object == RP_OBJECT_PARAM && effect->params[0] == api->initialises_param &&
		    !event_leaves_held(effect->resource, effect->event))
			return effect;
	}
	return NULL;
}

/* Does another call move the object in the same automaton: is it what is put on lists, not the list?
 * A callback that goes through the list does not come upon it before. */
static bool is_element(const struct order_walk *walk, const struct near_site *event, const char *class)
{
	const struct rp_effect *initial = first_place(event->site->api);
	size_t i;
	int k;

	for (i = 0; initial && i < walk->view->site_count; i++) {
		const struct api_site *site = &walk->view->sites[i];

		for (k = 0; site->api->initialises_param < 0 && k < site->api->effect_count; k++) {
			const struct rp_effect *effect = &site->api->effects[k];

			if (effect->resource == initial->resource && effect->object == RP_OBJECT_PARAM &&
			    same_class(expr_class(walk->view, site->function, site_arg(site, effect->params[0])),
				       class))
				return true;
		}
	}
	return false;
}

/* A flag that the step sets and the callback looks at: "ready". */
static bool sets_flag_of(const struct order_walk *walk, const struct ir_insn *insn, const struct ir_function *callback)
{
	const struct module_view *view = walk->view;
	const struct ir_expr *flag;
	int64_t value;

	if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_FIELD ||
	    !module_constant(insn->assign.value, &value) || value == 0)
		return false;
	flag = ir_expr_load(view->arena, insn->assign.place, insn->span);
	return effects_mentions(view->effects, callback, effects_object_class(view->arena, view->engine->pool, flag));
}

/* The callback may turn everybody away until the function says that all is ready.
 * Whether it does so before it uses the object is not looked at: silent rather than wrong. */
static bool is_opened_later(const struct order_walk *walk, const struct near_site *event,
			    const struct ir_function *callback)
{
	const struct ir_function *function = event->function;
	int i;

	for (i = (event->call ? event->call : event->site->insn)->index + 1; i < function->insn_count; i++)
		if (sets_flag_of(walk, function->insns[i], callback))
			return true;
	return false;
}

static bool judge_initialisation(struct order_walk *walk, const struct near_site *event)
{
	const struct rp_api *start = walk->first.site->api, *api = event->site->api;
	const char *class;
	const struct role_entry *user;

	if (api->stops == start->starts)
		return false;
	if (api->initialises_param < 0 || !module_api_selected(walk->check, api))
		return true;
	class = event_class(walk, event, api->initialises_param);
	if (!class || is_initialised_elsewhere(walk, event, class) || is_element(walk, event, class))
		return true;
	user = find_user(walk, &walk->first, start->starts, class);
	if (user && !is_opened_later(walk, event, user->function))
		report_events(walk, event, event, api->initialises_param, user,
			      arena_printf(walk->view->arena, "from here on `%s` may be called", user->function->name));
	return true;
}

static bool walk_after_start(void *context, const struct ir_insn *insn)
{
	struct order_walk *walk = context;

	return visit_events(walk, walk->first.function, insn, judge_initialisation);
}

static bool follow_start(struct order_walk *walk, const struct near_site *event)
{
	const struct ir_insn *from = event->call ? event->call : event->site->insn;

	if (!event->site->api->starts || site_conditions(event->site, &event->site->api->starts_if) == SURELY_NOT)
		return true;
	walk->first = *event;
	flow_walk(walk->view->arena, event->function, from->index, true, walk_after_start, walk);
	return true;
}

/* ---- ended too early ---------------------------------------------------------------------------- */

static bool note_stop(struct order_walk *walk, const struct near_site *event)
{
	const char *family = walk->user->binding->role->family;

	if (event->site->api->stops == family && find_user(walk, event, family, walk->object_class) == walk->user)
		walk->is_stopped = true;
	return !walk->is_stopped;
}

/* Was the callback already stopped by an earlier call of the function? */
static bool was_stopped_before(struct order_walk *walk, const struct role_entry *user)
{
	const struct ir_function *function = walk->first.function;
	const struct ir_insn *end = walk->first.call ? walk->first.call : walk->first.site->insn;
	int i;

	walk->user = user;
	walk->is_stopped = false;
	for (i = 0; i < end->index && !walk->is_stopped; i++)
		visit_events(walk, function, function->insns[i], note_stop);
	return walk->is_stopped;
}

static bool note_end(struct order_walk *walk, const struct near_site *event)
{
	if (same_class(event_class(walk, event, event->site->api->ends_param), walk->object_class))
		walk->is_ended_again = true;
	return !walk->is_ended_again;
}

static bool walk_after_stop(void *context, const struct ir_insn *insn)
{
	struct order_walk *walk = context;

	return visit_events(walk, walk->first.function, insn, note_end);
}

/* Ended once more after the stop: callbacks that brought it to life again do no harm. */
static bool is_ended_after(struct order_walk *walk, const struct near_site *stop)
{
	const struct ir_insn *insn = stop->call ? stop->call : stop->site->insn;

	walk->is_ended_again = false;
	flow_walk(walk->view->arena, walk->first.function, insn->index, true, walk_after_stop, walk);
	return walk->is_ended_again;
}

/* The stop is of the very object that was ended. */
static bool is_about_object(const struct order_walk *walk, const struct near_site *stop)
{
	int param;

	for (param = 0; param < stop->site->api->param_count; param++)
		if (same_class(event_class(walk, stop, param), walk->object_class))
			return true;
	return false;
}

/* false: callbacks in question are stopped there, whatever follows. */
static bool judge_stop(struct order_walk *walk, const struct near_site *event)
{
	const struct rp_api *api = event->site->api, *end = walk->first.site->api;
	const struct role_entry *user;
	const char *text;

	if (!api->stops || !module_api_selected(walk->check, api) || is_about_object(walk, event))
		return true;
	user = find_user(walk, event, api->stops, walk->object_class);
	if (!user)
		return true;
	text = user_text(walk->view, site_arg(walk->first.site, end->ends_param));
	if (!was_stopped_before(walk, user) && !is_ended_after(walk, event))
		report_events(walk, event, &walk->first, end->ends_param, user,
			      arena_printf(walk->view->arena, "%s ends %s here", end->name, text ? text : "it"));
	return false;
}

static bool walk_after_end(void *context, const struct ir_insn *insn)
{
	struct order_walk *walk = context;

	return visit_events(walk, walk->first.function, insn, judge_stop);
}

static bool follow_end(struct order_walk *walk, const struct near_site *event)
{
	const struct ir_insn *from = event->call ? event->call : event->site->insn;

	if (event->site->api->ends_param < 0)
		return true;
	walk->first = *event;
	walk->object_class = event_class(walk, event, event->site->api->ends_param);
	if (walk->object_class)
		flow_walk(walk->view->arena, event->function, from->index, true, walk_after_end, walk);
	return true;
}

/* ---- all functions ----------------------------------------------------------------------------- */

static void follow_function(struct order_walk *walk, const struct ir_function *function, event_visit visit)
{
	int i;

	if (!module_role_matches(walk->view, walk->check, function))
		return;
	for (i = 0; i < function->insn_count; i++)
		visit_events(walk, function, function->insns[i], visit);
}

static void follow_module(struct order_walk *walk, event_visit visit)
{
	const struct ir_module *module = walk->view->module;
	int u, f;

	for (u = 0; u < module->unit_count; u++)
		for (f = 0; f < module->units[u]->function_count; f++)
			follow_function(walk, module->units[u]->functions[f], visit);
}

void check_start_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct order_walk walk = { .view = view, .rule = rule, .check = check, .said = keymap_create(view->arena) };

	follow_module(&walk, follow_start);
}

void check_stop_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct order_walk walk = { .view = view, .rule = rule, .check = check, .said = keymap_create(view->arena) };

	follow_module(&walk, follow_end);
}

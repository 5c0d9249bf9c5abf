/* Waiting and waking: objects that are waited on and never woken, conditions
 * that are set only after the wake, and conditions that change something or
 * sleep while they are evaluated. Objects are told apart by class. */
#include "module_int.h"

#include <string.h>

/* ---- which calls ----------------------------------------------------------------------- */

static bool is_wait(const struct rp_check *check, const struct api_site *site)
{
	return module_is_among(check->first, check->first_count, site->api);
}

static const struct ir_expr *key_arg(const struct rp_check *check, const struct api_site *site)
{
	return site_arg(site, param_named(site->api, check->key));
}

static const char *key_class(const struct module_view *view, const struct rp_check *check, const struct api_site *site)
{
	const struct ir_expr *arg = key_arg(check, site);
	const struct ir_place *place = arg ? expr_object(site->function, arg) : NULL;

	return place ? object_place_class(view, place) : NULL;
}

/* A variable of the module, or in a record of the driver's own that the module itself makes. */
static bool is_own(struct module_view *view, const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind == IR_PLACE_VAR)
		return place->var->is_defined || place->var->kind == IR_VAR_STATIC_LOCAL;
	return place->kind == IR_PLACE_FIELD && place->part.base->type &&
	       module_makes_record(view, place->part.base->type);
}

static bool is_reached_from_excepted(struct module_view *view, const struct rp_check *check,
				     const struct ir_function *function)
{
	struct call_path path;
	size_t i;
	int r;

	for (i = 0; check->not_role_count > 0 && i < view->entry_count; i++)
		for (r = 0; r < check->not_role_count; r++)
			if (view->entries[i].binding->role == check->not_roles[r] &&
			    find_path(view, view->entries[i].function, function, &path))
				return true;
	return false;
}

/* ---- never woken ------------------------------------------------------------------------- */

struct wakes {
	const struct object_mention *any;     /* that wakes some of those who wait */
	const struct object_mention *fitting; /* that wakes this wait */
	bool is_lost;			      /* somebody else may wake */
};

/* Is such an object woken that only the callers can tell? */
static bool wakes_unknown(const struct module_view *view, const struct rp_check *check)
{
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		int param = site->api->signals_param;

		if (param >= 0 && site_arg(site, param) && param == param_named(site->api, check->key) &&
		    !key_class(view, check, site))
			return true;
	}
	return false;
}

static void read_mention(const struct rp_check *check, const struct object_mention *mention, struct wakes *wakes)
{
	const struct rp_api *api = mention->site ? mention->site->api : NULL;
	bool is_kept = api && mention->param >= 0 && api->params[mention->param].keeps;

	if (mention->kind != MENTION_GIVEN || mention->param < 0) {
		wakes->is_lost = wakes->is_lost || mention->kind == MENTION_GIVEN || mention->kind == MENTION_LOST;
		return;
	}
	if (api->signals_param == mention->param) {
		wakes->any = wakes->any ? wakes->any : mention;
		if (check->second_count == 0 || module_is_among(check->second, check->second_count, api))
			wakes->fitting = mention;
	} else if (is_kept && !module_is_among(check->patterns, check->pattern_count, api)) {
		wakes->is_lost = true;
	}
}

static void report_never_woken(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			       const struct api_site *site, const struct wakes *wakes)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);

	finding->rule = rule;
	finding->check = check;
	finding->span = site->insn->span;
	finding->function = site->function;
	finding->api = site->api->name;
	finding->object = user_text(view, key_arg(check, site));
	if (wakes->any) {
		finding->origin = wakes->any->site->api->name;
		finding->origin_span = wakes->any->insn->span;
		finding_step(finding, wakes->any->insn->span, STEP_EVENT,
			     arena_printf(view->arena, "%s does not wake this wait", finding->origin));
	}
	finding_report(view, finding);
}

void check_never_woken(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct keymap *said = keymap_create(view->arena);
	size_t i, m;

	for (i = 0; view->module->is_whole && i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		const char *class = is_wait(check, site) ? key_class(view, check, site) : NULL;
		const struct object_mentions *mentions;
		struct wakes wakes = { 0 };

		if (!class || keymap_get(said, KEYMAP_KEY(class)) ||
		    !module_role_matches(view, check, site->function) ||
		    !is_own(view, expr_object(site->function, key_arg(check, site))))
			continue;
		mentions = module_mentions(view, class);
		for (m = 0; m < mentions->count; m++)
			read_mention(check, &mentions->items[m], &wakes);
		if (wakes.fitting || wakes.is_lost || (check->second_count > 0) != (wakes.any != NULL) ||
		    wakes_unknown(view, check) || is_reached_from_excepted(view, check, site->function))
			continue;
		keymap_put(said, KEYMAP_KEY(class), view);
		report_never_woken(view, rule, check, site, &wakes);
	}
}

/* ---- conditions ---------------------------------------------------------------------------- */

/* Visits the steps that a wait's condition became: those within the macro's invocation. false: stopped. */
typedef bool (*step_visit)(void *context, const struct ir_insn *insn);

static bool is_within(struct span inner, struct span outer)
{
	bool begins = inner.line > outer.line || (inner.line == outer.line && inner.column > outer.column);
	bool ends = inner.line < outer.end_line || (inner.line == outer.end_line && inner.column < outer.end_column);

	return inner.file == outer.file && begins && ends;
}

static bool visit_condition(const struct api_site *site, step_visit visit, void *context)
{
	int i = site->insn->index;

	while (i > 0 && (site->function->insns[i - 1]->kind == IR_LABEL || !site->function->insns[i - 1]->span.line ||
			 is_within(site->function->insns[i - 1]->span, site->insn->span)))
		i--;
	for (; i < site->insn->index; i++)
		if (is_within(site->function->insns[i]->span, site->insn->span) &&
		    !visit(context, site->function->insns[i]))
			return false;
	return true;
}

struct condition_check {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct api_site *site;
};

static void report_condition(const struct condition_check *c, const struct ir_insn *insn, const char *holder,
			     const char *api)
{
	struct module_finding *finding = ARENA_NEW(c->view->arena, struct module_finding);

	finding->rule = c->rule;
	finding->check = c->check;
	finding->span = insn->span;
	finding->function = c->site->function;
	finding->api = c->site->api->name;
	finding->object = user_text(c->view, key_arg(c->check, c->site));
	finding->holder = holder;
	finding->origin = api;
	finding_report(c->view, finding);
}

static bool reads_place(const struct module_view *view, const struct ir_expr *expr, const char *text)
{
	const char *own;

	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		own = ir_place_text(view->arena, expr->place);
		return strcmp(own, text) == 0;
	case IR_EXPR_CAST:
		return reads_place(view, expr->cast.operand, text);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return reads_place(view, expr->op.left, text) || reads_place(view, expr->op.right, text);
	default:
		return false;
	}
}

/* An assignment that makes a new value of the old one: done an unknown number of times. */
static bool counts(const struct module_view *view, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place : NULL;

	if (!place || (place->kind == IR_PLACE_VAR && place->var->kind != IR_VAR_GLOBAL &&
		       place->var->kind != IR_VAR_STATIC_LOCAL))
		return false;
	return reads_place(view, insn->assign.value, ir_place_text(view->arena, place));
}

static bool sleeps(void *context, const struct near_site *near)
{
	const char **name = context;

	if (near->site->api->sleep == RP_SLEEP_ALWAYS)
		*name = near->site->api->name;
	return !*name;
}

static bool judge_condition_step(void *context, const struct ir_insn *insn)
{
	struct condition_check *c = context;
	const char *sleeper = NULL;

	if (counts(c->view, insn)) {
		report_condition(c, insn,
				 arena_printf(c->view->arena, "it changes %s, as often as it is evaluated",
					      ir_place_text(c->view->arena, insn->assign.place)),
				 NULL);
		return false;
	}
	visit_near_sites(c->view, c->site->function, insn, sleeps, (void *)&sleeper);
	if (sleeper)
		report_condition(c, insn, arena_printf(c->view->arena, "%s in it may sleep", sleeper), sleeper);
	return !sleeper;
}

void check_wait_condition(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct condition_check c = { .view = view, .rule = rule, .check = check };
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		c.site = &view->sites[i];
		if (is_wait(check, c.site) && module_role_matches(view, check, c.site->function))
			visit_condition(c.site, judge_condition_step, &c);
	}
}

/* ---- set after the wake ----------------------------------------------------------------------- */

#define MAX_ATOMS 8
#define MAX_READ 16

/* `class op constant` makes the condition true, or the last missing part of it. */
struct atom {
	const char *class;
	int op; /* enum ir_binary */
	int64_t constant;
	const struct api_site *wait;
};

struct waited_for {
	struct module_view *view;
	const struct rp_check *check;
	struct atom atoms[MAX_ATOMS];
	int atom_count;
	const char *read[MAX_READ];  /* classes that the conditions mention */
	const char *names[MAX_READ]; /* and their last names */
	int read_count;
	const struct api_site *wait; /* while it is read */
};

static void add_read(struct waited_for *w, const struct ir_place *place)
{
	const char *class = object_place_class(w->view, place);

	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (!class || w->read_count == MAX_READ)
		return;
	w->read[w->read_count] = class;
	w->names[w->read_count++] = place->kind == IR_PLACE_FIELD ? place->part.field :
				    place->kind == IR_PLACE_VAR	  ? place->var->name :
								    NULL;
}

static void read_places(struct waited_for *w, const struct ir_expr *expr)
{
	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		add_read(w, expr->place);
		break;
	case IR_EXPR_CAST:
		read_places(w, expr->cast.operand);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		read_places(w, expr->op.left);
		read_places(w, expr->op.right);
		break;
	default:
		break;
	}
}

static const struct ir_place *loaded(const struct ir_expr *expr)
{
	expr = bare_expr(expr);
	return expr->kind == IR_EXPR_LOAD && expr->place->kind != IR_PLACE_DEREF ? expr->place : NULL;
}

static void add_atom(struct waited_for *w, const struct ir_expr *expr)
{
	struct atom atom = { NULL, IR_BINARY_NE, 0, w->wait };
	const struct ir_place *place;

	expr = bare_expr(expr);
	place = loaded(expr);
	if (!place && expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NOT) {
		place = loaded(expr->op.left);
		atom.op = IR_BINARY_EQ;
	} else if (!place && expr->kind == IR_EXPR_BINARY && module_constant(expr->op.right, &atom.constant)) {
		place = loaded(expr->op.left);
		atom.op = expr->op.op;
	}
	atom.class = place ? object_place_class(w->view, place) : NULL;
	if (atom.class && w->atom_count < MAX_ATOMS)
		w->atoms[w->atom_count++] = atom;
}

static bool read_condition_step(void *context, const struct ir_insn *insn)
{
	struct waited_for *w = context;
	int i;

	if (insn->kind == IR_BRANCH) {
		read_places(w, insn->branch.condition);
		add_atom(w, insn->branch.condition);
	} else if (insn->kind == IR_ASSIGN) {
		read_places(w, insn->assign.value);
	} else if (insn->kind == IR_CALL) {
		for (i = 0; i < insn->call.arg_count; i++)
			read_places(w, insn->call.args[i]);
	}
	return true;
}

/* The conditions of all waits on objects of the class. */
static void read_waits(struct waited_for *w, const char *class)
{
	size_t i;

	for (i = 0; i < w->view->site_count; i++) {
		const struct ir_expr *condition;

		w->wait = &w->view->sites[i];
		if (!is_wait(w->check, w->wait) || !same_class(key_class(w->view, w->check, w->wait), class))
			continue;
		condition = site_arg(w->wait, param_named(w->wait->api, w->check->value));
		visit_condition(w->wait, read_condition_step, w);
		if (condition) {
			read_places(w, condition);
			add_atom(w, condition);
		}
	}
}

static bool holds(const struct atom *atom, int64_t value)
{
	switch (atom->op) {
	case IR_BINARY_EQ:
		return value == atom->constant;
	case IR_BINARY_NE:
		return value != atom->constant;
	case IR_BINARY_LT:
		return value < atom->constant;
	case IR_BINARY_LE:
		return value <= atom->constant;
	case IR_BINARY_GT:
		return value > atom->constant;
	case IR_BINARY_GE:
		return value >= atom->constant;
	case IR_BINARY_AND:
		return (value & atom->constant) != 0;
	default:
		return false;
	}
}

static bool reads_class(const struct waited_for *w, const char *class)
{
	int i;

	for (i = 0; i < w->read_count; i++)
		if (same_class(w->read[i], class))
			return true;
	return false;
}

/* May the step change what a condition reads? */
static bool may_set(const struct waited_for *w, const struct ir_insn *insn)
{
	const struct ir_function *const *targets;
	size_t count, t;
	int i;

	if (insn->kind == IR_ASSIGN || insn->kind == IR_ZERO)
		return reads_class(w, object_place_class(w->view, insn->assign.place));
	if (insn->kind != IR_CALL)
		return false;
	for (i = 0; i < insn->call.arg_count; i++) {
		const struct ir_expr *arg = bare_expr(insn->call.args[i]);

		if (arg->kind == IR_EXPR_ADDRESS && reads_class(w, object_place_class(w->view, arg->place)))
			return true;
	}
	count = callgraph_targets(w->view->callgraph, insn, &targets);
	for (t = 0; t < count; t++)
		for (i = 0; i < w->read_count; i++)
			if (!w->names[i] || effects_may_write(w->view->effects, targets[t], w->names[i]))
				return true;
	return false;
}

static bool takes_lock(const struct module_view *view, const struct ir_insn *insn)
{
	const struct api_site *site = module_site(view, insn);
	int e;

	for (e = 0; site && e < site->api->effect_count; e++)
		if (site->api->effects[e].resource->exit_policy == RP_EXIT_BALANCED &&
		    event_enters_held(site->api->effects[e].resource, site->api->effects[e].event))
			return true;
	return false;
}

struct wake_walk {
	struct waited_for *waited;
	const char *class;
	const struct ir_insn *set; /* the assignment that comes too late */
	const struct atom *atom;
	bool is_woken_again;
};

static bool find_second_wake(void *context, const struct ir_insn *insn)
{
	struct wake_walk *walk = context;
	const struct module_view *view = walk->waited->view;
	const struct api_site *site = module_site(view, insn);
	int param = site ? site->api->signals_param : -1;
	const char *class;

	if (param >= 0) {
		class = key_class(view, walk->waited->check, site);
		walk->is_woken_again = walk->is_woken_again || !class || same_class(class, walk->class);
	} else if (insn->kind == IR_CALL && !site) {
		walk->is_woken_again = true; /* a helper may */
	}
	return !walk->is_woken_again;
}

static bool find_late_set(void *context, const struct ir_insn *insn)
{
	struct wake_walk *walk = context;
	const char *class;
	int64_t value;
	int a;

	if (insn->kind != IR_ASSIGN)
		return true;
	class = object_place_class(walk->waited->view, insn->assign.place);
	for (a = 0; a < walk->waited->atom_count && !walk->set; a++)
		if (same_class(walk->waited->atoms[a].class, class) && module_constant(insn->assign.value, &value) &&
		    holds(&walk->waited->atoms[a], value)) {
			walk->set = insn;
			walk->atom = &walk->waited->atoms[a];
		}
	return !walk->set;
}

static void report_late(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			const struct api_site *wake, const struct wake_walk *walk)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const struct api_site *wait = walk->atom->wait;

	finding->rule = rule;
	finding->check = check;
	finding->span = walk->set->span;
	finding->function = wake->function;
	finding->api = wake->api->name;
	finding->object = ir_place_text(view->arena, walk->set->assign.place);
	finding->origin = wake->api->name;
	finding->origin_span = wake->insn->span;
	finding_step(finding, wait->insn->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` waits here until it is so", wait->function->name));
	finding_step(finding, wake->insn->span, STEP_EVENT,
		     arena_printf(view->arena, "%s wakes it here", wake->api->name));
	finding_report(view, finding);
}

static void judge_wake(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
		       const struct api_site *wake)
{
	struct waited_for waited = { .view = view, .check = check };
	struct wake_walk walk = { .waited = &waited, .class = key_class(view, check, wake) };
	int i;

	if (!walk.class)
		return;
	read_waits(&waited, walk.class);
	if (waited.atom_count == 0 || waited.read_count == MAX_READ)
		return;
	for (i = 0; i < wake->insn->index; i++)
		if (may_set(&waited, wake->function->insns[i]) || takes_lock(view, wake->function->insns[i]))
			return;
	flow_walk(view->arena, wake->function, wake->insn->index, true, find_late_set, &walk);
	if (!walk.set)
		return;
	flow_walk(view->arena, wake->function, wake->insn->index, true, find_second_wake, &walk);
	if (!walk.is_woken_again)
		report_late(view, rule, check, wake, &walk);
}

void check_wake_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	size_t i;

	for (i = 0; i < view->site_count; i++)
		if (module_is_among(check->second, check->second_count, view->sites[i].api) &&
		    module_role_matches(view, check, view->sites[i].function))
			judge_wake(view, rule, check, &view->sites[i]);
}

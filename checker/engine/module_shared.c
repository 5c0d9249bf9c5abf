/* Lists that several contexts use at the same time: one access holds no lock,
 * while another that may run meanwhile holds one, or is an interrupt.
 *
 * Lists are told apart by the class of their heads; an entry belongs to the
 * list that entries of its class are put on. Only accesses below functions of
 * the check's roles count, and none while the list is still the function's own. */
#include "module_guards.h"

#include <string.h>

#define MAX_ENTRIES 8

struct access {
	const char *list; /* class of the head */
	const struct ir_function *function;
	const struct ir_insn *insn;
	const struct ir_expr *object; /* as it is written; NULL */
	const char *api;
	bool is_write;
	uint64_t may, must;
	const struct role_entry *entries[MAX_ENTRIES]; /* functions in one of the roles that lead there */
	int entry_count;
};

struct member {
	const char *entry, *list; /* classes; entry NULL: not known; list NULL: on several */
};

struct shared {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct guards *guards;
	struct member *members;
	size_t member_count, member_capacity;
	struct access *items;
	size_t count, capacity;
};

/* ---- which calls ------------------------------------------------------------------------- */

bool module_is_among(const struct rp_call_pattern *patterns, int count, const struct rp_api *api)
{
	int i;

	for (i = 0; i < count; i++)
		if (patterns[i].api == api)
			return true;
	return false;
}

static const char *arg_class(const struct shared *s, const struct api_site *site, int param)
{
	const struct ir_expr *arg = site_arg(site, param);
	const struct ir_place *place = arg ? expr_object(site->function, arg) : NULL;

	return place ? object_place_class(s->view, place) : NULL;
}

/* The effect on an entry of a list, if the API has one. */
static const struct rp_effect *entry_effect(const struct rp_check *check, const struct rp_api *api)
{
	int e;

	for (e = 0; e < api->effect_count; e++)
		if (module_has_resource(check, api->effects[e].resource) && api->effects[e].object == RP_OBJECT_PARAM)
			return &api->effects[e];
	return NULL;
}

/* ---- the lists that entries are on ---------------------------------------------------------- */

static void add_member(struct shared *s, const char *entry, const char *list)
{
	struct member member = { entry, list };
	size_t i;

	if (!entry && !list)
		return;
	/* Of an entry put on an unknown list nothing is known. */
	for (i = 0; i < s->member_count; i++) {
		struct member *known = &s->members[i];

		if (known->entry != entry || (!entry && known->list != list))
			continue;
		known->list = known->list == list ? list : NULL;
		return;
	}
	ARENA_PUSH(s->view->arena, s->members, s->member_count, s->member_capacity, member);
}

static const char *list_of(const struct shared *s, const char *entry)
{
	size_t i;

	for (i = 0; entry && i < s->member_count; i++)
		if (s->members[i].entry == entry)
			return s->members[i].list;
	return NULL;
}

/* The entries of the list are put on another as a whole: an entry alone no longer tells its list. */
static void lose_members(struct shared *s, const char *list)
{
	size_t i;

	for (i = 0; list && i < s->member_count; i++)
		if (s->members[i].entry && s->members[i].list == list)
			s->members[i].list = NULL;
}

static void find_spliced(struct shared *s)
{
	size_t i;
	int p;

	for (i = 0; i < s->view->site_count; i++) {
		const struct api_site *site = &s->view->sites[i];

		if (!module_is_among(s->check->patterns, s->check->pattern_count, site->api) ||
		    entry_effect(s->check, site->api))
			continue;
		for (p = 0; p < site->api->param_count; p++)
			if (p != param_named(site->api, s->check->key))
				lose_members(s, arg_class(s, site, p));
	}
}

static void find_members(struct shared *s)
{
	size_t i;

	for (i = 0; i < s->view->site_count; i++) {
		const struct api_site *site = &s->view->sites[i];
		const struct rp_effect *effect = entry_effect(s->check, site->api);

		if (!module_is_among(s->check->patterns, s->check->pattern_count, site->api))
			continue;
		add_member(s, NULL, arg_class(s, site, param_named(site->api, s->check->key)));
		if (effect)
			add_member(s, arg_class(s, site, effect->params[0]),
				   arg_class(s, site, param_named(site->api, s->check->key)));
	}
	find_spliced(s);
}

/* ---- accesses ---------------------------------------------------------------------------------- */

/* Is the memory that the list is in made by this function? Then nobody else knows it yet, perhaps. */
static bool is_fresh(const struct shared *s, const struct ir_function *function, const struct ir_place *place)
{
	const struct ir_var *var;
	int i, e;

	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind == IR_PLACE_VAR)
		return place->var->kind != IR_VAR_GLOBAL && place->var->kind != IR_VAR_STATIC_LOCAL;
	var = expr_variable(place->pointer);
	for (i = 0; var && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct api_site *site = insn->kind == IR_CALL ? module_site(s->view, insn) : NULL;

		if (!site || !insn->call.result || insn->call.result->kind != IR_PLACE_VAR ||
		    (insn->call.result->var != var &&
		     expr_variable(only_value(function, var)) != insn->call.result->var))
			continue;
		for (e = 0; e < site->api->effect_count; e++)
			if (site->api->effects[e].resource->is_memory &&
			    event_enters_held(site->api->effects[e].resource, site->api->effects[e].event))
				return true;
	}
	return false;
}

static void find_entries(const struct shared *s, struct access *access)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < s->view->entry_count && access->entry_count < MAX_ENTRIES; i++)
		if (module_has_role(s->check, s->view->entries[i].binding->role) &&
		    find_path(s->view, s->view->entries[i].function, access->function, &path))
			access->entries[access->entry_count++] = &s->view->entries[i];
}

static void add_access(struct shared *s, struct access access, const struct ir_place *place)
{
	if (!access.list || !place || is_fresh(s, access.function, place) ||
	    !guards_at(s->guards, access.function, access.insn, &access.may, &access.must))
		return;
	find_entries(s, &access);
	if (access.entry_count > 0)
		ARENA_PUSH(s->view->arena, s->items, s->count, s->capacity, access);
}

/* Calls of `second` take the lock in `value` for themselves. */
static void add_locked_call(struct shared *s, const struct api_site *site, struct access access)
{
	const struct ir_place *place = expr_object(site->function, access.object);
	const struct ir_expr *lock = site_arg(site, param_named(site->api, s->check->value));
	const char *class = lock ? expr_class(s->view, site->function, lock) : NULL;
	size_t before = s->count;

	add_access(s, access, place);
	if (s->count == before)
		return;
	s->items[before].may |= guards_bit(s->guards, class);
	s->items[before].must |= class ? guards_bit(s->guards, class) : 0;
}

static bool is_list(const struct shared *s, const char *class)
{
	size_t i;

	for (i = 0; class && i < s->member_count; i++)
		if (s->members[i].list == class)
			return true;
	return false;
}

/* The list that is emptied into another. */
static void add_spliced(struct shared *s, const struct api_site *site, int key)
{
	struct access access = {
		.function = site->function, .insn = site->insn, .api = site->api->name, .is_write = true
	};
	int p;

	for (p = 0; p < site->api->param_count; p++) {
		access.list = p == key ? NULL : arg_class(s, site, p);
		access.object = site_arg(site, p);
		if (is_list(s, access.list))
			add_access(s, access, expr_object(site->function, access.object));
	}
}

static void add_call(struct shared *s, const struct api_site *site)
{
	const struct rp_effect *effect = entry_effect(s->check, site->api);
	struct access access = {
		.function = site->function, .insn = site->insn, .api = site->api->name, .is_write = true
	};
	int key = param_named(site->api, s->check->key);

	if (module_is_among(s->check->second, s->check->second_count, site->api)) {
		access.list = arg_class(s, site, key);
		access.object = site_arg(site, key);
		if (access.object)
			add_locked_call(s, site, access);
	} else if (module_is_among(s->check->patterns, s->check->pattern_count, site->api)) {
		access.list = arg_class(s, site, key);
		access.object = site_arg(site, key);
		if (access.object)
			add_access(s, access, expr_object(site->function, access.object));
		if (!effect)
			add_spliced(s, site, key);
	} else if (effect) {
		access.list = list_of(s, arg_class(s, site, effect->params[0]));
		access.object = site_arg(site, effect->params[0]);
		if (access.object)
			add_access(s, access, expr_object(site->function, access.object));
	}
}

/* The list that an expression in the header of a loop reads a part of. */
static const struct ir_place *walked_list(const struct shared *s, const struct ir_expr *expr, const char **list)
{
	const struct ir_place *place;

	expr = expr ? bare_expr(expr) : NULL;
	while (expr && expr->kind == IR_EXPR_BINARY)
		expr = bare_expr(expr->op.left);
	if (!expr || expr->kind != IR_EXPR_LOAD)
		return NULL;
	for (place = expr->place; place; place = place->part.base) {
		*list = object_place_class(s->view, place);
		if (is_list(s, *list))
			return place;
		if (place->kind != IR_PLACE_FIELD && place->kind != IR_PLACE_INDEX)
			break;
	}
	return NULL;
}

/* Loops, and macros that give the first entry. */
static void add_loops(struct shared *s, const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		struct access access = { .function = function, .insn = insn, .api = insn->macro };
		const struct ir_place *place = NULL;

		if (insn->macro && insn->kind == IR_ASSIGN)
			place = walked_list(s, insn->assign.value, &access.list);
		if (place)
			add_access(s, access, place);
	}
}

static void find_accesses(struct shared *s)
{
	const struct ir_module *module = s->view->module;
	int u, f;
	size_t i;

	for (i = 0; i < s->view->site_count; i++)
		add_call(s, &s->view->sites[i]);
	for (u = 0; u < module->unit_count; u++)
		for (f = 0; f < module->units[u]->function_count; f++)
			if (module->units[u]->functions[f]->has_body &&
			    keymap_get(s->view->unit_by_function, KEYMAP_KEY(module->units[u]->functions[f])) ==
				    module->units[u])
				add_loops(s, module->units[u]->functions[f]);
}

/* ---- who runs at the same time --------------------------------------------------------------------- */

static bool excludes(const struct rp_role *role, const struct rp_role *other)
{
	int i;

	for (i = 0; i < role->excluded_count; i++)
		if (strcmp(role->excluded[i], other->name) == 0)
			return true;
	return false;
}

/* Does the function stop such callbacks before the step? */
static bool is_stopped_before(const struct shared *s, const struct access *access, const char *family)
{
	size_t i;

	for (i = 0; family && i < s->view->site_count; i++)
		if (s->view->sites[i].function == access->function && s->view->sites[i].api->stops == family &&
		    s->view->sites[i].insn->index < access->insn->index)
			return true;
	return false;
}

/* What processes ask for, two of them may ask for at once, unless the role keeps off itself; a callback of the
 * kernel's comes one at a time. */
static bool runs_twice(const struct role_entry *entry)
{
	const struct rp_role *role = entry->binding->role;

	return !role->lacks_user_context && role->context <= RP_CONTEXT_PROCESS && !excludes(role, role);
}

static bool is_interrupt(const struct role_entry *entry)
{
	return entry->binding->role->context > RP_CONTEXT_PROCESS || entry->binding->role->irql_min >= RP_IRQL_DISPATCH;
}

/* Two functions that lead to the accesses and may run at the same time. */
struct meeting {
	const struct role_entry *left, *right;
};

static bool may_meet(const struct shared *s, const struct access *left, const struct access *right,
		     const struct meeting *m)
{
	const struct rp_role *a = m->left->binding->role, *b = m->right->binding->role;

	if (m->left->function == m->right->function && !runs_twice(m->left))
		return false;
	return !excludes(a, b) && !excludes(b, a) && !is_stopped_before(s, left, b->family) &&
	       !is_stopped_before(s, right, a->family);
}

static bool find_meeting(const struct shared *s, const struct access *left, const struct access *right, bool is_bare,
			 struct meeting *found)
{
	int l, r;

	if (!left->is_write && !right->is_write)
		return false;
	for (l = 0; l < left->entry_count; l++)
		for (r = 0; r < right->entry_count; r++) {
			*found = (struct meeting){ left->entries[l], right->entries[r] };
			if (may_meet(s, left, right, found) &&
			    (!is_bare || (is_interrupt(found->right) && !is_interrupt(found->left))))
				return true;
		}
	return false;
}

/* How many accesses of the list hold the lock, against those that surely hold none. */
static bool is_customary(const struct shared *s, const char *list, uint64_t lock)
{
	int with = 0, without = 0;
	size_t i;

	for (i = 0; i < s->count; i++) {
		if (s->items[i].list != list)
			continue;
		with += (s->items[i].must & lock) != 0;
		without += s->items[i].may == 0;
	}
	return with >= without;
}

/* An access that may run meanwhile: under a lock that is customary, or, with is_bare, an interrupt without one. */
static const struct access *find_rival(const struct shared *s, const struct access *access, bool is_bare,
				       struct meeting *meeting)
{
	size_t i;

	for (i = 0; i < s->count; i++) {
		const struct access *rival = &s->items[i];
		bool is_fit = is_bare ? rival->may == 0 :
					rival->must && guards_class(s->guards, rival->must) &&
						is_customary(s, access->list, rival->must);

		if (is_fit && rival != access && rival->list == access->list &&
		    find_meeting(s, access, rival, is_bare, meeting))
			return rival;
	}
	return NULL;
}

/* ---- findings ------------------------------------------------------------------------------------------ */

static void report_access(const struct shared *s, const struct access *access, const struct access *rival,
			  const struct meeting *meeting)
{
	struct module_finding *finding = ARENA_NEW(s->view->arena, struct module_finding);
	const char *lock = rival->must ? guards_class(s->guards, rival->must) : NULL;
	const char *text = access->object ? user_text(s->view, access->object) : NULL;
	struct call_path path;

	finding->rule = s->rule;
	finding->check = s->check;
	finding->span = access->insn->span;
	finding->function = access->function;
	finding->object = text ? text : class_text(access->list);
	finding->api = access->api;
	finding->holder = lock ? arena_printf(s->view->arena, "`%s`", class_text(lock)) : "any lock";
	finding->origin = meeting->right->function->name;
	finding->origin_span = rival->insn->span;
	finding_step(finding, meeting->right->function->span, STEP_EVENT,
		     arena_printf(s->view->arena, "`%s` is called as %s", meeting->right->function->name,
				  meeting->right->binding->role->name));
	finding_step(finding, rival->insn->span, STEP_EVENT,
		     arena_printf(s->view->arena, "it uses the list here, %s%s", lock ? "holding " : "without a lock",
				  lock ? class_text(lock) : ""));
	finding_entry(s->view, finding, meeting->left);
	if (find_path(s->view, meeting->left->function, access->function, &path))
		finding_path(s->view, finding, &path);
	finding_report(s->view, finding);
}

void check_unguarded(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct shared s = { .view = view, .rule = rule, .check = check };
	struct keymap *said = keymap_create(view->arena);
	size_t i;

	if (!view->module->is_whole)
		return;
	find_members(&s);
	if (s.member_count == 0)
		return;
	s.guards = guards_compute(view);
	find_accesses(&s);
	for (i = 0; i < s.count; i++) {
		const struct access *access = &s.items[i], *rival;
		struct meeting meeting;

		if (access->may != 0 || keymap_get(said, span_key(access->insn->span)))
			continue;
		rival = find_rival(&s, access, false, &meeting);
		rival = rival ? rival : find_rival(&s, access, true, &meeting);
		if (!rival)
			continue;
		keymap_put(said, span_key(access->insn->span), view);
		report_access(&s, access, rival, &meeting);
	}
}

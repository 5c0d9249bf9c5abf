/* Objects of the driver's own that are used although nothing in the module
 * initialises them, or only as something else. Objects are told apart by class;
 * any way in which one might be initialised unseen makes the check silent. */
#include "module_int.h"

#include <string.h>

struct uninit {
	struct module_view *view;
	const struct rp_rule *rule;
	const struct rp_check *check;
	const char *class;
	const struct object_mention *wrong; /* an initialisation as another kind of object */
	const struct object_mention *part;  /* or of something inside the object */
};

/* ---- other modules ------------------------------------------------------------------------- */

static bool takes_record(struct module_view *view, const struct ir_function *callee, const struct ir_type *record)
{
	const struct ir_type *type = callee->type;
	int i;

	for (i = 0; type && i < type->param_count; i++) {
		const struct ir_type *param = type->params[i];
		const struct ir_type *given = param && param->kind == IR_TYPE_POINTER ? param->target : NULL;

		if (given && given->kind == IR_TYPE_RECORD && given->tag &&
		    (given->tag == record->tag || module_records_nest(view, given, record) ||
		     module_records_nest(view, record, given)))
			return true;
	}
	return !type;
}

/* Does a function of another module of the driver's know such records? */
static bool is_shared_record(struct module_view *view, const struct ir_type *record)
{
	int u, f, i;

	for (u = 0; u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++) {
			const struct ir_function *function = view->module->units[u]->functions[f];

			for (i = 0; i < function->insn_count; i++) {
				const struct ir_insn *insn = function->insns[i];
				const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

				if (callee && !callee->has_body && callee->in_user_file &&
				    takes_record(view, callee, record))
					return true;
			}
		}
	return false;
}

/* Is the record this module's own business: is all of it seen, or does what is called elsewhere get no such record? */
static bool is_own_record(struct module_view *view, const struct ir_type *record)
{
	return view->module->is_whole || !is_shared_record(view, record);
}

/* ---- uses --------------------------------------------------------------------------------- */

static bool is_listed(const struct rp_check *check, const struct rp_api *api)
{
	int i;

	for (i = 0; i < check->pattern_count; i++)
		if (check->patterns[i].api == api)
			return true;
	return false;
}

/* The object that the call uses, if it is one of the driver's own that the module itself makes. */
static const struct ir_place *used_object(struct module_view *view, const struct rp_check *check,
					  const struct api_site *site)
{
	const struct ir_expr *arg = site_arg(site, param_named(site->api, check->key));
	const struct ir_place *place = arg ? expr_object(site->function, arg) : NULL;
	const struct ir_place *field = place;
	const struct ir_var *var;

	while (field && field->kind == IR_PLACE_INDEX)
		field = field->part.base;
	if (!field)
		return NULL;
	if (field->kind == IR_PLACE_FIELD) {
		const struct ir_type *record = field->part.base->type;

		return record && record->kind == IR_TYPE_RECORD && module_makes_record(view, record) &&
				       is_own_record(view, record) &&
				       !module_initialises_field(view, record->tag, field->part.field) ?
			       place :
			       NULL;
	}
	var = field->kind == IR_PLACE_VAR ? field->var : NULL;
	return var && view->module->is_whole &&
			       (var->kind == IR_VAR_STATIC_LOCAL || (var->kind == IR_VAR_GLOBAL && var->is_defined)) &&
			       !var->is_initialised && !var->is_thread_or_percpu ?
		       place :
		       NULL;
}

/* ---- initialisations ------------------------------------------------------------------------- */

static const char *pointee_tag(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_POINTER && type->target ? type->target->tag : NULL;
}

/* Is the object given as another kind than it is: by a cast, or to an API for another record? */
static bool is_wrong_kind(const struct object_mention *mention)
{
	const char *expected = mention->site->api->params[mention->param].record;
	const char *tag = mention->place->type ? mention->place->type->tag : NULL;
	const char *given = pointee_tag(mention->argument->type);

	return tag && ((expected && strcmp(expected, tag) != 0) || (given && given != tag));
}

/* May the mention initialise the object? Notes those that do it wrongly. */
static bool may_initialise(struct uninit *u, const struct object_mention *mention)
{
	const struct rp_param *param = mention->param >= 0 ? &mention->site->api->params[mention->param] : NULL;
	bool is_init = mention->site && mention->param >= 0 && mention->site->api->initialises_param == mention->param;

	switch (mention->kind) {
	case MENTION_GIVEN:
		if (is_init && is_wrong_kind(mention)) {
			u->wrong = u->wrong ? u->wrong : mention;
			return false;
		}
		/* As another parameter of such an API it is made valid: an entry by being put on a list. */
		if (is_init || !param || (is_listed(u->check, mention->site->api) && param->name != u->check->key))
			return true;
		return param->access == RP_ACCESS_WRITE || param->access == RP_ACCESS_UNKNOWN;
	case MENTION_PART_GIVEN:
		if (!is_init || (u->part && u->part->argument != mention->argument))
			return is_init;
		u->part = mention;
		return false;
	default:
		return true;
	}
}

static bool is_initialised(struct uninit *u)
{
	const struct object_mentions *mentions = module_mentions(u->view, u->class);
	size_t i;

	u->wrong = u->part = NULL;
	for (i = 0; i < mentions->count; i++)
		if (may_initialise(u, &mentions->items[i]))
			return true;
	return false;
}

/* ---- findings ----------------------------------------------------------------------------------- */

static const char *holder_text(struct uninit *u)
{
	if (u->wrong)
		return arena_printf(u->view->arena, "%s does not initialise such an object", u->wrong->site->api->name);
	if (u->part)
		return arena_printf(u->view->arena, "only a part of it is initialised, by %s",
				    u->part->site->api->name);
	return "nothing in the module initialises it";
}

/* The record that the object is a member of, or NULL. */
static const struct ir_type *record_of(const struct ir_place *place)
{
	while (place && place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place && place->kind == IR_PLACE_FIELD ? place->part.base->type : NULL;
}

static bool is_same_record(const struct ir_type *left, const struct ir_type *right)
{
	return left && right && left->tag && left->tag == right->tag;
}

/* The first call that initialises another member of such a record; NULL: none. */
static const struct api_site *sibling_initialiser(struct uninit *u, const struct ir_type *record)
{
	size_t i;

	for (i = 0; i < u->view->site_count; i++) {
		const struct api_site *site = &u->view->sites[i];
		const struct ir_expr *arg = site_arg(site, site->api->initialises_param);
		const struct ir_place *place = arg ? expr_object(site->function, arg) : NULL;

		if (is_same_record(record_of(place), record))
			return site;
	}
	return NULL;
}

static bool asks_for_size(const struct ir_expr *expr, const struct ir_type *record)
{
	expr = bare_expr(expr);
	if (!expr)
		return false;
	if (expr->kind == IR_EXPR_BINARY)
		return asks_for_size(expr->op.left, record) || asks_for_size(expr->op.right, record);
	return expr->kind == IR_EXPR_SIZEOF && is_same_record(expr->size.measured, record);
}

static bool makes_record(const struct ir_insn *insn, const struct ir_type *record)
{
	int a;

	for (a = 0; insn->kind == IR_CALL && insn->call.result && a < insn->call.arg_count; a++)
		if (asks_for_size(insn->call.args[a], record))
			return true;
	return false;
}

/* The first call that asks for memory of the record's size; NULL: none. */
static const struct ir_insn *maker(const struct ir_module *module, const struct ir_type *record,
				   const struct ir_function **function)
{
	int u, f, i;

	for (u = 0; u < module->unit_count; u++)
		for (f = 0; f < module->units[u]->function_count; f++) {
			*function = module->units[u]->functions[f];
			for (i = 0; i < (*function)->insn_count; i++)
				if (makes_record((*function)->insns[i], record))
					return (*function)->insns[i];
		}
	return NULL;
}

/* The first store into another member of such a record by a function that begins with a device or the module. */
static const struct ir_insn *first_store(struct uninit *u, const struct ir_type *record,
					 const struct ir_function **function)
{
	size_t i;
	int k;

	for (i = 0; i < u->view->entry_count; i++) {
		const struct role_entry *entry = &u->view->entries[i];

		*function = entry->function;
		if (!entry->binding->role->is_init && !entry->binding->role->unwinds)
			continue;
		for (k = 0; k < (*function)->insn_count; k++) {
			const struct ir_insn *insn = (*function)->insns[k];

			if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_FIELD &&
			    is_same_record(insn->assign.place->part.base->type, record))
				return insn;
		}
	}
	return NULL;
}

/* Is the function called when a device or the module begins, by one of the functions for that? */
static bool is_start_helper(struct uninit *u, const struct ir_function *function)
{
	struct call_path path;
	size_t i;

	for (i = 0; i < u->view->entry_count; i++) {
		const struct role_entry *entry = &u->view->entries[i];

		if ((entry->binding->role->is_init || entry->binding->role->unwinds) &&
		    find_path(u->view, entry->function, function, &path) && path.count > 0)
			return true;
	}
	return false;
}

/* The first store into such a record; *count: how many there are. */
static const struct ir_insn *own_store(const struct ir_function *function, const struct ir_type *record, int *count)
{
	const struct ir_insn *first = NULL;
	int i;

	for (i = *count = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_FIELD ||
		    !is_same_record(insn->assign.place->part.base->type, record))
			continue;
		first = first ? first : insn;
		++*count;
	}
	return first;
}

/* The first store of the helper that sets up most of the record while the device begins. */
static const struct ir_insn *helper_store(struct uninit *u, const struct ir_type *record,
					  const struct ir_function **function)
{
	const struct ir_module *module = u->view->module;
	const struct ir_insn *best = NULL;
	int n, f, count, most = 0;

	for (n = 0; n < module->unit_count; n++)
		for (f = 0; f < module->units[n]->function_count; f++) {
			const struct ir_function *helper = module->units[n]->functions[f];
			const struct ir_insn *first = own_store(helper, record, &count);

			if (count <= most || !is_start_helper(u, helper))
				continue;
			best = first;
			most = count;
			*function = helper;
		}
	return best;
}

static void add_setup(struct uninit *u, struct module_finding *finding, const struct ir_insn *store,
		      const struct ir_function *function)
{
	finding_step(finding, store->span, STEP_EVENT,
		     arena_printf(u->view->arena, "`%s` sets up another member of the record here", function->name));
}

/* Where the initialisation belongs: where the record is made, or beside that of other members. */
static void add_place_of_init(struct uninit *u, struct module_finding *finding, const struct ir_place *place)
{
	const struct ir_type *record = record_of(place);
	const struct api_site *sibling = record ? sibling_initialiser(u, record) : NULL;
	const struct ir_function *function;
	const struct ir_insn *made = record ? maker(u->view->module, record, &function) : NULL;

	if (made)
		finding_step(finding, made->span, STEP_EVENT,
			     arena_printf(u->view->arena, "`%s` makes the record here", function->name));
	if (record && !made && !sibling) {
		made = first_store(u, record, &function);
		if (made)
			add_setup(u, finding, made, function);
	}
	if (sibling)
		finding_step(finding, sibling->insn->span, STEP_EVENT,
			     arena_printf(u->view->arena, "`%s` initialises another member of the record here",
					  sibling->function->name));
	made = record && !sibling ? helper_store(u, record, &function) : NULL;
	if (made)
		add_setup(u, finding, made, function);
}

static void report_use(struct uninit *u, const struct api_site *site)
{
	struct module_finding *finding = ARENA_NEW(u->view->arena, struct module_finding);
	const struct object_mention *init = u->wrong ? u->wrong : u->part;
	const char *text = user_text(u->view, site_arg(site, param_named(site->api, u->check->key)));

	finding->rule = u->rule;
	finding->check = u->check;
	finding->span = site->insn->span;
	finding->function = site->function;
	finding->api = site->api->name;
	finding->object = text ? text : class_text(u->class);
	finding->holder = holder_text(u);
	if (init) {
		finding->origin = init->site->api->name;
		finding->origin_span = init->insn->span;
		finding_step(finding, init->insn->span, STEP_EVENT,
			     arena_printf(u->view->arena, "%s initialises something else here", finding->origin));
	} else {
		add_place_of_init(u, finding,
				  expr_object(site->function, site_arg(site, param_named(site->api, u->check->key))));
	}
	finding_report(u->view, finding);
}

void check_uninitialised(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	size_t i;

	for (i = 0; view->module->is_complete && i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];
		struct uninit u = { .view = view, .rule = rule, .check = check };
		const struct ir_place *place;

		if (!is_listed(check, site->api) || !module_role_matches(view, check, site->function))
			continue;
		place = used_object(view, check, site);
		u.class = place ? object_place_class(view, place) : NULL;
		if (!u.class || keymap_get(view->uninit_said, KEYMAP_KEY(u.class)) || is_initialised(&u))
			continue;
		keymap_put(view->uninit_said, KEYMAP_KEY(u.class), view);
		report_use(&u, site);
	}
}

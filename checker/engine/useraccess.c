/* Memory of a user process, on Windows: touched before it was probed, outside a
 * __try, or in a context in which it is another process's. The C types do not
 * tell user pointers from others; facts name the fields of requests that hold
 * them, and from there they are followed: on a path by the engine's values,
 * into helpers when all callers pass one, and through fields of the driver's
 * own records into which nothing else is ever stored. */
#include "engine_int.h"
#include "module_int.h"

#include <string.h>

#define MAX_WAY 6     /* calls between the place a pointer comes from and its use */
#define MAX_TRACED 6  /* assignments followed inside one function */
#define MAX_WORK 2000 /* expressions or callers looked at for one answer */

/* ---- where an expression's value comes from ---------------------------------------- */

static const struct ir_expr *bare(const struct ir_expr *expr)
{
	while (expr && expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

bool is_user_place(const struct engine *engine, const struct ir_place *place)
{
	const struct rule_set *rules = engine->rules;
	const struct ir_place *base;
	int i;

	for (i = 0; place->kind == IR_PLACE_FIELD && i < rules->field_count; i++) {
		if (rules->fields[i].field != place->part.field || rules->fields[i].space != RP_SPACE_USER)
			continue;
		for (base = place->part.base; base; base = base->kind == IR_PLACE_FIELD ? base->part.base : NULL)
			if (base->type && base->type->tag == rules->fields[i].record)
				return true;
	}
	return false;
}

/* The pointer that an expression was computed from: p of p + n, &p->field, (T *)p. */
static const struct ir_expr *pointer_part(const struct ir_expr *expr)
{
	const struct ir_place *place;

	for (expr = bare(expr); expr; expr = bare(expr)) {
		if (expr->kind == IR_EXPR_BINARY && (expr->op.op == IR_BINARY_ADD || expr->op.op == IR_BINARY_SUB)) {
			expr = expr->op.left;
			continue;
		}
		if (expr->kind != IR_EXPR_ADDRESS)
			return expr;
		for (place = expr->place; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX;)
			place = place->part.base;
		if (place->kind != IR_PLACE_DEREF)
			return expr;
		expr = place->pointer;
	}
	return expr;
}

static bool is_private_var(const struct ir_var *var)
{
	return var->kind == IR_VAR_LOCAL || var->kind == IR_VAR_TEMP || var->kind == IR_VAR_PARAM;
}

enum answer { ANSWER_NO, ANSWER_OPEN, ANSWER_YES };

/* Functions whose parameter is being asked for, so that cycles end. */
struct asking {
	const struct engine *engine;
	const struct ir_function *functions[MAX_WAY];
	int params[MAX_WAY];
	int depth;
	int work;
};

static enum answer param_answer(struct asking *asking, const struct ir_function *function, int param);

static enum answer expr_answer(struct asking *asking, const struct ir_function *function, const struct ir_expr *expr,
			       int traced);

/* A variable holds one when every value it is given is one, but for NULL. */
static enum answer var_answer(struct asking *asking, const struct ir_function *function, const struct ir_var *var,
			      int traced)
{
	enum answer answer = ANSWER_OPEN, one;
	int i;

	if (var->kind == IR_VAR_PARAM)
		answer = param_answer(asking, function, var->param);
	for (i = 0; i < function->insn_count && answer != ANSWER_NO; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
					       insn->kind == IR_CALL   ? insn->call.result :
									 NULL;

		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (insn->kind == IR_CALL || traced == MAX_TRACED)
			return ANSWER_NO;
		one = expr_answer(asking, function, insn->assign.value, traced + 1);
		answer = one == ANSWER_OPEN ? answer : one;
	}
	return answer;
}

static enum answer expr_answer(struct asking *asking, const struct ir_function *function, const struct ir_expr *expr,
			       int traced)
{
	expr = pointer_part(expr);
	if (!expr || asking->work++ > MAX_WORK)
		return ANSWER_NO;
	if (expr->kind == IR_EXPR_INT && expr->value == 0)
		return ANSWER_OPEN;
	if (expr->kind != IR_EXPR_LOAD)
		return ANSWER_NO;
	if (is_user_place(asking->engine, expr->place))
		return ANSWER_YES;
	if (expr->place->kind == IR_PLACE_VAR && is_private_var(expr->place->var) && !expr->place->var->address_taken)
		return var_answer(asking, function, expr->place->var, traced);
	return ANSWER_NO;
}

static bool has_unknown_callers(const struct engine *engine, const struct ir_function *function)
{
	int bindings = 0;

	effects_role_bindings(engine->effects, function, &bindings);
	return bindings > 0 || (!function->is_static && !engine->module->is_whole);
}

/* Do all callers of the function pass a user pointer there? */
static enum answer param_answer(struct asking *asking, const struct ir_function *function, int param)
{
	const struct caller_site *sites;
	enum answer answer = ANSWER_OPEN, one;
	size_t count, s;
	int i;

	for (i = 0; i < asking->depth; i++)
		if (asking->functions[i] == function && asking->params[i] == param)
			return ANSWER_OPEN;
	if (asking->depth == MAX_WAY || has_unknown_callers(asking->engine, function))
		return ANSWER_NO;
	asking->functions[asking->depth] = function;
	asking->params[asking->depth++] = param;
	count = callgraph_callers(asking->engine->callgraph, function, &sites);
	for (s = 0; s < count && answer != ANSWER_NO; s++) {
		if (param >= sites[s].insn->call.arg_count)
			one = ANSWER_NO;
		else
			one = expr_answer(asking, sites[s].caller, sites[s].insn->call.args[param], 0);
		answer = one == ANSWER_OPEN ? answer : one;
	}
	asking->depth--;
	return answer;
}

static bool expr_is_user(const struct engine *engine, const struct ir_function *function, const struct ir_expr *expr)
{
	struct asking asking = { .engine = engine };

	return expr_answer(&asking, function, expr, 0) == ANSWER_YES;
}

bool user_param(const struct analysis *a, int param)
{
	struct asking asking = { .engine = a->engine };
	const struct ir_type *type = a->function->params[param]->type;

	return unit_is_windows(a->unit) && a->engine->callgraph && type && type->kind == IR_TYPE_POINTER &&
	       param_answer(&asking, a->function, param) == ANSWER_YES;
}

/* ---- ways to a function ---------------------------------------------------------------- */

/* The calls from a function that the kernel enters (or that loads the pointer)
 * down to the one being analysed. */
struct way {
	struct caller_site calls[MAX_WAY]; /* innermost first */
	int count;
	const struct ir_function *top;
	int *work; /* callers looked at so far */
};

/* Goes on at this caller; a function already on the way is not gone through again. */
static bool way_push(struct way *way, const struct caller_site *site)
{
	int i;

	for (i = 0; i < way->count; i++)
		if (way->calls[i].caller == site->caller)
			return false;
	if (way->count == MAX_WAY)
		return false;
	way->calls[way->count++] = *site;
	return true;
}

static const struct chain *way_chain(struct analysis *a, const struct way *way)
{
	const struct chain *chain = NULL;
	int i;

	for (i = 0; i < way->count; i++) {
		const struct ir_function *callee = i == 0 ? a->function : way->calls[i - 1].caller;

		chain = chain_extend(a->arena, chain, way->calls[i].insn->span, callee->name);
	}
	return chain;
}

static const struct role_binding *binding_of(const struct analysis *a, const struct ir_function *function)
{
	int count;
	const struct role_binding *bindings = effects_role_bindings(a->effects, function, &count);

	return count > 0 ? &bindings[0] : NULL;
}

/* `DRIVER_DISPATCH f;` does not tell which requests come there. */
static bool is_only_declared(const struct analysis *a, const struct ir_function *function)
{
	int count, i;
	const struct role_binding *bindings = effects_role_bindings(a->effects, function, &count);

	for (i = 0; i < count; i++)
		if (bindings[i].registered_in || bindings[i].call || span_order(bindings[i].span, function->span) != 0)
			return false;
	return true;
}

/* The path of a finding begins where the kernel, or the pointer, comes in. */
static void describe_way(struct analysis *a, struct violation *v, const struct way *way)
{
	v->entry_function = way->top;
	v->entry = binding_of(a, way->top);
	v->entry_chain = way_chain(a, way);
}

/* ---- the checks' conditions ---------------------------------------------------------------- */

static bool expr_reads(const struct ir_expr *expr, const char *field)
{
	const struct ir_place *place;

	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		for (place = expr->place; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX;
		     place = place->part.base)
			if (place->kind == IR_PLACE_FIELD && strcmp(place->part.field, field) == 0)
				return true;
		return place->kind == IR_PLACE_DEREF && expr_reads(place->pointer, field);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return expr_reads(expr->op.left, field) || expr_reads(expr->op.right, field);
	case IR_EXPR_CAST:
		return expr_reads(expr->cast.operand, field);
	default:
		return false;
	}
}

static bool insn_reads(const struct ir_insn *insn, const char *field)
{
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
	case IR_EVAL:
	case IR_SWITCH:
	case IR_RETURN:
		return expr_reads(insn->kind == IR_SWITCH ? insn->select.value : insn->assign.value, field);
	case IR_BRANCH:
		return expr_reads(insn->branch.condition, field);
	case IR_CALL:
		for (i = 0; i < insn->call.arg_count; i++)
			if (expr_reads(insn->call.args[i], field))
				return true;
		return false;
	default:
		return false;
	}
}

static bool reads_any(const struct ir_function *function, const struct rp_check *check)
{
	int i, f;

	for (f = 0; f < check->unless_reads_count; f++)
		for (i = 0; i < function->insn_count; i++)
			if (insn_reads(function->insns[i], check->unless_reads[f]))
				return true;
	return false;
}

/* `table[INDEX] = function` with one of the indices, somewhere in the module. */
static bool is_bound_at(const struct engine *engine, const struct ir_function *function, const struct rp_check *check)
{
	int u, f, i, b;

	for (u = 0; u < engine->module->unit_count; u++) {
		const struct ir_unit *unit = engine->module->units[u];

		for (f = 0; f < unit->function_count; f++) {
			for (i = 0; i < unit->functions[f]->insn_count; i++) {
				const struct ir_insn *insn = unit->functions[f]->insns[i];
				const struct ir_expr *value = insn->kind == IR_ASSIGN ? bare(insn->assign.value) : NULL;
				const struct ir_expr *index;

				if (!value || value->kind != IR_EXPR_FUNCTION || value->function != function ||
				    insn->assign.place->kind != IR_PLACE_INDEX)
					continue;
				index = bare(insn->assign.place->part.index);
				for (b = 0; index && index->macro && b < check->unless_bound_count; b++)
					if (strcmp(index->macro, check->unless_bound[b]) == 0)
						return true;
			}
		}
	}
	return false;
}

/* Does the module have any function there? Then its requests may come from other drivers. */
static bool has_bound(const struct engine *engine, const struct rp_check *check)
{
	int u, f;

	for (u = 0; check->unless_bound_count > 0 && u < engine->module->unit_count; u++)
		for (f = 0; f < engine->module->units[u]->function_count; f++)
			if (engine->module->units[u]->functions[f]->address_taken &&
			    is_bound_at(engine, engine->module->units[u]->functions[f], check))
				return true;
	return false;
}

/* Is the function, or one that leads to it, excepted by the check? */
static bool is_excepted(const struct engine *engine, const struct ir_function *function, const struct rp_check *check,
			int depth, int *work)
{
	const struct caller_site *sites;
	size_t count, s;

	if ((*work)++ > MAX_WORK || reads_any(function, check) ||
	    (check->unless_bound_count > 0 && is_bound_at(engine, function, check)))
		return true;
	if (depth == MAX_WAY)
		return false;
	count = callgraph_callers(engine->callgraph, function, &sites);
	for (s = 0; s < count; s++)
		if (sites[s].caller != function && is_excepted(engine, sites[s].caller, check, depth + 1, work))
			return true;
	return false;
}

bool is_excepted_way(const struct analysis *a, const struct rp_check *check)
{
	int work = 0;

	return a->engine->callgraph && is_excepted(a->engine, a->function, check, 0, &work);
}

/* ---- probed, and inside a __try ------------------------------------------------------------ */

static bool is_wrong_state(const struct rp_check *check, const struct rp_resource *resource, int state)
{
	int i;

	for (i = 0; i < check->state_count; i++)
		if (strcmp(check->states[i], resource->states[state].name) == 0)
			return true;
	return false;
}

/* Does the event take an object to a state that is right? */
static bool is_right_event(const struct rp_check *check, const struct rp_resource *resource, int event)
{
	int i;

	for (i = 0; i < resource->transition_count; i++)
		if (resource->transitions[i].event == event && resource->transitions[i].to >= 0 &&
		    !is_wrong_state(check, resource, resource->transitions[i].to))
			return true;
	return false;
}

/* May the function move such an object out of the states that are wrong? */
static bool may_settle(const struct analysis *a, const struct ir_function *function, const struct rp_check *check)
{
	int r, e;

	for (r = 0; r < check->resource_count; r++)
		for (e = 0; e < check->resources[r]->event_count; e++)
			if (is_right_event(check, check->resources[r], e) &&
			    effects_may_cause(a->effects, function, check->resources[r], e, NULL))
				return true;
	return false;
}

/* Does the path know the pointer, or another into the same memory, in a right state? */
static bool is_settled(const struct analysis *a, const struct flow_state *state, const struct sym *pointer,
		       const struct rp_check *check)
{
	const struct sym *base = sym_base_pointer(pointer), *object = sym_object_pointer(pointer);
	size_t i;
	int r;

	(void)a;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		const struct sym *key;

		for (r = 0; r < check->resource_count; r++)
			if (entry->resource == check->resources[r])
				break;
		if (r == check->resource_count || entry->state < 0)
			continue;
		key = sym_base_pointer(entry->key);
		if ((key == base || (object && (key == object || sym_object_pointer(key) == object))) &&
		    (entry->is_doubtful || !is_wrong_state(check, entry->resource, entry->state)))
			return true;
	}
	return false;
}

/* A helper whose summary is not known may have probed it. */
static bool helper_may_settle(const struct analysis *a, const struct rp_check *check)
{
	int i, k;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

		if (!callee || !callee->in_user_file)
			continue;
		if (callee->has_body ? may_settle(a, callee, check) && !call_summary(a, insn) : true)
			for (k = 0; k < insn->call.arg_count; k++)
				if (callee->has_body || expr_is_user(a->engine, a->function, insn->call.args[k]))
					return true;
	}
	return false;
}

/* Does the step settle it, or what it calls? */
static bool insn_may_settle(const struct analysis *a, const struct ir_insn *insn, const struct rp_check *check)
{
	const struct sym call = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &call) : NULL;
	int r, e;

	if (insn->kind != IR_CALL)
		return false;
	if (!api)
		return !insn->call.callee || may_settle(a, insn->call.callee, check);
	for (r = 0; r < check->resource_count; r++)
		for (e = 0; e < api->effect_count; e++)
			if (api->effects[e].resource == check->resources[r] &&
			    is_right_event(check, check->resources[r], api->effects[e].event))
				return true;
	return false;
}

struct reach {
	const struct ir_insn *target;
	bool found;
};

static bool visit_reach(void *context, const struct ir_insn *insn)
{
	struct reach *reach = context;

	reach->found |= insn == reach->target;
	return !reach->found;
}

/* May the caller have settled it when control gets to the call? What stands on other ways, as in another case of a
 * switch, does not count. */
static bool may_be_settled_at(const struct analysis *a, const struct caller_site *site, const struct rp_check *check)
{
	struct reach reach = { .target = site->insn };
	int i;

	if (!may_settle(a, site->caller, check))
		return false;
	for (i = 0; i < site->caller->insn_count && !reach.found; i++)
		if (site->caller->insns[i] != site->insn && insn_may_settle(a, site->caller->insns[i], check))
			flow_walk(a->engine->scratch, site->caller, i, false, visit_reach, &reach);
	return reach.found;
}

/* One step up that does not settle it: no handler around the call, no probe before it in the caller. */
static bool step_is_open(const struct analysis *a, const struct caller_site *site, const struct rp_check *check)
{
	if (check->outside_try)
		return ir_scope_try(site->insn->scope) == NULL;
	return !may_be_settled_at(a, site, check);
}

/* A way on which nothing settles it, to a function that nobody of the module
 * calls. A caller that does settle it is taken for what the author meant. */
static bool find_open_way(const struct analysis *a, const struct ir_function *function, const struct rp_check *check,
			  struct way *way)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(a->engine->callgraph, function, &sites), s;
	bool found = false;

	way->top = function;
	if ((*way->work)++ > MAX_WORK)
		return false;
	if (count == 0 || binding_of(a, function))
		return true;
	for (s = 0; s < count; s++) {
		struct way next = *way;

		if (!step_is_open(a, &sites[s], check)) {
			if (check->outside_try)
				continue;
			return false;
		}
		if (!way_push(&next, &sites[s]) || !find_open_way(a, sites[s].caller, check, &next))
			continue;
		if (!found)
			*way = next;
		found = true;
	}
	return found;
}

/* ---- accesses ---------------------------------------------------------------------------------- */

struct user_access {
	const struct flow_state *state;
	const struct sym *pointer;
	const struct ir_expr *expr;
	const struct call_site *site; /* NULL: a direct access */
	struct span span;
	bool is_reported;
};

static const char *access_text(struct analysis *a, const struct user_access *access)
{
	const struct ir_expr *expr = pointer_part(access->expr);
	const char *text = expr ? readable_text(a, object_text(a, expr)) : NULL;

	return text && *text ? text : "the user buffer";
}

/* The step that loads the pointer in this function, for the path. */
static const struct ir_insn *find_load(const struct analysis *a, const struct ir_expr *expr)
{
	int i;

	expr = pointer_part(expr);
	if (!expr || expr->kind != IR_EXPR_LOAD || expr->place->kind != IR_PLACE_VAR)
		return NULL;
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_VAR &&
		    insn->assign.place->var == expr->place->var &&
		    expr_is_user(a->engine, a->function, insn->assign.value))
			return insn;
	}
	return NULL;
}

/* One report for a pointer in a function, whatever is done with it afterwards. */
static bool is_first(struct analysis *a, const struct user_access *access, const struct rp_rule *rule)
{
	uint64_t key = KEYMAP_KEY(rule) * 1000003 + KEYMAP_KEY(sym_base_pointer(access->pointer));
	void *known = keymap_get(a->reported, key);

	/* The same access is judged again in another state: emitting tells. */
	if (known && known != (void *)a->insn)
		return false;
	keymap_put(a->reported, key, (void *)a->insn);
	return true;
}

static void report_access(struct analysis *a, struct user_access *access, const struct rp_rule *rule,
			  const struct rp_check *check, const struct way *way)
{
	const struct ir_insn *load = find_load(a, access->expr);
	struct violation v = { .rule = rule, .check = check, .span = access->span };

	if (!is_first(a, access, rule))
		return;
	v.state = access->state;
	v.object = access_text(a, access);
	v.api = access->site ? access->site->name : "the access";
	if (load) {
		v.origin_span = load->span;
		v.origin_text = arena_printf(a->arena, "%s is an address of the calling process", v.object);
		v.cause = load;
	}
	describe_way(a, &v, way);
	v.is_likely = is_only_declared(a, way->top);
	emit_violation(a, &v);
	access->is_reported = true;
}

/* Entered with a request that may be one of those that other drivers send, or with nobody knows whose. */
static bool comes_from_elsewhere(const struct analysis *a, const struct rp_check *check, const struct way *way)
{
	const struct role_binding *binding = binding_of(a, way->top);

	return !binding || (binding->role->lacks_user_context && has_bound(a->engine, check));
}

static void visit_unsettled(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct user_access *access = context;
	int work = 0;
	struct way way = { .work = &work };

	if (check->outside_try || is_settled(a, access->state, access->pointer, check) ||
	    is_excepted(a->engine, a->function, check, 0, &work) || helper_may_settle(a, check) ||
	    !find_open_way(a, a->function, check, &way) || comes_from_elsewhere(a, check, &way))
		return;
	report_access(a, access, rule, check, &way);
}

static void visit_outside_try(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			      void *context)
{
	struct user_access *access = context;
	int work = 0;
	struct way way = { .work = &work };

	if (!check->outside_try || ir_scope_try(a->insn->scope) ||
	    is_excepted(a->engine, a->function, check, 0, &work) || !find_open_way(a, a->function, check, &way) ||
	    comes_from_elsewhere(a, check, &way))
		return;
	report_access(a, access, rule, check, &way);
}

bool is_outside_try(struct analysis *a, const struct ir_insn *insn, struct violation *v)
{
	const struct rp_check check = { .outside_try = true };
	int work = 0;
	struct way way = { .work = &work };

	if (ir_scope_try(insn->scope) || !find_open_way(a, a->function, &check, &way))
		return false;
	if (way.count > 0)
		describe_way(a, v, &way);
	return true;
}

/* ---- fields of the driver's own -------------------------------------------------------------- */

/* A field of a driver's record into which user addresses are stored, and nothing else. */
struct user_field {
	const char *tag, *field;
	const struct ir_function *function; /* that stores one */
	struct span span;
	bool is_mixed;
};

struct user_fields {
	const struct ir_module *module;
	struct user_field *items;
	size_t count, capacity;
	bool stores_request_field; /* the driver fills such a field of a request itself */
};

static const char *record_of(const struct ir_place *place)
{
	const struct ir_place *base = place->kind == IR_PLACE_FIELD ? place->part.base : NULL;

	return base && base->type && base->type->kind == IR_TYPE_RECORD ? base->type->tag : NULL;
}

static struct user_field *find_user_field(struct user_fields *fields, const struct ir_place *place)
{
	const char *tag = record_of(place);
	size_t i;

	for (i = 0; tag && i < fields->count; i++)
		if (fields->items[i].tag == tag && fields->items[i].field == place->part.field)
			return &fields->items[i];
	return NULL;
}

static void note_store(struct engine *engine, struct user_fields *fields, const struct ir_function *function,
		       const struct ir_insn *insn)
{
	const struct ir_place *place = insn->assign.place;
	const struct ir_expr *value = bare(insn->assign.value);
	struct user_field *known;
	struct user_field field = { .tag = record_of(place), .function = function, .span = insn->span };

	if (is_user_place(engine, place)) {
		fields->stores_request_field = true;
		return;
	}
	if (!field.tag || !value || (value->kind == IR_EXPR_INT && value->value == 0) || !place->type ||
	    place->type->kind != IR_TYPE_POINTER)
		return;
	field.field = place->part.field;
	field.is_mixed = !expr_is_user(engine, function, value);
	known = find_user_field(fields, place);
	if (known)
		known->is_mixed = known->is_mixed || field.is_mixed;
	else
		ARENA_PUSH(engine->module_arena, fields->items, fields->count, fields->capacity, field);
}

static struct user_fields *fields_of(struct engine *engine)
{
	struct user_fields *fields = engine->user_fields;
	int u, f, i;

	if (fields && fields->module == engine->module)
		return fields;
	fields = ARENA_NEW(engine->module_arena, struct user_fields);
	*fields = (struct user_fields){ .module = engine->module };
	engine->user_fields = fields;
	for (u = 0; u < engine->module->unit_count; u++) {
		const struct ir_unit *unit = engine->module->units[u];

		for (f = 0; f < unit->function_count; f++)
			for (i = 0; unit->functions[f]->has_body && i < unit->functions[f]->insn_count; i++) {
				const struct ir_insn *insn = unit->functions[f]->insns[i];

				if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_FIELD)
					note_store(engine, fields, unit->functions[f], insn);
			}
	}
	return fields;
}

/* The field that the pointer was loaded from, directly or into a variable first. */
static const struct user_field *stored_in(const struct analysis *a, struct user_fields *fields,
					  const struct ir_expr *expr, int *work)
{
	const struct user_field *field;
	int i;

	expr = pointer_part(expr);
	if (!expr || expr->kind != IR_EXPR_LOAD || fields->count == 0 || (*work)++ > MAX_WORK / 100)
		return NULL;
	field = find_user_field(fields, expr->place);
	if (field || expr->place->kind != IR_PLACE_VAR || !is_private_var(expr->place->var))
		return field;
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_VAR &&
		    insn->assign.place->var == expr->place->var) {
			field = stored_in(a, fields, insn->assign.value, work);
			if (field)
				return field;
		}
	}
	return NULL;
}

/* A way from a function that never runs for the process that asked. */
static bool find_foreign_way(const struct analysis *a, const struct ir_function *function, struct way *way)
{
	const struct role_binding *binding = binding_of(a, function);
	const struct caller_site *sites;
	size_t count, s;

	way->top = function;
	if ((*way->work)++ > MAX_WORK)
		return false;
	if (binding)
		return binding->role->lacks_user_context;
	count = callgraph_callers(a->engine->callgraph, function, &sites);
	for (s = 0; s < count; s++) {
		struct way next = *way;

		if (!way_push(&next, &sites[s]) || !find_foreign_way(a, sites[s].caller, &next))
			continue;
		*way = next;
		return true;
	}
	return false;
}

static void check_foreign(struct analysis *a, struct user_access *access)
{
	int tried = 0, work = 0;
	struct user_fields *fields = fields_of(a->engine);
	const struct user_field *field = access->expr ? stored_in(a, fields, access->expr, &tried) : NULL;
	struct violation v = { .state = access->state, .span = access->span };
	struct way way = { .work = &work };

	if (field ? field->is_mixed : !is_user_pointer(access->pointer) || fields->stores_request_field)
		return;
	if (access->state->context) /* asked for, or changed: KeStackAttachProcess */
		return;
	if (!find_foreign_way(a, a->function, &way) ||
	    !emit_find_check(a, RP_CHECK_USER_CONTEXT, NULL, &v.rule, &v.check) || has_bound(a->engine, v.check) ||
	    !is_first(a, access, v.rule))
		return;
	v.object = access_text(a, access);
	v.api = access->site ? access->site->name : "the access";
	v.holder = binding_of(a, way.top)->role->name;
	if (field) {
		v.origin_span = field->span;
		v.origin_text = arena_printf(a->arena, "`%s` stores an address of the process that it runs for in %s",
					     field->function->name, field->field);
	}
	describe_way(a, &v, &way);
	emit_violation(a, &v);
	access->is_reported = true;
}

void check_user_access(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct ir_expr *expr, const struct call_site *site, struct span span)
{
	struct user_access access = { state, pointer, expr, site, span, false };

	if (!unit_is_windows(a->unit) || !a->engine->callgraph || !a->engine->module_arena || !expr ||
	    pointer->kind == SYM_INT)
		return;
	check_foreign(a, &access);
	if (!is_user_pointer(pointer) || access.is_reported)
		return;
	emit_each_check(a, RP_CHECK_USER_ACCESS, visit_unsettled, &access);
	/* What was not even probed needs both: one finding says so. */
	if (!access.is_reported)
		emit_each_check(a, RP_CHECK_USER_ACCESS, visit_outside_try, &access);
}

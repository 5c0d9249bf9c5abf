/* Annotated callees: what a call of them needs, and what it does where only the
 * declaration is known. */
#include "contract_int.h"

#include <string.h>

static const struct ir_function *annotated_callee(const struct call_site *site)
{
	const struct ir_function *callee = site->insn->call.callee;

	return callee && !site->api && callee->in_user_file && contract_exists(callee) ? callee : NULL;
}

/* ---- what is known of the lock at the call ------------------------------------------ */

static bool is_held(const struct entry *entry)
{
	return entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

/* The lock's entry when it is surely held (or surely not), else NULL. */
static const struct entry *certain_entry(const struct flow_state *state, const struct contract_object *object,
					 bool held)
{
	const struct entry *found = NULL;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (!contract_covers(object, entry))
			continue;
		if (entry->is_doubtful || entry->state < 0 || is_held(entry) != held)
			return NULL;
		found = entry;
	}
	return found;
}

static bool forbids_twice(const struct rp_resource *resource, int held)
{
	int i;

	for (i = 0; !resource->is_counted && i < resource->transition_count; i++)
		if (resource->transitions[i].from == held && resource->transitions[i].violation &&
		    resource_event_acquires(resource, resource->transitions[i].event))
			return true;
	return false;
}

static void report_call(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			const struct lock_contract *contract, const struct entry *entry)
{
	static const enum rp_contract contracts[] = { [PROMISE_ACQUIRES] = RP_CONTRACT_ACQUIRES,
						      [PROMISE_RELEASES] = RP_CONTRACT_RELEASES,
						      [PROMISE_HOLDS] = RP_CONTRACT_HOLDS,
						      [PROMISE_NOT_HELD] = RP_CONTRACT_HOLDS };
	static const char *const clauses[] = { [PROMISE_ACQUIRES] = "%s is held already",
					       [PROMISE_RELEASES] = "%s is not held here",
					       [PROMISE_HOLDS] = "%s is not held here",
					       [PROMISE_NOT_HELD] = "%s is held here" };
	const struct ir_function *callee = site->insn->call.callee;
	struct violation v = { .state = state,
			       .span = site->insn->span,
			       .cause = site->insn,
			       .resource = entry->resource,
			       .key = entry->key,
			       .object = entry->object,
			       .mode = entry->mode,
			       .api = callee->name };

	v.holder = contract_clause(a, clauses[contract->promise], entry->object);
	contract_report(a, contracts[contract->promise], callee, contract->annotation, &v);
}

static void check_lock(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct lock_contracts *list, const struct lock_contract *contract)
{
	struct contract_names names = { site->insn->call.callee, site, contract->current };
	bool wants_held = contract->promise == PROMISE_HOLDS || contract->promise == PROMISE_RELEASES;
	struct contract_object object;
	const struct entry *entry;

	/* What a known body does is compared with the state when it is applied. */
	if ((contract->promise == PROMISE_ACQUIRES || contract->promise == PROMISE_RELEASES) &&
	    names.function->has_body)
		return;
	if (contract->promise == PROMISE_ACQUIRES &&
	    (contract->is_shared || contract_also(list, contract, PROMISE_RELEASES)))
		return;
	if (!contract_resolve(a, state, &names, contract->annotation->argument, &object))
		return;
	entry = certain_entry(state, &object, !wants_held);
	if (!entry || (contract->promise == PROMISE_ACQUIRES && !forbids_twice(entry->resource, entry->state)))
		return;
	report_call(a, state, site, contract, entry);
}

/* ---- IRQL ------------------------------------------------------------------------------- */

/* Does the function ask for the level, or is one of its branches on this path
 * about something that its callers choose? Then it may call only where it may. */
static bool asks_for_level(const struct analysis *a)
{
	struct rp_match match;
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const char *name = insn->kind != IR_CALL ? NULL :
				   insn->call.macro	 ? insn->call.macro :
				   insn->call.callee	 ? insn->call.callee->name :
							   NULL;

		if (insn->kind == IR_SWITCH)
			return true;
		if (name && rules_match_call(a->engine->rules, name, &match) && match.api->gives_irql)
			return true;
	}
	return false;
}

static bool is_callers_choice(const struct ir_expr *expr);

static bool is_callers_place(const struct ir_place *place)
{
	switch (place->kind) {
	case IR_PLACE_VAR:
		return place->var->kind == IR_VAR_PARAM || place->var->kind == IR_VAR_GLOBAL ||
		       place->var->kind == IR_VAR_STATIC_LOCAL;
	case IR_PLACE_DEREF:
		return true;
	default:
		return is_callers_place(place->part.base);
	}
}

/* Does a condition read something else than locals, but for a test for NULL? */
static bool is_callers_choice(const struct ir_expr *expr)
{
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return (!expr->type || expr->type->kind != IR_TYPE_POINTER) && is_callers_place(expr->place);
	case IR_EXPR_CAST:
		return is_callers_choice(expr->cast.operand);
	case IR_EXPR_UNARY:
		return is_callers_choice(expr->op.left);
	case IR_EXPR_BINARY:
		return is_callers_choice(expr->op.left) || is_callers_choice(expr->op.right);
	default:
		return false;
	}
}

static bool path_is_callers_choice(const struct flow_state *state)
{
	const struct trace *trace;

	for (trace = state->trace; trace; trace = trace->parent)
		if (!trace->resource && trace->insn && trace->insn->kind == IR_BRANCH &&
		    is_callers_choice(trace->insn->branch.condition))
			return true;
	return false;
}

/* Has anything on the path moved the level, as far as objects tell? */
static bool level_was_moved(const struct flow_state *state)
{
	size_t i;
	int s;

	if (state->irql || state->is_irql_lost || state->has_lost_objects)
		return true;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		for (s = 0; entry->resource && s < entry->resource->state_count; s++)
			if (entry->resource->states[s].irql != RP_IRQL_UNSAID)
				return true;
	}
	return false;
}

/* Arguments that choose between the API's limits must be known. */
static bool limit_is_certain(const struct flow_state *state, const struct call_site *site)
{
	int64_t value;
	int i, c;

	for (i = 0; site->api && i < site->api->irql_limit_count; i++) {
		const struct rp_conditions *conditions = &site->api->irql_limits[i].conditions;

		for (c = 0; c < conditions->count; c++) {
			const struct sym *arg = call_arg(site, conditions->items[c].param);

			if (!arg || !range_is_exact(range_of(state, arg), &value))
				return false;
		}
	}
	return true;
}

/* The function says it may be called at a level at which it may not make this call. */
static void check_declared_max(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct ir_annotation *annotation = contract_find(a->function, "irql_requires_max");
	const struct ir_function *callee = site->insn->call.callee;
	int declared = contract_level(annotation), limit = RP_IRQL_UNSAID;
	struct violation v = { .state = state, .span = site->insn->span, .cause = site->insn };

	if (declared == RP_IRQL_UNSAID || declared > RP_IRQL_DISPATCH)
		return;
	/* Beside another annotation, or in a role, it is not the whole of what the author says. */
	if (contract_find(a->function, "irql_requires") || contract_find(a->function, "when") ||
	    contract_find(a->function, "irql_always_max") || (a->role && a->role->irql_max != RP_IRQL_UNSAID))
		return;
	if (site->api)
		limit = irql_call_max(a, state, site);
	else if (callee && callee->in_user_file)
		limit = contract_level(contract_find(callee, "irql_requires_max"));
	if (limit == RP_IRQL_UNSAID || limit >= declared || level_was_moved(state) || !limit_is_certain(state, site) ||
	    path_is_callers_choice(state) || asks_for_level(a))
		return;
	v.api = v.object = site->name;
	v.irql = limit;
	v.irql_limit = declared;
	contract_report(a, RP_CONTRACT_IRQL_MAX, a->function, annotation, &v);
}

void contract_check_call(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *callee = annotated_callee(site);
	struct lock_contracts list;
	int i;

	if (contract_exists(a->function))
		check_declared_max(a, state, site);
	if (!callee)
		return;
	contract_locks(callee, &list);
	for (i = 0; i < list.count; i++)
		check_lock(a, state, site, &list, &list.items[i]);
}

/* ---- what the call does --------------------------------------------------------------------- */

/* Does the function return without an error that could mean it did not do it?
 * The saved level is no error. */
static bool always_acquires(const struct ir_function *function)
{
	const struct ir_type *result = function->type ? function->type->target : NULL;

	return !result || result->kind == IR_TYPE_VOID || contract_find(function, "irql_saves");
}

static void add_trace(struct analysis *a, struct flow_state *state, const struct entry *entry, int event)
{
	struct call_site step = { .insn = a->insn, .api = entry->api };

	trace_event(a, state, entry, event, &step, entry->mode);
}

static int releasing_event(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->event_count; i++)
		if (resource_event_releases(resource, i))
			return i;
	return -1;
}

/* As the caller writes the object: with the argument instead of the parameter. */
static const char *object_name(struct analysis *a, const struct call_site *site, const struct contract_object *object)
{
	const struct ir_expr *arg = object->param >= 0 && object->param < site->arg_count ?
					    site->insn->call.args[object->param] :
					    NULL;
	const char *text = arg ? object_text(a, arg) : object->text + strspn(object->text, "&* ");
	const char *beyond = arg && object->beyond ? object->beyond : "";

	if (arg && arg->kind == IR_EXPR_ADDRESS && strncmp(beyond, "->", 2) == 0)
		text = arena_printf(a->arena, "%s.%s", text, beyond + 2);
	else
		text = arena_printf(a->arena, "%s%s", text, beyond);
	return strpbrk(text, "$)") ? object->text : text;
}

static void become_held(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct contract_object *object, const struct contract_resource *known)
{
	struct entry *entry = state_entry_add(a, state, known->resource, object->keys[0]);
	int held = resource_held_state(known->resource);

	if (is_held(entry) && known->resource->is_counted)
		entry->count++;
	entry->state = held;
	entry->mode = known->has_modes ? NULL : known->mode;
	entry->token = NULL;
	entry->acquired = site->insn;
	entry->api = known->api;
	entry->object = object_name(a, site, object);
	entry->is_unnamed = entry->is_failed = entry->was_held_on_entry = false;
	entry->irql_before = irql_lower_bound(a, state);
	entry->irql_before_max = irql_upper_bound(a, state);
	entry->level = RP_IRQL_UNSAID;
	entry->is_doubtful = !always_acquires(site->insn->call.callee);
	add_trace(a, state, entry, known->event);
}

static void become_released(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct contract_object *object, const struct rp_resource *resource,
			    const struct sym *key)
{
	struct entry *entry = state_entry(state, resource, key);
	int event = releasing_event(resource);

	if (!entry) {
		entry = state_entry_add(a, state, resource, key);
		entry->was_held_on_entry = true;
		entry->object = object_name(a, site, object);
		entry->level = entry->irql_before = entry->irql_before_max = RP_IRQL_UNSAID;
	}
	if (entry->count > 0) {
		entry->count--;
		return;
	}
	entry->state = resource_failed_state(resource);
	entry->is_doubtful = false;
	if (event >= 0)
		add_trace(a, state, entry, event);
}

static const struct entry *covered_entry(const struct flow_state *state, const struct contract_object *object)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (contract_covers(object, &state->entries[i]))
			return &state->entries[i];
	return NULL;
}

static void apply_lock(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct lock_contracts *list, const struct lock_contract *contract)
{
	struct contract_names names = { site->insn->call.callee, site, contract->current };
	struct contract_object object;
	struct contract_resource known = { 0 };
	const struct entry *entry;

	if (contract->promise != PROMISE_ACQUIRES && contract->promise != PROMISE_RELEASES)
		return;
	/* Let go and taken again: as it was. */
	if (contract_also(list, contract, contract->promise == PROMISE_ACQUIRES ? PROMISE_RELEASES : PROMISE_ACQUIRES))
		return;
	if (!contract_resolve(a, state, &names, contract->annotation->argument, &object))
		return;
	entry = covered_entry(state, &object);
	if (entry)
		object.keys[0] = entry->key;
	if (!contract_find_resource(a, &object, &known))
		known.resource = entry ? entry->resource : NULL;
	if (!known.resource || (entry && entry->resource != known.resource))
		return;
	if (contract->promise == PROMISE_RELEASES)
		become_released(a, state, site, &object, known.resource, object.keys[0]);
	else if (known.api)
		become_held(a, state, site, &object, &known);
}

/* ---- IRQL after the call --------------------------------------------------------------------- */

static const struct sym *some_level(struct analysis *a, struct flow_state *state, const struct call_site *site,
				    int number, int lowest)
{
	const struct sym *level = sym_make(a, SYM_OUTPUT, site->arg_count + number, site->insn, NULL, NULL);

	state_refresh_sym(a, state, level);
	state_constrain(a, state, level, (struct range){ lowest > 0 ? lowest : 0, RP_IRQL_HIGH, false });
	return level;
}

/* `_Out_ _IRQL_saves_ PKIRQL OldIrql`: gets the level of before. */
static void save_level(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct sym *irql_before, int bound)
{
	int index = -1;

	if (contract_find(site->insn->call.callee, "irql_saves") && site->result)
		state_constrain(a, state, site->result, (struct range){ bound > 0 ? bound : 0, RP_IRQL_HIGH, false });
	if (!contract_find_on_param(site->insn->call.callee, "irql_saves", &index) || index >= site->arg_count ||
	    site->args[index]->kind == SYM_INT)
		return;
	state_store(a, state, region_pointee(a, site->args[index]),
		    irql_before ? irql_before : some_level(a, state, site, 1, bound));
}

static bool is_number(const struct ir_expr *expr)
{
	return expr->type && expr->type->kind == IR_TYPE_INT;
}

static void apply_level(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct sym *irql_before, bool was_irql_lost)
{
	const struct ir_function *callee = site->insn->call.callee;
	int raised = contract_level(contract_find(callee, "irql_raises")), index = -1;

	if (raised != RP_IRQL_UNSAID) {
		state->irql = some_level(a, state, site, 2, raised);
	} else if (contract_find_on_param(callee, "irql_restores", &index) && index < site->arg_count &&
		   is_number(site->insn->call.args[index])) {
		state->irql = site->args[index];
	} else if (contract_find(callee, "irql_requires_same")) {
		state->irql = irql_before;
		state->is_irql_lost = was_irql_lost;
	}
}

/* ---- floating point ----------------------------------------------------------------------------- */

/* Saves or restores go to the object that the API of their kind would use: the
 * argument of the same type. */
static void apply_float(struct analysis *a, struct flow_state *state, const struct call_site *site, bool saves)
{
	const struct rp_effect *effect;
	const struct rp_api *api;
	struct contract_resource known;
	struct contract_object object = { .text = "the state", .param = -1 };
	int i;

	if (!contract_float_effect(a, saves, &api, &effect))
		return;
	for (i = 0; i < site->arg_count; i++) {
		if (!contract_is_param_of(a, api, effect, site->insn->call.args[i]->type))
			continue;
		object.keys[0] = site->args[i];
		object.key_count = 1;
		known = (struct contract_resource){ .resource = effect->resource, .api = api, .event = effect->event };
		if (saves)
			become_held(a, state, site, &object, &known);
		else
			become_released(a, state, site, &object, effect->resource, object.keys[0]);
		return;
	}
}

void contract_apply(struct analysis *a, struct flow_state *state, const struct call_site *site,
		    const struct sym *irql_before, bool was_irql_lost)
{
	const struct ir_function *callee = annotated_callee(site);
	int bound = irql_lower_bound(a, state), i;
	struct lock_contracts list;

	if (!callee)
		return;
	contract_locks(callee, &list);
	for (i = 0; i < list.count; i++)
		apply_lock(a, state, site, &list, &list.items[i]);
	if (contract_find(callee, "float_saved"))
		apply_float(a, state, site, true);
	if (contract_find(callee, "float_restored"))
		apply_float(a, state, site, false);
	if (!unit_is_windows(a->unit))
		return;
	save_level(a, state, site, irql_before, bound);
	apply_level(a, state, site, irql_before, was_irql_lost);
}

/* ---- results that must be looked at ------------------------------------------------------------- */

void contract_check_results(struct analysis *a)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;
		const struct ir_annotation *annotation;
		struct violation v = { .span = insn->span, .cause = insn, .is_anywhere = true };

		if (!callee || insn->call.macro || !callee->in_user_file || insn->call.result ||
		    insn->call.is_void_cast || insn->call.is_cleanup)
			continue;
		annotation = contract_find(callee, "must_check");
		if (!annotation)
			continue;
		v.api = v.object = callee->name;
		v.holder = "its result is dropped here";
		contract_report(a, RP_CONTRACT_MUST_CHECK, callee, annotation, &v);
	}
}

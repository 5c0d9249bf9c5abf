/* A function's annotations against its own returns: what it declares to
 * acquire, release or only to need. A path is believed for what its trace shows;
 * where a call in between may have done it, nothing is said. */
#include "contract_int.h"

#include <string.h>

struct promise {
	const struct lock_contract *contract;
	struct contract_object object;
};

static bool is_held(const struct entry *entry)
{
	return entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

/* ---- what a path did to the lock ------------------------------------------------------- */

static const struct entry *entry_at(const struct exit_record *record, const struct contract_object *object)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++)
		if (contract_covers(object, &record->state->entries[i]))
			return &record->state->entries[i];
	return NULL;
}

static bool is_event_of(const struct trace *trace, const struct contract_object *object)
{
	struct entry like = { .resource = trace->resource, .key = trace->key };

	return trace->resource && contract_covers(object, &like);
}

/* The oldest event of the path on the lock; NULL: it was not touched. */
static const struct trace *first_event(const struct exit_record *record, const struct contract_object *object)
{
	const struct trace *trace, *first = NULL;

	for (trace = record->state->trace; trace; trace = trace->parent)
		if (is_event_of(trace, object))
			first = trace;
	return first;
}

/* The resource by which some return, or another function of the unit, knows the lock. */
static const struct rp_resource *known_resource(const struct analysis *a, const struct contract_object *object)
{
	struct contract_resource learnt;
	size_t i;

	for (i = 0; i < a->exit_count; i++) {
		const struct entry *entry = entry_at(&a->exits[i], object);
		const struct trace *event = entry ? NULL : first_event(&a->exits[i], object);

		if (entry || event)
			return entry ? entry->resource : event->resource;
	}
	return contract_find_resource(a, object, &learnt) ? learnt.resource : NULL;
}

/* `{ }`, written where a configuration has nothing to do. */
static bool is_stub(const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind != IR_RETURN && function->insns[i]->kind != IR_LABEL &&
		    function->insns[i]->kind != IR_JUMP)
			return false;
	return true;
}

/* ---- calls that may have done it --------------------------------------------------------- */

static bool may_touch(const struct analysis *a, const struct ir_function *callee, const struct rp_resource *resource)
{
	const struct function_summary *summary = summaries_find(a->engine->summaries, callee);
	int event;

	/* What it did was applied, and shows in the trace. */
	if (summary && summary->is_valid && !summary->opaque_count && !summary->unsure_count)
		return false;
	if (!callee->has_body)
		return callee->in_user_file || name_speaks_of_lock(callee->name);
	for (event = 0; event < resource->event_count; event++)
		if (effects_may_cause(a->effects, callee, resource, event, NULL))
			return true;
	return false;
}

/* Whoever is given a function may call it at once. */
static bool hands_what_may_touch(const struct analysis *a, const struct ir_insn *insn,
				 const struct rp_resource *resource)
{
	for (int i = 0; insn->kind == IR_CALL && i < insn->call.arg_count; i++) {
		const struct ir_expr *arg = insn->call.args[i];

		for (int event = 0; arg && arg->kind == IR_EXPR_FUNCTION && event < resource->event_count; event++)
			if (effects_may_cause(a->effects, arg->function, resource, event, NULL))
				return true;
	}
	return false;
}

/* May any call of the function have moved the lock out of sight? */
static bool others_may_touch(const struct analysis *a, const struct rp_resource *resource)
{
	struct rp_match match;
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;
		const char *name = insn->kind != IR_CALL ? NULL :
				   insn->call.macro	 ? insn->call.macro :
				   callee		 ? callee->name :
							   NULL;

		if (insn->kind == IR_ASM || (insn->kind == IR_CALL && !name) || hands_what_may_touch(a, insn, resource))
			return true;
		if (!name || (!(callee && callee->has_body) && rules_match_call(a->engine->rules, name, &match)))
			continue;
		if (callee && may_touch(a, callee, resource))
			return true;
	}
	return false;
}

static bool is_untouched(const struct analysis *a, const struct exit_record *record, const struct promise *promise)
{
	const struct rp_resource *resource = known_resource(a, &promise->object);
	int b;

	if (!resource || is_stub(a->function) || record->state->has_lost_objects ||
	    entry_at(record, &promise->object) || first_event(record, &promise->object) ||
	    others_may_touch(a, resource))
		return false;
	for (b = 0; b < a->cfg->block_count; b++)
		if (a->blocks[b].was_forced)
			return false;
	return true;
}

/* ---- reports ---------------------------------------------------------------------------------- */

/* With the name that the definition gives the parameter. */
static const char *own_name(const struct analysis *a, const struct contract_object *object)
{
	if (object->param < 0 || object->param >= a->function->param_count || strchr(object->beyond, ')'))
		return object->text + strspn(object->text, "&* ");
	return arena_printf(a->arena, "%s%s", a->function->params[object->param]->name, object->beyond);
}

static void report_exit(struct analysis *a, const struct exit_record *record, const struct promise *promise,
			enum rp_contract contract, const struct entry *entry, const char *clause)
{
	struct violation v = { .state = record->state,
			       .span = record->span,
			       .object = own_name(a, &promise->object),
			       .api = a->function->name };

	if (entry) {
		v.cause = entry->acquired;
		v.resource = entry->resource;
		v.key = entry->key;
		v.mode = entry->mode;
		v.object = entry->object ? entry->object : v.object;
	}
	v.holder = contract_clause(a, clause, v.object);
	contract_report(a, contract, a->function, promise->contract->annotation, &v);
}

static void report_own_acquisition(struct analysis *a, const struct promise *promise, const struct trace *trace)
{
	struct violation v = { .trace = trace,
			       .span = trace->insn->span,
			       .cause = trace->insn,
			       .resource = trace->resource,
			       .key = trace->key,
			       .object = trace->object,
			       .mode = trace->mode,
			       .api = a->function->name };

	v.holder = contract_clause(a, "it takes %s itself", trace->object);
	contract_report(a, RP_CONTRACT_HOLDS, a->function, promise->contract->annotation, &v);
}

/* ---- the promises -------------------------------------------------------------------------------- */

/* A return that reports no failure: a promise about it is meant. A truth value
 * may tell which way it was done. */
static bool is_kept_here(const struct analysis *a, const struct exit_record *record)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	if (type && type->kind == IR_TYPE_BOOL)
		return false;
	return !record->has_value || exit_is_success(a, record);
}

static void check_acquires(struct analysis *a, const struct exit_record *record, const struct promise *promise)
{
	const struct entry *entry = entry_at(record, &promise->object);

	if (!is_kept_here(a, record) || (entry && (entry->is_doubtful || entry->state < 0 || is_held(entry))))
		return;
	if (entry || is_untouched(a, record, promise))
		report_exit(a, record, promise, RP_CONTRACT_ACQUIRES, entry, "%s is not held when it returns here");
}

/* A try finds out whether it is held. */
static bool is_own_acquisition(const struct trace *trace)
{
	if (trace->resource->is_counted || (trace->mode && strcmp(trace->mode, "failed") == 0))
		return false;
	if (trace->api &&
	    (trace->api->convention == RP_RESULT_TRUE_SUCCESS || trace->api->convention == RP_RESULT_TRUE_FAILURE))
		return false;
	return resource_event_acquires(trace->resource, trace->event);
}

/* Who takes it needs no caller to hold it: whatever the other returns do. */
static const struct trace *own_acquisition(const struct lock_contracts *list, const struct exit_record *record,
					   const struct promise *promise)
{
	const struct trace *first = first_event(record, &promise->object);

	return first && is_own_acquisition(first) && !contract_also(list, promise->contract, PROMISE_ACQUIRES) ? first :
														 NULL;
}

static void check_releases(struct analysis *a, const struct lock_contracts *list, const struct exit_record *record,
			   const struct promise *promise)
{
	const struct entry *entry = entry_at(record, &promise->object);
	const struct trace *own = own_acquisition(list, record, promise);

	if (own) {
		report_own_acquisition(a, promise, own);
		return;
	}
	if (!is_kept_here(a, record) || (entry && (entry->is_doubtful || !is_held(entry))))
		return;
	if (entry || is_untouched(a, record, promise))
		report_exit(a, record, promise, RP_CONTRACT_RELEASES, entry, "%s is still held when it returns here");
}

static void check_holds(struct analysis *a, const struct exit_record *record, const struct promise *promise)
{
	const struct trace *first = first_event(record, &promise->object);
	const struct entry *entry = entry_at(record, &promise->object);

	if (!first)
		return;
	if (is_own_acquisition(first))
		report_own_acquisition(a, promise, first);
	else if (entry && !entry->is_doubtful && !entry->is_failed && entry->state >= 0 && !is_held(entry) &&
		 resource_event_releases(entry->resource, first->event))
		report_exit(a, record, promise, RP_CONTRACT_HOLDS, entry, "it returns here with %s released");
}

static void check_promise(struct analysis *a, const struct lock_contracts *list, const struct promise *promise)
{
	size_t i;

	for (i = 0; i < a->exit_count; i++) {
		switch (promise->contract->promise) {
		case PROMISE_ACQUIRES:
			check_acquires(a, &a->exits[i], promise);
			break;
		case PROMISE_RELEASES:
			check_releases(a, list, &a->exits[i], promise);
			break;
		case PROMISE_HOLDS:
			if (!contract_also(list, promise->contract, PROMISE_RELEASES))
				check_holds(a, &a->exits[i], promise);
			break;
		default:
			break;
		}
	}
}

/* ---- floating point ---------------------------------------------------------------------------------- */

static const struct entry *entry_of(const struct exit_record *record, const struct rp_resource *resource)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++)
		if (record->state->entries[i].resource == resource)
			return &record->state->entries[i];
	return NULL;
}

static bool has_event(const struct exit_record *record, const struct rp_resource *resource)
{
	const struct trace *trace;

	for (trace = record->state->trace; trace; trace = trace->parent)
		if (trace->resource == resource)
			return true;
	return false;
}

static void check_float_exit(struct analysis *a, const struct exit_record *record,
			     const struct ir_annotation *annotation, const struct rp_resource *resource, bool saves)
{
	const struct entry *entry = entry_of(record, resource);
	struct violation v = { .state = record->state,
			       .span = record->span,
			       .resource = resource,
			       .object = resource->noun,
			       .api = a->function->name };

	if (!is_kept_here(a, record) || (entry && (entry->is_doubtful || entry->state < 0 || is_held(entry) == saves)))
		return;
	if (!entry && (has_event(record, resource) || others_may_touch(a, resource)))
		return;
	if (entry) {
		v.cause = entry->acquired;
		v.key = entry->key;
		v.object = entry->object;
	}
	v.holder = saves ? "the state is not saved when it returns here" :
			   "the state is still saved when it returns here";
	contract_report(a, RP_CONTRACT_FLOAT, a->function, annotation, &v);
}

static void check_float(struct analysis *a, const char *name, bool saves)
{
	const struct ir_annotation *annotation = contract_find(a->function, name);
	const struct rp_effect *effect;
	const struct rp_api *api;
	size_t i;

	if (!annotation || !contract_float_effect(a, saves, &api, &effect))
		return;
	for (i = 0; i < a->exit_count; i++)
		check_float_exit(a, &a->exits[i], annotation, effect->resource, saves);
}

/* ---- IRQL ------------------------------------------------------------------------------------ */

static bool effect_raises(const struct rp_effect *effect)
{
	int s;

	for (s = 0; s < effect->resource->state_count; s++)
		if (effect->resource->states[s].irql != RP_IRQL_UNSAID)
			return true;
	return effect->level_param >= 0 || effect->saves_param != -1 || effect->restores_param != -1;
}

/* Only calls of APIs that surely leave the level alone? */
static bool leaves_level_alone(const struct analysis *a)
{
	struct rp_match match;
	int i, k;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_call *call = &insn->call;
		const char *name;

		if (insn->kind == IR_ASM)
			return false;
		if (insn->kind != IR_CALL)
			continue;
		name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
		if (!name || (call->callee && call->callee->has_body) ||
		    !rules_match_call(a->engine->rules, name, &match))
			return false;
		for (k = 0; k < match.api->effect_count; k++)
			if (effect_raises(&match.api->effects[k]))
				return false;
	}
	return true;
}

/* Declared to raise the level, and nothing in it could. (Where the level is
 * known at a return, irql.c compares.) */
static void check_raises(struct analysis *a)
{
	const struct ir_annotation *annotation = contract_find(a->function, "irql_raises");
	struct violation v = { .span = a->function->span, .is_anywhere = true };
	int promised = contract_level(annotation);
	size_t i;

	if (promised == RP_IRQL_UNSAID || irql_on_entry(a) >= promised || !leaves_level_alone(a))
		return;
	for (i = 0; i < a->exit_count; i++)
		if (irql_upper_bound(a, a->exits[i].state) != RP_IRQL_UNSAID)
			return;
	v.object = v.api = a->function->name;
	v.holder = "nothing here raises it";
	v.irql = irql_on_entry(a) > RP_IRQL_PASSIVE ? irql_on_entry(a) : RP_IRQL_PASSIVE;
	v.irql_limit = promised;
	contract_report(a, RP_CONTRACT_IRQL_EXIT, a->function, annotation, &v);
}

void contract_check_exits(struct analysis *a)
{
	struct contract_names names = { a->function, NULL, -1 };
	struct flow_state *entry_state;
	struct lock_contracts list;
	struct promise promise;
	int i;

	if (a->function->is_incomplete || !contract_exists(a->function))
		return;
	check_raises(a);
	check_float(a, "float_saved", true);
	check_float(a, "float_restored", false);
	entry_state = state_create(a);
	contract_locks(a->function, &list);
	for (i = 0; i < list.count; i++) {
		promise.contract = &list.items[i];
		names.current = list.items[i].current;
		/* Taken and let go: nothing is promised of a return. */
		if (contract_also(&list, promise.contract, PROMISE_ACQUIRES) &&
		    contract_also(&list, promise.contract, PROMISE_RELEASES))
			continue;
		if (contract_resolve(a, entry_state, &names, promise.contract->annotation->argument, &promise.object))
			check_promise(a, &list, &promise);
	}
}

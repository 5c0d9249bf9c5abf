/* Memory that others can reach belongs to whom? A function that fails must still free what it allocated when the
 * object was only put where nobody looks after a failure, and when the function itself frees it on another way that
 * had given it to the same callee with the same outcome. Errs towards "theirs" and so towards silence. */
#include "escape_int.h"
#include "module_int.h"

/* Given away other than by calls that are known. */
static const struct given several;

enum given_outcome { GIVEN_UNTESTED, GIVEN_ZERO, GIVEN_NONZERO };

bool given_may_end(const struct analysis *a, const struct ir_insn *insn)
{
	const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

	return !callee || callee->in_user_file ||
	       rules_name_tells(a->engine->rules, RP_HABIT_ENDS_OBJECT, a->unit->os, callee->name);
}

/* The object of the effect is a name for something (the handler's data): the callee does not write to it. */
static bool is_only_named(const struct rp_api *api, const struct ir_insn *call, const struct rp_effect *effect)
{
	int index = effect->object == RP_OBJECT_PARAM ? effect->params[0] : -1;
	const struct ir_type *type;

	if (index < 0 || index >= api->param_count || index >= call->call.arg_count || effect->resource->is_memory)
		return false;
	type = call->call.args[index]->type;
	return api->params[index].access == RP_ACCESS_READ || api->params[index].access == RP_ACCESS_NONE ||
	       (type && type->kind == IR_TYPE_INT);
}

/* A function of the kernel that only keeps its argument leaves alone what is stored in it. */
static bool is_keeper(const struct analysis *a, const struct ir_insn *insn)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = origin_api(a, &site);
	int i;

	for (i = 0; api && i < api->effect_count; i++)
		if (resource_event_releases(api->effects[i].resource, api->effects[i].event) &&
		    !is_only_named(api, insn, &api->effects[i]))
			return false;
	return api && !rp_api_has_tag(api, "refcount");
}

/* Pointers that it only keeps for the driver, and never looks behind (its data), are not freed by it. */
static bool keeps_cookies_only(const struct rp_api *api)
{
	int i, count = 0;

	for (i = 0; i < api->param_count; i++) {
		if (api->params[i].keeps && api->params[i].access != RP_ACCESS_NONE)
			return false;
		count += api->params[i].keeps;
	}
	return count > 0;
}

static bool gives_cookie(const struct analysis *a, const struct ir_insn *insn)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = origin_api(a, &site);

	return api && keeps_cookies_only(api);
}

/* One node for each set of calls, so that equal ones are the same pointer. */
static const struct given *given_make(struct analysis *a, const struct ir_insn *call, const struct given *before)
{
	struct given *node;

	for (node = a->givens; node; node = node->next)
		if (node->call == call && node->before == before)
			return node;
	node = ARENA_NEW(a->arena, struct given);
	*node = (struct given){ .call = call, .before = before, .next = a->givens };
	a->givens = node;
	return node;
}

/* The calls of a set are in the order of the function, last first. */
static const struct given *given_add(struct analysis *a, const struct given *set, const struct ir_insn *call)
{
	if (set && set->call == call)
		return set;
	if (!set || set->call->index < call->index)
		return given_make(a, call, set);
	return given_make(a, set->call, given_add(a, set->before, call));
}

static const struct given *given_union(struct analysis *a, const struct given *set, const struct given *other)
{
	for (; other && set != other; other = other->before)
		set = given_add(a, set, other->call);
	return set;
}

bool given_is_judged(const struct entry *entry)
{
	const struct given *given;

	for (given = entry->given; given && given != &several; given = given->before)
		if (given->call->kind == IR_CALL && given->call->call.callee &&
		    function_returns_truth(given->call->call.callee))
			return true;
	return false;
}

/* NULL: none, or unknown. */
static const struct ir_type *result_type(const struct ir_insn *call)
{
	const struct ir_function *callee = call->call.callee;

	if (callee && callee->type)
		return callee->type->target;
	return call->call.result ? call->call.result->type : NULL;
}

/* A number by which a call tells its failure; true and false are asked the other way round. */
static bool returns_code(const struct ir_insn *call)
{
	const struct ir_type *type = call && call->kind == IR_CALL ? result_type(call) : NULL;

	return type && type->kind == IR_TYPE_INT && !type->is_unsigned;
}

static struct range result_range(struct analysis *a, const struct flow_state *state, const struct ir_insn *call)
{
	return range_of(state, sym_make(a, SYM_CALL, 0, call, NULL, result_type(call)));
}

bool given_to_failures(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	const struct given *given;

	for (given = entry->given; given && given != &several; given = given->before) {
		const struct ir_insn *call = given->call;

		if (!returns_code(call) || result_range(a, state, call).high >= 0)
			return false;
	}
	return entry->given && given != &several;
}

bool given_knows_call(const struct entry *entry, const struct ir_insn *call)
{
	const struct given *given;

	for (given = entry->given; given; given = given->before)
		if (given->call == call)
			return true;
	return false;
}

void given_note_beside(struct analysis *a, struct entry *entry)
{
	bool was_given = entry->is_given;

	given_note(a, entry, false);
	entry->is_given = was_given;
	entry->is_beside_given = true;
}

void given_note(struct analysis *a, struct entry *entry, bool itself)
{
	bool is_call = a->insn && a->insn->kind == IR_CALL;

	if (!is_call)
		entry->given = &several;
	else if (entry->given != &several)
		entry->given = given_add(a, entry->given, a->insn);
	entry->is_given = entry->is_given || !is_call || !is_keeper(a, a->insn) ||
			  (itself && !(a->is_own_keeper && gives_cookie(a, a->insn)));
}

bool given_join(struct analysis *a, struct entry *target, const struct entry *incoming)
{
	const struct given *before = target->given;
	bool is_news = (incoming->is_given && !target->is_given) ||
		       (incoming->is_beside_given && !target->is_beside_given);

	is_news = is_news || (target->is_orphan && !incoming->is_orphan);
	target->is_given = target->is_given || incoming->is_given;
	target->is_beside_given = target->is_beside_given || incoming->is_beside_given;
	target->is_orphan = target->is_orphan && incoming->is_orphan;
	target->given = before == &several || incoming->given == &several ? &several :
									    given_union(a, before, incoming->given);
	return is_news || target->given != before;
}

/* What the path knows of the result of the call that was given the object. */
static enum given_outcome outcome_of(struct analysis *a, const struct flow_state *state, const struct ir_insn *call)
{
	struct range range;

	if (call->kind != IR_CALL)
		return GIVEN_UNTESTED;
	range = result_range(a, state, call);
	if (range.low == 0 && range.high == 0)
		return GIVEN_ZERO;
	return range.nonzero || range.low > 0 || range.high < 0 ? GIVEN_NONZERO : GIVEN_UNTESTED;
}

/* any_outcome: also when the release did not depend on what the call returned. */
static bool is_known_release(const struct analysis *a, const struct own_release *wanted, bool any_outcome)
{
	size_t i;

	for (i = 0; i < a->own_release_count; i++)
		if (a->own_releases[i].acquired == wanted->acquired && a->own_releases[i].call == wanted->call &&
		    (a->own_releases[i].outcome == wanted->outcome ||
		     (any_outcome && a->own_releases[i].outcome == GIVEN_UNTESTED)))
			return true;
	return false;
}

static void add_release(struct analysis *a, const struct own_release *release)
{
	if (!is_known_release(a, release, false))
		ARENA_PUSH(a->arena, a->own_releases, a->own_release_count, a->own_release_capacity, *release);
}

void given_note_release(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	struct own_release release = { .acquired = entry->acquired };
	const struct given *given;

	if (!entry->acquired || entry->given == &several)
		return;
	add_release(a, &release); /* given to nobody at all it is even more the function's own */
	for (given = entry->given; given; given = given->before) {
		release.call = given->call;
		release.outcome = (int)outcome_of(a, state, given->call);
		add_release(a, &release);
	}
}

/* A function of the kernel that only uses what it is given, or that would keep it and has failed. */
static bool leaves_alone(const struct analysis *a, const struct ir_insn *call, int outcome)
{
	const struct sym site = { .kind = SYM_CALL, .a = call };
	const struct rp_api *api = origin_api(a, &site);
	int i;

	if (!api || call->kind != IR_CALL || !is_keeper(a, call))
		return false;
	if (keeps_cookies_only(api))
		return true;
	for (i = 0; i < api->param_count; i++)
		if (api->params[i].keeps)
			return (api->convention == RP_RESULT_ERRNO && outcome == GIVEN_NONZERO) ||
			       (api->convention == RP_RESULT_NULL && outcome == GIVEN_ZERO);
	return !api->is_variadic || api->variadic_access != RP_ACCESS_UNKNOWN;
}

/* Freed after the call had succeeded: the more is it the function's own when the call has failed, or may have. */
static bool is_released_after_success(const struct analysis *a, struct own_release wanted)
{
	if (wanted.outcome == GIVEN_ZERO || !returns_code(wanted.call))
		return false;
	wanted.outcome = GIVEN_ZERO;
	return is_known_release(a, &wanted, false);
}

/* The name of a function, or of the field that it is called through. */
static const char *called_name(const struct ir_call *call)
{
	const struct ir_expr *target = call->target;

	if (call->callee)
		return call->callee->name;
	while (target && target->kind == IR_EXPR_CAST)
		target = target->cast.operand;
	return target && target->kind == IR_EXPR_LOAD && target->place->kind == IR_PLACE_FIELD ?
		       target->place->part.field :
		       NULL;
}

/* It has failed: with an error code, or with no pointer. A status of Windows that is not 0 may be a success. */
static bool tells_failure(const struct analysis *a, const struct ir_insn *call, int outcome)
{
	const struct ir_type *type = result_type(call);

	if (type && type->kind == IR_TYPE_POINTER)
		return outcome == GIVEN_ZERO;
	return outcome == GIVEN_NONZERO && returns_code(call) && !unit_is_windows(a->unit);
}

/* By its name it may release, or keep for good, what it is given. */
static bool may_take(const struct analysis *a, const char *name)
{
	static const enum rp_habit ends[] = { RP_HABIT_CONSUMES, RP_HABIT_ENDS_OBJECT, RP_HABIT_ENDS_USE };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (rules_name_tells(a->engine->rules, ends[i], a->unit->os, name))
			return true;
	return false;
}

#define MAX_DEPTH 3

/* The record behind a pointer. */
static const char *pointed_tag(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_POINTER && type->target && type->target->kind == IR_TYPE_RECORD ?
		       type->target->tag :
		       NULL;
}

/* May an argument be the entry's object, or lead to it? A parameter that points to another record is taken for
 * something else. */
static bool may_get(const struct ir_insn *insn, const struct entry *entry)
{
	const char *tag = pointed_tag(entry->key->type);
	int i;

	for (i = 0; i < insn->call.arg_count; i++) {
		const struct ir_expr *arg = bare_expr(insn->call.args[i]);
		const struct ir_var *var = expr_variable(arg);
		const char *other = var && var->kind == IR_VAR_PARAM ? pointed_tag(var->type) : NULL;

		if (arg->type && arg->type->kind == IR_TYPE_POINTER && (!tag || !other || other == tag))
			return true;
	}
	return false;
}

/* Neither releases such things nor gives them to anything that may, as far as its body tells. */
static bool only_uses(const struct analysis *a, const struct ir_function *function, const struct entry *entry,
		      int depth)
{
	int i;

	if (function_releases_such(a, function, entry))
		return false;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const char *name = insn->kind == IR_CALL ? called_name(&insn->call) : NULL;
		const struct ir_function *callee = name ? insn->call.callee : NULL;

		if (insn->kind != IR_CALL || !may_get(insn, entry) || is_keeper(a, insn))
			continue;
		if (callee && callee->has_body && callee->in_user_file && depth < MAX_DEPTH ?
			    !only_uses(a, callee, entry, depth + 1) :
			    !name || may_take(a, name))
			return false;
	}
	return true;
}

/* A function without facts that has failed: it took nothing over, unless it may do so all the same. */
static bool is_refused(const struct analysis *a, const struct entry *entry, const struct ir_insn *call, int outcome)
{
	const struct sym site = { .kind = SYM_CALL, .a = call };
	const char *name = call->kind == IR_CALL ? called_name(&call->call) : NULL;
	const struct ir_function *callee = name ? call->call.callee : NULL;

	return name && tells_failure(a, call, outcome) && !origin_api(a, &site) && !may_take(a, name) &&
	       (!callee || !callee->has_body || only_uses(a, callee, entry, 0));
}

/* In sight, and it only got what has been freed since: nobody else knew of the entry, which it does not release. */
static bool spares_orphan(const struct analysis *a, const struct entry *entry, const struct ir_insn *call)
{
	const struct ir_function *callee = call->kind == IR_CALL ? call->call.callee : NULL;

	return entry->is_orphan && callee && callee->has_body && !function_releases_such(a, callee, entry);
}

/* Of another file of the driver: it may have cleaned up. */
static bool is_out_of_sight(const struct ir_insn *call)
{
	const struct ir_function *callee = call->kind == IR_CALL ? call->call.callee : NULL;

	return callee && callee->in_user_file && !callee->has_body;
}

/* The variable that an argument is, or leads on from. */
static const struct ir_var *root_variable(const struct ir_expr *arg)
{
	const struct ir_expr *bare = bare_expr(arg);

	while (bare && (bare->kind == IR_EXPR_LOAD || bare->kind == IR_EXPR_ADDRESS)) {
		const struct ir_place *place = bare->place;

		while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
			place = place->part.base;
		if (place->kind == IR_PLACE_VAR)
			return place->var;
		bare = bare_expr(place->pointer);
	}
	return NULL;
}

/* Something else keeps it for the driver, a function of which gets that afterwards, and it from there. One in sight that
 * ends nothing of the kind does no harm. */
static bool is_handed_back(const struct analysis *a, const struct entry *entry, const struct ir_insn *call)
{
	const struct ir_var *keeper = gives_cookie(a, call) && call->call.arg_count > 1 ?
					      root_variable(call->call.args[0]) :
					      NULL;
	int i, arg;

	for (i = call->index + 1; keeper && i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

		for (arg = 0; callee && callee->in_user_file && arg < insn->call.arg_count; arg++)
			if (root_variable(insn->call.args[arg]) == keeper &&
			    !(callee->has_body && only_uses(a, callee, entry, 0)))
				return true;
	}
	return false;
}

bool given_is_refused(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	const struct given *given;

	for (given = entry->given; given && given != &several; given = given->before) {
		int outcome = (int)outcome_of(a, state, given->call);

		if (is_handed_back(a, entry, given->call))
			return false;
		if (!leaves_alone(a, given->call, outcome) && !spares_orphan(a, entry, given->call) &&
		    (is_out_of_sight(given->call) || !is_refused(a, entry, given->call, outcome)))
			return false;
	}
	return given != &several;
}

bool given_is_still_own(struct analysis *a, const struct flow_state *state, const struct entry *entry, bool fails)
{
	struct own_release wanted = { .acquired = entry->acquired };
	const struct cfg_block *block = entry->acquired ? block_of(a, entry->acquired) : NULL;
	const struct given *given;

	/* In a loop: what is freed may be another round's. */
	if (!block || entry->given == &several || entry->key->kind == SYM_STALE ||
	    bitset_test(&a->loop_blocks, (size_t)block->id))
		return false;
	if (!is_known_release(a, &wanted, true))
		return false;
	for (given = entry->given; given; given = given->before) {
		wanted.call = given->call;
		wanted.outcome = (int)outcome_of(a, state, given->call);
		bool is_own = is_known_release(a, &wanted, true) || leaves_alone(a, given->call, wanted.outcome) ||
			      ((fails || wanted.outcome == GIVEN_UNTESTED) && is_released_after_success(a, wanted)) ||
			      (fails && is_refused(a, entry, given->call, wanted.outcome));
		if (!is_own)
			return false;
	}
	return true;
}

/* Is the value stored in memory that callers see, other than below `whole`? */
static bool is_stored_outside(const struct flow_state *state, const struct sym *value, const struct region *whole)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value == value && !region_is_local(state->bindings[i].region) &&
		    !(whole && region_is_within(state->bindings[i].region, whole)))
			return true;
	return false;
}

void given_orphan_contents(struct analysis *a, struct flow_state *state, const struct sym *freed)
{
	const struct region *whole = region_pointee(a, freed);
	size_t i, e;

	for (i = 0; i < state->binding_count; i++)
		for (e = 0; region_is_within(state->bindings[i].region, whole) && e < state->entry_count; e++)
			if (state->entries[e].key == state->bindings[i].value && state->entries[e].key != freed &&
			    !is_stored_outside(state, state->entries[e].key, whole))
				state->entries[e].is_orphan = true;
}

bool given_is_stored(const struct flow_state *state, const struct entry *entry)
{
	return is_stored_outside(state, entry->key, NULL);
}

/* What a function owns must be released when it returns, or kept somewhere: memory, registrations, handles. */
#include "exit_int.h"
#include "module_int.h"

#include <string.h>

#define POINTER_SIZE 8 /* bytes, on the targets that are checked */

static bool is_reachable_from(struct analysis *a, const struct flow_state *state, const struct sym *from,
			      const struct sym *object, int depth)
{
	const struct region *pointee;
	size_t i;

	if (sym_contains(from, object))
		return true;
	if (depth > 4 || from->kind == SYM_INT)
		return false;
	from = sym_object_pointer(from); /* of &r->field: all of r is reachable */
	if (!from)
		return false;
	pointee = region_pointee(a, from);
	for (i = 0; i < state->binding_count; i++)
		if (region_is_within(state->bindings[i].region, pointee) && state->bindings[i].value != from &&
		    is_reachable_from(a, state, state->bindings[i].value, object, depth + 1))
			return true;
	return false;
}

/* A part of the module's init: whoever undoes what it did after a failure is in sight. */
static bool is_part_of_init(const struct analysis *a)
{
	return a->function->is_static && !a->function->address_taken && !a->role &&
	       effects_runs_in_init(a->effects, a->function) && effects_caller_count(a->effects, a->function) > 0;
}

/* Called through a pointer of the driver's own or from another file, with a release of the same
 * field elsewhere and none here: whoever calls it cleans up after a failure. Functions that
 * the kernel calls by their role have nobody to do so. */
static bool is_undone_by_caller(struct analysis *a, const struct entry *entry)
{
	if (entry->is_orphan) /* the caller has no name for it */
		return false;
	if (is_same_released_later(a, entry)) /* also after a failure of this function's, then */
		return false;
	if (!is_global_object(entry->key) && is_released_here(a, entry))
		return false;
	if (is_global_object(entry->key) && !(a->role && a->role->is_init) && !entry->resource->is_memory &&
	    effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object))
		return !is_part_of_init(a) || is_unwound_by_callers(a, entry);
	if (a->role || entry->resource->is_memory || !entry->object)
		return false;
	/* Known by what the caller passed: free_irq(line, device). */
	if (is_argument(entry->key) && a->function->is_static && !a->function->address_taken)
		return is_unwound_by_callers(a, entry);
	if (!strpbrk(entry->object, ".>"))
		return false;
	if (!a->function->is_static || a->function->address_taken)
		return effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object);
	return is_unwound_by_callers(a, entry);
}

/* &table[i]: other elements, and so loops over all of them, look the same. */
static bool is_selected_element(const struct sym *key)
{
	const struct region *region = key->kind == SYM_ADDRESS || key->kind == SYM_INITIAL ? key->a : NULL;

	return region && escape_by_store(region) == ESCAPE_PASSED;
}

/* Stored in memory that is itself left: one leak, said of the outermost object. What somebody else frees (memory
 * that belongs to a device) takes nothing with it when the function fails. */
static bool is_part_of_other(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *outer = &record->state->entries[i];

		if (outer->resource && outer->resource->exit_policy != RP_EXIT_OWNED &&
		    exit_outcome(a, record) == OUTCOME_FAILURE)
			continue;
		if (outer != entry && entry_is_held(outer) && outer->resource->is_memory && !outer->is_escaped &&
		    outer->acquired && outer->key->kind != SYM_INT && outer->key != entry->key &&
		    is_reachable_from(a, record->state, outer->key, entry->key, 0))
			return true;
	}
	return false;
}

/* One of many, taken in a loop and released in a later one: which of them are left cannot be told. */
static bool is_undone_in_rounds(const struct analysis *a, const struct entry *entry)
{
	const struct cfg_block *taken = is_taken_in_loop(a, entry) ? block_of(a, entry->acquired) : NULL;
	int b, i;

	for (b = 0; taken && b < a->cfg->block_count; b++) {
		const struct cfg_block *block = a->cfg->blocks[b];

		if (!bitset_test(&a->loop_blocks, (size_t)b) || leads_to_block(a, block, taken))
			continue;
		for (i = 0; i < block->insn_count; i++)
			if (insn_releases(a, block->insns[i], entry->resource))
				return true;
	}
	return false;
}

/* The object outside of this function that the value is stored in, or that the registered thing is a part of; the
 * way to it has no unknown index. */
static const struct region *home_of(const struct flow_state *state, const struct sym *value)
{
	size_t i;

	if (value->kind == SYM_ADDRESS && ((const struct region *)value->a)->base &&
	    escape_by_store(value->a) == ESCAPE_STORED)
		return region_root(value->a);
	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;

		if (state->bindings[i].value == value && !region_is_local(region) && region->base &&
		    escape_by_store(region) == ESCAPE_STORED)
			return region_root(region);
	}
	return NULL;
}

/* Does the function keep it when it does not fail? */
static bool is_kept_on_success(const struct analysis *a, const struct ir_insn *acquired)
{
	size_t i, e;

	for (i = 0; i < a->exit_count; i++)
		for (e = 0; exit_outcome(a, &a->exits[i]) == OUTCOME_SUCCESS && e < a->exits[i].state->entry_count; e++)
			if (a->exits[i].state->entries[e].acquired == acquired &&
			    entry_is_held(&a->exits[i].state->entries[e]))
				return true;
	return false;
}

static bool is_given_away(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	return (entry->is_given || entry->is_beside_given) && !given_is_refused(a, record->state, entry);
}

/* This failing way releases, and does not clear, what the function acquired for the same object: who undoes one
 * undoes all, and nobody else can undo the rest without releasing that one twice. */
static bool is_sibling_undone(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const struct region *home = is_given_away(a, record, entry) ? NULL : home_of(record->state, entry->key);
	size_t i;

	for (i = 0; home && i < record->state->entry_count; i++) {
		const struct entry *other = &record->state->entries[i];

		if (other != entry && other->acquired && other->resource && other->state >= 0 &&
		    !entry_is_held(other) && !other->is_failed && other->acquired != entry->acquired &&
		    home_of(record->state, other->key) == home && is_kept_on_success(a, other->acquired) &&
		    is_kept_on_success(a, entry->acquired))
			return true;
	}
	return false;
}

static const char *habit_of(struct analysis *a, const struct entry *entry, const char *does, const char *but)
{
	return arena_printf(a->arena, "%s %s %s%s", a->function->name, does, entry->object, but);
}

/* Does it hold what the instruction acquired? */
static bool holds_acquired(const struct exit_record *record, const struct ir_insn *acquired)
{
	size_t e;

	for (e = 0; e < record->state->entry_count; e++)
		if (record->state->entries[e].acquired == acquired && entry_is_held(&record->state->entries[e]))
			return true;
	return false;
}

static bool is_zero(const struct exit_record *record)
{
	return record->has_value && record->value.low == 0 && record->value.high == 0;
}

static bool is_nonzero(const struct exit_record *record)
{
	return record->has_value && (record->value.nonzero || record->value.low > 0 || record->value.high < 0);
}

/* A return of unknown meaning is like a failure when every other return has released the object, or when the
 * function keeps it only where it returns 0, and this is another number. */
static bool fails_by_habit(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	bool is_kept_at_zero = false, is_kept_elsewhere = false;
	size_t i;

	if (!record->has_value || is_argument(record->sym) || exit_returns_pointer(a) || exit_returns_truth(a) ||
	    exit_outcome(a, record) == OUTCOME_SUCCESS || given_is_judged(entry) ||
	    given_is_stored(record->state, entry))
		return false;
	for (i = 0; i < a->exit_count; i++) {
		const struct exit_record *other = &a->exits[i];

		if (other->insn == record->insn || !holds_acquired(other, entry->acquired))
			continue;
		is_kept_at_zero = is_kept_at_zero || is_zero(other);
		is_kept_elsewhere = is_kept_elsewhere || !is_zero(other);
	}
	/* Kept nowhere else, or where it returns 0: either way this return is that of a failure. */
	return !is_kept_elsewhere && (!is_kept_at_zero || is_nonzero(record)) &&
	       given_is_still_own(a, record->state, entry, is_kept_at_zero || is_nonzero(record));
}

/* Has this way released what the instruction acquired? */
static bool has_released(const struct exit_record *record, const struct ir_insn *acquired)
{
	size_t e;

	for (e = 0; e < record->state->entry_count; e++) {
		const struct entry *entry = &record->state->entries[e];

		if (entry->acquired == acquired && entry->resource && entry->state >= 0 && !entry_is_held(entry) &&
		    !entry->is_failed)
			return true;
	}
	return false;
}

/* 0 for a failure, another number for a success: it keeps the object only there, and releases it before another 0. */
static bool fails_at_zero(const struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	bool is_kept = false, is_released = false;
	size_t i;

	if (!is_zero(record) || entry->given)
		return false;
	for (i = 0; i < a->exit_count; i++) {
		const struct exit_record *other = &a->exits[i];

		if (other->insn == record->insn)
			continue;
		if (holds_acquired(other, entry->acquired) && !is_nonzero(other))
			return false;
		is_kept = is_kept || holds_acquired(other, entry->acquired);
		is_released = is_released || (is_zero(other) && has_released(other, entry->acquired));
	}
	return is_kept && is_released;
}

/* Each call that got it has failed, and the function does not tell its caller: another way that does not fail, either,
 * has released it. */
static bool fails_in_silence(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	bool is_released = false;
	size_t i;

	if (!record->has_value || exit_returns_pointer(a) || given_is_stored(record->state, entry) ||
	    !given_to_failures(a, record->state, entry) || !given_is_still_own(a, record->state, entry, true))
		return false;
	for (i = 0; i < a->exit_count; i++) {
		const struct exit_record *other = &a->exits[i];

		if (other == record || exit_outcome(a, other) == OUTCOME_FAILURE)
			continue;
		if (holds_acquired(other, entry->acquired))
			return false;
		is_released = is_released || has_released(other, entry->acquired);
	}
	return is_released;
}

/* In storage that outlives the call, which fails: nobody frees it there if this function would have to. habit: set to
 * the sign of it when that is only what the function does on its other ways. */
static bool is_lost_there(struct analysis *a, const struct exit_record *record, const struct entry *entry,
			  const char **habit)
{
	size_t i;

	/* Taken in a loop: what is freed, or has a home, may be another round's. */
	if (!(a->role && a->role->is_init) && is_taken_in_loop(a, entry))
		return false;
	/* A function without a result tells no failure: what it has stored, or given to somebody, may be what it is for. */
	if (!record->has_value && !entry->given && !given_is_stored(record->state, entry) &&
	    given_is_still_own(a, record->state, entry, exit_outcome(a, record) == OUTCOME_FAILURE)) {
		*habit = habit_of(a, entry, "releases", " itself on another way, and leaves it here");
		return true;
	}
	if (exit_outcome(a, record) != OUTCOME_FAILURE ?
		    fails_by_habit(a, record, entry) || fails_at_zero(a, record, entry) ||
			    fails_in_silence(a, record, entry) :
		    given_is_still_own(a, record->state, entry, true)) {
		*habit = habit_of(a, entry, "releases", " itself on another way, fails here and leaves it");
		return true;
	}
	if (exit_outcome(a, record) != OUTCOME_FAILURE)
		return false;
	if (entry->is_orphan && (!entry->is_given || !is_given_away(a, record, entry)))
		return true;
	if (is_sibling_undone(a, record, entry)) {
		*habit = habit_of(a, entry, "undoes here what it acquired beside", ", but leaves that");
		return true;
	}
	if (entry->is_passed && is_given_away(a, record, entry))
		return false;
	/* Only the storage of a module whose init fails goes away with the module. */
	if (a->role && a->role->is_init && !entry->is_passed)
		return true;
	if (!a->role || !a->role->unwinds || is_given_away(a, record, entry))
		return false;
	/* Whoever has got what it is stored in frees both. */
	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *outer = &record->state->entries[i];

		if (outer != entry && entry_is_held(outer) && outer->resource->is_memory &&
		    outer->resource->exit_policy == RP_EXIT_OWNED && outer->key->kind != SYM_INT &&
		    is_reachable_from(a, record->state, outer->key, entry->key, 0))
			return false;
	}
	return true;
}

/* Told by several values, the first of which lies in an object that this way has given back: it went with that one. */
static bool is_gone_with_owner(const struct exit_record *record, const struct entry *entry)
{
	const struct sym *owner = entry->key->kind == SYM_TUPLE ? sym_object_pointer(entry->key->a) : NULL;
	size_t i;

	for (i = 0; owner && i < record->state->entry_count; i++) {
		const struct entry *other = &record->state->entries[i];

		if (other != entry && other->resource && other->acquired && other->state >= 0 &&
		    !entry_is_held(other) && !other->is_failed && sym_contains(owner, other->key))
			return true;
	}
	return false;
}

/* A probe that only looks always "fails", so that another driver may have the device: no return tells a failure.
 * Returns behind another one are never reached. */
static bool never_succeeds(const struct analysis *a)
{
	int returns = 0, i;

	for (i = 0; i < a->cfg->order_count; i++) {
		const struct cfg_block *block = a->cfg->blocks[a->cfg->order[i]];
		const struct ir_insn *last = block->insn_count ? block->insns[block->insn_count - 1] : NULL;
		int64_t value;

		if (!last || last->kind != IR_RETURN)
			continue;
		if (!last->assign.value || !module_constant(last->assign.value, &value) || value >= 0)
			return false;
		returns++;
	}
	return returns > 1;
}

/* An error code, or how much could not be copied, tells of the call's own failure. */
static bool tells_failure(const struct analysis *a, const struct ir_insn *call)
{
	const struct sym site = { .kind = SYM_CALL, .a = call };
	const struct rp_api *api = origin_api(a, &site);

	return api && (api->convention == RP_RESULT_ERRNO || api->convention == RP_RESULT_ERRNO_COUNT ||
		       api->convention == RP_RESULT_RESIDUE);
}

/* `1` or `0` in a temporary is the outcome of && and ||, which ask of themselves. */
static bool sets_truth(const struct ir_insn *insn, const struct ir_var *var)
{
	return insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_VAR && insn->assign.place->var == var &&
	       insn->assign.value->kind == IR_EXPR_INT;
}

static bool is_answer(const struct analysis *a, const struct ir_place *place)
{
	if (place->kind != IR_PLACE_VAR || place->var->kind != IR_VAR_TEMP)
		return false;
	for (int i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_place *result = insn->kind == IR_CALL ? insn->call.result : NULL;

		if (sets_truth(insn, place->var))
			return false;
		if (result && result->kind == IR_PLACE_VAR && result->var == place->var && tells_failure(a, insn))
			return false;
	}
	return true;
}

/* Does the condition look at what a call has just answered? */
static bool asks_call(const struct analysis *a, const struct ir_expr *condition)
{
	switch (condition->kind) {
	case IR_EXPR_LOAD:
		return is_answer(a, condition->place);
	case IR_EXPR_CAST:
		return asks_call(a, condition->cast.operand);
	case IR_EXPR_UNARY:
		return asks_call(a, condition->op.left);
	case IR_EXPR_BINARY:
		return asks_call(a, condition->op.left) || asks_call(a, condition->op.right);
	default:
		return false;
	}
}

/* if (CALL()) release(object); with nothing in the other branch. */
static bool is_guarded_release(const struct analysis *a, const struct cfg_block *block, const struct cfg_block **behind)
{
	int p, o;

	if (block->out_count != 1)
		return false;
	*behind = a->cfg->blocks[block->out[0]->to];
	for (p = 0; p < block->in_count; p++) {
		const struct cfg_block *before = a->cfg->blocks[block->in[p]->from];
		const struct ir_insn *last = before->insn_count > 0 ? before->insns[before->insn_count - 1] : NULL;

		for (o = 0; last && last->kind == IR_BRANCH && o < before->out_count; o++)
			if (before->out[o]->to == (*behind)->id && asks_call(a, last->branch.condition))
				return true;
	}
	return false;
}

/* Whether the ways to this return release it depends on what a call tells: most likely on whether there is anything
 * to release. */
static bool is_released_on_demand(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const struct cfg_block *last = record->insn ? block_of(a, record->insn) : NULL, *behind;
	int b, i;

	for (b = 0; last && entry->object && b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (insn_releases_object(a, a->cfg->blocks[b]->insns[i], entry) &&
			    is_guarded_release(a, a->cfg->blocks[b], &behind) && leads_to_block(a, behind, last))
				return true;
	return false;
}

/* A number as large as a pointer may be one. A smaller one that was read from memory of the function's own is an answer
 * about that, which others can reach then. */
static bool can_return(const struct analysis *a, const struct entry *entry)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	return entry->resource->is_memory || !type || type->kind != IR_TYPE_INT || type->size >= POINTER_SIZE;
}

void exit_check_owned(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const char *habit = NULL;

	/* Given up first, and only taken anew: as it was when the function was entered. */
	if (entry->was_held_on_entry)
		return;
	/* Somebody else's: as with a lock, only a function that undoes it on other
	 * ways must undo it on this one. */
	if (entry->is_foreign && (!is_released_here(a, entry) || exit_is_contract(a, record, entry)))
		return;
	/* Returned itself, or inside something returned. */
	if (record->sym && can_return(a, entry) && is_reachable_from(a, record->state, record->sym, entry->key, 0))
		return;
	if (entry->is_escaped && !is_lost_there(a, record, entry, &habit))
		return;
	if (!entry->resource->is_memory && is_given_away(a, record, entry) &&
	    !given_is_still_own(a, record->state, entry, exit_outcome(a, record) == OUTCOME_FAILURE))
		return;
	/* A loop stores it or passes it on, and this return reports no failure:
	 * most likely the loop always runs. */
	if (entry->acquired && !habit && exit_outcome(a, record) != OUTCOME_FAILURE &&
	    keymap_get(a->escaped_sites, KEYMAP_KEY(entry->acquired)))
		return;
	if (is_gone_with_owner(record, entry) || is_selected_element(entry->key) || is_undone_by_caller(a, entry) ||
	    is_part_of_other(a, record, entry) || is_undone_in_rounds(a, entry) ||
	    is_released_on_demand(a, record, entry))
		return;
	/* A switch: what it turns on is turned off by another call of it. */
	if (!a->role && !entry->resource->is_memory && is_released_here(a, entry) &&
	    is_release_reached(a, entry->resource) && !is_released_later(a, entry))
		return;
	/* Registered: undone only when the function reports failure. */
	if (entry->resource->exit_policy == RP_EXIT_ON_FAILURE &&
	    (exit_outcome(a, record) != OUTCOME_FAILURE || never_succeeds(a)))
		return;
	exit_report_left(a, record, entry, habit);
}

/* What must hold when a function returns. All returns are collected first: a
 * lock held at one return is a defect only when the function's contract is
 * not to return so, and that shows from the other returns, the annotations and
 * the rest of the unit. */
#include "engine_int.h"
#include "module_int.h"

#include <string.h>

enum outcome { OUTCOME_UNKNOWN, OUTCOME_SUCCESS, OUTCOME_FAILURE };

void exit_record_add(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, const struct sym *value)
{
	struct exit_record record = { .state = state, .insn = insn, .sym = value };

	record.span = insn ? insn->span : a->function->end_span;
	record.has_value = value != NULL;
	record.value = value ? range_of(state, value) : range_all();
	ARENA_PUSH(a->arena, a->exits, a->exit_count, a->exit_capacity, record);
}

static bool returns_pointer(const struct analysis *a)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	return type && type->kind == IR_TYPE_POINTER;
}

static bool returns_truth(const struct analysis *a)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	return type && (type->kind == IR_TYPE_BOOL || (type->typedef_name && (strstr(type->typedef_name, "bool") ||
									      strstr(type->typedef_name, "BOOL"))));
}

/* What the caller gave, such as a number of things: no error code of ours. */
static bool is_argument(const struct sym *sym)
{
	const struct region *region = sym->kind == SYM_INITIAL ? sym->a : NULL;

	return region && region->kind == REGION_VAR && region->var->kind == IR_VAR_PARAM;
}

static bool is_number(const struct sym *sym)
{
	return sym && sym->type && sym->type->kind == IR_TYPE_INT && !is_argument(sym);
}

static bool is_pointer(const struct sym *sym)
{
	return sym && sym->type && sym->type->kind == IR_TYPE_POINTER && sym->kind != SYM_PREDICATE;
}

/* Success or failure of a return by the kernel's conventions for its type. */
static enum outcome classify(const struct analysis *a, const struct exit_record *record)
{
	struct range value = record->value;
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	if (!record->has_value || !type)
		return OUTCOME_UNKNOWN;
	if (returns_truth(a))
		return value.nonzero			 ? OUTCOME_SUCCESS :
		       value.high == 0 && value.low == 0 ? OUTCOME_FAILURE :
							   OUTCOME_UNKNOWN;
	if (returns_pointer(a)) {
		if (value.low > 0)
			return OUTCOME_SUCCESS;
		/* `if (ret) return ERR_PTR(ret);` with a code of unknown sign. */
		if (value.high <= 0 || (value.nonzero && is_number(record->sym)))
			return OUTCOME_FAILURE;
		return OUTCOME_UNKNOWN;
	}
	if (type->kind != IR_TYPE_INT || type->is_unsigned)
		return OUTCOME_UNKNOWN;
	/* PTR_ERR() of what is not known to be none. */
	if (is_pointer(record->sym) && value.low < 0)
		return OUTCOME_FAILURE;
	/* A status of Windows may succeed with a positive code. */
	if (value.low == 0 || (value.low > 0 && unit_is_windows(a->unit)))
		return OUTCOME_SUCCESS;
	/* `if (ret) return ret;` with a code of unknown sign: an error by convention. */
	if (value.high < 0 || (value.nonzero && value.low < 0 && !is_argument(record->sym)))
		return OUTCOME_FAILURE;
	return OUTCOME_UNKNOWN;
}

bool exit_is_success(const struct analysis *a, const struct exit_record *record)
{
	return classify(a, record) == OUTCOME_SUCCESS;
}

bool exit_is_failure(const struct analysis *a, const struct exit_record *record)
{
	return classify(a, record) == OUTCOME_FAILURE;
}

/* Annotations of sparse (acquires, must_hold) and of SAL (acquires_shared_lock,
 * requires_lock_held, irql_raises), by how their names begin. */
static bool declares_lock_contract(const struct ir_function *function)
{
	static const char *const beginnings[] = { "acquires",
						  "releases",
						  "must_hold",
						  "cond_acquires",
						  "requires_lock_held",
						  "requires_exclusive_lock_held",
						  "requires_shared_lock_held",
						  "irql_raises",
						  "irql_saves",
						  "irql_restores" };
	int i;
	size_t b;

	for (i = 0; i < function->annotation_count; i++)
		for (b = 0; b < sizeof(beginnings) / sizeof(beginnings[0]); b++)
			if (strncmp(function->annotations[i].name, beginnings[b], strlen(beginnings[b])) == 0)
				return true;
	return false;
}

static bool is_held(const struct entry *entry)
{
	return entry->resource && entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

/* habit: why the function is believed to have to release it, when that does not follow from the path; NULL: it does. */
static void report_left(struct analysis *a, const struct exit_record *record, const struct entry *entry,
			const char *habit)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v = {
		.state = record->state,
		.span = record->span,
		.cause = entry->acquired,
		.resource = entry->resource,
		.key = entry->key,
		.object = entry->object,
		.mode = entry->mode,
		.api = entry->api ? entry->api->name : NULL,
		.origin = entry->api ? entry->api->name : NULL,
		.is_likely = habit != NULL || entry->is_presumed,
		.final_text = habit,
	};

	if ((entry->is_doubtful && !entry->is_presumed) ||
	    !emit_find_typestate(a, entry->resource, RP_VIOLATION_LEFT, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	v.origin_span = entry->acquired ? entry->acquired->span : a->function->span;
	if (!entry->acquired)
		v.origin_text = arena_printf(a->arena, "%s gets %s as %s", a->function->name, entry->object,
					     a->role->name);
	emit_violation(a, &v);
	keymap_put(a->left_keys, KEYMAP_KEY(entry->key), a);
}

/* ---- ownership --------------------------------------------------------------- */

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

static bool is_global_object(const struct sym *key)
{
	const struct region *root = key->kind == SYM_ADDRESS ? region_root(key->a) : NULL;

	return root && root->kind == REGION_VAR && !region_is_local(root);
}

static bool is_released_here(const struct analysis *a, const struct entry *entry);

static bool is_released_later(struct analysis *a, const struct entry *entry);

static bool insn_releases(const struct analysis *a, const struct ir_insn *insn, const struct rp_resource *resource);

/* A way from a test of what the function returned to its caller. */
struct caller_way {
	const struct analysis *a;
	const struct rp_resource *resource;
	const struct ir_insn *branch; /* the first test after the call */
	bool has_release, has_return_without;
};

static bool find_branch(void *context, const struct ir_insn *insn)
{
	struct caller_way *way = context;

	if (insn->kind == IR_BRANCH && !way->branch)
		way->branch = insn;
	return !way->branch && insn->kind != IR_CALL;
}

static bool find_release(void *context, const struct ir_insn *insn)
{
	struct caller_way *way = context;
	bool releases = insn_releases(way->a, insn, way->resource);

	way->has_release = way->has_release || releases;
	way->has_return_without = way->has_return_without || (!releases && insn->kind == IR_RETURN);
	return !releases;
}

/* Does every way from the label release it? */
static bool always_releases(struct caller_way way, const struct ir_function *caller, int label)
{
	int i;

	for (i = 0; i < caller->insn_count; i++)
		if (caller->insns[i]->kind == IR_LABEL && caller->insns[i]->label == label)
			flow_walk(way.a->arena, caller, i, true, find_release, &way);
	return way.has_release && !way.has_return_without;
}

/* On one side of each caller's test of the result every way releases such a thing: that of a failure, since success
 * keeps it. Errs towards "unwound": any object of the kind will do, callers that go over all elements name none. */
static bool is_unwound_above(const struct analysis *a, const struct entry *entry, const struct ir_function *function,
			     int depth)
{
	const struct caller_site *sites;
	size_t count = effects_direct_callers(a->effects, function, &sites), i;

	for (i = 0; i < count; i++) {
		struct caller_way way = { .a = a, .resource = entry->resource };

		flow_walk(a->arena, sites[i].caller, sites[i].insn->index, true, find_branch, &way);
		/* Only handed on: it is for the next one to ask. */
		if (!way.branch && depth < 3 && is_unwound_above(a, entry, sites[i].caller, depth + 1))
			continue;
		if (!way.branch || (!always_releases(way, sites[i].caller, way.branch->branch.on_true) &&
				    !always_releases(way, sites[i].caller, way.branch->branch.on_false)))
			return false;
	}
	return count > 0;
}

static bool is_unwound_by_callers(const struct analysis *a, const struct entry *entry)
{
	return is_unwound_above(a, entry, a->function, 0);
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
static bool is_undone_by_caller(const struct analysis *a, const struct entry *entry)
{
	if (!is_global_object(entry->key) && is_released_here(a, entry))
		return false;
	if (is_global_object(entry->key) && !(a->role && a->role->is_init) && !entry->resource->is_memory &&
	    effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object))
		return !is_part_of_init(a) || is_unwound_by_callers(a, entry);
	if (a->role || entry->resource->is_memory || !entry->object || !strpbrk(entry->object, ".>"))
		return false;
	if (!a->function->is_static || a->function->address_taken)
		return effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object);
	return is_unwound_by_callers(a, entry);
}

static bool is_contract(const struct analysis *a, const struct exit_record *record, const struct entry *entry);

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
		    classify(a, record) == OUTCOME_FAILURE)
			continue;
		if (outer != entry && is_held(outer) && outer->resource->is_memory && !outer->is_escaped &&
		    outer->acquired && outer->key->kind != SYM_INT && outer->key != entry->key &&
		    is_reachable_from(a, record->state, outer->key, entry->key, 0))
			return true;
	}
	return false;
}

static bool is_taken_in_loop(const struct analysis *a, const struct entry *entry)
{
	const struct cfg_block *block = entry->acquired ? block_of(a, entry->acquired) : NULL;

	return block && bitset_test(&a->loop_blocks, (size_t)block->id);
}

/* Does a way lead from one block to the other? */
static bool leads_to_block(const struct analysis *a, const struct cfg_block *from, const struct cfg_block *to)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *todo = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1), count = 0, i;

	todo[count++] = from->id;
	while (count > 0) {
		const struct cfg_block *block = a->cfg->blocks[todo[--count]];

		if (block == to)
			return true;
		for (i = 0; i < block->out_count; i++) {
			int next = block->out[i]->to;

			if (bitset_test(&seen, (size_t)next))
				continue;
			bitset_set(&seen, (size_t)next);
			todo[count++] = next;
		}
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
		for (e = 0; classify(a, &a->exits[i]) == OUTCOME_SUCCESS && e < a->exits[i].state->entry_count; e++)
			if (a->exits[i].state->entries[e].acquired == acquired &&
			    is_held(&a->exits[i].state->entries[e]))
				return true;
	return false;
}

static bool is_given_away(const struct entry *entry)
{
	return entry->is_given || entry->is_beside_given;
}

/* This failing way releases, and does not clear, what the function acquired for the same object: who undoes one
 * undoes all, and nobody else can undo the rest without releasing that one twice. */
static bool is_sibling_undone(const struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const struct region *home = is_given_away(entry) ? NULL : home_of(record->state, entry->key);
	size_t i;

	for (i = 0; home && i < record->state->entry_count; i++) {
		const struct entry *other = &record->state->entries[i];

		if (other != entry && other->acquired && other->resource && other->state >= 0 && !is_held(other) &&
		    !other->is_failed && other->acquired != entry->acquired &&
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
		if (record->state->entries[e].acquired == acquired && is_held(&record->state->entries[e]))
			return true;
	return false;
}

/* A return of unknown meaning is like a failure when every other return has released the object, or when the
 * function keeps it only where it returns 0, and this is another number. */
static bool fails_by_habit(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	bool is_nonzero = record->value.nonzero || record->value.low > 0 || record->value.high < 0;
	bool is_kept_at_zero = false, is_kept_elsewhere = false;
	size_t i;

	if (!record->has_value || is_argument(record->sym) || returns_pointer(a) || returns_truth(a) ||
	    classify(a, record) == OUTCOME_SUCCESS || given_is_judged(entry) || given_is_stored(record->state, entry) ||
	    !given_is_still_own(a, record->state, entry, classify(a, record) == OUTCOME_FAILURE))
		return false;
	for (i = 0; i < a->exit_count; i++) {
		const struct exit_record *other = &a->exits[i];
		bool is_zero = other->has_value && other->value.low == 0 && other->value.high == 0;

		if (other->insn == record->insn || !holds_acquired(other, entry->acquired))
			continue;
		is_kept_at_zero = is_kept_at_zero || is_zero;
		is_kept_elsewhere = is_kept_elsewhere || !is_zero;
	}
	return !is_kept_elsewhere && (!is_kept_at_zero || is_nonzero);
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
	    given_is_still_own(a, record->state, entry, classify(a, record) == OUTCOME_FAILURE)) {
		*habit = habit_of(a, entry, "releases", " itself on another way, and leaves it here");
		return true;
	}
	if (classify(a, record) != OUTCOME_FAILURE && !fails_by_habit(a, record, entry))
		return false;
	if (given_is_still_own(a, record->state, entry, classify(a, record) == OUTCOME_FAILURE)) {
		*habit = habit_of(a, entry, "releases", " itself on another way, fails here and leaves it");
		return true;
	}
	if (entry->is_orphan && !entry->is_given)
		return true;
	if (is_sibling_undone(a, record, entry)) {
		*habit = habit_of(a, entry, "undoes here what it acquired beside", ", but leaves that");
		return true;
	}
	if (entry->is_passed && is_given_away(entry))
		return false;
	/* Only the storage of a module whose init fails goes away with the module. */
	if (a->role && a->role->is_init && !entry->is_passed)
		return true;
	if (!a->role || !a->role->unwinds || is_given_away(entry))
		return false;
	/* Whoever has got what it is stored in frees both. */
	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *outer = &record->state->entries[i];

		if (outer != entry && is_held(outer) && outer->resource->is_memory &&
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

		if (other != entry && other->resource && other->acquired && other->state >= 0 && !is_held(other) &&
		    !other->is_failed && sym_contains(owner, other->key))
			return true;
	}
	return false;
}

/* A probe that only looks always "fails", so that another driver may have the device: no return tells a failure. */
static bool never_succeeds(const struct analysis *a)
{
	int returns = 0, i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		int64_t value;

		if (insn->kind != IR_RETURN)
			continue;
		if (!insn->assign.value || !module_constant(insn->assign.value, &value) || value >= 0)
			return false;
		returns++;
	}
	return returns > 1;
}

/* Does the condition look at what a call has just given? */
static bool asks_call(const struct ir_expr *condition)
{
	switch (condition->kind) {
	case IR_EXPR_LOAD:
		return condition->place->kind == IR_PLACE_VAR && condition->place->var->kind == IR_VAR_TEMP;
	case IR_EXPR_CAST:
		return asks_call(condition->cast.operand);
	case IR_EXPR_UNARY:
		return asks_call(condition->op.left);
	case IR_EXPR_BINARY:
		return asks_call(condition->op.left) || asks_call(condition->op.right);
	default:
		return false;
	}
}

/* By what the object is called in it. */
static bool insn_releases_object(struct analysis *a, const struct ir_insn *insn, const struct entry *entry)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
	int i;

	for (i = 0; api && i < api->effect_count; i++) {
		const struct rp_effect *effect = &api->effects[i];

		if (effect->resource == entry->resource && effect->object == RP_OBJECT_PARAM &&
		    resource_event_releases(effect->resource, effect->event) &&
		    effect->params[0] < insn->call.arg_count &&
		    strcmp(object_text(a, insn->call.args[effect->params[0]]), entry->object) == 0)
			return true;
	}
	return false;
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
			if (before->out[o]->to == (*behind)->id && asks_call(last->branch.condition))
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

static void check_owned(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const char *habit = NULL;

	/* Given up first, and only taken anew: as it was when the function was entered. */
	if (entry->was_held_on_entry)
		return;
	/* Somebody else's: as with a lock, only a function that undoes it on other
	 * ways must undo it on this one. */
	if (entry->is_foreign && (!is_released_here(a, entry) || is_contract(a, record, entry)))
		return;
	/* Returned itself, or inside something returned. */
	if (record->sym && is_reachable_from(a, record->state, record->sym, entry->key, 0))
		return;
	if (entry->is_escaped && !is_lost_there(a, record, entry, &habit))
		return;
	if (!entry->resource->is_memory && is_given_away(entry) &&
	    !given_is_still_own(a, record->state, entry, classify(a, record) == OUTCOME_FAILURE))
		return;
	/* A loop stores it or passes it on, and this return reports no failure:
	 * most likely the loop always runs. */
	if (entry->acquired && !habit && classify(a, record) != OUTCOME_FAILURE &&
	    keymap_get(a->escaped_sites, KEYMAP_KEY(entry->acquired)))
		return;
	if (is_gone_with_owner(record, entry) || is_selected_element(entry->key) || is_undone_by_caller(a, entry) ||
	    is_part_of_other(a, record, entry) || is_undone_in_rounds(a, entry) ||
	    is_released_on_demand(a, record, entry))
		return;
	/* A switch: what it turns on is turned off by another call of it. */
	if (!a->role && !entry->resource->is_memory && is_released_here(a, entry) && !is_released_later(a, entry))
		return;
	/* Registered: undone only when the function reports failure. */
	if (entry->resource->exit_policy == RP_EXIT_ON_FAILURE &&
	    (classify(a, record) != OUTCOME_FAILURE || never_succeeds(a)))
		return;
	report_left(a, record, entry, habit);
}

/* ---- balance ------------------------------------------------------------------ */

/* Is the object, or one of the same name (the element of another round of a
 * loop), held at this return? */
static bool is_held_at(const struct exit_record *record, const struct entry *like)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (entry->resource == like->resource && is_held(entry) &&
		    (entry->key == like->key ||
		     (entry->object && like->object && strcmp(entry->object, like->object) == 0)))
			return true;
	}
	return false;
}

/* What a return says, by the sign of its value. */
enum sign { SIGN_UNKNOWN, SIGN_NEGATIVE, SIGN_ZERO, SIGN_POSITIVE, SIGN_COUNT };

static bool holds_part_of(const struct exit_record *record, const struct sym *object)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (is_held(entry) && entry->key != object && entry->resource->identity == RP_IDENTITY_ADDRESS &&
		    sym_object_pointer(entry->key) == object)
			return true;
	}
	return false;
}

static enum sign sign_of(const struct analysis *a, const struct exit_record *record)
{
	struct range value = record->value;

	if (!record->has_value)
		return SIGN_UNKNOWN;
	if (value.low == 0 && value.high == 0)
		return SIGN_ZERO;
	if (value.high < 0)
		return SIGN_NEGATIVE;
	/* A pointer that is not NULL is a result: error pointers are told apart. So is one whose lock was taken. */
	if (value.low > 0 || (returns_pointer(a) && record->sym && holds_part_of(record, record->sym)) ||
	    (value.nonzero && (returns_pointer(a) || returns_truth(a))))
		return SIGN_POSITIVE;
	return value.nonzero ? SIGN_NEGATIVE : SIGN_UNKNOWN;
}

/* Held on exactly the returns with some value (success, a true or non-NULL
 * result), never with an error: the function is a conditional acquire. */
static bool is_conditional_contract(const struct analysis *a, const struct entry *like)
{
	int held_with[SIGN_COUNT] = { 0 }, free_with[SIGN_COUNT] = { 0 }, sign;
	size_t i;

	for (i = 0; i < a->exit_count; i++) {
		sign = (int)sign_of(a, &a->exits[i]);
		if (is_held_at(&a->exits[i], like))
			held_with[sign]++;
		else
			free_with[sign]++;
	}
	for (sign = 0; sign < SIGN_COUNT; sign++)
		if (held_with[sign] && free_with[sign])
			return false;
	return !held_with[SIGN_UNKNOWN] && !free_with[SIGN_UNKNOWN] && !held_with[SIGN_NEGATIVE] &&
	       !(returns_pointer(a) && held_with[SIGN_ZERO]);
}

static bool is_held_at_all_exits(const struct analysis *a, const struct entry *like)
{
	size_t i;

	for (i = 0; i < a->exit_count; i++)
		if (!is_held_at(&a->exits[i], like))
			return false;
	return true;
}

static bool is_called_elsewhere(const struct analysis *a)
{
	return !a->function->is_static || effects_caller_count(a->effects, a->function) > 0;
}

static bool function_speaks_of_locking(const struct ir_function *function)
{
	return name_speaks_of_lock(function->name) || strcasestr(function->name, "acquire") ||
	       strcasestr(function->name, "enter");
}

static bool is_released_here(const struct analysis *a, const struct entry *entry)
{
	int i;

	/* Flow-insensitively: some release of an object with this name. */
	for (i = 0; i < entry->resource->event_count; i++) {
		if (resource_event_releases(entry->resource, i) &&
		    effects_may_cause(a->effects, a->function, entry->resource, i, entry->object))
			return true;
	}
	return false;
}

static bool insn_releases(const struct analysis *a, const struct ir_insn *insn, const struct rp_resource *resource)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
	int i;

	if (insn->kind != IR_CALL)
		return false;
	for (i = 0; api && i < api->effect_count; i++)
		if (api->effects[i].resource == resource && resource_event_releases(resource, api->effects[i].event))
			return true;
	for (i = 0; !api && insn->call.callee && i < resource->event_count; i++)
		if (resource_event_releases(resource, i) &&
		    effects_may_cause(a->effects, insn->call.callee, resource, i, NULL))
			return true;
	return false;
}

/* Does any way lead from the acquisition to a release of the kind? A function that ends with the acquisition
 * gives back what it was entered with. */
static bool is_released_later(struct analysis *a, const struct entry *entry)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *queue = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1);
	int head = 0, tail = 0, b, i, from = 0;

	for (b = 0; b < a->cfg->block_count && tail == 0; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (a->cfg->blocks[b]->insns[i] == entry->acquired) {
				queue[tail++] = b;
				from = i + 1;
			}
	while (head < tail) {
		const struct cfg_block *block = a->cfg->blocks[queue[head++]];

		for (i = from; i < block->insn_count; i++)
			if (insn_releases(a, block->insns[i], entry->resource))
				return true;
		for (i = 0, from = 0; i < block->out_count; i++) {
			int to = block->out[i]->to;

			if (!bitset_test(&seen, (size_t)to)) {
				bitset_set(&seen, (size_t)to);
				queue[tail++] = to;
			}
		}
	}
	return false;
}

static bool is_token_kept(const struct exit_record *record, const struct sym *token)
{
	size_t i;

	if (record->sym && sym_contains(record->sym, token))
		return true;
	for (i = 0; i < record->state->binding_count; i++)
		if (!region_is_local(record->state->bindings[i].region) &&
		    sym_contains(record->state->bindings[i].value, token))
			return true;
	return false;
}

/* The caller's lock of that name was let go before: `ap->host` was read anew since, and is the same. */
static bool is_retaken(const struct exit_record *record, const struct entry *entry)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *other = &record->state->entries[i];

		if (other != entry && other->resource == entry->resource && other->was_held_on_entry &&
		    !is_held(other) && other->object && entry->object && strcmp(other->object, entry->object) == 0)
			return true;
	}
	return false;
}

/* In a variable that is gone when the function returns, and nothing else but to be forgotten ends its state. */
static bool ends_with_function(const struct entry *entry)
{
	int i;

	for (i = 0; i < entry->resource->event_count; i++)
		if (resource_event_releases(entry->resource, i))
			return false;
	return entry->resource->identity == RP_IDENTITY_ADDRESS && entry->key->kind == SYM_ADDRESS &&
	       region_is_local(entry->key->a);
}

/* Does the module take and release it within one function, so that none is needed for each half? What the caller
 * gives (a lock as a parameter) has another name there. */
static bool is_paired_elsewhere(const struct analysis *a, const struct entry *entry)
{
	return entry->object && (strpbrk(entry->object, ".>") || is_global_object(entry->key)) &&
	       effects_paired_elsewhere(a->effects, a->function, entry->resource, entry->object);
}

/* A variable of the driver's, or a part of one of its records: what the kernel does not know by a name of its own. */
static bool is_drivers_own(const struct entry *entry)
{
	const struct region *region = entry->key->kind == SYM_ADDRESS ? entry->key->a : NULL;

	if (!entry->object || !region)
		return false;
	for (; region->base; region = region->base)
		if (region->base->type && region->base->type->kind == IR_TYPE_RECORD &&
		    region->base->type->in_user_file)
			return true;
	return region->kind == REGION_VAR && is_global_object(entry->key);
}

/* May a caller let go of it? The kernel does not, but with what it knows itself. */
static bool is_left_to_callers(const struct analysis *a, const struct entry *entry)
{
	if (!is_drivers_own(entry))
		return !a->function->is_static || effects_caller_count(a->effects, a->function) > 0;
	return effects_released_by_callers(a->effects, a->function, entry->resource, entry->object);
}

static bool is_contract(const struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	bool is_conditional;

	if (ends_with_function(entry))
		return false;
	if (entry->was_held_on_entry || is_retaken(record, entry) || declares_lock_contract(a->function))
		return true;
	/* The saved state dies with a local variable: nobody can give it back. */
	if (entry->token && !entry->resource->is_counted && !is_token_kept(record, entry->token))
		return false;
	if (a->role && a->role->is_init)
		return false; /* nobody goes on where init left off */
	/* Only others release it: taking it is what the function is for. */
	if (!is_released_here(a, entry) &&
	    effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object))
		return true;
	/* find_and_lock(): held with whatever is no error. */
	if (name_speaks_of_lock(a->function->name) && sign_of(a, record) != SIGN_NEGATIVE && is_called_elsewhere(a))
		return true;
	is_conditional = is_conditional_contract(a, entry);
	if (!is_conditional && !is_held_at_all_exits(a, entry))
		return false;
	if (function_speaks_of_locking(a->function) ||
	    effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object))
		return true;
	if (is_paired_elsewhere(a, entry))
		return false;
	if (is_conditional && is_released_here(a, entry))
		return effects_caller_count(a->effects, a->function) > 0 && is_left_to_callers(a, entry);
	/* Every return holds it, or each that succeeds: a lock wrapper, unless nobody who could lets go. */
	return (is_conditional && !is_drivers_own(entry)) || is_left_to_callers(a, entry);
}

bool block_releases(const struct analysis *a, const struct cfg_block *block, const struct rp_resource *resource)
{
	int i, e;

	for (i = 0; i < block->insn_count; i++) {
		const struct sym probe = { .kind = SYM_CALL, .a = block->insns[i] };
		const struct rp_api *api = block->insns[i]->kind == IR_CALL ? origin_api(a, &probe) : NULL;

		for (e = 0; api && e < api->effect_count; e++)
			if (api->effects[e].resource == resource &&
			    resource_event_releases(resource, api->effects[e].event) &&
			    !resource_event_acquires(resource, api->effects[e].event))
				return true;
	}
	return false;
}

const struct cfg_block *block_of(const struct analysis *a, const struct ir_insn *insn)
{
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (a->cfg->blocks[b]->insns[i] == insn)
				return a->cfg->blocks[b];
	return NULL;
}

/* A loop takes it again and again without a release in between: tokens of a counter. */
static bool is_taken_in_rounds(const struct analysis *a, const struct entry *entry)
{
	const struct cfg_block *start = entry->acquired ? block_of(a, entry->acquired) : NULL;
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *todo = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1), count = 0, i;

	if (!start || block_releases(a, start, entry->resource))
		return false;
	todo[count++] = start->id;
	while (count > 0) {
		const struct cfg_block *block = a->cfg->blocks[todo[--count]];

		for (i = 0; i < block->out_count; i++) {
			int to = block->out[i]->to;

			if (to == start->id)
				return true;
			if (bitset_test(&seen, (size_t)to) || block_releases(a, a->cfg->blocks[to], entry->resource))
				continue;
			bitset_set(&seen, (size_t)to);
			todo[count++] = to;
		}
	}
	return false;
}

/* Of the driver's own objects only: nobody gives it back who has not taken it, and this function does not, either. */
static bool is_forgotten_here(const struct analysis *a, const struct entry *entry)
{
	return is_drivers_own(entry) && !is_released_here(a, entry) &&
	       (a->engine->module->is_whole ||
		effects_released_anywhere(a->effects, a->function, entry->resource, entry->object)) &&
	       !effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object);
}

/* Locks of two objects that may be one: `if (a->id < b->id) ... else unlock(a)`. */
static bool is_namesake_released(const struct exit_record *record, const struct entry *entry)
{
	size_t i;

	for (i = 0; entry->object && i < record->state->entry_count; i++) {
		const struct entry *other = &record->state->entries[i];

		if (other != entry && other->resource == entry->resource && other->object && !is_held(other) &&
		    strcmp(effects_object_name(other->object), effects_object_name(entry->object)) == 0)
			return true;
	}
	return false;
}

static void check_balanced(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	if (entry->key->kind == SYM_STALE || is_contract(a, record, entry) ||
	    (entry->is_presumed && is_namesake_released(record, entry)))
		return;
	/* A counter or a signal: given back by somebody else, or not here at all. Who counts and fails has nobody else. */
	if (entry->resource->exit_policy == RP_EXIT_BALANCED_HERE && !is_forgotten_here(a, entry) &&
	    (!is_released_here(a, entry) || !is_released_later(a, entry) || is_taken_in_rounds(a, entry) ||
	     (effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object) &&
	      !(entry->resource->is_counted && classify(a, record) == OUTCOME_FAILURE))))
		return;
	report_left(a, record, entry, NULL);
}

/* ---- deferred mode mismatches ---------------------------------------------------- */

static void report_pending(struct analysis *a, const struct pending *pending)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct entry *entry = &pending->entry;
	struct violation v = { .trace = pending->trace,
			       .span = pending->insn->span,
			       .cause = entry->acquired,
			       .resource = entry->resource,
			       .key = entry->key,
			       .object = entry->object,
			       .mode = entry->mode,
			       .api = pending->api->name,
			       .origin = entry->api ? entry->api->name : NULL };

	if (!emit_find_typestate(a, entry->resource, RP_VIOLATION_MODE, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	if (entry->acquired)
		v.origin_span = entry->acquired->span;
	emit_violation(a, &v);
}

static void check_exit(struct analysis *a, const struct exit_record *record)
{
	size_t i;

	check_returned_value(a, record);
	for (i = 0; i < record->state->pending_count; i++)
		report_pending(a, &record->state->pendings[i]);
	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (!is_held(entry) || (!entry->acquired && !entry->is_received))
			continue;
		if (entry->acquired)
			check_never_released(a, record, entry);
		switch (entry->resource->exit_policy) {
		case RP_EXIT_BALANCED:
		case RP_EXIT_BALANCED_HERE:
			check_balanced(a, record, entry);
			break;
		case RP_EXIT_OWNED:
			check_owned(a, record, entry);
			break;
		case RP_EXIT_ON_FAILURE:
			if (classify(a, record) == OUTCOME_FAILURE)
				check_owned(a, record, entry);
			break;
		default:
			break;
		}
	}
}

/* Released on this path without having been taken on it, at a step that
 * another path reaches holding it: the wrong label, or a condition forgotten. */
static void report_blind_release(struct analysis *a, const struct blind_release *blind)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v = { .trace = blind->trace,
			       .span = blind->insn->span,
			       .resource = blind->resource,
			       .key = blind->key,
			       .object = blind->object,
			       .api = blind->api->name,
			       .is_likely = true };

	if (!emit_find_typestate(a, blind->resource, blind->violation, NULL, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	emit_violation(a, &v);
}

static void check_blind_releases(struct analysis *a)
{
	size_t i, k;

	for (i = 0; i < a->blind_count; i++) {
		const struct blind_release *blind = &a->blinds[i];

		/* Left held on another path: one mismatch of conditions, said once. */
		if (keymap_get(a->left_keys, KEYMAP_KEY(blind->key)))
			continue;
		for (k = 0; blind->is_blind && k < a->blind_count; k++) {
			const struct blind_release *other = &a->blinds[k];

			if (!other->is_blind && other->insn == blind->insn && other->key == blind->key) {
				report_blind_release(a, blind);
				break;
			}
		}
	}
}

void exit_check_all(struct analysis *a)
{
	size_t i;

	/* Where a statement was lost it may have been the release. */
	for (i = 0; i < a->exit_count && !a->function->is_incomplete; i++)
		check_exit(a, &a->exits[i]);
	for (i = 0; i < a->exit_count && !a->function->is_incomplete; i++)
		check_irql_exit(a, &a->exits[i]);
	if (!a->function->is_incomplete && !declares_lock_contract(a->function))
		check_blind_releases(a);
	contract_check_exits(a);
}

/* What a function takes it gives back before it returns, unless to return so is its contract: locks and their like. */
#include "exit_int.h"

#include <string.h>

/* Is the object, or one of the same name (the element of another round of a
 * loop), held at this return? */
static bool is_held_at(const struct exit_record *record, const struct entry *like)
{
	size_t i;

	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (entry->resource == like->resource && entry_is_held(entry) &&
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

		if (entry_is_held(entry) && entry->key != object && entry->resource->identity == RP_IDENTITY_ADDRESS &&
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
	if (value.low > 0 || (exit_returns_pointer(a) && record->sym && holds_part_of(record, record->sym)) ||
	    (value.nonzero && (exit_returns_pointer(a) || exit_returns_truth(a))))
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
	       !(exit_returns_pointer(a) && held_with[SIGN_ZERO]);
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
		    !entry_is_held(other) && other->object && entry->object &&
		    strcmp(other->object, entry->object) == 0)
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

bool exit_is_contract(const struct analysis *a, const struct exit_record *record, const struct entry *entry)
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

		if (other != entry && other->resource == entry->resource && other->object && !entry_is_held(other) &&
		    strcmp(effects_object_name(other->object), effects_object_name(entry->object)) == 0)
			return true;
	}
	return false;
}

void exit_check_balanced(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	if (entry->key->kind == SYM_STALE || exit_is_contract(a, record, entry) ||
	    (entry->is_presumed && is_namesake_released(record, entry)))
		return;
	/* A counter or a signal: given back by somebody else, or not here at all. Who counts and fails has nobody else. */
	if (entry->resource->exit_policy == RP_EXIT_BALANCED_HERE && !is_forgotten_here(a, entry) &&
	    (!is_released_here(a, entry) || !is_released_later(a, entry) || is_taken_in_rounds(a, entry) ||
	     (effects_released_elsewhere(a->effects, a->function, entry->resource, entry->object) &&
	      !(entry->resource->is_counted && exit_outcome(a, record) == OUTCOME_FAILURE))))
		return;
	exit_report_left(a, record, entry, NULL);
}

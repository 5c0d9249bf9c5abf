/* Returns judged by what they say: objects that an init function leaves to nobody,
 * a returned status that does not fit an IRP's state, bits left set in an object. */
#include "engine_int.h"

#include <string.h>

/* ---- objects that only unloading the driver could release --------------------------- */

static bool is_local_name(const struct analysis *a, const char *name)
{
	int i;

	for (i = 0; name && i < a->function->var_count; i++)
		if (a->function->vars[i]->name && strcmp(a->function->vars[i]->name, name) == 0)
			return true;
	return false;
}

/* An init function succeeds, the driver can be unloaded, and nothing in the
 * unit releases the object. Silent when another file may do so. */
void check_never_released(struct analysis *a, const struct exit_record *record, const struct entry *entry)
{
	const char *name = entry->object && !is_local_name(a, entry->object) ? entry->object : NULL;
	struct violation v = {
		.state = record->state,
		.span = entry->acquired->span,
		.cause = entry->acquired,
		.resource = entry->resource,
		.key = entry->key,
		.object = entry->object,
		.mode = entry->mode,
		.api = entry->api ? entry->api->name : NULL,
		.origin = entry->api ? entry->api->name : NULL,
		.origin_span = entry->acquired->span,
	};

	if (!a->role || !a->role->is_init || entry->is_doubtful || !exit_is_success(a, record))
		return;
	if (!emit_find_typestate(a, entry->resource, RP_VIOLATION_NEVER, entry->mode, &v.rule, &v.check))
		return;
	if (!effects_unloads_here(a->effects) ||
	    effects_released_anywhere(a->effects, a->function, entry->resource, name))
		return;
	emit_violation(a, &v);
}

/* ---- what is returned ------------------------------------------------------------------- */

static bool is_checked_state(const struct rp_check *check, const struct entry *entry)
{
	bool found = false;
	int i;

	if (!entry->resource || entry->state < 0 || entry->is_doubtful)
		return false;
	for (i = 0; i < check->resource_count; i++)
		found = found || check->resources[i] == entry->resource;
	for (i = 0; found && i < check->state_count; i++)
		if (strcmp(check->states[i], entry->resource->states[entry->state].name) == 0)
			return true;
	return false;
}

/* Does the returned value break the check for this object? */
static bool is_wrong_return(const struct analysis *a, const struct exit_record *record, const struct rp_check *check,
			    const struct entry *entry)
{
	int64_t exact, constant, remembered;

	if (check->returns_not && !unit_constant(a->unit, check->returns_not, &constant))
		return false;
	if (check->remembered && check->returns_not && range_is_exact(record->value, &exact) && exact == constant)
		return false;
	if (check->remembered)
		return entry->remembered && range_is_exact(record->value, &exact) &&
		       range_is_exact(range_of(record->state, entry->remembered), &remembered) &&
		       (int32_t)exact != (int32_t)remembered;
	if (check->returns)
		/* The constant itself, not a status that a branch found to be it: that
		 * came from a callee, which may have done its part. */
		return unit_constant(a->unit, check->returns, &constant) && record->sym->kind == SYM_INT &&
		       record->sym->value == constant;
	return check->returns_not && !range_contains(record->value, constant);
}

static void visit_return_check(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			       void *context)
{
	const struct exit_record *record = context;
	struct violation v = { .rule = rule, .check = check, .state = record->state, .span = record->span };
	size_t i;

	for (i = 0; record->has_value && i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (!is_checked_state(check, entry) || (check->not_kept && entry->is_kept) ||
		    (check->not_handed && entry->is_handed) || !is_wrong_return(a, record, check, entry))
			continue;
		v.resource = entry->resource;
		v.key = entry->key;
		v.object = entry->object;
		emit_violation(a, &v);
	}
}

/* May the bits still be set as they were when the object was created? Only
 * plain and-ing and or-ing of constants is followed; else: no. */
static bool bits_still_set(const struct sym *value, int64_t bits)
{
	const struct sym *left = value->a, *right = value->b;

	switch (value->kind) {
	case SYM_INITIAL:
		return true;
	case SYM_BINARY:
		if (value->op == IR_BINARY_OR) /* sets more, clears none */
			return (right->kind == SYM_INT && (right->value & bits) == bits) || bits_still_set(left, bits);
		return value->op == IR_BINARY_AND && right->kind == SYM_INT && (right->value & bits) == bits &&
		       bits_still_set(left, bits);
	default:
		return false;
	}
}

static void visit_bits_check(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			     void *context)
{
	const struct exit_record *record = context;
	struct violation v = { .rule = rule, .check = check, .state = record->state, .span = record->span };
	const char *field = check->field_count ? intern_find(a->engine->pool, check->fields[0]) : NULL;
	int64_t bits;
	size_t i;

	/* The kernel finishes what is made while the driver loads; who calls a
	 * function of no role that others can reach is not known. */
	if (effects_runs_in_init(a->effects, a->function) ||
	    (!a->role && (!a->function->is_static || a->function->address_taken)))
		return;
	if (!field || !exit_is_success(a, record) || !unit_constant(a->unit, check->bits, &bits))
		return;
	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];
		const struct region *region;

		if (!is_checked_state(check, entry) || !entry->acquired ||
		    keymap_get(a->left_keys, KEYMAP_KEY(entry->acquired)) || record->sym == entry->key)
			continue; /* returned: the caller goes on with it */
		region = region_field(a, region_pointee(a, entry->key), field, NULL);
		if (!bits_still_set(state_load(a, record->state, region, NULL), bits))
			continue;
		v.resource = entry->resource;
		v.key = entry->key;
		v.object = entry->object;
		v.cause = entry->acquired;
		v.origin_span = entry->acquired->span;
		emit_violation(a, &v);
		keymap_put(a->left_keys, KEYMAP_KEY(entry->acquired), a); /* once for each object */
		keymap_put(a->left_keys, KEYMAP_KEY(entry->key), a);	  /* and not again where it is called */
	}
}

void check_returned_value(struct analysis *a, const struct exit_record *record)
{
	emit_each_check(a, RP_CHECK_RETURN, visit_return_check, (void *)record);
	emit_each_check(a, RP_CHECK_FIELD_BITS, visit_bits_check, (void *)record);
	check_role_value(a, record);
	check_kept_param(a, record);
}

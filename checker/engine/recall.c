/* What an object keeps in mind of its acquisition, for later calls to be compared
 * with: a value (pool tag, mapped address), and the IRQL. */
#include "typestate_int.h"

#include <string.h>

/* ---- what objects remember ------------------------------------------------------- */

const struct sym *object_field_value(struct analysis *a, const struct flow_state *state, const struct sym *key,
				     const char *field)
{
	const struct region *whole = region_pointee(a, key);
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;

		if (region->kind == REGION_FIELD && region->field == field && region_is_within(region, whole))
			return state->bindings[i].value;
	}
	/* read, but never written here: only a direct field is looked for */
	const struct region *seen = region_seen_field(a, whole, field);

	return seen && seen->type ? state_load(a, state, seen, seen->type) : NULL;
}

void remember(struct analysis *a, struct flow_state *state, const struct call_site *site,
	      const struct rp_effect *effect, struct entry *entry)
{
	if (effect->remembers_field)
		entry->remembered = object_field_value(a, state, entry->key, effect->remembers_field);
	else if (effect->remembers_param == RP_REMEMBERS_RESULT)
		entry->remembered = site->result;
	else if (effect->remembers_param >= 0)
		entry->remembered = call_arg(site, effect->remembers_param);
}

/* The call names what another object of its argument remembers (an MDL has two
 * mappings: in the system and in the process). */
static bool belongs_to_sibling(const struct flow_state *state, const struct call_site *site,
			       const struct rp_effect *effect, const struct entry *entry)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++) {
		const struct rp_effect *other = &site->api->effects[i];
		const struct entry *sibling;

		if (other->resource == effect->resource || other->compares_param != effect->compares_param)
			continue;
		sibling = state_entry(state, other->resource, entry->key);
		if (sibling && sibling->remembered && sibling->remembered == call_arg(site, effect->compares_param))
			return true;
	}
	return false;
}

/* Another value than the object remembers; true when it is not about this object at all. */
bool check_remembered(struct analysis *a, struct flow_state *state, const struct call_site *site,
		      const struct rp_effect *effect, const struct entry *entry)
{
	const struct sym *value = call_arg(site, effect->compares_param);

	if (!value || !entry->remembered || !surely_differ(state, value, entry->remembered))
		return false;
	if (belongs_to_sibling(state, site, effect, entry))
		return true;
	typestate_raise(a, state, entry, RP_VIOLATION_ARGUMENT, site->insn->span, site, NULL);
	return false;
}

/* ---- interrupt request level ------------------------------------------------------ */

void set_level(struct flow_state *state, const struct call_site *site, const struct rp_effect *effect,
	       struct entry *entry)
{
	const struct sym *level = call_arg(site, effect->level_param);
	int64_t value;

	entry->level = RP_IRQL_UNSAID;
	if (level && range_is_exact(range_of(state, level), &value) && value >= 0 && value <= RP_IRQL_HIGH)
		entry->level = (int)value;
}

bool resource_moves_irql(const struct rp_resource *resource, const struct rp_effect *effect)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (resource->states[i].irql != RP_IRQL_UNSAID)
			return true;
	return effect->level_param >= 0 || effect->saves_param != -1 || effect->restores_param != -1;
}

void check_same_irql(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct entry *entry)
{
	int now = irql_lower_bound(a, state), limit = irql_upper_bound(a, state);
	bool is_raised = now > entry->irql_before && now >= RP_IRQL_DISPATCH;
	bool is_above = entry->irql_before_max != RP_IRQL_UNSAID && now > entry->irql_before_max;
	bool is_below = limit != RP_IRQL_UNSAID && limit < entry->irql_before;

	if (entry->resource->same_irql && entry->acquired && (is_raised || is_above || is_below))
		typestate_raise(a, state, entry, RP_VIOLATION_IRQL, site->insn->span, site, NULL);
}

/* Events that no fact names: memory used, written, passed on, returned. */
#include "typestate_int.h"

#include <string.h>

/* ---- built-in events ----------------------------------------------------------------- */

static void fire(struct analysis *a, struct flow_state *state, const struct entry *entry, const char *event,
		 struct span span, const struct call_site *site)
{
	struct entry copy = *entry;
	const struct rp_transition *row;
	int index;

	if (!resource_has_name_event(entry->resource, event, &index))
		return;
	row = find_transition(entry->resource, entry->state, index);
	if (!row || !row->violation)
		return;
	typestate_raise(a, state, &copy, row->violation, span, site, NULL);
	/* One report for an object: what follows is a consequence. */
	state_entry_remove(state, entry);
}

/* Did a call find the pointer inside the object (the stack location of an IRP)? */
static bool is_found_inside(const struct analysis *a, const struct sym *pointer, const struct sym *object)
{
	const struct ir_function *callee = pointer->kind == SYM_APPLY ? pointer->b : NULL;
	struct rp_match match;

	return callee && rules_match_call(a->engine->rules, callee->name, &match) && match.api->inside_param >= 0 &&
	       sym_contains(pointer->a, object);
}

static bool entry_covers(struct analysis *a, const struct entry *entry, const struct region *region)
{
	const struct region *root = region_root(region);
	const struct sym *object;

	if (entry->resource->is_memory)
		return root->kind == REGION_POINTEE &&
		       (sym_base_pointer(root->pointer) == sym_base_pointer(entry->key) ||
			is_found_inside(a, sym_base_pointer(root->pointer), entry->key));
	if (entry->resource->identity != RP_IDENTITY_ADDRESS)
		return false;
	if (region_is_within(region, region_pointee(a, entry->key)))
		return true;
	/* list_del(&item->link) where item is container_of(pos): the same memory
	 * under another pointer. */
	object = sym_object_root(entry->key);
	return root->kind == REGION_POINTEE && object && object != root->pointer &&
	       sym_base_pointer(object) == sym_base_pointer(root->pointer) && sym_base_pointer(object) == root->pointer;
}

void typestate_access(struct analysis *a, struct flow_state *state, const struct region *region, struct span span)
{
	size_t i;
	int index;

	if (region_root(region)->kind == REGION_POINTEE)
		touch_note(a, state, region_root(region)->pointer, span);
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		size_t before = state->entry_count;

		if (!entry->resource || entry->state < 0 || !entry_covers(a, entry, region))
			continue;
		if (a->insn->is_macro_loop && resource_has_name_event(entry->resource, RP_EVENT_ITERATE, &index))
			fire(a, state, entry, RP_EVENT_ITERATE, a->insn->span, NULL);
		else if (entry->resource->is_memory)
			fire(a, state, entry, RP_EVENT_USE, span, NULL);
		if (state->entry_count < before)
			i--;
	}
}

void typestate_write(struct analysis *a, struct flow_state *state, const struct region *region, struct span span)
{
	size_t i;

	if (region_root(region)->kind != REGION_POINTEE)
		return;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		size_t before = state->entry_count;

		if (!entry->resource || entry->state < 0 || !entry->resource->is_memory ||
		    !entry_covers(a, entry, region))
			continue;
		fire(a, state, entry, RP_EVENT_WRITE, span, NULL);
		if (state->entry_count < before)
			i--;
	}
}

/* An effect of the call itself judges the object: no use beside it. */
static bool call_moves(const struct call_site *site, int arg, const struct entry *entry)
{
	int i;

	for (i = 0; site->api && i < site->api->effect_count; i++) {
		const struct rp_effect *effect = &site->api->effects[i];

		if (effect->object == RP_OBJECT_PARAM && effect->resource == entry->resource &&
		    call_arg_index(site, effect->params[0]) == arg &&
		    find_transition(entry->resource, entry->state, effect->event))
			return true;
	}
	return false;
}

void typestate_pass(struct analysis *a, struct flow_state *state, const struct call_site *site, int arg)
{
	const struct sym *object = sym_object_pointer(site->args[arg]);
	size_t i;

	if (!object || object->kind == SYM_INT)
		return;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		size_t before = state->entry_count;

		if (!entry->resource || !entry->resource->is_memory || entry->state < 0 ||
		    sym_base_pointer(entry->key) != object || call_moves(site, arg, entry))
			continue;
		fire(a, state, entry, RP_EVENT_PASS, site->insn->span, site);
		if (state->entry_count < before)
			i--;
	}
}

void typestate_touch(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct sym *pointer)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (!entry->resource || !entry->resource->is_memory || entry->state < 0 ||
		    sym_base_pointer(entry->key) != pointer)
			continue;
		fire(a, state, entry, RP_EVENT_USE, site->insn->span, site);
		return;
	}
}

void typestate_return(struct analysis *a, struct flow_state *state, const struct sym *value, struct span span)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->state >= 0 && entry->key == value) {
			fire(a, state, entry, RP_EVENT_RETURN, span, NULL);
			return;
		}
	}
}

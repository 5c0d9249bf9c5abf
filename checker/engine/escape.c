/* Ownership: when memory stops being this function's to free, and what an
 * unknown call may have changed. Errs towards "escaped" and so towards silence. */
#include "escape_int.h"

#include <string.h>

#define MAX_ESCAPE_DEPTH 6

static void escape_object(struct analysis *a, struct flow_state *state, const struct sym *value, enum escape_kind how,
			  int depth);

static void escape_contents(struct analysis *a, struct flow_state *state, const struct region *region,
			    enum escape_kind how, int depth)
{
	size_t i;

	if (depth > MAX_ESCAPE_DEPTH)
		return;
	for (i = 0; i < state->binding_count; i++)
		if (region_is_within(state->bindings[i].region, region))
			escape_object(a, state, state->bindings[i].value, how, depth + 1);
}

/* The record around an object, reached by container_of, goes where the object goes. */
static void escape_container(struct analysis *a, struct flow_state *state, const struct sym *object,
			     enum escape_kind how, int depth)
{
	size_t i;

	if (depth > MAX_ESCAPE_DEPTH)
		return;
	for (i = 0; i < state->binding_count; i++) {
		const struct region *root = region_root(state->bindings[i].region);

		if (root->kind == REGION_POINTEE && root->pointer != object &&
		    sym_base_pointer(root->pointer) == object)
			escape_object(a, state, state->bindings[i].value, how, depth + 1);
	}
}

static bool is_held_memory(const struct entry *entry, const struct sym *object)
{
	return entry->resource && entry->resource->is_memory && entry->state >= 0 &&
	       entry->resource->states[entry->state].is_held && sym_base_pointer(entry->key) == object;
}

static bool is_result(const struct entry *entry)
{
	int i;

	for (i = 0; entry->api && i < entry->api->effect_count; i++)
		if (entry->api->effects[i].resource == entry->resource &&
		    entry->api->effects[i].object != RP_OBJECT_RESULT)
			return false;
	return true;
}

/* What an API returned, and is known by that value alone; not what was only named to it (the cookie of an interrupt). */
static bool is_held_handle(const struct entry *entry, const struct sym *object)
{
	return entry->resource && !entry->resource->is_memory && entry->key == object && object->kind == SYM_CALL &&
	       is_result(entry) && entry->resource->exit_policy == RP_EXIT_ON_FAILURE && entry->state >= 0 &&
	       entry->resource->states[entry->state].is_held;
}

bool function_releases_such(const struct analysis *a, const struct ir_function *function, const struct entry *entry)
{
	int i;

	for (i = 0; i < entry->resource->event_count; i++)
		if (resource_event_releases(entry->resource, i) &&
		    effects_may_cause(a->effects, function, entry->resource, i, entry->object))
			return true;
	return false;
}

bool name_tells(const struct analysis *a, enum rp_habit habit, const char *name)
{
	return rules_name_tells(a->engine->rules, habit, a->unit->os, name);
}

/* A one-liner of the kernel's headers that reads a part of its argument, a function of the kernel that sets something
 * up with it, or one of the module that releases no such thing; by its name it neither ends nor takes anything. */
static bool only_looks(const struct analysis *a, const struct ir_insn *insn, const struct entry *entry)
{
	const struct ir_function *callee = insn && insn->kind == IR_CALL ? insn->call.callee : NULL;

	if (!callee || (callee->has_body && callee->in_user_file ?
				function_releases_such(a, callee, entry) :
				callee->in_user_file || name_tells(a, RP_HABIT_ENDS_USE, callee->name)))
		return false;
	return callee->is_inline || !name_tells(a, RP_HABIT_TAKES_OVER, callee->name);
}

/* &record->member, given to a function of the kernel, which knows nothing of the record. */
static bool is_part(const struct call_site *site, int arg)
{
	const struct sym *given = site->args[arg];

	return given->kind == SYM_ADDRESS && ((const struct region *)given->a)->base && site->target &&
	       !site->target->in_user_file;
}

/* Does the entry's pointer lie in the part? */
static bool lies_in(const struct flow_state *state, const struct entry *entry, const struct region *part)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (sym_object_pointer(state->bindings[i].value) == entry->key &&
		    region_is_within(state->bindings[i].region, part))
			return true;
	return false;
}

/* The object need not be released here any more; what it is stays known. True
 * when that is news. */
static bool release_from_duty(struct analysis *a, struct flow_state *state, const struct sym *object,
			      enum escape_kind how, int depth)
{
	bool found = false;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		entry->is_kept = entry->is_kept ||
				 (entry->resource && entry->resource->is_memory && entry->key == object);
		if (is_held_memory(entry, object) && how == ESCAPE_PASSED && depth > 0 && a->given_part &&
		    !lies_in(state, entry, a->given_part))
			given_note_beside(a, entry);
		else if (is_held_memory(entry, object) && how == ESCAPE_PASSED)
			given_note(a, entry, depth == 0);
		/* A handle of another kind: whoever keeps it may release it. */
		if (how == ESCAPE_PASSED && depth == 0 && is_held_handle(entry, object) &&
		    !only_looks(a, a->insn, entry))
			given_note(a, entry, false);
		if (!is_held_memory(entry, object) || (entry->is_escaped && (entry->is_passed || how == ESCAPE_STORED)))
			continue;
		entry->is_escaped = true;
		if (entry->acquired && a->in_loop)
			keymap_put(a->escaped_sites, KEYMAP_KEY(entry->acquired), a);
		entry->is_passed = entry->is_passed || how == ESCAPE_PASSED;
		found = true;
	}
	return found;
}

/* A callee may have released it: nothing is known of it any more. */
static void forget_memory(struct flow_state *state, const struct sym *object)
{
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++)
		if (!is_held_memory(&state->entries[read], object))
			state->entries[write++] = state->entries[read];
	state->entry_count = write;
}

static void escape_object(struct analysis *a, struct flow_state *state, const struct sym *value, enum escape_kind how,
			  int depth)
{
	const struct sym *object = sym_object_pointer(value);

	if (value->kind == SYM_INT)
		return;
	if (value->kind == SYM_TUPLE || value->kind == SYM_BINARY) {
		escape_object(a, state, value->a, how, depth + 1);
		if (depth <= MAX_ESCAPE_DEPTH)
			escape_object(a, state, value->b, how, depth + 1);
	}
	/* It may lie inside an argument: strim(p). A number that somebody else chose does not. */
	if (value->kind == SYM_APPLY && depth <= MAX_ESCAPE_DEPTH && !value->is_from_user)
		escape_object(a, state, value->a, how, depth + 1);
	if (!object) {
		escape_contents(a, state, region_root(((const struct region *)sym_base_pointer(value)->a)), how, depth);
		return;
	}
	if (!release_from_duty(a, state, object, how, depth))
		return;
	escape_contents(a, state, region_pointee(a, object), how, depth);
	escape_container(a, state, object, how, depth);
}

void escape_value(struct analysis *a, struct flow_state *state, const struct sym *value, enum escape_kind how)
{
	escape_object(a, state, value, how, 0);
}

void escape_region_contents(struct analysis *a, struct flow_state *state, const struct region *region)
{
	escape_contents(a, state, region, ESCAPE_STORED, 0);
}

enum escape_kind escape_by_store(const struct region *region)
{
	for (; region; region = region->base)
		if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT)
			return ESCAPE_PASSED;
	return ESCAPE_STORED;
}

/* Storage inside memory that is still this function's own. */
bool region_is_contained(const struct flow_state *state, const struct region *region)
{
	const struct region *root = region_root(region);
	size_t i;

	if (root->kind != REGION_POINTEE)
		return false;
	/* An element of an array that is filled in a loop cannot be told from its
	 * siblings when they are released in another. */
	for (; region; region = region->base)
		if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT)
			return false;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource->is_memory && entry->state >= 0 &&
		    entry->resource->states[entry->state].is_held && !entry->is_escaped &&
		    sym_base_pointer(entry->key) == sym_base_pointer(root->pointer))
			return true;
	}
	return false;
}

/* ---- what arguments lead to --------------------------------------------------- */

/* Is the object part of, or read from, what `base` points to? */
static bool leads_to(const struct sym *base, const struct region *region)
{
	const struct region *root = region_root(region);

	return root->kind == REGION_POINTEE && sym_contains(root->pointer, base);
}

#define MAX_GIVEN 32

/* What a call keeps for the driver, it never follows itself. */
static bool is_kept_pointer(const struct region *region)
{
	return region->kind == REGION_FIELD && region->field &&
	       strncmp(region->field, KEPT_FIELD, strlen(KEPT_FIELD)) == 0;
}

/* Numbers or a text inside a record: a function of the kernel that gets them does not know of the record. */
static bool is_plain_part(const struct sym *pointer)
{
	const struct region *part = pointer->kind == SYM_ADDRESS ? pointer->a : NULL;
	const struct ir_type *type = part && part->base ? part->type : NULL;

	while (type && type->kind == IR_TYPE_ARRAY)
		type = type->target;
	return type && type->kind == IR_TYPE_INT;
}

static void give_entries(struct analysis *a, struct flow_state *state, const struct sym *value,
			 const struct region *part)
{
	size_t e;

	for (e = 0; e < state->entry_count; e++) {
		struct entry *entry = &state->entries[e];

		if (!is_held_memory(entry, value))
			continue;
		if (part && !lies_in(state, entry, part))
			given_note_beside(a, entry);
		else
			given_note(a, entry, false);
	}
}

/* Everything that is stored below the object, at most a few links away. part: what was given of it; NULL: all. */
static void give_contents(struct analysis *a, struct flow_state *state, const struct sym *object,
			  const struct region *part, bool to_kernel)
{
	const struct sym *todo[MAX_GIVEN] = { object };
	int count = 1, next, k;
	size_t i;

	for (next = 0; next < count; next++)
		for (i = 0; i < state->binding_count; i++) {
			const struct sym *value = sym_object_pointer(state->bindings[i].value);

			if (!value || value->kind == SYM_INT || !leads_to(todo[next], state->bindings[i].region) ||
			    (to_kernel && is_plain_part(state->bindings[i].value)))
				continue;
			for (k = 0; k < count && todo[k] != value; k++)
				;
			if (k < count || count == MAX_GIVEN)
				continue;
			if (!is_kept_pointer(state->bindings[i].region))
				todo[count++] = value;
			give_entries(a, state, value, next == 0 ? part : NULL);
		}
}

/* Only what is stored in the part of an object that a function of the kernel is given. */
static void give_part(struct analysis *a, struct flow_state *state, const struct region *part)
{
	size_t i, e;

	for (i = 0; i < state->binding_count; i++)
		for (e = 0; region_is_within(state->bindings[i].region, part) && e < state->entry_count; e++)
			if (is_held_memory(&state->entries[e], sym_object_pointer(state->bindings[i].value)))
				given_note(a, &state->entries[e], false);
}

void escape_given_contents(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	bool is_whole = given_may_end(a, site->insn), to_kernel = site->target && !site->target->in_user_file;
	int i;

	for (i = 0; i < site->arg_count; i++) {
		const struct sym *object = sym_object_pointer(site->args[i]);

		if (!object || object->kind == SYM_INT)
			continue;
		if (!is_whole && site->args[i]->kind == SYM_ADDRESS)
			give_part(a, state, site->args[i]->a);
		else
			give_contents(a, state, object, is_part(site, i) ? site->args[i]->a : NULL, to_kernel);
	}
}

/* ---- calls without facts ------------------------------------------------------ */

static bool is_local_object(const struct region *region)
{
	return region_root(region)->kind == REGION_VAR && region_is_local(region);
}

/* A handle that is being tracked stays where it is: a callee that replaced it
 * without releasing it would be at fault itself. */
bool escape_is_tracked(const struct flow_state *state, const struct sym *value)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->key == value && entry->state >= 0 &&
		    entry->resource->states[entry->state].is_held)
			return true;
	}
	return false;
}

/* Was the handle read from there, and never stored? Then it is what lies there, though no binding says so. */
static bool is_read_from(const struct entry *entry, const struct region *region)
{
	const struct sym *key = entry->key;
	const struct region *home = !entry->resource || entry->resource->exit_policy != RP_EXIT_ON_FAILURE ? NULL :
				    key->kind == SYM_INITIAL						   ? key->a :
				    key->kind == SYM_HAVOC || key->kind == SYM_PART			   ? key->b :
													     NULL;

	return home && entry->state >= 0 && entry->resource->states[entry->state].is_held &&
	       region_is_within(home, region);
}

static bool has_tracked_part(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (is_read_from(&state->entries[i], region))
			return true;
	for (i = 0; i < state->binding_count; i++)
		if (region_is_within(state->bindings[i].region, region) &&
		    escape_is_tracked(state, state->bindings[i].value))
			return true;
	return false;
}

/* The name a store into the region would go by: its last field, or its variable. */
const char *region_field_name(const struct region *region)
{
	while (region->kind == REGION_ELEMENT)
		region = region->base;
	return region->kind == REGION_FIELD ? region->field : region->kind == REGION_VAR ? region->var->name : NULL;
}

static bool may_write(const struct analysis *a, const struct ir_function *callee, const struct region *region)
{
	return !callee || !callee->has_body || effects_may_write(a->effects, callee, region_field_name(region));
}

#define MAX_NAMED_WRITES 32

/* A function of the unit writes the fields it names and no others. False when
 * it may write through plain pointers, or too many fields. */
static bool havoc_named_fields(struct analysis *a, struct flow_state *state, const struct region *region,
			       const struct ir_function *callee)
{
	const char *const *names;
	size_t count = effects_writes(a->effects, callee, &names), i;

	if (count > MAX_NAMED_WRITES)
		return false;
	for (i = 0; i < count; i++) {
		const struct region *part = region_field(a, region, names[i], NULL);
		const struct binding *binding = state_binding(state, part);

		if (!binding || !escape_is_tracked(state, binding->value))
			state_store(a, state, part, sym_make(a, SYM_HAVOC, 0, a->insn, part, NULL));
	}
	return !effects_may_write(a->effects, callee, "");
}

#define MAX_KEPT_FIELDS 16

/* Fields of a local record that the callee surely leaves alone: those it does not name. */
static int unwritten_fields(const struct analysis *a, const struct flow_state *state, const struct region *region,
			    const struct ir_function *callee, struct binding kept[MAX_KEPT_FIELDS])
{
	int count = 0;
	size_t i;

	if (region->kind != REGION_VAR || !callee || !callee->has_body || effects_may_write(a->effects, callee, ""))
		return 0;
	for (i = 0; i < state->binding_count && count < MAX_KEPT_FIELDS; i++) {
		const struct binding *binding = &state->bindings[i];

		if (binding->region->kind == REGION_FIELD && binding->region->base == region && !binding->is_default &&
		    binding->value->kind != SYM_UNINIT && !may_write(a, callee, binding->region))
			kept[count++] = *binding;
	}
	return count;
}

/* The callee may have written anything below the region. */
static void havoc_region(struct analysis *a, struct flow_state *state, const struct region *region,
			 const struct ir_function *callee)
{
	struct binding kept[MAX_KEPT_FIELDS];
	const struct sym *value;
	int kept_count, k;
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		struct binding *binding = &state->bindings[i];

		if (binding->region == region || !region_is_within(binding->region, region) ||
		    escape_is_tracked(state, binding->value) || !may_write(a, callee, binding->region))
			continue;
		binding->value = sym_make(a, SYM_HAVOC, 0, a->insn, binding->region, binding->value->type);
		binding->is_default = false;
	}
	if (callee && callee->has_body && region->kind == REGION_POINTEE &&
	    havoc_named_fields(a, state, region, callee))
		return;
	/* The object itself: a local one may be initialised by the callee. */
	if (!is_local_object(region) && !state_binding(state, region))
		return;
	if (region->kind != REGION_VAR && state_binding(state, region) &&
	    escape_is_tracked(state, state_binding(state, region)->value))
		return;
	if ((region->kind != REGION_VAR && has_tracked_part(state, region)) ||
	    (callee && callee->has_body && region->kind != REGION_VAR && region->kind != REGION_POINTEE &&
	     !may_write(a, callee, region)))
		return;
	kept_count = unwritten_fields(a, state, region, callee, kept);
	value = sym_make(a, SYM_HAVOC, 0, a->insn, region, NULL);
	state_store_default(a, state, region, value);
	for (k = 0; k < kept_count; k++)
		state_store(a, state, kept[k].region, kept[k].value);
}

static void havoc_globals(struct analysis *a, struct flow_state *state, const struct ir_function *callee)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		struct binding *binding = &state->bindings[i];
		const struct region *root = region_root(binding->region);

		if (root->kind == REGION_VAR && !region_is_local(root) && !escape_is_tracked(state, binding->value) &&
		    may_write(a, callee, binding->region))
			binding->value = sym_make(a, SYM_HAVOC, 0, a->insn, binding->region, binding->value->type);
	}
}

void escape_refresh_havocs(struct analysis *a, struct flow_state *state)
{
	size_t i;

	/* In a loop the same step makes the same symbols: the old ones go stale. */
	for (i = 0; i < state->binding_count; i++) {
		const struct sym *value = state->bindings[i].value;

		if (value->kind == SYM_HAVOC && value->a == a->insn) {
			state_refresh_sym(a, state, value);
			i = (size_t)-1;
		}
	}
	for (i = 0; i < state->entry_count; i++) {
		const struct sym *value = sym_base_pointer(state->entries[i].key);

		if (value->kind == SYM_HAVOC && value->a == a->insn) {
			state_refresh_sym(a, state, value);
			i = (size_t)-1;
		}
	}
}

/* Does an argument lead to what holds it? */
static bool is_given(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct sym *key)
{
	int i;

	for (i = 0; i < site->arg_count; i++) {
		const struct sym *object = sym_object_pointer(site->args[i]);

		if (object && is_stored_below(a, state, object, key))
			return true;
	}
	return false;
}

static void forget_changed(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct function_summary *summary = call_valid_summary(a, site);
	const struct ir_function *callee = site->target;
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++) {
		struct entry *entry = &state->entries[read];

		/* Memory that is only ours is safe from who does not get it. */
		bool is_exposed = entry->resource && (!entry->resource->is_memory || entry->is_escaped ||
						      is_given(a, state, site, entry->key) ||
						      (summary && summary_doubts(a, state, site, summary, entry)));

		/* That the caller held it on entry stays true: what is dropped and
		 * retaken around the call is no business of this function's returns. */
		if (is_exposed && call_may_change(a, state, site, entry)) {
			/* Given to a body that is not in sight: whose it is now, the function's other ways tell. */
			if (entry->resource->is_memory && callee && callee->has_body)
				continue;
			if (!entry->resource->is_memory) {
				entry->is_presumed = call_presumably_keeps(a, site, entry);
				entry->is_doubtful = true;
			}
		}
		state->entries[write++] = *entry;
	}
	state->entry_count = write;
}

static bool is_field_of_argument(struct analysis *a, const struct call_site *site, const struct sym *key)
{
	int i;

	for (i = 0; key->kind == SYM_INITIAL && i < site->arg_count; i++) {
		const struct sym *object = sym_object_pointer(site->args[i]);

		if (object && object->kind != SYM_INT && region_is_within(key->a, region_pointee(a, object)))
			return true;
	}
	return false;
}

/* kfree(d->buf); refill(d): the field may point to something new now. */
static void forget_freed_fields(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++) {
		const struct entry *entry = &state->entries[read];
		bool is_released = entry->resource && entry->resource->is_memory && entry->state >= 0 &&
				   !entry->resource->states[entry->state].is_held;

		if (is_released && is_field_of_argument(a, site, entry->key) &&
		    may_write(a, site->target, entry->key->a))
			continue;
		state->entries[write++] = *entry;
	}
	state->entry_count = write;
}

/* An object that this function need not release is given to somebody who may
 * move it to another state: an IRP that a helper may complete. */
static void forget_passed_objects(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *callee = site->target;
	const struct function_summary *summary = call_valid_summary(a, site);
	size_t read, write = 0;
	int i;

	for (read = 0; read < state->entry_count; read++) {
		const struct entry *entry = &state->entries[read];
		bool is_passed = false;

		for (i = 0; i < site->arg_count && !is_passed; i++)
			is_passed = site->args[i] == entry->key;
		if (is_passed && entry->resource && entry->resource->is_memory && entry->state >= 0 &&
		    !entry->resource->states[entry->state].is_held &&
		    (!callee || !callee->has_body ||
		     (summary ? summary_is_unsure(a, state, site, summary, entry) :
				unit_function_changes(a, state, callee, entry))))
			continue;
		state->entries[write++] = *entry;
	}
	state->entry_count = write;
}

bool function_returns_truth(const struct ir_function *function)
{
	const struct ir_type *type = function->type ? function->type->target : NULL;

	return type && (type->kind == IR_TYPE_BOOL || (type->typedef_name && strstr(type->typedef_name, "BOOL")));
}

static void forget_outcome(struct flow_state *state, const struct sym *result)
{
	const struct entry *entry = state_entry(state, NULL, result);

	if (entry)
		state_entry_remove(state, entry);
}

/* `if (!valid(p)) return;`: what a function of the driver says of p is not followed. */
void escape_judged_arguments(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *callee = site->target;
	int i;

	if (!callee || (!callee->has_body && !callee->in_user_file) || !function_returns_truth(callee))
		return;
	for (i = 0; i < site->arg_count; i++) {
		const struct sym *object = sym_object_pointer(site->args[i]);

		if (!object)
			continue;
		escape_value(a, state, site->args[i], ESCAPE_PASSED);
		forget_outcome(state, object);
	}
}

/* May the callee have released what the parameter leads to, other than its summary tells? */
static bool may_release(const struct analysis *a, const struct call_site *site, int param)
{
	const struct function_summary *summary = call_valid_summary(a, site);

	if (summary && summary_tells_release(summary))
		return false;
	return effects_param_released(a->effects, site->target, param);
}

static bool may_release_kind(const struct analysis *a, const struct ir_function *callee,
			     const struct rp_resource *resource)
{
	int event;

	for (event = 0; event < resource->event_count; event++)
		if (resource_event_releases(resource, event) &&
		    effects_may_cause(a->effects, callee, resource, event, NULL))
			return true;
	return false;
}

/* Does the callee free anything, whether its summary can say when or not? */
static bool releases_memory(const struct analysis *a, const struct flow_state *state, const struct ir_function *callee)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].resource->is_memory &&
		    may_release_kind(a, callee, state->entries[i].resource))
			return true;
	return false;
}

/* A function that is called when the device goes gets what it releases off our hands. */
void escape_to_action(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *action = NULL;
	size_t read, write = 0;
	int i, data;

	for (i = 0; i < site->arg_count; i++)
		if (site->args[i]->kind == SYM_FUNCTION)
			action = site->args[i]->a;
	for (read = 0; action && read < state->entry_count; read++) {
		const struct entry *entry = &state->entries[read];
		bool is_taken = entry->resource && action->has_body && may_release_kind(a, action, entry->resource);

		for (data = 0; data < site->arg_count && entry->resource; data++)
			is_taken = is_taken || (!action->has_body && site->args[data] == entry->key);
		if (!is_taken)
			state->entries[write++] = *entry;
	}
	if (action)
		state->entry_count = write;
}

void escape_unknown_call(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *callee = site->target;
	int i;

	escape_refresh_havocs(a, state);
	escape_judged_arguments(a, state, site);
	for (i = 0; i < site->arg_count; i++) {
		const struct sym *arg = site->args[i], *object = sym_object_pointer(arg);
		const struct ir_type *type = site->insn->call.args[i]->type;
		bool has_body = callee && callee->has_body && i < callee->param_count;

		a->given_part = is_part(site, i) ? arg->a : NULL;
		if (!has_body || effects_param_escapes(a->effects, callee, i) || may_release(a, site, i))
			escape_value(a, state, arg, ESCAPE_PASSED);
		a->given_part = NULL;
		/* A pointer to our pointer: the callee may free, replace or keep it. */
		if (!object && arg->kind == SYM_ADDRESS)
			escape_contents(a, state, arg->a, ESCAPE_PASSED, 0);
		if (object && has_body && may_release(a, site, i))
			forget_memory(state, object);
		if (arg->kind == SYM_INT || arg->kind == SYM_FUNCTION || arg->kind == SYM_STRING)
			continue;
		/* A pointer to const cannot be written through by an honest callee. */
		if (type && type->kind == IR_TYPE_POINTER && !(type->target && type->target->is_const))
			havoc_region(a, state, region_pointee(a, arg), callee);
	}
	if (!callee || !callee->has_body || !call_valid_summary(a, site) || releases_memory(a, state, callee))
		escape_given_contents(a, state, site);
	forget_passed_objects(a, state, site);
	forget_freed_fields(a, state, site);
	if (!callee || callee->has_body || callee->in_user_file)
		havoc_globals(a, state, callee);
	forget_changed(a, state, site);
}

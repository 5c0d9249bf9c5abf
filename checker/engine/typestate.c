/* Typestate transitions of objects and the violations they raise. */
#include "typestate_int.h"

#include <string.h>

#define MAX_NESTING 3 /* nested acquisitions that are counted */

bool resource_has_name_event(const struct rp_resource *resource, const char *event, int *index)
{
	int i;

	for (i = 0; i < resource->event_count; i++) {
		if (strcmp(resource->events[i], event) == 0) {
			*index = i;
			return true;
		}
	}
	return false;
}

int resource_failed_state(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (!resource->states[i].is_held)
			return i;
	return RP_STATE_UNKNOWN;
}

int resource_held_state(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (resource->states[i].is_held)
			return i;
	return RP_STATE_UNKNOWN;
}

const struct rp_transition *find_transition(const struct rp_resource *resource, int from, int event)
{
	int i;

	for (i = 0; i < resource->transition_count; i++)
		if (resource->transitions[i].from == from && resource->transitions[i].event == event)
			return &resource->transitions[i];
	return NULL;
}

bool resource_event_acquires(const struct rp_resource *resource, int event)
{
	int i;

	for (i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *row = &resource->transitions[i];

		if (row->event == event && row->to >= 0 && resource->states[row->to].is_held && !row->violation)
			return true;
	}
	return false;
}

bool resource_event_releases(const struct rp_resource *resource, int event)
{
	int i;

	for (i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *row = &resource->transitions[i];

		if (row->event == event && row->from >= 0 && resource->states[row->from].is_held && !row->violation &&
		    row->to != RP_STATE_SAME && !(row->to >= 0 && resource->states[row->to].is_held))
			return true;
	}
	return false;
}

bool resource_event_moves(const struct rp_resource *resource, int from, int event)
{
	const struct rp_transition *row = find_transition(resource, from, event);

	return row && row->to != RP_STATE_SAME && row->to != from;
}

void trace_event(struct analysis *a, struct flow_state *state, const struct entry *entry, int event,
		 const struct call_site *site, const char *mode)
{
	struct trace *trace = ARENA_NEW(a->arena, struct trace);

	*trace = (struct trace){ .parent = state->trace,
				 .insn = a->insn,
				 .resource = entry->resource,
				 .event = event,
				 .key = entry->key,
				 .object = entry->object,
				 .is_unnamed = entry->is_unnamed,
				 .api = site ? site->api : NULL,
				 .mode = mode,
				 .below = site ? site->below : NULL,
				 .callee = site ? site->callee : NULL,
				 .walk = state->walk,
				 .joined = state->joined,
				 .depth = state->trace ? state->trace->depth + 1 : 0 };
	state->trace = trace;
	state->joined = NULL;
}

/* The step by which this path released the object last; NULL: not by an API. */
static const struct rp_effect *last_release(const struct flow_state *state, const struct entry *entry)
{
	const struct trace *trace;
	int i;

	for (trace = state->trace; trace; trace = trace->parent) {
		if (trace->resource != entry->resource || trace->key != entry->key ||
		    !resource_event_releases(entry->resource, trace->event))
			continue;
		for (i = 0; trace->api && i < trace->api->effect_count; i++)
			if (trace->api->effects[i].resource == entry->resource &&
			    trace->api->effects[i].event == trace->event)
				return &trace->api->effects[i];
		return NULL;
	}
	return NULL;
}

static bool have_common_mode(const struct rp_effect *left, const struct rp_effect *right)
{
	int l, r;

	for (l = 0; l < left->accept_count; l++)
		for (r = 0; r < right->accept_count; r++)
			if (left->accepts[l] == right->accepts[r])
				return true;
	return left->accept_count == 0 || right->accept_count == 0;
}

/* Can any API give a second reference to what this release ends? kfree() ends the memory whoever points to it. */
static bool is_of_shared_kind(const struct analysis *a, const struct rp_effect *release, int event)
{
	const struct rule_set *rules = a->engine->rules;
	int i, e;

	for (i = 0; i < rules->api_count; i++)
		for (e = 0; e < rules->apis[i]->effect_count; e++) {
			const struct rp_effect *effect = &rules->apis[i]->effects[e];

			if (effect->resource == release->resource && effect->event == event &&
			    have_common_mode(effect, release))
				return true;
		}
	return false;
}

/* Such an event takes an object that was not seen before, and one that is held, to the same state that is not held. */
static bool event_shares(const struct rp_resource *resource, int event)
{
	const struct rp_transition *row = find_transition(resource, RP_STATE_UNKNOWN, event);
	const struct rp_transition *from_held = find_transition(resource, resource_held_state(resource), event);

	return row && row->to >= 0 && from_held && from_held->to == row->to && !resource->states[row->to].is_held;
}

/* Does this function take another reference to the object anywhere? Then a
 * release need not be the last one. */
static bool is_shared_here(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	const struct rp_effect *release = last_release(state, entry);
	int event;

	if (!entry->resource->is_memory || resource_held_state(entry->resource) == RP_STATE_UNKNOWN)
		return false;
	for (event = 0; event < entry->resource->event_count; event++)
		if (event_shares(entry->resource, event) &&
		    effects_may_cause(a->effects, a->function, entry->resource, event, entry->object) &&
		    (!release || is_of_shared_kind(a, release, event)))
			return true;
	return false;
}

/* Both events are the callee's own, who may have waited in between: its own analysis has seen that. */
static bool is_callees_business(const struct flow_state *state, const struct entry *entry, const struct call_site *site)
{
	const struct trace *trace = state->trace;

	if (!site || !site->is_replayed || entry->resource->forgotten_by_count == 0)
		return false;
	while (trace && (trace->resource != entry->resource || trace->key != entry->key))
		trace = trace->parent;
	return trace && trace->insn == site->insn;
}

/* object: what the message names; NULL: the entry's own. */
void typestate_raise(struct analysis *a, struct flow_state *state, const struct entry *entry, const char *violation,
		     struct span span, const struct call_site *site, const char *object)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v = {
		.state = state,
		.span = span,
		.cause = entry->acquired,
		.resource = entry->resource,
		.key = entry->key,
		.object = object ? object : entry->object,
		.mode = entry->mode,
		.origin = entry->api ? entry->api->name : NULL,
		.api = site ? site->name : NULL,
		.below = site ? site->below : NULL,
		.callee = site ? site->callee : NULL,
		.is_only_one_here = !site,
		.is_likely = entry->is_presumed,
	};

	if ((entry->is_doubtful && !entry->is_presumed) || is_shared_here(a, state, entry) ||
	    is_callees_business(state, entry, site) ||
	    !emit_find_typestate(a, entry->resource, violation, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	if (entry->acquired)
		v.origin_span = entry->acquired->span;
	emit_violation(a, &v);
}

/* ---- provenance ------------------------------------------------------------------ */

static bool is_later_field(const struct region *field)
{
	const struct ir_type *record = field->base->type;
	int i;

	for (i = 0; record && record->kind == IR_TYPE_RECORD && i < record->field_count; i++)
		if (record->fields[i].name == field->field)
			return record->fields[i].bit_offset > 0;
	return false;
}

/* Surely behind the start of what it is part of; what is not known may be the start. */
static bool is_behind_start(const struct region *region)
{
	for (; region->kind == REGION_FIELD || region->kind == REGION_ELEMENT; region = region->base) {
		if (region->kind == REGION_FIELD && is_later_field(region))
			return true;
		if (region->kind == REGION_ELEMENT && region->index->kind == SYM_INT && region->index->value > 0)
			return true;
	}
	return false;
}

/* An inner address or a constant offset. */
static bool is_inner(const struct sym *key)
{
	if (key->kind == SYM_ADDRESS)
		return is_behind_start(key->a);
	return key->kind == SYM_BINARY && ((const struct sym *)key->b)->kind == SYM_INT;
}

/* As a field of the kernel gives it: part of what the record was allocated with. */
static bool is_owned_by_record(const struct analysis *a, const struct sym *key)
{
	const struct region *region = key->kind == SYM_INITIAL && !key->b ? key->a : NULL;
	const struct rule_set *rules = a->engine->rules;
	int i;

	if (!region || region->kind != REGION_FIELD || !region->base->type)
		return false;
	for (i = 0; i < rules->field_count; i++)
		if (rules->fields[i].is_owned && rules->fields[i].field == region->field &&
		    rules->fields[i].record == region->base->type->tag)
			return true;
	return false;
}

static void check_provenance(struct analysis *a, struct flow_state *state, const struct call_site *site,
			     const struct rp_effect *effect, const struct sym *key)
{
	struct entry fake = { .resource = effect->resource, .key = key };
	const struct sym *object = sym_object_pointer(key);
	bool is_wrong = key->kind == SYM_STRING || (key->kind == SYM_ADDRESS && !object);

	/* An inner address or an offset of memory that this path allocated. */
	if (object && object != key) {
		const struct entry *whole = state_entry(state, effect->resource, object);

		is_wrong = whole && whole->state >= 0 && effect->resource->states[whole->state].is_held &&
			   is_inner(key);
	}
	if (!is_wrong && !is_owned_by_record(a, key))
		return;
	set_object(a, &fake, site, effect);
	if (object) /* that it is not freed properly is the same defect */
		escape_value(a, state, object, ESCAPE_PASSED);
	typestate_raise(a, state, &fake, RP_VIOLATION_PROVENANCE, site->insn->span, site, NULL);
}

/* ---- transitions ------------------------------------------------------------------- */

/* Reached through another object: called what this path calls it. */
static void name_like_sibling(const struct flow_state *state, struct entry *entry)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (&state->entries[i] != entry && state->entries[i].key == entry->key && state->entries[i].resource &&
		    state->entries[i].object)
			entry->object = state->entries[i].object;
}

/* A lock there is only one of, released again. What nests or may be released
 * at will is forgotten once it is. */
static bool is_wrong_twice(const struct rp_resource *resource, int released, int event)
{
	const struct rp_transition *row = find_transition(resource, released, event);

	return !resource->is_counted && row && row->violation;
}

/* Pages of an MDL that was not allocated here: its owner may unlock them. */
static bool belongs_to_others(const struct analysis *a, const struct flow_state *state, const struct rp_effect *effect,
			      const struct entry *acquired)
{
	size_t i;

	(void)a;
	if (effect->object != RP_OBJECT_PARAM || !effect->resource->is_memory)
		return false;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource != effect->resource && entry->resource->is_memory &&
		    entry->key == acquired->key && entry->state >= 0 && !entry->is_escaped &&
		    entry->resource->states[entry->state].is_held)
			return false;
	}
	return true;
}

/* The event makes the object unknown, or ends something there is only one of. */
static bool is_forgotten(const struct rp_effect *effect, const struct entry *entry, int to)
{
	if (to == RP_STATE_UNKNOWN)
		return true;
	return effect->object == RP_OBJECT_GLOBAL && !entry->was_held_on_entry &&
	       !entry->resource->states[to].is_held && !is_wrong_twice(entry->resource, to, effect->event);
}

/* Taken anew by this function itself: certain again. */
static void begin_acquisition(struct analysis *a, struct flow_state *state, const struct call_site *site,
			      const struct rp_effect *effect, struct entry *entry, bool violated)
{
	entry->irql_before = irql_lower_bound(a, state);
	entry->irql_before_max = irql_upper_bound(a, state);
	entry->masks = effect->masks;
	entry->is_doubtful = entry->is_doubtful && (violated || entry->was_held_on_entry);
	entry->is_presumed = entry->is_presumed && entry->is_doubtful;
	entry->mode = effect->mode;
	entry->acquired = site->insn;
	entry->api = site->api;
	set_object(a, entry, site, effect);
	if (effect->via)
		name_like_sibling(state, entry);
	entry->token = NULL;
	entry->is_escaped = entry->is_passed = false;
	entry->given = NULL;
	entry->is_given = entry->is_beside_given = entry->is_orphan = false;
	entry->is_foreign = belongs_to_others(a, state, effect, entry);
}

/* Giving up a reference: the last one frees the record with all that is kept there. */
static bool frees_record(const struct call_site *site, const struct rp_effect *effect)
{
	int param = effect->object == RP_OBJECT_PARAM ? effect->params[0] : -1;

	return site->api && param >= 0 && param < site->api->param_count && site->api->params[param].frees_record;
}

static void enter_state(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct rp_effect *effect, struct entry *entry, int to, bool acquires, bool violated)
{
	const struct sym *key = entry->key;
	bool was_held = entry->state >= 0 && entry->resource->states[entry->state].is_held;

	if (is_forgotten(effect, entry, to)) {
		bool is_memory = entry->resource->is_memory;

		trace_event(a, state, entry, effect->event, site, effect->mode);
		state_entry_remove(state, entry);
		/* Handed over for good: what is stored in it goes along. */
		if (is_memory)
			escape_region_contents(a, state, region_pointee(a, key));
	} else {
		if (was_held && !acquires && !site->is_replayed &&
		    resource_event_releases(entry->resource, effect->event)) {
			given_note_release(a, state, entry);
			/* Not with a reference that is only shared from here on. */
			if (entry->resource->is_memory && is_wrong_twice(entry->resource, to, effect->event) &&
			    !frees_record(site, effect))
				given_orphan_contents(a, state, key);
		}
		/* From one held state to another it is the same acquisition. */
		if (acquires && was_held && !violated)
			entry->mode = effect->mode ? effect->mode : entry->mode;
		else if (acquires)
			begin_acquisition(a, state, site, effect, entry, violated);
		entry->state = to;
		/* Whatever somebody did to it before: it is let go of now. */
		entry->is_doubtful = entry->is_doubtful && (acquires || !entry->is_presumed);
		entry->is_presumed = entry->is_presumed && entry->is_doubtful;
		entry->is_failed = false;
		if (acquires)
			set_level(state, site, effect, entry);
		remember(a, state, site, effect, entry);
		entry->is_handed = entry->is_handed || site->is_replayed;
		trace_event(a, state, entry, effect->event, site, effect->mode);
		if (acquires && effect->saves_param != -1)
			save_token(a, state, site, state_entry(state, effect->resource, key), effect->saves_param);
	}
	if (resource_moves_irql(effect->resource, effect))
		state->irql = NULL;
}

/* Nested acquisitions of one object only count; true when that was all. */
static bool apply_count(struct entry *entry, bool acquires)
{
	if (!entry->resource->is_counted || entry->state < 0 || !entry->resource->states[entry->state].is_held)
		return false;
	if (acquires) {
		/* In a loop of unknown length there is no telling any more. */
		if (entry->count < MAX_NESTING)
			entry->count++;
		else
			entry_doubt(entry);
		return true;
	}
	if (entry->count > 0) {
		entry->count--;
		return true;
	}
	return false;
}

/* A release of something that was never seen, under the very name of something
 * that is held: the name was read again after a call that may have changed it.
 * What the same call took is under that name only since, in place of what it released. */
static const struct sym *key_by_name(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				     const struct rp_effect *effect, const struct sym *key)
{
	const char *text = effect_object_text(a, site, effect);
	size_t i;

	for (i = 0; text && i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource == effect->resource && entry->state >= 0 && entry->object &&
		    entry->resource->states[entry->state].is_held && strcmp(entry->object, text) == 0 &&
		    !(site->is_replayed && entry->acquired == site->insn))
			return entry->key;
	}
	return key;
}

/* Unless it is memory, where the name may well mean another object by now. */
static bool is_held_key(const struct flow_state *state, const struct rp_effect *effect, const struct sym *key)
{
	const struct entry *entry = state_entry(state, effect->resource, key);

	return entry && (effect->resource->is_memory || !entry->is_doubtful ||
			 (entry->state >= 0 && effect->resource->states[entry->state].is_held));
}

static const char *release_violation(const struct rp_resource *resource, int event)
{
	int i;

	for (i = 0; i < resource->transition_count; i++)
		if (resource->transitions[i].event == event && resource->transitions[i].violation)
			return resource->transitions[i].violation;
	return NULL;
}

static bool holds_any(const struct flow_state *state, const struct rp_resource *resource)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource == resource && entry->state >= 0 && resource->states[entry->state].is_held)
			return true;
	}
	return false;
}

/* Remembers each way a release is reached; judged when all paths are known. */
static void note_release(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			 const struct rp_effect *effect, const struct entry *entry)
{
	struct blind_release note = { .insn = site->insn,
				      .resource = effect->resource,
				      .api = site->api,
				      .key = entry->key,
				      .object = entry->object,
				      .violation = release_violation(effect->resource, effect->event),
				      .trace = state->trace,
				      .walk = state->walk,
				      .is_blind = entry->state == RP_STATE_UNKNOWN };
	size_t i;

	/* Blind only when nothing could have hidden an acquisition: no object was
	 * lost from view, none of this kind is held, and the name means one thing. */
	if (note.is_blind &&
	    (state->has_lost_objects || !sym_is_stable(entry->key) || holds_any(state, effect->resource)))
		return;
	if (!note.violation || entry->is_doubtful || entry->was_held_on_entry || sym_is_vague(entry->key) ||
	    (entry->state >= 0 && !effect->resource->states[entry->state].is_held))
		return;
	for (i = 0; i < a->blind_count; i++)
		if (a->blinds[i].insn == note.insn && a->blinds[i].key == note.key &&
		    a->blinds[i].is_blind == note.is_blind)
			return;
	ARENA_PUSH(a->arena, a->blinds, a->blind_count, a->blind_capacity, note);
}

/* `while (driver->DeviceObject) IoDeleteDevice(driver->DeviceObject)`: what was
 * read from memory may be any of those made here. */
void doubt_siblings(struct flow_state *state, const struct rp_resource *resource, const struct sym *key)
{
	size_t i;

	if (resource->exit_policy != RP_EXIT_ON_FAILURE || resource->identity != RP_IDENTITY_VALUE ||
	    (key->kind != SYM_INITIAL && key->kind != SYM_HAVOC && key->kind != SYM_MERGE && key->kind != SYM_STALE))
		return;
	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource == resource)
			entry_doubt(&state->entries[i]);
}

/* The newest object of a stacked resource that is still held must go first. */
static void check_stack_order(struct analysis *a, struct flow_state *state, const struct call_site *site,
			      const struct entry *entry)
{
	const struct trace *trace;

	if (!entry->resource->is_stacked || entry->state < 0 || !entry->resource->states[entry->state].is_held)
		return;
	for (trace = state->trace; trace; trace = trace->parent) {
		const struct entry *newer = trace->resource == entry->resource && trace->key != entry->key ?
						    state_entry(state, trace->resource, trace->key) :
						    NULL;

		if (trace->resource == entry->resource && trace->key == entry->key)
			return;
		if (newer && newer->state >= 0 && newer->resource->states[newer->state].is_held && !newer->is_doubtful)
			break;
	}
	if (trace)
		typestate_raise(a, state, entry, RP_VIOLATION_ORDER, site->insn->span, site, NULL);
}

/* Does the event make a held object unknown, but say nothing of one not seen before? */
static bool event_forgets(const struct rp_resource *resource, int event)
{
	const struct rp_transition *row = find_transition(resource, resource_held_state(resource), event);

	return row && row->to == RP_STATE_UNKNOWN && !find_transition(resource, RP_STATE_UNKNOWN, event);
}

/* Did this path get the object, as something else? */
static bool is_acquired_memory(const struct flow_state *state, const struct sym *key)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].key == key && state->entries[i].resource &&
		    state->entries[i].resource->is_memory && state->entries[i].acquired)
			return true;
	return false;
}

/* free_irq(irqs[i]): forgets whichever of the held ones it is. Two that this path got are two. */
static void doubt_similar(struct flow_state *state, const struct rp_resource *resource, const struct sym *key)
{
	bool is_known = is_acquired_memory(state, key);
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource == resource && state->entries[i].key != key &&
		    !(is_known && state->entries[i].acquired) && !surely_differ(state, state->entries[i].key, key))
			state->entries[i].is_doubtful = true;
}

/* The parameters that both APIs call the same were given the same: of a line that
 * is known by its cookie, it is this one. */
static bool has_same_arguments(struct analysis *a, const struct entry *entry, const struct call_site *site)
{
	const struct ir_call *acquired = &entry->acquired->call;
	int i, k;

	for (i = 0; i < entry->api->param_count && i < acquired->arg_count; i++) {
		for (k = 0; k < site->api->param_count; k++) {
			const struct ir_expr *expr = call_arg_expr(site, k);

			if (expr && site->api->params[k].name == entry->api->params[i].name &&
			    strcmp(ir_expr_text(a->arena, expr), ir_expr_text(a->arena, acquired->args[i])) != 0)
				return false;
		}
	}
	return true;
}

/* Nothing was asked since, but whether the acquisition failed: a flag may say
 * whether there is something to release. */
static bool is_unasked_since_failure(const struct flow_state *state, const struct entry *entry)
{
	const struct trace *trace;
	int branches = 0;

	for (trace = state->trace; trace; trace = trace->parent) {
		if (trace->resource == entry->resource && trace->key == entry->key && trace->mode &&
		    strcmp(trace->mode, "failed") == 0)
			return branches <= 1;
		branches += !trace->resource && trace->insn->kind != IR_CALL;
	}
	return false;
}

static void check_failed_release(struct analysis *a, struct flow_state *state, const struct call_site *site,
				 const struct rp_effect *effect, struct entry *entry)
{
	const struct rp_rule *rule;
	const struct rp_check *check;

	if (!entry->is_failed || entry->is_doubtful || !entry->acquired || !entry->api || site->is_replayed ||
	    entry->resource->exit_policy != RP_EXIT_ON_FAILURE ||
	    !resource_event_releases(effect->resource, effect->event) || !is_unasked_since_failure(state, entry) ||
	    !has_same_arguments(a, entry, site))
		return;
	if (!emit_find_typestate(a, entry->resource, RP_VIOLATION_FAILED, entry->mode, &rule, &check))
		return; /* the resource's own transitions judge it */
	typestate_raise(a, state, entry, RP_VIOLATION_FAILED, site->insn->span, site, NULL);
	entry->is_doubtful = true;
}

/* A local variable that nothing has written and nobody was given: no callee can have acquired it. */
static bool is_untouched_local(const struct flow_state *state, const struct sym *key)
{
	const struct region *region = key->kind == SYM_ADDRESS ? key->a : NULL;
	const struct binding *whole = region && region->kind == REGION_VAR ? state_binding(state, region) : NULL;
	size_t i;

	if (!whole || whole->value->kind != SYM_UNINIT || region->var->kind != IR_VAR_LOCAL)
		return false;
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != region && region_is_within(state->bindings[i].region, region))
			return false;
	return true;
}

static int first_free_state(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->state_count && resource->states[i].is_held; i++)
		;
	return i < resource->state_count ? i : RP_STATE_UNKNOWN;
}

/* A free that stands in this function itself, of memory that nobody can share: whatever others may have done to it
 * before, it is free from here on. */
static bool is_certain_free(const struct analysis *a, const struct call_site *site, const struct rp_effect *effect,
			    const struct entry *entry)
{
	int event;

	if (!effect->resource->is_memory || !entry->is_doubtful || entry->is_reported || site->is_replayed ||
	    site->is_unproven || effect->object != RP_OBJECT_PARAM || effect->conditions.count > 0 ||
	    sym_is_vague(entry->key) || !resource_event_releases(effect->resource, effect->event))
		return false;
	for (event = 0; event < effect->resource->event_count; event++)
		if (event_shares(effect->resource, event) && is_of_shared_kind(a, effect, event))
			return false;
	return true;
}

/* Whatever it was before, what is done to it now is certain. */
static int settle_held(struct entry *entry)
{
	int held = resource_held_state(entry->resource);

	entry->was_held_on_entry = entry->was_held_on_entry || entry->state != held;
	entry->is_doubtful = entry->is_presumed = false;
	return entry->state = held;
}

static void apply_event(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct rp_effect *effect, const struct sym *key)
{
	bool acquires = resource_event_acquires(effect->resource, effect->event);
	struct entry *entry = entry_for(a, state, site, effect, key);
	const struct rp_transition *row;
	int from = entry->state;
	bool explained;

	if (apply_count(entry, acquires))
		return;
	if (!acquires)
		check_failed_release(a, state, site, effect, entry);
	if (from == RP_STATE_UNKNOWN && !acquires && effect->resource->identity == RP_IDENTITY_ADDRESS &&
	    resource_event_releases(effect->resource, effect->event) && is_untouched_local(state, key))
		from = entry->state = first_free_state(effect->resource);
	if (is_certain_free(a, site, effect, entry)) {
		from = settle_held(entry);
		if (!entry->object)
			set_object(a, entry, site, effect);
	}
	row = find_transition(effect->resource, from, effect->event);
	if (from == RP_STATE_UNKNOWN && !acquires)
		pays_back(state, effect);
	if (from == RP_STATE_UNKNOWN && resource_event_releases(effect->resource, effect->event))
		doubt_siblings(state, effect->resource, key);
	if (!acquires && resource_event_releases(effect->resource, effect->event))
		check_stack_order(a, state, site, entry);
	if (from == RP_STATE_UNKNOWN && event_forgets(effect->resource, effect->event))
		doubt_similar(state, effect->resource, key);
	if (!acquires && resource_event_releases(effect->resource, effect->event) &&
	    effect->resource->exit_policy == RP_EXIT_BALANCED && effect->object == RP_OBJECT_PARAM)
		note_release(a, state, site, effect, entry);
	/* First seen in a release: the caller holds it. */
	if (!row && from == RP_STATE_UNKNOWN && !acquires) {
		row = find_transition(effect->resource, resource_held_state(effect->resource), effect->event);
		row = row && !row->violation ? row : NULL;
		entry->was_held_on_entry = row != NULL;
	}
	if (!row) {
		if (from == RP_STATE_UNKNOWN)
			state_entry_remove(state, entry);
		return;
	}
	if (row->violation && acquires && call_is_try(site))
		return;
	if (!acquires && check_remembered(a, state, site, effect, entry))
		return;
	if (!acquires && !row->violation)
		check_same_irql(a, state, site, entry);
	if (row->violation && !(effect->object == RP_OBJECT_GLOBAL && !acquires && effect->resource->is_counted) &&
	    !(site->is_unproven && !acquires))
		typestate_raise(a, state, entry, row->violation, site->insn->span, site, NULL);
	explained = token_explains_mode(a, state, site, effect, entry);
	if (!acquires && effect->restores_param >= 0)
		restore_token(a, state, site, entry, effect->restores_param);
	if (!row->violation && !explained && from >= 0 && !acquires && effect->resource->states[from].is_held)
		check_mode(a, state, site, effect, entry);
	entry = state_entry(state, effect->resource, key);
	/* What follows on this object is a consequence of what was reported. */
	entry->is_doubtful = entry->is_doubtful || row->violation;
	entry->is_reported = entry->is_reported || row->violation;
	enter_state(a, state, site, effect, entry, row->to == RP_STATE_SAME ? from : row->to, acquires,
		    row->violation != NULL);
}

/* A conditional acquire that failed: there is nothing to release. */
static void apply_failed(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct rp_effect *effect, const struct sym *key)
{
	const struct rp_resource *resource = effect->resource;
	struct entry *entry = state_entry(state, resource, key);
	int failed = resource_failed_state(resource);

	if (!resource_event_acquires(resource, effect->event) || failed == RP_STATE_UNKNOWN)
		return;
	if (resource->exit_policy != RP_EXIT_BALANCED && resource->exit_policy != RP_EXIT_BALANCED_HERE &&
	    (resource->exit_policy != RP_EXIT_ON_FAILURE || site->is_replayed))
		return;
	if ((effect->object == RP_OBJECT_GLOBAL && resource->exit_policy != RP_EXIT_ON_FAILURE) ||
	    (entry && entry->state >= 0 && resource->states[entry->state].is_held))
		return;
	/* A state from which it could not be acquired stays what it is. */
	if (entry && entry->state >= 0 && !find_transition(resource, entry->state, effect->event))
		return;
	entry = entry_for(a, state, site, effect, key);
	entry->state = failed;
	entry->is_failed = true;
	entry->acquired = site->insn;
	entry->api = site->api;
	trace_event(a, state, entry, effect->event, site, "failed");
}

/* kfree(container_of(link, ...)): the member's address, less its offset, is the object's. */
static const struct sym *containing_object(const struct flow_state *state, const struct rp_resource *resource,
					   const struct sym *key)
{
	const struct sym *offset = key->kind == SYM_BINARY && key->op == IR_BINARY_ADD ? key->b : NULL;
	const struct sym *object = sym_object_pointer(key);

	bool is_before = offset && offset->kind == SYM_INT && offset->value < 0;

	/* The first member's address is the object's own. */
	if ((!is_before && key->kind != SYM_ADDRESS) || !object || state_entry(state, resource, key))
		return key;
	if (key->kind == SYM_ADDRESS && is_behind_start(key->a))
		return key;
	return state_entry(state, resource, object) ? object : key;
}

static bool is_temporary(const struct sym *key)
{
	const struct region *root = key->kind == SYM_ADDRESS ? region_root(key->a) : NULL;

	return root && root->kind == REGION_VAR && root->var->kind == IR_VAR_TEMP;
}

/* A handle whose object is not known here may be so to callers. */
static void log_handle(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct rp_effect *effect)
{
	const struct sym *handle = effect->via && effect->object == RP_OBJECT_PARAM ?
					   call_arg(site, effect->params[0]) :
					   NULL;

	if (handle)
		log_event(a, state, site, effect, handle, false);
}

/* NULL and error pointers, of which a release is a no-op; values that were never set, or that no one holds any more. */
static bool is_no_object(const struct flow_state *state, const struct rp_effect *effect, const struct sym *key)
{
	struct range range = range_of(state, key);
	int64_t value;

	if (effect->resource->identity != RP_IDENTITY_VALUE || effect->object == RP_OBJECT_GLOBAL)
		return false;
	if (key->kind == SYM_UNINIT || key->kind == SYM_STALE)
		return true;
	return effect->resource->is_memory && (key->kind == SYM_INT || (range_is_exact(range, &value) && value == 0) ||
					       (range.low >= ERRNO_LOWEST && range.high < 0));
}

/* What lies beside the key in one record was perhaps released with the record. */
static void doubt_record(struct flow_state *state, const struct sym *key)
{
	const struct sym *record = sym_object_root(key);
	const struct region *member = record ? key->a : NULL;
	size_t i;

	for (i = 0; member && member->kind == REGION_FIELD && i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource->exit_policy == RP_EXIT_ON_FAILURE && entry->key != key &&
		    sym_object_root(entry->key) == record)
			entry->is_doubtful = true;
	}
}

/* A pointer that was read anew under the name of what was freed: what it points to is free, whichever of the two it is. */
static void share_fate(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct rp_effect *effect, const struct sym *key, const struct sym *read)
{
	const struct entry *known = state_entry(state, effect->resource, key);
	struct entry copy, *entry;

	if (!effect->resource->is_memory || !known || known->is_doubtful || known->state < 0 ||
	    effect->resource->states[known->state].is_held || sym_is_vague(read) ||
	    state_entry(state, effect->resource, read))
		return;
	copy = *known;
	entry = state_entry_add(a, state, effect->resource, read);
	*entry = copy;
	entry->key = read;
	entry->was_held_on_entry = true;
	trace_event(a, state, entry, effect->event, site, effect->mode);
}

void typestate_apply_effect(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct rp_effect *effect, bool failed)
{
	bool acquires = resource_event_acquires(effect->resource, effect->event);
	const struct sym *key, *read;

	if (!site->is_replayed && !conditions_hold(a, state, site, &effect->conditions))
		return;
	key = effect_key(a, state, site, effect);

	if (!failed && acquires && effect->object == RP_OBJECT_PARAM_POINTEE && !site->is_replayed)
		key = store_pointee_object(a, state, site, effect);
	if (!key) {
		log_handle(a, state, site, effect);
		return;
	}
	if (is_no_object(state, effect, key))
		return;
	/* An opaque part may differ from one use to the next; so may what stands in
	 * for an argument that could not be parsed. */
	if (!effect->resource->is_memory && (sym_is_vague(key) || is_temporary(key)))
		return;
	if (failed) {
		apply_failed(a, state, site, effect, key);
		log_event(a, state, site, effect, key, true);
		return;
	}
	if (acquires)
		lock_use_note(a, state, site, effect, key);
	if (!acquires && effect->resource->is_memory)
		key = containing_object(state, effect->resource, key);
	if (!acquires && effect->resource->is_memory)
		check_provenance(a, state, site, effect, key);
	if (!acquires && effect->object == RP_OBJECT_GLOBAL && effect->resource->exit_policy != RP_EXIT_NONE)
		settle_pendings(state, effect->resource, key);
	/* What is registered with the kernel is reachable from there. */
	if (acquires && !effect->resource->is_memory && effect->resource->exit_policy == RP_EXIT_ON_FAILURE &&
	    effect->object == RP_OBJECT_PARAM)
		escape_value(a, state, key, ESCAPE_PASSED);
	read = key;
	if (!acquires && effect->object != RP_OBJECT_RESULT && !effect->via && !is_held_key(state, effect, key))
		key = key_by_name(a, state, site, effect, key);
	if (!acquires && effect->resource->is_memory && resource_event_releases(effect->resource, effect->event))
		typestate_freed(a, state, site, key);
	if (!acquires && frees_record(site, effect))
		doubt_record(state, key);
	apply_event(a, state, site, effect, key);
	if (read != key)
		share_fate(a, state, site, effect, key, read);
	log_event(a, state, site, effect, key, false);
	if (acquires && effect->object == RP_OBJECT_PARAM_POINTEE && !site->is_replayed)
		escape_stored_object(a, state, site, effect, key);
}

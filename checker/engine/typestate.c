/* Typestate transitions of objects and the violations they raise. */
#include "engine_int.h"

#include <string.h>

#define MAX_NESTING 3	  /* nested acquisitions that are counted */
#define TOKEN_OUTPUT 1000 /* SYM_OUTPUT operand of a saved token, beside argument numbers */

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

static int resource_held_state(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (resource->states[i].is_held)
			return i;
	return RP_STATE_UNKNOWN;
}

static const struct rp_transition *find_transition(const struct rp_resource *resource, int from, int event)
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

static void trace_event(struct analysis *a, struct flow_state *state, const struct entry *entry, int event,
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
				 .depth = state->trace ? state->trace->depth + 1 : 0 };
	state->trace = trace;
}

/* Does this function take another reference to the object anywhere? Then a
 * release need not be the last one. Such an event takes an object that was not
 * seen before, and one that is held, to the same state that is not held. */
static bool is_shared_here(struct analysis *a, const struct entry *entry)
{
	int held = resource_held_state(entry->resource), event;

	if (!entry->resource->is_memory || held == RP_STATE_UNKNOWN)
		return false;
	for (event = 0; event < entry->resource->event_count; event++) {
		const struct rp_transition *row = find_transition(entry->resource, RP_STATE_UNKNOWN, event);
		const struct rp_transition *from_held = find_transition(entry->resource, held, event);

		if (row && row->to >= 0 && from_held && from_held->to == row->to &&
		    !entry->resource->states[row->to].is_held &&
		    effects_may_cause(a->effects, a->function, entry->resource, event, entry->object))
			return true;
	}
	return false;
}

/* object: what the message names; NULL: the entry's own. */
static void raise(struct analysis *a, struct flow_state *state, const struct entry *entry, const char *violation,
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
	};

	if (entry->is_doubtful || is_shared_here(a, entry) ||
	    !emit_find_typestate(a, entry->resource, violation, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	if (entry->acquired)
		v.origin_span = entry->acquired->span;
	emit_violation(a, &v);
}

/* ---- tokens (saved interrupt flags) ---------------------------------------- */

static const struct region *token_region(struct analysis *a, struct flow_state *state, const struct call_site *site,
					 int param)
{
	const struct ir_expr *expr;

	if (param == RP_REMEMBERS_RESULT || (site->shape && site->shape->result_param == param))
		return site->insn->call.result ? eval_place(a, state, site->insn->call.result) : NULL;
	expr = call_arg_expr(site, param);
	/* A pointer to the place, not the place itself. */
	if (expr && expr->kind == IR_EXPR_LOAD && expr->type && expr->type->kind == IR_TYPE_POINTER)
		return region_pointee(a, eval_expr(a, state, expr));
	if (expr && expr->kind == IR_EXPR_LOAD)
		return eval_place(a, state, expr->place);
	if (expr && expr->kind == IR_EXPR_ADDRESS)
		return eval_place(a, state, expr->place);
	return NULL;
}

static const char *token_text(struct analysis *a, const struct call_site *site, int param)
{
	const struct ir_expr *expr = call_arg_expr(site, param);

	if (param == RP_REMEMBERS_RESULT || (site->shape && site->shape->result_param == param))
		return site->insn->call.result ? ir_place_text(a->arena, site->insn->call.result) : NULL;
	return expr ? object_text(a, expr) : NULL;
}

/* KeRaiseIrqlToDpcLevel() and the like return the token. */
static bool is_returned_token(const struct analysis *a, const struct sym *sym)
{
	const struct rp_api *api = sym->kind == SYM_CALL ? origin_api(a, sym) : NULL;
	int i;

	for (i = 0; api && i < api->effect_count; i++)
		if (api->effects[i].saves_param == RP_REMEMBERS_RESULT)
			return true;
	return false;
}

static bool is_token(const struct analysis *a, const struct sym *sym)
{
	return (sym->kind == SYM_OUTPUT && sym->op == TOKEN_OUTPUT) || is_returned_token(a, sym);
}

static struct entry *token_holder(struct flow_state *state, const struct sym *token)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		if (entry->resource && entry->token == token && entry->resource->states[entry->state].is_held)
			return entry;
	}
	return NULL;
}

static void save_token(struct analysis *a, struct flow_state *state, const struct call_site *site, struct entry *entry,
		       int param)
{
	const struct region *region = token_region(a, state, site, param), *root;
	const struct sym *token, *old;
	const struct entry *holder;

	if (!region)
		return;
	old = state_load(a, state, region, NULL);
	holder = is_token(a, old) ? token_holder(state, old) : NULL;
	if (holder && holder != entry) {
		raise(a, state, holder, RP_VIOLATION_TOKEN_REUSED, site->insn->span, site, token_text(a, site, param));
		((struct entry *)holder)->token = NULL; /* its restore is part of the same defect */
	}
	root = region_root(region);
	if (root->kind == REGION_VAR && !region_is_local(region) && !root->var->is_thread_or_percpu &&
	    region->kind == REGION_VAR)
		raise(a, state, entry, RP_VIOLATION_TOKEN_SHARED, site->insn->span, site, token_text(a, site, param));
	token = param == RP_REMEMBERS_RESULT ? site->result :
					       sym_make(a, SYM_OUTPUT, TOKEN_OUTPUT, site->insn, NULL, NULL);
	state_store(a, state, region, token);
	entry->token = token;
}

static bool cancel_pendings(struct flow_state *state, const struct sym *token)
{
	size_t read, write = 0, before = state->pending_count;

	for (read = 0; read < state->pending_count; read++)
		if (token && state->pendings[read].entry.token != token)
			state->pendings[write++] = state->pendings[read];
	state->pending_count = write;
	return write < before;
}

/* Hand over hand: the outer lock is released with the token of the inner one,
 * which is kept and gets the outer one's. */
static bool is_crossed(struct flow_state *state, struct entry *entry, const struct sym *value)
{
	struct entry *inner = token_holder(state, value);

	if (!inner || inner == entry || inner->irql_before < RP_IRQL_DISPATCH)
		return false;
	inner->token = entry->token;
	return true;
}

/* A token given back: does it belong to the object released? */
static void restore_token(struct analysis *a, struct flow_state *state, const struct call_site *site,
			  struct entry *entry, int param)
{
	const struct sym *value = call_arg(site, param);
	bool was_pending;

	if (!value)
		return;
	was_pending = cancel_pendings(state, value);
	if (!entry || !entry->token || value == entry->token || entry->was_held_on_entry || was_pending)
		return;
	if (is_crossed(state, entry, value))
		return;
	if (is_token(a, value) || value->kind == SYM_UNINIT)
		raise(a, state, entry, RP_VIOLATION_TOKEN_WRONG, site->insn->span, site, token_text(a, site, param));
}

/* ---- modes --------------------------------------------------------------------- */

static bool accepts_mode(const struct rp_effect *effect, const char *mode)
{
	int i;

	if (!mode || effect->accept_count == 0)
		return true;
	for (i = 0; i < effect->accept_count; i++)
		if (effect->accepts[i] == mode)
			return true;
	return false;
}

/* local_irq_save(f); spin_lock(l); ... spin_unlock_irqrestore(l, f) is legal:
 * the token's own holder is released with it. */
static bool token_explains_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
				const struct rp_effect *effect, const struct entry *entry)
{
	const struct sym *value = effect->restores_param >= 0 ? call_arg(site, effect->restores_param) : NULL;
	const struct entry *holder = value && is_token(a, value) ? token_holder(state, value) : NULL;
	size_t i;

	/* Hand over hand: a's flags given back with b, after a was released plainly. */
	for (i = 0; value && i < state->pending_count; i++)
		if (state->pendings[i].entry.token == value)
			return true;
	return holder && holder->key != entry->key;
}

/* lock_irq(a); lock(b); unlock(a); unlock_irq(b): crossed, but even. */
static bool pays_back(struct flow_state *state, const struct rp_effect *effect)
{
	size_t i;

	for (i = 0; i < state->pending_count; i++) {
		struct pending *pending = &state->pendings[i];

		if (pending->entry.resource != effect->resource || !accepts_mode(effect, pending->entry.mode))
			continue;
		*pending = state->pendings[--state->pending_count];
		return true;
	}
	return false;
}

static void check_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct rp_effect *effect, const struct entry *entry)
{
	struct pending pending = { *entry, site->insn, site->api, state->trace };
	size_t i;

	if (entry->is_doubtful || entry->was_held_on_entry) {
		pays_back(state, effect);
		return;
	}
	if (accepts_mode(effect, entry->mode))
		return;
	if (entry->resource->is_memory) {
		raise(a, state, entry, RP_VIOLATION_MODE, site->insn->span, site, NULL);
		return;
	}
	for (i = 0; i < state->pending_count; i++)
		if (state->pendings[i].insn == site->insn)
			return; /* in a loop: once is enough */
	if (pays_back(state, effect))
		return;
	/* Judged at the return: the other half may still come. */
	ARENA_PUSH(a->arena, state->pendings, state->pending_count, state->pending_capacity, pending);
}

/* ---- what objects remember ------------------------------------------------------- */

/* What a field of the object holds now, by the field's name at any depth. */
static const struct sym *field_value(struct analysis *a, const struct flow_state *state, const struct sym *key,
				     const char *field)
{
	const struct region *whole = region_pointee(a, key);
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;

		if (region->kind == REGION_FIELD && region->field == field && region_is_within(region, whole))
			return state->bindings[i].value;
	}
	return NULL;
}

static void remember(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct rp_effect *effect, struct entry *entry)
{
	if (effect->remembers_field)
		entry->remembered = field_value(a, state, entry->key, effect->remembers_field);
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
static bool check_remembered(struct analysis *a, struct flow_state *state, const struct call_site *site,
			     const struct rp_effect *effect, const struct entry *entry)
{
	const struct sym *value = call_arg(site, effect->compares_param);

	if (!value || !entry->remembered || !surely_differ(state, value, entry->remembered))
		return false;
	if (belongs_to_sibling(state, site, effect, entry))
		return true;
	raise(a, state, entry, RP_VIOLATION_ARGUMENT, site->insn->span, site, NULL);
	return false;
}

/* ---- interrupt request level ------------------------------------------------------ */

static void set_level(struct flow_state *state, const struct call_site *site, const struct rp_effect *effect,
		      struct entry *entry)
{
	const struct sym *level = call_arg(site, effect->level_param);
	int64_t value;

	entry->level = RP_IRQL_UNSAID;
	if (level && range_is_exact(range_of(state, level), &value) && value >= 0 && value <= RP_IRQL_HIGH)
		entry->level = (int)value;
}

static bool resource_moves_irql(const struct rp_resource *resource, const struct rp_effect *effect)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (resource->states[i].irql != RP_IRQL_UNSAID)
			return true;
	return effect->level_param >= 0 || effect->saves_param != -1 || effect->restores_param != -1;
}

static void check_same_irql(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct entry *entry)
{
	int now = irql_lower_bound(a, state);

	if (entry->resource->same_irql && entry->acquired && now > entry->irql_before && now >= RP_IRQL_DISPATCH)
		raise(a, state, entry, RP_VIOLATION_IRQL, site->insn->span, site, NULL);
}

/* ---- objects ------------------------------------------------------------------- */

static const struct sym *via_object(const struct flow_state *state, const struct rp_effect *effect,
				    const struct sym *key)
{
	const struct entry *entry = key ? state_entry(state, effect->via, key) : NULL;

	return entry ? entry->remembered : NULL;
}

static const struct sym *effect_key(struct analysis *a, struct flow_state *state, const struct call_site *site,
				    const struct rp_effect *effect)
{
	const struct sym *key, *part;
	int i;

	switch (effect->object) {
	case RP_OBJECT_RESULT:
		return site->result;
	case RP_OBJECT_GLOBAL:
		return sym_int(a, 0);
	case RP_OBJECT_PARAM:
		key = call_arg(site, effect->params[0]);
		return effect->via ? via_object(state, effect, key) : key;
	case RP_OBJECT_PARAM_POINTEE:
		part = call_arg(site, effect->params[0]);
		return part ? state_load(a, state, region_pointee(a, part), NULL) : NULL;
	default:
		key = call_arg(site, effect->params[0]);
		for (i = 1; key && i < effect->param_count; i++) {
			part = call_arg(site, effect->params[i]);
			key = part ? sym_make(a, SYM_TUPLE, 0, key, part, NULL) : NULL;
		}
		return key;
	}
}

/* Does the call store a pointer (and not a number such as a dev_t)? */
static bool stores_pointer(const struct call_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *expr = call_arg_expr(site, effect->params[0]);
	const struct ir_type *type = expr ? expr->type : NULL;

	return type && type->kind == IR_TYPE_POINTER && type->target && type->target->kind == IR_TYPE_POINTER;
}

/* alloc_chrdev_region(&dev, ...): the object is what the call stores. */
static const struct sym *store_pointee_object(struct analysis *a, struct flow_state *state,
					      const struct call_site *site, const struct rp_effect *effect)
{
	const struct sym *pointer = call_arg(site, effect->params[0]), *value;

	if (!pointer)
		return NULL;
	value = sym_make(a, SYM_OUTPUT, effect->params[0], site->insn, NULL, NULL);
	state_refresh_sym(a, state, value);
	state_store(a, state, region_pointee(a, pointer), value);
	/* A handle or object that was made is neither NULL nor (HANDLE)-1. */
	if (stores_pointer(site, effect))
		state_constrain(a, state, value, (struct range){ 1, RANGE_HIGHEST, true });
	return value;
}

/* Made right in storage that outlives the call: `&ext->Thread`, a global. */
static void escape_stored_object(struct analysis *a, struct flow_state *state, const struct call_site *site,
				 const struct rp_effect *effect, const struct sym *key)
{
	const struct sym *pointer = call_arg(site, effect->params[0]);
	const struct region *region = pointer ? region_pointee(a, pointer) : NULL;

	if (region && effect->resource->is_memory && !region_is_local(region) && !region_is_contained(state, region))
		escape_value(a, state, key, ESCAPE_STORED);
}

/* spinlock_check(&d->lock) stands for its argument. */
static const struct ir_expr *argument_of_call(const struct analysis *a, const struct ir_expr *expr)
{
	int i;

	if (expr->kind != IR_EXPR_LOAD || expr->place->kind != IR_PLACE_VAR || expr->place->var->kind != IR_VAR_TEMP)
		return expr;
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];

		if (insn->kind == IR_CALL && insn->call.arg_count == 1 && insn->call.result &&
		    insn->call.result->kind == IR_PLACE_VAR && insn->call.result->var == expr->place->var)
			return insn->call.args[0];
	}
	return expr;
}

static const char *effect_object_text(struct analysis *a, const struct call_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *expr = NULL;
	const char *text = NULL;

	if (effect->object == RP_OBJECT_RESULT && site->insn->call.result)
		text = ir_place_text(a->arena, site->insn->call.result);
	else if (effect->object != RP_OBJECT_GLOBAL && effect->object != RP_OBJECT_RESULT)
		expr = call_arg_expr(site, effect->params[0]);
	if (expr)
		text = object_text(a, argument_of_call(a, expr));
	return text && !strchr(text, '$') ? text : NULL;
}

static void set_object(struct analysis *a, struct entry *entry, const struct call_site *site,
		       const struct rp_effect *effect)
{
	const char *text = effect_object_text(a, site, effect);

	entry->is_unnamed = !text;
	entry->object = text ? text : site->name;
}

static struct entry *entry_for(struct analysis *a, struct flow_state *state, const struct call_site *site,
			       const struct rp_effect *effect, const struct sym *key)
{
	struct entry *entry = state_entry(state, effect->resource, key);

	if (entry)
		return entry;
	entry = state_entry_add(a, state, effect->resource, key);
	entry->state = RP_STATE_UNKNOWN;
	set_object(a, entry, site, effect);
	return entry;
}

/* ---- provenance ------------------------------------------------------------------ */

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
			   key->kind == SYM_BINARY && ((const struct sym *)key->b)->kind == SYM_INT;
	}
	if (!is_wrong)
		return;
	set_object(a, &fake, site, effect);
	if (object) /* that it is not freed properly is the same defect */
		escape_value(a, state, object, ESCAPE_PASSED);
	raise(a, state, &fake, RP_VIOLATION_PROVENANCE, site->insn->span, site, NULL);
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

static void enter_state(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct rp_effect *effect, struct entry *entry, int to, bool acquires, bool violated)
{
	const struct sym *key = entry->key;
	int irql_before = irql_lower_bound(a, state);
	bool stays_held;

	if (to == RP_STATE_UNKNOWN ||
	    (effect->object == RP_OBJECT_GLOBAL && !entry->was_held_on_entry && !entry->resource->states[to].is_held &&
	     !is_wrong_twice(entry->resource, to, effect->event))) {
		trace_event(a, state, entry, effect->event, site, effect->mode);
		if (resource_moves_irql(effect->resource, effect))
			state->irql = NULL;
		state_entry_remove(state, entry);
		return;
	}
	stays_held = !violated && entry->state >= 0 && entry->resource->states[entry->state].is_held &&
		     entry->resource->states[to].is_held;
	entry->state = to;
	entry->is_failed = false;
	if (resource_moves_irql(effect->resource, effect))
		state->irql = NULL;
	if (acquires && stays_held) {
		/* From one held state to another: the same acquisition. */
		entry->mode = effect->mode ? effect->mode : entry->mode;
		set_level(state, site, effect, entry);
	} else if (acquires) {
		entry->irql_before = irql_before;
		/* Taken anew by this function itself: certain again. */
		entry->is_doubtful = entry->is_doubtful && (violated || entry->was_held_on_entry);
		entry->mode = effect->mode;
		entry->acquired = site->insn;
		entry->api = site->api;
		set_object(a, entry, site, effect);
		if (effect->via)
			name_like_sibling(state, entry);
		entry->token = NULL;
		entry->is_escaped = entry->is_passed = false;
		entry->is_foreign = belongs_to_others(a, state, effect, entry);
		set_level(state, site, effect, entry);
	}
	remember(a, state, site, effect, entry);
	trace_event(a, state, entry, effect->event, site, effect->mode);
	if (acquires && effect->saves_param != -1) {
		entry = state_entry(state, effect->resource, key);
		save_token(a, state, site, entry, effect->saves_param);
	}
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
			entry->is_doubtful = true;
		return true;
	}
	if (entry->count > 0) {
		entry->count--;
		return true;
	}
	return false;
}

/* A release of something that was never seen, under the very name of something
 * that is held: the name was read again after a call that may have changed it. */
static const struct sym *key_by_name(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				     const struct rp_effect *effect, const struct sym *key)
{
	const char *text = effect_object_text(a, site, effect);
	size_t i;

	for (i = 0; text && i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource == effect->resource && entry->state >= 0 && entry->object &&
		    entry->resource->states[entry->state].is_held && strcmp(entry->object, text) == 0)
			return entry->key;
	}
	return key;
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

/* A try that finds the object taken just fails. */
static bool is_try(const struct call_site *site)
{
	return site->api->convention == RP_RESULT_TRUE_SUCCESS || site->api->convention == RP_RESULT_TRUE_FAILURE;
}

/* `while (driver->DeviceObject) IoDeleteDevice(driver->DeviceObject)`: what was
 * read from memory may be any of those made here. */
static void doubt_siblings(struct flow_state *state, const struct rp_effect *effect, const struct sym *key)
{
	size_t i;

	if (effect->resource->exit_policy != RP_EXIT_ON_FAILURE || effect->resource->identity != RP_IDENTITY_VALUE ||
	    (key->kind != SYM_INITIAL && key->kind != SYM_HAVOC && key->kind != SYM_MERGE && key->kind != SYM_STALE))
		return;
	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource == effect->resource)
			state->entries[i].is_doubtful = true;
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
	row = find_transition(effect->resource, from, effect->event);
	if (from == RP_STATE_UNKNOWN && !acquires)
		pays_back(state, effect);
	if (from == RP_STATE_UNKNOWN && resource_event_releases(effect->resource, effect->event))
		doubt_siblings(state, effect, key);
	if (!acquires && effect->resource->exit_policy == RP_EXIT_BALANCED && effect->object == RP_OBJECT_PARAM)
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
	if (row->violation && acquires && is_try(site))
		return;
	if (!acquires && check_remembered(a, state, site, effect, entry))
		return;
	if (!acquires && !row->violation)
		check_same_irql(a, state, site, entry);
	if (row->violation && !(effect->object == RP_OBJECT_GLOBAL && !acquires && effect->resource->is_counted))
		raise(a, state, entry, row->violation, site->insn->span, site, NULL);
	explained = token_explains_mode(a, state, site, effect, entry);
	if (!acquires && effect->restores_param >= 0)
		restore_token(a, state, site, entry, effect->restores_param);
	if (!row->violation && !explained && from >= 0 && !acquires && effect->resource->states[from].is_held)
		check_mode(a, state, site, effect, entry);
	entry = state_entry(state, effect->resource, key);
	/* What follows on this object is a consequence of what was reported. */
	entry->is_doubtful = entry->is_doubtful || row->violation;
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
	if (resource->exit_policy != RP_EXIT_BALANCED && resource->exit_policy != RP_EXIT_BALANCED_HERE)
		return;
	if (effect->object == RP_OBJECT_GLOBAL ||
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

static bool is_temporary(const struct sym *key)
{
	const struct region *root = key->kind == SYM_ADDRESS ? region_root(key->a) : NULL;

	return root && root->kind == REGION_VAR && root->var->kind == IR_VAR_TEMP;
}

void typestate_apply_effect(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct rp_effect *effect, bool failed)
{
	bool acquires = resource_event_acquires(effect->resource, effect->event);
	const struct sym *key;
	int64_t value;

	if (!conditions_hold(a, state, site, &effect->conditions))
		return;
	key = effect_key(a, state, site, effect);

	if (!failed && acquires && effect->object == RP_OBJECT_PARAM_POINTEE)
		key = store_pointee_object(a, state, site, effect);
	if (!key)
		return;
	if (effect->resource->identity == RP_IDENTITY_VALUE && effect->object != RP_OBJECT_GLOBAL) {
		struct range range = range_of(state, key);

		/* Releasing NULL or an error pointer is a no-op to the automaton. */
		if (range_is_exact(range, &value) && value == 0 && effect->resource->is_memory)
			return;
		if (range.low >= ERRNO_LOWEST && range.high < 0 && effect->resource->is_memory)
			return;
		if (key->kind == SYM_UNINIT || key->kind == SYM_STALE ||
		    (key->kind == SYM_INT && effect->resource->is_memory))
			return;
	}
	/* An opaque part may differ from one use to the next; so may what stands in
	 * for an argument that could not be parsed. */
	if (!effect->resource->is_memory && (sym_is_vague(key) || is_temporary(key)))
		return;
	if (failed) {
		apply_failed(a, state, site, effect, key);
		return;
	}
	if (!acquires && effect->resource->is_memory)
		check_provenance(a, state, site, effect, key);
	if (!acquires && effect->object == RP_OBJECT_GLOBAL)
		cancel_pendings(state, NULL);
	/* What is registered with the kernel is reachable from there. */
	if (acquires && !effect->resource->is_memory && effect->resource->exit_policy == RP_EXIT_ON_FAILURE &&
	    effect->object == RP_OBJECT_PARAM)
		escape_value(a, state, key, ESCAPE_PASSED);
	if (!acquires && effect->object != RP_OBJECT_RESULT && !effect->via &&
	    !state_entry(state, effect->resource, key))
		key = key_by_name(a, state, site, effect, key);
	apply_event(a, state, site, effect, key);
	if (acquires && effect->object == RP_OBJECT_PARAM_POINTEE)
		escape_stored_object(a, state, site, effect, key);
}

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
	raise(a, state, &copy, row->violation, span, site, NULL);
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

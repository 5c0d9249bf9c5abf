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

/* The link member of a cursor past the end is the list's head itself. */
static bool is_remembered(const struct entry *entry, const struct region *region)
{
	return entry->remembered && entry->remembered->kind == SYM_ADDRESS &&
	       region_is_within(region, entry->remembered->a);
}

static bool entry_covers(struct analysis *a, const struct entry *entry, const struct region *region)
{
	const struct region *root = region_root(region);
	const struct sym *object;

	if (entry->resource->is_memory)
		return root->kind == REGION_POINTEE &&
		       (sym_base_pointer(root->pointer) == sym_base_pointer(entry->key) ||
			is_found_inside(a, sym_base_pointer(root->pointer), entry->key));
	/* A pointer that is no pointer: what is reached through it, but not by way of an offset. */
	if (entry->resource->identity == RP_IDENTITY_VALUE)
		return root->kind == REGION_POINTEE && root->pointer == entry->key && !is_remembered(entry, region);
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

/* Was the last thing done to the object above the loop whose header reads it? Then the loop found
 * it anew, and what it finds is hardly the same: silent rather than wrong. */
static bool was_let_go_before(const struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	const struct trace *trace = state->trace;

	while (trace && (trace->resource != entry->resource || trace->key != entry->key))
		trace = trace->parent;
	return trace && trace->insn && trace->insn->span.file == a->insn->span.file &&
	       trace->insn->span.line < a->insn->span.line;
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
		if (a->insn->is_macro_loop && resource_has_name_event(entry->resource, RP_EVENT_ITERATE, &index)) {
			if (was_let_go_before(a, state, entry))
				state_entry_remove(state, entry);
			else
				fire(a, state, entry, RP_EVENT_ITERATE, a->insn->span, NULL);
		} else if (entry->resource->is_memory ||
			   (entry->resource->identity == RP_IDENTITY_VALUE && !a->insn->macro))
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

/* ---- memory released under an object -------------------------------------------------- */

/* Did a call of this path allocate it? Also when others can reach it by now, and it is not followed any more. */
static bool is_allocated_here(const struct analysis *a, const struct sym *memory)
{
	const struct rp_api *api = memory->kind == SYM_CALL ? origin_api(a, memory) : NULL;
	int i;

	for (i = 0; api && i < api->effect_count; i++)
		if (api->effects[i].resource->is_memory && api->effects[i].object == RP_OBJECT_RESULT)
			return true;
	return false;
}

/* The list's head dies with the function, or with memory that this path made. */
static bool is_own_list(const struct analysis *a, const struct flow_state *state, const struct sym *head,
			const struct sym *freed)
{
	const struct sym *owner = sym_object_pointer(head);
	size_t i;

	if (!owner)
		return region_is_local(head->a);
	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].resource->is_memory &&
		    sym_base_pointer(state->entries[i].key) == sym_base_pointer(owner))
			return true;
	return owner == freed || is_allocated_here(a, owner);
}

void typestate_freed(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct sym *memory)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		size_t before = state->entry_count;

		if (!entry->resource || entry->resource->is_memory || entry->state < 0 ||
		    entry->resource->identity != RP_IDENTITY_ADDRESS || sym_object_pointer(entry->key) != memory ||
		    (entry->remembered && is_own_list(a, state, entry->remembered, memory)))
			continue;
		fire(a, state, entry, RP_EVENT_FREED, site->insn->span, site);
		if (state->entry_count < before)
			i--;
	}
}

/* ---- cursors of macro loops --------------------------------------------------------------- */

/* The cursor of a header that asks `&cursor->member == head`; NULL. */
static const struct ir_expr *loop_cursor(const struct ir_expr *expr, bool *ends_when_true, const struct ir_expr **link)
{
	const struct ir_place *member;

	*ends_when_true = true;
	while (expr->kind == IR_EXPR_CAST || (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NOT)) {
		*ends_when_true = expr->kind == IR_EXPR_CAST ? *ends_when_true : !*ends_when_true;
		expr = expr->kind == IR_EXPR_CAST ? expr->cast.operand : expr->op.left;
	}
	if (expr->kind != IR_EXPR_BINARY || (expr->op.op != IR_BINARY_EQ && expr->op.op != IR_BINARY_NE))
		return NULL;
	if (expr->op.op == IR_BINARY_NE)
		*ends_when_true = !*ends_when_true;
	expr = *link = expr->op.left;
	member = expr->kind == IR_EXPR_ADDRESS ? expr->place : NULL;
	while (member && member->kind == IR_PLACE_FIELD)
		member = member->part.base;
	return member && member->kind == IR_PLACE_DEREF ? member->pointer : NULL;
}

void typestate_loop_end(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, bool taken)
{
	const struct rule_set *rules = a->engine->rules;
	bool ends_when_true = false;
	const struct ir_expr *link = NULL, *cursor = NULL;
	const struct sym *value;
	int r, event;

	if (insn->is_macro_loop)
		cursor = loop_cursor(insn->branch.condition, &ends_when_true, &link);
	value = cursor ? eval_expr(a, state, cursor) : NULL;

	for (r = 0; value && r < rules->resource_count; r++) {
		const struct rp_resource *resource = rules->resources[r];
		const struct rp_transition *row;
		struct entry *entry;

		if (!resource_has_name_event(resource, RP_EVENT_EXHAUST, &event))
			continue;
		row = find_transition(resource, RP_STATE_UNKNOWN, event);
		entry = state_entry(state, resource, value);
		if (entry && taken != ends_when_true) /* the header says that it is an entry */
			state_entry_remove(state, entry);
		/* Before the first round the value is as well that of the list's first entry. */
		if (!row || row->to < 0 || entry || taken != ends_when_true || value->kind != SYM_MERGE)
			continue;
		entry = state_entry_add(a, state, resource, value);
		entry->state = row->to;
		entry->object = object_text(a, cursor);
		entry->remembered = eval_expr(a, state, link);
		trace_event(a, state, entry, event, NULL, NULL);
	}
}

/* ---- objects of earlier rounds ------------------------------------------------------------------ */

/* Is the value in any place but the one that the call is about to fill? */
static bool is_named_elsewhere(struct analysis *a, struct flow_state *state, const struct call_site *site,
			       const struct sym *value)
{
	const struct region *result = site->insn->call.result ? eval_place(a, state, site->insn->call.result) : NULL;
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != result && sym_contains(state->bindings[i].value, value) &&
		    !(region_root(state->bindings[i].region)->kind == REGION_VAR &&
		      region_root(state->bindings[i].region)->var->kind == IR_VAR_TEMP))
			return true;
	return false;
}

void typestate_remade(struct analysis *a, struct flow_state *state, const struct call_site *site,
		      const struct sym *result)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->key == result && entry->resource->exit_policy == RP_EXIT_OWNED &&
		    entry->state >= 0 && entry->resource->states[entry->state].is_held && !entry->is_escaped &&
		    entry->acquired == site->insn && !is_named_elsewhere(a, state, site, result))
			typestate_raise(a, state, entry, RP_VIOLATION_LOST, site->insn->span, site, NULL);
	}
}

/* ---- objects that a function without facts was given ----------------------------------------------- */

void typestate_hand(struct flow_state *state, const struct call_site *site)
{
	size_t i;
	int arg;

	for (i = 0; !site->api && i < state->entry_count; i++)
		for (arg = 0;
		     state->entries[i].resource && state->entries[i].resource->is_memory && arg < site->arg_count;
		     arg++)
			state->entries[i].is_handed = state->entries[i].is_handed ||
						      sym_contains(site->args[arg], state->entries[i].key);
}

/* ---- what others may change meanwhile ------------------------------------------------------- */

static bool has_forgetting_tag(const struct rp_resource *resource, const struct rp_api *api)
{
	int i;

	for (i = 0; i < resource->forgotten_by_count; i++)
		if (rp_api_has_tag(api, resource->forgotten_by[i]))
			return true;
	return false;
}

/* Does the call wait for somebody, itself or below? Functions that nothing is known of may. */
static bool call_forgets(const struct analysis *a, const struct call_site *site, const struct rp_resource *resource)
{
	const struct function_summary *summary = site->api ? NULL : call_summary(a, site->insn);
	int i;

	if (resource->forgotten_by_count == 0)
		return false;
	if (site->api)
		return has_forgetting_tag(resource, site->api);
	if (!summary || !summary->is_valid)
		return !(site->target && !site->target->has_body && site->target->is_inline &&
			 !site->target->in_user_file);
	for (i = 0; i < summary->demand_count; i++)
		if (summary->demands[i].api && has_forgetting_tag(resource, summary->demands[i].api))
			return true;
	return false;
}

void typestate_forget(const struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++)
		if (!state->entries[read].resource || !call_forgets(a, site, state->entries[read].resource))
			state->entries[write++] = state->entries[read];
	state->entry_count = write;
}

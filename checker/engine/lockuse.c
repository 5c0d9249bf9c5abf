/* Acquisitions of locks with what is held and switched off meanwhile, for the
 * checks that need the whole module: lock order, locks shared with interrupts,
 * waiting for callbacks. A lock is known by its class; one that is a
 * parameter's gets its class from the callers. */
#include "engine_int.h"

#include <string.h>

#define MAX_LOCK_USES 48

static bool is_lock(const struct rp_resource *resource)
{
	return !resource->is_memory && resource->exit_policy == RP_EXIT_BALANCED &&
	       resource->identity == RP_IDENTITY_ADDRESS;
}

static bool is_held(const struct entry *entry)
{
	return entry->resource && entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

enum rp_mask masked_now(const struct flow_state *state)
{
	enum rp_mask masked = RP_MASK_NONE;
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (is_held(&state->entries[i]) && !state->entries[i].is_doubtful && state->entries[i].masks > masked)
			masked = state->entries[i].masks;
	return masked;
}

bool has_left_context(const struct flow_state *state)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		/* Locks, levels and the like; that an interrupt line was freed changes no context. */
		if (entry->resource && entry->was_held_on_entry && entry->state >= 0 && !is_held(entry) &&
		    entry->resource->exit_policy == RP_EXIT_BALANCED)
			return true;
	}
	return false;
}

/* Something may have switched interrupts off or on that is not followed. */
static bool is_unsure(const struct flow_state *state)
{
	size_t i;

	if (has_left_context(state) || state->has_lost_objects || state->pending_count > 0)
		return true;
	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].is_doubtful)
			return true;
	return false;
}

static bool is_context_known(const struct flow_state *state)
{
	struct range range;

	if (!state->context)
		return false;
	range = range_of(state, state->context);
	return range.nonzero || (range.low == 0 && range.high == 0);
}

static void add_held(struct analysis *a, const struct flow_state *state, const char **classes, struct span *spans,
		     int *count)
{
	size_t i;

	for (i = 0; i < state->entry_count && *count < MAX_HELD_CLASSES; i++) {
		const struct entry *entry = &state->entries[i];
		const char *class = is_held(entry) && is_lock(entry->resource) && !entry->is_doubtful ?
					    object_class(a, entry->key) :
					    NULL;

		if (!class || !entry->acquired)
			continue;
		spans[*count] = entry->acquired->span;
		classes[(*count)++] = class;
	}
}

static bool was_seen(struct analysis *a, const void *place, const void *what, int64_t more)
{
	uint64_t key = KEYMAP_KEY(place) * 1000003u + KEYMAP_KEY(what) * 31u + (uint64_t)more;

	if (!a->needs.seen)
		a->needs.seen = keymap_create(a->arena);
	if (keymap_get(a->needs.seen, key))
		return true;
	keymap_put(a->needs.seen, key, a);
	return false;
}

void lock_use_note(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		   const struct rp_effect *effect, const struct sym *key)
{
	struct arena *arena = a->engine->module_arena;
	const struct term_maker maker = { .a = a, .arena = arena };
	struct lock_use use = { .resource = effect->resource,
				.mode = effect->mode,
				.masks = effect->masks,
				.masked = masked_now(state),
				.is_try = call_is_try(site),
				.is_unsure = is_unsure(state) || is_context_known(state),
				.function = a->function,
				.span = site->insn->span };
	const char *text;

	/* What a callee does is taken from its summary (lock_use_callee). */
	if (site->is_replayed || !is_lock(effect->resource) || a->needs.lock_use_count >= MAX_LOCK_USES)
		return;
	use.lock_class = object_class(a, key);
	use.lock = use.lock_class ? NULL : term_of(&maker, key);
	/* What the field holds may have changed meanwhile; it is still that field's lock. */
	if (!use.lock_class && !use.lock && call_arg_expr(site, effect->params[0]))
		use.lock_class = effects_object_class(a->arena, a->engine->pool,
						      call_arg_expr(site, effect->params[0]));
	add_held(a, state, use.held, use.held_spans, &use.held_count);
	if ((!use.lock_class && !use.lock) ||
	    was_seen(a, site->insn, use.lock_class, use.masked * 16 + use.held_count * 2 + use.is_unsure))
		return;
	text = call_arg_expr(site, effect->params[0]) ?
		       readable_text(a, object_text(a, call_arg_expr(site, effect->params[0]))) :
		       NULL;
	use.object = text ? arena_strdup(arena, text) : NULL;
	ARENA_PUSH(arena, a->needs.lock_uses, a->needs.lock_use_count, a->needs.lock_use_capacity, use);
}

static void hand_on_lock_use(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			     const struct function_summary *summary, const struct lock_use *below)
{
	struct arena *arena = a->engine->module_arena;
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	const struct term_maker maker = { .a = a, .arena = arena };
	struct lock_use use = *below;
	const struct sym *key = below->lock_class ? NULL : term_value(&reader, below->lock);

	if (key)
		use.lock_class = object_class(a, key);
	use.lock = key && !use.lock_class ? term_of(&maker, key) : NULL;
	if (masked_now(state) > use.masked)
		use.masked = masked_now(state);
	/* Let go by the callee before, perhaps: then it is not held there. */
	if (!below->is_unsure)
		add_held(a, state, use.held, use.held_spans, &use.held_count);
	use.is_unsure = use.is_unsure || is_unsure(state) || is_context_known(state);
	if ((!use.lock_class && !use.lock) || a->needs.lock_use_count >= MAX_LOCK_USES ||
	    was_seen(a,
		     KEYMAP_KEY(below->function) ?
			     (const void *)(uintptr_t)(below->span.line * 4096u + below->span.column + 1) :
			     NULL,
		     use.lock_class, use.masked * 16 + use.held_count * 2 + use.is_unsure))
		return;
	use.chain = *chain_extend(arena, &below->chain, site->insn->span, summary->function->name);
	ARENA_PUSH(arena, a->needs.lock_uses, a->needs.lock_use_count, a->needs.lock_use_capacity, use);
}

/* One for each place and number of locks held: of further ways there only what they share is kept. */
static void add_wait_use(struct analysis *a, const struct wait_use *use)
{
	struct needs *needs = &a->needs;
	size_t i;

	for (i = 0; i < needs->wait_use_count; i++) {
		struct wait_use *known = &needs->wait_uses[i];

		if (known->function == use->function && known->object_class == use->object_class &&
		    known->held_count == use->held_count && span_order(known->span, use->span) == 0) {
			term_facts_weaken(known->facts, &known->fact_count, use->facts, use->fact_count);
			known->has_let_go = known->has_let_go || use->has_let_go;
			return;
		}
	}
	if (needs->wait_use_count < SUMMARY_MAX_WAIT_USES)
		ARENA_PUSH(a->engine->module_arena, needs->wait_uses, needs->wait_use_count, needs->wait_use_capacity,
			   *use);
}

static void hand_on_wait_use(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			     const struct function_summary *summary, const struct wait_use *below)
{
	struct arena *arena = a->engine->module_arena;
	const struct facts_below facts = { below->facts, below->fact_count };
	struct wait_use use = *below;

	if (!term_facts_possible(a, state, site, below->facts, below->fact_count))
		return;
	if (!below->has_let_go)
		add_held(a, state, use.held, use.held_spans, &use.held_count);
	use.has_let_go = use.has_let_go || has_left_context(state);
	term_facts(a, state, site, &facts, &use.facts, &use.fact_count);
	use.chain = *chain_extend(arena, &below->chain, site->insn->span, summary->function->name);
	add_wait_use(a, &use);
}

void lock_use_callee(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct function_summary *summary)
{
	int i;

	for (i = 0; i < summary->lock_use_count; i++)
		hand_on_lock_use(a, state, site, summary, &summary->lock_uses[i]);
	for (i = 0; i < summary->wait_use_count; i++)
		hand_on_wait_use(a, state, site, summary, &summary->wait_uses[i]);
}

void wait_use_note(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct sym *object = call_arg(site, site->api->waits_for_param);
	struct wait_use use = { .api = site->api,
				.has_let_go = has_left_context(state),
				.function = a->function,
				.span = site->insn->span };

	if (!object)
		return;
	use.object_class = object_class(a, object);
	add_held(a, state, use.held, use.held_spans, &use.held_count);
	term_facts(a, state, NULL, NULL, &use.facts, &use.fact_count);
	add_wait_use(a, &use);
}

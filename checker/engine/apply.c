/* Summaries applied at calls: the callee's ways to return become outcomes of
 * the call, its effects are replayed on the caller's objects, so that every
 * transition and violation is found as if the primitive call stood here, and
 * what it stored is where it stored it. */
#include "typestate_int.h"

#include <string.h>

#define FRESH_OUTPUT 2000 /* SYM_OUTPUT operands of objects that a callee made */
#define FRESH_TOKEN 1001  /* ... of tokens: see is_token() */
#define MAX_FRESH_OBJECTS 32

/* ---- which summary ---------------------------------------------------------------- */

size_t call_targets(const struct analysis *a, const struct ir_insn *insn, const struct ir_function *const **targets)
{
	if (!a->engine->callgraph)
		return 0;
	return callgraph_targets(a->engine->callgraph, insn, targets);
}

const struct function_summary *call_summary(const struct analysis *a, const struct ir_insn *insn)
{
	const struct ir_function *const *targets;

	if (!a->engine->summaries || call_targets(a, insn, &targets) != 1 || targets[0]->is_variadic)
		return NULL;
	return summaries_find(a->engine->summaries, targets[0]);
}

bool summary_tells_release(const struct function_summary *summary)
{
	int i;

	for (i = 0; i < summary->opaque_count; i++)
		if (summary->opaque[i]->is_memory)
			return false;
	for (i = 0; i < summary->unsure_count; i++)
		if (summary->unsure[i].resource->is_memory)
			return false;
	return true;
}

bool summary_is_unsure(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		       const struct function_summary *summary, const struct entry *entry)
{
	int i;

	for (i = 0; i < summary->opaque_count; i++)
		if (summary->opaque[i] == entry->resource)
			return true;
	return summary_doubts(a, state, site, summary, entry);
}

bool summary_doubts(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		    const struct function_summary *summary, const struct entry *entry)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int i;

	for (i = 0; i < summary->unsure_count; i++)
		if (summary->unsure[i].resource == entry->resource &&
		    term_value(&reader, summary->unsure[i].key) == entry->key)
			return true;
	return false;
}

/* ---- in the caller's terms ---------------------------------------------------------- */

struct replay {
	const struct summary_event *event;
	const struct sym *args[SUMMARY_MAX_ARGS];
	const struct sym *key, *result, *token;
	const struct sym *token_before;
	const char *object, *token_object;
};

/* An outcome with everything that speaks of the entry state already read. */
struct translated {
	const struct summary_outcome *outcome;
	struct fact *facts;		 /* as in the outcome; sym NULL: nothing known here corresponds */
	const struct sym **variant_syms; /* of the variants' facts, one variant after the other; likewise */
	struct replay *replays;
	const struct region **store_places;
	const struct sym **store_values;
	const struct sym *result;
	const struct sym *fresh[MAX_FRESH_OBJECTS];
	bool is_unproven; /* one of several outcomes, by what a field may hold */
};

static bool is_token_number(const struct summary_outcome *outcome, int number)
{
	int i;

	for (i = 0; i < outcome->event_count; i++)
		if (outcome->events[i].token && outcome->events[i].token->kind == TERM_FRESH &&
		    outcome->events[i].token->value == number)
			return true;
	return false;
}

static const struct ir_type *fresh_type(const struct summary_outcome *outcome, int number)
{
	int i;

	for (i = 0; i < outcome->event_count; i++)
		if (outcome->events[i].key->kind == TERM_FRESH && outcome->events[i].key->value == number)
			return outcome->events[i].key->type;
	return NULL;
}

static void make_fresh(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       struct translated *translated, int count)
{
	int i;

	for (i = 0; i < count && i < MAX_FRESH_OBJECTS; i++) {
		int base = is_token_number(translated->outcome, i) ? FRESH_TOKEN : FRESH_OUTPUT;

		translated->fresh[i] = sym_make(a, SYM_OUTPUT, base + i, site->insn, NULL,
						fresh_type(translated->outcome, i));
		state_refresh_sym(a, state, translated->fresh[i]);
	}
}

static struct term_reader reader_for(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				     const struct translated *translated, int fresh_count)
{
	return (struct term_reader){ .a = a,
				     .state = state,
				     .site = site,
				     .fresh = translated->fresh,
				     .fresh_count = fresh_count < MAX_FRESH_OBJECTS ? fresh_count : MAX_FRESH_OBJECTS };
}

static void translate_facts(const struct term_reader *reader, struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	int i;

	translated->facts = ARENA_ARRAY(reader->a->arena, struct fact, (size_t)outcome->fact_count + 1);
	for (i = 0; i < outcome->fact_count; i++) {
		const struct value_range *range = &outcome->facts[i].range;
		const struct sym *sym = term_value(reader, outcome->facts[i].term);

		translated->facts[i] = (struct fact){ sym, { range->low, range->high, range->nonzero } };
	}
}

static int count_variant_facts(const struct summary_outcome *outcome)
{
	int count = 0, i;

	for (i = 0; i < outcome->variant_count; i++)
		count += outcome->variants[i].fact_count;
	return count;
}

static void translate_variants(const struct term_reader *reader, struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	int count = 0, v, i;

	translated->variant_syms = ARENA_ARRAY(reader->a->arena, const struct sym *,
					       (size_t)count_variant_facts(outcome) + 1);
	for (v = 0; v < outcome->variant_count; v++)
		for (i = 0; i < outcome->variants[v].fact_count; i++)
			translated->variant_syms[count++] = term_value(reader, outcome->variants[v].facts[i].term);
}

/* Where a fresh object is stored, as the caller would write it. */
static const char *stored_at(struct analysis *a, const struct call_site *site, const struct summary_outcome *outcome,
			     const struct term *key)
{
	int i;

	for (i = 0; i < outcome->store_count; i++) {
		const struct summary_store *store = &outcome->stores[i];
		const struct term load = { .kind = TERM_LOAD, .a = store->address };

		if (term_equal(store->value, key))
			return term_caller_text(a, site, &load);
	}
	return NULL;
}

/* The place that the event saves its token in, or takes it from, as it was before the call. */
static void translate_token(const struct term_reader *reader, struct replay *replay)
{
	const struct rp_effect *effect = replay->event->effect;
	int param = effect->saves_param >= 0 ? effect->saves_param : effect->restores_param;
	const struct term *term = param >= 0 && param < SUMMARY_MAX_ARGS ? replay->event->args[param] : NULL;
	const struct sym *place = effect->saves_param >= 0 ? term_value(reader, term) : NULL;

	replay->token_object = term_caller_text(reader->a, reader->site, term);
	if (place && place->kind != SYM_INT)
		replay->token_before = state_load(reader->a, reader->state, region_pointee(reader->a, place), NULL);
}

static void translate_events(const struct term_reader *reader, struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	struct analysis *a = reader->a;
	int i, p;

	translated->replays = ARENA_ARRAY(a->arena, struct replay, (size_t)outcome->event_count + 1);
	for (i = 0; i < outcome->event_count; i++) {
		const struct summary_event *event = &outcome->events[i];
		struct replay *replay = &translated->replays[i];

		replay->event = event;
		replay->key = term_value(reader, event->key);
		replay->result = term_value(reader, event->result);
		replay->token = term_value(reader, event->token);
		replay->object = event->key->kind == TERM_FRESH ? stored_at(a, reader->site, outcome, event->key) :
								  term_caller_text(a, reader->site, event->key);
		if (!replay->object) /* no name here: as it is called there */
			replay->object = event->object && !strchr(event->object, '$') ? event->object : NULL;
		for (p = 0; p < SUMMARY_MAX_ARGS; p++)
			replay->args[p] = term_value(reader, event->args[p]);
		translate_token(reader, replay);
	}
}

static void translate_stores(const struct term_reader *reader, struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	struct analysis *a = reader->a;
	int i;

	translated->store_places = ARENA_ARRAY(a->arena, const struct region *, (size_t)outcome->store_count + 1);
	translated->store_values = ARENA_ARRAY(a->arena, const struct sym *, (size_t)outcome->store_count + 1);
	for (i = 0; i < outcome->store_count; i++) {
		const struct sym *address = term_value(reader, outcome->stores[i].address);

		if (!address || address->kind == SYM_INT)
			continue;
		translated->store_places[i] = region_pointee(a, address);
		translated->store_values[i] = term_value(reader, outcome->stores[i].value);
	}
}

static struct translated *translate(struct analysis *a, struct flow_state *state, const struct call_site *site,
				    const struct function_summary *summary)
{
	struct translated *all = ARENA_ARRAY(a->arena, struct translated, (size_t)summary->outcome_count + 1);
	int i;

	for (i = 0; i < summary->outcome_count; i++) {
		struct term_reader reader;

		all[i].outcome = &summary->outcomes[i];
		make_fresh(a, state, site, &all[i], summary->fresh_count);
		reader = reader_for(a, state, site, &all[i], summary->fresh_count);
		translate_facts(&reader, &all[i]);
		translate_variants(&reader, &all[i]);
		translate_events(&reader, &all[i]);
		translate_stores(&reader, &all[i]);
		all[i].result = term_value(&reader, summary->outcomes[i].result);
	}
	return all;
}

/* ---- replaying ------------------------------------------------------------------------ */

static void apply_store(struct analysis *a, struct flow_state *state, const struct region *place,
			const struct sym *value)
{
	if (!region_is_local(place) && !region_is_contained(state, place))
		escape_value(a, state, value, escape_by_store(place));
	state_store(a, state, place, value);
}

/* The callee lets go of something that this path knows by another name only:
 * `priv` here, netdev_priv(priv->dev) there. */
static void doubt_namesakes(struct flow_state *state, const struct rp_resource *resource, const char *name,
			    const struct sym *key)
{
	size_t i;

	if (!name || state_entry(state, resource, key))
		return;
	for (i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		if (entry->resource == resource && entry->object &&
		    strcmp(effects_object_name(entry->object), name) == 0 && !surely_differ(state, entry->key, key))
			entry_doubt(entry);
	}
}

static void doubt_released(struct flow_state *state, const struct replay *replay)
{
	const struct rp_effect *effect = replay->event->effect;
	const char *name = replay->event->object ? effects_object_name(replay->event->object) : NULL;

	if (!resource_event_acquires(effect->resource, effect->event))
		doubt_namesakes(state, effect->resource, name, replay->key);
}

/* Something is stored that nobody knows. What is held there stays, as where a call is not understood. */
static void forget_stored(struct analysis *a, struct flow_state *state, const struct region *place)
{
	const struct binding *binding = state_binding(state, place);

	if (!binding || !escape_is_tracked(state, binding->value))
		state_store(a, state, place, sym_make(a, SYM_HAVOC, 0, a->insn, place, NULL));
}

static void replay_event(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct replay *replay, const struct ir_function *callee, bool is_unproven)
{
	struct call_site inner = { .insn = site->insn,
				   .api = replay->event->api,
				   .name = replay->event->api->name,
				   .arg_count = replay->event->api->param_count < SUMMARY_MAX_ARGS ?
							replay->event->api->param_count :
							SUMMARY_MAX_ARGS,
				   .result = replay->result ? replay->result : replay->key,
				   .is_replayed = true,
				   .is_unproven = is_unproven,
				   .key = replay->key,
				   .token = replay->token,
				   .token_before = replay->token_before,
				   .token_object = replay->token_object,
				   .object = replay->object,
				   .below = &replay->event->chain,
				   .callee = callee->name };
	int i;

	for (i = 0; i < inner.arg_count; i++)
		inner.args[i] = replay->args[i];
	if (!is_unproven)
		check_call_patterns(a, state, &inner);
	typestate_apply_effect(a, state, &inner, replay->event->effect, replay->event->failed);
}

static bool gives_pointer(const struct rp_api *api, const struct rp_effect *effect)
{
	return effect->object == RP_OBJECT_RESULT &&
	       (api->convention == RP_RESULT_NULL || api->convention == RP_RESULT_ERRPTR ||
		api->convention == RP_RESULT_NULL_OR_ERRPTR || api->convention == RP_RESULT_NONNULL);
}

/* What was made below is in the caller's hands as its own: known to be there. */
static void introduce_object(struct analysis *a, struct flow_state *state, const struct replay *replay)
{
	const struct rp_effect *effect = replay->event->effect;

	if (replay->event->failed || !replay->key ||
	    (!effect->resource->is_memory && !gives_pointer(replay->event->api, effect)) ||
	    !resource_event_acquires(effect->resource, effect->event) ||
	    (replay->event->key->kind != TERM_RESULT && replay->event->key->kind != TERM_FRESH))
		return;
	state_constrain(a, state, replay->key, (struct range){ LOWEST_ADDRESS, RANGE_HIGHEST, true });
}

/* Taken and let go below: the caller's path need not remember it. */
static bool is_passing(const struct flow_state *before, const struct flow_state *now, const struct replay *replay)
{
	const struct rp_resource *resource = replay->event->effect->resource;
	const struct entry *entry = replay->key ? state_entry(now, resource, replay->key) : NULL;

	return entry && !resource->is_memory && resource_event_acquires(resource, replay->event->effect->event) &&
	       entry->state >= 0 && !resource->states[entry->state].is_held && !entry->is_failed &&
	       !state_entry(before, resource, replay->key);
}

/* Unless other ways to return keep it: then that this one did not matters. */
static void forget_passing(const struct flow_state *before, struct flow_state *now, const struct translated *translated,
			   const struct function_summary *summary)
{
	int i;

	if (summary->outcome_count > 1)
		return;
	for (i = 0; i < translated->outcome->event_count; i++) {
		const struct replay *replay = &translated->replays[i];

		if (is_passing(before, now, replay))
			state_entry_remove(now, state_entry(now, replay->event->effect->resource, replay->key));
	}
}

/* kfree(p->buf); p->buf = NULL; where the summary lost the store: the field may hold something else by now. */
static void forget_overwritten(struct analysis *a, struct flow_state *state, const struct replay *replay,
			       const struct ir_function *callee)
{
	const struct rp_resource *resource = replay->event->effect->resource;
	const struct region *place = replay->key->kind == SYM_INITIAL ? replay->key->a : NULL;
	const struct entry *entry = state_entry(state, resource, replay->key);

	if (!place || place->kind != REGION_FIELD || !resource->is_memory || !entry || entry->state < 0 ||
	    resource->states[entry->state].is_held || !effects_may_write(a->effects, callee, place->field) ||
	    state_load(a, state, place, NULL) != replay->key)
		return;
	state_entry_remove(state, entry);
}

/* Let go and taken again below: it is held as it was, with the interrupt state that was saved here. */
static void keep_acquisition(const struct flow_state *before, struct flow_state *now, const struct replay *replay)
{
	const struct rp_resource *resource = replay->event->effect->resource;
	const struct entry *old = state_entry(before, resource, replay->key);
	struct entry *entry = state_entry(now, resource, replay->key);

	if (!old || !entry || resource->is_memory || old->state < 0 || old->state != entry->state ||
	    !resource->states[old->state].is_held)
		return;
	entry->mode = old->mode;
	entry->token = old->token;
	entry->masks = old->masks;
	entry->acquired = old->acquired;
	entry->api = old->api;
	entry->was_held_on_entry = old->was_held_on_entry;
}

static void apply_outcome(struct analysis *a, struct flow_state *state, const struct call_site *site,
			  const struct translated *translated, const struct function_summary *summary)
{
	const struct summary_outcome *outcome = translated->outcome;
	const struct flow_state *before = outcome->event_count ? state_clone(a, state) : state;
	int i;

	for (i = 0; i < outcome->event_count; i++) {
		if (!translated->replays[i].key)
			continue;
		introduce_object(a, state, &translated->replays[i]);
		replay_event(a, state, site, &translated->replays[i], summary->function, translated->is_unproven);
	}
	for (i = 0; i < outcome->store_count; i++)
		if (translated->store_places[i] && outcome->stores[i].value->kind == TERM_UNKNOWN)
			forget_stored(a, state, translated->store_places[i]);
		else if (translated->store_places[i] && translated->store_values[i])
			apply_store(a, state, translated->store_places[i], translated->store_values[i]);
	for (i = 0; i < outcome->event_count; i++)
		if (translated->replays[i].key) {
			forget_overwritten(a, state, &translated->replays[i], summary->function);
			keep_acquisition(before, state, &translated->replays[i]);
		}
	forget_passing(before, state, translated, summary);
}

static bool reads_memory(const struct term *term)
{
	return term && (term->kind == TERM_LOAD || reads_memory(term->a) || reads_memory(term->b));
}

/* Is it one of several ways, taken only if a field holds something that this
 * path does not know? Authors keep such fields in step with what they did. */
static bool depends_on_memory(const struct flow_state *state, const struct function_summary *summary,
			      const struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	int i;

	for (i = 0; summary->outcome_count > 1 && i < outcome->fact_count; i++) {
		struct range known;

		if (!reads_memory(outcome->facts[i].term) || !translated->facts[i].sym)
			continue;
		known = range_of(state, translated->facts[i].sym);
		if (known.low < translated->facts[i].range.low || known.high > translated->facts[i].range.high ||
		    (translated->facts[i].range.nonzero && !known.nonzero))
			return true;
	}
	return false;
}

static bool variant_is_possible(const struct flow_state *state, const struct summary_variant *variant,
				const struct sym *const *syms)
{
	int i;

	for (i = 0; i < variant->fact_count; i++)
		if (syms[i] && !range_meets(range_of(state, syms[i]), range_of_value(&variant->facts[i].range)))
			return false;
	return true;
}

/* The ways that the arguments leave: their results together; of a single one, which it is. */
struct left_variants {
	struct range value;
	const struct summary_variant *only;
	const struct sym *const *only_syms;
	int count;
};

static struct left_variants find_left_variants(const struct flow_state *state, const struct translated *translated)
{
	const struct summary_outcome *outcome = translated->outcome;
	const struct sym *const *syms = translated->variant_syms;
	struct left_variants left = { .value = range_all() };

	for (int v = 0; v < outcome->variant_count; syms += outcome->variants[v++].fact_count) {
		struct range value = range_of_value(&outcome->variants[v].value);

		if (!variant_is_possible(state, &outcome->variants[v], syms))
			continue;
		left.value = left.count++ ? range_hull(left.value, value) : value;
		left.only = &outcome->variants[v];
		left.only_syms = syms;
	}
	return left;
}

/* Of a single way all that is known. False when none is left. */
static bool constrain_by_variants(struct analysis *a, struct flow_state *state, const struct translated *translated,
				  const struct sym *result)
{
	const struct left_variants left = find_left_variants(state, translated);
	int i;

	if (left.count == 0)
		return translated->outcome->variant_count == 0;
	for (i = 0; left.count == 1 && i < left.only->fact_count; i++)
		if (left.only_syms[i] &&
		    !state_constrain(a, state, left.only_syms[i], range_of_value(&left.only->facts[i].range)))
			return false;
	return state_constrain(a, state, result, left.value);
}

static bool is_possible(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct translated *translated)
{
	const struct sym *result = translated->result ? translated->result : site->result;
	int i;

	for (i = 0; i < translated->outcome->fact_count; i++)
		if (translated->facts[i].sym &&
		    !state_constrain(a, state, translated->facts[i].sym, translated->facts[i].range))
			return false;
	return state_constrain(a, state, result, range_of_value(&translated->outcome->value)) &&
	       constrain_by_variants(a, state, translated, result);
}

/* The result is where its name says, before the events name what it holds. */
static void place_result(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct sym *value)
{
	const struct ir_place *place = site->insn->call.result;
	const struct region *region;

	if (!place)
		return;
	region = eval_place(a, state, place);
	if (place->type && place->type->kind == IR_TYPE_RECORD)
		state_store_default(a, state, region, value);
	else
		state_store(a, state, region, value);
}

static void escape_placed_result(struct analysis *a, struct flow_state *state, const struct call_site *site,
				 const struct sym *value)
{
	const struct region *region = site->insn->call.result ? eval_place(a, state, site->insn->call.result) : NULL;

	if (region && !region_is_local(region) && !region_is_contained(state, region))
		escape_value(a, state, value, ESCAPE_STORED);
}

/* Which way the callee returned is part of the path when ways differ. */
static void show_outcome(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct function_summary *summary, const struct translated *translated)
{
	const struct value_range *value = &translated->outcome->value;

	if (summary->outcome_count > 1 && value->high < 0)
		trace_branch(a, state, site->insn, false, NULL, summary->function->name);
}

/* Which of them is meant can not be told. */
static void doubt_all(struct flow_state *state, const struct rp_resource *resource)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource == resource)
			entry_doubt(&state->entries[i]);
}

static void note_opaque(struct analysis *a, const struct rp_resource *resource)
{
	size_t i;

	for (i = 0; i < a->opaque_count; i++)
		if (a->opaque[i] == resource)
			return;
	ARENA_PUSH(a->arena, a->opaque, a->opaque_count, a->opaque_capacity, resource);
}

/* Perhaps let go, perhaps taken: what this function does to it later tells its callers nothing. */
static void doubt_object(struct analysis *a, struct flow_state *state, const struct rp_resource *resource,
			 const struct sym *key)
{
	int released = resource_failed_state(resource);
	struct entry *entry;

	if (released == RP_STATE_UNKNOWN || state_entry(state, resource, key))
		return;
	entry = state_entry_add(a, state, resource, key);
	entry->state = released;
	entry->is_doubtful = entry->was_held_on_entry = true;
}

/* Objects that the callee leaves one way or the other. Memory without a name is
 * not followed: who does not know of it has no duty either. */
static void take_over_doubts(struct analysis *a, struct flow_state *state, const struct call_site *site,
			     const struct function_summary *summary)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int i;

	for (i = 0; i < summary->opaque_count; i++)
		if (!summary->opaque[i]->is_memory)
			note_opaque(a, summary->opaque[i]);
	for (i = 0; i < summary->unsure_count; i++) {
		const struct unsure_object *object = &summary->unsure[i];
		const struct sym *key = term_value(&reader, object->key);

		/* A number where a pointer should be: an element of zeroed memory, read under a changed index. */
		if (key && key->kind == SYM_INT && object->resource->identity == RP_IDENTITY_VALUE) {
			doubt_all(state, object->resource);
		} else if (key) {
			doubt_namesakes(state, object->resource, object->key->field, key);
			if (!state_entry(state, object->resource, key))
				doubt_siblings(state, object->resource, key);
			doubt_object(a, state, object->resource, key);
		} else if (!object->resource->is_memory)
			note_opaque(a, object->resource);
	}
}

/* On the ways, too, that do not release it: whether they are taken depends on what is known under other names. */
static void doubt_all_released(struct flow_state *state, const struct function_summary *summary,
			       const struct translated *all)
{
	int i, e;

	for (i = 0; i < summary->outcome_count; i++)
		for (e = 0; e < all[i].outcome->event_count; e++)
			if (all[i].replays[e].key)
				doubt_released(state, &all[i].replays[e]);
}

int apply_summary(struct analysis *a, struct flow_state *state, struct call_site *site,
		  const struct function_summary *summary, struct flow_state *outcomes[MAX_OUTCOMES])
{
	struct translated *all;
	int i, count = 0;

	const struct term_reader reader = { .a = a, .state = state, .site = site };
	const struct region **filled = ARENA_ARRAY(a->arena, const struct region *,
						   (size_t)summary->user_fill_count + 1);

	escape_refresh_havocs(a, state);
	for (i = 0; i < summary->user_fill_count; i++) {
		const struct sym *address = term_value(&reader, summary->user_fills[i]);

		filled[i] = address && address->kind != SYM_INT ? region_pointee(a, address) : NULL;
	}
	all = translate(a, state, site, summary);
	bound_callee(a, state, site, summary);
	escape_unknown_call(a, state, site);
	take_over_doubts(a, state, site, summary);
	for (i = 0; i < summary->clobber_count; i++)
		state_clobber(a, state, summary->clobbers[i], site->insn);
	doubt_all_released(state, summary, all);
	for (i = 0; i < summary->outcome_count && count < MAX_OUTCOMES; i++) {
		struct flow_state *next = i + 1 < summary->outcome_count ? state_clone(a, state) : state;
		const struct sym *result = all[i].result ? all[i].result : site->result;

		all[i].is_unproven = depends_on_memory(state, summary, &all[i]);
		if (!is_possible(a, next, site, &all[i]))
			continue;
		show_outcome(a, next, site, summary, &all[i]);
		walk_add_result(a, next, site->insn, range_of_value(&all[i].outcome->value));
		place_result(a, next, site, result);
		apply_outcome(a, next, site, &all[i], summary);
		bound_apply_fills(a, next, site, filled, summary->user_fill_count);
		escape_placed_result(a, next, site, result);
		outcomes[count++] = next;
	}
	return count;
}

static bool is_narrower(struct range range, struct range than)
{
	return range.low > than.low || range.high < than.high || (range.nonzero && !than.nonzero);
}

static bool outcome_meets(const struct flow_state *state, const struct translated *translated)
{
	for (int i = 0; i < translated->outcome->fact_count; i++)
		if (translated->facts[i].sym &&
		    !range_meets(range_of(state, translated->facts[i].sym), translated->facts[i].range))
			return false;
	return true;
}

void apply_value(struct analysis *a, struct flow_state *state, const struct call_site *site,
		 const struct function_summary *summary)
{
	const struct translated *all = translate(a, state, site, summary);
	struct range value = range_all();
	int possible = 0;

	for (int i = 0; i < summary->outcome_count; i++) {
		const struct left_variants left = find_left_variants(state, &all[i]);
		bool has_variants = all[i].outcome->variant_count > 0;
		struct range of = has_variants ? left.value : range_of_value(&all[i].outcome->value);

		if (!outcome_meets(state, &all[i]) || (has_variants && left.count == 0))
			continue;
		value = possible++ ? range_hull(value, of) : of;
	}
	if (possible > 0 && is_narrower(value, range_of(state, site->result)))
		state_constrain(a, state, site->result, value);
}

/* Summaries from the exits of a function: what it did on each way to return, in
 * terms that callers understand. Ways are told apart by the returned value and
 * by what was known of parameters; ways that nobody can tell apart are merged,
 * and objects they treat differently become unsure. So a caller never takes a
 * "may" for a "does". */
#include "engine_int.h"

#include <string.h>

#define MAX_SUMMARY_OUTCOMES (MAX_OUTCOMES - 1)
#define MAX_SUMMARY_EVENTS 24
#define MAX_SUMMARY_STORES 24
#define MAX_SUMMARY_FACTS 8
#define MAX_SUMMARY_VARIANTS 10
#define MAX_FRESH 24
#define MAX_REACH_ROUNDS 8 /* of objects that hang on objects */
#define MAX_LOG_WALK 4096
#define MAX_EVENTS_OF_OBJECT 4 /* more come from loops: the first and last ones tell */

/* ---- the log ------------------------------------------------------------------- */

static const struct sym *saved_token(const struct flow_state *state, const struct rp_effect *effect,
				     const struct sym *key)
{
	const struct entry *entry = effect->saves_param != -1 ? state_entry(state, effect->resource, key) : NULL;

	return entry ? entry->token : NULL;
}

void log_event(struct analysis *a, struct flow_state *state, const struct call_site *site,
	       const struct rp_effect *effect, const struct sym *key, bool failed)
{
	struct event_log *log = ARENA_NEW(a->arena, struct event_log);
	int i;

	*log = (struct event_log){ .parent = state->log,
				   .api = site->api,
				   .effect = effect,
				   .result = site->result,
				   .key = key,
				   .token = saved_token(state, effect, key),
				   .object = site->is_replayed ? site->object : NULL,
				   .insn = site->insn,
				   .below = site->below,
				   .callee = site->callee,
				   .failed = failed };
	for (i = 0; i < SUMMARY_MAX_ARGS && i < site->api->param_count; i++)
		log->args[i] = call_arg(site, i);
	/* Where a token is saved counts, not what was there before. */
	if (effect->saves_param >= 0 && effect->saves_param < SUMMARY_MAX_ARGS && log->token) {
		size_t b;

		for (b = 0; b < state->binding_count; b++)
			if (state->bindings[b].value == log->token)
				log->args[effect->saves_param] = sym_address(a, state->bindings[b].region, NULL);
	}
	if (!log->object) {
		const struct entry *entry = state_entry(state, effect->resource, key);

		log->object = entry ? entry->object : NULL;
	}
	state->log = log;
}

static const struct event_log *common_tail(const struct event_log *left, const struct event_log *right)
{
	const struct event_log *l, *r;
	int steps = 0;

	for (l = left; l && steps < MAX_LOG_WALK; l = l->parent, steps++)
		for (r = right; r && steps < MAX_LOG_WALK; r = r->parent, steps++)
			if (l == r)
				return l;
	return NULL;
}

static bool has_event(const struct event_log *log, const struct event_log *end, const struct event_log *wanted)
{
	for (; log && log != end; log = log->parent)
		if (log->effect == wanted->effect && log->key == wanted->key && log->failed == wanted->failed)
			return true;
	return false;
}

/* Taken and let go again on one of the ways only: nothing is left of it. */
static bool is_balanced_since(const struct event_log *log, const struct event_log *end, const struct event_log *of)
{
	int depth = 0;

	for (; log && log != end; log = log->parent) {
		if (log->effect->resource != of->effect->resource || log->key != of->key)
			continue;
		if (log->is_doubt || log->failed)
			return false;
		depth += resource_event_acquires(log->effect->resource, log->effect->event) ? 1 : -1;
	}
	return depth == 0;
}

static void doubt_missing(struct analysis *a, struct flow_state *target, const struct event_log *from,
			  const struct event_log *other, const struct event_log *end)
{
	const struct event_log *log;

	for (log = from; log && log != end; log = log->parent) {
		struct event_log *doubt;

		if (has_event(other, end, log) || has_event(target->log, end, log) != (from == target->log) ||
		    is_balanced_since(from, end, log))
			continue;
		doubt = ARENA_NEW(a->arena, struct event_log);
		*doubt = *log;
		doubt->is_doubt = true;
		doubt->parent = target->log;
		target->log = doubt;
	}
}

void log_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming)
{
	const struct event_log *before = target->log, *end;

	if (target->log == incoming->log)
		return;
	end = common_tail(target->log, incoming->log);
	doubt_missing(a, target, incoming->log, before, end);
	doubt_missing(a, target, before, incoming->log, end);
}

/* ---- one exit -------------------------------------------------------------------- */

#define MAX_STATUSES 4

struct builder {
	struct analysis *a;
	struct arena *arena;
	struct function_summary *summary;
	struct summary_outcome *outcomes;
	int outcome_count, outcome_capacity;
	int opaque_capacity, unsure_capacity, clobber_capacity;
	/* of the exit being read: */
	const struct exit_record *record;
	const struct event_log **log; /* oldest first */
	int log_count;
	const struct sym *fresh[MAX_FRESH];
	int fresh_count;
	struct term_maker maker;
	struct keymap *reachable;	/* values that others can get at */
	int64_t statuses[MAX_STATUSES]; /* that rules ask returns for */
	int status_count;
};

static void add_opaque(struct builder *b, const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < b->summary->opaque_count; i++)
		if (b->summary->opaque[i] == resource)
			return;
	ARENA_PUSH(b->arena, b->summary->opaque, b->summary->opaque_count, b->opaque_capacity, resource);
}

static void add_unsure(struct builder *b, const struct rp_resource *resource, const struct term *key)
{
	struct unsure_object object = { resource, key };
	int i;

	for (i = 0; i < b->summary->unsure_count; i++)
		if (b->summary->unsure[i].resource == resource && term_equal(b->summary->unsure[i].key, key))
			return;
	ARENA_PUSH(b->arena, b->summary->unsure, b->summary->unsure_count, b->unsure_capacity, object);
}

static void read_log(struct builder *b)
{
	const struct event_log *log;
	int count = 0, i;

	for (log = b->record->state->log; log; log = log->parent)
		count++;
	b->log = ARENA_ARRAY(b->a->arena, const struct event_log *, (size_t)count + 1);
	b->log_count = count;
	for (log = b->record->state->log, i = count - 1; log; log = log->parent)
		b->log[i--] = log;
}

static bool add_reachable(struct builder *b, const struct sym *sym)
{
	const struct sym *object = sym ? sym_object_pointer(sym) : NULL;
	bool is_new = false;

	if (sym && !keymap_get(b->reachable, KEYMAP_KEY(sym))) {
		keymap_put(b->reachable, KEYMAP_KEY(sym), b);
		is_new = true;
	}
	if (object && !keymap_get(b->reachable, KEYMAP_KEY(object))) {
		keymap_put(b->reachable, KEYMAP_KEY(object), b);
		is_new = true;
	}
	return is_new;
}

/* Memory that others can get at. What hangs on an object that this function
 * made is as reachable as the object. */
static bool is_outside(const struct builder *b, const struct region *region)
{
	const struct region *root = region_root(region);
	const struct sym *object;

	if (root->kind == REGION_VAR)
		return !region_is_local(root);
	object = sym_object_pointer(root->pointer);
	if (!object)
		return !region_is_local(region_root(sym_base_pointer(root->pointer)->a));
	if (object->kind == SYM_CALL || object->kind == SYM_OUTPUT)
		return keymap_get(b->reachable, KEYMAP_KEY(object)) != NULL;
	return true;
}

/* What is returned, what is stored outside, and what can be reached through that. */
static void find_reachable(struct builder *b)
{
	const struct flow_state *state = b->record->state;
	bool changed = true;
	int rounds;
	size_t i;

	b->reachable = keymap_create(b->a->arena);
	add_reachable(b, b->record->sym);
	for (rounds = 0; changed && rounds < MAX_REACH_ROUNDS; rounds++) {
		changed = false;
		for (i = 0; i < state->binding_count; i++)
			if (is_outside(b, state->bindings[i].region))
				changed = add_reachable(b, state->bindings[i].value) || changed;
	}
}

static bool is_reachable_outside(const struct builder *b, const struct sym *sym)
{
	return keymap_get(b->reachable, KEYMAP_KEY(sym)) != NULL;
}

static bool is_among_fresh(const struct builder *b, const struct sym *sym)
{
	int i;

	for (i = 0; i < b->fresh_count; i++)
		if (b->fresh[i] == sym)
			return true;
	return false;
}

static void add_fresh(struct builder *b, const struct sym *sym)
{
	if (sym && (sym->kind == SYM_CALL || sym->kind == SYM_OUTPUT) && b->fresh_count < MAX_FRESH &&
	    !is_among_fresh(b, sym) && is_reachable_outside(b, sym))
		b->fresh[b->fresh_count++] = sym;
}

/* Objects and tokens that this function made and others can reach now. */
static void find_fresh(struct builder *b)
{
	int i;

	b->fresh_count = 0;
	find_reachable(b);
	for (i = 0; i < b->log_count; i++) {
		const struct event_log *log = b->log[i];

		if (resource_event_acquires(log->effect->resource, log->effect->event) && !log->failed &&
		    log->key != b->record->sym)
			add_fresh(b, log->key);
		add_fresh(b, log->token);
	}
	b->maker = (struct term_maker){
		.a = b->a, .arena = b->arena, .fresh = b->fresh, .fresh_count = b->fresh_count, .result = b->record->sym
	};
	/* A returned token must be known for one by the caller, too. */
	if (b->record->sym && is_among_fresh(b, b->record->sym))
		b->maker.result = NULL;
}

/* Of this function alone: a variable, or memory that nobody outside has. */
static bool is_private_object(const struct builder *b, const struct event_log *log)
{
	const struct sym *key = log->key, *object;

	if (key->kind == SYM_ADDRESS && region_is_local(key->a))
		return true;
	object = sym_object_pointer(key);
	return object && (object->kind == SYM_CALL || object->kind == SYM_OUTPUT) && !is_reachable_outside(b, object) &&
	       object->kind != SYM_HAVOC;
}

static struct chain event_chain(struct builder *b, const struct event_log *log)
{
	const struct rp_resource *resource = log->effect->resource;
	const struct chain *chain;

	if (log->below) {
		chain = chain_extend(b->arena, log->below, log->insn->span, log->callee);
		return *chain;
	}
	chain = chain_end(b->arena, NULL, log->insn->span,
			  emit_event_text(b->a, resource, log->effect->event,
					  log->object ? readable_text(b->a, log->object) : NULL, log->api,
					  log->effect->mode));
	return *chain;
}

static void fill_event(struct builder *b, struct summary_event *event, const struct event_log *log,
		       const struct term *key)
{
	int i;

	*event = (struct summary_event){ .api = log->api,
					 .effect = log->effect,
					 .key = key,
					 .result = term_of(&b->maker, log->result),
					 .token = term_of(&b->maker, log->token),
					 .object = log->object ? arena_strdup(b->arena, log->object) : NULL,
					 .failed = log->failed,
					 .chain = event_chain(b, log) };
	for (i = 0; i < SUMMARY_MAX_ARGS; i++)
		event->args[i] = term_of(&b->maker, log->args[i]);
}

static int events_of(const struct builder *b, const struct event_log *log, bool before)
{
	int count = 0, i;
	bool passed = false;

	for (i = 0; i < b->log_count; i++) {
		passed = passed || b->log[i] == log;
		if (b->log[i] == log)
			continue;
		if (b->log[i]->key == log->key && b->log[i]->effect->resource == log->effect->resource &&
		    passed != before)
			count++;
	}
	return count;
}

/* A loop repeats its events: two at the beginning and two at the end tell the
 * net change. Left out are pairs, so that what was taken is still let go. */
static bool is_repetition(const struct builder *b, const struct event_log *log)
{
	int before = events_of(b, log, true), after = events_of(b, log, false);
	int excess = before + 1 + after - MAX_EVENTS_OF_OBJECT;

	excess -= excess % 2;
	return excess > 0 && before >= MAX_EVENTS_OF_OBJECT / 2 && before < MAX_EVENTS_OF_OBJECT / 2 + excess;
}

/* Some of what was done to the object happened on one of two joined ways only. */
static bool is_doubted(const struct builder *b, const struct event_log *log)
{
	int i;

	for (i = 0; i < b->log_count; i++)
		if (b->log[i]->is_doubt && b->log[i]->key == log->key &&
		    b->log[i]->effect->resource == log->effect->resource)
			return true;
	return false;
}

/* Also in memory that callers have no name for, with somebody who keeps it, or
 * lost sight of at a call that may have kept or freed it: it is not the caller's
 * to look after. */
static bool is_out_of_sight(const struct builder *b, const struct sym *object, const struct rp_resource *resource)
{
	const struct flow_state *state = b->record->state;
	const struct entry *entry = state_entry(state, resource, object);
	size_t i;

	if (entry ? entry->is_passed : resource->is_memory)
		return true;
	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;

		if (state->bindings[i].value == object && !region_is_local(region) &&
		    !term_of(&b->maker, sym_address(b->a, region, NULL)))
			return true;
	}
	return false;
}

/* Reported here already, or in doubt: callers are not told of it again. */
static bool is_settled_here(const struct builder *b, const struct event_log *log)
{
	const struct flow_state *state = b->record->state;
	const struct entry *entry = state_entry(state, log->effect->resource, log->key);
	size_t i;

	for (i = 0; i < state->pending_count; i++) /* released by the wrong variant */
		if (state->pendings[i].entry.key == log->key &&
		    state->pendings[i].entry.resource == log->effect->resource)
			return true;

	return entry && (entry->is_doubtful || (entry->state >= 0 && entry->resource->states[entry->state].is_held &&
						keymap_get(b->a->left_keys, KEYMAP_KEY(log->key))));
}

static void read_events(struct builder *b, struct summary_outcome *outcome)
{
	int i;

	outcome->events = ARENA_ARRAY(b->arena, struct summary_event, MAX_SUMMARY_EVENTS);
	for (i = 0; i < b->log_count; i++) {
		const struct event_log *log = b->log[i];
		const struct term *key;

		if (is_private_object(b, log) || is_repetition(b, log))
			continue;
		key = term_of(&b->maker, log->key);
		/* Of something without a name that is as it was: no caller's business. */
		if (!key && !log->effect->resource->is_memory && is_balanced_since(b->record->state->log, NULL, log))
			continue;
		if (!key || outcome->event_count == MAX_SUMMARY_EVENTS) {
			add_opaque(b, log->effect->resource);
			continue;
		}
		if (is_doubted(b, log) || is_settled_here(b, log))
			add_unsure(b, log->effect->resource, key);
		else if ((is_among_fresh(b, log->key) || log->key == b->record->sym) &&
			 is_out_of_sight(b, log->key, log->effect->resource))
			continue;
		else
			fill_event(b, &outcome->events[outcome->event_count++], log, key);
	}
}

/* What had already been in doubt stays so for callers. */
static void read_doubts(struct builder *b)
{
	const struct flow_state *state = b->record->state;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];
		const struct term *key = entry->resource && entry->is_doubtful ? term_of(&b->maker, entry->key) : NULL;

		if (key)
			add_unsure(b, entry->resource, key);
		else if (entry->resource && entry->is_doubtful)
			add_opaque(b, entry->resource);
	}
}

static const struct term unknown_value = { .kind = TERM_UNKNOWN };

static bool is_entry_value(const struct binding *binding)
{
	return binding->value->kind == SYM_INITIAL && binding->value->a == binding->region && !binding->value->b;
}

/* Some callee may have written it: callers know that of the field by its name. */
static bool is_by_callee(const struct binding *binding)
{
	const struct ir_insn *insn = binding->value->kind == SYM_HAVOC ? binding->value->a : NULL;

	return insn && insn->kind == IR_CALL;
}

static void read_stores(struct builder *b, struct summary_outcome *outcome)
{
	const struct flow_state *state = b->record->state;
	size_t i;

	outcome->stores = ARENA_ARRAY(b->arena, struct summary_store, MAX_SUMMARY_STORES);
	for (i = 0; i < state->binding_count && outcome->store_count < MAX_SUMMARY_STORES; i++) {
		const struct binding *binding = &state->bindings[i];
		const struct term *address, *value;

		if (region_is_local(binding->region) || binding->is_default || is_entry_value(binding) ||
		    is_by_callee(binding))
			continue;
		address = term_of(&b->maker, sym_address(b->a, binding->region, NULL));
		value = address ? term_of(&b->maker, binding->value) : NULL;
		if (address && !value)
			value = &unknown_value;
		if (value)
			outcome->stores[outcome->store_count++] = (struct summary_store){ address, value };
	}
}

static void read_facts(struct builder *b, struct summary_outcome *outcome)
{
	const struct flow_state *state = b->record->state;
	size_t i;

	outcome->facts = ARENA_ARRAY(b->arena, struct term_fact, MAX_SUMMARY_FACTS);
	for (i = 0; i < state->fact_count && outcome->fact_count < MAX_SUMMARY_FACTS; i++) {
		const struct fact *fact = &state->facts[i];
		const struct term_maker maker = { .a = b->a, .arena = b->arena };
		const struct term *term = term_of(&maker, fact->sym);

		if (term && term->kind != TERM_INT)
			outcome->facts[outcome->fact_count++] =
				(struct term_fact){ term, { fact->range.low, fact->range.high, fact->range.nonzero } };
	}
}

static struct value_range as_value_range(struct range range)
{
	return (struct value_range){ range.low, range.high, range.nonzero };
}

/* The facts are copied: merging weakens those of the outcome. */
static void add_own_variant(struct builder *b, struct summary_outcome *outcome)
{
	struct term_fact *facts = ARENA_ARRAY(b->arena, struct term_fact, (size_t)outcome->fact_count + 1);
	int i;

	for (i = 0; i < outcome->fact_count; i++)
		facts[i] = outcome->facts[i];
	outcome->variants = ARENA_NEW(b->arena, struct summary_variant);
	*outcome->variants = (struct summary_variant){ outcome->value, outcome->result, facts, outcome->fact_count };
	outcome->variant_count = 1;
}

static struct summary_outcome read_exit(struct builder *b)
{
	struct summary_outcome outcome = { .value = as_value_range(b->record->value) };

	read_log(b);
	find_fresh(b);
	read_events(b, &outcome);
	read_doubts(b);
	read_stores(b, &outcome);
	read_facts(b, &outcome);
	outcome.result = term_of(&b->maker, b->record->sym);
	if (outcome.result && outcome.result->kind == TERM_RESULT)
		outcome.result = NULL;
	add_own_variant(b, &outcome);
	if (b->fresh_count > b->summary->fresh_count)
		b->summary->fresh_count = b->fresh_count;
	return outcome;
}

/* ---- telling outcomes apart ------------------------------------------------------- */

static bool ranges_are_disjoint(const struct value_range *left, const struct value_range *right)
{
	return !range_meets(range_of_value(left), range_of_value(right));
}

static bool can_be_told_apart(const struct summary_outcome *left, const struct summary_outcome *right)
{
	int i, k;

	if (ranges_are_disjoint(&left->value, &right->value))
		return true;
	for (i = 0; i < left->fact_count; i++)
		for (k = 0; k < right->fact_count; k++)
			if (term_equal(left->facts[i].term, right->facts[k].term) &&
			    ranges_are_disjoint(&left->facts[i].range, &right->facts[k].range))
				return true;
	return false;
}

static bool event_equal(const struct summary_event *left, const struct summary_event *right)
{
	return left->api == right->api && left->effect == right->effect && left->failed == right->failed &&
	       term_equal(left->key, right->key);
}

static void add_status(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct builder *b = context;
	int64_t status;

	(void)rule;
	if (check->returns && unit_constant(a->unit, check->returns, &status) && status &&
	    b->status_count < MAX_STATUSES)
		b->statuses[b->status_count++] = status;
}

/* Is it surely a status that a rule judges callers by? Success is not among
 * them: most ways of most functions return it. */
static bool is_judged_status(const struct builder *b, const struct summary_outcome *outcome)
{
	int64_t value;
	int i;

	for (i = 0; range_is_exact(range_of_value(&outcome->value), &value) && i < b->status_count; i++)
		if ((int32_t)value == (int32_t)b->statuses[i])
			return true;
	return false;
}

static bool same_events(const struct summary_outcome *left, const struct summary_outcome *right)
{
	int i;

	if (left->event_count != right->event_count)
		return false;
	for (i = 0; i < left->event_count; i++)
		if (!event_equal(&left->events[i], &right->events[i]))
			return false;
	return true;
}

/* Callers need not know which of the two it was. */
static bool are_alike(const struct builder *b, const struct summary_outcome *left, const struct summary_outcome *right)
{
	return same_events(left, right) && is_judged_status(b, left) == is_judged_status(b, right);
}

/* ---- merging ------------------------------------------------------------------------ */

static struct value_range hull(struct value_range left, struct value_range right)
{
	struct range l = { left.low, left.high, left.nonzero }, r = { right.low, right.high, right.nonzero };

	return as_value_range(range_hull(l, r));
}

static const struct term_fact *find_fact(const struct summary_outcome *outcome, const struct term *term)
{
	int i;

	for (i = 0; i < outcome->fact_count; i++)
		if (term_equal(outcome->facts[i].term, term))
			return &outcome->facts[i];
	return NULL;
}

static void merge_facts(struct summary_outcome *target, const struct summary_outcome *other)
{
	int read, write = 0;

	for (read = 0; read < target->fact_count; read++) {
		const struct term_fact *match = find_fact(other, target->facts[read].term);

		if (!match)
			continue;
		target->facts[write] = target->facts[read];
		target->facts[write++].range = hull(target->facts[read].range, match->range);
	}
	target->fact_count = write;
}

static const struct summary_store *find_store(const struct summary_outcome *outcome, const struct term *address)
{
	int i;

	for (i = 0; i < outcome->store_count; i++)
		if (term_equal(outcome->stores[i].address, address))
			return &outcome->stores[i];
	return NULL;
}

/* What only one of them stores, or what they store differently, is unknown afterwards. */
static void merge_stores(struct summary_outcome *target, const struct summary_outcome *other)
{
	int i;

	for (i = 0; i < target->store_count; i++) {
		const struct summary_store *match = find_store(other, target->stores[i].address);

		if (!match || !term_equal(match->value, target->stores[i].value))
			target->stores[i].value = &unknown_value;
	}
	for (i = 0; i < other->store_count && target->store_count < MAX_SUMMARY_STORES; i++)
		if (!find_store(target, other->stores[i].address))
			target->stores[target->store_count++] = (struct summary_store){ other->stores[i].address,
											&unknown_value };
}

/* The ways stay apart while they are few. */
static void merge_variants(struct builder *b, struct summary_outcome *target, const struct summary_outcome *other)
{
	int count = target->variant_count + other->variant_count, i;
	struct summary_variant *variants;

	if (!target->variant_count || !other->variant_count || count > MAX_SUMMARY_VARIANTS) {
		target->variant_count = 0;
		return;
	}
	variants = ARENA_ARRAY(b->arena, struct summary_variant, (size_t)count);
	for (i = 0; i < count; i++)
		variants[i] = i < target->variant_count ? target->variants[i] :
							  other->variants[i - target->variant_count];
	target->variants = variants;
	target->variant_count = count;
}

static void merge_same(struct builder *b, struct summary_outcome *target, const struct summary_outcome *other)
{
	merge_variants(b, target, other);
	if (!target->result || !other->result || !term_equal(target->result, other->result))
		target->result = NULL;
	target->value = hull(target->value, other->value);
	merge_facts(target, other);
	merge_stores(target, other);
}

/* The events on one object, in order, equal in both? */
static bool treats_alike(const struct summary_outcome *left, const struct summary_outcome *right,
			 const struct rp_resource *resource, const struct term *key)
{
	int l = 0, r = 0;

	for (;;) {
		while (l < left->event_count &&
		       (left->events[l].effect->resource != resource || !term_equal(left->events[l].key, key)))
			l++;
		while (r < right->event_count &&
		       (right->events[r].effect->resource != resource || !term_equal(right->events[r].key, key)))
			r++;
		if (l == left->event_count || r == right->event_count)
			return l == left->event_count && r == right->event_count;
		if (!event_equal(&left->events[l++], &right->events[r++]))
			return false;
	}
}

static bool is_fresh_term(const struct term *term)
{
	return term->kind == TERM_FRESH || term->kind == TERM_RESULT;
}

static void doubt_differences(struct builder *b, const struct summary_outcome *from,
			      const struct summary_outcome *other)
{
	int i;

	for (i = 0; i < from->event_count; i++) {
		const struct summary_event *event = &from->events[i];

		if (!treats_alike(from, other, event->effect->resource, event->key) && !is_fresh_term(event->key))
			add_unsure(b, event->effect->resource, event->key);
	}
}

static void keep_common(struct summary_outcome *target, const struct summary_outcome *before,
			const struct summary_outcome *other)
{
	int read, write = 0;

	for (read = 0; read < before->event_count; read++) {
		const struct summary_event *event = &before->events[read];

		if (treats_alike(before, other, event->effect->resource, event->key))
			target->events[write++] = *event;
	}
	target->event_count = write;
}

static struct summary_outcome copy_events(struct builder *b, const struct summary_outcome *outcome)
{
	struct summary_outcome copy = *outcome;
	int i;

	copy.events = ARENA_ARRAY(b->arena, struct summary_event, (size_t)outcome->event_count + 1);
	for (i = 0; i < outcome->event_count; i++)
		copy.events[i] = outcome->events[i];
	return copy;
}

/* Nobody can tell which of the two happened. */
static void merge_ambiguous(struct builder *b, struct summary_outcome *target, const struct summary_outcome *other)
{
	struct summary_outcome before = copy_events(b, target);

	doubt_differences(b, &before, other);
	doubt_differences(b, other, &before);
	keep_common(target, &before, other);
	merge_same(b, target, other);
}

static void add_outcome(struct builder *b, const struct summary_outcome *outcome)
{
	int i;

	for (i = 0; i < b->outcome_count; i++) {
		if (are_alike(b, &b->outcomes[i], outcome)) {
			merge_same(b, &b->outcomes[i], outcome);
			return;
		}
	}
	ARENA_PUSH(b->arena, b->outcomes, b->outcome_count, b->outcome_capacity, *outcome);
}

static void remove_outcome(struct builder *b, int at)
{
	for (; at + 1 < b->outcome_count; at++)
		b->outcomes[at] = b->outcomes[at + 1];
	b->outcome_count--;
}

/* A part of a record, not what it leads to: an element of a list is found by those who walk the list. */
static bool is_part(const struct term *address)
{
	while (address && address->kind == TERM_FIELD)
		address = address->a;
	return address && address->kind != TERM_LOAD && address->kind != TERM_ELEMENT;
}

static bool is_stored_in_part(const struct summary_outcome *outcome, const struct term *object)
{
	int i;

	for (i = 0; i < outcome->store_count; i++)
		if (outcome->stores[i].value->kind == TERM_FRESH && term_equal(outcome->stores[i].value, object) &&
		    is_part(outcome->stores[i].address))
			return true;
	return false;
}

/* All that `from` does beyond `other` is to make memory, stored where callers find it. */
static bool only_makes_more(const struct summary_outcome *from, const struct summary_outcome *other)
{
	int i;

	for (i = 0; i < from->event_count; i++) {
		const struct summary_event *event = &from->events[i];

		if (!treats_alike(from, other, event->effect->resource, event->key) &&
		    !(event->effect->resource->is_memory && is_stored_in_part(from, event->key) &&
		      resource_event_acquires(event->effect->resource, event->effect->event)))
			return false;
	}
	return true;
}

/* A caller need not know whether the memory was made: that it may have been is enough
 * for who has to free it, and in the other case there is nothing to free. */
static bool differ_in_memory_made(const struct summary_outcome *left, const struct summary_outcome *right)
{
	return only_makes_more(left, right) && only_makes_more(right, left);
}

/* What only the status kept apart. */
static bool merge_same_pair(struct builder *b)
{
	int i, k;

	for (i = 0; i < b->outcome_count; i++) {
		for (k = i + 1; k < b->outcome_count; k++) {
			if (!same_events(&b->outcomes[i], &b->outcomes[k]))
				continue;
			merge_same(b, &b->outcomes[i], &b->outcomes[k]);
			remove_outcome(b, k);
			return true;
		}
	}
	return false;
}

static bool merge_one_pair(struct builder *b, bool any)
{
	int i, k;

	for (i = 0; i < b->outcome_count; i++) {
		for (k = i + 1; k < b->outcome_count; k++) {
			if (are_alike(b, &b->outcomes[i], &b->outcomes[k]) ||
			    (same_events(&b->outcomes[i], &b->outcomes[k]) &&
			     !can_be_told_apart(&b->outcomes[i], &b->outcomes[k])))
				merge_same(b, &b->outcomes[i], &b->outcomes[k]);
			else if (any || !(can_be_told_apart(&b->outcomes[i], &b->outcomes[k]) ||
					  differ_in_memory_made(&b->outcomes[i], &b->outcomes[k])))
				merge_ambiguous(b, &b->outcomes[i], &b->outcomes[k]);
			else
				continue;
			remove_outcome(b, k);
			return true;
		}
	}
	return false;
}

static void settle_outcomes(struct builder *b)
{
	while (merge_one_pair(b, false) ||
	       (b->outcome_count > MAX_SUMMARY_OUTCOMES && (merge_same_pair(b) || merge_one_pair(b, true))))
		;
}

/* ---- objects made -------------------------------------------------------------------- */

static bool names_unplaced(const struct term *term, const bool *placed)
{
	if (!term)
		return false;
	if (term->kind == TERM_FRESH)
		return term->value >= MAX_FRESH || !placed[term->value];
	return names_unplaced(term->a, placed) || names_unplaced(term->b, placed);
}

static bool place_fresh(const struct term *term, bool *placed)
{
	bool is_new;

	if (!term)
		return false;
	if (term->kind == TERM_FRESH && term->value < MAX_FRESH) {
		is_new = !placed[term->value];
		placed[term->value] = true;
		return is_new;
	}
	is_new = place_fresh(term->a, placed);
	return place_fresh(term->b, placed) || is_new;
}

/* An object that callers cannot find (stored where merged ways differ) is somebody else's. */
static void drop_unplaced(struct summary_outcome *outcome)
{
	bool placed[MAX_FRESH] = { false }, changed = true;
	int i, write = 0;

	place_fresh(outcome->result, placed);
	while (changed) {
		changed = false;
		for (i = 0; i < outcome->store_count; i++)
			if (!names_unplaced(outcome->stores[i].address, placed))
				changed = place_fresh(outcome->stores[i].value, placed) || changed;
	}
	for (i = 0; i < outcome->event_count; i++)
		if (!names_unplaced(outcome->events[i].key, placed))
			outcome->events[write++] = outcome->events[i];
	outcome->event_count = write;
}

static void read_clobbers(struct builder *b)
{
	const struct flow_state *state = b->record->state;
	struct function_summary *summary = b->summary;
	size_t i;
	int k;

	for (i = 0; i < state->clobber_count; i++) {
		for (k = 0; k < summary->clobber_count && summary->clobbers[k] != state->clobbers[i].tag; k++)
			;
		if (k == summary->clobber_count)
			ARENA_PUSH(b->arena, summary->clobbers, summary->clobber_count, b->clobber_capacity,
				   state->clobbers[i].tag);
	}
}

/* ---- the summary -------------------------------------------------------------------- */

static bool was_forced(const struct analysis *a)
{
	int i;

	for (i = 0; i < a->cfg->block_count; i++)
		if (a->blocks[i].was_forced)
			return true;
	return false;
}

struct function_summary *summarize(struct analysis *a)
{
	struct arena *arena = a->engine->module_arena;
	struct function_summary *summary = ARENA_NEW(arena, struct function_summary);
	struct builder b = { .a = a, .arena = arena, .summary = summary };
	size_t i;
	int k;

	emit_each_enabled(a, RP_CHECK_RETURN, add_status, &b);
	summary->function = a->function;
	summary->is_valid = !a->is_over_budget && !a->function->is_incomplete && !was_forced(a);
	for (i = 0; i < a->exit_count && summary->is_valid; i++) {
		struct summary_outcome outcome;

		b.record = &a->exits[i];
		outcome = read_exit(&b);
		read_clobbers(&b);
		add_outcome(&b, &outcome);
	}
	for (i = 0; i < a->opaque_count; i++)
		add_opaque(&b, a->opaque[i]);
	settle_outcomes(&b);
	for (k = 0; k < b.outcome_count; k++)
		drop_unplaced(&b.outcomes[k]);
	summary->outcomes = b.outcomes;
	summary->outcome_count = b.outcome_count;
	summary->demands = a->needs.demands;
	summary->demand_count = (int)a->needs.demand_count;
	summary->lock_uses = a->needs.lock_uses;
	summary->lock_use_count = (int)a->needs.lock_use_count;
	summary->wait_uses = a->needs.wait_uses;
	summary->wait_use_count = (int)a->needs.wait_use_count;
	summary->touches = a->needs.touches;
	summary->touch_count = (int)a->needs.touch_count;
	summary->user_needs = a->needs.user_needs;
	summary->user_need_count = (int)a->needs.user_need_count;
	bound_summarize(a, summary);
	return summary;
}

/* States of a path: what memory holds, what is known of the values, and the
 * typestate of objects. The join follows property simulation: states are only
 * joined when their typestate vectors are equal; values that differ become
 * merge symbols, which loses knowledge and so errs towards silence. */
#include "engine_int.h"

#include <string.h>

struct flow_state *state_create(struct analysis *a)
{
	return ARENA_NEW(a->arena, struct flow_state);
}

static void *copy_array(struct analysis *a, const void *items, size_t count, size_t size)
{
	return count ? arena_grow(a->arena, items, count * size, count * size) : NULL;
}

struct flow_state *state_clone(struct analysis *a, const struct flow_state *state)
{
	struct flow_state *copy = ARENA_NEW(a->arena, struct flow_state);

	*copy = *state;
	copy->bindings = copy_array(a, state->bindings, state->binding_count, sizeof(*state->bindings));
	copy->binding_capacity = state->binding_count;
	copy->facts = copy_array(a, state->facts, state->fact_count, sizeof(*state->facts));
	copy->fact_capacity = state->fact_count;
	copy->entries = copy_array(a, state->entries, state->entry_count, sizeof(*state->entries));
	copy->entry_capacity = state->entry_count;
	copy->pendings = copy_array(a, state->pendings, state->pending_count, sizeof(*state->pendings));
	copy->pending_capacity = state->pending_count;
	copy->clobbers = copy_array(a, state->clobbers, state->clobber_count, sizeof(*state->clobbers));
	copy->clobber_capacity = state->clobber_count;
	copy->bounds = copy_array(a, state->bounds, state->bound_count, sizeof(*state->bounds));
	copy->bound_capacity = state->bound_count;
	return copy;
}

/* ---- bindings: sorted by region id ------------------------------------- */

static size_t binding_position(const struct flow_state *state, const struct region *region)
{
	size_t low = 0, high = state->binding_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (state->bindings[middle].region->id < region->id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct binding *state_binding(const struct flow_state *state, const struct region *region)
{
	size_t at = binding_position(state, region);

	return at < state->binding_count && state->bindings[at].region == region ? &state->bindings[at] : NULL;
}

static void binding_set(struct analysis *a, struct flow_state *state, struct binding binding)
{
	size_t at = binding_position(state, binding.region);

	if (at < state->binding_count && state->bindings[at].region == binding.region) {
		state->bindings[at] = binding;
		return;
	}
	ARENA_PUSH(a->arena, state->bindings, state->binding_count, state->binding_capacity, binding);
	memmove(&state->bindings[at + 1], &state->bindings[at],
		(state->binding_count - 1 - at) * sizeof(*state->bindings));
	state->bindings[at] = binding;
}

/* The same part of another object: `f.g` of what `from` holds a copy of. */
static const struct region *part_of_original(struct analysis *a, const struct region *region, const struct region *from,
					     const struct region *original)
{
	const struct region *base = region == from ? original : part_of_original(a, region->base, from, original);

	if (region == from)
		return base;
	return region->kind == REGION_FIELD ? region_field(a, base, region->field, region->type) :
					      region_element(a, base, region->index, region->type);
}

/* Value of a part of memory whose whole, `outer`, has the given default. */
static const struct sym *default_part(struct analysis *a, const struct sym *whole, const struct region *outer,
				      const struct region *region, const struct ir_type *type)
{
	if (whole->kind == SYM_INT || whole->kind == SYM_UNINIT)
		return whole;
	/* A record that was copied: what was tested in the original is known of the copy. */
	if (whole->kind == SYM_HAVOC && whole->is_from_user && whole->b != outer)
		region = part_of_original(a, region, outer, whole->b);
	return sym_make(a, SYM_PART, 0, whole, region, type);
}

static bool has_tag(const struct region *region, const char *tag)
{
	return region && region->type && region->type->kind == IR_TYPE_RECORD && region->type->tag == tag;
}

static const void *clobbered_since(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->clobber_count; i++)
		if (has_tag(region->base, state->clobbers[i].tag))
			return state->clobbers[i].since;
	/* A pointee's own type is known from its fields only. */
	return NULL;
}

const struct sym *state_load(struct analysis *a, const struct flow_state *state, const struct region *region,
			     const struct ir_type *type)
{
	const struct binding *binding = state_binding(state, region);
	const struct region *outer;

	if (binding)
		return binding->value;
	for (outer = region->base; outer; outer = outer->base) {
		binding = state_binding(state, outer);
		if (binding)
			return default_part(a, binding->value, outer, region, type);
	}
	return sym_make(a, SYM_INITIAL, 0, region, clobbered_since(state, region), type);
}

void state_clobber(struct analysis *a, struct flow_state *state, const char *tag, const void *since)
{
	struct clobber clobber = { tag, since };
	size_t i, write = 0;

	/* Bindings of such records are as doubtful as what was never read. */
	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;

		if (region_is_local(region) || !has_tag(region->base, tag))
			state->bindings[write++] = state->bindings[i];
	}
	state->binding_count = write;
	for (i = 0; i < state->clobber_count; i++) {
		if (state->clobbers[i].tag == tag) {
			state->clobbers[i].since = since;
			return;
		}
	}
	ARENA_PUSH(a->arena, state->clobbers, state->clobber_count, state->clobber_capacity, clobber);
}

void state_forget_region(struct flow_state *state, const struct region *region)
{
	size_t read, write = 0;

	for (read = 0; read < state->binding_count; read++)
		if (!region_is_within(state->bindings[read].region, region))
			state->bindings[write++] = state->bindings[read];
	state->binding_count = write;
}

/* A store through an unknown index may hit any element: forget its siblings. */
static void forget_siblings(struct flow_state *state, const struct region *region)
{
	size_t read, write = 0;

	for (read = 0; read < state->binding_count; read++) {
		const struct region *other = state->bindings[read].region;

		if (other == region || other->kind != REGION_ELEMENT || other->base != region->base)
			state->bindings[write++] = state->bindings[read];
	}
	state->binding_count = write;
}

void state_store(struct analysis *a, struct flow_state *state, const struct region *region, const struct sym *value)
{
	if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT) {
		const struct binding *whole = state_binding(state, region->base);

		forget_siblings(state, region);
		/* A loop over the index is taken to initialise the whole array; of a zeroed one any element may be set. */
		if (whole && (whole->value->kind == SYM_UNINIT || whole->value->kind == SYM_INT))
			binding_set(a, state,
				    (struct binding){ region->base,
						      sym_make(a, SYM_HAVOC, 0, a->insn, region->base, NULL), true });
	}
	state_forget_region(state, region);
	binding_set(a, state, (struct binding){ region, value, false });
}

void state_store_default(struct analysis *a, struct flow_state *state, const struct region *region,
			 const struct sym *value)
{
	state_forget_region(state, region);
	binding_set(a, state, (struct binding){ region, value, true });
}

/* ---- entries: sorted by resource name and key id --------------------------- */

static int entry_compare(const struct rp_resource *resource, const struct sym *key, const struct entry *entry)
{
	if (resource != entry->resource) {
		if (!resource || !entry->resource)
			return resource ? 1 : -1;
		return strcmp(resource->name, entry->resource->name);
	}
	return key->id < entry->key->id ? -1 : key->id > entry->key->id;
}

static size_t entry_position(const struct flow_state *state, const struct rp_resource *resource, const struct sym *key)
{
	size_t at = 0;

	while (at < state->entry_count && entry_compare(resource, key, &state->entries[at]) > 0)
		at++;
	return at;
}

struct entry *state_entry(const struct flow_state *state, const struct rp_resource *resource, const struct sym *key)
{
	size_t at = entry_position(state, resource, key);

	if (at < state->entry_count && entry_compare(resource, key, &state->entries[at]) == 0)
		return &state->entries[at];
	return NULL;
}

struct entry *state_entry_add(struct analysis *a, struct flow_state *state, const struct rp_resource *resource,
			      const struct sym *key)
{
	size_t at = entry_position(state, resource, key);
	struct entry fresh = { .resource = resource,
			       .key = key,
			       .level = RP_IRQL_UNSAID,
			       .irql_before = RP_IRQL_UNSAID,
			       .irql_before_max = RP_IRQL_UNSAID };

	if (at < state->entry_count && entry_compare(resource, key, &state->entries[at]) == 0) {
		state->entries[at] = fresh;
		return &state->entries[at];
	}
	ARENA_PUSH(a->arena, state->entries, state->entry_count, state->entry_capacity, fresh);
	memmove(&state->entries[at + 1], &state->entries[at], (state->entry_count - 1 - at) * sizeof(*state->entries));
	state->entries[at] = fresh;
	return &state->entries[at];
}

void state_entry_remove(struct flow_state *state, const struct entry *entry)
{
	size_t at = (size_t)(entry - state->entries);

	memmove(&state->entries[at], &state->entries[at + 1], (state->entry_count - at - 1) * sizeof(*state->entries));
	state->entry_count--;
}

static void state_forget_fact(struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->fact_count; i++) {
		if (state->facts[i].sym == sym) {
			state->facts[i] = state->facts[--state->fact_count];
			return;
		}
	}
}

/* ---- stale symbols ------------------------------------------------------------ */

/* What the region held in an earlier round; its range is still known. */
static const struct sym *stale_of(struct analysis *a, const struct binding *binding)
{
	return sym_make(a, SYM_STALE, 0, a->insn, binding->region, binding->value->type);
}

static void refresh_entries(struct flow_state *state, const struct sym *sym)
{
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++) {
		struct entry *entry = &state->entries[read];

		if (sym_contains(entry->key, sym)) {
			state->has_lost_objects = state->has_lost_objects || entry->resource;
			continue;
		}
		if (entry->token && sym_contains(entry->token, sym))
			entry_doubt(entry);
		if (entry->remembered && sym_contains(entry->remembered, sym))
			entry->remembered = NULL;
		state->entries[write++] = *entry;
	}
	state->entry_count = write;
}

void state_refresh_sym(struct analysis *a, struct flow_state *state, const struct sym *sym)
{
	size_t read, write = 0, stale_count = 0, i;
	struct fact *stale = NULL;

	for (read = 0; read < state->binding_count; read++) {
		struct binding binding = state->bindings[read];

		if (region_contains_sym(binding.region, sym)) {
			/* What hangs on an object of an earlier round is out of sight with it. */
			escape_value(a, state, binding.value, ESCAPE_PASSED);
			continue;
		}
		if (sym_contains(binding.value, sym)) {
			struct fact fact = { stale_of(a, &binding), range_of(state, binding.value) };

			if (!stale)
				stale = ARENA_ARRAY(a->arena, struct fact, state->binding_count);
			stale[stale_count++] = fact;
			binding.value = fact.sym;
		}
		state->bindings[write++] = binding;
	}
	state->binding_count = write;
	write = 0;
	for (read = 0; read < state->fact_count; read++)
		if (!sym_contains(state->facts[read].sym, sym))
			state->facts[write++] = state->facts[read];
	state->fact_count = write;
	for (i = 0; i < stale_count; i++) {
		state_forget_fact(state, stale[i].sym);
		state_constrain(a, state, stale[i].sym, stale[i].range);
	}
	if (state->irql && sym_contains(state->irql, sym))
		state->irql = NULL;
	bound_forget(state, sym);
	refresh_entries(state, sym);
}

/* ---- collection ------------------------------------------------------------------ */

bool state_refers_to(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (sym_contains(state->bindings[i].value, sym))
			return true;
	return false;
}

static void collect_bindings(struct flow_state *state, const struct bitset *live)
{
	size_t read, write = 0;

	for (read = 0; read < state->binding_count; read++) {
		const struct region *root = region_root(state->bindings[read].region);

		if (root->kind == REGION_VAR && region_is_local(root) && root->var->id >= 0 &&
		    (size_t)root->var->id < live->bits && !bitset_test(live, (size_t)root->var->id))
			continue;
		state->bindings[write++] = state->bindings[read];
	}
	state->binding_count = write;
}

/* is_last: nothing but the function's end lies ahead, which asks what has become of memory. */
static bool entry_is_dead(const struct flow_state *state, const struct entry *entry, bool is_last)
{
	if (!entry->resource)
		return !state_refers_to(state, entry->key);
	if (is_last && entry->acquired && entry->state >= 0)
		return false;
	if (entry->resource->is_memory && (!entry->resource->states[entry->state].is_held || entry->is_escaped))
		return !state_refers_to(state, sym_base_pointer(entry->key)) && entry->key->kind != SYM_INITIAL;
	return false;
}

/* The result of a call that something held was given to: whether it failed says whose that is. */
static bool is_outcome_of_giving(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->entry_count && sym->kind == SYM_CALL; i++)
		if (given_knows_call(&state->entries[i], sym->a))
			return true;
	return false;
}

void state_collect(struct flow_state *state, const struct bitset *live, bool is_last)
{
	size_t read, write = 0;

	collect_bindings(state, live);
	for (read = 0; read < state->entry_count; read++)
		if (!entry_is_dead(state, &state->entries[read], is_last))
			state->entries[write++] = state->entries[read];
	state->entry_count = write;
	write = 0;
	for (read = 0; read < state->fact_count; read++) {
		const struct sym *sym = state->facts[read].sym;

		if ((sym_is_conjured(sym) || sym->kind == SYM_MERGE) && !state_refers_to(state, sym) &&
		    !state_entry(state, NULL, sym) && sym != state->irql && sym != state->context &&
		    !is_outcome_of_giving(state, sym))
			continue;
		state->facts[write++] = state->facts[read];
	}
	state->fact_count = write;
}

void state_coarsen(struct flow_state *state)
{
	size_t read, write = 0;

	for (read = 0; read < state->entry_count; read++) {
		const struct entry *entry = &state->entries[read];

		/* What the caller holds again when it is retaken. */
		bool is_callers = entry->resource && entry->was_held_on_entry && !entry->resource->is_memory;

		if (is_callers || (entry->resource && entry->resource->states[entry->state].is_held))
			state->entries[write++] = *entry;
	}
	state->has_lost_objects = state->has_lost_objects || write < state->entry_count;
	state->entry_count = write;
}

/* ---- join --------------------------------------------------------------------------- */

/* Known numbers (a status, a tag) stay apart; of other values that differ, such
 * as the address of the next buffer, nothing is remembered after the join. */
static bool remembers_other_number(const struct entry *left, const struct entry *right)
{
	return left->remembered != right->remembered && left->remembered && right->remembered &&
	       left->remembered->kind == SYM_INT && right->remembered->kind == SYM_INT;
}

static bool entry_same(const struct entry *left, const struct entry *right)
{
	return left->resource == right->resource && left->key == right->key && left->state == right->state &&
	       left->count == right->count && left->mode == right->mode && left->token == right->token &&
	       left->was_held_on_entry == right->was_held_on_entry && left->is_escaped == right->is_escaped &&
	       left->is_failed == right->is_failed && left->level == right->level &&
	       !remembers_other_number(left, right);
}

/* Selector variables (ways out of a __finally) belong to the vector. */
static bool same_selectors(const struct flow_state *left, const struct flow_state *right)
{
	size_t i;

	for (i = 0; i < left->binding_count; i++) {
		const struct region *region = left->bindings[i].region;
		const struct binding *other;

		if (region->kind != REGION_VAR || region->var->kind != IR_VAR_SELECTOR)
			continue;
		other = state_binding(right, region);
		if (other && other->value != left->bindings[i].value)
			return false;
	}
	return true;
}

bool state_same_vector(const struct flow_state *left, const struct flow_state *right)
{
	size_t i;

	if (left->entry_count != right->entry_count || left->pending_count != right->pending_count)
		return false;
	for (i = 0; i < left->entry_count; i++)
		if (!entry_same(&left->entries[i], &right->entries[i]))
			return false;
	for (i = 0; i < left->pending_count; i++)
		if (left->pendings[i].insn != right->pendings[i].insn)
			return false;
	return same_selectors(left, right);
}

/* Remembers merge symbols and the range each gets from the two sides. */
struct merge_note {
	const struct sym *sym;
	struct range range;
	bool was_bound; /* the target held the merge symbol already */
};

struct join {
	struct analysis *a;
	struct flow_state *target, *incoming;
	int block;
	struct binding *bindings;
	size_t binding_count, binding_capacity;
	struct merge_note *merges;
	size_t merge_count, merge_capacity;
	bool changed;
};

static bool same_object(const struct sym *left, const struct sym *right)
{
	const struct sym *base = sym_base_pointer(left);

	return base == sym_base_pointer(right) && base->kind == SYM_CALL;
}

static void join_value(struct join *join, struct binding left, struct binding right)
{
	struct analysis *a = join->a;
	struct binding result = left;

	if (left.value != right.value && same_object(left.value, right.value)) {
		/* p on one way, p + offset on the other: still inside the same object. */
	} else if (left.value != right.value) {
		/* What is merged away cannot be followed to its release. */
		escape_value(a, join->target, left.value, ESCAPE_PASSED);
		escape_value(a, join->target, right.value, ESCAPE_PASSED);
		const struct sym *merge = sym_make(a, SYM_MERGE, join->block, left.region, NULL,
						   left.value->type ? left.value->type : right.value->type);
		struct merge_note note = {
			merge, range_hull(range_of(join->target, left.value), range_of(join->incoming, right.value)),
			left.value == merge
		};

		bound_merge(a, join->target, join->incoming, merge, left.value, right.value);
		if (left.value != merge)
			join->changed = true;
		result.value = merge;
		result.is_default = left.is_default || right.is_default;
		ARENA_PUSH(a->arena, join->merges, join->merge_count, join->merge_capacity, note);
	}
	ARENA_PUSH(a->arena, join->bindings, join->binding_count, join->binding_capacity, result);
}

static void join_bindings(struct join *join)
{
	struct flow_state *left = join->target, *right = join->incoming;
	size_t l = 0, r = 0;

	while (l < left->binding_count || r < right->binding_count) {
		struct binding from_left, from_right;

		if (r == right->binding_count ||
		    (l < left->binding_count && left->bindings[l].region->id < right->bindings[r].region->id)) {
			from_left = left->bindings[l++];
			from_right = from_left;
			from_right.value = state_load(join->a, right, from_left.region, from_left.value->type);
		} else if (l == left->binding_count || left->bindings[l].region->id > right->bindings[r].region->id) {
			from_right = right->bindings[r++];
			from_left = from_right;
			from_left.value = state_load(join->a, left, from_right.region, from_right.value->type);
			if (from_left.value == from_right.value)
				continue;
			join->changed = true;
		} else {
			from_left = left->bindings[l++];
			from_right = right->bindings[r++];
		}
		join_value(join, from_left, from_right);
	}
}

static bool range_same(struct range left, struct range right)
{
	return left.low == right.low && left.high == right.high && left.nonzero == right.nonzero;
}

static const struct merge_note *find_merge(const struct join *join, const struct sym *sym)
{
	size_t i;

	for (i = 0; sym->kind == SYM_MERGE && i < join->merge_count; i++)
		if (join->merges[i].sym == sym)
			return &join->merges[i];
	return NULL;
}

/* Facts of the target that the incoming state does not share are weakened;
 * the range of a merge symbol is the hull of the values it merges. */
static void weaken_facts(struct join *join, bool widen)
{
	struct flow_state *left = join->target;
	size_t read, write = 0;

	for (read = 0; read < left->fact_count; read++) {
		struct fact fact = left->facts[read];
		const struct merge_note *merge = find_merge(join, fact.sym);
		struct range hull = merge ? merge->range : range_hull(fact.range, range_of(join->incoming, fact.sym));

		if (!range_same(hull, fact.range)) {
			join->changed = true;
			/* Only the bound that still moves is given up. */
			if (widen && hull.low < fact.range.low)
				hull.low = RANGE_LOWEST;
			if (widen && hull.high > fact.range.high)
				hull.high = RANGE_HIGHEST;
			fact.range = hull;
		}
		left->facts[write++] = fact;
	}
	left->fact_count = write;
}

static void join_facts(struct join *join, bool widen)
{
	size_t i;

	weaken_facts(join, widen);
	for (i = 0; i < join->merge_count && !widen; i++)
		if (!join->merges[i].was_bound)
			state_constrain(join->a, join->target, join->merges[i].sym, join->merges[i].range);
}

/* A merge symbol of this block that is bound to something else on the way
 * round the loop means the value of an earlier iteration now. */
static void make_stale(struct join *join)
{
	struct flow_state *incoming = join->incoming;
	size_t i, count = 0;
	const struct sym **stale = ARENA_ARRAY(join->a->arena, const struct sym *, incoming->binding_count + 1);

	for (i = 0; i < incoming->binding_count; i++) {
		const struct region *region = incoming->bindings[i].region;
		const struct sym *merge = sym_find(join->a, SYM_MERGE, join->block, region, NULL);

		if (merge && incoming->bindings[i].value != merge)
			stale[count++] = merge;
	}
	for (i = 0; i < count; i++)
		state_refresh_sym(join->a, incoming, stale[i]);
}

/* Clobbered at different steps on the two ways: since this join, then. */
static void join_clobbers(struct join *join)
{
	const void *here = join->a->cfg->blocks[join->block];
	struct flow_state *left = join->target, *right = join->incoming;
	size_t l, r;

	for (r = 0; r < right->clobber_count; r++) {
		for (l = 0; l < left->clobber_count && left->clobbers[l].tag != right->clobbers[r].tag; l++)
			;
		if (l < left->clobber_count &&
		    (left->clobbers[l].since == right->clobbers[r].since || left->clobbers[l].since == here))
			continue;
		state_clobber(join->a, left, right->clobbers[r].tag, here);
		join->changed = true;
	}
	for (l = 0; l < left->clobber_count; l++) {
		for (r = 0; r < right->clobber_count && left->clobbers[l].tag != right->clobbers[r].tag; r++)
			;
		if (r == right->clobber_count && left->clobbers[l].since != here) {
			state_clobber(join->a, left, left->clobbers[l].tag, here);
			join->changed = true;
		}
	}
}

void entry_doubt(struct entry *entry)
{
	entry->is_doubtful = true;
	entry->is_presumed = false;
}

/* The stronger doubt of the two; true: it became stronger. */
static bool join_doubt(struct entry *target, const struct entry *incoming)
{
	if (!incoming->is_doubtful || (target->is_doubtful && (!target->is_presumed || incoming->is_presumed)))
		return false;
	target->is_doubtful = true;
	target->is_presumed = incoming->is_presumed;
	return true;
}

bool state_join(struct analysis *a, struct flow_state *target, struct flow_state *incoming, int block, bool widen)
{
	struct join join = { .a = a, .target = target, .incoming = incoming, .block = block };
	size_t i;

	told_join(a, target, incoming, block);
	join_clobbers(&join);
	log_join(a, target, incoming);
	if (target->context != incoming->context)
		target->context = NULL;
	if (incoming->has_lost_objects && !target->has_lost_objects)
		target->has_lost_objects = join.changed = true;
	if (incoming->is_irql_lost && !target->is_irql_lost)
		target->is_irql_lost = join.changed = true;

	join.changed = bound_join(a, target, incoming) || join.changed;
	join_bindings(&join);
	/* Facts of merge symbols of earlier joins are widened with the rest. */
	join_facts(&join, widen);
	target->bindings = join.bindings;
	target->binding_count = join.binding_count;
	target->binding_capacity = join.binding_capacity;
	if (target->irql && target->irql != incoming->irql) {
		target->irql = NULL;
		join.changed = true;
	}
	for (i = 0; i < target->entry_count; i++) {
		if (!target->entries[i].remembered || target->entries[i].remembered == incoming->entries[i].remembered)
			continue;
		target->entries[i].remembered = NULL;
		join.changed = true;
	}
	for (i = 0; i < target->entry_count; i++)
		join.changed = join_doubt(&target->entries[i], &incoming->entries[i]) || join.changed;
	for (i = 0; i < target->entry_count; i++)
		if (incoming->entries[i].is_kept && !target->entries[i].is_kept)
			target->entries[i].is_kept = join.changed = true;
	for (i = 0; i < target->entry_count; i++)
		join.changed = given_join(a, &target->entries[i], &incoming->entries[i]) || join.changed;
	for (i = 0; i < target->entry_count; i++)
		if (incoming->entries[i].is_handed && !target->entries[i].is_handed)
			target->entries[i].is_handed = join.changed = true;
	for (i = 0; i < target->entry_count; i++)
		if (incoming->entries[i].is_reported && !target->entries[i].is_reported)
			target->entries[i].is_reported = join.changed = true;
	return join.changed;
}

static bool is_loop_invariant(const struct flow_state *state, const struct sym *key);

static bool has_variable_index(const struct region *region)
{
	for (; region; region = region->base)
		if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT)
			return true;
	return false;
}

/* A computed index (count - 1) is the same next round if a variable still has it; else it was that of a counter. */
static bool is_fixed_index(const struct flow_state *state, const struct sym *index)
{
	size_t i;

	if (index->kind == SYM_INDEX || !is_loop_invariant(state, index))
		return false;
	if (index->kind != SYM_BINARY && index->kind != SYM_UNARY)
		return true;
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value == index)
			return true;
	return false;
}

/* Does the region lie in an element whose index may be another one next round? */
static bool has_moving_element(const struct flow_state *state, const struct region *region)
{
	for (; region; region = region->base) {
		if (region->kind == REGION_ELEMENT && region->index->kind != SYM_INT &&
		    !is_fixed_index(state, region->index))
			return true;
		if (region->kind == REGION_POINTEE) {
			const struct sym *pointer = sym_base_pointer(region->pointer);

			return (pointer->kind == SYM_ADDRESS || pointer->kind == SYM_INITIAL) &&
			       has_moving_element(state, pointer->a);
		}
	}
	return false;
}

static bool is_unwritten(const struct flow_state *state, const struct region *region)
{
	const struct region *root = region_root(region);
	int hops = 0;

	while (!state_binding(state, region)) {
		if (root->kind == REGION_VAR)
			return !state_binding(state, root);
		/* One hop is a field of a parameter; more are steps along a list. */
		if (root->pointer->kind != SYM_INITIAL || hops++ > 0)
			return false;
		region = root->pointer->a;
		root = region_root(region);
	}
	return false;
}

/* Is the object still named by the same variable as before the loop's next
 * round, so that the next round means the same one? */
static bool is_loop_invariant(const struct flow_state *state, const struct sym *key)
{
	const struct sym *object;
	size_t i;

	if (key->kind == SYM_UNARY)
		return is_loop_invariant(state, key->a);
	if (key->kind == SYM_BINARY || key->kind == SYM_TUPLE)
		return is_loop_invariant(state, key->a) && is_loop_invariant(state, key->b);
	object = sym_object_pointer(key);
	if ((key->kind == SYM_ADDRESS || key->kind == SYM_INITIAL) && has_moving_element(state, key->a))
		return false; /* which element is a matter of an index that moves on */
	if (!object || object->kind == SYM_INT)
		return true;
	if (object->kind == SYM_INITIAL && !object->b) {
		const struct region *region = object->a;

		/* A variable that was never written, or a field of what one points to
		 * that has not been written either: `dev->queue`. */
		if (is_unwritten(state, region))
			return true;
	}
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value == object && !has_variable_index(state->bindings[i].region))
			return true;
	return false;
}

/* Made in this round of the loop and no memory: the next round makes another
 * one, and what becomes of this one is the business of a loop over all. */
static bool is_of_this_round(const struct analysis *a, const struct entry *entry, int block)
{
	const struct cfg_block *head = a->cfg->blocks[block];
	enum sym_kind kind = entry->key->kind;

	return !entry->resource->is_memory && (kind == SYM_CALL || kind == SYM_OUTPUT) && entry->acquired &&
	       head->insn_count > 0 && a->insn && entry->acquired->index >= head->insns[0]->index &&
	       entry->acquired->index <= a->insn->index;
}

void state_enter_loop(struct analysis *a, struct flow_state *incoming, int block)
{
	struct join join = { .a = a, .incoming = incoming, .block = block };
	size_t read, write = 0;

	make_stale(&join);
	/* Objects of this round only: the next round's are others. What is lost is
	 * a lock of one element that the round forgot to release. */
	for (read = 0; read < incoming->entry_count; read++) {
		const struct entry *entry = &incoming->entries[read];

		if (!entry->resource ||
		    (is_loop_invariant(incoming, entry->key) && !is_of_this_round(a, entry, block)) ||
		    (entry->resource->is_memory && !entry->is_foreign && entry->resource->states[entry->state].is_held))
			incoming->entries[write++] = *entry;
	}
	incoming->has_lost_objects = incoming->has_lost_objects || write < incoming->entry_count;
	incoming->entry_count = write;
}

void state_print(FILE *out, struct arena *arena, const struct flow_state *state)
{
	size_t i;

	(void)arena;
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource)
			fprintf(out, "    %s %s: %s%s%s\n", entry->resource->name, entry->object ? entry->object : "?",
				entry->resource->states[entry->state].name, entry->mode ? " mode " : "",
				entry->mode ? entry->mode : "");
		else
			fprintf(out, "    result of %s: %s\n", entry->object ? entry->object : "call",
				entry->state ? "failure" : "success");
	}
	fprintf(out, "    %zu bindings, %zu facts\n", state->binding_count, state->fact_count);
}

/* Where a function, or those that call it, may release what it has acquired. */
#include "exit_int.h"
#include "module_int.h"

#include <string.h>

/* Does a way lead from one block to the other? */
bool leads_to_block(const struct analysis *a, const struct cfg_block *from, const struct cfg_block *to)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *todo = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1), count = 0, i;

	todo[count++] = from->id;
	while (count > 0) {
		const struct cfg_block *block = a->cfg->blocks[todo[--count]];

		if (block == to)
			return true;
		for (i = 0; i < block->out_count; i++) {
			int next = block->out[i]->to;

			if (bitset_test(&seen, (size_t)next))
				continue;
			bitset_set(&seen, (size_t)next);
			todo[count++] = next;
		}
	}
	return false;
}

const struct cfg_block *block_of(const struct analysis *a, const struct ir_insn *insn)
{
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (a->cfg->blocks[b]->insns[i] == insn)
				return a->cfg->blocks[b];
	return NULL;
}

bool is_taken_in_loop(const struct analysis *a, const struct entry *entry)
{
	const struct cfg_block *block = entry->acquired ? block_of(a, entry->acquired) : NULL;

	return block && bitset_test(&a->loop_blocks, (size_t)block->id);
}

bool is_released_here(const struct analysis *a, const struct entry *entry)
{
	int i;

	/* Flow-insensitively: some release of an object with this name. */
	for (i = 0; i < entry->resource->event_count; i++) {
		if (resource_event_releases(entry->resource, i) &&
		    effects_may_cause(a->effects, a->function, entry->resource, i, entry->object))
			return true;
	}
	return false;
}

bool insn_releases(const struct analysis *a, const struct ir_insn *insn, const struct rp_resource *resource)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
	int i;

	if (insn->kind != IR_CALL)
		return false;
	for (i = 0; api && i < api->effect_count; i++)
		if (api->effects[i].resource == resource && resource_event_releases(resource, api->effects[i].event))
			return true;
	for (i = 0; !api && insn->call.callee && i < resource->event_count; i++)
		if (resource_event_releases(resource, i) &&
		    effects_may_cause(a->effects, insn->call.callee, resource, i, NULL))
			return true;
	return false;
}

const struct rp_effect *insn_effect_on(struct analysis *a, const struct ir_insn *insn, const struct entry *entry)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
	int i;

	for (i = 0; api && i < api->effect_count; i++) {
		const struct rp_effect *effect = &api->effects[i];

		if (effect->resource == entry->resource && effect->object == RP_OBJECT_PARAM &&
		    effect->params[0] < insn->call.arg_count &&
		    strcmp(object_text(a, insn->call.args[effect->params[0]]), entry->object) == 0)
			return effect;
	}
	return NULL;
}

bool insn_releases_object(struct analysis *a, const struct ir_insn *insn, const struct entry *entry)
{
	const struct rp_effect *effect = insn_effect_on(a, insn, entry);

	return effect && resource_event_releases(effect->resource, effect->event);
}

/* Of the kernel, without facts: it might do anything, but is not there to clean up. */
static bool is_kernels_own(const struct analysis *a, const struct ir_insn *insn)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

	return callee && !callee->has_body && !callee->in_user_file && !origin_api(a, &site);
}

typedef bool is_wanted(struct analysis *a, const struct ir_insn *insn, const void *context);

/* Does any way lead from the instruction of this number in the block to one that is wanted? */
static bool is_ahead(struct analysis *a, int start, int from, is_wanted *wanted, const void *context)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *queue = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1);
	int head = 0, tail = 0, i;

	queue[tail++] = start;
	while (head < tail) {
		const struct cfg_block *block = a->cfg->blocks[queue[head++]];

		for (i = from; i < block->insn_count; i++)
			if (wanted(a, block->insns[i], context))
				return true;
		for (i = 0, from = 0; i < block->out_count; i++) {
			int to = block->out[i]->to;

			if (!bitset_test(&seen, (size_t)to)) {
				bitset_set(&seen, (size_t)to);
				queue[tail++] = to;
			}
		}
	}
	return false;
}

static bool is_ahead_of(struct analysis *a, const struct ir_insn *insn, is_wanted *wanted, const void *context)
{
	const struct cfg_block *block = insn ? block_of(a, insn) : NULL;
	int i = 0;

	while (block && block->insns[i] != insn)
		i++;
	return block && is_ahead(a, block->id, i + 1, wanted, context);
}

static bool possibly_releases_kind(struct analysis *a, const struct ir_insn *insn, const void *resource)
{
	return insn_releases(a, insn, resource);
}

static bool releases_kind(struct analysis *a, const struct ir_insn *insn, const void *resource)
{
	return insn_releases(a, insn, resource) && !is_kernels_own(a, insn);
}

static bool releases_object(struct analysis *a, const struct ir_insn *insn, const void *entry)
{
	return insn_releases_object(a, insn, entry);
}

bool is_released_later(struct analysis *a, const struct entry *entry)
{
	return is_ahead_of(a, entry->acquired, possibly_releases_kind, entry->resource);
}

bool is_same_released_later(struct analysis *a, const struct entry *entry)
{
	return entry->object && is_ahead_of(a, entry->acquired, releases_object, entry);
}

bool is_release_reached(struct analysis *a, const struct rp_resource *resource)
{
	return is_ahead(a, 0, 0, releases_kind, resource);
}

bool block_releases(const struct analysis *a, const struct cfg_block *block, const struct rp_resource *resource)
{
	int i, e;

	for (i = 0; i < block->insn_count; i++) {
		const struct sym probe = { .kind = SYM_CALL, .a = block->insns[i] };
		const struct rp_api *api = block->insns[i]->kind == IR_CALL ? origin_api(a, &probe) : NULL;

		for (e = 0; api && e < api->effect_count; e++)
			if (api->effects[e].resource == resource &&
			    resource_event_releases(resource, api->effects[e].event) &&
			    !resource_event_acquires(resource, api->effects[e].event))
				return true;
	}
	return false;
}

/* A way from a test of what the function returned to its caller. */
struct caller_way {
	const struct analysis *a;
	const struct rp_resource *resource;
	const struct ir_insn *branch; /* the first test after the call */
	bool has_release, has_return_without;
};

static bool find_branch(void *context, const struct ir_insn *insn)
{
	struct caller_way *way = context;

	if (insn->kind == IR_BRANCH && !way->branch)
		way->branch = insn;
	return !way->branch && insn->kind != IR_CALL;
}

static bool find_release(void *context, const struct ir_insn *insn)
{
	struct caller_way *way = context;
	bool releases = insn_releases(way->a, insn, way->resource) && !is_kernels_own(way->a, insn);

	way->has_release = way->has_release || releases;
	way->has_return_without = way->has_return_without || (!releases && insn->kind == IR_RETURN);
	return !releases;
}

/* Does every way from the label release it? */
static bool always_releases(struct caller_way way, const struct ir_function *caller, int label)
{
	int i;

	for (i = 0; i < caller->insn_count; i++)
		if (caller->insns[i]->kind == IR_LABEL && caller->insns[i]->label == label)
			flow_walk(way.a->arena, caller, i, true, find_release, &way);
	return way.has_release && !way.has_return_without;
}

/* On one side of each caller's test of the result every way releases such a thing: that of a failure, since success
 * keeps it. Errs towards "unwound": any object of the kind will do, callers that go over all elements name none. */
static bool is_unwound_above(const struct analysis *a, const struct entry *entry, const struct ir_function *function,
			     int depth)
{
	const struct caller_site *sites;
	size_t count = effects_direct_callers(a->effects, function, &sites), i;

	for (i = 0; i < count; i++) {
		struct caller_way way = { .a = a, .resource = entry->resource };

		flow_walk(a->arena, sites[i].caller, sites[i].insn->index, true, find_branch, &way);
		/* Only handed on: it is for the next one to ask. */
		if (!way.branch && depth < 3 && is_unwound_above(a, entry, sites[i].caller, depth + 1))
			continue;
		if (!way.branch || (!always_releases(way, sites[i].caller, way.branch->branch.on_true) &&
				    !always_releases(way, sites[i].caller, way.branch->branch.on_false)))
			return false;
	}
	return count > 0;
}

bool is_unwound_by_callers(const struct analysis *a, const struct entry *entry)
{
	return is_unwound_above(a, entry, a->function, 0);
}

/* May a call that is not followed move an object to another state? What the callee is known to do, the names that it
 * and its object go by, and what the function does behind the call decide. */
#include "escape_int.h"

#include <string.h>

static bool name_speaks_of_locks(const char *name)
{
	return name && (name_speaks_of_lock(name) || strcasestr(name, "release"));
}

/* On Linux any function may: what is held past it is only presumed to be. */
static bool may_let_go(const struct analysis *a, const char *name)
{
	return !unit_is_windows(a->unit) || name_tells(a, RP_HABIT_LETS_GO, name);
}

/* Held, and given to a function of another file that does not speak of letting go. */
bool call_presumably_keeps(const struct analysis *a, const struct call_site *site, const struct entry *entry)
{
	return site->target && !site->target->has_body && entry->resource->exit_policy == RP_EXIT_BALANCED &&
	       entry->state >= 0 && entry->resource->states[entry->state].is_held &&
	       (!entry->is_doubtful || entry->is_presumed) && !name_tells(a, RP_HABIT_LETS_GO, site->target->name);
}

static const struct sym *entry_object(const struct entry *entry)
{
	return entry->resource->identity == RP_IDENTITY_ADDRESS || entry->resource->identity == RP_IDENTITY_VALUE ?
		       sym_object_pointer(entry->key) :
		       NULL;
}

/* Is the handle stored below what the argument points to? */
bool is_stored_below(struct analysis *a, const struct flow_state *state, const struct sym *arg,
		     const struct sym *handle)
{
	const struct region *pointee;
	size_t i;

	if (arg->kind == SYM_INT)
		return false;
	pointee = region_pointee(a, arg);
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value == handle && region_is_within(state->bindings[i].region, pointee))
			return true;
	return false;
}

/* A static variable that nobody outside the file can name. */
static bool is_private(const struct sym *key)
{
	const struct region *root = key->kind == SYM_ADDRESS ? region_root(key->a) : NULL;

	return root && root->kind == REGION_VAR && (root->var->is_static || region_is_local(root));
}

static bool shares_object(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			  const struct entry *entry)
{
	const struct sym *object = entry_object(entry);
	int i;

	if (!object) /* a variable, or no single object */
		return !is_private(entry->key);
	for (i = 0; i < site->arg_count; i++) {
		const struct sym *arg = sym_object_pointer(site->args[i]);

		if (arg && (arg == object || sym_contains(object, arg) || is_stored_below(a, state, arg, entry->key)))
			return true;
	}
	return false;
}

const struct function_summary *call_valid_summary(const struct analysis *a, const struct call_site *site)
{
	const struct function_summary *summary = call_summary(a, site->insn);

	return summary && summary->is_valid ? summary : NULL;
}

static bool changes_by_name(const struct analysis *a, const struct ir_function *callee, const struct entry *entry,
			    const char *name)
{
	const struct rp_resource *resource = entry->resource;
	int i;

	for (i = 0; i < resource->event_count; i++)
		if (resource_event_moves(resource, entry->state, i) &&
		    effects_may_cause(a->effects, callee, resource, i, name))
			return true;
	return false;
}

/* The callee may know a handle by another name: `ext->Self`. */
bool unit_function_changes(const struct analysis *a, const struct flow_state *state, const struct ir_function *callee,
			   const struct entry *entry)
{
	size_t i;

	if (changes_by_name(a, callee, entry, entry->object))
		return true;
	for (i = 0; entry->resource->identity == RP_IDENTITY_VALUE && i < state->binding_count; i++)
		if (state->bindings[i].value == entry->key &&
		    changes_by_name(a, callee, entry, region_field_name(state->bindings[i].region)))
			return true;
	return false;
}

enum lock_act { LOCK_UNTOUCHED, LOCK_TAKEN, LOCK_GIVEN_BACK };

/* What the instruction does to the object, by the name that the entry goes by. */
static enum lock_act act_on(struct analysis *a, const struct ir_insn *insn, const struct entry *entry)
{
	const struct rp_effect *effect = insn_effect_on(a, insn, entry);

	if (!effect)
		return LOCK_UNTOUCHED;
	return resource_event_acquires(effect->resource, effect->event) ? LOCK_TAKEN : LOCK_GIVEN_BACK;
}

static enum lock_act first_act(struct analysis *a, const struct cfg_block *block, int from, const struct entry *entry)
{
	enum lock_act act = LOCK_UNTOUCHED;
	int i;

	for (i = from; i < block->insn_count && act == LOCK_UNTOUCHED; i++)
		act = act_on(a, block->insns[i], entry);
	return act;
}

/* Nothing comes behind it: a failed assertion, a call that does not return. */
static bool never_ends(const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count > 0 ? block->insns[block->insn_count - 1] : NULL;

	return last && last->kind == IR_UNREACHABLE;
}

/* Does every way from there to the end give the object back before it is taken again? */
static bool gives_back_from(struct analysis *a, const struct cfg_block *block, int from, const struct entry *entry,
			    struct bitset *seen)
{
	enum lock_act act = first_act(a, block, from, entry);
	int i;

	if (act != LOCK_UNTOUCHED)
		return act == LOCK_GIVEN_BACK;
	if (block->out_count == 0)
		return never_ends(block);
	for (i = 0; i < block->out_count; i++) {
		const struct cfg_block *next = a->cfg->blocks[block->out[i]->to];

		if (bitset_test(seen, (size_t)next->id))
			continue;
		bitset_set(seen, (size_t)next->id);
		if (!gives_back_from(a, next, 0, entry, seen))
			return false;
	}
	return true;
}

/* The function gives back behind the call, whatever the call did, what it has taken before: so it was kept. */
static bool is_given_back_behind(struct analysis *a, const struct call_site *site, const struct entry *entry)
{
	int b, i;

	if (entry->resource->exit_policy != RP_EXIT_BALANCED || !entry->object)
		return false;
	for (b = 0; b < a->cfg->block_count; b++) {
		const struct cfg_block *block = a->cfg->blocks[b];

		for (i = 0; i < block->insn_count; i++) {
			struct bitset seen;

			if (block->insns[i] != site->insn)
				continue;
			seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
			return gives_back_from(a, block, i + 1, entry, &seen);
		}
	}
	return false;
}

static bool calls_directly(const struct ir_function *function, const struct ir_function *callee)
{
	int i;

	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_CALL && function->insns[i]->call.callee == callee)
			return true;
	return false;
}

/* Another function of the module calls it and releases such a thing itself: so the callee does not. */
static bool is_left_by_callee(const struct analysis *a, const struct ir_function *callee, const struct entry *entry)
{
	const struct ir_module *module = a->engine->module;
	int u, f;

	for (u = 0; module && u < module->unit_count; u++)
		for (f = 0; f < module->units[u]->function_count; f++) {
			const struct ir_function *function = module->units[u]->functions[f];

			if (function != a->function && calls_directly(function, callee) &&
			    function_releases_such(a, function, entry))
				return true;
		}
	return false;
}

/* The name that the source calls it by: the function's, or the field's that points to it. */
static const char *called_name(const struct call_site *site)
{
	const struct ir_expr *target = site->insn->call.target;

	if (site->target)
		return site->target->name;
	while (target && target->kind == IR_EXPR_CAST)
		target = target->cast.operand;
	return target && target->kind == IR_EXPR_LOAD && target->place->kind == IR_PLACE_FIELD ?
		       target->place->part.field :
		       NULL;
}

static bool has_edge_to(const struct cfg_block *from, int to)
{
	int i;

	for (i = 0; i < from->out_count; i++)
		if (from->out[i]->to == to)
			return true;
	return false;
}

/* Do the ways through the block and round it meet again at once? */
static bool is_left_out_at_will(const struct cfg_block *block, const struct cfg_block *other)
{
	int i;

	if (has_edge_to(block, other->id))
		return true;
	for (i = 0; i < block->out_count; i++)
		if (has_edge_to(other, block->out[i]->to))
			return true;
	return false;
}

static bool reads_memory(const struct ir_expr *expr)
{
	if (expr->kind == IR_EXPR_CAST)
		return reads_memory(expr->cast.operand);
	if (expr->kind == IR_EXPR_UNARY)
		return reads_memory(expr->op.left);
	if (expr->kind == IR_EXPR_BINARY)
		return reads_memory(expr->op.left) || reads_memory(expr->op.right);
	return expr->kind == IR_EXPR_LOAD && expr->place->kind != IR_PLACE_VAR;
}

static bool tests_memory(const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count > 0 ? block->insns[block->insn_count - 1] : NULL;

	return last && last->kind == IR_BRANCH && reads_memory(last->branch.condition);
}

/* `if (d->is_polling) stop(d->thread);`: what decides may be changed by a function that is not seen. */
static bool has_guarded_release(const struct analysis *a, const struct rp_resource *resource)
{
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++) {
		const struct cfg_block *block = a->cfg->blocks[b];

		for (i = 0; block->out_count == 2 && tests_memory(block) && i < 2; i++) {
			const struct cfg_block *side = a->cfg->blocks[block->out[i]->to];

			if (block_releases(a, side, resource) &&
			    is_left_out_at_will(side, a->cfg->blocks[block->out[1 - i]->to]))
				return true;
		}
	}
	return false;
}

/* What was registered, mapped or switched on is undone by functions that say so. One that starts or sets up
 * something has its own things to undo when it fails, not its caller's. */
static bool leaves_acquired(const struct analysis *a, const struct call_site *site, const struct entry *entry)
{
	const char *name = called_name(site);

	if (entry->resource->exit_policy != RP_EXIT_ON_FAILURE || unit_is_windows(a->unit) || !name ||
	    has_guarded_release(a, entry->resource))
		return false;
	return !name_tells(a, RP_HABIT_ENDS_USE, name) || (site->target && is_left_by_callee(a, site->target, entry));
}

/* May the callee have moved the object to another state? */
bool call_may_change(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct entry *entry)
{
	const struct ir_function *callee = site->target;
	const struct function_summary *summary = call_valid_summary(a, site);

	if (summary && !summary_is_unsure(a, state, site, summary, entry))
		return false;

	if ((!callee || (!callee->has_body && callee->in_user_file)) && leaves_acquired(a, site, entry))
		return false;
	if (!callee)
		return entry_object(entry) && shares_object(a, state, site, entry) &&
		       !is_given_back_behind(a, site, entry);
	if (callee->has_body)
		return unit_function_changes(a, state, callee, entry);
	/* The kernel's own functions keep the caller's locks as they are, unless
	 * they are about locks; another file's of the driver may do anything. */
	if (callee->in_user_file && (entry->resource->is_memory || may_let_go(a, callee->name)))
		return shares_object(a, state, site, entry) && !is_given_back_behind(a, site, entry);
	return name_speaks_of_locks(callee->name) && shares_object(a, state, site, entry);
}

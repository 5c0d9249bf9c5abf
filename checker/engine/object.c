/* Which object an effect is about, and what the user calls it. */
#include "typestate_int.h"

#include <string.h>

/* ---- objects ------------------------------------------------------------------- */

static const struct sym *via_object(const struct flow_state *state, const struct rp_effect *effect,
				    const struct sym *key)
{
	const struct entry *entry = state_entry(state, effect->via, key);

	return entry ? entry->remembered : NULL;
}

/* Of a callee that was given the handle, but not what it stands for. */
static bool is_handle(const struct call_site *site, const struct rp_effect *effect)
{
	return effect->object == RP_OBJECT_PARAM && call_arg(site, effect->params[0]) == site->key;
}

const struct sym *effect_key(struct analysis *a, struct flow_state *state, const struct call_site *site,
			     const struct rp_effect *effect)
{
	const struct sym *key, *part;
	int i;

	if (site->is_replayed)
		return effect->via && is_handle(site, effect) ? via_object(state, effect, site->key) : site->key;
	switch (effect->object) {
	case RP_OBJECT_RESULT:
		return site->result;
	case RP_OBJECT_GLOBAL:
		return sym_int(a, 0);
	case RP_OBJECT_PARAM:
		key = call_arg(site, effect->params[0]);
		return effect->via && key ? via_object(state, effect, key) : key;
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
const struct sym *store_pointee_object(struct analysis *a, struct flow_state *state, const struct call_site *site,
				       const struct rp_effect *effect)
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
void escape_stored_object(struct analysis *a, struct flow_state *state, const struct call_site *site,
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

const char *effect_object_text(struct analysis *a, const struct call_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *expr = NULL;
	const char *text = NULL;

	if (site->is_replayed)
		return site->object;
	if (effect->object == RP_OBJECT_RESULT && site->insn->call.result)
		text = ir_place_text(a->arena, site->insn->call.result);
	else if (effect->object != RP_OBJECT_GLOBAL && effect->object != RP_OBJECT_RESULT)
		expr = call_arg_expr(site, effect->params[0]);
	if (expr)
		text = object_text(a, argument_of_call(a, expr));
	return text && !strchr(text, '$') ? text : NULL;
}

void set_object(struct analysis *a, struct entry *entry, const struct call_site *site, const struct rp_effect *effect)
{
	const char *text = effect_object_text(a, site, effect);

	entry->is_unnamed = !text;
	entry->object = text ? text : site->name;
}

struct entry *entry_for(struct analysis *a, struct flow_state *state, const struct call_site *site,
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

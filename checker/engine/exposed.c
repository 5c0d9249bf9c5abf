/* Memory that user space gets to see by a mapping: what it holds must have been
 * written, and no other object may share its pages. The mapping call is given
 * the memory in disguise: a page number computed from it, or an MDL that
 * describes it. */
#include "engine_int.h"

/* The pointer that a value was computed from: p of virt_to_phys(p) >> PAGE_SHIFT. NULL: none. */
static const struct sym *computed_from(const struct sym *sym)
{
	const struct sym *args;

	for (;;) {
		if (sym->kind == SYM_CALL)
			return sym;
		if (sym->type && sym->type->kind == IR_TYPE_POINTER && sym->kind != SYM_BINARY &&
		    sym->kind != SYM_APPLY)
			return sym;
		switch (sym->kind) {
		case SYM_BINARY:
		case SYM_UNARY:
			sym = sym->a;
			break;
		case SYM_APPLY:
			args = sym->a; /* a list: the number of arguments, then each of them */
			if (args->kind != SYM_TUPLE)
				return NULL;
			sym = args->b;
			break;
		default:
			return NULL;
		}
	}
}

static const struct sym *exposed_pointer(const struct flow_state *state, const struct rp_check *check,
					 const struct sym *value)
{
	const struct entry *entry = check->through ? state_entry(state, check->through, value) : NULL;

	if (!check->through)
		return computed_from(value);
	return entry && !entry->is_doubtful && entry->remembered ? sym_base_pointer(entry->remembered) : NULL;
}

/* A struct page and the like: what is in the memory it stands for is not in it. */
static bool is_descriptor(const struct sym *pointer)
{
	const struct ir_type *type = pointer->type;

	return type && type->kind == IR_TYPE_POINTER && type->target && type->target->kind == IR_TYPE_RECORD &&
	       !type->target->in_user_file;
}

static bool is_unwritten(struct analysis *a, const struct flow_state *state, const struct sym *pointer)
{
	const struct region *region = region_pointee(a, pointer);
	const struct binding *whole = state_binding(state, region);
	size_t i;

	if (extent_is_raw(a, pointer))
		return true;
	if (is_descriptor(pointer))
		return false;
	if (pointer->kind != SYM_CALL || !whole || whole->value->kind != SYM_UNINIT)
		return false;
	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != region && region_is_within(state->bindings[i].region, region))
			return false;
	return true;
}

static bool shares_pages(struct analysis *a, const struct rp_check *check, const struct sym *pointer)
{
	int64_t bytes = extent_allocated(a, pointer), unit;

	return bytes > 0 && unit_constant(a->unit, check->multiple_of, &unit) && unit > 0 && bytes % unit != 0;
}

struct exposing_call {
	struct flow_state *state;
	const struct call_site *site;
};

static int param_named(const struct rp_api *api, const char *name)
{
	int i;

	for (i = 0; i < api->param_count; i++)
		if (api->params[i].name == name)
			return i;
	return -1;
}

static bool is_about_call(struct analysis *a, const struct rp_check *check, const struct exposing_call *call)
{
	int i;

	for (i = 0; i < check->pattern_count; i++)
		if (check->patterns[i].api == call->site->api &&
		    conditions_hold(a, call->state, call->site, &check->patterns[i].conditions))
			return true;
	return false;
}

static void report(struct analysis *a, const struct exposing_call *call, const struct rp_rule *rule,
		   const struct rp_check *check, const struct sym *pointer)
{
	const struct rp_api *origin = origin_api(a, pointer);
	const struct region *held_in = pointer->kind == SYM_INITIAL ? pointer->a : NULL;
	struct violation v = { .rule = rule,
			       .check = check,
			       .state = call->state,
			       .span = call->site->insn->span,
			       .cause = call->site->insn,
			       .api = call->site->name,
			       .object = "the memory" };

	if (held_in)
		v.object = held_in->kind == REGION_FIELD ? held_in->field : held_in->var->name;
	if (origin) {
		v.cause = pointer->a;
		v.origin = origin->name;
		v.origin_span = v.cause->span;
		v.origin_text = arena_printf(a->arena, "the memory comes from %s", origin->name);
		if (v.cause->call.result && v.cause->call.result->kind == IR_PLACE_VAR)
			v.object = readable_text(a, ir_place_text(a->arena, v.cause->call.result));
	}
	emit_violation(a, &v);
}

static void visit(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct exposing_call *call = context;
	const struct sym *value, *pointer;
	int i;

	if (!is_about_call(a, check, call))
		return;
	for (i = 0; i < check->param_count; i++) {
		value = call_arg(call->site, param_named(call->site->api, check->params[i]));
		pointer = value ? exposed_pointer(call->state, check, value) : NULL;
		if (pointer && pointer->kind != SYM_INT &&
		    (check->multiple_of ? shares_pages(a, check, pointer) : is_unwritten(a, call->state, pointer)))
			report(a, call, rule, check, pointer);
	}
}

void check_exposed_memory(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct exposing_call call = { state, site };

	emit_each_check(a, RP_CHECK_EXPOSED_MEMORY, visit, &call);
}

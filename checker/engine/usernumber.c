/* Numbers that user space chooses, where they need a limit: as the length of a
 * copy, as an index, as a divisor, as the size of a mapping. Where the number
 * is a parameter's, the need goes to the callers with the summary, if nothing
 * on the way here tests it; a caller with a number of user space's judges it. */
#include "engine_int.h"

#include <string.h>

#define MAX_USER_NEEDS 24

static const char *written(struct analysis *a, const struct ir_expr *expr);

/* ---- where they come from ------------------------------------------------------------ */

void user_role_values(struct analysis *a, struct flow_state *state)
{
	int i;

	for (i = 0; a->role && i < a->role->param_count && i < a->function->param_count; i++) {
		const struct ir_var *param = a->function->params[i];
		const struct ir_type *type = param->type;
		const struct sym *sym = state_load(a, state, region_var(a, param), type);

		if (a->role->params[i].from_user == RP_FROM_USER_POINTEE && type && type->kind == IR_TYPE_POINTER)
			sym = state_load(a, state, region_pointee(a, sym), type->target);
		else if (a->role->params[i].from_user != RP_FROM_USER_VALUE)
			continue;
		((struct sym *)sym)->is_from_user = true;
	}
}

static bool suits_role(const struct analysis *a, const struct rp_field *field)
{
	int i;

	for (i = 0; i < field->role_count; i++)
		if (field->roles[i] == a->role)
			return true;
	return field->role_count == 0;
}

/* The fact of a place's field; NULL: none suits. */
static const struct rp_field *fact_of_place(const struct analysis *a, const struct ir_place *place)
{
	const struct rule_set *rules = a->engine->rules;
	const struct ir_place *base;
	int i;

	for (i = 0; place->kind == IR_PLACE_FIELD && i < rules->field_count; i++) {
		const struct rp_field *field = &rules->fields[i];

		if (field->field != place->part.field || !suits_role(a, field))
			continue;
		for (base = place->part.base; base; base = base->kind == IR_PLACE_FIELD ? base->part.base : NULL)
			if (base->type && base->type->tag == field->record)
				return field;
	}
	return NULL;
}

static void mark_by_fact(const struct rp_field *field, const struct sym *value)
{
	if (field->from_user == RP_FROM_USER_VALUE)
		((struct sym *)value)->is_from_user = true;
	if (field->from_user == RP_FROM_USER_POINTEE)
		((struct sym *)value)->is_user_buffer = true;
}

void mark_user_contents(const struct analysis *a, const struct ir_place *place, const struct sym *pointer,
			const struct sym *value)
{
	const struct rp_field *field = fact_of_place(a, place);

	if (value->kind != SYM_INITIAL)
		return;
	if (field)
		mark_by_fact(field, value);
	if (pointer && (sym_base_pointer(pointer)->is_user_buffer || is_user_pointer(pointer)) && value->type &&
	    value->type->kind == IR_TYPE_INT)
		((struct sym *)value)->is_from_user = true;
}

/* The tag of what the region is, as its type or that of the pointer to it says. */
static const char *tag_of(const struct region *region)
{
	const struct ir_type *type = region->type;

	if (!type && region->kind == REGION_POINTEE && region->pointer->type)
		type = region->pointer->type->target;
	return type && type->kind == IR_TYPE_RECORD ? type->tag : NULL;
}

static const struct rp_field *fact_of_region(const struct analysis *a, const struct region *region)
{
	const struct rule_set *rules = a->engine->rules;
	const struct region *base;
	int i;

	for (i = 0; region->kind == REGION_FIELD && i < rules->field_count; i++) {
		const struct rp_field *field = &rules->fields[i];

		if (field->field != region->field || !suits_role(a, field))
			continue;
		for (base = region->base; base; base = base->kind == REGION_FIELD ? base->base : NULL)
			if (tag_of(base) && tag_of(base) == field->record)
				return field;
	}
	return NULL;
}

void mark_user_number(const struct analysis *a, const struct sym *value)
{
	const struct region *region = value->kind == SYM_INITIAL ? value->a : NULL;
	const struct rp_field *field = region ? fact_of_region(a, region) : NULL;
	const struct region *root = region ? region_root(region) : NULL;

	if (field)
		mark_by_fact(field, value);
	if (root && root->kind == REGION_POINTEE && sym_base_pointer(root->pointer)->is_user_buffer && value->type &&
	    value->type->kind == IR_TYPE_INT)
		((struct sym *)value)->is_from_user = true;
}

/* ---- a use ------------------------------------------------------------------------------ */

/* A number used where it must not be above the limit. */
struct number_use {
	enum rp_check_kind kind;
	struct flow_state *state;
	const struct call_site *site; /* of an API, or of the callee that uses it; NULL */
	const struct rp_api *api;     /* NULL: no API is given it */
	const char *param;	      /* UNBOUNDED: as this parameter */
	const struct sym *value;
	const struct ir_expr *expr; /* NULL: a callee's */
	const struct sym *pointer;  /* LENGTH: into a buffer of unknown size; NULL */
	int64_t limit;
	int64_t cap; /* the types it goes through hold no more */
	const char *limit_text;
	const char *object;
	struct span span;
	const struct user_need *below; /* in a callee; NULL: here */
	const struct function_summary *callee;
	const char *reason; /* why it is wrong, for {limit} */
	bool is_reported;
};

/* The type of the expression, and those it is cast to, may be too narrow for the value. */
static int64_t cap_of(const struct ir_expr *expr)
{
	int64_t cap = RANGE_HIGHEST;

	for (; expr; expr = expr->kind == IR_EXPR_CAST ? expr->cast.operand : NULL) {
		struct range range = range_of_type(expr->type);

		if (expr->type && expr->type->kind == IR_TYPE_INT && range.high < cap)
			cap = range.high;
	}
	return cap;
}

static bool is_too_high(const struct analysis *a, const struct number_use *use, enum bound_scope scope)
{
	int64_t highest;

	if (!bound_highest(a, use->state, use->value, scope, &highest))
		return false;
	return (highest < use->cap ? highest : use->cap) > use->limit;
}

static bool is_wrong(const struct analysis *a, struct number_use *use, enum bound_scope scope)
{
	if (use->kind == RP_CHECK_USER_DIVISOR) {
		use->reason = "values other than 0";
		return bound_is_zero(a, use->state, use->value, scope);
	}
	use->reason = use->limit_text;
	if (is_too_high(a, use, scope))
		return true;
	use->reason = "values that are not negative";
	return use->kind != RP_CHECK_USER_UNBOUNDED && bound_is_negative(a, use->state, use->value, scope);
}

/* The first number that an index does not reach; a negative one ends the loop at once. */
static bool is_wrong_end(const struct analysis *a, struct number_use *use)
{
	use->cap = range_of_type(use->value->type).high;
	use->reason = use->limit_text;
	return is_too_high(a, use, BOUND_OF_USER);
}

/* ---- reporting ---------------------------------------------------------------------------- */

/* Where user space's choice comes in. */
static void describe_origin(struct analysis *a, struct violation *v, const struct sym *leaf)
{
	const struct ir_insn *insn = leaf->kind == SYM_PART ? ((const struct sym *)leaf->a)->a : leaf->a;
	const struct sym *made = leaf->kind == SYM_PART ? leaf->a : leaf;
	const struct region *root;

	if (made->kind == SYM_OUTPUT || made->kind == SYM_HAVOC || made->kind == SYM_CALL) {
		v->cause = insn;
		v->origin_span = insn->span;
		v->origin_text = "user space chooses what is copied here";
		return;
	}
	root = made->kind == SYM_INITIAL ? region_root(made->a) : NULL;
	if (!root)
		return;
	v->origin_span = a->function->span;
	if (root->kind == REGION_VAR)
		v->origin_text = arena_printf(a->arena, "`%s` is called with what user space chooses for `%s`",
					      a->function->name, root->var->name);
	else
		v->origin_text = arena_printf(a->arena, "`%s` is called on behalf of user space", a->function->name);
}

static void describe_below(struct analysis *a, struct violation *v, const struct number_use *use)
{
	const struct user_need *need = use->below;

	if (!need)
		return;
	v->below = &need->chain;
	v->callee = use->callee->function->name;
	v->below_span = need->span;
	v->below_text = arena_printf(a->arena, "%s is used here", need->object);
}

static void report(struct analysis *a, struct number_use *use, const struct rp_rule *rule, const struct rp_check *check)
{
	const struct sym *leaf = bound_leaf(use->value);
	struct violation v = { .rule = rule,
			       .check = check,
			       .state = use->state,
			       .span = use->span,
			       .object = use->object,
			       .limit = use->reason,
			       .api = use->api	  ? use->api->name :
				      use->callee ? use->callee->function->name :
						    NULL };

	use->is_reported = true;
	if (!leaf)
		return;
	describe_origin(a, &v, leaf);
	describe_below(a, &v, use);
	emit_violation(a, &v);
	/* One report for a number on a path, whatever is done with it afterwards. */
	bound_add(a, use->state, leaf, BOUND_ANY);
}

/* Does it come from where the check says? */
static bool suits_source(const struct analysis *a, const struct rp_check *check, const struct number_use *use)
{
	const struct sym *leaf = bound_leaf(use->value);
	const struct rp_api *api = leaf ? source_api(a, leaf) : NULL;
	int i;

	for (i = 0; api && i < check->not_source_count; i++)
		if (rp_api_has_tag(api, check->not_sources[i]))
			return false;
	for (i = 0; api && i < check->source_count; i++)
		if (rp_api_has_tag(api, check->sources[i]))
			return true;
	return check->source_count == 0;
}

/* Is it one of the arguments that the check is about? */
static bool covers_param(const struct analysis *a, const struct rp_check *check, const struct number_use *use)
{
	bool has_api = false, has_param = false;
	int i;

	if (!suits_source(a, check, use))
		return false;
	if (check->kind != RP_CHECK_USER_UNBOUNDED)
		return true;
	for (i = 0; i < check->pattern_count; i++)
		has_api = has_api || check->patterns[i].api == use->api;
	for (i = 0; i < check->param_count; i++)
		has_param = has_param || check->params[i] == use->param;
	return has_api && has_param;
}

static void visit_use(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct number_use *use = context;

	if (!use->is_reported && emit_applies(a, rule, check, use->api) && covers_param(a, check, use))
		report(a, use, rule, check);
}

/* ---- needs --------------------------------------------------------------------------------- */

static bool is_same_need(const struct user_need *left, const struct user_need *right)
{
	return left->kind == right->kind && left->function == right->function && left->span.line == right->span.line &&
	       left->span.column == right->span.column && left->limit == right->limit &&
	       term_equal(left->value, right->value);
}

static void add_need(struct analysis *a, const struct user_need *need)
{
	struct needs *needs = &a->needs;
	size_t i;

	for (i = 0; i < needs->user_need_count; i++) {
		struct user_need *known = &needs->user_needs[i];

		if (!is_same_need(known, need))
			continue;
		term_facts_weaken(known->facts, &known->fact_count, need->facts, need->fact_count);
		return;
	}
	if (needs->user_need_count < MAX_USER_NEEDS)
		ARENA_PUSH(a->engine->module_arena, needs->user_needs, needs->user_need_count,
			   needs->user_need_capacity, *need);
}

/* What the function does with its callers' number is their business. */
static void hand_on(struct analysis *a, const struct number_use *use)
{
	struct arena *arena = a->engine->module_arena;
	const struct term_maker maker = { .a = a, .arena = arena };
	struct user_need need = {
		.kind = use->kind, .api = use->api, .param = use->param, .limit = use->limit, .cap = use->cap
	};
	const struct facts_below below = { use->below ? use->below->facts : NULL,
					   use->below ? use->below->fact_count : 0 };

	if (!arena || !a->engine->summaries)
		return;
	need.value = term_of(&maker, use->value);
	need.pointer = use->pointer ? term_of(&maker, use->pointer) : NULL;
	if (!need.value || (use->pointer && !need.pointer))
		return;
	need.object = arena_strdup(arena, use->below ? use->below->object : use->object);
	need.limit_text = use->limit_text ? arena_strdup(arena, use->limit_text) : NULL;
	need.function = use->below ? use->below->function : a->function;
	need.span = use->below ? use->below->span : use->span;
	if (use->below)
		need.chain = *chain_extend(arena, &use->below->chain, use->span, use->callee->function->name);
	term_facts(a, use->state, use->site, use->below ? &below : NULL, &need.facts, &need.fact_count);
	add_need(a, &need);
}

static void judge(struct analysis *a, struct number_use *use)
{
	int64_t cap = use->below ? use->below->cap : cap_of(use->expr), natural = range_of_type(use->value->type).high;

	use->cap = cap < natural ? cap : natural;
	if (!use->pointer && is_wrong(a, use, BOUND_OF_USER))
		emit_each_check(a, use->kind, visit_use, use);
	if (!use->is_reported && is_wrong(a, use, BOUND_OF_CALLERS) && bound_is_untested(use->state, use->value))
		hand_on(a, use);
}

/* ---- in expressions ------------------------------------------------------------------------- */

static const char *written(struct analysis *a, const struct ir_expr *expr)
{
	const char *text = expr ? readable_text(a, object_text(a, expr)) : NULL;

	return text && *text ? text : "the value";
}

static const char *array_name(const struct region *region)
{
	while (region->kind == REGION_ELEMENT)
		region = region->base;
	if (region->kind == REGION_POINTEE && region->pointer->kind == SYM_INITIAL)
		region = region->pointer->a;
	return region->kind == REGION_VAR ? region->var->name : region->kind == REGION_FIELD ? region->field : NULL;
}

static const char *amount_text(struct analysis *a, int64_t amount, const char *unit, const char *name)
{
	if (!name)
		return arena_printf(a->arena, "the %lld %s that are there", (long long)amount, unit);
	return arena_printf(a->arena, "the %lld %s of %s", (long long)amount, unit, name);
}

/* `for (i = 0; i < n; i++)`: the index goes as far as user space says. */
static const struct sym *end_of_loop(const struct analysis *a, const struct flow_state *state, const struct sym *index,
				     int64_t elements, bool *is_included)
{
	const struct sym *end;

	if (index->kind != SYM_MERGE || index->is_from_user || !a->in_loop || range_of(state, index).high < elements)
		return NULL;
	end = bound_end_of(state, index, is_included);
	return end && end->is_from_user ? end : NULL;
}

static void check_loop_index(struct analysis *a, struct flow_state *state, const struct region *base,
			     const struct ir_type *element, const struct sym *index, const struct ir_expr *expr,
			     struct span span)
{
	int64_t elements = index->kind == SYM_MERGE && a->in_loop ? extent_elements(a, base, element) : -1;
	bool is_included = false;
	const struct sym *end = elements > 0 ? end_of_loop(a, state, index, elements, &is_included) : NULL;
	struct number_use use = {
		.kind = RP_CHECK_USER_INDEX, .state = state, .value = end, .limit = elements - is_included, .span = span
	};

	if (!end || !span.line)
		return;
	use.limit_text = amount_text(a, elements, "elements", array_name(base));
	use.object = arena_printf(a->arena, "the end of %s", written(a, expr));
	if (is_wrong_end(a, &use))
		emit_each_check(a, use.kind, visit_use, &use);
}

void check_user_index(struct analysis *a, struct flow_state *state, const struct region *base,
		      const struct ir_type *element, const struct sym *index, const struct ir_expr *expr,
		      struct span span)
{
	int64_t elements = bound_leaf(index) ? extent_elements(a, base, element) : -1;
	struct number_use use = { .kind = RP_CHECK_USER_INDEX,
				  .state = state,
				  .value = index,
				  .expr = expr,
				  .limit = elements - 1,
				  .span = span };

	check_loop_index(a, state, base, element, index, expr, span);
	if (elements < 0 || !span.line)
		return;
	use.limit_text = amount_text(a, elements, "elements", array_name(base));
	use.object = written(a, expr);
	judge(a, &use);
}

void check_user_divisor(struct analysis *a, struct flow_state *state, const struct sym *divisor,
			const struct ir_expr *expr)
{
	struct number_use use = {
		.kind = RP_CHECK_USER_DIVISOR, .state = state, .value = divisor, .expr = expr, .span = expr->span
	};

	if (!bound_leaf(divisor))
		return;
	if (!use.span.line && a->insn)
		use.span = a->insn->span;
	use.object = written(a, expr);
	judge(a, &use);
}

/* ---- in calls ---------------------------------------------------------------------------------- */

/* Whether the place that user space chooses in the buffer can lie outside, before the length counts. */
static bool check_place(struct analysis *a, struct number_use *use, const struct extent *extent)
{
	int64_t room = extent->bytes - extent->offset;
	struct number_use place = *use;

	if (!extent->index)
		return false;
	place.value = extent->index;
	place.expr = NULL;
	place.limit = extent->step > 0 ? room / extent->step : 0;
	place.object = "the offset";
	if (!bound_leaf(place.value))
		return false;
	judge(a, &place);
	use->is_reported = place.is_reported;
	return place.is_reported;
}

static void check_length(struct analysis *a, struct flow_state *state, const struct call_site *site, int param)
{
	int length = site->api->params[param].length_param;
	const struct sym *pointer = call_arg(site, param);
	struct extent extent;
	struct number_use use = { .kind = RP_CHECK_USER_LENGTH,
				  .state = state,
				  .site = site,
				  .api = site->api,
				  .value = call_arg(site, length),
				  .expr = call_arg_expr(site, length),
				  .span = site->insn->span };

	if (!pointer || !use.value || pointer->kind == SYM_INT || is_user_pointer(pointer))
		return;
	use.object = written(a, use.expr);
	if (extent_of_pointer(a, pointer, &extent)) {
		use.limit = extent.bytes - extent.offset;
		use.limit_text = amount_text(a, extent.bytes, "bytes", extent.name);
		if (check_place(a, &use, &extent))
			return;
	} else {
		use.pointer = pointer;
		use.limit = 0;
	}
	if (bound_leaf(use.value))
		judge(a, &use);
}

static void check_divisor_argument(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct sym *divisor = call_arg(site, site->api->divisor_param);
	const struct ir_expr *expr = call_arg_expr(site, site->api->divisor_param);
	struct number_use use = { .kind = RP_CHECK_USER_DIVISOR,
				  .state = state,
				  .site = site,
				  .value = divisor,
				  .expr = expr,
				  .span = site->insn->span };

	if (!divisor || !expr || !bound_leaf(divisor))
		return;
	use.object = written(a, expr);
	judge(a, &use);
}

struct limited_call {
	struct flow_state *state;
	const struct call_site *site;
	bool is_limited[32]; /* parameters that some rule is about */
};

static void visit_limited(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct limited_call *call = context;
	int i, p, k;

	(void)a;
	(void)rule;
	for (i = 0; i < check->pattern_count; i++)
		for (p = 0; check->patterns[i].api == call->site->api && p < call->site->api->param_count && p < 32;
		     p++)
			for (k = 0; k < check->param_count; k++)
				if (check->params[k] == call->site->api->params[p].name)
					call->is_limited[p] = true;
}

/* Far beyond what any object has: no test was meant to allow it. */
#define NO_LIMIT (INT32_MAX - 1)

/* How far in a pointer points: n of p + n; NULL: nothing was added. */
static const struct sym *offset_of_pointer(const struct sym *pointer)
{
	while (pointer->kind == SYM_BINARY && pointer->op == IR_BINARY_ADD) {
		const struct sym *left = pointer->a, *right = pointer->b;

		if (bound_leaf(right))
			return right;
		pointer = left;
	}
	return NULL;
}

/* Arguments that must have some limit, whatever it is. */
static void check_limits(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct limited_call call = { .state = state, .site = site };
	int i;

	emit_each_enabled(a, RP_CHECK_USER_UNBOUNDED, visit_limited, &call);
	for (i = 0; i < site->api->param_count && i < 32; i++) {
		struct number_use use = { .kind = RP_CHECK_USER_UNBOUNDED,
					  .state = state,
					  .site = site,
					  .api = site->api,
					  .param = site->api->params[i].name,
					  .value = call.is_limited[i] ? call_arg(site, i) : NULL,
					  .expr = call_arg_expr(site, i),
					  .limit = NO_LIMIT,
					  .limit_text = "what is there",
					  .span = site->insn->span };

		if (use.value && use.value->type && use.value->type->kind == IR_TYPE_POINTER) {
			use.value = offset_of_pointer(use.value);
			use.expr = NULL;
		}
		if (!use.value || !bound_leaf(use.value))
			continue;
		use.object = written(a, call_arg_expr(site, i));
		judge(a, &use);
	}
}

static void check_strings(struct analysis *a, struct flow_state *state, const struct call_site *site);

void check_user_numbers(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->param_count; i++) {
		const struct rp_param *param = &site->api->params[i];

		if (param->length_param >= 0 && param->space != RP_SPACE_USER &&
		    (param->access == RP_ACCESS_READ || param->access == RP_ACCESS_WRITE ||
		     param->access == RP_ACCESS_READ_WRITE))
			check_length(a, state, site, i);
	}
	if (call_arg(site, site->api->tells_size_param))
		bound_add(a, state, call_arg(site, site->api->tells_size_param), BOUND_ANY);
	check_limits(a, state, site);
	check_strings(a, state, site);
	if (site->api->divisor_param >= 0)
		check_divisor_argument(a, state, site);
}

/* ---- read twice ------------------------------------------------------------------------------------ */

void check_double_fetch(struct analysis *a, struct flow_state *state, const struct sym *pointer,
			const struct sym *value, const struct ir_expr *expr)
{
	struct violation v = { .state = state, .span = expr->span, .cause = a->insn };

	if (!unit_is_windows(a->unit) || !is_user_pointer(pointer) || value->kind != SYM_INITIAL ||
	    !value->is_from_user || !a->insn || a->insn->kind == IR_BRANCH || a->insn->kind == IR_SWITCH ||
	    !(bound_marks(state, value) & (BOUND_NUMBER | BOUND_UPPER)) || (bound_marks(state, value) & BOUND_ANY))
		return;
	if (!v.span.line)
		v.span = a->insn->span;
	if (!emit_find_check(a, RP_CHECK_DOUBLE_FETCH, NULL, &v.rule, &v.check))
		return;
	v.object = written(a, expr);
	emit_violation(a, &v);
	bound_add(a, state, value, BOUND_ANY);
}

/* ---- strings ------------------------------------------------------------------------------------- */

static bool has_zero_inside(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value->kind == SYM_INT && region_is_within(state->bindings[i].region, region))
			return true;
	return false;
}

bool leaves_unterminated(struct analysis *a, const struct flow_state *state, const struct call_site *site, int param)
{
	const struct rp_param *fact = &site->api->params[param];
	const struct sym *pointer = call_arg(site, param), *length = call_arg(site, fact->length_param);
	const struct region *region = pointer ? region_pointee(a, pointer) : NULL;
	const struct binding *before = region ? state_binding(state, region) : NULL;
	struct extent extent;
	int64_t bytes;

	if (!fact->is_from_user || fact->is_string || !length || !region)
		return false;
	if (range_is_exact(range_of(state, length), &bytes) && extent_of_pointer(a, pointer, &extent) &&
	    !extent.index && bytes >= extent.bytes - extent.offset)
		return true;
	return before && before->value->kind == SYM_UNINIT && !has_zero_inside(state, region);
}

/* What was copied into the memory, if nothing has been written there since. */
static const struct sym *copied_into(const struct flow_state *state, const struct region *region)
{
	const struct binding *binding = NULL;
	const struct region *outer;
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != region && region_is_within(state->bindings[i].region, region))
			return NULL;
	for (outer = region; outer && !binding; outer = outer->base)
		binding = state_binding(state, outer);
	return binding && binding->is_default && binding->value->kind == SYM_HAVOC ? binding->value : NULL;
}

/* Looked at with a length (memchr, strnlen), or by a function that is not seen: the end may have been found. */
static bool was_looked_at(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->bound_count; i++) {
		const struct sym *sym = state->bounds[i].sym;
		const struct region *known = sym->kind == SYM_ADDRESS ? sym->a : NULL;

		if (!(state->bounds[i].marks & BOUND_ANY))
			continue;
		if (known ? region_is_within(region, known) || region_is_within(known, region) :
			    region_root(region)->kind == REGION_POINTEE && region_root(region)->pointer == sym)
			return true;
	}
	return state->has_lost_bounds;
}

static void check_string(struct analysis *a, struct flow_state *state, const struct call_site *site, int param)
{
	const struct sym *pointer = call_arg(site, param), *copied;
	const struct region *region = pointer && pointer->kind != SYM_INT ? region_pointee(a, pointer) : NULL;
	struct violation v = { .state = state, .span = site->insn->span, .api = site->name };

	copied = region ? copied_into(state, region) : NULL;
	if (!copied || !copied->is_unterminated || is_user_pointer(pointer) || was_looked_at(state, region) ||
	    !emit_find_check(a, RP_CHECK_USER_STRING, site->api, &v.rule, &v.check))
		return;
	v.object = written(a, call_arg_expr(site, param));
	describe_origin(a, &v, copied);
	emit_violation(a, &v);
	bound_add(a, state, pointer, BOUND_ANY);
}

static void check_strings(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->param_count; i++) {
		const struct rp_param *param = &site->api->params[i];
		const struct sym *pointer = call_arg(site, i);

		if (param->is_string && (param->access == RP_ACCESS_READ || param->access == RP_ACCESS_READ_WRITE))
			check_string(a, state, site, i);
		else if (param->access == RP_ACCESS_READ && param->length_param >= 0 && pointer &&
			 pointer->kind != SYM_INT && copied_into(state, region_pointee(a, pointer)))
			bound_add(a, state, pointer, BOUND_ANY);
	}
}

/* ---- buffers of requests ---------------------------------------------------------------------- */

/* A buffer that a request points to, touched. */
struct buffer_use {
	struct flow_state *state;
	const struct sym *buffer;     /* the pointer as the request held it */
	const struct rp_field *field; /* that held it */
	const char *object;
	const struct call_site *site; /* of the function that touches it; NULL: here */
	const char *api;
	struct span span;
	const struct user_need *below;
	const struct function_summary *callee;
};

static void visit_buffer(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct buffer_use *use = context;
	struct violation v = { .rule = rule,
			       .check = check,
			       .state = use->state,
			       .span = use->span,
			       .object = use->object,
			       .api = use->api,
			       .limit = use->field->sized_by[0] };

	if (is_excepted_way(a, check))
		return;
	if (use->below) {
		v.below = &use->below->chain;
		v.callee = use->callee->function->name;
		v.below_span = use->below->span;
		v.below_text = arena_printf(a->arena, "%s is used here", use->below->object);
	}
	emit_violation(a, &v);
	bound_add(a, use->state, use->buffer, BOUND_ANY);
}

/* Helpers are given the buffer, and their callers know where it is from. */
static void hand_on_buffer(struct analysis *a, const struct buffer_use *use)
{
	struct arena *arena = a->engine->module_arena;
	const struct term_maker maker = { .a = a, .arena = arena };
	struct user_need need = { .kind = RP_CHECK_BUFFER_UNSIZED };
	const struct facts_below below = { use->below ? use->below->facts : NULL,
					   use->below ? use->below->fact_count : 0 };

	if (!arena || !a->engine->summaries || bound_tested_caller(use->state))
		return;
	need.value = term_of(&maker, use->buffer);
	if (!need.value || need.value->kind != TERM_PARAM)
		return;
	need.object = arena_strdup(arena, use->below ? use->below->object : use->object);
	need.function = use->below ? use->below->function : a->function;
	need.span = use->below ? use->below->span : use->span;
	if (use->below)
		need.chain = *chain_extend(arena, &use->below->chain, use->span, use->callee->function->name);
	term_facts(a, use->state, use->site, use->below ? &below : NULL, &need.facts, &need.fact_count);
	add_need(a, &need);
}

/* Is it a part of an object that the function's role receives? Other requests may be the driver's own. */
static bool is_received(const struct analysis *a, const struct region *region)
{
	const struct region *root = region_root(region);
	const struct region *from = root->kind == REGION_POINTEE && root->pointer->kind == SYM_INITIAL ?
					    root->pointer->a :
					    NULL;

	return a->role && from && from->kind == REGION_VAR && from->var->kind == IR_VAR_PARAM &&
	       from->var->param < a->role->param_count && a->role->params[from->var->param].resource;
}

/* A request, or what its lengths are in, was given to a function that is not seen. */
static bool was_record_given_away(const struct analysis *a, const struct flow_state *state)
{
	const struct rule_set *rules = a->engine->rules;
	size_t i;
	int k;

	for (i = 0; i < state->bound_count; i++) {
		const struct ir_type *type = state->bounds[i].sym->type;
		const char *tag = type && type->kind == IR_TYPE_POINTER && type->target ? type->target->tag : NULL;

		for (k = 0; tag && (state->bounds[i].marks & BOUND_ANY) && k < rules->field_count; k++)
			if (rules->fields[k].record == tag)
				return true;
	}
	return false;
}

/* The MDL that the address was mapped for; the buffer itself where there is none. */
static const struct sym *descriptor_of(const struct flow_state *state, const struct sym *buffer)
{
	size_t i;

	for (i = 0; buffer->kind == SYM_CALL && i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].remembered == buffer &&
		    state->entries[i].key->kind == SYM_INITIAL)
			return state->entries[i].key;
	return buffer;
}

static void judge_buffer(struct analysis *a, struct buffer_use *use)
{
	const struct sym *holder = descriptor_of(use->state, use->buffer);
	const struct region *region = holder->kind == SYM_INITIAL ? holder->a : NULL;

	use->field = region ? fact_of_region(a, region) : NULL;
	if (!use->field || use->field->sized_by_count == 0) {
		if (region && region->kind == REGION_VAR)
			hand_on_buffer(a, use);
		return;
	}
	/* The descriptor itself is no such buffer. */
	if ((holder != use->buffer) == (use->field->from_user == RP_FROM_USER_POINTEE) ||
	    bound_marks(use->state, holder))
		return;
	if (!is_received(a, region) || bound_marks(use->state, use->buffer) || was_record_given_away(a, use->state) ||
	    bound_tested_field(use->state, use->field->sized_by, use->field->sized_by_count))
		return;
	emit_each_check(a, RP_CHECK_BUFFER_UNSIZED, visit_buffer, use);
}

/* A length that is no constant is mostly the request's own. */
static bool has_own_length(const struct call_site *site, const struct sym *pointer)
{
	int i;

	for (i = 0; site->api && i < site->api->param_count; i++)
		if (call_arg(site, i) == pointer && site->api->params[i].length_param >= 0 &&
		    call_arg(site, site->api->params[i].length_param) &&
		    call_arg(site, site->api->params[i].length_param)->kind != SYM_INT)
			return true;
	return false;
}

static const struct ir_expr *without_zero_offset(const struct ir_expr *expr)
{
	bool is_offset = expr->kind == IR_EXPR_BINARY && expr->op.op == IR_BINARY_ADD &&
			 expr->op.right->kind == IR_EXPR_INT && expr->op.right->value == 0;

	return is_offset ? expr->op.left : expr;
}

/* A request's buffer that is there at all has one byte. */
static bool touches_first_byte(const struct ir_expr *expr)
{
	const struct ir_expr *start = without_zero_offset(expr);
	const struct ir_type *type = expr->type;

	return start->kind == IR_EXPR_LOAD && type && type->kind == IR_TYPE_POINTER && type->target &&
	       type->target->size == 1;
}

void check_buffer_size(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct ir_expr *expr, const struct call_site *site, struct span span)
{
	const struct sym *base = sym_object_pointer(pointer);
	struct buffer_use use = { .state = state, .buffer = base, .span = span };

	if (!base || !unit_is_windows(a->unit) || !expr || !span.line ||
	    (base->kind != SYM_INITIAL && base->kind != SYM_CALL) || (site && has_own_length(site, pointer)) ||
	    (!site && pointer == base && touches_first_byte(expr)))
		return;
	use.object = written(a, without_zero_offset(expr));
	use.api = site ? site->name : "the access";
	judge_buffer(a, &use);
}

/* ---- needs of callees ----------------------------------------------------------------------------- */

static void judge_buffer_below(struct analysis *a, struct flow_state *state, const struct call_site *site,
			       const struct function_summary *summary, const struct user_need *need)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	const struct sym *pointer = term_value(&reader, need->value);
	const char *text = term_caller_text(a, site, need->value);
	struct buffer_use use = { .state = state,
				  .buffer = pointer ? sym_object_pointer(pointer) : NULL,
				  .object = text ? text : need->object,
				  .site = site,
				  .api = summary->function->name,
				  .span = site->insn->span,
				  .below = need,
				  .callee = summary };

	if (use.buffer && term_facts_possible(a, state, site, need->facts, need->fact_count))
		judge_buffer(a, &use);
}

static void judge_need(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct function_summary *summary, const struct user_need *need)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	struct extent extent;
	struct number_use use = { .kind = need->kind,
				  .state = state,
				  .site = site,
				  .api = need->api,
				  .param = need->param,
				  .value = term_value(&reader, need->value),
				  .limit = need->limit,
				  .limit_text = need->limit_text,
				  .span = site->insn->span,
				  .below = need,
				  .callee = summary };
	const char *text = term_caller_text(a, site, need->value);

	if (need->kind == RP_CHECK_BUFFER_UNSIZED) {
		judge_buffer_below(a, state, site, summary, need);
		return;
	}
	if (!use.value || !bound_leaf(use.value) || !term_facts_possible(a, state, site, need->facts, need->fact_count))
		return;
	use.object = text ? text : need->object;
	use.pointer = need->pointer ? term_value(&reader, need->pointer) : NULL;
	if (need->pointer && !use.pointer)
		return;
	if (use.pointer && extent_of_pointer(a, use.pointer, &extent) && !extent.index) {
		use.pointer = NULL;
		use.limit = extent.bytes - extent.offset;
		use.limit_text = amount_text(a, extent.bytes, "bytes", extent.name);
	}
	judge(a, &use);
}

/* In a cycle of the call graph each round would add a need of its own. */
static bool is_in_cycle(const struct analysis *a, const struct ir_function *callee)
{
	int i;

	for (i = 0; i < a->group_count; i++)
		if (a->group[i] == callee)
			return true;
	return callee == a->function;
}

void user_needs_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct function_summary *summary)
{
	int i;

	if (is_in_cycle(a, summary->function))
		return;

	for (i = 0; i < summary->user_need_count; i++)
		judge_need(a, state, site, summary, &summary->user_needs[i]);
}

/* Conditions of facts on a call's arguments, and when two values surely differ.
 * Both say yes only to what the path proves. */
#include "engine_int.h"

#include <string.h>

bool is_user_pointer(const struct sym *sym)
{
	const struct sym *base = sym_base_pointer(sym);

	if (sym->is_waived || base->is_waived)
		return false;
	return sym->is_user || base->is_user;
}

static bool condition_value(const struct analysis *a, const struct rp_condition *condition, int64_t *value)
{
	*value = condition->number;
	return !condition->constant || unit_constant(a->unit, condition->constant, value);
}

/* Or-ed into a value that is not known, a bit is there all the same. */
static bool surely_has_bits(const struct flow_state *state, const struct sym *value, int64_t bits)
{
	int64_t exact;

	if (range_is_exact(range_of(state, value), &exact))
		return (exact & bits) != 0;
	return value->kind == SYM_BINARY && value->op == IR_BINARY_OR &&
	       (surely_has_bits(state, value->a, bits) || surely_has_bits(state, value->b, bits));
}

/* As it is written, also where the parameter's type cuts it off. */
static bool number_is_above(const struct ir_expr *expr, int64_t limit)
{
	while (expr && expr->kind == IR_EXPR_CAST && !expr->cast.is_explicit)
		expr = expr->cast.operand;
	return expr && expr->kind == IR_EXPR_INT && expr->value > limit;
}

static bool compare_holds(const struct analysis *a, const struct flow_state *state, const struct call_site *site,
			  const struct sym *arg, const struct rp_condition *condition)
{
	struct range range = range_of(state, arg);
	int64_t wanted, exact;

	if (!condition_value(a, condition, &wanted))
		return false;
	switch (condition->kind) {
	case RP_CONDITION_EQUALS:
		return range_is_exact(range, &exact) && exact == wanted;
	case RP_CONDITION_NOT_EQUALS:
		return !range_contains(range, wanted);
	case RP_CONDITION_BELOW:
		return range.high < wanted;
	case RP_CONDITION_ABOVE:
		return range.low > wanted || number_is_above(call_arg_expr(site, condition->param), wanted);
	case RP_CONDITION_HAS_BITS:
		return surely_has_bits(state, arg, wanted);
	default:
		return range_is_exact(range, &exact) && (exact & wanted) == 0;
	}
}

static bool is_in_state(const struct entry *entry, const struct rp_condition *condition)
{
	int i;

	for (i = 0; i < condition->state_count; i++)
		if (entry->state == condition->states[i])
			return true;
	return false;
}

static bool has_mode(const struct entry *entry, const struct rp_condition *condition)
{
	int i;

	for (i = 0; i < condition->mode_count; i++)
		if (entry->mode == condition->modes[i])
			return true;
	return false;
}

/* The object of the condition's resource that the subject is, or lies in. */
static const struct entry *subject_entry(const struct flow_state *state, const struct subject *subject,
					 const struct rp_condition *condition)
{
	const struct sym *key = subject->value;
	const struct entry *entry;

	if (condition->found_in)
		key = found_in_object(subject, condition->found_in);
	if (!key || !condition->resource)
		return NULL;
	entry = state_entry(state, condition->resource, key);
	if (!entry) /* an inner address is of the same object */
		entry = state_entry(state, condition->resource, sym_base_pointer(key));
	if (!entry && condition->resource->is_memory && sym_object_pointer(key))
		entry = state_entry(state, condition->resource, sym_object_pointer(key));
	return entry;
}

const struct sym *call_object(const struct analysis *a, const struct flow_state *state, const struct sym *result)
{
	const struct ir_insn *call = result->a;
	struct analysis *of = (struct analysis *)a; /* symbols are only looked up */

	return call->call.arg_count > 0 ? eval_expr(of, state_clone(of, state), call->call.args[0]) : NULL;
}

/* Of a pure function's value; NULL: it has none. */
static const struct sym *first_argument(const struct sym *apply)
{
	const struct sym *args = apply->a, *before;

	while (args->kind == SYM_TUPLE && (before = args->a)->kind == SYM_TUPLE)
		args = before;
	return args->kind == SYM_TUPLE ? args->b : NULL;
}

/* Is the value computed from a result of the API for this very object? */
static bool is_computed_by(const struct analysis *a, const struct flow_state *state, const struct sym *value,
			   const struct rp_api *api, const struct sym *object, int depth)
{
	if (!object || depth > 6)
		return false;
	if (value->kind == SYM_BINARY)
		return is_computed_by(a, state, value->a, api, object, depth + 1) ||
		       is_computed_by(a, state, value->b, api, object, depth + 1);
	if (value->kind == SYM_APPLY)
		return source_api(a, value) == api && first_argument(value) == object;
	return value->kind == SYM_CALL && origin_api(a, value) == api && call_object(a, state, value) == object;
}

/* Did this path leave the field alone, at whatever depth of the object? What was written
 * as a whole, or merged from two ways, counts as written. */
static bool is_unwritten(struct analysis *a, const struct flow_state *state, const struct sym *pointer,
			 const char *field)
{
	const struct region *whole = region_pointee(a, pointer);
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		const struct binding *binding = &state->bindings[i];
		const struct region *region = binding->region;

		if (!region_is_within(region, whole))
			continue;
		if (binding->is_default || region->kind != REGION_FIELD || !region->field)
			return false;
		if (strcmp(region->field, field) == 0 &&
		    !(binding->value->kind == SYM_INITIAL && binding->value->a == region && !binding->value->b))
			return false;
	}
	return true;
}

/* Does the memory hold a number that is not 0, in whatever part of it? */
static bool pointee_is_nonzero(struct analysis *a, const struct flow_state *state, const struct sym *pointer)
{
	const struct region *whole = region_pointee(a, pointer);
	size_t i;

	for (i = 0; i < state->binding_count; i++) {
		const struct region *region = state->bindings[i].region;
		struct range range = range_of(state, state->bindings[i].value);

		if (region_is_within(region, whole) && !state->bindings[i].is_default &&
		    (range.nonzero || range.low > 0 || range.high < 0))
			return true;
	}
	return false;
}

const struct rp_api *source_api(const struct analysis *a, const struct sym *sym)
{
	const struct ir_function *callee = sym->kind == SYM_APPLY ? sym->b : NULL;
	struct rp_match match;

	if (callee && rules_match_call(a->engine->rules, callee->name, &match))
		return match.api;
	return origin_api(a, sym);
}

/* Of a call as it came, also of one that only computes. */
static bool is_result_of(const struct analysis *a, const struct sym *sym, const char *tag)
{
	const struct rp_api *api = source_api(a, sym);

	return api && rp_api_has_tag(api, tag);
}

static bool is_held_by(const struct sym *sym, const char *field)
{
	const struct region *region = sym->kind == SYM_INITIAL ? sym->a : NULL;

	return region && region->kind == REGION_FIELD && region->field == field;
}

/* Nothing was stored in this part of the record since all of it was copied. */
static bool is_copied_from(const struct analysis *a, const struct sym *value, const char *tag)
{
	const struct sym *whole = value->kind == SYM_PART ? value->a : NULL, *source = NULL;
	const struct region *original;

	if (whole && whole->kind == SYM_INITIAL) { /* by an assignment */
		original = whole->a;
		source = original->kind == REGION_POINTEE ? original->pointer : NULL;
	} else if (whole) { /* by a call */
		source = whole->copied;
	}
	return source && is_result_of(a, source, tag);
}

const struct entry *condition_entry(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				    const struct rp_condition *condition)
{
	const struct sym *arg = call_arg(site, condition->param);
	struct subject subject;

	if (condition->via && !condition->resource)
		return arg ? state_entry(state, condition->via, arg) : NULL;
	return argument_subject(a, state, site, condition, &subject) && subject.value ?
		       subject_entry(state, &subject, condition) :
		       NULL;
}

static bool is_below_other(const struct flow_state *state, const struct call_site *site, const struct sym *value,
			   const struct rp_condition *condition)
{
	const struct sym *other = call_arg(site, condition->other_param);

	return other && range_of(state, value).high < range_of(state, other).low;
}

static bool condition_holds(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			    const struct rp_condition *condition)
{
	const struct entry *entry;
	const struct sym *arg;
	struct subject subject;
	struct range range;

	if (!argument_subject(a, state, site, condition, &subject))
		return false;
	if (condition->kind == RP_CONDITION_UNINITIALISED)
		return is_partly_unwritten(a, state, &subject);
	if (condition->kind == RP_CONDITION_PLAIN_NUMBER)
		return is_plain_number(call_arg_expr(site, condition->param));
	arg = subject.value;
	if (arg && condition->inner_field)
		arg = object_field_value(a, state, arg, condition->inner_field);
	if (!arg)
		return false;
	switch (condition->kind) {
	case RP_CONDITION_RESULT_OF:
		return is_result_of(a, arg, condition->name);
	case RP_CONDITION_HOLDS:
		return is_held_by(arg, condition->name);
	case RP_CONDITION_COPIED_FROM:
		return is_copied_from(a, arg, condition->name);
	case RP_CONDITION_NULL:
		range = range_of(state, arg);
		return range.low == 0 && range.high == 0;
	case RP_CONDITION_NOT_NULL:
		return range_of(state, arg).nonzero;
	case RP_CONDITION_USER:
		return is_user_pointer(arg);
	case RP_CONDITION_SIZEOF_POINTER:
	case RP_CONDITION_LACKS_FIELD:
	case RP_CONDITION_VALUE_OF:
	case RP_CONDITION_MACRO:
	case RP_CONDITION_NO_MACRO:
	case RP_CONDITION_TYPE_SIZE:
	case RP_CONDITION_LITERAL:
	case RP_CONDITION_NOT_LITERAL:
	case RP_CONDITION_VARIABLE:
	case RP_CONDITION_MEMBER:
	case RP_CONDITION_ADDRESS:
		return is_written_so(a, site, arg, condition);
	case RP_CONDITION_STATE:
	case RP_CONDITION_MODE:
		entry = subject_entry(state, &subject, condition);
		return entry && !entry->is_doubtful &&
		       (condition->kind == RP_CONDITION_STATE ? is_in_state(entry, condition) :
								has_mode(entry, condition));
	case RP_CONDITION_BELOW_PARAM:
		return is_below_other(state, site, arg, condition);
	case RP_CONDITION_STORAGE:
		return storage_is_among(&subject, condition->storages);
	case RP_CONDITION_ROOM:
		return room_is_short(a, &subject, condition->room);
	case RP_CONDITION_STARTS_WITH:
	case RP_CONDITION_STARTS_NOT:
		return literal_starts_with(&subject, condition);
	case RP_CONDITION_CALL:
		return is_computed_by(a, state, arg, condition->call, call_arg(site, condition->on_param), 0);
	case RP_CONDITION_UNWRITTEN:
		return is_unwritten(a, state, arg, condition->unwritten);
	case RP_CONDITION_POINTEE_NONZERO:
		return pointee_is_nonzero(a, state, arg);
	default:
		return compare_holds(a, state, site, arg, condition);
	}
}

bool conditions_hold(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct rp_conditions *conditions)
{
	int i;

	for (i = 0; i < conditions->count; i++)
		if (!condition_holds(a, state, site, &conditions->items[i]))
			return false;
	return true;
}

/* ---- fields that show a state ------------------------------------------------------ */

/* `p->flags & BITS`, `!(...)`, `(...) != 0`: the load of the field, the bits, and
 * whether the condition is true when some bit is set. */
struct bit_test {
	const struct ir_place *field;
	int64_t bits;
	bool is_set_when_true;
};

static bool is_number(const struct ir_expr *expr, int64_t *value)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	*value = expr->kind == IR_EXPR_INT ? expr->value : 0;
	return expr->kind == IR_EXPR_INT;
}

static const struct ir_place *loaded_field(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr->kind == IR_EXPR_LOAD && expr->place->kind == IR_PLACE_FIELD &&
			       expr->place->part.base->kind == IR_PLACE_DEREF ?
		       expr->place :
		       NULL;
}

static bool read_bit_test(const struct ir_expr *expr, struct bit_test *test)
{
	int64_t value;

	test->is_set_when_true = true;
	for (;;) {
		if (expr->kind == IR_EXPR_CAST) {
			expr = expr->cast.operand;
		} else if (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NOT) {
			test->is_set_when_true = !test->is_set_when_true;
			expr = expr->op.left;
		} else if (expr->kind == IR_EXPR_BINARY &&
			   (expr->op.op == IR_BINARY_EQ || expr->op.op == IR_BINARY_NE) &&
			   is_number(expr->op.right, &value) && value == 0) {
			if (expr->op.op == IR_BINARY_EQ)
				test->is_set_when_true = !test->is_set_when_true;
			expr = expr->op.left;
		} else {
			break;
		}
	}
	if (expr->kind != IR_EXPR_BINARY || expr->op.op != IR_BINARY_AND || !is_number(expr->op.right, &test->bits))
		return false;
	test->field = loaded_field(expr->op.left);
	return test->field != NULL;
}

static bool entry_contradicts(const struct analysis *a, const struct entry *entry, const struct bit_test *test,
			      bool is_set)
{
	int i;

	for (i = 0; i < entry->resource->state_count; i++) {
		const struct rp_state *shown = &entry->resource->states[i];
		int64_t bits;

		if (!shown->shown_field || shown->shown_field != test->field->part.field ||
		    !unit_constant(a->unit, shown->shown_bits, &bits) || bits != test->bits)
			continue;
		return is_set != (entry->state == i);
	}
	return false;
}

bool contradicts_shown_state(struct analysis *a, struct flow_state *state, const struct ir_expr *condition, bool taken)
{
	struct bit_test test;
	const struct sym *object;
	size_t i;

	if (!read_bit_test(condition, &test))
		return false;
	object = eval_expr(a, state, test.field->part.base->pointer);
	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->key == object && entry->state >= 0 && !entry->is_doubtful &&
		    entry_contradicts(a, entry, &test, taken == test.is_set_when_true))
			return true;
	}
	return false;
}

/* ---- values that cannot be equal ---------------------------------------------- */

/* Two pieces of memory of which neither can be (part of) the other. */
static bool regions_differ(const struct region *left, const struct region *right)
{
	const struct region *left_root = region_root(left), *right_root = region_root(right);

	if (region_is_within(left, right) || region_is_within(right, left))
		return false;
	if (left_root->kind == REGION_VAR && right_root->kind == REGION_VAR && left_root != right_root)
		return true;
	if (left_root != right_root)
		return false;
	/* Of one object: different fields side by side; elements may coincide. */
	return left->kind == REGION_FIELD && right->kind == REGION_FIELD && left->base == right->base;
}

/* Something this path made itself: memory, a mapping. */
static bool is_fresh(const struct sym *sym)
{
	return sym->kind == SYM_CALL && sym->type && sym->type->kind == IR_TYPE_POINTER;
}

bool surely_differ(const struct flow_state *state, const struct sym *left, const struct sym *right)
{
	const struct sym *left_base = sym_base_pointer(left), *right_base = sym_base_pointer(right);
	struct range l = range_of(state, left), r = range_of(state, right);

	if (left == right || left_base == right_base)
		return false;
	if (l.high < r.low || r.high < l.low)
		return true;
	if (left_base->kind == SYM_ADDRESS && right_base->kind == SYM_ADDRESS)
		return regions_differ(left_base->a, right_base->a);
	if (is_fresh(left_base) && is_fresh(right_base))
		return true;
	/* Fresh memory is not what a parameter pointed to on entry. */
	return (is_fresh(left_base) && right_base->kind == SYM_INITIAL && !right_base->b &&
		region_root(right_base->a)->kind == REGION_VAR) ||
	       (is_fresh(right_base) && left_base->kind == SYM_INITIAL && !left_base->b &&
		region_root(left_base->a)->kind == REGION_VAR);
}

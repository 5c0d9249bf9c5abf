/* Ranges of symbols and what a branch says of them. Intervals over int64 with
 * a hole at zero; an error pointer is a pointer in [-4095, -1], NULL is 0 and
 * every other pointer counts as positive, so that one domain serves errno
 * values and pointers. A condition that is not understood refines nothing. */
#include "engine_int.h"

#include <string.h>

struct range range_all(void)
{
	return (struct range){ RANGE_LOWEST, RANGE_HIGHEST, false };
}

struct range range_exact(int64_t value)
{
	return (struct range){ value, value, value != 0 };
}

bool range_is_exact(struct range range, int64_t *value)
{
	*value = range.low;
	return range.low == range.high;
}

bool range_contains(struct range range, int64_t value)
{
	return value >= range.low && value <= range.high && !(value == 0 && range.nonzero);
}

static struct range range_normal(struct range range)
{
	if (range.nonzero && range.low == 0)
		range.low = 1;
	if (range.nonzero && range.high == 0)
		range.high = -1;
	if (range.low > 0 || range.high < 0)
		range.nonzero = true;
	return range;
}

bool range_meets(struct range left, struct range right)
{
	int64_t low = left.low > right.low ? left.low : right.low;
	int64_t high = left.high < right.high ? left.high : right.high;

	return low <= high && !((left.nonzero || right.nonzero) && low == 0 && high == 0);
}

struct range range_of_value(const struct value_range *range)
{
	return (struct range){ range->low, range->high, range->nonzero };
}

struct range range_hull(struct range left, struct range right)
{
	struct range hull = { left.low < right.low ? left.low : right.low,
			      left.high > right.high ? left.high : right.high, left.nonzero && right.nonzero };

	return range_normal(hull);
}

static bool range_meet(struct range *target, struct range with)
{
	if (with.low > target->low)
		target->low = with.low;
	if (with.high < target->high)
		target->high = with.high;
	target->nonzero = target->nonzero || with.nonzero;
	*target = range_normal(*target);
	return target->low <= target->high;
}

struct range range_of_type(const struct ir_type *type)
{
	if (!type)
		return range_all();
	if (type->kind == IR_TYPE_POINTER)
		return (struct range){ ERRNO_LOWEST, RANGE_HIGHEST, false };
	if (type->kind == IR_TYPE_BOOL)
		return (struct range){ 0, 1, false };
	if (type->kind == IR_TYPE_INT && type->size > 0 && type->size < 8 && !type->is_enum) {
		int bits = (int)type->size * 8;

		if (type->is_unsigned)
			return (struct range){ 0, ((int64_t)1 << bits) - 1, false };
		return (struct range){ -((int64_t)1 << (bits - 1)), ((int64_t)1 << (bits - 1)) - 1, false };
	}
	/* A 64-bit unsigned value is not bounded: error values come as unsigned long. */
	return range_all();
}

static const struct fact *fact_find(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->fact_count; i++)
		if (state->facts[i].sym == sym)
			return &state->facts[i];
	return NULL;
}

static int64_t saturating_add(int64_t left, int64_t right)
{
	int64_t sum;

	if (left == RANGE_LOWEST || left == RANGE_HIGHEST)
		return left;
	if (__builtin_add_overflow(left, right, &sum))
		return right > 0 ? RANGE_HIGHEST : RANGE_LOWEST;
	return sum;
}

static bool is_variable_address(const struct sym *sym)
{
	return sym->kind == SYM_ADDRESS && region_root(sym->a)->kind == REGION_VAR;
}

/* A list head read as if it were an element (the list was empty): nobody
 * compares a variable with its own parts otherwise. */
static bool are_nested(const struct sym *left, const struct sym *right)
{
	return is_variable_address(left) && is_variable_address(right) &&
	       (region_is_within(left->a, right->a) || region_is_within(right->a, left->a));
}

static bool is_own_memory(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].resource->is_memory &&
		    !state->entries[i].is_escaped && state->entries[i].key == sym && sym->kind == SYM_CALL)
			return true;
	return false;
}

/* Where a variable is, or what a variable or field held on entry. */
static bool is_older(const struct sym *sym)
{
	return is_variable_address(sym) || (sym->kind == SYM_INITIAL && !sym->b);
}

/* Allocated memory is never where something else already was. */
static bool are_distinct_objects(const struct flow_state *state, const struct sym *left, const struct sym *right)
{
	return (is_older(left) && is_own_memory(state, right)) || (is_older(right) && is_own_memory(state, left));
}

static struct range range_of_comparison(const struct flow_state *state, const struct sym *sym)
{
	const struct sym *left_sym = sym->a, *right_sym = sym->b;
	struct range left = range_of(state, left_sym), right = range_of(state, right_sym);
	struct range unknown = { 0, 1, false };

	if (sym->op == IR_BINARY_EQ && are_nested(left_sym, right_sym))
		return range_exact(1);
	if (sym->op == IR_BINARY_EQ && are_distinct_objects(state, left_sym, right_sym))
		return range_exact(0);
	switch (sym->op) {
	case IR_BINARY_EQ:
		if (left.high < right.low || right.high < left.low ||
		    (left.nonzero && right.low == 0 && right.high == 0))
			return range_exact(0);
		return left.low == left.high && right.low == right.high ? range_exact(1) : unknown;
	case IR_BINARY_LT:
		return left.high < right.low ? range_exact(1) : left.low >= right.high ? range_exact(0) : unknown;
	case IR_BINARY_LE:
		return left.high <= right.low ? range_exact(1) : left.low > right.high ? range_exact(0) : unknown;
	case IR_BINARY_GT:
		return left.low > right.high ? range_exact(1) : left.high <= right.low ? range_exact(0) : unknown;
	case IR_BINARY_GE:
		return left.low >= right.high ? range_exact(1) : left.high < right.low ? range_exact(0) : unknown;
	default:
		return unknown;
	}
}

static struct range range_of_binary(const struct flow_state *state, const struct sym *sym)
{
	const struct sym *left = sym->a, *right = sym->b;

	if (sym->op >= IR_BINARY_EQ && sym->op <= IR_BINARY_GE)
		return range_of_comparison(state, sym);
	if (right->kind == SYM_INT && sym->op == IR_BINARY_ADD) {
		struct range range = range_of(state, left);

		/* An address plus an offset stays an address. */
		if (left->type && left->type->kind == IR_TYPE_POINTER && range.low > 0)
			return (struct range){ 1, RANGE_HIGHEST, true };
		range.low = saturating_add(range.low, right->value);
		range.high = saturating_add(range.high, right->value);
		range.nonzero = false;
		return range_normal(range);
	}
	if (right->kind == SYM_INT && right->value >= 0 && sym->op == IR_BINARY_AND) {
		struct range range = range_of(state, left);

		if (range.low == range.high)
			return range_exact(range.low & right->value);
		return (struct range){ 0, right->value, false };
	}
	if (right->kind == SYM_INT && right->value > 0 && sym->op == IR_BINARY_REM) {
		struct range range = range_of(state, left);

		return (struct range){ range.low >= 0 ? 0 : -(right->value - 1), right->value - 1, false };
	}
	return range_of_type(sym->type);
}

static struct range range_of_predicate(const struct flow_state *state, const struct sym *sym)
{
	struct range of = range_of(state, sym->a);

	switch (sym->op) {
	case RP_PREDICATE_IS_ERROR:
		if (of.low >= 0 || of.high < ERRNO_LOWEST)
			return range_exact(0);
		return of.low >= ERRNO_LOWEST && of.high < 0 ? range_exact(1) : (struct range){ 0, 1, false };
	case RP_PREDICATE_IS_NULL_OR_ERROR:
		if (of.low > 0 || of.high < ERRNO_LOWEST)
			return range_exact(0);
		return of.low >= ERRNO_LOWEST && of.high <= 0 ? range_exact(1) : (struct range){ 0, 1, false };
	case RP_PREDICATE_IS_USABLE:
		return of.low >= ERRNO_LOWEST && of.high <= 0 ? range_exact(0) : (struct range){ 0, 1, false };
	case RP_PREDICATE_ERROR_OR_ZERO:
		if (of.low >= 0 || of.high < ERRNO_LOWEST)
			return range_exact(0);
		return of.low >= ERRNO_LOWEST && of.high < 0 ? of : (struct range){ ERRNO_LOWEST, 0, false };
	default:
		return range_all();
	}
}

/* What user space chooses is no error value. */
static struct range range_of_plain(const struct sym *sym)
{
	struct range range = range_of_type(sym->type);

	if (sym->is_from_user && sym->type && sym->type->kind == IR_TYPE_INT && sym->type->is_unsigned &&
	    range.low < 0 && !sym->type->is_enum)
		range.low = 0;
	return range;
}

static struct range range_derived(const struct flow_state *state, const struct sym *sym)
{
	struct range of;

	switch (sym->kind) {
	case SYM_INT:
		return range_exact(sym->value);
	case SYM_ADDRESS:
	case SYM_FUNCTION:
	case SYM_STRING:
		return (struct range){ LOWEST_ADDRESS, RANGE_HIGHEST, true };
	case SYM_INDEX:
	case SYM_USER:
		return range_of(state, sym->a);
	case SYM_UNARY:
		of = range_of(state, sym->a);
		if (sym->op == IR_UNARY_NOT) {
			if (of.nonzero)
				return range_exact(0);
			return of.low == 0 && of.high == 0 ? range_exact(1) : (struct range){ 0, 1, false };
		}
		if (sym->op == IR_UNARY_NEG && of.low > RANGE_LOWEST && of.high < RANGE_HIGHEST)
			return range_normal((struct range){ -of.high, -of.low, of.nonzero });
		return range_of_type(sym->type);
	case SYM_BINARY:
		return range_of_binary(state, sym);
	case SYM_PREDICATE:
		return range_of_predicate(state, sym);
	default:
		return range_of_plain(sym);
	}
}

struct range range_of(const struct flow_state *state, const struct sym *sym)
{
	struct range range = range_derived(state, sym);
	const struct fact *fact = sym->kind == SYM_INT ? NULL : fact_find(state, sym);

	/* An empty meet belongs to a path found impossible elsewhere: keep the fact. */
	if (fact && !range_meet(&range, fact->range))
		return fact->range;
	return range;
}

/* What is known of a value made of it must still be possible: is x 2 where `x & 2` was 0? */
static bool agrees_with_derived(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->fact_count; i++) {
		const struct sym *derived = state->facts[i].sym;

		if (((derived->kind == SYM_BINARY && (derived->a == sym || derived->b == sym)) ||
		     (derived->kind == SYM_UNARY && derived->a == sym)) &&
		    !range_meets(range_derived(state, derived), state->facts[i].range))
			return false;
	}
	return true;
}

/* Is it known that the value is not this one? */
static bool is_excluded(const struct flow_state *state, const struct sym *sym, int64_t value)
{
	for (size_t i = 0; i < state->fact_count; i++) {
		const struct sym *derived = state->facts[i].sym, *other = derived->b;

		if (derived->kind == SYM_BINARY && derived->op == IR_BINARY_EQ && derived->a == sym &&
		    other->kind == SYM_INT && other->value == value)
			return !state->facts[i].range.nonzero && state->facts[i].range.high == 0;
	}
	return false;
}

/* x > 1, and is not 2: x > 2. */
static bool trim_ends(const struct flow_state *state, const struct sym *sym, struct range *range)
{
	while (range->low < range->high && is_excluded(state, sym, range->low))
		range->low++;
	while (range->low < range->high && is_excluded(state, sym, range->high))
		range->high--;
	*range = range_normal(*range);
	return !(range->low == range->high && is_excluded(state, sym, range->low));
}

bool state_constrain(struct analysis *a, struct flow_state *state, const struct sym *sym, struct range range)
{
	struct range before = range_of(state, sym), now = before;
	struct fact *fact;

	if (!range_meet(&now, range_normal(range)) || !trim_ends(state, sym, &now))
		return false;
	if (sym->kind == SYM_INT)
		return true;
	fact = (struct fact *)fact_find(state, sym);
	if (fact)
		fact->range = now;
	else
		ARENA_PUSH(a->arena, state->facts, state->fact_count, state->fact_capacity,
			   ((struct fact){ sym, now }));
	bound_note(a, state, sym, now);
	return (now.low == before.low && now.high == before.high && now.nonzero == before.nonzero) ||
	       agrees_with_derived(state, sym);
}

static int negated(int op)
{
	switch (op) {
	case IR_BINARY_EQ:
		return IR_BINARY_NE;
	case IR_BINARY_NE:
		return IR_BINARY_EQ;
	case IR_BINARY_LT:
		return IR_BINARY_GE;
	case IR_BINARY_GE:
		return IR_BINARY_LT;
	case IR_BINARY_GT:
		return IR_BINARY_LE;
	default:
		return IR_BINARY_GT;
	}
}

static bool range_for(int op, int64_t bound, struct range *range)
{
	*range = range_all();
	switch (op) {
	case IR_BINARY_EQ:
		*range = range_exact(bound);
		return true;
	case IR_BINARY_NE:
		range->nonzero = bound == 0;
		return bound == 0;
	case IR_BINARY_LT:
		range->high = bound == RANGE_LOWEST ? bound : bound - 1;
		return true;
	case IR_BINARY_LE:
		range->high = bound;
		return true;
	case IR_BINARY_GT:
		range->low = bound == RANGE_HIGHEST ? bound : bound + 1;
		return true;
	default:
		range->low = bound;
		return true;
	}
}

static bool is_unsigned_wide(const struct sym *sym)
{
	return sym->type && sym->type->kind == IR_TYPE_INT && sym->type->is_unsigned && sym->type->size >= 8;
}

/* sym OP bound, where sym is not a constant. */
static bool assume_bound(struct analysis *a, struct flow_state *state, const struct sym *sym, int op, int64_t bound)
{
	struct range range;
	bool is_truth = sym->kind == SYM_PREDICATE || (sym->kind == SYM_UNARY && sym->op == IR_UNARY_NOT) ||
			(sym->kind == SYM_BINARY && sym->op >= IR_BINARY_EQ && sym->op <= IR_BINARY_GE);

	if (is_truth && (op == IR_BINARY_EQ || op == IR_BINARY_NE) && (bound == 0 || bound == 1) &&
	    !(sym->kind == SYM_PREDICATE && sym->op == RP_PREDICATE_ERROR_OR_ZERO))
		return state_assume(a, state, sym, (op == IR_BINARY_EQ) == (bound == 1));
	/* An unsigned long may carry an error value as a huge number: its order
	 * against a bound says nothing of its signed value, unless it is small. */
	if (is_unsigned_wide(sym) && op != IR_BINARY_EQ && op != IR_BINARY_NE && range_of(state, sym).low < 0)
		return true;
	if (!range_for(op, bound, &range)) {
		/* sym != bound: an interval can only lose its ends. */
		range = range_of(state, sym);
		if (range.low == bound && range.high == bound)
			return false;
		if (range.low == bound)
			range.low++;
		else if (range.high == bound)
			range.high--;
		else
			return true;
	}
	if (!state_constrain(a, state, sym, range))
		return false;
	if (sym->kind == SYM_BINARY && sym->op == IR_BINARY_ADD) {
		const struct sym *left = sym->a, *right = sym->b;
		int64_t shifted;

		if (right->kind == SYM_INT && left->kind != SYM_INT &&
		    !__builtin_sub_overflow(bound, right->value, &shifted))
			return assume_bound(a, state, left, op, shifted);
	}
	if (sym->kind == SYM_PREDICATE && sym->op == RP_PREDICATE_ERROR_OR_ZERO) {
		/* PTR_ERR_OR_ZERO(p): zero says that p is no error. */
		struct range result = range_of(state, sym);

		if (result.low == 0 && result.high == 0)
			return state_constrain(a, state, sym->a, (struct range){ 0, RANGE_HIGHEST, false });
		if (result.high < 0)
			return state_constrain(a, state, sym->a, (struct range){ ERRNO_LOWEST, -1, true });
	}
	return true;
}

static bool assume_predicate(struct analysis *a, struct flow_state *state, const struct sym *sym, bool truth)
{
	struct range range = truth ? (struct range){ ERRNO_LOWEST, -1, true } :
				     (struct range){ 0, RANGE_HIGHEST, false };
	struct range now = range_of(state, sym->a);

	if (sym->op == RP_PREDICATE_IS_USABLE)
		return !truth || state_constrain(a, state, sym->a, (struct range){ 1, RANGE_HIGHEST, true });
	if (sym->op == RP_PREDICATE_IS_NULL_OR_ERROR)
		range = truth ? (struct range){ ERRNO_LOWEST, 0, false } : (struct range){ 1, RANGE_HIGHEST, true };
	/* "Not an error" leaves values below -4095: only numbers that were cast
	 * to pointers, which the pointer range already leaves out. */
	if (!truth && now.low < ERRNO_LOWEST)
		return true;
	return state_constrain(a, state, sym->a, range);
}

static bool record_truth(struct analysis *a, struct flow_state *state, const struct sym *sym, bool truth)
{
	return state_constrain(a, state, sym,
			       truth ? (struct range){ RANGE_LOWEST, RANGE_HIGHEST, true } : range_exact(0));
}

bool state_assume(struct analysis *a, struct flow_state *state, const struct sym *condition, bool truth)
{
	struct range range = range_of(state, condition);

	if (truth ? (range.low == 0 && range.high == 0) : range.nonzero)
		return false;
	if (condition->kind == SYM_UNARY && condition->op == IR_UNARY_NOT)
		return state_assume(a, state, condition->a, !truth);
	if (condition->kind == SYM_PREDICATE && condition->op != RP_PREDICATE_ERROR_OR_ZERO)
		return record_truth(a, state, condition, truth) && assume_predicate(a, state, condition, truth);
	if (condition->kind == SYM_BINARY && condition->op >= IR_BINARY_EQ && condition->op <= IR_BINARY_GE) {
		const struct sym *left = condition->a, *right = condition->b;
		int op = truth ? condition->op : negated(condition->op);
		int64_t bound;

		if (!record_truth(a, state, condition, truth))
			return false;
		if (range_is_exact(range_of(state, right), &bound))
			return assume_bound(a, state, left, op, bound);
		if (range_is_exact(range_of(state, left), &bound) && (op == IR_BINARY_EQ || op == IR_BINARY_NE))
			return assume_bound(a, state, right, op, bound);
		return true;
	}
	return assume_bound(a, state, condition, truth ? IR_BINARY_NE : IR_BINARY_EQ, 0);
}

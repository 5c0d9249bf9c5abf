/* Numbers that user space chooses, and how far a path limited them. Facts
 * (feasible.c) hold constant limits; here it is kept which numbers were tested
 * at all, also against values that are not known, and a join keeps the tests of
 * both ways: a limit that is only perhaps there counts as one. What can be
 * brought about is asked the other way round: a highest value is given only
 * where nothing on the path stands against it. */
#include "engine_int.h"

#define MAX_BOUNDS 160
#define BOUND_ABOVE (BOUND_LOWER | BOUND_NONZERO) /* more than something: taken to leave out 0 */

/* ---- marks ----------------------------------------------------------------------- */

static struct bound *bound_find(const struct flow_state *state, const struct sym *sym)
{
	size_t i;

	for (i = 0; i < state->bound_count; i++)
		if (state->bounds[i].sym == sym)
			return &state->bounds[i];
	return NULL;
}

unsigned bound_marks(const struct flow_state *state, const struct sym *sym)
{
	const struct bound *bound = bound_find(state, sym);

	return bound ? bound->marks : 0;
}

void bound_add(struct analysis *a, struct flow_state *state, const struct sym *sym, unsigned marks)
{
	struct bound *bound = bound_find(state, sym);

	if (bound)
		bound->marks |= marks;
	else if (marks && state->bound_count < MAX_BOUNDS)
		ARENA_PUSH(a->arena, state->bounds, state->bound_count, state->bound_capacity,
			   ((struct bound){ .sym = sym, .marks = marks }));
	else if (marks)
		state->has_lost_bounds = true;
}

void bound_forget(struct flow_state *state, const struct sym *sym)
{
	size_t read, write = 0;

	for (read = 0; read < state->bound_count; read++)
		if (!sym_contains(state->bounds[read].sym, sym))
			state->bounds[write++] = state->bounds[read];
	state->bound_count = write;
}

bool bound_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming)
{
	bool changed = incoming->has_lost_bounds && !target->has_lost_bounds;
	size_t i;

	target->has_lost_bounds = target->has_lost_bounds || incoming->has_lost_bounds;
	for (i = 0; i < incoming->bound_count && !target->has_lost_bounds; i++) {
		const struct bound *bound = &incoming->bounds[i];
		struct bound *known;

		if ((bound_marks(target, bound->sym) & bound->marks) == bound->marks)
			continue;
		bound_add(a, target, bound->sym, bound->marks);
		known = bound_find(target, bound->sym);
		if (known && !known->end) {
			known->end = bound->end;
			known->is_end_included = bound->is_end_included;
		}
		changed = true;
	}
	return changed;
}

/* ---- leaves ------------------------------------------------------------------------ */

static bool is_number(const struct ir_type *type)
{
	return type && (type->kind == IR_TYPE_INT || type->kind == IR_TYPE_BOOL);
}

/* A single value, not an operation on others. */
static bool is_leaf(const struct sym *sym)
{
	return sym->kind == SYM_INITIAL || sym->kind == SYM_OUTPUT || sym->kind == SYM_HAVOC || sym->kind == SYM_PART ||
	       sym->kind == SYM_MERGE || sym->kind == SYM_CALL || (sym->kind == SYM_APPLY && sym->is_from_user);
}

/* What a parameter, or memory that it leads to, held on entry. */
static bool is_of_caller(const struct sym *sym)
{
	const struct region *root;

	if (sym->kind != SYM_INITIAL || sym->b || !is_number(sym->type))
		return false;
	root = region_root(sym->a);
	while (root->kind == REGION_POINTEE && root->pointer->kind == SYM_INITIAL && !root->pointer->b)
		root = region_root(root->pointer->a);
	return root->kind == REGION_VAR && root->var->kind == IR_VAR_PARAM;
}

static bool is_chosen(const struct sym *sym, enum bound_scope scope)
{
	return is_leaf(sym) && (sym->is_from_user || (scope == BOUND_OF_CALLERS && is_of_caller(sym)));
}

static bool depends(const struct sym *sym, enum bound_scope scope)
{
	if (is_leaf(sym))
		return is_chosen(sym, scope);
	switch (sym->kind) {
	case SYM_BINARY:
		return depends(sym->a, scope) || depends(sym->b, scope);
	case SYM_UNARY:
	case SYM_USER:
	case SYM_INDEX:
		return depends(sym->a, scope);
	default:
		return false;
	}
}

const struct sym *bound_leaf(const struct sym *sym)
{
	const struct sym *left;

	if (is_leaf(sym))
		return sym->is_from_user || is_of_caller(sym) ? sym : NULL;
	switch (sym->kind) {
	case SYM_BINARY:
		left = bound_leaf(sym->a);
		return left ? left : bound_leaf(sym->b);
	case SYM_UNARY:
	case SYM_USER:
	case SYM_INDEX:
		return bound_leaf(sym->a);
	default:
		return NULL;
	}
}

/* ---- what tests say ------------------------------------------------------------------ */

static bool note_lower(struct analysis *a, struct flow_state *state, const struct sym *sym, unsigned marks);

/* The number is at most something. False: nothing in it is anybody's choice. */
static bool note_upper(struct analysis *a, struct flow_state *state, const struct sym *sym, bool by_number)
{
	unsigned mark = by_number ? BOUND_NUMBER : BOUND_UPPER;
	bool noted = false;

	if (is_leaf(sym)) {
		noted = is_chosen(sym, BOUND_OF_CALLERS);
	} else if (sym->kind == SYM_BINARY) {
		const struct sym *left = sym->a, *right = sym->b;

		noted = note_upper(a, state, left, false);
		noted = (sym->op == IR_BINARY_SUB ? note_lower(a, state, right, BOUND_ABOVE) :
						    note_upper(a, state, right, false)) ||
			noted;
	} else if (sym->kind == SYM_UNARY || sym->kind == SYM_USER || sym->kind == SYM_INDEX) {
		noted = note_upper(a, state, sym->a, false);
	}
	if (noted)
		bound_add(a, state, sym, mark);
	return noted;
}

/* It is at least something, and so is what is taken from another number at most that one. */
static bool note_lower(struct analysis *a, struct flow_state *state, const struct sym *sym, unsigned marks)
{
	bool noted = false;

	if (is_leaf(sym)) {
		noted = is_chosen(sym, BOUND_OF_CALLERS);
	} else if (sym->kind == SYM_BINARY) {
		const struct sym *right = sym->b;

		noted = note_lower(a, state, sym->a, marks);
		noted = (sym->op == IR_BINARY_SUB ? note_upper(a, state, right, false) :
						    note_lower(a, state, right, marks)) ||
			noted;
	} else if (sym->kind == SYM_UNARY || sym->kind == SYM_USER || sym->kind == SYM_INDEX) {
		noted = note_lower(a, state, sym->a, marks);
	}
	if (noted)
		bound_add(a, state, sym, marks);
	return noted;
}

/* Does the value limit what is not above it? Not if user space chooses it freely. */
static bool is_limit(const struct analysis *a, const struct flow_state *state, const struct sym *sym)
{
	int64_t highest;

	return !sym->is_from_user || !bound_highest(a, state, sym, BOUND_OF_USER, &highest) ||
	       highest < range_of_type(sym->type).high;
}

/* A counter of a loop is below what user space chose, or below something else. */
static void note_counter(struct analysis *a, struct flow_state *state, const struct sym *counter, const struct sym *end,
			 bool is_included)
{
	struct bound *bound;

	if (counter->kind != SYM_MERGE || counter->is_from_user || (counter->type && !is_number(counter->type)))
		return;
	if (is_limit(a, state, end)) {
		bound_add(a, state, counter, BOUND_UPPER);
		return;
	}
	bound_add(a, state, counter, BOUND_COUNTER);
	bound = bound_find(state, counter);
	if (bound) {
		bound->end = end;
		bound->is_end_included = is_included;
	}
}

static void note_order(struct analysis *a, struct flow_state *state, const struct sym *lesser,
		       const struct sym *greater, bool is_unsigned)
{
	if (is_limit(a, state, greater)) {
		note_upper(a, state, lesser, greater->kind == SYM_INT);
		if (is_unsigned)
			note_lower(a, state, lesser, BOUND_LOWER);
	}
	note_lower(a, state, greater, BOUND_ABOVE);
}

static void note_equal(struct analysis *a, struct flow_state *state, const struct sym *left, const struct sym *right)
{
	if (is_limit(a, state, right)) {
		note_upper(a, state, left, right->kind == SYM_INT);
		note_lower(a, state, left, BOUND_ABOVE);
	}
	if (is_limit(a, state, left)) {
		note_upper(a, state, right, left->kind == SYM_INT);
		note_lower(a, state, right, BOUND_ABOVE);
	}
}

static void note_comparison(struct analysis *a, struct flow_state *state, const struct sym *sym, bool truth)
{
	bool is_less = sym->op == IR_BINARY_LT || sym->op == IR_BINARY_LE;

	if (sym->op == IR_BINARY_EQ || sym->op == IR_BINARY_NE) {
		if ((sym->op == IR_BINARY_EQ) == truth)
			note_equal(a, state, sym->a, sym->b);
		else if (bound_leaf(sym))
			bound_add(a, state, bound_leaf(sym), BOUND_NONZERO);
		return;
	}
	note_counter(a, state, is_less == truth ? sym->a : sym->b, is_less == truth ? sym->b : sym->a,
		     (sym->op == IR_BINARY_LE || sym->op == IR_BINARY_GE) == truth);
	if (is_less == truth)
		note_order(a, state, sym->a, sym->b, sym->is_unsigned_order);
	else
		note_order(a, state, sym->b, sym->a, sym->is_unsigned_order);
}

void bound_note(struct analysis *a, struct flow_state *state, const struct sym *sym, struct range now)
{
	struct range natural;

	if (sym->kind == SYM_BINARY && sym->op >= IR_BINARY_EQ && sym->op <= IR_BINARY_GE) {
		if (now.nonzero || (now.low == 0 && now.high == 0))
			note_comparison(a, state, sym, now.nonzero);
		return;
	}
	if (!depends(sym, BOUND_OF_CALLERS))
		return;
	natural = range_of_type(sym->type);
	if (now.high < natural.high)
		note_upper(a, state, sym, true);
	if (now.low >= 0 && natural.low < 0 && !(sym->is_from_user && sym->type && sym->type->is_unsigned))
		note_lower(a, state, sym, BOUND_LOWER);
	if (now.nonzero)
		bound_add(a, state, sym, BOUND_NONZERO);
}

/* The counter of a loop, merged with the number that it began with. */
static void merge_counter(struct analysis *a, struct flow_state *target, const struct flow_state *incoming,
			  const struct sym *merge, const struct sym *left, const struct sym *right)
{
	const struct bound *from_left = bound_find(target, left), *from_right = bound_find(incoming, right);
	const struct bound *counter = from_right && from_right->end ? from_right : from_left;
	const struct sym *other = counter == from_right ? left : right, *end;
	unsigned marks = bound_marks(target, left) | bound_marks(incoming, right);
	bool is_included;
	struct bound *bound;

	if (!counter || !counter->end || (other->kind != SYM_INT && other != merge))
		return;
	end = counter->end;
	is_included = counter->is_end_included;
	bound_add(a, target, merge, marks);
	bound = bound_find(target, merge);
	if (bound && !bound->end) {
		bound->end = end;
		bound->is_end_included = is_included;
	}
}

/* n = min(n, LIMIT): on both ways still a number that user space chooses, up to the higher end. */
void bound_merge(struct analysis *a, struct flow_state *target, const struct flow_state *incoming,
		 const struct sym *merge, const struct sym *left, const struct sym *right)
{
	bool is_users = (left->is_from_user || left->kind == SYM_INT) &&
			(right->is_from_user || right->kind == SYM_INT) && (left->is_from_user || right->is_from_user);
	unsigned marks;

	((struct sym *)merge)->is_from_user = is_users && is_number(merge->type);
	if (!merge->is_from_user) {
		merge_counter(a, target, incoming, merge, left, right);
		return;
	}
	marks = bound_marks(target, left) | bound_marks(incoming, right);
	/* A zero that is merged in is the author's own. */
	bound_add(a, target, merge, marks | BOUND_NUMBER | BOUND_NONZERO);
}

void bound_unknown_call(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->arg_count; i++) {
		const struct sym *leaf = bound_leaf(site->args[i]), *arg = site->args[i];

		if (leaf)
			bound_add(a, state, leaf, BOUND_ANY);
		else if (arg->kind != SYM_INT && arg->kind != SYM_STRING && arg->type &&
			 arg->type->kind == IR_TYPE_POINTER)
			bound_add(a, state, sym_base_pointer(arg), BOUND_ANY);
	}
}

#define MAX_TESTS 24

static void add_test(struct analysis *a, struct function_summary *summary, const struct bound *bound)
{
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	const struct term *term = term_of(&maker, bound->sym);
	int i;

	if (!term || (term->kind != TERM_PARAM && term->kind != TERM_LOAD))
		return;
	for (i = 0; i < summary->user_test_count; i++) {
		if (term_equal(summary->user_tests[i].value, term)) {
			summary->user_tests[i].marks |= bound->marks;
			return;
		}
	}
	if (summary->user_test_count < MAX_TESTS)
		summary->user_tests[summary->user_test_count++] = (struct user_test){ term, bound->marks };
}

#define MAX_FILLS 8

/* Has some way to return looked at what was copied? */
static bool was_looked_at(const struct analysis *a, const struct sym *copied)
{
	size_t e, i;

	for (e = 0; e < a->exit_count; e++)
		for (i = 0; i < a->exits[e].state->bound_count; i++)
			if (sym_contains(a->exits[e].state->bounds[i].sym, copied))
				return true;
	return false;
}

static void add_fill(struct analysis *a, struct function_summary *summary, const struct binding *binding)
{
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	const struct term *address;
	int i;

	if (!binding->value->is_from_user ||
	    (binding->value->kind != SYM_HAVOC && binding->value->kind != SYM_OUTPUT) ||
	    region_is_local(binding->region) || was_looked_at(a, binding->value))
		return;
	address = term_of(&maker, sym_address(a, binding->region, NULL));
	for (i = 0; address && i < summary->user_fill_count; i++)
		if (term_equal(summary->user_fills[i], address))
			return;
	if (address && summary->user_fill_count < MAX_FILLS)
		summary->user_fills[summary->user_fill_count++] = address;
}

void bound_apply_fills(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct region *const *filled, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		const struct binding *binding = filled[i] ? state_binding(state, filled[i]) : NULL;
		const struct sym *value;

		if (!filled[i] || (binding && (binding->value->kind != SYM_HAVOC || binding->value->a != site->insn)))
			continue;
		value = sym_make(a, SYM_HAVOC, 0, site->insn, filled[i], filled[i]->type);
		((struct sym *)value)->is_from_user = true;
		state_store_default(a, state, filled[i], value);
	}
}

void bound_summarize(struct analysis *a, struct function_summary *summary)
{
	size_t e, i;

	summary->user_fills = ARENA_ARRAY(a->engine->module_arena, const struct term *, MAX_FILLS);
	for (e = 0; e < a->exit_count; e++)
		for (i = 0; i < a->exits[e].state->binding_count; i++)
			add_fill(a, summary, &a->exits[e].state->bindings[i]);

	summary->user_tests = ARENA_ARRAY(a->engine->module_arena, struct user_test, MAX_TESTS);
	for (e = 0; e < a->exit_count; e++)
		for (i = 0; i < a->exits[e].state->bound_count; i++)
			add_test(a, summary, &a->exits[e].state->bounds[i]);
}

void bound_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		  const struct function_summary *summary)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int i;

	/* In a cycle of the call graph the tests would reach further with each round. */
	for (i = 0; i < a->group_count; i++)
		if (a->group[i] == summary->function) {
			bound_unknown_call(a, state, site);
			return;
		}

	for (i = 0; i < summary->user_test_count; i++) {
		const struct sym *sym = term_value(&reader, summary->user_tests[i].value);
		unsigned marks = summary->user_tests[i].marks;

		/* How far it is limited, the outcome's facts may say; that it is, is enough to be silent. */
		if (marks & BOUND_NUMBER)
			marks |= BOUND_UPPER;
		if (sym && sym->kind != SYM_INT)
			bound_add(a, state, sym, marks);
	}
}

const struct sym *bound_narrow(struct analysis *a, const struct flow_state *state, const struct sym *value,
			       const struct ir_type *type)
{
	struct range range, natural;

	if (!value->is_from_user || !type || type->kind != IR_TYPE_INT || type->size <= 0 || type->size > 2)
		return value;
	range = range_of(state, value);
	natural = range_of_type(type);
	if (range.low >= natural.low && range.high <= natural.high)
		return value;
	if (!type->is_unsigned)
		return sym_make(a, SYM_OPAQUE, 0, a->insn, NULL, type);
	return sym_binary(a, IR_BINARY_AND, value, sym_int(a, natural.high), type);
}

static bool is_in_field(const struct sym *sym, const char *const *fields, int count)
{
	const struct region *region = sym->kind == SYM_INITIAL || sym->kind == SYM_MERGE ? sym->a :
				      sym->kind == SYM_PART || sym->kind == SYM_HAVOC	 ? sym->b :
											   NULL;
	int i;

	for (i = 0; region && region->kind == REGION_FIELD && i < count; i++)
		if (region->field == fields[i])
			return true;
	return false;
}

bool bound_tested_field(const struct flow_state *state, const char *const *fields, int count)
{
	size_t i;

	for (i = 0; i < state->bound_count; i++)
		if (is_in_field(state->bounds[i].sym, fields, count))
			return true;
	return state->has_lost_bounds;
}

bool bound_tested_caller(const struct flow_state *state)
{
	size_t i;

	for (i = 0; i < state->bound_count; i++)
		if (is_of_caller(state->bounds[i].sym))
			return true;
	return state->has_lost_bounds;
}

/* ---- what can be brought about --------------------------------------------------------- */

/* Was the memory that the value was found in given to somebody who may have looked at it? */
static bool was_given_away(const struct flow_state *state, const struct sym *sym)
{
	const struct region *region = sym->kind == SYM_PART || sym->kind == SYM_HAVOC	 ? sym->b :
				      sym->kind == SYM_INITIAL || sym->kind == SYM_MERGE ? sym->a :
											   NULL;
	const struct region *root = region ? region_root(region) : NULL;
	size_t i;

	for (i = 0; root && i < state->bound_count; i++) {
		const struct bound *bound = &state->bounds[i];

		if (!(bound->marks & BOUND_ANY))
			continue;
		if (root->kind == REGION_POINTEE ?
			    bound->sym == sym_base_pointer(root->pointer) :
			    bound->sym->kind == SYM_ADDRESS && region_root(bound->sym->a) == root)
			return true;
	}
	return false;
}

static int64_t add_up(int64_t left, int64_t right)
{
	int64_t sum;

	return __builtin_add_overflow(left, right, &sum) ? RANGE_HIGHEST : sum;
}

static int64_t multiply(int64_t left, int64_t right)
{
	int64_t product;

	return __builtin_mul_overflow(left, right, &product) ? RANGE_HIGHEST : product;
}

static bool leaf_highest(const struct flow_state *state, const struct sym *sym, int64_t *highest)
{
	struct range range = range_of(state, sym);
	unsigned marks = bound_marks(state, sym);

	if (!is_number(sym->type) || was_given_away(state, sym) ||
	    ((marks & BOUND_NUMBER) && range.high >= range_of_type(sym->type).high))
		return false; /* tested, but a join forgot against what */
	*highest = range.high;
	return true;
}

/* Of one operand: user space's choice, a constant, or at least something that is not negative. */
static bool operand_highest(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
			    enum bound_scope scope, int64_t *highest)
{
	struct range range;

	if (depends(sym, scope))
		return bound_highest(a, state, sym, scope, highest);
	range = range_of(state, sym);
	*highest = sym->kind == SYM_INT ? sym->value : range.low > 0 ? range.low : 0;
	return sym->kind == SYM_INT || range.low >= 0 || (sym->type && sym->type->is_unsigned);
}

static bool difference_highest(const struct analysis *a, const struct flow_state *state, const struct sym *left,
			       const struct sym *right, enum bound_scope scope, int64_t *highest)
{
	struct range range = range_of(state, right);

	if (!depends(left, scope) || !bound_highest(a, state, left, scope, highest))
		return false;
	if (right->kind == SYM_INT)
		*highest = right->value < 0 ? add_up(*highest, -right->value) : *highest - right->value;
	else if (depends(right, scope) || *highest >= range_of_type(left->type).high)
		*highest -= range.low > 0 ? range.low : 0;
	else
		return false;
	return true;
}

static bool constant_highest(const struct sym *operation, int64_t with, int64_t *highest)
{
	switch (operation->op) {
	case IR_BINARY_MUL:
		*highest = multiply(*highest, with);
		return with > 0;
	case IR_BINARY_SHL:
		*highest = with >= 0 && with < 63 ? multiply(*highest, (int64_t)1 << with) : 0;
		return with >= 0 && with < 63;
	case IR_BINARY_DIV:
		*highest = with > 0 ? *highest / with : 0;
		return with > 0;
	case IR_BINARY_SHR:
		*highest = with >= 0 && with < 63 ? *highest >> with : 0;
		return with >= 0 && with < 63;
	case IR_BINARY_AND:
		*highest = *highest < with ? *highest : with;
		return with >= 0;
	case IR_BINARY_REM:
		*highest = *highest < with - 1 ? *highest : with - 1;
		return with > 0;
	default:
		return false;
	}
}

static bool binary_highest(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
			   enum bound_scope scope, int64_t *highest)
{
	const struct sym *left = sym->a, *right = sym->b;
	int64_t other;

	if (sym->op == IR_BINARY_ADD) {
		if (!operand_highest(a, state, left, scope, highest) ||
		    !operand_highest(a, state, right, scope, &other))
			return false;
		*highest = add_up(*highest, other);
		return true;
	}
	if (sym->op == IR_BINARY_SUB)
		return difference_highest(a, state, left, right, scope, highest);
	if (right->kind != SYM_INT || !bound_highest(a, state, left, scope, highest) || *highest < 0)
		return false;
	return constant_highest(sym, right->value, highest);
}

bool bound_highest(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		   enum bound_scope scope, int64_t *highest)
{
	unsigned marks = bound_marks(state, sym);
	int64_t most = range_of_type(sym->type).high;

	if (sym->kind == SYM_USER || sym->kind == SYM_INDEX)
		return bound_highest(a, state, sym->a, scope, highest);
	if (state->has_lost_bounds || (marks & (BOUND_UPPER | BOUND_ANY)) || !depends(sym, scope))
		return false;
	if (is_leaf(sym))
		return leaf_highest(state, sym, highest);
	if (marks & BOUND_NUMBER) {
		*highest = range_of(state, sym).high;
		return *highest < most;
	}
	if (sym->kind != SYM_BINARY || !binary_highest(a, state, sym, scope, highest))
		return false;
	if (*highest > most)
		*highest = most;
	return true;
}

const struct sym *bound_end_of(const struct flow_state *state, const struct sym *sym, bool *is_included)
{
	const struct bound *bound = bound_find(state, sym);

	if (state->has_lost_bounds || !bound || (bound->marks & (BOUND_UPPER | BOUND_NUMBER | BOUND_ANY)))
		return NULL;
	*is_included = bound->is_end_included;
	return bound->end;
}

bool bound_is_untested(const struct flow_state *state, const struct sym *sym)
{
	if (bound_marks(state, sym) & (BOUND_NUMBER | BOUND_UPPER | BOUND_ANY))
		return false;
	if (sym->kind == SYM_BINARY)
		return bound_is_untested(state, sym->a) && bound_is_untested(state, sym->b);
	if (sym->kind == SYM_UNARY || sym->kind == SYM_USER || sym->kind == SYM_INDEX)
		return bound_is_untested(state, sym->a);
	return true;
}

bool bound_is_negative(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		       enum bound_scope scope)
{
	(void)a;
	while (sym->kind == SYM_USER || sym->kind == SYM_INDEX)
		sym = sym->a;
	return !state->has_lost_bounds && is_chosen(sym, scope) && sym->type && sym->type->kind == IR_TYPE_INT &&
	       !sym->type->is_unsigned && !sym->type->is_enum && sym->kind != SYM_MERGE &&
	       /* A file position is not negative: the kernel sees to that. */
	       !(sym->kind == SYM_INITIAL && sym->is_from_user) && !was_given_away(state, sym) &&
	       !(bound_marks(state, sym) & (BOUND_LOWER | BOUND_ANY)) && range_of(state, sym).low < 0;
}

bool bound_is_zero(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		   enum bound_scope scope)
{
	struct range range;

	(void)a;
	while (sym->kind == SYM_USER || sym->kind == SYM_INDEX)
		sym = sym->a;
	range = range_of(state, sym);
	return !state->has_lost_bounds && is_chosen(sym, scope) && is_number(sym->type) &&
	       !was_given_away(state, sym) && !(bound_marks(state, sym) & (BOUND_NONZERO | BOUND_ANY)) &&
	       range_contains(range, 0);
}

/* Makes random programs that are mostly right: whoever takes something keeps in mind how to give it back, on
 * failures as well. A share of the programs then forgets or doubles a step here and there. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CLEANUPS 6
#define MAX_DEPTH 2

/* What a function is for; the order in which callers find them. */
enum purpose {
	P_ENTRY,
	P_WORKER,      /* does this and that, leaves nothing behind */
	P_RECURSIVE,   /* a worker that calls itself a few times */
	P_LOCKER,      /* takes a lock */
	P_UNLOCKER,    /* lets it go */
	P_FLAG_LOCKER, /* only if the flag is set */
	P_FLAG_UNLOCKER,
	P_TRY_LOCKER,	 /* holds it on success */
	P_CHECKER,	 /* called with the lock held, lets it go on failure */
	P_ALLOCATOR,	 /* returns a buffer */
	P_OUT_ALLOCATOR, /* stores it through `out`, returns an error code */
	P_FREER,
	P_KEEPER, /* keeps the buffer in the device on success */
	P_SLEEPER,
	P_COUNT
};

struct cleanup {
	enum node_kind kind; /* UNLOCK or FREE */
	enum lock lock;
	enum place place;
	int helper;   /* function that does it; -1: directly */
	bool if_flag; /* only if the flag is set */
};

struct generator {
	struct program *program;
	uint64_t random;
	unsigned bug_percent;
	enum lock favourite; /* most of the locking is about one lock */
	enum purpose purposes[MAX_FUNCTIONS];
	enum lock purpose_locks[MAX_FUNCTIONS];
	bool sleeps[MAX_FUNCTIONS];
	unsigned locks_used[MAX_FUNCTIONS]; /* bit by lock */
	/* of the function being made */
	int current;
	struct cleanup cleanups[MAX_CLEANUPS];
	int cleanup_count;
	unsigned held, places;
};

/* A block that grows at its end. */
struct tail {
	struct node **end;
};

/* ---- chance ------------------------------------------------------------------- */

static unsigned any(struct generator *g, unsigned limit)
{
	g->random = g->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(g->random >> 33) % limit;
}

static bool percent(struct generator *g, unsigned chance)
{
	return any(g, 100) < chance;
}

/* Shall the program be wrong here? */
static bool slips(struct generator *g)
{
	return percent(g, g->bug_percent);
}

/* ---- statements ------------------------------------------------------------------ */

static struct node *add(struct generator *g, struct tail *tail, enum node_kind kind)
{
	int id = g->program->node_count++;
	struct node *node = &g->program->nodes[id];

	if (id == MAX_NODES) /* is_full() is there to prevent it */
		abort();
	*node = (struct node){ .kind = kind, .id = id, .callee = -1 };
	*tail->end = node;
	tail->end = &node->next;
	return node;
}

static bool is_full(const struct generator *g)
{
	return g->program->node_count > MAX_NODES - 120;
}

static void add_lock(struct generator *g, struct tail *tail, enum node_kind kind, enum lock lock)
{
	add(g, tail, kind)->lock = lock;
	g->locks_used[g->current] |= 1u << lock;
	if (lock == LOCK_M && kind == NODE_LOCK)
		g->sleeps[g->current] = true;
}

static void add_at(struct generator *g, struct tail *tail, enum node_kind kind, enum place place)
{
	add(g, tail, kind)->place = place;
}

static struct tail add_if(struct generator *g, struct tail *tail, enum condition condition)
{
	struct node *node = add(g, tail, NODE_IF);

	node->condition = condition;
	return (struct tail){ &node->body };
}

static struct node *add_call(struct generator *g, struct tail *tail, int callee)
{
	struct node *node = add(g, tail, NODE_CALL);

	node->callee = callee;
	node->depth = g->purposes[callee] == P_RECURSIVE ? 1 + (int)any(g, 2) : 0;
	node->is_indirect = g->program->hooked == callee;
	g->sleeps[g->current] |= g->sleeps[callee];
	g->locks_used[g->current] |= g->locks_used[callee];
	return node;
}

static void add_return(struct generator *g, struct tail *tail, enum returned returned, int value)
{
	struct node *node = add(g, tail, NODE_RETURN);

	node->returned = returned;
	node->value = value;
}

/* A test of the inputs. */
static struct tail add_choice(struct generator *g, struct tail *tail)
{
	static const enum condition conditions[] = { IF_FLAG, IF_NOT_FLAG, IF_FLAG_ABOVE_1, IF_X_ABOVE };
	struct node *node = add(g, tail, NODE_IF);

	node->condition = conditions[any(g, 4)];
	node->value = percent(g, 50) ? 1 : 4;
	return (struct tail){ &node->body };
}

/* ---- cleaning up ----------------------------------------------------------------- */

static void push_cleanup(struct generator *g, struct cleanup cleanup)
{
	g->cleanups[g->cleanup_count++] = cleanup;
	if (cleanup.kind == NODE_UNLOCK)
		g->held |= 1u << cleanup.lock;
	else
		g->places |= 1u << cleanup.place;
}

static void emit_cleanup(struct generator *g, struct tail *tail, const struct cleanup *cleanup)
{
	struct tail inner = *tail;

	if (slips(g))
		return;
	if (cleanup->if_flag)
		inner = add_if(g, tail, slips(g) ? IF_FLAG_ABOVE_1 : IF_FLAG);
	if (cleanup->helper >= 0)
		add_call(g, &inner, cleanup->helper)->from = cleanup->place;
	else if (cleanup->kind == NODE_UNLOCK)
		add_lock(g, &inner, NODE_UNLOCK, cleanup->lock);
	else
		add_at(g, &inner, NODE_FREE, cleanup->place);
	if (!cleanup->if_flag)
		*tail = inner;
	if (cleanup->kind == NODE_FREE && slips(g))
		add_at(g, tail, percent(g, 50) ? NODE_USE : NODE_FREE, cleanup->place);
	if (cleanup->kind == NODE_UNLOCK && cleanup->helper < 0 && slips(g))
		add_lock(g, tail, NODE_UNLOCK, cleanup->lock);
}

/* An early return: all is given back, but nothing forgotten. */
static void fail(struct generator *g, struct tail *tail, enum returned returned, int value)
{
	int i;

	for (i = g->cleanup_count - 1; i >= 0; i--)
		emit_cleanup(g, tail, &g->cleanups[i]);
	add_return(g, tail, returned, value);
}

static void pop_cleanup(struct generator *g, struct tail *tail)
{
	struct cleanup cleanup = g->cleanups[--g->cleanup_count];

	emit_cleanup(g, tail, &cleanup);
	if (cleanup.kind == NODE_UNLOCK)
		g->held &= ~(1u << cleanup.lock);
	else
		g->places &= ~(1u << cleanup.place);
}

/* ---- finding helpers ---------------------------------------------------------------- */

/* A function further down with the purpose, on the lock; -1: none. */
static int find_helper(struct generator *g, enum purpose purpose, enum lock lock)
{
	int i, found = -1;

	for (i = g->current + 1; i < g->program->function_count; i++)
		if (g->purposes[i] == purpose && g->purpose_locks[i] == lock && (found < 0 || percent(g, 40)))
			found = i;
	return found;
}

static int find_any(struct generator *g, enum purpose purpose)
{
	int i, found = -1;

	for (i = g->current + 1; i < g->program->function_count; i++)
		if (g->purposes[i] == purpose && (found < 0 || percent(g, 50)))
			found = i;
	return found;
}

static bool is_atomic(const struct generator *g)
{
	return g->held & (1u << LOCK_A | 1u << LOCK_B);
}

/* ---- patterns ------------------------------------------------------------------------ */

/* The lock's function does it or the primitive itself. */
static int maybe_helper(struct generator *g, enum purpose purpose, enum lock lock)
{
	return percent(g, 85) ? find_helper(g, purpose, lock) : -1;
}

static void take_on_success(struct generator *g, struct tail *tail, enum lock lock, int helper)
{
	struct tail failed;

	if (helper >= 0) {
		add_call(g, tail, helper);
	} else if (lock == LOCK_M && percent(g, 60)) {
		add_lock(g, tail, NODE_LOCK_INTR, lock);
		g->sleeps[g->current] = true;
	} else {
		struct node *node = add(g, tail, NODE_TRYLOCK);

		node->lock = lock;
		g->locks_used[g->current] |= 1u << lock;
		failed = (struct tail){ &node->body };
		fail(g, &failed, RETURN_VALUE, -16);
		return;
	}
	failed = add_if(g, tail, IF_RET);
	fail(g, &failed, RETURN_RET, 0);
}

static void pattern_lock(struct generator *g, struct tail *tail)
{
	enum lock lock = percent(g, 60) ? g->favourite : any(g, LOCK_COUNT);
	struct cleanup cleanup = { .kind = NODE_UNLOCK, .lock = lock };
	int helper, style = (int)any(g, 4);

	if (g->cleanup_count == MAX_CLEANUPS || (g->held & 1u << lock && !slips(g)) ||
	    (lock == LOCK_M && is_atomic(g) && !slips(g)))
		return;
	if (style == 0) {
		helper = find_helper(g, P_FLAG_LOCKER, lock);
		cleanup.helper = find_helper(g, P_FLAG_UNLOCKER, lock);
		if (helper >= 0)
			add_call(g, tail, helper);
		else {
			struct tail inner = add_if(g, tail, IF_FLAG);
			add_lock(g, &inner, NODE_LOCK, lock);
		}
		cleanup.if_flag = cleanup.helper < 0;
	} else if (style == 1) {
		take_on_success(g, tail, lock, maybe_helper(g, P_TRY_LOCKER, lock));
		cleanup.helper = maybe_helper(g, P_UNLOCKER, lock);
	} else {
		helper = maybe_helper(g, P_LOCKER, lock);
		cleanup.helper = maybe_helper(g, P_UNLOCKER, lock);
		if (helper >= 0)
			add_call(g, tail, helper);
		else
			add_lock(g, tail, NODE_LOCK, lock);
	}
	push_cleanup(g, cleanup);
}

static void pattern_alloc(struct generator *g, struct tail *tail)
{
	enum place place = g->places & 1u << PLACE_P ? PLACE_R : PLACE_P;
	struct cleanup cleanup = { .kind = NODE_FREE, .place = place, .helper = -1 };
	int helper = percent(g, 85) ? find_any(g, percent(g, 50) ? P_ALLOCATOR : P_OUT_ALLOCATOR) : -1;
	struct node *node;
	struct tail failed;

	if (g->places & 1u << place || g->cleanup_count == MAX_CLEANUPS)
		return;
	if (helper >= 0 && g->sleeps[helper] && is_atomic(g) && !slips(g))
		helper = -1;
	if (helper < 0) {
		node = add(g, tail, NODE_ALLOC);
		node->may_sleep = (is_atomic(g) && slips(g)) || (!is_atomic(g) && percent(g, 70));
		g->sleeps[g->current] |= node->may_sleep;
	} else {
		node = add_call(g, tail, helper);
		node->from = place; /* by address */
	}
	node->place = place;
	if (!slips(g)) {
		bool tests_code = helper >= 0 && g->purposes[helper] == P_OUT_ALLOCATOR;
		struct node *test;

		failed = add_if(g, tail, tests_code ? IF_RET : IF_NULL);
		test = &g->program->nodes[g->program->node_count - 1];
		test->place = place;
		fail(g, &failed, tests_code ? RETURN_RET : RETURN_VALUE, -12);
	}
	if (percent(g, 80))
		cleanup.helper = find_any(g, P_FREER);
	push_cleanup(g, cleanup);
}

static void pattern_sleep(struct generator *g, struct tail *tail)
{
	int helper = find_any(g, P_SLEEPER);

	if (is_atomic(g) && !slips(g))
		return;
	if (helper >= 0)
		add_call(g, tail, helper);
	else
		add(g, tail, NODE_SLEEP);
	g->sleeps[g->current] = true;
}

static void pattern_fail(struct generator *g, struct tail *tail)
{
	struct tail inner = add_choice(g, tail);

	fail(g, &inner, RETURN_VALUE, -5);
}

static void pattern_work(struct generator *g, struct tail *tail)
{
	int helper = find_any(g, percent(g, 70) ? P_WORKER : P_RECURSIVE);
	struct node *call;
	struct tail failed;

	if (helper < 0 || (((g->locks_used[helper] & g->held) || (g->sleeps[helper] && is_atomic(g))) && !slips(g)))
		return;
	call = add_call(g, tail, helper);
	call->flag = percent(g, 70) ? FLAG_SAME : percent(g, 50) ? FLAG_ZERO : FLAG_ONE;
	call->is_ignored = percent(g, 20);
	if (call->is_ignored)
		return;
	failed = add_if(g, tail, IF_RET);
	fail(g, &failed, RETURN_RET, 0);
}

/* A lock that is held, but not if the checker says no. */
static void pattern_check(struct generator *g, struct tail *tail)
{
	struct cleanup *last = g->cleanup_count ? &g->cleanups[g->cleanup_count - 1] : NULL;
	struct tail failed;
	int helper;

	if (!last || last->kind != NODE_UNLOCK || last->if_flag)
		return;
	helper = find_helper(g, P_CHECKER, last->lock);
	if (helper < 0 || (last->helper >= 0 && g->purposes[last->helper] == P_FLAG_UNLOCKER))
		return;
	add_call(g, tail, helper);
	failed = add_if(g, tail, IF_RET);
	g->cleanup_count--;
	fail(g, &failed, RETURN_RET, 0);
	g->cleanup_count++;
}

static void pattern_use(struct generator *g, struct tail *tail)
{
	if (g->places & 1u << PLACE_P)
		add_at(g, tail, NODE_USE, PLACE_P);
	else if (g->places & 1u << PLACE_R)
		add_at(g, tail, NODE_USE, PLACE_R);
	else
		add(g, tail, NODE_SET_X)->value = 3 * (int)any(g, 3);
}

/* The newest buffer goes to the device, directly or through the function that keeps it. */
static void pattern_keep(struct generator *g, struct tail *tail)
{
	struct cleanup *last = g->cleanup_count ? &g->cleanups[g->cleanup_count - 1] : NULL;
	int helper = find_any(g, P_KEEPER);
	struct node *node;
	struct tail failed;

	if (!last || last->kind != NODE_FREE)
		return;
	if (helper < 0) {
		node = add(g, tail, NODE_COPY);
		node->place = PLACE_FIELD;
		node->from = last->place;
	} else {
		add_call(g, tail, helper)->from = last->place;
		failed = add_if(g, tail, IF_RET);
		fail(g, &failed, RETURN_RET, 0);
	}
	g->places &= ~(1u << last->place);
	g->cleanup_count--;
}

static void pattern_drop_field(struct generator *g, struct tail *tail)
{
	add_at(g, tail, NODE_FREE, PLACE_FIELD);
	if (!slips(g))
		add_at(g, tail, NODE_CLEAR, PLACE_FIELD);
}

static void add_work(struct generator *g, struct tail *tail, int depth);

static void pattern_branch(struct generator *g, struct tail *tail, int depth)
{
	struct node *test;
	struct tail inner = add_choice(g, tail);
	int before = g->cleanup_count;

	test = &g->program->nodes[g->program->node_count - 1];
	add_work(g, &inner, depth + 1);
	while (g->cleanup_count > before)
		pop_cleanup(g, &inner);
	if (percent(g, 30)) {
		inner = (struct tail){ &test->other };
		add_work(g, &inner, depth + 1);
		while (g->cleanup_count > before)
			pop_cleanup(g, &inner);
	}
}

/* Some patterns; what they took is left on the list of cleanups, but nothing from
 * before is given back. */
static void add_work(struct generator *g, struct tail *tail, int depth)
{
	int steps = 6 - 2 * depth + (int)any(g, 3), floor = g->cleanup_count;

	while (steps-- > 0 && !is_full(g)) {
		switch (any(g, 14)) {
		case 0:
		case 1:
		case 2:
			pattern_lock(g, tail);
			break;
		case 3:
		case 4:
			pattern_alloc(g, tail);
			break;
		case 5:
			pattern_sleep(g, tail);
			break;
		case 6:
			pattern_fail(g, tail);
			break;
		case 7:
		case 8:
			pattern_work(g, tail);
			break;
		case 9:
			pattern_check(g, tail);
			break;
		case 10:
			pattern_use(g, tail);
			break;
		case 11:
			if (g->cleanup_count > floor)
				pattern_keep(g, tail);
			else
				pattern_drop_field(g, tail);
			break;
		case 12:
			if (depth < MAX_DEPTH)
				pattern_branch(g, tail, depth);
			break;
		default:
			if (g->cleanup_count > floor)
				pop_cleanup(g, tail);
		}
	}
}

/* ---- functions by purpose ---------------------------------------------------------------- */

static void make_worker(struct generator *g, struct tail *tail, bool is_recursive)
{
	struct tail inner;
	struct node *call;

	if (is_recursive) {
		inner = add_if(g, tail, IF_DEPTH_ENDS);
		add_return(g, &inner, RETURN_VALUE, 0);
	}
	add_work(g, tail, 0);
	if (is_recursive && (g->cleanup_count == 0 || percent(g, 10))) {
		call = add_call(g, tail, g->current);
		call->depth = -1;
		inner = add_if(g, tail, IF_RET);
		fail(g, &inner, RETURN_RET, 0);
	}
	while (g->cleanup_count)
		pop_cleanup(g, tail);
	add_return(g, tail, RETURN_VALUE, 0);
}

/* A lock or unlock, by the same kind of function further down if there is one. */
static void make_lock(struct generator *g, struct tail *tail, enum node_kind kind, enum lock lock)
{
	int helper = percent(g, 60) ? find_helper(g, kind == NODE_LOCK ? P_LOCKER : P_UNLOCKER, lock) : -1;

	if (helper >= 0)
		add_call(g, tail, helper);
	else
		add_lock(g, tail, kind, lock);
}

static void make_try_locker(struct generator *g, struct tail *tail, enum lock lock)
{
	struct tail failed;
	int helper = find_helper(g, P_TRY_LOCKER, lock);

	if (helper >= 0 || percent(g, 50)) {
		take_on_success(g, tail, lock, helper);
	} else {
		failed = add_choice(g, tail);
		add_return(g, &failed, RETURN_VALUE, -16);
		make_lock(g, tail, NODE_LOCK, lock);
	}
	add_return(g, tail, RETURN_VALUE, 0);
}

static void make_allocator(struct generator *g, struct tail *tail, bool through_out)
{
	struct node *node;
	struct tail failed;
	int helper = percent(g, 50) ? find_any(g, P_ALLOCATOR) : -1;

	if (helper >= 0) {
		node = add_call(g, tail, helper);
	} else {
		node = add(g, tail, NODE_ALLOC);
		node->may_sleep = percent(g, 50);
		g->sleeps[g->current] |= node->may_sleep;
	}
	node->place = PLACE_P;
	failed = add_if(g, tail, IF_NULL);
	g->program->nodes[g->program->node_count - 1].place = PLACE_P;
	add_return(g, &failed, RETURN_VALUE, through_out ? -12 : 0);
	if (percent(g, 40)) { /* a failure after it was made */
		failed = add_choice(g, tail);
		if (!slips(g))
			add_at(g, &failed, NODE_FREE, PLACE_P);
		add_return(g, &failed, RETURN_VALUE, through_out ? -5 : 0);
	}
	add_at(g, tail, NODE_USE, PLACE_P);
	if (through_out) {
		node = add(g, tail, NODE_COPY);
		node->place = PLACE_OUT;
		node->from = PLACE_P;
		add_return(g, tail, RETURN_VALUE, 0);
		return;
	}
	add_return(g, tail, RETURN_PLACE, 0);
	g->program->nodes[g->program->node_count - 1].place = PLACE_P;
}

static void make_keeper(struct generator *g, struct tail *tail)
{
	struct node *node;
	struct tail failed = add_choice(g, tail);

	if (slips(g))
		add_at(g, &failed, NODE_FREE, PLACE_ARG);
	add_return(g, &failed, RETURN_VALUE, -5);
	node = add(g, tail, NODE_COPY);
	node->place = PLACE_FIELD;
	node->from = PLACE_ARG;
	add_return(g, tail, RETURN_VALUE, 0);
}

static void make_checker(struct generator *g, struct tail *tail, enum lock lock)
{
	struct tail failed = add_choice(g, tail);

	if (!slips(g))
		make_lock(g, &failed, NODE_UNLOCK, lock);
	add_return(g, &failed, RETURN_VALUE, -5);
	add_return(g, tail, RETURN_VALUE, 0);
}

static void make_body(struct generator *g, struct tail *tail, enum purpose purpose, enum lock lock)
{
	struct tail inner;

	switch (purpose) {
	case P_LOCKER:
		make_lock(g, tail, NODE_LOCK, lock);
		break;
	case P_UNLOCKER:
		make_lock(g, tail, NODE_UNLOCK, lock);
		break;
	case P_FLAG_LOCKER:
		inner = add_if(g, tail, IF_FLAG);
		make_lock(g, &inner, NODE_LOCK, lock);
		break;
	case P_FLAG_UNLOCKER:
		inner = add_if(g, tail, IF_FLAG);
		make_lock(g, &inner, NODE_UNLOCK, lock);
		break;
	case P_FREER:
		add_at(g, tail, NODE_FREE, PLACE_ARG);
		break;
	case P_SLEEPER:
		if (percent(g, 50)) {
			inner = add_choice(g, tail);
			add(g, &inner, NODE_SLEEP);
		} else {
			add(g, tail, NODE_SLEEP);
		}
		g->sleeps[g->current] = true;
		break;
	case P_TRY_LOCKER:
		make_try_locker(g, tail, lock);
		return;
	case P_CHECKER:
		make_checker(g, tail, lock);
		return;
	case P_ALLOCATOR:
	case P_OUT_ALLOCATOR:
		make_allocator(g, tail, purpose == P_OUT_ALLOCATOR);
		return;
	case P_KEEPER:
		make_keeper(g, tail);
		return;
	default:
		make_worker(g, tail, purpose == P_RECURSIVE);
		return;
	}
	add_return(g, tail, RETURN_VOID, 0);
}

static void make_function(struct generator *g, int index)
{
	enum purpose purpose = g->purposes[index];
	struct function *function = &g->program->functions[index];
	struct tail tail = { &function->body };

	function->takes_arg = purpose == P_FREER || purpose == P_KEEPER;
	function->takes_out = purpose == P_OUT_ALLOCATOR;
	function->takes_depth = purpose == P_RECURSIVE;
	function->result = purpose == P_ALLOCATOR ? RESULT_POINTER : RESULT_INT;
	if (purpose == P_LOCKER || purpose == P_UNLOCKER || purpose == P_FLAG_LOCKER || purpose == P_FLAG_UNLOCKER ||
	    purpose == P_FREER || purpose == P_SLEEPER)
		function->result = RESULT_VOID;
	g->current = index;
	g->cleanup_count = 0;
	g->held = g->places = 0;
	make_body(g, &tail, purpose, g->purpose_locks[index]);
}

/* ---- programs ------------------------------------------------------------------------------- */

static void mark_calls(struct program *program, const struct node *node);

static void mark_reached(struct program *program, int function)
{
	if (program->functions[function].is_reached)
		return;
	program->functions[function].is_reached = true;
	mark_calls(program, program->functions[function].body);
}

static void mark_calls(struct program *program, const struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_CALL)
			mark_reached(program, node->callee);
		mark_calls(program, node->body);
		mark_calls(program, node->other);
	}
}

static void choose_purposes(struct generator *g)
{
	int i;

	g->program->function_count = 4 + (int)any(g, MAX_FUNCTIONS - 3);
	for (i = 1; i < g->program->function_count; i++) {
		/* Workers call, so they come before what is called. */
		bool is_upper = i <= g->program->function_count / 3;

		g->purposes[i] = is_upper ? P_WORKER + any(g, 2) : P_WORKER + any(g, P_COUNT - P_WORKER);
		if (percent(g, 25) && !is_upper)
			g->purposes[i] = P_LOCKER + any(g, 2);
		g->purpose_locks[i] = percent(g, 85) ? g->favourite : any(g, LOCK_COUNT);
		if (g->purposes[i] == P_WORKER && g->program->hooked < 0 && percent(g, 25))
			g->program->hooked = i;
	}
}

void program_generate(struct program *program, unsigned seed)
{
	struct generator g = { .program = program, .random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1 };
	int i;

	memset(program, 0, sizeof(*program));
	program->seed = seed;
	program->hooked = -1;
	any(&g, 2);
	g.bug_percent = any(&g, 3) == 0 ? 0 : 5 + any(&g, 12);
	g.favourite = any(&g, LOCK_COUNT);
	choose_purposes(&g);
	for (i = program->function_count - 1; i >= 0; i--)
		make_function(&g, i);
	mark_reached(program, 0);
}

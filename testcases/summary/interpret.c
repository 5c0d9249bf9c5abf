/* The truth: executes a program along every path, with its calls entered, and records what goes wrong. Inputs
 * (flag, fields, the results of allocations) are chosen when first looked at, and stay what they are. */
#include "program.h"

#include <string.h>

#define MAX_CHOICES 64
#define MAX_OBJECTS 64
#define MAX_PATHS 30000
#define NOT_CHOSEN -99

enum lock_state { NEVER_TAKEN, HELD, RELEASED };

struct object {
	const struct node *allocated; /* NULL: from outside */
	bool is_freed, is_escaped;
	struct node_set lost_at; /* returns at which nothing leads to it any more */
};

struct frame {
	const struct function *function;
	const struct node *call; /* NULL: the root */
	struct frame *caller;
	int *flag;
	int depth, ret;
	int places[PLACE_FIELD]; /* pointers, as below */
	int *out;
};

/* A pointer is 0, the number of an object (from 1), or minus the number of the allocation that failed. */
struct run {
	const struct program *program;
	struct truth *truth;
	bool is_real; /* begins at the driver's entry */
	bool is_free; /* every test of an input may go either way */
	bool is_stopped;
	int choices[MAX_CHOICES], limits[MAX_CHOICES], choice_count, position;
	enum lock_state locks[LOCK_COUNT];
	const struct node *taken_by[LOCK_COUNT];
	bool was_doubled[LOCK_COUNT]; /* taken while held: one release may not have ended it */
	struct node_set returns_since[LOCK_COUNT];
	struct object objects[MAX_OBJECTS];
	int object_count;
	int x, field;
	int defect_count;
};

static void set_add(struct node_set *set, int node)
{
	set->words[node / 64] |= UINT64_C(1) << (node % 64);
}

bool node_set_has(const struct node_set *set, int node)
{
	return set->words[node / 64] >> (node % 64) & 1;
}

static bool set_is_empty(const struct node_set *set)
{
	static const struct node_set empty;

	return memcmp(set, &empty, sizeof(empty)) == 0;
}

static void set_unite(struct node_set *to, const struct node_set *from)
{
	size_t i;

	for (i = 0; i < sizeof(to->words) / sizeof(to->words[0]); i++)
		to->words[i] |= from->words[i];
}

/* ---- choices ---------------------------------------------------------------- */

static int choose(struct run *run, int limit)
{
	if (run->position == run->choice_count) {
		if (run->choice_count == MAX_CHOICES) {
			run->truth->is_complete = false;
			return 0;
		}
		run->choices[run->choice_count] = 0;
		run->limits[run->choice_count++] = limit;
	}
	return run->choices[run->position++];
}

/* The next path in order; false when all were taken. */
static bool choose_next_path(struct run *run)
{
	while (run->choice_count > 0 && run->choices[run->choice_count - 1] + 1 == run->limits[run->choice_count - 1])
		run->choice_count--;
	if (run->choice_count == 0)
		return false;
	run->choices[run->choice_count - 1]++;
	return true;
}

/* ---- defects ------------------------------------------------------------------ */

static struct defect *defect_get(struct truth *truth, enum defect_rule rule, int node, enum extent extent)
{
	struct defect *defect;
	int i;

	for (i = 0; i < truth->count; i++) {
		defect = &truth->defects[i];
		if (defect->rule == rule && defect->node == node && defect->extent == extent)
			return defect;
	}
	if (truth->count == sizeof(truth->defects) / sizeof(truth->defects[0])) {
		truth->is_complete = false;
		return &truth->defects[0];
	}
	defect = &truth->defects[truth->count++];
	*defect = (struct defect){ .rule = rule, .node = node, .extent = extent };
	return defect;
}

/* Something goes wrong at a statement of this frame. */
static void record(struct run *run, const struct frame *frame, enum defect_rule rule, const struct node *node,
		   bool is_expected)
{
	struct defect *defect = defect_get(run->truth, rule, node->id, IN_PROGRAM);

	set_add(&defect->places, node->id);
	for (; frame->call; frame = frame->caller)
		set_add(&defect->places, frame->call->id);
	defect->is_real |= run->is_real;
	defect->is_first |= run->is_real && is_expected && run->defect_count == 0;
	run->defect_count++;
}

static void record_end(struct run *run, enum defect_rule rule, const struct node *acquired,
		       const struct node_set *places, bool is_expected, enum extent extent)
{
	struct defect *defect = defect_get(run->truth, rule, acquired->id, extent);

	set_unite(&defect->places, places);
	defect->is_real |= run->is_real;
	defect->is_first |= run->is_real && is_expected && run->defect_count == 0;
}

/* ---- pointers ------------------------------------------------------------------- */

static int new_object(struct run *run, const struct node *allocated)
{
	if (run->object_count == MAX_OBJECTS) {
		run->truth->is_complete = false;
		return 0;
	}
	run->objects[run->object_count] = (struct object){ .allocated = allocated };
	return ++run->object_count;
}

/* NULL or some object of somebody else. */
static int foreign_pointer(struct run *run)
{
	return choose(run, 2) ? 0 : new_object(run, NULL);
}

static int *cell_of(struct run *run, struct frame *frame, enum place place)
{
	int *cell = place == PLACE_FIELD ? &run->field : place == PLACE_OUT ? frame->out : &frame->places[place];

	if (*cell == NOT_CHOSEN)
		*cell = foreign_pointer(run);
	return cell;
}

static void store(struct run *run, struct frame *frame, enum place place, int pointer)
{
	int *cell = place == PLACE_FIELD ? &run->field : place == PLACE_OUT ? frame->out : &frame->places[place];

	*cell = pointer;
	if (place == PLACE_FIELD && pointer > 0)
		run->objects[pointer - 1].is_escaped = true;
}

static void free_place(struct run *run, struct frame *frame, const struct node *node)
{
	int pointer = *cell_of(run, frame, node->place);

	if (pointer <= 0)
		return;
	if (run->objects[pointer - 1].is_freed)
		record(run, frame, DEFECT_USE_AFTER_FREE, node, true);
	run->objects[pointer - 1].is_freed = true;
}

static void use_place(struct run *run, struct frame *frame, const struct node *node)
{
	int pointer = *cell_of(run, frame, node->place);

	if (pointer < 0)
		record(run, frame, DEFECT_NULL, node, true);
	if (pointer <= 0)
		run->is_stopped = true;
	else if (run->objects[pointer - 1].is_freed)
		record(run, frame, DEFECT_USE_AFTER_FREE, node, true);
}

static bool is_reachable(const struct run *run, const struct frame *frame, int pointer, int result)
{
	int i;

	if (run->field == pointer || result == pointer)
		return true;
	for (; frame; frame = frame->caller) {
		for (i = 0; i < PLACE_FIELD; i++)
			if (i != PLACE_OUT && frame->places[i] == pointer)
				return true;
		if (frame->out && *frame->out == pointer)
			return true;
	}
	return false;
}

/* ---- locks ------------------------------------------------------------------------ */

static void check_sleep(struct run *run, struct frame *frame, enum defect_rule rule, const struct node *node)
{
	if (run->locks[LOCK_A] == HELD || run->locks[LOCK_B] == HELD)
		record(run, frame, rule, node, true);
	else if (run->was_doubled[LOCK_A] || run->was_doubled[LOCK_B])
		record(run, frame, rule, node, false);
}

static void take(struct run *run, struct frame *frame, const struct node *node)
{
	if (run->locks[node->lock] == HELD) {
		/* A second trylock can not succeed; that nobody writes it is left out of account. */
		record(run, frame, DEFECT_DOUBLE_LOCK, node, node->kind != NODE_TRYLOCK);
		run->was_doubled[node->lock] = true;
		return;
	}
	run->locks[node->lock] = HELD;
	run->taken_by[node->lock] = node;
	run->returns_since[node->lock] = (struct node_set){ 0 };
}

static void let_go(struct run *run, struct frame *frame, const struct node *node)
{
	/* The driver's entry is called without any lock; of another function nobody says so. */
	if (run->locks[node->lock] == RELEASED || (run->locks[node->lock] == NEVER_TAKEN && run->is_real))
		record(run, frame, DEFECT_NOT_HELD, node, run->locks[node->lock] == RELEASED);
	if (run->locks[node->lock] == HELD && run->is_real)
		record_end(run, DEFECT_LEFT_HELD, run->taken_by[node->lock], &run->returns_since[node->lock], false,
			   SETTLED);
	run->locks[node->lock] = RELEASED;
}

/* The holder's own trylock fails. No driver does so, hence what goes wrong afterwards need not be found, and
 * whether the lock counts as held is left open. */
static bool try_lock(struct run *run, struct frame *frame, const struct node *node)
{
	bool succeeds = choose(run, 2) == 0;

	if (run->locks[node->lock] == HELD && !succeeds) {
		run->locks[node->lock] = choose(run, 2) ? HELD : RELEASED;
		run->defect_count++;
	}
	if (succeeds)
		take(run, frame, node);
	return succeeds;
}

/* ---- statements ---------------------------------------------------------------------- */

static bool run_block(struct run *run, struct frame *frame, const struct node *node, int *result);

static void note_return(struct run *run, struct frame *frame, const struct node *node, int result, bool is_pointer)
{
	int i;

	for (i = 0; i < LOCK_COUNT; i++)
		if (run->locks[i] == HELD)
			set_add(&run->returns_since[i], node->id);
	for (i = 0; i < run->object_count; i++)
		if (run->objects[i].allocated && !run->objects[i].is_freed &&
		    !is_reachable(run, frame->caller, i + 1, is_pointer ? result : 0) &&
		    !(frame->out && *frame->out == i + 1))
			set_add(&run->objects[i].lost_at, node->id);
}

/* ---- conditions ------------------------------------------------------------------- */

static int flag_of(struct run *run, struct frame *frame)
{
	if (*frame->flag == NOT_CHOSEN)
		*frame->flag = choose(run, 3);
	return *frame->flag;
}

static int x_of(struct run *run)
{
	if (run->x == NOT_CHOSEN)
		run->x = 3 * choose(run, 3);
	return run->x;
}

static bool holds(struct run *run, struct frame *frame, const struct node *node)
{
	if (run->is_free && node->condition <= IF_X_ABOVE)
		return choose(run, 2);
	switch (node->condition) {
	case IF_FLAG:
		return flag_of(run, frame) != 0;
	case IF_NOT_FLAG:
		return flag_of(run, frame) == 0;
	case IF_FLAG_ABOVE_1:
		return flag_of(run, frame) > 1;
	case IF_X_ABOVE:
		return x_of(run) > node->value;
	case IF_NULL:
		return *cell_of(run, frame, node->place) <= 0;
	case IF_SET:
		return *cell_of(run, frame, node->place) > 0;
	case IF_RET:
		return frame->ret != 0;
	case IF_NOT_RET:
		return frame->ret == 0;
	case IF_DEPTH_ENDS:
		return frame->depth <= 0 || (run->is_free && choose(run, 2));
	}
	return false;
}

static void run_call(struct run *run, struct frame *caller, const struct node *node)
{
	int constant_flag = node->flag == FLAG_ONE;
	const struct function *function = &run->program->functions[node->callee];
	struct frame frame = { .function = function, .call = node, .caller = caller };
	int result = 0;

	frame.flag = node->flag == FLAG_SAME ? caller->flag : &constant_flag;
	frame.depth = node->depth < 0 ? caller->depth - 1 : node->depth;
	if (function->takes_arg)
		frame.places[PLACE_ARG] = *cell_of(run, caller, node->from);
	if (function->takes_out)
		frame.out = cell_of(run, caller, node->from);
	if (!run_block(run, &frame, function->body, &result))
		return;
	if (function->result == RESULT_INT && !node->is_ignored)
		caller->ret = result;
	if (function->result == RESULT_POINTER && !node->is_ignored)
		store(run, caller, node->place, result);
}

static int run_return(struct run *run, struct frame *frame, const struct node *node)
{
	bool is_pointer = frame->function->result == RESULT_POINTER;
	int result = node->value;

	if (node->returned == RETURN_RET)
		result = frame->ret;
	if (node->returned == RETURN_PLACE)
		result = *cell_of(run, frame, node->place);
	/* The rules call it a use to return what was freed; nobody may do harm with it, so it need not be found. */
	if (is_pointer && result > 0 && run->objects[result - 1].is_freed)
		record(run, frame, DEFECT_USE_AFTER_FREE, node, false);
	note_return(run, frame, node, result, is_pointer);
	return result;
}

static void run_simple(struct run *run, struct frame *frame, const struct node *node)
{
	switch (node->kind) {
	case NODE_LOCK:
		if (node->lock == LOCK_M)
			check_sleep(run, frame, DEFECT_SLEEP, node);
		take(run, frame, node);
		break;
	case NODE_UNLOCK:
		let_go(run, frame, node);
		break;
	case NODE_LOCK_INTR:
		check_sleep(run, frame, DEFECT_SLEEP, node);
		frame->ret = choose(run, 2) ? -4 : 0;
		if (frame->ret == 0)
			take(run, frame, node);
		break;
	case NODE_ALLOC:
		if (node->may_sleep)
			check_sleep(run, frame, DEFECT_SLEEPING_ALLOC, node);
		store(run, frame, node->place, choose(run, 2) ? -1 : new_object(run, node));
		break;
	case NODE_FREE:
		free_place(run, frame, node);
		break;
	case NODE_CLEAR:
		store(run, frame, node->place, 0);
		break;
	case NODE_COPY:
		store(run, frame, node->place, *cell_of(run, frame, node->from));
		break;
	case NODE_USE:
		use_place(run, frame, node);
		break;
	case NODE_SLEEP:
		check_sleep(run, frame, DEFECT_SLEEP, node);
		break;
	case NODE_SET_X:
		run->x = node->value;
		break;
	default:
		break;
	}
}

/* False: the function does not return (the machine stopped). */
static bool run_block(struct run *run, struct frame *frame, const struct node *node, int *result)
{
	for (; node && !run->is_stopped; node = node->next) {
		const struct node *branch = NULL;

		if (node->kind == NODE_RETURN) {
			*result = run_return(run, frame, node);
			return true;
		}
		if (node->kind == NODE_CALL)
			run_call(run, frame, node);
		else if (node->kind == NODE_IF)
			branch = holds(run, frame, node) ? node->body : node->other;
		else if (node->kind != NODE_TRYLOCK)
			run_simple(run, frame, node);
		else if (!try_lock(run, frame, node))
			branch = node->body;
		if (branch && run_block(run, frame, branch, result))
			return true;
	}
	return false;
}

/* ---- roots ------------------------------------------------------------------------------ */

static void check_end(struct run *run)
{
	int i;

	for (i = 0; i < LOCK_COUNT; i++)
		if (run->locks[i] == HELD)
			record_end(run, DEFECT_LEFT_HELD, run->taken_by[i], &run->returns_since[i], true,
				   run->is_real ? IN_PROGRAM : ALONE);
	for (i = 0; i < run->object_count; i++)
		if (!set_is_empty(&run->objects[i].lost_at) && !run->objects[i].is_freed)
			record_end(run, DEFECT_LEAK, run->objects[i].allocated, &run->objects[i].lost_at,
				   !run->objects[i].is_escaped, IN_PROGRAM);
}

static void run_path(struct run *run, const struct function *function)
{
	int flag = NOT_CHOSEN, out = NOT_CHOSEN, result = 0;
	struct frame frame = { .function = function, .flag = &flag, .out = &out };

	run->position = run->object_count = run->defect_count = 0;
	run->is_stopped = false;
	memset(run->was_doubled, 0, sizeof(run->was_doubled));
	memset(run->locks, 0, sizeof(run->locks));
	run->x = run->field = NOT_CHOSEN;
	frame.places[PLACE_ARG] = NOT_CHOSEN;
	if (function->takes_depth)
		frame.depth = choose(run, 3);
	if (run_block(run, &frame, function->body, &result))
		check_end(run);
}

void truth_find(struct truth *truth, const struct program *program, bool is_free)
{
	int i, paths;

	memset(truth, 0, sizeof(*truth));
	truth->is_complete = true;
	for (i = 0; i < program->function_count && truth->is_complete; i++) {
		struct run run = { .program = program, .truth = truth, .is_real = i == 0, .is_free = is_free };

		if (!program->functions[i].is_reached)
			continue;
		paths = 0;
		do {
			run_path(&run, &program->functions[i]);
			if (++paths == MAX_PATHS)
				truth->is_complete = false;
		} while (truth->is_complete && choose_next_path(&run));
	}
}

/* The fixpoint over the blocks of one function. Each block keeps one state for
 * each typestate vector; blocks are taken in reverse post-order so that joins
 * are complete before what follows them runs. */
#include "engine_int.h"

#include <string.h>
#include <time.h>

#define DEFAULT_MAX_STEPS 150000
#define DEFAULT_MAX_STATES 40
#define WIDEN_AFTER 3
#define MAX_EXCLUDED_CASES 8
#define MAX_CASE_DISTANCE 16
#define MAX_RESULT_STATES 16		/* states at a block that differ only in what will be returned or asked */
#define MAX_SCRATCH ((size_t)200 << 20) /* bytes of states a function may use */

/* ---- single steps ---------------------------------------------------------- */

static void exec_assign(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	const struct ir_expr *value_expr = insn->assign.value;
	const struct sym *value = eval_expr(a, state, value_expr);
	const struct region *region = eval_place(a, state, insn->assign.place);
	const struct ir_type *type = insn->assign.place->type;
	/* Stored where it outlives the call: no longer ours alone. Storage inside
	 * memory that is itself still ours goes with that. */
	bool escapes = !region_is_local(region) && !region_is_contained(state, region);

	typestate_write(a, state, region, insn->assign.place->span);

	if (type && (type->kind == IR_TYPE_RECORD || type->kind == IR_TYPE_ARRAY)) {
		if (escapes && value_expr->kind == IR_EXPR_LOAD)
			escape_region_contents(a, state, eval_place(a, state, value_expr->place));
		state_store_default(a, state, region,
				    value->kind == SYM_UNINIT ? sym_make(a, SYM_HAVOC, 0, insn, region, NULL) : value);
		return;
	}
	if (escapes)
		escape_value(a, state, value, escape_by_store(region));
	value = bound_narrow(a, state, value, type);
	state_store(a, state, region, value);
	name_object(a, state, value, insn->assign.place);
}

static void exec_zero(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	const struct region *region = eval_place(a, state, insn->assign.place);

	typestate_write(a, state, region, insn->assign.place->span);
	state_store_default(a, state, region, sym_int(a, 0));
}

static void exec_asm(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	int i;

	for (i = 0; i < insn->assembly.input_count; i++)
		eval_expr(a, state, insn->assembly.inputs[i]);
	for (i = 0; i < insn->assembly.output_count; i++) {
		const struct region *region = eval_place(a, state, insn->assembly.outputs[i]);
		const struct sym *value = sym_make(a, SYM_HAVOC, 0, insn, region, insn->assembly.outputs[i]->type);

		state_refresh_sym(a, state, value);
		state_store(a, state, region, value);
	}
}

/* An error pointer is made by whoever returns one: what is computed from a pointer, or read out of an object, is
 * none. Read, it may be NULL. Errs by silence about objects whose fields hold error pointers. */
static void assume_no_error_pointer(struct analysis *a, struct flow_state *state, const struct sym *value)
{
	static const struct range address = { LOWEST_ADDRESS, RANGE_HIGHEST, true },
				  address_or_null = { 0, RANGE_HIGHEST, false };
	const struct region *region = value->kind == SYM_INITIAL ? value->a :
				      value->kind == SYM_HAVOC	 ? value->b :
								   NULL;

	if (value->kind == SYM_BINARY && value->op == IR_BINARY_ADD)
		state_constrain(a, state, value, address);
	else if (region && region->kind == REGION_FIELD)
		state_constrain(a, state, value, address_or_null);
}

static void exec_return(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	const struct sym *value = insn->assign.value ? eval_expr(a, state, insn->assign.value) : NULL;

	if (value) {
		typestate_return(a, state, value, insn->span);
		check_return_residue(a, state, value, insn);
		if (insn->assign.value->type && insn->assign.value->type->kind == IR_TYPE_RECORD &&
		    insn->assign.value->kind == IR_EXPR_LOAD)
			escape_region_contents(a, state, eval_place(a, state, insn->assign.value->place));
		if (insn->assign.value->type && insn->assign.value->type->kind == IR_TYPE_POINTER)
			assume_no_error_pointer(a, state, value);
	}
	exit_record_add(a, state_clone(a, state), insn, value);
}

static void exec_declare(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	const struct region *region = region_var(a, insn->var);
	const struct sym *uninit = sym_make(a, SYM_UNINIT, 0, NULL, NULL, NULL);

	if (insn->var->kind == IR_VAR_STATIC_LOCAL || insn->var->kind == IR_VAR_GLOBAL)
		return;
	state_store_default(a, state, region, uninit);
}

/* Executes one step; the number of states it leaves in outcomes. */
static int exec_insn(struct analysis *a, struct flow_state *state, const struct ir_insn *insn,
		     struct flow_state *outcomes[MAX_OUTCOMES])
{
	a->insn = insn;
	a->may_raise = false;
	a->raised = NULL;
	outcomes[0] = state;
	switch (insn->kind) {
	case IR_DECLARE:
		exec_declare(a, state, insn);
		return 1;
	case IR_ASSIGN:
		exec_assign(a, state, insn);
		return 1;
	case IR_ZERO:
		exec_zero(a, state, insn);
		return 1;
	case IR_EVAL:
		eval_expr(a, state, insn->assign.value);
		return 1;
	case IR_CALL:
		return exec_call(a, state, insn, outcomes);
	case IR_ASM:
		exec_asm(a, state, insn);
		return 1;
	case IR_RETURN:
		exec_return(a, state, insn);
		return 1;
	case IR_UNREACHABLE:
		return 0;
	default:
		return 1;
	}
}

/* ---- edges ----------------------------------------------------------------------- */

static size_t max_states(const struct analysis *a)
{
	return a->engine->options.max_states ? a->engine->options.max_states : DEFAULT_MAX_STATES;
}

static void add_slot(struct analysis *a, struct block_states *waiting, struct flow_state *state)
{
	struct slot slot = { state, true, 0 };

	ARENA_PUSH(a->arena, waiting->slots, waiting->count, waiting->capacity, slot);
	if (waiting->count > a->engine->stats.peak_states)
		a->engine->stats.peak_states = waiting->count;
}

/* On Windows a driver's functions run through one exit label with a status
 * variable, or store the status in the request that they complete; what it
 * is must fit what was done and what is returned. So states that hold different constants in a returned
 * variable stay apart while there are few. On Linux only where the returned values themselves are judged. */
static bool are_other_numbers(const struct binding *left, const struct binding *right)
{
	return left && right && left->value != right->value && left->value->kind == SYM_INT &&
	       right->value->kind == SYM_INT;
}

/* Where the returned values are judged, a constant also stays apart from what is not known. */
static bool are_other_results(const struct analysis *a, const struct binding *left, const struct binding *right)
{
	if (unit_is_windows(a->unit))
		return are_other_numbers(left, right);
	return left && right && left->value != right->value &&
	       (left->value->kind == SYM_INT || right->value->kind == SYM_INT);
}

/* A field whose value some call keeps in mind: the status of an IRP. */
static bool is_status_field(const struct analysis *a, const char *field)
{
	int i;

	for (i = 0; i < a->status_field_count; i++)
		if (a->status_fields[i] == field)
			return true;
	return false;
}

static bool returns_differ(struct analysis *a, const struct flow_state *left, const struct flow_state *right)
{
	size_t i;

	for (i = 0; i < (size_t)a->function->var_count && i < a->result_vars.bits; i++) {
		const struct region *region;

		if (!bitset_test(&a->result_vars, i))
			continue;
		region = region_var(a, a->function->vars[i]);
		if (are_other_results(a, state_binding(left, region), state_binding(right, region)))
			return true;
	}
	for (i = 0; a->status_field_count > 0 && i < left->binding_count; i++) {
		const struct region *region = left->bindings[i].region;

		if (region->kind == REGION_FIELD && is_status_field(a, region->field) &&
		    are_other_numbers(&left->bindings[i], state_binding(right, region)))
			return true;
	}
	return false;
}

static void add_status_field(struct analysis *a, const char *field)
{
	int count = (int)(sizeof(a->status_fields) / sizeof(a->status_fields[0]));

	if (field && !is_status_field(a, field) && a->status_field_count < count)
		a->status_fields[a->status_field_count++] = field;
}

static void find_status_fields(struct analysis *a)
{
	const struct rule_set *rules = a->engine->rules;
	int i, e;

	for (i = 0; i < rules->api_count; i++)
		for (e = 0; e < rules->apis[i]->effect_count; e++)
			add_status_field(a, rules->apis[i]->effects[e].remembers_field);
}

static void find_result_vars(struct analysis *a)
{
	bool is_windows = unit_is_windows(a->unit);
	int i;

	a->result_vars = bitset_create(a->arena, (size_t)a->function->var_count + 1);
	if (is_windows)
		find_status_fields(a);
	if (!is_windows && !role_values_matter(a))
		return;
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_expr *value = insn->kind == IR_RETURN ? insn->assign.value : NULL;

		if (!value && insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_FIELD &&
		    is_status_field(a, insn->assign.place->part.field))
			value = insn->assign.value;
		if (value && value->kind == IR_EXPR_LOAD && value->place->kind == IR_PLACE_VAR &&
		    value->place->var->kind != IR_VAR_GLOBAL && value->place->var->id >= 0 &&
		    (is_windows || value->place->var->kind != IR_VAR_TEMP))
			bitset_set(&a->result_vars, (size_t)value->place->var->id);
	}
}

static void arrive(struct analysis *a, int block, struct flow_state *state);

/* Too many vectors: keep only what is held, and join again. */
static void force_merge(struct analysis *a, int block)
{
	struct block_states *waiting = &a->blocks[block];
	struct slot *slots = waiting->slots;
	size_t count = waiting->count, i;

	waiting->was_forced = true;
	waiting->slots = NULL;
	waiting->count = waiting->capacity = 0;
	a->engine->stats.forced_merges++;
	for (i = 0; i < count; i++)
		arrive(a, block, slots[i].state);
}

static void arrive(struct analysis *a, int block, struct flow_state *state)
{
	struct block_states *waiting = &a->blocks[block];
	size_t i;

	if (waiting->was_forced)
		state_coarsen(state);
	for (i = 0; i < waiting->count; i++) {
		struct slot *slot = &waiting->slots[i];

		if (!state_same_vector(slot->state, state) ||
		    (!waiting->was_forced && waiting->count < MAX_RESULT_STATES &&
		     (returns_differ(a, slot->state, state) || compound_differs(a, slot->state, state, block))))
			continue;
		if (state_join(a, slot->state, state, block, slot->visits > WIDEN_AFTER))
			slot->is_dirty = true;
		return;
	}
	/* Still too many after coarsening: the function is over its budget. */
	if (waiting->count >= 4 * max_states(a)) {
		a->is_over_budget = true;
		return;
	}
	add_slot(a, waiting, state);
	if (waiting->count > max_states(a) && !waiting->was_forced)
		force_merge(a, block);
}

static void propagate(struct analysis *a, const struct cfg_edge *edge, struct flow_state *state)
{
	state_collect(state, &a->liveness->live_in[edge->to], bitset_test(&a->last_blocks, (size_t)edge->to));
	if (edge->is_back)
		state_enter_loop(a, state, edge->to);
	walk_add_edge(a, state, edge);
	arrive(a, edge->to, state);
}

void trace_branch(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, bool taken,
		  const struct sym *condition, const char *object)
{
	struct trace *trace = ARENA_NEW(a->arena, struct trace);

	*trace = (struct trace){ .parent = state->trace,
				 .insn = insn,
				 .taken = taken,
				 .condition = condition,
				 .object = object,
				 .walk = state->walk,
				 .joined = state->joined,
				 .depth = state->trace ? state->trace->depth + 1 : 0 };
	state->trace = trace;
	state->joined = NULL;
}

/* Shown as a branch: the way goes to the handler. */
static void trace_raise(struct analysis *a, struct flow_state *state, const struct ir_insn *insn)
{
	const struct ir_call *call = insn->kind == IR_CALL ? &insn->call : NULL;
	const char *name = NULL;

	if (call)
		name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
	trace_branch(a, state, insn, true, NULL, name ? name : "the access");
}

/* Is there a value in it that a function of another file may have written? */
static bool has_foreign_havoc(const struct sym *sym, int depth)
{
	const struct ir_insn *insn = sym->kind == SYM_HAVOC ? sym->a : NULL;

	if (insn)
		return insn->kind == IR_CALL && !(insn->call.callee && insn->call.callee->has_body);
	if (depth > 4 || (sym->kind != SYM_UNARY && sym->kind != SYM_BINARY && sym->kind != SYM_PREDICATE))
		return false;
	return has_foreign_havoc(sym->a, depth + 1) ||
	       (sym->kind == SYM_BINARY && has_foreign_havoc(sym->b, depth + 1));
}

/* Does the function itself assign what the condition reads? By its text. */
static bool assigns_part_of(struct analysis *a, const char *condition)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
					       insn->kind == IR_CALL   ? insn->call.result :
									 NULL;

		if (place && strstr(condition, ir_place_text(a->arena, place)))
			return true;
	}
	return false;
}

/* Asked before on this path, with the other answer; in between only functions of
 * other files may have changed what it reads. Authors ask a second time to get
 * the same answer (`if (dev->mode == X)` around a set-up and its undoing). */
static bool contradicts_earlier_test(struct analysis *a, const struct flow_state *state, const struct ir_insn *insn,
				     const struct sym *condition, bool taken)
{
	const char *text = has_foreign_havoc(condition, 0) ? ir_expr_text(a->arena, insn->branch.condition) : NULL;
	const struct trace *trace;

	if (!text || strchr(text, '$') || assigns_part_of(a, text))
		return false;
	for (trace = state->trace; trace; trace = trace->parent)
		if (!trace->resource && trace->insn != insn && trace->insn->kind == IR_BRANCH &&
		    trace->taken != taken && strcmp(ir_expr_text(a->arena, trace->insn->branch.condition), text) == 0)
			return true;
	return false;
}

static void leave_branch(struct analysis *a, const struct cfg_block *block, struct flow_state *state,
			 const struct ir_insn *insn)
{
	const struct sym *condition;
	int i;

	a->may_raise = false;
	condition = eval_expr(a, state, insn->branch.condition);

	compound_note(a, insn, condition);
	check_condition(a, state, condition, insn);
	check_inverted_result(a, state, block, condition);
	for (i = 0; i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];
		struct flow_state *next;
		bool taken = edge->kind == CFG_EDGE_TRUE;

		if (edge->kind == CFG_EDGE_EXCEPTION && !a->may_raise)
			continue;
		if (edge->kind != CFG_EDGE_TRUE && edge->kind != CFG_EDGE_FALSE) {
			propagate(a, edge, state_clone(a, state));
			continue;
		}
		next = state_clone(a, state);
		if (!state_assume(a, next, condition, taken) ||
		    contradicts_shown_state(a, next, insn->branch.condition, taken) ||
		    contradicts_earlier_test(a, next, insn, condition, taken))
			continue;
		if (condition->kind != SYM_INT)
			trace_branch(a, next, insn, taken, condition, NULL);
		typestate_loop_end(a, next, insn, taken);
		propagate(a, edge, next);
	}
}

static bool is_label_of(const struct cfg_block *block, int target, int64_t value)
{
	for (int i = 0; i < block->out_count; i++)
		if (block->out[i]->kind == CFG_EDGE_CASE && block->out[i]->to == target &&
		    value >= block->out[i]->low && value <= block->out[i]->high)
			return true;
	return false;
}

static bool exclude(struct analysis *a, struct flow_state *state, const struct sym *value, int64_t constant)
{
	return state_assume(a, state, sym_binary(a, IR_BINARY_EQ, value, sym_int(a, constant), value->type), false);
}

/* The default: none of the cases' values, of which the first ones are remembered. */
static bool exclude_cases(struct analysis *a, struct flow_state *state, const struct cfg_block *block,
			  const struct sym *value)
{
	int excluded = 0;

	for (int i = 0; i < block->out_count && excluded < MAX_EXCLUDED_CASES; i++) {
		const struct cfg_edge *edge = block->out[i];

		if (edge->kind != CFG_EDGE_CASE || edge->low != edge->high)
			continue;
		excluded++;
		if (!exclude(a, state, value, edge->low))
			return false;
	}
	return true;
}

/* Where cases lead to one place, their ways are joined, and the value is between the lowest and the highest: what is
 * between them, but is none of them, is remembered while it is little. */
static bool enter_case(struct analysis *a, struct flow_state *state, const struct cfg_block *block,
		       const struct cfg_edge *entered, const struct sym *value)
{
	int64_t low = entered->low, high = entered->high;

	if (!state_constrain(a, state, value, (struct range){ low, high, low > 0 || high < 0 }))
		return false;
	for (int i = 0; i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];

		if (edge->kind != CFG_EDGE_CASE || edge->to != entered->to)
			continue;
		low = edge->low < low ? edge->low : low;
		high = edge->high > high ? edge->high : high;
	}
	if ((uint64_t)high - (uint64_t)low > MAX_CASE_DISTANCE)
		return true;
	for (int64_t constant = low; constant < high; constant++)
		if (!is_label_of(block, entered->to, constant) && !exclude(a, state, value, constant))
			return false;
	return true;
}

static void leave_switch(struct analysis *a, const struct cfg_block *block, struct flow_state *state,
			 const struct ir_insn *insn)
{
	const struct sym *value;
	struct range range;
	int64_t exact;
	bool is_known, matched = false;
	int i;

	a->may_raise = false;
	value = eval_expr(a, state, insn->select.value);
	range = range_of(state, value);
	is_known = range_is_exact(range, &exact);

	for (i = 0; i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];
		struct flow_state *next;

		if (edge->kind == CFG_EDGE_CASE && (edge->high < range.low || edge->low > range.high))
			continue;
		matched = matched || (edge->kind == CFG_EDGE_CASE && is_known);
		if (edge->kind == CFG_EDGE_DEFAULT || (edge->kind == CFG_EDGE_EXCEPTION && !a->may_raise))
			continue;
		next = state_clone(a, state);
		if (edge->kind == CFG_EDGE_CASE && !enter_case(a, next, block, edge, value))
			continue;
		propagate(a, edge, next);
	}
	if (matched || !exclude_cases(a, state, block, value))
		return;
	for (i = 0; i < block->out_count; i++)
		if (block->out[i]->kind == CFG_EDGE_DEFAULT)
			propagate(a, block->out[i], state_clone(a, state));
}

/* A step that raises has not taken effect, but for what its facts say. */
static void raise_along(struct analysis *a, const struct cfg_block *block, const struct cfg_edge *edge,
			const struct flow_state *before_last)
{
	struct flow_state *raised = state_clone(a, a->raised ? a->raised : before_last);

	trace_raise(a, raised, block->insns[block->insn_count - 1]);
	propagate(a, edge, raised);
}

/* ExRaiseStatus() does not return, but goes somewhere. */
static void leave_by_exception(struct analysis *a, const struct cfg_block *block, const struct flow_state *before_last)
{
	int i;

	for (i = 0; i < block->out_count && a->may_raise; i++)
		if (block->out[i]->kind == CFG_EDGE_EXCEPTION)
			raise_along(a, block, block->out[i], before_last);
}

static void leave_block(struct analysis *a, const struct cfg_block *block, struct flow_state *state,
			const struct flow_state *before_last)
{
	const struct ir_insn *last = block->insn_count ? block->insns[block->insn_count - 1] : NULL;
	int i;

	if (last)
		a->insn = last;
	if (last && last->kind == IR_BRANCH) {
		leave_branch(a, block, state, last);
		return;
	}
	if (last && last->kind == IR_SWITCH) {
		leave_switch(a, block, state, last);
		return;
	}
	for (i = 0; i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];

		/* An empty block only hands on what a __finally was entered with. */
		if (edge->kind == CFG_EDGE_EXCEPTION && last && !(before_last && a->may_raise))
			continue;
		if (edge->kind == CFG_EDGE_EXCEPTION && before_last)
			raise_along(a, block, edge, before_last);
		else if (edge->to != 1) /* the exit block holds nothing */
			propagate(a, edge, state_clone(a, state));
	}
}

/* ---- blocks ------------------------------------------------------------------------ */

static bool has_exception_edge(const struct cfg_block *block)
{
	int i;

	for (i = 0; i < block->out_count; i++)
		if (block->out[i]->kind == CFG_EDGE_EXCEPTION)
			return true;
	return false;
}

static bool out_of_budget(struct analysis *a)
{
	size_t limit = a->engine->options.max_steps ? a->engine->options.max_steps : DEFAULT_MAX_STEPS;

	if (a->steps++ >= limit || arena_used(a->arena) > MAX_SCRATCH)
		a->is_over_budget = true;
	return a->is_over_budget;
}

static void run_from(struct analysis *a, const struct cfg_block *block, struct flow_state *state, int at)
{
	const struct flow_state *before_last = NULL;
	struct flow_state *outcomes[MAX_OUTCOMES];
	int count, i;

	for (; at < block->insn_count; at++) {
		if (out_of_budget(a))
			return;
		if (at == block->insn_count - 1 && has_exception_edge(block))
			before_last = state_clone(a, state);
		count = exec_insn(a, state, block->insns[at], outcomes);
		if (count == 0) {
			if (before_last)
				leave_by_exception(a, block, before_last);
			return;
		}
		for (i = 1; i < count; i++) {
			/* The last step's exceptions are the first outcome's business. */
			run_from(a, block, outcomes[i], at + 1);
		}
		state = outcomes[0];
	}
	leave_block(a, block, state, before_last);
}

/* The natural loop of a back edge: what reaches its source without passing its head, also through inner loops. */
static void mark_loop(struct analysis *a, struct bitset *seen, int from, int head)
{
	const struct cfg_block *block = a->cfg->blocks[from];
	int i;

	if (bitset_test(seen, (size_t)from))
		return;
	bitset_set(seen, (size_t)from);
	bitset_set(&a->loop_blocks, (size_t)from);
	for (i = 0; from != head && i < block->in_count; i++)
		mark_loop(a, seen, block->in[i]->from, head);
}

static void find_loops(struct analysis *a)
{
	int b, i;

	a->loop_blocks = bitset_create(a->arena, (size_t)a->cfg->block_count);
	for (b = 0; b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->out_count; i++) {
			struct bitset seen;

			if (!a->cfg->blocks[b]->out[i]->is_back)
				continue;
			seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
			mark_loop(a, &seen, b, a->cfg->blocks[b]->out[i]->to);
		}
}

/* From there to the end of the function no way branches off. */
static bool is_last_block(const struct analysis *a, int id)
{
	const struct cfg_block *block = a->cfg->blocks[id];
	int steps;

	for (steps = 0; block->out_count == 1 && steps < a->cfg->block_count; steps++)
		block = a->cfg->blocks[block->out[0]->to];
	return block->out_count == 0;
}

static void find_last_blocks(struct analysis *a)
{
	int b;

	a->last_blocks = bitset_create(a->arena, (size_t)a->cfg->block_count);
	for (b = 0; b < a->cfg->block_count; b++)
		if (is_last_block(a, b))
			bitset_set(&a->last_blocks, (size_t)b);
}

static void run_block(struct analysis *a, int id)
{
	struct block_states *waiting = &a->blocks[id];
	size_t i;

	a->in_loop = bitset_test(&a->loop_blocks, (size_t)id);

	for (i = 0; i < waiting->count && !a->is_over_budget; i++) {
		struct slot *slot = &waiting->slots[i];

		if (!slot->is_dirty)
			continue;
		slot->is_dirty = false;
		slot->visits++;
		run_from(a, a->cfg->blocks[id], state_clone(a, slot->state), 0);
	}
}

static bool is_waiting(const struct block_states *waiting)
{
	size_t i;

	for (i = 0; i < waiting->count; i++)
		if (waiting->slots[i].is_dirty)
			return true;
	return false;
}

/* A return may be reached again with a better joined state: only the last
 * round's records count, so records are dropped when their block runs again. */
static void drop_exits_of(struct analysis *a, const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count ? block->insns[block->insn_count - 1] : NULL;
	size_t read, write = 0;

	if (!last || last->kind != IR_RETURN)
		return;
	for (read = 0; read < a->exit_count; read++)
		if (a->exits[read].insn != last)
			a->exits[write++] = a->exits[read];
	a->exit_count = write;
}

static void mark_all_dirty(struct block_states *waiting)
{
	size_t i;

	for (i = 0; i < waiting->count; i++)
		waiting->slots[i].is_dirty = true;
}

static void solve(struct analysis *a)
{
	int i = 0;

	while (i < a->cfg->order_count && !a->is_over_budget) {
		int id = a->cfg->order[i];

		if (!is_waiting(&a->blocks[id])) {
			i++;
			continue;
		}
		if (a->cfg->blocks[id]->insn_count &&
		    a->cfg->blocks[id]->insns[a->cfg->blocks[id]->insn_count - 1]->kind == IR_RETURN) {
			drop_exits_of(a, a->cfg->blocks[id]);
			mark_all_dirty(&a->blocks[id]);
		}
		run_block(a, id);
		/* A loop may have woken an earlier block. */
		i = 0;
	}
}

/* ---- functions ------------------------------------------------------------------------ */

static void mark_user_params(struct analysis *a, struct flow_state *state)
{
	int i;

	for (i = 0; i < a->function->param_count; i++) {
		const struct ir_var *param = a->function->params[i];
		const struct sym *sym = state_load(a, state, region_var(a, param), param->type);

		((struct sym *)sym)->is_user = effects_param_is_user(a->effects, a->function, i) || user_param(a, i);
	}
}

/* What the function's role says of its parameters: an IRP just received. */
static void enter_role_objects(struct analysis *a, struct flow_state *state)
{
	int i;

	for (i = 0; a->role && i < a->role->param_count && i < a->function->param_count; i++) {
		const struct rp_role_param *role = &a->role->params[i];
		const struct ir_var *param = a->function->params[i];
		struct entry *entry;

		if (!role->resource)
			continue;
		entry = state_entry_add(a, state, role->resource,
					state_load(a, state, region_var(a, param), param->type));
		entry->state = role->state;
		entry->object = param->name;
		entry->is_received = role->resource->states[role->state].is_held;
	}
}

static void note_over_budget(struct analysis *a)
{
	struct not_analysed note = { .span = a->function->span,
				     .function = a->function->name,
				     .reason = REPORT_OVER_BUDGET,
				     .is_partial = true };

	if (!a->report) /* not the last round of a cycle */
		return;
	a->engine->stats.over_budget++;
	report_add_note(a->report, &note);
}

static void dump_states(const struct analysis *a)
{
	FILE *out = a->engine->options.dump_states;
	size_t s;
	int b;

	fprintf(out, "function %s\n", a->function->name);
	for (b = 0; b < a->cfg->block_count; b++) {
		for (s = 0; s < a->blocks[b].count; s++) {
			fprintf(out, "  block %d state %zu\n", b, s);
			state_print(out, a->arena, a->blocks[b].slots[s].state);
		}
	}
}

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void analyse(struct analysis *a)
{
	struct flow_state *entry = state_create(a);

	a->sym_table = keymap_create(a->arena);
	a->region_table = keymap_create(a->arena);
	a->terms = keymap_create(a->arena);
	a->reported = keymap_create(a->arena);
	a->sign_tests = keymap_create(a->arena);
	a->ignored_calls = keymap_create(a->arena);
	a->escaped_sites = keymap_create(a->arena);
	a->left_keys = keymap_create(a->arena);
	a->liveness = liveness_compute(a->arena, a->cfg);
	a->blocks = ARENA_ARRAY(a->arena, struct block_states, (size_t)a->cfg->block_count);
	find_loops(a);
	find_last_blocks(a);
	find_result_vars(a);
	compound_find(a);
	mark_user_params(a, entry);
	user_role_values(a, entry);
	enter_role_objects(a, entry);
	check_ignored_results(a);
	untested_find(a);
	contract_check_results(a);
	check_field_accesses(a);
	check_default_return(a);
	check_never_null(a);
	check_return_type(a);
	check_deprecated_apis(a);
	check_mixed_types(a);
	check_role_declared(a);
	check_irql_role(a);
	add_slot(a, &a->blocks[0], entry);
	solve(a);
	if (a->is_over_budget)
		note_over_budget(a); /* without all returns no contract can be told */
	else
		exit_check_all(a);
	if (a->engine->options.dump_states && a->report)
		dump_states(a);
}

/* ---- modules ---------------------------------------------------------------------------- */

void engine_begin_module(struct engine *engine, struct arena *arena, const struct ir_module *module,
			 const struct unit_effects *effects, const struct callgraph *callgraph, struct report *report)
{
	engine->module_arena = arena;
	engine->module = module;
	engine->words = NULL;
	engine->effects = effects;
	engine->callgraph = callgraph;
	engine->report = report;
	engine->summaries = summaries_create(arena);
	engine->reported_results = keymap_create(arena);
	engine->reported_offences = keymap_create(arena);
	engine->user_fields = NULL;
	engine->buffer_sizes = NULL;
}

/* report NULL: a round of a cycle that is not the last one. True: the summary is as it was. */
static bool check_function(struct engine *engine, const struct cfg *cfg, const struct ir_function *const *group,
			   int group_count, struct report *report)
{
	const struct function_summary *before = summaries_find(engine->summaries, cfg->function);
	struct function_summary *summary;
	struct analysis a = { .engine = engine,
			      .arena = engine->scratch,
			      .unit = cfg->function->unit,
			      .effects = engine->effects,
			      .cfg = cfg,
			      .function = cfg->function,
			      .role = effects_role(engine->effects, cfg->function),
			      .report = report,
			      .group = group,
			      .group_count = group_count };
	bool is_same;

	analyse(&a);
	summary = summarize(&a);
	is_same = before && summary_equal(before, summary);
	summaries_put(engine->summaries, summary);
	if (report) {
		demand_judge_roles(&a, summary);
		engine->stats.functions++;
		engine->stats.blocks += (size_t)cfg->block_count;
	}
	engine->stats.steps += a.steps;
	arena_reset(engine->scratch);
	return is_same;
}

/* Rounds of a cycle of the call graph before its summaries are given up. */
#define MAX_ROUNDS 10

static void give_up_summaries(struct engine *engine, const struct cfg *const *cfgs, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		struct function_summary *summary = ARENA_NEW(engine->module_arena, struct function_summary);

		summary->function = cfgs[i]->function;
		summaries_put(engine->summaries, summary);
	}
}

/* From below: at first no call within the cycle returns, then each round knows
 * the ways to return that the one before found. */
static void settle_cycle(struct engine *engine, const struct cfg *const *cfgs, int count,
			 const struct ir_function *const *group)
{
	bool is_settled = false;
	int round, i;

	for (round = 0; round < MAX_ROUNDS && !is_settled; round++) {
		is_settled = true;
		for (i = 0; i < count; i++)
			is_settled = check_function(engine, cfgs[i], group, count, NULL) && is_settled;
	}
	if (!is_settled)
		give_up_summaries(engine, cfgs, count);
}

static void log_graphs(struct path_log *log, const struct cfg *const *cfgs, int count)
{
	int i;

	for (i = 0; log && i < count; i++)
		ARENA_PUSH(log->arena, log->graphs, log->graph_count, log->graph_capacity, cfgs[i]);
}

void engine_check_group(struct engine *engine, const struct cfg *const *cfgs, int count, bool is_cyclic)
{
	const struct ir_function **group = ARENA_ARRAY(engine->module_arena, const struct ir_function *, (size_t)count);
	double start = cpu_seconds();
	int i;

	for (i = 0; i < count; i++)
		group[i] = cfgs[i]->function;
	if (is_cyclic)
		settle_cycle(engine, cfgs, count, group);
	for (i = 0; i < count; i++)
		check_function(engine, cfgs[i], NULL, 0, engine->report);
	log_graphs(engine->options.paths, cfgs, count);
	engine->stats.seconds += cpu_seconds() - start;
}

void engine_end_module(struct engine *engine)
{
	double start = cpu_seconds();

	module_check(engine, engine->module, engine->effects, engine->callgraph, engine->summaries, engine->report);
	engine->stats.seconds += cpu_seconds() - start;
}

const struct summaries *engine_summaries(const struct engine *engine)
{
	return engine->summaries;
}

/* They are asked for at every call of a function. */
static void sort_checks(struct engine *engine)
{
	for (int r = 0; r < engine->rules->rule_count; r++) {
		const struct rp_rule *rule = engine->rules->rules[r];
		for (int c = 0; c < rule->check_count; c++) {
			struct check_list *list = &engine->checks[rule->checks[c].kind];
			struct ruled_check item = { rule, &rule->checks[c] };
			ARENA_PUSH(engine->run, list->items, list->count, list->capacity, item);
		}
	}
}

struct engine *engine_create(struct arena *run, struct arena *scratch, struct intern_pool *pool,
			     const struct rule_set *rules, const struct engine_options *options)
{
	struct engine *engine = ARENA_NEW(run, struct engine);

	engine->run = run;
	engine->scratch = scratch;
	engine->pool = pool;
	engine->rules = rules;
	engine->options = *options;
	sort_checks(engine);
	return engine;
}

const struct engine_stats *engine_get_stats(const struct engine *engine)
{
	return &engine->stats;
}

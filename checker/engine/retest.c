/* Questions asked twice, wrongly, or not at all: results that nobody looks at,
 * when it does not matter (what the call waited for is asked again afterwards,
 * or no signal can reach the function; by names, not values, which errs towards
 * silence); results taken for their opposite; values read anew after a change. */
#include "engine_int.h"

#include <string.h>

#define MAX_NAMES 32
#define MAX_STEPS_TO_NEXT 3

struct name_set {
	const char *names[MAX_NAMES];
	int count;
	const struct rp_check *check; /* whose tags count as well */
};

static void add_name(struct name_set *set, const char *name)
{
	if (name && set->count < MAX_NAMES)
		set->names[set->count++] = name;
}

static bool has_name(const struct name_set *set, const char *name)
{
	int i;

	for (i = 0; name && i < set->count; i++)
		if (strcmp(set->names[i], name) == 0)
			return true;
	return false;
}

/* The field or variable that is read, not what leads there: `ready` of dev->ready. */
static void add_expr(struct name_set *set, const struct ir_expr *expr)
{
	const struct ir_place *place;

	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		for (place = expr->place; place->kind == IR_PLACE_INDEX; place = place->part.base)
			;
		if (place->kind == IR_PLACE_FIELD)
			add_name(set, place->part.field);
		else if (place->kind == IR_PLACE_DEREF)
			add_expr(set, place->pointer);
		else if (place->var->kind != IR_VAR_TEMP)
			add_name(set, place->var->name);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		add_expr(set, expr->op.left);
		add_expr(set, expr->op.right);
		break;
	case IR_EXPR_CAST:
		add_expr(set, expr->cast.operand);
		break;
	default:
		break;
	}
}

/* What a step asks: a condition, or the arguments of a call that gives an answer. */
static void add_questions(struct name_set *set, const struct ir_insn *insn)
{
	int i;

	if (insn->kind == IR_BRANCH)
		add_expr(set, insn->branch.condition);
	else if (insn->kind == IR_SWITCH)
		add_expr(set, insn->select.value);
	else if (insn->kind == IR_CALL && insn->call.result) {
		add_name(set, insn->call.macro ? insn->call.macro : insn->call.callee ? insn->call.callee->name : NULL);
		for (i = 0; i < insn->call.arg_count; i++)
			add_expr(set, insn->call.args[i]);
	}
}

/* The first of the steps that only make the call's arguments: they stand inside its text. */
static int first_argument_step(const struct analysis *a, const struct ir_insn *call)
{
	int i = call->index;

	while (i > 0 && a->function->insns[i - 1]->span.line &&
	       span_order(a->function->insns[i - 1]->span, call->span) > 0)
		i--;
	return i;
}

/* signal_pending(): the author asks why the wait ended. */
static bool calls_tagged(const struct analysis *a, const struct ir_insn *insn, const struct rp_check *check)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
	int i;

	for (i = 0; api && i < check->unless_asked_count; i++)
		if (rp_api_has_tag(api, check->unless_asked[i]))
			return true;
	return false;
}

static bool asks_any(const struct analysis *a, const struct ir_insn *insn, const struct name_set *wanted)
{
	struct name_set asked = { .count = 0 };
	int i;

	if (calls_tagged(a, insn, wanted->check))
		return true;
	add_questions(&asked, insn);
	for (i = 0; i < asked.count; i++)
		if (has_name(wanted, asked.names[i]))
			return true;
	return false;
}

static bool block_asks(const struct analysis *a, const struct cfg_block *block, int from, const struct ir_insn *call,
		       int first, const struct name_set *wanted)
{
	int i;

	for (i = from; i < block->insn_count; i++)
		if ((block->insns[i]->index < first || block->insns[i]->index > call->index) &&
		    asks_any(a, block->insns[i], wanted))
			return true;
	return false;
}

/* The variables through which an expression reads: `dev` of dev->ready and of &dev->count. */
static void add_bases(struct name_set *set, const struct ir_expr *expr)
{
	const struct ir_place *place = expr && (expr->kind == IR_EXPR_LOAD || expr->kind == IR_EXPR_ADDRESS) ?
					       expr->place :
					       NULL;

	if (!expr)
		return;
	while (place && (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX))
		place = place->part.base;
	if (place && place->kind == IR_PLACE_DEREF)
		add_bases(set, place->pointer);
	else if (place && place->var->kind != IR_VAR_TEMP)
		add_name(set, place->var->name);
	if (expr->kind == IR_EXPR_CAST)
		add_bases(set, expr->cast.operand);
	if (expr->kind == IR_EXPR_UNARY || expr->kind == IR_EXPR_BINARY) {
		add_bases(set, expr->op.left);
		add_bases(set, expr->op.right);
	}
}

/* Is the very next question one about the same object? Whoever signals often leaves the outcome in another field. */
static bool asks_object_next(const struct cfg_block *block, int at)
{
	const struct ir_insn *call = block->insns[at], *last = block->insns[block->insn_count - 1];
	struct name_set waited = { .count = 0 }, asked = { .count = 0 };
	int i;

	if (last->kind != IR_BRANCH || block->insn_count - at > MAX_STEPS_TO_NEXT)
		return false;
	for (i = 0; i < call->call.arg_count; i++)
		add_bases(&waited, call->call.args[i]);
	add_bases(&asked, last->branch.condition);
	for (i = 0; i < asked.count; i++)
		if (has_name(&waited, asked.names[i]))
			return true;
	return false;
}

/* Does any step that the call leads to ask one of the names? */
static bool asks_later(struct analysis *a, const struct cfg_block *block, int at, const struct name_set *wanted)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *queue = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1);
	const struct ir_insn *call = block->insns[at];
	int first = first_argument_step(a, call), head = 0, tail = 0, i;

	if (asks_object_next(block, at) || block_asks(a, block, at + 1, call, first, wanted))
		return true;
	queue[tail++] = block->id;
	while (head < tail) {
		const struct cfg_block *from = a->cfg->blocks[queue[head++]];

		for (i = 0; i < from->out_count; i++) {
			int to = from->out[i]->to;

			if (bitset_test(&seen, (size_t)to))
				continue;
			if (block_asks(a, a->cfg->blocks[to], 0, call, first, wanted))
				return true;
			bitset_set(&seen, (size_t)to);
			if (to != block->id)
				queue[tail++] = to;
		}
	}
	return false;
}

bool is_retested(struct analysis *a, const struct rp_check *check, const struct cfg_block *block, int at)
{
	const struct ir_insn *call = block->insns[at];
	struct name_set wanted = { .check = check };
	int i;

	/* Without its first argument, what the question is about: nothing is asked, it is only a pause. */
	for (i = first_argument_step(a, call); i < call->index; i++)
		add_questions(&wanted, a->function->insns[i]);
	for (i = 1; i < call->call.arg_count; i++)
		add_expr(&wanted, call->call.args[i]);
	if (call->call.arg_count > 1 && wanted.count == 0)
		return true;
	if (call->call.arg_count == 1)
		add_expr(&wanted, call->call.args[0]);
	return asks_later(a, block, at, &wanted);
}

static bool makes_result(const struct rp_api *api)
{
	int i;

	for (i = 0; i < api->effect_count; i++)
		if (api->effects[i].object == RP_OBJECT_RESULT &&
		    resource_event_acquires(api->effects[i].resource, api->effects[i].event))
			return true;
	return false;
}

bool is_made_here(struct analysis *a, const struct ir_insn *call)
{
	const char *wanted = call->call.arg_count > 0 ? object_text(a, call->call.args[0]) : NULL;
	int i;

	for (i = 0; wanted && i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct sym site = { .kind = SYM_CALL, .a = insn };
		const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &site) : NULL;
		const char *made = NULL;

		if (api && makes_result(api) && insn->call.result)
			made = ir_place_text(a->arena, insn->call.result);
		else if (api && api->initialises_param >= 0 && api->initialises_param < insn->call.arg_count)
			made = object_text(a, insn->call.args[api->initialises_param]);
		if (made && strcmp(made, wanted) == 0)
			return true;
	}
	return false;
}

#define MAX_CALLER_DEPTH 8

static bool may_serve_process(const struct analysis *a, const struct ir_function *function, int depth)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(a->engine->callgraph, function, &sites), i;
	int role_count, r;
	const struct role_binding *roles = effects_role_bindings(a->effects, function, &role_count);

	if (depth > MAX_CALLER_DEPTH || (count == 0 && role_count == 0))
		return true;
	for (r = 0; r < role_count; r++)
		if (!roles[r].role->lacks_user_context)
			return true;
	for (i = 0; i < count; i++)
		if (sites[i].caller != function && may_serve_process(a, sites[i].caller, depth + 1))
			return true;
	return false;
}

bool serves_process(const struct analysis *a)
{
	return may_serve_process(a, a->function, 0);
}

/* ---- results taken for their opposite -------------------------------------------------- */

static bool has_a_tag(const struct rp_api *api, const struct rp_check *check)
{
	int i;

	for (i = 0; api && i < check->tag_count; i++)
		if (rp_api_has_tag(api, check->tags[i]))
			return true;
	return false;
}

static bool return_value(const struct ir_insn *insn, int64_t *value)
{
	const struct ir_expr *expr = insn->kind == IR_RETURN ? insn->assign.value : NULL;
	int64_t sign = 1;

	while (expr && (expr->kind == IR_EXPR_CAST || (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NEG))) {
		sign = expr->kind == IR_EXPR_UNARY ? -sign : sign;
		expr = expr->kind == IR_EXPR_UNARY ? expr->op.left : expr->cast.operand;
	}
	*value = expr && expr->kind == IR_EXPR_INT ? sign * expr->value : 0;
	return expr && expr->kind == IR_EXPR_INT;
}

/* The constant that is returned from here without a further call or question. */
static bool returns_at_once(const struct analysis *a, const struct cfg_block *block, int64_t *value, struct span *span)
{
	int hops;

	for (hops = 0; hops < 8; hops++) {
		if (block->insn_count == 1) {
			*span = block->insns[0]->span;
			return return_value(block->insns[0], value);
		}
		if (block->insn_count > 0 || block->out_count != 1)
			return false;
		block = a->cfg->blocks[block->out[0]->to];
	}
	return false;
}

struct result_test {
	struct flow_state *state;
	const struct sym *result;
	const struct rp_api *api;
	int64_t value;
	struct span span;
};

static void visit_inverted(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct result_test *test = context;
	struct violation v = { .rule = rule, .check = check, .state = test->state, .span = test->span };
	int64_t error;

	if (!has_a_tag(test->api, check) || !unit_constant(a->unit, check->returns, &error) || test->value != -error)
		return;
	v.api = v.origin = v.object = test->api->name;
	v.cause = test->result->a;
	v.origin_span = v.cause->span;
	v.origin_text = arena_printf(a->arena, "%s succeeds when its result is not 0", test->api->name);
	emit_violation(a, &v);
}

/* The path on along an edge that is taken when the condition is not 0; NULL: this one cannot take it. */
static struct flow_state *state_beyond_test(struct analysis *a, const struct flow_state *state,
					    const struct cfg_edge *edge, const struct sym *condition)
{
	struct flow_state *next = state_clone(a, state);

	if (!state_assume(a, next, condition, true))
		return NULL;
	trace_branch(a, next, a->insn, edge->kind == CFG_EDGE_TRUE, NULL, NULL);
	walk_add_edge(a, next, edge);
	return next;
}

void check_inverted_result(struct analysis *a, struct flow_state *state, const struct cfg_block *block,
			   const struct sym *condition)
{
	struct result_test test = { .api = NULL };
	bool truth = true;
	int i;

	while (condition->kind == SYM_UNARY && condition->op == IR_UNARY_NOT) {
		condition = condition->a;
		truth = !truth;
	}
	test.result = condition;
	test.api = condition->kind == SYM_CALL ? origin_api(a, condition) : NULL;
	for (i = 0; test.api && i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];

		if (edge->kind == (truth ? CFG_EDGE_TRUE : CFG_EDGE_FALSE) &&
		    returns_at_once(a, a->cfg->blocks[edge->to], &test.value, &test.span) &&
		    (test.state = state_beyond_test(a, state, edge, condition)))
			emit_each_check(a, RP_CHECK_INVERTED_RESULT, visit_inverted, &test);
	}
}

/* ---- pointers that are never NULL ----------------------------------------------------------- */

/* The local pointer that a condition compares with NULL; NULL: it asks something else. */
static const struct ir_var *null_tested(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST || (expr->kind == IR_EXPR_UNARY && expr->op.op == IR_UNARY_NOT))
		expr = expr->kind == IR_EXPR_CAST ? expr->cast.operand : expr->op.left;
	if (expr->kind == IR_EXPR_BINARY && (expr->op.op == IR_BINARY_EQ || expr->op.op == IR_BINARY_NE)) {
		const struct ir_expr *right = expr->op.right;

		while (right->kind == IR_EXPR_CAST)
			right = right->cast.operand;
		if (right->kind != IR_EXPR_INT || right->value != 0)
			return NULL;
		expr = expr->op.left;
	}
	if (expr->kind != IR_EXPR_LOAD || expr->place->kind != IR_PLACE_VAR || !expr->type ||
	    expr->type->kind != IR_TYPE_POINTER)
		return NULL;
	return expr->place->var->kind == IR_VAR_LOCAL && !expr->place->var->address_taken ? expr->place->var : NULL;
}

static bool is_listed_macro(const struct rp_check *check, const char *macro)
{
	int i;

	for (i = 0; macro && i < check->macro_count; i++)
		if (strcmp(check->macros[i], macro) == 0)
			return true;
	return false;
}

/* The last of the steps that give the variable a value, if all come from such a macro. */
static const struct ir_insn *computed_by_macro(const struct analysis *a, const struct rp_check *check,
					       const struct ir_var *var)
{
	const struct ir_insn *last = NULL;
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
					       insn->kind == IR_CALL   ? insn->call.result :
									 NULL;

		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (!is_listed_macro(check, insn->macro))
			return NULL;
		last = insn;
	}
	return last;
}

static void visit_never_null(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			     void *context)
{
	int i;

	(void)context;
	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_var *var = insn->kind == IR_BRANCH && !insn->is_macro_loop ?
						   null_tested(insn->branch.condition) :
						   NULL;
		const struct ir_insn *origin = var ? computed_by_macro(a, check, var) : NULL;
		struct violation v = { .rule = rule, .check = check, .span = insn->span, .cause = insn };

		if (!origin)
			continue;
		v.object = var->name;
		v.api = v.origin = origin->macro;
		v.origin_span = origin->span;
		v.origin_text = arena_printf(a->arena, "%s comes from %s", var->name, origin->macro);
		emit_violation(a, &v);
	}
}

void check_never_null(struct analysis *a)
{
	emit_each_check(a, RP_CHECK_NEVER_NULL, visit_never_null, NULL);
}

/* ---- values read anew after a change ------------------------------------------------------ */

static bool is_held(const struct entry *entry)
{
	return entry->resource && entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

bool may_acquire(const struct analysis *a, const struct ir_function *function, const struct rp_resource *resource)
{
	int event;

	for (event = 0; event < resource->event_count; event++)
		if (resource_event_acquires(resource, event) &&
		    effects_may_cause(a->effects, function, resource, event, NULL))
			return true;
	return false;
}

bool may_hold_one(const struct analysis *a, const struct flow_state *state, const struct rp_check *check)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(a->engine->callgraph, a->function, &sites), i;
	int r;

	for (r = 0; r < check->unless_held_count; r++) {
		for (i = 0; i < state->entry_count; i++)
			if (state->entries[i].resource == check->unless_held[r] && is_held(&state->entries[i]))
				return true;
		for (i = 0; i < count; i++)
			if (may_acquire(a, sites[i].caller, check->unless_held[r]))
				return true;
	}
	return false;
}

#define MAX_STEPS_TO_TEST 2
#define MAX_STEPS_BETWEEN 4

struct stale_test {
	struct flow_state *state;
	const struct sym *result;
	const struct rp_api *api;
	const struct ir_insn *insn;
};

static bool is_in_state(const struct entry *entry, const struct rp_check *check)
{
	int i;

	for (i = 0; entry && entry->state >= 0 && !entry->is_doubtful && i < check->state_count; i++)
		if (strcmp(check->states[i], entry->resource->states[entry->state].name) == 0)
			return true;
	return false;
}

static bool has_api(const struct rp_check *check, const struct rp_api *api)
{
	int i;

	for (i = 0; i < check->pattern_count; i++)
		if (check->patterns[i].api == api)
			return true;
	return false;
}

/* Was the object changed just before: on the same straight way, at most a few steps ago? */
static bool was_just_changed(const struct flow_state *state, const struct entry *entry, const struct ir_insn *read)
{
	const struct trace *trace = state->trace;

	while (trace && trace->resource && (trace->resource != entry->resource || trace->key != entry->key))
		trace = trace->parent;
	return trace && trace->resource == entry->resource && trace->key == entry->key && !trace->below &&
	       trace->insn->index < read->index && read->index - trace->insn->index <= MAX_STEPS_BETWEEN;
}

static void visit_stale_test(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			     void *context)
{
	const struct stale_test *test = context;
	struct violation v = { .rule = rule, .check = check, .state = test->state, .span = test->insn->span };
	const struct sym *object = call_object(a, test->state, test->result);
	const struct entry *entry;
	int r;

	if (!has_api(check, test->api) || !object || may_hold_one(a, test->state, check))
		return;
	for (r = 0; r < check->resource_count; r++) {
		entry = state_entry(test->state, check->resources[r], object);
		if (!is_in_state(entry, check) || !was_just_changed(test->state, entry, test->result->a))
			continue;
		v.resource = entry->resource;
		v.key = entry->key;
		v.object = entry->object;
		v.api = test->api->name;
		v.cause = test->insn;
		v.origin = entry->api ? entry->api->name : NULL;
		emit_violation(a, &v);
	}
}

void check_stale_test(struct analysis *a, struct flow_state *state, const struct sym *condition,
		      const struct ir_insn *insn)
{
	struct stale_test test = { state, condition, origin_api(a, condition), insn };

	/* A loop waits for what others change; a macro of the kernel's (WARN_ON) only looks; what was read earlier may
	 * have been read under a lock. */
	if (test.api && !insn->macro && !a->in_loop &&
	    insn->index - ((const struct ir_insn *)condition->a)->index <= MAX_STEPS_TO_TEST)
		emit_each_check(a, RP_CHECK_STALE_TEST, visit_stale_test, &test);
}

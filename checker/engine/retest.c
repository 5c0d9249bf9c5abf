/* A result that nobody looks at, when it does not matter: what the call waited
 * for is asked again afterwards, or no signal can reach the function. By names,
 * not values: errs towards "asked again" and so towards silence. */
#include "engine_int.h"

#include <string.h>

#define MAX_NAMES 32

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

/* Does any step that the call leads to ask one of the names? */
static bool asks_later(struct analysis *a, const struct cfg_block *block, int at, const struct name_set *wanted)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int *queue = ARENA_ARRAY(a->arena, int, (size_t)a->cfg->block_count + 1);
	const struct ir_insn *call = block->insns[at];
	int first = first_argument_step(a, call), head = 0, tail = 0, i;

	if (block_asks(a, block, at + 1, call, first, wanted))
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

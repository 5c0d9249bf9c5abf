/* Checks the shape of a finished graph: what cfg.h promises to later stages. */
#include "cfg/cfg.h"

struct verifier {
	struct arena *arena;
	const struct cfg *cfg;
	const struct cfg_block *block; /* being checked, or NULL */
	const char *problem;
};

static void complain(struct verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(struct verifier *v, const char *format, ...)
{
	const char *what;
	va_list args;

	if (v->problem)
		return;
	va_start(args, format);
	what = arena_vprintf(v->arena, format, args);
	va_end(args);
	if (v->block)
		v->problem = arena_printf(v->arena, "%s: block %d: %s", v->cfg->function->name, v->block->id, what);
	else
		v->problem = arena_printf(v->arena, "%s: %s", v->cfg->function->name, what);
}

/* ---- edges ---------------------------------------------------------------- */

static bool has_edge(struct cfg_edge *const *edges, int count, const struct cfg_edge *edge)
{
	for (int i = 0; i < count; i++)
		if (edges[i] == edge)
			return true;
	return false;
}

static void check_edges(struct verifier *v, const struct cfg_block *block)
{
	for (int i = 0; i < block->out_count && !v->problem; i++) {
		const struct cfg_edge *edge = block->out[i];

		if (edge->from != block->id || edge->to < 0 || edge->to >= v->cfg->block_count)
			complain(v, "edge %d has wrong ends", i);
		else if (edge->kind == CFG_EDGE_CASE && edge->low > edge->high)
			complain(v, "edge %d has an empty range", i);
	}
	for (int i = 0; i < block->in_count && !v->problem; i++) {
		const struct cfg_edge *edge = block->in[i];

		if (edge->to != block->id || edge->from < 0 || edge->from >= v->cfg->block_count ||
		    !has_edge(v->cfg->blocks[edge->from]->out, v->cfg->blocks[edge->from]->out_count, edge))
			complain(v, "in-edge %d is not an out-edge of its source", i);
	}
}

/* Every out-edge is an in-edge of its target: with check_edges, which found that
 * every in-edge is an out-edge, equal totals are enough. */
static void check_edge_totals(struct verifier *v)
{
	long in = 0, out = 0;

	for (int i = 0; i < v->cfg->block_count; i++) {
		in += v->cfg->blocks[i]->in_count;
		out += v->cfg->blocks[i]->out_count;
	}
	if (in != out)
		complain(v, "%ld out-edges but %ld in-edges", out, in);
}

static int count_edges(const struct cfg_block *block, enum cfg_edge_kind kind)
{
	int count = 0;

	for (int i = 0; i < block->out_count; i++)
		count += block->out[i]->kind == kind;
	return count;
}

/* ---- steps ---------------------------------------------------------------- */

static bool ends_block(const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_BRANCH:
	case IR_SWITCH:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
	case IR_UNREACHABLE:
		return true;
	case IR_ASM:
		return insn->assembly.label_count > 0;
	default:
		return false;
	}
}

static void check_insns(struct verifier *v, const struct cfg_block *block)
{
	for (int i = 0; i < block->insn_count; i++) {
		switch (block->insns[i]->kind) {
		case IR_LABEL:
		case IR_JUMP:
		case IR_SCOPE_ENTER:
		case IR_SCOPE_EXIT:
		case IR_TRY_BEGIN:
		case IR_TRY_END:
		case IR_FINALLY_END:
			complain(v, "step %d is control flow that edges should have replaced", i);
			break;
		default:
			if (ends_block(block->insns[i]) && i + 1 < block->insn_count)
				complain(v, "step %d ends the block but is not the last", i);
		}
	}
}

static bool is_selector_switch(const struct ir_insn *insn)
{
	const struct ir_expr *value = insn->select.value;

	return value->kind == IR_EXPR_LOAD && value->place->kind == IR_PLACE_VAR &&
	       value->place->var->kind == IR_VAR_SELECTOR;
}

static void expect_edges(struct verifier *v, const struct cfg_block *block, enum cfg_edge_kind kind, int expected,
			 const char *what)
{
	int found = count_edges(block, kind);

	if (found != expected)
		complain(v, "%d %s edges instead of %d", found, what, expected);
}

/* Only these kinds, and exceptional edges, leave the block. */
static void expect_total(struct verifier *v, const struct cfg_block *block, int regular)
{
	if (block->out_count != regular + count_edges(block, CFG_EDGE_EXCEPTION))
		complain(v, "it has out-edges that its last step does not have");
}

static void check_plain_end(struct verifier *v, const struct cfg_block *block)
{
	/* A block that passes an exception on has no regular edge. */
	int regular = block->insn_count == 0 && count_edges(block, CFG_EDGE_EXCEPTION) == 1 ? 0 : 1;

	expect_edges(v, block, CFG_EDGE_PLAIN, regular, "plain");
	expect_total(v, block, regular);
}

static void check_end(struct verifier *v, const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count > 0 ? block->insns[block->insn_count - 1] : NULL;
	int cases = count_edges(block, CFG_EDGE_CASE), indirect = count_edges(block, CFG_EDGE_INDIRECT);

	if (!last || !ends_block(last)) {
		check_plain_end(v, block);
		return;
	}
	switch (last->kind) {
	case IR_BRANCH:
		expect_edges(v, block, CFG_EDGE_TRUE, 1, "true");
		expect_edges(v, block, CFG_EDGE_FALSE, 1, "false");
		expect_total(v, block, 2);
		break;
	case IR_SWITCH:
		expect_edges(v, block, CFG_EDGE_DEFAULT, is_selector_switch(last) ? 0 : 1, "default");
		expect_total(v, block, cases + count_edges(block, CFG_EDGE_DEFAULT));
		break;
	case IR_RETURN:
		expect_edges(v, block, CFG_EDGE_PLAIN, 1, "plain");
		expect_total(v, block, 1);
		if (!v->problem && block->out[0]->to != 1)
			complain(v, "a return does not lead to the exit");
		break;
	case IR_ASM:
		expect_edges(v, block, CFG_EDGE_PLAIN, 1, "plain");
		expect_total(v, block, indirect + 1);
		break;
	case IR_COMPUTED_JUMP:
		expect_total(v, block, indirect);
		break;
	default: /* IR_UNREACHABLE */
		if (block->out_count > 0)
			complain(v, "edges leave an unreachable place");
	}
}

/* ---- order ------------------------------------------------------------------ */

static void check_order(struct verifier *v, const struct cfg_block *block)
{
	const struct cfg *cfg = v->cfg;
	bool is_head = false;

	if (block->order >= 0 && (block->order >= cfg->order_count || cfg->order[block->order] != block->id))
		complain(v, "its order %d is wrong", block->order);
	if ((block->dominator >= 0) != (block->order > 0))
		complain(v, "dominator %d does not fit order %d", block->dominator, block->order);
	else if (block->dominator >= 0 && cfg->blocks[block->dominator]->order >= block->order)
		complain(v, "its dominator %d comes later", block->dominator);
	for (int i = 0; i < block->in_count && !v->problem; i++) {
		const struct cfg_block *from = cfg->blocks[block->in[i]->from];
		bool is_back = from->order >= 0 && block->order <= from->order;

		if (from->order >= 0 && block->order < 0)
			complain(v, "it is reachable from block %d but has no order", from->id);
		if (block->in[i]->is_back != is_back)
			complain(v, "the edge from block %d is marked wrongly", from->id);
		is_head |= is_back;
	}
	if (block->is_loop_head != is_head)
		complain(v, "it is marked wrongly as a loop head");
}

static void check_ends_of_function(struct verifier *v)
{
	const struct cfg *cfg = v->cfg;

	if (cfg->block_count < 2)
		complain(v, "entry or exit is missing");
	else if (cfg->blocks[0]->in_count > 0 || cfg->blocks[0]->order != 0)
		complain(v, "the entry is not the first block");
	else if (cfg->blocks[1]->out_count > 0 || cfg->blocks[1]->insn_count > 0)
		complain(v, "the exit is not the last block");
}

static void check_vars(struct verifier *v)
{
	for (int i = 0; i < v->cfg->var_count; i++)
		if (!v->cfg->vars[i] || v->cfg->vars[i]->id != i)
			complain(v, "variable %d has a wrong id", i);
}

const char *cfg_verify(struct arena *arena, const struct cfg *cfg)
{
	struct verifier v = { .arena = arena, .cfg = cfg };

	check_vars(&v);
	for (int i = 0; i < cfg->block_count && !v.problem; i++) {
		v.block = cfg->blocks[i];
		if (!v.block || v.block->id != i) {
			complain(&v, "block at position %d has a wrong id", i);
			break;
		}
		check_edges(&v, v.block);
		check_insns(&v, v.block);
		if (i != 1)
			check_end(&v, v.block);
	}
	for (int i = 0; i < cfg->block_count && !v.problem; i++) {
		v.block = cfg->blocks[i];
		check_order(&v, v.block);
	}
	v.block = NULL;
	if (!v.problem)
		check_edge_totals(&v);
	if (!v.problem)
		check_ends_of_function(&v);
	return v.problem;
}

/* Backward may-liveness of a function's variables.
 *
 * A block that ends in a step which may raise needs care: when it raises, the
 * step's own result is not written, so what the handler reads of the old value
 * stays live before it. */
#include "cfg/cfg.h"

/* ---- one step ------------------------------------------------------------- */

static void add_expr(const struct ir_expr *expr, struct bitset *uses);

static void add_var(const struct ir_var *var, struct bitset *uses)
{
	if (var->kind != IR_VAR_GLOBAL)
		bitset_set(uses, (size_t)var->id);
}

/* What reaching the place reads; with `whole`, the variable at its root too. */
static void add_place(const struct ir_place *place, bool whole, struct bitset *uses)
{
	for (;; place = place->part.base) {
		switch (place->kind) {
		case IR_PLACE_VAR:
			if (whole)
				add_var(place->var, uses);
			return;
		case IR_PLACE_DEREF:
			add_expr(place->pointer, uses);
			return;
		case IR_PLACE_INDEX:
			add_expr(place->part.index, uses);
			break;
		case IR_PLACE_FIELD:
			break;
		}
	}
}

static void add_expr(const struct ir_expr *expr, struct bitset *uses)
{
	while (expr) {
		switch (expr->kind) {
		case IR_EXPR_LOAD:
		case IR_EXPR_ADDRESS:
			add_place(expr->place, true, uses);
			return;
		case IR_EXPR_BINARY:
			add_expr(expr->op.right, uses);
			expr = expr->op.left;
			break;
		case IR_EXPR_UNARY:
			expr = expr->op.left;
			break;
		case IR_EXPR_CAST:
			expr = expr->cast.operand;
			break;
		default:
			return;
		}
	}
}

static void add_call(const struct ir_call *call, struct bitset *uses)
{
	add_expr(call->target, uses);
	for (int i = 0; i < call->arg_count; i++)
		add_expr(call->args[i], uses);
	if (call->result)
		add_place(call->result, false, uses);
}

void liveness_insn_uses(const struct ir_insn *insn, struct bitset *uses)
{
	switch (insn->kind) {
	case IR_ASSIGN:
		add_place(insn->assign.place, false, uses);
		add_expr(insn->assign.value, uses);
		break;
	case IR_ZERO:
		add_place(insn->assign.place, false, uses);
		break;
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
		add_expr(insn->assign.value, uses);
		break;
	case IR_CALL:
		add_call(&insn->call, uses);
		break;
	case IR_ASM:
		/* An output may be read as well ("+r"), so it does not end a life. */
		for (int i = 0; i < insn->assembly.output_count; i++)
			add_place(insn->assembly.outputs[i], true, uses);
		for (int i = 0; i < insn->assembly.input_count; i++)
			add_expr(insn->assembly.inputs[i], uses);
		break;
	case IR_BRANCH:
		add_expr(insn->branch.condition, uses);
		break;
	case IR_SWITCH:
		add_expr(insn->select.value, uses);
		break;
	default:
		break;
	}
}

static const struct ir_var *whole_var(const struct ir_place *place)
{
	return place && place->kind == IR_PLACE_VAR && place->var->kind != IR_VAR_GLOBAL ? place->var : NULL;
}

const struct ir_var *liveness_insn_def(const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
		/* A static local keeps its value from call to call. */
		return insn->var->kind == IR_VAR_LOCAL || insn->var->kind == IR_VAR_TEMP ? insn->var : NULL;
	case IR_ASSIGN:
	case IR_ZERO:
		return whole_var(insn->assign.place);
	case IR_CALL:
		return whole_var(insn->call.result);
	default:
		return NULL;
	}
}

/* ---- the graph ------------------------------------------------------------------ */

struct block_facts {
	struct bitset reads;	    /* read before any write in the block */
	struct bitset writes;	    /* written whole in the block */
	struct bitset early_writes; /* the same without the last step: what a raise leaves written */
};

static struct block_facts block_facts_compute(struct arena *arena, const struct cfg *cfg, const struct cfg_block *block)
{
	size_t bits = (size_t)cfg->var_count;
	struct block_facts facts = { .reads = bitset_create(arena, bits),
				     .writes = bitset_create(arena, bits),
				     .early_writes = bitset_create(arena, bits) };

	for (int i = block->insn_count - 1; i >= 0; i--) {
		const struct ir_var *def = liveness_insn_def(block->insns[i]);

		if (def) {
			bitset_clear(&facts.reads, (size_t)def->id);
			bitset_set(&facts.writes, (size_t)def->id);
			if (i < block->insn_count - 1)
				bitset_set(&facts.early_writes, (size_t)def->id);
		}
		liveness_insn_uses(block->insns[i], &facts.reads);
	}
	return facts;
}

static struct bitset always_live(struct arena *arena, const struct cfg *cfg)
{
	struct bitset set = bitset_create(arena, (size_t)cfg->var_count);

	for (int i = 0; i < cfg->var_count; i++)
		if (cfg->vars[i]->address_taken || cfg->vars[i]->kind == IR_VAR_STATIC_LOCAL)
			bitset_set(&set, (size_t)i);
	return set;
}

/* live_in and live_out of one block from those of its successors; whether
 * live_in grew. The scratch sets spare an allocation a visit. */
static bool update_block(const struct liveness *live, const struct cfg_block *block, const struct block_facts *facts,
			 struct bitset *after, struct bitset *raised)
{
	struct bitset *in = &live->live_in[block->id], *out = &live->live_out[block->id];
	bool changed;

	bitset_subtract(after, after);
	bitset_subtract(raised, raised);
	for (int i = 0; i < block->out_count; i++) {
		const struct cfg_edge *edge = block->out[i];

		bitset_union(edge->kind == CFG_EDGE_EXCEPTION ? raised : after, &live->live_in[edge->to]);
	}
	bitset_union(out, after);
	bitset_union(out, raised);
	bitset_subtract(after, &facts->writes);
	bitset_subtract(raised, &facts->early_writes);
	changed = bitset_union(in, after);
	changed |= bitset_union(in, raised);
	changed |= bitset_union(in, &facts->reads);
	return changed;
}

/* Visiting order: reachable blocks last first, then the others. */
static int *visiting_order(struct arena *arena, const struct cfg *cfg)
{
	int *order = ARENA_ARRAY(arena, int, (size_t)cfg->block_count);
	int count = 0;

	for (int i = cfg->order_count - 1; i >= 0; i--)
		order[count++] = cfg->order[i];
	for (int i = cfg->block_count - 1; i >= 0; i--)
		if (cfg->blocks[i]->order < 0)
			order[count++] = i;
	return order;
}

static struct liveness *liveness_create(struct arena *arena, const struct cfg *cfg)
{
	struct liveness *live = ARENA_NEW(arena, struct liveness);
	size_t blocks = (size_t)cfg->block_count;

	live->live_in = ARENA_ARRAY(arena, struct bitset, blocks);
	live->live_out = ARENA_ARRAY(arena, struct bitset, blocks);
	for (size_t i = 0; i < blocks; i++) {
		live->live_in[i] = bitset_create(arena, (size_t)cfg->var_count);
		live->live_out[i] = bitset_create(arena, (size_t)cfg->var_count);
	}
	return live;
}

struct liveness *liveness_compute(struct arena *arena, const struct cfg *cfg)
{
	struct liveness *live = liveness_create(arena, cfg);
	struct block_facts *facts = ARENA_ARRAY(arena, struct block_facts, (size_t)cfg->block_count);
	struct bitset after = bitset_create(arena, (size_t)cfg->var_count);
	struct bitset raised = bitset_create(arena, (size_t)cfg->var_count);
	struct bitset always = always_live(arena, cfg);
	const int *order = visiting_order(arena, cfg);
	bool changed = true;

	for (int i = 0; i < cfg->block_count; i++)
		facts[i] = block_facts_compute(arena, cfg, cfg->blocks[i]);
	while (changed) {
		changed = false;
		for (int i = 0; i < cfg->block_count; i++)
			changed |= update_block(live, cfg->blocks[order[i]], &facts[order[i]], &after, &raised);
	}
	for (int i = 0; i < cfg->block_count; i++) {
		bitset_union(&live->live_in[i], &always);
		bitset_union(&live->live_out[i], &always);
	}
	return live;
}

/* The dump of a graph (--dump=cfg): blocks in reverse post-order, then those
 * that cannot be reached; under each its steps and its edges. */
#include "cfg/cfg.h"

#include <inttypes.h>

/* Branches and switches show what they decide on; where to is the edges' part. */
static const char *step_text(struct arena *arena, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_BRANCH:
		return arena_printf(arena, "if (%s)", ir_expr_text(arena, insn->branch.condition));
	case IR_SWITCH:
		return arena_printf(arena, "switch (%s)", ir_expr_text(arena, insn->select.value));
	case IR_CALL:
		return arena_printf(arena, "%s%s", ir_insn_text(arena, insn),
				    insn->call.is_cleanup ? " [cleanup]" : "");
	default:
		return ir_insn_text(arena, insn);
	}
}

static void print_edge(FILE *out, const struct cfg_edge *edge)
{
	static const char *const kinds[] = {
		[CFG_EDGE_PLAIN] = "",
		[CFG_EDGE_TRUE] = "true ",
		[CFG_EDGE_FALSE] = "false ",
		[CFG_EDGE_CASE] = "case ",
		[CFG_EDGE_DEFAULT] = "default ",
		[CFG_EDGE_EXCEPTION] = "exception ",
		[CFG_EDGE_INDIRECT] = "indirect ",
	};

	fprintf(out, "    %s", kinds[edge->kind]);
	if (edge->kind == CFG_EDGE_CASE && edge->low == edge->high)
		fprintf(out, "%" PRId64 " ", edge->low);
	else if (edge->kind == CFG_EDGE_CASE)
		fprintf(out, "%" PRId64 "...%" PRId64 " ", edge->low, edge->high);
	fprintf(out, "-> b%d%s\n", edge->to, edge->is_back ? " (back)" : "");
}

static void print_block(FILE *out, struct arena *arena, const struct cfg_block *block)
{
	fprintf(out, "  b%d", block->id);
	if (block->id < 2)
		fputs(block->id == 0 ? " entry" : " exit", out);
	if (block->order < 0)
		fputs(" unreachable", out);
	if (block->is_loop_head)
		fputs(" loop", out);
	if (block->dominator >= 0)
		fprintf(out, " dom b%d", block->dominator);
	fputs(":\n", out);
	for (int i = 0; i < block->insn_count; i++)
		fprintf(out, "    %s\n", step_text(arena, block->insns[i]));
	for (int i = 0; i < block->out_count; i++)
		print_edge(out, block->out[i]);
}

void cfg_print(FILE *out, const struct cfg *cfg)
{
	struct arena *arena = arena_create();

	fprintf(out, "cfg %s\n", cfg->function->name);
	for (int i = 0; i < cfg->order_count; i++)
		print_block(out, arena, cfg->blocks[cfg->order[i]]);
	for (int i = 0; i < cfg->block_count; i++)
		if (cfg->blocks[i]->order < 0)
			print_block(out, arena, cfg->blocks[i]);
	arena_destroy(arena);
}

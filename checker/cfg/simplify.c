/* Removes blocks that only pass control on.
 *
 * Lowering places labels freely (the end of an if inside the end of a loop), so
 * about a third of the blocks are empty; each would cost the engine a join. */
#include "cfg_int.h"

/* An empty block on its way to another one. Entry and exit stay, and so does a
 * loop that does nothing. */
static bool only_passes_on(const struct cfg_block *block)
{
	return block->id > 1 && block->insn_count == 0 && block->out_count == 1 &&
	       block->out[0]->kind == CFG_EDGE_PLAIN && block->out[0]->to != block->id;
}

/* Follows removed blocks to the one that stays, and shortens the way for the
 * next question: a switch may have thousands of empty arms. */
static int destination(int *forward, int block)
{
	int last = block;

	while (forward[last] >= 0)
		last = forward[last];
	while (forward[block] >= 0) {
		int next = forward[block];

		forward[block] = last;
		block = next;
	}
	return last;
}

/* Per block: the one that takes its place, or -1 when it stays. */
static int *find_forwards(const struct cfg *cfg)
{
	int *forward = ARENA_ARRAY(cfg->arena, int, (size_t)cfg->block_count);

	for (int i = 0; i < cfg->block_count; i++)
		forward[i] = -1;
	for (int i = 0; i < cfg->block_count; i++) {
		int target;

		if (!only_passes_on(cfg->blocks[i]))
			continue;
		target = destination(forward, cfg->blocks[i]->out[0]->to);
		if (target != i) /* else a ring of empty blocks: one of them stays */
			forward[i] = target;
	}
	return forward;
}

static void redirect_edges(struct cfg *cfg, int *forward)
{
	for (int i = 0; i < cfg->block_count; i++)
		cfg->blocks[i]->in_count = 0;
	for (int i = 0; i < cfg->block_count; i++) {
		struct cfg_block *block = cfg->blocks[i];

		if (forward[i] >= 0)
			continue;
		for (int k = 0; k < block->out_count; k++) {
			struct cfg_block *to = cfg->blocks[destination(forward, block->out[k]->to)];

			block->out[k]->to = to->id;
			ARENA_PUSH(cfg->arena, to->in, to->in_count, to->in_capacity, block->out[k]);
		}
	}
}

static void renumber(struct cfg *cfg, const int *forward)
{
	int kept = 0;

	for (int i = 0; i < cfg->block_count; i++)
		if (forward[i] < 0)
			cfg->blocks[i]->id = kept++;
	for (int i = 0; i < cfg->block_count; i++) {
		if (forward[i] >= 0)
			continue;
		for (int k = 0; k < cfg->blocks[i]->out_count; k++) {
			struct cfg_edge *edge = cfg->blocks[i]->out[k];

			edge->from = cfg->blocks[i]->id;
			edge->to = cfg->blocks[edge->to]->id;
		}
	}
	kept = 0;
	for (int i = 0; i < cfg->block_count; i++)
		if (forward[i] < 0)
			cfg->blocks[kept++] = cfg->blocks[i];
	cfg->block_count = kept;
}

void cfg_remove_empty_blocks(struct cfg *cfg)
{
	int *forward = find_forwards(cfg);

	redirect_edges(cfg, forward);
	renumber(cfg, forward);
}

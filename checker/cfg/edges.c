/* Blocks and edges of a graph. */
#include "cfg_int.h"

struct cfg_block *cfg_block_create(struct cfg *cfg)
{
	struct cfg_block *block = ARENA_NEW(cfg->arena, struct cfg_block);

	block->id = cfg->block_count;
	block->order = -1;
	block->dominator = -1;
	ARENA_PUSH(cfg->arena, cfg->blocks, cfg->block_count, cfg->block_capacity, block);
	return block;
}

struct cfg_edge *cfg_edge_create(struct cfg *cfg, enum cfg_edge_kind kind, struct cfg_block *from, struct cfg_block *to)
{
	struct cfg_edge *edge = ARENA_NEW(cfg->arena, struct cfg_edge);

	edge->kind = kind;
	edge->from = from->id;
	edge->to = to->id;
	ARENA_PUSH(cfg->arena, from->out, from->out_count, from->out_capacity, edge);
	ARENA_PUSH(cfg->arena, to->in, to->in_count, to->in_capacity, edge);
	return edge;
}

/* Reverse post-order, immediate dominators and loop heads.
 *
 * Dominators: Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm"
 * (2001). Successors are visited last edge first, so that in reverse post-order
 * the first one follows its block: a loop's body comes before what follows it. */
#include "cfg_int.h"

struct visit {
	int block;
	int next; /* edges still to follow: [0, next) */
};

/* Depth-first without recursion: a generated table of states nests deeply. */
static int post_order(const struct cfg *cfg, int *post)
{
	bool *seen = ARENA_ARRAY(cfg->arena, bool, (size_t)cfg->block_count);
	struct visit *stack = ARENA_ARRAY(cfg->arena, struct visit, (size_t)cfg->block_count);
	int depth = 0, count = 0;

	stack[depth++] = (struct visit){ .block = 0, .next = cfg->blocks[0]->out_count };
	seen[0] = true;
	while (depth > 0) {
		struct visit *top = &stack[depth - 1];
		int to;

		if (top->next == 0) {
			post[count++] = top->block;
			depth--;
			continue;
		}
		to = cfg->blocks[top->block]->out[--top->next]->to;
		if (seen[to])
			continue;
		seen[to] = true;
		stack[depth++] = (struct visit){ .block = to, .next = cfg->blocks[to]->out_count };
	}
	return count;
}

static void compute_order(struct cfg *cfg)
{
	int *post = ARENA_ARRAY(cfg->arena, int, (size_t)cfg->block_count);

	cfg->order_count = post_order(cfg, post);
	cfg->order = ARENA_ARRAY(cfg->arena, int, (size_t)cfg->order_count);
	for (int i = 0; i < cfg->order_count; i++) {
		cfg->order[i] = post[cfg->order_count - 1 - i];
		cfg->blocks[cfg->order[i]]->order = i;
	}
}

/* The nearest block that dominates both. */
static int intersect(const struct cfg *cfg, int a, int b)
{
	while (a != b) {
		while (cfg->blocks[a]->order > cfg->blocks[b]->order)
			a = cfg->blocks[a]->dominator;
		while (cfg->blocks[b]->order > cfg->blocks[a]->order)
			b = cfg->blocks[b]->dominator;
	}
	return a;
}

static int dominator_of(const struct cfg *cfg, const struct cfg_block *block)
{
	int dominator = -1;

	/* Last edge first: the gotos to one error label come from ever deeper blocks,
	 * and starting with the deepest makes the walk up the tree once, not each time. */
	for (int i = block->in_count - 1; i >= 0; i--) {
		int from = block->in[i]->from;

		/* Not reached yet in this round, or never. */
		if (from != 0 && cfg->blocks[from]->dominator < 0)
			continue;
		dominator = dominator < 0 ? from : intersect(cfg, dominator, from);
	}
	return dominator;
}

static void compute_dominators(struct cfg *cfg)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (int i = 1; i < cfg->order_count; i++) {
			struct cfg_block *block = cfg->blocks[cfg->order[i]];
			int dominator = dominator_of(cfg, block);

			changed |= dominator != block->dominator;
			block->dominator = dominator;
		}
	}
}

/* An edge to a dominator always goes back in reverse post-order, so one test
 * finds natural loops and the retreating edges of irreducible ones. */
static void mark_loops(struct cfg *cfg)
{
	for (int i = 0; i < cfg->order_count; i++) {
		struct cfg_block *from = cfg->blocks[cfg->order[i]];

		for (int k = 0; k < from->out_count; k++) {
			struct cfg_block *to = cfg->blocks[from->out[k]->to];

			from->out[k]->is_back = to->order <= from->order;
			to->is_loop_head |= from->out[k]->is_back;
		}
	}
}

void cfg_compute_order(struct cfg *cfg)
{
	compute_order(cfg);
	compute_dominators(cfg);
	mark_loops(cfg);
}

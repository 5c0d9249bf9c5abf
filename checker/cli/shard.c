/* See shard.h. */
#include "shard.h"

#include "workers.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct piece {
	struct analysis_task task;
	uint64_t cost;
};

struct piece_list {
	struct piece *items;
	size_t count, capacity;
};

/* Equal costs by the place of the driver: drivers are sorted by path. */
static int compare_pieces(const void *left, const void *right)
{
	const struct piece *a = left, *b = right;

	if (a->cost != b->cost)
		return a->cost > b->cost ? -1 : 1;
	return a->task.first - b->task.first;
}

static uint64_t *least_loaded(uint64_t *loads, int count)
{
	uint64_t *least = &loads[0];

	for (int i = 1; i < count; i++)
		if (loads[i] < *least)
			least = &loads[i];
	return least;
}

static void choose(struct run *run, struct piece_list *pieces, bool *is_chosen)
{
	const struct shard_choice *shard = &run->options->shard;
	uint64_t *loads = ARENA_ARRAY(run->arena, uint64_t, (size_t)shard->count);

	if (pieces->count > 0)
		qsort(pieces->items, pieces->count, sizeof(*pieces->items), compare_pieces);
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];
		uint64_t *load = least_loaded(loads, shard->count);

		*load += piece->cost;
		for (int k = 0; k < piece->task.count && load == &loads[shard->number - 1]; k++)
			is_chosen[piece->task.first + k] = true;
	}
}

static uint64_t add_to_plan(uint64_t plan, const struct run *run, const struct piece *piece)
{
	const uint64_t numbers[] = { (uint64_t)piece->task.count, piece->cost };

	for (int i = 0; i < piece->task.count; i++) {
		const char *file = run->units.cmds[piece->task.first + i].file;
		plan = XXH64(file, strlen(file) + 1, plan);
	}
	return XXH64(numbers, sizeof(numbers), plan);
}

static void keep_chosen(struct unit_list *units, const bool *is_chosen)
{
	int kept = 0;

	for (int i = 0; i < units->cmd_count; i++)
		if (is_chosen[i])
			units->cmds[kept++] = units->cmds[i];
	units->cmd_count = kept;
}

void shard_select(struct run *run)
{
	const struct shard_choice *shard = &run->options->shard;
	bool *is_chosen = ARENA_ARRAY(run->arena, bool, (size_t)run->units.cmd_count);
	struct piece piece = { 0 };
	struct piece_list pieces = { 0 };
	uint64_t plan = 0;

	while (run_next_driver(run, &piece.task)) {
		piece.cost = workers_cost(run, &piece.task);
		plan = add_to_plan(plan, run, &piece);
		ARENA_PUSH(run->arena, pieces.items, pieces.count, pieces.capacity, piece);
	}
	choose(run, &pieces, is_chosen);
	keep_chosen(&run->units, is_chosen);
	run->report.shard = (struct report_shard){ (unsigned)shard->number, (unsigned)shard->count, plan };
}

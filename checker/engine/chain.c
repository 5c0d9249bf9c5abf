/* Ways down into callees, as steps of a path. */
#include "engine_int.h"

static struct chain *chain_create(struct arena *arena, int count, struct summary_step **steps)
{
	struct chain *chain = ARENA_NEW(arena, struct chain);

	*steps = ARENA_ARRAY(arena, struct summary_step, (size_t)count);
	chain->steps = *steps;
	chain->count = count;
	return chain;
}

const struct chain *chain_extend(struct arena *arena, const struct chain *below, struct span call, const char *callee)
{
	struct summary_step *steps;
	int rest = below ? below->count : 0, i;
	struct chain *chain = chain_create(arena, rest + 1, &steps);

	steps[0] = (struct summary_step){ call, arena_printf(arena, "calls `%s`", callee), SUMMARY_STEP_CALL };
	for (i = 0; i < rest; i++)
		steps[i + 1] = below->steps[i];
	return chain;
}

const struct chain *chain_end(struct arena *arena, const struct chain *before, struct span span, const char *text)
{
	struct summary_step *steps;
	int count = before ? before->count : 0, i;
	struct chain *chain;

	if (!text)
		return before ? before : chain_create(arena, 0, &steps);
	chain = chain_create(arena, count + 1, &steps);
	for (i = 0; i < count; i++)
		steps[i] = before->steps[i];
	steps[count] = (struct summary_step){ span, arena_strdup(arena, text), SUMMARY_STEP_EVENT };
	return chain;
}

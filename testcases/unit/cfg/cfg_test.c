/* See cfg_test.h. */
#include "cfg_test.h"

#include <stdlib.h>
#include <string.h>

int cfg_test_set_up(void **state)
{
	static struct maker maker;

	memset(&maker, 0, sizeof(maker));
	maker_begin(&maker);
	*state = &maker;
	return 0;
}

int cfg_test_tear_down(void **state)
{
	maker_end(*state);
	return 0;
}

struct cfg *build(struct maker *m)
{
	const char *problem = ir_verify_function(m->arena, m->function);
	struct cfg *cfg;

	if (problem)
		fail_msg("the test's own function is broken: %s", problem);
	cfg = cfg_build(m->arena, m->function);
	problem = cfg_verify(m->arena, cfg);
	if (problem) {
		cfg_print(stderr, cfg);
		fail_msg("%s", problem);
	}
	return cfg;
}

struct cfg *assert_graph(struct maker *m, const char *expected)
{
	struct cfg *cfg = build(m);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const char *copy;

	cfg_print(out, cfg);
	fclose(out);
	copy = arena_strdup(m->arena, strchr(text, '\n') + 1);
	free(text);
	assert_string_equal(copy, expected);
	return cfg;
}

const struct cfg_block *block_at(const struct cfg *cfg, unsigned line)
{
	for (int i = 0; i < cfg->block_count; i++)
		for (int k = 0; k < cfg->blocks[i]->insn_count; k++)
			if (cfg->blocks[i]->insns[k]->index + 1 == (int)line)
				return cfg->blocks[i];
	return NULL;
}

const struct cfg_edge *edge_between(const struct cfg_block *from, const struct cfg_block *to)
{
	for (int i = 0; i < from->out_count; i++)
		if (from->out[i]->to == to->id)
			return from->out[i];
	return NULL;
}

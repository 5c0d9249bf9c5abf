/* Reverse post-order, dominators and loop heads, and the verifier of graphs. */
#include "cfg_test.h"

#include <string.h>

/* Every dominator by definition: a dominates b when b cannot be reached without a. */
static bool reaches_without(const struct cfg *cfg, int target, int without, int at, bool *seen)
{
	if (at == without || seen[at])
		return false;
	if (at == target)
		return true;
	seen[at] = true;
	for (int i = 0; i < cfg->blocks[at]->out_count; i++)
		if (reaches_without(cfg, target, without, cfg->blocks[at]->out[i]->to, seen))
			return true;
	return false;
}

static bool dominates(struct maker *m, const struct cfg *cfg, int a, int b)
{
	bool *seen = ARENA_ARRAY(m->arena, bool, (size_t)cfg->block_count);

	return a == b || !reaches_without(cfg, b, a, 0, seen);
}

/* The immediate dominator is a strict dominator that all others dominate. */
static void assert_dominators_by_definition(struct maker *m, const struct cfg *cfg)
{
	for (int i = 1; i < cfg->order_count; i++) {
		int block = cfg->order[i], found = cfg->blocks[block]->dominator;

		assert_true(dominates(m, cfg, found, block));
		assert_int_not_equal(found, block);
		for (int k = 0; k < cfg->order_count; k++) {
			int other = cfg->order[k];

			if (other != block && dominates(m, cfg, other, block))
				assert_true(dominates(m, cfg, other, found));
		}
	}
}

/* Two blocks jump to each other and both are entered from outside: an
 * irreducible loop, as a goto into a loop body makes it. */
static void an_irreducible_loop_has_a_head_without_dominance(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int a = make_new_label(m), b = make_new_label(m), out = make_new_label(m);
	const struct cfg_block *block_a, *block_b;
	struct cfg *cfg;

	make_branch(m, make_load(m, x), a, b); /* 1 */
	make_label(m, a);
	make_call(m, NULL, "a", NULL); /* 3 */
	make_branch(m, make_load(m, x), b, out);
	make_label(m, b);
	make_call(m, NULL, "b", NULL); /* 6 */
	make_jump(m, a);
	make_label(m, out);
	cfg = build(m);
	block_a = block_at(cfg, 3);
	block_b = block_at(cfg, 6);
	assert_int_equal(block_a->dominator, 0);
	assert_int_equal(block_b->dominator, 0);
	/* Exactly one of the two edges goes back, and its target is the head. */
	assert_int_not_equal(edge_between(block_a, block_b)->is_back, edge_between(block_b, block_a)->is_back);
	assert_int_not_equal(block_a->is_loop_head, block_b->is_loop_head);
	assert_int_equal(edge_between(block_a, block_b)->is_back, block_b->is_loop_head);
	assert_dominators_by_definition(m, cfg);
}

static void nested_loops_have_a_head_each(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int outer = make_new_label(m), inner = make_new_label(m), body = make_new_label(m);
	int outer_end = make_new_label(m), end = make_new_label(m);
	const struct cfg_block *outer_head, *inner_head, *loop_body;
	struct cfg *cfg;

	make_label(m, outer);
	make_branch(m, make_load(m, x), inner, end); /* 2 */
	make_label(m, inner);
	make_branch(m, make_load(m, x), body, outer_end); /* 4 */
	make_label(m, body);
	make_call(m, NULL, "a", NULL); /* 6 */
	make_jump(m, inner);
	make_label(m, outer_end);
	make_call(m, NULL, "b", NULL); /* 9 */
	make_jump(m, outer);
	make_label(m, end);
	cfg = build(m);
	outer_head = block_at(cfg, 2);
	inner_head = block_at(cfg, 4);
	loop_body = block_at(cfg, 6);
	assert_true(outer_head->is_loop_head);
	assert_true(inner_head->is_loop_head);
	assert_false(loop_body->is_loop_head);
	assert_int_equal(inner_head->dominator, outer_head->id);
	assert_int_equal(loop_body->dominator, inner_head->id);
	assert_int_equal(block_at(cfg, 9)->dominator, inner_head->id);
	assert_true(edge_between(loop_body, inner_head)->is_back);
	/* The inner loop is over before what follows it. */
	assert_true(loop_body->order < block_at(cfg, 9)->order);
	assert_dominators_by_definition(m, cfg);
}

static void a_self_loop_is_its_own_head(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int head = make_new_label(m), end = make_new_label(m);
	const struct cfg_block *block;

	make_label(m, head);
	make_branch(m, make_load(m, x), head, end); /* 2 */
	make_label(m, end);
	block = block_at(build(m), 2);
	assert_true(block->is_loop_head);
	assert_true(edge_between(block, block)->is_back);
}

/* Random graphs against the definition; a fixed generator, so failures repeat. */
static void dominators_hold_on_random_graphs(void **state)
{
	unsigned seed = 12345;

	(void)state;
	for (int round = 0; round < 60; round++) {
		enum { BLOCKS = 14 };
		struct maker maker;
		struct ir_var *x;
		int labels[BLOCKS];
		struct cfg *cfg;

		memset(&maker, 0, sizeof(maker));
		maker_begin(&maker);
		x = make_local(&maker, "x", maker.type_int);
		for (int i = 0; i < BLOCKS; i++)
			labels[i] = make_new_label(&maker);
		for (int i = 0; i < BLOCKS; i++) {
			int to[2];

			for (int k = 0; k < 2; k++) {
				seed = seed * 1103515245 + 12345;
				to[k] = labels[(seed >> 16) % BLOCKS];
			}
			make_label(&maker, labels[i]);
			make_call(&maker, NULL, "a", NULL);
			if ((seed >> 20) % 5 == 0)
				make_return(&maker, NULL);
			else
				make_branch(&maker, make_load(&maker, x), to[0], to[1]);
		}
		cfg = build(&maker);
		assert_dominators_by_definition(&maker, cfg);
		maker_end(&maker);
	}
}

static void long_chains_do_not_exhaust_the_stack(void **state)
{
	enum { LENGTH = 50000 };
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int end = make_new_label(m);

	for (int i = 0; i < LENGTH; i++) {
		int next = make_new_label(m);

		make_branch(m, make_load(m, x), next, end);
		make_label(m, next);
	}
	make_label(m, end);
	assert_int_equal(build(m)->order_count, LENGTH + 2);
}

/* ---- the verifier ------------------------------------------------------------ */

/* if (x) a(); return; with one damage at a time. */
static struct cfg *sample(struct maker *m)
{
	struct ir_var *x = make_local(m, "x", m->type_int);
	int a = make_new_label(m), end = make_new_label(m);

	make_branch(m, make_load(m, x), a, end); /* 1 */
	make_label(m, a);
	make_call(m, NULL, "a", NULL); /* 3 */
	make_label(m, end);
	make_return(m, NULL); /* 5 */
	return build(m);
}

static void assert_problem(struct maker *m, const struct cfg *cfg, const char *expected)
{
	const char *problem = cfg_verify(m->arena, cfg);

	assert_non_null(problem);
	if (!strstr(problem, expected))
		fail_msg("'%s' does not contain '%s'", problem, expected);
}

static void the_verifier_checks_edges(void **state)
{
	struct maker *m = *state;
	struct cfg *cfg = sample(m);
	struct cfg_block *entry = cfg->blocks[0];
	struct cfg_edge *edge = entry->out[0];
	int to = edge->to;

	edge->kind = CFG_EDGE_PLAIN;
	assert_problem(m, cfg, "block 0: 0 true edges instead of 1");
	edge->kind = CFG_EDGE_EXCEPTION;
	assert_problem(m, cfg, "0 true edges instead of 1");
	edge->kind = CFG_EDGE_TRUE;
	edge->to = 99;
	assert_problem(m, cfg, "edge 0 has wrong ends");
	edge->to = 1;
	assert_problem(m, cfg, "is not an out-edge of its source");
	edge->to = to;
	entry->out_count--;
	assert_problem(m, cfg, "0 false edges instead of 1");
	entry->out_count++;
	cfg->blocks[to]->in_count--;
	assert_problem(m, cfg, "out-edges but");
	cfg->blocks[to]->in_count++;
	edge->is_back = true;
	assert_problem(m, cfg, "is marked wrongly");
	edge->is_back = false;
	assert_null(cfg_verify(m->arena, cfg));
}

static void the_verifier_checks_steps_and_order(void **state)
{
	struct maker *m = *state;
	struct cfg *cfg = sample(m);
	struct cfg_block *block = cfg->blocks[block_at(cfg, 3)->id];
	const struct ir_insn *call = block->insns[0];

	block->insns[0] = m->function->insns[1];
	assert_problem(m, cfg, "control flow that edges should have replaced");
	block->insns[0] = m->function->insns[4];
	assert_problem(m, cfg, "a return does not lead to the exit");
	block->insns[0] = m->function->insns[0];
	assert_problem(m, cfg, "0 true edges");
	block->insns[0] = call;
	block->order++;
	assert_problem(m, cfg, "its order");
	block->order--;
	block->dominator = -1;
	assert_problem(m, cfg, "does not fit order");
	block->dominator = 1;
	assert_problem(m, cfg, "its dominator 1 comes later");
	block->dominator = 0;
	block->is_loop_head = true;
	assert_problem(m, cfg, "wrongly as a loop head");
	block->is_loop_head = false;
	block->id = 0;
	assert_problem(m, cfg, "has a wrong id");
	block->id = 2;
	cfg->vars[0]->id = 5;
	assert_problem(m, cfg, "variable 0 has a wrong id");
	cfg->vars[0]->id = 0;
	assert_null(cfg_verify(m->arena, cfg));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_irreducible_loop_has_a_head_without_dominance),
		TEST(nested_loops_have_a_head_each),
		TEST(a_self_loop_is_its_own_head),
		TEST(dominators_hold_on_random_graphs),
		TEST(long_chains_do_not_exhaust_the_stack),
		TEST(the_verifier_checks_edges),
		TEST(the_verifier_checks_steps_and_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

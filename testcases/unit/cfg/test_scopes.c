/* Ways out of scopes: cleanup calls, and which variables they run on. */
#include "cfg_test.h"

#include <string.h>

static void falling_out_runs_cleanups_in_reverse(void **state)
{
	struct maker *m = *state;

	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "g", "unlock");
	make_guard(m, "p", "kfree");
	make_call(m, NULL, "a", NULL);
	make_scope_end(m);
	make_call(m, NULL, "b", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    declare g: int\n"
			"    declare p: int\n"
			"    a()\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    kfree(&p) [cleanup]\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b2:\n"
			"    b()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

static void a_cleanup_call_stands_where_control_leaves(void **state)
{
	struct maker *m = *state;
	const struct ir_insn *insn;
	struct ir_var *guard;
	struct cfg *cfg;

	make_scope_begin(m, IR_SCOPE_BLOCK);
	guard = make_guard(m, "g", "unlock");
	make_scope_end(m); /* line 3 */
	cfg = build(m);
	insn = block_at(cfg, (unsigned)m->function->insn_count + 1)->insns[0];
	assert_true(insn->call.is_cleanup);
	assert_int_equal(insn->span.line, 3);
	assert_int_equal(insn->scope->id, 1);
	assert_ptr_equal(insn->call.args[0]->place->var, guard);
	assert_ptr_equal(insn->call.args[0]->type->target, guard->type);
	assert_null(ir_verify_function(m->arena, m->function));
}

static void a_return_leaves_all_scopes(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);

	make_guard(m, "outer", "put");
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "middle", "unlock");
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "inner", "kfree");
	make_return(m, make_load(m, x));
	make_scope_end(m);
	make_scope_end(m);
	assert_graph(m, "  b0 entry:\n"
			"    declare outer: int\n"
			"    declare middle: int\n"
			"    declare inner: int\n"
			"    $return = x\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    kfree(&inner) [cleanup]\n"
			"    unlock(&middle) [cleanup]\n"
			"    put(&outer) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b2:\n"
			"    return $return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

static void a_constant_is_returned_without_a_temporary(void **state)
{
	struct maker *m = *state;

	make_guard(m, "g", "unlock");
	make_return(m, make_int(m, -12));
	assert_graph(m, "  b0 entry:\n"
			"    declare g: int\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b2:\n"
			"    return -12\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

/* if (x) return; guard(...); a(); */
static void a_return_before_the_declaration_cleans_nothing(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int early = make_new_label(m), go_on = make_new_label(m);

	make_branch(m, make_load(m, x), early, go_on);
	make_label(m, early);
	make_return(m, NULL);
	make_label(m, go_on);
	make_guard(m, "g", "unlock");
	make_call(m, NULL, "a", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    if (x)\n"
			"    true -> b2\n"
			"    false -> b3\n"
			"  b2 dom b0:\n"
			"    return\n"
			"    -> b1\n"
			"  b3 dom b0:\n"
			"    declare g: int\n"
			"    a()\n"
			"    -> b4\n"
			"  b4 dom b3:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b5\n"
			"  b5 dom b4:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b0:\n");
}

/* retry: a(); guard(...); if (x) goto retry; */
static void a_jump_back_over_the_declaration_cleans(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int retry = make_new_label(m), go_on = make_new_label(m);

	make_label(m, retry);
	make_call(m, NULL, "a", NULL);
	make_guard(m, "g", "unlock");
	make_branch(m, make_load(m, x), retry, go_on);
	make_label(m, go_on);
	make_call(m, NULL, "b", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    -> b2\n"
			"  b2 loop dom b0:\n"
			"    a()\n"
			"    declare g: int\n"
			"    if (x)\n"
			"    true -> b3\n"
			"    false -> b4\n"
			"  b3 dom b2:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b2 (back)\n"
			"  b4 dom b2:\n"
			"    b()\n"
			"    -> b5\n"
			"  b5 dom b4:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b6\n"
			"  b6 dom b5:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b6:\n");
}

/* A goto from one scope into its sibling leaves the first and nothing else. */
static void a_goto_between_siblings_leaves_one_scope(void **state)
{
	struct maker *m = *state;
	int inside = make_new_label(m);

	make_guard(m, "outer", "put");
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "g", "unlock");
	make_jump(m, inside);
	make_scope_end(m);
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_label(m, inside);
	make_call(m, NULL, "a", NULL);
	make_scope_end(m);
	assert_graph(m, "  b0 entry:\n"
			"    declare outer: int\n"
			"    declare g: int\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b2:\n"
			"    a()\n"
			"    -> b4\n"
			"  b4 dom b3:\n"
			"    put(&outer) [cleanup]\n"
			"    -> b5\n"
			"  b5 dom b4:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b5:\n");
}

/* break out of a loop body and out of a switch in it */
static void switch_edges_leave_scopes_too(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int out = make_new_label(m), stay = make_new_label(m);
	struct ir_insn *select;

	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "g", "unlock");
	select = make_switch(m, make_load(m, x), stay);
	make_case(m, select, 1, 1, out);
	make_label(m, stay);
	make_call(m, NULL, "a", NULL);
	make_scope_end(m);
	make_label(m, out);
	make_call(m, NULL, "b", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    declare g: int\n"
			"    switch (x)\n"
			"    case 1 -> b2\n"
			"    default -> b4\n"
			"  b2 dom b0:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b4 dom b0:\n"
			"    a()\n"
			"    -> b5\n"
			"  b5 dom b4:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    b()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

static void the_end_of_the_function_cleans_once(void **state)
{
	struct maker *m = *state;

	make_guard(m, "g", "unlock");
	make_call(m, NULL, "a", NULL);
	/* A frontend may close the outermost scope by a step of its own. */
	make_step(m, IR_SCOPE_EXIT)->opened = m->scope;
	assert_graph(m, "  b0 entry:\n"
			"    declare g: int\n"
			"    a()\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    unlock(&g) [cleanup]\n"
			"    -> b3\n"
			"  b3 dom b2:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(falling_out_runs_cleanups_in_reverse),
		TEST(a_cleanup_call_stands_where_control_leaves),
		TEST(a_return_leaves_all_scopes),
		TEST(a_constant_is_returned_without_a_temporary),
		TEST(a_return_before_the_declaration_cleans_nothing),
		TEST(a_jump_back_over_the_declaration_cleans),
		TEST(a_goto_between_siblings_leaves_one_scope),
		TEST(switch_edges_leave_scopes_too),
		TEST(the_end_of_the_function_cleans_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

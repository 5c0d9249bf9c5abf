/* Structured exceptions: __try / __except / __finally. */
#include "cfg_test.h"

/* __try { *p = 1; x = 2; a(); b(); } __except { handler(); } after(); */
static void steps_that_can_raise_lead_to_the_handler(void **state)
{
	struct maker *m = *state;
	struct ir_var *p = make_param(m, "p", m->type_pointer), *x = make_local(m, "x", m->type_int);
	int after = make_new_label(m);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_TRY);

	make_store(m, make_arrow(m, p, "n"), make_int(m, 1));
	make_assign(m, x, make_int(m, 2));
	make_call(m, NULL, "a", NULL);
	make_call(m, NULL, "b", NULL);
	make_scope_end(m);
	make_jump(m, after);
	make_label(m, scope->handler_label);
	make_call(m, NULL, "handler", NULL);
	make_label(m, after);
	make_call(m, NULL, "after", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    p->n = 1\n"
			"    -> b3\n"
			"    exception -> b2\n"
			"  b3 dom b0:\n"
			"    x = 2\n"
			"    a()\n"
			"    -> b4\n"
			"    exception -> b2\n"
			"  b4 dom b3:\n"
			"    b()\n"
			"    -> b5\n"
			"    exception -> b2\n"
			"  b2 dom b0:\n"
			"    handler()\n"
			"    -> b5\n"
			"  b5 dom b0:\n"
			"    after()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b5:\n");
}

/* What is and is not an access through a pointer. */
static void only_accesses_through_pointers_raise(void **state)
{
	struct maker *m = *state;
	struct ir_var *p = make_param(m, "p", m->type_pointer), *x = make_local(m, "x", m->type_int);
	struct ir_var *s = make_local(m, "s", m->type_record);
	int after = make_new_label(m), yes = make_new_label(m);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_TRY);
	struct cfg *cfg;

	make_assign(m, x, make_int(m, 0));								   /* 2: no */
	make_assign(m, x, make_address(m, make_arrow(m, p, "n")));					   /* 3: no */
	make_store(m, make_deref(m, make_address(m, make_var(m, x))), make_int(m, 1));			   /* 4: no */
	make_store(m, make_field(m, make_var(m, s), "n"), make_int(m, 1));				   /* 5: no */
	make_assign(m, x, make_read(m, make_deref(m, make_load(m, p))));				   /* 6: yes */
	make_store(m, make_index(m, make_var(m, s), make_read(m, make_arrow(m, p, "i"))), make_int(m, 1)); /* 7: yes */
	make_step(m, IR_ZERO)->assign.place = make_deref(m, make_load(m, p));				   /* 8: yes */
	make_branch(m, make_read(m, make_arrow(m, p, "n")), yes, yes);					   /* 9: yes */
	make_label(m, yes);
	make_scope_end(m);
	make_jump(m, after);
	make_label(m, scope->handler_label);
	make_call(m, NULL, "handler", NULL);
	make_label(m, after);
	cfg = build(m);
	for (unsigned line = 2; line <= 5; line++)
		assert_ptr_equal(block_at(cfg, line), block_at(cfg, 6));
	for (unsigned line = 6; line <= 9; line++) {
		const struct cfg_block *block = block_at(cfg, line);
		const struct cfg_edge *last = block->out[block->out_count - 1];

		assert_int_equal(last->kind, CFG_EDGE_EXCEPTION);
		assert_ptr_equal(cfg->blocks[last->to], block_at(cfg, 14));
		assert_ptr_equal(block->insns[block->insn_count - 1], m->function->insns[line - 1]);
	}
	/* Nothing outside of the scope raises. */
	assert_int_equal(block_at(cfg, 14)->out_count, 1);
}

/* __try { a(); if (x) return y; if (z) goto out; b(); } __finally { fin(); } after(); out: end(); */
static void a_finally_body_is_entered_by_every_way_out(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int), *y = make_local(m, "y", m->type_int);
	int l0 = make_new_label(m), l1 = make_new_label(m), l2 = make_new_label(m), out = make_new_label(m);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);

	make_branch(m, make_load(m, x), l0, l1);
	make_label(m, l0);
	make_return(m, make_load(m, y));
	make_label(m, l1);
	make_branch(m, make_load(m, y), out, l2);
	make_label(m, l2);
	make_call(m, NULL, "b", NULL);
	make_finally_body(m, scope);
	make_call(m, NULL, "fin", NULL);
	make_finally_end(m, scope);
	make_call(m, NULL, "after", NULL);
	make_label(m, out);
	make_call(m, NULL, "end", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    if (x)\n"
			"    true -> b2\n"
			"    false -> b3\n"
			"  b2 dom b0:\n"
			"    $return = y\n"
			"    $leave1 = 1\n"
			"    -> b4\n"
			"  b3 dom b0:\n"
			"    if (y)\n"
			"    true -> b6\n"
			"    false -> b8\n"
			"  b6 dom b3:\n"
			"    $leave1 = 2\n"
			"    -> b4\n"
			"  b8 dom b3:\n"
			"    b()\n"
			"    -> b11\n"
			"    exception -> b9\n"
			"  b11 dom b8:\n"
			"    $leave1 = 0\n"
			"    -> b4\n"
			"  b9 dom b8:\n"
			"    $leave1 = 3\n"
			"    -> b4\n"
			"  b4 dom b0:\n"
			"    fin()\n"
			"    switch ($leave1)\n"
			"    case 1 -> b5\n"
			"    case 2 -> b7\n"
			"    case 3 -> b10\n"
			"    case 0 -> b12\n"
			"  b5 dom b4:\n"
			"    return $return\n"
			"    -> b1\n"
			"  b10 dom b4:\n"
			"    exception -> b1\n"
			"  b12 dom b4:\n"
			"    after()\n"
			"    -> b7\n"
			"  b7 dom b4:\n"
			"    end()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n");
}

static void jumps_to_one_label_share_a_way(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int l0 = make_new_label(m), l1 = make_new_label(m), out = make_new_label(m);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);

	make_branch(m, make_load(m, x), l0, l1);
	make_label(m, l0);
	make_jump(m, out);
	make_label(m, l1);
	make_jump(m, out);
	make_finally_body(m, scope);
	make_finally_end(m, scope);
	make_call(m, NULL, "skipped", NULL);
	make_label(m, out);
	assert_graph(m, "  b0 entry:\n"
			"    if (x)\n"
			"    true -> b2\n"
			"    false -> b3\n"
			"  b2 dom b0:\n"
			"    $leave1 = 1\n"
			"    -> b4\n"
			"  b3 dom b0:\n"
			"    $leave1 = 1\n"
			"    -> b4\n"
			"  b4 dom b0:\n"
			"    switch ($leave1)\n"
			"    case 1 -> b5\n"
			"  b5 dom b4:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b5:\n"
			"  b6 unreachable:\n"
			"    skipped()\n"
			"    -> b5\n");
}

/* if (x) return 1; if (y) return 2; if (z) goto a; goto b; a(); b(): each way out
 * of the __try arrives where it was going. */
static void different_ways_stay_apart(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int l0 = make_new_label(m), l1 = make_new_label(m), l2 = make_new_label(m), l3 = make_new_label(m);
	int a = make_new_label(m), b = make_new_label(m);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);

	make_branch(m, make_load(m, x), l0, l1);
	make_label(m, l0);
	make_return(m, make_int(m, 1));
	make_label(m, l1);
	make_branch(m, make_load(m, x), l2, l3);
	make_label(m, l2);
	make_return(m, make_int(m, 2));
	make_label(m, l3);
	make_branch(m, make_load(m, x), a, b);
	make_finally_body(m, scope);
	make_finally_end(m, scope);
	make_label(m, a);
	make_call(m, NULL, "a", NULL);
	make_label(m, b);
	make_call(m, NULL, "b", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    if (x)\n"
			"    true -> b2\n"
			"    false -> b3\n"
			"  b2 dom b0:\n"
			"    $leave1 = 1\n"
			"    -> b4\n"
			"  b3 dom b0:\n"
			"    if (x)\n"
			"    true -> b6\n"
			"    false -> b7\n"
			"  b6 dom b3:\n"
			"    $leave1 = 2\n"
			"    -> b4\n"
			"  b7 dom b3:\n"
			"    if (x)\n"
			"    true -> b9\n"
			"    false -> b11\n"
			"  b9 dom b7:\n"
			"    $leave1 = 3\n"
			"    -> b4\n"
			"  b11 dom b7:\n"
			"    $leave1 = 4\n"
			"    -> b4\n"
			"  b4 dom b0:\n"
			"    switch ($leave1)\n"
			"    case 1 -> b5\n"
			"    case 2 -> b8\n"
			"    case 3 -> b10\n"
			"    case 4 -> b12\n"
			"  b5 dom b4:\n"
			"    return 1\n"
			"    -> b1\n"
			"  b8 dom b4:\n"
			"    return 2\n"
			"    -> b1\n"
			"  b10 dom b4:\n"
			"    a()\n"
			"    -> b12\n"
			"  b12 dom b4:\n"
			"    b()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n");
}

/* Two raising steps enter the finally body by the same block. */
static void exceptions_share_a_way(void **state)
{
	struct maker *m = *state;
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);

	make_call(m, NULL, "a", NULL);
	make_call(m, NULL, "b", NULL);
	make_finally_body(m, scope);
	make_finally_end(m, scope);
	assert_graph(m, "  b0 entry:\n"
			"    a()\n"
			"    -> b5\n"
			"    exception -> b2\n"
			"  b5 dom b0:\n"
			"    b()\n"
			"    -> b6\n"
			"    exception -> b2\n"
			"  b6 dom b5:\n"
			"    $leave1 = 0\n"
			"    -> b3\n"
			"  b2 dom b0:\n"
			"    $leave1 = 1\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    switch ($leave1)\n"
			"    case 1 -> b4\n"
			"    case 0 -> b7\n"
			"  b4 dom b3:\n"
			"    exception -> b1\n"
			"  b7 dom b3:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

/* __try { __try { a(); return 1; } __finally { inner(); } } __finally { outer(); } */
static void nested_finally_bodies_run_one_after_the_other(void **state)
{
	struct maker *m = *state;
	struct ir_scope *outer = make_scope_begin(m, IR_SCOPE_FINALLY), *inner;

	inner = make_scope_begin(m, IR_SCOPE_FINALLY);
	make_call(m, NULL, "a", NULL);
	make_return(m, make_int(m, 1));
	make_finally_body(m, inner);
	make_assign(m, make_local(m, "x", m->type_int), make_int(m, 5));
	make_finally_end(m, inner);
	make_finally_body(m, outer);
	make_call(m, NULL, "outer", NULL);
	make_finally_end(m, outer);
	assert_graph(m, "  b0 entry:\n"
			"    a()\n"
			"    -> b8\n"
			"    exception -> b2\n"
			"  b8 dom b0:\n"
			"    $leave2 = 2\n"
			"    -> b3\n"
			"  b2 dom b0:\n"
			"    $leave2 = 1\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    x = 5\n"
			"    switch ($leave2)\n"
			"    case 1 -> b4\n"
			"    case 2 -> b9\n"
			"  b4 dom b3:\n"
			"    exception -> b5\n"
			"  b5 dom b4:\n"
			"    $leave1 = 1\n"
			"    -> b6\n"
			"  b9 dom b3:\n"
			"    $leave1 = 2\n"
			"    -> b6\n"
			"  b6 dom b3:\n"
			"    outer()\n"
			"    switch ($leave1)\n"
			"    case 1 -> b7\n"
			"    case 2 -> b10\n"
			"  b7 dom b6:\n"
			"    exception -> b1\n"
			"  b10 dom b6:\n"
			"    return 1\n"
			"    -> b1\n"
			"  b1 exit dom b6:\n");
}

/* __try { __try { a(); } __finally { fin(); } } __except { handler(); } */
static void an_exception_passes_the_finally_to_the_handler(void **state)
{
	struct maker *m = *state;
	int after = make_new_label(m);
	struct ir_scope *outer = make_scope_begin(m, IR_SCOPE_TRY), *inner;

	inner = make_scope_begin(m, IR_SCOPE_FINALLY);
	make_call(m, NULL, "a", NULL);
	make_finally_body(m, inner);
	make_call(m, NULL, "fin", NULL);
	make_finally_end(m, inner);
	make_scope_end(m);
	make_jump(m, after);
	make_label(m, outer->handler_label);
	make_call(m, NULL, "handler", NULL);
	make_label(m, after);
	assert_graph(m, "  b0 entry:\n"
			"    a()\n"
			"    -> b6\n"
			"    exception -> b2\n"
			"  b6 dom b0:\n"
			"    $leave2 = 0\n"
			"    -> b3\n"
			"  b2 dom b0:\n"
			"    $leave2 = 1\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    fin()\n"
			"    -> b7\n"
			"    exception -> b5\n"
			"  b7 dom b3:\n"
			"    switch ($leave2)\n"
			"    case 1 -> b4\n"
			"    case 0 -> b8\n"
			"  b4 dom b7:\n"
			"    exception -> b5\n"
			"  b5 dom b3:\n"
			"    handler()\n"
			"    -> b8\n"
			"  b8 dom b3:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b8:\n");
}

static void leaving_mixes_cleanups_and_finally(void **state)
{
	struct maker *m = *state;
	struct ir_scope *scope;

	make_guard(m, "outer", "put");
	scope = make_scope_begin(m, IR_SCOPE_FINALLY);
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "inner", "unlock");
	make_return(m, make_int(m, 3));
	make_scope_end(m);
	make_finally_body(m, scope);
	make_finally_end(m, scope);
	assert_graph(m, "  b0 entry:\n"
			"    declare outer: int\n"
			"    declare inner: int\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    unlock(&inner) [cleanup]\n"
			"    -> b6\n"
			"    exception -> b3\n"
			"  b6 dom b2:\n"
			"    $leave1 = 2\n"
			"    -> b4\n"
			"  b3 dom b2:\n"
			"    $leave1 = 1\n"
			"    -> b4\n"
			"  b4 dom b2:\n"
			"    switch ($leave1)\n"
			"    case 1 -> b5\n"
			"    case 2 -> b7\n"
			"  b5 dom b4:\n"
			"    exception -> b1\n"
			"  b7 dom b4:\n"
			"    put(&outer) [cleanup]\n"
			"    -> b8\n"
			"  b8 dom b7:\n"
			"    return 3\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n");
}

/* A finally body that returns itself swallows what was under way. */
static void a_finally_body_may_not_reach_its_end(void **state)
{
	struct maker *m = *state;
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);
	struct cfg *cfg;

	make_call(m, NULL, "a", NULL);
	make_finally_body(m, scope);
	make_return(m, make_int(m, 4)); /* 5 */
	make_finally_end(m, scope);
	make_call(m, NULL, "after", NULL); /* 7 */
	cfg = build(m);
	assert_true(block_at(cfg, 5)->order > 0);
	assert_int_equal(block_at(cfg, 7)->order, -1);
}

static void selectors_and_temporaries_join_the_variables(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	struct ir_scope *scope = make_scope_begin(m, IR_SCOPE_FINALLY);
	struct cfg *cfg;

	make_return(m, make_load(m, x));
	make_finally_body(m, scope);
	make_finally_end(m, scope);
	cfg = build(m);
	assert_int_equal(cfg->var_count, 3);
	assert_ptr_equal(cfg->vars[0], x);
	assert_int_equal(cfg->vars[1]->kind, IR_VAR_TEMP);
	assert_int_equal(cfg->vars[2]->kind, IR_VAR_SELECTOR);
	assert_int_equal(cfg->vars[2]->id, 2);
	assert_int_equal(m->function->var_count, 3);
	assert_null(ir_verify_function(m->arena, m->function));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(steps_that_can_raise_lead_to_the_handler),
		TEST(only_accesses_through_pointers_raise),
		TEST(a_finally_body_is_entered_by_every_way_out),
		TEST(jumps_to_one_label_share_a_way),
		TEST(different_ways_stay_apart),
		TEST(exceptions_share_a_way),
		TEST(nested_finally_bodies_run_one_after_the_other),
		TEST(an_exception_passes_the_finally_to_the_handler),
		TEST(leaving_mixes_cleanups_and_finally),
		TEST(a_finally_body_may_not_reach_its_end),
		TEST(selectors_and_temporaries_join_the_variables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

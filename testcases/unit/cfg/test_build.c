/* Graphs without scopes: branches, loops, switches, gotos, assembly. */
#include "cfg_test.h"

static void an_empty_function_returns(void **state)
{
	struct maker *m = *state;
	struct cfg *cfg = assert_graph(m, "  b0 entry:\n"
					  "    return\n"
					  "    -> b1\n"
					  "  b1 exit dom b0:\n");

	assert_int_equal(cfg->blocks[0]->insns[0]->span.line, 999);
}

static void if_else_joins(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int on_true = make_new_label(m), on_false = make_new_label(m), end = make_new_label(m);

	make_branch(m, make_load(m, x), on_true, on_false);
	make_label(m, on_true);
	make_call(m, NULL, "a", NULL);
	make_jump(m, end);
	make_label(m, on_false);
	make_call(m, NULL, "b", NULL);
	make_label(m, end);
	make_return(m, make_load(m, x));
	assert_graph(m, "  b0 entry:\n"
			"    if (x)\n"
			"    true -> b2\n"
			"    false -> b3\n"
			"  b2 dom b0:\n"
			"    a()\n"
			"    -> b4\n"
			"  b3 dom b0:\n"
			"    b()\n"
			"    -> b4\n"
			"  b4 dom b0:\n"
			"    return x\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n");
}

/* while (x) { if (y) continue; a(); } */
static void a_loop_has_a_head_and_comes_before_what_follows(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int), *y = make_local(m, "y", m->type_int);
	int head = make_new_label(m), body = make_new_label(m), end = make_new_label(m), next = make_new_label(m);

	make_call(m, NULL, "before", NULL);
	make_label(m, head);
	make_branch(m, make_load(m, x), body, end);
	make_label(m, body);
	make_branch(m, make_load(m, y), head, next);
	make_label(m, next);
	make_call(m, NULL, "a", NULL);
	make_jump(m, head);
	make_label(m, end);
	make_call(m, NULL, "after", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    before()\n"
			"    -> b2\n"
			"  b2 loop dom b0:\n"
			"    if (x)\n"
			"    true -> b3\n"
			"    false -> b4\n"
			"  b3 dom b2:\n"
			"    if (y)\n"
			"    true -> b2 (back)\n"
			"    false -> b5\n"
			"  b5 dom b3:\n"
			"    a()\n"
			"    -> b2 (back)\n"
			"  b4 dom b2:\n"
			"    after()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n");
}

static void a_loop_at_the_start_leaves_the_entry_alone(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int head = make_new_label(m), end = make_new_label(m);

	make_label(m, head);
	make_call(m, x, "poll", NULL);
	make_branch(m, make_load(m, x), end, head);
	make_label(m, end);
	assert_graph(m, "  b0 entry:\n"
			"    -> b2\n"
			"  b2 loop dom b0:\n"
			"    x = poll()\n"
			"    if (x)\n"
			"    true -> b3\n"
			"    false -> b2 (back)\n"
			"  b3 dom b2:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

static void an_infinite_loop_never_exits(void **state)
{
	struct maker *m = *state;
	int head = make_new_label(m), second = make_new_label(m);
	struct cfg *cfg;

	make_label(m, head);
	make_label(m, second);
	make_jump(m, head);
	cfg = assert_graph(m, "  b0 entry:\n"
			      "    -> b2\n"
			      "  b2 loop dom b0:\n"
			      "    -> b2 (back)\n"
			      "  b1 exit unreachable:\n");
	assert_int_equal(cfg->blocks[1]->order, -1);
}

static void a_switch_falls_through_and_has_ranges(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int one = make_new_label(m), range = make_new_label(m), end = make_new_label(m);
	struct ir_insn *select = make_switch(m, make_load(m, x), end);

	make_case(m, select, 1, 1, one);
	make_case(m, select, 5, 9, range);
	make_case(m, select, -3, -3, range);
	make_call(m, NULL, "never", NULL);
	make_label(m, one);
	make_call(m, NULL, "a", NULL);
	make_label(m, range);
	make_call(m, NULL, "b", NULL);
	make_label(m, end);
	assert_graph(m, "  b0 entry:\n"
			"    switch (x)\n"
			"    case 1 -> b2\n"
			"    case 5...9 -> b3\n"
			"    case -3 -> b3\n"
			"    default -> b4\n"
			"  b2 dom b0:\n"
			"    a()\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    b()\n"
			"    -> b4\n"
			"  b4 dom b0:\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b4:\n"
			"  b5 unreachable:\n"
			"    never()\n"
			"    -> b2\n");
}

static void a_goto_may_enter_a_scope(void **state)
{
	struct maker *m = *state;
	int inside = make_new_label(m);

	make_jump(m, inside);
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_call(m, NULL, "skipped", NULL);
	make_label(m, inside);
	make_call(m, NULL, "a", NULL);
	make_scope_end(m);
	assert_graph(m, "  b0 entry:\n"
			"    -> b2\n"
			"  b2 dom b0:\n"
			"    a()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b2:\n"
			"  b3 unreachable:\n"
			"    skipped()\n"
			"    -> b2\n");
}

static void code_after_a_return_stays_unreachable(void **state)
{
	struct maker *m = *state;
	int dead = make_new_label(m);
	struct cfg *cfg;

	make_return(m, make_int(m, 0));
	make_call(m, NULL, "a", NULL);
	make_jump(m, dead);
	make_label(m, dead);
	make_call(m, NULL, "b", NULL);
	cfg = assert_graph(m, "  b0 entry:\n"
			      "    return 0\n"
			      "    -> b1\n"
			      "  b1 exit dom b0:\n"
			      "  b2 unreachable:\n"
			      "    a()\n"
			      "    -> b3\n"
			      "  b3 unreachable:\n"
			      "    b()\n"
			      "    return\n"
			      "    -> b1\n");
	assert_int_equal(block_at(cfg, 2)->dominator, -1);
	assert_int_equal(cfg->order_count, 2);
}

static void after_a_noreturn_call_control_ends(void **state)
{
	struct maker *m = *state;

	make_call(m, NULL, "panic", NULL);
	make_step(m, IR_UNREACHABLE);
	make_call(m, NULL, "a", NULL);
	assert_graph(m, "  b0 entry:\n"
			"    panic()\n"
			"    unreachable\n"
			"  b1 exit unreachable:\n"
			"  b2 unreachable:\n"
			"    a()\n"
			"    return\n"
			"    -> b1\n");
}

static const struct ir_expr *label_address(struct maker *m, int label)
{
	struct ir_expr *expr = ir_expr_create(m->arena, IR_EXPR_LABEL_ADDR, m->type_pointer, m->function->span);

	expr->label = label;
	return expr;
}

static void make_computed(struct maker *m, struct ir_var *target, int first, int second, int third)
{
	make_step(m, IR_COMPUTED_JUMP)->assign.value = make_load(m, target);
	make_label(m, first);
	make_call(m, NULL, "a", NULL);
	make_label(m, second);
	make_call(m, NULL, "b", NULL);
	make_label(m, third);
	make_call(m, NULL, "c", NULL);
}

static void a_computed_goto_leads_to_labels_with_an_address(void **state)
{
	struct maker *m = *state;
	struct ir_var *target = make_local(m, "target", m->type_pointer);
	int first = make_new_label(m), second = make_new_label(m), third = make_new_label(m);

	make_assign(m, target, label_address(m, first));
	make_step(m, IR_EVAL)->assign.value = make_cast(m, m->type_unsigned, label_address(m, third), true);
	make_computed(m, target, first, second, third);
	assert_graph(m, "  b0 entry:\n"
			"    target = &&L0\n"
			"    eval (unsigned long)&&L2\n"
			"    goto *target\n"
			"    indirect -> b2\n"
			"    indirect -> b3\n"
			"  b2 dom b0:\n"
			"    a()\n"
			"    -> b4\n"
			"  b4 dom b2:\n"
			"    b()\n"
			"    -> b3\n"
			"  b3 dom b0:\n"
			"    c()\n"
			"    return\n"
			"    -> b1\n"
			"  b1 exit dom b3:\n");
}

static void a_computed_goto_without_addresses_leads_anywhere(void **state)
{
	struct maker *m = *state;
	struct ir_var *target = make_local(m, "target", m->type_pointer);
	int first = make_new_label(m), second = make_new_label(m), third = make_new_label(m);
	struct cfg *cfg;

	make_computed(m, target, first, second, third);
	cfg = build(m);
	assert_int_equal(cfg->blocks[0]->out_count, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(cfg->blocks[0]->out[i]->kind, CFG_EDGE_INDIRECT);
}

static void asm_goto_falls_through_or_jumps(void **state)
{
	struct maker *m = *state;
	int out = make_new_label(m);
	struct ir_insn *assembly = make_step(m, IR_ASM);

	assembly->assembly.labels = &out;
	assembly->assembly.label_count = 1;
	make_call(m, NULL, "a", NULL);
	make_return(m, make_int(m, 1));
	make_label(m, out);
	make_return(m, make_int(m, 2));
	assert_graph(m, "  b0 entry:\n"
			"    asm() goto L0\n"
			"    -> b2\n"
			"    indirect -> b3\n"
			"  b2 dom b0:\n"
			"    a()\n"
			"    return 1\n"
			"    -> b1\n"
			"  b3 dom b0:\n"
			"    return 2\n"
			"    -> b1\n"
			"  b1 exit dom b0:\n");
}

static void plain_asm_is_a_step_like_others(void **state)
{
	struct maker *m = *state;

	make_call(m, NULL, "a", NULL);
	make_step(m, IR_ASM);
	make_call(m, NULL, "b", NULL);
	assert_int_equal(build(m)->blocks[0]->insn_count, 4);
}

static void empty_arms_pass_on_to_the_join(void **state)
{
	enum { ARMS = 2000 };
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int end = make_new_label(m);
	struct ir_insn *select = make_switch(m, make_load(m, x), end);
	struct cfg *cfg;

	for (int i = 0; i < ARMS; i++) {
		int arm = make_new_label(m);

		make_case(m, select, i, i, arm);
		make_label(m, arm);
		make_jump(m, end);
	}
	make_label(m, end);
	cfg = build(m);
	assert_int_equal(cfg->block_count, 3);
	assert_int_equal(cfg->blocks[0]->out_count, ARMS + 1);
	assert_int_equal(cfg->blocks[0]->out[7]->low, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_function_returns),
		TEST(if_else_joins),
		TEST(a_loop_has_a_head_and_comes_before_what_follows),
		TEST(a_loop_at_the_start_leaves_the_entry_alone),
		TEST(an_infinite_loop_never_exits),
		TEST(a_switch_falls_through_and_has_ranges),
		TEST(a_goto_may_enter_a_scope),
		TEST(code_after_a_return_stays_unreachable),
		TEST(after_a_noreturn_call_control_ends),
		TEST(a_computed_goto_leads_to_labels_with_an_address),
		TEST(a_computed_goto_without_addresses_leads_anywhere),
		TEST(asm_goto_falls_through_or_jumps),
		TEST(plain_asm_is_a_step_like_others),
		TEST(empty_arms_pass_on_to_the_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

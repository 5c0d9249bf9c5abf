/* Liveness: of single steps, over branches and loops, and past exceptions. */
#include "cfg_test.h"

/* "a b" when exactly these variables are in the set. */
static const char *names(struct maker *m, const struct cfg *cfg, const struct bitset *set)
{
	const char *text = "";

	for (int i = 0; i < cfg->var_count; i++)
		if (bitset_test(set, (size_t)i))
			text = arena_printf(m->arena, "%s%s%s", text, *text ? " " : "", cfg->vars[i]->name);
	return text;
}

static const char *uses(struct maker *m, unsigned line)
{
	struct bitset set = bitset_create(m->arena, (size_t)m->function->var_count);
	struct cfg view = { .vars = m->function->vars, .var_count = m->function->var_count };

	liveness_insn_uses(m->function->insns[line - 1], &set);
	return names(m, &view, &set);
}

static const struct ir_var *def(struct maker *m, unsigned line)
{
	return liveness_insn_def(m->function->insns[line - 1]);
}

static void steps_read_and_write(void **state)
{
	struct maker *m = *state;
	struct ir_var *p = make_param(m, "p", m->type_pointer), *x = make_local(m, "x", m->type_int);
	struct ir_var *s = make_local(m, "s", m->type_record), *i = make_local(m, "i", m->type_int);
	struct ir_var *global = ir_var_create(m->unit, NULL, IR_VAR_GLOBAL, "g", m->type_int);
	struct ir_expr *size;
	const struct ir_place *output = make_var(m, x);
	struct ir_insn *insn;

	make_declare(m, x);								    /* 1 */
	make_assign(m, x, make_binary(m, IR_BINARY_ADD, make_load(m, x), make_load(m, i))); /* 2 */
	make_store(m, make_arrow(m, p, "n"), make_load(m, x));				    /* 3 */
	make_store(m, make_field(m, make_var(m, s), "n"), make_int(m, 1));		    /* 4 */
	make_store(m, make_index(m, make_var(m, s), make_load(m, i)), make_int(m, 1));	    /* 5 */
	make_assign(m, global, make_load(m, global));					    /* 6 */
	make_call(m, x, "a", make_address(m, make_var(m, s)));				    /* 7 */
	make_step(m, IR_ZERO)->assign.place = make_var(m, s);				    /* 8 */
	size = ir_expr_create(m->arena, IR_EXPR_SIZEOF, m->type_unsigned, m->function->span);
	size->size.operand = make_load(m, x);
	make_assign(m, i, size);     /* 9 */
	insn = make_step(m, IR_ASM); /* 10 */
	insn->assembly.outputs = &output;
	insn->assembly.output_count = 1;
	make_branch(m, make_unary(m, IR_UNARY_NOT, make_read(m, make_arrow(m, p, "n"))), 0, 0); /* 11 */
	make_return(m, make_cast(m, m->type_int, make_load(m, i), true));			/* 12 */

	assert_string_equal(uses(m, 1), "");
	assert_ptr_equal(def(m, 1), x);
	assert_string_equal(uses(m, 2), "x i");
	assert_ptr_equal(def(m, 2), x);
	assert_string_equal(uses(m, 3), "p x");
	assert_null(def(m, 3));
	assert_string_equal(uses(m, 4), "");
	assert_null(def(m, 4)); /* only a part */
	assert_string_equal(uses(m, 5), "i");
	assert_null(def(m, 5));
	assert_string_equal(uses(m, 6), "");
	assert_null(def(m, 6));
	assert_string_equal(uses(m, 7), "s");
	assert_ptr_equal(def(m, 7), x);
	assert_ptr_equal(def(m, 8), s);
	assert_string_equal(uses(m, 9), "");
	assert_ptr_equal(def(m, 9), i);
	assert_string_equal(uses(m, 10), "x");
	assert_null(def(m, 10));
	assert_string_equal(uses(m, 11), "p");
	assert_string_equal(uses(m, 12), "i");
}

/* x = 1; y = 2; if (x) use(y); else y = 3; return y; */
static void branches_join(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int), *y = make_local(m, "y", m->type_int);
	struct ir_var *dead = make_local(m, "dead", m->type_int);
	int a = make_new_label(m), b = make_new_label(m), end = make_new_label(m);
	struct liveness *live;
	struct cfg *cfg;

	make_assign(m, x, make_int(m, 1));
	make_assign(m, y, make_int(m, 2));
	make_branch(m, make_load(m, x), a, b);
	make_label(m, a);
	make_call(m, NULL, "use", make_load(m, y)); /* 5 */
	make_jump(m, end);
	make_label(m, b);
	make_assign(m, y, make_int(m, 3)); /* 8 */
	make_assign(m, dead, make_load(m, x));
	make_label(m, end);
	make_return(m, make_load(m, y)); /* 11 */
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[0]), "");
	assert_string_equal(names(m, cfg, &live->live_out[0]), "x y");
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 5)->id]), "y");
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 8)->id]), "x");
	assert_string_equal(names(m, cfg, &live->live_out[block_at(cfg, 8)->id]), "y");
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 11)->id]), "y");
	assert_string_equal(names(m, cfg, &live->live_out[block_at(cfg, 11)->id]), "");
}

/* while (x) { t = y; y = z; use(t); }: z is live all the way round, t is not. */
static void loops_carry_values_round(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_param(m, "x", m->type_int), *y = make_param(m, "y", m->type_int);
	struct ir_var *z = make_param(m, "z", m->type_int), *t = make_local(m, "t", m->type_int);
	int head = make_new_label(m), body = make_new_label(m), end = make_new_label(m);
	struct liveness *live;
	struct cfg *cfg;

	make_label(m, head);
	make_branch(m, make_load(m, x), body, end); /* 2 */
	make_label(m, body);
	make_assign(m, t, make_load(m, y)); /* 4 */
	make_assign(m, y, make_load(m, z));
	make_call(m, NULL, "use", make_load(m, t));
	make_jump(m, head);
	make_label(m, end);
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[0]), "x y z");
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 2)->id]), "x y z");
	assert_string_equal(names(m, cfg, &live->live_out[block_at(cfg, 4)->id]), "x y z");
	assert_string_equal(names(m, cfg, &live->live_in[1]), "");
}

static void variables_with_an_address_and_statics_always_live(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	struct liveness *live;
	struct cfg *cfg;

	ir_var_create(m->unit, m->function, IR_VAR_STATIC_LOCAL, "count", m->type_int);
	make_local(m, "y", m->type_int);
	x->address_taken = true;
	make_assign(m, x, make_int(m, 1));
	make_return(m, NULL);
	make_call(m, NULL, "unreachable", NULL); /* 3 */
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[0]), "x count");
	assert_string_equal(names(m, cfg, &live->live_out[1]), "x count");
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 3)->id]), "x count");
}

/* __try { x = a(); } __except { use(x); }: when a() raises, x keeps its old value. */
static void a_raising_step_does_not_write_its_result(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int), *y = make_local(m, "y", m->type_int);
	int after = make_new_label(m);
	struct ir_scope *scope;
	struct liveness *live;
	struct cfg *cfg;

	make_assign(m, x, make_int(m, 1));
	make_assign(m, y, make_int(m, 1));
	make_call(m, NULL, "before", NULL); /* 3 */
	scope = make_scope_begin(m, IR_SCOPE_TRY);
	make_assign(m, y, make_int(m, 2));
	make_call(m, x, "a", NULL); /* 6 */
	make_scope_end(m);
	make_jump(m, after);
	make_label(m, scope->handler_label);
	make_call(m, NULL, "use", make_load(m, x)); /* 10 */
	make_call(m, NULL, "use", make_load(m, y));
	make_label(m, after);
	make_return(m, make_load(m, x));
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 10)->id]), "x y");
	/* The block is the entry: x and y are both written in it before the call. */
	assert_ptr_equal(block_at(cfg, 6), block_at(cfg, 3));
	assert_string_equal(names(m, cfg, &live->live_out[0]), "x y");
	assert_string_equal(names(m, cfg, &live->live_in[0]), "");
}

/* The same with the call alone in its block: the old x must be live before it. */
static void the_old_value_lives_into_the_handler(void **state)
{
	struct maker *m = *state;
	struct ir_var *x = make_local(m, "x", m->type_int);
	int after = make_new_label(m), inside = make_new_label(m);
	struct ir_scope *scope;
	struct liveness *live;
	struct cfg *cfg;

	make_assign(m, x, make_int(m, 1));
	scope = make_scope_begin(m, IR_SCOPE_TRY);
	make_call(m, NULL, "first", NULL); /* 3 */
	make_label(m, inside);
	make_call(m, x, "a", NULL); /* 5 */
	make_scope_end(m);
	make_jump(m, after);
	make_label(m, scope->handler_label);
	make_call(m, NULL, "use", make_load(m, x)); /* 9 */
	make_label(m, after);
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[block_at(cfg, 5)->id]), "x");
	assert_string_equal(names(m, cfg, &live->live_in[0]), "");
}

static void cleanup_calls_use_their_variable(void **state)
{
	struct maker *m = *state;
	struct liveness *live;
	struct cfg *cfg;

	make_guard(m, "g", "unlock"); /* 1 */
	make_call(m, NULL, "a", NULL);
	cfg = build(m);
	live = liveness_compute(m->arena, cfg);
	assert_string_equal(names(m, cfg, &live->live_in[0]), "");
	assert_string_equal(names(m, cfg, &live->live_out[0]), "g");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(steps_read_and_write),
		TEST(branches_join),
		TEST(loops_carry_values_round),
		TEST(variables_with_an_address_and_statics_always_live),
		TEST(a_raising_step_does_not_write_its_result),
		TEST(the_old_value_lives_into_the_handler),
		TEST(cleanup_calls_use_their_variable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

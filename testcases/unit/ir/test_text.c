/* Text of expressions, places and steps as users read it. */
#include "test.h"

#include "ir_make.h"

#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
	static struct maker maker;

	memset(&maker, 0, sizeof(maker));
	maker_begin(&maker);
	*state = &maker;
	return 0;
}

static int tear_down(void **state)
{
	maker_end(*state);
	return 0;
}

static void assert_expr(struct maker *m, const struct ir_expr *expr, const char *expected)
{
	assert_string_equal(ir_expr_text(m->arena, expr), expected);
}

static void assert_place(struct maker *m, const struct ir_place *place, const char *expected)
{
	assert_string_equal(ir_place_text(m->arena, place), expected);
}

static const struct ir_expr *with_macro(struct maker *m, const struct ir_expr *expr, const char *macro)
{
	struct ir_expr *copy = arena_grow(m->arena, expr, sizeof(*expr), sizeof(*expr));

	copy->macro = intern(m->pool, macro);
	return copy;
}

static const struct ir_expr *string(struct maker *m, const char *text)
{
	struct ir_expr *expr = ir_expr_create(m->arena, IR_EXPR_STRING, m->type_pointer, m->function->span);

	expr->text = text;
	return expr;
}

static void parentheses_are_the_fewest(void **state)
{
	struct maker *m = *state;
	const struct ir_expr *a = make_load(m, make_local(m, "a", m->type_int));
	const struct ir_expr *b = make_load(m, make_local(m, "b", m->type_int));
	const struct ir_expr *c = make_load(m, make_local(m, "c", m->type_int));
	const struct ir_expr *sum = make_binary(m, IR_BINARY_ADD, a, b);
	const struct ir_expr *mask = make_binary(m, IR_BINARY_AND, a, b);

	assert_expr(m, make_binary(m, IR_BINARY_MUL, sum, c), "(a + b) * c");
	assert_expr(m, make_binary(m, IR_BINARY_ADD, sum, c), "a + b + c");
	assert_expr(m, make_binary(m, IR_BINARY_SUB, c, sum), "c - (a + b)");
	assert_expr(m, make_binary(m, IR_BINARY_SUB, sum, c), "a + b - c");
	assert_expr(m, make_binary(m, IR_BINARY_ADD, make_binary(m, IR_BINARY_MUL, a, b), c), "a * b + c");
	assert_expr(m, make_binary(m, IR_BINARY_EQ, mask, c), "(a & b) == c");
	assert_expr(m, make_binary(m, IR_BINARY_OR, mask, c), "a & b | c");
	assert_expr(m, make_binary(m, IR_BINARY_AND, make_binary(m, IR_BINARY_XOR, a, b), c), "(a ^ b) & c");
	assert_expr(m, make_binary(m, IR_BINARY_LT, make_binary(m, IR_BINARY_SHL, a, b), c), "a << b < c");
	assert_expr(m, make_binary(m, IR_BINARY_NE, make_binary(m, IR_BINARY_GE, a, b), c), "a >= b != c");
	assert_expr(m, make_unary(m, IR_UNARY_NOT, sum), "!(a + b)");
	assert_expr(m, make_binary(m, IR_BINARY_REM, make_unary(m, IR_UNARY_COMPL, a), b), "~a % b");
	assert_expr(m, make_unary(m, IR_UNARY_NEG, make_unary(m, IR_UNARY_NEG, a)), "-(-a)");
	assert_expr(m, make_unary(m, IR_UNARY_NEG, make_int(m, -1)), "-(-1)");
	assert_expr(m, make_binary(m, IR_BINARY_LT, a, make_int(m, -1)), "a < -1");
}

static void places_read_as_written(void **state)
{
	struct maker *m = *state;
	struct ir_var *dev = make_local(m, "dev", m->type_pointer), *i = make_local(m, "i", m->type_int);
	struct ir_var *table = make_local(m, "table", m->type_record);
	const struct ir_place *lock = make_arrow(m, dev, "lock");
	const struct ir_expr *index = make_load(m, i);
	struct ir_place *element =
		(struct ir_place *)make_deref(m, make_binary(m, IR_BINARY_ADD, make_load(m, dev), index));
	struct ir_expr *decay = (struct ir_expr *)make_address(m, make_var(m, table));

	decay->is_decay = true;
	assert_place(m, lock, "dev->lock");
	assert_place(m, make_field(m, lock, "raw"), "dev->lock.raw");
	assert_expr(m, make_address(m, lock), "&dev->lock");
	assert_place(m, make_field(m, make_var(m, table), "n"), "table.n");
	assert_place(m, make_index(m, make_var(m, table), index), "table[i]");
	assert_expr(m, make_address(m, make_index(m, lock, index)), "&dev->lock[i]");
	assert_place(m, make_deref(m, make_load(m, dev)), "*dev");
	assert_place(m, make_field(m, make_index(m, make_deref(m, make_load(m, dev)), index), "x"), "(*dev)[i].x");
	/* Lists of pointers: (*p)->f is FIELD(DEREF(DEREF p)). */
	assert_place(m, make_field(m, make_deref(m, make_read(m, make_deref(m, make_load(m, dev)))), "x"), "(*dev)->x");
	assert_place(m, element, "*(dev + i)");
	element->is_subscript = true;
	assert_place(m, element, "dev[i]");
	assert_place(m, make_field(m, element, "x"), "dev[i].x");
	assert_expr(m, make_address(m, element), "&dev[i]");
	assert_expr(m, decay, "table");
	assert_place(m, make_deref(m, decay), "*table");
	assert_place(m, make_field(m, make_deref(m, decay), "x"), "table->x");
	assert_expr(m, make_binary(m, IR_BINARY_MUL, make_read(m, make_deref(m, make_load(m, dev))), index),
		    "*dev * i");
}

static void shapes_only_macros_write_are_shortened(void **state)
{
	struct maker *m = *state;
	struct ir_var *dev = make_local(m, "dev", m->type_pointer), *x = make_local(m, "x", m->type_record);
	const struct ir_expr *address = make_address(m, make_var(m, x));

	assert_place(m, make_deref(m, address), "x");
	assert_place(m, make_field(m, make_deref(m, address), "f"), "x.f");
	assert_expr(m, make_address(m, make_deref(m, make_load(m, dev))), "dev");
	assert_place(m, make_deref(m, make_cast(m, m->type_pointer, address, false)), "x");
}

static void casts_show_when_written(void **state)
{
	struct maker *m = *state;
	const struct ir_expr *a = make_load(m, make_local(m, "a", m->type_int));
	const struct ir_expr *sum = make_binary(m, IR_BINARY_ADD, a, a);
	const struct ir_expr *written = make_cast(m, m->type_pointer, a, true);

	assert_expr(m, make_cast(m, m->type_unsigned, a, false), "a");
	assert_expr(m, make_cast(m, m->type_unsigned, a, true), "(unsigned long)a");
	assert_expr(m, make_cast(m, m->type_unsigned, sum, true), "(unsigned long)(a + a)");
	assert_expr(m, make_binary(m, IR_BINARY_MUL, make_cast(m, m->type_int, sum, false), a), "(a + a) * a");
	assert_place(m, make_field(m, make_deref(m, written), "f"), "((struct device *)a)->f");
}

static void constants_keep_their_macro(void **state)
{
	struct maker *m = *state;
	const struct ir_expr *a = make_load(m, make_local(m, "a", m->type_int));
	const struct ir_expr *flags = make_binary(m, IR_BINARY_OR, make_int(m, 64), make_int(m, 128));
	const struct ir_expr *gfp = with_macro(m, make_cast(m, m->type_unsigned, flags, true), "GFP_KERNEL");

	assert_expr(m, gfp, "GFP_KERNEL");
	assert_expr(m, make_binary(m, IR_BINARY_OR, gfp, a), "GFP_KERNEL | a");
	assert_expr(m, make_binary(m, IR_BINARY_MUL, gfp, a), "GFP_KERNEL * a");
	assert_expr(m, with_macro(m, make_int(m, 4096), "PAGE_SIZE"), "PAGE_SIZE");
	/* A macro that holds a variable says less than what it expands to. */
	assert_expr(m, with_macro(m, make_binary(m, IR_BINARY_ADD, a, a), "TWICE"), "a + a");
	/* Nor is a construct the name of the constants in it. */
	assert_expr(m, with_macro(m, make_int(m, 1), "scoped_guard"), "1");
	assert_expr(m, with_macro(m, make_int(m, 1), "true"), "true");
	/* Inside an implicit cast. */
	assert_expr(m, make_cast(m, m->type_unsigned, gfp, false), "GFP_KERNEL");
}

static void numbers_follow_their_type(void **state)
{
	struct maker *m = *state;
	struct ir_expr *size = ir_expr_create(m->arena, IR_EXPR_SIZEOF, m->type_unsigned, m->function->span);
	struct ir_var *dev = make_local(m, "dev", m->type_pointer);

	assert_expr(m, make_int(m, INT64_MIN), "-9223372036854775808");
	assert_expr(m, ir_expr_int(m->arena, -1, m->type_unsigned, m->function->span), "18446744073709551615");
	size->size.value = 64;
	assert_expr(m, size, "64");
	size->size.measured = m->type_record;
	assert_expr(m, size, "sizeof(struct device)");
	size->size.operand = make_read(m, make_deref(m, make_load(m, dev)));
	assert_expr(m, size, "sizeof(*dev)");
}

static void strings_are_quoted_and_shortened(void **state)
{
	struct maker *m = *state;

	assert_expr(m, string(m, "uart"), "\"uart\"");
	assert_expr(m, string(m, "\"as spelled\""), "\"as spelled\"");
	assert_expr(m, string(m, "a\nb\tc\x01"), "\"a\\nb\\tc\\x01\"");
	assert_expr(m, string(m, ""), "\"\"");
	/* 32 bytes fit, 33 do not. */
	assert_expr(m, string(m, "12345678901234567890123456789012"), "\"12345678901234567890123456789012\"");
	assert_expr(m, string(m, "123456789012345678901234567890123"), "\"12345678901234567890123456789012...\"");
	/* Neither a character nor an escape is cut in two. */
	assert_expr(m, string(m, "1234567890123456789012345678901\xC3\xA9!"), "\"1234567890123456789012345678901...\"");
	assert_expr(m, string(m, "1234567890123456789012345678901\\n!"), "\"1234567890123456789012345678901...\"");
	assert_expr(m, string(m, "123456789012345678901234567890\\\\!!"), "\"123456789012345678901234567890\\\\...\"");
}

static void deep_expressions_end_in_dots(void **state)
{
	struct maker *m = *state;
	const struct ir_expr *expr = make_load(m, make_local(m, "a", m->type_int));
	const char *text;

	for (int i = 0; i < 100000; i++)
		expr = make_binary(m, IR_BINARY_ADD, expr, make_int(m, 1));
	text = ir_expr_text(m->arena, expr);
	assert_non_null(strstr(text, "..."));
	assert_true(strlen(text) < 1000);
	assert_null(strstr(text, "a"));
	/* A macro on top of them must not cost more. */
	assert_non_null(strstr(ir_expr_text(m->arena, with_macro(m, expr, "SUM")), "..."));
}

static void the_dump_shows_each_kind_of_step(void **state)
{
	struct maker *m = *state;
	struct ir_var *dev = make_param(m, "dev", m->type_pointer), *n = make_local(m, "n", m->type_int);
	int l0 = make_new_label(m), l1 = make_new_label(m), l2;
	struct ir_scope *try_scope;
	struct ir_insn *insn;
	char *text = NULL;
	size_t size = 0;
	FILE *out;

	make_declare(m, n);
	make_assign(m, n, make_int(m, 1));
	make_scope_begin(m, IR_SCOPE_BLOCK);
	make_guard(m, "g", "unlock");
	make_scope_end(m);
	try_scope = make_scope_begin(m, IR_SCOPE_FINALLY);
	make_call(m, n, "probe", make_load(m, dev));
	make_finally_body(m, try_scope);
	insn = make_step(m, IR_CALL);
	insn->call.target = make_read(m, make_arrow(m, dev, "open"));
	insn->call.is_void_cast = true;
	make_finally_end(m, try_scope);
	make_label(m, l0);
	make_branch(m, make_binary(m, IR_BINARY_LT, make_load(m, n), make_int(m, 3)), l0, l1);
	make_label(m, l1);
	l2 = make_new_label(m);
	insn = make_switch(m, make_load(m, n), l2);
	make_case(m, insn, 1, 1, l0);
	make_case(m, insn, 4, 9, l1);
	make_label(m, l2);
	make_step(m, IR_ZERO)->assign.place = make_deref(m, make_load(m, dev));
	make_step(m, IR_EVAL)->assign.value = make_load(m, n);
	make_jump(m, l0);
	make_return(m, make_load(m, n));
	make_step(m, IR_UNREACHABLE);

	assert_null(ir_verify_function(m->arena, m->function));
	out = open_memstream(&text, &size);
	ir_print_function(out, m->function);
	fclose(out);
	assert_string_equal(text, "function f: int ()\n"
				  "  param dev: struct device *\n"
				  "  local n: int\n"
				  "  local g: int cleanup(unlock)\n"
				  "  scope 1 block in 0\n"
				  "  scope 2 finally in 0 handler L2\n"
				  "    declare n: int  @1:1\n"
				  "    n = 1  @2:1\n"
				  "    enter scope 1  @3:1\n"
				  "    declare g: int  @4:1\n"
				  "    exit scope 1  @5:1\n"
				  "    try scope 2 handler L2  @6:1\n"
				  "    n = probe(dev)  @7:1\n"
				  "    end try scope 2  @8:1\n"
				  "  L2:\n"
				  "    (void)dev->open()  @10:1\n"
				  "    end finally scope 2  @11:1\n"
				  "  L0:\n"
				  "    if (n < 3) goto L0 else goto L1  @13:1\n"
				  "  L1:\n"
				  "    switch (n) { 1: L0, 4...9: L1, default: L3 }  @15:1\n"
				  "  L3:\n"
				  "    zero *dev  @17:1\n"
				  "    eval n  @18:1\n"
				  "    goto L0  @19:1\n"
				  "    return n  @20:1\n"
				  "    unreachable  @21:1\n");
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parentheses_are_the_fewest),
		TEST(places_read_as_written),
		TEST(shapes_only_macros_write_are_shortened),
		TEST(casts_show_when_written),
		TEST(constants_keep_their_macro),
		TEST(numbers_follow_their_type),
		TEST(strings_are_quoted_and_shortened),
		TEST(deep_expressions_end_in_dots),
		TEST(the_dump_shows_each_kind_of_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

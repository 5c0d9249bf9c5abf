/* ir_verify_function: one small change each to a correct function, and the
 * message that names it. */
#include "test.h"

#include "ir_make.h"

#include <string.h>

/* A correct function with a bit of everything, and handles to break it by. */
struct sample {
	struct maker m;
	struct ir_var *param, *local;
	struct ir_scope *block, *try_scope, *finally_scope;
	struct ir_insn *assign, *call, *branch, *select, *label, *enter, *exit, *assembly, *ret;
};

static struct ir_insn *last(struct sample *s)
{
	return s->m.function->insns[s->m.function->insn_count - 1];
}

static int set_up(void **state)
{
	static struct sample sample;
	struct sample *s = &sample;
	struct maker *m = &s->m;
	int l0, end;

	memset(s, 0, sizeof(*s));
	maker_begin(m);
	s->param = make_param(m, "dev", m->type_pointer);
	s->local = make_local(m, "n", m->type_int);
	l0 = make_new_label(m);
	end = make_new_label(m);

	make_declare(m, s->local);
	make_assign(m, s->local, make_binary(m, IR_BINARY_ADD, make_int(m, 1), make_load(m, s->local)));
	s->assign = last(s);
	s->block = make_scope_begin(m, IR_SCOPE_BLOCK);
	s->enter = last(s);
	make_guard(m, "g", "unlock");
	make_scope_end(m);
	s->exit = last(s);
	s->try_scope = make_scope_begin(m, IR_SCOPE_TRY);
	make_call(m, s->local, "probe", make_load(m, s->param));
	s->call = last(s);
	make_scope_end(m);
	make_label(m, s->try_scope->handler_label);
	s->finally_scope = make_scope_begin(m, IR_SCOPE_FINALLY);
	make_store(m, make_index(m, make_arrow(m, s->param, "x"), make_int(m, 2)), make_int(m, 0));
	make_finally_body(m, s->finally_scope);
	make_finally_end(m, s->finally_scope);
	make_label(m, l0);
	s->label = last(s);
	make_branch(m, make_load(m, s->local), l0, end);
	s->branch = last(s);
	s->select = make_switch(m, make_load(m, s->local), end);
	make_case(m, s->select, 1, 2, l0);
	make_label(m, end);
	s->assembly = make_step(m, IR_ASM);
	make_return(m, make_load(m, s->local));
	s->ret = last(s);
	*state = s;
	return 0;
}

static int tear_down(void **state)
{
	struct sample *s = *state;

	maker_end(&s->m);
	return 0;
}

static void assert_valid(struct sample *s)
{
	const char *problem = ir_verify_function(s->m.arena, s->m.function);

	if (problem)
		fail_msg("%s", problem);
}

static void assert_problem(struct sample *s, const char *expected)
{
	const char *problem = ir_verify_function(s->m.arena, s->m.function);

	assert_non_null(problem);
	if (!strstr(problem, expected))
		fail_msg("'%s' does not contain '%s'", problem, expected);
}

static void the_sample_is_valid(void **state)
{
	assert_valid(*state);
}

static void an_unused_label_need_not_be_placed(void **state)
{
	struct sample *s = *state;

	make_new_label(&s->m);
	assert_valid(s);
}

static void declarations_are_checked(void **state)
{
	struct sample *s = *state;
	struct ir_function *f = s->m.function;
	struct ir_var *swapped = f->vars[1];

	s->local->id = 7;
	assert_problem(s, "variable n has id 7 at position 1");
	s->local->id = 1;
	s->local->type = NULL;
	assert_problem(s, "variable 1 has no name or no type");
	s->local->type = s->m.type_int;
	s->local->kind = IR_VAR_GLOBAL;
	assert_problem(s, "global n among");
	s->local->kind = IR_VAR_PARAM;
	assert_problem(s, "parameters do not come first");
	s->local->kind = IR_VAR_LOCAL;
	s->param->param = 1;
	assert_problem(s, "parameter 0 is not variable 0");
	s->param->param = 0;
	f->params = &swapped;
	assert_problem(s, "parameter 0 is not variable 0");
	f->params = &f->vars[0];
	f->has_body = false;
	assert_problem(s, "no body");
	f->has_body = true;
	assert_valid(s);
}

static void labels_are_checked(void **state)
{
	struct sample *s = *state;
	int unplaced = make_new_label(&s->m), good = s->branch->branch.on_true;
	int labels[] = { unplaced };

	s->branch->branch.on_true = unplaced;
	assert_problem(s, "label 4 is not placed");
	s->branch->branch.on_true = good;
	s->branch->branch.on_false = 99;
	assert_problem(s, "label 99 is out of range");
	s->branch->branch.on_false = good;
	s->select->select.default_label = -1;
	assert_problem(s, "label -1 is out of range");
	s->select->select.default_label = unplaced;
	assert_problem(s, "label 4 is not placed");
	s->select->select.default_label = good;
	s->select->select.cases[0].label = unplaced;
	assert_problem(s, "label 4 is not placed");
	s->select->select.cases[0].label = good;
	s->assembly->assembly.labels = labels;
	s->assembly->assembly.label_count = 1;
	assert_problem(s, "label 4 is not placed");
	s->assembly->assembly.label_count = 0;
	s->try_scope->handler_label = unplaced;
	assert_problem(s, "label 4 is not placed");
	s->try_scope->handler_label = good;
	make_jump(&s->m, unplaced);
	assert_problem(s, "label 4 is not placed");
	make_label(&s->m, unplaced);
	assert_valid(s);
	make_label(&s->m, good);
	assert_problem(s, "label 0 is placed twice");
}

static void a_label_out_of_range_is_not_counted(void **state)
{
	struct sample *s = *state;

	s->label->label = 4000;
	assert_problem(s, "label 4000 is out of range");
	s->label->label = -1;
	assert_problem(s, "label -1 is out of range");
}

static void label_addresses_are_checked(void **state)
{
	struct sample *s = *state;
	struct ir_expr *address = ir_expr_create(s->m.arena, IR_EXPR_LABEL_ADDR, s->m.type_pointer, s->assign->span);

	s->assign->assign.value = address;
	address->label = s->label->label;
	assert_valid(s);
	address->label = make_new_label(&s->m);
	assert_problem(s, "label 4 is not placed");
}

static void expressions_are_checked(void **state)
{
	struct sample *s = *state;
	struct ir_expr *sum = (struct ir_expr *)s->assign->assign.value;
	struct ir_expr *left = (struct ir_expr *)sum->op.left;
	struct ir_place *place = (struct ir_place *)s->assign->assign.place;

	left->type = NULL;
	assert_problem(s, "step 1 (line 2): assigned value: an expression has no type");
	left->type = s->m.type_int;
	sum->op.right = NULL;
	assert_problem(s, "assigned value is missing");
	sum->op.right = left;
	sum->op.left = NULL;
	assert_problem(s, "an operand is missing");
	sum->op.left = left;
	sum->op.op = 1000;
	assert_problem(s, "unknown binary operator");
	sum->op.op = IR_BINARY_SUB;
	sum->kind = (enum ir_expr_kind)77;
	assert_problem(s, "unknown kind of expression");
	s->assign->assign.value = NULL;
	assert_problem(s, "assigned value is missing");
	s->assign->assign.value = left;
	place->type = NULL;
	assert_problem(s, "a place or its type is missing");
	place->type = s->m.type_int;
	place->kind = (enum ir_place_kind)77;
	assert_problem(s, "unknown kind of place");
	s->assign->assign.place = NULL;
	assert_problem(s, "assigned place: a place or its type is missing");
}

static void variables_belong_to_the_function(void **state)
{
	struct sample *s = *state;
	struct ir_function *other = ir_function_create(s->m.unit, intern(s->m.pool, "other"));
	struct ir_var *foreign = ir_var_create(s->m.unit, other, IR_VAR_LOCAL, intern(s->m.pool, "v"), s->m.type_int);
	struct ir_var *global = ir_var_create(s->m.unit, NULL, IR_VAR_GLOBAL, intern(s->m.pool, "g"), s->m.type_int);

	s->assign->assign.place = make_var(&s->m, global);
	assert_valid(s);
	s->assign->assign.place = make_var(&s->m, foreign);
	assert_problem(s, "variable v is not one of the function's");
}

static void calls_are_checked(void **state)
{
	struct sample *s = *state;
	struct ir_call *call = &s->call->call;
	struct ir_function *callee = call->callee;
	const struct ir_expr *none[] = { NULL };

	call->target = make_load(&s->m, s->param);
	assert_problem(s, "both a callee and a target");
	call->target = NULL;
	call->callee = NULL;
	assert_problem(s, "no callee, target or macro");
	call->macro = intern(s->m.pool, "get_user");
	assert_valid(s);
	call->macro = NULL;
	call->callee = callee;
	call->args = none;
	assert_problem(s, "argument is missing");
}

static void steps_are_checked(void **state)
{
	struct sample *s = *state;

	s->select->select.cases[0].low = 3;
	assert_problem(s, "case range 3...2 is empty");
	s->select->select.cases[0].low = 2;
	s->branch->branch.condition = NULL;
	assert_problem(s, "condition is missing");
	s->branch->branch.condition = make_int(&s->m, 1);
	s->ret->index = 3;
	assert_problem(s, "has a wrong index");
	s->ret->index = s->m.function->insn_count - 1;
	s->ret->kind = (enum ir_insn_kind)77;
	assert_problem(s, "unknown kind of step");
	s->ret->kind = IR_RETURN;
	s->ret->assign.value = NULL;
	assert_valid(s);
}

static void scopes_are_checked(void **state)
{
	struct sample *s = *state;
	struct ir_scope *outer = s->m.function->scopes[0];
	struct ir_function *cleanup = s->block->cleanups[0]->cleanup;

	s->block->id = 0;
	assert_problem(s, "scope 1 has a wrong id");
	s->block->id = 1;
	s->block->parent = NULL;
	assert_problem(s, "only scope 0 has no parent");
	s->block->parent = s->try_scope;
	assert_problem(s, "not an earlier scope");
	s->block->parent = outer;
	s->block->cleanups[0]->cleanup = NULL;
	assert_problem(s, "no variable with cleanup");
	s->block->cleanups[0]->cleanup = cleanup;
	s->try_scope->parent = s->block;
	assert_problem(s, "scope 2 is opened inside scope 0, not its parent");
	s->try_scope->parent = outer;
	s->enter->opened = s->try_scope;
	assert_problem(s, "scope 2 is of the wrong kind");
	s->enter->opened = NULL;
	assert_problem(s, "not one of the function's");
	s->enter->opened = s->block;
	s->ret->scope = s->block;
	assert_problem(s, "names scope 1 inside scope 0");
	s->ret->scope = NULL;
	assert_problem(s, "has no scope");
	s->ret->scope = outer;
	outer->kind = IR_SCOPE_TRY;
	assert_problem(s, "scope 0 is not a block");
	outer->kind = IR_SCOPE_BLOCK;
	assert_valid(s);
}

static void scopes_nest_in_the_list(void **state)
{
	struct sample *s = *state;

	make_scope_begin(&s->m, IR_SCOPE_BLOCK);
	assert_problem(s, "scope 4 is never closed");
	make_scope_end(&s->m);
	assert_valid(s);
	make_step(&s->m, IR_SCOPE_EXIT)->opened = s->block;
	assert_problem(s, "scope 1 is closed while scope 0 is open");
}

static void finally_bodies_end_once(void **state)
{
	struct sample *s = *state;
	struct ir_insn *end;

	make_finally_end(&s->m, s->finally_scope);
	assert_problem(s, "ends twice");
	end = last(s);
	end->opened = s->try_scope;
	assert_problem(s, "scope 2 has no finally body");
	end->kind = IR_UNREACHABLE;
	assert_valid(s);
	s->try_scope->kind = IR_SCOPE_FINALLY;
	assert_problem(s, "the finally body of scope 2 has no end");
}

static void long_sums_do_not_exhaust_the_stack(void **state)
{
	struct sample *s = *state;
	const struct ir_expr *sum = make_int(&s->m, 0);

	for (int i = 0; i < 300000; i++)
		sum = make_binary(&s->m, IR_BINARY_ADD, sum, make_int(&s->m, i));
	s->assign->assign.value = sum;
	assert_valid(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_sample_is_valid),
		TEST(an_unused_label_need_not_be_placed),
		TEST(declarations_are_checked),
		TEST(labels_are_checked),
		TEST(a_label_out_of_range_is_not_counted),
		TEST(label_addresses_are_checked),
		TEST(expressions_are_checked),
		TEST(variables_belong_to_the_function),
		TEST(calls_are_checked),
		TEST(steps_are_checked),
		TEST(scopes_are_checked),
		TEST(scopes_nest_in_the_list),
		TEST(finally_bodies_end_once),
		TEST(long_sums_do_not_exhaust_the_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

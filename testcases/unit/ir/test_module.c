/* ir_module_link: which declarations give way to which, and that all
 * references follow. */
#include "test.h"

#include "ir_make.h"

/* Two or three units on one arena; `m` works on the last one begun. */
struct pair {
	struct maker m;
	struct ir_module *module;
};

static int set_up(void **state)
{
	static struct pair pair;

	maker_begin(&pair.m); /* a unit with the function f */
	pair.module = ir_module_create(pair.m.arena, "driver");
	*state = &pair;
	return 0;
}

static int tear_down(void **state)
{
	struct pair *pair = *state;

	maker_end(&pair->m);
	return 0;
}

static const char *name(struct pair *pair, const char *text)
{
	return intern(pair->m.pool, text);
}

/* A unit with the defined function `function`, which gets the next steps. */
static struct ir_unit *begin_unit(struct pair *pair, const char *file, const char *function)
{
	struct maker *m = &pair->m;

	m->unit = ir_unit_create(m->arena, name(pair, file));
	m->function = ir_function_create(m->unit, name(pair, function));
	m->function->type = m->type_int;
	m->function->has_body = true;
	m->function->in_user_file = true;
	m->scope = ir_scope_create(m->arena, m->function, IR_SCOPE_BLOCK, NULL);
	ir_module_add(pair->module, m->unit);
	return m->unit;
}

static struct ir_insn *last_step(struct pair *pair)
{
	return pair->m.function->insns[pair->m.function->insn_count - 1];
}

static struct ir_insn *call(struct pair *pair, const char *callee)
{
	make_call(&pair->m, NULL, callee, NULL);
	return last_step(pair);
}

static struct ir_var *global(struct pair *pair, const char *text)
{
	return ir_var_create(pair->m.unit, NULL, IR_VAR_GLOBAL, name(pair, text), pair->m.type_int);
}

static void annotate(struct pair *pair, struct ir_function *function, const char *annotation)
{
	function->annotations = ARENA_NEW(pair->m.arena, struct ir_annotation);
	function->annotations[0].name = name(pair, annotation);
	function->annotation_count = 1;
}

static void test_call_goes_to_the_definition(void **state)
{
	struct pair *pair = *state;
	struct ir_unit *user = begin_unit(pair, "a.c", "probe");
	struct ir_insn *step = call(pair, "start");
	struct ir_function *declaration = step->call.callee;

	annotate(pair, declaration, "must_hold");
	declaration->address_taken = true;
	begin_unit(pair, "b.c", "start");
	struct ir_function *definition = pair->m.function;
	annotate(pair, definition, "acquires");
	ir_module_link(pair->module);

	assert_ptr_not_equal(declaration, definition);
	assert_ptr_equal(step->call.callee, definition);
	assert_ptr_equal(ir_function_find(user, name(pair, "start")), definition);
	assert_ptr_equal(definition->unit, pair->m.unit);
	assert_true(definition->is_shared);
	assert_true(definition->address_taken);
	assert_int_equal(definition->annotation_count, 2);
	assert_int_equal(user->function_count, 1); /* the declaration is gone */
	assert_true(pair->module->is_whole);
}

static void test_references(void **state)
{
	struct pair *pair = *state;
	struct maker *m = &pair->m;
	struct ir_unit *user = begin_unit(pair, "a.c", "probe");
	struct ir_function *handler = make_callee(m, "handler");
	struct ir_expr *address = ir_expr_create(m->arena, IR_EXPR_FUNCTION, m->type_pointer, (struct span){ 0 });
	struct ir_binding binding = { .field = name(pair, "read"), .function = handler };
	struct ir_var *local = make_local(m, "v", m->type_pointer);

	address->function = handler;
	ARENA_PUSH(m->arena, user->bindings, user->binding_count, user->binding_capacity, binding);
	make_assign(m, local, make_cast(m, m->type_pointer, address, true));
	make_scope_begin(m, IR_SCOPE_BLOCK);
	struct ir_var *guard = make_guard(m, "g", "handler");
	make_scope_end(m);
	begin_unit(pair, "b.c", "handler");
	ir_module_link(pair->module);

	assert_ptr_equal(address->function, m->function);
	assert_ptr_equal(user->bindings[0].function, m->function);
	assert_ptr_equal(guard->cleanup, m->function);
}

static void test_static_functions_stay_apart(void **state)
{
	struct pair *pair = *state;

	begin_unit(pair, "a.c", "probe");
	pair->m.function->is_static = true;
	struct ir_insn *step = call(pair, "start");
	begin_unit(pair, "b.c", "start");
	pair->m.function->is_static = true;
	begin_unit(pair, "c.c", "probe");
	pair->m.function->is_static = true;
	ir_module_link(pair->module);

	assert_false(step->call.callee->has_body);
	assert_int_equal(pair->module->units[0]->function_count, 2);
	assert_int_equal(pair->module->units[2]->function_count, 1);
}

static void test_two_definitions_are_left_alone(void **state)
{
	struct pair *pair = *state;

	begin_unit(pair, "a.c", "probe");
	struct ir_insn *step = call(pair, "start");
	struct ir_function *declaration = step->call.callee;
	begin_unit(pair, "b.c", "start");
	begin_unit(pair, "c.c", "start");
	ir_module_link(pair->module);

	assert_ptr_equal(step->call.callee, declaration);
	assert_null(pair->m.function->linked_to);
	assert_false(pair->m.function->is_shared);
}

static void test_declarations_without_a_definition(void **state)
{
	struct pair *pair = *state;

	begin_unit(pair, "a.c", "probe");
	struct ir_insn *first = call(pair, "kernel_function");
	first->call.callee->is_implicit = true;
	begin_unit(pair, "b.c", "remove");
	struct ir_insn *second = call(pair, "kernel_function");
	ir_module_link(pair->module);

	assert_ptr_equal(first->call.callee, second->call.callee);
	assert_false(first->call.callee->is_implicit); /* the one that says more */
	assert_true(pair->module->is_whole);	       /* it is not the driver's own */
}

static void test_a_missing_part(void **state)
{
	struct pair *pair = *state;

	begin_unit(pair, "a.c", "probe");
	call(pair, "start")->call.callee->in_user_file = true;
	ir_module_link(pair->module);
	assert_false(pair->module->is_whole);
}

static void test_variables(void **state)
{
	struct pair *pair = *state;
	struct maker *m = &pair->m;

	begin_unit(pair, "a.c", "probe");
	struct ir_var *local = make_local(m, "v", m->type_int);
	struct ir_var *declared = global(pair, "count"), *own = global(pair, "hidden");
	own->is_static = own->is_defined = true;
	make_assign(m, declared, make_load(m, own));
	struct ir_insn *store = last_step(pair);
	make_assign(m, local, make_load(m, declared));
	struct ir_insn *load = last_step(pair);
	begin_unit(pair, "b.c", "remove");
	struct ir_var *other = global(pair, "hidden"), *defined = global(pair, "count");
	other->is_static = other->is_defined = defined->is_defined = true;
	ir_module_link(pair->module);

	assert_ptr_equal(store->assign.place->var, defined);
	assert_ptr_equal(store->assign.value->place->var, own);
	assert_ptr_equal(load->assign.value->place->var, defined);
	assert_int_equal(pair->module->units[0]->global_count, 1);
	assert_int_equal(pair->module->units[1]->global_count, 2);
	assert_int_not_equal(own->id, other->id);
	assert_int_not_equal(own->id, defined->id);
	assert_int_not_equal(other->id, defined->id);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_call_goes_to_the_definition),
		TEST(test_references),
		TEST(test_static_functions_stay_apart),
		TEST(test_two_definitions_are_left_alone),
		TEST(test_declarations_without_a_definition),
		TEST(test_a_missing_part),
		TEST(test_variables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Targets of calls, groups and their order. */
#include "module.h"

#include "base/text.h"

#include <string.h>
#include <time.h>

static void test_direct_calls(void **state)
{
	struct module *m = *state;
	const struct caller_site *sites;

	module_unit(m, "a.c",
		    "int helper(int x); int outside(void);\n"
		    "int top(void) { return helper(1) + outside(); }\n");
	module_unit(m, "b.c", "int helper(int x) { return x; }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "top", 0), "helper");
	assert_string_equal(module_targets(m, "top", 1), "");
	assert_int_equal(callgraph_callers(m->graph, module_function(m, "helper"), &sites), 1);
	assert_ptr_equal(sites[0].caller, module_function(m, "top"));
	assert_ptr_equal(sites[0].insn, module_call(m, "top", 0));
}

#define DEVICE                                                                                 \
	"struct dev; struct ops { int (*start)(struct dev *); int (*stop)(struct dev *); };\n" \
	"struct dev { const struct ops *ops; void (*handler)(int); void (*table[4])(int); };\n"

static void test_ops_tables(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    DEVICE "static int one(struct dev *d) { return 1; }\n"
			   "static const struct ops first = { .start = one };\n"
			   "const struct ops *get(void) { return &first; }\n");
	module_unit(m, "b.c",
		    DEVICE "static int two(struct dev *d) { return 2; }\n"
			   "static const struct ops second[] = { { two, 0 } };\n"
			   "int run(struct dev *d) { d->ops = second; return d->ops->start(d); }\n"
			   "int end(struct dev *d) { return (*d->ops->stop)(d); }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "run", 0), "one two");
	assert_string_equal(module_targets(m, "end", 0), "");
}

static void test_assigned_fields(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    DEVICE "static void low(int x) { } static void high(int x) { }\n"
			   "static void choose(struct dev *d, int x) { d->handler = x ? low : high; }\n"
			   "static void set(struct dev *d, void (*f)(int)) { d->table[1] = f; }\n"
			   "void prepare(struct dev *d) { choose(d, 1); set(d, low); set(d, 0); }\n"
			   "void call(struct dev *d, int i) { if (d->handler) d->handler(3); d->table[i](4); }\n"
			   "void copied(struct dev *d) { void (*f)(int) = d->handler; f(1); }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "call", 0), "low high");
	assert_string_equal(module_targets(m, "call", 1), "low");
	assert_string_equal(module_targets(m, "copied", 0), "low high");
}

static void test_unknown_stores(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    DEVICE "extern void (*find(void))(int); void fill(void **at);\n"
			   "static void low(int x) { }\n"
			   "void set(struct dev *d) { d->handler = low; d->handler = find(); }\n"
			   "void call(struct dev *d) { d->handler(3); }\n"
			   "void expose(struct dev *d) { d->table[0] = low; fill((void **)&d->table[1]); }\n"
			   "void use(struct dev *d) { d->table[0](1); }\n"
			   "void given(void (*f)(int)) { f(1); }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "call", 0), "");
	assert_string_equal(module_targets(m, "use", 0), "");
	assert_string_equal(module_targets(m, "given", 0), "");
}

/* The kernel has objects of its own types that other drivers filled. */
static void test_types_of_others(void **state)
{
	struct module *m = *state;

	module_system_header(m, "kernel.h", "struct work { void (*run)(int); };\n");
	module_unit(m, "a.c",
		    "#include <kernel.h>\n"
		    "static void mine(int x) { }\n"
		    "void set(struct work *w) { w->run = mine; }\n"
		    "void call(struct work *w) { w->run(1); }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "call", 0), "");
}

static void test_variables(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    "static int one(void) { return 1; } static int two(void) { return 2; }\n"
		    "static int (*hook)(void) = one;\n"
		    "static int (*const table[])(void) = { one, two };\n"
		    "void set(void) { hook = two; }\n"
		    "int call(int i) { return hook() + table[i](); }\n"
		    "int local(void) { static int (*kept)(void) = two; return kept(); }\n"
		    "int (*open_hook)(void) = one; int shared(void) { extern int (*other)(void);\n"
		    "return other(); }\n");
	module_compute(m);
	assert_string_equal(module_targets(m, "call", 0), "one two");
	assert_string_equal(module_targets(m, "call", 1), "one two");
	assert_string_equal(module_targets(m, "local", 0), "two");
	assert_string_equal(module_targets(m, "shared", 0), "");
}

static const char *groups_text(const struct module *m)
{
	struct text text = text_create(m->arena);

	for (int g = 0; g < callgraph_group_count(m->graph); g++) {
		int count;
		const struct ir_function *const *functions = callgraph_group(m->graph, g, &count);

		for (int i = 0; i < count; i++)
			text_printf(&text, "%s%s", i ? "," : "", functions[i]->name);
		text_add(&text, callgraph_is_cyclic(m->graph, g) ? "* " : " ");
	}
	return text_get(&text);
}

#define CYCLE_A                                                  \
	"int odd(int n); static int leaf(int n) { return n; }\n" \
	"int even(int n) { return n ? odd(n - 1) : leaf(1); }\n"
#define CYCLE_B                                                             \
	"int even(int n); int odd(int n) { return n ? even(n - 1) : 0; }\n" \
	"int again(int n) { return n ? again(n - 1) : odd(n); }\n"

static void test_groups(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c", CYCLE_A);
	module_unit(m, "b.c", CYCLE_B);
	module_compute(m);
	assert_string_equal(groups_text(m), "leaf even,odd* again* ");
}

static void test_order_of_units_does_not_matter(void **state)
{
	struct module *m = *state;

	module_unit(m, "b.c", CYCLE_B);
	module_unit(m, "a.c", CYCLE_A);
	module_compute(m);
	assert_string_equal(groups_text(m), "leaf even,odd* again* ");
}

#define CHAIN 5000

/* Neither the stack nor the time may grow with the length of a chain. */
static void test_long_chain(void **state)
{
	struct module *m = *state;
	struct text text = text_create(m->arena);
	clock_t start;

	text_add(&text, "struct s { int *p; int f0; };\n");
	for (int i = 0; i < CHAIN; i++)
		text_printf(&text, "void f%d(struct s *s, int *p);\n", i + 1);
	for (int i = 0; i < CHAIN; i++)
		text_printf(&text,
			    "int g%d; void f%d(struct s *s, int *p) { g%d = 1; f%d(s, p); if (g%d) f%d(s, p); }\n", i,
			    i, i, i + 1, i, (i * 7 + 13) % CHAIN > i ? (i * 7 + 13) % CHAIN : i + 1);
	text_printf(&text, "void f%d(struct s *s, int *p) { s->p = p; }\n", CHAIN);
	module_unit(m, "a.c", text_get(&text));
	start = clock();
	module_compute(m);
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	assert_int_equal(callgraph_group_count(m->graph), CHAIN + 1);
	assert_true(effects_param_escapes(m->effects, module_function(m, "f0"), 1));
	assert_false(effects_param_escapes(m->effects, module_function(m, "f0"), 0));
	assert_true(effects_may_write(m->effects, module_function(m, "f0"), intern(m->pool, "g4999")));
	assert_false(effects_may_write(m->effects, module_function(m, "f9"), intern(m->pool, "g3")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_direct_calls, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_ops_tables, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_assigned_fields, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_stores, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_types_of_others, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_variables, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_groups, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_order_of_units_does_not_matter, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_long_chain, module_set_up, module_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Roles, classes of objects, mentions. */
#include "module.h"

#define FACTS                                                                                                          \
	"roles:\n"                                                                                                     \
	"  - {name: irq-handler}\n"                                                                                    \
	"  - {name: shared-irq-handler}\n"                                                                             \
	"  - {name: timer, bound-by: [{record: timer, field: function}]}\n"                                            \
	"  - {name: read, bound-by: [{record: fops, field: read}]}\n"                                                  \
	"  - {name: dispatch, bound-by: [{type: DISPATCH}]}\n"                                                         \
	"  - {name: entry, bound-by: [{function: the_entry}]}\n"                                                       \
	"  - {name: start, bound-by: [{macro: start_with}], init: true}\n"                                             \
	"apis:\n"                                                                                                      \
	"  - name: request\n"                                                                                          \
	"    params:\n"                                                                                                \
	"      - line\n"                                                                                               \
	"      - {name: handler, serves: line, role: [{role: shared-irq-handler, if: {of: flags, has-bits: SHARED}}, " \
	"{role: irq-handler, if: {of: flags, lacks-bits: SHARED}}]}\n"                                                 \
	"      - flags\n"                                                                                              \
	"  - {name: setup, params: [timer, {name: function, role: timer, serves: timer}]}\n"

#define HEADER                                                                                                     \
	"#define SHARED 128\n#define EDGE 1\n"                                                                     \
	"struct timer { void (*function)(int); };\n"                                                               \
	"struct dev { int line; struct timer poll; struct sub { struct timer slow; } sub[2]; void (*h)(int); };\n" \
	"struct fops { void (*read)(int); };\n"                                                                    \
	"typedef void DISPATCH(int x);\n"                                                                          \
	"void request(int line, void (*handler)(int), int flags);\n"                                               \
	"void setup(struct timer *t, void (*f)(int));\n"

static void test_registering_calls(void **state)
{
	struct module *m = *state;
	const struct role_binding *roles;
	int count;

	module_facts(m, FACTS);
	module_unit(m, "a.c",
		    HEADER "static void one(int x) { } static void two(int x) { } static void three(int x) { }\n"
			   "static void four(int x) { }\n"
			   "void probe(struct dev *d, int flags) {\n"
			   "	int own = SHARED;\n"
			   "	request(d->line, one, EDGE);\n"
			   "	if (flags) own |= EDGE;\n"
			   "	request(d->line, two, own | SHARED);\n"
			   "	request(d->line, three, flags);\n"
			   "	setup(&d->poll, four);\n"
			   "	setup(&d->sub[1].slow, four);\n"
			   "}\n");
	module_compute(m);
	assert_string_equal(module_roles(m, "one"), "irq-handler@struct dev.line");
	assert_string_equal(module_roles(m, "two"), "shared-irq-handler@struct dev.line");
	assert_string_equal(module_roles(m, "three"), "");
	assert_string_equal(module_roles(m, "four"), "timer@struct dev.poll timer@struct sub.slow");
	roles = effects_role_bindings(m->effects, module_function(m, "one"), &count);
	assert_int_equal(count, 1);
	assert_int_equal(roles->span.line, 13);
	assert_ptr_equal(roles->registered_in, module_function(m, "probe"));
	assert_ptr_equal(roles->call, &module_call(m, "probe", 0)->call);
	assert_int_equal(roles->object_arg, 0);
	assert_ptr_equal(effects_role(m->effects, module_function(m, "one")), roles->role);
}

/* By a wrapper, by a field of the driver's own, in another unit. */
static void test_indirect_registration(void **state)
{
	struct module *m = *state;

	module_facts(m, FACTS);
	module_unit(m, "a.c",
		    HEADER "void arm(struct dev *d, void (*f)(int));\n"
			   "static void one(int x) { } static void two(int x) { }\n"
			   "void probe(struct dev *d) { arm(d, one); d->h = two; }\n");
	module_unit(m, "b.c",
		    HEADER "void arm(struct dev *d, void (*f)(int)) { setup(&d->poll, f); }\n"
			   "void begin(struct dev *d) { request(3, d->h, 0); }\n");
	module_compute(m);
	assert_string_equal(module_roles(m, "one"), "timer@struct dev.poll");
	assert_string_equal(module_roles(m, "two"), "irq-handler");
}

static void test_declared_and_bound(void **state)
{
	struct module *m = *state;

	module_facts(m, FACTS);
	module_unit(m, "a.c",
		    HEADER "DISPATCH typed; void the_entry(int x) { typed(x); }\n"
			   "static void rd(int x) { } static void tick(int x) { }\n"
			   "static struct fops ops = { .read = rd }; static struct timer slow = { tick };\n"
			   "struct timer fast; void own(struct dev *d) { fast.function = rd;\n"
			   "d->poll.function = rd; }\n");
	module_unit(m, "b.c", HEADER "void typed(int x) { }\n");
	module_compute(m);
	assert_string_equal(module_roles(m, "typed"), "dispatch");
	assert_string_equal(module_roles(m, "the_entry"), "entry");
	assert_string_equal(module_roles(m, "tick"), "timer@a.c:slow");
	assert_string_equal(module_roles(m, "rd"), "timer@fast timer@struct dev.poll read@a.c:ops");
}

static const char *class_of_arg(const struct module *m, int call)
{
	return effects_object_class(m->arena, m->pool, module_call(m, "f", call)->call.args[0]);
}

static void test_object_classes(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    HEADER "int use(void *p); struct dev all[4]; static struct timer mine;\n"
			   "struct far { struct { struct timer in; } part; };\n"
			   "void f(struct dev *d, struct far *w, int i) { struct timer *t = &d->poll;\n"
			   "use(&d->poll); use(&all[i].sub[1].slow); use(&w->part.in); use(all + i);\n"
			   "use(&mine); use(d); use(t); use((void *)&all[2]); }\n");
	module_compute(m);
	assert_string_equal(class_of_arg(m, 0), "struct dev.poll");
	assert_ptr_equal(class_of_arg(m, 0), intern(m->pool, "struct dev.poll"));
	assert_string_equal(class_of_arg(m, 1), "struct sub.slow");
	assert_string_equal(class_of_arg(m, 2), "struct far.in");
	assert_string_equal(class_of_arg(m, 3), "all");
	assert_string_equal(class_of_arg(m, 4), "a.c:mine");
	assert_null(class_of_arg(m, 5));
	assert_null(class_of_arg(m, 6));
	assert_string_equal(class_of_arg(m, 7), "all");
}

static void test_mentions(void **state)
{
	struct module *m = *state;

	module_unit(m, "a.c",
		    HEADER "static struct timer mine; int use(void *p);\n"
			   "static void low(struct dev *d) { use(&d->sub[0].slow); }\n"
			   "static void mid(struct dev *d) { low(d); mine.function = 0; }\n"
			   "void top(struct dev *d) { d->h = 0; mid(d); }\n"
			   "int lone(struct dev *d) { return d->line; }\n");
	module_compute(m);
	assert_true(effects_mentions(m->effects, module_function(m, "top"), "struct sub.slow"));
	assert_true(effects_mentions(m->effects, module_function(m, "top"), "struct dev.sub"));
	assert_true(effects_mentions(m->effects, module_function(m, "top"), "a.c:mine"));
	assert_true(effects_mentions(m->effects, module_function(m, "top"), "struct dev.h"));
	assert_false(effects_mentions(m->effects, module_function(m, "mid"), "struct dev.h"));
	assert_false(effects_mentions(m->effects, module_function(m, "lone"), "struct sub.slow"));
	assert_true(effects_mentions(m->effects, module_function(m, "lone"), "struct dev.line"));
	assert_false(effects_mentions(m->effects, module_function(m, "lone"), "struct never.seen"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_registering_calls, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_indirect_registration, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_declared_and_bound, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_object_classes, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_mentions, module_set_up, module_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

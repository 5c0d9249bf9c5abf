/* Modules, parts and flags from Kbuild files and Makefiles. */
#include "tree.h"

#include "base/text.h"

static struct kbuild parse(struct tree *tree, const char *text)
{
	struct kbuild kbuild;

	kbuild_parse(tree->arena, tree->root, text, &kbuild);
	return kbuild;
}

static void assert_unit(struct tree *tree, const struct kbuild *kbuild, const char *name, const char *module)
{
	const struct kbuild_unit *unit = kbuild_find(kbuild, tree_path(tree, name));

	assert_non_null(unit);
	assert_string_equal(unit->module, module);
}

static void test_single_object_modules(void **state)
{
	struct kbuild kbuild = parse(*state, "obj-m := clean.o buggy-one.o\n");

	assert_int_equal(kbuild.unit_count, 2);
	assert_unit(*state, &kbuild, "clean.c", "clean");
	assert_unit(*state, &kbuild, "buggy-one.c", "buggy_one");
	assert_true(kbuild.has_modules);
}

static void test_composite_modules(void **state)
{
	struct kbuild kbuild = parse(*state, "obj-m += big.o other.o third.o\n"
					     "big-objs := main.o sub/part.o # a comment\n"
					     "other-y = o1.o\nother-$(CONFIG_X) += o2.o\n"
					     "third-m := t.o\n");

	assert_int_equal(kbuild.unit_count, 5);
	assert_unit(*state, &kbuild, "main.c", "big");
	assert_unit(*state, &kbuild, "sub/part.c", "big");
	assert_unit(*state, &kbuild, "o1.c", "other");
	assert_unit(*state, &kbuild, "o2.c", "other");
	assert_unit(*state, &kbuild, "t.c", "third");
}

static void test_continuations_and_carriage_returns(void **state)
{
	struct kbuild kbuild = parse(*state, "obj-m := a.o \\\r\n\tb.o \\\n    c.o\r\nd-objs := \\\n");

	assert_int_equal(kbuild.unit_count, 3);
	assert_unit(*state, &kbuild, "c.c", "c");
}

static void test_variables(void **state)
{
	struct kbuild kbuild = parse(*state, "NAME := drv\nSOURCES = one.c two.c\n"
					     "obj-m := $(NAME).o\n$(NAME)-objs := $(SOURCES:.c=.o)\n"
					     "${NAME}-objs += $(patsubst %.c,%.o,three.c)\n");

	assert_int_equal(kbuild.unit_count, 3);
	assert_unit(*state, &kbuild, "one.c", "drv");
	assert_unit(*state, &kbuild, "three.c", "drv");
}

static void test_recursive_variables_end(void **state)
{
	struct kbuild kbuild = parse(*state, "A = $(B)\nB = $(A) x.o\nC = $(C)$(C)$(C) y\nobj-m := $(A) $(C) z.o $(\n");

	assert_unit(*state, &kbuild, "z.c", "z");
}

/* Sixteen levels of a hundred references each: must end, and soon. */
static void test_exploding_variables_end(void **state)
{
	struct tree *tree = *state;
	const char *text = "V0 = x\n";

	for (int level = 1; level < 16; level++) {
		text = arena_printf(tree->arena, "%sV%d =", text, level);
		for (int i = 0; i < 100; i++)
			text = arena_printf(tree->arena, "%s $(V%d)", text, level - 1);
		text = arena_printf(tree->arena, "%s\n", text);
	}
	struct kbuild kbuild = parse(tree, arena_printf(tree->arena, "%sobj-m := z.o $(V15)\n", text));
	assert_unit(tree, &kbuild, "z.c", "z");
}

static void test_both_branches(void **state)
{
	struct kbuild kbuild = parse(*state, "ifneq ($(KERNELRELEASE),)\nobj-m := a.o\nelse\n"
					     "KDIR ?= /lib/modules/$(shell uname -r)/build\nall:\n"
					     "\t$(MAKE) -C $(KDIR) M=$(PWD) modules\nobj-m := b.o\nendif\n"
					     "define X\nobj-m := never.o\nendef\n");

	assert_int_equal(kbuild.unit_count, 2);
	assert_unit(*state, &kbuild, "a.c", "a");
	assert_unit(*state, &kbuild, "b.c", "b");
}

static void test_rules_are_not_assignments(void **state)
{
	struct kbuild kbuild = parse(*state,
				     "all: FLAGS=obj-m\nobj-m: x.o\nclean:\n\tobj-m := y.o\nexport obj-m := z.o\n");

	assert_int_equal(kbuild.unit_count, 1);
	assert_unit(*state, &kbuild, "z.c", "z");
}

static void test_flags(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "include/x.h", "");
	tree_write(tree, "inc2/x.h", "");
	struct kbuild kbuild = parse(tree, "obj-m := a.o b.o\nccflags-y := -DDEBUG -I$(src)/include -Wall -O0 -g\n"
					   "EXTRA_CFLAGS += -I$(PWD)/inc2 -I$(UNKNOWN)/nowhere -D'A=\"b c\"'\n"
					   "CFLAGS_a.o := -DONLY_A\nCFLAGS_b.o := '\n");
	const struct kbuild_unit *a = kbuild_find(&kbuild, tree_path(tree, "a.c"));
	const struct kbuild_unit *b = kbuild_find(&kbuild, tree_path(tree, "b.c"));

	assert_non_null(a);
	assert_non_null(b);
	assert_true(words_have(&a->flags, "-DDEBUG", NULL));
	assert_true(words_have(&a->flags, "-I", tree_path(tree, "include")));
	assert_true(words_have(&a->flags, "-I", tree_path(tree, "inc2")));
	assert_true(words_have(&a->flags, "-DA=\"b c\"", NULL));
	assert_true(words_have(&a->flags, "-DONLY_A", NULL));
	assert_int_equal(a->flags.count, 7);
	assert_false(words_have(&b->flags, "-DONLY_A", NULL));
}

static void test_wildcard(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "w1.c", "");
	tree_write(tree, "w2.c", "");
	struct kbuild kbuild = parse(tree, "obj-m := m.o\nm-objs := $(patsubst %.c,%.o,$(wildcard *.c))\n");
	assert_int_equal(kbuild.unit_count, 2);
	assert_unit(tree, &kbuild, "w2.c", "m");
}

static void test_which_file_is_read(void **state)
{
	struct tree *tree = *state;
	struct kbuild kbuild;

	assert_false(kbuild_read(tree->arena, NULL, tree->root, &kbuild));
	tree_write(tree, "Makefile", "all:\n\tgcc x.c\n");
	assert_false(kbuild_read(tree->arena, NULL, tree->root, &kbuild));
	tree_write(tree, "Makefile", "obj-m := from_makefile.o\n");
	assert_true(kbuild_read(tree->arena, NULL, tree->root, &kbuild));
	assert_unit(tree, &kbuild, "from_makefile.c", "from_makefile");
	tree_write(tree, "Kbuild", "obj-m := from_kbuild.o\n");
	assert_true(kbuild_read(tree->arena, NULL, tree->root, &kbuild));
	assert_unit(tree, &kbuild, "from_kbuild.c", "from_kbuild");
}

/* What is added to a list bit by bit, or shared by many units, must not be copied each time. */
static void test_long_lists_are_bounded(void **state)
{
	struct tree *tree = *state;
	struct text text = text_create(tree->arena);

	text_add(&text, "ccflags-y :=");
	for (int i = 0; i < 10000; i++)
		text_add(&text, " -DX");
	for (int i = 0; i < 10000; i++)
		text_printf(&text, "\nobj-m += a%d.o", i % 1000);
	size_t before = arena_used(tree->arena);
	struct kbuild kbuild = parse(tree, text_get(&text));
	assert_int_equal(kbuild.unit_count, 1000);
	assert_int_equal(kbuild.units[999].flags.count, 10000);
	assert_true(arena_used(tree->arena) - before < (size_t)32 << 20);
}

static void test_wildcards_do_not_list_everything(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "a/b/c/d.o", "");
	struct kbuild kbuild = parse(tree, "obj-m := $(wildcard */*/c/*.o)\n");
	assert_int_equal(kbuild.unit_count, 0);
	kbuild = parse(tree, "obj-m := $(wildcard a/*/c/*.o)\n");
	assert_int_equal(kbuild.unit_count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_single_object_modules, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_composite_modules, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_continuations_and_carriage_returns, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_variables, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_recursive_variables_end, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_exploding_variables_end, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_both_branches, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_rules_are_not_assignments, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_flags, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_wildcard, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_long_lists_are_bounded, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_wildcards_do_not_list_everything, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_which_file_is_read, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

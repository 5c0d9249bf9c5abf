/* What is kept of a real build's command. */
#include "tree.h"

static struct filtered_flags filter(struct tree *tree, const char *command, const char *own_name)
{
	struct word_list argv = { 0 };
	struct filtered_flags flags;

	assert_true(words_split_shell(tree->arena, &argv, command));
	flags_filter(tree->arena, &flags, &argv, "/build", own_name);
	return flags;
}

static void test_kernel_command_of_gcc(void **state)
{
	struct filtered_flags flags = filter(
		*state,
		"gcc-12 -Wp,-MMD,drivers/char/.nvram.o.d -nostdinc -I/src/arch/x86/include -I./arch/x86/include/generated "
		"-I/src/include -I./include -include /src/include/linux/kconfig.h "
		"-include ../src/include/linux/compiler_types.h -D__KERNEL__ -fmacro-prefix-map=/src/= -Wall -Werror "
		"-std=gnu11 -mpreferred-stack-boundary=3 -fconserve-stack -fplugin=./x.so -mindirect-branch=thunk-extern "
		"--param=allow-store-data-races=0 --param x=1 -mrecord-mcount -g -pg -O2 -m64 -mcmodel=kernel "
		"-I /src/drivers/char -DMODULE -DKBUILD_MODNAME='\"nvram\"' -c -o drivers/char/nvram.o ../src/drivers/char/nvram.c",
		NULL);
	static const char *const expected[] = {
		"-nostdinc",
		"-isystem",
		"/src/arch/x86/include",
		"-isystem",
		"/build/arch/x86/include/generated",
		"-isystem",
		"/src/include",
		"-isystem",
		"/build/include",
		"-include",
		"/src/include/linux/kconfig.h",
		"-include",
		"/src/include/linux/compiler_types.h",
		"-D__KERNEL__",
		"-std=gnu11",
		"-O2",
		"-m64",
		"-mcmodel=kernel",
		"-I",
		"/src/drivers/char",
		"-DMODULE",
		"-DKBUILD_MODNAME=\"nvram\"",
		NULL,
	};

	for (int i = 0; expected[i]; i++) {
		assert_true(i < flags.args.count);
		assert_string_equal(flags.args.items[i], expected[i]);
		assert_true(expected[i + 1] || i + 1 == flags.args.count);
	}
	assert_string_equal(flags.module, "nvram");
}

static void test_values_joined_or_apart(void **state)
{
	struct filtered_flags flags =
		filter(*state, "cc -D A=1 -DB -U C -UD -I inc -Iinc2 -isystem sys -iquote q -target arm-linux-gnu",
		       NULL);

	assert_true(words_have(&flags.args, "-DA=1", "-DB"));
	assert_true(words_have(&flags.args, "-UC", "-UD"));
	assert_true(words_have(&flags.args, "-I", "/build/inc"));
	assert_true(words_have(&flags.args, "-I", "/build/inc2"));
	assert_true(words_have(&flags.args, "-isystem", "/build/sys"));
	assert_true(words_have(&flags.args, "-iquote", "/build/q"));
	assert_true(words_have(&flags.args, "--target=arm-linux-gnu", NULL));
}

static void test_missing_value_at_the_end(void **state)
{
	assert_int_equal(filter(*state, "cc -I", NULL).args.count, 0);
	assert_int_equal(filter(*state, "cc -Xclang -include -DX", NULL).args.count, 1);
}

static void test_other_file_gets_its_own_names(void **state)
{
	struct filtered_flags flags =
		filter(*state, "cc -DKBUILD_MODNAME='\"a\"' -DKBUILD_BASENAME='\"a1\"' -D__KBUILD_MODNAME=kmod_a -DX",
		       "b");

	assert_true(words_have(&flags.args, "-DX", NULL));
	assert_true(words_have(&flags.args, "-DKBUILD_MODNAME=\"b\"", NULL));
	assert_true(words_have(&flags.args, "-DKBUILD_BASENAME=\"b\"", NULL));
	assert_true(words_have(&flags.args, "-D__KBUILD_MODNAME=kmod_b", NULL));
	assert_false(words_have(&flags.args, "-DKBUILD_MODNAME=\"a\"", NULL));
	assert_string_equal(flags.module, "b");
}

static void test_module_name_of_old_kernels(void **state)
{
	assert_string_equal(filter(*state, "cc '-DKBUILD_MODNAME=KBUILD_STR(old)'", NULL).module, "old");
	assert_null(filter(*state, "cc -DX", NULL).module);
}

static void test_cross_compiler_names_its_target(void **state)
{
	struct filtered_flags flags = filter(*state, "ccache /opt/bin/aarch64-linux-gnu-gcc-12 -DX a.c", NULL);

	assert_true(words_have(&flags.args, "--target=aarch64-linux-gnu", NULL));
	assert_int_equal(filter(*state, "gcc-12 -DX", NULL).args.count, 1);
	assert_int_equal(filter(*state, "arm-linux-gcc --target=x -DX", NULL).args.count, 2);
}

static void test_headers_of_gcc_are_dropped(void **state)
{
	struct filtered_flags flags =
		filter(*state, "gcc -isystem /usr/lib/gcc/x86_64-linux-gnu/12/include -isystem /other", NULL);

	assert_int_equal(flags.args.count, 2);
	assert_true(words_have(&flags.args, "-isystem", "/other"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kernel_command_of_gcc, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_values_joined_or_apart, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_missing_value_at_the_end, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_other_file_gets_its_own_names, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_module_name_of_old_kernels, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_cross_compiler_names_its_target, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_headers_of_gcc_are_dropped, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

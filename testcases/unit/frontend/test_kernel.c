/* Finding kernel headers in made-up trees. */
#include "tree.h"

#include <string.h>
#include <unistd.h>

static void make_build(struct tree *tree, const char *folder)
{
	static const char *const files[] = { "include/generated/autoconf.h", "arch/x86/include/generated/asm/x.h" };

	tree_write(tree, arena_printf(tree->arena, "%s/%s", folder, files[0]), "#define CONFIG_64BIT 1\n");
	tree_write(tree, arena_printf(tree->arena, "%s/%s", folder, files[1]), "");
	tree_write(tree, arena_printf(tree->arena, "%s/include/generated/uapi/linux/version.h", folder),
		   "#define LINUX_VERSION_CODE 393664\n");
}

static void make_source(struct tree *tree, const char *folder)
{
	tree_write(tree, arena_printf(tree->arena, "%s/include/linux/kconfig.h", folder), "");
}

static void test_versions(void **state)
{
	(void)state;
	assert_true(kernel_compare_versions("6.1.0-9-amd64", "6.1.0-10-amd64") < 0);
	assert_true(kernel_compare_versions("6.10.1", "6.9.30") > 0);
	assert_true(kernel_compare_versions("6.1.0-56-amd64", "6.1.0-56-amd64") == 0);
	assert_true(kernel_compare_versions("6.1", "6.1.1") < 0);
	assert_true(kernel_compare_versions("6.01", "6.1") == 0);
}

static void test_debian_package(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers;

	make_build(tree, "usr/src/linux-headers-6.1.0-5-amd64");
	make_source(tree, "usr/src/linux-headers-6.1.0-5-common");
	tree_write(tree, "usr/src/linux-headers-6.1.0-5-amd64/Makefile",
		   "include /usr/src/linux-headers-6.1.0-5-common/Makefile\n");
	assert_null(kernel_open(tree->arena, tree_path(tree, "usr/src/linux-headers-6.1.0-5-amd64"), &headers));
	assert_string_equal(headers.source, tree_path(tree, "usr/src/linux-headers-6.1.0-5-common"));
	assert_string_equal(headers.arch, "x86");
	assert_true(headers.is_64bit);
	assert_int_equal(headers.version, KERNEL_VERSION(6, 1) + 192);
	/* the -common folder leads there, too */
	assert_null(kernel_open(tree->arena, tree_path(tree, "usr/src/linux-headers-6.1.0-5-common"), &headers));
	assert_string_equal(headers.build, tree_path(tree, "usr/src/linux-headers-6.1.0-5-amd64"));
}

static void test_build_folder_beside_its_source(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers;

	make_build(tree, "out");
	make_source(tree, "linux");
	tree_write(tree, "out/Makefile",
		   arena_printf(tree->arena, "# generated\ninclude %s\n", tree_path(tree, "linux/Makefile")));
	assert_null(kernel_open(tree->arena, tree_path(tree, "out"), &headers));
	assert_string_equal(headers.source, tree_path(tree, "linux"));
	assert_int_equal(unlink(tree_path(tree, "out/Makefile")), 0);
	assert_non_null(strstr(kernel_open(tree->arena, tree_path(tree, "out"), &headers), "where its source is"));
	assert_int_equal(symlink("../linux", tree_path(tree, "out/source")), 0);
	assert_null(kernel_open(tree->arena, tree_path(tree, "out"), &headers));
	assert_string_equal(headers.source, tree_path(tree, "out/source"));
}

static void test_configured_tree_and_modules_folder(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers;

	make_build(tree, "lib/modules/6.6/build");
	make_source(tree, "lib/modules/6.6/build");
	assert_null(kernel_open(tree->arena, tree_path(tree, "lib/modules/6.6/build"), &headers));
	assert_string_equal(headers.source, headers.build);
	assert_null(kernel_open(tree->arena, tree_path(tree, "lib/modules/6.6"), &headers));
}

static void test_newest_installed(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers;

	assert_non_null(strstr(kernel_find_installed(tree->arena, tree->root, &headers),
			       "apt-get install linux-headers-amd64"));
	make_build(tree, "usr/src/linux-headers-6.1.0-9-amd64");
	make_source(tree, "usr/src/linux-headers-6.1.0-9-common");
	make_build(tree, "usr/src/linux-headers-6.1.0-10-amd64");
	make_source(tree, "usr/src/linux-headers-6.1.0-10-common");
	tree_write(tree, "usr/src/linux-headers-7.0-broken/Makefile", "");
	assert_null(kernel_find_installed(tree->arena, tree->root, &headers));
	assert_string_equal(headers.build, tree_path(tree, "usr/src/linux-headers-6.1.0-10-amd64"));
	make_build(tree, "lib/modules/6.2.0/build");
	make_source(tree, "lib/modules/6.2.0/build");
	assert_null(kernel_find_installed(tree->arena, tree->root, &headers));
	assert_string_equal(headers.build, tree_path(tree, "lib/modules/6.2.0/build"));
}

static void test_reasons(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers;

	assert_non_null(strstr(kernel_open(tree->arena, tree_path(tree, "none"), &headers), "is not a folder"));
	assert_non_null(strstr(kernel_open(tree->arena, tree->root, &headers), "autoconf.h is missing"));
	make_source(tree, "plain");
	assert_non_null(strstr(kernel_open(tree->arena, tree_path(tree, "plain"), &headers), "not configured"));
	tree_write(tree, "plain/include/generated/autoconf.h", "");
	assert_non_null(strstr(kernel_open(tree->arena, tree_path(tree, "plain"), &headers), "not prepared"));
}

static void test_arguments(void **state)
{
	struct tree *tree = *state;
	struct kernel_headers headers = { .build = "/b", .source = tree->root, .arch = "x86", .is_64bit = true };
	struct word_list own = { 0 }, args = { 0 };
	struct linux_unit unit = { .path = "/d/my-driver.c", .flags = &own };

	make_source(tree, ".");
	words_push(tree->arena, &own, "-DOWN");
	linux_flags_kernel(tree->arena, &args, &headers, &unit, "/ours");
	assert_true(words_have(&args, "--target=x86_64-linux-gnu", "-mcmodel=kernel"));
	assert_true(words_have(&args, "-isystem", "/b/arch/x86/include/generated/uapi"));
	assert_true(words_have(&args, "-include", tree_path(tree, "include/linux/kconfig.h")));
	assert_false(words_have(&args, "-include", tree_path(tree, "include/linux/compiler_types.h")));
	assert_true(words_have(&args, "-include", "/ours/so2check_linux_annotations.h"));
	assert_true(words_have(&args, "-DKBUILD_MODNAME=\"my_driver\"", NULL));
	assert_string_equal(args.items[args.count - 1], "-DOWN");
}

static void test_own_headers_follow_compiler_types(void **state)
{
	struct tree *tree = *state;
	struct word_list filtered = { 0 }, args = { 0 };

	words_split_blank(tree->arena, &filtered,
			  "-include /k/include/linux/compiler_types.h -include /m/config.h -DX");
	linux_flags_database(tree->arena, &args, &filtered, "/ours");
	assert_string_equal(args.items[3], "/ours/so2check_linux_annotations.h");
	assert_true(words_have(&args, "/ours/so2check_linux_compat.h", "-include"));
	args = filtered = (struct word_list){ 0 };
	words_split_blank(tree->arena, &filtered, "-DX");
	linux_flags_database(tree->arena, &args, &filtered, "/ours");
	assert_true(words_have(&args, "-DX", "-include"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_versions, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_debian_package, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_build_folder_beside_its_source, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_configured_tree_and_modules_folder, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_newest_installed, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_reasons, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_arguments, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_own_headers_follow_compiler_types, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

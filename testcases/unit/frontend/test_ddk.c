/* Finding Windows driver headers, and the arguments made of them. */
#include "tree.h"

#include <string.h>

static void assert_folder(struct tree *tree, const struct ddk_headers *headers, int index, const char *name)
{
	assert_true(index < headers->folder_count);
	assert_string_equal(headers->folders[index], tree_path(tree, name));
}

static void test_mingw_layout(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers;

	tree_write(tree, "include/ddk/wdm.h", "");
	tree_write(tree, "include/windef.h", "");
	assert_null(ddk_open(tree->arena, tree_path(tree, "include"), &headers));
	assert_int_equal(headers.kind, DDK_MINGW);
	assert_int_equal(headers.folder_count, 2);
	assert_folder(tree, &headers, 0, "include/ddk");
	assert_folder(tree, &headers, 1, "include");
	/* its ddk folder is as good */
	assert_null(ddk_open(tree->arena, tree_path(tree, "include/ddk"), &headers));
	assert_folder(tree, &headers, 1, "include");
}

static void test_c_library_of_wine(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers;

	tree_write(tree, "include/ddk/wdm.h", "");
	tree_write(tree, "include/msvcrt/stdlib.h", "");
	assert_null(ddk_open(tree->arena, tree_path(tree, "include"), &headers));
	assert_folder(tree, &headers, 2, "include/msvcrt");
}

static void test_kit_layout(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers;

	tree_write(tree, "kit/Include/10.0.9.0/km/wdm.h", "");
	tree_write(tree, "kit/Include/10.0.22621.0/km/wdm.h", "");
	tree_write(tree, "kit/Include/10.0.22621.0/km/crt/stddef.h", "");
	tree_write(tree, "kit/Include/10.0.22621.0/shared/ntdef.h", "");
	tree_write(tree, "kit/Include/wdf/kmdf/1.31/wdf.h", "");
	assert_null(ddk_open(tree->arena, tree_path(tree, "kit"), &headers));
	assert_int_equal(headers.kind, DDK_KIT);
	assert_int_equal(headers.folder_count, 4);
	assert_folder(tree, &headers, 0, "kit/Include/10.0.22621.0/km");
	assert_folder(tree, &headers, 1, "kit/Include/10.0.22621.0/km/crt");
	assert_folder(tree, &headers, 2, "kit/Include/10.0.22621.0/shared");
	assert_folder(tree, &headers, 3, "kit/Include/wdf/kmdf/1.31");
	assert_null(ddk_open(tree->arena, tree_path(tree, "kit/Include/10.0.9.0"), &headers));
	assert_folder(tree, &headers, 0, "kit/Include/10.0.9.0/km");
}

static void test_wrong_folders(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers;
	const char *problem;

	problem = ddk_open(tree->arena, tree_path(tree, "gone"), &headers);
	assert_non_null(strstr(problem, "gone"));
	tree_write(tree, "empty/x.h", "");
	problem = ddk_open(tree->arena, tree_path(tree, "empty"), &headers);
	assert_non_null(strstr(problem, "ddk/wdm.h"));
}

static void test_installed(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers;

	assert_non_null(strstr(ddk_find_installed(tree->arena, tree->root, &headers), "mingw-w64-common"));
	tree_write(tree, "usr/x86_64-w64-mingw32/include/ddk/wdm.h", "");
	assert_null(ddk_find_installed(tree->arena, tree->root, &headers));
	assert_folder(tree, &headers, 0, "usr/x86_64-w64-mingw32/include/ddk");
	tree_write(tree, "usr/share/mingw-w64/include/ddk/wdm.h", "");
	assert_null(ddk_find_installed(tree->arena, tree->root, &headers));
	assert_folder(tree, &headers, 0, "usr/share/mingw-w64/include/ddk");
}

static int position(const struct word_list *words, const char *text)
{
	for (int i = 0; i < words->count; i++)
		if (strcmp(words->items[i], text) == 0)
			return i;
	fail_msg("%s is not among the arguments", text);
	return -1;
}

static void test_flags(void **state)
{
	struct tree *tree = *state;
	struct ddk_headers headers = { .kind = DDK_MINGW, .folders = { "/ddk" }, .folder_count = 1 };
	struct windows_unit unit = { .path = "/src/a.c" };
	const char *own = tree_path(tree, "headers/windows"), *sal;
	struct word_list args = { 0 };

	sal = tree_write(tree, "headers/windows/so2check_sal.h", "");
	words_push(tree->arena, &unit.flags, "-DOWN");
	windows_flags(tree->arena, &args, &headers, &unit, tree_path(tree, "headers"));
	assert_true(words_have(&args, "--target=x86_64-pc-windows-msvc", NULL));
	assert_true(words_have(&args, "-D__GNUC__=4", NULL));
	assert_true(words_have(&args, "-include", sal));
	assert_true(words_have(&args, "-I", "/src"));
	assert_true(words_have(&args, "-DOWN", NULL));
	assert_true(position(&args, own) < position(&args, "/ddk"));
	/* A kit is no GNU header set, and its headers come before ours. */
	args = (struct word_list){ 0 };
	headers.kind = DDK_KIT;
	windows_flags(tree->arena, &args, &headers, &unit, tree_path(tree, "headers"));
	assert_false(words_have(&args, "-D__GNUC__=4", NULL));
	assert_true(position(&args, own) > position(&args, "/ddk"));
}

static void test_commands_of_compilers(void **state)
{
	struct tree *tree = *state;
	static const char *const command[] = { "C:\\bin\\cl.exe",
					       "/nologo",
					       "/Iinc\\sub",
					       "/I",
					       "/abs",
					       "/DNAME=1",
					       "-DB",
					       "/DEBUG:FULL",
					       "/FIpch.h",
					       "/c",
					       "/Zi",
					       "-UC",
					       "-DEVENT_TRACING",
					       "a.c",
					       "/D" };
	struct word_list argv = { 0 }, flags = { 0 };

	for (size_t i = 0; i < sizeof(command) / sizeof(command[0]); i++)
		words_push(tree->arena, &argv, command[i]);
	windows_flags_filter(tree->arena, &flags, &argv, "/build");
	assert_true(words_have(&flags, "-I", "/build/inc/sub"));
	assert_true(words_have(&flags, "-I", "/abs"));
	assert_true(words_have(&flags, "-DNAME=1", "-DB"));
	assert_true(words_have(&flags, "-include", "/build/pch.h"));
	assert_true(words_have(&flags, "-UC", NULL));
	assert_int_equal(flags.count, 9);
	assert_true(windows_is_compiler("C:\\bin\\CL.exe"));
	assert_true(windows_is_compiler("/usr/bin/x86_64-w64-mingw32-gcc"));
	assert_true(windows_is_compiler("clang-cl"));
	assert_false(windows_is_compiler("/usr/bin/clang"));
	assert_false(windows_is_compiler("gcc"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_mingw_layout),	  TEST(test_c_library_of_wine), TEST(test_kit_layout),
		TEST(test_wrong_folders),	  TEST(test_installed),		TEST(test_flags),
		TEST(test_commands_of_compilers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
